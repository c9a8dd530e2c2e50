//! A change to several files that is made as a whole. Knows paths and bytes.

use std::collections::BTreeMap;

use crate::diagnostic::Edit;
use crate::model::SourcePath;

/// The edits of each text, by the path that it has before anything moves.
pub type Edits = BTreeMap<SourcePath, Vec<Edit>>;

/// A file, or a folder with all that is in it, that gets another path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub from: SourcePath,
    pub to: SourcePath,
}

/// What is changed. Nothing of it is written yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub edits: Edits,
    pub moves: Vec<Move>,
    /// Files that go.
    pub removed: Vec<SourcePath>,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.moves.is_empty() && self.removed.is_empty()
    }

    /// Adds edits of the text at `path`.
    pub(super) fn edit(&mut self, path: &SourcePath, edits: impl IntoIterator<Item = Edit>) {
        let mut edits = edits.into_iter().peekable();
        if edits.peek().is_some() {
            self.edits.entry(path.clone()).or_default().extend(edits);
        }
    }

    /// Each edit once, in the order of the text.
    pub(super) fn sorted(mut self) -> Self {
        for edits in self.edits.values_mut() {
            edits.sort();
            edits.dedup();
        }
        self
    }

    /// The path that the file at `path` has after all moves.
    pub fn path_after(&self, path: &SourcePath) -> SourcePath {
        let moved = self.moves.iter().find_map(|Move { from, to }| {
            let rest = path.as_str().strip_prefix(from.as_str())?;
            (rest.is_empty() || rest.starts_with('/')).then(|| SourcePath::new([to.as_str(), rest].concat()))
        });
        moved.unwrap_or_else(|| path.clone())
    }
}
