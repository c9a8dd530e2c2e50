//! Adds a key to a group of a document, or groups to a list, in the form that the document is written in. Knows forms and no key.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Node, Part, Step, locate, parse, quoted};

/// What stands in the place of which bytes of `text`, so that the group at `path` has `key` with `value` behind its key `after`. None
/// where there is no such group, or it has the key.
pub fn with_key(text: &str, path: &[Step], after: &str, key: &str, value: &str) -> Option<(Range<usize>, String)> {
    let mut tree = parse(text).ok()?;
    let Node::Map(entries) = at(&mut tree, path)? else { return None };
    let n = entries.iter().position(|(name, _)| name == after)?;
    if entries.iter().any(|(name, _)| name == key) {
        return None;
    }
    entries.insert(n + 1, (key.to_owned(), parse(value).ok()?));
    let steps: Vec<Step> = path.iter().copied().chain([Step::Entry(n)]).collect();
    let (name, end) = (place(text, &steps, Part::Key)?, place(text, &steps, Part::Value)?.end);
    let before = &text[line_start(text, name.start)..name.start];
    let (range, written) = if before.chars().all(|c| matches!(c, ' ' | '-')) {
        let line = format!("{}{key}: {value}", before.replace('-', " "));
        added_line(text, end, &line)
    } else {
        // What ends a value there stands in quotes.
        let value = if value.contains([',', '[', ']', '{', '}']) { quoted(value) } else { value.to_owned() };
        (end..end, format!(", {key}: {value}"))
    };
    is(text, &range, &written, &tree).then_some((range, written))
}

/// The same, so that the list under `key` of the whole map has these groups as well: behind those that are there, or in a list of
/// their own at the end. None where the list is written in brackets.
pub fn with_groups(text: &str, key: &str, groups: &[Vec<(&str, String)>]) -> Option<(Range<usize>, String)> {
    let mut tree = parse(text).ok()?;
    let Node::Map(entries) = &mut tree else { return None };
    let mut nodes = Vec::new();
    for group in groups {
        let entries = group.iter().map(|(name, value)| Some(((*name).to_owned(), parse(value).ok()?)));
        nodes.push(Node::Map(entries.collect::<Option<_>>()?));
    }
    let lines = |dash: &str| -> String {
        let indent = dash.replace('-', " ");
        let line = |n: usize, (name, value): &(&str, String)| {
            format!("{}{name}: {value}", if n == 0 { dash } else { &indent })
        };
        let all = groups.iter().flat_map(|group| group.iter().enumerate().map(|(n, entry)| line(n, entry)));
        all.collect::<Vec<_>>().join(line_end(text))
    };
    let (range, written) = match entries.iter().position(|(name, _)| name == key) {
        None if text.is_empty() || text.ends_with('\n') => {
            entries.push((key.to_owned(), Node::List(nodes)));
            let end = line_end(text);
            (text.len()..text.len(), format!("{key}:{end}{}{end}", lines("  - ")))
        }
        None => return None,
        Some(n) => {
            let Node::List(items) = &mut entries[n].1 else { return None };
            let last = items.len().checked_sub(1)?;
            let Node::Map(keys) = &items[last] else { return None };
            let item = [Step::Entry(n), Step::Item(last)];
            let of_key = |key| [item[0], item[1], Step::Entry(key)];
            let first = place(text, &of_key(0), Part::Key)?.start;
            let dash = &text[line_start(text, first)..first];
            if !dash.trim_start().starts_with('-') {
                return None;
            }
            let end = place(text, &of_key(keys.len() - 1), Part::Value)?.end;
            items.extend(nodes);
            added_line(text, end, &lines(dash))
        }
    };
    is(text, &range, &written, &tree).then_some((range, written))
}

fn at<'a>(node: &'a mut Node, path: &[Step]) -> Option<&'a mut Node> {
    path.iter().try_fold(node, |node, step| match (node, step) {
        (Node::Map(entries), Step::Entry(n)) => entries.get_mut(*n).map(|(_, node)| node),
        (Node::List(items), Step::Item(n)) => items.get_mut(*n),
        _ => None,
    })
}

/// `line` behind the line in which byte `at` stands.
fn added_line(text: &str, at: usize, line: &str) -> (Range<usize>, String) {
    let end = line_end(text);
    match text[at..].find('\n') {
        Some(n) => (at + n + 1..at + n + 1, format!("{line}{end}")),
        None => (text.len()..text.len(), format!("{end}{line}")),
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

fn place(text: &str, path: &[Step], part: Part) -> Option<Range<usize>> {
    locate(text, &BTreeSet::from([(path, part)])).remove(&(path, part))
}

/// Whether the document is then what it should be: the check that no form was taken for another.
fn is(text: &str, range: &Range<usize>, written: &str, expected: &Node) -> bool {
    let after = [&text[..range.start], written, &text[range.end..]].concat();
    parse(&after).as_ref() == Ok(expected)
}

#[cfg(test)]
mod tests {
    use super::{Step, with_groups, with_key};

    fn put(text: &str, added: Option<(std::ops::Range<usize>, String)>) -> Option<String> {
        let (range, written) = added?;
        Some([&text[..range.start], &written, &text[range.end..]].concat())
    }

    fn keyed(text: &str) -> Option<String> {
        put(text, with_key(text, &[Step::Entry(0), Step::Item(0)], "url", "copy", "https://b.example/1,2"))
    }

    #[test]
    fn a_key_is_added_in_the_form_of_its_group() {
        for (before, after) in [
            (
                "s:\n  - title: A # one\n    url: https://a.example # two\n    kind: talk\n  - url: x\n",
                "s:\n  - title: A # one\n    url: https://a.example # two\n    copy: https://b.example/1,2\n    kind: talk\n  - url: x\n",
            ),
            ("s:\r\n- url: 'a'\r\nt: u\r\n", "s:\r\n- url: 'a'\r\n  copy: https://b.example/1,2\r\nt: u\r\n"),
            ("s:\n- url: a", "s:\n- url: a\n  copy: https://b.example/1,2"),
            ("s: [{url: \"a\", kind: b}]\n", "s: [{url: \"a\", copy: \"https://b.example/1,2\", kind: b}]\n"),
        ] {
            assert_eq!(keyed(before).as_deref(), Some(after), "{before}");
        }
        for left in
            ["s:\n- url: a\n  copy: b\n", "s:\n- a\n", "s: [a]\n", "s:\n- link: a\n", "s:\n- url: |\n    a\n  b: c\n"]
        {
            let after = keyed(left);
            assert!(after.is_none() || left.contains('|'), "{left}: {after:?}");
        }
    }

    #[test]
    fn groups_are_added_behind_those_that_are_there() {
        let group = |n: u8| vec![("url", format!("https://a.example/{n}")), ("gone", "true".to_owned())];
        let added = |text: &str| put(text, with_groups(text, "c", &[group(1), group(2)]));
        let two = "  - url: https://a.example/1\n    gone: true\n  - url: https://a.example/2\n    gone: true\n";
        for (before, after) in [
            ("", format!("c:\n{two}")),
            ("title: A\n", format!("title: A\nc:\n{two}")),
            ("c:\n  - url: x # y\n    z: 1\nd: 2\n", format!("c:\n  - url: x # y\n    z: 1\n{two}d: 2\n")),
        ] {
            assert_eq!(added(before).as_deref(), Some(after.as_str()), "{before}");
        }
        for left in ["c: [{url: x}]\n", "c: []\n", "c: x\n", "c:\n  - x\n", "title: A"] {
            assert_eq!(added(left), None, "{left}");
        }
    }
}
