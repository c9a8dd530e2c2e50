//! Reads dates and times as authors write them, and says why a text is none. Knows forms and the calendar; no clock.

use std::{borrow::Cow, fmt};

use jiff::{civil, fmt::temporal::Pieces, tz::TimeZone};

use super::date::When;
use super::likely_date::likely;

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
        calendar(text).unwrap_or_else(|| time(&with_offset_joined(text)))
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

/// `text` with its offset or `UTC` beside the time, where some write a space: `2026-01-01 10:00 +0200`.
fn with_offset_joined(text: &str) -> Cow<'_, str> {
    match text.rsplit_once(' ') {
        Some((time, "UTC" | "GMT" | "Z")) => format!("{time}Z").into(),
        Some((time, offset)) if offset.starts_with(['+', '-']) => [time, offset].concat().into(),
        _ => text.into(),
    }
}

/// Reads a date with a time, which may lack its zone.
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
}
