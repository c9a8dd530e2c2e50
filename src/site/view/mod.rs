//! The views: everything a page depends on, as values. What a template is given is exactly what stands here. Knows no
//! template and no HTML.

mod body;
mod data;
mod essays;
mod incidents;
mod patterns;
mod pictures;
mod shared;
mod side_by_side;
mod social;
mod tag;
mod timeline;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::load::Content;
use crate::model::{Hash, SourceKind, SourcePath};
use crate::outline::Extra;
use crate::picture::{Format, Size};

use super::dataset::EssaysData;
use super::dataset::{DataPackage, Dataset, Rows};

pub use body::{BodyLink, BodySpec, Quotation, QuotedPart};
pub use data::{BrowseIndex, FeedEntry, FeedView, SitemapEntry};
pub use essays::{
    AuthorLink, Citation, Essay, EssayDetail, Essays, NextBlock, NextPassage, Onward, Series, SeriesEntry, SeriesLine,
    SeriesPart,
};
pub use incidents::{
    IncidentPage, IncidentYear, Incidents, OrganisationLine, ReadingGroup, Readings, RelationLine, SourceLine,
    StatementLine,
};
pub use patterns::{
    Browse, ConceptLine, ConceptPage, Concepts, Home, IncidentCell, IncidentMatrix, IncidentRow, LookAlikeLine, Matrix,
    MatrixCell, MatrixRow, Pair, PairLine, PairNames, PatternPage, PatternTile, Patterns, Review, ReviewBlock,
};
pub use pictures::{Picture, PictureSource};
pub use shared::{
    ArchivedCopy, ArchivedLine, Backlink, Band, Card, ContentsEntry, EssayLine, Evidence, FeedLink, IncidentCard,
    Neighbour, Pagination, Passage, PassageGroup, PassageSection, Quote, Related, StripMark, Why, YearCount,
};
pub use side_by_side::{
    Clock, ClockDrawing, ClockFacts, ClockLine, OneReading, ScaleMark, SharedReading, Side, SideBySide,
};
pub use social::SocialCard;
pub use tag::{Tag, TagFields};
pub use timeline::{
    AxisTick, EventReading, Lane, LaneMark, Phase, TimePart, TimelineDrawing, TimelineLine, TimelinePlace,
};

/// What an address answers with.
#[derive(Clone, Debug)]
pub enum View {
    Html(Box<HtmlView>),
    /// Atom.
    Feed(Box<FeedView>),
    JsonFeed(Box<FeedView>),
    Sitemap(Vec<SitemapEntry>),
    /// A list of sitemaps, where one would be too long.
    SitemapIndex(Vec<SitemapEntry>),
    Robots {
        sitemap: Option<String>,
    },
    /// A file of a few words for a host: `.nojekyll`, `CNAME`.
    Plain(String),
    /// `_redirects`: from where, and to where.
    HostRedirects(Vec<(String, String)>),
    /// `_headers`.
    HostHeaders(Vec<HeaderRule>),
    Redirect {
        to: String,
        canonical: String,
        language: String,
        title: String,
        /// With [`MOVED_LINK`](crate::site::MOVED_LINK) in the place of the link.
        sentence: String,
    },
    /// `/data/essays.json`.
    Data(EssaysData),
    /// `/data/browse.json`.
    BrowseIndex(Box<BrowseIndex>),
    /// What some of the items of `/data/browse.json` say in a sentence, in its order.
    Summaries(Vec<String>),
    /// A table of the dataset.
    Table(Rows),
    /// `/data/datapackage.json`.
    DataPackage(DataPackage),
    /// A file of the site, copied.
    File {
        content: Content,
        hash: Hash,
    },
    /// A drawing of the site, made safe.
    Drawing {
        path: SourcePath,
        content: Content,
        /// Of the file as it came.
        hash: Hash,
    },
    /// A photograph of the site without its notes.
    Stripped {
        path: SourcePath,
        content: Content,
        /// Of the file as it came.
        hash: Hash,
        format: Format,
    },
    /// A smaller copy of a picture of the site.
    Copy {
        path: SourcePath,
        content: Content,
        /// Of the file as it came.
        hash: Hash,
        format: Format,
        /// In pixels.
        width: u32,
    },
    /// What stands for a page where somebody shares it.
    SocialCard(Box<SocialCard>),
    /// A file of the theme.
    Asset {
        bytes: Arc<Vec<u8>>,
        hash: Hash,
    },
}

