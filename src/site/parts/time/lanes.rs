//! The drawing of an incident's timeline: phases over an axis, and the events in lanes by kind. Knows one record's events and
//! times; how it looks is the theme's.

use jiff::tz::Offset;

use crate::model::{When, zone};
use crate::outline::IncidentFront;

use super::axis::{EXACT, extent, reach, ticks};
use super::phases::phases;
use crate::site::view::{Lane, LaneMark, Phase, TimelineDrawing, TimelineLine};
use crate::words::Words;

/// Marks of one lane stand at least so far apart, that they don't touch on a phone either.
const APART: u32 = 105;
/// Patterns shown with a mark.
const PATTERNS_SHOWN: usize = 3;
/// The lanes in order, each with the kinds of events in it. The four times of an incident are where its phases meet.
const LANES: [(&str, &[&str]); 5] = [
    ("changed", &["change"]),
    ("seen", &["symptom", "detection"]),
    ("thought", &["diagnosis"]),
    ("done", &["action", "recovery"]),
    ("said", &["communication"]),
];
const TIMES: [&str; 4] = ["started", "detected", "mitigated", "resolved"];
const OTHER: &str = "other";

/// Where an event is drawn.
enum Place {
    /// From, to, and whether it may be anywhere in it.
    Axis(u32, u32, bool),
    Untimed,
    Outside,
}

/// The drawing of `events`, which are those of `front`; none where no time is known.
pub(in crate::site) fn drawing(
    front: &IncidentFront,
    events: &[TimelineLine],
    words: &Words,
) -> Option<TimelineDrawing> {
    let moments = || events.iter().filter_map(|event| event.at.as_ref());
    let clock = moments().find_map(|at| match &at.from {
        When::Instant(at) => Some(at),
        _ => None,
    });
    let offset = clock.map_or(Offset::UTC, |at| at.offset());
    let place = offset.to_time_zone();
    let end = front.times.resolved.as_ref().map(|end| end.latest_in(&place).as_second());
    let extents: Vec<_> = moments().map(|at| extent(at, &place)).collect();
    let (whole, precision) = reach(&extents, end)?;
    let place_of = |event: &TimelineLine| -> Place {
        let Some(at) = &event.at else { return Place::Untimed };
        let (window, own) = extent(at, &place);
        let Some(shown) = window.within(whole).filter(|_| end.is_none_or(|end| window.first <= end)) else {
            return Place::Outside;
        };
        if own < precision && shown == whole {
            return Place::Untimed;
        }
        Place::Axis(whole.part(shown.first), whole.part(shown.last), own < EXACT)
    };
    let mut outside = 0;
    let mut lanes = Vec::new();
    for lane in LANES.iter().map(|(name, _)| *name).chain([OTHER]) {
        let own = events.iter().enumerate().filter(|(_, event)| lane_of(event) == Some(lane));
        let placed: Vec<(usize, Place)> = own.map(|(n, event)| (n, place_of(event))).collect();
        outside += placed.iter().filter(|(_, place)| matches!(place, Place::Outside)).count();
        lanes.extend(Some(lane_with(lane, events, &placed)).filter(|lane| !lane.is_empty()));
    }
    let phases: Vec<Phase> = phases(front, &place).into_iter().filter_map(|phase| phase.phase(whole)).collect();
    if lanes.is_empty() && phases.is_empty() {
        return None;
    }
    let (unit, ticks) = ticks(whole, offset, words);
    let zone = clock.map_or_else(|| "UTC".to_owned(), |at| zone(at).trim_start().to_owned());
    let has_untimed = lanes.iter().any(|lane| lane.untimed.is_some());
    Some(TimelineDrawing { zone, unit, ticks, phases, lanes, has_untimed, outside })
}

/// The lane of an event; none of a time of the incident.
fn lane_of(event: &TimelineLine) -> Option<&'static str> {
    let Some(kind) = event.kind else { return Some(OTHER) };
    let found = LANES.iter().find(|(_, kinds)| kinds.contains(&kind)).map(|(name, _)| *name);
    found.or_else(|| (!TIMES.contains(&kind)).then_some(OTHER))
}

fn lane_with(kind: &'static str, events: &[TimelineLine], placed: &[(usize, Place)]) -> Lane {
    let mut bars = Vec::new();
    let mut marks = Vec::new();
    let mut untimed: Option<LaneMark> = None;
    for (n, place) in placed {
        match *place {
            Place::Axis(from, to, is_vague) => {
                if from < to {
                    bars.push((from, to, is_vague));
                }
                let at = if is_vague { u32::midpoint(from, to) } else { from };
                marks.push(LaneMark::of(events, *n, at, is_vague));
            }
            Place::Untimed => {
                let mark = LaneMark::of(events, *n, 0, true);
                match &mut untimed {
                    Some(others) => others.merge(mark),
                    None => untimed = Some(mark),
                }
            }
            Place::Outside => {}
        }
    }
    marks.sort_by_key(|mark| mark.at);
    Lane { kind, bars, marks: merged(marks), untimed }
}

/// Marks that would touch are one, in their middle.
fn merged(marks: Vec<LaneMark>) -> Vec<LaneMark> {
    let mut merged: Vec<(LaneMark, u32)> = Vec::new();
    for mark in marks {
        match merged.last_mut() {
            Some((group, first)) if mark.at < group.at + APART => {
                let at = u32::midpoint(*first, mark.at);
                group.merge(mark);
                group.at = at;
            }
            _ => {
                let first = mark.at;
                merged.push((mark, first));
            }
        }
    }
    merged.into_iter().map(|(mark, _)| mark).collect()
}

impl Lane {
    fn is_empty(&self) -> bool {
        self.marks.is_empty() && self.untimed.is_none()
    }
}

impl LaneMark {
    fn of(events: &[TimelineLine], n: usize, at: u32, is_vague: bool) -> Self {
        let event = &events[n];
        let seen = event.readings.iter().filter(|reading| !reading.refuses && reading.tag.kind == "pattern");
        let mut mark = Self {
            at,
            events: vec![n],
            vague: is_vague || event.at.as_ref().is_some_and(|at| at.about),
            patterns: Vec::new(),
            spoken_of: !event.readings.is_empty(),
        };
        mark.add_patterns(seen.map(|reading| reading.tag.id.clone()));
        mark
    }

    fn merge(&mut self, other: Self) {
        self.events.extend(other.events);
        self.vague &= other.vague;
        self.spoken_of |= other.spoken_of;
        self.add_patterns(other.patterns.into_iter());
    }

    fn add_patterns(&mut self, patterns: impl Iterator<Item = String>) {
        for pattern in patterns {
            if self.patterns.len() < PATTERNS_SHOWN && !self.patterns.contains(&pattern) {
                self.patterns.push(pattern);
            }
        }
    }
}

/// The zone in which all of the moments are given; none if they are in several.
pub(in crate::site) fn one_zone<'a>(times: impl Iterator<Item = &'a When>) -> Option<String> {
    let mut zones = times.filter_map(|time| match time {
        When::Instant(at) => Some(zone(at)),
        _ => None,
    });
    let first = zones.next()?;
    zones.all(|other| other == first).then(|| first.trim_start().to_owned())
}
