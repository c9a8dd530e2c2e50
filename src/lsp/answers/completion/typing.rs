//! What is being typed at a place, by the text before it alone: half of a front matter, or half of a link, is no YAML and no
//! Markdown yet. Knows forms; no name and no key.

use crate::model::Span;
use crate::yaml;

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typing<'t> {
    /// A key of the front matter, in the group at the end of these keys.
    Key(Vec<&'t str>),
    /// A value of it, at the end of these keys.
    Value(Vec<&'t str>),
    /// Where a link leads, as far as it is written.
    Destination(&'t str),
    /// What stands in `[[ ]]`, as far as it is written.
    Wiki(&'t str),
    /// An attribute of a heading: its name, if the value is typed.
    Attribute(Option<&'t str>),
}

/// So much of a paragraph is looked at before the place.
const BEFORE: usize = 2_000;

/// What is typed at the byte `at`, and the bytes of the word before it that it replaces.
pub fn typing(text: &str, at: usize) -> Option<(Typing<'_>, Span)> {
    let at = text.floor_char_boundary(at);
    let front = match yaml::split(text) {
        Ok(parts) => parts.map(|parts| parts.yaml),
        // It is not closed yet: what is written of it is all there is.
        Err(yaml::Unclosed) => text.find('\n').map(|newline| newline + 1..text.len()),
    };
    let (typing, word) = match front {
        Some(yaml) if at < yaml.start => return None,
        Some(yaml) if at <= yaml.end => in_front(&text[yaml.start..at])?,
        Some(yaml) => in_body(&text[yaml.end..at])?,
        None => in_body(&text[..at])?,
    };
    Some((typing, Span::new(at - word, at)))
}

/// The same in a file that is YAML as a whole.
pub fn in_yaml(text: &str, at: usize) -> Option<(Typing<'_>, Span)> {
    let at = text.floor_char_boundary(at);
    let (typing, word) = in_front(&text[..at])?;
    Some((typing, Span::new(at - word, at)))
}

/// In a front matter of which `before` is written. With the length of the word.
fn in_front(before: &str) -> Option<(Typing<'_>, usize)> {
    // The entry at the left edge that the place is in.
    let mut starts = before.char_indices().filter(|(at, _)| *at == 0 || before[..*at].ends_with('\n'));
    let is_entry = |(at, c): &(usize, char)| {
        !c.is_whitespace() && *c != '-' && *c != '#' && *c != ']' && *c != '}' && {
            let line = before[*at..].lines().next().unwrap_or_default();
            key_of(line).is_some()
        }
    };
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = &before[line_start..];
    let Some((start, _)) = starts.rfind(is_entry) else { return top_key(line) };
    let (key, value) = key_of(&before[start..])?;
    if value.trim_start().starts_with(['[', '{']) {
        return in_flow(value, vec![key]).or_else(|| top_key(line).filter(|_| line_start > start));
    }
    block(before, line_start, line)
}

fn top_key(line: &str) -> Option<(Typing<'_>, usize)> {
    line.chars().all(is_name).then_some((Typing::Key(Vec::new()), line.len()))
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// `key: value` as its parts.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key =
        !key.is_empty() && key.chars().all(is_name) && (value.is_empty() || value.starts_with([' ', '\n', '\r']));
    is_key.then_some((key, value))
}

/// In a value in brackets, at the end of these keys.
fn in_flow<'t>(value: &'t str, mut path: Vec<&'t str>) -> Option<(Typing<'t>, usize)> {
    let mut word = 0;
    match flow(value, &mut path, &mut word) {
        Flow::Key => Some((Typing::Key(path), word)),
        Flow::Value => Some((Typing::Value(path), word)),
        Flow::Closed => None,
    }
}

enum Flow {
    Key,
    Value,
    /// Everything that was opened is closed.
    Closed,
}

/// In a value in brackets: which part of it is typed. Adds the keys that lead there.
fn flow<'t>(value: &'t str, path: &mut Vec<&'t str>, word: &mut usize) -> Flow {
    // For each bracket that is open whether it is a group, and how many keys lead there.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in value.char_indices() {
        let after = at + c.len_utf8();
        match (quote, c) {
            (Some(sign), _) if c == sign => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if value[start..at].trim().is_empty() => quote = Some(c),
            (None, '[' | '{') => {
                open.push((c == '{', path.len()));
                start = after;
            }
            (None, ']' | '}') => {
                if let Some((_, keys)) = open.pop() {
                    path.truncate(keys);
                }
                start = after;
            }
            (None, ',') => {
                if let Some((_, keys)) = open.last() {
                    path.truncate(*keys);
                }
                start = after;
            }
            (None, ':') if is_key_end(&open, path, &value[after..]) => {
                path.push(value[start..at].trim());
                start = after;
            }
            _ => {}
        }
    }
    *word = value[start..].trim_start().len();
    match open.last() {
        None => Flow::Closed,
        Some((true, keys)) if path.len() == *keys => Flow::Key,
        Some(_) => Flow::Value,
    }
}

/// Whether a colon ends a key: in a group, after which a key is to come, and nothing or a space behind it.
fn is_key_end(open: &[(bool, usize)], path: &[&str], after: &str) -> bool {
    let is_for_key = open.last().is_some_and(|(is_group, keys)| *is_group && path.len() == *keys);
    is_for_key && (after.is_empty() || after.starts_with(char::is_whitespace))
}

/// Where groups and lists are made by indents.
fn block<'t>(before: &'t str, line_start: usize, line: &'t str) -> Option<(Typing<'t>, usize)> {
    let (indent, rest, is_item) = without_marks(line);
    let mut path = parents(&before[..line_start], indent, is_item);
    if rest.starts_with(['[', '{']) {
        return in_flow(rest, path);
    }
    match key_of(rest) {
        Some((key, value)) => {
            path.push(key);
            let typed = value.trim_start();
            if typed.starts_with(['[', '{']) {
                return in_flow(value, path);
            }
            (!value.is_empty()).then_some((Typing::Value(path), typed.len()))
        }
        None if path.is_empty() => top_key(line),
        None if is_item => Some((Typing::Value(path), rest.len())),
        None => rest.chars().all(is_name).then_some((Typing::Key(path), rest.len())),
    }
}