/// Which paths, and the headers that they are sent with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeaderRule {
    pub path: String,
    pub headers: Vec<(&'static str, String)>,
}

/// A page made by a template: that of its `data`.
#[derive(Clone, Debug)]
pub struct HtmlView {
    pub site: Arc<Chrome>,
    pub page: Meta,
    pub data: Data,
    /// The prose, for pages that have some.
    pub body: Option<BodySpec>,
    /// Texts of `data` that have code or emphasis, by their words: the HTML that templates get in their place.
    pub marked: Vec<(String, String)>,
}

/// What every page shows of the site. `site` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    pub title: String,
    pub description: Option<String>,
    pub author: Option<String>,
    /// A language tag.
    pub language: String,
    /// How it is written: `ltr` or `rtl`.
    pub dir: &'static str,
    /// The path before every link: empty, or `/essays`.
    pub base: String,
    /// The front page's link.
    pub home: String,
    pub menu: Vec<MenuItem>,
    pub logo: Option<String>,
    /// In pixels; none where the file does not say.
    pub logo_size: Option<Size>,
    /// Link of the icon that browsers show beside the title; none in a theme without `favicon.svg` on a site without its own.
    pub icon: Option<String>,
    /// Links of the author's own style sheets.
    pub extra_css: Vec<String>,
    /// Link of the style sheet of the site's own colours; none if it sets none.
    pub colours_css: Option<String>,
    /// Link of each of the theme's assets, by its name: `site.assets["style.css"]`.
    pub assets: BTreeMap<String, String>,
    /// Where search is; none if it is turned off.
    pub search: Option<SearchLinks>,
    /// Links of the site's feeds; none without essays.
    pub feed: Option<String>,
    pub json_feed: Option<String>,
    /// The Content-Security-Policy of every page.
    pub policy: String,
    /// Search engines are asked to leave the site out.
    pub noindex: bool,
    pub generator: &'static str,
}

/// Where search is.
#[derive(Clone, Debug, Serialize)]
pub struct SearchLinks {
    /// The link of its page.
    pub page: String,
    /// The script that reads the index, to be loaded with the first search.
    pub script: String,
}

/// One entry of the menu.
#[derive(Clone, Debug, Serialize)]
pub struct MenuItem {
    pub title: String,
    pub url: String,
    /// The section it stands for, to be compared with `page.section`: `essays`, `patterns`; none for the author's links.
    pub section: Option<String>,
    pub external: bool,
}

/// What every page says of itself. `page` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct Meta {
    /// `home`, `essays`, `essay`, `series`, `author`, `patterns`, `pattern`, `pair`, `review`, `concepts`, `concept`, `incidents`, `incident`, `readings`, `side-by-side`, `page`, `browse`, `search`, `data`, `404`.
    pub kind: &'static str,
    pub title: String,
    pub description: Option<String>,
    /// The link to this page.
    pub url: String,
    /// The whole address.
    pub canonical: String,
    pub section: Option<String>,
    /// This page's own feed.
    pub feed: Option<FeedLink>,
    /// What is shown where somebody shares the page.
    pub image: Option<PageImage>,
    /// Of an essay.
    pub article: Option<ArticleMeta>,
    /// JSON-LD in the words of schema.org, ready to stand in a `<script>`.
    pub linked_data: Option<String>,
}

/// A picture for those who show the page elsewhere.
#[derive(Clone, Debug, Serialize)]
pub struct PageImage {
    /// The whole address.
    pub url: String,
    /// In pixels.
    pub width: u32,
    pub height: u32,
    pub alt: String,
}

