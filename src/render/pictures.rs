//! Pictures as HTML, smaller copies and safe drawings as bytes. Knows what a view says of a picture; chooses nothing.

use pulldown_cmark::{Event, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

use crate::diagnostic::Diagnostic;
use crate::load::Content;
use crate::model::{Hash, SourcePath};
use crate::picture::{self, Format};
use crate::site::BodyLink;
use crate::site::view::Picture;

use super::changed;

/// How wide the default theme shows a picture, in CSS: the text's measure, or the screen less its margins.
const SIZES: &str = "(min-width: 48rem) 44rem, 94vw";

/// Writes the pictures of the site with their sizes and copies. Each carries in its label the number of its link.
pub fn with_pictures<'a>(events: Vec<Event<'a>>, links: &[BodyLink]) -> Vec<Event<'a>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::Image { .. }))) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        let shown = match &event {
            Event::Start(Tag::Image { id, title, .. }) => {
                let link = id.parse().ok().and_then(|n: usize| links.get(n));
                link.and_then(|link| link.picture.as_deref()).map(|picture| (picture, title.clone()))
            }
            _ => None,
        };
        match shown {
            Some((picture, title)) => {
                let html = html(picture, &description(&mut events), &title);
                out.push(Event::InlineHtml(html.into()));
            }
            None => out.push(event),
        }
    }
    out
}

/// The words up to the picture's end, as plain text.
fn description<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut text = String::new();
    let mut depth = 1;
    for event in events {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Event::Text(words) | Event::Code(words) => text.push_str(&words),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

fn html(picture: &Picture, description: &str, title: &str) -> String {
    let mut html = String::new();
    if !picture.sources.is_empty() {
        html.push_str("<picture>");
    }
    for source in &picture.sources {
        html.push_str("<source");
        attribute(&mut html, "media", source.media);
        attribute(&mut html, "type", source.format);
        attribute(&mut html, "srcset", Some(&source.srcset));
        attribute(&mut html, "sizes", source.format.map(|_| SIZES));
        size(&mut html, source.width, source.height);
        html.push_str(" />");
    }
    html.push_str("<img src=\"");
    // Writing to a String does not fail.
    let _ = escape_href(&mut html, &picture.url);
    html.push('"');
    attribute(&mut html, "alt", Some(description));
    attribute(&mut html, "title", Some(title).filter(|title| !title.is_empty()));
    size(&mut html, picture.width, picture.height);
    html.push_str(" loading=\"lazy\" decoding=\"async\" />");
    if !picture.sources.is_empty() {
        html.push_str("</picture>");
    }
    html
}

fn attribute(html: &mut String, name: &str, value: Option<&str>) {
    let Some(value) = value else { return };
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    let _ = escape_html(&mut *html, value);
    html.push('"');
}

fn size(html: &mut String, width: Option<u32>, height: Option<u32>) {
    attribute(html, "width", width.map(|side| side.to_string()).as_deref());
    attribute(html, "height", height.map(|side| side.to_string()).as_deref());
}

/// A drawing, made safe.
pub fn drawing(path: &SourcePath, content: &Content, hash: Hash) -> Result<Vec<u8>, Diagnostic> {
    let bytes = read(path, content, hash)?;
    picture::clean(&bytes).map(|clean| clean.bytes).map_err(|fault| fault.in_file(path))
}

/// A smaller copy of a picture, `width` pixels wide.
pub fn copy(
    path: &SourcePath,
    content: &Content,
    hash: Hash,
    (format, width): (Format, u32),
) -> Result<Vec<u8>, Diagnostic> {
    let bytes = read(path, content, hash)?;
    picture::smaller(format, bytes, width).map_err(|fault| fault.in_file(path))
}

/// The file that was looked at.
fn read(path: &SourcePath, content: &Content, hash: Hash) -> Result<Vec<u8>, Diagnostic> {
    let bytes = content.up_to(picture::MAX_BYTES + 1).map_err(|error| crate::load::unreadable(path, &error))?;
    if bytes.len() as u64 > picture::MAX_BYTES {
        return Err(picture::too_many_bytes().in_file(path));
    }
    if Hash::of(&bytes) == hash { Ok(bytes) } else { Err(changed(path)) }
}
