//! The summary that an author parted from the rest. Knows no program.

use crate::import::common_markdown::plain;
use crate::model::first_sentences;

use super::code::Code;
use super::draft::{Draft, Edit};

/// A longer summary is cut at a sentence, in characters.
const MAX_SUMMARY: usize = 600;

/// The words before the first of `marks`, each of which is taken out.
pub fn summary(draft: &mut Draft<'_>, marks: &[&str]) -> Option<String> {
    let code = Code::of(draft.text());
    let found = marks.iter().flat_map(|mark| draft.text().match_indices(mark).map(|(at, mark)| at..at + mark.len()));
    let mut found: Vec<_> = found.filter(|range| !code.holds(range.start)).collect();
    found.sort_by_key(|range| range.start);
    let first = found.first()?.start;
    let words = first_sentences(&plain(&draft.text()[..first]), MAX_SUMMARY);
    draft.apply(found.into_iter().map(|range| Edit::new(range, "")).collect());
    Some(words).filter(|words| !words.is_empty())
}
