//! Which tags each essay carries and which essays carry each tag, in lists that lie in one piece: many essays are weighed
//! against one without a look at their documents. Knows tags and essays as numbers only.

use serde::Serialize;

use crate::link::Linked;
use crate::model::{DocId, Pattern};

/// A pattern, a concept or an incident as a number: the nine first, then records by their document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
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

    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Both ways. Essays go by rank: their place among all, newest first.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct Carried {
    by_rank: Lists<TagNumber>,
    by_tag: Lists<u32>,
}

/// Lists one behind the other.
#[derive(Clone, Debug, Hash, Serialize)]
struct Lists<T> {
    /// Where each begins, and where the last one ends.
    starts: Vec<u32>,
    items: Vec<T>,
}

impl Carried {
    /// Of `essays`, newest first, in a site of so many documents.
    pub(super) fn of(essays: &[DocId], linked: &Linked, documents: usize) -> Self {
        let mut by_rank = Lists::default();
        let mut tags = Vec::new();
        for essay in essays {
            let of_essay = &linked.tags[essay.index()];
            tags.clear();
            tags.extend(of_essay.patterns.iter().map(|pattern| TagNumber::of_pattern(*pattern)));
            tags.extend(of_essay.concepts.iter().chain(&of_essay.incidents).map(|doc| TagNumber::of_record(*doc)));
            tags.sort_unstable();
            by_rank.push(&tags);
        }
        let by_tag = by_rank.transposed(Pattern::ALL.len() + documents);
        Self { by_rank, by_tag }
    }

    /// The tags of the essay at a rank, in order.
    pub fn by_rank(&self, rank: u32) -> &[TagNumber] {
        self.by_rank.at(rank as usize)
    }

    /// The ranks of the essays that carry a tag, newest first.
    pub fn by_tag(&self, tag: TagNumber) -> &[u32] {
        self.by_tag.at(tag.index())
    }
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl<T: Copy> Lists<T> {
    fn push(&mut self, list: &[T]) {
        self.items.extend_from_slice(list);
        self.starts.push(place(self.items.len()));
    }

    fn at(&self, n: usize) -> &[T] {
        match (self.starts.get(n), self.starts.get(n + 1)) {
            (Some(start), Some(end)) => self.items.get(*start as usize..*end as usize).unwrap_or_default(),
            _ => &[],
        }
    }
}

impl Lists<TagNumber> {
    /// For each of so many tags, the numbers of the lists that hold it.
    fn transposed(&self, tags: usize) -> Lists<u32> {
        let mut starts = vec![0; tags + 1];
        for tag in &self.items {
            starts[tag.index() + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![0; self.items.len()];
        for n in 0..self.starts.len() - 1 {
            for tag in self.at(n) {
                let slot = &mut next[tag.index()];
                items[*slot as usize] = place(n);
                *slot += 1;
            }
        }
        Lists { starts, items }
    }
}

/// A place in a list. A site with more tags on its essays than 32 bits count would need more memory than machines have.
fn place(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_carries_a_tag_is_told_in_the_order_of_the_essays() {
        let (a, b, c) = (TagNumber(0), TagNumber(3), TagNumber(4));
        let mut by_rank = Lists::default();
        for tags in [&[a, c][..], &[], &[c], &[b, c]] {
            by_rank.push(tags);
        }
        let by_tag = by_rank.transposed(6);
        let tags: Vec<&[u32]> = (0..6).map(|tag| by_tag.at(tag)).collect();
        assert_eq!(tags, [&[0][..], &[], &[], &[3], &[0, 2, 3], &[]]);
        assert_eq!(by_tag.at(6), [0; 0], "no such tag");
    }
}
