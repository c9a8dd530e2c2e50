//! Footnotes: numbered by first use, gathered at the end, with links both ways. Knows events only.

use std::collections::HashMap;

use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// Takes definitions out of the text and sets them in a list at its end. A note that nothing refers to is not shown; a
/// reference to a note that is not there shows as it was written. `page` stands before the `#` of each link: nothing on
/// the page itself, its whole address in a feed, where several texts have a first note. Addresses of ours need no escaping.
pub fn with_footnotes<'a>(events: Vec<Event<'a>>, page: &str) -> Vec<Event<'a>> {
    let (text, mut notes) = split(events);
    if notes.is_empty() {
        return text.into_iter().map(as_written).collect();
    }
    let mut numbers = Numbers { page, ..Numbers::default() };
    let mut out = numbers.refer(text, &notes);
    let mut list: Vec<Event<'a>> = Vec::new();
    let mut n = 0;
    // A note may refer to further notes, which then follow it.
    while let Some(label) = numbers.order.get(n).cloned() {
        n += 1;
        let Some(body) = notes.remove(&label) else { continue };
        notes.insert(label.clone(), Vec::new());
        let body = numbers.refer(body, &notes);
        list.push(Event::Html(format!("<li id=\"nf-fn-{n}\">\n").into()));
        list.extend(body);
        list.push(Event::Html("</li>\n".into()));
    }
    if list.is_empty() {
        return out;
    }
    out.push(Event::Html("<section class=\"nf-notes\" aria-label=\"Notes\">\n<ol>\n".into()));
    out.extend(numbers.with_ways_back(list));
    out.push(Event::Html("</ol>\n</section>\n".into()));
    out
}

type Notes<'a> = HashMap<CowStr<'a>, Vec<Event<'a>>>;

fn split(events: Vec<Event<'_>>) -> (Vec<Event<'_>>, Notes<'_>) {
    let mut text = Vec::with_capacity(events.len());
    let mut notes: Notes<'_> = HashMap::new();
    let mut open: Option<(CowStr<'_>, Vec<Event<'_>>)> = None;
    for event in events {
        match event {
            Event::Start(Tag::FootnoteDefinition(label)) => open = Some((label, Vec::new())),
            Event::End(TagEnd::FootnoteDefinition) => {
                if let Some((label, body)) = open.take() {
                    notes.entry(label).or_insert(body);
                }
            }
            event => match &mut open {
                Some((_, body)) => body.push(event),
                None => text.push(event),
            },
        }
    }
    (text, notes)
}

fn as_written(event: Event<'_>) -> Event<'_> {
    match event {
        Event::FootnoteReference(label) => Event::Text(format!("[^{label}]").into()),
        event => event,
    }
}

#[derive(Default)]
struct Numbers<'a, 'p> {
    page: &'p str,
    /// Labels by number.
    order: Vec<CowStr<'a>>,
    numbers: HashMap<CowStr<'a>, usize>,
    /// How often each label was referred to.
    uses: HashMap<CowStr<'a>, usize>,
}

impl<'a> Numbers<'a, '_> {
    fn refer(&mut self, events: Vec<Event<'a>>, notes: &Notes<'a>) -> Vec<Event<'a>> {
        let page = self.page;
        events
            .into_iter()
            .map(|event| match event {
                Event::FootnoteReference(label) if notes.contains_key(&label) => {
                    let next = self.order.len() + 1;
                    let n = *self.numbers.entry(label.clone()).or_insert(next);
                    if n == next {
                        self.order.push(label.clone());
                    }
                    let uses = self.uses.entry(label).or_default();
                    *uses += 1;
                    let id = reference_id(n, *uses);
                    Event::InlineHtml(
                        format!("<sup class=\"nf-noteref\"><a href=\"{page}#nf-fn-{n}\" id=\"{id}\" aria-label=\"Note {n}\">{n}</a></sup>").into(),
                    )
                }
                event => as_written(event),
            })
            .collect()
    }

    /// Puts the links back to the text at the end of each note's last paragraph.
    fn with_ways_back(&self, list: Vec<Event<'a>>) -> Vec<Event<'a>> {
        let page = self.page;
        let mut out: Vec<Event<'a>> = Vec::with_capacity(list.len() + self.order.len());
        let mut n = 0;
        for event in list {
            if matches!(&event, Event::Html(html) if html.as_ref() == "</li>\n") && n < self.order.len() {
                n += 1;
                let count = self.uses.get(&self.order[n - 1]).copied().unwrap_or(1);
                let links: String = (1..=count)
                    .map(|use_| {
                        format!(
                            " <a class=\"nf-noteback\" href=\"{page}#{}\" aria-label=\"Back to the text\">\u{21a9}\u{fe0e}</a>",
                            reference_id(n, use_)
                        )
                    })
                    .collect();
                let last_paragraph =
                    matches!(out.last(), Some(Event::End(TagEnd::Paragraph))).then(|| out.pop()).flatten();
                out.push(Event::InlineHtml(links.into()));
                out.extend(last_paragraph);
            }
            out.push(event);
        }
        out
    }
}

fn reference_id(n: usize, uses: usize) -> String {
    if uses == 1 { format!("nf-fnref-{n}") } else { format!("nf-fnref-{n}-{uses}") }
}
