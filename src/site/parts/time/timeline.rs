//! An incident's timeline: its events in order, when each was, and the passages that speak of it. Knows one record and the
//! listed readings.

use crate::index::ReadingAt;
use crate::model::{DocId, Moment, When, clock, first_sentences, zone};
use crate::outline::{EVENT_ANCHOR, Event, IncidentFront};
use crate::site::Viewer;
use crate::site::view::{EventReading, TimePart, TimelineDrawing, TimelineLine};

use super::clocks::text_of;
use super::lanes::{drawing, one_zone};
use super::window::second;
use crate::site::parts::sources::Numbers;
use crate::words::Words;

/// Passages shown with an event; the newest.
const SHOWN: usize = 3;
/// The most bytes of a passage that has no words of its own set off.
const WORDS_BYTES: usize = 160;

/// A record's timeline.
pub(in crate::site) struct Timeline {
    pub lines: Vec<TimelineLine>,
    pub zone: Option<String>,
    pub since: Option<&'static str>,
    pub drawing: Option<TimelineDrawing>,
}

impl Viewer<'_> {
    /// The events of the incident, and the drawing of them.
    pub(in crate::site) fn timeline(&self, incident: DocId, front: &IncidentFront, numbers: &Numbers) -> Timeline {
        let events = front.events();
        let readings = self.event_readings(incident);
        let moments = || events.iter().filter_map(|event| event.at.as_ref());
        let zone = one_zone(moments().flat_map(|at| [Some(&at.from), at.to.as_ref()].into_iter().flatten()));
        let started = front.times.started.as_ref().and_then(second).map(|start| ("started", start));
        let origin = started.or_else(|| Some(("first", moments().find_map(|at| second(&at.from))?)));
        let mut before = None;
        let line = |(n, event): (u32, &Event)| {
            let start = readings.partition_point(|reading| reading.event < Some(n));
            let end = readings.partition_point(|reading| reading.event <= Some(n));
            let readings = &readings[start..end];
            let is_under = |when: &When| before.as_ref().is_some_and(|day| day == when || when.holds(day));
            let day = event.at.as_ref().map(|at| day(&at.from)).filter(|day| !is_under(day));
            if day.is_some() {
                before.clone_from(&day);
            }
            let since = |(_, origin)| Some(self.words.elapsed(second(&event.at.as_ref()?.from)? - origin));
            TimelineLine {
                id: [EVENT_ANCHOR, &event.name].concat(),
                day,
                clock: event
                    .at
                    .as_ref()
                    .map(|at| clock_parts(at, before.as_ref(), zone.is_some(), self.words))
                    .unwrap_or_default(),
                elapsed: origin.and_then(since),
                at: event.at.clone(),
                kind: event.kind,
                text: text_of(event, self.words),
                sources: numbers.of(&event.sources),
                readings: readings.iter().take(SHOWN).filter_map(|reading| self.event_reading(reading)).collect(),
                more: readings.len().saturating_sub(SHOWN),
            }
        };
        let lines: Vec<TimelineLine> = (0..).zip(&events).map(line).collect();
        let drawing = drawing(front, &lines, self.words);
        Timeline { lines, zone, since: origin.map(|(word, _)| word), drawing }
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

/// What stands over the events of a day; of one that is known to the month or year, that.
fn day(when: &When) -> When {
    if when.has_day() { When::Day(when.first_day()) } else { when.clone() }
}

/// A moment without the `day` that it stands under.
fn clock_parts(at: &Moment, under: Option<&When>, one_zone: bool, words: &Words) -> Vec<TimePart> {
    let time = |when: &When| match when {
        When::Instant(at) if one_zone => Some(clock(at.time())),
        When::Instant(at) => Some(format!("{}{}", clock(at.time()), zone(at))),
        When::Local(at) => Some(clock(at.time())),
        _ => None,
    };
    let end = |to: &When| match time(to) {
        Some(time) if day(to) == day(&at.from) => time,
        Some(time) => {
            let date = to.first_day();
            words.say("date_time", &[("date", &words.day_and_month(date.day(), date.month())), ("time", &time)])
        }
        None => words.when(to),
    };
    let part = |text: String, when: &When| TimePart { text, machine: when.machine() };
    let whole = || Some(words.when(&at.from)).filter(|_| under != Some(&day(&at.from)));
    let from = time(&at.from).or_else(whole).map(|text| part(text, &at.from));
    from.into_iter().chain(at.to.as_ref().map(|to| part(end(to), to))).collect()
}
