//! The views of incidents: their list, one of them.

use serde::Serialize;

use crate::model::{RelationKind, When};
use crate::outline::{SourceEntry, Times};

use super::{Backlink, Card, IncidentCard, Neighbour, Pagination, PassageGroup, Related, Tag};

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
    /// Each pattern and then each concept that the record or an essay sees in the incident, or refuses.
    pub readings: Vec<ReadingGroup>,
    /// The page of all readings, where more are there than are shown.
    pub all_readings: Option<String>,
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

/// What is said of one pattern or concept in an incident, the newest first.
#[derive(Clone, Debug, Serialize)]
pub struct ReadingGroup {
    pub tag: Tag,
    /// The record claims it.
    pub by_record: bool,
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
