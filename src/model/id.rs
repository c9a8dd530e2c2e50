//! Names of documents: the textual id an author writes, checked, and the position a document has in one Site.

use std::{borrow::Borrow, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use super::text::nfc;

/// The longest id or slug accepted, in bytes. File systems allow 255 for a name; `index.html` and hashes need some.
pub const MAX_ID_BYTES: usize = 200;

/// Position of a document in one Site. Never stored in a document, a page key or a cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct DocId(pub u32);

impl DocId {
    /// As an index into the Site's documents.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An id or slug that is safe as one segment of a URL and as a file name on every system:
/// lower case, in Unicode form NFC, no separator, no leading dot, no name that Windows reserves.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

/// Why a text can't be an id. The words complete the sentence "`x` ...".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdError {
    Empty,
    TooLong,
    NotLowerCase,
    NotNormalised,
    Character(char),
    LeadingDot,
    Reserved,
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("is empty"),
            Self::TooLong => write!(f, "is longer than {MAX_ID_BYTES} bytes"),
            Self::NotLowerCase => f.write_str("has capital letters"),
            Self::NotNormalised => {
                f.write_str("holds a letter and its accent as two characters (not Unicode form NFC)")
            }
            Self::Character(' ') => f.write_str("holds a space"),
            Self::Character(c) if c.is_control() => write!(f, "holds a control character (U+{:04X})", u32::from(*c)),
            Self::Character(c) => write!(f, "holds the character `{c}`"),
            Self::LeadingDot => f.write_str("begins or ends with a dot"),
            Self::Reserved => f.write_str("is a name that Windows reserves"),
        }
    }
}

impl Id {
    /// Checks `text` and makes it an id.
    pub fn new(text: &str) -> Result<Self, IdError> {
        if text.is_empty() {
            return Err(IdError::Empty);
        }
        if text.len() > MAX_ID_BYTES {
            return Err(IdError::TooLong);
        }
        if let Some(c) = text.chars().find(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.') || is_mark(*c))) {
            return Err(IdError::Character(c));
        }
        if text.chars().any(char::is_uppercase) {
            return Err(IdError::NotLowerCase);
        }
        if nfc(text) != text {
            return Err(IdError::NotNormalised);
        }
        if text.starts_with('.') || text.ends_with('.') {
            return Err(IdError::LeadingDot);
        }
        let stem = text.split('.').next().unwrap_or(text);
        if is_device(stem) {
            return Err(IdError::Reserved);
        }
        Ok(Self(text.into()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether Windows reads this name, whatever extension follows it, as a device's (learn.microsoft.com/windows/win32/fileio/naming-a-file).
fn is_device(stem: &str) -> bool {
    let port = |prefix: &str| stem.strip_prefix(prefix).and_then(|rest| rest.parse::<char>().ok());
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '\u{b9}' | '\u{b2}' | '\u{b3}');
    matches!(stem, "con" | "prn" | "aux" | "nul") || port("com").or(port("lpt")).is_some_and(is_number)
}

/// Whether `c` combines with the letter before it, as vowel signs and accents do.
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_leave_the_site_or_break_a_disk_are_refused() {
        let refused = [
            ("", IdError::Empty),
            ("../../etc/x", IdError::Character('/')),
            ("%2e%2e", IdError::Character('%')),
            ("c:", IdError::Character(':')),
            ("..", IdError::LeadingDot),
            (".hidden", IdError::LeadingDot),
            ("con", IdError::Reserved),
            ("com1.md", IdError::Reserved),
            ("com\u{b9}", IdError::Reserved),
            ("lpt\u{b3}.md", IdError::Reserved),
            ("Lag", IdError::NotLowerCase),
            ("cafe\u{301}", IdError::NotNormalised),
            ("a b", IdError::Character(' ')),
            ("a\0b", IdError::Character('\0')),
        ];
        for (text, error) in refused {
            assert_eq!(Id::new(text), Err(error), "{text:?}");
        }
        assert_eq!(Id::new(&"x".repeat(300)), Err(IdError::TooLong));
        for text in ["out-of-ports", "github-2018-10-21", "über", "1.2", "consul", "com10", "com\u{2074}", "日本"] {
            assert!(Id::new(text).is_ok(), "{text:?}");
        }
    }
}
