//! Footnotes: numbered by first use, gathered at the end, with links both ways. Knows events only.

use std::collections::HashMap;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::outline::folded_label;
use crate::words::Words;

use super::super::escape::quoted;

/// Takes definitions out of the text and sets them in a list at its end. A note that nothing refers to is not shown; a
/// reference to a note that is not there shows as it was written. `page` stands before the `#` of each link: nothing on
/// the page itself, its whole address in a feed, where several texts have a first note. Addresses of ours need no escaping.
pub fn with_footnotes<'a>(events: Vec<Event<'a>>, page: &str, words: &Words) -> Vec<Event<'a>> {
    if !events.iter().any(|event| matches!(event, Event::Start(Tag::FootnoteDefinition(_)))) {
        return events;
    }
    let (text, mut notes) = split(events);
    let (order, numbers, uses) = Default::default();
    let mut numbers = Numbers { page, words, order, numbers, uses };
    let mut out = numbers.refer(text, &notes);
    let mut list: Vec<Vec<Event<'a>>> = Vec::new();
    // A note may refer to further notes, which then follow it.
    while let Some(label) = numbers.order.get(list.len()) {
        let body = notes.get_mut(label).map(std::mem::take).unwrap_or_default();
        list.push(numbers.refer(body, &notes));
    }
    if list.is_empty() {
        return out;
    }
    let label = quoted(words.text("notes"));
    out.push(Event::Html(format!("<section class=\"nf-notes\" aria-label=\"{label}\">\n<ol>\n").into()));
    for (n, body) in (1..).zip(list) {
        out.push(Event::Html(format!("<li id=\"nf-fn-{n}\">\n").into()));
        out.extend(numbers.with_ways_back(body, n));
        out.push(Event::Html("</li>\n".into()));
    }
    out.push(Event::Html("</ol>\n</section>\n".into()));
    out
}

/// Notes by their folded labels.
/// Uses of one note that have a way back, and the mark that leads there.
const MOST_WAYS_BACK: usize = 20;

type Notes<'a> = HashMap<String, Vec<Event<'a>>>;

fn split(events: Vec<Event<'_>>) -> (Vec<Event<'_>>, Notes<'_>) {
    let mut text = Vec::with_capacity(events.len());
    let mut notes: Notes<'_> = HashMap::new();
    // A quotation or a list in a note may hold another note.
    let mut open: Vec<(String, Vec<Event<'_>>)> = Vec::new();
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open.push((folded_label(&label), Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, body)) = open.pop() {
                    notes.entry(label).or_insert(body);
                }
            }
            event => match open.last_mut() {
                Some((_, body)) => body.push(event),
                None => text.push(event),
            },
        }
    }
    (text, notes)
}

struct Numbers<'p> {
    page: &'p str,
    words: &'p Words,
    /// Labels by number.
    order: Vec<String>,
    numbers: HashMap<String, usize>,
    /// How often each note was referred to, by number.
    uses: Vec<usize>,
}

impl Numbers<'_> {
    fn refer<'a>(&mut self, events: Vec<Event<'a>>, notes: &Notes<'a>) -> Vec<Event<'a>> {
        let (page, words) = (self.page, self.words);
        events
            .into_iter()
            .map(|event| {
                let Event::FootnoteReference(written) = event else { return event };
                let label = folded_label(&written);
                if !notes.contains_key(&label) {
                    return Event::Text(format!("[^{written}]").into());
                }
                let n = *self.numbers.entry(label.clone()).or_insert(self.order.len() + 1);
                if n > self.order.len() {
                    self.order.push(label);
                    self.uses.push(0);
                }
                self.uses[n - 1] += 1;
                let uses = self.uses[n - 1];
                Event::InlineHtml(if uses <= MOST_WAYS_BACK {
                    let id = reference_id(n, uses);
                    let label = quoted(&words.say("note_n", &[("n", &n.to_string())]));
                    format!("<sup class=\"nf-noteref\"><a href=\"{page}#nf-fn-{n}\" id=\"{id}\" aria-label=\"{label}\">{n}</a></sup>").into()
                } else if page.is_empty() {
                    format!("<sup class=\"nf-noteref\"><a href=\"#nf-fn-{n}\">{n}</a></sup>").into()
                } else {
                    format!("<sup>{n}</sup>").into()
                })
            })
            .collect()
    }

    /// Puts the links back to the text at the end of note `n`: in its last paragraph, or in one of their own.
    fn with_ways_back<'a>(&self, mut body: Vec<Event<'a>>, n: usize) -> Vec<Event<'a>> {
        let (page, label) = (self.page, quoted(self.words.text("back_to_text")));
        let links: Vec<String> = (1..=self.uses[n - 1].min(MOST_WAYS_BACK))
            .map(|use_| {
                format!(
                    "<a class=\"nf-noteback\" href=\"{page}#{}\" aria-label=\"{label}\">\u{21a9}\u{fe0e}</a>",
                    reference_id(n, use_)
                )
            })
            .collect();
        match body.last() {
            Some(Event::End(TagEnd::Paragraph)) => {
                body.pop();
                body.push(Event::Text(" ".into()));
            }
            _ => body.push(Event::Start(Tag::Paragraph)),
        }
        body.push(Event::InlineHtml(links.join(" ").into()));
        body.push(Event::End(TagEnd::Paragraph));
        body
    }
}

fn reference_id(n: usize, uses: usize) -> String {
    if uses == 1 { format!("nf-fnref-{n}") } else { format!("nf-fnref-{n}-{uses}") }
}
