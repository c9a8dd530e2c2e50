//! What is remembered of an address from run to run, and what the findings of several days come to. Knows times as values; the
//! clock and the disk are others'.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::finding::Finding;

/// A page counts as gone when it is still not there so long after it was first missed.
pub const GONE_AFTER: SignedDuration = SignedDuration::from_hours(48);
/// For how long a finding is not asked for again: a page that is there, one that is gone, one of which nothing is known.
const FOUND_FOR: SignedDuration = SignedDuration::from_hours(7 * 24);
const GONE_FOR: SignedDuration = SignedDuration::from_hours(12);
const UNKNOWN_FOR: SignedDuration = SignedDuration::from_hours(1);

/// The last finding of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub url: String,
    /// When it was asked for.
    pub at: Timestamp,
    pub finding: Finding,
    /// When the page was first missed, and not found since.
    pub gone_since: Option<Timestamp>,
}

impl Record {
    /// The record of a finding of `now`, given the one `before`.
    pub fn new(url: String, finding: Finding, now: Timestamp, before: Option<&Self>) -> Self {
        let since = before.and_then(|before| before.gone_since);
        let gone_since = match &finding {
            Finding::Found(_) => None,
            Finding::Gone(_) => since.or(Some(now)),
            // A server that says nothing does not say that the page is back.
            Finding::Unknown(_) | Finding::Private { .. } => since,
        };
        Self { url, at: now, finding, gone_since }
    }

    /// Whether it still holds at `now`, for links to these places of the page.
    pub fn holds(&self, now: Timestamp, wanted: &BTreeSet<String>) -> bool {
        let age = now.duration_since(self.at);
        let most = match &self.finding {
            Finding::Found(found) if wanted.iter().all(|place| found.places.contains_key(place)) => FOUND_FOR,
            // It may be that the places could not be looked for, which is so again in an hour.
            Finding::Found(_) | Finding::Unknown(_) => UNKNOWN_FOR,
            Finding::Gone(_) => GONE_FOR,
            Finding::Private { .. } => return false,
        };
        !age.is_negative() && age < most
    }

    /// Whether the page was missed twice, days apart.
    pub fn is_gone_for_good(&self) -> bool {
        let gone = matches!(self.finding, Finding::Gone(_));
        gone && self.gone_since.is_some_and(|since| self.at.duration_since(since) >= GONE_AFTER)
    }
}

#[cfg(test)]
mod tests {
    use super::super::finding::Found;
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a time")
    }

    fn after(before: &Record, finding: Finding, now: &str) -> Record {
        Record::new("https://a.example/".to_owned(), finding, at(now), Some(before))
    }

    const FIRST: &str = "2026-06-01T12:00:00Z";

    fn gone() -> Finding {
        Finding::Gone("its server says 404".to_owned())
    }

    fn unknown() -> Finding {
        Finding::Unknown("429".to_owned())
    }

    #[test]
    fn a_page_is_gone_for_good_when_it_is_missed_again_days_later() {
        let first = Record::new("https://a.example/".to_owned(), gone(), at(FIRST), None);
        assert!(!first.is_gone_for_good());
        assert!(!after(&first, gone(), "2026-06-03T11:59:59Z").is_gone_for_good());
        assert!(after(&first, gone(), "2026-06-03T12:00:00Z").is_gone_for_good());
        // Nothing is known in between: it was not back.
        let between = after(&first, unknown(), "2026-06-02T12:00:00Z");
        assert!(!between.is_gone_for_good());
        assert!(after(&between, gone(), "2026-06-04T12:00:00Z").is_gone_for_good());
        // It was back in between.
        let back = after(&first, Finding::Found(Found::default()), "2026-06-02T12:00:00Z");
        assert!(!after(&back, gone(), "2026-06-04T12:00:00Z").is_gone_for_good());
    }

    #[test]
    fn a_finding_holds_as_long_as_it_is_likely_to_be_true() {
        let holds = |finding: Finding, now: &str| {
            Record::new(String::new(), finding, at(FIRST), None).holds(at(now), &BTreeSet::new())
        };
        assert!(holds(Finding::Found(Found::default()), "2026-06-08T11:59:59Z"));
        assert!(!holds(Finding::Found(Found::default()), "2026-06-08T12:00:00Z"));
        assert!(holds(gone(), "2026-06-01T23:59:59Z"));
        assert!(!holds(gone(), "2026-06-02T00:00:00Z"));
        assert!(holds(unknown(), "2026-06-01T12:59:59Z"));
        assert!(!holds(unknown(), "2026-06-01T13:00:00Z"));
        assert!(!holds(Finding::Private { host: String::new(), address: String::new() }, FIRST));
        // A clock that was put back.
        assert!(!holds(gone(), "2026-05-31T12:00:00Z"));
        let wanted = ["limits".to_owned()].into();
        let found = Record::new(String::new(), Finding::Found(Found::default()), at(FIRST), None);
        assert!(!found.holds(at("2026-06-02T12:00:00Z"), &wanted), "a place that was not looked for");
    }
}
