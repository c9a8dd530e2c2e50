//! The axis of a timeline: what part of time it reaches over, and the names on it. Knows moments, not what happened then.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};

use crate::model::Moment;
use crate::words::Words;

use super::scale::{DAY, HOUR, MINUTE, WITHIN_A_DAY};
use super::window::Window;
use crate::site::view::AxisTick;

const DAYS: [i64; 5] = [1, 2, 3, 7, 14];
const MONTHS: [i64; 4] = [1, 2, 3, 6];
const YEARS: [i64; 8] = [1, 2, 5, 10, 20, 50, 100, 1000];
/// Names of hours and minutes on an axis, at most; they are wider than those of days.
const HOURS_NAMED: i64 = 6;
const NAMED: i64 = 8;
/// Two names below the axis stand at least so far apart.
const UNDER_APART: u32 = 150;

/// Instants and no less.
pub(in crate::site) const EXACT: u8 = 3;

/// What a moment can mean, and how precise it is: 0 for a year to [`EXACT`].
pub(in crate::site) fn extent(at: &Moment, zone: &TimeZone) -> (Window, u8) {
    let end = at.to.as_ref().unwrap_or(&at.from);
    let window = Window { first: at.from.earliest_in(zone).as_second(), last: end.latest_in(zone).as_second() };
    (window, at.from.precision().min(end.precision()))
}

/// The part of time that is drawn, and how precise the moments are that decided it: the most precise ones that are at least
/// half of all. What came after the `end` counts for nothing: an account that appeared days later would push all else together.
pub(in crate::site) fn reach(moments: &[(Window, u8)], end: Option<i64>) -> Option<(Window, u8)> {
    let until = |window: &Window| end.is_none_or(|end| window.first <= end);
    let all: Vec<(Window, u8)> = moments.iter().filter(|(window, _)| until(window)).copied().collect();
    (0..=EXACT).rev().find_map(|precision| {
        let chosen: Vec<Window> = all.iter().filter(|(_, own)| *own >= precision).map(|(window, _)| *window).collect();
        let first = chosen.iter().map(|window| window.first).min()?;
        let last = chosen.iter().map(|window| window.last).max()?;
        let last = end.map_or(last, |end| last.min(end.max(first)));
        (chosen.len() * 2 >= all.len() && first < last).then_some((Window { first, last }, precision))
    })
}

/// The names on an axis over `whole` and what they are of.
pub(in crate::site) fn ticks(whole: Window, offset: Offset, words: &Words) -> (&'static str, Vec<AxisTick>) {
    let length = whole.last - whole.first;
    let fits = |steps: &[i64], unit: i64, most: i64| steps.iter().copied().find(|step| length / (step * unit) <= most);
    let shift = i64::from(offset.seconds());
    let (first, last) = (whole.first + shift, whole.last + shift);
    // On the clocks of the place, counted as if they stood in UTC.
    let at = |second: i64| whole.part(second - shift);
    let every = |step: i64, unit: i64| {
        let begin = first.div_euclid(unit) + i64::from(first.rem_euclid(unit) != 0);
        (0..).map(move |n| (begin + n * step) * unit).take_while(move |second| *second <= last)
    };
    if let Some(step) = fits(&WITHIN_A_DAY, 1, HOURS_NAMED) {
        let name = |second: i64| {
            let (hour, minute) = (second.rem_euclid(DAY) / HOUR, second.rem_euclid(HOUR) / MINUTE);
            (
                at(second),
                format!("{hour:02}:{minute:02}"),
                day(second).map(|day| words.day_short(day.day(), day.month())).unwrap_or_default(),
            )
        };
        return ("hours", named(every(1, step).map(name)));
    }
    if let Some(step) = fits(&DAYS, DAY, NAMED) {
        let name = |second: i64| {
            let date = day(second).unwrap_or_default();
            (at(second), date.day().to_string(), words.month_short(date.month()).to_owned())
        };
        return ("days", named(every(step, DAY).map(name)));
    }
    let (unit, months) = match fits(&MONTHS, 30 * DAY, NAMED) {
        Some(step) => ("months", step),
        None => ("years", 12 * fits(&YEARS, 365 * DAY, NAMED).unwrap_or(1000)),
    };
    let step = months.months();
    let begin = day(first).unwrap_or_default();
    let begin = if months >= 12 { begin.first_of_year() } else { begin.first_of_month() };
    let dates = std::iter::successors(Some(begin), |date| date.checked_add(step).ok());
    let seconds = dates.map(|date| (date, date.at(0, 0, 0, 0)));
    let seconds = seconds.map_while(|(date, at)| Some((date, TimeZone::UTC.to_timestamp(at).ok()?.as_second())));
    let shown = seconds.skip_while(|(_, second)| *second < first).take_while(|(_, second)| *second <= last);
    let name = |(date, second): (Date, i64)| {
        let year = date.year().to_string();
        if months >= 12 {
            (at(second), year, String::new())
        } else {
            (at(second), words.month_short(date.month()).to_owned(), year)
        }
    };
    (unit, named(shown.map(name)))
}

