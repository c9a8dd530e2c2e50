//! Which elements of raw HTML are open, and in which part of the text. An element ends in the part it began in, at the latest
//! with it; so no end tag of an author's ends an element of ours, and a browser finds nothing to repair: it would open again in
//! every block what was left open in the one before. Knows names and places, no text.

use std::ops::Range;

use pulldown_cmark::Tag;

use super::super::limits::MAX_DEPTH;
use super::super::sanitiser::is_mathml;
use super::elements::{self, Leaves, holds_formula, is_block, is_cell, is_heading, is_part_of_table, parents};

/// An element that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    pub name: String,
    /// Its tag, in the body.
    pub span: Range<usize>,
    pub fate: Fate,
}

/// What becomes of an element's tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Stays,
    /// They are taken out, and the author knows.
    Removed,
    /// They are taken out; the author learns of it when it is known whether the element ends.
    Pending,
}

/// Why an element can't stand where its tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misplaced {
    InParagraph,
    InLink,
    InTable,
    InFormula,
    OutsideFormula,
    Outside(&'static str),
}

/// A part of the text that is open: a block, emphasis, a link.
#[derive(Debug)]
struct Part {
    kind: PartKind,
    /// How many elements were open when it began.
    base: usize,
    /// Shown inside what is open, rather than after it.
    nests: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// May hold blocks.
    Flow,
    /// A paragraph, or what may hold no block either.
    Paragraph,
    Inline,
    Link,
    /// A link inside a link, of which the words alone are shown.
    LinkInLink,
    /// The description of a picture, which is plain text.
    Picture,
}

impl PartKind {
    pub fn of(tag: &Tag<'_>) -> Self {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::DefinitionListTitle => Self::Paragraph,
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript => Self::Inline,
            Tag::Link { .. } => Self::Link,
            Tag::Image { .. } => Self::Picture,
            _ => Self::Flow,
        }
    }

    pub fn is_block(self) -> bool {
        matches!(self, Self::Flow | Self::Paragraph)
    }
}

/// The parts and elements that are open.
#[derive(Debug)]
pub struct Nesting {
    parts: Vec<Part>,
    elements: Vec<Element>,
    nested: usize,
    pictures: usize,
    links: usize,
}

impl Default for Nesting {
    fn default() -> Self {
        let body = Part { kind: PartKind::Flow, base: 0, nests: false };
        Self { parts: vec![body], elements: Vec::new(), nested: 0, pictures: 0, links: 0 }
    }
}

impl Nesting {
    /// A part of the text begins.
    pub fn begin(&mut self, kind: PartKind, nests: bool) {
        self.parts.push(Part { kind, base: self.elements.len(), nests });
        self.nested += usize::from(nests);
        self.pictures += usize::from(kind == PartKind::Picture);
        self.links += usize::from(kind == PartKind::Link && self.pictures == 0);
    }

    /// It ends, and with it the elements that are open in it, the innermost first.
    pub fn end(&mut self) -> (PartKind, Vec<Element>) {
        let Some(part) = self.parts.pop() else { return (PartKind::Flow, Vec::new()) };
        self.nested -= usize::from(part.nests);
        self.links -= usize::from(part.kind == PartKind::Link && self.pictures == 0);
        self.pictures -= usize::from(part.kind == PartKind::Picture);
        let ended = self.pop_to(part.base);
        (part.kind, ended)
    }

    pub fn is_in_picture(&self) -> bool {
        self.pictures > 0
    }

    /// Whether what comes is inside a link, of Markdown's or of HTML's.
    pub fn is_in_link(&self) -> bool {
        self.links > 0
    }

    /// Whether a drawing or formula is open here.
    pub fn is_in_drawing(&self) -> bool {
        self.here().iter().any(|element| matches!(element.name.as_str(), "svg" | "math"))
    }

    /// How many elements are open.
    pub fn count(&self) -> usize {
        self.elements.len()
    }

    /// Whether an element of this name is open here.
    pub fn is_open(&self, name: &str) -> bool {
        self.here().iter().any(|element| element.name == name)
    }

