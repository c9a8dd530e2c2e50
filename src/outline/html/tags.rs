//! What of a piece of raw HTML is shown, tag by tag. Knows the elements that are open, no event of Markdown.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;
use crate::outline::limits::{MAX_ATTRIBUTES, MAX_DEPTH};
use crate::outline::sanitiser::{allows, is_mathml};

use super::attributes;
use super::elements::{Leaves, is_void, leaves, swallows};
use super::faults::{self, instead, removed};
use super::hidden::Hidden;
use super::inline::Inline;
use super::nesting::{self, Element, Fate};
use super::part::{Part, StartTag, Written};
use super::piece::Piece;
use super::tokens::{self, Kind, Tag};
use super::{Filter, HTML_LIMIT};

impl Filter<'_> {
    /// What is shown of a piece of HTML. An end tag of a script may follow much later in the line: `is_inline`, what is between is
    /// an event of its own.
    pub(super) fn read(&mut self, block: &Piece, is_inline: bool) -> Vec<Part> {
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
    pub(super) fn implied_end(&mut self, element: Element, parts: &mut Vec<Part>) {
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

    pub(super) fn look_at_depth(&mut self, span: &Range<usize>) {
        if self.has_html && !self.is_over_limit && self.nesting.is_too_deep() {
            self.over_limit(format!("HTML elements are nested more than {MAX_DEPTH} deep"), span.clone());
        }
    }

    fn over_limit(&mut self, message: String, span: Range<usize>) {
        self.is_over_limit = true;
        let fault = Diagnostic::new(HTML_LIMIT, message);
        self.report(fault.help("end each element, or say `html: trusted` in site.yaml"), span);
    }
}

fn text_part(text: &str) -> Part {
    Part::Text(text.replace('<', "&lt;"))
}
