//! Where in YAML text nodes stand: one reading of the text asks the library, at each node that is wanted, for something that
//! it refuses before it has read the node, and takes the place from the refusal. Knows no key.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Serialize};

/// One step down a tree: the `n`th entry of a map (so that a repeated key can be distinguished from the first), or the `n`th item of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    Entry(usize),
    Item(usize),
}

/// What of the node at the end of a path is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// The key of the entry that the path ends with.
    Key,
    /// The value; of a list or map, its first line.
    Value,
}

/// A part of the node at the end of a path.
pub type Wanted<'a> = (&'a [Step], Part);

/// The bytes of each of `wanted` that is in `text`. Where a path leads on through what is no list or map, the bytes of that.
pub fn locate<'a>(text: &str, wanted: &BTreeSet<Wanted<'a>>) -> BTreeMap<Wanted<'a>, Range<usize>> {
    let wanted: Vec<Wanted<'a>> = wanted.iter().copied().collect();
    let marks = Marks::of(text);
    let found = RefCell::new(BTreeMap::new());
    let document = || serde_yaml::Deserializer::from_str(text);
    let root = Walk {
        here: marks.refused(Here.deserialize(document())),
        depth: 0,
        wanted: &wanted,
        marks: &marks,
        found: &found,
    };
    let (itself, below) = root.split(&wanted);
    root.found(itself);
    // Whatever is wrong further on, the places that were found are right.
    let _ = Walk { wanted: below, ..root }.deserialize(document());
    let bytes = |((path, part), start): (Wanted<'a>, usize)| {
        let end = start + token_length(&text[start..], part == Part::Key);
        ((path, part), start..end)
    };
    found.into_inner().into_iter().map(bytes).collect()
}

/// The byte a library location means. Its index counts bytes.
pub(super) fn byte_at(text: &str, location: &serde_yaml::Location) -> usize {
    text.floor_char_boundary(location.index())
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

/// The lines of a text as the library counts them.
struct Marks<'a> {
    text: &'a str,
    /// Where each line begins.
    lines: Vec<usize>,
    /// The last mark that was looked up: line, column and byte. The next one on its line is counted on from there.
    last: Cell<(usize, usize, usize)>,
}

impl<'a> Marks<'a> {
    fn of(text: &'a str) -> Self {
        let mut lines = vec![0];
        let mut characters = text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            // The breaks of YAML 1.1.
            if matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}') {
                let is_pair = character == '\r' && characters.next_if(|(_, next)| *next == '\n').is_some();
                lines.push(at + character.len_utf8() + usize::from(is_pair));
            }
        }
        Self { text, lines, last: Cell::new((0, 0, 0)) }
    }

    /// The byte at which the library refused what it was asked for.
    fn refused<T, E: fmt::Display>(&self, result: Result<T, E>) -> Option<usize> {
        let message = result.err()?.to_string();
        let Some((_, mark)) = message.rsplit_once(" at line ") else {
            // It names no place where that is the very first one.
            return message.starts_with(REFUSAL).then_some(0);
        };
        let (line, column) = mark.split_once(" column ")?;
        self.byte(line.parse::<usize>().ok()?.checked_sub(1)?, column.parse::<usize>().ok()?.checked_sub(1)?)
    }

    /// The byte of a column of a line, both counted from 0 and in characters.
    fn byte(&self, line: usize, column: usize) -> Option<usize> {
        let (from, start) = match self.last.get() {
            (last, from, at) if last == line && from <= column => (from, at),
            _ => (0, *self.lines.get(line)?),
        };
        let passed: usize = self.text.get(start..)?.chars().take(column - from).map(char::len_utf8).sum();
        self.last.set((line, column, start + passed));
        Some(start + passed)
    }
}

/// What the library says when it is asked for `Here`.
const REFUSAL: &str = "recursion limit exceeded";

/// A wrapper around a wrapper, and so on without end. The library gives up with the place of what it was to read first, and
/// has read nothing.
struct Here;

impl<'de> DeserializeSeed<'de> for Here {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_newtype_struct("", self)
    }
}

impl<'de> Visitor<'de> for Here {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a place")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }
}

