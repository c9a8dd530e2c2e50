//! Inverted, ordered lists: who carries which pattern, concept, incident, pair, organisation, year, series. Knows ids only:
//! no texts and no pages.

mod beside;
mod carried;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use crate::link::{Before, Linked, ReadTag, doc_id, shows};
use crate::model::{DocId, Pattern, PatternPair, SourceKind, When};
use crate::outline::{Document, Front, MarkKind, TagName};

pub use carried::{Carried, TagNumber};

/// What carries a tag. Essays newest first, incidents newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Postings {
    pub essays: Vec<DocId>,
    pub incidents: Vec<DocId>,
    /// Passages of these essays, spread: one an essay, newest first, then the second of each.
    pub passages: Vec<PassageAt>,
}

/// A claim of an essay's about an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct ReadingAt {
    pub tag: ReadTag,
    pub essay: DocId,
    /// The passage that states it; none for a tag of the front matter that no passage shows, where the essay cites this
    /// incident alone.
    pub passage: Option<PassageAt>,
    /// The event of the incident that it speaks of, a position among them all.
    pub event: Option<u32>,
    /// It says that the pattern or concept is not there.
    pub refuses: bool,
}

/// Where a passage stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PassageAt {
    pub essay: DocId,
    /// The index of its mark in the essay.
    pub mark: u32,
    /// Whether it is a whole section.
    pub is_section: bool,
}

/// The lists of a site. Only what is published is in them.
#[derive(Clone, Debug, Default, Hash, Serialize)]
pub struct Index {
    /// Newest first.
    pub essays: Vec<DocId>,
    /// The place of each essay in that list, by document; other documents have none.
    pub rank: Vec<u32>,
    /// The patterns of each document: bit n for the nth of the nine. An essay's are those it carries, an incident's those that
    /// its record claims or that a reading sees in it.
    pub patterns_of: Vec<u16>,
    /// Which essay carries which tag.
    pub carried: Carried,
    /// Newest first; those without a date last.
    pub incidents: Vec<DocId>,
    /// By name.
    pub concepts: Vec<DocId>,
    /// By address.
    pub pages: Vec<DocId>,
    pub patterns: BTreeMap<Pattern, Postings>,
    pub by_concept: BTreeMap<DocId, Postings>,
    /// Essays that cite an incident, newest first.
    pub by_incident: BTreeMap<DocId, Vec<DocId>>,
    /// Who sees what in an incident; only incidents that some essay reads are in it.
    pub readings: BTreeMap<DocId, Vec<ReadingAt>>,
    /// Incidents that a record names together: of each the others, newest first.
    pub beside: BTreeMap<DocId, Vec<DocId>>,
    /// Essays that carry both, newest first.
    pub pairs: BTreeMap<PatternPair, Vec<DocId>>,
    /// Incidents of an organisation, newest first.
    pub organisations: BTreeMap<String, Vec<DocId>>,
    /// Essays by those that they name as their authors, newest first; those that name none are under the empty name.
    pub authors: BTreeMap<String, Vec<DocId>>,
    /// Essays of a series, by part and then by date.
    pub series: BTreeMap<String, Vec<DocId>>,
}

