//! Reading YAML into typed values key by key, collecting every fault with its place. Knows how values are written;
//! the keys are its callers'.

mod closed_set;
mod dates;
mod form;
mod groups;
mod limits;
mod line;
mod shape;
mod texts;

pub(crate) use closed_set::{BAD_NAME, BAD_URL, UNKNOWN_WORD};
pub(crate) use form::no_space;
pub use form::{Form, LOCAL_DAY, MOMENT, NAME, Numbers};
pub use groups::Item;
pub use limits::{ENTRY_CHARS, TEXT_CHARS};
pub use line::{line, line_with, marked_line};
pub use shape::{ByWord, GroupShape, Shape};

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Rule, Spot, rules};
use crate::model::{SourcePath, Span, nearest};
use crate::yaml::{Cut, Fault, Node, Scalar, Step, cuts};

rules! {
    DUPLICATE_KEY = "duplicate-key", error fixed, "a key stands twice in one group", front "math: true\nmath: false";
    WRONG_TYPE = "wrong-type", error fixed, "a value is of another kind than the key takes", front "draft: maybe";
    EMPTY_VALUE = "empty-value", error, "a value is empty", front "summary: \"\"";
    LONG_VALUE = "long-value", error fixed, "a text or a list that other pages show is too long";
    CONTROL_CHARACTER = "control-character", error fixed, "a value holds a character that is a command to a terminal";
    MISSING_KEY = "missing-key", error fixed, "a key that must be there is missing", record "impact: Some pages were slow.";
    OUT_OF_RANGE = "out-of-range", error, "a number is too small or too large", front "series: {name: Ports, part: 0}";
    BAD_DATE = "bad-date", error fixed, "a value is no date, or contradicts another", front "updated: 2026-02-30";
    UNKNOWN_KEY = "unknown-key", error, "a group has no key of this name", front "tags: [lag]";
    COMMA_LIST = "comma-list", warning, "names stand in one text with commas between them", front "patterns: saturation, lag";
    COMMENT_IN_TEXT = "comment-in-text", warning, "a `#` begins a comment in a title or a sentence without quotes", front "summary: Of ticket #12";
    YAML = "yaml", error fixed, "the settings or a front matter are no YAML", front "summary: [one";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, closed_set::RULES];

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Placed<T> {
    pub value: T,
    pub spot: Spot,
}

impl Placed<String> {
    /// The words as a reader sees them, see [`line`].
    pub fn set(self) -> String {
        line(&self.value).into_owned()
    }
}

/// The entries of one YAML map, taken out key by key. What is left at `finish` is unknown.
#[derive(Debug)]
pub struct Fields<'a> {
    path: &'a SourcePath,
    steps: Vec<Step>,
    entries: Vec<Entry>,
    known: Vec<&'static str>,
    /// What a person would call the group: "the front matter of an essay", "`times`".
    owner: String,
    /// False if something else stood where the group should: then no key of it is missed.
    is_group: bool,
    /// Where what is asked for is recorded, if nothing is read.
    recording: Option<Box<shape::Recording>>,
}

#[derive(Debug)]
struct Entry {
    key: String,
    node: Option<Node>,
    step: Step,
}

/// Where faults are collected.
pub type Faults = Vec<Diagnostic>;

impl<'a> Fields<'a> {
    /// The top entries of `node`, which must be a map. Repeated keys are reported; the first one counts.
    pub fn top(path: &'a SourcePath, node: Node, owner: &str, faults: &mut Faults) -> Self {
        Self::of(path, node, Vec::new(), owner.to_owned(), faults)
    }

    fn empty(path: &'a SourcePath) -> Self {
        let (steps, entries, known) = (Vec::new(), Vec::new(), Vec::new());
        Self { path, steps, entries, known, owner: String::new(), is_group: false, recording: None }
    }

