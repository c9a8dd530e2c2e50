//! A picture alone in its paragraph with a title is a figure, the title its caption. Knows events only.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::escape::escaped;

/// Rewrites such paragraphs.
pub fn with_figures(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::Image { .. }))) {
        return events;
    }
    let mut out = Vec::with_capacity(events.len());
    let mut events = events.into_iter().peekable();
    while let Some(event) = events.next() {
        let is_picture = matches!(events.peek(), Some(Event::Start(Tag::Image { title, .. })) if !title.is_empty());
        if !matches!(event, Event::Start(Tag::Paragraph)) || !is_picture {
            out.push(event);
            continue;
        }
        let mut picture = Vec::new();
        let mut depth = 0;
        for event in events.by_ref() {
            match event {
                Event::Start(Tag::Image { .. }) => depth += 1,
                Event::End(TagEnd::Image) => depth -= 1,
                _ => {}
            }
            picture.push(event);
            if depth == 0 {
                break;
            }
        }
        if !matches!(events.peek(), Some(Event::End(TagEnd::Paragraph))) {
            out.push(event);
            out.extend(picture);
            continue;
        }
        events.next();
        let mut caption = String::new();
        if let Some(Event::Start(Tag::Image { title, .. })) = picture.first_mut() {
            caption = escaped(title);
            *title = "".into();
        }
        out.push(Event::Html("<figure>\n".into()));
        out.extend(picture);
        out.push(Event::Html(format!("\n<figcaption>{caption}</figcaption>\n</figure>\n").into()));
    }
    out
}
