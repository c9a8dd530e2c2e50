//! A change to a text that mends what a diagnostic is about. Knows bytes; neither reads nor writes a file.

use serde::{Deserialize, Serialize};

use crate::model::Span;

/// These bytes of the file that the diagnostic is about are replaced. It is given only where the author can have meant nothing
/// else: where there is a choice, there is help in words alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Edit {
    /// One that takes `span` out.
    pub fn removal(span: Span) -> Self {
        Self { span, text: String::new() }
    }
}

/// `text` with `edits`, and how many of them it has: of two that overlap the later one is left for another time, and so is
/// one whose bytes are not whole characters of the text. All other bytes stay.
pub fn edited<'a>(text: &str, edits: impl IntoIterator<Item = &'a Edit>) -> (String, usize) {
    let mut edits: Vec<&Edit> = edits.into_iter().collect();
    edits.sort();
    edits.dedup();
    let (mut out, mut from, mut count) = (String::with_capacity(text.len()), 0, 0);
    for edit in edits {
        let range = edit.span.range();
        let Some(before) = text.get(from..range.start).filter(|_| text.get(range.clone()).is_some()) else { continue };
        out.push_str(before);
        out.push_str(&edit.text);
        from = range.end;
        count += 1;
    }
    out.push_str(&text[from..]);
    (out, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit(start: usize, end: usize, text: &str) -> Edit {
        Edit { span: Span::new(start, end), text: text.to_owned() }
    }

    #[test]
    fn each_other_byte_stays() {
        let text = "\u{feff}a\r\nb\u{fc} \n";
        assert_eq!(edited(text, &[edit(6, 7, "c"), edit(3, 4, "")]), ("\u{feff}\r\nc\u{fc} \n".to_owned(), 2));
        assert_eq!(edited(text, &[]), (text.to_owned(), 0));
    }

    #[test]
    fn edits_that_overlap_or_miss_the_text_are_left() {
        assert_eq!(edited("abcd", &[edit(0, 2, "x"), edit(1, 3, "y"), edit(0, 2, "x")]), ("xcd".to_owned(), 1));
        assert_eq!(edited("\u{fc}", &[edit(1, 2, ""), edit(0, 9, "")]), ("\u{fc}".to_owned(), 0));
    }
}