    fn of(path: &'a SourcePath, node: Node, steps: Vec<Step>, owner: String, faults: &mut Faults) -> Self {
        let is_group = matches!(node, Node::Map(_));
        let mut fields = Self { steps, owner, is_group, ..Self::empty(path) };
        match node {
            Node::Map(map) => {
                for (n, (key, node)) in map.into_iter().enumerate() {
                    let step = Step::Entry(n);
                    if fields.entries.iter().any(|entry| entry.key == key) {
                        faults.push(
                            Diagnostic::new(DUPLICATE_KEY, format!("`{key}` stands twice in {}", fields.owner))
                                .in_place(path, fields.key_spot(step))
                                .help("keep one of them"),
                        );
                    } else {
                        fields.entries.push(Entry { key, node: Some(node), step });
                    }
                }
            }
            other => {
                let message = format!("{} must be `key: value` lines, not {}", fields.owner, other.noun());
                let fault = Diagnostic::new(WRONG_TYPE, message).in_place(path, fields.value_spot(&[]));
                faults.push(fault.help("write each on a line of its own: `key: value`"));
            }
        }
        fields
    }

    fn key_spot(&self, step: Step) -> Spot {
        Spot::Key(self.steps.iter().copied().chain([step]).collect())
    }

    fn value_spot(&self, steps: &[Step]) -> Spot {
        Spot::Value(self.steps.iter().chain(steps).copied().collect())
    }

    fn take(&mut self, key: &'static str) -> Option<(Node, Step)> {
        self.known.push(key);
        let entry = self.entries.iter_mut().find(|entry| entry.key == key)?;
        Some((entry.node.take()?, entry.step))
    }

    fn fault(&self, rule: &'static Rule, message: String, spot: Spot) -> Diagnostic {
        Diagnostic::new(rule, message).in_place(self.path, spot)
    }

    fn wrong_type(&self, key: &str, wanted: &str, found: &Node, spot: Spot) -> Diagnostic {
        let fault = self.fault(WRONG_TYPE, format!("`{key}` must be {wanted}, not {}", found.noun()), spot);
        match found {
            Node::Typed(Scalar::Null, written) => {
                let fault = fault.with_message(format!("`{key}` has no value"));
                let quotes = format!("a text that begins with `#` needs quotes: `{key}: \"#…\"`");
                let quotes = if written.is_empty() {
                    quotes
                } else {
                    format!("as a word it needs quotes: `{key}: \"{written}\"`")
                };
                fault.help("write one, or delete the line").maybe_help((wanted == "text").then_some(quotes))
            }
            Node::List(_) if wanted == "text" => {
                fault.help(format!("a text that begins with `[` needs quotes: `{key}: \"[…\"`"))
            }
            Node::Map(_) if wanted == "text" => fault.help("a text that begins with `{` or holds `: ` needs quotes"),
            _ => fault,
        }
    }

    /// Reports `key` if it is missing.
    pub fn require(&self, key: &'static str, faults: &mut Faults) {
        self.note_required(key);
        if self.is_group && !self.entries.iter().any(|entry| entry.key == key) {
            let spot = if self.steps.is_empty() { Spot::File } else { self.value_spot(&[]) };
            faults.push(
                self.fault(MISSING_KEY, format!("{} has no `{key}`", self.owner), spot)
                    .help(format!("add a line `{key}: …`")),
            );
        }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &'static str, faults: &mut Faults) -> Option<bool> {
        self.note(key, |_| Shape::Flag);
        let (node, step) = self.take(key)?;
        if let Node::Typed(Scalar::Bool(value), _) = node {
            return Some(value);
        }
        let fault = self.wrong_type(key, "true or false", &node, self.value_spot(&[step]));
        let word = match &node {
            Node::Text(text) | Node::Typed(_, text) => text.trim().to_lowercase(),
            _ => String::new(),
        };
        let meant = match word.as_str() {
            "true" | "yes" | "on" | "y" | "1" => Some(true),
            "false" | "no" | "off" | "n" | "0" => Some(false),
            _ => None,
        };
        faults.push(match meant {
            Some(meant) => fault.help(format!("use true or false: `{key}: {meant}`")),
            // It decides whether a text is published: nothing is guessed.
            None => fault.help("use true or false"),
        });
        None
    }

