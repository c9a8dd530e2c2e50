//! Raw HTML in a body: what of it is shown, and a diagnostic for what is not. Reads the parser's events before anything of ours
//! is among them, and leaves tags that are written anew, end where they should and have no name of the theme's: so what an
//! author wrote and what rendering adds can't be mistaken for one another, and the sanitiser, which sees both, finds nothing to
//! take out. Knows one body; renders nothing.

mod attributes;
mod elements;
mod faults;
pub mod inline;
mod nesting;
mod piece;
pub mod tokens;

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, Tag as Part, TagEnd as PartEnd};

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::fields::shortened;

use super::limits::{MAX_ATTRIBUTES, MAX_DEPTH, MAX_TOLD, nests};
use super::sanitiser::{allows, is_mathml};
use elements::{is_void, swallows};
use faults::{instead, removed};
use inline::Inline;
use nesting::{Element, Fate, Nesting, PartKind};
use piece::Piece;
use tokens::{Kind, Tag};

rules! {
    REMOVED_HTML = "removed-html", warning, "HTML is taken out of the page", text "<button>Press</button>";
    IMPLIED_END = "implied-end", warning, "an HTML element is never ended, and ends with its block", text "<div>Words";
    HTML_LIMIT = "html-limit", error fixed, "there is more HTML than is made safe";
    OPEN_HTML = "open-html", error fixed, "an HTML element never ends, and would take along what follows", text "Words <textarea> and more";
    LINK_IN_LINK = "link-in-link", warning, "a link stands inside another";
    INLINE_SCRIPT = "inline-script", warning, "a script in a page does nothing: the policy of pages refuses it";
    INLINE_STYLE = "inline-style", warning, "a style in a page does nothing: the policy of pages refuses it";
}

/// An event of the parser, and which bytes of the body it is.
pub type Placed<'e> = (Event<'e>, Range<usize>);

/// Gives back the events of a body with its raw HTML made safe.
pub struct Filter<'e> {
    /// Where HTML is trusted it stays as it is; the rest is the same, so that links are counted alike.
    is_trusted: bool,
    nesting: Nesting,
    /// The HTML block that is being read.
    block: Piece,
    /// References to notes inside a link, which are links themselves: they follow it.
    held: Vec<Placed<'e>>,
    /// Ids that the HTML brings.
    pub ids: Vec<String>,
    pub has_html: bool,
    /// There is more than the sanitiser takes: nothing of the body is to be shown.
    pub is_over_limit: bool,
    /// What the author is to know, and of which bytes of the body.
    pub found: Vec<(Diagnostic, Range<usize>)>,
    told: Vec<(&'static Rule, usize)>,
}

impl<'e> Filter<'e> {
    pub fn new(is_trusted: bool) -> Self {
        Self {
            is_trusted,
            nesting: Nesting::default(),
            block: Piece::default(),
            held: Vec::new(),
            ids: Vec::new(),
            has_html: false,
            is_over_limit: false,
            found: Vec::new(),
            told: Vec::new(),
        }
    }

    /// Takes the next event; what stands for it comes after `out`.
    pub fn event(&mut self, event: Event<'e>, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
        match event {
            Event::Start(Part::HtmlBlock) => self.block = Piece::default(),
            Event::Html(text) => self.block.push(&text, range.start),
            Event::End(PartEnd::HtmlBlock) => {
                let block = std::mem::take(&mut self.block);
                let safe = self.read(&block, false);
                let html = if self.is_trusted { block.html } else { safe };
                if !html.is_empty() {
                    out.push((Event::Html(html.into()), range));
                }
            }
            Event::InlineHtml(text) => {
                let mut block = Piece::default();
                block.push(&text, range.start);
                let safe = self.read(&block, true);
                let html = if self.is_trusted { text } else { CowStr::from(safe) };
                if !html.is_empty() {
                    out.push((Event::InlineHtml(html), range));
                }
            }
            Event::Start(tag) => self.begin(tag, range, out),
            Event::End(tag) => self.end(tag, range, out),
            Event::FootnoteReference(_) if self.nesting.is_in_picture() => {}
            Event::FootnoteReference(_) if self.nesting.is_in_link() => self.held.push((event, range)),
            Event::Text(_) | Event::SoftBreak => out.push((event, range)),
            other => {
                self.leave(matches!(other, Event::Rule), range.start, out);
                out.push((other, range));
            }
        }
        if !self.held.is_empty() && !self.nesting.is_in_link() {
            out.append(&mut self.held);
        }
    }

    /// The end of the body.
    pub fn finish(&mut self, end: usize, out: &mut Vec<Placed<'e>>) {
        let (_, ended) = self.nesting.end();
        self.write_ends(ended, end, out);
        out.append(&mut self.held);
    }

    fn begin(&mut self, tag: Part<'e>, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
        let kind = PartKind::of(&tag);
        self.leave(kind.is_block(), range.start, out);
        let is_in_link = self.nesting.is_in_link() && !self.nesting.is_in_picture();
        let kind = if kind == PartKind::Link && is_in_link { PartKind::LinkInLink } else { kind };
        self.nesting.begin(kind, nests(&tag));
        if kind == PartKind::LinkInLink {
            self.report(faults::link_in_link(), range);
        } else {
            self.look_at_depth(&range);
            out.push((Event::Start(tag), range));
        }
    }

