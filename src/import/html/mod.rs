//! HTML of other programs as Markdown: each element that has a form there takes it, the rest stays HTML or is reported. Knows no
//! source and no files.
//!
//! Converters that exist change words: emphasis within a word, superscripts, a number and a bracket at the start of a line, bars in
//! the code of a table. So the tree is read by rules of our own, and what is written is read back (`markdown`).

mod blocks;
mod figures;
mod footnotes;
mod frames;
mod inlines;
mod lists;
mod raw;
mod sink;
mod spaces;
mod tables;
pub mod tree;

use std::collections::BTreeSet;

pub use frames::known_frame;
pub use inlines::is_blank;

use super::markdown::{Block, Inline};
use footnotes::Notes;
use tree::{Element, Node};

/// Something that is not carried as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// Line of the HTML, from 0.
    pub line: usize,
    /// What it has in common with others of its kind.
    pub what: String,
    /// What was done about this one.
    pub why: String,
}

/// A text and the remarks on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    pub blocks: Vec<Block>,
    pub losses: Vec<Loss>,
}

/// The blocks of `html`. Ids for which `is_linked` holds are kept wherever they stand, as those are that its own links lead to.
pub fn read(html: &str, is_linked: &dyn Fn(&str) -> bool) -> Read {
    match tree::parse(html) {
        Some(nodes) => read_tree(nodes, is_linked),
        None => words_alone(html),
    }
}

/// The same of a tree.
pub fn read_tree(mut nodes: Vec<Node>, is_linked: &dyn Fn(&str) -> bool) -> Read {
    let mut own = BTreeSet::new();
    collect_fragments(&nodes, &mut own);
    let notes = Notes::take(&mut nodes);
    let mut reader = Reader { is_linked, own, losses: Vec::new(), notes };
    let mut blocks = reader.blocks(&nodes);
    blocks.extend(reader.note_blocks());
    Read { blocks, losses: reader.losses }
}

/// Only the words, of what is too tangled to be read as a tree: each line a paragraph.
fn words_alone(html: &str) -> Read {
    let mut text = String::new();
    let mut at = 0;
    while at < html.len() {
        let (kind, range) = crate::outline::tokens::next(html, at);
        match kind {
            crate::outline::tokens::Kind::Text => text.push_str(&crate::outline::tokens::plain(&html[range.clone()])),
            _ => text.push(' '),
        }
        at = range.end;
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let loss = Loss {
        line: 0,
        what: "HTML that is nested too deep".to_owned(),
        why: "the words alone were brought".to_owned(),
    };
    Read {
        blocks: lines.map(|line| Block::Paragraph(vec![Inline::Text(line.to_owned())])).collect(),
        losses: vec![loss],
    }
}

/// The places within this text that its own links lead to.
fn collect_fragments(nodes: &[Node], found: &mut BTreeSet<String>) {
    for element in tree::elements(nodes) {
        if let Some(id) = element.attribute("href").and_then(|address| address.strip_prefix('#'))
            && !id.is_empty()
        {
            found.insert(id.to_owned());
        }
        collect_fragments(&element.children, found);
    }
}

struct Reader<'a> {
    is_linked: &'a dyn Fn(&str) -> bool,
    /// Ids that links of this text lead to.
    own: BTreeSet<String>,
    losses: Vec<Loss>,
    notes: Notes,
}

impl Reader<'_> {
    fn add(&mut self, element: &Element, what: impl Into<String>, why: impl Into<String>) {
        self.losses.push(Loss { line: element.line, what: what.into(), why: why.into() });
    }

    /// The id of an element to which something links, as a place of its own.
    fn place(&self, element: &Element) -> Option<Inline> {
        let id = element.attribute("id").or_else(|| element.attribute("name").filter(|_| element.name == "a"))?;
        ((self.own.contains(id) || (self.is_linked)(id)) && !id.contains(['"', '<', '>', '\n']))
            .then(|| Inline::Element { tag: format!("a id=\"{id}\""), words: Vec::new() })
    }
}
