//! The pieces that several views have in common.

use serde::Serialize;

use crate::model::{EssayKind, SourceDuration, When};
use crate::outline::MarkKind;

use super::Tag;

#[derive(Clone, Debug, Serialize)]
pub struct FeedLink {
    pub title: String,
    pub url: String,
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
    /// Dated after today.
    pub scheduled: bool,
    pub patterns: Vec<Tag>,
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
    /// On the page of a pattern or concept: some see it here, and an essay says that it is not there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub contested: bool,
    /// How long it took, phase by phase, in parts of the longest in the list; in lists that have a `scale`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
}

/// A phase of an incident as it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Band {
    /// `unseen`, `seen` and not mended, `mended` and not over, or `whole` where the record does not part them.
    pub kind: &'static str,
    /// From 0 to 1000.
    pub from: u32,
    pub to: u32,
    /// Where it began or ended is not known to the minute.
    pub vague: bool,
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
    /// The section around it, where its heading marks it for the same tag and begins with the same words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<PassageSection>,
}

/// A section that is a passage as a whole.
#[derive(Clone, Debug, Serialize)]
pub struct PassageSection {
    pub heading: String,
    /// Where it stands: the essay's link with the anchor.
    pub url: String,
}

/// An essay over its passages.
#[derive(Clone, Debug, Serialize)]
pub struct EssayLine {
    pub title: String,
    pub url: String,
    pub date: Option<When>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub draft: bool,
    /// Dated after today.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub scheduled: bool,
    /// Who wrote it, where readings are shown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
}

/// The passages of one essay.
#[derive(Clone, Debug, Serialize)]
pub struct PassageGroup {
    pub essay: EssayLine,
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
pub struct ContentsEntry {
    pub level: u8,
    pub id: String,
    pub text: String,
    /// The passages of an essay that stand below it and mark patterns.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<StripMark>,
}

/// A passage of the essay that marks a pattern.
#[derive(Clone, Debug, Serialize)]
pub struct StripMark {
    pub tag: Tag,
    /// What a link to it ends in.
    pub anchor: String,
    /// Those that mark it; empty for a section's.
    pub words: String,
}

/// An essay near this one, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Related {
    pub title: String,
    pub url: String,
    pub summary: String,
    pub why: Why,
}

/// Why another page is near.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Why {
    /// One of the two links to the other.
    pub linked: bool,
    /// The names of what both carry, the rarest first, as they stand inside a sentence.
    pub shares: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Neighbour {
    pub title: String,
    pub url: String,
}

/// What a pattern or concept is shown by. Its essays are paged, each stands in one of the two lists.
#[derive(Clone, Debug, Serialize)]
pub struct Evidence {
    /// Essays with the passages that are evidence.
    pub passages: Vec<PassageGroup>,
    pub passage_count: usize,
    /// Essays that carry the tag without a passage.
    pub essays: Vec<Card>,
    pub essay_count: usize,
    /// On the first page.
    pub incidents: Vec<IncidentCard>,
    pub incident_count: usize,
    /// The longest of those drawn: what all of them are drawn to.
    pub scale: Option<SourceDuration>,
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

/// A copy that an archive has of a page elsewhere.
#[derive(Clone, Debug, Serialize)]
pub struct ArchivedCopy {
    pub url: String,
    /// The day on which it was made, where its address tells.
    pub was: Option<When>,
    /// The page itself is not there any more.
    pub gone: bool,
}

/// A page that an essay links to, and its copy.
#[derive(Clone, Debug, Serialize)]
pub struct ArchivedLine {
    /// Its address without what all have.
    pub name: String,
    pub copy: ArchivedCopy,
}
