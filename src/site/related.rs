//! Essays near an essay, with the reason. Looks at direct links and shared tags, the rarer the heavier; at most 256
//! candidates, so that a tag that every essay carries costs no more than a rare one.

use std::collections::BTreeMap;

use crate::index::essay_date;
use crate::link::Link;
use crate::model::{DocId, SourceKind};

use super::Site;
use super::view::Related;

/// Essays shown.
const SHOWN: usize = 5;
/// Essays weighed.
const CANDIDATES: usize = 256;

/// Why two essays are near.
struct Near {
    score: f64,
    /// Names of what they share, with their weights.
    shared: Vec<(f64, String)>,
    linked: bool,
}

impl Site {
    /// Deterministic: by weight, then newest first, then by id.
    pub(super) fn related(&self, doc: DocId) -> Vec<Related> {
        let tags = &self.linked.tags[doc.index()];
        let total = self.index.essays.len();
        let weight = |carriers: usize| (total as f64 / carriers.max(1) as f64).ln_1p();
        let mut shared: Vec<(usize, String, &[DocId])> = Vec::new();
        for pattern in &tags.patterns {
            let essays = &self.index.patterns[pattern].essays;
            shared.push((essays.len(), self.pattern_tag(*pattern).name.to_lowercase(), essays));
        }
        for concept in &tags.concepts {
            if let Some(postings) = self.index.by_concept.get(concept) {
                shared.push((postings.essays.len(), in_a_sentence(self.document(*concept).title()), &postings.essays));
            }
        }
        for incident in &tags.incidents {
            if let Some(essays) = self.index.by_incident.get(incident) {
                shared.push((essays.len(), self.document(*incident).title().to_owned(), essays));
            }
        }
        shared.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));

        let mut near: BTreeMap<DocId, Near> = BTreeMap::new();
        let fresh = |linked: bool| Near { score: 0.0, shared: Vec::new(), linked };
        for other in self.linked_essays(doc) {
            near.entry(other).or_insert_with(|| fresh(true)).score += weight(1);
        }
        for (_, _, essays) in &shared {
            for other in essays.iter().filter(|other| **other != doc) {
                if near.len() >= CANDIDATES {
                    break;
                }
                near.entry(*other).or_insert_with(|| fresh(false));
            }
        }
        for (other, entry) in &mut near {
            let theirs = &self.linked.tags[other.index()];
            let carried = |name: &str| shared.iter().find(|(_, shared_name, _)| shared_name == name);
            let mut names: Vec<String> = Vec::new();
            names.extend(
                theirs
                    .patterns
                    .iter()
                    .filter(|p| tags.patterns.contains(p))
                    .map(|p| self.pattern_tag(*p).name.to_lowercase()),
            );
            names.extend(
                theirs
                    .concepts
                    .iter()
                    .filter(|c| tags.concepts.contains(c))
                    .map(|c| in_a_sentence(self.document(*c).title())),
            );
            names.extend(
                theirs
                    .incidents
                    .iter()
                    .filter(|i| tags.incidents.contains(i))
                    .map(|i| self.document(*i).title().to_owned()),
            );
            for name in names {
                let by = carried(&name).map_or(0.0, |(carriers, _, _)| weight(*carriers));
                entry.score += by;
                entry.shared.push((by, name));
            }
        }
        let mut ranked: Vec<(DocId, Near)> = near.into_iter().filter(|(_, entry)| entry.score > 0.0).collect();
        ranked.sort_by(|(a, x), (b, y)| {
            y.score
                .total_cmp(&x.score)
                .then_with(|| essay_date(self.document(*b)).cmp(&essay_date(self.document(*a))))
                .then_with(|| self.document(*a).id.cmp(&self.document(*b).id))
        });
        ranked
            .into_iter()
            .take(SHOWN)
            .map(|(other, entry)| Related {
                title: self.document(other).title().to_owned(),
                url: self.link(other),
                summary: self.document(other).summary().to_owned(),
                reason: reason(entry),
            })
            .collect()
    }

    /// Published essays that this one links to or that link to it.
    fn linked_essays(&self, doc: DocId) -> Vec<DocId> {
        let out = self.linked.links[doc.index()].iter().filter_map(|link| match link {
            Link::Page { doc, .. } => Some(*doc),
            _ => None,
        });
        let into = self.linked.backlinks[doc.index()].iter().map(|backlink| backlink.from);
        let mut found: Vec<DocId> = out
            .chain(into)
            .filter(|other| {
                *other != doc && self.document(*other).kind == SourceKind::Essay && self.linked.is_published(*other)
            })
            .collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(CANDIDATES);
        found
    }
}

fn reason(mut near: Near) -> String {
    near.shared.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let names: Vec<String> = near.shared.into_iter().take(3).map(|(_, name)| name).collect();
    let shares = match names.as_slice() {
        [] => None,
        [one] => Some(format!("shares {one}")),
        [most @ .., last] => Some(format!("shares {} and {last}", most.join(", "))),
    };
    match (near.linked, shares) {
        (true, Some(shares)) => format!("linked; {shares}"),
        (true, None) => "linked".to_owned(),
        (false, shares) => shares.unwrap_or_default(),
    }
}

/// A concept's name inside a sentence: lower case, unless it is an abbreviation or holds one.
pub(super) fn in_a_sentence(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() && !name.contains("-I") => {
            first.to_lowercase().chain([second]).chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}
