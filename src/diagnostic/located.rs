//! Where the diagnostics of one file stand in its present text: all their fields are looked up in one reading. Knows spots and
//! bytes; shows nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lines::{Lines, Position};
use super::{Spot, TextOf};
use crate::model::{SourcePath, Span};
use crate::yaml::{self, Part, Wanted};

/// A file's text, and the fields in it that diagnostics are about.
pub struct Located<'a> {
    lines: Lines,
    /// Where its YAML begins.
    yaml: usize,
    fields: BTreeMap<Wanted<'a>, Range<usize>>,
}

impl<'a> Located<'a> {
    /// The file at `path` with these spots; none if it can't be read, or nothing but the file as a whole is meant.
    pub fn read(
        path: &SourcePath,
        spots: impl Iterator<Item = &'a Spot> + Clone,
        text_of: &TextOf<'_>,
    ) -> Option<Self> {
        if spots.clone().all(|spot| *spot == Spot::File) {
            return None;
        }
        let text = text_of(path)?;
        let yaml = if path.as_str().ends_with(".yaml") {
            Some(0..text.len())
        } else {
            yaml::front_matter(&text).map(|parts| parts.yaml)
        };
        let wanted: BTreeSet<Wanted<'a>> = spots.filter_map(wanted).collect();
        let (yaml, fields) = match yaml.filter(|_| !wanted.is_empty()) {
            Some(yaml) => (yaml.start, yaml::locate(&text[yaml], &wanted)),
            None => (0, BTreeMap::new()),
        };
        Some(Self { lines: Lines::new(text), yaml, fields })
    }

    pub fn text(&self) -> &str {
        self.lines.text()
    }

    /// The bytes meant; none for the file as a whole, or when the field is no longer there.
    pub fn span(&self, spot: &Spot) -> Option<Span> {
        match spot {
            Spot::Bytes(span) => Some(*span),
            other => Some(Span::from(self.fields.get(&wanted(other)?)?.clone()).shifted(self.yaml)),
        }
    }

    /// Where `span` begins and ends.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        self.lines.of(span)
    }
}

fn wanted(spot: &Spot) -> Option<Wanted<'_>> {
    match spot {
        Spot::Key(steps) => Some((steps, Part::Key)),
        Spot::Value(steps) => Some((steps, Part::Value)),
        Spot::File | Spot::Bytes(_) => None,
    }
}
