//! What a record says against itself: times out of order, a duration that does not fit them, a timeline beside them, a source
//! twice, a relation to itself. Knows this record only. Where it is not sure, it says nothing.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Faults, Fields, Placed, shortened};
use crate::model::{SourceDuration, When};

use super::Times;
use super::entries::{SourceEntry, TimelineEntry};

rules! {
    TIMES_OUT_OF_ORDER = "times-out-of-order", warning, "a time of an incident is before one that it must follow",
        record "title: Slow\ntimes: {detected: 2026-04-02, mitigated: 2026-04-01}";
    DURATION_AGAINST_TIMES = "duration-against-times", warning, "a duration does not fit the times that a record states",
        record "title: Slow\nduration: 3 days\ntimes: {started: 2026-04-06T10:00Z, resolved: 2026-04-06T11:00Z}";
    TIMELINE_OUTSIDE = "timeline-outside", warning, "no event of a timeline is within the times of its incident",
        record "title: Slow\ntimes: {started: 2026-04-06, resolved: 2026-04-06}\ntimeline: [{at: 2025-04-06, text: A page.}]";
    REPEATED_SOURCE = "repeated-source", warning, "a record lists one address twice among its sources",
        record "title: Slow\nsources: [\"https://example.org/a\", \"https://example.org/a/\"]";
    RELATED_TO_ITSELF = "related-to-itself", warning, "a record names itself among those it is related to",
        record "title: Slow\nrelated: [a]";
}

const MISTYPED: &str = "look at the two: one of them is probably mistyped";

/// The four times in the order in which they come, each with its key.
pub type Stated<'a> = [(&'static str, Option<&'a Placed<When>>); 4];

/// The first time that is over before one that it must follow. That the end is before the start is an error of its own.
pub fn times(stated: &Stated<'_>, fields: &Fields<'_>, faults: &mut Faults) {
    for (n, (key, time)) in stated.iter().enumerate() {
        let Some(time) = time else { continue };
        let follows = stated[..n].iter().filter(|(before, _)| (*before, *key) != ("started", "resolved"));
        let before = follows.filter_map(|(key, time)| Some((key, (*time)?)));
        if let Some((earlier, _)) = before.into_iter().find(|(_, before)| time.value.is_over_before(&before.value)) {
            let message = format!("`{key}` is before `{earlier}`");
            faults.push(fields.placed_fault(TIMES_OUT_OF_ORDER, message, &time.spot).help(MISTYPED));
        }
    }
}

/// Minutes by which a stated duration may differ from the times: sources count differently what belongs to an incident.
const SLACK: i64 = 30;
const A_DAY: i64 = 24 * 60;

/// Whether the duration can't be that of the times, by a quarter and half an hour more than their precision allows.
pub fn duration(stated: Option<SourceDuration>, times: &Times, fields: &Fields<'_>, faults: &mut Faults) {
    let (Some(stated), Some(start), Some(end)) = (stated, &times.started, &times.resolved) else { return };
    let (least, most) = match (start, end) {
        (When::Instant(start), When::Instant(end)) => {
            let minutes = (end.timestamp().as_second() - start.timestamp().as_second()) / 60;
            (minutes, minutes)
        }
        _ if start.has_day() && end.has_day() => {
            let days = i64::from((end.first_day() - start.first_day()).get_days());
            ((days - 1).max(0) * A_DAY, (days + 2) * A_DAY)
        }
        _ => return,
    };
    if most < 0 || (least - least / 4 - SLACK..=most + most / 4 + SLACK).contains(&stated.minutes()) {
        return;
    }
    let message = "`duration` does not fit the time from `started` to `resolved`";
    let fault = fields.placed_fault(DURATION_AGAINST_TIMES, message, &fields.key_of("duration"));
    faults.push(fault.help("look at the three, or leave `duration` out: it is worked out where both ends have a time"));
}

/// Whether all events are outside the times. What led up to an incident, and what followed, may be.
pub fn timeline(timeline: &[TimelineEntry], times: &Times, fields: &Fields<'_>, faults: &mut Faults) {
    if let (Some(start), Some(end)) = (&times.started, &times.resolved)
        && end.is_over_before(start)
    {
        return;
    }
    let dates: Vec<&When> = timeline.iter().filter_map(|entry| Some(&entry.at.as_ref()?.from)).collect();
    let is_outside = |date: &When| {
        times.started.as_ref().is_some_and(|start| date.is_over_before(start))
            || times.resolved.as_ref().is_some_and(|end| end.is_over_before(date))
    };
    if !dates.is_empty() && dates.into_iter().all(is_outside) {
        let message = "no event of `timeline` is between `started` and `resolved`";
        faults.push(fields.placed_fault(TIMELINE_OUTSIDE, message, &fields.key_of("timeline")).help(MISTYPED));
    }
}

/// One address twice.
pub fn sources(sources: &[SourceEntry], fields: &Fields<'_>, faults: &mut Faults) {
    let mut seen = BTreeSet::new();
    for url in sources.iter().filter_map(|source| source.url.as_deref()) {
        let (_, plain) = url.split_once("://").unwrap_or(("", url));
        if !seen.insert(plain.trim_end_matches('/')) {
            let message = format!("`sources` lists `{}` twice", shortened(url));
            faults.push(
                fields.placed_fault(REPEATED_SOURCE, message, &fields.key_of("sources")).help("leave one of them out"),
            );
        }
    }
}

/// The warning for a record that names itself.
pub fn relations<'a>(
    id: &str,
    related: impl IntoIterator<Item = &'a Placed<String>>,
    fields: &Fields<'_>,
) -> Vec<Diagnostic> {
    let own = related.into_iter().filter(|name| name.value == id);
    let fault = |name: &Placed<String>| {
        fields.placed_fault(RELATED_TO_ITSELF, format!("`{id}` is related to itself"), &name.spot)
    };
    own.map(|name| fault(name).help("leave it out")).collect()
}
