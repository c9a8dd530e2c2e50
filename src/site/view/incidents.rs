//! The views of incidents: their list, one of them.

use serde::Serialize;

use crate::model::{RelationKind, SourceDuration, When};
use crate::outline::{SourceKindWord, Times};

use super::{
    ArchivedCopy, Backlink, Card, FeedLink, IncidentCard, Neighbour, Pagination, PassageGroup, Quote, Related, Tag,
    TimelineDrawing, TimelineLine,
};

#[derive(Clone, Debug, Serialize)]
pub struct Incidents {
    pub total: usize,
    /// Newest first; those without a date under none.
    pub years: Vec<IncidentYear>,
    /// The longest of those drawn: what all of them are drawn to.
    pub scale: Option<SourceDuration>,
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
    /// By kind, and as written.
    pub sources: Vec<SourceLine>,
    /// Those that the record names, and the newest whose records name this one.
    pub related: Vec<RelationLine>,
    /// Others with the same organisation or with two patterns in common, with the reason.
    pub similar: Vec<Related>,
    /// In order; none if there are fewer than two events.
    pub timeline: Vec<TimelineLine>,
    /// The zone of its times; none where they are in several.
    pub zone: Option<String>,
    /// What the clock of its events counts from: `started`, or `first` for the first that is known to the minute; none if none is.
    pub since: Option<&'static str>,
    /// The timeline as it is drawn; none where that would show nothing.
    pub drawing: Option<TimelineDrawing>,
    /// Each pattern and then each concept that the record or an essay sees in the incident, or refuses.
    pub readings: Vec<ReadingGroup>,
    /// The page of all readings, where more are there than are shown.
    pub all_readings: Option<String>,
    /// The feed of readings; none where no essay reads the incident.
    pub readings_feed: Option<FeedLink>,
    pub concepts: Vec<Tag>,
    /// What people did, or had kept, that worked.
    pub held: Vec<StatementLine>,
    /// What accounts leave open, or where they disagree.
    pub disputes: Vec<StatementLine>,
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
    /// The link of the page that shows the two side by side; none where a record names itself.
    pub side_by_side: Option<String>,
}

/// Where the facts come from.
#[derive(Clone, Debug, Serialize)]
pub struct SourceLine {
    /// What events and sentences of the page name it by; none if none of them names a source.
    pub number: Option<usize>,
    pub kind: SourceKindWord,
    pub title: String,
    /// A person.
    pub author: Option<String>,
    /// An organisation, a paper, a site.
    pub publisher: Option<String>,
    pub url: Option<String>,
    pub archive_url: Option<String>,
    /// The copy at that address.
    pub archived: Option<ArchivedCopy>,
    pub published: Option<When>,
}

/// A sentence of the record.
#[derive(Clone, Debug, Serialize)]
pub struct StatementLine {
    pub text: String,
    /// The concept that the record reads in it.
    pub concept: Option<Tag>,
    /// The numbers of its sources.
    pub sources: Vec<usize>,
}

/// The readings of one pattern or concept in an incident, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct ReadingGroup {
    pub tag: Tag,
    /// The record claims it.
    pub by_record: bool,
    /// The record reads it in what held, and the page shows that.
    pub held: bool,
    /// The sentences of the record's text that link it.
    pub record_words: Vec<Quote>,
    /// It is claimed, and an essay says that it is not there.
    pub contested: bool,
    /// Passages that see it in the incident.
    pub passages: Vec<PassageGroup>,
    /// Essays that carry the tag and cite this incident alone, without a passage that shows it.
    pub tagged: Vec<Neighbour>,
    /// Passages that say that it is not there.
    pub refusals: Vec<PassageGroup>,
    /// How many readings are not shown.
    pub more: usize,
}

/// All readings of an incident, patterns first.
#[derive(Clone, Debug, Serialize)]
pub struct Readings {
    pub incident: Tag,
    pub readings: Vec<ReadingGroup>,
    pub total: usize,
    pub pagination: Pagination,
}
