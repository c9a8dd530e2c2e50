//! A folder as a place: for rsync, or a mounted disk. Knows one folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::store::{Condition, Headers, Store, StoreFault, Tag, is_own};
use crate::model::Hash;

/// Where files are written before they are renamed into place.
const STAGE: &str = ".ninefold-stage";

/// The folder; it is made when something is written.
pub struct Dir {
    root: PathBuf,
    /// The folder was not there before.
    is_new: bool,
}

impl Dir {
    pub fn new(root: PathBuf) -> Self {
        Self { is_new: !root.exists(), root }
    }

    /// Writes a file where nobody looks, under a name that no other publisher uses.
    fn stage(&self, path: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let name = format!("{path} {} {:?}", std::process::id(), std::time::Instant::now());
        let staged = self.root.join(STAGE).join(Hash::of(name.as_bytes()).short());
        fs::create_dir_all(self.root.join(STAGE))?;
        File::create(&staged)?.write_all(bytes)?;
        Ok(staged)
    }
}

impl Drop for Dir {
    fn drop(&mut self) {
        if self.is_new {
            // After a dry run, or a run that was refused, nothing is in it and it goes again.
            let _ = fs::remove_dir(&self.root);
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> StoreFault {
    StoreFault::Failed(format!("`{}`: {error}", path.display()))
}

fn tag(bytes: &[u8]) -> Tag {
    Hash::of(bytes).to_string()
}

/// Puts a whole file at `full`, where none may be.
fn make(staged: &Path, full: &Path, bytes: &[u8]) -> io::Result<()> {
    match fs::hard_link(staged, full) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) => {
            // Some mounted disks have no links.
            OpenOptions::new().write(true).create_new(true).open(full)?.write_all(bytes)
        }
        result => result,
    }
}

impl Store for Dir {
    fn keeps_headers(&self) -> bool {
        false
    }

    fn has_folders(&self) -> bool {
        true
    }

    fn list(&self) -> Result<Vec<String>, StoreFault> {
        let mut paths = Vec::new();
        for entry in walkdir::WalkDir::new(&self.root) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) => continue,
                Err(error) => return Err(StoreFault::Failed(error.to_string())),
            };
            if entry.file_type().is_dir() {
                continue;
            }
            let path = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let path = path.to_string_lossy().replace('\\', "/");
            if !is_own(&path) {
                paths.push(path);
            }
        }
        Ok(paths)
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault> {
        let full = self.root.join(path);
        match fs::read(&full) {
            Ok(bytes) => {
                let tag = tag(&bytes);
                Ok(Some((bytes, tag)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(failed(&full, &error)),
        }
    }

    fn put(&self, path: &str, bytes: Vec<u8>, _: Headers, condition: &Condition) -> Result<Tag, StoreFault> {
        let full = self.root.join(path);
        let fail = |error: io::Error| failed(&full, &error);
        if let Some(folder) = full.parent() {
            fs::create_dir_all(folder).map_err(fail)?;
        }
        if let Condition::Unchanged(expected) = condition
            && self.get(path)?.is_none_or(|(_, now)| now != *expected)
        {
            return Err(StoreFault::Conflict);
        }
        let staged = self.stage(path, &bytes).map_err(fail)?;
        if *condition == Condition::Absent {
            let made = make(&staged, &full, &bytes);
            // What is left is tidied up by who holds the lock.
            let _ = fs::remove_file(&staged);
            made.map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound => StoreFault::Conflict,
                _ => fail(error),
            })?;
        } else {
            fs::rename(&staged, &full).map_err(fail)?;
        }
        Ok(tag(&bytes))
    }

    fn delete(&self, path: &str) -> Result<(), StoreFault> {
        let full = self.root.join(path);
        match fs::remove_file(&full) {
            Ok(()) => {}
            // A folder has taken its place.
            Err(_) if full.is_dir() => {}
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(failed(&full, &error)),
        }
        let mut folder = path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            // A folder that still holds something stays.
            if fs::remove_dir(self.root.join(parent)).is_err() {
                break;
            }
            folder = parent;
        }
        Ok(())
    }

    fn tidy(&self) -> Result<(), StoreFault> {
        let stage = self.root.join(STAGE);
        match fs::remove_dir_all(&stage) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&stage, &error)),
            _ => Ok(()),
        }
    }
}
