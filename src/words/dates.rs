//! Dates, moments and lengths as a language writes them (CLDR, `dateFormats` and `units`). Knows values; makes nothing more precise
//! than it is.

use std::borrow::Cow;

use crate::model::{Moment, SourceDuration, When, clock, zone};

use super::Words;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// A date in numbers, as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Date<'a> {
    pub year: i16,
    /// From 1.
    pub month: Option<i8>,
    pub day: Option<i8>,
    /// `14:09`.
    pub time: Option<Cow<'a, str>>,
    /// `UTC+1`; empty where the time is of the site's zone.
    pub zone: Option<Cow<'a, str>>,
}

impl From<&When> for Date<'_> {
    fn from(when: &When) -> Self {
        let first = when.first_day();
        let (time, zone) = match when {
            When::Local(at) => (Some(clock(at.time())), None),
            When::Instant(at) => (Some(clock(at.time())), Some(zone(at).trim_start().to_owned())),
            When::Year(_) | When::Month(..) | When::Day(_) => (None, None),
        };
        Self {
            year: first.year(),
            month: (!matches!(when, When::Year(_))).then(|| first.month()),
            day: when.has_day().then(|| first.day()),
            time: time.map(Cow::Owned),
            zone: zone.map(Cow::Owned),
        }
    }
}

impl Date<'_> {
    /// The time with its zone.
    fn clock(&self) -> Option<String> {
        let time = self.time.as_deref()?;
        Some(self.zone.as_deref().map_or_else(|| time.to_owned(), |zone| format!("{time} {zone}")))
    }

    fn same_day(&self, other: &Self) -> bool {
        (self.year, self.month, self.day) == (other.year, other.month, other.day)
    }
}

impl Words {
    /// The name of a month, which is counted from 1; empty if there is none.
    pub fn month(&self, month: i8) -> &str {
        of_month(&self.months, month)
    }

    /// The short name of a month.
    pub fn month_short(&self, month: i8) -> &str {
        of_month(&self.months_short, month)
    }

    /// A day with the short name of its month: `6 Apr`.
    pub fn day_short(&self, day: i8, month: i8) -> String {
        self.say("date_short", &[("day", &day.to_string()), ("month", self.month_short(month))])
    }

    /// A day of a month without its year: `6 April`.
    pub fn day_and_month(&self, day: i8, month: i8) -> String {
        self.say("date_day_month", &[("day", &day.to_string()), ("month", self.month(month))])
    }

    /// A date as precise as it is.
    pub fn when(&self, when: &When) -> String {
        self.date(&when.into())
    }

    /// The day of a date without its time.
    pub fn day(&self, when: &When) -> String {
        self.date(&Date { time: None, ..when.into() })
    }

    pub fn date(&self, date: &Date<'_>) -> String {
        let year = date.year.to_string();
        let day = match (date.month, date.day) {
            (Some(month), Some(day)) => {
                self.say("date_day", &[("day", &day.to_string()), ("month", self.month(month)), ("year", &year)])
            }
            (Some(month), None) => self.say("date_month", &[("month", self.month(month)), ("year", &year)]),
            (None, _) => self.say("date_year", &[("year", &year)]),
        };
        match date.clock() {
            Some(time) => self.say("date_time", &[("date", &day), ("time", &time)]),
            None => day,
        }
    }

    /// A date or a span; what the ends of a span share is written once.
    pub fn moment(&self, moment: &Moment) -> String {
        self.span(&(&moment.from).into(), moment.to.as_ref().map(Date::from).as_ref(), moment.about)
    }

    pub fn span(&self, from: &Date<'_>, to: Option<&Date<'_>>, about: bool) -> String {
        let time = to.map_or_else(|| self.date(from), |to| self.between(from, to));
        if about { self.say("about", &[("time", &time)]) } else { time }
    }

    fn between(&self, from: &Date<'_>, to: &Date<'_>) -> String {
        let year = to.year.to_string();
        let no_time = from.time.is_none() && to.time.is_none();
        match (from, to) {
            (Date { time: Some(start), .. }, Date { time: Some(_), .. })
                if from.same_day(to) && from.zone.is_some() && from.zone == to.zone =>
            {
                let date = self.date(&Date { time: None, ..from.clone() });
                let end = to.clock().unwrap_or_default();
                self.say("range_times", &[("date", &date), ("from", start), ("to", &end)])
            }
            (Date { day: Some(first), month: Some(month), .. }, Date { day: Some(last), .. })
                if no_time && (from.year, from.month) == (to.year, to.month) =>
            {
                let (first, last) = (first.to_string(), last.to_string());
                let with = [("from", &*first), ("to", &*last), ("month", self.month(*month)), ("year", &*year)];
                self.say("range_days", &with)
            }
            (
                Date { day: Some(first), month: Some(first_month), .. },
                Date { day: Some(last), month: Some(last_month), .. },
            ) if no_time && from.year == to.year => {
                let (first, last) = (self.day_and_month(*first, *first_month), self.day_and_month(*last, *last_month));
                self.say("range_dates", &[("from", &first), ("to", &last), ("year", &year)])
            }
            (Date { day: None, month: Some(first), .. }, Date { day: None, month: Some(last), .. })
                if from.year == to.year =>
            {
                let with = [("from", self.month(*first)), ("to", self.month(*last)), ("year", &*year)];
                self.say("range_months", &with)
            }
            _ => self.say("range", &[("from", &self.date(from)), ("to", &self.date(to))]),
        }
    }

    /// A length as people say it: 40 s, 27 min, 3 h 40 min, 14 days.
    pub fn duration(&self, duration: SourceDuration) -> String {
        let SourceDuration { seconds, about } = duration;
        let days = if seconds < 2 * DAY { 0 } else { seconds / DAY };
        let rest = seconds - days * DAY;
        let parts = [
            (days, "days"),
            (rest / HOUR, "hours"),
            (rest % HOUR / MINUTE, "minutes"),
            (if seconds < HOUR { rest % MINUTE } else { 0 }, "seconds"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, unit)| self.count(unit, count.unsigned_abs()))
            .collect();
        let length = parts.join(self.text("list_units"));
        if about { self.say("about", &[("time", &length)]) } else { length }
    }

    /// A distance from where a clock begins, in seconds: `+12 min`.
    pub fn elapsed(&self, seconds: i64) -> String {
        let sign = match seconds.signum() {
            0 => return self.count("minutes", 0),
            1 => "+",
            _ => "\u{2212}",
        };
        let seconds = i64::try_from(seconds.unsigned_abs()).unwrap_or(i64::MAX);
        // Read from the left, as the number is.
        format!("{}{sign}{}", self.text("sign_mark"), self.duration(SourceDuration { seconds, about: false }))
    }
}

fn of_month(names: &[String], month: i8) -> &str {
    usize::try_from(month - 1).ok().and_then(|month| names.get(month)).map(String::as_str).unwrap_or_default()
}
