//! The views: everything a page depends on, as values. What a template is given is exactly what stands here. Knows no
//! template and no HTML.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use crate::load::Content;
use crate::model::{EssayKind, Hash, RelationKind, SourceDuration, When};
use crate::outline::{MarkKind, SourceEntry, Times};

use super::body::BodySpec;

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
        sitemap: String,
    },
    Redirect {
        to: String,
        canonical: String,
        language: String,
    },
    /// `/data/essays.json`.
    Data(EssaysData),
    /// `/data/browse.json`.
    BrowseIndex(BrowseIndex),
    /// A file of the site, copied.
    File {
        content: Content,
        hash: Hash,
    },
    /// A file of the theme.
    Asset {
        bytes: Arc<Vec<u8>>,
        hash: Hash,
    },
}

/// A page made by a template.
#[derive(Clone, Debug)]
pub struct HtmlView {
    /// The template's name: `essay.html`.
    pub template: &'static str,
    pub site: Arc<Chrome>,
    pub page: Meta,
    pub data: Data,
    /// The prose, for pages that have some.
    pub body: Option<BodySpec>,
}

/// What every page shows of the site. `site` in templates.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    pub title: String,
    pub description: Option<String>,
    pub author: Option<String>,
    /// A language tag.
    pub language: String,
    /// The path before every link: empty, or `/essays`.
    pub base: String,
    /// The front page's link.
    pub home: String,
    pub menu: Vec<MenuItem>,
    pub logo: Option<String>,
    /// Links of the author's own style sheets.
    pub extra_css: Vec<String>,
    /// CSS that sets the site's colours; empty if there are none.
    pub colours_css: String,
    /// Link of each of the theme's assets, by its name: `site.assets["style.css"]`.
    pub assets: BTreeMap<String, String>,
    /// Links of the site's feeds; none without essays.
    pub feed: Option<String>,
    pub json_feed: Option<String>,
    pub generator: &'static str,
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
    /// `home`, `essays`, `essay`, `patterns`, `pattern`, `pair`, `review`, `concepts`, `concept`, `incidents`, `incident`, `page`, `404`.
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
}

#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    pub title: String,
    pub url: String,
}

/// What a template gets besides `site`, `page` and `body`. Its fields stand at the top: `essay.title`, `passages`.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Data {
    Home(Home),
    Essays(Essays),
    Essay(Box<Essay>),
    Patterns(Patterns),
    Pattern(Box<PatternPage>),
    Pair(Pair),
    Review(Review),
    Concepts(Concepts),
    Concept(Box<ConceptPage>),
    Incidents(Incidents),
    Incident(Box<IncidentPage>),
    Page(Page),
    Browse(Browse),
    NotFound(NotFound),
}

/// A pattern, concept, incident or page by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tag {
    /// `pattern`, `concept`, `incident`, `page`.
    pub kind: &'static str,
    pub id: String,
    pub name: String,
    pub url: String,
    /// One sentence, where there is one.
    pub definition: String,
}

/// An essay in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Card {
    pub title: String,
    pub url: String,
    pub date: Option<When>,
    pub kind: EssayKind,
    pub summary: String,
    /// Reading time, at 230 words a minute.
    pub minutes: u32,
    pub draft: bool,
    pub patterns: Vec<Tag>,
    pub concepts: Vec<Tag>,
    pub incidents: Vec<Tag>,
}

/// An incident in a list.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentCard {
    pub id: String,
    pub title: String,
    pub url: String,
    pub organisations: Vec<String>,
    pub date: Option<When>,
    pub lasted: Option<SourceDuration>,
    pub impact: String,
    pub patterns: Vec<Tag>,
    /// How many essays cite it.
    pub essays: usize,
}

/// Text with some words set off; `words` may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Quote {
    pub before: String,
    pub words: String,
    pub after: String,
}

/// A passage on another page.
#[derive(Clone, Debug, Serialize)]
pub struct Passage {
    /// Where it stands: the essay's link with the anchor.
    pub url: String,
    pub kind: MarkKind,
    /// The heading it stands under.
    pub heading: Option<String>,
    pub quote: Quote,
    /// What it is evidence of.
    pub tag: Tag,
}

/// The passages of one essay.
#[derive(Clone, Debug, Serialize)]
pub struct PassageGroup {
    pub essay: Card,
    pub passages: Vec<Passage>,
}

/// A page that links here, and the sentence that does.
#[derive(Clone, Debug, Serialize)]
pub struct Backlink {
    pub title: String,
    pub url: String,
    pub kind: &'static str,
    pub quote: Quote,
}

