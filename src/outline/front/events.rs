//! The events of an incident: those of its record's timeline, and those of its four times that no entry tells of, each with a
//! name that lasts. Knows one record; draws nothing.

use jiff::civil;

use crate::model::{ClosedSet, Moment, When, clock_time, nearest};

use super::super::anchors::Anchors;
use super::super::front::IncidentFront;
use super::entries::{groups, in_order};

/// What stands before an event's name in the id that it has on the incident's page.
pub const EVENT_ANCHOR: &str = "nf-event-";

/// Names listed where none is near.
const NAMES_LISTED: usize = 4;

/// What kinds of events there are: those that records give, and the four times of an incident.
pub const EVENT_KINDS: &[&str] = &[
    "change",
    "symptom",
    "detection",
    "diagnosis",
    "action",
    "recovery",
    "communication",
    "started",
    "detected",
    "mitigated",
    "resolved",
];

/// An event of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// None where no source states a time.
    pub at: Option<Moment>,
    pub kind: Option<&'static str>,
    pub text: String,
    /// Places in the record's list of sources.
    pub sources: Vec<usize>,
    /// Its time as the record gives it, `2026-04-06T14:09`. Events of the same time have the first words of their texts
    /// behind it, those without one have the words alone.
    pub name: String,
}

impl IncidentFront {
    /// The events of a timeline, in order; none if there are fewer than two, which make none.
    pub fn events(&self) -> Vec<Event> {
        Some(self.all_events()).filter(|events| events.len() > 1).unwrap_or_default()
    }

    /// All events in order.
    pub fn all_events(&self) -> Vec<Event> {
        let times = &self.times;
        let fixed = [
            (&times.started, "started", "Started"),
            (&times.detected, "detected", "Detected"),
            (&times.mitigated, "mitigated", "Mitigated"),
            (&times.resolved, "resolved", "Resolved"),
        ];
        let is_in_timeline = |time: &When| {
            let mut moments = self.timeline.iter().filter_map(|event| event.at.as_ref());
            moments.any(|at| at.from == *time || at.to.as_ref() == Some(time))
        };
        let fixed = fixed.into_iter().filter_map(|(time, kind, text)| {
            let from = time.clone().filter(|time| !is_in_timeline(time))?;
            let at = Some(Moment { from, to: None, about: false });
            let (text, sources) = (text.to_owned(), Vec::new());
            Some(Event { at, kind: Some(kind), text, sources, name: String::new() })
        });
        let events = self.timeline.iter().map(|event| Event {
            at: event.at.clone(),
            kind: event.kind.map(ClosedSet::word),
            text: event.text.clone(),
            sources: event.sources.clone(),
            name: String::new(),
        });
        let time = |event: &Event| event.at.as_ref().map(|at| at.from.clone());
        let events = groups(events.collect(), time).into_iter().chain(fixed.map(|event| vec![event]));
        let mut events = in_order(events.collect(), time);
        let short = |event: &Event| event.at.as_ref().map_or_else(String::new, |at| at.from.local());
        let parts: Vec<(String, String)> = events.iter().map(|event| (short(event), event.text.clone())).collect();
        for (event, name) in events.iter_mut().zip(Anchors::default().distinct(&parts)) {
            event.name = name;
        }
        events
    }
}

/// The event that `text` names, as a position: by its name, by the time at which it begins or else ends, `14:09` or with the
/// day, or by a day on which nothing else happened. Where that is not one, those that it can mean.
pub fn event(events: &[Event], text: &str) -> Result<usize, Vec<usize>> {
    let text = text.strip_prefix(EVENT_ANCHOR).unwrap_or(text);
    if let Some(n) = events.iter().position(|event| event.name == text) {
        return Ok(n);
    }
    let padded = if text.as_bytes().get(1) == Some(&b':') { format!("0{text}") } else { text.to_owned() };
    let stated = When::parse(&padded).ok();
    let is = |when: &When| {
        let same_clock = |when: &When| matches!(when, When::Instant(at) if clock_time(&padded) == Some(at.time()));
        when.local() == padded || same_clock(when) || is_same_instant(when, stated.as_ref())
    };
    let begins = |at: &Moment| is(&at.from);
    let ends = |at: &Moment| at.to.as_ref().is_some_and(is);
    let within = |at: &Moment| stated.as_ref().is_some_and(|stated| stated.holds(&at.from));
    let ways: [&dyn Fn(&Moment) -> bool; 3] = [&begins, &ends, &within];
    for way in ways {
        let with_time = events.iter().enumerate().filter_map(|(n, event)| Some((n, event.at.as_ref()?)));
        let found: Vec<usize> = with_time.filter(|(_, at)| way(at)).map(|(n, _)| n).collect();
        match found[..] {
            [] => {}
            [only] => return Ok(only),
            _ => return Err(found),
        }
    }
    Err(Vec::new())
}

