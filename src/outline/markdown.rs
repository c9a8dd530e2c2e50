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
    pub fn events(&self) -> impl Iterator<Item = Placed<'_>> {
        let is_masked = matches!(self.parsed, Cow::Owned(_));
        let mut events = Parser::new_ext(&self.parsed, options(self.math)).into_offset_iter();
        let mut formulas = Formulas::default();
        std::iter::from_fn(move || {
            loop {
                if let Some(next) = formulas.following.pop() {
                    return Some(next);
                }
                let (event, range) = events.next()?;
                let event = if is_masked { as_written(event) } else { event };
                match if self.math { formulas.take(event, range) } else { Some((event, range)) } {
                    None => {}
                    next => return next,
                }
            }
        })
    }
}

type Placed<'e> = (Event<'e>, Range<usize>);

/// Makes formulas of fenced blocks of `math`, each in a paragraph of its own.
#[derive(Default)]
struct Formulas<'e> {
    /// The one that is open.
    open: Option<String>,
    /// What comes next, the last first.
    following: Vec<Placed<'e>>,
}

impl<'e> Formulas<'e> {
    /// What stands for the event; none for one that is part of a formula.
    fn take(&mut self, event: Event<'e>, range: Range<usize>) -> Option<Placed<'e>> {
        match (event, self.open.as_mut()) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), None) if Fence::read(&info).is_math() => {
                self.open = Some(String::new());
                None
            }
            (Event::Text(text), Some(latex)) => {
                latex.push_str(&text);
                None
            }
            (Event::End(TagEnd::CodeBlock), Some(_)) => {
                let latex = self.open.take().unwrap_or_default();
                self.following.push((Event::End(TagEnd::Paragraph), range.clone()));
                self.following.push((Event::DisplayMath(latex.trim().to_owned().into()), range.clone()));
                Some((Event::Start(Tag::Paragraph), range))
            }
            (event, _) => Some((event, range)),
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
