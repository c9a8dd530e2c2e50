//! The views that are no pages: feeds, the sitemap, data.

use serde::Serialize;

use crate::model::EssayKind;
use crate::outline::MarkKind;

use super::super::body::BodySpec;

/// An Atom or JSON feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    pub title: String,
    pub subtitle: Option<String>,
    /// Whole addresses.
    pub feed_url: String,
    pub home_url: String,
    pub language: String,
    pub author: Option<String>,
    /// RFC 3339: of the newest entry.
    pub updated: String,
    pub entries: Vec<FeedEntry>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    pub title: String,
    pub url: String,
    pub published: String,
    pub updated: String,
    pub authors: Vec<String>,
    pub summary: String,
    pub tags: Vec<String>,
    /// The full text, in the site's own feed.
    pub body: Option<BodySpec>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SitemapEntry {
    /// The whole address.
    pub url: String,
    /// A date, where one is known.
    pub modified: Option<String>,
}

/// `/data/browse.json`: tags of every essay in columns, each column in the order of the essays, newest first. Numbers in
/// `concept` and `incident` are places in the lists of names; bit n of `pattern` is the nth pattern.
#[derive(Clone, Debug, Serialize)]
pub struct BrowseIndex {
    pub version: u32,
    /// What an essay's id stands after in its link.
    pub essays: String,
    /// Id and name.
    pub patterns: Vec<(String, String)>,
    pub concepts: Vec<(String, String)>,
    /// Id, title, and places in `organisations`.
    pub incidents: Vec<(String, String, Vec<usize>)>,
    pub organisations: Vec<String>,
    pub kinds: Vec<&'static str>,
    pub title: Vec<String>,
    /// The last part of the address.
    pub slug: Vec<String>,
    /// As `20260511`; 0 if there is none.
    pub date: Vec<u32>,
    pub kind: Vec<usize>,
    pub pattern: Vec<u16>,
    pub concept: Vec<Vec<usize>>,
    pub incident: Vec<Vec<usize>>,
}

/// `/data/essays.json`. The shape is versioned: fields are only added while `version` stays.
#[derive(Clone, Debug, Serialize)]
pub struct EssaysData {
    pub version: u32,
    pub site: String,
    pub url: String,
    pub essays: Vec<EssayData>,
}

#[derive(Clone, Debug, Serialize)]
pub struct EssayData {
    pub id: String,
    pub title: String,
    pub url: String,
    pub date: Option<String>,
    pub kind: EssayKind,
    pub summary: String,
    pub words: u32,
    pub patterns: Vec<String>,
    pub concepts: Vec<String>,
    pub incidents: Vec<String>,
    /// Essays it links to, by id.
    pub links: Vec<String>,
    pub passages: Vec<PassageData>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PassageData {
    /// `pattern:lag`, `concept:florescence`.
    pub tag: String,
    pub url: String,
    pub kind: MarkKind,
    pub heading: Option<String>,
    pub text: String,
    pub words: String,
}