/// The ticks with these places, names, and names below, of which each is written once.
fn named(names: impl Iterator<Item = (u32, String, String)>) -> Vec<AxisTick> {
    let mut ticks: Vec<AxisTick> = Vec::new();
    let mut before = String::new();
    for (at, text, under) in names {
        let is_new = !under.is_empty() && under != before;
        // The first name gives way: the one that begins here is the more exact.
        if let Some(last) = ticks.iter_mut().rfind(|tick| tick.under.is_some())
            && is_new
            && last.at + UNDER_APART > at
        {
            last.under = None;
        }
        before.clone_from(&under);
        ticks.push(AxisTick { at, text, under: is_new.then_some(under) });
    }
    ticks
}

/// The day that a second is in.
fn day(second: i64) -> Option<Date> {
    Some(Offset::UTC.to_datetime(Timestamp::from_second(second).ok()?).date())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(first: &str, last: &str, offset: i8) -> String {
        let second = |text: &str| text.parse::<Timestamp>().expect("an instant").as_second();
        let whole = Window { first: second(first), last: second(last) };
        let (unit, ticks) = ticks(whole, jiff::tz::offset(offset), &crate::load::embedded_words("en"));
        let name = |tick: AxisTick| match tick.under {
            Some(under) => format!("{} {} ({under})", tick.at, tick.text),
            None => format!("{} {}", tick.at, tick.text),
        };
        format!("{unit}: {}", ticks.into_iter().map(name).collect::<Vec<_>>().join(", ")).replace('\u{a0}', " ")
    }

    #[test]
    fn names_are_few_and_stand_at_full_hours_days_months_or_years_of_the_place() {
        let axes = [
            axis("2021-01-04T14:00:00Z", "2021-01-04T18:40:00Z", -8),
            axis("2018-10-21T22:52:00Z", "2018-10-22T23:03:00Z", 0),
            axis("2026-03-30T00:00:00Z", "2026-04-07T00:00:00Z", 0),
            axis("2026-03-01T00:00:00Z", "2026-03-15T00:00:00Z", 0),
            axis("2017-01-01T00:00:00Z", "2018-01-01T00:00:00Z", 0),
            axis("2017-12-24T00:00:00Z", "2025-03-21T00:00:00Z", 0),
        ];
        insta::assert_snapshot!(axes.join("\n"), @r"
        hours: 0 06:00 (4 Jan), 214 07:00, 428 08:00, 642 09:00, 857 10:00
        hours: 46 00:00 (22 Oct), 294 06:00, 543 12:00, 791 18:00
        days: 0 30 (Mar), 125 31, 250 1 (Apr), 375 2, 500 3, 625 4, 750 5, 875 6, 1000 7
        days: 0 1 (Mar), 142 3, 285 5, 428 7, 571 9, 714 11, 857 13, 1000 15
        months: 0 Jan (2017), 161 Mar, 328 May, 495 Jul, 665 Sept, 832 Nov, 1000 Jan (2018)
        years: 3 2018, 141 2019, 279 2020, 417 2021, 555 2022, 693 2023, 831 2024, 970 2025
        ");
    }
}
