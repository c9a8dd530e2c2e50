//! Dates and durations: what is read can be written, and what is written reads back as the same.

use jiff::tz::TimeZone;
use ninefold::model::{SourceDuration, When};

pub fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    if let Ok(duration) = SourceDuration::parse(&text) {
        let written = duration.to_string().replace('\u{a0}', " ");
        // From an hour on seconds are not shown.
        let shown = if duration.seconds < 3600 { duration.seconds } else { duration.seconds / 60 * 60 };
        assert_eq!(SourceDuration::parse(&written).map(|read| read.seconds), Ok(shown), "{text:?}");
    }
    let when = match When::parse_local(&text) {
        Ok(when) => when,
        Err(error) => return assert!(!error.to_string().is_empty() && !error.help(&text).is_empty()),
    };
    assert!((1000..=9999).contains(&when.year()), "{text:?}");
    assert!(!when.to_string().is_empty() && when.day_and_month().len() > 4 && when.month_abbreviated().len() == 3);
    // In UTC the year may be the one before the first that can be written.
    if when.machine() < "1000".to_owned() {
        return;
    }
    let again =
        When::parse_local(&when.machine()).unwrap_or_else(|error| panic!("{text:?}: {} {error}", when.machine()));
    assert_eq!(again.earliest(), when.earliest(), "{text:?}");
    assert_eq!(again.has_day(), when.has_day(), "{text:?}");
    assert_eq!(When::parse(&when.rfc3339(&TimeZone::UTC)).map(|read| read.earliest()), Ok(when.earliest()), "{text:?}");
    // Caches store dates so.
    let stored = postcard::to_allocvec(&when).expect("a date can be stored");
    assert_eq!(postcard::from_bytes::<When>(&stored).as_ref(), Ok(&when), "{text:?}");
}
