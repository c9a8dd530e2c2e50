//! The Markdown we read: CommonMark with a fixed set of extensions. The outline and the page's body are made from the same
//! events, so that the nth link of one is the nth link of the other.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd};

use crate::code::Fence;

use super::mask::{masked, unmasked};

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
    parsed: Cow<'b, str>,
    math: bool,
}

impl<'b> Markdown<'b> {
    pub fn new(body: &'b str, math: bool) -> Self {
        Self { parsed: masked(body, math), math }
    }

    /// Its events with their places in it.
    pub fn events(&self) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
        let is_masked = matches!(self.parsed, Cow::Owned(_));
        let events = Parser::new_ext(&self.parsed, options(self.math)).into_offset_iter();
        let events = events.map(move |(event, range)| (if is_masked { as_written(event) } else { event }, range));
        let math = self.math;
        let mut formula = None;
        events.flat_map(move |(event, range)| {
            { if math { with_formulas(event, range, &mut formula) } else { [Some((event, range)), None, None] } }
                .into_iter()
                .flatten()
        })
    }
}

type Placed<'e> = (Event<'e>, Range<usize>);

/// A fenced block of `math` is a formula of its own paragraph. `formula` is the one that is open.
fn with_formulas<'e>(event: Event<'e>, range: Range<usize>, formula: &mut Option<String>) -> [Option<Placed<'e>>; 3] {
    match (event, formula.as_mut()) {
        (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), None) if Fence::read(&info).is_math() => {
            *formula = Some(String::new());
            [None, None, None]
        }
        (Event::Text(text), Some(latex)) => {
            latex.push_str(&text);
            [None, None, None]
        }
        (Event::End(TagEnd::CodeBlock), Some(latex)) => {
            let latex = std::mem::take(latex);
            *formula = None;
            let place = |event| Some((event, range.clone()));
            [
                place(Event::Start(Tag::Paragraph)),
                place(Event::DisplayMath(latex.trim().to_owned().into())),
                place(Event::End(TagEnd::Paragraph)),
            ]
        }
        (event, _) => [Some((event, range)), None, None],
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
