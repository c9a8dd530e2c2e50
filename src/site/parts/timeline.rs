//! An incident's timeline: its events in order, where each stands in the drawing, and the passages that speak of it. Knows one
//! record and the listed readings.

use crate::index::ReadingAt;
use crate::model::{DocId, Moment, When, first_sentences};
use crate::outline::{EVENT_ANCHOR, Event, IncidentFront};

use super::sources::Numbers;
use crate::site::Viewer;
use crate::site::view::{EventReading, TimelineLine, TimelinePlace};

/// Parts of the line from its beginning to its end.
const LENGTH: i64 = 1000;
/// Two numbers of one row stand at least so far apart, that they don't touch on a phone either.
const APART: u32 = 65;
/// Passages shown with an event; the newest.
const SHOWN: usize = 3;
/// The most bytes of a passage that has no words of its own set off.
const WORDS_BYTES: usize = 160;

/// A part of time, in seconds: what a drawing reaches over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) struct Window {
    pub first: i64,
    pub last: i64,
}

impl Viewer<'_> {
    /// The events of the incident, and how many rows their numbers fill in the drawing.
    pub(in crate::site) fn timeline(
        &self,
        incident: DocId,
        front: &IncidentFront,
        numbers: &Numbers,
    ) -> (Vec<TimelineLine>, usize) {
        let readings = self.event_readings(incident);
        let line = |(n, event): (u32, Event)| {
            let start = readings.partition_point(|reading| reading.event < Some(n));
            let end = readings.partition_point(|reading| reading.event <= Some(n));
            let readings = &readings[start..end];
            TimelineLine {
                id: [EVENT_ANCHOR, &event.name].concat(),
                at: event.at,
                kind: event.kind,
                text: event.text,
                sources: numbers.of(&event.sources),
                place: None,
                readings: readings.iter().take(SHOWN).filter_map(|reading| self.event_reading(reading)).collect(),
                more: readings.len().saturating_sub(SHOWN),
            }
        };
        let mut events: Vec<TimelineLine> = (0..).zip(front.events()).map(line).collect();
        let end = front.times.resolved.as_ref().and_then(second);
        let moments = || events.iter().map(|event| event.at.as_ref());
        let Some(whole) = reach(moments(), end) else { return (events, 0) };
        let (places, rows) = places(moments(), end, whole);
        for (event, place) in events.iter_mut().zip(places) {
            event.place = place;
        }
        (events, rows)
    }

    /// The readings of the incident that speak of one of its events, by event and then newest first.
    fn event_readings(&self, incident: DocId) -> Vec<&ReadingAt> {
        let all = self.readings_of(incident).iter();
        let mut readings: Vec<&ReadingAt> = all.filter(|reading| reading.event.is_some()).collect();
        readings.sort_by_key(|reading| (reading.event, self.index.rank[reading.essay.index()], reading.passage));
        readings
    }

    fn event_reading(&self, reading: &ReadingAt) -> Option<EventReading> {
        let passage = self.passage(reading.essay, reading.passage?.mark);
        let words = match passage.quote.words {
            words if words.is_empty() => first_sentences(&passage.quote.after, WORDS_BYTES),
            words => words,
        };
        let essay = self.document(reading.essay).title().to_owned();
        Some(EventReading { tag: self.read_tag(reading.tag), refuses: reading.refuses, words, essay, url: passage.url })
    }
}

/// From the first to the last of the moments that are known to the minute; none if that is no time at all. What came after the
/// `end` of the incident is not drawn: an account that appeared days later would push all else together.
pub(in crate::site) fn reach<'a>(
    moments: impl IntoIterator<Item = Option<&'a Moment>>,
    end: Option<i64>,
) -> Option<Window> {
    let known: Vec<Window> = moments.into_iter().filter_map(|at| window(at, end)).collect();
    let first = known.iter().map(|window| window.first).min()?;
    let last = known.iter().map(|window| window.last).max()?;
    (first < last).then_some(Window { first, last })
}

/// When an event was, if that is known to the minute and it began before the `end`.
pub(in crate::site) fn window(at: Option<&Moment>, end: Option<i64>) -> Option<Window> {
    let at = at?;
    let first = second(&at.from)?;
    let last = at.to.as_ref().map_or(Some(first), second)?;
    end.is_none_or(|end| first <= end).then_some(Window { first, last: end.map_or(last, |end| last.min(end)) })
}

/// The place of each event that is drawn in a drawing of `whole`, and how many rows their numbers fill.
pub(in crate::site) fn places<'a>(
    moments: impl IntoIterator<Item = Option<&'a Moment>>,
    end: Option<i64>,
    whole: Window,
) -> (Vec<Option<TimelinePlace>>, usize) {
    // Where the last number of each row stands.
    let mut rows: Vec<u32> = Vec::new();
    let mut place = |at: Option<&Moment>| {
        let window = window(at, end)?;
        let (from, to) = (whole.part(window.first), whole.part(window.last));
        let row = rows.iter().position(|last| last + APART <= from).unwrap_or(rows.len());
        if row == rows.len() {
            rows.push(from);
        } else {
            rows[row] = from;
        }
        Some(TimelinePlace { from, to, row })
    };
    let places = moments.into_iter().map(&mut place).collect();
    (places, rows.len())
}

impl Window {
    /// How far along `second` is, in parts of the line.
    pub fn part(self, second: i64) -> u32 {
        let length = (self.last - self.first).max(1);
        u32::try_from((second - self.first) * LENGTH / length).unwrap_or_default()
    }
}

/// The moment, if it is known to the minute.
pub(in crate::site) fn second(when: &When) -> Option<i64> {
    match when {
        When::Instant(at) => Some(at.timestamp().as_second()),
        _ => None,
    }
}
