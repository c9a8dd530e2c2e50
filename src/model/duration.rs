//! How long something lasted, as a source says it. Knows nothing of start and end.

use std::fmt;

use jiff::{SignedDuration, SpanRelativeTo};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A duration in whole minutes, and whether the source says "about".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceDuration {
    pub minutes: i64,
    pub about: bool,
}

impl SourceDuration {
    /// Reads `73 h`, `1 h 30 min`, `90 minutes`, `about 90 min`; days count as 24 hours.
    pub fn parse(text: &str) -> Option<Self> {
        let (about, rest) = match text.trim().strip_prefix("about ") {
            Some(rest) => (true, rest),
            None => (false, text.trim()),
        };
        let span: jiff::Span = rest.parse().ok()?;
        let duration = span.to_duration(SpanRelativeTo::days_are_24_hours()).ok()?;
        (duration > SignedDuration::ZERO).then_some(Self { minutes: duration.as_secs() / 60, about })
    }

    /// The exact time between two instants.
    pub fn between(start: jiff::Timestamp, end: jiff::Timestamp) -> Option<Self> {
        let seconds = end.as_second() - start.as_second();
        (seconds > 0).then_some(Self { minutes: seconds / 60, about: false })
    }
}

impl fmt::Display for SourceDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.about {
            f.write_str("about ")?;
        }
        match (self.minutes / 60, self.minutes % 60) {
            (0, minutes) => write!(f, "{minutes}\u{a0}min"),
            (hours, 0) => write!(f, "{hours}\u{a0}h"),
            (hours, minutes) => write!(f, "{hours}\u{a0}h {minutes}\u{a0}min"),
        }
    }
}

impl Serialize for SourceDuration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Templates get its words, caches its parts.
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            (self.minutes, self.about).serialize(serializer)
        }
    }
}

impl<'de> Deserialize<'de> for SourceDuration {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (minutes, about) = Deserialize::deserialize(deserializer)?;
        Ok(Self { minutes, about })
    }
}

#[cfg(test)]
mod tests {
    use super::SourceDuration;

    #[test]
    fn durations_read_as_people_write_them() {
        let shown = |text| SourceDuration::parse(text).map(|d| d.to_string().replace('\u{a0}', " "));
        for (text, expected) in [
            ("73 h", Some("73 h")),
            ("about 90 min", Some("about 1 h 30 min")),
            ("1 h 30 min", Some("1 h 30 min")),
            ("27 minutes", Some("27 min")),
            ("2 days", Some("48 h")),
            ("PT5H", Some("5 h")),
            ("a while", None),
            ("-3 h", None),
            ("", None),
        ] {
            assert_eq!(shown(text).as_deref(), expected, "{text}");
        }
    }
}
