//! Where in YAML text a node stands: reads the text again with a seed that fails on purpose at the path asked for and
//! takes the place of that failure. Knows no key.

use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// One step down a tree: the `n`th entry of a map (so that a repeated key can be told from the first), or the `n`th item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    Entry(usize),
    Item(usize),
}

/// The bytes of the key of the entry that `path` ends with.
pub fn locate_key(text: &str, path: &[Step]) -> Option<Range<usize>> {
    find(text, path, true)
}

/// The bytes of the value that `path` leads to; of a list or map, its first line.
pub fn locate_value(text: &str, path: &[Step]) -> Option<Range<usize>> {
    find(text, path, false)
}

fn find(text: &str, path: &[Step], key: bool) -> Option<Range<usize>> {
    let probe = Probe { path, key };
    let error = probe.deserialize(serde_yaml::Deserializer::from_str(text)).err()?;
    let start = byte_at(text, &error.location()?);
    let length = token_length(&text[start..], key);
    Some(start..start + length)
}

/// The byte a library location means. Its index counts bytes.
pub(super) fn byte_at(text: &str, location: &serde_yaml::Location) -> usize {
    let mut at = location.index().min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How long the scalar (or the first line of the collection) at the start of `text` is.
fn token_length(text: &str, key: bool) -> usize {
    let line = text.lines().next().unwrap_or("");
    let quoted = |quote: char| line[1..].find(quote).map(|end| end + 2);
    let end = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(quote),
        Some('[') => line.rfind(']').map(|end| end + 1),
        Some('{') => line.rfind('}').map(|end| end + 1),
        _ if key => line.find(':'),
        _ => line.find([',', ']', '}']).into_iter().chain(line.find(" #")).min(),
    };
    line[..end.unwrap_or(line.len())].trim_end().len()
}

#[derive(Clone, Copy)]
struct Probe<'a> {
    path: &'a [Step],
    key: bool,
}

const HERE: &str = "here";

impl<'de> DeserializeSeed<'de> for Probe<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Probe<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(HERE)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Err(E::custom(HERE))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Err(E::custom(HERE))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Err(E::custom(HERE))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Err(E::custom(HERE))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Err(E::custom(HERE))
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Err(E::custom(HERE))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let [Step::Item(n), rest @ ..] = self.path else { return Err(A::Error::custom(HERE)) };
        for _ in 0..*n {
            seq.next_element::<IgnoredAny>()?;
        }
        seq.next_element_seed(Probe { path: rest, key: self.key })?;
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let [Step::Entry(n), rest @ ..] = self.path else { return Err(A::Error::custom(HERE)) };
        for _ in 0..*n {
            map.next_key::<IgnoredAny>()?;
            map.next_value::<IgnoredAny>()?;
        }
        if self.key && rest.is_empty() {
            map.next_key_seed(Probe { path: rest, key: true })?;
            return Ok(());
        }
        map.next_key::<IgnoredAny>()?;
        map.next_value_seed(Probe { path: rest, key: self.key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "title: Out of ports\npatterns: [lag,\n  \"cascade\"]\ntimes:\n  started: 2017\ntitle: again\n";

    fn value(path: &[Step]) -> Option<&'static str> {
        locate_value(TEXT, path).map(|range| &TEXT[range])
    }

    #[test]
    fn values_and_keys_are_found_by_path() {
        use Step::{Entry, Item};
        assert_eq!(value(&[Entry(0)]), Some("Out of ports"));
        assert_eq!(value(&[Entry(1), Item(0)]), Some("lag"));
        assert_eq!(value(&[Entry(1), Item(1)]), Some("\"cascade\""));
        assert_eq!(value(&[Entry(2), Entry(0)]), Some("2017"));
        assert_eq!(locate_key(TEXT, &[Entry(2), Entry(0)]).map(|range| &TEXT[range]), Some("started"));
        assert_eq!(locate_key(TEXT, &[Entry(3)]), Some(72..77));
    }
}
