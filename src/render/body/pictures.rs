//! Pictures of a body as HTML, with their sizes and smaller copies. Knows what a view says of a picture; reads none.

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};
use pulldown_cmark_escape::{escape_href, escape_html};

use crate::outline::{Adds, Shown, of_event, of_tag, sized};
use crate::site::BodyLink;
use crate::site::view::{Picture, PictureSource};

/// How wide the default theme shows a picture, in CSS: the text's measure, or the screen less its margins.
const SIZES: &str = "(min-width: 48rem) 44rem, 94vw";

/// Writes the pictures of the site with their sizes, and the first `most` with their copies. Each carries in its label the
/// number of its link.
pub fn with_pictures<'a>(events: Vec<Event<'a>>, links: &[BodyLink], most: usize) -> Vec<Event<'a>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::Image { .. }))) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut with_copies = 0;
    let mut events = events.into_iter();
    while let Some(event) = events.next() {
        let Event::Start(Tag::Image { id, title, link_type, dest_url }) = &event else {
            out.push(event);
            continue;
        };
        let described = description(&mut events);
        let (description, shown) = sized(&described, matches!(link_type, LinkType::WikiLink { .. }));
        let link = id.parse().ok().and_then(|n: usize| links.get(n));
        match link.and_then(|link| link.picture.as_deref()) {
            Some(picture) => {
                with_copies += usize::from(!picture.sources.is_empty());
                out.push(Event::InlineHtml(html(picture, with_copies <= most, description, title, shown).into()));
            }
            None if shown.is_some() => {
                let picture = Picture { url: dest_url.to_string(), width: None, height: None, sources: Vec::new() };
                out.push(Event::InlineHtml(html(&picture, false, description, title, shown).into()));
            }
            None => out.extend([event, Event::Text(described.into()), Event::End(TagEnd::Image)]),
        }
    }
    out
}

/// The words up to the picture's end, as plain text.
fn description<'a>(events: &mut impl Iterator<Item = Event<'a>>) -> String {
    let mut text = String::new();
    let (mut depth, mut struck) = (1, 0_usize);
    for event in events {
        match &event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            Event::Start(tag) => struck += usize::from(of_tag(tag) == Adds::Nothing),
            Event::End(TagEnd::Strikethrough) => struck = struck.saturating_sub(1),
            event if struck == 0 => text.push_str(&of_event(event).unwrap_or_default()),
            _ => {}
        }
    }
    text
}

/// How many pictures of a body of so many bytes are offered in smaller copies as well, each of which has a long line. A picture
/// that is shown for its own sake has far more text around it.
pub fn most_with_copies(body: usize) -> usize {
    100 + body / 64
}

fn html(picture: &Picture, has_copies: bool, description: &str, title: &str, shown: Option<Shown>) -> String {
    let mut attributes = vec![("src".to_owned(), picture.url.clone()), ("alt".to_owned(), description.to_owned())];
    if let Some(Shown { width, height }) = shown {
        attributes.push(("width".to_owned(), width.to_string()));
        let in_proportion = |(own_width, own_height): (u32, u32)| {
            let height = u64::from(own_height) * u64::from(width) / u64::from(own_width.max(1));
            u32::try_from(height).ok().filter(|height| *height > 0)
        };
        let height = height.or_else(|| in_proportion((picture.width?, picture.height?)));
        attributes.extend(height.map(|height| ("height".to_owned(), height.to_string())));
    }
    if !title.is_empty() {
        attributes.push(("title".to_owned(), title.to_owned()));
    }
    let mut html = String::new();
    element(picture, has_copies, &mut attributes, &mut html);
    html
}

/// Writes an `<img>` of these attributes with the picture's size, and its copies if it is to have them.
pub fn element(picture: &Picture, has_copies: bool, attributes: &mut Vec<(String, String)>, html: &mut String) {
    let get = |name: &str| attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let own_width = get("width").and_then(|width| width.parse::<u32>().ok());
    let sizes = own_width.map_or_else(|| SIZES.to_owned(), |width| format!("{width}px"));
    let mut more: Vec<(&str, String)> = Vec::new();
    if get("width").or(get("height")).is_none() {
        more.extend(picture.width.map(|width| ("width", width.to_string())));
        more.extend(picture.height.map(|height| ("height", height.to_string())));
    }
    more.extend([("loading", "lazy".to_owned()), ("decoding", "async".to_owned())]);
    more.retain(|(name, _)| get(name).is_none());
    attributes.extend(more.into_iter().map(|(name, value)| (name.to_owned(), value)));
    let sources: &[PictureSource] = if has_copies { &picture.sources } else { &[] };
    if !sources.is_empty() {
        html.push_str("<picture>");
    }
    for source in sources {
        html.push_str("<source");
        attribute(html, "media", source.media);
        attribute(html, "type", source.format);
        attribute(html, "srcset", Some(&source.srcset));
        attribute(html, "sizes", source.format.map(|_| sizes.as_str()));
        size(html, source.width, source.height);
        html.push_str(" />");
    }
    html.push_str("<img");
    for (name, value) in &*attributes {
        match name.as_str() {
            "src" => {
                html.push_str(" src=\"");
                // Writing to a String does not fail.
                let _ = escape_href(&mut *html, value);
                html.push('"');
            }
            name => attribute(html, name, Some(value)),
        }
    }
    html.push_str(" />");
    if !sources.is_empty() {
        html.push_str("</picture>");
    }
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
