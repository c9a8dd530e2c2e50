//! How long something lasted, as a source says it. Knows nothing of start and end.

use std::borrow::Cow;
use std::fmt;

use jiff::SpanRelativeTo;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A duration in whole seconds, at least one, and whether the source says "about".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceDuration {
    pub seconds: i64,
    pub about: bool,
}

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// From the first year that can be written to the last.
const LONGEST: i64 = 9_000 * 366 * DAY;

impl SourceDuration {
    /// Reads `73 h`, `1 h 30 min`, `90 minutes`, `1,440 min`, `about 90 min`, `40 s`; days count as 24 hours.
    pub fn parse(text: &str) -> Result<Self, ParseDurationError> {
        let (about, rest) = match text.trim().strip_prefix("about ") {
            Some(rest) => (true, rest),
            None => (false, text.trim()),
        };
        let rest = ungrouped(rest)?;
        let span: jiff::Span = rest.parse().map_err(|_| ParseDurationError::Form)?;
        let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).map_err(|_| ParseDurationError::Form)?;
        if !(1..=LONGEST).contains(&duration.as_secs()) {
            return Err(ParseDurationError::Form);
        }
        Ok(Self { seconds: duration.as_secs(), about })
    }

    /// The time between two instants, if it is a second at least.
    pub fn between(start: jiff::Timestamp, end: jiff::Timestamp) -> Option<Self> {
        let seconds = end.as_second() - start.as_second();
        (seconds >= 1).then_some(Self { seconds, about: false })
    }

    /// In whole minutes, rounded: at least one.
    pub fn minutes(self) -> i64 {
        ((self.seconds + MINUTE / 2) / MINUTE).max(1)
    }
}

/// Why a text is no duration. Shown after "`x`".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParseDurationError {
    /// Not of any accepted form.
    Form,
    /// A sign in a number that groups thousands for some readers and begins a fraction for others: `1.440 min`.
    Unclear,
}

impl fmt::Display for ParseDurationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Form => "is not a duration",
            Self::Unclear => "has a number that can be read in two ways",
        })
    }
}

impl ParseDurationError {
    /// What to write instead.
    pub const fn help(self) -> &'static str {
        match self {
            Self::Form => "write `73 h`, `1 h 30 min` or `about 90 min`",
            Self::Unclear => {
                "write a whole number without a sign in it, `1440 min`, or a fraction of one or two digits, `1.5 h`"
            }
        }
    }
}

/// `text` without the commas that group thousands: the library takes each comma for a decimal sign.
fn ungrouped(text: &str) -> Result<Cow<'_, str>, ParseDurationError> {
    if !text.contains([',', '.']) {
        return Ok(Cow::Borrowed(text));
    }
    let is_in_number = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        out.push_str(&rest[..start]);
        let number = &rest[start..];
        let number = &number[..number.find(|c| !is_in_number(c)).unwrap_or(number.len())];
        rest = &rest[start + number.len()..];
        // A sign at the end divides parts: `1 h 30 min, 5 s`.
        let digits = number.trim_end_matches([',', '.']);
        out.push_str(&plain_number(digits).ok_or(ParseDurationError::Unclear)?);
        out.push_str(&number[digits.len()..]);
    }
    out.push_str(rest);
    Ok(Cow::Owned(out))
}

/// A number with a point as its only sign; none if it can be read in two ways.
fn plain_number(digits: &str) -> Option<String> {
    let groups: Vec<&str> = digits.split(',').collect();
    let (last, before) = groups.split_last()?;
    let (whole, fraction) = last.split_once('.').map_or((*last, None), |(whole, fraction)| (whole, Some(fraction)));
    let is_grouped = |whole: &str| {
        matches!(before.first(), Some(first) if (1..=3).contains(&first.len()) && !first.starts_with('0'))
            && before[1..].iter().chain([&whole]).all(|group| group.len() == 3 && !group.contains('.'))
    };
    match (before, fraction) {
        ([], None) => Some(digits.to_owned()),
        // Three digits after a point are thousands where points group them, but no group begins with a zero.
        ([], Some(fraction)) => {
            ((fraction.len() != 3 || whole == "0") && !fraction.contains('.')).then(|| digits.to_owned())
        }
        (_, Some(fraction)) => (is_grouped(whole) && !fraction.contains('.')).then(|| digits.replace(',', "")),
        (_, None) if is_grouped(whole) => Some(digits.replace(',', "")),
        // A comma before one or two digits is a decimal sign: `1,5 h`.
        ([first], None) => {
            ((whole.len() != 3 || *first == "0") && !first.contains('.')).then(|| digits.replace(',', "."))
        }
        _ => None,
    }
}

