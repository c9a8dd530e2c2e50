//! What of a text is prose: its paragraphs, items, cells and headings as plain text, and where each word stands in the file.
//! Code, pictures, formulas of several lines and raw HTML are none. Knows no cue.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use crate::model::{Span, sentences};
use crate::outline::{Adds, Markdown, of_event, of_tag};

/// A piece of prose that ends at a line's end.
#[derive(Debug, Default)]
pub struct Block {
    pub text: String,
    pub is_heading: bool,
    pieces: Vec<Piece>,
    /// Bytes of `text` where an emphasis or a link begins or ends.
    seams: Vec<usize>,
}

/// A run of the text that one event brought.
#[derive(Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
    /// Each byte of it stands in the file as it is.
    is_verbatim: bool,
    in_link: bool,
}

/// The most bytes of a sentence: a longer one is none, and is cut at a space.
const SENTENCE_BYTES: usize = 2_000;

impl Block {
    /// A text that stands in no body: a title.
    pub fn of_text(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }

    /// Its sentences, as bytes of its text.
    pub fn sentences(&self) -> impl Iterator<Item = Range<usize>> {
        sentences(&self.text).flat_map(|sentence| cut(&self.text, sentence))
    }

    /// Where the bytes `at` of the text stand in the file; none for a text that stands in no body.
    pub fn source(&self, at: &Range<usize>) -> Option<Span> {
        let (first, last) = (self.piece(at.start)?, self.piece(at.end.checked_sub(1)?)?);
        let from = if first.is_verbatim { first.source.start + (at.start - first.at) } else { first.source.start };
        let to = if last.is_verbatim { last.source.start + (at.end - last.at) } else { last.source.end };
        Some(Span::new(from, to))
    }

    /// The same where a link can be put around them: they stand in no other, and no emphasis begins or ends inside them.
    pub fn linkable(&self, at: &Range<usize>) -> Option<Span> {
        let is_cut = self.seams.iter().any(|seam| at.start < *seam && *seam < at.end);
        let (first, last) = (self.index(at.start)?, self.index(at.end.checked_sub(1)?)?);
        let is_free = !self.is_heading && !is_cut && self.pieces[first..=last].iter().all(|piece| !piece.in_link);
        if is_free { self.source(at) } else { None }
    }

    fn piece(&self, at: usize) -> Option<&Piece> {
        self.pieces.get(self.index(at)?)
    }

    fn index(&self, at: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)
    }
}

/// The range in pieces of at most [`SENTENCE_BYTES`], cut at spaces where there are any.
fn cut(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut rest = range;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let limit = text.floor_char_boundary(rest.end.min(rest.start + SENTENCE_BYTES));
        let space = text[rest.start..limit].rfind(' ').map(|space| rest.start + space + 1);
        let end = if limit == rest.end { limit } else { space.unwrap_or(limit) };
        let piece = rest.start..end;
        rest.start = end;
        Some(piece)
    })
}

/// The prose of the body that begins at byte `from` of `text`, in its order.
pub fn blocks(text: &str, from: usize, math: bool) -> Vec<Block> {
    let body = &text[from..];
    let mut prose = Prose { body, from, blocks: Vec::new(), open: Block::default(), links: 0, left_out: 0 };
    for (event, range) in Markdown::new(body, math).events() {
        prose.take(&event, range);
    }
    prose.end_block();
    prose.blocks
}

struct Prose<'b> {
    body: &'b str,
    from: usize,
    blocks: Vec<Block>,
    open: Block,
    /// Links that are open.
    links: usize,
    /// Elements that are open whose content is not read.
    left_out: usize,
}