/// Where one is in a list of several pages.
#[derive(Clone, Debug, Serialize)]
pub struct Pagination {
    /// From 1.
    pub page: usize,
    pub pages: usize,
    pub previous: Option<String>,
    pub next: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Home {
    pub latest: Vec<Card>,
    pub essay_count: usize,
    pub patterns: Vec<PatternTile>,
    /// Incidents by patterns; none where no incident has a pattern.
    pub matrix: Option<IncidentMatrix>,
    pub start_here: Option<Tag>,
}

/// One of the nine with its counts.
#[derive(Clone, Debug, Serialize)]
pub struct PatternTile {
    pub tag: Tag,
    pub essays: usize,
    pub incidents: usize,
    pub passages: usize,
}

/// Which incident shows which pattern, as its record says or as essays read it.
#[derive(Clone, Debug, Serialize)]
pub struct IncidentMatrix {
    pub patterns: Vec<Tag>,
    pub rows: Vec<IncidentRow>,
    /// How many incidents there are in all.
    pub total: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct IncidentRow {
    pub incident: IncidentCard,
    /// One for each pattern, in order.
    pub cells: Vec<IncidentCell>,
}

#[derive(Clone, Debug, Serialize)]
pub struct IncidentCell {
    /// The record claims it.
    pub claimed: bool,
    /// Essays that cite the incident and carry the pattern.
    pub essays: usize,
    /// 0 to 4, for shading.
    pub shade: usize,
}

/// The nine by the nine: how many essays carry both.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    pub patterns: Vec<Tag>,
    /// Row by row, in the order of `patterns`.
    pub rows: Vec<MatrixRow>,
}

#[derive(Clone, Debug, Serialize)]
pub struct MatrixRow {
    pub pattern: Tag,
    pub cells: Vec<MatrixCell>,
}

#[derive(Clone, Debug, Serialize)]
pub struct MatrixCell {
    pub other: Tag,
    pub count: usize,
    /// 0 to 4, for shading.
    pub shade: usize,
    /// The pair's page; on the diagonal the pattern's; none where no essay has both.
    pub url: Option<String>,
    pub diagonal: bool,
}

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
    pub essays: Vec<SeriesEntry>,
}

