//! When something happened, as a source states it: one date or a span, exact or "about". Makes nothing more exact than it
//! was written; knows no clock.

use std::fmt;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::date::{When, clock, month_name, zone};
use super::likely_date::likely;
use super::read_date::ParseWhenError;

/// A date or a span of which both ends are stated, each end as precise as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub from: When,
    /// The end of a span.
    pub to: Option<When>,
    /// The source says "about".
    pub about: bool,
}

/// Why a text is no moment. Shown after "`at`: ".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParseMomentError {
    /// The text, or the end of a span that is named, is no date.
    Date { text: String, error: ParseWhenError },
    /// A span with a date on one side of the `/` alone.
    OneEnd { text: String, date: String },
    /// A span that ends before it begins.
    Backwards { text: String },
    /// Another way to write what has a form here.
    OtherForm { text: String, write: String },
}

/// Longer texts are no moments: two instants with the longest names of zones are shorter.
const LONGEST: usize = 160;

/// What stands before a time that is not exact, and after it.
const ABOUT_BEFORE: [&str; 8] = ["about ", "around ", "approximately ", "approx. ", "circa ", "ca. ", "c. ", "~"];
const ABOUT_AFTER: [char; 3] = ['~', '?', '%'];
/// What people write between the ends of a span.
const BETWEEN: [&str; 8] = [" to ", " until ", " - ", " \u{2013} ", "\u{2013}", "\u{2014}", "--", ".."];

impl fmt::Display for ParseMomentError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date { text, error } => write!(f, "`{text}` {error}"),
            Self::OneEnd { text, .. } => write!(f, "`{text}` has one end"),
            Self::Backwards { text } => write!(f, "`{text}` ends before it begins"),
            Self::OtherForm { text, .. } => write!(f, "`{text}` is not a date"),
        }
    }
}

impl ParseMomentError {
    /// What to write instead.
    pub fn help(&self) -> String {
        match self {
            Self::Date { text, error: ParseWhenError::Form } if likely(text).is_none() => {
                "write `2026-04-30`, with its time and zone `2026-04-30T18:35Z`, or less if less is known: `2026-04`, `2026`; \
                 a span is `2026-04-30T18:35Z/19:10`; where no time is stated, `unstated`"
                    .to_owned()
            }
            Self::Date { text, error } => error.help(text),
            Self::OneEnd { date, .. } => format!("write both ends, or `{date}` alone"),
            Self::Backwards { .. } => "write the earlier end first; an end on another day needs its date".to_owned(),
            Self::OtherForm { write, .. } => format!("write {write}"),
        }
    }
}

impl Moment {
    /// Reads a date, or a span `FROM/TO`. TO may be a time alone if FROM has a time: it is of the same day and zone.
    pub fn parse(text: &str) -> Result<Self, ParseMomentError> {
        if text.chars().nth(LONGEST).is_some() {
            let text = text.chars().take(60).chain(['\u{2026}']).collect();
            return Err(ParseMomentError::Date { text, error: ParseWhenError::Form });
        }
        Self::read(text).map_err(|error| match other_form(text) {
            Some(write) => ParseMomentError::OtherForm { text: text.to_owned(), write },
            None => error,
        })
    }

    /// The same, without a look at other forms.
    fn read(text: &str) -> Result<Self, ParseMomentError> {
        let date =
            |text: &str| When::parse(text).map_err(|error| ParseMomentError::Date { text: text.to_owned(), error });
        // With slashes a date of the calendar can be meant, too: `30/05/2026`.
        let Some((from, to)) = text.split_once('/').filter(|_| likely(text).is_none()) else {
            return Ok(Self { from: date(text)?, to: None, about: false });
        };
        if from.is_empty() || to.is_empty() {
            let date = if from.is_empty() { to } else { from }.to_owned();
            return Err(ParseMomentError::OneEnd { text: text.to_owned(), date });
        }
        let from = date(from)?;
        let to = match (&from, clock_time(to)) {
            (When::Instant(start), Some(time)) => start
                .with()
                .time(time)
                .build()
                .ok()
                .filter(|end| end.time() == time)
                .map(When::Instant)
                .ok_or_else(|| ParseMomentError::Date { text: to.to_owned(), error: ParseWhenError::Skipped })?,
            _ => date(to)?,
        };
        if to.is_over_before(&from) {
            return Err(ParseMomentError::Backwards { text: text.to_owned() });
        }
        Ok(Self { from, to: Some(to), about: false })
    }

    /// Its dates for readers, one or two, each with the form for machines. What the ends of a span share is written once.
    pub fn parts(&self) -> Vec<(String, String)> {
        let Some(to) = &self.to else { return vec![(self.from.to_string(), self.from.machine())] };
        let (from_words, to_words) = match (&self.from, to) {
            (When::Instant(from), When::Instant(to)) if from.date() == to.date() && from.offset() == to.offset() => (
                format!("{}, {}", When::Day(from.date()), clock(from.time())),
                format!("{}{}", clock(to.time()), zone(to)),
            ),
            (When::Day(from), When::Day(to)) if from.first_of_month() == to.first_of_month() => {
                (from.day().to_string(), When::Day(*to).to_string())
            }
            (When::Day(from), When::Day(to)) if from.year() == to.year() => {
                (self.from.day_and_month(), When::Day(*to).to_string())
            }
            (When::Month(from_year, month), When::Month(to_year, _)) if from_year == to_year => {
                (month_name(*month).to_owned(), to.to_string())
            }
            _ => (self.from.to_string(), to.to_string()),
        };
        vec![(from_words, self.from.machine()), (to_words, to.machine())]
    }
}

