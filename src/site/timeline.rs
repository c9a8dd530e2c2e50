//! An incident's timeline: its events in order, where each stands in the drawing, and the passages that speak of it. Knows one
//! record and the listed readings.

use crate::index::ReadingAt;
use crate::model::{DocId, When, first_sentences};
use crate::outline::{EVENT_ANCHOR, Event, IncidentFront};

use super::Site;
use super::sources::Numbers;
use super::view::{EventReading, TimelineLine, TimelinePlace};

/// Parts of the line from its beginning to its end.
const LENGTH: i64 = 1000;
/// Two numbers of one row stand at least so far apart, that they don't touch on a phone either.
const APART: u32 = 65;
/// Passages shown with an event; the newest.
const SHOWN: usize = 3;
/// The most bytes of a passage that has no words of its own set off.
const WORDS_BYTES: usize = 160;

impl Site {
    /// The events of the incident, and how many rows their numbers fill in the drawing.
    pub(super) fn timeline(
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
        let rows = place(&mut events, front.times.resolved.as_ref().and_then(second));
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
