//! The view of two incidents side by side.

use serde::Serialize;

use crate::model::{Moment, RelationKind, SourceDuration};
use crate::outline::Times;

use super::{IncidentCard, PassageGroup, ReadingGroup, Tag, TimelinePlace};

/// Two incidents of which a record names the other.
#[derive(Clone, Debug, Serialize)]
pub struct SideBySide {
    /// By their ids, as in the address.
    pub incidents: Vec<ClockFacts>,
    pub kind: RelationKind,
    /// Their clocks laid on one another: from the start, from detection, each only where both are known to the minute; else how
    /// long they were.
    pub drawings: Vec<ClockDrawing>,
    /// What the clock of `events` counts from: `start`, `detection`; none where neither is known of both.
    pub clock: Option<&'static str>,
    /// The events of both, by that clock where there is one.
    pub events: Vec<ClockLine>,
    /// What readings see in both, patterns first.
    pub both: Vec<SharedReading>,
    /// What readings see in one alone, for each.
    pub only: Vec<Vec<OneReading>>,
    /// How many patterns and concepts are not shown.
    pub more: usize,
}

/// How long things took in one of two incidents.
#[derive(Clone, Debug, Serialize)]
pub struct ClockFacts {
    pub incident: IncidentCard,
    pub times: Times,
    /// From the start, where both ends are known to the minute.
    pub to_detection: Option<SourceDuration>,
    pub to_mitigation: Option<SourceDuration>,
    /// Where all that is read in it stands; none if nothing is.
    pub readings: Option<String>,
}

/// Two clocks over one scale.
#[derive(Clone, Debug, Serialize)]
pub struct ClockDrawing {
    /// `start`, `detection`; `first` where neither is known of both: the first moment that is known of each.
    pub aligned: &'static str,
    /// Where they are aligned, 0 to 1000.
    pub origin: u32,
    pub marks: Vec<ScaleMark>,
    pub clocks: Vec<Clock>,
}

/// A moment named on the scale.
#[derive(Clone, Debug, Serialize)]
pub struct ScaleMark {
    pub at: u32,
    pub text: String,
}

/// One incident in the drawing, in parts of the scale.
#[derive(Clone, Debug, Serialize)]
pub struct Clock {
    /// From its start to its end. What is not known is where the first or the last of its events is.
    pub from: u32,
    pub to: u32,
    /// `known`, `about`, `unknown`.
    pub start: &'static str,
    /// The same.
    pub end: &'static str,
    /// Those that have a place.
    pub events: Vec<ClockLine>,
    /// How many rows their numbers fill, few at most: where events stand too close the later ones have none.
    pub rows: usize,
}

/// An event of one of two incidents.
#[derive(Clone, Debug, Serialize)]
pub struct ClockLine {
    /// From 1, among the events of both.
    pub number: usize,
    /// 0 or 1.
    pub incident: usize,
    /// What the clock shows; none where the time is not known to the minute, or is after the end of the incident.
    pub clock: Option<String>,
    /// What a link to it on the incident's page ends in.
    pub id: String,
    pub at: Option<Moment>,
    pub kind: Option<&'static str>,
    pub text: String,
    /// Where it stands in a drawing.
    pub place: Option<TimelinePlace>,
}

/// A pattern or concept that is seen in both.
#[derive(Clone, Debug, Serialize)]
pub struct SharedReading {
    pub tag: Tag,
    pub sides: Vec<Side>,
}

/// A pattern or concept that is seen in one.
#[derive(Clone, Debug, Serialize)]
pub struct OneReading {
    pub tag: Tag,
    pub side: Side,
    /// Passages that say that it is not there in the other.
    pub refusals: Vec<PassageGroup>,
}

/// What is read in one of the two.
#[derive(Clone, Debug, Serialize)]
pub struct Side {
    pub reading: ReadingGroup,
    /// The record's sentences on what held in which it reads the concept.
    pub held: Vec<String>,
}