/// One node on the way to what is wanted.
#[derive(Clone, Copy)]
struct Walk<'w, 'a> {
    /// Where the node begins.
    here: Option<usize>,
    /// How many steps lead to it.
    depth: usize,
    /// What is wanted below it, in order.
    wanted: &'w [Wanted<'a>],
    marks: &'w Marks<'w>,
    found: &'w RefCell<BTreeMap<Wanted<'a>, usize>>,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// Of what is wanted here and below: the parts of this node, then the rest.
    fn split(&self, wanted: &'w [Wanted<'a>]) -> (&'w [Wanted<'a>], &'w [Wanted<'a>]) {
        wanted.split_at(wanted.partition_point(|(path, _)| path.len() == self.depth))
    }

    /// What is wanted below, by the step that leads on from here.
    fn steps(&self) -> impl Iterator<Item = (Step, &'w [Wanted<'a>])> {
        let (wanted, depth) = (self.wanted, self.depth);
        wanted.chunk_by(move |a, b| a.0[depth] == b.0[depth]).map(move |group| (group[0].0[depth], group))
    }

    /// These stand here.
    fn found(&self, wanted: &[Wanted<'a>]) {
        let found = wanted.iter().filter_map(|wanted| Some((*wanted, self.here?)));
        self.found.borrow_mut().extend(found);
    }

    /// The node one step on, which begins at `here`.
    fn step(&self, here: Option<usize>) -> Self {
        Self { here, depth: self.depth + 1, wanted: &[], ..*self }
    }

    /// Goes no further.
    fn end<E>(self) -> Result<(), E> {
        self.found(self.wanted);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.wanted.is_empty() {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.end()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.end()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.end()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.end()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.end()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.end()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut passed = 0;
        for (step, wanted) in self.steps() {
            let Step::Item(n) = step else {
                self.found(wanted);
                continue;
            };
            while passed < n && list.next_element::<IgnoredAny>()?.is_some() {
                passed += 1;
            }
            if passed < n {
                return Ok(());
            }
            let item = self.step(self.marks.refused(list.next_element_seed(Here)));
            let (itself, below) = item.split(wanted);
            item.found(itself);
            list.next_element_seed(Self { wanted: below, ..item })?;
            passed += 1;
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut passed = 0;
        for (step, wanted) in self.steps() {
            let Step::Entry(n) = step else {
                self.found(wanted);
                continue;
            };
            while passed < n && map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                passed += 1;
            }
            let key = self.step(self.marks.refused(map.next_key_seed(Here)));
            if passed < n || map.next_key::<IgnoredAny>()?.is_none() {
                return Ok(());
            }
            let value = self.step(self.marks.refused(map.next_value_seed(Here)));
            let (itself, below) = value.split(wanted);
            let (keys, values) = itself.split_at(itself.partition_point(|(_, part)| *part == Part::Key));
            key.found(keys);
            value.found(values);
            map.next_value_seed(Self { wanted: below, ..value })?;
            passed += 1;
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Step::{Entry, Item};
    use super::*;

    fn found(text: &str, wanted: &[Wanted<'_>]) -> Vec<Option<String>> {
        let found = locate(text, &wanted.iter().copied().collect());
        wanted.iter().map(|wanted| found.get(wanted).map(|range| text[range.clone()].to_owned())).collect()
    }

    #[test]
    fn values_and_keys_are_found_by_path() {
        let text = "title: Out of ports\npatterns: [lag,\n  \"cascade\"]\ntimes:\n  started: 2017\ntitle: again\n";
        let wanted: [(Wanted<'_>, _); 12] = [
            ((&[], Part::Value), Some("title: Out of ports")),
            ((&[Entry(0)], Part::Key), Some("title")),
            ((&[Entry(0)], Part::Value), Some("Out of ports")),
            ((&[Entry(0), Item(3)], Part::Value), Some("Out of ports")),
            ((&[Entry(1)], Part::Value), Some("[lag,")),
            ((&[Entry(1), Item(0)], Part::Value), Some("lag")),
            ((&[Entry(1), Item(1)], Part::Value), Some("\"cascade\"")),
            ((&[Entry(1), Item(2)], Part::Value), None),
            ((&[Entry(2), Entry(0)], Part::Key), Some("started")),
            ((&[Entry(2), Entry(0)], Part::Value), Some("2017")),
            ((&[Entry(3)], Part::Value), Some("again")),
            ((&[Entry(4)], Part::Key), None),
        ];
        for (one, expected) in wanted {
            assert_eq!(found(text, &[one])[0].as_deref(), expected, "{one:?} by itself");
        }
        let all: Vec<Wanted<'_>> = wanted.iter().map(|(wanted, _)| *wanted).collect();
        let expected: Vec<Option<String>> = wanted.iter().map(|(_, text)| text.map(str::to_owned)).collect();
        assert_eq!(found(text, &all), expected);
    }

    #[test]
    fn places_are_counted_as_the_library_counts() {
        let text = "a: \"\u{e9}\u{2028}\u{85} \"\r\nb: [\u{e9}, x,\r  y]\nc: &d {e: f}\ng: *d\n";
        let wanted: [Wanted<'_>; 5] = [
            (&[Entry(1), Item(1)], Part::Value),
            (&[Entry(1), Item(2)], Part::Value),
            (&[Entry(2), Entry(0)], Part::Value),
            (&[Entry(3)], Part::Value),
            (&[Entry(3), Entry(0)], Part::Value),
        ];
        let texts = ["x", "y", "f", "*d", "f"];
        assert_eq!(found(text, &wanted), texts.map(|text| Some(text.to_owned())));
    }
}
