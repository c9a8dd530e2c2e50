//! The views that are no pages: feeds, the sitemap, data.

use std::collections::BTreeMap;

use serde::Serialize;

use super::BodySpec;

/// An Atom or JSON feed.
#[derive(Clone, Debug, Serialize)]
pub struct FeedView {
    pub title: String,
    pub subtitle: Option<String>,
    /// With its code and emphasis, as HTML; none of one that has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle_html: Option<String>,
    /// Stays the same when the site moves.
    pub id: String,
    /// Whole addresses.
    pub feed_url: String,
    pub home_url: String,
    /// Where a reader of feeds can have itself told of new entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hub_url: Option<String>,
    pub language: String,
    pub author: Option<String>,
    /// RFC 3339: of the newest entry.
    pub updated: String,
    pub entries: Vec<FeedEntry>,
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedEntry {
    /// Stays the same when the site moves, or the essay to another address.
    pub id: String,
    pub title: String,
    /// With its code and emphasis, as HTML; none of a title that has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title_html: Option<String>,
    pub url: String,
    pub published: String,
    pub updated: String,
    pub authors: Vec<String>,
    /// The passage that is evidence of what the feed is about, in quotation marks: it stands before the summary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quoted: Option<String>,
    pub summary: String,
    /// As of the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary_html: Option<String>,
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
    /// What an incident's id stands after in its link.
    pub incident_pages: String,
    /// What the name of a part of the summaries stands after in its link: `essays-1.json`, `incidents-1.json`, from 1.
    pub summaries: String,
    /// How many summaries a part has.
    pub summaries_each: usize,
    /// The links of incidents that are elsewhere, by their places in the list.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub incident_links: BTreeMap<usize, String>,
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
    /// For each essay, the incidents in which it sees patterns, and which: bit n is the nth pattern.
    pub reading: Vec<Vec<(usize, u16)>>,
    /// In the order of `incidents`: the first day as `20260511`, with zeros for a month or day that is not known; 0 if nothing is.
    pub incident_date: Vec<u32>,
    /// The patterns that its record or an essay sees in it.
    pub incident_pattern: Vec<u16>,
    /// Those of which an essay says that they are not there.
    pub incident_refused: Vec<u16>,
    /// The concepts that its record or an essay sees in it.
    pub incident_concept: Vec<Vec<usize>>,
}
