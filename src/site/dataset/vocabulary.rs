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
    meaning: "The nine patterns.",
    key: &["id"],
    columns: &[
        OfPattern::new(
            "id",
            CellType::Text,
            "The pattern\u{2019}s name in addresses and in the other tables.",
            |row| Cell::text(row.pattern.id()),
        )
        .required(),
        OfPattern::new("name", CellType::Text, "What readers call it.", |row| Cell::text(&*row.name)).required(),
        OfPattern::new("url", CellType::Text, "The address of its page.", |row| Cell::text(&*row.url)).required(),
        OfPattern::new("definition", CellType::Text, "What it means, in a sentence.", |row| {
            Cell::text(&*row.definition)
        }),
    ],
};

pub const CONCEPTS: Layout<ConceptRow> = Layout {
    meaning: "The concepts that the site uses.",
    key: &["id"],
    columns: &[
        OfConcept::new(
            "id",
            CellType::Text,
            "The concept\u{2019}s name in addresses and in the other tables.",
            |row| Cell::text(&*row.document.id),
        )
        .required(),
        OfConcept::new("name", CellType::Text, "What readers call it.", |row| Cell::text(row.document.title()))
            .required(),
        OfConcept::new("url", CellType::Text, "The address of its page.", |row| Cell::text(&*row.url)).required(),
        OfConcept::new("definition", CellType::Text, "What it means, in a sentence.", |row| {
            Cell::maybe(concept(row).map(|front| &*front.definition))
        }),
        OfConcept::new("aliases", CellType::List, "Other names it goes by.", |row| {
            concept(row).map_or(Cell::Empty, |front| Cell::list(front.aliases.iter().map(String::as_str)))
        }),
        OfConcept::new("related", CellType::List, "The ids of concepts near it.", |row| {
            Cell::list(row.related.iter().map(|document| document.id.as_str()))
        }),
        OfConcept::new("reference", CellType::Text, "The work it is taken from.", |row| {
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
