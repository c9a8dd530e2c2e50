//! Two incidents side by side: their clocks, and what is read in both and in one alone. Knows two incidents; draws no clock.

use crate::index::patterns_in;
use crate::link::ReadTag;
use crate::model::{DocId, Pattern, RelationKind, UrlPath};
use crate::outline::{Front, IncidentFront};

use super::readings::readings_url;
use crate::site::parts::html::Head;
use crate::site::parts::time::clocks::{between, clocks};
use crate::site::view::{ClockFacts, Data, OneReading, SharedReading, Side, SideBySide};
use crate::site::{View, Viewer};

/// Passages, tags without one and refusals shown of each pattern or concept of one incident; the newest.
const SHOWN: usize = 2;
/// Patterns and concepts shown in each list.
const TAGS_SHOWN: usize = 20;

impl Viewer<'_> {
    pub(in crate::site) fn side_by_side(&self, first: DocId, second: DocId) -> View {
        let incidents = [first, second];
        let front = |doc: DocId| match &self.document(doc).front {
            Front::Incident(front) => (**front).clone(),
            _ => IncidentFront::default(),
        };
        let fronts = incidents.map(front);
        let (drawings, clock, events) = clocks([&fronts[0], &fronts[1]], self.words);
        let shown = incidents.map(|doc| self.shown_in(doc));
        let in_both: Vec<ReadTag> = shown[0].iter().copied().filter(|tag| shown[1].contains(tag)).collect();
        let in_one = [0, 1].map(|n| shown[n].iter().copied().filter(|tag| !in_both.contains(tag)).collect::<Vec<_>>());
        let lists = [&in_both, &in_one[0], &in_one[1]];
        let data = SideBySide {
            incidents: (0..2).map(|n| self.clock_facts(incidents[n], &fronts[n])).collect(),
            kind: self
                .relation(first, second)
                .or_else(|| self.relation(second, first))
                .unwrap_or(RelationKind::Similar),
            drawings,
            clock,
            events,
            both: in_both.iter().take(TAGS_SHOWN).map(|tag| self.shared_reading(incidents, *tag)).collect(),
            only: (0..2)
                .map(|n| {
                    let tags = in_one[n].iter().take(TAGS_SHOWN);
                    tags.map(|tag| self.one_reading(incidents[n], incidents[1 - n], *tag)).collect()
                })
                .collect(),
            more: lists.iter().map(|tags| tags.len().saturating_sub(TAGS_SHOWN)).sum(),
        };
        let [a, b] = incidents.map(|doc| self.document(doc).title());
        let url = url(self.url(first), self.id(second));
        let mut page = Head::new(&self.side_by_side_title(first, second), &url);
        page.description = Some(self.words.say("of_two_incidents", &[("first", a), ("second", b)]));
        self.html(page, Data::SideBySide(Box::new(data)))
    }

    pub(in crate::site) fn side_by_side_title(&self, first: DocId, second: DocId) -> String {
        let [first, second] = [first, second].map(|doc| self.document(doc).title());
        self.words.say("side_by_side_title", &[("first", first), ("second", second)])
    }

    /// The patterns that some reading sees in both.
    pub(in crate::site) fn patterns_in_both(&self, first: DocId, second: DocId) -> Vec<Pattern> {
        let [a, b] = [first, second].map(|doc| self.index.patterns_of[doc.index()]);
        patterns_in(a & b).collect()
    }

    /// The link of the page that shows the two.
    pub(in crate::site) fn side_by_side_link(&self, a: DocId, b: DocId) -> String {
        let (first, second) = if self.id(a) < self.id(b) { (a, b) } else { (b, a) };
        self.config.base_url.link(&url(self.url(first), self.id(second)))
    }

    /// What readings see in an incident, patterns in their order and then concepts by name.
    fn shown_in(&self, incident: DocId) -> Vec<ReadTag> {
        let tags = self.tags_read(incident).into_iter();
        tags.filter(|tag| self.claims_of(incident, *tag).is_claimed()).collect()
    }

    fn clock_facts(&self, incident: DocId, front: &IncidentFront) -> ClockFacts {
        let times = &front.times;
        let readings = match self.readings_pages(incident) {
            0 => format!("{}#nf-claims", self.link(incident)),
            _ => self.config.base_url.link(&readings_url(self.url(incident))),
        };
        let readings = Some(readings).filter(|_| !self.tags_read(incident).is_empty());
        ClockFacts {
            incident: self.incident_card(incident),
            to_detection: between(times.started.as_ref(), times.detected.as_ref()),
            to_mitigation: between(times.started.as_ref(), times.mitigated.as_ref()),
            times: times.clone(),
            readings,
        }
    }

    fn shared_reading(&self, incidents: [DocId; 2], tag: ReadTag) -> SharedReading {
        SharedReading { tag: self.read_tag(tag), sides: incidents.map(|doc| self.side(doc, tag)).into() }
    }

    fn one_reading(&self, incident: DocId, other: DocId, tag: ReadTag) -> OneReading {
        let refusals = self.reading_of(other, tag, SHOWN).refusals;
        OneReading { tag: self.read_tag(tag), side: self.side(incident, tag), refusals }
    }

    fn side(&self, incident: DocId, tag: ReadTag) -> Side {
        let held = match (&self.document(incident).front, tag) {
            (Front::Incident(front), ReadTag::Concept(concept)) => {
                let id = self.id(concept);
                let named =
                    front.held.iter().filter(|held| held.concept.as_ref().is_some_and(|named| named.value == id));
                named.map(|held| held.text.clone()).take(SHOWN).collect()
            }
            _ => Vec::new(),
        };
        Side { reading: self.reading_of(incident, tag, SHOWN), held }
    }
}

/// Where the incident at `first` stands beside the one with the id `second`, which is the later of their ids.
pub(in crate::site) fn url(first: &UrlPath, second: &str) -> UrlPath {
    first.child(&format!("with/{second}/"))
}
