//! Signs that the parser would take for marks, and that are none: each has a stand-in of its length while the body is parsed, so
//! that places stay what they are. Knows lines and signs, no blocks.

use std::borrow::Cow;

use super::prices;

/// Signs with what stands in for them: control characters, which have no place in a text.
const STAND_INS: [(u8, u8); 3] = [(b'}', 0x1c), (b':', 0x1d), (b'$', 0x1e)];

/// The body as it is parsed. One that holds such control characters itself is parsed as it is.
pub fn masked(body: &str, math: bool) -> Cow<'_, str> {
    if holds_stand_ins(body) {
        return Cow::Borrowed(body);
    }
    let mut places = Vec::new();
    let mut lines = lines(body).peekable();
    while let Some((start, line)) = lines.next() {
        let text = without_containers(line);
        let at = start + line.len() - text.len();
        if text.starts_with(':') && !text[1..].starts_with(char::is_whitespace) && text.len() > 1 {
            places.push(at);
        }
        let has_heading =
            |next: Option<&(usize, &str)>| is_atx_heading(text) || next.is_some_and(|(_, next)| is_underline(next));
        if let Some(brace) = brace_of_text(text)
            && has_heading(lines.peek())
        {
            places.push(at + brace);
        }
    }
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

/// Each line with where it begins.
pub fn lines(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    body.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    })
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

/// What follows the mark of a list's item.
pub fn after_item_mark(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let marks: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '*', '+'] };
    text[digits..].strip_prefix(marks).filter(|rest| rest.starts_with([' ', '\t']))
}

fn is_atx_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len())) && rest.starts_with([' ', '\t'])
}

fn is_underline(line: &str) -> bool {
    let line = without_containers(line).trim_end();
    !line.is_empty() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Where the last brace of a heading stands, if what it ends has not the form of attributes.
fn brace_of_text(text: &str) -> Option<usize> {
    let inside = text.trim_end().strip_suffix('}')?;
    let open = inside.rfind('{')?;
    (!is_attributes(&inside[open + 1..])).then_some(inside.len())
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
