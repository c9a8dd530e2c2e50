//! Raw HTML in parts: what of it the outline reads and rendering writes. Knows what a part is, not what becomes of it.

use std::ops::Range;

use pulldown_cmark::Event;

/// An event of a body whose raw HTML was made safe.
#[derive(Clone, Debug)]
pub enum Item<'e> {
    Markdown(Event<'e>),
    /// A piece of HTML, a block of its own or inside a line.
    Html {
        parts: Vec<Part>,
        is_inline: bool,
    },
}

/// One part of a piece of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// As it is written into the page: `<` is escaped, character references stay.
    Text(String),
    Start(StartTag),
    /// Of an element by this name.
    End(String),
    /// What stays where HTML is trusted, and says nothing to the outline.
    Verbatim(String),
}

/// The tag of an element that stays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartTag {
    /// In lower case.
    pub name: String,
    /// Those that stay, without character references.
    pub attributes: Vec<(String, String)>,
    /// The element has no end tag.
    pub is_whole: bool,
    /// Inside a `<picture>`, which chooses for itself.
    pub is_in_picture: bool,
    /// Which bytes of the body it is.
    pub span: Range<usize>,
    /// How it is written where HTML is trusted.
    pub written: Option<Written>,
}

/// A tag as its author wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub text: String,
    pub attributes: Vec<(String, String)>,
}

impl StartTag {
    /// The value of an attribute that stays.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}
