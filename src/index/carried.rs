//! The tags of all essays in one list, so that many essays are weighed against one without a look at their documents. Knows
//! tags as numbers only.

use crate::link::Linked;
use crate::model::{DocId, Pattern};

/// A pattern, a concept or an incident as a number: the nine first, then records by their document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TagNumber(u32);

impl TagNumber {
    pub fn of_pattern(pattern: Pattern) -> Self {
        Self(pattern as u32)
    }

    /// Of a concept or an incident.
    pub fn of_record(record: DocId) -> Self {
        Self(Pattern::ALL.len() as u32 + record.0)
    }

    /// One of `slots` slots, the same for tags that are a multiple of them apart.
    pub fn modulo(self, slots: usize) -> usize {
        self.0 as usize % slots
    }
}

/// Which tags each essay carries, essays by rank.
#[derive(Clone, Debug, Default, Hash)]
pub struct Carried {
    /// Where the tags of each essay begin, and where the last one's end.
    starts: Vec<u32>,
    tags: Vec<TagNumber>,
}

impl Carried {
    /// Of `essays`, newest first.
    pub(super) fn of(essays: &[DocId], linked: &Linked) -> Self {
        let mut carried = Self { starts: vec![0], tags: Vec::new() };
        for essay in essays {
            let tags = &linked.tags[essay.index()];
            let start = carried.tags.len();
            carried.tags.extend(tags.patterns.iter().map(|pattern| TagNumber::of_pattern(*pattern)));
            carried.tags.extend(tags.concepts.iter().chain(&tags.incidents).map(|doc| TagNumber::of_record(*doc)));
            carried.tags[start..].sort_unstable();
            carried.starts.push(u32::try_from(carried.tags.len()).unwrap_or(u32::MAX));
        }
        carried
    }

    /// The tags of the essay at a rank, in order.
    pub fn by_rank(&self, rank: u32) -> &[TagNumber] {
        let rank = rank as usize;
        match (self.starts.get(rank), self.starts.get(rank + 1)) {
            (Some(start), Some(end)) => self.tags.get(*start as usize..*end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}
