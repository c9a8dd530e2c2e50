//! The tree that YAML text stands for, with limits. Knows no key and no place.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{Fault, MAX_BYTES, MAX_DEPTH, MAX_NODES, explain};

/// The word by which [`explain`] knows our own limit among the library's errors.
pub(super) const TOO_DEEP: &str = "too many levels";

/// A YAML value. Keys are texts and stand in the order they were written.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

impl Node {
    /// What a person would call this sort of value.
    pub const fn noun(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Int(_) | Self::Float(_) => "a number",
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
    let result = Seed { budget: &budget, depth: 0 }.deserialize(serde_yaml::Deserializer::from_str(text));
    match result {
        Ok(Node::Null) => Ok(Node::Map(Vec::new())),
        Ok(node) => Ok(node),
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
        Ok(Node::Null)
    }

    /// What the library says of a text without any value.
    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Int(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Float(value as f64), Node::Int))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
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
                Node::Text(text) => text,
                Node::Bool(value) => value.to_string(),
                Node::Int(value) => value.to_string(),
                Node::Float(value) => value.to_string(),
                Node::Null => String::new(),
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
