//! The tables made of essays: essays, the passages they mark, and who reads what in which incident. Knows one essay's data a
//! row.

use std::sync::Arc;

use crate::index::essay_date;
use crate::model::{ClosedSet, EssayKind};
use crate::outline::{Document, EssayFront, Front, Mark, MarkKind, TagName};

use super::Table;
use super::columns::{Cell, CellType, Column, Layout};
use super::essay_data::{EssayData, reference_to};

#[derive(Clone, Debug)]
pub struct EssayRow {
    pub data: EssayData,
    /// Its own, or the site's.
    pub authors: Vec<String>,
}

#[derive(Clone, Debug)]
pub struct PassageRow {
    pub essay: Arc<EssayData>,
    pub place: u32,
}

/// What an essay, or the record itself, reads in an incident.
#[derive(Clone, Debug)]
pub struct ReadingRow {
    pub incident: Arc<Document>,
    pub tag: TagName,
    pub refuses: bool,
    pub by: Reader,
    /// The id of the event that it speaks of.
    pub event: Option<String>,
    /// The whole address of the passage, or of the page.
    pub url: String,
}

/// Whose reading it is.
#[derive(Clone, Debug)]
pub enum Reader {
    /// The incident's own record; the place of the sentence about what held in which it reads the concept.
    Record(Option<usize>),
    /// An essay; the place of the passage, if one shows it.
    Essay(Arc<Document>, Option<u32>),
}

type OfEssay = Column<EssayRow>;
type OfPassage = Column<PassageRow>;
type OfReading = Column<ReadingRow>;

pub const ESSAYS: Layout<EssayRow> = Layout {
    key: &["id"],
    columns: &[
        OfEssay::new("id", CellType::Text, |row| Cell::text(&*row.data.document.id)).required(),
        OfEssay::new("title", CellType::Text, |row| Cell::text(row.data.document.title())).required(),
        OfEssay::new("url", CellType::Text, |row| Cell::text(&*row.data.url)).required(),
        OfEssay::new("date", CellType::Date, |row| Cell::date(essay_date(&row.data.document))).required(),
        OfEssay::new("updated", CellType::Date, |row| Cell::date(front(row).and_then(|front| front.updated.as_ref()))),
        OfEssay::new("kind", CellType::Word(EssayKind::WORDS), |row| {
            Cell::text(front(row).and_then(|front| front.kind).unwrap_or(EssayKind::Essay).word())
        })
        .required(),
        OfEssay::new("authors", CellType::List, |row| Cell::list(row.authors.iter().map(String::as_str))),
        OfEssay::new("summary", CellType::Text, |row| Cell::text(row.data.document.summary())),
        OfEssay::new("words", CellType::Number, |row| Cell::number(row.data.document.body.words)).required(),
        OfEssay::new("series", CellType::Text, |row| {
            Cell::maybe(front(row).and_then(|front| front.series.as_ref()).map(|series| &*series.name))
        }),
        OfEssay::new("part", CellType::Number, |row| {
            front(row).and_then(|front| front.series.as_ref()?.part).map_or(Cell::Empty, Cell::Number)
        }),
        OfEssay::new("patterns", CellType::List, |row| {
            Cell::list(row.data.patterns.iter().map(|pattern| pattern.id()))
        }),
        OfEssay::new("concepts", CellType::List, |row| ids(&row.data.concepts)),
        OfEssay::new("incidents", CellType::List, |row| ids(&row.data.incidents)),
        OfEssay::new("links", CellType::List, |row| ids(&row.data.links)),
    ],
};

pub const PASSAGES: Layout<PassageRow> = Layout {
    key: &["id"],
    columns: &[
        OfPassage::new("id", CellType::Text, |row| {
            Cell::maybe(mark(row).map(|mark| passage_id(&row.essay.document, mark)))
        })
        .required(),
        OfPassage::new("essay", CellType::Text, |row| Cell::text(&*row.essay.document.id))
            .required()
            .refers_to(Table::Essays),
        OfPassage::new("anchor", CellType::Text, |row| Cell::maybe(mark(row).map(|mark| &*mark.anchor))).required(),
        OfPassage::new("url", CellType::Text, |row| {
            Cell::maybe(mark(row).map(|mark| [&*row.essay.url, "#", &*mark.anchor].concat()))
        })
        .required(),
        OfPassage::new("kind", CellType::Word(MarkKind::WORDS), |row| {
            Cell::maybe(mark(row).map(|mark| mark.kind.word()))
        })
        .required(),
        OfPassage::new("heading", CellType::Text, |row| {
            Cell::maybe(mark(row).and_then(|mark| row.essay.document.heading_of(mark)))
        }),
        OfPassage::new("pattern", CellType::Text, |row| mark(row).map_or(Cell::Empty, |mark| pattern(&mark.tag)))
            .refers_to(Table::Patterns),
        OfPassage::new("concept", CellType::Text, |row| mark(row).map_or(Cell::Empty, |mark| concept(&mark.tag)))
            .refers_to(Table::Concepts),
        OfPassage::new("sees", CellType::YesNo, |row| mark(row).map_or(Cell::Empty, |mark| Cell::YesNo(!mark.refuses)))
            .required(),
        OfPassage::new("incidents", CellType::List, |row| Cell::list(row.essay.incidents_of(row.place))),
        OfPassage::new("text", CellType::Text, |row| Cell::maybe(mark(row).map(|mark| &*mark.passage.text))),
        OfPassage::new("words", CellType::Text, |row| {
            Cell::maybe(mark(row).map(|mark| &mark.passage.text[mark.passage.at.clone()]))
        }),
    ],
};

