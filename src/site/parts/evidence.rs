//! What a pattern or concept is shown by: passages, essays, incidents, years, page by page. Knows postings, not whose they are.

use std::collections::BTreeMap;

use crate::index::{PassageAt, Postings, incident_date, pattern_bits};
use crate::link::ReadTag;
use crate::model::{DocId, UrlPath};

use super::paging::{INCIDENTS_SHOWN, YEARS_SHOWN, pages, pagination, slice};
use crate::site::Viewer;
use crate::site::view::{Evidence, IncidentCard, YearCount};

impl Viewer<'_> {
    /// Page `page` of what `postings` of `tag` hold, shown at `url`, the page of `doc`.
    pub(in crate::site) fn evidence(
        &self,
        (tag, postings): (ReadTag, &Postings),
        doc: Option<DocId>,
        url: &UrlPath,
        page: usize,
    ) -> Evidence {
        let first = page == 1;
        let size = self.config.page_size;
        let incidents = if first { slice(&postings.incidents, 1, INCIDENTS_SHOWN) } else { &[] };
        let (backlinks, more_backlinks) = match doc {
            // Those that are evidence stand above.
            Some(doc) if first => self.backlinks_but(doc, |from| self.carries(from, tag)),
            _ => (Vec::new(), 0),
        };
        let mut cards: Vec<IncidentCard> = incidents.iter().map(|doc| self.claimed_card(*doc, tag)).collect();
        let scale = self.draw_to_scale(cards.iter_mut().zip(incidents.iter().copied()));
        let essays = slice(&postings.essays, page, size);
        let passages: Vec<PassageAt> = essays.iter().flat_map(|essay| self.passages_of(*essay, &[tag])).collect();
        let has_none = |essay: &&DocId| passages.iter().all(|passage| passage.essay != **essay);
        let others: Vec<DocId> = essays.iter().filter(has_none).copied().collect();
        Evidence {
            passages: self.passage_groups(&passages),
            passage_count: postings.passages.len(),
            essays: self.cards(&others),
            essay_count: postings.essays.len(),
            incidents: cards,
            scale,
            incident_count: postings.incidents.len(),
            years: if first { self.years(&postings.incidents) } else { Vec::new() },
            backlinks,
            more_backlinks,
            pagination: pagination(&self.config.base_url, url, page, evidence_pages(postings, size)),
        }
    }

    /// Whether an essay or incident is among the evidence of `tag`.
    fn carries(&self, doc: DocId, tag: ReadTag) -> bool {
        match tag {
            ReadTag::Pattern(pattern) => self.index.patterns_of[doc.index()] & pattern_bits(&[pattern]) != 0,
            ReadTag::Concept(concept) => self.linked.tags[doc.index()].concepts.contains(&concept),
        }
    }

    /// An incident on the page of what is claimed of it.
    fn claimed_card(&self, incident: DocId, tag: ReadTag) -> IncidentCard {
        IncidentCard { contested: self.claims_of(incident, tag).is_contested(), ..self.incident_card(incident) }
    }

    /// How many of `incidents` began in each year, from the first year to the last without gaps; none if no year is known. Of many
    /// years the last ones.
    fn years(&self, incidents: &[DocId]) -> Vec<YearCount> {
        let mut counts: BTreeMap<i16, usize> = BTreeMap::new();
        for date in incidents.iter().filter_map(|doc| incident_date(self.document(*doc))) {
            *counts.entry(date.year()).or_default() += 1;
        }
        let (Some(first), Some(last)) = (counts.keys().next().copied(), counts.keys().next_back().copied()) else {
            return Vec::new();
        };
        let first = first.max(last.saturating_sub(YEARS_SHOWN - 1));
        (first..=last).map(|year| YearCount { year, count: counts.get(&year).copied().unwrap_or(0) }).collect()
    }
}

/// How many pages the evidence fills: its essays are counted, each with its passages.
pub(in crate::site) fn evidence_pages(postings: &Postings, size: usize) -> usize {
    pages(postings.essays.len(), size)
}

/// The shade of a cell, 0 to 4, from its count and the largest count.
pub(in crate::site) fn shade(count: usize, largest: usize) -> usize {
    if count == 0 || largest == 0 { 0 } else { (count * 4).div_ceil(largest).min(4) }
}