/// The indent of what a line says, without the marks of list items, and whether there is one.
fn without_marks(line: &str) -> (usize, &str, bool) {
    let mut rest = line.trim_start_matches(' ');
    let mut is_item = false;
    while let Some(after) = rest.strip_prefix('-').filter(|after| after.is_empty() || after.starts_with(' ')) {
        rest = after.trim_start_matches(' ');
        is_item = true;
    }
    (line.len() - rest.len(), rest, is_item)
}

/// The keys of the groups that a line of this indent is in.
fn parents(before: &str, indent: usize, is_item: bool) -> Vec<&str> {
    let (mut indent, mut is_item) = (indent, is_item);
    let mut path = Vec::new();
    for line in before.lines().rev().filter(|line| !line.trim().is_empty()) {
        let (here, rest, here_is_item) = without_marks(line);
        // An item may stand as far to the left as the key of its list.
        let own = line.len() - line.trim_start_matches(' ').len();
        let is_around = here < indent || is_item && !here_is_item && here + 2 <= indent.max(2) && here == own;
        if let (true, Some((key, value))) = (is_around, key_of(rest))
            && value.trim().is_empty()
        {
            path.push(key);
            (indent, is_item) = (here, here_is_item);
        }
        if indent == 0 && !is_item {
            break;
        }
    }
    path.reverse();
    path
}

