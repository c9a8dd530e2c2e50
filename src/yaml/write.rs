//! Writes a tree as YAML text that reads as the same tree. Knows no key.

use serde::{Serialize, Serializer};

use super::{Node, Scalar};

/// The entries of a group as the lines of a YAML document; empty for none.
pub fn written(entries: &[(String, Node)]) -> String {
    if entries.is_empty() {
        return String::new();
    }
    // Neither a map of texts nor memory refuses anything.
    serde_yaml::to_string(&Entries(entries)).unwrap_or_default()
}

struct Entries<'a>(&'a [(String, Node)]);

impl Serialize for Entries<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, Value(value))))
    }
}

struct Value<'a>(&'a Node);

impl Serialize for Value<'_> {
    /// A number that would be written in other characters (`1.10`) is written as text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Typed(Scalar::Null, _) => serializer.serialize_unit(),
            Node::Typed(Scalar::Bool(value), _) => serializer.serialize_bool(*value),
            Node::Typed(Scalar::Int(value), written) if value.to_string() == *written => {
                serializer.serialize_i64(*value)
            }
            Node::Typed(Scalar::Float(value), written) if format!("{value:?}") == *written => {
                serializer.serialize_f64(*value)
            }
            Node::Typed(_, written) | Node::Text(written) => serializer.serialize_str(written),
            Node::List(items) => serializer.collect_seq(items.iter().map(Value)),
            Node::Map(entries) => Entries(entries).serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::written;
    use crate::yaml::{Node, parse};

    #[test]
    fn what_is_written_reads_as_the_same_tree() {
        let text = "title: \"Issue #12: on 'it'\"\nyes: \"yes\"\ndate: 2016-05-19\nwhen: 2016-05-19T10:00-05:00\nn: 3\n\
                    half: 0.5\nempty: null\nlines: \"one\\ntwo\\n\"\nspace: \" x \"\nlist: [a, {b: [1, \"1\"]}]\nno: [\"no\", \"~\", \"- x\", \"{{ x }}\"]\n";
        let Ok(Node::Map(entries)) = parse(text) else { return assert_eq!(text, "a map") };
        assert_eq!(parse(&written(&entries)), Ok(Node::Map(entries)));
        assert_eq!(written(&[]), "");
    }
}
