//! A text in the elements that Markdown has, and how it is written: what is read back, by the options of this program, has the
//! same words in the same elements. Knows no HTML and no source.

mod blocks;
mod escape;
mod inlines;
mod lists;
mod read_back;

pub use read_back::{shape, shape_of};

/// What stands one below the other.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Paragraph(Vec<Inline>),
    Heading {
        level: u8,
        id: Option<String>,
        words: Vec<Inline>,
    },
    /// What is left of an attribution is a last paragraph that begins with a dash.
    Quote(Vec<Block>),
    List {
        /// Of a numbered one.
        start: Option<u64>,
        items: Vec<Item>,
    },
    Code {
        language: String,
        text: String,
    },
    Table(Table),
    Definitions(Vec<Definition>),
    Footnote {
        label: String,
        blocks: Vec<Block>,
    },
    Rule,
    /// As it is, without an empty line in it.
    Html(String),
}

/// One of a list. A list is tight where no paragraph of its items is marked as one: see `Item::is_loose`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Of a list of tasks.
    pub done: Option<bool>,
    pub blocks: Vec<Block>,
    /// Its words are a paragraph rather than bare.
    pub is_loose: bool,
}

/// A table whose cells hold nothing but words. All rows are as long as the columns are many.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub columns: Vec<Side>,
    /// Empty cells where it has no header.
    pub head: Vec<Vec<Inline>>,
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// The side to which the words of a column are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    #[default]
    Unset,
    Left,
    Centre,
    Right,
}

/// Terms and what they mean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definition {
    pub term: Vec<Inline>,
    pub details: Vec<Vec<Block>>,
}

/// What stands within a line.
#[derive(Clone, Debug, PartialEq)]
pub enum Inline {
    Text(String),
    Code(String),
    Emphasis(Vec<Inline>),
    Strong(Vec<Inline>),
    Struck(Vec<Inline>),
    Link {
        address: String,
        title: String,
        words: Vec<Inline>,
    },
    Image {
        address: String,
        alt: String,
        title: String,
    },
    /// An element that has no sign in Markdown, around words that have.
    Element {
        /// Without its angle brackets: `sup`, `abbr title="..."`.
        tag: String,
        words: Vec<Inline>,
    },
    /// An element without an end.
    Void(String),
    FootnoteMark(String),
    Break,
}

/// The text of a file, ended by a line break unless it is empty.
pub fn write(blocks: &[Block]) -> String {
    let mut text = blocks::joined(blocks);
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// The words alone, in one line.
pub fn plain(words: &[Inline]) -> String {
    let mut text = String::new();
    push_plain(words, &mut text);
    text.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn push_plain(words: &[Inline], text: &mut String) {
    for inline in words {
        match inline {
            Inline::Text(words) | Inline::Code(words) | Inline::Image { alt: words, .. } => text.push_str(words),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Link { words: inner, .. }
            | Inline::Element { words: inner, .. } => push_plain(inner, text),
            Inline::Break | Inline::Void(_) => text.push(' '),
            Inline::FootnoteMark(_) => {}
        }
    }
}