impl Prose<'_> {
    fn take(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(*tag),
            _ if self.left_out > 0 => {}
            Event::Html(_) | Event::Rule => self.end_block(),
            Event::InlineHtml(tag) => {
                match tag.get(..3).map(str::to_ascii_lowercase).as_deref() {
                    Some("<a " | "<a>") => self.links += 1,
                    Some("</a") => self.links = self.links.saturating_sub(1),
                    _ => {}
                }
                self.add(" ", range, false);
            }
            Event::DisplayMath(_) => self.add(" ", range, false),
            event => {
                if let Some(text) = of_event(event) {
                    let is_verbatim = matches!(event, Event::Text(_)) && self.body.get(range.clone()) == Some(&*text);
                    self.add(&text, range, is_verbatim);
                }
            }
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match of_tag(tag) {
            Adds::Nothing | Adds::Code | Adds::Description => {
                if matches!(tag, Tag::CodeBlock(_)) {
                    self.end_block();
                }
                self.left_out += 1;
            }
            Adds::Block | Adds::Space => {
                self.end_block();
                self.open.is_heading = matches!(tag, Tag::Heading { .. });
            }
            Adds::Content | Adds::Quoted | Adds::Raised => self.open.seams.push(self.open.text.len()),
        }
        if matches!(tag, Tag::Link { .. }) {
            self.links += 1;
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Strikethrough | TagEnd::Image | TagEnd::CodeBlock => {
                self.left_out = self.left_out.saturating_sub(1)
            }
            TagEnd::Link => {
                self.links = self.links.saturating_sub(1);
                self.open.seams.push(self.open.text.len());
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Superscript | TagEnd::Subscript => {
                self.open.seams.push(self.open.text.len());
            }
            _ => self.end_block(),
        }
    }

    fn add(&mut self, text: &str, range: Range<usize>, is_verbatim: bool) {
        let source = range.start + self.from..range.end + self.from;
        let at = self.open.text.len();
        self.open.pieces.push(Piece { at, source, is_verbatim, in_link: self.links > 0 });
        self.open.text.push_str(text);
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.open);
        if !block.text.trim().is_empty() {
            self.blocks.push(block);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{SENTENCE_BYTES, blocks};

    #[test]
    fn prose_is_what_is_read_as_sentences() {
        let text = "# Queues & *all*\n\nOne ~~not~~ `two`\nthree ![four](x.png) five.\n\n- item\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| c | d |\n\n<div>six</div>\n";
        let found: Vec<String> = blocks(text, 0, false).into_iter().map(|block| block.text).collect();
        assert_eq!(found, ["Queues & all", "One  two three  five.", "item", "a", "b", "c", "d"]);
    }

    #[test]
    fn a_sentence_without_end_is_cut() {
        let text = "word ".repeat(SENTENCE_BYTES / 5 + 1);
        let cuts: Vec<usize> = blocks(&text, 0, false)[0].sentences().map(|sentence| sentence.len()).collect();
        assert_eq!(cuts, [SENTENCE_BYTES, 4]);
        let whole = "\u{e9}".repeat(SENTENCE_BYTES);
        assert_eq!(blocks(&whole, 0, false)[0].sentences().map(|sentence| sentence.len()).sum::<usize>(), whole.len());
    }

    /// The words of `text` that a link could be put around, where they are `wanted`.
    fn linkable(text: &str, wanted: &str) -> Option<String> {
        let block = blocks(text, 0, false).into_iter().find(|block| block.text.contains(wanted)).expect("the words");
        let start = block.text.find(wanted).expect("the words");
        let span = block.linkable(&(start..start + wanted.len()))?;
        Some(text[span.range()].to_owned())
    }

    #[test]
    fn a_link_goes_around_words_that_stand_together() {
        assert_eq!(linkable("> The *queue\n> grew* long", "queue grew").as_deref(), Some("queue\n> grew"));
        assert_eq!(linkable("it hit `TIME_WAIT` then", "hit TIME_WAIT").as_deref(), Some("hit `TIME_WAIT`"));
        assert_eq!(linkable("the *queue* grew", "queue grew"), None);
        assert_eq!(linkable("the [queue](a.md) grew", "queue"), None);
        assert_eq!(linkable("## The queue", "queue"), None);
        assert_eq!(linkable("it didn\u{2019}t ... \"grow\"", "didn\u{2019}t"), Some("didn\u{2019}t".to_owned()));
    }
}
