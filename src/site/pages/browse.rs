//! The views of `/browse/` and of the index its script reads.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::index::{Index, incident_date, pattern_bits};
use crate::link::ReadTag;
use crate::model::{ClosedSet, DocId, EssayKind, Pattern, UrlPath, When};
use crate::outline::Front;
use crate::site::parts::html::Head;
use crate::site::parts::paging::slice;
use crate::site::summaries::Summary;
use crate::site::view::{Browse, BrowseIndex, Data, PairNames, Tag};
use crate::site::{View, Viewer, pair_url};

/// Where the index is.
pub const INDEX: &str = "/data/browse.json";
/// The lists whose items have summaries.
pub const ESSAYS: &str = "essays";
const INCIDENTS: &str = "incidents";
/// What the links of the parts of summaries begin with.
const SUMMARIES_AT: &str = "/data/summaries/";
/// Summaries in a part: what a page of results asks for at a time.
pub const SUMMARIES: usize = 200;
/// Grows when a field changes its meaning or goes away.
const VERSION: u32 = 1;
/// Names listed for readers without script.
const LISTED: usize = 100;
/// Incidents whose patterns are shown to them.
const MATRIX_ROWS: usize = 30;

impl Viewer<'_> {
    pub(in crate::site) fn browse(&self) -> View {
        let url = UrlPath::new("/browse/");
        let data = Browse {
            index: self.link_to(INDEX),
            essay_count: self.index.essays.len(),
            patterns: Pattern::ALL.map(|pattern| self.tile(pattern)).to_vec(),
            pairs: self.pair_names(),
            concepts: self.used(&self.index.concepts),
            incidents: self.tags(slice(&self.index.incidents, 1, LISTED)),
            matrix: self.incident_matrix(MATRIX_ROWS),
            dataset: self.config.dataset.then(|| self.link_to(crate::site::dataset::FOLDER)),
        };
        let mut page = Head::new(self.words.text("browse"), &url);
        page.description = Some(self.words.text("of_browse").to_owned());
        self.html(page, Data::Browse(data))
    }

    fn used(&self, concepts: &[DocId]) -> Vec<Tag> {
        let carried = |doc: &&DocId| self.index.by_concept.get(doc).is_some_and(|postings| !postings.essays.is_empty());
        concepts.iter().filter(carried).take(LISTED).map(|doc| self.tag(*doc)).collect()
    }

    fn pair_names(&self) -> Vec<PairNames> {
        let mut pairs: Vec<PairNames> = self
            .index
            .pairs
            .iter()
            .map(|(pair, essays)| {
                let (first, second) = pair.both();
                PairNames {
                    first: self.pattern_tag(first),
                    second: self.pattern_tag(second),
                    url: self.config.base_url.link(&pair_url(*pair)),
                    count: essays.len(),
                }
            })
            .collect();
        pairs.sort_by_key(|pair| Reverse(pair.count));
        pairs
    }

    /// The patterns that each essay sees in each incident.
    fn patterns_read(&self) -> BTreeMap<(DocId, DocId), u16> {
        let mut read = BTreeMap::new();
        for (incident, readings) in &self.index.readings {
            for reading in readings.iter().filter(|reading| !reading.refuses) {
                if let ReadTag::Pattern(pattern) = reading.tag {
                    *read.entry((reading.essay, *incident)).or_default() |= pattern_bits(&[pattern]);
                }
            }
        }
        read
    }

    /// The patterns that some essay says are not in the incident.
    fn patterns_refused(&self, incident: DocId) -> u16 {
        let refusals = self.readings_of(incident).iter().filter(|reading| reading.refuses);
        refusals.fold(0, |bits, reading| match reading.tag {
            ReadTag::Pattern(pattern) => bits | pattern_bits(&[pattern]),
            ReadTag::Concept(_) => bits,
        })
    }

    /// For each incident, the places of the concepts that its record or an essay sees in it.
    fn concepts_read(&self, incident_places: &HashMap<DocId, usize>) -> Vec<Vec<usize>> {
        let mut read = vec![Vec::new(); self.index.incidents.len()];
        for (place, concept) in self.index.concepts.iter().enumerate() {
            let incidents = self.index.by_concept.get(concept).map_or(&[][..], |postings| &postings.incidents);
            for incident in incidents.iter().filter_map(|doc| incident_places.get(doc)) {
                read[*incident].push(place);
            }
        }
        read
    }

    /// Each incident's id and title, and the places of its organisations.
    fn incident_names(&self, organisations: &[String]) -> Vec<(String, String, Vec<usize>)> {
        let names = |doc: &DocId| {
            let document = self.document(*doc);
            let of = match &document.front {
                Front::Incident(front) => {
                    front.organisations.iter().filter_map(|name| organisations.binary_search(name).ok()).collect()
                }
                _ => Vec::new(),
            };
            (document.id.clone(), document.title().to_owned(), of)
        };
        self.index.incidents.iter().map(names).collect()
    }

    pub(in crate::site) fn browse_index(&self) -> BrowseIndex {
        let names = |docs: &[DocId]| -> Vec<(String, String)> {
            docs.iter().map(|doc| (self.document(*doc).id.clone(), self.document(*doc).title().to_owned())).collect()
        };
        let places =
            |docs: &[DocId]| -> HashMap<DocId, usize> { docs.iter().enumerate().map(|(n, doc)| (*doc, n)).collect() };
        let (concept_places, incident_places) = (places(&self.index.concepts), places(&self.index.incidents));
        let organisations: Vec<String> = self.index.organisations.keys().cloned().collect();
        let mut index = BrowseIndex {
            version: VERSION,
            essays: self.link_to("/essays/"),
            incident_pages: self.link_to("/incidents/"),
            summaries: self.link_to(SUMMARIES_AT),
            summaries_each: SUMMARIES,
            incident_links: self.incident_links(),
            patterns: Pattern::ALL
                .map(|pattern| (pattern.id().to_owned(), self.pattern_tag(pattern).name.clone()))
                .to_vec(),
            concepts: names(&self.index.concepts),
            incidents: self.incident_names(&organisations),
            organisations,
            kinds: EssayKind::WORDS.to_vec(),
            title: Vec::new(),
            slug: Vec::new(),
            date: Vec::new(),
            kind: Vec::new(),
            pattern: Vec::new(),
            concept: Vec::new(),
            incident: Vec::new(),
            reading: Vec::new(),
            incident_date: self.index.incidents.iter().map(|doc| number(incident_date(self.document(*doc)))).collect(),
            incident_pattern: self.index.incidents.iter().map(|doc| self.index.patterns_of[doc.index()]).collect(),
            incident_refused: self.index.incidents.iter().map(|doc| self.patterns_refused(*doc)).collect(),
            incident_concept: self.concepts_read(&incident_places),
        };
        let read = self.patterns_read();
        for essay in &self.index.essays {
            let Summary { title, facts, .. } = self.summary(*essay);
            let tags = &self.linked.tags[essay.index()];
            let within = |docs: &[DocId], places: &HashMap<DocId, usize>| {
                docs.iter().filter_map(|doc| places.get(doc).copied()).collect()
            };
            index.title.push(title.to_owned());
            index.slug.push(self.slug_or_link(*essay));
            index.date.push(number(facts.date.as_ref()));
            index.kind.push(EssayKind::WORDS.iter().position(|word| *word == facts.kind.word()).unwrap_or(0));
            index.pattern.push(pattern_bits(&tags.patterns));
            index.concept.push(within(&tags.concepts, &concept_places));
            index.incident.push(within(&tags.incidents, &incident_places));
            let of_essay = read.range((*essay, DocId(0))..=(*essay, DocId(u32::MAX)));
            let placed = of_essay.filter_map(|((_, incident), bits)| Some((*incident_places.get(incident)?, *bits)));
            index.reading.push(placed.collect());
        }
        index
    }
}

