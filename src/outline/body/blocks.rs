//! The plain text of a body's blocks as its events go by, and where in it links stand. Knows no names and gives no ids.

use std::ops::Range;

use crate::model::{clipped, count_words, first_sentences, passage_around, sentence_around};

use super::super::document::{Context, MarkKind};

/// The most bytes of a quoted passage.
const PASSAGE_BYTES: usize = 480;
/// The most bytes of the sentence shown around a link.
const SENTENCE_BYTES: usize = 320;
/// How far around a link its block is looked at: keeps a block of megabytes with thousands of links linear.
const REACH_BYTES: usize = 2_000;

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    Paragraph,
    Item,
    Quotation,
    Row,
    Definition,
    Footnote,
    /// The words of a picture, a table or a part that opens.
    Caption,
    Heading,
}

impl BlockKind {
    /// What a passage of this kind is called.
    pub const fn mark_kind(self) -> MarkKind {
        match self {
            Self::Item => MarkKind::Item,
            Self::Quotation => MarkKind::Quotation,
            Self::Heading => MarkKind::Section,
            Self::Paragraph | Self::Row | Self::Definition | Self::Footnote | Self::Caption => MarkKind::Paragraph,
        }
    }
}

/// A block being read or just ended: its text so far and the references in it.
#[derive(Debug)]
pub struct Block {
    pub kind: BlockKind,
    pub text: String,
    pub references: Vec<BlockReference>,
    /// How many of its words describe pictures.
    pub described: usize,
}

/// A reference that stands in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockReference {
    /// Of the document's references.
    pub index: usize,
    /// The bytes of its words in the block's text.
    pub at: Range<usize>,
    /// Its words are struck out.
    pub is_struck: bool,
}

/// The blocks that are open. Quotations swallow the blocks inside them: the whole quotation is one passage.
#[derive(Debug, Default)]
pub struct Blocks {
    open: Vec<Block>,
    quotations: usize,
    /// Something that adds no text stood between the last and the next.
    has_gap: bool,
}

/// What stands close to the word before it.
const CLOSING: [char; 10] = [',', '.', ';', ':', '!', '?', ')', ']', '\u{2019}', '\u{201d}'];

impl Blocks {
    /// A block begins. Inside a quotation, or directly in an item or a note, it only begins a new line.
    pub fn start(&mut self, kind: BlockKind) {
        if kind == BlockKind::Quotation {
            self.quotations += 1;
            if self.quotations > 1 {
                return self.separate();
            }
        } else if self.quotations > 0 || (kind == BlockKind::Paragraph && !self.open.is_empty()) {
            return self.separate();
        }
        self.has_gap = false;
        self.open.push(Block { kind, text: String::new(), references: Vec::new(), described: 0 });
    }

    /// A block ends; returns it if it is a passage of its own.
    pub fn end(&mut self, kind: BlockKind) -> Option<Block> {
        if kind == BlockKind::Quotation {
            self.quotations = self.quotations.saturating_sub(1);
            if self.quotations > 0 {
                return None;
            }
        } else if self.quotations > 0 {
            return None;
        }
        if self.open.last().is_some_and(|block| block.kind == kind) { self.open.pop() } else { None }
    }

    pub fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Adds text to the innermost block. A space follows no other, nor does one stand before a mark where something was left out.
    pub fn text(&mut self, text: &str) {
        let has_gap = std::mem::take(&mut self.has_gap);
        let Some(block) = self.open.last_mut() else { return };
        let ends_with_space = block.text.ends_with(' ');
        if has_gap && ends_with_space && text.starts_with(CLOSING) {
            block.text.pop();
            let end = block.text.len();
            for link in block.references.iter_mut().rev().take_while(|link| link.at.end > end) {
                link.at = link.at.start.min(end)..end;
            }
        }
        let is_spaced = ends_with_space || block.text.is_empty();
        block.text.push_str(if is_spaced { text.trim_start_matches(' ') } else { text });
    }

    /// Adds the description of a picture.
    pub fn description(&mut self, text: &str) {
        self.text(text);
        if let Some(block) = self.open.last_mut() {
            block.described += count_words(text);
        }
    }

    /// Something stands here that adds no text.
    pub fn left_out(&mut self) {
        self.has_gap = true;
    }

    /// Puts a space between two parts of a block.
    pub fn separate(&mut self) {
        if let Some(block) = self.open.last_mut()
            && !block.text.is_empty()
            && !block.text.ends_with(' ')
        {
            block.text.push(' ');
        }
    }

    /// How much text the innermost block has.
    pub fn position(&self) -> usize {
        self.open.last().map_or(0, |block| block.text.len())
    }

    /// The innermost block's text from `start` on.
    pub fn text_from(&self, start: usize) -> String {
        self.open.last().and_then(|block| block.text.get(start..)).unwrap_or_default().trim().to_owned()
    }

    /// The references whose words begin at `start` or after it.
    pub fn references_from(&self, start: usize) -> impl Iterator<Item = usize> {
        // They stand in the order of their ends.
        let references = self.open.last().into_iter().flat_map(|block| block.references.iter().rev());
        references.take_while(move |link| link.at.start >= start).map(|link| link.index)
    }

    /// Puts `text` in the place of the innermost block's from `start` on.
    pub fn replace_from(&mut self, start: usize, text: &str) {
        let Some(block) = self.open.last_mut().filter(|block| block.text.is_char_boundary(start)) else { return };
        block.text.truncate(start);
        block.text.push_str(text);
        let end = block.text.len();
        for link in block.references.iter_mut().rev().take_while(|link| link.at.end > start) {
            link.at = link.at.start.min(start)..end;
        }
    }

    /// The words from `start` on are those of this reference.
    pub fn reference(&mut self, index: usize, start: usize, is_struck: bool) {
        if let Some(block) = self.open.last_mut() {
            let end = block.text.len();
            // A link of HTML may have begun in another block.
            let start = if block.text.is_char_boundary(start) { start.min(end) } else { end };
            block.references.push(BlockReference { index, at: start..end, is_struck });
        }
    }
}

impl Block {
    /// The sentence around `at`.
    pub fn sentence(&self, at: &Range<usize>) -> Context {
        let (near, at) = self.near(at);
        let sentence = sentence_around(near, at.clone());
        let inner = clipped(at, &sentence);
        let inner = inner.start - sentence.start..inner.end - sentence.start;
        let text = &near[sentence];
        if text.len() <= SENTENCE_BYTES {
            return Context { text: text.to_owned(), at: inner };
        }
        let (text, at) = passage_around(text, inner, SENTENCE_BYTES);
        Context { text, at }
    }

    /// The passage around `at`.
    pub fn passage(&self, at: &Range<usize>) -> Context {
        let (near, inner) = self.near(at);
        let (text, at) = passage_around(near, inner, PASSAGE_BYTES);
        Context { text, at }
    }

    fn near(&self, at: &Range<usize>) -> (&str, Range<usize>) {
        let text = &self.text;
        let start = text.floor_char_boundary(at.start.saturating_sub(REACH_BYTES));
        let end = text.floor_char_boundary(at.end + REACH_BYTES);
        (&text[start..end], at.start - start..at.end - start)
    }
}

/// The beginning of a section, as the passage that a mark on its heading quotes.
pub fn section_passage(text: &str) -> Context {
    Context { text: first_sentences(text, PASSAGE_BYTES), at: 0..0 }
}

/// Whether a section has enough text for its passage.
pub fn is_enough(text: &str) -> bool {
    text.len() > PASSAGE_BYTES + 200
}
