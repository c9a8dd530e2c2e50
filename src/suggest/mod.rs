//! Which patterns, concepts and incidents a text shows, and on which of its words. Knows a site's vocabulary and one text;
//! reads no file and changes none.

mod cue;
mod dates;
mod evidence;
mod incidents;
mod marking;
mod negation;
mod prose;
mod unmarked;
mod vocabulary;
mod words;

pub use cue::CueKind;
use evidence::NAME;
pub use evidence::{ENOUGH, Evidence};
pub use marking::{edits, passage};
pub use negation::Sense;
pub use unmarked::{Named, tagged, unmarked};
pub use vocabulary::Vocabulary;

use std::collections::BTreeSet;

use crate::outline::TagName;
use crate::yaml;

use prose::Block;

/// What a text shows.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shown {
    Tag(TagName),
    /// An incident, by its id.
    Incident(String),
}

impl Shown {
    /// `pattern`, `concept` or `incident`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Tag(TagName::Pattern(_)) => "pattern",
            Self::Tag(TagName::Concept(_)) => "concept",
            Self::Incident(_) => "incident",
        }
    }

    pub fn id(&self) -> &str {
        match self {
            Self::Tag(TagName::Pattern(pattern)) => pattern.id(),
            Self::Tag(TagName::Concept(id)) | Self::Incident(id) => id,
        }
    }
}

/// Something that a text shows, or says that it is not there.
#[derive(Clone, Debug)]
pub struct Suggestion {
    pub shown: Shown,
    /// What readers call it.
    pub title: String,
    /// The text says that it is not there.
    pub is_refused: bool,
    /// In hundredths of what is enough.
    pub score: u32,
    /// The sentences, those that count most first.
    pub evidence: Vec<Evidence>,
}

/// A text to be looked at.
#[derive(Clone, Copy, Debug)]
pub struct Text<'t> {
    pub text: &'t str,
    /// Dollar signs hold mathematics.
    pub math: bool,
    /// Its title and summary, where they stand in no body.
    pub title: &'t str,
    pub summary: &'t str,
}

impl<'t> Text<'t> {
    /// A text of which nothing is known.
    pub fn bare(text: &'t str) -> Self {
        Self { text, math: false, title: "", summary: "" }
    }
}

/// What `text` shows, that which it shows most clearly first; what it refuses comes last.
pub fn suggestions(text: Text<'_>, vocabulary: &Vocabulary) -> Vec<Suggestion> {
    let body = match yaml::split(text.text) {
        Ok(Some(parts)) => parts.body,
        Ok(None) if text.text.starts_with('\u{feff}') => 3,
        Ok(None) | Err(yaml::Unclosed) => 0,
    };
    let above = [text.title, text.summary].map(Block::of_text);
    let blocks: Vec<Block> = above.into_iter().chain(prose::blocks(text.text, body, text.math)).collect();
    let mut of_tags: Vec<Vec<(usize, Evidence)>> = vec![Vec::new(); vocabulary.tags.len()];
    for (n, block) in blocks.iter().enumerate() {
        for (tag, evidence) in evidence::of_block(block, vocabulary) {
            of_tags[tag].push((n, evidence));
        }
    }
    let mut found = Vec::new();
    for (tag, evidence) in vocabulary.tags.iter().zip(of_tags) {
        let evidence = beside_others(evidence);
        let (denied, said): (Vec<_>, Vec<_>) = evidence.into_iter().partition(|one| one.sense == Sense::Denied);
        let shown = Shown::Tag(tag.name.clone());
        found.extend(weighed(&shown, &tag.title, false, said));
        found.extend(weighed(&shown, &tag.title, true, denied));
    }
    found.extend(incidents::named(&blocks, vocabulary));
    found.sort_by(|a, b| (a.is_refused, b.score, &a.shown).cmp(&(b.is_refused, a.score, &b.shown)));
    found
}

/// How many blocks lie between a hint and what it stands beside, at most.
const NEAR: usize = 3;

/// The evidence of one tag, with the block of each, without hints that stand alone.
fn beside_others(evidence: Vec<(usize, Evidence)>) -> Vec<Evidence> {
    let is_beside = |(n, one): &(usize, Evidence)| {
        one.kind != CueKind::Hint
            || evidence.iter().any(|(other_n, other)| n.abs_diff(*other_n) <= NEAR && other.cue != one.cue)
    };
    let counts: Vec<bool> = evidence.iter().map(is_beside).collect();
    evidence.into_iter().zip(counts).filter_map(|((_, one), counts)| counts.then_some(one)).collect()
}

/// The suggestion, if the sentences are enough: words that were there before count half.
fn weighed(shown: &Shown, title: &str, is_refused: bool, mut evidence: Vec<Evidence>) -> Option<Suggestion> {
    let mut cues = BTreeSet::new();
    let weights = evidence.iter().map(|one| if cues.insert(&one.cue) { one.weight } else { one.weight / 2 });
    let score = weights.sum();
    // A name that is denied can mean nothing else.
    if score < if is_refused { NAME } else { ENOUGH } {
        return None;
    }
    evidence.sort_by_key(|one| std::cmp::Reverse(one.weight));
    Some(Suggestion { shown: shown.clone(), title: title.to_owned(), is_refused, score, evidence })
}
