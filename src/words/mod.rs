//! The words of the theme in the site's language, and how dates, lengths and lists are written in it. Owns what a file of words
//! says; knows no page and no template.

mod dates;
mod lists;
mod plural;
mod read;
mod sentence;

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};

use crate::diagnostic::Rule;
use crate::model::{Hash, SourcePath};

pub use dates::Date;
pub use plural::{categories, category};
pub use read::{WordsFile, resolve};
pub use sentence::{Piece, Sentence};

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[read::RULES];

/// The language that every other one falls back to.
pub const FALLBACK: &str = "en";

/// A text of the theme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Message {
    One(Sentence),
    /// By the plural category of a number.
    Plural(BTreeMap<String, Sentence>),
    /// By a word.
    Choice(BTreeMap<String, Sentence>),
}

/// All words, resolved: of the site's file, of the default theme's, of the English one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The language whose rules hold: the site's, or English where the theme has no words of it.
    language: String,
    messages: BTreeMap<String, Message>,
    /// Names of months, and their short forms.
    months: Vec<String>,
    months_short: Vec<String>,
    /// First and last, and the same within others.
    quotes: [String; 4],
    hash: Option<Hash>,
}

impl Words {
    pub fn message(&self, key: &str) -> Option<&Message> {
        self.messages.get(key)
    }

    /// All keys of messages, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.messages.keys().map(String::as_str)
    }

    /// The language whose rules hold.
    pub fn language(&self) -> &str {
        &self.language
    }

    pub fn quotes(&self) -> &[String; 4] {
        &self.quotes
    }

    /// A text that depends on nothing.
    pub fn text(&self, key: &str) -> &str {
        match self.messages.get(key) {
            Some(Message::One(sentence)) => sentence.plain(),
            _ => {
                debug_assert!(self.messages.is_empty(), "no word `{key}`");
                ""
            }
        }
    }

    /// A text with something put in.
    pub fn say(&self, key: &str, with: &[(&str, &str)]) -> String {
        match self.messages.get(key) {
            Some(Message::One(sentence)) => {
                debug_assert!(
                    sentence.slots().all(|slot| with.iter().any(|(name, _)| *name == slot)),
                    "`{key}` needs more"
                );
                sentence.filled(with)
            }
            _ => {
                debug_assert!(self.messages.is_empty(), "no word `{key}`");
                String::new()
            }
        }
    }

    /// A text that depends on a number, which is put in as `n`.
    pub fn count(&self, key: &str, n: u64) -> String {
        match self.messages.get(key) {
            Some(Message::Plural(forms)) => {
                let form = forms.get(category(&self.language, n)).or_else(|| forms.get(plural::OTHER));
                form.map(|form| form.filled(&[("n", &n.to_string())])).unwrap_or_default()
            }
            _ => self.say(key, &[("n", &n.to_string())]),
        }
    }

    /// A text that depends on a word.
    pub fn pick(&self, key: &str, word: &str) -> &str {
        match self.messages.get(key) {
            Some(Message::Choice(forms)) => forms.get(word).map(Sentence::plain).unwrap_or_default(),
            _ => "",
        }
    }

    /// The name of a pattern or concept inside a sentence: an abbreviation or a name such as Safety-II keeps its capital.
    pub fn in_a_sentence(&self, name: &str) -> String {
        let mut chars = name.chars();
        match (chars.next(), chars.next()) {
            (Some(first), Some(second))
                if second.is_lowercase() && !name.contains("-I") && self.text("small_in_sentences") == "yes" =>
            {
                first.to_lowercase().chain([second]).chain(chars).collect()
            }
            _ => name.to_owned(),
        }
    }

    /// The same with every text changed by `change`, for a place where some characters are written otherwise.
    pub fn with_texts(&self, change: impl Fn(&str) -> String) -> Self {
        let forms = |forms: &BTreeMap<String, Sentence>| {
            forms.iter().map(|(form, sentence)| (form.clone(), sentence.with_texts(&change))).collect()
        };
        let message = |message: &Message| match message {
            Message::One(sentence) => Message::One(sentence.with_texts(&change)),
            Message::Plural(plural) => Message::Plural(forms(plural)),
            Message::Choice(choice) => Message::Choice(forms(choice)),
        };
        let messages = self.messages.iter().map(|(key, own)| (key.clone(), message(own))).collect();
        Self { messages, ..self.clone() }
    }

    /// Changes with every word.
    pub fn hash(&self) -> Option<Hash> {
        self.hash
    }
}

/// The hash stands for all of it.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.hash.serialize(serializer)
    }
}

/// The name of the file of words at `path`: its language.
pub fn language_of(path: &SourcePath) -> Option<&str> {
    path.as_str().rsplit('/').next()?.strip_suffix(".yaml")
}
