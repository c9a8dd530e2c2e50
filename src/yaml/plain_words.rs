//! The YAML library's errors in plain words, with what to write instead. Knows no key.

use std::ops::Range;

use super::locate::byte_at;

/// What is wrong with some YAML text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The bytes it is about; none if it is about the text as a whole.
    pub at: Option<Range<usize>>,
    /// Completes the sentence "the front matter ..." or "the file ...".
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    /// A fault of the text as a whole.
    pub fn whole(message: impl Into<String>, help: &str) -> Self {
        Self { at: None, message: message.into(), help: Some(help.to_owned()) }
    }
}

/// Says in plain words what the library found.
pub fn explain(text: &str, error: &serde_yaml::Error) -> Fault {
    let said = error.to_string();
    let at = error.location().map(|location| byte_at(text, &location)).unwrap_or(0);
    let line_start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[line_start..].lines().next().unwrap_or("");
    let key = line.split_once(": ").map(|(key, value)| (key.trim(), value.trim()));
    let here = at..text.len().min(at + text[at..].chars().next().map_or(0, char::len_utf8));

    if said.contains("mapping values are not allowed")
        && let Some((name, value)) = key
    {
        let start = line_start + line.len() - line.trim_end().len().min(line.len());
        let from = line_start + line.find(value).unwrap_or(start - line_start);
        return Fault {
            at: Some(from..from + value.len()),
            message: "holds a colon followed by a space inside a value".to_owned(),
            help: Some(format!("put the {name} in quotes: `{name}: \"{}\"`", value.replace('"', "\\\""))),
        };
    }
    let (message, help) = if text[..at].contains('\t')
        && (said.contains("tab") || said.contains("cannot start any token"))
    {
        ("is indented with a tab", Some("use spaces".to_owned()))
    } else if said.contains("cannot start any token") || said.contains("found character that cannot start") {
        ("has a value that begins with a character YAML keeps for itself", quote_help(key))
    } else if said.contains("unexpected end of stream") || said.contains("found unexpected end") {
        ("has a quotation mark that is never closed", Some("close it, or double it inside single quotes".to_owned()))
    } else if said.contains("did not find expected ',' or ']'") {
        ("has a list whose bracket `[` is never closed", Some("end the list with `]`".to_owned()))
    } else if said.contains("did not find expected ',' or '}'") {
        ("has a group whose bracket `{` is never closed", Some("end the group with `}`".to_owned()))
    } else if said.contains("unknown anchor") {
        ("has a value that begins with `*`, which YAML reads as an alias", quote_help(key))
    } else if said.contains("could not find expected ':'") || said.contains("simple key") {
        ("has a line without a colon after its key", Some("write `key: value`".to_owned()))
    } else if said.contains("did not find expected key") {
        (
            "has a line whose indentation does not fit, or text after a closing quote",
            Some("begin each key at the same column, and put the whole value in quotes".to_owned()),
        )
    } else if said.contains("repetition limit") {
        ("names too many values by alias", Some("write it without aliases (`*name`)".to_owned()))
    } else if said.contains("recursion limit") {
        ("is nested too deep", None)
    } else if said.contains("control characters are not allowed") {
        ("holds a control character", Some("delete it".to_owned()))
    } else if said.contains("more than one document") {
        ("holds a second `---` document", Some("keep one".to_owned()))
    } else if said.contains("YAML tag") {
        ("has a value that begins with `!`, which YAML reads as a tag", quote_help(key))
    } else if said.contains("not a word") {
        ("has a key that is not a word", None)
    } else {
        return Fault { at: Some(here), message: format!("is not YAML: {}", first_line(&said)), help: None };
    };
    Fault { at: Some(here), message: message.to_owned(), help }
}

fn quote_help(key: Option<(&str, &str)>) -> Option<String> {
    Some(match key {
        Some((name, value)) => format!("put the {name} in quotes: `{name}: \"{}\"`", value.replace('"', "\\\"")),
        None => "put the value in quotes".to_owned(),
    })
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}
