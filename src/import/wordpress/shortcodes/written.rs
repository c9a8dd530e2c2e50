//! How a shortcode is written: `[name key="value"]inside[/name]`. Knows the form, no name but those of code.

use std::collections::HashSet;

use crate::outline::tokens;

/// Code that stands between two of these is not read as HTML.
pub const CODE: [&str; 30] = [
    "code",
    "sourcecode",
    "source",
    "bash",
    "shell",
    "console",
    "c",
    "cpp",
    "csharp",
    "css",
    "diff",
    "go",
    "groovy",
    "html",
    "java",
    "javascript",
    "js",
    "perl",
    "php",
    "plain",
    "powershell",
    "python",
    "r",
    "ruby",
    "rust",
    "scala",
    "sql",
    "text",
    "xml",
    "yaml",
];

/// A shortcode in a text: `[name key="value"]inside[/name]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Shortcode<'t> {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub inside: Option<&'t str>,
    /// How it is written.
    pub written: &'t str,
    /// The opening tag alone.
    pub opening: &'t str,
}

impl Shortcode<'_> {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The first value without a name.
    pub fn bare(&self) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name.is_empty()).map(|(_, value)| value.as_str())
    }
}

pub enum Found<'t> {
    Shortcode(Shortcode<'t>),
    /// `[[name]]`, which shows its inner brackets: where it ends.
    Escaped(usize),
    Nothing,
}

pub fn parse<'t>(text: &'t str, at: usize, unclosed: &mut HashSet<String>) -> Found<'t> {
    let rest = &text[at..];
    if rest.starts_with("[[") {
        return match rest.find("]]").filter(|end| !rest[..*end].contains('\n') && opening(&rest[1..]).is_some()) {
            Some(end) => Found::Escaped(at + end + 2),
            None => Found::Nothing,
        };
    }
    let Some((name, attributes, end, is_closed)) = opening(rest) else { return Found::Nothing };
    let closing = format!("[/{name}]");
    let inside_end =
        if is_closed || unclosed.contains(&name) { None } else { closing_of(&rest[end..], &name, &closing) };
    if !is_closed && inside_end.is_none() {
        unclosed.insert(name.clone());
    }
    let (inside, whole) = match inside_end {
        Some(length) => (Some(&rest[end..end + length]), end + length + closing.len()),
        None => (None, end),
    };
    Found::Shortcode(Shortcode { name, attributes, inside, written: &rest[..whole], opening: &rest[..end] })
}

/// Where the closing tag is that belongs to an opening one: another of the same name may be in between.
fn closing_of(text: &str, name: &str, closing: &str) -> Option<usize> {
    let again = [format!("[{name} "), format!("[{name}]")];
    let mut depth = 0_usize;
    let mut at = 0;
    loop {
        let end = at + text[at..].find(closing)?;
        depth += again.iter().map(|again| text[at..end].matches(again.as_str()).count()).sum::<usize>();
        if depth == 0 || CODE.contains(&name) {
            return Some(end);
        }
        depth -= 1;
        at = end + closing.len();
    }
}

type Opening = (String, Vec<(String, String)>, usize, bool);

/// The opening tag at the start of `text`: its name and attributes, where it ends, whether it closes itself.
fn opening(text: &str) -> Option<Opening> {
    let inner = text.strip_prefix('[')?;
    let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    let name = inner[..length].to_ascii_lowercase();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut quote = None;
    let end = inner[length..].char_indices().find(|(_, c)| match (quote, c) {
        (None, ']') => true,
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (Some(open), c) => {
            if open == *c {
                quote = None;
            }
            false
        }
        _ => false,
    })?;
    let body = &inner[length..length + end.0];
    if !body.is_empty() && !body.starts_with(|c: char| c.is_whitespace() || matches!(c, '/' | '=' | ':'))
        || body.len() > 4_000
    {
        return None;
    }
    let (body, is_closed) = match body.trim_end().strip_suffix('/') {
        Some(body) => (body, true),
        None => (body, false),
    };
    Some((name, attributes(body), 1 + length + end.0 + 1, is_closed))
}

/// `key="value"`, `key='value'`, `key=value`, and values alone, by commas or spaces.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | ':' | ','));
    while !rest.is_empty() {
        let key_end =
            rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
        let is_keyed = key_end > 0 && rest[key_end..].trim_start().starts_with('=');
        let (key, value) = if is_keyed {
            (rest[..key_end].to_ascii_lowercase(), rest[key_end..].trim_start()[1..].trim_start())
        } else {
            (String::new(), rest)
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'' | '\u{201c}' | '\u{201d}' | '\u{2033}')) => {
                let inner = &value[quote.len_utf8()..];
                let is_end = |c: char| match quote {
                    '"' | '\'' => c == quote,
                    _ => matches!(c, '\u{201d}' | '\u{201c}' | '\u{2033}' | '"'),
                };
                match inner.find(is_end) {
                    Some(end) => {
                        (&inner[..end], inner[end..].chars().next().map_or("", |c| &inner[end + c.len_utf8()..]))
                    }
                    None => (inner, ""),
                }
            }
            _ => {
                let end = value.find(char::is_whitespace).unwrap_or(value.len());
                (&value[..end], &value[end..])
            }
        };
        found.push((key, tokens::plain(value).into_owned()));
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ',');
    }
    found
}