    /// Whether an element is open here in which browsers read no tags.
    pub fn is_in_raw_text(&self) -> bool {
        self.here().iter().any(|element| elements::leaves(&element.name) == Leaves::Text)
    }

    pub fn is_too_deep(&self) -> bool {
        self.nested + self.elements.len() > MAX_DEPTH
    }

    /// What ends before something of Markdown's that is no text: a formula, and before a block a paragraph.
    pub fn leave(&mut self, for_block: bool) -> Vec<Element> {
        let ends = |element: &Element| {
            element.fate == Fate::Stays && (element.name == "math" || for_block && element.name == "p")
        };
        match self.here().iter().position(ends) {
            Some(at) => self.pop_to(self.base() + at),
            None => Vec::new(),
        }
    }

    /// Ends what an element of this name ends by beginning; or says why it can't stand here.
    pub fn make_room(&mut self, name: &str) -> Result<Vec<Element>, Misplaced> {
        let count = self.place(name)?;
        Ok(self.pop_to(count))
    }

    /// Opens an element.
    pub fn open(&mut self, element: Element) {
        self.links += usize::from(is_link(&element));
        self.elements.push(element);
    }

    /// An end tag: the elements that it ends, the one it names last; none if it is of no element that began here.
    pub fn close(&mut self, name: &str) -> Option<Vec<Element>> {
        let at = self.here().iter().rposition(|element| element.name == name)?;
        Some(self.pop_to(self.base() + at))
    }

    fn pop_to(&mut self, count: usize) -> Vec<Element> {
        let mut ended = self.elements.split_off(count.min(self.elements.len()));
        self.links -= ended.iter().filter(|element| is_link(element)).count();
        ended.reverse();
        ended
    }

    fn base(&self) -> usize {
        self.parts.last().map_or(0, |part| part.base)
    }

    fn here(&self) -> &[Element] {
        &self.elements[self.base()..]
    }

    /// How many elements stay open around one of this name.
    fn place(&self, name: &str) -> Result<usize, Misplaced> {
        let stay = || self.here().iter().enumerate().rev().filter(|(_, element)| element.fate == Fate::Stays);
        let innermost = stay().next().map_or("", |(_, element)| element.name.as_str());
        if is_mathml(name) && name != "math" {
            return if holds_formula(innermost) { Ok(self.elements.len()) } else { Err(Misplaced::OutsideFormula) };
        }
        if stay().any(|(_, element)| element.name == "math") {
            return Err(Misplaced::InFormula);
        }
        if name == "a" && self.is_in_link() {
            return Err(Misplaced::InLink);
        }
        if let Some(parents) = parents(name) {
            let parent = stay().find(|(_, element)| parents.contains(&element.name.as_str()));
            return match parent {
                Some((at, _)) => Ok(self.base() + at + 1),
                None => Err(Misplaced::Outside(parents[0])),
            };
        }
        if is_part_of_table(innermost) {
            return Err(Misplaced::InTable);
        }
        if is_block(name) {
            return self.place_of_block(name, innermost);
        }
        Ok(self.elements.len())
    }

    fn place_of_block(&self, name: &str, innermost: &str) -> Result<usize, Misplaced> {
        let block = self.parts.iter().rfind(|part| part.kind.is_block());
        let from = block.map_or(0, |part| part.base);
        let ends = |element: &Element| element.fate == Fate::Stays && (element.name == "p" || is_cell(&element.name));
        match self.elements[from..].iter().rposition(ends).map(|at| from + at) {
            Some(at) if self.elements[at].name == "p" && at < self.base() => Err(Misplaced::InParagraph),
            Some(at) if self.elements[at].name == "p" => Ok(at),
            None if block.is_some_and(|part| part.kind == PartKind::Paragraph) => Err(Misplaced::InParagraph),
            _ if is_heading(name) && is_heading(innermost) => Err(Misplaced::InParagraph),
            _ => Ok(self.elements.len()),
        }
    }
}

fn is_link(element: &Element) -> bool {
    element.fate == Fate::Stays && element.name == "a"
}

/// Whether an element that is not ended by its own end tag is missed.
pub fn is_missed(element: &Element) -> bool {
    element.fate == Fate::Stays && !elements::has_optional_end(&element.name)
}
