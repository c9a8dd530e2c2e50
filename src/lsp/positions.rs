//! Places in a text as editors count them: lines, and columns in the unit that was agreed on. Knows text; no message, no site.

use lsp_types::{Position, Range, TextDocumentContentChangeEvent};
use memchr::memchr2_iter;

use crate::model::Span;

/// What columns count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf16,
}

/// A text with the places of its lines.
#[derive(Debug)]
pub struct Positions<'t> {
    text: &'t str,
    /// Where each line begins.
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'t> Positions<'t> {
    pub fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        // A line ends in LF, CR LF or CR.
        let is_end = |at: &usize| bytes[*at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
        let ends = memchr2_iter(b'\n', b'\r', bytes).filter(is_end).map(|at| at + 1);
        Self { text, starts: [0].into_iter().chain(ends).collect(), encoding }
    }

    /// Where `byte` is; one inside a character counts as the character's first.
    pub fn position(&self, byte: usize) -> Position {
        let byte = self.text.floor_char_boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte).saturating_sub(1);
        let passed = &self.text[self.starts[line]..byte];
        let column = match self.encoding {
            Encoding::Utf8 => passed.len(),
            Encoding::Utf16 => passed.encode_utf16().count(),
        };
        let clip = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position::new(clip(line), clip(column))
    }

    pub fn range(&self, span: Span) -> Range {
        let span = span.range();
        Range::new(self.position(span.start), self.position(span.end))
    }

    /// The byte at `position`. Beyond its line's end that is the end; inside a character, the character's first.
    pub fn byte(&self, position: Position) -> usize {
        let line = position.line as usize;
        let Some(start) = self.starts.get(line) else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let line = self.text[*start..end].trim_end_matches(['\n', '\r']);
        let column = position.character as usize;
        let passed = match self.encoding {
            Encoding::Utf8 => line.floor_char_boundary(column),
            Encoding::Utf16 => {
                let mut units = 0;
                let is_passed = |c: &char| {
                    units += c.len_utf16();
                    units <= column
                };
                line.chars().take_while(is_passed).map(char::len_utf8).sum()
            }
        };
        start + passed
    }

    /// The bytes of `range`.
    pub fn span(&self, range: Range) -> Span {
        Span::new(self.byte(range.start), self.byte(range.end))
    }
}

/// `text` after `changes`, one after the other.
pub fn changed(text: &str, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) -> String {
    let mut text = text.to_owned();
    for change in changes {
        match change.range {
            None => text = change.text,
            Some(range) => {
                let span = Positions::new(&text, encoding).span(range);
                text.replace_range(span.range(), &change.text);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "a\u{fc}\r\n\u{1f30a}b\rc\n\nd";

    #[test]
    fn each_byte_has_its_place_and_each_place_its_byte() {
        for (byte, line, utf8, utf16) in [
            (0, 0, 0, 0),
            (3, 0, 3, 2),
            (5, 1, 0, 0),
            (9, 1, 4, 2),
            (10, 1, 5, 3),
            (11, 2, 0, 0),
            (13, 3, 0, 0),
            (15, 4, 1, 1),
        ] {
            for (encoding, column) in [(Encoding::Utf8, utf8), (Encoding::Utf16, utf16)] {
                let positions = Positions::new(TEXT, encoding);
                let position = Position::new(line, column);
                assert_eq!(positions.position(byte), position, "{byte} {encoding:?}");
                assert_eq!(positions.byte(position), byte, "{byte} {encoding:?}");
            }
        }
    }

    #[test]
    fn what_is_outside_or_inside_a_character_is_the_nearest_before() {
        let positions = Positions::new(TEXT, Encoding::Utf16);
        assert_eq!(positions.byte(Position::new(0, 99)), 3);
        assert_eq!(positions.byte(Position::new(99, 0)), TEXT.len());
        assert_eq!(positions.byte(Position::new(1, 1)), 5, "half a surrogate pair");
        assert_eq!(Positions::new(TEXT, Encoding::Utf8).byte(Position::new(0, 2)), 1);
        assert_eq!(positions.position(99), Position::new(4, 1));
    }

    #[test]
    fn changes_follow_one_another() {
        let change = |range: Option<(u32, u32, u32, u32)>, text: &str| TextDocumentContentChangeEvent {
            range: range.map(|(a, b, c, d)| Range::new(Position::new(a, b), Position::new(c, d))),
            range_length: None,
            text: text.to_owned(),
        };
        let changes =
            vec![change(Some((1, 2, 1, 3)), "x\r\n"), change(Some((2, 0, 3, 0)), ""), change(Some((9, 9, 9, 9)), "!")];
        assert_eq!(changed(TEXT, changes, Encoding::Utf16), "a\u{fc}\r\n\u{1f30a}x\r\nc\n\nd!");
        assert_eq!(changed(TEXT, vec![change(None, "new")], Encoding::Utf8), "new");
        assert_eq!(changed("abc", vec![change(Some((0, 2, 0, 1)), "-")], Encoding::Utf8), "ab-c", "turned about");
    }
}
