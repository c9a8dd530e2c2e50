//! A body as a page depends on it: the hash of its source and its resolved links, rather than its HTML.

use std::sync::Arc;

use serde::Serialize;

use crate::model::{Hash, QuoteMarks, SourcePath};

use super::Picture;

/// What rendering needs besides the source text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodySpec {
    pub source: SourcePath,
    /// Of the source's whole text.
    pub hash: Hash,
    /// What stands before the `#` of a link inside the text: nothing on the page itself, its whole address in a feed.
    pub page: String,
    pub math: bool,
    /// The quotation marks of the site's language; none for the English ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotes: Option<Arc<QuoteMarks>>,
    /// The body is more than is rendered.
    pub too_deep: bool,
    /// The body passes the sanitiser.
    pub sanitise: bool,
    /// One for each reference, in order.
    pub links: Vec<BodyLink>,
    /// One for each heading, in order.
    pub headings: Vec<String>,
}

/// What a reference becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodyLink {
    /// The link or the picture's address; none where the words alone are shown.
    pub url: Option<String>,
    /// What it leads to: `pattern`, `concept`, `incident`, `essay`, `page`, `file`, `outside`, `here`.
    pub kind: &'static str,
    /// The passage it marks.
    pub anchor: Option<String>,
    /// What is shown in the place of its own words: the title, for a bare wikilink.
    pub words: Option<String>,
    /// That it leads to a copy, since the page is gone, and of which day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// What is wrong with it, shown to its author while writing; never set in a built site.
    pub fault: Option<String>,
    /// What a picture of the site is shown with; none in feeds, whose readers choose for themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Box<Picture>>,
    /// What is quoted in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quotation: Option<Box<Quotation>>,
}

/// Part of a body, quoted in another. What it quotes itself is a link in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quotation {
    /// The whole body, with addresses that hold on other pages too.
    pub body: BodySpec,
    pub part: QuotedPart,
}

/// Which part of a body is quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum QuotedPart {
    Whole,
    /// What stands below a heading, by its place among all.
    Section(usize),
    /// The block with this name.
    Named(String),
    /// The block around this byte of the source.
    Around(usize),
}