/// A time alone: `19:10`, `19:10:30`.
pub fn clock_time(text: &str) -> Option<civil::Time> {
    let is_time = matches!(text.len(), 5 | 8) && text.bytes().all(|b| b.is_ascii_digit() || b == b':');
    text.parse().ok().filter(|_| is_time)
}

/// What to write for a text that says "about", or that has other words between two dates.
fn other_form(text: &str) -> Option<String> {
    let exact =
        ABOUT_BEFORE.iter().find_map(|before| text.strip_prefix(before)).or_else(|| text.strip_suffix(ABOUT_AFTER));
    if let Some(exact) = exact.filter(|exact| Moment::read(exact).is_ok()) {
        return Some(format!("`at: {exact}` and a line `about: true`"));
    }
    BETWEEN.iter().find_map(|between| {
        let (from, to) = text.split_once(between)?;
        let span = format!("{from}/{to}");
        Moment::read(&span).is_ok().then(|| format!("`{span}`"))
    })
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.about {
            f.write_str("about ")?;
        }
        for (n, (words, _)) in self.parts().iter().enumerate() {
            f.write_str(if n == 0 { "" } else { " to " })?;
            f.write_str(words)?;
        }
        Ok(())
    }
}

/// What a template gets: `{from, to, about}`, `to` of a span alone.
impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        if !serializer.is_human_readable() {
            return (&self.from, &self.to, self.about).serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("Moment", 3)?;
        fields.serialize_field("from", &self.from)?;
        fields.serialize_field("to", &self.to)?;
        fields.serialize_field("about", &self.about)?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (from, to, about) = Deserialize::deserialize(deserializer)?;
        Ok(Self { from, to, about })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Moment::parse(text).map_or_else(|error| format!("{error}: {}", error.help()), |moment| moment.to_string())
    }

    #[test]
    fn a_span_keeps_the_precision_of_each_end_and_writes_once_what_they_share() {
        for (text, expected) in [
            ("2017", "2017"),
            ("2026-02-02T18:35Z/2026-02-02T19:10Z", "2 February 2026, 18:35 to 19:10 UTC"),
            ("2026-02-02T18:35Z/19:10", "2 February 2026, 18:35 to 19:10 UTC"),
            ("2021-01-04T07:01-08:00/07:15:30", "4 January 2021, 07:01 to 07:15:30 UTC\u{2212}8"),
            ("2026-02-02T18:35Z/2026-02-03T00:30Z", "2 February 2026, 18:35 UTC to 3 February 2026, 00:30 UTC"),
            ("2026-04-04/2026-04-05", "4 to 5 April 2026"),
            ("2018-10-31/2018-11-08", "31 October to 8 November 2018"),
            ("2025-12-30/2026-01-02", "30 December 2025 to 2 January 2026"),
            ("2026-03/2026-04", "March to April 2026"),
            ("2017/2018", "2017 to 2018"),
            ("2017-05/2017", "May 2017 to 2017"),
            ("2026-04-03T22:16Z/2026-04-06", "3 April 2026, 22:16 UTC to 6 April 2026"),
            // The day of a place that is behind UTC.
            ("2026-04-06T23:00-07:00/2026-04-06", "6 April 2026, 23:00 UTC\u{2212}7 to 6 April 2026"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_says_what_to_write() {
        for (text, expected) in [
            ("2026-04-06/", "`2026-04-06/` is not a date: write `2026-04-06`"),
            ("2017/", "`2017/` has one end: write both ends, or `2017` alone"),
            ("/2026-04-06T10:00Z", "`/2026-04-06T10:00Z` has one end: write both ends, or `2026-04-06T10:00Z` alone"),
            (
                "2026-04-06/2026-04-05",
                "`2026-04-06/2026-04-05` ends before it begins: write the earlier end first; an end on another day needs its date",
            ),
            (
                "2026-02-02T23:35Z/00:10",
                "`2026-02-02T23:35Z/00:10` ends before it begins: write the earlier end first; an end on another day needs its date",
            ),
            ("30/05/2026", "`30/05/2026` is not a date: write `2026-05-30`"),
            ("about 2017", "`about 2017` is not a date: write `at: 2017` and a line `about: true`"),
            ("2026-04~", "`2026-04~` is not a date: write `at: 2026-04` and a line `about: true`"),
            ("2017 to 2018", "`2017 to 2018` is not a date: write `2017/2018`"),
            ("2017\u{2013}2018", "`2017\u{2013}2018` is not a date: write `2017/2018`"),
            ("2026-02-02T18:35Z..19:10", "`2026-02-02T18:35Z..19:10` is not a date: write `2026-02-02T18:35Z/19:10`"),
            (
                "2026-02-30/2026-03-01",
                "`2026-02-30` is not on the calendar: write year, month and day as `2026-04-30`, the year from 1000 to 9999",
            ),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn about_is_shown_and_caches_give_back_what_they_were_given() {
        for (text, expected) in
            [("2026-02-02T14:10Z", "about 2 February 2026, 14:10 UTC"), ("2017/2018", "about 2017 to 2018")]
        {
            let moment = Moment { about: true, ..Moment::parse(text).expect("a moment") };
            assert_eq!(moment.to_string(), expected);
            let cached = postcard::to_allocvec(&moment).expect("bytes");
            assert_eq!(postcard::from_bytes::<Moment>(&cached).expect("the same"), moment);
        }
    }
}