impl fmt::Display for SourceDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.about {
            f.write_str("about ")?;
        }
        // People count in days from two on, and in seconds where there are few minutes or none.
        let days = if self.seconds < 2 * DAY { 0 } else { self.seconds / DAY };
        let rest = self.seconds - days * DAY;
        let parts = [
            (days, "days"),
            (rest / HOUR, "h"),
            (rest % HOUR / MINUTE, "min"),
            (if self.seconds < HOUR { rest % MINUTE } else { 0 }, "s"),
        ];
        for (n, (count, unit)) in parts.into_iter().filter(|(count, _)| *count > 0).enumerate() {
            write!(f, "{}{count}\u{a0}{unit}", if n == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

impl Serialize for SourceDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        // Templates get its parts by name.
        if !serializer.is_human_readable() {
            return (self.seconds, self.about).serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("SourceDuration", 2)?;
        fields.serialize_field("seconds", &self.seconds)?;
        fields.serialize_field("about", &self.about)?;
        fields.end()
    }
}

impl<'de> Deserialize<'de> for SourceDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (seconds, about) = Deserialize::deserialize(deserializer)?;
        Ok(Self { seconds, about })
    }
}

#[cfg(test)]
mod tests {
    use super::SourceDuration;

    fn shown(text: &str) -> String {
        SourceDuration::parse(text).map_or_else(|e| e.to_string(), |d| d.to_string().replace('\u{a0}', " "))
    }

    #[test]
    fn durations_read_as_people_write_them() {
        for (text, expected) in [
            ("73 h", "3 days 1 h"),
            ("336 h", "14 days"),
            ("220 min", "3 h 40 min"),
            ("52 h", "2 days 4 h"),
            ("47 h 59 min", "47 h 59 min"),
            ("90 s", "1 min 30 s"),
            ("3,601 s", "1 h"),
            ("about 90 min", "about 1 h 30 min"),
            ("1 h 30 min", "1 h 30 min"),
            ("1 hour, 30 minutes", "1 h 30 min"),
            ("27 minutes", "27 min"),
            ("2 days", "2 days"),
            ("1 day", "24 h"),
            ("PT5H", "5 h"),
            ("a while", "is not a duration"),
            ("-3 h", "is not a duration"),
            ("40 s", "40 s"),
            ("60 s", "1 min"),
            ("0.5 s", "is not a duration"),
            ("3294000 days", "3294000 days"),
            ("3294001 days", "is not a duration"),
            ("", "is not a duration"),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn a_comma_before_three_digits_groups_thousands() {
        const UNCLEAR: &str = "has a number that can be read in two ways";
        for (text, expected) in [
            ("1,440 min", "24 h"),
            ("1,500 minutes", "25 h"),
            ("about 1,000 h", "about 41 days 16 h"),
            ("1,000,000 s", "11 days 13 h 46 min"),
            ("1,440.5 min", "24 h"),
            ("1 day, 1,440 min", "2 days"),
            ("1,5 h", "1 h 30 min"),
            ("1,25 h", "1 h 15 min"),
            ("1.5 h", "1 h 30 min"),
            ("0.25 h", "15 min"),
            ("0.125 h", "7 min 30 s"),
            ("0,125 h", "7 min 30 s"),
            ("PT1.5H", "1 h 30 min"),
            ("1.440 min", UNCLEAR),
            ("1,44,000 min", UNCLEAR),
            ("1.000,5 h", UNCLEAR),
            ("1.000.000 s", UNCLEAR),
            ("1440,000 min", UNCLEAR),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }
}