    /// A whole number between `min` and `max`.
    pub fn number(&mut self, key: &'static str, min: i64, max: i64, faults: &mut Faults) -> Option<i64> {
        self.note(key, |_| Shape::Number { min, max });
        let (node, step) = self.take(key)?;
        match node {
            Node::Typed(Scalar::Int(n), _) if (min..=max).contains(&n) => Some(n),
            Node::Typed(Scalar::Int(n), _) => {
                let message = format!("`{key}` can't be {n}");
                let fault = self.fault(OUT_OF_RANGE, message, self.value_spot(&[step]));
                faults.push(fault.help(if max == i64::MAX {
                    format!("write a whole number from {min} up")
                } else {
                    format!("write a whole number from {min} to {max}")
                }));
                None
            }
            other => {
                faults.push(self.wrong_type(key, "a whole number", &other, self.value_spot(&[step])));
                None
            }
        }
    }

    /// Whatever stands at `key`, unread: a free map for themes.
    pub fn raw(&mut self, key: &'static str) -> Option<(Node, Spot)> {
        self.note(key, |_| Shape::FreeGroup);
        let (node, step) = self.take(key)?;
        Some((node, self.value_spot(&[step])))
    }

    /// Whether anything stands at `key`.
    pub fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// Where `key` stands; the file as a whole if it does not.
    pub fn key_of(&self, key: &str) -> Spot {
        self.entries.iter().find(|entry| entry.key == key).map_or(Spot::File, |entry| self.key_spot(entry.step))
    }

    /// An error about a value that was taken out before.
    pub fn placed_fault(&self, rule: &'static Rule, message: impl Into<String>, spot: &Spot) -> Diagnostic {
        self.fault(rule, message.into(), spot.clone())
    }

    /// Reports every key that was not read.
    pub fn finish(self, faults: &mut Faults) {
        self.finish_with(|_, _| None, faults);
    }

    /// The same; `instead` says what to write for keys of other programs, given those that are known here.
    pub fn finish_with(self, instead: impl Fn(&str, &[&str]) -> Option<String>, faults: &mut Faults) {
        for entry in &self.entries {
            if entry.node.is_some() && !self.known.contains(&entry.key.as_str()) {
                let near =
                    || nearest(&entry.key, self.known.iter().copied()).map(|near| format!("did you mean `{near}`?"));
                let help = instead(&entry.key, &self.known)
                    .or_else(near)
                    .unwrap_or_else(|| format!("known here: {}", self.known.join(", ")));
                faults.push(
                    self.fault(
                        UNKNOWN_KEY,
                        format!("{} has no key `{}`", self.owner, shortened(&entry.key)),
                        self.key_spot(entry.step),
                    )
                    .help(help),
                );
            }
        }
    }
}

/// A diagnostic for text that is no YAML. `from` is the byte the YAML begins at in its file.
pub fn yaml_fault(path: &SourcePath, from: usize, owner: &str, fault: Fault) -> Diagnostic {
    let spot = fault.at.map_or(Spot::File, |at| Spot::Bytes(Span::from(at).shifted(from)));
    Diagnostic::new(YAML, format!("{owner} {}", fault.message)).in_place(path, spot).maybe_help(fault.help)
}

/// The warnings for comments in `text`, the YAML that begins at byte `from` of its file, that cut off a text at one of `keys`.
pub fn cut_texts(path: &SourcePath, text: &str, from: usize, node: &Node, keys: &[&str]) -> Vec<Diagnostic> {
    let warning = |Cut { key, comment }: Cut| {
        let cut_off = shortened(&text[comment.clone()]);
        Diagnostic::new(COMMENT_IN_TEXT, format!("`{key}` ends before `{cut_off}`, which is a comment"))
            .in_place(path, Spot::Bytes(Span::from(comment).shifted(from)))
            .help("put the whole text in quotes if the rest belongs to it, or else write the comment on a line of its own")
    };
    cuts(text, node, keys).into_iter().map(warning).collect()
}

/// `text` short enough for a message.
pub fn shortened(text: &str) -> String {
    let short: String = text.chars().take(60).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if short.len() < text.len() { short + "\u{2026}" } else { short }
}
