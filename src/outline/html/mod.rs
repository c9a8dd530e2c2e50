//! Raw HTML in a body: what of it is shown, and a diagnostic for what is not. Reads the parser's events before anything of ours
//! is among them, and leaves tags that are written anew, end where they should and have no name of the theme's: so what an
//! author wrote and what rendering adds can't be mistaken for one another, and the sanitiser, which sees both, finds nothing to
//! take out. Knows one body; renders nothing.

mod addresses;
mod attributes;
mod elements;
mod faults;
mod hidden;
pub mod inline;
mod nesting;
mod part;
mod piece;
mod tags;
pub mod tokens;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag as MarkdownTag, TagEnd as MarkdownEnd};

use super::limits::{MAX_REPORTED, nests};
use crate::diagnostic::{Diagnostic, Rule, rules};
pub use addresses::{in_set, resolved};
pub use faults::open_comment;
use hidden::Hidden;
use nesting::{Element, Nesting, PartKind};
pub use part::{Item, Part, StartTag};
use piece::Piece;

rules! {
    REMOVED_HTML = "removed-html", warning, "HTML is taken out of the page", text "<button>Press</button>";
    IGNORED_ATTRIBUTES = "ignored-attributes", note, "attributes of HTML that do nothing here are left out", text "<p style=\"color: red\">Words</p>";
    IMPLIED_END = "implied-end", warning, "an HTML element is never ended, and ends with its block", text "<div>Words";
    HTML_LIMIT = "html-limit", error fixed, "there is more HTML than is made safe";
    OPEN_HTML = "open-html", error fixed, "an HTML element never ends, and would take along what follows", text "Words <textarea> and more";
    LINK_IN_LINK = "link-in-link", warning, "a link stands inside another";
    INLINE_SCRIPT = "inline-script", warning, "a script in a page does nothing: the policy of pages refuses it";
    INLINE_STYLE = "inline-style", warning, "a style in a page does nothing: the policy of pages refuses it";
}

/// An item, and which bytes of the body it is.
pub type Placed<'e> = (Item<'e>, Range<usize>);

/// Gives back the events of a body with its raw HTML made safe.
pub struct Filter<'e> {
    body: &'e str,
    /// Where HTML is trusted it stays as it is; the rest is the same, so that links are counted alike.
    is_trusted: bool,
    nesting: Nesting,
    /// The HTML block that is being read.
    block: Piece,
    /// References to notes inside a link, which are links themselves: they follow it.
    held: Vec<Placed<'e>>,
    /// What is inside an element of a line that shows nothing, until it is known that it ends.
    hidden: Option<Hidden<'e>>,
    /// Ids that the HTML brings.
    pub ids: Vec<String>,
    pub has_html: bool,
    /// There is more than the sanitiser takes: nothing of the body is to be shown.
    pub is_over_limit: bool,
    /// What the author is to know, and of which bytes of the body.
    pub found: Vec<(Diagnostic, Range<usize>)>,
    counts: Vec<(&'static Rule, usize)>,
    /// Attributes that are left out and how often each stands, and the first tag that has one.
    ignored: BTreeMap<String, usize>,
    first_ignored: Range<usize>,
}

impl<'e> Filter<'e> {
    pub fn new(body: &'e str, is_trusted: bool) -> Self {
        Self {
            body,
            is_trusted,
            nesting: Nesting::default(),
            block: Piece::default(),
            held: Vec::new(),
            hidden: None,
            ids: Vec::new(),
            has_html: false,
            is_over_limit: false,
            found: Vec::new(),
            counts: Vec::new(),
            ignored: BTreeMap::new(),
            first_ignored: 0..0,
        }
    }

    /// Takes the next event; what stands for it comes after `out`.
    pub fn event(&mut self, event: Event<'e>, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
        let first = out.len();
        self.take(event, range, out);
        self.hide(first, out);
    }

    /// The end of the body.
    pub fn finish(&mut self, end: usize, out: &mut Vec<Placed<'e>>) {
        let first = out.len();
        let (_, ended) = self.nesting.end();
        self.write_ends(ended, end, out);
        out.append(&mut self.held);
        self.hide(first, out);
        if !self.ignored.is_empty() && !self.is_trusted {
            let fault = faults::ignored(&std::mem::take(&mut self.ignored));
            self.report(fault, self.first_ignored.clone());
        }
    }

