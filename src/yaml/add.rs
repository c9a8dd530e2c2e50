//! Adds an item to a list of a document, in the form that the list is written in. Knows forms and no key.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Node, Part, Step, locate, parse};

/// What stands in the place of which bytes of `text`, so that the list under `key` of its map holds `item` as well, which is
/// written as it may stand in any list. Where the key is missing it comes last. None where the value is no list of words, or is there already.
pub fn with_item(text: &str, key: &str, item: &str) -> Option<(Range<usize>, String)> {
    let Ok(Node::Map(entries)) = parse(text) else { return None };
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (range, written) = match entries.iter().position(|(name, _)| name == key) {
        None if text.is_empty() || text.ends_with('\n') => {
            (text.len()..text.len(), format!("{key}: [{item}]{line_end}"))
        }
        None => return None,
        Some(n) => match &entries[n].1 {
            Node::Typed(super::Scalar::Null, written) if written.is_empty() => {
                let at = place(text, &[Step::Entry(n)], Part::Key)?.end;
                let colon = at + text[at..].find(':')? + 1;
                (colon..colon, format!(" [{item}]"))
            }
            Node::Text(word) | Node::Typed(_, word) => {
                let value = place(text, &[Step::Entry(n)], Part::Value)?;
                if text[value.clone()] != *word || word.contains([',', '#', ':']) {
                    return None;
                }
                (value, format!("[{word}, {item}]"))
            }
            Node::List(items) => in_list(text, n, items.len(), item, line_end)?,
            Node::Map(_) => return None,
        },
    };
    let after = [&text[..range.start], &written, &text[range.end..]].concat();
    holds(&after, key, item, &entries).then_some((range, written))
}

fn in_list(text: &str, n: usize, items: usize, item: &str, line_end: &str) -> Option<(Range<usize>, String)> {
    let value = place(text, &[Step::Entry(n)], Part::Value)?;
    if text[value.start..].starts_with('[') {
        let end = value.start + text[value.start..].find(']')?;
        let last = value.start + text[value.start..end].trim_end().len();
        let before = if items == 0 || text[..last].ends_with(',') { "" } else { ", " };
        return Some((last..last, format!("{before}{item}")));
    }
    let last = place(text, &[Step::Entry(n), Step::Item(items.checked_sub(1)?)], Part::Value)?;
    let line = text[..last.start].rfind('\n').map_or(0, |at| at + 1);
    let dash = text[line..last.start].trim_end();
    let end = text[last.start..].find('\n').map_or(text.len(), |at| last.start + at + 1);
    dash.ends_with('-').then(|| (end..end, format!("{dash} {item}{line_end}")))
}

fn place(text: &str, path: &[Step], part: Part) -> Option<Range<usize>> {
    locate(text, &BTreeSet::from([(path, part)])).remove(&(path, part))
}

/// Whether the document is what it was, with the item: the check that no form was taken for another.
fn holds(after: &str, key: &str, item: &str, before: &[(String, Node)]) -> bool {
    let Ok(Node::Map(after)) = parse(after) else { return false };
    let others = |entries: &[(String, Node)]| -> Vec<(String, Node)> {
        entries.iter().filter(|(name, _)| name != key).cloned().collect()
    };
    let list = |entries: &[(String, Node)]| -> Vec<Node> {
        match entries.iter().find(|(name, _)| name == key) {
            Some((_, Node::List(items))) => items.clone(),
            None | Some((_, Node::Typed(super::Scalar::Null, _))) => Vec::new(),
            Some((_, word)) => vec![word.clone()],
        }
    };
    let mut expected = list(before);
    let Ok(item) = parse(item) else { return false };
    let is_new = !expected.contains(&item);
    expected.push(item);
    is_new && list(&after) == expected && others(&after) == others(before)
}

#[cfg(test)]
mod tests {
    use super::with_item;

    fn added(text: &str) -> Option<String> {
        let (range, item) = with_item(text, "patterns", "lag")?;
        Some([&text[..range.start], &item, &text[range.end..]].concat())
    }

    #[test]
    fn an_item_is_added_in_the_form_of_the_list() {
        for (before, after) in [
            ("", "patterns: [lag]\n"),
            ("title: A # note\r\n", "title: A # note\r\npatterns: [lag]\r\n"),
            ("patterns: []\ntitle: A\n", "patterns: [lag]\ntitle: A\n"),
            ("patterns: [tempos] # two\n", "patterns: [tempos, lag] # two\n"),
            ("patterns: [ tempos, friction ]\n", "patterns: [ tempos, friction, lag ]\n"),
            ("patterns: [\n  tempos,\n]\ntitle: A\n", "patterns: [\n  tempos,lag\n]\ntitle: A\n"),
            (
                "patterns:\n  - tempos # why\n  - friction\ntitle: A\n",
                "patterns:\n  - tempos # why\n  - friction\n  - lag\ntitle: A\n",
            ),
            ("patterns:\n- tempos\n", "patterns:\n- tempos\n- lag\n"),
            ("patterns: tempos\n", "patterns: [tempos, lag]\n"),
            ("patterns:\ntitle: A\n", "patterns: [lag]\ntitle: A\n"),
        ] {
            assert_eq!(added(before).as_deref(), Some(after), "{before}");
        }
    }

    #[test]
    fn what_is_no_list_of_words_is_left() {
        for text in [
            "patterns: [lag]\n",
            "patterns: {a: b}\n",
            "patterns: \"a, b\"\n",
            "patterns: a, b\n",
            "- a\n",
            "patterns: *a\n",
        ] {
            assert_eq!(added(text), None, "{text}");
        }
    }
}
