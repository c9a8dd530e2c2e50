//! An incident's timeline: its events in order, and where each stands in the drawing. Knows one record, no other page.

use crate::model::{ClosedSet, Moment, When};
use crate::outline::{IncidentFront, groups, in_order};

use super::sources::Numbers;
use super::view::{TimelineLine, TimelinePlace};

/// Parts of the line from its beginning to its end.
const LENGTH: i64 = 1000;
/// Two numbers of one row stand at least so far apart, that they don't touch on a phone either.
const APART: u32 = 65;

/// The record's events and those of its four times that no event tells of, and how many rows their numbers fill in the drawing.
pub(super) fn timeline(front: &IncidentFront, numbers: &Numbers) -> (Vec<TimelineLine>, usize) {
    let times = &front.times;
    let fixed = [
        (&times.started, "started", "Started"),
        (&times.detected, "detected", "Detected"),
        (&times.mitigated, "mitigated", "Mitigated"),
        (&times.resolved, "resolved", "Resolved"),
    ];
    let told = |time: &When| {
        let mut moments = front.timeline.iter().filter_map(|event| event.at.as_ref());
        moments.any(|at| at.from == *time || at.to.as_ref() == Some(time))
    };
    let fixed = fixed.into_iter().filter_map(|(time, kind, text)| {
        let from = time.clone().filter(|time| !told(time))?;
        let at = Some(Moment { from, to: None, about: false });
        Some(TimelineLine { at, kind: Some(kind.to_owned()), text: text.to_owned(), sources: Vec::new(), place: None })
    });
    let events = front.timeline.iter().map(|event| TimelineLine {
        at: event.at.clone(),
        kind: event.kind.map(|kind| kind.word().to_owned()),
        text: event.text.clone(),
        sources: numbers.of(&event.sources),
        place: None,
    });
    let time = |event: &TimelineLine| event.at.as_ref().map(|at| at.from.clone());
    let events = groups(events.collect(), time).into_iter().chain(fixed.map(|event| vec![event]));
    let mut events = in_order(events.collect(), time);
    if events.len() < 2 {
        return (Vec::new(), 0);
    }
    let rows = place(&mut events, times.resolved.as_ref().and_then(second));
    (events, rows)
}

/// Gives each event whose time is known to the minute its place, and says how many rows their numbers fill. What came after
/// the `end` of the incident has none: an account that appeared days later would push all else together.
fn place(events: &mut [TimelineLine], end: Option<i64>) -> usize {
    let ends = |event: &TimelineLine| -> Option<(i64, i64)> {
        let at = event.at.as_ref()?;
        let from = second(&at.from)?;
        let to = at.to.as_ref().map_or(Some(from), second)?;
        end.is_none_or(|end| from <= end).then_some((from, end.map_or(to, |end| to.min(end))))
    };
    let known: Vec<(i64, i64)> = events.iter().filter_map(ends).collect();
    let (Some(first), Some(last)) = (known.iter().map(|ends| ends.0).min(), known.iter().map(|ends| ends.1).max())
    else {
        return 0;
    };
    if first == last {
        return 0;
    }
    let part = |second: i64| u32::try_from((second - first) * LENGTH / (last - first)).unwrap_or_default();
    // Where the last number of each row stands.
    let mut rows: Vec<u32> = Vec::new();
    for event in events {
        let Some((from, to)) = ends(event) else { continue };
        let (from, to) = (part(from), part(to));
        let row = rows.iter().position(|last| last + APART <= from).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(from);
        } else {
            rows[row] = from;
        }
        event.place = Some(TimelinePlace { from, to, row });
    }
    rows.len()
}

fn second(when: &When) -> Option<i64> {
    match when {
        When::Instant(at) => Some(at.timestamp().as_second()),
        _ => None,
    }
}
