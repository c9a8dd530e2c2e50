//! Dates as precise as the author knows them, and no more. Knows no clock.

use std::{cmp::Ordering, fmt};

use jiff::{Timestamp, ToSpan, ZonedDateTime, civil, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A point in time with the precision it was written with: `2017`, `2026-04`, `2026-04-06`, a time, or an instant with its zone.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    Year(i16),
    Month(i16, i8),
    Day(civil::Date),
    /// On the clocks of the site's zone.
    Local(civil::DateTime),
    /// Kept in the zone it was written in, so that a reader sees the hour the people there saw.
    Instant(ZonedDateTime),
}

pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl When {
    /// The first moment this can mean; a date without a zone counts as UTC. Orders lists.
    pub fn earliest(&self) -> Timestamp {
        match self {
            Self::Instant(zoned) => zoned.timestamp(),
            _ => self.earliest_in(&TimeZone::UTC),
        }
    }

    /// The first moment this can mean where a date without a zone is one of `zone`.
    pub fn earliest_in(&self, zone: &TimeZone) -> Timestamp {
        let start = match self {
            Self::Instant(zoned) => return zoned.timestamp(),
            Self::Local(local) => *local,
            Self::Year(_) | Self::Month(..) | Self::Day(_) => self.first_day().at(0, 0, 0, 0),
        };
        // Moments end in the evening of 30 December 9999, so that every zone can express them; days go on to the end of the year.
        zone.to_timestamp(start).unwrap_or(Timestamp::MAX)
    }

    /// The end of the last moment it can mean, where a date without a zone is one of `zone`.
    pub fn latest_in(&self, zone: &TimeZone) -> Timestamp {
        let end = match self {
            Self::Instant(_) | Self::Local(_) => return self.earliest_in(zone),
            Self::Year(_) | Self::Month(..) | Self::Day(_) => self.last_day().saturating_add(1.day()).at(0, 0, 0, 0),
        };
        zone.to_timestamp(end).unwrap_or(Timestamp::MAX)
    }

    /// The calendar day it begins on.
    pub fn first_day(&self) -> civil::Date {
        match self {
            Self::Year(y) => civil::Date::new(*y, 1, 1).unwrap_or(civil::Date::MIN),
            Self::Month(y, m) => civil::Date::new(*y, *m, 1).unwrap_or(civil::Date::MIN),
            Self::Day(date) => *date,
            Self::Local(local) => local.date(),
            Self::Instant(zoned) => zoned.date(),
        }
    }

    /// The last calendar day it can mean.
    fn last_day(&self) -> civil::Date {
        match self {
            Self::Year(y) => civil::Date::new(*y, 12, 31).unwrap_or(civil::Date::MAX),
            Self::Month(..) => self.first_day().last_of_month(),
            Self::Day(_) | Self::Local(_) | Self::Instant(_) => self.first_day(),
        }
    }

    /// Whether it is over before `other` can begin. A day is that of the place, so one with less than a time is compared by days.
    pub fn is_over_before(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Instant(own), Self::Instant(other)) => own.timestamp() < other.timestamp(),
            _ => self.last_day() < other.first_day(),
        }
    }

    /// Whether it is less precise than `other` and `other` is within it.
    pub fn holds(&self, other: &Self) -> bool {
        self.precision() < other.precision() && (self.first_day()..=self.last_day()).contains(&other.first_day())
    }

    /// How precise it is: 0 for a year to 3 for a time.
    pub const fn precision(&self) -> u8 {
        match self {
            Self::Year(_) => 0,
            Self::Month(..) => 1,
            Self::Day(_) => 2,
            Self::Local(_) | Self::Instant(_) => 3,
        }
    }

    pub fn year(&self) -> i16 {
        self.first_day().year()
    }

    /// Whether it is known to the day or better.
    pub const fn has_day(&self) -> bool {
        matches!(self, Self::Day(_) | Self::Local(_) | Self::Instant(_))
    }

    /// Whether it lies after `now` as seen in the site's zone.
    pub fn is_after(&self, now: &ZonedDateTime) -> bool {
        match self {
            Self::Instant(zoned) => zoned.timestamp() > now.timestamp(),
            Self::Local(local) => *local > now.datetime(),
            Self::Day(date) => *date > now.date(),
            Self::Month(..) | Self::Year(_) => self.first_day() > now.date(),
        }
    }

    /// For `<time datetime>`: the same precision in the form HTML defines.
    pub fn machine(&self) -> String {
        match self {
            Self::Year(y) => format!("{y:04}"),
            Self::Month(y, m) => format!("{y:04}-{m:02}"),
            Self::Day(date) => date.to_string(),
            Self::Local(local) => local.to_string(),
            Self::Instant(zoned) => zoned.timestamp().to_string(),
        }
    }

    /// On the clocks of the place, as authors write it, without the zone: `2026-04-06T14:09`.
    pub fn local(&self) -> String {
        match self {
            Self::Instant(zoned) => format!("{}T{}", zoned.date(), clock(zoned.time())),
            other => other.machine(),
        }
    }

    /// For data (ISO 8601, instants in UTC): the same, a time without the seconds that it does not have.
    pub fn iso(&self) -> String {
        match self {
            Self::Instant(zoned) if zoned.second() == 0 && zoned.subsec_nanosecond() == 0 => {
                zoned.timestamp().strftime("%Y-%m-%dT%H:%MZ").to_string()
            }
            Self::Local(local) if local.second() == 0 && local.subsec_nanosecond() == 0 => {
                local.strftime("%Y-%m-%dT%H:%M").to_string()
            }
            other => other.machine(),
        }
    }

    /// An RFC 3339 instant, as feeds need one: the first moment it can mean in the site's zone.
    pub fn rfc3339(&self, zone: &TimeZone) -> String {
        self.earliest_in(zone).to_string()
    }

    /// The day without the year, for places where the year is plain: `3 May`.
    pub fn day_and_month(&self) -> String {
        let day = self.first_day();
        format!("{} {}", day.day(), month_name(day.month()))
    }

    /// The month as bibliographies abbreviate it: `may`, `sep`.
    pub fn month_abbreviated(&self) -> &'static str {
        const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        month_of(&MONTHS, self.first_day().month())
    }
}

