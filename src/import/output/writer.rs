//! Writes what an import made into a site. A file that the author edited since an import wrote it, or that no import wrote, is left
//! as it is. Nothing outside the site's folder is written: each path is walked from it, and no link is followed.

use std::collections::HashSet;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::Diagnostic;
use crate::folder::{Folder, Kind};
use crate::model::{Hash, SourceKind};
use crate::write::cannot_write;

use super::super::id_of;
use super::record::{RECORD, Record, Written};

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there.
    New,
    /// It was as an import had left it, and has changed.
    Changed,
    /// It is there as it would be written.
    Same,
    /// It was edited since, or is not from an import: it stays.
    Edited,
    /// The author deleted it, and only what is new is wanted.
    Deleted,
}

/// How files are written.
pub struct Writer {
    root: PathBuf,
    /// None in a dry run.
    folder: Option<Folder>,
    record: Record,
    /// Whether files that an import wrote before and the author deleted stay away.
    update: bool,
}

impl Writer {
    /// One for the site in `root`, whose folder is made if it is not there. A dry run makes and writes nothing.
    pub fn open(root: &Path, dry_run: bool, update: bool) -> Result<Self, Diagnostic> {
        let folder = match dry_run {
            true => None,
            false => {
                let made = std::fs::create_dir_all(root).and_then(|()| Folder::open(root));
                Some(made.map_err(|error| cannot_write(root, &error))?)
            }
        };
        let record = Folder::open(root).and_then(|folder| read(&folder, RECORD)).ok();
        let record = record.map(|bytes| Record::parse(&String::from_utf8_lossy(&bytes))).unwrap_or_default();
        Ok(Self { root: root.to_owned(), folder, record, update })
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Writes `bytes` to the file at `path`, unless the author has one of his own there.
    pub fn write(&mut self, path: &str, bytes: &[u8], key: &str) -> Result<Outcome, Diagnostic> {
        let hash = Hash::of(bytes);
        let there = Folder::open(&self.root).and_then(|folder| read(&folder, path));
        let before = self.record.files.get(path);
        let outcome = match (&there, before) {
            (Ok(there), _) if there == bytes => Outcome::Same,
            (Ok(there), Some(before)) if Hash::of(there) == before.hash => Outcome::Changed,
            (Ok(_), _) => Outcome::Edited,
            (Err(error), Some(_)) if is_gone(error) && self.update => Outcome::Deleted,
            (Err(error), _) if is_gone(error) => Outcome::New,
            (Err(error), _) => return Err(cannot_write(&self.root.join(path), error)),
        };
        let is_ours = matches!(outcome, Outcome::New | Outcome::Changed)
            || (outcome == Outcome::Same && (before.is_some() || !key.is_empty()));
        if is_ours {
            self.record.files.insert(path.to_owned(), Written { hash, key: key.to_owned() });
        }
        if matches!(outcome, Outcome::New | Outcome::Changed) {
            self.put(path, bytes)?;
        }
        Ok(outcome)
    }

    /// Writes a file that each import makes anew.
    pub fn replace(&self, path: &str, text: &str) -> Result<(), Diagnostic> {
        self.put(path, text.as_bytes())
    }

    /// Writes a file if there is none.
    pub fn create(&self, path: &str, text: &str) -> Result<bool, Diagnostic> {
        let is_there = Folder::open(&self.root).and_then(|folder| folder.place(path)?.look()).is_ok();
        if !is_there {
            self.put(path, text.as_bytes())?;
        }
        Ok(!is_there)
    }

    /// Writes down what was written.
    pub fn finish(&self) -> Result<(), Diagnostic> {
        self.replace(RECORD, &self.record.text())
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        let Some(folder) = &self.folder else { return Ok(()) };
        folder.replace(path, bytes).map_err(|error| cannot_write(&self.root.join(path), &error))
    }
}

fn read(folder: &Folder, path: &str) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    folder.place(path)?.read()?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The ids of the site's essays, pages and records, and of those that an import wrote.
pub fn ids_taken(root: &Path, record: &Record) -> HashSet<(SourceKind, String)> {
    let mut taken = HashSet::new();
    for kind in SourceKind::ALL {
        // Also of those that the author deleted.
        taken.extend(record.files.keys().filter_map(|path| Some((kind, id_of(path, kind)?))));
        let base = format!("content/{}", kind.folder());
        let mut folders = vec![(base, String::new())];
        while let Some((path, prefix)) = folders.pop() {
            let Ok(entries) = Folder::open(root).and_then(|root| root.folder(&path)?.entries()) else { continue };
            for (name, what) in entries {
                let file = format!("{path}/{name}");
                match what {
                    Kind::Folder => folders.push((file, format!("{prefix}{name}/"))),
                    Kind::File => {
                        let id = match name.strip_suffix(".md") {
                            Some("index") if !prefix.is_empty() => prefix.trim_end_matches('/').to_owned(),
                            Some(stem) => format!("{prefix}{stem}"),
                            None => continue,
                        };
                        taken.insert((kind, id));
                    }
                    _ => {}
                }
            }
        }
    }
    taken
}
