//! The form of shortcodes: `{{< name a b="c" >}}`, `{{% /name %}}`, and those that are only shown, `{{</* name */>}}`. Knows no name.

use std::ops::Range;

/// A shortcode's tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    pub range: Range<usize>,
    pub name: String,
    pub is_closing: bool,
    /// `{{< name />}}`
    pub is_whole: bool,
    /// Between `/*` and `*/`: it is shown, not run.
    pub is_shown: bool,
    pub arguments: Vec<(Option<String>, String)>,
}

impl Tag {
    /// The argument of this name.
    pub fn named(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(known, _)| known.as_deref() == Some(name)).map(|(_, value)| value.as_str())
    }

    /// The argument at this place among those without a name.
    pub fn at(&self, n: usize) -> Option<&str> {
        self.arguments.iter().filter(|(name, _)| name.is_none()).nth(n).map(|(_, value)| value.as_str())
    }

    /// The one of this name, or the one at this place.
    pub fn get(&self, name: &str, n: usize) -> Option<&str> {
        self.named(name).or_else(|| self.at(n)).filter(|value| !value.trim().is_empty())
    }
}

/// All tags of `text`, in order.
pub fn tags(text: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("{{").map(|n| at + n) {
        match tag(text, start) {
            Some(tag) => {
                at = tag.range.end;
                found.push(tag);
            }
            None => at = start + 2,
        }
    }
    found
}

fn tag(text: &str, start: usize) -> Option<Tag> {
    let inner = start + 3;
    let close = match text.as_bytes().get(start + 2)? {
        b'<' => ">}}",
        b'%' => "%}}",
        _ => return None,
    };
    let end = end_of(text, inner, close)?;
    let content = &text[inner..end];
    let range = start..end + close.len();
    let trimmed = content.trim();
    if trimmed.starts_with("/*") && trimmed.ends_with("*/") {
        let name = trimmed.trim_matches(['/', '*', ' ']).split_whitespace().next().unwrap_or_default().to_owned();
        return Some(Tag { range, name, is_closing: false, is_whole: true, is_shown: true, arguments: Vec::new() });
    }
    let is_closing = trimmed.starts_with('/');
    let is_whole = !is_closing && trimmed.ends_with('/');
    let trimmed = trimmed.trim_start_matches('/').trim_end_matches('/').trim();
    let name_end = trimmed.find(char::is_whitespace).unwrap_or(trimmed.len());
    let name = trimmed[..name_end].to_owned();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !name.starts_with(|c: char| c.is_alphanumeric() || c == '_') || !name.chars().all(is_name) {
        return None;
    }
    Some(Tag { range, name, is_closing, is_whole, is_shown: false, arguments: arguments(&trimmed[name_end..]) })
}

/// Where `close` stands, outside of quotation marks.
fn end_of(text: &str, from: usize, close: &str) -> Option<usize> {
    let mut quote = None;
    let mut escaped = false;
    for (at, c) in text[from..].char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (Some('"'), '\\') => escaped = true,
            (Some(open), c) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '"' | '`') => quote = Some(c),
            (None, _) if text[from + at..].starts_with(close) => return Some(from + at),
            // Another begins: this is none.
            (None, '{') if text[from + at..].starts_with("{{") => return None,
            _ => {}
        }
    }
    None
}

fn arguments(text: &str) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let name_end =
            rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).unwrap_or(rest.len());
        let is_named = name_end > 0 && rest[name_end..].starts_with('=');
        let name = is_named.then(|| rest[..name_end].to_owned());
        let value = if is_named { &rest[name_end + 1..] } else { rest };
        let (value, after) = value_of(value);
        found.push((name, value));
        if after.len() >= rest.len() {
            break;
        }
        rest = after.trim_start();
    }
    found
}

/// The value at the start of `text`, in quotation marks or not, and what follows.
fn value_of(text: &str) -> (String, &str) {
    match text.chars().next() {
        Some('"') => {
            let mut value = String::new();
            let mut escaped = false;
            for (at, c) in text.char_indices().skip(1) {
                match c {
                    c if escaped => {
                        value.push(match c {
                            'n' => '\n',
                            't' => '\t',
                            c => c,
                        });
                        escaped = false;
                    }
                    '\\' => escaped = true,
                    '"' => return (value, &text[at + 1..]),
                    c => value.push(c),
                }
            }
            (value, "")
        }
        Some('`') => match text[1..].split_once('`') {
            Some((value, rest)) => (value.to_owned(), rest),
            None => (text[1..].to_owned(), ""),
        },
        _ => {
            let end = text.find(char::is_whitespace).unwrap_or(text.len());
            (text[..end].to_owned(), &text[end..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_read_with_their_arguments() {
        let text = r#"a {{< figure src="a b.png" alt="x \"y\" >}}" >}} {{%/* ref "x" */%}} {{< hl >}}b{{< /hl >}} {{<x 1 `2 3` n=4 />}} {{ y }} {{< - >}}"#;
        let found: Vec<String> = tags(text)
            .into_iter()
            .map(|tag| {
                let mark = match (tag.is_closing, tag.is_whole, tag.is_shown) {
                    (true, ..) => "close ",
                    (_, _, true) => "shown ",
                    (_, true, _) => "whole ",
                    _ => "",
                };
                let arguments: Vec<String> = tag
                    .arguments
                    .into_iter()
                    .map(|(name, value)| format!("{}={value}", name.unwrap_or_default()))
                    .collect();
                format!("{mark}{} {}", tag.name, arguments.join("; "))
            })
            .collect();
        assert_eq!(
            found,
            ["figure src=a b.png; alt=x \"y\" >}}", "shown ref ", "hl ", "close hl ", "whole x =1; =2 3; n=4"]
        );
    }
}
