//! Quotation marks of a language, and which of them stands for one that smart punctuation made, which are English. Knows no Markdown.

use std::ops::Range;

/// First and last, and the same within others.
pub type QuoteMarks = [String; 4];

/// Follows the marks of a text.
#[derive(Debug, Default)]
pub struct Quoting {
    /// A double mark is open: one more `"` behind a character closes it, also where no space parts words.
    double: bool,
    /// Single marks that are open: one more `'` closes one, if it is no apostrophe.
    open: usize,
}

impl Quoting {
    /// The place among [`QuoteMarks`] of the mark for `made`, which smart punctuation made of the part at `range` of `source`; none where
    /// it made no quotation mark.
    pub fn place(&mut self, made: &str, source: &str, range: &Range<usize>) -> Option<usize> {
        // Each that it makes is by itself; what an author wrote as a mark is longer in the source.
        match made {
            _ if range.len() != 1 => None,
            "\u{201c}" if self.double && !source[..range.start].ends_with(char::is_whitespace) => {
                self.double = false;
                Some(1)
            }
            "\u{201c}" => {
                self.double = true;
                Some(0)
            }
            "\u{201d}" => {
                self.double = false;
                Some(1)
            }
            "\u{2018}" => {
                self.open += 1;
                Some(2)
            }
            "\u{2019}" if self.open > 0 && !source[range.end..].starts_with(char::is_alphanumeric) => {
                self.open -= 1;
                Some(3)
            }
            _ => None,
        }
    }

    /// A paragraph ends, and what is open in it.
    pub fn end(&mut self) {
        *self = Self::default();
    }
}