/// The name and the length of the essays' list of summaries, and of the incidents'.
pub fn summarised(index: &Index) -> [(&'static str, usize); 2] {
    [(ESSAYS, index.essays.len()), (INCIDENTS, index.incidents.len())]
}

/// The address of part `n`, from 1, of the summaries of `list`.
pub fn summaries_url(list: &str, n: usize) -> UrlPath {
    UrlPath::new(format!("{SUMMARIES_AT}{list}-{n}.json"))
}

impl Viewer<'_> {
    /// Part `n` of what `docs` say in a sentence: they are many, and few are shown at a time.
    pub(in crate::site) fn summaries(&self, docs: &[DocId], n: usize) -> Vec<String> {
        let summary = |doc: &DocId| match &self.document(*doc).front {
            Front::Incident(front) => front.impact.clone().unwrap_or_default(),
            _ => self.document(*doc).summary().to_owned(),
        };
        slice(docs, n, SUMMARIES).iter().map(summary).collect()
    }

    /// What follows `/essays/` in the address of an essay; the whole link, which begins with a slash, of one that is elsewhere.
    fn slug_or_link(&self, essay: DocId) -> String {
        let slug = |url: &str| Some(url.strip_prefix("/essays/")?.strip_suffix('/')?.to_owned());
        slug(self.url(essay).as_str()).unwrap_or_else(|| self.link(essay))
    }

    /// The links of incidents that are elsewhere than their ids say, by their places in the list.
    fn incident_links(&self) -> BTreeMap<usize, String> {
        let own =
            |(n, doc): (usize, &DocId)| self.document(*doc).front.own_address().is_some().then(|| (n, self.link(*doc)));
        self.index.incidents.iter().enumerate().filter_map(own).collect()
    }
}

/// A date as digits, `20260511`; a month or day that is not known is zero.
fn number(date: Option<&When>) -> u32 {
    let Some(date) = date else { return 0 };
    let day = date.first_day();
    let (month, of_month) = match date {
        When::Year(_) => (0, 0),
        When::Month(_, month) => (*month, 0),
        When::Day(_) | When::Local(_) | When::Instant(_) => (day.month(), day.day()),
    };
    u32::try_from(i32::from(day.year()) * 10_000 + i32::from(month) * 100 + i32::from(of_month)).unwrap_or(0)
}
