//! Parts of time and where moments stand in them. Knows moments, not what happened then.

use crate::model::{Moment, When};
use crate::site::view::TimelinePlace;

/// Parts of the line from its beginning to its end.
const LENGTH: i64 = 1000;
/// Two numbers of one row stand at least so far apart, that they don't touch on a phone either.
const APART: u32 = 65;

/// A part of time, in seconds: what a drawing reaches over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::site) struct Window {
    pub first: i64,
    pub last: i64,
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
    /// The part of it that is in `whole`.
    pub fn within(self, whole: Self) -> Option<Self> {
        let part = Self { first: self.first.max(whole.first), last: self.last.min(whole.last) };
        (part.first <= part.last).then_some(part)
    }

    /// How far along `second` is, in parts of the line.
    pub fn part(self, second: i64) -> u32 {
        let length = (self.last - self.first).max(1);
        u32::try_from(((second - self.first) * LENGTH / length).clamp(0, LENGTH)).unwrap_or_default()
    }
}

/// The moment, if it is known to the minute.
pub(in crate::site) fn second(when: &When) -> Option<i64> {
    match when {
        When::Instant(at) => Some(at.timestamp().as_second()),
        _ => None,
    }
}
