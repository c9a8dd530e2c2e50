//! What an address may show. Knows ids; makes no view.

use serde::Serialize;

use crate::model::{DocId, Pattern, PatternPair, UrlPath};

use super::dataset::Table;

/// What an address shows. Small, so that a map of every address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum PageKind {
    Home,
    /// Page `n` of the list, from 1.
    Essays(usize),
    Essay(DocId),
    /// Page `n` of the series that begins with this essay, from 1.
    Series(DocId, usize),
    /// Page `n` of the author at this place among all, from 1.
    Author(u32, usize),
    Patterns,
    Pattern(Pattern, usize),
    Pair(PatternPair, usize),
    Review,
    /// Page `n` of the list, from 1.
    Concepts(usize),
    Concept(DocId, usize),
    Incidents(usize),
    Incident(DocId),
    /// Page `n` of all readings of an incident, from 1, where its own page does not show them all.
    Readings(DocId, usize),
    /// Two incidents side by side, in the order of their ids.
    SideBySide(DocId, DocId),
    /// The same two in the other order, which leads there.
    Turned(DocId, DocId),
    Page(DocId),
    NotFound,
    SiteFeed,
    SiteJsonFeed,
    PatternFeed(Pattern),
    PairFeed(PatternPair),
    ConceptFeed(DocId),
    IncidentFeed(DocId),
    ReadingsFeed(DocId),
    AuthorFeed(u32),
    EssaysData,
    /// The page about the dataset.
    Dataset,
    Table(Table),
    DataPackage,
    Browse,
    BrowseIndex,
    /// Part `n` of the summaries of essays, from 1.
    EssaySummaries(usize),
    /// Part `n` of those of incidents.
    IncidentSummaries(usize),
    Search,
    Sitemap,
    /// Part `n` of a sitemap that is too long for one file, from 1.
    SitemapPart(usize),
    Robots,
    /// A file that tells a host something.
    Host(HostFile),
    /// An old address of a document.
    Redirect(DocId),
    /// Index into the site's files.
    File(u32),
    /// A smaller copy of the picture that is this file of the site; the width in pixels.
    Copy {
        file: u32,
        width: u32,
    },
    /// Index into the theme's assets.
    Asset(u32),
    /// The card of the page it is beside.
    SocialCard,
}

impl PageKind {
    /// Whether what is shown at `url` is a page, and not a file. A document may be a page that is a file: `/2018/ports.html`.
    pub fn is_page_at(self, url: &UrlPath) -> bool {
        url.as_str().ends_with('/')
            || matches!(self, Self::Essay(_) | Self::Incident(_) | Self::Concept(..) | Self::Page(_))
    }
}

/// The files that hosts look for in the folder they are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum HostFile {
    /// `.nojekyll`: GitHub is to take the files as they are.
    NoJekyll,
    /// `CNAME`: the name of the site's own that GitHub answers to.
    Cname,
    /// `_redirects`: the old addresses, for Netlify and Cloudflare.
    Redirects,
    /// `KEY.txt`: search engines see by it that the site itself tells them of changes.
    IndexNowKey,
    /// `_headers`: what readers may keep, for the same two.
    Headers,
}
