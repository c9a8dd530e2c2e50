//! The free map of an essay or a page, as the theme gets it: keys in the order in which they were written. Knows no key.

use serde::{Deserialize, Serialize, Serializer};

use crate::yaml::{Node, Scalar};

/// A group of keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extra(Vec<(String, Value)>);

/// A value of any kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Value>),
    Map(Extra),
}

impl Extra {
    /// The entries of a YAML group.
    pub fn of(entries: Vec<(String, Node)>) -> Self {
        Self(entries.into_iter().map(|(key, node)| (key, Value::of(node))).collect())
    }

    /// The values as they are, for templates. What is derived keeps their types for caches, which could not tell them else.
    pub fn plain<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Plain(self).serialize(serializer)
    }
}

impl Value {
    /// A number that templates would print in other characters (`1.10` as 1.1, `0.00001` as 1e-5) is the text that was written.
    fn of(node: Node) -> Self {
        match node {
            Node::Typed(Scalar::Null, _) => Self::Null,
            Node::Typed(Scalar::Bool(value), _) => Self::Bool(value),
            Node::Typed(Scalar::Int(value), written) if value.to_string() == written => Self::Int(value),
            Node::Typed(Scalar::Float(value), written) if format!("{value:?}") == written => Self::Float(value),
            Node::Typed(_, written) | Node::Text(written) => Self::Text(written),
            Node::List(items) => Self::List(items.into_iter().map(Self::of).collect()),
            Node::Map(entries) => Self::Map(Extra::of(entries)),
        }
    }
}

struct Plain<'a, T>(&'a T);

impl Serialize for Plain<'_, Extra> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.0.iter().map(|(key, value)| (key, Plain(value))))
    }
}

impl Serialize for Plain<'_, Value> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Int(value) => serializer.serialize_i64(*value),
            Value::Float(value) => serializer.serialize_f64(*value),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items.iter().map(Plain)),
            Value::Map(extra) => Plain(extra).serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Extra, Value};
    use crate::yaml::parse;

    #[test]
    fn order_and_characters_stay_and_caches_give_back_what_they_were_given() {
        let text = "share: 0.00001\nversion: 1.10\nbig: 10000000000000000\nwhen: 3.0\nhalf: 0.5\nhex: 0x10\nempty: ~\n\
                    list: [b, {z: 1, a: .5}]\n";
        let node = parse(text).expect("YAML");
        let Value::Map(extra) = Value::of(node) else { return assert_eq!(text, "a map") };
        let mut shown = Vec::new();
        extra.plain(&mut serde_json::Serializer::new(&mut shown)).expect("JSON");
        assert_eq!(
            String::from_utf8_lossy(&shown),
            r#"{"share":"0.00001","version":"1.10","big":10000000000000000,"when":3.0,"half":0.5,"hex":"0x10","empty":null,"list":["b",{"z":1,"a":".5"}]}"#
        );
        let cached = postcard::to_allocvec(&extra).expect("bytes");
        assert_eq!(postcard::from_bytes::<Extra>(&cached).expect("the same"), extra);
    }
}
