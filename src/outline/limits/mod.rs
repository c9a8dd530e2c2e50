//! How much one body may hold: what goes beyond would keep browsers, or us, busy without end. Knows numbers and no names.

pub mod allowance;

use std::ops::Range;

use pulldown_cmark::Tag;

use crate::diagnostic::rules;

rules! {
    PAGE_LIMIT = "page-limit", error fixed, "a page has more of something than is read or shown";
}

/// Links and pictures, and headings, of one body.
pub const MAX_LINKS: usize = 10_000;
pub const MAX_HEADINGS: usize = 10_000;
/// Texts that one body quotes by reference: what follows is a link.
pub const MAX_QUOTATIONS: usize = 20;
/// Quotations, lists and HTML elements inside each other. Nothing calls itself for them, but the parsers' time for each line or
/// tag grows with the depth, and browsers flatten what is deeper than 512.
pub const MAX_DEPTH: usize = 200;
/// Attributes of one tag: the sanitiser holds each against all before it.
pub const MAX_ATTRIBUTES: usize = 200;
/// The most cells that the rows of a body's tables may leave out, by the body's length in bytes: a row of one sign has as many
/// cells as its table has columns, each of which takes many bytes on the page.
pub const fn most_empty_cells(body: usize) -> usize {
    1_000 + body / 4
}
/// The most faults of one kind that are reported of one body.
pub const MAX_REPORTED: usize = 1_000;

/// Whether `tag` is shown inside what is open, rather than after it.
pub fn nests(tag: &Tag<'_>) -> bool {
    !matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::CodeBlock(_)
            | Tag::List(_)
            | Tag::DefinitionList
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
    )
}

/// The first line of `body` whose marks alone nest too deep. Looked for before the body is parsed: the parser's time grows
/// with the depth of every line.
pub fn too_deep_line(body: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if depth_of_line(line.as_bytes()) > MAX_DEPTH {
            return Some(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    None
}

/// How many quotations and lists the marks at the beginning of a line open or go on with.
fn depth_of_line(line: &[u8]) -> usize {
    let is_space = |at: usize| line.get(at).is_none_or(|byte| byte.is_ascii_whitespace());
    let (mut at, mut marks, mut spaces) = (0, 0, 0);
    while let Some(byte) = line.get(at) {
        match byte {
            b' ' | b'\t' => spaces += 1,
            b'>' => marks += 1,
            b'-' | b'+' | b'*' | b':' if is_space(at + 1) => marks += 1,
            b'0'..=b'9' => {
                let digits = line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if digits > 9 || !matches!(line.get(at + digits), Some(b'.' | b')')) || !is_space(at + digits + 1) {
                    break;
                }
                at += digits;
                marks += 1;
            }
            _ => break,
        }
        at += 1;
    }
    // An item that goes on is indented by two at least; without any mark the line may be code.
    if marks == 0 { 0 } else { marks.max((marks + spaces) / 2) }
}

#[cfg(test)]
mod tests {
    use super::{MAX_DEPTH, too_deep_line};

    #[test]
    fn marks_are_counted_at_the_beginning_of_a_line() {
        let deep = MAX_DEPTH + 1;
        for mark in [">", "> ", "- ", "1. ", "> * "] {
            assert!(too_deep_line(&format!("a\n{}b\n", mark.repeat(deep))).is_some(), "{mark}");
            assert_eq!(too_deep_line(&format!("a\n{}b\n", mark.repeat(MAX_DEPTH / 2))), None, "{mark}");
        }
        assert_eq!(too_deep_line(&format!("a{}\n", ">".repeat(deep))), None);
        assert_eq!(too_deep_line(&format!("{}code\n", " ".repeat(3 * deep))), None);
        assert!(too_deep_line(&format!("{}- item\n", " ".repeat(2 * deep))).is_some());
    }
}
