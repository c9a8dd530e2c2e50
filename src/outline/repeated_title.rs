//! A body that begins with its title as a heading, as texts do that are read elsewhere: the page would show it twice. Knows this
//! text only.

use pulldown_cmark::{Event, HeadingLevel, Tag};

use crate::diagnostic::{Diagnostic, Edit, rules};
use crate::load::Source;
use crate::model::{Span, nfc};

use super::document::Heading;
use super::markdown::Markdown;

rules! {
    REPEATED_TITLE = "repeated-title", warning, "a text begins with its title as a heading, which the page shows above it anyway";
}

/// The warning for the body that begins at byte `start` of `text` and has these `headings`. It is mended by taking the heading
/// out, unless that says more than the title does.
pub fn repeated(source: &Source, text: &str, start: usize, title: &str, headings: &[Heading]) -> Option<Diagnostic> {
    let first = headings.first().filter(|first| first.level == 1 && words(&first.text) == words(title))?;
    let body = &text[start..];
    let markdown = Markdown::new(body, false);
    let (event, range) = markdown.events().next()?;
    if !matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })) {
        return None;
    }
    let heading = Span::from(range.clone()).shifted(start);
    let rest = &body[range.end..];
    let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
    // White space before the first words of a line may mean something.
    let blank = rest[..blank].rfind('\n').map_or(0, |newline| newline + 1);
    let edit = Edit::removal(Span::new(start + range.start, start + range.end + blank));
    let is_plain = !text[heading.range()].contains(['{', '[', '<']);
    let fault = Diagnostic::new(
        REPEATED_TITLE,
        format!("the text begins with its title, \u{201c}{}\u{201d}, which the page shows twice", first.text),
    )
    .at(&source.path, heading);
    Some(if is_plain {
        fault.help("take the heading out, or let `ninefold check --fix` do it").edit(edit)
    } else {
        fault.help("take the heading out")
    })
}

/// The words of a title, whatever the case, the spaces and the form of dashes and quotation marks.
fn words(title: &str) -> String {
    let plain = |c: char| match c {
        '\u{2018}' | '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2013}' | '\u{2014}' => '-',
        c => c,
    };
    let text: String = nfc(title).replace('\u{2026}', "...").chars().map(plain).collect();
    let mut words = text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    while words.contains("--") {
        words = words.replace("--", "-");
    }
    words
}