    fn end(&mut self, tag: PartEnd, range: Range<usize>, out: &mut Vec<Placed<'e>>) {
        let (kind, ended) = self.nesting.end();
        self.write_ends(ended, range.end, out);
        if kind != PartKind::LinkInLink {
            out.push((Event::End(tag), range));
        }
    }

    fn leave(&mut self, for_block: bool, at: usize, out: &mut Vec<Placed<'e>>) {
        let ended = self.nesting.leave(for_block);
        self.write_ends(ended, at, out);
    }

    fn write_ends(&mut self, ended: Vec<Element>, at: usize, out: &mut Vec<Placed<'e>>) {
        let mut html = String::new();
        ended.into_iter().for_each(|element| self.implied_end(element, &mut html));
        if !html.is_empty() && !self.is_trusted {
            out.push((Event::InlineHtml(html.into()), at..at));
        }
    }

    /// What is shown of a piece of HTML. An end tag of a script may follow much later in the line: `is_inline`, what is between is
    /// text like any other.
    fn read(&mut self, block: &Piece, is_inline: bool) -> String {
        self.has_html = true;
        let html = block.html.as_str();
        let mut out = String::with_capacity(html.len());
        let mut at = 0;
        while at < html.len() && !self.is_over_limit {
            let (kind, piece) = tokens::next(html, at);
            let (text, span) = (&html[piece.clone()], block.span(&piece));
            at = piece.end;
            match kind {
                Kind::Text => escape_text(text, &mut out),
                Kind::Comment => {}
                Kind::Declaration => self.report(removed(&format!("`{}`", shortened(text)), instead("")), span),
                Kind::Unended => {
                    self.report(faults::unended(text), span);
                    escape_text(text, &mut out);
                }
                Kind::Tag { attributes } if attributes > MAX_ATTRIBUTES => {
                    self.over_limit(format!("an HTML tag has more than {MAX_ATTRIBUTES} attributes"), span);
                }
                Kind::Tag { .. } => match tokens::tag(text).inspect(|tag| self.note_inline(tag, &span)) {
                    Some(tag) if !is_inline && !tag.is_end && matches!(tag.name.as_str(), "script" | "style") => {
                        match tokens::raw_text_end(html, at, &tag.name) {
                            Some(end) => {
                                at = tokens::next(html, end).1.end;
                                self.report(faults::removed_with_text(&tag.name), span);
                            }
                            // Looked for once: what follows is text.
                            None => {
                                self.report(faults::never_ends(&tag.name), span);
                                escape_text(&html[at..], &mut out);
                                at = html.len();
                            }
                        }
                    }
                    Some(tag) => self.tag(&tag, span, &mut out),
                    None => escape_text(text, &mut out),
                },
            }
        }
        out
    }

    /// What does nothing also where HTML is trusted.
    fn note_inline(&mut self, tag: &Tag, span: &Range<usize>) {
        let inline = if tag.is_end { Vec::new() } else { Inline::of(tag) };
        inline.iter().for_each(|inline| self.report(inline.warning(), span.clone()));
    }

    fn tag(&mut self, tag: &Tag, span: Range<usize>, out: &mut String) {
        let name = tag.name.as_str();
        if self.nesting.is_in_picture() {
            if !tag.is_end && !allows(name) {
                self.report(removed(&format!("`<{name}>`"), instead(name)), span);
            }
            return;
        }
        if tag.is_end {
            return self.end_tag(name, span, out);
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
                ended.into_iter().for_each(|element| self.implied_end(element, out));
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
        if fate == Fate::Stays {
            self.write_tag(tag, &span, is_whole, out);
        }
        if !is_whole {
            self.nesting.open(Element { name: name.to_owned(), span: span.clone(), fate });
            self.look_at_depth(&span);
        }
    }

    fn write_tag(&mut self, tag: &Tag, span: &Range<usize>, is_whole: bool, out: &mut String) {
        let judged = attributes::judge(tag);
        for (what, help) in judged.removed {
            self.report(removed(&what, help), span.clone());
        }
        out.push('<');
        out.push_str(&tag.name);
        for (name, value) in judged.stays {
            out.push_str(&format!(
                " {name}=\"{}\"",
                value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
            ));
            if name == "id" || name == "name" && tag.name == "a" {
                self.ids.push(value);
            }
        }
        out.push_str(if is_whole { " />" } else { ">" });
    }

    fn end_tag(&mut self, name: &str, span: Range<usize>, out: &mut String) {
        let Some(mut ended) = self.nesting.close(name) else {
            return self.report(faults::ends_nothing(name), span);
        };
        let element = ended.pop();
        ended.into_iter().for_each(|element| self.implied_end(element, out));
        match element {
            Some(Element { fate: Fate::Stays, name, .. }) => out.push_str(&format!("</{name}>")),
            Some(Element { fate: Fate::Pending, name, span }) => self.report(faults::removed_without_text(&name), span),
            _ => {}
        }
    }

    /// An element ends without its end tag.
    fn implied_end(&mut self, element: Element, out: &mut String) {
        let is_missed = nesting::is_missed(&element);
        let Element { name, span, fate } = element;
        if fate == Fate::Stays {
            out.push_str(&format!("</{name}>"));
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

fn escape_text(text: &str, out: &mut String) {
    out.push_str(&text.replace('<', "&lt;"));
}
