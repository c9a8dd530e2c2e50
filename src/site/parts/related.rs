//! Essays near an essay, with the reason. Looks at direct links and shared tags, the rarer the heavier; at most 256
//! candidates, so that a tag that every essay carries costs no more than a rare one, and none that can't be among the nearest.

use std::cmp::Ordering;

use crate::index::TagNumber;
use crate::link::Link;
use crate::model::{DocId, Pattern, SourceKind};
use crate::site::Viewer;
use crate::site::view::{Related, Why};

/// Essays shown.
const SHOWN: usize = 5;
/// Essays weighed.
const CANDIDATES: usize = 256;
/// Shared tags named in the reason.
const NAMED: usize = 3;

/// A tag of the essay, and the ranks of those that carry it.
struct Shared<'a> {
    what: What,
    number: TagNumber,
    weight: f64,
    essays: &'a [u32],
}

#[derive(Clone, Copy)]
enum What {
    Pattern(Pattern),
    /// A concept or an incident.
    Record(DocId),
}

/// How near another essay is. Essays go by rank, so that what is known of them lies close together.
#[derive(Clone, Copy)]
struct Near {
    rank: u32,
    score: f64,
    linked: bool,
}

/// The essays to be weighed, each once. How many essays the site has costs nothing here. With the standard library's set, and a
/// map in the place of `Weights`, a build takes 1.2 % longer.
struct Candidates {
    count: usize,
    /// Where a rank is looked for: at its hash, or in the next free slot. Never more than half full.
    slots: [u32; SLOTS],
}

const SLOTS: usize = (2 * CANDIDATES).next_power_of_two();
/// The rank of what is no essay.
const FREE: u32 = u32::MAX;

impl Candidates {
    fn new() -> Self {
        Self { count: 0, slots: [FREE; SLOTS] }
    }

    /// Whether it is a new one, and there is room for it.
    fn add(&mut self, rank: u32) -> bool {
        if rank == FREE || self.is_full() {
            return false;
        }
        // Ranks that lie close together are spread by the golden ratio of 32 bits.
        let mut slot = rank.wrapping_mul(0x9E37_79B1) as usize >> (u32::BITS - SLOTS.trailing_zeros());
        while self.slots[slot] != FREE {
            if self.slots[slot] == rank {
                return false;
            }
            slot = (slot + 1) % SLOTS;
        }
        self.slots[slot] = rank;
        self.count += 1;
        true
    }

    fn is_full(&self) -> bool {
        self.count >= CANDIDATES
    }
}

/// The nearest so far, the nearest first.
#[derive(Default)]
struct Nearest(Vec<Near>);

/// More than sums of the same weights differ by when they are added up in another order.
const ROUNDING: f64 = 1e-6;

impl Nearest {
    fn add(&mut self, near: Near) {
        // No two essays have one rank, so the order is the same whatever order they come in.
        let is_before = |other: &Near| match other.score.total_cmp(&near.score) {
            Ordering::Equal => other.rank < near.rank,
            order => order.is_gt(),
        };
        let place = self.0.partition_point(is_before);
        if place < SHOWN {
            self.0.truncate(SHOWN - 1);
            self.0.insert(place, near);
        }
    }

    /// Whether there are as many as are shown, each nearer than by the weight `most`.
    fn are_beyond(&self, most: f64) -> bool {
        self.0.len() == SHOWN && self.0.iter().all(|near| near.score > most + ROUNDING)
    }
}

impl Viewer<'_> {
    /// The nearest essays: by weight, then newest first.
    pub(in crate::site) fn related(&self, doc: DocId) -> Vec<(DocId, Related)> {
        let own = self.index.rank[doc.index()];
        let shared = self.shared(doc);
        let weights = Weights::of(&shared);
        let link_weight = self.weight(1);
        let linked = self.linked_essays(doc);
        let weighed = |rank: u32| {
            let is_linked = linked.binary_search(&rank).is_ok();
            let score = weights.shared_with(self.index.carried.by_rank(rank));
            Near { rank, score: score + if is_linked { link_weight } else { 0.0 }, linked: is_linked }
        };
        let mut candidates = Candidates::new();
        let mut nearest = Nearest::default();
        for rank in linked.iter().filter(|rank| candidates.add(**rank)) {
            nearest.add(weighed(*rank));
        }
        // Who carries a rarer tag was weighed with it: the others share no more than this tag and those after it.
        let mut most: f64 = shared.iter().map(|tag| tag.weight).sum();
        for tag in &shared {
            if candidates.is_full() || nearest.are_beyond(most) {
                break;
            }
            for rank in tag.essays.iter().filter(|rank| **rank != own) {
                if candidates.is_full() {
                    break;
                }
                if candidates.add(*rank) {
                    nearest.add(weighed(*rank));
                }
            }
            most -= tag.weight;
        }
        nearest.0.into_iter().map(|near| self.near(near, &shared)).collect()
    }

    /// The more essays carry a tag, the less it says.
    fn weight(&self, carriers: usize) -> f64 {
        (self.index.essays.len() as f64 / carriers.max(1) as f64).ln_1p()
    }

    /// The essay's tags, rarest first.
    fn shared(&self, doc: DocId) -> Vec<Shared<'_>> {
        let tags = &self.linked.tags[doc.index()];
        let records = tags.concepts.iter().chain(&tags.incidents).map(|record| What::Record(*record));
        let mut shared: Vec<Shared<'_>> = tags
            .patterns
            .iter()
            .map(|pattern| What::Pattern(*pattern))
            .chain(records)
            .map(|what| {
                let essays = self.index.carried.by_tag(what.number());
                Shared { what, number: what.number(), weight: self.weight(essays.len()), essays }
            })
            .collect();
        shared.sort_by_key(|tag| tag.essays.len());
        shared
    }

    fn near(&self, near: Near, shared: &[Shared<'_>]) -> (DocId, Related) {
        let carried = self.index.carried.by_rank(near.rank);
        let names: Vec<String> = shared
            .iter()
            .filter(|tag| carried.binary_search(&tag.number).is_ok())
            .take(NAMED)
            .map(|tag| self.name_in_a_sentence(tag.what))
            .collect();
        let essay = self.index.essays[near.rank as usize];
        let summary = self.summary(essay);
        let related = Related {
            title: summary.title.to_owned(),
            url: summary.link.to_owned(),
            summary: summary.summary.to_owned(),
            why: Why { linked: near.linked, shares: names },
        };
        (essay, related)
    }

    fn name_in_a_sentence(&self, what: What) -> String {
        match what {
            What::Pattern(pattern) => self.words.in_a_sentence(&self.pattern_tag(pattern).name),
            What::Record(doc) => {
                let document = self.document(doc);
                match document.kind {
                    SourceKind::Concept => self.words.in_a_sentence(document.title()),
                    _ => document.title().to_owned(),
                }
            }
        }
    }

    /// The ranks of published essays that this one links to or that link to it, newest first.
    fn linked_essays(&self, doc: DocId) -> Vec<u32> {
        let out = self.linked.links[doc.index()].iter().filter_map(|link| match link {
            Link::Page { doc, .. } => Some(*doc),
            _ => None,
        });
        let into = self.linked.backlinks[doc.index()].iter().map(|backlink| backlink.from);
        let others = out.chain(into).filter(|other| *other != doc);
        let mut found: Vec<u32> =
            others.map(|other| self.index.rank[other.index()]).filter(|rank| *rank != FREE).collect();
        found.sort_unstable();
        found.dedup();
        found.truncate(CANDIDATES);
        found
    }
}

