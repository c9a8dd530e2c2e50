//! The dataset: records, essays and readings as tables, what describes them to programs, and the page that tells people. Knows
//! which tables there are and which rows they have; how they are written is render's.

mod columns;
pub mod essay_data;
mod essays;
mod incidents;
mod package;
mod vocabulary;

use std::sync::Arc;

use crate::index::ReadingAt;
use crate::link::ReadTag;
use crate::model::{DocId, Pattern, UrlPath};
use crate::outline::{IncidentFront, TagName};

use super::{Viewer, pattern_url};
use columns::Layout;
use essay_data::EssayData;
use essays::{EssayRow, PassageRow, Reader, ReadingRow};
use incidents::{EventRow, IncidentRow, SourceRow, event_id, record};
use serde::Serialize;
use vocabulary::{ConceptRow, PatternRow};

pub use columns::{Cell, TableFacts};
pub use essay_data::EssaysData;
pub use package::{DataPackage, Dataset, PACKAGE, marked};

/// Where the page about it is, and the folder of its files.
pub const FOLDER: &str = "/data/";

/// A table of the dataset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Table {
    Incidents,
    Essays,
    Patterns,
    Concepts,
    Passages,
    Readings,
    Events,
    Sources,
}

/// All rows of a table, in its order.
#[derive(Clone, Debug)]
pub enum Rows {
    Incidents(Vec<IncidentRow>),
    Essays(Vec<EssayRow>),
    Patterns(Vec<PatternRow>),
    Concepts(Vec<ConceptRow>),
    Passages(Vec<PassageRow>),
    Readings(Vec<ReadingRow>),
    Events(Vec<EventRow>),
    Sources(Vec<SourceRow>),
}

impl Table {
    pub const ALL: [Self; 8] = [
        Self::Incidents,
        Self::Essays,
        Self::Patterns,
        Self::Concepts,
        Self::Passages,
        Self::Readings,
        Self::Events,
        Self::Sources,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Incidents => "incidents",
            Self::Essays => "essays",
            Self::Patterns => "patterns",
            Self::Concepts => "concepts",
            Self::Passages => "passages",
            Self::Readings => "readings",
            Self::Events => "events",
            Self::Sources => "sources",
        }
    }

    /// The file, in the folder of the dataset.
    pub fn file(self) -> String {
        format!("{}.csv", self.name())
    }

    pub fn facts(self) -> TableFacts {
        match self {
            Self::Incidents => incidents::INCIDENTS.facts(self),
            Self::Essays => essays::ESSAYS.facts(self),
            Self::Patterns => vocabulary::PATTERNS.facts(self),
            Self::Concepts => vocabulary::CONCEPTS.facts(self),
            Self::Passages => essays::PASSAGES.facts(self),
            Self::Readings => essays::READINGS.facts(self),
            Self::Events => incidents::EVENTS.facts(self),
            Self::Sources => incidents::SOURCES.facts(self),
        }
    }
}

impl Rows {
    pub const fn table(&self) -> Table {
        match self {
            Self::Incidents(_) => Table::Incidents,
            Self::Essays(_) => Table::Essays,
            Self::Patterns(_) => Table::Patterns,
            Self::Concepts(_) => Table::Concepts,
            Self::Passages(_) => Table::Passages,
            Self::Readings(_) => Table::Readings,
            Self::Events(_) => Table::Events,
            Self::Sources(_) => Table::Sources,
        }
    }

