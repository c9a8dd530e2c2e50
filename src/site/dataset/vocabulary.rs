//! The tables of the words that essays and records use: the nine patterns, the concepts. Knows no essay.

use std::sync::Arc;

use crate::model::Pattern;
use crate::outline::{ConceptFront, Document, Front};

use super::columns::{Cell, CellType, Column, Layout};

#[derive(Clone, Debug)]
pub struct PatternRow {
    pub pattern: Pattern,
    pub name: String,
    pub definition: String,
    /// The whole address.
    pub url: String,
}

#[derive(Clone, Debug)]
pub struct ConceptRow {
    pub document: Arc<Document>,
    /// The whole address.
    pub url: String,
    /// Those of its related concepts that are part of the site.
    pub related: Vec<Arc<Document>>,
}

type OfPattern = Column<PatternRow>;
type OfConcept = Column<ConceptRow>;

pub const PATTERNS: Layout<PatternRow> = Layout {
    key: &["id"],
    columns: &[
        OfPattern::new("id", CellType::Text, |row| Cell::text(row.pattern.id())).required(),
        OfPattern::new("name", CellType::Text, |row| Cell::text(&*row.name)).required(),
        OfPattern::new("url", CellType::Text, |row| Cell::text(&*row.url)).required(),
        OfPattern::new("definition", CellType::Text, |row| Cell::text(&*row.definition)),
    ],
};

pub const CONCEPTS: Layout<ConceptRow> = Layout {
    key: &["id"],
    columns: &[
        OfConcept::new("id", CellType::Text, |row| Cell::text(&*row.document.id)).required(),
        OfConcept::new("name", CellType::Text, |row| Cell::text(row.document.title())).required(),
        OfConcept::new("url", CellType::Text, |row| Cell::text(&*row.url)).required(),
        OfConcept::new("definition", CellType::Text, |row| Cell::maybe(concept(row).map(|front| &*front.definition))),
        OfConcept::new("aliases", CellType::List, |row| {
            concept(row).map_or(Cell::Empty, |front| Cell::list(front.aliases.iter().map(String::as_str)))
        }),
        OfConcept::new("related", CellType::List, |row| {
            Cell::list(row.related.iter().map(|document| document.id.as_str()))
        }),
        OfConcept::new("reference", CellType::Text, |row| {
            Cell::maybe(concept(row).and_then(|front| front.reference.as_deref()))
        }),
    ],
};

fn concept(row: &ConceptRow) -> Option<&ConceptFront> {
    match &row.document.front {
        Front::Concept(front) => Some(front),
        _ => None,
    }
}
