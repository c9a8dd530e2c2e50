//! Atom (RFC 4287) and JSON Feed 1.1. Knows the formats; what goes in is decided by the view.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::escape::partial_escape;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use serde_json::json;

use crate::diagnostic::Diagnostic;
use crate::site::view::{FeedEntry, FeedView};

use super::escape::escaped;
use super::{Renderer, prose_from};

/// Writes XML elements; writing to memory does not fail.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    pub fn new() -> Self {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.newline();
        xml
    }

    fn event(&mut self, event: Event<'_>) {
        let _ = self.0.write_event(event);
    }

    pub fn newline(&mut self) {
        self.0.get_mut().push(b'\n');
    }

    pub fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
    }

    pub fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
        self.newline();
    }

    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.event(Event::Empty(start(name, attributes)));
        self.newline();
    }

    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        // Quotation marks mean nothing here, and are many in a page.
        self.event(Event::Text(BytesText::from_escaped(partial_escape(allowed(text)))));
        self.close(name);
    }

    /// A text of Atom: plain, or HTML where it has code or emphasis.
    fn text_or_html(&mut self, name: &str, text: &str, html: Option<&str>) {
        match html {
            Some(html) => self.text(name, &[("type", "html")], html),
            None => self.text(name, &[], text),
        }
    }

    pub fn finish(self) -> String {
        String::from_utf8(self.0.into_inner()).unwrap_or_default()
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    attributes.iter().for_each(|(name, value)| start.push_attribute((*name, &*allowed(value))));
    start
}

/// The text without the characters that have no place in XML 1.0 (section 2.2), or, as the later controls, should have none.
fn allowed(text: &str) -> Cow<'_, str> {
    let is_out_of_place = |c: char| c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(is_out_of_place) { text.replace(is_out_of_place, "").into() } else { text.into() }
}

/// The feed as Atom.
pub fn atom(feed: &FeedView, renderer: &Renderer<'_>) -> Result<String, Diagnostic> {
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language)]);
    xml.newline();
    xml.text("title", &[], &feed.title);
    if let Some(subtitle) = &feed.subtitle {
        xml.text_or_html("subtitle", subtitle, feed.subtitle_html.as_deref());
    }
    xml.text("id", &[], &feed.id);
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.feed_url)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home_url)]);
    if let Some(hub) = &feed.hub_url {
        xml.empty("link", &[("rel", "hub"), ("href", hub)]);
    }
    xml.text("updated", &[], &feed.updated);
    author(&mut xml, feed.author.as_deref().unwrap_or(&feed.title));
    for entry in &feed.entries {
        atom_entry(&mut xml, entry, renderer)?;
    }
    xml.close("feed");
    Ok(xml.finish())
}

fn atom_entry(xml: &mut Xml, entry: &FeedEntry, renderer: &Renderer<'_>) -> Result<(), Diagnostic> {
    xml.open("entry", &[]);
    xml.newline();
    xml.text_or_html("title", &entry.title, entry.title_html.as_deref());
    xml.text("id", &[], &entry.id);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &entry.url)]);
    xml.text("published", &[], &entry.published);
    xml.text("updated", &[], &entry.updated);
    for name in &entry.authors {
        author(xml, name);
    }
    for tag in &entry.tags {
        xml.empty("category", &[("term", tag)]);
    }
    summary(xml, entry);
    if let Some(html) = content(entry, renderer, |html| partial_escape(html).len())? {
        xml.text("content", &[("type", "html")], &html);
    }
    xml.close("entry");
    Ok(())
}

fn summary(xml: &mut Xml, entry: &FeedEntry) {
    let FeedEntry { quoted, summary_html, .. } = entry;
    let html = summary_html.as_ref().map(|html| match quoted {
        Some(quoted) => format!("<p>{}</p>\n<p>{html}</p>", escaped(quoted)),
        None => html.clone(),
    });
    xml.text_or_html("summary", &plain_summary(entry), html.as_deref());
}

fn plain_summary(entry: &FeedEntry) -> String {
    entry.quoted.iter().chain([&entry.summary]).map(String::as_str).collect::<Vec<_>>().join("\n\n")
}

/// The whole text of an entry, if the feed has it and it is not too large by the `size` that it has there: the summary stands
/// for it then.
fn content(
    entry: &FeedEntry,
    renderer: &Renderer<'_>,
    size: impl Fn(&str) -> usize,
) -> Result<Option<String>, Diagnostic> {
    let Some(body) = &entry.body else { return Ok(None) };
    // Readers of feeds have no style sheet for the colours of code.
    let prose = prose_from(body, renderer.sources, renderer.theme.words(), None)?;
    Ok(if prose.may_take(size(&prose.html)) { Some(prose.html) } else { None })
}

/// How long `text` is in JSON, about.
fn escaped_in_json(text: &str) -> usize {
    text.len() + text.bytes().filter(|byte| matches!(byte, b'"' | b'\\' | b'\n')).count()
}

fn author(xml: &mut Xml, name: &str) {
    xml.open("author", &[]);
    xml.text("name", &[], name);
    xml.close("author");
}

/// The feed as JSON Feed (https://www.jsonfeed.org/version/1.1/).
pub fn json(feed: &FeedView, renderer: &Renderer<'_>) -> Result<String, Diagnostic> {
    let items: Result<Vec<serde_json::Value>, Diagnostic> = feed
        .entries
        .iter()
        .map(|entry| {
            let authors: Vec<_> = entry.authors.iter().map(|name| json!({ "name": name })).collect();
            let mut item = json!({
                "id": entry.id,
                "url": entry.url,
                "title": entry.title,
                "summary": plain_summary(entry),
                "date_published": entry.published,
                "date_modified": entry.updated,
                "authors": authors,
                "tags": entry.tags,
            });
            if let Some(html) = content(entry, renderer, escaped_in_json)? {
                item["content_html"] = html.into();
            }
            Ok(item)
        })
        .collect();
    let mut out = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home_url,
        "feed_url": feed.feed_url,
        "language": feed.language,
        "items": items?,
    });
    if let Some(subtitle) = &feed.subtitle {
        out["description"] = subtitle.as_str().into();
    }
    if let Some(hub) = &feed.hub_url {
        out["hubs"] = json!([{ "type": "WebSub", "url": hub }]);
    }
    if let Some(author) = &feed.author {
        out["authors"] = json!([{ "name": author }]);
    }
    Ok(out.to_string())
}
