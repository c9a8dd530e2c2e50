//! Writes a node in one line, as it may stand in a list between square brackets. Knows no key.

use super::{Node, parse, quoted};

/// `node` in one line that reads as the same node.
pub fn flow(node: &Node) -> String {
    match node {
        Node::Typed(_, written) => written.clone(),
        Node::Text(text) => text_in_line(text),
        Node::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Node::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", text_in_line(key), flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

/// A text without quotes where it reads as itself among others.
fn text_in_line(text: &str) -> String {
    let is_plain = !text
        .contains(['\n', ',', '[', ']', '{', '}', '#', '"', '\'', ':', '&', '*', '!', '|', '>', '%', '@', '`'])
        || is_address(text);
    match parse(text) {
        Ok(Node::Text(read)) if is_plain && read == text => text.to_owned(),
        _ => quoted(text).replace('\n', "\\n"),
    }
}

/// An address has a colon that ends no key.
fn is_address(text: &str) -> bool {
    let is_safe = |c: char| c.is_alphanumeric() || matches!(c, '/' | ':' | '.' | '-' | '_' | '~');
    text.chars().all(is_safe) && !text.ends_with(':')
}

#[cfg(test)]
mod tests {
    use super::flow;
    use crate::yaml::{Node, parse};

    #[test]
    fn a_node_in_one_line_reads_as_the_same() {
        for text in [
            "a: [1, two, \"3\", true, \"no\", ~]",
            "a:\n  - {key: st, url: https://e.example/a, at: \"14:09\"}\n  - text: |\n      One.\n      Two.\n",
            "a: \"It's \\\"so\\\": #1, [x]\"",
            "\"a b: c\": {d: {}}",
            "a: \"*x\"\nb: '- y'\nc: caf\u{e9}",
        ] {
            let Ok(node) = parse(text) else { return assert_eq!(text, "YAML") };
            let line = flow(&node);
            assert!(!line.contains('\n'), "{line}");
            assert_eq!(
                parse(&format!("x: [{line}]")),
                Ok(Node::Map(vec![("x".to_owned(), Node::List(vec![node]))])),
                "{line}"
            );
        }
    }
}
