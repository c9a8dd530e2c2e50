//! The fields of front matter and settings of other programs: read leniently, taken one by one, so that what is left is known.

use crate::yaml::{Node, Scalar};

/// The entries of a group.
#[derive(Clone, Debug, Default)]
pub struct Fields(pub Vec<(String, Node)>);

impl Fields {
    /// Takes the entry with this key out, whatever its case.
    pub fn take(&mut self, key: &str) -> Option<Node> {
        let at = self.0.iter().position(|(known, _)| known.eq_ignore_ascii_case(key))?;
        Some(self.0.remove(at).1)
    }

    /// Takes the first of `keys` that holds a text or a number.
    pub fn text(&mut self, keys: &[&str]) -> Option<String> {
        let key = keys.iter().find(|key| self.get(key).and_then(text).is_some_and(|text| !text.trim().is_empty()))?;
        self.take(key).as_ref().and_then(text)
    }

    /// Takes a list of texts; one text is a list of one.
    pub fn texts(&mut self, key: &str) -> Vec<String> {
        self.take(key).map(|node| texts(&node)).unwrap_or_default()
    }

    /// Takes a yes or no.
    pub fn flag(&mut self, key: &str) -> Option<bool> {
        self.take(key).as_ref().and_then(flag)
    }

    /// Takes a group out; empty if there is none.
    pub fn group(&mut self, key: &str) -> Self {
        match self.take(key) {
            Some(Node::Map(entries)) => Self(entries),
            _ => Self::default(),
        }
    }

    pub fn get(&self, key: &str) -> Option<&Node> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value)
    }

    /// The value at the end of `keys`, each in the group of the one before.
    pub fn at(&self, keys: &[&str]) -> Option<&Node> {
        let (first, rest) = keys.split_first()?;
        rest.iter().try_fold(self.get(first)?, |node, key| get(node, key))
    }

    /// The text at the end of `keys`.
    pub fn text_at(&self, keys: &[&str]) -> Option<String> {
        self.at(keys).and_then(text).filter(|text| !text.trim().is_empty())
    }
}

/// The value of a key of a group.
pub fn get<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    let Node::Map(entries) = node else { return None };
    entries.iter().find(|(known, _)| known.eq_ignore_ascii_case(key)).map(|(_, value)| value)
}

/// The characters of a text or a number.
pub fn text(node: &Node) -> Option<String> {
    match node {
        Node::Text(text) => Some(text.clone()),
        Node::Typed(Scalar::Null, _) | Node::List(_) | Node::Map(_) => None,
        Node::Typed(_, written) => Some(written.clone()),
    }
}

/// The texts of a list; of a text, itself; of a group, nothing.
pub fn texts(node: &Node) -> Vec<String> {
    match node {
        Node::List(items) => items.iter().filter_map(text).filter(|text| !text.trim().is_empty()).collect(),
        node => text(node).filter(|text| !text.trim().is_empty()).into_iter().collect(),
    }
}

pub fn flag(node: &Node) -> Option<bool> {
    match node {
        Node::Typed(Scalar::Bool(value), _) => Some(*value),
        Node::Text(text) if text == "true" => Some(true),
        Node::Text(text) if text == "false" => Some(false),
        _ => None,
    }
}
