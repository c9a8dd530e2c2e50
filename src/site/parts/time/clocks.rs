//! The clocks of two incidents laid on one another: what is drawn of each over one scale, and what the clock shows at each event.
//! Knows two records, no readings and no other page.

use crate::model::{Moment, SourceDuration, When};
use crate::outline::{EVENT_ANCHOR, Event, IncidentFront};
use crate::words::Words;

use super::scale::{DAY, WITHIN_A_DAY};
use super::window::{Window, places, reach, second, window};
use crate::site::view::{Clock, ClockDrawing, ClockLine, ScaleMark};

/// Rows of numbers in the drawing of one incident.
const ROWS: usize = 4;
/// Names on the scale, at most.
const MARKS: i64 = 5;
/// From one name on the scale to the next, where a day is too short.
const FROM_A_DAY: [i64; 6] = [DAY, 2 * DAY, 7 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];

/// Where both are laid on one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    Start,
    Detection,
    /// At the first moment that is known of each: it says how long they were, and nothing of their clocks.
    First,
}

impl Origin {
    const OF_CLOCKS: [Self; 2] = [Self::Start, Self::Detection];

    const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Detection => "detection",
            Self::First => "first",
        }
    }

    /// When that was, if it is known to the minute.
    fn of(self, lane: &Lane<'_>) -> Option<i64> {
        match self {
            Self::Start => ends(lane.front)[0],
            Self::Detection => lane.front.times.detected.as_ref().and_then(second),
            Self::First => lane.reach().map(|reach| reach.first),
        }
    }
}

/// When an incident began or ended, as far as its record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    Known(i64),
    /// From the other end and how long a source says that it lasted.
    About(i64),
    Unknown,
}

impl Edge {
    fn start(front: &IncidentFront) -> Self {
        let [start, end] = ends(front);
        match (start, end.zip(front.duration)) {
            (Some(start), _) => Self::Known(start),
            (None, Some((end, lasted))) => Self::About(end - lasted.seconds),
            (None, None) => Self::Unknown,
        }
    }

    fn end(front: &IncidentFront) -> Self {
        let [start, end] = ends(front);
        match (end, start.zip(front.duration)) {
            (Some(end), _) => Self::Known(end),
            (None, Some((start, lasted))) => Self::About(start + lasted.seconds),
            (None, None) => Self::Unknown,
        }
    }

    const fn second(self) -> Option<i64> {
        match self {
            Self::Known(at) | Self::About(at) => Some(at),
            Self::Unknown => None,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Known(_) => "known",
            Self::About(_) => "about",
            Self::Unknown => "unknown",
        }
    }
}

/// Start and end, where they are known to the minute.
fn ends(front: &IncidentFront) -> [Option<i64>; 2] {
    [&front.times.started, &front.times.resolved].map(|time| time.as_ref().and_then(second))
}

/// One of the two.
struct Lane<'a> {
    front: &'a IncidentFront,
    events: Vec<Event>,
    start: Edge,
    end: Edge,
}

impl<'a> Lane<'a> {
    fn of(front: &'a IncidentFront) -> Self {
        Self { front, events: front.all_events(), start: Edge::start(front), end: Edge::end(front) }
    }

    fn moments(&self) -> impl Iterator<Item = Option<&Moment>> {
        self.events.iter().map(|event| event.at.as_ref())
    }

    /// Whether the event came after all that is drawn.
    fn is_over_before(&self, event: &Event) -> bool {
        let last = self.reach().map(|reach| reach.last);
        event.at.as_ref().zip(last).is_some_and(|(at, last)| at.from.earliest().as_second() > last)
    }

    /// What is known to the minute of it, from its first event or its start to its last or its end.
    fn reach(&self) -> Option<Window> {
        let start = self.start.second().map(|start| Window { first: start, last: start });
        let end = self.end.second().map(|end| Window { first: end, last: end });
        let events = reach(self.moments(), self.end.second());
        [start, end, events]
            .into_iter()
            .flatten()
            .reduce(|a, b| Window { first: a.first.min(b.first), last: a.last.max(b.last) })
    }

    /// What is drawn of it; its events are those of `lines` that have a place.
    fn clock(&self, whole: Window, lines: Vec<ClockLine>) -> Clock {
        let (places, rows) = places(self.moments(), self.end.second(), whole);
        let reach = self.reach().unwrap_or(whole);
        let placed = lines.into_iter().zip(places).map(|(line, place)| ClockLine { place, ..line });
        Clock {
            from: whole.part(self.start.second().unwrap_or(reach.first)),
            to: whole.part(self.end.second().unwrap_or(reach.last)),
            start: self.start.word(),
            end: self.end.word(),
            events: placed.filter(|line| line.place.is_some()).collect(),
            rows: rows.min(ROWS),
        }
    }
}