/// In a body of which `before` is written.
fn in_body(before: &str) -> Option<(Typing<'_>, usize)> {
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(BEFORE))..];
    let before = before.rsplit("\n\n").next().unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    if line.starts_with('#')
        && let Some((_, attributes)) = line.rsplit_once('{').filter(|(_, attributes)| !attributes.contains('}'))
    {
        let typed = attributes.rsplit(' ').next().unwrap_or_default();
        return Some(match typed.split_once('=') {
            Some((name, value)) => (Typing::Attribute(Some(name)), value.rsplit(',').next().unwrap_or_default().len()),
            None => (Typing::Attribute(None), typed.len()),
        });
    }
    let wiki = line.rfind("[[").map(|at| (at, &line[at + 2..]));
    if let Some((_, inner)) = wiki.filter(|(_, inner)| !inner.contains([']', '|'])) {
        let word = inner.rsplit('#').next().unwrap_or_default().len();
        return Some((Typing::Wiki(inner), word));
    }
    let inline = before.rfind("](").map(|at| &before[at + 2..]);
    let definition = || line.starts_with('[').then(|| line.split_once("]: ")).flatten().map(|(_, rest)| rest);
    let destination = inline.filter(|rest| !rest.contains([')', ' ', '\n'])).or_else(definition)?;
    let destination = destination.trim_start_matches('<');
    let cut = [':', '#', '?', '&', '=', ','];
    let word = match destination.split_once(':').filter(|(scheme, _)| scheme.chars().all(char::is_alphabetic)) {
        Some(_) => destination.rsplit(cut).next().unwrap_or_default().len(),
        // Of a path all of it is replaced, with the folders.
        None => destination.rsplit('#').next().unwrap_or_default().len(),
    };
    (!destination.contains([')', ' '])).then_some((Typing::Destination(destination), word))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is typed at the bar.
    fn at_bar(text: &str) -> Option<(String, String)> {
        let at = text.find('|')?;
        let text = text.replacen('|', "", 1);
        let (typing, word) = typing(&text, at)?;
        let words = text[word.range()].to_owned();
        Some((format!("{typing:?}"), words))
    }

    #[test]
    fn each_part_of_a_front_matter_is_known_while_it_is_typed() {
        for (text, typed, word) in [
            ("---\n|\n---\n", "Key([])", ""),
            ("---\npat|\n---\n", "Key([])", "pat"),
            ("---\ntitle: A\npat|", "Key([])", "pat"),
            ("---\ntitle: A\n|\n---\nBody", "Key([])", ""),
            ("---\npatterns: |\n---\n", "Value([\"patterns\"])", ""),
            ("---\npatterns: la|\n---\n", "Value([\"patterns\"])", "la"),
            ("---\npatterns: [|\n---\n", "Value([\"patterns\"])", ""),
            ("---\npatterns: [lag, ca|]\n---\n", "Value([\"patterns\"])", "ca"),
            ("---\npatterns: [\n  lag,\n  ca|\n---\n", "Value([\"patterns\"])", "ca"),
            ("---\npatterns: [lag]\nco|\n---\n", "Key([])", "co"),
            ("---\npatterns:\n- la|\n---\n", "Value([\"patterns\"])", "la"),
            ("---\npatterns:\n  - lag\n  - |\n---\n", "Value([\"patterns\"])", ""),
            ("---\ntimes: {st|}\n---\n", "Key([\"times\"])", "st"),
            ("---\ntimes: {started: 20|}\n---\n", "Value([\"times\", \"started\"])", "20"),
            ("---\ntimes: {started: 2020, re|}\n---\n", "Key([\"times\"])", "re"),
            ("---\ntimes:\n  st|\n---\n", "Key([\"times\"])", "st"),
            ("---\ntimeline: [{at: 2020, kind: de|}]\n---\n", "Value([\"timeline\", \"kind\"])", "de"),
            ("---\ntimeline:\n  - at: 2020\n    kind: de|\n---\n", "Value([\"timeline\", \"kind\"])", "de"),
            ("---\ntimeline:\n- at: 2020\n  ki|\n---\n", "Key([\"timeline\"])", "ki"),
            ("---\ntimeline:\n- {at: 2020, ki|\n---\n", "Key([\"timeline\"])", "ki"),
        ] {
            assert_eq!(at_bar(text), Some((typed.to_owned(), word.to_owned())), "{text}");
        }
        for text in ["---\ntitle|: A\n---\n", "---\npatterns: [lag] |\n---\n", "---|\ntitle: A\n---\n", "Prose|."] {
            assert!(!at_bar(text).is_some_and(|(typed, _)| typed.starts_with("Value")), "{text}");
        }
    }

    #[test]
    fn each_part_of_a_link_is_known_while_it_is_typed() {
        let front = "---\ntitle: A\n---\n";
        for (body, typed, word) in [
            ("[x](|", "Destination(\"\")", ""),
            ("[x](pat|", "Destination(\"pat\")", "pat"),
            ("[x](pattern:la|", "Destination(\"pattern:la\")", "la"),
            ("[x](pattern:lag?|", "Destination(\"pattern:lag?\")", ""),
            ("[x](pattern:lag?in=one,tw|)", "Destination(\"pattern:lag?in=one,tw\")", "tw"),
            ("[x](pattern:lag?not&i|", "Destination(\"pattern:lag?not&i\")", "i"),
            ("[x](../concepts/gi|", "Destination(\"../concepts/gi\")", "../concepts/gi"),
            ("[x](b.md#mo|", "Destination(\"b.md#mo\")", "mo"),
            ("[x](#|", "Destination(\"#\")", ""),
            ("[x]: b|", "Destination(\"b\")", "b"),
            ("See [[gr|", "Wiki(\"gr\")", "gr"),
            ("See [[b#mo|]]", "Wiki(\"b#mo\")", "mo"),
            ("## H {#x pat|", "Attribute(None)", "pat"),
            ("## H {pattern=la|}", "Attribute(Some(\"pattern\"))", "la"),
            ("## H {incident=a,b|}", "Attribute(Some(\"incident\"))", "b"),
        ] {
            let text = format!("{front}{body}");
            assert_eq!(at_bar(&text), Some((typed.to_owned(), word.to_owned())), "{body}");
        }
        for body in ["Words|", "[x](a.md) and|", "[[a]] and|", "[[a|", "[x](a b|", "## H {x} and|"] {
            let text = format!("{front}{body}");
            assert!(at_bar(&text).is_none_or(|(typed, _)| body == "[[a|" && typed == "Wiki(\"a\")"), "{body}");
        }
    }
}
