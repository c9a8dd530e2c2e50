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
    meaning: "Incidents, a row for each record.",
    key: &["id"],
    columns: &[
        OfIncident::new(
            "id",
            CellType::Text,
            "The incident\u{2019}s name in addresses and in the other tables.",
            |row| Cell::text(&*row.document.id),
        )
        .required(),
        OfIncident::new("title", CellType::Text, "What readers call it.", |row| Cell::text(row.document.title()))
            .required(),
        OfIncident::new("url", CellType::Text, "The address of its page.", |row| Cell::text(&*row.url)).required(),
        OfIncident::new("organisations", CellType::List, "Whose systems they were.", |row| {
            record(&row.document).map_or(Cell::Empty, |front| list(&front.organisations))
        }),
        OfIncident::new("services", CellType::List, "Which services were touched.", |row| {
            record(&row.document).map_or(Cell::Empty, |front| list(&front.services))
        }),
        OfIncident::new("regions", CellType::List, "Which regions were touched.", |row| {
            record(&row.document).map_or(Cell::Empty, |front| list(&front.regions))
        }),
        OfIncident::new("started", CellType::Date, "When it began.", |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.started.as_ref()))
        }),
        OfIncident::new("detected", CellType::Date, "When it was first noticed.", |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.detected.as_ref()))
        }),
        OfIncident::new("mitigated", CellType::Date, "When the worst of it was over.", |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.mitigated.as_ref()))
        }),
        OfIncident::new("resolved", CellType::Date, "When it was over.", |row| {
            Cell::date(record(&row.document).and_then(|front| front.times.resolved.as_ref()))
        }),
        OfIncident::new(
            "minutes",
            CellType::Number,
            "How long it lasted in whole minutes, as a source says or from `started` to `resolved` where both are instants.",
            |row| lasted(row).map_or(Cell::Empty, |lasted| Cell::Number(lasted.minutes())),
        ),
        OfIncident::new(
            "minutes_about",
            CellType::YesNo,
            "Whether the source says \u{201c}about\u{201d} of `minutes`.",
            |row| lasted(row).map_or(Cell::Empty, |lasted| Cell::YesNo(lasted.about)),
        ),
        OfIncident::new("impact", CellType::Text, "What it did to people.", |row| {
            Cell::maybe(record(&row.document).and_then(|front| front.impact.as_deref()))
        }),
        OfIncident::new("severity", CellType::Text, "How grave it was, in the words of a source.", |row| {
            Cell::maybe(record(&row.document).and_then(|front| front.severity.as_deref()))
        }),
        OfIncident::new("held", CellType::List, "What people did, or had kept, that worked: a sentence each.", |row| {
            record(&row.document).map_or(Cell::Empty, |front| sentences(&front.held))
        }),
        OfIncident::new(
            "disputes",
            CellType::List,
            "What accounts leave open, or where they disagree: a sentence each.",
            |row| record(&row.document).map_or(Cell::Empty, |front| sentences(&front.disputes)),
        ),
    ],
};

pub const EVENTS: Layout<EventRow> = Layout {
    meaning: "The timelines of incidents: each event that a record tells of, and the times of an incident that none of them tells of.",
    key: &["id"],
    columns: &[
        OfEvent::new("id", CellType::Text, "The incident and the event\u{2019}s name.", |row| {
            Cell::text(event_id(&row.incident, &row.event))
        })
        .required(),
        OfEvent::new("incident", CellType::Text, "The incident it is part of.", |row| Cell::text(&*row.incident.id))
            .required()
            .refers_to(Table::Incidents),
        OfEvent::new("number", CellType::Number, "Its place in the timeline, from 1.", |row| Cell::number(row.number))
            .required(),
        OfEvent::new("at", CellType::Date, "When it happened or began; empty where no source states a time.", |row| {
            Cell::date(row.event.at.as_ref().map(|at| &at.from))
        }),
        OfEvent::new("until", CellType::Date, "The other end of a span; empty where one time is stated.", |row| {
            Cell::date(row.event.at.as_ref().and_then(|at| at.to.as_ref()))
        }),
        OfEvent::new("about", CellType::YesNo, "Whether the source says \u{201c}about\u{201d} of the time.", |row| {
            row.event.at.as_ref().map_or(Cell::Empty, |at| Cell::YesNo(at.about))
        }),
        OfEvent::new("kind", CellType::Word(EVENT_KINDS), "What kind of event it is.", |row| {
            Cell::maybe(row.event.kind)
        }),
        OfEvent::new("text", CellType::Text, "What happened.", |row| Cell::text(&*row.event.text)).required(),
        OfEvent::new(
            "sources",
            CellType::List,
            "The numbers in the table of sources of those that tell of it.",
            |row| Cell::Numbers(row.event.sources.iter().map(|place| place + 1).collect()),
        ),
    ],
};

pub const SOURCES: Layout<SourceRow> = Layout {
    meaning: "What was published about incidents, a row for each source that a record names.",
    key: &["incident", "number"],
    columns: &[
        OfSource::new("incident", CellType::Text, "The incident it is about.", |row| Cell::text(&*row.document.id))
            .required()
            .refers_to(Table::Incidents),
        OfSource::new("number", CellType::Number, "Its place in the record\u{2019}s list, from 1.", |row| {
            Cell::number(row.place + 1)
        })
        .required(),
        OfSource::new("kind", CellType::Word(SourceKindWord::WORDS), "Who speaks in it.", |row| {
            Cell::maybe(source(row).map(|source| source.kind.word()))
        })
        .required(),
        OfSource::new("title", CellType::Text, "Its title.", |row| {
            Cell::maybe(source(row).map(|source| &*source.title))
        })
        .required(),
        OfSource::new("author", CellType::Text, "The person who wrote it.", |row| {
            Cell::maybe(source(row).and_then(|source| source.author.as_deref()))
        }),
        OfSource::new("publisher", CellType::Text, "The organisation, paper or site that published it.", |row| {
            Cell::maybe(source(row).and_then(|source| source.publisher.as_deref()))
        }),
        OfSource::new("url", CellType::Text, "Its address.", |row| {
            Cell::maybe(source(row).and_then(|source| source.url.as_deref()))
        }),
        OfSource::new("archive_url", CellType::Text, "The address of an archived copy.", |row| {
            Cell::maybe(source(row).and_then(|source| source.archive_url.as_deref()))
        }),
        OfSource::new("published", CellType::Date, "When it was published.", |row| {
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
