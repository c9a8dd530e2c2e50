//! Markup of other programs in a line: Obsidian, Pandoc, Hugo, Jekyll. Knows the text of one block.

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;

use super::{FOREIGN_MARKUP, Found, PRIVATE_COMMENT, line};

/// Brackets of other programs' templates.
const TEMPLATES: [(&str, &str, &str); 3] = [
    ("{{<", ">}}", "a shortcode of Hugo's"),
    ("{{%", "%}}", "a shortcode of Hugo's"),
    ("{%", "%}", "a tag of Liquid's or Jinja's"),
];

pub fn find(text: &str, found: &mut Vec<Found>) {
    let mut at = 0;
    while let Some(n) = text[at..].find(['{', '=', '%', '^']) {
        let start = at + n;
        match one(text, start) {
            Some((fault, end)) => {
                found.push((fault, start..end));
                at = end;
            }
            None => {
                let run = text.as_bytes()[start];
                at = start + text[start..].bytes().take_while(|byte| *byte == run).count();
            }
        }
    }
}

/// What begins at `start`, and where it ends.
fn one(text: &str, start: usize) -> Option<(Diagnostic, usize)> {
    let rest = &text[start..];
    let before = text[..start].chars().next_back();
    if let Some((open, close, what)) = TEMPLATES.iter().find(|(open, ..)| rest.starts_with(open)) {
        let length = line(rest).find(close)? + close.len();
        let name = shortened(rest[open.len()..].split_whitespace().next().unwrap_or_default());
        let message = format!("`{open} {name} {close}` is {what}: it is shown as it is typed");
        let help = "write what it stood for, or put it in backticks to show it";
        return Some((Diagnostic::new(FOREIGN_MARKUP, message).help(help), start + length));
    }
    if let Some(inner) = rest.strip_prefix("==") {
        let length = enclosed(inner, "==").filter(|_| before.is_none_or(|c| !c.is_alphanumeric() && c != '='))?;
        let words = shortened(&inner[..length]);
        let message = format!("`=={words}==` marks nothing: the signs are shown");
        let fault =
            Diagnostic::new(FOREIGN_MARKUP, message).help(format!("write `**{words}**`, or `<mark>{words}</mark>`"));
        return Some((fault, start + length + 4));
    }
    if let Some(inner) = rest.strip_prefix("%%") {
        return comment(inner, before).map(|(fault, length)| (fault, start + 2 + length));
    }
    let inner = rest.strip_prefix("^[")?;
    let length = line(inner).find(']').filter(|end| inner[..*end].contains(char::is_alphabetic))?;
    let fault = Diagnostic::new(FOREIGN_MARKUP, "a note in the line is shown as it is typed");
    let help = "write `[^name]` here, and the note in a line of its own: `[^name]: \u{2026}`";
    Some((fault.help(help), start + length + 3))
}

/// A comment of Obsidian's. What is left out there would be shown here, so a mark that nothing closes in its block counts too, if
/// it begins a line.
fn comment(inner: &str, before: Option<char>) -> Option<(Diagnostic, usize)> {
    let length = match inner.find("%%") {
        Some(end) if is_comment(&inner[..end], before, &inner[end + 2..]) => end + 2,
        _ if before.is_none_or(|c| c == '\n') && line(inner).trim().is_empty() => 0,
        _ => return None,
    };
    let fault = Diagnostic::new(PRIVATE_COMMENT, "what stands between `%%` would be published: it is no comment here");
    Some((fault.help("take it out, or write a comment of HTML: `<!-- \u{2026} -->`"), length))
}

/// Whether these words are set off, and not the signs of a format: `%%d and %%s`.
fn is_comment(words: &str, before: Option<char>, after: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric();
    !before.is_some_and(is_part) && !after.starts_with(is_part) && !words.trim().is_empty()
}

/// How long the words are that `mark` closes in their line, with no space beside it.
fn enclosed(inner: &str, mark: &str) -> Option<usize> {
    let length = line(inner).find(mark)?;
    let words = &inner[..length];
    let is_whole =
        !words.is_empty() && !words.starts_with(char::is_whitespace) && !words.ends_with(char::is_whitespace);
    (is_whole && words.contains(char::is_alphanumeric)).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::super::reported;

    #[test]
    fn markup_of_other_programs_is_found() {
        for (text, expected) in [
            ("a ==mark== b", "foreign-markup ==mark=="),
            ("Note.^[like this] More", "foreign-markup ^[like this]"),
            ("{{< youtube x >}}", "foreign-markup {{< youtube x >}}"),
            ("{{% note %}}", "foreign-markup {{% note %}}"),
            ("{% include x %}", "foreign-markup {% include x %}"),
            ("full. %%ask Ann%%", "private-comment %%ask Ann%%"),
            ("%%", "private-comment %%"),
        ] {
            assert_eq!(reported(text), [expected], "{text}");
        }
        for text in [
            "a == b == c",
            "x==y==z",
            "100%%",
            "printf %%d and %%s",
            "{{ x }}",
            "{x}",
            "10^[3]",
            "====",
            "a^b",
            "50%% to 60%%",
        ] {
            assert_eq!(reported(text), [""; 0], "{text}");
        }
    }
}
