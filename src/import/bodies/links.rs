//! Leads the links and pictures of a body to where things are now: inline ones, definitions, autolinks and those of raw HTML. Their
//! words stay, and so does a destination that leads elsewhere.

use std::ops::Range;

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::fields::shortened;
use crate::import::links::{Around, Led, has_scheme};
use crate::import::report::Report;
use crate::import::text::{FileCopy, Text};
use crate::outline::{Target, tokens};

use super::draft::{Draft, Edit};
use crate::import::common_markdown::options;

/// The scheme by which a source names a text of its own, before its file is known.
const KEY: &str = "import-text:";
/// The destination of a link that leads to nothing: its words alone are left.
pub const LOST: &str = "import-lost:";
/// What the report calls links to nothing.
const NOTHING: &str = "links to something of the old site that was not imported";
/// Attributes of HTML that hold one address.
const ADDRESSES: [&str; 4] = ["href", "src", "poster", "data"];

/// The destination that means the text with this key.
pub fn to_key(key: &str, anchor: &str) -> String {
    format!("{KEY}{}{anchor}", utf8_percent_encode(key, NON_ALPHANUMERIC))
}

/// Leads all links. Files that pictures need are added to `files`.
pub fn lead(draft: &mut Draft<'_>, text: &Text, around: &Around<'_>, files: &mut Vec<FileCopy>, report: &mut Report) {
    let mut edits = Vec::new();
    let mut destinations: Vec<(Range<usize>, String)> = Vec::new();
    let source = draft.text();
    let parser = Parser::new_ext(source, options());
    for (_, definition) in parser.reference_definitions().iter() {
        let written = &source[definition.span.clone()];
        if let Some(at) = written.find("]:") {
            let rest = &written[at + 2..];
            let from = definition.span.start + at + 2 + (rest.len() - rest.trim_start().len());
            destinations.push((destination(source, from, definition.span.end), definition.dest.to_string()));
        }
    }
    let mut open: Vec<Open> = Vec::new();
    let mut refused: Vec<(usize, String)> = Vec::new();
    let mut html: Vec<Range<usize>> = Vec::new();
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, .. } | Tag::Image { link_type, dest_url, .. }) => {
                let words = range.start + if source[range.start..].starts_with('!') { 2 } else { 1 };
                open.push(Open { words: words..words, kind: link_type, written: dest_url.to_string() });
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(link) = open.pop() {
                    if is_refused(&link.written) {
                        refused.push((range.start, link.written.clone()));
                    }
                    close(link, range.clone(), source, text, around, &mut edits, &mut destinations);
                }
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => html.push(range.clone()),
            _ => {}
        }
        if let Some(outer) = open.last_mut() {
            outer.words.end = outer.words.end.max(range.end);
        }
    }
    for (range, written) in destinations {
        if let Some(led) = lead_one(&written, draft, range.start, text, around, files, report) {
            edits.push(Edit::new(range, in_markdown(&led)));
        }
    }
    for range in html {
        for (at, value) in addresses(&source[range.clone()]) {
            let at = at.start + range.start..at.end + range.start;
            if let Some(led) = lead_one(&value, draft, at.start, text, around, files, report) {
                edits.push(Edit::new(at, led.replace('&', "&amp;").replace('"', "%22").replace('\'', "%27")));
            }
        }
    }
    for (at, written) in refused {
        let why = format!("`{}`: readers are not sent there, its words stay", shortened(&written));
        report.add(draft.place(at), "links with a scheme that is not followed", why);
    }
    draft.apply(edits);
}

/// A link whose end was not reached.
struct Open {
    /// What is known of where its words stand.
    words: Range<usize>,
    kind: LinkType,
    written: String,
}

/// What becomes of a link that stands at `range`: a change of its own, or its destination is to be led.
fn close(
    link: Open,
    range: Range<usize>,
    source: &str,
    text: &Text,
    around: &Around<'_>,
    edits: &mut Vec<Edit>,
    destinations: &mut Vec<(Range<usize>, String)>,
) {
    match link.kind {
        LinkType::Inline => {
            let Some(at) = source[link.words.end..range.end].find("](").map(|at| link.words.end + at) else { return };
            if link.written.starts_with(LOST) || is_refused(&link.written) {
                edits.push(Edit::new(range, &source[link.words.start..at]));
                return;
            }
            let from = at + 2 + (source[at + 2..].len() - source[at + 2..].trim_start().len());
            destinations.push((destination(source, from, range.end - 1), link.written));
        }
        // An address alone has no other words.
        LinkType::Autolink if is_refused(&link.written) => edits.push(Edit::new(range, format!("`{}`", link.written))),
        LinkType::Autolink => {
            if let Led::Text(to) = around.leads(&link.written, &text.folder) {
                edits.push(Edit::new(range, format!("[{}]({to})", link.written)));
            }
        }
        _ => {}
    }
}

