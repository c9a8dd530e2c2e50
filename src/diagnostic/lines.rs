//! Lines and columns of a text, asked for in the order in which they stand. Knows no diagnostic.

use std::cell::Cell;

use crate::model::Span;

/// Line and column of a byte, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// A text that remembers the last position: the next one is counted on from there, so that thousands of diagnostics of a
/// long file, sorted as they are, read it once.
pub struct Lines {
    text: String,
    last: Cell<(usize, Position)>,
}

const FIRST: (usize, Position) = (0, Position { line: 1, column: 1 });

impl Lines {
    pub fn new(text: String) -> Self {
        Self { text, last: Cell::new(FIRST) }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where `span` begins and ends; a byte inside a character counts as the character's first.
    pub fn of(&self, span: Span) -> (Position, Position) {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.floor_char_boundary(span.end as usize).max(start);
        let (from, position) = if start < self.last.get().0 { FIRST } else { self.last.get() };
        let begins = position.after(&self.text[from..start]);
        self.last.set((start, begins));
        (begins, begins.after(&self.text[start..end]))
    }
}

impl Position {
    fn after(self, passed: &str) -> Self {
        match passed.rfind('\n') {
            Some(newline) => Self {
                line: self.line + passed.bytes().filter(|byte| *byte == b'\n').count(),
                column: passed[newline + 1..].chars().count() + 1,
            },
            None => Self { line: self.line, column: self.column + passed.chars().count() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Lines, Position};
    use crate::model::Span;

    #[test]
    fn positions_are_right_in_any_order() {
        let lines = Lines::new("a\nb\u{e9}c\n\nd".to_owned());
        for (byte, line, column) in
            [(0, 1, 1), (3, 2, 2), (4, 2, 2), (5, 2, 3), (7, 3, 1), (8, 4, 1), (2, 2, 1), (100, 4, 2)]
        {
            let here = Position { line, column };
            assert_eq!(lines.of(Span::new(byte, byte)), (here, here), "{byte}");
        }
        let (begins, ends) = lines.of(Span::new(2, 8));
        assert_eq!((begins.line, begins.column, ends.line, ends.column), (2, 1, 4, 1));
    }
}
