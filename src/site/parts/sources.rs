//! The sources of an incident's record, numbered in the order in which its page lists them. Knows one record.

use crate::outline::{IncidentFront, SourceEntry};
use crate::site::view::{ArchivedCopy, SourceLine};

/// The number of each source of a record, by its place in the record; none where nothing names a source.
pub(in crate::site) struct Numbers(Vec<usize>);

impl Numbers {
    pub(in crate::site) fn new(front: &IncidentFront) -> Self {
        let named = front.timeline.iter().map(|event| &event.sources);
        let named = named.chain(front.held.iter().chain(&front.disputes).map(|statement| &statement.sources));
        if named.into_iter().all(Vec::is_empty) {
            return Self(Vec::new());
        }
        let mut numbers = vec![0; front.sources.len()];
        for (number, place) in (1..).zip(listed(front)) {
            numbers[place] = number;
        }
        Self(numbers)
    }

    /// The numbers of the sources at `places`, in order.
    pub(in crate::site) fn of(&self, places: &[usize]) -> Vec<usize> {
        let mut numbers: Vec<usize> = places.iter().filter_map(|place| self.0.get(*place)).copied().collect();
        numbers.sort_unstable();
        numbers
    }

    /// The record's sources as its page lists them.
    pub(in crate::site) fn lines(&self, front: &IncidentFront) -> Vec<SourceLine> {
        let line = |place: usize| {
            let archived = ArchivedCopy::of(&front.sources[place]);
            let SourceEntry { key: _, kind, title, author, publisher, url, archive_url, gone: _, published } =
                front.sources[place].clone();
            let number = self.0.get(place).copied();
            SourceLine { number, kind, title, author, publisher, url, archive_url, archived, published }
        };
        listed(front).into_iter().map(line).collect()
    }
}

/// The places of a record's sources by kind, and as written.
fn listed(front: &IncidentFront) -> Vec<usize> {
    let mut places: Vec<usize> = (0..front.sources.len()).collect();
    places.sort_by_key(|place| front.sources[*place].kind);
    places
}
