//! The footnotes of one body: which are referred to and which are there. Knows labels, no text.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Faults, shortened};
use crate::model::{SourcePath, Span};

use super::super::limits::MAX_REPORTED;
use super::super::markdown::folded_label;

rules! {
    UNDEFINED_FOOTNOTE = "undefined-footnote", warning, "a footnote is referred to and never defined", text "The limit was old.[^age]";
    UNUSED_FOOTNOTE = "unused-footnote", warning, "a footnote is defined and not shown", text "[^age]: Eleven years.";
}

/// The footnotes seen so far.
#[derive(Debug, Default)]
pub struct Notes {
    used: BTreeSet<String>,
    /// References that the library left as text, since nothing defines them.
    undefined: Vec<(String, Span)>,
    defined: BTreeMap<String, (String, Span)>,
    /// Definitions of a label that had one.
    again: Vec<(String, Span)>,
}

impl Notes {
    /// A reference to a note that is there.
    pub fn refer(&mut self, label: &str) {
        self.used.insert(folded_label(label));
    }

    /// An opening bracket that is text, at the start of `rest`. It may begin a reference to a note that is not there.
    pub fn bracket(&mut self, rest: &str, start: usize) {
        let Some(inner) = rest.strip_prefix("[^") else { return };
        let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '[' | ']')).unwrap_or(0);
        if end > 0 && inner[end..].starts_with(']') && self.undefined.len() < MAX_REPORTED {
            self.undefined.push((inner[..end].to_owned(), Span::new(start, start + end + 3)));
        }
    }

    /// A definition that begins at `start`.
    pub fn define(&mut self, label: &str, start: usize) {
        let note = (label.to_owned(), Span::new(start, start + label.len() + 3));
        match self.defined.contains_key(&folded_label(label)) {
            true => self.again.push(note),
            false => drop(self.defined.insert(folded_label(label), note)),
        }
    }

    /// Warns of notes that are not there, and of those that will not be shown.
    pub fn report(self, path: &SourcePath, faults: &mut Faults) {
        let mut warn = |rule, (label, span): &(String, Span), what: &str, help: String| {
            let message = format!("the footnote `{}` {what}", shortened(label));
            faults.push(Diagnostic::new(rule, message).at(path, *span).help(help));
        };
        for note in &self.undefined {
            let help = format!("add a line `[^{}]: …`", shortened(&note.0));
            warn(UNDEFINED_FOOTNOTE, note, "is never defined", help);
        }
        for (_, note) in self.defined.iter().filter(|(label, _)| !self.used.contains(*label)).take(MAX_REPORTED) {
            let help = format!("refer to it with `[^{}]`, or take it out", shortened(&note.0));
            warn(UNUSED_FOOTNOTE, note, "is never referred to, so it is not shown", help);
        }
        for note in self.again.iter().take(MAX_REPORTED) {
            let help = "give this one a label of its own, or take it out".to_owned();
            warn(UNUSED_FOOTNOTE, note, "is defined before, so this one is not shown", help);
        }
    }
}