#[derive(Clone, Debug, Serialize)]
pub struct SeriesEntry {
    pub title: String,
    pub url: String,
    pub part: usize,
    /// The essay that the page shows.
    pub current: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Essay {
    pub essay: EssayDetail,
    /// The incidents it cites, with their facts.
    pub incidents: Vec<IncidentCard>,
    pub series: Option<SeriesLine>,
    pub backlinks: Vec<Backlink>,
    /// Backlinks beyond those shown.
    pub more_backlinks: usize,
    pub related: Vec<Related>,
    /// What to read next, a block for each tag.
    pub next: Vec<NextBlock>,
    pub newer: Option<Neighbour>,
    pub older: Option<Neighbour>,
    pub citation: Citation,
}

#[derive(Clone, Debug, Serialize)]
pub struct EssayDetail {
    #[serde(flatten)]
    pub card: Card,
    pub updated: Option<When>,
    pub authors: Vec<String>,
    pub words: u32,
    /// The headings of the second and third level.
    pub contents: Vec<ContentsEntry>,
    pub image: Option<String>,
    pub extra: BTreeMap<String, serde_json::Value>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ContentsEntry {
    pub level: u8,
    pub id: String,
    pub text: String,
}

/// An essay near this one, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    pub title: String,
    pub url: String,
    pub summary: String,
    /// "shares lag and Bluesky outage, April 2026".
    pub reason: String,
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
pub struct Neighbour {
    pub title: String,
    pub url: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Citation {
    pub plain: String,
    pub bibtex: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Patterns {
    pub patterns: Vec<PatternTile>,
    /// None where no essay carries two.
    pub matrix: Option<Matrix>,
    pub review: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PatternPage {
    pub pattern: Tag,
    pub aliases: Vec<String>,
    pub cues: Vec<String>,
    pub look_alikes: Vec<LookAlikeLine>,
    pub questions: Vec<String>,
    /// The page of all questions.
    pub review: String,
    /// Patterns that essays carry together with this one, most often first.
    pub neighbours: Vec<PairLine>,
    #[serde(flatten)]
    pub evidence: Evidence,
}

/// What a pattern or concept is shown by. Passages and essays are paged together.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    pub passages: Vec<PassageGroup>,
    pub passage_count: usize,
    pub essays: Vec<Card>,
    pub essay_count: usize,
    /// On the first page.
    pub incidents: Vec<IncidentCard>,
    pub incident_count: usize,
    /// Incidents by year, without gaps.
    pub years: Vec<YearCount>,
    pub backlinks: Vec<Backlink>,
    pub more_backlinks: usize,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, Serialize)]
pub struct YearCount {
    pub year: i16,
    pub count: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct LookAlikeLine {
    pub tag: Tag,
    pub difference: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PairLine {
    pub tag: Tag,
    /// The pair's page.
    pub url: String,
    pub count: usize,
}

/// Two patterns together.
#[derive(Clone, Debug, Serialize)]
pub struct Pair {
    pub first: Tag,
    pub second: Tag,
    pub essays: Vec<Card>,
    pub essay_count: usize,
    /// Incidents whose records claim both.
    pub incidents: Vec<IncidentCard>,
    /// Passages of either, in essays that carry both.
    pub passages: Vec<PassageGroup>,
    pub pagination: Pagination,
}

/// The questions of all nine.
#[derive(Clone, Debug, Serialize)]
pub struct Review {
    pub patterns: Vec<ReviewBlock>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ReviewBlock {
    pub tag: Tag,
    pub questions: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Concepts {
    pub concepts: Vec<ConceptLine>,
}

#[derive(Clone, Debug, Serialize)]
pub struct ConceptLine {
    pub tag: Tag,
    pub essays: usize,
    pub passages: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct ConceptPage {
    pub concept: Tag,
    pub aliases: Vec<String>,
    pub reference: Option<String>,
    pub related: Vec<Tag>,
    #[serde(flatten)]
    pub evidence: Evidence,
}

#[derive(Clone, Debug, Serialize)]
pub struct Incidents {
    pub total: usize,
    /// Newest first; those without a date under none.
    pub years: Vec<IncidentYear>,
    /// Organisations with more than one incident or all, by name.
    pub organisations: Vec<OrganisationLine>,
    pub pagination: Pagination,
}

#[derive(Clone, Debug, Serialize)]
pub struct IncidentYear {
    pub year: Option<i16>,
    pub incidents: Vec<IncidentCard>,
}

#[derive(Clone, Debug, Serialize)]
pub struct OrganisationLine {
    pub name: String,
    pub incidents: Vec<Tag>,
}

#[derive(Clone, Debug, Serialize)]
pub struct IncidentPage {
    pub incident: IncidentCard,
    pub services: Vec<String>,
    pub regions: Vec<String>,
    pub times: Times,
    pub severity: Option<String>,
    pub sources: Vec<SourceEntry>,
    pub related: Vec<RelationLine>,
    /// Others with the same organisation or with two patterns in common, with the reason.
    pub similar: Vec<Related>,
    pub timeline: Vec<TimelineLine>,
    /// Each pattern that anybody claims, and who.
    pub claims: Vec<Claim>,
    pub concepts: Vec<Tag>,
    pub disputes: Vec<String>,
    /// Essays that cite it.
    pub essays: Vec<Card>,
    pub essay_count: usize,
    pub backlinks: Vec<Backlink>,
    pub more_backlinks: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct RelationLine {
    pub tag: Tag,
    pub kind: RelationKind,
}

/// An event of the timeline, with its place on the drawing where it has one.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineLine {
    pub at: When,
    /// `started`, `resolved`, or the kind that the record gives.
    pub kind: Option<String>,
    pub text: String,
    /// 0 to 1000 from the first to the last instant; none where the event is not known to the minute.
    pub position: Option<u32>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Claim {
    pub tag: Tag,
    /// The record says so.
    pub by_record: bool,
    /// Essays that cite the incident and carry the pattern.
    pub essays: Vec<Neighbour>,
    pub more: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct Page {
    pub contents: Vec<ContentsEntry>,
    pub backlinks: Vec<Backlink>,
    pub more_backlinks: usize,
    /// Pages below this one in the address, for a manual's contents.
    pub children: Vec<Tag>,
    pub parent: Option<Tag>,
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// The page that combines facets. Without script it is a list of what there is to go to.
#[derive(Clone, Debug, Serialize)]
pub struct Browse {
    /// Link of the index that the script reads.
    pub index: String,
    pub essay_count: usize,
    pub patterns: Vec<PatternTile>,
    /// Pairs that essays carry, most often first.
    pub pairs: Vec<PairNames>,
    pub concepts: Vec<Tag>,
    /// The newest.
    pub incidents: Vec<Tag>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PairNames {
    pub first: Tag,
    pub second: Tag,
    pub url: String,
    pub count: usize,
}

#[derive(Clone, Debug, Serialize)]
pub struct NotFound {
    pub patterns: Vec<PatternTile>,
}

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
