//! A text with places to put something in. Knows no language.

use serde::{Serialize, Serializer};

/// A part of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    /// A place, by its name.
    Slot(String),
}

/// A text and the places in it: `All {n} essays`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(Vec<Piece>);

/// As it is written, for those who fill it themselves.
impl Serialize for Sentence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Slot(name) => format!("{{{name}}}"),
        };
        serializer.collect_str(&self.0.iter().map(text).collect::<String>())
    }
}

impl Sentence {
    /// A brace that begins no name stays as it is.
    pub fn parse(text: &str) -> Self {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            let (before, after) = (&rest[..start], &rest[start + 1..]);
            plain.push_str(before);
            let is_name =
                |name: &&str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
            match after.find('}').map(|end| &after[..end]).filter(is_name) {
                Some(name) => {
                    if !plain.is_empty() {
                        pieces.push(Piece::Text(std::mem::take(&mut plain)));
                    }
                    pieces.push(Piece::Slot(name.to_owned()));
                    rest = &after[name.len() + 1..];
                }
                None => {
                    plain.push('{');
                    rest = after;
                }
            }
        }
        plain.push_str(rest);
        if !plain.is_empty() {
            pieces.push(Piece::Text(plain));
        }
        Self(pieces)
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.0
    }

    /// The names of its places.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Slot(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// The text of one without places.
    pub fn plain(&self) -> &str {
        match &self.0[..] {
            [Piece::Text(text)] => text,
            _ => "",
        }
    }

    /// With something in each place; nothing in those that `with` does not name.
    pub fn filled(&self, with: &[(&str, &str)]) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Slot(name) => {
                let value = with.iter().find(|(slot, _)| slot == name);
                value.map(|(_, value)| (*value).to_owned()).unwrap_or_default()
            }
        };
        self.0.iter().map(text).collect()
    }

    pub(super) fn with_texts(&self, change: impl Fn(&str) -> String) -> Self {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => Piece::Text(change(text)),
            slot @ Piece::Slot(_) => slot.clone(),
        };
        Self(self.0.iter().map(piece).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_a_name_in_braces_and_other_braces_are_text() {
        let filled = |text: &str| Sentence::parse(text).filled(&[("n", "3"), ("of", "{n}")]);
        assert_eq!(filled("All {n} essays"), "All 3 essays");
        assert_eq!(filled("{n}{of}"), "3{n}");
        assert_eq!(filled("{N} { n} {} {"), "{N} { n} {} {");
        assert_eq!(filled("a {none} b"), "a  b");
        assert_eq!(Sentence::parse("{first} and {last}").slots().collect::<Vec<_>>(), ["first", "last"]);
    }
}
