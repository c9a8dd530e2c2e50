//! Values from a closed set of words, and ids. Knows the forms; the sets are the model's.

use crate::diagnostic::rules;

use super::form::{self, Form};
use super::{Faults, Fields, Placed, shortened};
use crate::model::{ClosedSet, Id, SourceDuration, nearest, slug};

rules! {
    UNKNOWN_WORD = "unknown-word", error, "a value is none of the words that the key takes", front "kind: story";
    BAD_NAME = "bad-name", error fixed, "a name can't be part of an address", front "slug: Out of Ports";
    BAD_DURATION = "bad-duration", error, "a value is no duration", record "title: Slow pages\nduration: a while";
    BAD_URL = "bad-url", error, "a value is no web address", record "title: Slow pages\nsources: [{kind: report, title: Report, url: example.org}]";
}

impl Fields<'_> {
    /// One word of a closed set.
    pub fn word<T: ClosedSet>(&mut self, key: &'static str, faults: &mut Faults) -> Option<T> {
        let text = self.takes(Form::one_of(T::WORDS)).text(key, faults)?;
        self.word_of(key, &text, faults)
    }

    /// The member of a closed set that `text`, the value of `key`, spells.
    pub fn word_of<T: ClosedSet>(&self, key: &str, text: &Placed<String>, faults: &mut Faults) -> Option<T> {
        self.refine(Form::one_of(T::WORDS));
        let found = T::from_word(&text.value);
        if found.is_none() {
            let help = nearest(&text.value, T::WORDS.iter().copied()).map_or_else(
                || format!("use one of {}", T::WORDS.join(", ")),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("`{key}` can't be `{}`", shortened(&text.value));
            faults.push(self.fault(UNKNOWN_WORD, message, text.spot.clone()).help(help));
        }
        found
    }

    /// A text that is safe as a segment of a URL.
    pub fn id(&mut self, key: &'static str, faults: &mut Faults) -> Option<Placed<Id>> {
        let text = self.takes(form::NAME).text(key, faults)?;
        match Id::new(&text.value) {
            Ok(value) => Some(Placed { value, spot: text.spot }),
            Err(error) => {
                let fault = self.fault(BAD_NAME, format!("`{key}`: `{}` {error}", shortened(&text.value)), text.spot);
                faults.push(fault.help(match slug(&text.value) {
                    slug if Id::new(&slug).is_ok() => format!("write `{slug}`"),
                    _ => "use lower-case letters, digits and dashes".to_owned(),
                }));
                None
            }
        }
    }

    /// How long something took.
    pub fn duration(&mut self, key: &'static str, faults: &mut Faults) -> Option<SourceDuration> {
        let text = self.takes(form::DURATION).text(key, faults)?;
        SourceDuration::parse(&text.value)
            .map_err(|error| {
                let message = format!("`{key}`: `{}` {error}", shortened(&text.value));
                faults.push(self.fault(BAD_DURATION, message, text.spot).help(error.help()));
            })
            .ok()
    }

    /// An address on the web: http or https only.
    pub fn web_url(&mut self, key: &'static str, faults: &mut Faults) -> Option<String> {
        let text = self.takes(form::URL).text(key, faults)?;
        self.as_web_url(key, text, faults)
    }

    /// `text`, which stands at `key`, if it is an address.
    pub fn as_web_url(&self, key: &str, text: Placed<String>, faults: &mut Faults) -> Option<String> {
        self.refine(form::URL);
        let lower = text.value.to_lowercase();
        if (lower.starts_with("https://") || lower.starts_with("http://")) && !text.value.contains(char::is_whitespace)
        {
            return Some(text.value);
        }
        let message = format!("`{key}`: `{}` is not a web address", shortened(&text.value));
        faults.push(self.fault(BAD_URL, message, text.spot).help("begin it with https:// and leave no spaces"));
        None
    }
}
