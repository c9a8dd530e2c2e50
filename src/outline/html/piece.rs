//! A piece of raw HTML as the parser gives it: line by line, without the marks of quotations and lists before each. Knows where its
//! lines stand, not what they say.

use std::ops::Range;

/// A piece of HTML.
#[derive(Default)]
pub struct Piece {
    pub html: String,
    /// Where each line begins in `html` and in the body.
    lines: Vec<(usize, usize)>,
}

impl Piece {
    /// Adds a line, or a part of one, that stands at byte `at` of the body.
    pub fn push(&mut self, text: &str, at: usize) {
        self.lines.push((self.html.len(), at));
        self.html.push_str(text);
    }

    /// Which bytes of the body these are.
    pub fn span(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize| {
            let line = self.lines.partition_point(|(start, _)| *start <= at).saturating_sub(1);
            self.lines.get(line).map_or(at, |(start, place)| place + (at - start))
        };
        place(range.start)..place(range.end.saturating_sub(1)) + 1
    }
}
