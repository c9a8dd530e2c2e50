//! A line of text of the front matter, set as bodies are: typographic signs, code and emphasis without their marks. Knows no
//! field, and makes no HTML: a title stands where there can be none, too.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser};

/// What a line is parsed after, so that it begins no block: `1. Title` is a title.
const BEFORE: &str = "x ";

/// The words as a reader sees them.
///
/// ```
/// # use ninefold::fields::line;
/// assert_eq!(line("Why `fsync` lies -- and *don't*..."), "Why fsync lies – and don’t…");
/// ```
pub fn line(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let one_line = text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    let source = format!("{BEFORE}{one_line}");
    let options = Options::ENABLE_SMART_PUNCTUATION | Options::ENABLE_STRIKETHROUGH;
    let mut out = String::with_capacity(source.len());
    for event in Parser::new_ext(&source, options) {
        match event {
            // A tag is the words of who wrote about it.
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => out.push_str(&text),
            _ => {}
        }
    }
    match out.strip_prefix(BEFORE) {
        Some(words) if !words.trim().is_empty() => Cow::Owned(words.trim().to_owned()),
        // What is all marks stays as it was written.
        _ => Cow::Borrowed(text),
    }
}

/// Whether nothing in the text is a mark: most are so, and are not parsed.
fn is_plain(text: &str) -> bool {
    let is_mark = |byte: u8| b"*_`~\\<[&\"'\n".contains(&byte);
    !text.bytes().any(is_mark) && !text.contains("--") && !text.contains("...")
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn a_line_is_set_as_bodies_are() {
        for (written, set) in [
            ("Plain", "Plain"),
            ("Why `fsync` lies -- and don't...", "Why fsync lies \u{2013} and don\u{2019}t\u{2026}"),
            ("\"Outage\" of *all* __things__", "\u{201c}Outage\u{201d} of all things"),
            ("The <title> was wrong", "The <title> was wrong"),
            ("1. First of all it's", "1. First of all it\u{2019}s"),
            ("# It's no heading", "# It\u{2019}s no heading"),
            ("snake_case_name and 2 * 3", "snake_case_name and 2 * 3"),
            ("AT&amp;T & more", "AT&T & more"),
            ("See [the post](https://example.org/) [x]", "See the post [x]"),
            ("Two\nlines, `one`", "Two lines, one"),
            ("1.10", "1.10"),
            ("*", "*"),
            ("'90s", "\u{2019}90s"),
            ("\u{201c}Set already\u{201d}", "\u{201c}Set already\u{201d}"),
        ] {
            assert_eq!(line(written), set, "{written}");
            assert_eq!(line(set), set, "{set}");
        }
    }
}
