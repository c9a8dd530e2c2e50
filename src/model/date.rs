//! Dates as precise as the author knows them, and no more. Knows no clock.

use std::{borrow::Cow, cmp::Ordering, fmt};

use jiff::{Timestamp, ZonedDateTime, civil, fmt::temporal::Pieces, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::likely_date::likely;

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

/// Why a text is no date. Shown after "`x`".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseWhenError {
    /// Not of any accepted form.
    Form,
    /// The form is right, the value isn't on the calendar or outside the years 1000 to 9999.
    Calendar,
    /// A time without a zone.
    NoZone,
    /// The zone's clocks skipped this time.
    Skipped,
    /// The zone has no such name.
    Zone,
}

impl fmt::Display for ParseWhenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "is not a date",
            Self::Calendar => "is not on the calendar",
            Self::NoZone => "has a time but no zone",
            Self::Skipped => "is a time that a clock change skipped",
            Self::Zone => "names an unknown time zone",
        })
    }
}

impl ParseWhenError {
    /// What to write instead of `text`.
    pub fn help(&self, text: &str) -> String {
        let forms = match self {
            Self::Form => {
                if let Some(likely) = likely(text) {
                    return format!("write `{}`", likely.machine());
                }
                "write `2026-04-30`, with its time and zone `2026-04-30T18:35Z`, or less if less is known: `2026-04`, `2026`"
            }
            Self::Calendar => "write year, month and day as `2026-04-30`, the year from 1000 to 9999",
            Self::NoZone => {
                "add the zone: `2026-04-30T18:35Z`, `2026-04-30T18:35+02:00` or `2026-04-30T18:35[Europe/Berlin]`"
            }
            Self::Skipped => "write the time the clocks showed, or give it in UTC: `2026-04-30T18:35Z`",
            Self::Zone => "write a zone such as `[Europe/Berlin]`, or an offset such as `+02:00`",
        };
        forms.to_owned()
    }
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
    /// Reads a date or an instant, which needs `Z`, an offset or a zone name in brackets.
    pub fn parse(text: &str) -> Result<Self, ParseWhenError> {
        match Self::parse_local(text)? {
            Self::Local(_) => Err(ParseWhenError::NoZone),
            when => Ok(when),
        }
    }

    /// Reads a date, an instant or a time without a zone, which is that of the site.
    pub fn parse_local(text: &str) -> Result<Self, ParseWhenError> {
        calendar(text).unwrap_or_else(|| time(&joined(text)))
    }

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
        zone.to_timestamp(start).unwrap_or(Timestamp::MIN)
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

