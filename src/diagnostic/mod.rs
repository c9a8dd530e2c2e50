//! What is wrong with a site, where, and what to do about it. Knows how to show it; knows no stage and no disk.

mod edit;
mod groups;
mod human;
mod lines;
mod located;
mod machine;
mod proposal;
mod rule;
mod sarif;
mod words;

use serde::{Deserialize, Serialize};

use crate::model::{SourcePath, Span};
use crate::yaml::Step;

pub use edit::{Edit, edited};
pub use human::{human, summary};
pub use lines::{Lines, Position};
pub use located::Located;
pub use machine::{github, json};
pub use proposal::Proposal;
pub(crate) use rule::rules;
pub use rule::{Example, Level, Rule};
pub use sarif::sarif;
pub use words::{first_lines, words};

/// Whether a site can be published in spite of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// The site is not written.
    Error,
    /// The site is written; something is probably not as meant.
    Warning,
    /// Nothing is wrong: a fact the author will want, such as an essay left out.
    Note,
}

impl Severity {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What part of a file is meant. A field is stored as its path and resolved to bytes only when it is shown:
/// documents don't keep their text, and most fields are never shown.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Spot {
    /// The file as a whole.
    File,
    /// The key of a YAML entry.
    Key(Box<[Step]>),
    /// A YAML value.
    Value(Box<[Step]>),
    /// These bytes.
    Bytes(Span),
}

/// A part of a named file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    pub path: SourcePath,
    pub spot: Spot,
}

/// One thing to tell the author.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Diagnostic {
    pub place: Option<Place>,
    pub severity: Severity,
    pub rule: &'static Rule,
    /// One line, lower case, without a full stop.
    pub message: String,
    /// What to do, one sentence each.
    pub help: Vec<String>,
    /// What mends it, where there is one way.
    pub edit: Option<Box<Edit>>,
    /// It is a warning at most: what it is about is not published yet, or it is known.
    is_soft: bool,
}

impl Diagnostic {
    /// One of this rule, which counts as the rule does by default.
    pub fn new(rule: &'static Rule, message: impl Into<String>) -> Self {
        // What is off is left out later, unless the settings turn it on.
        let severity = rule.level().severity().unwrap_or(Severity::Warning);
        Self { place: None, severity, rule, message: message.into(), help: Vec::new(), edit: None, is_soft: false }
    }

    /// The stable name of its kind, in kebab case.
    pub fn code(&self) -> &'static str {
        self.rule.code()
    }

    /// The same with other words.
    pub fn with_message(self, message: impl Into<String>) -> Self {
        Self { message: message.into(), ..self }
    }

    /// The same, and a warning at most, whatever the rule's level.
    pub fn softened(self) -> Self {
        Self { severity: self.severity.max(Severity::Warning), is_soft: true, ..self }
    }

    /// The same at the level that the settings give its rule; none if that is off.
    pub fn at_level(self, level: Level) -> Option<Self> {
        let severity = level.severity()?;
        let fault = Self { severity, ..self };
        Some(if fault.is_soft { fault.softened() } else { fault })
    }

    /// The same, about these bytes of this file.
    pub fn at(self, path: &SourcePath, span: Span) -> Self {
        self.in_place(path, Spot::Bytes(span))
    }

    /// The same, about this part of this file.
    pub fn in_place(self, path: &SourcePath, spot: Spot) -> Self {
        Self { place: Some(Place { path: path.clone(), spot }), ..self }
    }

    /// The same, about this file as a whole.
    pub fn in_file(self, path: &SourcePath) -> Self {
        self.in_place(path, Spot::File)
    }

    /// The same, about this file as a whole if there is one.
    pub fn maybe_in_file(self, path: Option<&SourcePath>) -> Self {
        match path {
            Some(path) => self.in_file(path),
            None => self,
        }
    }

    /// The same with one more line of help.
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// The same with a line of help if there is one.
    pub fn maybe_help(self, line: Option<String>) -> Self {
        match line {
            Some(line) => self.help(line),
            None => self,
        }
    }

    /// The same with the edit that mends it.
    pub fn edit(self, edit: Edit) -> Self {
        Self { edit: Some(Box::new(edit)), ..self }
    }

    /// The file it is about.
    pub fn path(&self) -> Option<&SourcePath> {
        self.place.as_ref().map(|place| &place.path)
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Sorts by file and place and drops repetitions, so that the order of work never shows.
pub fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort();
    diagnostics.dedup();
    diagnostics
}

/// Gives the text of a file when a diagnostic is shown; documents don't keep theirs.
pub type TextOf<'a> = dyn Fn(&SourcePath) -> Option<String> + 'a;