/// The name of a month, which is counted from 1; empty if there is none.
pub fn month_name(month: i8) -> &'static str {
    month_of(&MONTHS, month)
}

/// The name of a month, which is counted from 1.
fn month_of(names: &[&'static str; 12], month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|m| names.get(m)).copied().unwrap_or_default()
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y}"),
            Self::Month(y, m) => write!(f, "{} {y}", month_name(*m)),
            Self::Day(date) => write!(f, "{} {} {}", date.day(), month_name(date.month()), date.year()),
            Self::Local(local) => write!(f, "{}, {}", Self::Day(local.date()), clock(local.time())),
            Self::Instant(zoned) => write!(f, "{}, {}{}", Self::Day(zoned.date()), clock(zoned.time()), zone(zoned)),
        }
    }
}

/// The hour and minute, and the second where one was written.
pub fn clock(at: civil::Time) -> String {
    let seconds = if at.second() == 0 { String::new() } else { format!(":{:02}", at.second()) };
    format!("{:02}:{:02}{seconds}", at.hour(), at.minute())
}

/// The zone that the clock stood in: ` UTC`, ` UTC+5:30`.
pub fn zone(at: &ZonedDateTime) -> String {
    let minutes = at.offset().seconds() / 60;
    let sign = if minutes < 0 { '\u{2212}' } else { '+' };
    match (minutes.abs() / 60, minutes.abs() % 60) {
        (0, 0) => " UTC".to_owned(),
        (hours, 0) => format!(" UTC{sign}{hours}"),
        (hours, minutes) => format!(" UTC{sign}{hours}:{minutes:02}"),
    }
}

impl Eq for When {}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By the first moment; of two with the same, the more precise last.
impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        let zones = || match (self, other) {
            // One moment, expressed in two zones. All others are the same by now.
            (Self::Instant(_), Self::Instant(_)) => self.to_string().cmp(&other.to_string()),
            _ => Ordering::Equal,
        };
        let precision = || self.precision().cmp(&other.precision());
        self.earliest().cmp(&other.earliest()).then_with(precision).then_with(zones)
    }
}

/// What a template gets: `{machine, year, month, day, time, zone}`, without what is not known.
impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        if !serializer.is_human_readable() {
            return Kept::of(self).serialize(serializer);
        }
        let day = self.first_day();
        let (time, zone) = match self {
            Self::Local(local) => (Some(clock(local.time())), None),
            Self::Instant(zoned) => (Some(clock(zoned.time())), Some(zone(zoned))),
            Self::Year(_) | Self::Month(..) | Self::Day(_) => (None, None),
        };
        let mut fields = serializer.serialize_struct("When", 6)?;
        fields.serialize_field("machine", &self.machine())?;
        fields.serialize_field("year", &day.year())?;
        if self.precision() > 0 {
            fields.serialize_field("month", &day.month())?;
        }
        if self.precision() > 1 {
            fields.serialize_field("day", &day.day())?;
        }
        if let Some(time) = time {
            fields.serialize_field("time", &time)?;
        }
        if let Some(zone) = zone {
            fields.serialize_field("zone", zone.trim_start())?;
        }
        fields.end()
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Kept::deserialize(deserializer)?.when().ok_or_else(|| de::Error::custom("no date"))
    }
}

/// A date as caches keep it; templates get its words instead.
#[derive(Serialize, Deserialize)]
enum Kept {
    Year(i16),
    Month(i16, i8),
    Day(i16, i8, i8),
    Local(String),
    Instant(String),
}

impl Kept {
    fn of(when: &When) -> Self {
        match when {
            When::Year(year) => Self::Year(*year),
            When::Month(year, month) => Self::Month(*year, *month),
            When::Day(day) => Self::Day(day.year(), day.month(), day.day()),
            When::Local(local) => Self::Local(local.to_string()),
            When::Instant(zoned) => Self::Instant(zoned.to_string()),
        }
    }

    fn when(self) -> Option<When> {
        Some(match self {
            Self::Year(year) => When::Year(year),
            Self::Month(year, month) => When::Month(year, month),
            Self::Day(year, month, day) => When::Day(civil::Date::new(year, month, day).ok()?),
            Self::Local(text) => When::Local(text.parse().ok()?),
            Self::Instant(text) => When::Instant(text.parse().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_is_by_first_moment() {
        let mut dates: Vec<When> = ["2026-04-06", "2026", "2026-04-06T00:00Z", "2025-12"]
            .iter()
            .filter_map(|text| When::parse(text).ok())
            .collect();
        dates.sort();
        let texts: Vec<String> = dates.iter().map(When::machine).collect();
        assert_eq!(texts, ["2025-12", "2026", "2026-04-06", "2026-04-06T00:00:00Z"]);
    }

    #[test]
    fn the_last_day_that_can_be_written_is_the_last_in_order_too() {
        let [last, before] = ["9999-12-31", "9999-12-30"].map(|text| When::parse(text).ok());
        assert!(last > before, "{last:?}");
        let last = last.map(|when| when.rfc3339(&TimeZone::UTC)).unwrap_or_default();
        assert!(last.starts_with("9999-12-30T"), "{last}");
        let local = When::parse_local("9999-12-31T23:59").map(|when| when.earliest());
        assert_eq!(local, Ok(Timestamp::MAX));
    }
}
