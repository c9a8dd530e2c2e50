//! Essays near an essay, with the reason. Looks at direct links and shared tags, the rarer the heavier; at most 256
//! candidates, so that a tag that every essay carries costs no more than a rare one.

use std::collections::HashMap;

use crate::link::{Link, Tags};
use crate::model::{DocId, Pattern, SourceKind};

use super::Site;
use super::view::Related;

/// Essays shown.
const SHOWN: usize = 5;
/// Essays weighed.
const CANDIDATES: usize = 256;
/// Shared tags named in the reason.
const NAMED: usize = 3;

/// A tag of the essay, and who else carries it.
struct Shared<'a> {
    what: What,
    weight: f64,
    essays: &'a [DocId],
}

#[derive(Clone, Copy)]
enum What {
    Pattern(Pattern),
    /// A concept or an incident.
    Record(DocId),
}

/// The tags of a candidate, so that it is asked for each of ours without going through its patterns again.
struct Carried<'a> {
    /// Bit n for the nth of the nine.
    patterns: u16,
    tags: &'a Tags,
}

impl Carried<'_> {
    fn has(&self, what: What) -> bool {
        match what {
            What::Pattern(pattern) => self.patterns & (1 << pattern as u16) != 0,
            What::Record(record) => self.tags.concepts.contains(&record) || self.tags.incidents.contains(&record),
        }
    }
}

/// How near another essay is.
#[derive(Clone, Copy)]
struct Near {
    essay: DocId,
    score: f64,
    linked: bool,
}

impl Site {
    /// The nearest essays: by weight, then newest first.
    pub(super) fn related(&self, doc: DocId) -> Vec<Related> {
        let shared = self.shared(doc);
        let linked = self.linked_essays(doc);
        let mut candidates: HashMap<DocId, bool> = HashMap::with_capacity(CANDIDATES);
        candidates.extend(linked.into_iter().map(|other| (other, true)));
        for other in shared.iter().flat_map(|tag| tag.essays).filter(|other| **other != doc) {
            if candidates.len() >= CANDIDATES {
                break;
            }
            candidates.entry(*other).or_insert(false);
        }
        let link_weight = self.weight(1);
        let mut ranked: Vec<Near> = candidates
            .into_iter()
            .map(|(essay, linked)| {
                let carried = self.carried(essay);
                let tags: f64 = shared.iter().filter(|tag| carried.has(tag.what)).map(|tag| tag.weight).sum();
                Near { essay, score: tags + if linked { link_weight } else { 0.0 }, linked }
            })
            .collect();
        let rank = |near: &Near| self.index.rank[near.essay.index()];
        // No two essays have one rank, so the order is the same whatever order they come in.
        let order = |a: &Near, b: &Near| b.score.total_cmp(&a.score).then_with(|| rank(a).cmp(&rank(b)));
        if ranked.len() > SHOWN {
            ranked.select_nth_unstable_by(SHOWN, order);
            ranked.truncate(SHOWN);
        }
        ranked.sort_unstable_by(order);
        ranked.into_iter().map(|near| self.near(near, &shared)).collect()
    }

    /// The more essays carry a tag, the less it says.
    fn weight(&self, carriers: usize) -> f64 {
        (self.index.essays.len() as f64 / carriers.max(1) as f64).ln_1p()
    }

    /// The essay's tags, rarest first.
    fn shared(&self, doc: DocId) -> Vec<Shared<'_>> {
        let tags = &self.linked.tags[doc.index()];
        let patterns = tags.patterns.iter().map(|p| (What::Pattern(*p), self.index.patterns[p].essays.as_slice()));
        let concepts = tags
            .concepts
            .iter()
            .filter_map(|c| Some((What::Record(*c), self.index.by_concept.get(c)?.essays.as_slice())));
        let incidents =
            tags.incidents.iter().filter_map(|i| Some((What::Record(*i), self.index.by_incident.get(i)?.as_slice())));
        let mut shared: Vec<Shared<'_>> = patterns
            .chain(concepts)
            .chain(incidents)
            .map(|(what, essays)| Shared { what, weight: self.weight(essays.len()), essays })
            .collect();
        shared.sort_by_key(|tag| tag.essays.len());
        shared
    }

    fn carried(&self, essay: DocId) -> Carried<'_> {
        Carried { patterns: self.index.patterns_of[essay.index()], tags: &self.linked.tags[essay.index()] }
    }

    fn near(&self, near: Near, shared: &[Shared<'_>]) -> Related {
        let carried = self.carried(near.essay);
        let names: Vec<String> = shared
            .iter()
            .filter(|tag| carried.has(tag.what))
            .take(NAMED)
            .map(|tag| self.name_in_a_sentence(tag.what))
            .collect();
        let document = self.document(near.essay);
        Related {
            title: document.title().to_owned(),
            url: self.link(near.essay),
            summary: document.summary().to_owned(),
            reason: reason(near.linked, &names),
        }
    }

    fn name_in_a_sentence(&self, what: What) -> String {
        match what {
            What::Pattern(pattern) => self.pattern_tag(pattern).name.to_lowercase(),
            What::Record(doc) => {
                let document = self.document(doc);
                match document.kind {
                    SourceKind::Concept => in_a_sentence(document.title()),
                    _ => document.title().to_owned(),
                }
            }
        }
    }

    /// Published essays that this one links to or that link to it.
    fn linked_essays(&self, doc: DocId) -> Vec<DocId> {
        let out = self.linked.links[doc.index()].iter().filter_map(|link| match link {
            Link::Page { doc, .. } => Some(*doc),
            _ => None,
        });
        let into = self.linked.backlinks[doc.index()].iter().map(|backlink| backlink.from);
        let is_essay =
            |other: &DocId| self.document(*other).kind == SourceKind::Essay && self.linked.is_published(*other);
        let mut found: Vec<DocId> = out.chain(into).filter(|other| *other != doc && is_essay(other)).collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(CANDIDATES);
        found
    }
}

fn reason(linked: bool, names: &[String]) -> String {
    let shares = match names {
        [] => None,
        [one] => Some(format!("shares {one}")),
        [most @ .., last] => Some(format!("shares {} and {last}", most.join(", "))),
    };
    match (linked, shares) {
        (true, Some(shares)) => format!("linked; {shares}"),
        (true, None) => "linked".to_owned(),
        (false, shares) => shares.unwrap_or_default(),
    }
}

/// A concept's name inside a sentence: lower case, unless it is an abbreviation or a proper name such as Safety-II.
fn in_a_sentence(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() && !name.contains("-I") => {
            first.to_lowercase().chain([second]).chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}
