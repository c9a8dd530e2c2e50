//! The views of the front page, of patterns, pairs and concepts, and of browsing.

use serde::Serialize;

use super::{Card, Evidence, IncidentCard, Pagination, PassageGroup, Tag};

#[derive(Clone, Debug, Serialize)]
pub struct Home {
    pub latest: Vec<Card>,
    pub essay_count: usize,
    pub patterns: Vec<PatternTile>,
    /// A passage of one of the latest essays.
    pub passage: Option<PassageGroup>,
    /// Incidents by patterns; none where no incident has a pattern.
    pub matrix: Option<IncidentMatrix>,
    pub start_here: Option<Tag>,
}

/// One of the nine with its counts.
#[derive(Clone, Debug, Serialize)]
pub struct PatternTile {
    pub tag: Tag,
    /// What it asks, in a few words.
    pub question: Option<String>,
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
    /// Essays that see the pattern in it.
    pub essays: usize,
    /// Essays that say that it is not there.
    pub refusals: usize,
    /// It is claimed, and refused.
    pub contested: bool,
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
pub struct Patterns {
    pub patterns: Vec<PatternTile>,
    /// None where no essay carries two.
    pub matrix: Option<Matrix>,
    pub review: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct PatternPage {
    pub pattern: Tag,
    /// The language of the text, where it is another than the page's: the program's own texts are in English.
    pub body_language: Option<&'static str>,
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
    /// Incidents in which both are claimed.
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
    pub total: usize,
    pub pagination: Pagination,
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
    /// As in [`PatternPage`].
    pub body_language: Option<&'static str>,
    pub aliases: Vec<String>,
    pub reference: Option<String>,
    pub related: Vec<Tag>,
    #[serde(flatten)]
    pub evidence: Evidence,
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
    /// The newest incidents by patterns; none where no incident has a pattern.
    pub matrix: Option<IncidentMatrix>,
    /// The link of the page about the same as tables; none where the site has no dataset.
    pub dataset: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct PairNames {
    pub first: Tag,
    pub second: Tag,
    pub url: String,
    pub count: usize,
}
