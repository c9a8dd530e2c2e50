//! A quotation whose last line begins with a dash has an attribution; the first thing of an essay, it is an epigraph.
//! Knows events only.

use pulldown_cmark::{Event, Tag, TagEnd};

/// Sets attributions in a footer of their quotation.
pub fn with_attributions(events: Vec<Event<'_>>) -> Vec<Event<'_>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::BlockQuote(None)))) {
        return events;
    }
    let mut out: Vec<Event<'_>> = Vec::with_capacity(events.len());
    let mut starts: Vec<usize> = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::BlockQuote(None)) => {
                starts.push(out.len());
                out.push(event);
            }
            Event::End(TagEnd::BlockQuote(None)) => {
                let start = starts.pop();
                let attributed = set_off_last_line(&mut out);
                if attributed && start == Some(0) {
                    out[0] = Event::Html("<blockquote class=\"nf-epigraph\">\n".into());
                    out.push(Event::Html("</blockquote>\n".into()));
                } else {
                    out.push(event);
                }
            }
            event => out.push(event),
        }
    }
    out
}

/// Whether what begins among these events ends there: emphasis may go over the line break.
fn is_balanced(events: &[Event<'_>]) -> bool {
    let mut depth = 0_isize;
    events.iter().all(|event| {
        depth += match event {
            Event::Start(_) => 1,
            Event::End(_) => -1,
            Event::InlineHtml(html) => html.split('<').skip(1).map(tag_depth).sum(),
            _ => 0,
        };
        depth >= 0
    }) && depth == 0
}

/// What a tag adds to the depth, from what follows its `<`.
fn tag_depth(tag: &str) -> isize {
    let is_whole = tag.split('>').next().is_some_and(|inner| inner.ends_with('/'));
    match tag.starts_with('/') {
        true => -1,
        false if is_whole => 0,
        false => 1,
    }
}

/// If the paragraph that ends `out` has a last line that begins with a dash, makes a footer of that line.
fn set_off_last_line(out: &mut Vec<Event<'_>>) -> bool {
    if !matches!(out.last(), Some(Event::End(TagEnd::Paragraph))) {
        return false;
    }
    let Some(paragraph) = out.iter().rposition(|event| matches!(event, Event::Start(Tag::Paragraph))) else {
        return false;
    };
    let line_break = out[paragraph..].iter().rposition(|event| matches!(event, Event::SoftBreak | Event::HardBreak));
    let first = line_break.map_or(paragraph, |at| paragraph + at) + 1;
    // Smart punctuation gives a dash written as `--` an event of its own.
    let words: String = out[first..]
        .iter()
        .map_while(|event| match event {
            Event::Text(text) => Some(text.as_ref()),
            _ => None,
        })
        .collect();
    let after = words.trim_start_matches(['\u{2014}', '\u{2013}', '\u{2015}']);
    let has_more = !after.trim().is_empty() || out.len() > first + 2;
    if after.len() == words.len() || !has_more || !is_balanced(&out[first..out.len() - 1]) {
        return false;
    }
    out.pop();
    let line = out.split_off(first);
    match line_break {
        Some(_) => {
            out.pop();
            out.push(Event::End(TagEnd::Paragraph));
        }
        None => {
            out.pop();
        }
    }
    out.push(Event::Html("<footer class=\"nf-attribution\">".into()));
    out.extend(line);
    out.push(Event::Html("</footer>\n".into()));
    true
}
