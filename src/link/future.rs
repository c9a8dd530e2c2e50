//! Dates in the future where a text speaks of the past. Knows fronts and the present moment.

use std::fmt;

use jiff::ZonedDateTime;

use crate::diagnostic::{Diagnostic, rules};
use crate::model::When;
use crate::outline::{Document, Front};

rules! {
    FUTURE_DATE = "future-date", warning, "something that is told as past is dated after today",
        record "title: Slow\ntimes: {started: 2999-01-01}";
}

/// What a date of the past is of.
#[derive(Clone, Copy, Debug)]
pub(crate) enum DateOf {
    Key(&'static str),
    /// An event of the timeline, from 0.
    Event(usize),
    /// A source, from 0.
    Source(usize),
}

impl fmt::Display for DateOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "`{key}`"),
            Self::Event(n) => write!(f, "event {} of the timeline", n + 1),
            Self::Source(n) => write!(f, "source {}", n + 1),
        }
    }
}

/// Each date of what has happened. The date of an essay is none: it may be written ahead.
pub(crate) fn past_dates(document: &Document) -> Vec<(DateOf, &When)> {
    match &document.front {
        Front::Essay(front) => front.updated.iter().map(|when| (DateOf::Key("updated"), when)).collect(),
        Front::Incident(front) => {
            let times = &front.times;
            let stated = [
                ("started", &times.started),
                ("detected", &times.detected),
                ("mitigated", &times.mitigated),
                ("resolved", &times.resolved),
            ];
            let stated = stated.into_iter().filter_map(|(name, when)| Some((DateOf::Key(name), when.as_ref()?)));
            let events = front.timeline.iter().enumerate();
            let events = events.filter_map(|(n, entry)| Some((DateOf::Event(n), &entry.at.as_ref()?.from)));
            let sources = front.sources.iter().enumerate();
            let sources = sources.filter_map(|(n, source)| Some((DateOf::Source(n), source.published.as_ref()?)));
            stated.chain(events).chain(sources).collect()
        }
        Front::Pattern(_) | Front::Concept(_) | Front::Page(_) => Vec::new(),
    }
}

/// The warning for the first such date of a document that lies ahead. One that is scheduled itself is of the future as a whole.
pub(super) fn fault(document: &Document, is_scheduled: bool, now: &ZonedDateTime) -> Option<Diagnostic> {
    let dates = past_dates(document);
    let (what, _) = dates.into_iter().find(|(_, when)| when.is_after(now)).filter(|_| !is_scheduled)?;
    let fault = Diagnostic::new(FUTURE_DATE, format!("{what} is dated after today")).in_file(&document.path);
    Some(fault.help("look at the date: it is probably mistyped; `timezone` in site.yaml decides what today is"))
}
