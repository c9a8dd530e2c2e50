//! The tables made of incidents' records: incidents, the events of their timelines, their sources. Knows one record a row.

use std::sync::Arc;

use crate::model::{ClosedSet, SourceDuration};
use crate::outline::{Document, EVENT_KINDS, Event, Front, IncidentFront, SourceEntry, SourceKindWord, Statement};

use super::Table;
use super::columns::{Cell, CellType, Column, Layout};

#[derive(Clone, Debug)]
pub struct IncidentRow {
    pub document: Arc<Document>,
    /// The whole address.
    pub url: String,
}

#[derive(Clone, Debug)]
pub struct EventRow {
    pub incident: Arc<Document>,
    /// From 1.
    pub number: usize,
    pub event: Event,
}

#[derive(Clone, Debug)]
pub struct SourceRow {
    pub document: Arc<Document>,
    /// Its place in the record, from 0.
    pub place: usize,
}

type OfIncident = Column<IncidentRow>;
type OfEvent = Column<EventRow>;
type OfSource = Column<SourceRow>;

pub const INCIDENTS: Layout<IncidentRow> = Layout {
    key: &["id"],
    columns: &[
        OfIncident::new("id", CellType::Text, |row| Cell::text(&*row.document.id)).required(),
        OfIncident::new("title", CellType::Text, |row| Cell::text(row.document.title())).required(),
        OfIncident::new("url", CellType::Text, |row| Cell::text(&*row.url)).required(),
        OfIncident::new("organisations", CellType::List, |row| {
            record(&row.document).map_or(Cell::Empty, |front| list(&front.organisations))
        }),
        OfIncident::new("services", CellType::List, |row| {
            record(&row.document).map_or(Cell::Empty, |front| list(&front.services))
        }),
        OfIncident::new("regions", CellType::List, |row| {
            record(&row.document).map_or(Cell::Empty, |front| list(&front.regions))
        }),
        OfIncident::new("started", CellType::Date, |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.started.as_ref()))
        }),
        OfIncident::new("detected", CellType::Date, |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.detected.as_ref()))
        }),
        OfIncident::new("mitigated", CellType::Date, |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.mitigated.as_ref()))
        }),
        OfIncident::new("resolved", CellType::Date, |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.resolved.as_ref()))
        }),
        OfIncident::new("minutes", CellType::Number, |row| {
            lasted(row).map_or(Cell::Empty, |lasted| Cell::Number(lasted.minutes()))
        }),
        OfIncident::new("minutes_about", CellType::YesNo, |row| {
            lasted(row).map_or(Cell::Empty, |lasted| Cell::YesNo(lasted.about))
        }),
        OfIncident::new("impact", CellType::Text, |row| {
            Cell::maybe(record(&row.document).and_then(|front| front.impact.as_deref()))
        }),
        OfIncident::new("severity", CellType::Text, |row| {
            Cell::maybe(record(&row.document).and_then(|front| front.severity.as_deref()))
        }),
        OfIncident::new("held", CellType::List, |row| {
            record(&row.document).map_or(Cell::Empty, |front| sentences(&front.held))
        }),
        OfIncident::new("disputes", CellType::List, |row| {
            record(&row.document).map_or(Cell::Empty, |front| sentences(&front.disputes))
        }),
    ],
};

pub const EVENTS: Layout<EventRow> = Layout {
    key: &["id"],
    columns: &[
        OfEvent::new("id", CellType::Text, |row| Cell::text(event_id(&row.incident, &row.event))).required(),
        OfEvent::new("incident", CellType::Text, |row| Cell::text(&*row.incident.id))
            .required()
            .refers_to(Table::Incidents),
        OfEvent::new("number", CellType::Number, |row| Cell::number(row.number)).required(),
        OfEvent::new("at", CellType::Date, |row| Cell::date(row.event.at.as_ref().map(|at| &at.from))),
        OfEvent::new("until", CellType::Date, |row| Cell::date(row.event.at.as_ref().and_then(|at| at.to.as_ref()))),
        OfEvent::new("about", CellType::YesNo, |row| {
            row.event.at.as_ref().map_or(Cell::Empty, |at| Cell::YesNo(at.about))
        }),
        OfEvent::new("kind", CellType::Word(EVENT_KINDS), |row| Cell::maybe(row.event.kind)),
        OfEvent::new("text", CellType::Text, |row| Cell::text(&*row.event.text)).required(),
        OfEvent::new("sources", CellType::List, |row| {
            Cell::Numbers(row.event.sources.iter().map(|place| place + 1).collect())
        }),
    ],
};

pub const SOURCES: Layout<SourceRow> = Layout {
    key: &["incident", "number"],
    columns: &[
        OfSource::new("incident", CellType::Text, |row| Cell::text(&*row.document.id))
            .required()
            .refers_to(Table::Incidents),
        OfSource::new("number", CellType::Number, |row| Cell::number(row.place + 1)).required(),
        OfSource::new("kind", CellType::Word(SourceKindWord::WORDS), |row| {
            Cell::maybe(source(row).map(|source| source.kind.word()))
        })
        .required(),
        OfSource::new("title", CellType::Text, |row| Cell::maybe(source(row).map(|source| &*source.title))).required(),
        OfSource::new("author", CellType::Text, |row| {
            Cell::maybe(source(row).and_then(|source| source.author.as_deref()))
        }),
        OfSource::new("publisher", CellType::Text, |row| {
            Cell::maybe(source(row).and_then(|source| source.publisher.as_deref()))
        }),
        OfSource::new("url", CellType::Text, |row| Cell::maybe(source(row).and_then(|source| source.url.as_deref()))),
        OfSource::new("archive_url", CellType::Text, |row| {
            Cell::maybe(source(row).and_then(|source| source.archive_url.as_deref()))
        }),
        OfSource::new("published", CellType::Date, |row| {
            Cell::date(source(row).and_then(|source| source.published.as_ref()))
        }),
    ],
};

/// The facts of an incident's document.
pub fn record(document: &Document) -> Option<&IncidentFront> {
    match &document.front {
        Front::Incident(front) => Some(front),
        _ => None,
    }
}

/// What a reading of the event names it by.
pub fn event_id(incident: &Document, event: &Event) -> String {
    format!("{} {}", incident.id, event.name)
}

fn source(row: &SourceRow) -> Option<&SourceEntry> {
    record(&row.document)?.sources.get(row.place)
}

fn lasted(row: &IncidentRow) -> Option<SourceDuration> {
    record(&row.document)?.lasted()
}

fn list(texts: &[String]) -> Cell<'_> {
    Cell::list(texts.iter().map(String::as_str))
}

fn sentences(statements: &[Statement]) -> Cell<'_> {
    Cell::list(statements.iter().map(|statement| statement.text.as_str()))
}