/// What stands for `written` at byte `at`; none if it stays.
fn lead_one(
    written: &str,
    draft: &Draft<'_>,
    at: usize,
    text: &Text,
    around: &Around<'_>,
    files: &mut Vec<FileCopy>,
    report: &mut Report,
) -> Option<String> {
    if let Some(key) = written.strip_prefix(KEY) {
        let (key, anchor) = key.split_once('#').map_or((key, None), |(key, anchor)| (key, Some(anchor)));
        let key = percent_decode_str(key).decode_utf8_lossy();
        return around.names.by_key(&key).map(|entry| around.to(entry, anchor));
    }
    if written.starts_with(LOST) || is_refused(written) {
        return Some("#".to_owned());
    }
    match around.leads(written, &text.folder) {
        Led::Text(link) => Some(link),
        Led::File(link, copy) => {
            files.push(copy);
            Some(link)
        }
        Led::Lost(path) => {
            report.add(draft.place(at), NOTHING, format!("`{}`", shortened(written)));
            let is_file = has_ending(written) && !written.starts_with('/');
            let stays = has_scheme(written) || written.starts_with("//") || is_file;
            (!stays && path != written).then_some(path)
        }
        Led::Elsewhere => None,
    }
}

/// Whether it names a file that is no page.
fn has_ending(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let ending =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| !matches!(ending.as_str(), "md" | "html" | "htm" | "markdown") && ending.len() <= 5)
}

/// Whether readers are not sent there: a scheme that is mistyped, or runs something.
fn is_refused(written: &str) -> bool {
    !written.starts_with(KEY) && !written.starts_with(LOST) && matches!(Target::parse(written), Target::Refused(_))
}

/// Where `written` leads, of a picture in front matter.
pub fn led(written: &str, text: &Text, around: &Around<'_>, files: &mut Vec<FileCopy>) -> Option<String> {
    match around.leads(written, &text.folder) {
        Led::File(link, copy) => {
            files.push(copy);
            Some(link)
        }
        _ => None,
    }
}

/// The bytes of the destination that begins at `from`, with its angle brackets.
fn destination(source: &str, from: usize, end: usize) -> Range<usize> {
    let rest = source.get(from..end).unwrap_or_default();
    let length = match rest.strip_prefix('<') {
        Some(inner) => inner.find('>').map_or(rest.len(), |close| close + 2),
        None => rest.find(char::is_whitespace).unwrap_or(rest.len()),
    };
    from..from + length
}

/// An address as the destination of a link.
pub fn in_markdown(address: &str) -> String {
    let balanced = address.matches('(').count() == address.matches(')').count();
    let plain =
        balanced && !address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '\\'));
    match plain && !address.is_empty() {
        true => address.to_owned(),
        false => format!("<{}>", address.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C")),
    }
}

/// The addresses in the attributes of `html`: where each stands, and what it is.
fn addresses(html: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < html.len() {
        let (kind, range) = tokens::next(html, at);
        at = range.end;
        if matches!(kind, tokens::Kind::Tag { .. }) {
            let is_shown =
                !["<script", "<link", "<iframe", "<object"].iter().any(|tag| html[range.start..].starts_with(tag));
            for (name, value) in tokens::values(&html[range.clone()]) {
                if is_shown && ADDRESSES.contains(&name.to_lowercase().as_str()) {
                    let written = &html[range.start + value.start..range.start + value.end];
                    let address = written.replace("&amp;", "&");
                    found.push((range.start + value.start..range.start + value.end, address));
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{addresses, in_markdown};

    #[test]
    fn addresses_of_html_are_found_where_they_stand() {
        let html = "<p>x < y <a class=b href='/a?x=1&amp;y'>t</a> <IMG alt=\"a > b\" SRC=c.png> <br/> <video controls poster=\"p q.png\">";
        let found: Vec<(&str, String)> = addresses(html).into_iter().map(|(at, value)| (&html[at], value)).collect();
        assert_eq!(
            found,
            [("/a?x=1&amp;y", "/a?x=1&y".to_owned()), ("c.png", "c.png".to_owned()), ("p q.png", "p q.png".to_owned())]
        );
    }

    #[test]
    fn a_destination_is_written_so_that_it_ends_where_it_ends() {
        for (address, expected) in [("a_(b).md", "a_(b).md"), ("a b", "<a b>"), ("a)b", "<a)b>"), ("", "<>")] {
            assert_eq!(in_markdown(address), expected);
        }
    }
}
