//! Comments that cut off a text which its author did not put in quotes: `title: Issue #12` is the title "Issue". Knows which
//! keys hold prose from its caller; reports nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Node, Part, Step, locate};

/// A comment on the line on which an unquoted text ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The key of the text.
    pub key: String,
    /// The comment's bytes.
    pub comment: Range<usize>,
}

/// Those at entries with one of `keys`, at any depth of `node`, which is what `text` stands for.
pub fn cuts(text: &str, node: &Node, keys: &[&str]) -> Vec<Cut> {
    if !text.contains(" #") && !text.contains("\t#") {
        return Vec::new();
    }
    let mut prose = Vec::new();
    collect(node, keys, None, &mut Vec::new(), &mut prose);
    let wanted = prose.iter().map(|(path, ..)| (path.as_slice(), Part::Value)).collect::<BTreeSet<_>>();
    let places = locate(text, &wanted);
    let cut = |(path, key, value): &(Vec<Step>, String, String)| {
        let start = places.get(&(path.as_slice(), Part::Value))?.start;
        let comment = comment_after(text, start, value)?;
        Some(Cut { key: key.clone(), comment })
    };
    prose.iter().filter_map(cut).collect()
}

/// The texts at entries with one of `keys`: the way to each, its key, its characters.
fn collect(
    node: &Node,
    keys: &[&str],
    inside: Option<&str>,
    path: &mut Vec<Step>,
    found: &mut Vec<(Vec<Step>, String, String)>,
) {
    match node {
        Node::Text(value) | Node::Typed(_, value) => {
            // That nothing stands there at all is an error of its own.
            if let Some(key) = inside.filter(|_| !value.is_empty()) {
                found.push((path.clone(), key.to_owned(), value.clone()));
            }
        }
        Node::List(items) => {
            for (n, item) in items.iter().enumerate() {
                path.push(Step::Item(n));
                collect(item, keys, inside, path, found);
                path.pop();
            }
        }
        Node::Map(entries) => {
            for (n, (key, value)) in entries.iter().enumerate() {
                path.push(Step::Entry(n));
                collect(value, keys, keys.contains(&key.as_str()).then_some(key), path, found);
                path.pop();
            }
        }
    }
}

/// The comment behind the unquoted `value` that begins at byte `start`. Such a value stands in the text as it is, but for white
/// space. One that is set off by two spaces and has a space behind its sign is meant as a comment.
fn comment_after(text: &str, start: usize, value: &str) -> Option<Range<usize>> {
    let mut at = start;
    for wanted in value.chars().filter(|c| !c.is_whitespace()) {
        let (skipped, found) = text[at..].char_indices().find(|(_, c)| !c.is_whitespace())?;
        if found != wanted {
            return None;
        }
        at += skipped + found.len_utf8();
    }
    let line = text[at..].lines().next()?;
    let comment = line.trim_start();
    let gap = line.len() - comment.len();
    let is_meant = gap > 1 && comment.starts_with("# ");
    (comment.starts_with('#') && gap > 0 && !is_meant)
        .then(|| at + line.len() - comment.len()..at + line.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::cuts;
    use crate::yaml::parse;

    #[test]
    fn a_comment_behind_an_unquoted_text_is_found() {
        for (text, expected) in [
            ("title: Issue #12 and more", vec!["title: #12 and more"]),
            ("title: C# and F#\nsummary: Of\n  pools #3\nother: x # y", vec!["summary: #3"]),
            ("title: \"Issue #12\" # a note\nsummary: 'x' # y", vec![]),
            ("title: # Issue", vec![]),
            ("title: Pools   # must be there\nsummary: Of pools  #3", vec!["summary: #3"]),
            ("summary: |\n  Issue #12\ntitle: 1.10 # one", vec!["title: # one"]),
            ("a:\n- text: Caf\u{e9} #1\n  at: x # y", vec!["text: #1"]),
            ("summary: [Caf\u{e9}, # 1\n b # 2\n ]", vec!["summary: # 2"]),
        ] {
            let node = parse(text).expect("YAML");
            let found = cuts(text, &node, &["title", "summary", "text"]);
            let shown: Vec<String> =
                found.iter().map(|cut| format!("{}: {}", cut.key, &text[cut.comment.clone()])).collect();
            assert_eq!(shown, expected, "{text}");
        }
    }
}
