//! What may happen to a site. Knows paths and texts; reads nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// All paths are whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// On disk: these files, or whatever is below these folders.
    Paths(BTreeSet<PathBuf>),
    /// On disk: it is not known what.
    Anything,
    /// In an editor: these texts are open there, and not saved as they are. None where one was closed, and its file counts again.
    Texts(BTreeMap<PathBuf, Option<Arc<str>>>),
}

impl Change {
    /// Whether the path itself may have changed on disk.
    pub fn names(&self, path: &Path) -> bool {
        match self {
            Self::Anything => true,
            Self::Paths(paths) => paths.contains(path),
            Self::Texts(_) => false,
        }
    }

    /// Whether the file at `path`, or a folder that it is in, may have changed on disk.
    pub(super) fn covers(&self, path: &Path) -> bool {
        match self {
            Self::Anything => true,
            Self::Paths(paths) => path.ancestors().any(|path| paths.contains(path)),
            Self::Texts(_) => false,
        }
    }
}
