//! The Markdown we read: CommonMark with a fixed set of extensions. The outline and the page's body are made from the same
//! events, so that the nth link of one is the nth link of the other.

mod addresses;
mod bare_links;
mod block_names;
mod callouts;
mod embeds;
mod formulas;
mod line_breaks;
mod mask;
mod prices;
mod quotes;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag};

use crate::model::QuoteMarks;

use bare_links::BareLinks;
use block_names::BlockNames;
use callouts::Callouts;
pub use callouts::{callout, kinds, nearest_alert};
use embeds::Embeds;
pub use embeds::is_quoted;
use formulas::Formulas;
use line_breaks::LineBreaks;
use mask::{masked, unmasked};
use quotes::Quotes;

/// The extensions that are on. Dollar signs hold mathematics only where the front matter says so, since prices hold them too.
pub fn options(math: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_MATH, math);
    options
}

/// A body that is parsed.
pub struct Markdown<'b> {
    body: &'b str,
    parsed: Cow<'b, str>,
    math: bool,
    quotes: Option<&'b QuoteMarks>,
}

impl<'b> Markdown<'b> {
    pub fn new(body: &'b str, math: bool) -> Self {
        Self { body, parsed: masked(body, math), math, quotes: None }
    }

    /// With these marks where smart punctuation makes quotation marks; none for the English ones.
    pub fn with_quotes(self, quotes: Option<&'b QuoteMarks>) -> Self {
        Self { quotes, ..self }
    }

    /// Its events with their places in it.
    pub fn events(&self) -> impl Iterator<Item = Placed<'_>> {
        let is_masked = matches!(self.parsed, Cow::Owned(_));
        let events = Parser::new_ext(&self.parsed, options(self.math)).into_offset_iter();
        let events = events.map(move |(event, range)| (if is_masked { as_written(event) } else { event }, range));
        let events = Stepped::new(events, self.quotes.map(|marks| Quotes::of(self.body, marks)));
        let events = Stepped::new(events, LineBreaks::of(self.body));
        let events = Stepped::new(events, self.math.then(Formulas::default));
        let events = Stepped::new(events, Callouts::of(self.body));
        let events = Stepped::new(events, Embeds::of(self.body));
        let events = Stepped::new(events, BlockNames::of(self.body));
        Stepped::new(events, BareLinks::of(self.body))
    }

    /// Where links by reference lead to.
    pub fn definitions(&self) -> Definitions<'_> {
        Definitions(Parser::new_ext(&self.parsed, options(self.math)))
    }
}

/// The definitions of a body, for links by reference.
pub struct Definitions<'b>(Parser<'b>);

impl Definitions<'_> {
    /// The bytes of the definition of this label.
    pub fn get(&self, label: &str) -> Option<Range<usize>> {
        self.0.reference_definitions().get(label).map(|definition| definition.span.clone())
    }
}

/// An event, and which bytes of the body it is of.
type Placed<'e> = (Event<'e>, Range<usize>);

/// What makes other events of some.
trait Step<'e> {
    /// What stands for the event: the first is returned, those after it are put into `following`. None if nothing does yet.
    fn take(&mut self, placed: Placed<'e>, following: &mut VecDeque<Placed<'e>>) -> Option<Placed<'e>>;

    /// The end of the body.
    fn finish(&mut self, _following: &mut VecDeque<Placed<'e>>) {}
}

/// Events with a step taken for each, if there is one to take.
struct Stepped<'e, I, S> {
    events: I,
    step: Option<S>,
    following: VecDeque<Placed<'e>>,
}

impl<'e, I: Iterator<Item = Placed<'e>>, S: Step<'e>> Stepped<'e, I, S> {
    fn new(events: I, step: Option<S>) -> Self {
        Self { events, step, following: VecDeque::new() }
    }
}

impl<'e, I: Iterator<Item = Placed<'e>>, S: Step<'e>> Iterator for Stepped<'e, I, S> {
    type Item = Placed<'e>;

    fn next(&mut self) -> Option<Placed<'e>> {
        let Some(step) = &mut self.step else { return self.events.next() };
        loop {
            if let Some(next) = self.following.pop_front() {
                return Some(next);
            }
            match self.events.next() {
                Some(placed) => match step.take(placed, &mut self.following) {
                    None => {}
                    next => return next,
                },
                None => {
                    step.finish(&mut self.following);
                    return self.following.pop_front();
                }
            }
        }
    }
}

/// The event with the signs that had stand-ins.
fn as_written(event: Event<'_>) -> Event<'_> {
    match event {
        Event::Text(text) => Event::Text(written(text)),
        Event::Code(text) => Event::Code(written(text)),
        Event::InlineMath(text) => Event::InlineMath(written(text)),
        Event::DisplayMath(text) => Event::DisplayMath(written(text)),
        Event::Html(text) => Event::Html(written(text)),
        Event::InlineHtml(text) => Event::InlineHtml(written(text)),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Link { link_type, dest_url: written(dest_url), title: written(title), id })
        }
        Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
            Event::Start(Tag::Image { link_type, dest_url: written(dest_url), title: written(title), id })
        }
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(written(info))))
        }
        event => event,
    }
}

fn written(text: CowStr<'_>) -> CowStr<'_> {
    unmasked(&text).map_or(text, CowStr::from)
}

/// A footnote's label as labels are compared: capitals don't matter.
pub fn folded_label(label: &str) -> String {
    label.to_lowercase()
}