impl What {
    fn number(self) -> TagNumber {
        match self {
            Self::Pattern(pattern) => TagNumber::of_pattern(pattern),
            Self::Record(doc) => TagNumber::of_record(doc),
        }
    }
}

/// The weights of the tags of an essay, each found without a branch: whether another essay carries it is as good as chance.
struct Weights {
    slots: [(Option<TagNumber>, f64); WEIGHT_SLOTS],
    /// Those whose slot was taken.
    others: Vec<(TagNumber, f64)>,
}

const WEIGHT_SLOTS: usize = 128;

impl Weights {
    fn of(shared: &[Shared<'_>]) -> Self {
        let mut weights = Self { slots: [(None, 0.0); WEIGHT_SLOTS], others: Vec::new() };
        for tag in shared {
            match &mut weights.slots[tag.number.modulo(WEIGHT_SLOTS)] {
                slot @ (None, _) => *slot = (Some(tag.number), tag.weight),
                _ => weights.others.push((tag.number, tag.weight)),
            }
        }
        weights
    }

    /// The weights of those that are among `theirs`, added up.
    fn shared_with(&self, theirs: &[TagNumber]) -> f64 {
        let weight = |tag: &TagNumber| {
            let (number, weight) = self.slots[tag.modulo(WEIGHT_SLOTS)];
            if number == Some(*tag) { weight } else { 0.0 }
        };
        let others = self.others.iter().filter(|(number, _)| theirs.contains(number)).map(|(_, weight)| weight);
        theirs.iter().map(weight).sum::<f64>() + others.sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_one_slot_weigh_as_much_as_tags_of_their_own() {
        let slots = u32::try_from(WEIGHT_SLOTS).unwrap_or(u32::MAX);
        let record = |doc: u32| What::Record(DocId(doc));
        let tag =
            |doc: u32, weight: f64| Shared { what: record(doc), number: record(doc).number(), weight, essays: &[] };
        // The first two have one slot; so have the last and a tag that the essay does not carry.
        let weights = Weights::of(&[tag(3, 1.0), tag(3 + slots, 2.0), tag(4, 4.0)]);
        let shared =
            |docs: &[u32]| weights.shared_with(&docs.iter().map(|doc| record(*doc).number()).collect::<Vec<_>>());
        assert_eq!(shared(&[3]), 1.0);
        assert_eq!(shared(&[3 + slots]), 2.0);
        assert_eq!(shared(&[3, 4, 3 + slots]), 7.0);
        assert_eq!(shared(&[4 + slots, 5, 3 + 2 * slots]), 0.0);
    }

    #[test]
    fn the_nearest_are_the_same_in_whatever_order_they_are_met() {
        let near = |rank: u32, score: f64| Near { rank, score, linked: false };
        let all: Vec<Near> = (0..9_u32).map(|rank| near(rank, f64::from(rank % 3))).collect();
        let ranks = |met: Vec<Near>| {
            let mut nearest = Nearest::default();
            met.into_iter().for_each(|near| nearest.add(near));
            nearest.0.iter().map(|near| near.rank).collect::<Vec<_>>()
        };
        assert_eq!(ranks(all.clone()), [2, 5, 8, 1, 4]);
        assert_eq!(ranks(all.iter().rev().copied().collect()), [2, 5, 8, 1, 4]);
        assert_eq!(ranks(all[..2].to_vec()), [1, 0]);
    }

    #[test]
    fn no_other_is_looked_for_once_none_can_be_as_near() {
        let mut nearest = Nearest::default();
        for rank in 0..4 {
            nearest.add(Near { rank, score: 3.0, linked: false });
        }
        assert!(!nearest.are_beyond(1.0), "there is room for one more");
        nearest.add(Near { rank: 4, score: 2.0, linked: false });
        assert!(nearest.are_beyond(1.0));
        assert!(!nearest.are_beyond(2.0), "one as near may be newer");
    }
}
