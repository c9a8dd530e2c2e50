//! The tree that YAML text stands for, with limits. Knows no key and no place.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{Fault, MAX_BYTES, MAX_DEPTH, MAX_NODES, explain};

/// The word by which [`explain`] knows our own limit among the library's errors.
pub(super) const TOO_DEEP: &str = "too many levels";

/// A YAML value. Keys are texts and stand in the order they were written.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// What YAML takes for more than a text where it stands without quotes, and the characters that stand there.
    Typed(Scalar, String),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// What YAML takes characters for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
}

impl Node {
    /// What a person would call this sort of value.
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Typed(Scalar::Null, _) => "nothing",
            Self::Typed(Scalar::Bool(_), _) => "true or false",
            Self::Typed(Scalar::Int(_) | Scalar::Float(_), _) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a group of keys",
        }
    }
}

/// Parses one YAML document. Empty text is an empty map.
pub fn parse(text: &str) -> Result<Node, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::whole(format!("is longer than {} KB", MAX_BYTES / 1024), "move the text into the body"));
    }
    if let Some(at) = too_deep(text) {
        return Err(Fault {
            at: Some(at..at + 1),
            message: nested_too_deep(),
            help: Some("close each bracket, and put a text that holds brackets in quotes".to_owned()),
        });
    }
    let budget = Cell::new(MAX_NODES);
    let typed = Cell::new(false);
    let document = || serde_yaml::Deserializer::from_str(text);
    match (Seed { budget: &budget, typed: &typed, depth: 0 }).deserialize(document()) {
        Ok(Node::Typed(Scalar::Null, _)) => Ok(Node::Map(Vec::new())),
        Ok(mut node) => {
            if typed.get() {
                // The same text gives the same tree.
                let _ = Written(&mut node).deserialize(document());
            }
            Ok(node)
        }
        Err(_) if budget.get() == 0 => Err(Fault::whole(
            format!("stands for more than {MAX_NODES} values"),
            "write fewer, and none by alias (`*name`)",
        )),
        Err(error) => Err(explain(text, &error)),
    }
}

/// What is reported of too much depth, however it is written.
pub(super) fn nested_too_deep() -> String {
    format!("is nested more than {MAX_DEPTH} deep")
}

/// The byte at which brackets, or the dashes of lists inside lists on one line, nest too deep for the library to read in
/// good time.
fn too_deep(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut brackets = 0_usize;
    let mut indicators = 0_usize;
    for (at, byte) in bytes.iter().enumerate() {
        let spaced = bytes.get(at + 1).is_none_or(u8::is_ascii_whitespace);
        match byte {
            b'[' | b'{' => brackets += 1,
            b']' | b'}' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
        match byte {
            b'-' | b'?' | b':' if spaced => indicators += 1,
            b' ' | b'\t' => {}
            _ => indicators = 0,
        }
        if brackets > MAX_DEPTH || indicators > MAX_DEPTH {
            return Some(at);
        }
    }
    None
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    budget: &'a Cell<usize>,
    /// Whether a value was read that YAML takes for more than a text.
    typed: &'a Cell<bool>,
    /// How many lists and groups the value stands in.
    depth: usize,
}

impl Seed<'_> {
    fn spend<E: serde::de::Error>(self, nodes: usize) -> Result<(), E> {
        match self.budget.get().checked_sub(nodes) {
            Some(rest) if rest > 0 => {
                self.budget.set(rest);
                Ok(())
            }
            _ => {
                self.budget.set(0);
                Err(E::custom("too many values"))
            }
        }
    }

    /// What the characters are is seen by a second reading; until then they are those that are usual.
    fn typed<E>(self, scalar: Scalar) -> Result<Node, E> {
        self.typed.set(true);
        let usual = match scalar {
            Scalar::Null => String::new(),
            Scalar::Bool(value) => value.to_string(),
            Scalar::Int(value) => value.to_string(),
            Scalar::Float(value) => value.to_string(),
        };
        Ok(Node::Typed(scalar, usual))
    }

    /// For what stands in the list or group that begins here.
    fn inside<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.depth {
            MAX_DEPTH => Err(E::custom(TOO_DEEP)),
            depth => Ok(Self { depth: depth + 1, ..self }),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.spend(1)?;
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        self.typed(Scalar::Null)
    }

    /// What the library says of a text without any value.
    fn visit_none<E>(self) -> Result<Node, E> {
        self.typed(Scalar::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        self.typed(Scalar::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        self.typed(Scalar::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        self.typed(i64::try_from(value).map_or(Scalar::Float(value as f64), Scalar::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        self.typed(Scalar::Float(value))
    }

    /// A long text counts as several values: an alias makes a copy of it each time.
    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node, E> {
        self.spend(value.len() / 64)?;
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let inside = self.inside()?;
        let mut items = Vec::new();
        while let Some(item) = seq.next_element_seed(inside)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let inside = self.inside()?;
        let mut entries: Vec<(String, Node)> = Vec::new();
        while let Some(key) = map.next_key_seed(inside)? {
            let key = match key {
                Node::Text(text) | Node::Typed(_, text) => text,
                Node::List(_) | Node::Map(_) => return Err(A::Error::custom("a key that is not a word")),
            };
            let value = map.next_value_seed(inside)?;
            entries.push((key, value));
        }
        Ok(Node::Map(entries))
    }

    fn visit_enum<A: serde::de::EnumAccess<'de>>(self, _: A) -> Result<Node, A::Error> {
        Err(A::Error::custom("a YAML tag (`!name`)"))
    }
}

/// Reads the text of a tree once more, for the characters of what was not a text and of keys.
struct Written<'a>(&'a mut Node);

impl<'de> DeserializeSeed<'de> for Written<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        match &*self.0 {
            Node::Typed(..) => deserializer.deserialize_str(self),
            Node::Text(_) => deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ()),
            Node::List(_) => deserializer.deserialize_seq(self),
            Node::Map(_) => deserializer.deserialize_map(self),
        }
    }
}

