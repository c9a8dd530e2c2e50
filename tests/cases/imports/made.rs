//! What an import made: the site and its report.

use std::fs;
use std::path::{Path, PathBuf};

use ninefold::import::{Addresses, Imported, Kind, Options};
use tempfile::TempDir;

use crate::support::now;

pub struct Made {
    /// Holds the source and, in `site`, what came of it.
    pub folder: TempDir,
    pub imported: Imported,
}

impl Made {
    /// A file of the site.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.folder.path().join("site").join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn has(&self, path: &str) -> bool {
        self.folder.path().join("site").join(path).exists()
    }

    /// The lines of the report that stand under this heading.
    pub fn told(&self, what: &str) -> Vec<String> {
        told(&self.imported, what)
    }
}

/// The lines of a report that stand under this heading.
pub fn told(imported: &Imported, what: &str) -> Vec<String> {
    let rest = imported.report.split_once(&format!("### {what} (")).map_or("", |(_, rest)| rest);
    rest.lines().skip(2).take_while(|line| line.starts_with("- ")).map(str::to_owned).collect()
}

/// An import of `source` into the site `into`, without a wish of its author's.
pub fn options(kind: Kind, source: PathBuf, into: &Path) -> Options {
    Options {
        kind,
        source,
        into: into.to_owned(),
        dry_run: false,
        map: None,
        keep_anchors: false,
        addresses: Addresses::Alias,
        update: false,
        uploads: None,
        private: false,
        now: now(),
    }
}
