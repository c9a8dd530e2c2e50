//! A quotation that is one bold paragraph, in words that stand elsewhere in the text, is a pull quote: set for the eye, and
//! passed over by ears, feeds and search, which have the words already. Knows events only.

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::outline::of_event;

/// A piece of a text: a quotation that may be a pull quote, whole, or any other event.
enum Part<'a> {
    Bold(Vec<Event<'a>>),
    Other(Event<'a>),
}

/// Rewrites such quotations, or leaves them out where `shown` is false.
pub fn with_pull_quotes(events: Vec<Event<'_>>, shown: bool) -> Vec<Event<'_>> {
    // Few texts have any: the others are not gone through word by word.
    let begins_bold = |three: &[Event<'_>]| {
        matches!(three, [Event::Start(Tag::BlockQuote(None)), Event::Start(Tag::Paragraph), Event::Start(Tag::Strong)])
    };
    if !events.windows(3).any(begins_bold) {
        return events;
    }
    let count = events.len();
    let parts = parts(events);
    let text = words(parts.iter().filter_map(|part| match part {
        Part::Other(event) => Some(event),
        Part::Bold(_) => None,
    }));
    let mut out = Vec::with_capacity(count);
    for part in parts {
        match part {
            Part::Other(event) => out.push(event),
            Part::Bold(quotation) => match pulled(&quotation) {
                Some(bold) if text.contains(words(bold).trim_end_matches(['.', ',', ';', ':', '\u{2026}'])) => {
                    if shown {
                        out.push(Event::Html("<aside class=\"nf-pull\" aria-hidden=\"true\">\n<p>".into()));
                        out.extend(bold.iter().cloned());
                        out.push(Event::Html("</p>\n</aside>\n".into()));
                    }
                }
                _ => out.extend(quotation),
            },
        }
    }
    out
}

fn begins_quotation(event: &Event<'_>) -> bool {
    matches!(event, Event::Start(Tag::BlockQuote(None)))
}

fn parts(events: Vec<Event<'_>>) -> Vec<Part<'_>> {
    let mut parts = Vec::with_capacity(events.len());
    let mut rest = events.into_iter();
    while let Some(event) = rest.next() {
        if !begins_quotation(&event) {
            parts.push(Part::Other(event));
            continue;
        }
        let mut quotation = vec![event];
        let mut depth = 1;
        while depth > 0
            && let Some(event) = rest.next()
        {
            match event {
                Event::Start(Tag::BlockQuote(_)) => depth += 1,
                Event::End(TagEnd::BlockQuote(_)) => depth -= 1,
                _ => {}
            }
            quotation.push(event);
        }
        if pulled(&quotation).is_some() {
            parts.push(Part::Bold(quotation));
        } else {
            parts.extend(quotation.into_iter().map(Part::Other));
        }
    }
    parts
}

/// What is inside the bold words that are all of a quotation, if nothing in them can be used.
fn pulled<'e, 'a>(quotation: &'e [Event<'a>]) -> Option<&'e [Event<'a>]> {
    let [
        Event::Start(Tag::BlockQuote(None)),
        Event::Start(Tag::Paragraph),
        Event::Start(Tag::Strong),
        bold @ ..,
        Event::End(TagEnd::Strong),
        Event::End(TagEnd::Paragraph),
        Event::End(TagEnd::BlockQuote(_)),
    ] = quotation
    else {
        return None;
    };
    let is_plain = |event: &Event<'_>| {
        matches!(
            event,
            Event::Text(_)
                | Event::Code(_)
                | Event::SoftBreak
                | Event::HardBreak
                | Event::Start(Tag::Emphasis)
                | Event::End(TagEnd::Emphasis)
        )
    };
    (!bold.is_empty() && bold.iter().all(is_plain)).then_some(bold)
}

/// The words with single spaces, whatever they are set in and without regard to capitals: a sentence may be pulled from the
/// middle of another. Those of one block and the next stay separate.
fn words<'e, 'a: 'e>(events: impl IntoIterator<Item = &'e Event<'a>>) -> String {
    let mut text = String::new();
    for event in events {
        match event {
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::TableCell) => text.push('\n'),
            event => text.extend(of_event(event).unwrap_or_default().chars().flat_map(char::to_lowercase)),
        }
    }
    let lines: Vec<String> = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    lines.join("\n")
}