impl<'de> Visitor<'de> for Written<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the same value")
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        if let Node::Typed(_, written) = self.0 {
            value.clone_into(written);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        if let Node::List(items) = self.0 {
            for item in items {
                seq.next_element_seed(Written(item))?;
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        if let Node::Map(entries) = self.0 {
            for (key, value) in entries {
                if let Some(written) = map.next_key::<String>()? {
                    *key = written;
                }
                map.next_value_seed(Written(value))?;
            }
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Node, Scalar, parse};

    #[test]
    fn characters_stay_as_they_were_written_whatever_yaml_takes_them_for() {
        let typed = |scalar, written: &str| Node::Typed(scalar, written.to_owned());
        for (text, expected) in [
            ("1.10", typed(Scalar::Float(1.1), "1.10")),
            ("0x10", typed(Scalar::Int(16), "0x10")),
            ("1e3", typed(Scalar::Float(1000.0), "1e3")),
            ("+5", typed(Scalar::Int(5), "+5")),
            ("True", typed(Scalar::Bool(true), "True")),
            ("~", typed(Scalar::Null, "~")),
            ("18446744073709551615", typed(Scalar::Float(18446744073709551615.0), "18446744073709551615")),
            ("007", Node::Text("007".to_owned())),
            ("12:30", Node::Text("12:30".to_owned())),
            ("2026-05-11", Node::Text("2026-05-11".to_owned())),
            ("no", Node::Text("no".to_owned())),
            ("'1.10'", Node::Text("1.10".to_owned())),
            ("!!str 1.10", Node::Text("1.10".to_owned())),
        ] {
            assert_eq!(parse(&format!("[{text}]")), Ok(Node::List(vec![expected])), "{text}");
        }
    }

    #[test]
    fn keys_lists_groups_and_aliases_keep_them_too() {
        let text = "1.10: &a [~, {b: 0x1}]\ntrue: *a\nc:\nd: x\n";
        let typed = |scalar, written: &str| Node::Typed(scalar, written.to_owned());
        let list =
            Node::List(vec![typed(Scalar::Null, "~"), Node::Map(vec![("b".to_owned(), typed(Scalar::Int(1), "0x1"))])]);
        let expected = Node::Map(vec![
            ("1.10".to_owned(), list.clone()),
            ("true".to_owned(), list),
            ("c".to_owned(), typed(Scalar::Null, "")),
            ("d".to_owned(), Node::Text("x".to_owned())),
        ]);
        assert_eq!(parse(text), Ok(expected));
    }
}
