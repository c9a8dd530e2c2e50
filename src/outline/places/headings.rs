//! Where in a text its headings stand, with their words and their attributes. Reads the events that the outline reads, so that
//! the nth place is that of the nth heading; changes nothing.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::destinations::body_start;
use crate::model::Span;
use crate::outline::document::Document;
use crate::outline::html::{Filter, Item, Part};
use crate::outline::limits;
use crate::outline::markdown::Markdown;

/// A heading as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadingPlace {
    /// The whole heading.
    pub span: Span,
    /// Its words, without the signs before them and the attributes behind; empty where it has none. None of one in HTML.
    pub words: Option<Span>,
    /// Its attributes, with their braces.
    pub attributes: Option<Span>,
}

/// The place of each heading of `document`, whose text is `text`.
pub fn heading_places(document: &Document, text: &str) -> Vec<HeadingPlace> {
    let start = body_start(text);
    let body = &text[start..];
    if limits::too_deep_line(body).is_some() {
        return Vec::new();
    }
    let markdown = Markdown::new(body, document.front.math());
    let mut filter = Filter::new(body, false);
    let (mut safe, mut places) = (Vec::new(), Vec::new());
    let mut open: Option<(Range<usize>, Option<Range<usize>>)> = None;
    for (event, range) in markdown.events() {
        filter.event(event, range, &mut safe);
        for (item, range) in safe.drain(..) {
            match item {
                Item::Markdown(Event::Start(Tag::Heading { .. })) => open = Some((range, None)),
                Item::Markdown(Event::End(TagEnd::Heading(_))) => {
                    let place = open.take().map(|(range, words)| markdown_place(text, start, range, words));
                    places.extend(place);
                }
                Item::Html { parts, .. } if open.is_none() => {
                    let tags = parts.iter().filter_map(|part| match part {
                        Part::Start(tag) if is_heading(&tag.name) => Some(Span::from(tag.span.clone()).shifted(start)),
                        _ => None,
                    });
                    places.extend(tags.map(|span| HeadingPlace { span, words: None, attributes: None }));
                }
                _ => {
                    if let Some((_, words)) = &mut open {
                        let all = words.get_or_insert_with(|| range.clone());
                        *all = all.start.min(range.start)..all.end.max(range.end);
                    }
                }
            }
        }
    }
    places.truncate(document.body.headings.len());
    places
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn markdown_place(text: &str, start: usize, range: Range<usize>, words: Option<Range<usize>>) -> HeadingPlace {
    let span = Span::from(range).shifted(start);
    let attributes = attribute_block(text, span);
    let words = words.map(|words| Span::from(words).shifted(start)).unwrap_or_else(|| {
        // Behind the signs of a heading without words.
        let at = attributes.map_or_else(
            || {
                let line = text[span.range()].lines().next().unwrap_or_default();
                span.start as usize + line.trim_end().len()
            },
            |attributes| attributes.start as usize,
        );
        Span::new(at, at)
    });
    HeadingPlace { span, words: Some(words), attributes }
}

/// The attributes at the end of the heading at `span`, with their braces.
pub fn attribute_block(text: &str, span: Span) -> Option<Span> {
    let heading = text.get(span.range())?.trim_end();
    // Below the words of some stands a line of signs.
    let is_underline =
        |line: &str| !line.is_empty() && (line.bytes().all(|b| b == b'=') || line.bytes().all(|b| b == b'-'));
    let words = match heading.rsplit_once('\n') {
        Some((above, below)) if is_underline(below.trim().trim_start_matches(['>', ' '])) => above.trim_end(),
        _ => heading.trim_end_matches('#').trim_end(),
    };
    let words = if words.ends_with('}') { words } else { heading };
    let open = words.strip_suffix('}')?.rfind('{')?;
    Some(Span::new(span.start as usize + open, span.start as usize + words.len()))
}

#[cfg(test)]
mod tests {
    use super::attribute_block;
    use crate::model::Span;

    #[test]
    fn the_attributes_of_a_heading_stand_at_its_end() {
        for (heading, expected) in [
            ("## Limits {#limits}\n", Some("{#limits}")),
            ("## Limits {pattern=lag incident=a,b} ##\n", Some("{pattern=lag incident=a,b}")),
            ("Limits {#a}\n======\n", Some("{#a}")),
            ("## {x} Limits\n", None),
            ("### {#own}\n", Some("{#own}")),
        ] {
            let found = attribute_block(heading, Span::new(0, heading.len()));
            assert_eq!(found.map(|span| &heading[span.range()]), expected, "{heading}");
        }
    }
}
