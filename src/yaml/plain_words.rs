//! The YAML library's errors in plain words, with what to write instead. Knows no key.

use std::ops::Range;

use super::locate::byte_at;
use super::tree::{TOO_DEEP, nested_too_deep};

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

    fn new(at: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { at: Some(at), message: message.into(), help: Some(help.into()) }
    }
}

const UNEVEN: &str = "has a line whose indentation does not fit";
const NO_COLON: &str = "has a line without a colon and a space after its key";

/// The longest value that a help line repeats, in bytes.
const MAX_REPEATED: usize = 200;

/// Values that YAML gives a meaning by their first sign, as the library's messages name them.
const RESERVED: [&str; 10] = [
    "cannot start any token",
    "scanning an alias",
    "unknown anchor",
    "scanning an anchor",
    "block sequence entries are not allowed",
    "mapping keys are not allowed",
    "scanning a block scalar",
    "expected node content",
    "YAML tag",
    "scanning a directive",
];

/// Says in plain words what the library found.
pub fn explain(text: &str, error: &serde_yaml::Error) -> Fault {
    let message = error.to_string();
    let at = error.location().map_or(0, |location| byte_at(text, &location));
    let line = Line::at(text, at);
    let begun = place_after(text, &message, "while ").map_or(line, |begun| Line::at(text, begun));
    let found = Found { text, message: &message, at, line, begun };
    found.open().or_else(|| found.key()).or_else(|| found.value()).or_else(|| found.limit()).unwrap_or_else(|| {
        let first_line = message.lines().next().unwrap_or_default();
        Fault { at: Some(line.here()), message: format!("is not YAML: {first_line}"), help: None }
    })
}

/// What the library found, and where.
struct Found<'a> {
    text: &'a str,
    message: &'a str,
    at: usize,
    line: Line<'a>,
    /// Where the quotation, list or group began that is not as it should be.
    begun: Line<'a>,
}

impl Found<'_> {
    fn says(&self, part: &str) -> bool {
        self.message.contains(part)
    }

    /// A line that can't be read by its first bytes, and quotations, lists and groups that do not close.
    fn open(&self) -> Option<Fault> {
        let Self { text, at, line, begun, .. } = *self;
        if line.indentation().contains('\t') && at < line.start + line.indentation().len() {
            return Some(Fault::new(at..at + 1, "is indented with a tab", "use spaces"));
        }
        if self.says("mapping values are not allowed") {
            return Some(stray_colon(text, line));
        }
        if self.says("unexpected end of stream") || self.says("found unexpected end") {
            let help = "close it, or double it inside single quotes";
            return Some(Fault::new(begun.here(), "has a quotation mark that is never closed", help));
        }
        if self.says("did not find expected ',' or ']'") {
            let message = "has a list in which a comma or the closing `]` is missing";
            return Some(Fault::new(begun.here(), message, "write it as `[a, b]`"));
        }
        if self.says("did not find expected ',' or '}'") {
            let message = "has a group in which a comma or the closing `}` is missing";
            return Some(Fault::new(begun.here(), message, "write it as `{key: value, key: value}`"));
        }
        self.says("while parsing a flow node").then(|| {
            let help = "close every bracket; a value that begins with `#` needs quotes";
            Fault::new(line.or_before(text).span(), "has a list or group in brackets that breaks off", help)
        })
    }

    /// Lines that are not of the form `key: value`.
    fn key(&self) -> Option<Fault> {
        let line = self.line;
        if self.says("could not find expected ':'") || self.says("simple key") {
            let help = "write `key: value`; the lines of a longer text are indented";
            return Some(Fault::new(self.begun.span(), NO_COLON, help));
        }
        if self.says("did not find expected key") && line.before().ends_with(['"', '\'']) {
            let help = if line.before().ends_with('"') {
                "put the whole value in single quotes, or write `\\\"` for a mark inside"
            } else {
                "put the whole value in double quotes, or write `''` for a mark inside"
            };
            return Some(Fault::new(line.rest(), "has text after a closing quotation mark", help));
        }
        if let Some((_, value)) = line.value().filter(|_| self.says("did not find expected key"))
            && self.text[value.clone()].starts_with(['[', '{'])
            && !self.text[value.clone()].ends_with([']', '}'])
        {
            return Some(Fault::new(value, "has text after a closing bracket", line.in_quotes()));
        }
        if self.says("did not find expected key") || self.says("expected '-' indicator") {
            return Some(uneven(line));
        }
        self.says("more than one document").then(|| second_document(self.text))
    }

    /// Values that YAML reads otherwise than they are meant.
    fn value(&self) -> Option<Fault> {
        let Self { text, line, .. } = *self;
        if RESERVED.into_iter().any(|part| self.says(part)) {
            let value = line.value().map_or(line.rest(), |(_, value)| value);
            let first = text[value.clone()].chars().next().unwrap_or(' ');
            let message = format!("has a value that begins with `{first}`, which YAML keeps for itself");
            return Some(Fault::new(value, message, line.in_quotes()));
        }
        self.says("unknown escape character").then(|| {
            let help = "write `\\\\` for a backslash, or put the value in single quotes";
            Fault::new(line.here(), "has a backslash in double quotes that means nothing there", help)
        })
    }

    /// What is YAML and is not read.
    fn limit(&self) -> Option<Fault> {
        let Self { text, line, .. } = *self;
        if self.says("repetition limit") {
            return Some(Fault::whole("names too many values by alias", "write it without aliases (`*name`)"));
        }
        if self.says(TOO_DEEP) || self.says("recursion limit") {
            return Some(Fault::new(line.here(), nested_too_deep(), "write it flatter"));
        }
        if self.says("control characters are not allowed") {
            let at = self.message.rsplit(' ').next().and_then(|n| n.parse().ok()).unwrap_or(self.at);
            return Some(Fault::new(Line::at(text, at).here(), "holds a control character", "delete it"));
        }
        self.says("not a word").then(|| {
            let help = match line.value() {
                Some((_, value)) if text[value.clone()].starts_with(['[', '{']) => line.in_quotes(),
                _ => "begin the line with a plain word and a colon".to_owned(),
            };
            Fault::new(line.here(), "has a key that is not a word", help)
        })
    }
}

