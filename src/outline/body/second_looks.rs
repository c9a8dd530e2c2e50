//! What is worth a second look in the text of a body, for who asks for it. Knows one block.

use crate::diagnostic::Diagnostic;

use super::{LONG_PARAGRAPH, UNSOURCED_QUOTATION};

/// The most words of a paragraph that is not called long.
const LONG: usize = 250;

/// What to say of a paragraph of so many words.
pub(super) fn of_paragraph(words: usize) -> Option<Diagnostic> {
    (words > LONG).then(|| {
        let fault = Diagnostic::new(LONG_PARAGRAPH, format!("the paragraph has {words} words"));
        fault.help("say it in several: readers lose the thread")
    })
}

/// What to say of a quotation, as it is written.
pub(super) fn of_quotation(written: &str) -> Option<Diagnostic> {
    (!has_attribution(written)).then(|| {
        let fault = Diagnostic::new(UNSOURCED_QUOTATION, "the quotation does not say whose words it is");
        fault.help("end it with a line `-- Who, where`")
    })
}

/// Whether the last line begins with a dash, as the name of whoever said it does.
fn has_attribution(written: &str) -> bool {
    let last = written.trim_end().lines().next_back().unwrap_or_default();
    let words = last.trim_start_matches(|c: char| c == '>' || c.is_whitespace());
    ["--", "\u{2013}", "\u{2014}", "\u{2015}"].iter().any(|dash| words.starts_with(dash))
}
