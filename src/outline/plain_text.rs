//! What each element of a text adds to its plain text: to summaries, passages, sentences around links, ids, contents and search.
//! Knows elements by name; holds no text.

use std::borrow::Cow;

use pulldown_cmark::{Event, Tag};

use crate::math;

/// What an element adds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adds {
    /// What it holds.
    Content,
    /// Nothing: what it holds is struck out, not shown, or repeated.
    Nothing,
    /// What it holds, set off by spaces.
    Block,
    /// A space.
    Space,
    /// What it holds, between quotation marks.
    Quoted,
    /// What it holds, in raised digits if it is a number.
    Raised,
    /// A description of what it shows.
    Description,
    /// Nothing, as code of several lines.
    Code,
}

/// Elements of HTML whose text is not read: struck out, not shown, or a reading of what stands beside it.
pub const LEFT_OUT: [&str; 11] =
    ["del", "s", "strike", "script", "style", "rt", "rp", "rtc", "audio", "video", "annotation"];

/// What an element of HTML adds.
pub fn of_element(name: &str) -> Adds {
    match name {
        name if LEFT_OUT.contains(&name) => Adds::Nothing,
        "br" | "hr" | "td" | "th" => Adds::Space,
        "q" => Adds::Quoted,
        "sup" => Adds::Raised,
        "img" => Adds::Description,
        "pre" => Adds::Code,
        "address" | "article" | "aside" | "blockquote" | "caption" | "center" | "dd" | "details" | "div" | "dl"
        | "dt" | "figcaption" | "figure" | "footer" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup"
        | "li" | "main" | "menu" | "nav" | "ol" | "p" | "section" | "summary" | "table" | "tbody" | "tfoot"
        | "thead" | "tr" | "ul" => Adds::Block,
        _ => Adds::Content,
    }
}

/// What an element of Markdown adds.
pub fn of_tag(tag: &Tag<'_>) -> Adds {
    match tag {
        Tag::Strikethrough => of_element("del"),
        Tag::Superscript => of_element("sup"),
        Tag::Image { .. } => Adds::Description,
        Tag::CodeBlock(_) => Adds::Code,
        Tag::TableCell => Adds::Space,
        Tag::Emphasis | Tag::Strong | Tag::Subscript | Tag::Link { .. } => Adds::Content,
        _ => Adds::Block,
    }
}

/// The text that an event adds which holds no others: none if it adds nothing, which leaves no gap either.
pub fn of_event<'e>(event: &'e Event<'_>) -> Option<Cow<'e, str>> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(Cow::Borrowed(text)),
        Event::InlineMath(latex) | Event::DisplayMath(latex) => Some(math::plain_text(latex).into()),
        Event::SoftBreak | Event::HardBreak => Some(Cow::Borrowed(" ")),
        _ => None,
    }
}
