//! Markdown to HTML with everything resolved. Plain CommonMark comes out as the specification's examples expect; what we
//! add is added as HTML between its events. Knows one body.

mod figures;
mod footnotes;
mod link_cards;
mod links;
mod pictures;
mod pull_quotes;
mod quotations;
mod quoted_parts;
mod raw_html;
mod tables;
mod writer;

use std::collections::BTreeMap;

use pulldown_cmark::{Event, html::push_html};

use crate::outline::{Filter, Markdown, sanitiser};
use crate::site::{BodySpec, Quotation};
use crate::words::Words;
use crate::yaml;

use super::highlight::Highlighter;
use figures::with_figures;
use footnotes::with_footnotes;
use link_cards::with_link_cards;
use pictures::{most_with_copies, with_pictures};
use pull_quotes::with_pull_quotes;
use quotations::with_attributions;

use raw_html::Counted;
use tables::with_alignment;
use writer::Writer;

/// What stands in the place of links, by their place among all of a body: HTML of what they lead to.
pub type Quoted = BTreeMap<usize, String>;

/// The HTML of the body of `text`, a whole source file. Without a highlighter code is left as it is.
pub fn html(text: &str, spec: &BodySpec, words: &Words, highlighter: Option<&Highlighter>, quoted: Quoted) -> String {
    let body = body_of(text);
    let markdown = Markdown::new(body, spec.math).with_quotes(spec.quotes.as_deref());
    let mut writer = Writer::new(Counted::none_of(spec, body.len(), false), words, highlighter, body.len());
    writer.quoted = quoted;
    let mut filter = Filter::new(body, !spec.sanitise);
    let mut safe = Vec::new();
    for (event, range) in markdown.events() {
        filter.event(event, range, &mut safe);
        safe.drain(..).for_each(|(item, _)| writer.item(item));
    }
    filter.finish(body.len(), &mut safe);
    safe.drain(..).for_each(|(item, _)| writer.item(item));
    if spec.sanitise && filter.is_over_limit {
        return String::new();
    }
    let for_page = spec.page.is_empty();
    // A feed has whole addresses, and its readers set links and quotations their own way.
    let events = with_pull_quotes(writer.out, for_page && highlighter.is_some());
    finished(events, spec, words, body.len())
}

/// The HTML of a part of a body, as another quotes it, and how many bytes of source that is; none if nothing is there, or more
/// than is quoted.
pub fn quoted(
    text: &str,
    quotation: &Quotation,
    words: &Words,
    highlighter: Option<&Highlighter>,
) -> Option<(String, usize)> {
    let Quotation { body: spec, part } = quotation;
    let body = body_of(text);
    let markdown = Markdown::new(body, spec.math).with_quotes(spec.quotes.as_deref());
    let mut filter = Filter::new(body, !spec.sanitise);
    let mut items = Vec::new();
    markdown.events().for_each(|(event, range)| filter.event(event, range, &mut items));
    filter.finish(body.len(), &mut items);
    let part = quoted_parts::find(&items, part, text.len() - body.len()).filter(|_| !filter.is_over_limit)?;
    let mut writer = Writer::new(Counted::none_of(spec, part.bytes, true), words, highlighter, part.bytes);
    writer.is_quoted = true;
    for (n, (item, _)) in items.into_iter().enumerate() {
        let before = writer.out.len();
        // Also what is not shown is counted.
        writer.item(item);
        if !part.items.contains(&n) {
            writer.out.truncate(before);
        }
    }
    let bytes = part.bytes;
    let html = finished(part.whole(writer.out), spec, words, bytes);
    (!html.trim().is_empty()).then_some((html, bytes))
}

fn body_of(text: &str) -> &str {
    let bom = if text.starts_with('\u{feff}') { 3 } else { 0 };
    &text[yaml::front_matter(text).map_or(bom, |parts| parts.body)..]
}

fn finished(events: Vec<Event<'_>>, spec: &BodySpec, words: &Words, bytes: usize) -> String {
    let for_page = spec.page.is_empty();
    let events = if for_page { with_link_cards(events, words) } else { events };
    let events = with_pictures(with_figures(with_alignment(events, for_page)), &spec.links, most_with_copies(bytes));
    let events = with_footnotes(with_attributions(events), &spec.page, words);
    let mut html = String::with_capacity(bytes * 3 / 2);
    push_html(&mut html, events.into_iter());
    if spec.sanitise { sanitiser().clean(&html).to_string() } else { html }
}