/// A colon where none can be: in a value, or after a line that should have had one.
fn stray_colon(text: &str, line: Line<'_>) -> Fault {
    if let Some((_, value)) = line.value()
        && value.start <= line.at
    {
        return Fault::new(value, "holds a colon followed by a space inside a value", line.in_quotes());
    }
    if !line.indentation().is_empty() {
        let help = "begin each key at the same column; a text that runs over two lines and holds a colon needs quotes";
        return Fault::new(line.span(), UNEVEN, help);
    }
    Fault::new(line.before_this(text).unwrap_or(line).span(), NO_COLON, "write `key: value`")
}

fn uneven(line: Line<'_>) -> Fault {
    Fault::new(line.span(), UNEVEN, "begin each key at the same column, and each `-` of a list")
}

/// The library reached the end of the YAML before the end of the text.
fn second_document(text: &str) -> Fault {
    let mut at = 0;
    for (n, line) in text.split_inclusive('\n').enumerate() {
        if n > 0 && (line.starts_with("---") || line.starts_with("...")) {
            let line = Line::at(text, at);
            return Fault::new(line.span(), format!("is ended by the line `{}`", line.text.trim()), "delete the line");
        }
        at += line.len();
    }
    let first = text.len() - text.trim_start().len();
    uneven(Line::at(text, first))
}

/// The byte of the `line L column C` that follows `word` in a message of the library.
fn place_after(text: &str, message: &str, word: &str) -> Option<usize> {
    let (_, place) = message.split_once(word)?.1.split_once("at line ")?;
    let (line, column) = place.split_once(" column ")?;
    let (line, column): (usize, usize) = (line.parse().ok()?, column.parse().ok()?);
    let start: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let within = text.get(start..)?.char_indices().nth(column.checked_sub(1)?)?.0;
    Some(start + within)
}

/// One line of the text, and a byte in it.
#[derive(Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
    at: usize,
}

impl<'a> Line<'a> {
    fn at(text: &'a str, at: usize) -> Self {
        let at = text.floor_char_boundary(at);
        let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        Self { text: text[start..].lines().next().unwrap_or_default(), start, at }
    }

    fn indentation(&self) -> &'a str {
        &self.text[..self.text.len() - self.text.trim_start().len()]
    }

    /// The line without the space around it.
    fn span(&self) -> Range<usize> {
        let start = self.start + self.indentation().len();
        start..start + self.text.trim().len()
    }

    /// The character at the place.
    fn here(&self) -> Range<usize> {
        let rest = self.text.get(self.at - self.start..).unwrap_or_default();
        self.at..self.at + rest.chars().next().map_or(0, char::len_utf8)
    }

    /// From the place to the end of the line.
    fn rest(&self) -> Range<usize> {
        self.at..self.at.max(self.start + self.text.trim_end().len())
    }

    /// What stands before the place, without the space before it.
    fn before(&self) -> &'a str {
        self.text.get(..self.at - self.start).unwrap_or(self.text).trim_end()
    }

    /// The key and the bytes of the value, if the line has both.
    fn value(&self) -> Option<(&'a str, Range<usize>)> {
        let (key, rest) = self.text.split_once(": ")?;
        let start = self.start + self.text.len() - rest.trim_start().len();
        let value = rest.trim();
        let key = key.trim().trim_start_matches("- ").trim_start_matches(['{', '[']).trim();
        (!value.is_empty()).then_some((key, start..start + value.len()))
    }

    /// What to write instead of the line.
    fn in_quotes(&self) -> String {
        match self.value() {
            Some((key, value)) if value.len() <= MAX_REPEATED => {
                let value = &self.text[value.start - self.start..value.end - self.start];
                let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                format!("put the {key} in quotes: `{key}: \"{value}\"`")
            }
            Some((key, _)) => format!("put the {key} in quotes"),
            None => "put the value in quotes".to_owned(),
        }
    }

    /// The nearest line above that is not empty.
    fn before_this(&self, text: &'a str) -> Option<Self> {
        let above = text[..self.start].trim_end();
        (!above.is_empty()).then(|| Self::at(text, above.len() - 1))
    }

    /// This line, or the nearest above if it is empty.
    fn or_before(self, text: &'a str) -> Self {
        if self.text.trim().is_empty() { self.before_this(text).unwrap_or(self) } else { self }
    }
}