    const fn precision(&self) -> u8 {
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

/// Reads a date without a time; `None` where the text has the form of none.
fn calendar(text: &str) -> Option<Result<When, ParseWhenError>> {
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    Some(match parts[..] {
        [y] if digits(y, 4) => year(y).map(When::Year),
        [y] if y.len() > 4 && y.bytes().all(|b| b.is_ascii_digit()) => Err(ParseWhenError::Calendar),
        [y, m] if digits(y, 4) && digits(m, 2) => match m.parse() {
            Ok(month @ 1..=12) => year(y).map(|year| When::Month(year, month)),
            _ => Err(ParseWhenError::Calendar),
        },
        [y, m, d] if digits(y, 4) && digits(m, 2) && digits(d, 2) => day(y, m, d).map(When::Day),
        [y, m, d] if y.bytes().all(|b| b.is_ascii_digit()) && digits(m, 2) && digits(d, 2) => {
            Err(ParseWhenError::Calendar)
        }
        _ => return None,
    })
}

fn day(y: &str, m: &str, d: &str) -> Result<civil::Date, ParseWhenError> {
    let (Ok(month), Ok(day)) = (m.parse(), d.parse()) else { return Err(ParseWhenError::Calendar) };
    civil::Date::new(year(y)?, month, day).map_err(|_| ParseWhenError::Calendar)
}

fn year(text: &str) -> Result<i16, ParseWhenError> {
    text.parse().ok().filter(|y| (1000..=9999).contains(y)).ok_or(ParseWhenError::Calendar)
}

pub(super) fn month_name(month: i8) -> &'static str {
    month_of(&MONTHS, month)
}

/// The name of a month, which is counted from 1.
fn month_of(names: &[&'static str; 12], month: i8) -> &'static str {
    usize::try_from(month - 1).ok().and_then(|m| names.get(m)).copied().unwrap_or_default()
}

/// `text` with its offset or `UTC` beside the time, where some write a space: `2026-01-01 10:00 +0200`.
fn joined(text: &str) -> Cow<'_, str> {
    match text.rsplit_once(' ') {
        Some((time, "UTC" | "GMT" | "Z")) => format!("{time}Z").into(),
        Some((time, offset)) if offset.starts_with(['+', '-']) => [time, offset].concat().into(),
        _ => text.into(),
    }
}

fn time(text: &str) -> Result<When, ParseWhenError> {
    if text.get(..10).is_none_or(|day| day.bytes().filter(|b| *b == b'-').count() != 2) {
        return Err(ParseWhenError::Form);
    }
    let pieces = match Pieces::parse(text) {
        Ok(pieces) => pieces,
        Err(_) if matches!(calendar(&text[..10]), Some(Err(ParseWhenError::Calendar))) => {
            return Err(ParseWhenError::Calendar);
        }
        Err(_) => return Err(ParseWhenError::Form),
    };
    let Some(time) = pieces.time() else { return Err(ParseWhenError::Form) };
    if !(1000..=9999).contains(&pieces.date().year()) {
        return Err(ParseWhenError::Calendar);
    }
    let zone = match (pieces.to_time_zone(), pieces.to_numeric_offset(), pieces.offset()) {
        (Err(_), ..) => return Err(ParseWhenError::Zone),
        (Ok(Some(zone)), ..) => zone,
        (Ok(None), Some(offset), _) if offset.seconds() == 0 => TimeZone::UTC,
        (Ok(None), Some(offset), _) => TimeZone::fixed(offset),
        (Ok(None), None, Some(_)) => TimeZone::UTC,
        (Ok(None), None, None) => return Ok(When::Local(pieces.date().to_datetime(time))),
    };
    // Written out, as for caches, an offset has whole minutes (RFC 3339).
    if zone.to_fixed_offset().is_ok_and(|offset| offset.seconds() % 60 != 0) {
        return Err(ParseWhenError::Zone);
    }
    let local = pieces.date().to_datetime(time);
    let zoned = match pieces.to_numeric_offset() {
        Some(offset) => {
            offset.to_timestamp(local).map(|at| at.to_zoned_datetime(zone)).map_err(|_| ParseWhenError::Calendar)
        }
        None => match zone.to_ambiguous_zoned_datetime(local).unambiguous() {
            Ok(zoned) => Ok(zoned),
            Err(_) => zone
                .to_ambiguous_zoned_datetime(local)
                .earlier()
                .ok()
                .filter(|zoned| zoned.datetime() == local)
                .ok_or(ParseWhenError::Skipped),
        },
    };
    zoned.map(When::Instant)
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
pub(super) fn clock(at: civil::Time) -> String {
    let seconds = if at.second() == 0 { String::new() } else { format!(":{:02}", at.second()) };
    format!("{:02}:{:02}{seconds}", at.hour(), at.minute())
}

/// The zone that the clock stood in: ` UTC`, ` UTC+5:30`.
pub(super) fn zone(at: &ZonedDateTime) -> String {
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
            // One moment, told in two zones. All others are the same by now.
            (Self::Instant(_), Self::Instant(_)) => self.to_string().cmp(&other.to_string()),
            _ => Ordering::Equal,
        };
        let precision = || self.precision().cmp(&other.precision());
        self.earliest().cmp(&other.earliest()).then_with(precision).then_with(zones)
    }
}

/// What a template gets: `{text, machine, year, day}`.
impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        if !serializer.is_human_readable() {
            return Kept::of(self).serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("When", 4)?;
        fields.serialize_field("text", &self.to_string())?;
        fields.serialize_field("machine", &self.machine())?;
        fields.serialize_field("year", &self.year())?;
        fields.serialize_field("day", &self.day_and_month())?;
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

    fn shown(text: &str) -> String {
        When::parse(text).map_or_else(|error| error.to_string(), |when| when.to_string())
    }

    #[test]
    fn precision_is_kept_and_what_is_no_date_says_why() {
        for (text, expected) in [
            ("2017", "2017"),
            ("2026-04", "April 2026"),
            ("2026-04-06", "6 April 2026"),
            ("2026-02-02T18:35Z", "2 February 2026, 18:35 UTC"),
            ("2026-02-02T18:35:07Z", "2 February 2026, 18:35:07 UTC"),
            ("2025-10-19T23:48-07:00", "19 October 2025, 23:48 UTC\u{2212}7"),
            ("2025-10-19T23:48+05:30", "19 October 2025, 23:48 UTC+5:30"),
            ("2026-01-01 10:00:00 +0200", "1 January 2026, 10:00 UTC+2"),
            ("2026-01-01 10:00 -05:30", "1 January 2026, 10:00 UTC\u{2212}5:30"),
            ("2026-01-01 10:00 UTC", "1 January 2026, 10:00 UTC"),
            ("2026-03-28T02:30[Europe/Berlin]", "28 March 2026, 02:30 UTC+1"),
            ("2026-03-29T02:30[Europe/Berlin]", "is a time that a clock change skipped"),
            ("2026-03-29T02:30[Europe/Berlim]", "names an unknown time zone"),
            ("2026-03-29T02:30+01:20:30", "names an unknown time zone"),
            ("2026-03-29T02:30", "has a time but no zone"),
            ("2024-13-45", "is not on the calendar"),
            ("2023-02-29", "is not on the calendar"),
            ("2023-02-29T10:00Z", "is not on the calendar"),
            ("99999", "is not on the calendar"),
            ("99999-01-01", "is not on the calendar"),
            ("3 May", "is not a date"),
            ("", "is not a date"),
            ("2024-1-5", "is not a date"),
            // Ten characters with two hyphens, as a plain date has.
            ("30-May-2026", "is not a date"),
            ("2026-May-30", "is not a date"),
            ("mid-2026-ish", "is not a date"),
            ("30-05-2026", "is not a date"),
            ("ab-cd-efgh", "is not a date"),
            ("2026-4-300", "is not a date"),
            ("----------", "is not a date"),
            ("2026-04-30 ", "is not a date"),
            ("2026-05-30T10:00 o'clock", "is not a date"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_one_of_the_sites() {
        let shown = |text: &str| When::parse_local(text).map(|when| (when.to_string(), when.machine()));
        let expected = ("2 February 2026, 18:35".to_owned(), "2026-02-02T18:35:00".to_owned());
        assert_eq!(shown("2026-02-02 18:35"), Ok(expected.clone()));
        assert_eq!(shown("2026-02-02T18:35:00"), Ok(expected));
        let zone = TimeZone::get("America/New_York").expect("a zone");
        let first = |text: &str| When::parse_local(text).map(|when| when.rfc3339(&zone));
        assert_eq!(first("2026-05-11"), Ok("2026-05-11T04:00:00Z".to_owned()));
        assert_eq!(first("2026-05-11 20:00"), Ok("2026-05-12T00:00:00Z".to_owned()));
        assert_eq!(first("2026-05-11T20:00-07:00"), Ok("2026-05-12T03:00:00Z".to_owned()));
    }

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
}