/// Builds the lists, or takes those of an earlier reading of the same files that no change can have touched: all where the tags
/// are the same too, and else those that are ordered by dates and names.
pub fn index(documents: &[Arc<Document>], linked: &Linked, before: Option<(Before<'_>, &Arc<Index>)>) -> Arc<Index> {
    let before = before.filter(|(before, _)| has_the_same_entries(documents, linked, *before));
    match before {
        Some((before, index)) if before.linked.tags == linked.tags && before.linked.readings == linked.readings => {
            Arc::clone(index)
        }
        Some((_, index)) => Arc::new(index.untagged().tagged(documents, linked)),
        None => Arc::new(Index::ordered(documents, linked).tagged(documents, linked)),
    }
}

/// Whether every document stands where it did in the lists that do not go by tags.
fn has_the_same_entries(documents: &[Arc<Document>], linked: &Linked, before: Before<'_>) -> bool {
    let Before { linked: last, .. } = before;
    Arc::ptr_eq(&last.urls, &linked.urls) && last.status == linked.status && before.has_the_same_entries(documents)
}

/// Bit n for the nth of the nine.
pub fn pattern_bits(patterns: &[Pattern]) -> u16 {
    patterns.iter().fold(0, |bits, pattern| bits | 1 << *pattern as u16)
}

/// The patterns whose bits are set, in order.
pub fn patterns_in(bits: u16) -> impl Iterator<Item = Pattern> {
    Pattern::ALL.into_iter().filter(move |pattern| bits & (1 << *pattern as u16) != 0)
}

fn ranks(essays: &[DocId], documents: usize) -> Vec<u32> {
    let mut ranks = vec![u32::MAX; documents];
    for (rank, essay) in (0_u32..).zip(essays) {
        ranks[essay.index()] = rank;
    }
    ranks
}

impl Index {
    /// The lists that go by dates and names alone.
    fn ordered(documents: &[Arc<Document>], linked: &Linked) -> Self {
        let published = |kind: SourceKind| -> Vec<DocId> {
            (0..documents.len())
                .map(doc_id)
                .filter(|doc| documents[doc.index()].kind == kind && linked.is_published(*doc))
                .collect()
        };
        let document = |doc: &DocId| &documents[doc.index()];
        let mut essays = published(SourceKind::Essay);
        // Keys of their own: what they are compared by lies close together.
        essays.par_sort_by_cached_key(|doc| (Reverse(essay_date(document(doc)).cloned()), document(doc).id.clone()));
        let mut incidents = published(SourceKind::Incident);
        incidents.par_sort_by_cached_key(|doc| {
            let date = incident_date(document(doc)).cloned();
            (date.is_none(), Reverse(date), document(doc).id.clone())
        });
        let mut concepts = published(SourceKind::Concept);
        concepts.sort_by_cached_key(|doc| (document(doc).title().to_lowercase(), document(doc).id.clone()));
        let mut index = Self {
            rank: ranks(&essays, documents.len()),
            pages: published(SourceKind::Page),
            concepts,
            ..Self::default()
        };
        for essay in &essays {
            index.add_names_of_essay(*essay, document(essay));
        }
        for incident in &incidents {
            if let Front::Incident(front) = &document(incident).front {
                for organisation in &front.organisations {
                    index.organisations.entry(organisation.clone()).or_default().push(*incident);
                }
            }
        }
        for list in index.series.values_mut() {
            list.sort_by_cached_key(|doc| {
                (part(document(doc)), essay_date(document(doc)).cloned(), document(doc).id.clone())
            });
        }
        Self { essays, incidents, ..index }
    }

    /// The same of an earlier reading.
    fn untagged(&self) -> Self {
        let Self { essays, rank, incidents, concepts, pages, organisations, authors, series, .. } = self;
        Self {
            essays: essays.clone(),
            rank: rank.clone(),
            incidents: incidents.clone(),
            concepts: concepts.clone(),
            pages: pages.clone(),
            organisations: organisations.clone(),
            authors: authors.clone(),
            series: series.clone(),
            ..Self::default()
        }
    }

    /// With the lists that go by tags.
    fn tagged(mut self, documents: &[Arc<Document>], linked: &Linked) -> Self {
        let (essays, incidents) = (self.essays.clone(), self.incidents.clone());
        let document = |doc: &DocId| &documents[doc.index()];
        self.patterns = Pattern::ALL.into_iter().map(|pattern| (pattern, Postings::default())).collect();
        self.patterns_of = vec![0; documents.len()];
        self.by_concept = self.concepts.iter().map(|doc| (*doc, Postings::default())).collect();
        self.by_incident = incidents.iter().map(|doc| (*doc, Vec::new())).collect();
        let add = |index: &mut Self| {
            for essay in &essays {
                index.add_essay(*essay, document(essay), linked, documents);
            }
            for incident in &incidents {
                index.add_incident(*incident, linked);
            }
            for readings in index.readings.values_mut() {
                // Stable: within a tag the newest essay stays first.
                readings.sort_by_key(|reading| reading.tag);
            }
        };
        let ((), carried) = rayon::join(|| add(&mut self), || Carried::of(&essays, linked, documents.len()));
        for postings in self.patterns.values_mut().chain(self.by_concept.values_mut()) {
            postings.passages = spread(&postings.passages);
        }
        self.beside = beside::beside(&incidents, linked);
        Self { carried, ..self }
    }

    fn add_names_of_essay(&mut self, essay: DocId, document: &Document) {
        let Front::Essay(front) = &document.front else { return };
        for name in &front.authors {
            let essays = self.authors.entry(name.clone()).or_default();
            if essays.last() != Some(&essay) {
                essays.push(essay);
            }
        }
        if front.authors.is_empty() {
            self.authors.entry(String::new()).or_default().push(essay);
        }
        if let Some(series) = &front.series {
            self.series.entry(series.name.clone()).or_default().push(essay);
        }
    }

    fn add_essay(&mut self, essay: DocId, document: &Document, linked: &Linked, documents: &[Arc<Document>]) {
        let tags = &linked.tags[essay.index()];
        self.patterns_of[essay.index()] = pattern_bits(&tags.patterns);
        for (n, a) in tags.patterns.iter().enumerate() {
            self.patterns.entry(*a).or_default().essays.push(essay);
            for b in &tags.patterns[n + 1..] {
                if let Some(pair) = PatternPair::new(*a, *b) {
                    self.pairs.entry(pair).or_default().push(essay);
                }
            }
        }
        for concept in &tags.concepts {
            self.by_concept.entry(*concept).or_default().essays.push(essay);
        }
        for incident in &tags.incidents {
            self.by_incident.entry(*incident).or_default().push(essay);
        }
        self.add_readings(essay, document, linked, documents);
        let evidence = (0_u32..).zip(&document.body.marks).filter(|(_, mark)| !mark.refuses);
        for (n, mark) in evidence {
            let postings = match &mark.tag {
                TagName::Pattern(pattern) => self.patterns.entry(*pattern).or_default(),
                TagName::Concept(id) => {
                    let found = tags.concepts.iter().find(|doc| documents[doc.index()].id == *id);
                    let Some(concept) = found else { continue };
                    self.by_concept.entry(*concept).or_default()
                }
            };
            postings.passages.push(PassageAt { essay, mark: n, is_section: mark.kind == MarkKind::Section });
        }
    }

    fn add_readings(&mut self, essay: DocId, document: &Document, linked: &Linked, documents: &[Arc<Document>]) {
        let tags = &linked.tags[essay.index()];
        for reading in linked.readings[essay.index()].iter() {
            let is_section = document.body.marks[reading.mark as usize].kind == MarkKind::Section;
            self.readings.entry(reading.incident).or_default().push(ReadingAt {
                tag: reading.tag,
                essay,
                passage: Some(PassageAt { essay, mark: reading.mark, is_section }),
                event: reading.event,
                refuses: reading.refuses,
            });
        }
        let [incident] = tags.incidents[..] else { return };
        let carried = tags.patterns.iter().map(|pattern| ReadTag::Pattern(*pattern));
        let carried = carried.chain(tags.concepts.iter().map(|concept| ReadTag::Concept(*concept)));
        for tag in carried.filter(|tag| !shows(document, |doc| &documents[doc.index()].id, *tag)) {
            let tagged = ReadingAt { tag, essay, passage: None, event: None, refuses: false };
            self.readings.entry(incident).or_default().push(tagged);
        }
    }

    /// The essays' readings come first: what they see in an incident is claimed as what its record says is.
    fn add_incident(&mut self, incident: DocId, linked: &Linked) {
        let tags = &linked.tags[incident.index()];
        let read = self.readings.get(&incident).into_iter().flatten().filter(|reading| !reading.refuses);
        let claimed: BTreeSet<ReadTag> = read
            .map(|reading| reading.tag)
            .chain(tags.patterns.iter().map(|pattern| ReadTag::Pattern(*pattern)))
            .chain(tags.concepts.iter().map(|concept| ReadTag::Concept(*concept)))
            .collect();
        for tag in claimed {
            match tag {
                ReadTag::Pattern(pattern) => {
                    self.patterns_of[incident.index()] |= pattern_bits(&[pattern]);
                    self.patterns.entry(pattern).or_default().incidents.push(incident);
                }
                ReadTag::Concept(concept) => self.by_concept.entry(concept).or_default().incidents.push(incident),
            }
        }
    }
}

/// When an essay appeared.
pub fn essay_date(document: &Document) -> Option<&When> {
    match &document.front {
        Front::Essay(front) => front.date.as_ref().map(|date| &date.value),
        _ => None,
    }
}

/// When an incident began, as far as is known.
pub fn incident_date(document: &Document) -> Option<&When> {
    match &document.front {
        Front::Incident(front) => front.times.first(),
        _ => None,
    }
}

fn part(document: &Document) -> i64 {
    match &document.front {
        Front::Essay(front) => front.series.as_ref().and_then(|series| series.part).unwrap_or(i64::MAX),
        _ => i64::MAX,
    }
}

/// One passage an essay first, in the order of the essays; then the second of each, and so on: what a reader sees first
/// comes from as many essays as possible.
fn spread(passages: &[PassageAt]) -> Vec<PassageAt> {
    let mut seen: BTreeMap<DocId, usize> = BTreeMap::new();
    let mut ranked: Vec<(usize, usize, PassageAt)> = passages
        .iter()
        .enumerate()
        .map(|(n, passage)| {
            let turn = seen.entry(passage.essay).or_default();
            *turn += 1;
            (*turn, n, *passage)
        })
        .collect();
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, _, passage)| passage).collect()
}
