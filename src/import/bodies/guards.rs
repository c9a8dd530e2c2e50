//! Words that the old program showed as they are and ours would take for marks: each gets a backslash. Knows our Markdown and
//! what differs in theirs.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::outline;

use super::Dialect;
use super::draft::{Draft, Edit};

/// Guards all that would be read in another way.
pub fn guard(draft: &mut Draft<'_>, dialect: &Dialect) {
    // What one mark hid may show another: `[[a]]` in a struck text. Twice is enough for what people write.
    for _ in 0..2 {
        let edits = marks(draft.text(), dialect);
        if edits.is_empty() {
            break;
        }
        draft.apply(edits);
    }
    if dialect.bare_links {
        let edits = bare_links(draft.text());
        draft.apply(edits);
    }
}

fn marks(text: &str, dialect: &Dialect) -> Vec<Edit> {
    let mut edits = Vec::new();
    let escape = |at: usize| Edit::new(at..at, "\\");
    for (event, range) in Parser::new_ext(text, outline::options(false)).into_offset_iter() {
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

/// Puts addresses without marks into angle brackets, as GFM reads them (6.9): behind white space or one of `*_~(`, without the
/// punctuation at the end.
fn bare_links(text: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut inside = 0;
    let mut plain: Vec<Range<usize>> = Vec::new();
    for (event, range) in Parser::new_ext(text, outline::options(false)).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock) => inside += 1,
            Event::End(TagEnd::Link | TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock) => inside -= 1,
            // Quotation marks part a text into several events.
            Event::Text(_) if inside == 0 => match plain.last_mut().filter(|last| last.end == range.start) {
                Some(last) => last.end = range.end,
                None => plain.push(range),
            },
            _ => {}
        }
    }
    for range in plain {
        let part = &text[range.clone()];
        for start in ["https://", "http://", "www."] {
            for (at, _) in part.match_indices(start) {
                let before = text[..range.start + at].chars().next_back();
                if before.is_none_or(|c| c.is_whitespace() || "*_~(".contains(c)) {
                    let length = address_length(&part[at..]);
                    let address = &part[at..at + length];
                    let host = address.trim_start_matches(start);
                    if host
                        .split('/')
                        .next()
                        .is_some_and(|host| start == "http://" || start == "https://" || host.contains('.'))
                        && !host.is_empty()
                    {
                        let whole = range.start + at..range.start + at + length;
                        let with = match start {
                            "www." => format!("[{address}](http://{address})"),
                            _ => format!("<{address}>"),
                        };
                        edits.push(Edit::new(whole, with));
                    }
                }
            }
        }
    }
    edits
}

/// Without the punctuation at its end, and without a bracket that nothing opened.
fn address_length(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(text.len());
    let mut address = &text[..end];
    loop {
        let before = address;
        address = address.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~', '"', '\'', ';']);
        if address.ends_with(')') && address.matches(')').count() > address.matches('(').count() {
            address = &address[..address.len() - 1];
        }
        if before.len() == address.len() {
            return address.len();
        }
    }
}
