//! The sentences of a text that point to a pattern or concept, and how much each of them counts. Knows cues and prose; decides
//! nothing about the whole text.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::Span;
use crate::outline::TagName;

use super::cue::CueKind;
use super::negation::{Sense, is_negator, sense};
use super::prose::Block;
use super::vocabulary::{Hit, Vocabulary};
use super::words::Word;

/// A sentence, and the words in it that match a cue.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub sentence: String,
    /// Bytes of `sentence`.
    pub words: Range<usize>,
    pub cue: String,
    pub kind: CueKind,
    pub sense: Sense,
    /// In hundredths of what is enough by itself.
    pub weight: u32,
    /// The words in the file; none where they stand in no body.
    pub span: Option<Span>,
    /// The same where a link can be put around them.
    pub linkable: Option<Span>,
}

/// What one sentence is enough for.
pub const ENOUGH: u32 = 100;
/// A name of one word: everyday language has most of them too.
pub const NAME: u32 = 60;
const HINT: u32 = 50;
/// A sentence of fewer words says nothing of its own.
const FEWEST_WORDS: usize = 4;
/// So many names of patterns in one block are a list of them, and so many with nothing but commas, `and` and `or` between them.
const LIST: usize = 5;
const SIDE_BY_SIDE: usize = 3;

/// What `block` says, for each pattern and concept (an index into the vocabulary) at most once a sentence.
pub fn of_block(block: &Block, vocabulary: &Vocabulary) -> Vec<(usize, Evidence)> {
    let mut found: Vec<(usize, Evidence)> =
        block.sentences().flat_map(|sentence| of_sentence(block, sentence, vocabulary)).collect();
    let is_name = |tag: usize, evidence: &Evidence| {
        matches!(evidence.kind, CueKind::Name | CueKind::Alias)
            && matches!(vocabulary.tags[tag].name, TagName::Pattern(_))
    };
    let names: BTreeSet<usize> =
        found.iter().filter(|(tag, evidence)| is_name(*tag, evidence)).map(|(tag, _)| *tag).collect();
    if names.len() >= LIST {
        found.retain(|(tag, evidence)| !is_name(*tag, evidence));
    }
    found
}

fn of_sentence(block: &Block, at: Range<usize>, vocabulary: &Vocabulary) -> BTreeMap<usize, Evidence> {
    let text = &block.text[at.clone()];
    let words = vocabulary.words.of(text);
    let mut best = BTreeMap::new();
    if words.len() < FEWEST_WORDS && !block.is_heading {
        return best;
    }
    let (mut cues, look_alikes) = vocabulary.hits(&words);
    leave_out_lists(&mut cues, &words, vocabulary);
    for hit in &cues {
        let is_of = |other: &&Hit<'_>| other.cue.of == hit.cue.of;
        if cues.iter().filter(is_of).any(|other| other.holds(hit) && !hit.holds(other)) {
            continue;
        }
        let look_alike =
            look_alikes.iter().filter(is_of).find(|other| other.meets(hit) && (other.holds(hit) || !hit.holds(other)));
        let sense = match look_alike {
            None => sense(text, &words, hit.start, hit.end),
            Some(other) if is_negator(&words[other.start]) => Sense::Denied,
            Some(_) => continue,
        };
        let bytes = words[hit.start].range.start..words[hit.end - 1].range.end;
        if is_in_address(text, &bytes) {
            continue;
        }
        let in_block = at.start + bytes.start..at.start + bytes.end;
        let evidence = Evidence {
            sentence: text.to_owned(),
            words: bytes,
            cue: hit.cue.written.clone(),
            kind: hit.cue.kind,
            sense,
            weight: weight(hit, sense, block.is_heading),
            span: block.source(&in_block),
            linkable: block.linkable(&in_block),
        };
        match best.entry(hit.cue.of) {
            Entry::Vacant(place) => drop(place.insert(evidence)),
            Entry::Occupied(mut place) if place.get().rank() < evidence.rank() => drop(place.insert(evidence)),
            Entry::Occupied(_) => {}
        }
    }
    best
}

/// Takes out the names of patterns that stand side by side.
fn leave_out_lists(hits: &mut Vec<Hit<'_>>, words: &[Word<'_>], vocabulary: &Vocabulary) {
    let is_name = |hit: &&Hit<'_>| {
        matches!(hit.cue.kind, CueKind::Name | CueKind::Alias)
            && matches!(vocabulary.tags[hit.cue.of].name, TagName::Pattern(_))
    };
    let mut names: Vec<(usize, usize, usize)> =
        hits.iter().filter(is_name).map(|hit| (hit.start, hit.end, hit.cue.of)).collect();
    names.sort_unstable();
    names.dedup();
    let is_joined = |from: usize, to: usize| {
        from <= to && words[from..to].iter().all(|word| matches!(&*word.folded, "and" | "or" | "nor"))
    };
    for list in names.chunk_by(|a, b| is_joined(a.1, b.0)) {
        let patterns: BTreeSet<usize> = list.iter().map(|(_, _, of)| *of).collect();
        if let ([first, ..], [.., last]) = (list, list)
            && patterns.len() >= SIDE_BY_SIDE
        {
            hits.retain(|hit| !is_name(&hit) || hit.start < first.0 || hit.end > last.1);
        }
    }
}

/// Whether the words are part of an address or a path.
fn is_in_address(text: &str, at: &Range<usize>) -> bool {
    let start = text[..at.start].rfind(char::is_whitespace).map_or(0, |space| space + 1);
    let end = text[at.end..].find(char::is_whitespace).map_or(text.len(), |space| at.end + space);
    text[start..end].contains(['/', '@', '#', '='])
}

impl Evidence {
    fn rank(&self) -> (u32, bool) {
        (self.weight, self.linkable.is_some())
    }
}

fn weight(hit: &Hit<'_>, sense: Sense, is_heading: bool) -> u32 {
    let weight = match hit.cue.kind {
        CueKind::Cue | CueKind::Alias | CueKind::Date => ENOUGH,
        CueKind::Name if hit.cue.is_phrase() => ENOUGH,
        CueKind::Name => NAME,
        CueKind::Hint => HINT,
    };
    match sense {
        Sense::Supposed => weight / 2,
        Sense::Said | Sense::Denied if is_heading => weight / 2,
        Sense::Said | Sense::Denied => weight,
    }
}
