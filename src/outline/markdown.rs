//! The Markdown we read: CommonMark with a fixed set of extensions. The outline and the page's body are made from the same
//! events, so that the nth link of one is the nth link of the other.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser};

/// The extensions that are on. Dollar signs hold mathematics only where the front matter says so, since prices hold them too.
pub fn options(math: bool) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS;
    options.set(Options::ENABLE_MATH, math);
    options
}

/// The events of a body with their places in it.
pub fn events(body: &str, math: bool) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    Parser::new_ext(body, options(math)).into_offset_iter()
}

/// A footnote's label as labels are compared: capitals don't matter.
pub fn folded_label(label: &str) -> String {
    label.to_lowercase()
}