/// What Open Graph says of an article.
#[derive(Clone, Debug, Serialize)]
pub struct ArticleMeta {
    /// A day or an instant, as machines read it.
    pub published: Option<String>,
    pub modified: Option<String>,
    pub authors: Vec<String>,
    /// Names of its patterns, concepts and incidents.
    pub tags: Vec<String>,
}

/// What a template gets besides `site`, `page` and `body`. Its fields stand at the top: `essay.title`, `passages`.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Data {
    Home(Home),
    Essays(Essays),
    /// The essays of an author, as the list of all shows them.
    Author(Essays),
    Essay(Box<Essay>),
    Series(Series),
    Patterns(Patterns),
    Pattern(Box<PatternPage>),
    Pair(Pair),
    Review(Review),
    Concepts(Concepts),
    Concept(Box<ConceptPage>),
    Incidents(Incidents),
    Incident(Box<IncidentPage>),
    Readings(Readings),
    SideBySide(Box<SideBySide>),
    Page(Page),
    Browse(Browse),
    Dataset(Dataset),
    Search(Search),
    NotFound(NotFound),
}

impl Data {
    /// The name of this kind of page: its template is `essay.html`, and its `page.kind` is `essay`.
    pub const fn template(&self) -> &'static str {
        match self {
            Self::Home(_) => "home.html",
            Self::Essays(_) | Self::Author(_) => "essays.html",
            Self::Essay(_) => "essay.html",
            Self::Series(_) => "series.html",
            Self::Patterns(_) => "patterns.html",
            Self::Pattern(_) => "pattern.html",
            Self::Pair(_) => "pair.html",
            Self::Review(_) => "review.html",
            Self::Concepts(_) => "concepts.html",
            Self::Concept(_) => "concept.html",
            Self::Incidents(_) => "incidents.html",
            Self::Incident(_) => "incident.html",
            Self::Readings(_) => "readings.html",
            Self::SideBySide(_) => "side-by-side.html",
            Self::Page(_) => "page.html",
            Self::Browse(_) => "browse.html",
            Self::Dataset(_) => "data.html",
            Self::Search(_) => "search.html",
            Self::NotFound(_) => "404.html",
        }
    }

    pub fn kind(&self) -> &'static str {
        match self {
            Self::Author(_) => "author",
            _ => self.template().trim_end_matches(".html"),
        }
    }

    /// The menu entry that it stands under; a page of prose has one of its own.
    pub const fn section(&self) -> Option<&'static str> {
        match self {
            Self::Essays(_) | Self::Author(_) | Self::Essay(_) | Self::Series(_) => Some(SourceKind::Essay.folder()),
            Self::Patterns(_) | Self::Pattern(_) | Self::Pair(_) | Self::Review(_) => {
                Some(SourceKind::Pattern.folder())
            }
            Self::Concepts(_) | Self::Concept(_) => Some(SourceKind::Concept.folder()),
            Self::Incidents(_) | Self::Incident(_) | Self::Readings(_) | Self::SideBySide(_) => {
                Some(SourceKind::Incident.folder())
            }
            Self::Browse(_) => Some("browse"),
            Self::Search(_) => Some("search"),
            Self::Home(_) | Self::Page(_) | Self::Dataset(_) | Self::NotFound(_) => None,
        }
    }
}

#[derive(Clone, Debug, Serialize)]
pub struct Page {
    pub title: String,
    pub contents: Vec<ContentsEntry>,
    pub backlinks: Vec<Backlink>,
    pub more_backlinks: usize,
    /// Pages below this one in the address, for a manual's contents.
    pub children: Vec<Tag>,
    pub parent: Option<Tag>,
    #[serde(serialize_with = "Extra::plain")]
    pub extra: Extra,
}

/// The search page.
#[derive(Clone, Debug, Serialize)]
pub struct Search {
    /// The site's own menu entries: where readers without script may go.
    pub ways: Vec<MenuItem>,
}

#[derive(Clone, Debug, Serialize)]
pub struct NotFound {
    pub patterns: Vec<PatternTile>,
}