pub const READINGS: Layout<ReadingRow> = Layout {
    key: &["id"],
    columns: &[
        OfReading::new("id", CellType::Text, |row| Cell::text(reading_id(row))).required(),
        OfReading::new("incident", CellType::Text, |row| Cell::text(&*row.incident.id))
            .required()
            .refers_to(Table::Incidents),
        OfReading::new("pattern", CellType::Text, |row| pattern(&row.tag)).refers_to(Table::Patterns),
        OfReading::new("concept", CellType::Text, |row| concept(&row.tag)).refers_to(Table::Concepts),
        OfReading::new("sees", CellType::YesNo, |row| Cell::YesNo(!row.refuses)).required(),
        OfReading::new("reader", CellType::Word(&["essay", "record"]), |row| {
            Cell::text(match row.by {
                Reader::Record(_) => "record",
                Reader::Essay(..) => "essay",
            })
        })
        .required(),
        OfReading::new("essay", CellType::Text, |row| match &row.by {
            Reader::Essay(essay, _) => Cell::text(&*essay.id),
            Reader::Record(_) => Cell::Empty,
        })
        .refers_to(Table::Essays),
        OfReading::new("passage", CellType::Text, |row| match &row.by {
            Reader::Essay(essay, Some(place)) => {
                Cell::maybe(essay.body.marks.get(*place as usize).map(|mark| passage_id(essay, mark)))
            }
            Reader::Essay(_, None) | Reader::Record(_) => Cell::Empty,
        })
        .refers_to(Table::Passages),
        OfReading::new("event", CellType::Text, |row| Cell::maybe(row.event.as_deref())).refers_to(Table::Events),
        OfReading::new("held", CellType::Text, |row| match row.by {
            Reader::Record(Some(place)) => {
                let statement = super::incidents::record(&row.incident).and_then(|front| front.held.get(place));
                Cell::maybe(statement.map(|statement| &*statement.text))
            }
            Reader::Record(None) | Reader::Essay(..) => Cell::Empty,
        }),
        OfReading::new("url", CellType::Text, |row| Cell::text(&*row.url)).required(),
    ],
};

fn front(row: &EssayRow) -> Option<&EssayFront> {
    match &row.data.document.front {
        Front::Essay(front) => Some(front),
        _ => None,
    }
}

fn mark(row: &PassageRow) -> Option<&Mark> {
    row.essay.document.body.marks.get(row.place as usize)
}

fn ids(documents: &[Arc<Document>]) -> Cell<'_> {
    Cell::list(documents.iter().map(|document| document.id.as_str()))
}

fn pattern(tag: &TagName) -> Cell<'_> {
    match tag {
        TagName::Pattern(pattern) => Cell::text(pattern.id()),
        TagName::Concept(_) => Cell::Empty,
    }
}

fn concept(tag: &TagName) -> Cell<'_> {
    match tag {
        TagName::Concept(id) => Cell::text(&**id),
        TagName::Pattern(_) => Cell::Empty,
    }
}

/// A heading may mark its section as several, so the anchor alone does not name a passage.
fn passage_id(essay: &Document, mark: &Mark) -> String {
    format!("{}#{} {}", essay.id, mark.anchor, reference_to(&mark.tag))
}

fn reading_id(row: &ReadingRow) -> String {
    let incident = &row.incident.id;
    let tag = || reference_to(&row.tag);
    match &row.by {
        Reader::Record(None) => format!("{incident} {}", tag()),
        Reader::Record(Some(place)) => format!("{incident} {} held {}", tag(), place + 1),
        Reader::Essay(essay, place) => match place.and_then(|place| essay.body.marks.get(place as usize)) {
            Some(mark) => format!("{incident} {}", passage_id(essay, mark)),
            None => format!("{incident} {} {}", essay.id, tag()),
        },
    }
}