fn is_same_instant(when: &When, stated: Option<&When>) -> bool {
    matches!((when, stated), (When::Instant(a), Some(When::Instant(b))) if a.timestamp() == b.timestamp())
}

/// What to write for the events nearest to `text`, which names none: those nearest in time, or in spelling, or else the first.
pub fn nearest_events(events: &[Event], text: &str) -> Vec<String> {
    let distance = |event: &Event| seconds_between(text, &event.at.as_ref()?.from);
    let mut by_time: Vec<(i64, usize)> =
        events.iter().enumerate().filter_map(|(n, event)| Some((distance(event)?, n))).collect();
    by_time.sort_unstable();
    let mut near: Vec<usize> = by_time.into_iter().take(2).map(|(_, n)| n).collect();
    near.sort_unstable();
    if near.is_empty() {
        let word = nearest(text, events.iter().map(|event| event.name.as_str()));
        near.extend(word.and_then(|word| events.iter().position(|event| event.name == word)));
    }
    if near.is_empty() {
        near.extend(0..events.len().min(NAMES_LISTED));
    }
    near.into_iter().map(|n| shortest_name(events, n)).collect()
}

/// The time of the day where that is enough to name the event.
pub fn shortest_name(events: &[Event], n: usize) -> String {
    let name = &events[n].name;
    match name.split_once('T') {
        Some((_, clock)) if event(events, clock) == Ok(n) => clock.to_owned(),
        _ => name.clone(),
    }
}

/// How far a time of the day, or of a day, is from `when` on the same clock; none where either has no time.
fn seconds_between(text: &str, when: &When) -> Option<i64> {
    let When::Instant(at) = when else { return None };
    let distance = match (clock_time(text), text.parse::<civil::DateTime>()) {
        (Some(time), _) => time.duration_since(at.time()),
        (None, Ok(time)) => time.duration_since(at.datetime()),
        (None, Err(_)) => return None,
    };
    Some(distance.as_secs().abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outline::TimelineEntry;

    fn events(entries: &[(&str, &str)]) -> Vec<Event> {
        let entry = |(at, text): &(&str, &str)| TimelineEntry {
            at: Moment::parse(at).ok(),
            kind: None,
            text: (*text).to_owned(),
            sources: Vec::new(),
        };
        IncidentFront { timeline: entries.iter().map(entry).collect(), ..IncidentFront::default() }.events()
    }

    #[test]
    fn an_event_is_named_by_its_time_and_by_its_words_where_that_is_not_enough() {
        let events = events(&[
            ("2026-04-03T22:16Z", "Calls fail"),
            ("2026-04-04", "A page goes out on the Saturday"),
            ("2026-04-04", "The first guess is wrong"),
            ("unstated", "Bursts of errors are seen"),
        ]);
        let names: Vec<&str> = events.iter().map(|event| event.name.as_str()).collect();
        assert_eq!(
            names,
            ["2026-04-03T22:16", "2026-04-04-a-page-goes-out", "2026-04-04-the-first-guess-is", "bursts-of-errors-are"]
        );
    }

    #[test]
    fn a_time_names_the_event_that_begins_or_else_ends_then() {
        let events = events(&[
            ("2026-04-03T09:05-07:00", "Calls fail"),
            ("2026-04-03T14:00-07:00/15:00", "A retreat"),
            ("2026-04-03T15:00-07:00/15:30", "An advance"),
            ("2026-04-04T09:05-07:00", "They fail again"),
            ("2026-04-05", "A quiet day"),
        ]);
        for (text, expected) in [
            ("14:00", Ok(1)),
            ("15:00", Ok(2)),
            ("15:30", Ok(2)),
            ("9:05", Err(vec![0, 3])),
            ("2026-04-03T09:05", Ok(0)),
            ("2026-04-03T16:05Z", Ok(0)),
            ("2026-04-04", Ok(3)),
            ("2026-04-03", Err(vec![0, 1, 2])),
            ("2026-04-05", Ok(4)),
            ("nf-event-2026-04-05", Ok(4)),
            ("14:01", Err(vec![])),
            ("noon", Err(vec![])),
        ] {
            assert_eq!(event(&events, text), expected, "{text}");
        }
    }

    #[test]
    fn what_names_no_event_is_near_to_some_in_time_or_in_spelling() {
        let events = events(&[
            ("2026-04-03T09:05Z", "Calls fail"),
            ("2026-04-03T14:00Z", "They work"),
            ("2026-04-04T09:05Z", "They fail again"),
            ("unstated", "Bursts of errors"),
        ]);
        for (text, expected) in [
            ("13:50", ["2026-04-03T09:05", "14:00"].as_slice()),
            ("2026-04-04T09:00", &["14:00", "2026-04-04T09:05"]),
            ("bursts-of-error", &["bursts-of-errors"]),
        ] {
            assert_eq!(nearest_events(&events, text), expected, "{text}");
        }
    }
}