    fn take(&mut self, event: Event<'e>, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
        match event {
            Event::Start(MarkdownTag::HtmlBlock) => self.block = Piece::default(),
            Event::Html(text) => self.block.push(&text, range.start),
            Event::End(MarkdownEnd::HtmlBlock) => {
                let block = std::mem::take(&mut self.block);
                let parts = self.read(&block, false);
                push_html(parts, false, range, out);
            }
            Event::InlineHtml(text) => {
                let mut block = Piece::default();
                block.push(&text, range.start);
                let parts = self.read(&block, true);
                push_html(parts, true, range, out);
            }
            Event::Start(tag) => self.begin(tag, range, out),
            Event::End(tag) => self.end(tag, range, out),
            Event::FootnoteReference(_) if self.nesting.is_in_picture() => {}
            Event::FootnoteReference(_) if self.nesting.is_in_link() => {
                self.held.push((Item::Markdown(event), range));
            }
            Event::Text(_) | Event::SoftBreak => out.push((Item::Markdown(event), range)),
            other => {
                self.leave(matches!(other, Event::Rule), range.start, out);
                out.push((Item::Markdown(other), range));
            }
        }
        if !self.held.is_empty() && !self.nesting.is_in_link() {
            out.append(&mut self.held);
        }
    }

    /// Holds back what came after `first` while an element that shows nothing is open; once that has ended, drops it.
    fn hide(&mut self, first: usize, out: &mut Vec<Placed<'e>>) {
        let Some(mut hidden) = self.hidden.take() else { return };
        if self.nesting.count() > hidden.around {
            hidden.held.extend(out.drain(first..));
            self.hidden = Some(hidden);
        } else if let Some(end) = hidden.end {
            out.truncate(first);
            self.found.truncate(hidden.found);
            self.ids.truncate(hidden.ids);
            self.report(faults::removed_with_text(&hidden.name), hidden.span.clone());
            if self.is_trusted {
                let whole = hidden.span.start..end;
                let parts = vec![Part::Verbatim(self.body[whole.clone()].to_owned())];
                push_html(parts, true, whole, out);
            }
        } else {
            // It never ended: what followed it is text like any other.
            out.splice(first..first, hidden.held);
        }
    }

    fn begin(&mut self, tag: MarkdownTag<'e>, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
        let kind = PartKind::of(&tag);
        self.leave(kind.is_block(), range.start, out);
        let is_in_link = self.nesting.is_in_link() && !self.nesting.is_in_picture();
        let kind = if kind == PartKind::Link && is_in_link { PartKind::LinkInLink } else { kind };
        self.nesting.begin(kind, nests(&tag));
        if kind == PartKind::LinkInLink {
            self.report(faults::link_in_link(), range);
        } else {
            self.look_at_depth(&range);
            out.push((Item::Markdown(Event::Start(tag)), range));
        }
    }

    fn end(&mut self, tag: MarkdownEnd, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
        let (kind, ended) = self.nesting.end();
        self.write_ends(ended, range.end, out);
        if kind != PartKind::LinkInLink {
            out.push((Item::Markdown(Event::End(tag)), range));
        }
    }

    fn leave(&mut self, for_block: bool, at: usize, out: &mut Vec<Placed<'e>>) {
        let ended = self.nesting.leave(for_block);
        self.write_ends(ended, at, out);
    }

    fn write_ends(&mut self, ended: Vec<Element>, at: usize, out: &mut Vec<Placed<'e>>) {
        if ended.is_empty() {
            return;
        }
        let mut parts = Vec::new();
        ended.into_iter().for_each(|element| self.implied_end(element, &mut parts));
        if !self.is_trusted {
            push_html(parts, true, at..at, out);
        }
    }

    fn report(&mut self, diagnostic: Diagnostic, span: Range<usize>) {
        let rule = diagnostic.rule;
        let at = self.counts.iter().position(|(counted, _)| *counted == rule).unwrap_or_else(|| {
            self.counts.push((rule, 0));
            self.counts.len() - 1
        });
        if self.counts[at].1 < MAX_REPORTED {
            self.counts[at].1 += 1;
            self.found.push((diagnostic, span));
        }
    }
}

fn push_html<'e>(parts: Vec<Part>, is_inline: bool, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
    if !parts.is_empty() {
        out.push((Item::Html { parts, is_inline }, range));
    }
}
