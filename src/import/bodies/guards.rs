//! Words that the old program showed as they are and ours would take for marks: each gets a backslash. Knows our Markdown and
//! what differs in theirs.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag};

use crate::outline;

use super::Dialect;
use super::draft::{Draft, Edit};

/// Guards all that would be read in another way.
pub fn guard(draft: &mut Draft<'_>, dialect: &Dialect, has_formulas: bool) {
    // What one mark hid may show another: `[[a]]` in a struck text. Twice is enough for what people write.
    for _ in 0..2 {
        let edits = marks(draft.text(), dialect, has_formulas);
        if edits.is_empty() {
            break;
        }
        draft.apply(edits);
    }
}

fn marks(text: &str, dialect: &Dialect, has_formulas: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    let escape = |at: usize| Edit::new(at..at, "\\");
    for (event, range) in Parser::new_ext(text, outline::options(has_formulas)).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, .. }) => edits.push(escape(range.start)),
            Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, .. }) => {
                edits.push(escape(range.start + 1))
            }
            Event::Start(Tag::DefinitionListDefinition) if !dialect.definitions => {
                if let Some(colon) = text[range.clone()].find(':') {
                    edits.push(escape(range.start + colon));
                }
            }
            Event::Start(Tag::Strikethrough) if !dialect.one_tilde && is_one_tilde(text, &range) => {
                edits.push(escape(range.end - 1));
                edits.push(escape(range.start));
            }
            _ => {}
        }
    }
    edits
}

fn is_one_tilde(text: &str, range: &Range<usize>) -> bool {
    let struck = &text[range.clone()];
    struck.starts_with('~') && !struck.starts_with("~~")
}