    /// Hands the cells of each row to `take`, which may end it with an error.
    pub fn each<E>(&self, take: impl FnMut(&[Cell<'_>]) -> Result<(), E>) -> Result<(), E> {
        match self {
            Self::Incidents(rows) => each(&incidents::INCIDENTS, rows, take),
            Self::Essays(rows) => each(&essays::ESSAYS, rows, take),
            Self::Patterns(rows) => each(&vocabulary::PATTERNS, rows, take),
            Self::Concepts(rows) => each(&vocabulary::CONCEPTS, rows, take),
            Self::Passages(rows) => each(&essays::PASSAGES, rows, take),
            Self::Readings(rows) => each(&essays::READINGS, rows, take),
            Self::Events(rows) => each(&incidents::EVENTS, rows, take),
            Self::Sources(rows) => each(&incidents::SOURCES, rows, take),
        }
    }
}

fn each<R, E>(layout: &Layout<R>, rows: &[R], mut take: impl FnMut(&[Cell<'_>]) -> Result<(), E>) -> Result<(), E> {
    rows.iter().try_for_each(|row| take(&layout.cells(row)))
}

impl Viewer<'_> {
    pub(super) fn rows(&self, table: Table) -> Rows {
        let incidents = || self.index.incidents.iter().copied();
        match table {
            Table::Incidents => Rows::Incidents(incidents().map(|doc| self.incident_row(doc)).collect()),
            Table::Essays => Rows::Essays(self.index.essays.iter().map(|doc| self.essay_row(*doc)).collect()),
            Table::Patterns => Rows::Patterns(Pattern::ALL.map(|pattern| self.pattern_row(pattern)).to_vec()),
            Table::Concepts => Rows::Concepts(self.index.concepts.iter().map(|doc| self.concept_row(*doc)).collect()),
            Table::Passages => {
                Rows::Passages(self.index.essays.iter().flat_map(|doc| self.passages_in(*doc)).collect())
            }
            Table::Readings => Rows::Readings(incidents().flat_map(|doc| self.reading_rows(doc)).collect()),
            Table::Events => Rows::Events(incidents().flat_map(|doc| self.event_rows(doc)).collect()),
            Table::Sources => Rows::Sources(incidents().flat_map(|doc| self.source_rows(doc)).collect()),
        }
    }

    fn incident_row(&self, doc: DocId) -> IncidentRow {
        IncidentRow { document: self.shared_document(doc), url: self.absolute(doc) }
    }

    fn essay_row(&self, doc: DocId) -> EssayRow {
        EssayRow { data: self.essay_data(doc), authors: self.authors_of(doc) }
    }

    fn pattern_row(&self, pattern: Pattern) -> PatternRow {
        let tag = self.pattern_tag(pattern);
        PatternRow {
            pattern,
            name: tag.name.clone(),
            definition: tag.definition.clone(),
            url: self.config.base_url.absolute(&pattern_url(pattern)),
        }
    }

    fn concept_row(&self, doc: DocId) -> ConceptRow {
        let related = self.linked.tags[doc.index()].related.iter().filter(|doc| self.linked.is_published(**doc));
        ConceptRow {
            document: self.shared_document(doc),
            url: self.absolute(doc),
            related: related.map(|doc| self.shared_document(*doc)).collect(),
        }
    }

    fn passages_in(&self, essay: DocId) -> Vec<PassageRow> {
        let data: Arc<EssayData> = Arc::new(self.essay_data(essay));
        let row = |(place, _)| PassageRow { essay: Arc::clone(&data), place };
        (0_u32..).zip(&data.document.body.marks).map(row).collect()
    }

    /// What the record reads in the incident, and then what essays do, in the order of the tags.
    fn reading_rows(&self, incident: DocId) -> Vec<ReadingRow> {
        let by_record = self.record_readings(incident);
        let document = self.shared_document(incident);
        let events = record(&document).map(IncidentFront::events).unwrap_or_default();
        let by_essays = self.readings_of(incident).iter().map(|reading| {
            let event = reading.event.and_then(|n| events.get(n as usize)).map(|event| event_id(&document, event));
            ReadingRow { event, ..self.reading_row(incident, reading) }
        });
        by_record.into_iter().chain(by_essays).collect()
    }

    fn record_readings(&self, incident: DocId) -> Vec<ReadingRow> {
        let document = self.shared_document(incident);
        let Some(front) = record(&document) else { return Vec::new() };
        let tags = &self.linked.tags[incident.index()];
        let row = |tag: TagName, sentence: Option<usize>| ReadingRow {
            incident: Arc::clone(&document),
            tag,
            refuses: false,
            event: None,
            by: Reader::Record(sentence),
            url: self.absolute(incident),
        };
        let mut rows: Vec<ReadingRow> =
            tags.patterns.iter().map(|pattern| row(TagName::Pattern(*pattern), None)).collect();
        for concept in &tags.concepts {
            let id = &self.document(*concept).id;
            let sentences: Vec<usize> = (0..front.held.len())
                .filter(|n| front.held[*n].concept.as_ref().is_some_and(|named| named.value == *id))
                .collect();
            if sentences.is_empty() {
                rows.push(row(TagName::Concept(id.clone()), None));
            }
            rows.extend(sentences.into_iter().map(|n| row(TagName::Concept(id.clone()), Some(n))));
        }
        rows
    }

    fn reading_row(&self, incident: DocId, reading: &ReadingAt) -> ReadingRow {
        let essay = self.shared_document(reading.essay);
        let place = reading.passage.map(|passage| passage.mark);
        let mark = place.and_then(|place| essay.body.marks.get(place as usize));
        let page = self.absolute(reading.essay);
        ReadingRow {
            incident: self.shared_document(incident),
            tag: match reading.tag {
                ReadTag::Pattern(pattern) => TagName::Pattern(pattern),
                ReadTag::Concept(concept) => TagName::Concept(self.document(concept).id.clone()),
            },
            refuses: reading.refuses,
            event: None,
            url: mark.map_or_else(|| page.clone(), |mark| [&*page, "#", &*mark.anchor].concat()),
            by: Reader::Essay(essay, place),
        }
    }

    fn event_rows(&self, incident: DocId) -> Vec<EventRow> {
        let document = self.shared_document(incident);
        let events = record(&document).map(IncidentFront::all_events).unwrap_or_default();
        let row = |(number, event)| EventRow { incident: Arc::clone(&document), number, event };
        (1..).zip(events).map(row).collect()
    }

    fn source_rows(&self, incident: DocId) -> Vec<SourceRow> {
        let document = self.shared_document(incident);
        let sources = record(&document).map_or(0, |front| front.sources.len());
        (0..sources).map(|place| SourceRow { document: Arc::clone(&document), place }).collect()
    }

    fn absolute(&self, doc: DocId) -> String {
        self.config.base_url.absolute(self.url(doc))
    }
}

/// The address of a table's file.
pub(super) fn table_url(table: Table) -> UrlPath {
    UrlPath::new(format!("{FOLDER}{}", table.file()))
}
