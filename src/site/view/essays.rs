//! The views of essays: their list, one of them.

use serde::Serialize;

use crate::model::When;
use crate::outline::Extra;

use super::{
    ArchivedLine, Backlink, Card, ContentsEntry, IncidentCard, Neighbour, Pagination, Passage, Picture, Quote, Related,
    StripMark, Tag, Why,
};

#[derive(Clone, Debug, Serialize)]
pub struct Essays {
    pub essays: Vec<Card>,
    pub total: usize,
    pub pagination: Pagination,
    /// On the first page.
    pub series: Vec<SeriesLine>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SeriesLine {
    pub name: String,
    /// How many parts there are.
    pub total: usize,
    /// The page that lists all of them, if `essays` does not.
    pub url: Option<String>,
    pub essays: Vec<SeriesEntry>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SeriesEntry {
    pub title: String,
    pub url: String,
    pub part: usize,
    /// The essay that the page shows.
    pub current: bool,
    /// How many parts before this one are not shown.
    pub skipped: usize,
}

/// An author and the page with all their essays.
#[derive(Clone, Debug, Serialize)]
pub struct AuthorLink {
    pub name: String,
    pub url: String,
}

/// A long series, in order.
#[derive(Clone, Debug, Serialize)]
pub struct Series {
    pub name: String,
    pub parts: Vec<SeriesPart>,
    pub total: usize,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, Serialize)]
pub struct SeriesPart {
    pub part: usize,
    #[serde(flatten)]
    pub card: Card,
}

#[derive(Clone, Debug, Serialize)]
pub struct Essay {
    pub essay: EssayDetail,
    /// The incidents it cites, with their facts.
    pub incidents: Vec<IncidentCard>,
    /// Incidents beyond those shown.
    pub more_incidents: usize,
    pub series: Option<SeriesLine>,
    pub backlinks: Vec<Backlink>,
    /// Backlinks beyond those shown.
    pub more_backlinks: usize,
    /// What to read next.
    pub onward: Option<Onward>,
    /// Other essays near this one.
    pub related: Vec<Related>,
    /// What else there is, a block for each tag.
    pub next: Vec<NextBlock>,
    /// Copies of pages that it links to.
    pub archives: Vec<ArchivedLine>,
    pub newer: Option<Neighbour>,
    pub older: Option<Neighbour>,
    pub citation: Citation,
}

#[derive(Clone, Debug, Serialize)]
pub struct EssayDetail {
    #[serde(flatten)]
    pub card: Card,
    pub concepts: Vec<Tag>,
    pub incidents: Vec<Tag>,
    pub updated: Option<When>,
    pub authors: Vec<String>,
    /// Their pages, where there are several authors; else none.
    pub author_links: Vec<AuthorLink>,
    pub words: u32,
    /// The headings of the second and third level.
    pub contents: Vec<ContentsEntry>,
    /// The passages before the first of these that mark patterns.
    pub opening: Vec<StripMark>,
    pub image: Option<String>,
    /// What it shows, in words; empty where the author says none.
    pub image_alt: String,
    /// The same with its size and its smaller copies.
    pub picture: Option<Picture>,
    #[serde(serialize_with = "Extra::plain")]
    pub extra: Extra,
}

/// The one essay to read next, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Onward {
    pub title: String,
    pub url: String,
    pub summary: String,
    /// The series of which it is the next part.
    pub series: Option<String>,
    /// Empty of the part of a series that is not among the nearest.
    pub why: Why,
    /// Evidence in it of what this essay carries too.
    pub passage: Option<Passage>,
}

/// One tag of the essay: what it means, the best passage elsewhere, and the rest.
#[derive(Clone, Debug, Serialize)]
pub struct NextBlock {
    pub tag: Tag,
    pub passage: Option<NextPassage>,
    /// How many essays carry the tag.
    pub essays: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct NextPassage {
    pub essay: String,
    pub url: String,
    pub quote: Quote,
}

#[derive(Clone, Debug, Serialize)]
pub struct Citation {
    pub plain: String,
    pub bibtex: String,
}
