//! Raw HTML as the outline reads it: its words, headings, links and pictures are the body's like those of Markdown. Knows the
//! parts that stay.

use pulldown_cmark::HeadingLevel;

use crate::fields::Faults;
use crate::model::raised;

use super::super::document::ReferenceKind;
use super::super::headings::Attributes;
use super::super::html::{Part, StartTag, resolved, tokens};
use super::super::pictures::{self, Alt};
use super::super::plain_text::{self, Adds};
use super::super::target::Target;
use super::blocks::BlockKind;
use super::reader::Reader;

/// What kind of block an element is, if it is one of its own.
fn block(name: &str) -> Option<BlockKind> {
    Some(match name {
        "p" => BlockKind::Paragraph,
        "li" => BlockKind::Item,
        "blockquote" => BlockKind::Quotation,
        "tr" => BlockKind::Row,
        "dt" | "dd" => BlockKind::Definition,
        "figcaption" | "caption" | "summary" => BlockKind::Caption,
        name if level(name).is_some() => BlockKind::Heading,
        _ => return None,
    })
}

fn level(name: &str) -> Option<HeadingLevel> {
    HeadingLevel::try_from(name.strip_prefix('h')?.parse::<usize>().ok()?).ok()
}

impl Reader<'_> {
    pub(super) fn html(&mut self, parts: Vec<Part>, faults: &mut Faults) {
        for part in parts {
            match part {
                Part::Text(text) => self.html_text(&text),
                Part::Start(tag) => self.html_start(&tag, faults),
                Part::End(name) => self.html_end(&name),
                Part::Verbatim(_) => {}
            }
        }
    }

    fn html_text(&mut self, text: &str) {
        if self.muted > 0 {
            return;
        }
        let text = tokens::plain(text);
        let words: Vec<&str> = text.split_ascii_whitespace().collect();
        if words.is_empty() {
            return self.blocks.separate();
        }
        self.begin_loose();
        if text.starts_with(|c: char| c.is_ascii_whitespace()) {
            self.blocks.separate();
        }
        self.blocks.text(&words.join(" "));
        if text.ends_with(|c: char| c.is_ascii_whitespace()) {
            self.blocks.separate();
        }
    }

    fn html_start(&mut self, tag: &StartTag, faults: &mut Faults) {
        let adds = plain_text::of_element(&tag.name);
        if matches!(adds, Adds::Block | Adds::Code) {
            self.end_loose();
        }
        match block(&tag.name) {
            Some(BlockKind::Heading) => {
                let level = level(&tag.name).unwrap_or(HeadingLevel::H6);
                let (id, span) = (tag.get("id"), self.span(&tag.span));
                self.begin_heading(level, id, span, Attributes::default(), faults);
            }
            Some(kind) => self.blocks.start(kind),
            None if matches!(adds, Adds::Block | Adds::Code | Adds::Space) => self.blocks.separate(),
            None => {}
        }
        self.html_references(tag, faults);
        if self.muted == 0 {
            match adds {
                Adds::Quoted => {
                    self.begin_loose();
                    self.blocks.text("\u{201c}");
                }
                Adds::Description => {
                    self.begin_loose();
                    self.blocks.description(tag.get("alt").unwrap_or_default());
                }
                _ => {}
            }
        }
        match adds {
            _ if tag.is_whole => {}
            Adds::Nothing | Adds::Code => self.muted += 1,
            Adds::Raised => self.raised.push(self.blocks.position()),
            _ => {}
        }
    }

    fn html_references(&mut self, tag: &StartTag, faults: &mut Faults) {
        let span = self.span(&tag.span);
        resolved(&tag.name, &tag.attributes, |kind, address| {
            let index = self.refer(kind, self.target(address), span, faults);
            match kind {
                ReferenceKind::Link | ReferenceKind::Quoted => {
                    self.begin_loose();
                    self.is_in_html_link = true;
                    self.open.push((index, self.blocks.position()));
                }
                ReferenceKind::Picture | ReferenceKind::Loaded => {
                    let alt = match tag.get("alt") {
                        // An empty one says that there is nothing to describe.
                        Some(_) => Alt::Words,
                        None => Alt::NoneInHtml,
                    };
                    faults.extend(pictures::faults(&self.references[index], alt, self.path));
                }
                ReferenceKind::Cited => self.blocks.reference(index, self.blocks.position(), false),
            }
            None
        });
    }

    fn html_end(&mut self, name: &str) {
        let adds = plain_text::of_element(name);
        match adds {
            Adds::Nothing | Adds::Code => self.unmute(),
            Adds::Raised => {
                if let Some(start) = self.raised.pop().filter(|_| self.muted == 0) {
                    self.end_raised(start);
                }
            }
            Adds::Quoted if self.muted == 0 => self.blocks.text("\u{201d}"),
            _ => {}
        }
        if name == "a" && std::mem::take(&mut self.is_in_html_link) {
            self.end_link();
        }
        if matches!(adds, Adds::Block | Adds::Code) {
            self.end_loose();
        }
        match block(name) {
            Some(kind) => self.end_block(kind),
            None if matches!(adds, Adds::Block | Adds::Code | Adds::Space) => self.blocks.separate(),
            None => {}
        }
    }

    /// A raised number is written so; the mark of a note, which leads to a place on the page, is left out.
    fn end_raised(&mut self, start: usize) {
        let text = self.blocks.text_from(start);
        let is_mark = |index: usize| matches!(self.references[index].target, Target::Here(_));
        if self.blocks.references_from(start).any(is_mark) {
            self.blocks.replace_from(start, "");
            self.blocks.left_out();
        } else if let Some(raised) = raised(&text) {
            self.blocks.replace_from(start, &raised);
        }
    }

    /// Text of HTML that stands in no block opens one.
    fn begin_loose(&mut self) {
        if self.blocks.is_empty() {
            self.blocks.start(BlockKind::Paragraph);
            self.is_loose = true;
        }
    }

    pub(super) fn end_loose(&mut self) {
        if std::mem::take(&mut self.is_loose) {
            self.end_block(BlockKind::Paragraph);
        }
    }
}
