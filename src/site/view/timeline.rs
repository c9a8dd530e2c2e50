//! The views of an incident's timeline: its events as the table has them, and the drawing of them.

use serde::Serialize;

use crate::model::{Moment, SourceDuration, When};

use super::{Band, Tag};

/// An event of the timeline.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineLine {
    /// What a link to it ends in.
    pub id: String,
    /// A date or a span; none where no source states a time.
    pub at: Option<Moment>,
    /// The day, month or year that it begins in, if the event before it began in another.
    pub day: Option<When>,
    /// Its time without what `day` says; the end of a span behind it. Empty where no time of the day is known.
    pub clock: Vec<TimePart>,
    /// How long after the moment that the clock counts from: `+12 min`.
    pub elapsed: Option<String>,
    /// `started`, `resolved`, or the kind that the record gives.
    pub kind: Option<&'static str>,
    pub text: String,
    /// The numbers of its sources.
    pub sources: Vec<usize>,
    /// Passages that speak of it, the newest.
    pub readings: Vec<EventReading>,
    /// How many are not shown.
    pub more: usize,
}

/// A time, for readers and for machines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimePart {
    pub text: String,
    pub machine: String,
}

/// A passage that speaks of an event, in short.
#[derive(Clone, Debug, Serialize)]
pub struct EventReading {
    pub tag: Tag,
    /// It says that what its tag names is not there.
    pub refuses: bool,
    pub words: String,
    /// The essay's title.
    pub essay: String,
    /// Where the passage stands.
    pub url: String,
}

/// A timeline over an axis: the phases of the incident, and its events in lanes. Places are from 0 to 1000.
#[derive(Clone, Debug, Serialize)]
pub struct TimelineDrawing {
    /// The zone of the axis.
    pub zone: String,
    /// What the names on the axis are: `hours`, `days`, `months`, `years`.
    pub unit: &'static str,
    pub ticks: Vec<AxisTick>,
    pub phases: Vec<Phase>,
    pub lanes: Vec<Lane>,
    /// Whether a lane has events that stand nowhere on the axis.
    pub has_untimed: bool,
    /// How many events were before or after what is drawn.
    pub outside: usize,
}

/// A name on the axis.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AxisTick {
    pub at: u32,
    /// `06:00`, `22`, `Oct`, `2018`.
    pub text: String,
    /// The day, month or year that begins here, or that the axis begins in.
    pub under: Option<String>,
}

/// From one of the four times of an incident to the next one that is known.
#[derive(Clone, Debug, Serialize)]
pub struct Phase {
    #[serde(flatten)]
    pub band: Band,
    /// What it is called: `unseen`, `whole`, `until-mended`, `seen`, `seen-until-over`, `mended`.
    pub name: &'static str,
    /// None where that is not known.
    pub lasted: Option<SourceDuration>,
}

/// Events of one kind.
#[derive(Clone, Debug, Serialize)]
pub struct Lane {
    /// `changed`, `seen`, `thought`, `done`, `said`, `other`.
    pub kind: &'static str,
    /// How long those took that took a while, or within which they were: from, to, and whether they may be anywhere in it.
    pub bars: Vec<(u32, u32, bool)>,
    /// From the first to the last; those that would touch are one.
    pub marks: Vec<LaneMark>,
    /// Those without a time, or with none that is closer than all that is drawn.
    pub untimed: Option<LaneMark>,
}

/// One event, or several that stand at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LaneMark {
    pub at: u32,
    /// Their places in the timeline, from 0.
    pub events: Vec<usize>,
    /// No time of them is exact.
    pub vague: bool,
    /// The patterns that passages see in them, few.
    pub patterns: Vec<String>,
    /// A passage speaks of one of them.
    pub spoken_of: bool,
}

/// Where an event stands in the drawing of two incidents.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct TimelinePlace {
    /// 0 to 1000 from the first instant to the end.
    pub from: u32,
    /// The same as `from`, unless the event is a span.
    pub to: u32,
    /// The row of its number, from 0.
    pub row: usize,
}
