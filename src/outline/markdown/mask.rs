//! Signs that the parser would take for marks, and that are none: each has a stand-in of its length while the body is parsed, so
//! that places stay what they are. Knows lines and signs, no blocks.

use std::borrow::Cow;

use memchr::{memchr2_iter, memrchr};

use super::super::lines::after_item_mark;
use super::prices;

/// Signs with what stands in for them: control characters, which have no place in a text.
const STAND_INS: [(u8, u8); 3] = [(b'}', 0x1c), (b':', 0x1d), (b'$', 0x1e)];

/// The body as it is parsed. One that holds such control characters itself is parsed as it is.
pub fn masked(body: &str, math: bool) -> Cow<'_, str> {
    if holds_stand_ins(body) {
        return Cow::Borrowed(body);
    }
    let mut places: Vec<usize> = memchr2_iter(b':', b'}', body.as_bytes()).filter(|at| is_no_mark(body, *at)).collect();
    if math {
        places.extend(prices::dollars(body));
    }
    if places.is_empty() {
        return Cow::Borrowed(body);
    }
    let mut bytes = body.as_bytes().to_vec();
    for at in places {
        if let Some((_, stand_in)) = STAND_INS.iter().find(|(sign, _)| *sign == bytes[at]) {
            bytes[at] = *stand_in;
        }
    }
    // Signs and stand-ins are one byte each, so it is UTF-8 still.
    String::from_utf8(bytes).map_or(Cow::Borrowed(body), Cow::Owned)
}

/// Whether the colon or brace at byte `at` is text where the parser would take it for a mark.
fn is_no_mark(body: &str, at: usize) -> bool {
    if body.as_bytes()[at] == b':' { is_colon_of_text(body, at) } else { is_brace_of_text(body, at) }
}

/// Whether this colon begins a line and has no white space after it, so that it begins no definition.
fn is_colon_of_text(body: &str, at: usize) -> bool {
    let bytes = body.as_bytes();
    // Nearly all stand after a letter, and are known by that.
    if at > 0 && !matches!(bytes[at - 1], b'\n' | b' ' | b'\t' | b'>') {
        return false;
    }
    if !body[at + 1..].starts_with(|next: char| !next.is_whitespace()) {
        return false;
    }
    let is_of_container = |c: char| c.is_ascii_digit() || " \t>-*+.)".contains(c);
    let start = body[..at].trim_end_matches(is_of_container).len();
    (start == 0 || bytes[start - 1] == b'\n')
        && without_containers(&body[start..=at]) == ":"
        && !is_delimiter_row(line_at(&body[at..]))
}

/// Whether this brace ends a heading and what it ends has not the form of attributes.
fn is_brace_of_text(body: &str, at: usize) -> bool {
    let rest = body[at + 1..].trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
    if !rest.is_empty() && !rest.starts_with('\n') {
        return false;
    }
    let start = memrchr(b'\n', &body.as_bytes()[..at]).map_or(0, |end| end + 1);
    let inside = without_containers(&body[start..at]);
    let Some(open) = inside.rfind('{') else { return false };
    let is_heading = is_atx_heading(inside) || rest.strip_prefix('\n').is_some_and(|next| is_underline(line_at(next)));
    is_heading && !is_attributes(&inside[open + 1..])
}

/// The line that `text` begins with.
fn line_at(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// Whether this line parts the head of a table from its rows.
fn is_delimiter_row(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.chars().all(|c| matches!(c, ':' | '-' | '|') || c.is_whitespace())
}

/// The text with its signs again.
pub fn unmasked(text: &str) -> Option<String> {
    holds_stand_ins(text).then(|| {
        STAND_INS.iter().fold(text.to_owned(), |text, (sign, stand_in)| {
            text.replace(char::from(*stand_in), char::from(*sign).encode_utf8(&mut [0; 4]))
        })
    })
}

/// Many bytes are looked at together, without a branch for each: nearly no text holds any.
fn holds_stand_ins(text: &str) -> bool {
    let is_stand_in = |byte: &u8| byte.wrapping_sub(0x1c) <= 2;
    text.as_bytes().chunks(64).any(|chunk| chunk.iter().fold(false, |found, byte| found | is_stand_in(byte)))
}

/// A line without indentation and the marks of quotations and lists.
fn without_containers(line: &str) -> &str {
    let mut rest = line;
    loop {
        let inner = rest.trim_start_matches([' ', '\t', '>']);
        let inner = after_item_mark(inner).unwrap_or(inner);
        if inner.len() == rest.len() {
            return rest;
        }
        rest = inner;
    }
}

fn is_atx_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len())) && rest.starts_with([' ', '\t'])
}

fn is_underline(line: &str) -> bool {
    let line = without_containers(line).trim_end();
    !line.is_empty() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether this has the form of attributes: `#id .class key=value`.
fn is_attributes(text: &str) -> bool {
    let mut rest = text.trim();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let end = attribute(rest);
        if end == 0 || !rest[end..].is_empty() && !rest[end..].starts_with(char::is_whitespace) {
            return false;
        }
        rest = rest[end..].trim_start();
    }
    true
}

/// How long the attribute at the start of `text` is; 0 if there is none.
fn attribute(text: &str) -> usize {
    let word = text.find(char::is_whitespace).unwrap_or(text.len());
    if let Some(name) = text.strip_prefix(['#', '.']) {
        return if name.starts_with(|c: char| !c.is_whitespace()) { word } else { 0 };
    }
    let Some((key, value)) = text.split_once('=') else { return 0 };
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'));
    match value.chars().next().filter(|_| is_key) {
        Some(quote @ ('"' | '\'')) => match value[1..].find(quote) {
            Some(end) => key.len() + 1 + end + 2,
            None => 0,
        },
        Some(c) if !c.is_whitespace() && c != '=' => word,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_attributes, masked, unmasked};

    #[test]
    fn attributes_have_a_form() {
        for text in ["#id", " #id .wide ", "pattern=lag", "#a .b c=d", "data-x=\"y z\"", "key='a b' .c"] {
            assert!(is_attributes(text), "{text}");
        }
        for text in ["", " ", "x", "#", ".", "-", "% y %", "n=", "=n", "x == y", "#id x", "1=2", "a=\"b", "{ x }"] {
            assert!(!is_attributes(text), "{text}");
        }
    }

    #[test]
    fn signs_are_masked_where_they_are_no_marks_and_come_back() {
        for (body, math, marks) in [
            ("## The ${x}\n", false, 1),
            ("> - # A {}\n", false, 1),
            ("A {x}\n---\n", false, 1),
            ("A {x}\n", false, 0),
            ("## A {#b}\n", false, 0),
            ("a\n:b\n> :c\n: d\n:\n", false, 2),
            ("a :b\n- :c\n1. :d:e\n:::f", false, 3),
            ("a | b\n:--|--:\n", false, 0),
            ("## A {b}  \n", false, 1),
            ("> - A {}\n> - ---\n", false, 1),
            ("$1/$2", true, 1),
            ("$1/$2", false, 0),
        ] {
            let parsed = masked(body, math);
            assert_eq!(parsed.matches(|c: char| c.is_control() && c != '\n').count(), marks, "{body}");
            assert_eq!(unmasked(&parsed).unwrap_or_else(|| parsed.to_string()), body);
        }
        assert_eq!(masked("## A {} \u{1c}", false), "## A {} \u{1c}");
    }
}
