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
pub mod tokens;

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, Tag as MarkdownTag, TagEnd as MarkdownEnd};

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::fields::shortened;

use super::limits::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_TOLD, nests};
use super::sanitiser::{allows, is_mathml};
pub use addresses::{in_set, resolved};
use elements::{Leaves, is_void, leaves, swallows};
pub use faults::open_comment;
use faults::{instead, removed};
use hidden::Hidden;
use inline::Inline;
use nesting::{Element, Fate, Nesting, PartKind};
use part::Written;
pub use part::{Item, Part, StartTag};
use piece::Piece;
use tokens::{Kind, Tag};

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
    told: Vec<(&'static Rule, usize)>,
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
            told: Vec::new(),
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

    /// What is shown of a piece of HTML. An end tag of a script may follow much later in the line: `is_inline`, what is between is
    /// an event of its own.
    fn read(&mut self, block: &Piece, is_inline: bool) -> Vec<Part> {
        self.has_html = true;
        let html = block.html.as_str();
        let mut parts = Vec::new();
        let mut at = 0;
        while at < html.len() && !self.is_over_limit {
            let (kind, piece) = tokens::next(html, at);
            let (text, span) = (&html[piece.clone()], block.span(&piece));
            let (start, first) = (at, parts.len());
            at = piece.end;
            let mut attributes = Vec::new();
            match kind {
                Kind::Text => parts.push(text_part(text)),
                Kind::Comment => {}
                Kind::Declaration => self.report(removed(&format!("`{}`", shortened(text)), instead("")), span),
                Kind::Unended => {
                    self.report(faults::unended(text), span);
                    parts.push(text_part(text));
                }
                Kind::Tag { attributes } if attributes > MAX_ATTRIBUTES => {
                    self.over_limit(format!("an HTML tag has more than {MAX_ATTRIBUTES} attributes"), span);
                }
                Kind::Tag { .. } => match tokens::tag(text).inspect(|tag| self.note_inline(tag, &span)) {
                    Some(tag) if !is_inline && !tag.is_end && leaves(&tag.name) != Leaves::Content => {
                        at = self.raw_text(&tag, html, at, span, &mut parts);
                    }
                    Some(tag) if self.nesting.is_in_raw_text() && !(tag.is_end && self.nesting.is_open(&tag.name)) => {
                        parts.push(text_part(text));
                    }
                    Some(tag) => {
                        self.tag(&tag, span, is_inline, &mut parts);
                        attributes = tag.attributes;
                    }
                    None => parts.push(text_part(text)),
                },
            }
            if self.is_trusted {
                let text = html[start..at].to_owned();
                let part = parts.drain(first..).find_map(|part| match part {
                    Part::Start(tag) => Some(tag),
                    _ => None,
                });
                parts.push(match part {
                    Some(tag) => Part::Start(StartTag { written: Some(Written { text, attributes }), ..tag }),
                    None => Part::Verbatim(text),
                });
            }
        }
        if self.is_trusted && at < html.len() {
            parts.push(Part::Verbatim(html[at..].to_owned()));
        }
        parts
    }

    /// An element of a block in which browsers read no tags, whose start tag ends at byte `at`: says where to go on.
    fn raw_text(&mut self, tag: &Tag, html: &str, at: usize, span: Range<usize>, parts: &mut Vec<Part>) -> usize {
        let name = tag.name.as_str();
        match (tokens::raw_text_end(html, at, name), leaves(name)) {
            (Some(end), Leaves::Text) => {
                self.report(removed(&format!("`<{name}>`"), instead(name)), span);
                parts.push(text_part(&html[at..end]));
                tokens::next(html, end).1.end
            }
            (Some(end), _) => {
                self.report(faults::removed_with_text(name), span);
                tokens::next(html, end).1.end
            }
            // Looked for once: what follows is text.
            (None, _) if matches!(name, "script" | "style") => {
                self.report(faults::never_ends(name), span);
                parts.push(text_part(&html[at..]));
                html.len()
            }
            (None, _) => {
                self.tag(tag, span, false, parts);
                at
            }
        }
    }

    /// What does nothing also where HTML is trusted.
    fn note_inline(&mut self, tag: &Tag, span: &Range<usize>) {
        let inline = if tag.is_end { Vec::new() } else { Inline::of(tag) };
        inline.iter().for_each(|inline| self.report(inline.warning(), span.clone()));
    }

    fn tag(&mut self, tag: &Tag, span: Range<usize>, is_inline: bool, parts: &mut Vec<Part>) {
        let name = tag.name.as_str();
        if self.nesting.is_in_picture() {
            if !tag.is_end && !allows(name) {
                self.report(removed(&format!("`<{name}>`"), instead(name)), span);
            }
            return;
        }
        if tag.is_end {
            return self.end_tag(name, span, parts);
        }
        // In drawings and formulas, and nowhere else, `<x/>` is whole.
        let is_drawn = name == "svg" || is_mathml(name) || self.nesting.is_in_drawing();
        let is_whole = is_void(name) || tag.is_self_closing && is_drawn;
        let is_box =
            tag.attributes.iter().any(|(name, value)| name == "type" && value.eq_ignore_ascii_case("checkbox"));
        let room = match name {
            _ if !allows(name) => None,
            "input" if !is_box => None,
            _ => Some(self.nesting.make_room(name)),
        };
        let fate = match room {
            Some(Ok(ended)) => {
                ended.into_iter().for_each(|element| self.implied_end(element, parts));
                Fate::Stays
            }
            Some(Err(misplaced)) => {
                self.report(faults::displaced(name, misplaced), span.clone());
                Fate::Removed
            }
            None if swallows(name) && !is_whole => Fate::Pending,
            None => {
                self.report(removed(&format!("`<{}>`", shortened(name)), instead(name)), span.clone());
                Fate::Removed
            }
        };
        match fate {
            Fate::Stays => self.write_tag(tag, &span, is_whole, parts),
            // One is parted from the next without it.
            _ if matches!(name, "option" | "legend") => parts.push(text_part(" ")),
            _ => {}
        }
        if !is_whole {
            if fate == Fate::Pending && is_inline && leaves(name) == Leaves::Nothing && self.hidden.is_none() {
                self.hidden = Some(Hidden {
                    name: name.to_owned(),
                    span: span.clone(),
                    end: None,
                    around: self.nesting.count(),
                    held: Vec::new(),
                    found: self.found.len(),
                    ids: self.ids.len(),
                });
            }
            self.nesting.open(Element { name: name.to_owned(), span: span.clone(), fate });
            self.look_at_depth(&span);
        }
    }

    fn write_tag(&mut self, tag: &Tag, span: &Range<usize>, is_whole: bool, parts: &mut Vec<Part>) {
        let judged = attributes::judge(tag);
        for (what, help) in judged.removed {
            self.report(removed(&what, help), span.clone());
        }
        for name in judged.ignored {
            if self.ignored.is_empty() {
                self.first_ignored = span.clone();
            }
            *self.ignored.entry(name).or_default() += 1;
        }
        let names = judged.stays.iter().filter(|(name, _)| name == "id" || name == "name" && tag.name == "a");
        self.ids.extend(names.map(|(_, value)| value.clone()));
        parts.push(Part::Start(StartTag {
            name: tag.name.clone(),
            attributes: judged.stays,
            is_whole,
            is_in_picture: self.nesting.is_open("picture"),
            span: span.clone(),
            written: None,
        }));
    }

    fn end_tag(&mut self, name: &str, span: Range<usize>, parts: &mut Vec<Part>) {
        let Some(mut ended) = self.nesting.close(name) else {
            return self.report(faults::ends_nothing(name), span);
        };
        let element = ended.pop();
        ended.into_iter().for_each(|element| self.implied_end(element, parts));
        match element {
            Some(Element { fate: Fate::Stays, name, .. }) => parts.push(Part::End(name)),
            Some(Element { fate: Fate::Pending, name, span: start }) => {
                self.report(removed(&format!("`<{name}>`"), instead(&name)), start);
                if let Some(hidden) = self.hidden.as_mut().filter(|hidden| hidden.around == self.nesting.count()) {
                    hidden.end = Some(span.end);
                }
            }
            _ => {}
        }
    }

    /// An element ends without its end tag.
    fn implied_end(&mut self, element: Element, parts: &mut Vec<Part>) {
        let is_missed = nesting::is_missed(&element);
        let Element { name, span, fate } = element;
        if fate == Fate::Stays {
            parts.push(Part::End(name.clone()));
        }
        if self.is_over_limit {
            // That is error enough.
        } else if fate != Fate::Removed && swallows(&name) {
            self.report(faults::never_ends(&name), span);
        } else if is_missed {
            self.report(faults::has_no_end(&name), span);
        }
    }

    fn look_at_depth(&mut self, span: &Range<usize>) {
        if self.has_html && !self.is_over_limit && self.nesting.is_too_deep() {
            self.over_limit(format!("HTML elements are nested more than {MAX_DEPTH} deep"), span.clone());
        }
    }

    fn over_limit(&mut self, message: String, span: Range<usize>) {
        self.is_over_limit = true;
        let fault = Diagnostic::new(HTML_LIMIT, message);
        self.report(fault.help("end each element, or say `html: trusted` in site.yaml"), span);
    }

    fn report(&mut self, diagnostic: Diagnostic, span: Range<usize>) {
        let rule = diagnostic.rule;
        let at = self.told.iter().position(|(told, _)| *told == rule).unwrap_or_else(|| {
            self.told.push((rule, 0));
            self.told.len() - 1
        });
        if self.told[at].1 < MAX_TOLD {
            self.told[at].1 += 1;
            self.found.push((diagnostic, span));
        }
    }
}

fn text_part(text: &str) -> Part {
    Part::Text(text.replace('<', "&lt;"))
}

fn push_html<'e>(parts: Vec<Part>, is_inline: bool, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
    if !parts.is_empty() {
        out.push((Item::Html { parts, is_inline }, range));
    }
}
