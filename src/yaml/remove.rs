//! Takes an entry out of a document, or an item out of a list in it, in the form that it is written in. Knows forms and no key.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Node, Part, Step, locate, parse};

/// The bytes of `text` without which what stands at `path` is gone and all else is as it was: an entry of its map, or an item of a
/// list there. The last item takes its key along. None where a comment would go too, or the form is another.
pub fn without(text: &str, path: &[Step]) -> Option<Range<usize>> {
    let Ok(Node::Map(entries)) = parse(text) else { return None };
    let (n, item) = match *path {
        [Step::Entry(n)] => (n, None),
        [Step::Entry(n), Step::Item(item)] => (n, Some(item)),
        _ => return None,
    };
    let mut expected = entries.clone();
    let range = match (item, &mut expected.get_mut(n)?.1) {
        (Some(item), Node::List(items)) if items.len() > 1 => {
            let count = items.len();
            items.remove(item);
            of_item(text, n, item, count)?
        }
        _ => {
            expected.remove(n);
            of_entry(text, n, entries.len())?
        }
    };
    let after = [&text[..range.start], &text[range.end..]].concat();
    let is_whole = !text[range.clone()].contains('#') && parse(&after).ok() == Some(Node::Map(expected));
    is_whole.then_some(range)
}

fn of_item(text: &str, n: usize, item: usize, count: usize) -> Option<Range<usize>> {
    let list = place(text, &[Step::Entry(n)], Part::Value)?;
    let of = |item: usize| place(text, &[Step::Entry(n), Step::Item(item)], Part::Value);
    let own = of(item)?;
    if text[list.start..].starts_with('[') {
        // With the comma and the space to its neighbour.
        return Some(if item + 1 < count {
            own.start..of(item + 1)?.start
        } else {
            of(item.checked_sub(1)?)?.end..own.end
        });
    }
    let start = line_start(text, own.start);
    text[start..own.start].trim().eq("-").then(|| start..line_end(text, own.end))
}

fn of_entry(text: &str, n: usize, count: usize) -> Option<Range<usize>> {
    let start = line_start(text, place(text, &[Step::Entry(n)], Part::Key)?.start);
    let next = |n: usize| Some(line_start(text, place(text, &[Step::Entry(n)], Part::Key)?.start));
    let end = if n + 1 < count { next(n + 1)? } else { text.len() };
    (start < end).then_some(start..end)
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

fn place(text: &str, path: &[Step], part: Part) -> Option<Range<usize>> {
    locate(text, &BTreeSet::from([(path, part)])).remove(&(path, part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left(text: &str, path: &[Step]) -> Option<String> {
        let range = without(text, path)?;
        Some([&text[..range.start], &text[range.end..]].concat())
    }

    #[test]
    fn an_item_goes_in_the_form_of_its_list() {
        let item = |n: usize| [Step::Entry(1), Step::Item(n)];
        for (before, n, after) in [
            ("t: A\na: [/x/, /y/]\n", 0, "t: A\na: [/y/]\n"),
            ("t: A\na: [/x/, /y/]\n", 1, "t: A\na: [/x/]\n"),
            ("t: A\na: [\n  /x/,\n  \"/y/\",\n]\nb: 1\n", 1, "t: A\na: [\n  /x/,\n]\nb: 1\n"),
            ("t: A\r\na:\r\n- /x/\r\n- /y/\r\n", 0, "t: A\r\na:\r\n- /y/\r\n"),
            ("t: A\na:\n  - /x/\n  - /y/\nb: 1\n", 1, "t: A\na:\n  - /x/\nb: 1\n"),
            ("t: A\na: [/x/]\nb: 1\n", 0, "t: A\nb: 1\n"),
            ("t: A\na:\n- /x/\nb: 1\n", 0, "t: A\nb: 1\n"),
        ] {
            assert_eq!(left(before, &item(n)).as_deref(), Some(after), "{before}");
        }
        assert_eq!(left("t: A\na: /x/\nb: 1\n", &[Step::Entry(1)]).as_deref(), Some("t: A\nb: 1\n"));
        assert_eq!(left("t: A\na: /x/", &[Step::Entry(1)]).as_deref(), Some("t: A\n"));
    }

    #[test]
    fn what_would_take_more_along_is_left() {
        for text in ["t: A\na: [/x/, # why\n /y/]\n", "t: A\na:\n- /x/ # why\n- /y/\n", "{t: A, a: [/x/]}", "- a\n"] {
            assert_eq!(left(text, &[Step::Entry(1), Step::Item(0)]), None, "{text}");
        }
    }
}
