//! The text of a block as it was typed, and what in it is nearly something else: a link, a heading, a table, the markup of another
//! program. Such words are shown as they are, and reported. Knows one block; everything but text is blank in it.

mod foreign;
mod lines;
mod links;

use std::ops::Range;

use crate::diagnostic::{Diagnostic, rules};
use crate::model::{SourcePath, Span};

use super::limits::MAX_REPORTED;

rules! {
    FOREIGN_MARKUP = "foreign-markup", warning, "the markup of another program is shown as it is typed", text "==Marked== words.";
    NEAR_ALERT = "near-alert", warning, "a quotation is nearly an alert", text "> [!FOO]\n> It was full.";
    NEAR_HEADING = "near-heading", warning, "a line is nearly a heading", text "##Limits";
    NEAR_LINK = "near-link", warning, "words are nearly a link or a picture", text "See [the plan](my plan.md).";
    NEAR_TABLE = "near-table", warning, "lines are nearly a table", text "| One | Two |\n| a | b |";
    OPEN_EMPHASIS = "open-emphasis", warning, "words are to be strong, and the marks are shown", text "It was **full.";
    PRIVATE_COMMENT = "private-comment", error, "a comment of Obsidian's would be published", text "Full. %%Ask Ann.%%";
}

/// What stands in the place of all that is no text, and of signs that are escaped.
const BLANK: char = '\0';
/// A block without any of these holds nothing of interest, unless it begins with one of the others.
const SIGNS: &[u8] = b"[*=%^{#|";
const FIRST_SIGNS: [char; 3] = ['!', ':', '?'];
/// Looked up, since every byte of a text is.
const IS_SIGN: [bool; 256] = {
    let mut table = [false; 256];
    let mut n = 0;
    while n < SIGNS.len() {
        table[SIGNS[n] as usize] = true;
        n += 1;
    }
    table
};

/// The block that is being read.
#[derive(Debug, Default)]
pub struct Typed {
    text: String,
    /// Where in the source it begins; none before it does.
    start: Option<usize>,
    reported: usize,
}

impl Typed {
    /// A block begins.
    pub fn begin(&mut self, at: usize) {
        self.start = Some(at);
    }

    /// Takes a text of `source` that is shown, at these bytes, or the break of a line.
    pub fn text(&mut self, source: &str, at: Range<usize>) {
        let end = *self.start.get_or_insert(at.start) + self.text.len();
        if at.start < end {
            return;
        }
        let gap = &source[end..at.start];
        self.blank(gap);
        let is_escaped = gap.ends_with('\\') || self.text.is_empty() && source[..at.start].ends_with('\\');
        let text = &source[at];
        if is_escaped && text.starts_with(|c: char| c.is_ascii()) {
            self.text.push(BLANK);
            self.text.push_str(&text[1..]);
        } else {
            self.text.push_str(text);
        }
    }

    /// As many blanks as `gap` has bytes; the ends of lines stay.
    fn blank(&mut self, gap: &str) {
        self.text.extend(gap.bytes().map(|byte| if byte == b'\n' { '\n' } else { BLANK }));
    }

    /// The block ends here: what is to be reported of it.
    pub fn end(&mut self, path: &SourcePath) -> Vec<Diagnostic> {
        let text = std::mem::take(&mut self.text);
        let start = self.start.take().unwrap_or_default();
        let has_signs = || {
            text.bytes().any(|byte| IS_SIGN[usize::from(byte)])
                || text.trim_start_matches([' ', '\t', BLANK]).starts_with(FIRST_SIGNS)
        };
        if self.reported >= MAX_REPORTED || !has_signs() {
            return Vec::new();
        }
        let mut found = Vec::new();
        lines::find(&text, &mut found);
        links::find(&text, &mut found);
        foreign::find(&text, &mut found);
        found.truncate(MAX_REPORTED - self.reported);
        self.reported += found.len();
        found.into_iter().map(|(fault, at)| fault.at(path, Span::from(at).shifted(start))).collect()
    }
}

/// How far is looked for what closes something, in characters: so that the work grows with the text.
const REACH: usize = 1_000;

/// As much of `text` as is looked at.
fn near(text: &str) -> &str {
    text.char_indices().nth(REACH).map_or(text, |(end, _)| &text[..end])
}

/// The same, to the end of its line.
fn line(text: &str) -> &str {
    let text = near(text);
    &text[..text.find('\n').unwrap_or(text.len())]
}

/// A fault, and which bytes of the block it is of.
type Found = (Diagnostic, Range<usize>);

/// Whether this can be where a link leads.
fn is_address(text: &str) -> bool {
    let path = text.split(['#', '?']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    let is_file = file.rsplit_once('.').is_some_and(|(name, ending)| {
        !name.is_empty()
            && (1..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
    });
    let has_scheme = ["http://", "https://", "mailto:", "pattern:", "concept:", "incident:"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    !text.contains([BLANK, '\n']) && (is_file || has_scheme || text.starts_with(['/', '#']) && text.len() > 1)
}

#[cfg(test)]
pub(super) fn reported(text: &str) -> Vec<String> {
    let mut typed = Typed::default();
    typed.text(text, 0..text.len());
    let path = SourcePath::new("a.md");
    let shown = |fault: Diagnostic| {
        let at = match fault.place.map(|place| place.spot) {
            Some(crate::diagnostic::Spot::Bytes(span)) => span.range(),
            _ => 0..0,
        };
        format!("{} {}", fault.rule.code(), &text[at])
    };
    typed.end(&path).into_iter().map(shown).collect()
}