/// The drawings, what the clock of the events counts from, and the events of both in its order.
pub(in crate::site) fn clocks(
    fronts: [&IncidentFront; 2],
    words: &Words,
) -> (Vec<ClockDrawing>, Option<&'static str>, Vec<ClockLine>) {
    let lanes = fronts.map(Lane::of);
    let origins = |origin: Origin| Some([origin.of(&lanes[0])?, origin.of(&lanes[1])?]);
    let clock = Origin::OF_CLOCKS.into_iter().find(|origin| origins(*origin).is_some());
    let lines = lines(&lanes, clock.and_then(origins), words);
    let drawn = |origin: Origin| drawing((origin, origins(origin)?), &lanes, &lines, words);
    let mut drawings: Vec<ClockDrawing> = Origin::OF_CLOCKS.into_iter().filter_map(drawn).collect();
    if drawings.is_empty() {
        drawings.extend(drawn(Origin::First));
    }
    // Detected equally soon: the second drawing is the first.
    drawings.dedup_by(|second, first| second.shows_the_same_as(first));
    (drawings, clock.map(Origin::word), lines)
}

fn drawing(
    (origin, origins): (Origin, [i64; 2]),
    lanes: &[Lane<'_>; 2],
    lines: &[ClockLine],
    words: &Words,
) -> Option<ClockDrawing> {
    let reaches = [lanes[0].reach()?, lanes[1].reach()?];
    let first = (0..2).map(|n| reaches[n].first - origins[n]).min()?;
    let last = (0..2).map(|n| reaches[n].last - origins[n]).max()?;
    if first >= last {
        return None;
    }
    let whole = |n: usize| Window { first: origins[n] + first, last: origins[n] + last };
    let scale = Window { first, last };
    let of = |n: usize| {
        let mut own: Vec<ClockLine> = lines.iter().filter(|line| line.incident == n).cloned().collect();
        own.sort_by_key(|line| line.number);
        own
    };
    Some(ClockDrawing {
        aligned: origin.word(),
        origin: scale.part(0),
        marks: marks(scale, words),
        clocks: (0..2).map(|n| lanes[n].clock(whole(n), of(n))).collect(),
    })
}

impl ClockDrawing {
    /// Whether both show the same lengths at the same places.
    fn shows_the_same_as(&self, other: &Self) -> bool {
        let ends = |drawing: &Self| drawing.clocks.iter().map(|clock| (clock.from, clock.to)).collect::<Vec<_>>();
        ends(self) == ends(other)
    }
}

/// The moments named on a scale of which 0 is where the clocks are aligned.
fn marks(scale: Window, words: &Words) -> Vec<ScaleMark> {
    let length = scale.last - scale.first;
    let step = WITHIN_A_DAY.into_iter().chain(FROM_A_DAY).find(|step| length / step < MARKS).unwrap_or(length);
    let first = scale.first.div_euclid(step) + i64::from(scale.first.rem_euclid(step) != 0);
    let last = scale.last.div_euclid(step);
    let mark = |n: i64| ScaleMark { at: scale.part(n * step), text: words.elapsed(n * step) };
    (first..=last).map(mark).collect()
}

/// The events of both, numbered as they stand: by the clock where both are `aligned`. One without a place on the clock stays
/// behind the one it follows in its record.
fn lines(lanes: &[Lane<'_>; 2], aligned: Option<[i64; 2]>, words: &Words) -> Vec<ClockLine> {
    let mut all: Vec<(i64, ClockLine)> = Vec::new();
    for (incident, lane) in lanes.iter().enumerate() {
        let mut before = i64::MIN;
        for event in &lane.events {
            let known = window(event.at.as_ref(), lane.end.second()).zip(aligned).map(|(window, origins)| Window {
                first: window.first - origins[incident],
                last: window.last - origins[incident],
            });
            before = match known {
                Some(known) => known.first.max(before),
                // An account that appeared days later.
                None if lane.is_over_before(event) => i64::MAX,
                None => before,
            };
            let line = ClockLine {
                number: 0,
                incident,
                clock: known.map(|known| clock_of(known, event, words)),
                id: [EVENT_ANCHOR, &event.name].concat(),
                at: event.at.clone(),
                kind: event.kind,
                text: text_of(event, words),
                place: None,
            };
            all.push((before, line));
        }
    }
    if aligned.is_some() {
        // Stable: what happened at the same time, or has no time, stays in the order of the incidents and their records.
        all.sort_by_key(|(at, _)| *at);
    }
    (1..).zip(all).map(|(number, (_, line))| ClockLine { number, ..line }).collect()
}

/// What the clock shows at an event: `+12 min`, `about +1 h to +2 h`.
fn clock_of(window: Window, event: &Event, words: &Words) -> String {
    let from = words.elapsed(window.first);
    let time = if window.first == window.last {
        from
    } else {
        words.say("range", &[("from", &from), ("to", &words.elapsed(window.last))])
    };
    let is_about = event.at.as_ref().is_some_and(|at| at.about);
    if is_about { words.say("about", &[("time", &time)]) } else { time }
}

/// The record's text of an event; one of the four times of an incident has the theme's.
pub(super) fn text_of(event: &Event, words: &Words) -> String {
    match event.kind {
        Some(kind @ ("started" | "detected" | "mitigated" | "resolved")) => words.text(kind).to_owned(),
        _ => event.text.clone(),
    }
}

/// From one time to another, where both are known to the minute.
pub(in crate::site) fn between(from: Option<&When>, to: Option<&When>) -> Option<SourceDuration> {
    match (from, to) {
        (Some(When::Instant(from)), Some(When::Instant(to))) => {
            SourceDuration::between(from.timestamp(), to.timestamp())
        }
        _ => None,
    }
}
