//! A line of text of the front matter, set as bodies are: typographic signs, code and emphasis, as plain words and as HTML. Knows no
//! field.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use pulldown_cmark_escape::escape_html_body_text;

use crate::model::{QuoteMarks, Quoting};

/// What a line is parsed after, so that it begins no block: `1. Title` is a title.
const BEFORE: &str = "x ";

const OPTIONS: Options = Options::ENABLE_SMART_PUNCTUATION.union(Options::ENABLE_STRIKETHROUGH);

/// The words as a reader sees them.
///
/// ```
/// # use ninefold::fields::line;
/// assert_eq!(line("Why `fsync` lies -- and *don't*..."), "Why fsync lies – and don’t…");
/// ```
pub fn line(text: &str) -> Cow<'_, str> {
    line_with(text, None)
}

/// The same with the quotation marks of a language.
pub fn line_with<'t>(text: &'t str, marks: Option<&QuoteMarks>) -> Cow<'t, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let source = format!("{BEFORE}{}", one_line(text));
    let mut out = String::with_capacity(source.len());
    let mut quoting = Quoting::default();
    for (event, range) in Parser::new_ext(&source, OPTIONS).into_offset_iter() {
        let own = match (&event, marks) {
            (Event::Text(text), Some(marks)) => quoting.place(text, &source, &range).map(|place| marks[place].as_str()),
            _ => None,
        };
        match event {
            Event::Text(_) if own.is_some() => out.push_str(own.unwrap_or_default()),
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

/// The same as HTML; none of a line whose words say it all, without code or emphasis.
pub fn marked_line(text: &str, marks: Option<&QuoteMarks>) -> Option<String> {
    if !text.contains(['`', '*', '_', '~']) {
        return None;
    }
    let source = format!("{BEFORE}{}", one_line(text));
    let mut quoting = Quoting::default();
    let (mut html, mut is_marked) = (String::with_capacity(2 * text.len()), false);
    for (event, range) in Parser::new_ext(&source, OPTIONS).into_offset_iter() {
        let element = match &event {
            Event::Start(Tag::Emphasis) => "<em>",
            Event::End(TagEnd::Emphasis) => "</em>",
            Event::Start(Tag::Strong) => "<strong>",
            Event::End(TagEnd::Strong) => "</strong>",
            Event::Start(Tag::Strikethrough) => "<del>",
            Event::End(TagEnd::Strikethrough) => "</del>",
            _ => "",
        };
        html.push_str(element);
        is_marked |= !element.is_empty() || matches!(event, Event::Code(_));
        // Writing to a String does not fail.
        let _ = match &event {
            Event::Text(text) => {
                let place = marks.and_then(|marks| Some(&marks[quoting.place(text, &source, &range)?]));
                escape_html_body_text(&mut html, place.map_or(text, |mark| mark))
            }
            Event::InlineHtml(text) => escape_html_body_text(&mut html, text),
            Event::Code(text) => {
                html.push_str("<code>");
                escape_html_body_text(&mut html, text).map(|()| html.push_str("</code>"))
            }
            _ => Ok(()),
        };
    }
    html.strip_prefix(BEFORE).filter(|_| is_marked).map(|html| html.trim().to_owned())
}

fn one_line(text: &str) -> String {
    text.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether nothing in the text is a mark: most are so, and are not parsed.
fn is_plain(text: &str) -> bool {
    let is_mark = |byte: u8| b"*_`~\\<[&\"'\n".contains(&byte);
    !text.bytes().any(is_mark) && !text.contains("--") && !text.contains("...")
}

#[cfg(test)]
mod tests {
    use super::{line, marked_line};

    #[test]
    fn code_and_emphasis_are_elements_where_a_page_shows_the_line() {
        for (written, html) in [
            (
                "Why `fsync` lies -- and *don't*...",
                Some("Why <code>fsync</code> lies \u{2013} and <em>don\u{2019}t</em>\u{2026}"),
            ),
            ("`a < b` & **so**", Some("<code>a &lt; b</code> &amp; <strong>so</strong>")),
            ("See [the `post`](https://example.org/)", Some("See the <code>post</code>")),
            ("snake_case_name and 2 * 3", None),
            ("Don't -- ever", None),
            ("<b>*", None),
        ] {
            assert_eq!(marked_line(written, None).as_deref(), html, "{written}");
        }
    }

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
