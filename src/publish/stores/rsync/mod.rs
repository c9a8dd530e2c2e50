//! A folder that the user's rsync reaches as a place: by ssh, or of an rsync daemon. Owns what waits to be sent, since each call is a
//! connection; knows no arguments.

mod command;
mod list;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, UNIX_EPOCH};

use tempfile::TempDir;

use super::{Condition, Headers, Listing, Store, StoreFault, Tag, is_own};
use crate::config::{Coding, RsyncTarget};
use crate::guard;
use crate::model::Hash;

use command::{Command, Over, no_room, none_there};

/// The folder.
pub struct Rsync {
    command: Command,
    waiting: Mutex<Waiting>,
    near: Mutex<Near>,
}

/// What was asked for since the last `settle`.
#[derive(Default)]
struct Waiting {
    /// Where the files are that are to be sent.
    stage: Option<TempDir>,
    sent: BTreeSet<String>,
    removed: BTreeSet<String>,
    /// By the path of the copy: that of the file.
    copies: BTreeMap<String, String>,
}

/// What was fetched before it is read.
#[derive(Default)]
struct Near {
    folder: Option<TempDir>,
    /// Those that are not there too.
    paths: BTreeSet<String>,
}

impl Rsync {
    pub fn new(target: &RsyncTarget, is_alone: bool) -> Self {
        let command = Command::new(&target.destination, is_alone);
        Self { command, waiting: Mutex::default(), near: Mutex::default() }
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, StoreFault> {
        let near = guard::locked(&self.near);
        if let Some(folder) = near.folder.as_ref().filter(|_| near.paths.contains(path)) {
            return found(folder, path);
        }
        drop(near);
        let folder = folder()?;
        let fetched = self.command.fetch(folder.path(), &BTreeSet::from([path.to_owned()]));
        match fetched.map(Some).or_else(none_there)? {
            Some(()) => found(&folder, path),
            None => Ok(None),
        }
    }

    /// Sends one file at once, and says whether it was written.
    fn send(&self, path: &str, bytes: &[u8], over: Over) -> Result<bool, StoreFault> {
        let folder = folder()?;
        written(folder.path(), path, bytes).map_err(|error| no_room(&error))?;
        let names = self.command.send(folder.path(), &BTreeSet::from([path.to_owned()]), over)?;
        Ok(names.lines().any(|name| name == path))
    }

    /// Leaves a file for `settle`, and says in which second it was written.
    fn stage(&self, path: &str, bytes: &[u8]) -> Result<i64, StoreFault> {
        let stage = {
            let mut waiting = guard::locked(&self.waiting);
            waiting.sent.insert(path.to_owned());
            match &waiting.stage {
                Some(stage) => stage.path().to_owned(),
                None => waiting.stage.insert(folder()?).path().to_owned(),
            }
        };
        written(&stage, path, bytes).map_err(|error| no_room(&error))
    }

    /// Makes the copies that wait into files that wait.
    fn copied(&self, copies: &BTreeMap<String, String>) -> Result<(), StoreFault> {
        let folder = folder()?;
        let paths = copies.values().cloned().collect();
        if self.command.fetch(folder.path(), &paths).map(Some).or_else(none_there)?.is_none() {
            return Ok(());
        }
        for (to, from) in copies {
            if let Some(bytes) = found(&folder, from)? {
                self.stage(to, &bytes)?;
            }
        }
        Ok(())
    }
}

fn folder() -> Result<TempDir, StoreFault> {
    tempfile::tempdir().map_err(|error| no_room(&error))
}

fn found(folder: &TempDir, path: &str) -> Result<Option<Vec<u8>>, StoreFault> {
    match fs::read(folder.path().join(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        Err(error) => Err(StoreFault::Failed(format!("`{path}` was fetched and can't be read: {error}"))),
    }
}

/// Writes a file below a temporary folder, and says in which second.
fn written(folder: &Path, path: &str, bytes: &[u8]) -> io::Result<i64> {
    let file = folder.join(path);
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(&file, bytes)?;
    let second = fs::metadata(&file)?.modified()?.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    Ok(i64::try_from(second).unwrap_or_default())
}

/// A version of a file of our own, by its content.
fn tag(bytes: &[u8]) -> Tag {
    Hash::of(bytes).to_string()
}

impl Store for Rsync {
    fn keeps_headers(&self) -> bool {
        false
    }

    fn coding(&self) -> Option<Coding> {
        None
    }

    fn has_folders(&self) -> bool {
        true
    }

    fn is_remote(&self) -> bool {
        true
    }

    fn list(&self) -> Result<Listing, StoreFault> {
        Ok(self.command.list()?.map(|text| list::parsed(&text)).unwrap_or_default())
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault> {
        Ok(self.read(path)?.map(|bytes| {
            let tag = tag(&bytes);
            (bytes, tag)
        }))
    }

    fn fetch(&self, paths: &[String]) -> Result<(), StoreFault> {
        let mut near = guard::locked(&self.near);
        let folder = match near.folder.take() {
            Some(folder) => folder,
            None => folder()?,
        };
        let paths: BTreeSet<String> = paths.iter().cloned().collect();
        if !paths.is_empty() {
            self.command.fetch(folder.path(), &paths).map(Some).or_else(none_there)?;
        }
        near.folder = Some(folder);
        near.paths.extend(paths);
        Ok(())
    }

    fn put(&self, path: &str, bytes: Vec<u8>, _: Headers, condition: &Condition) -> Result<Tag, StoreFault> {
        if *condition == Condition::Always && !is_own(path) {
            return self.stage(path, &bytes).map(list::tag);
        }
        let over = if *condition == Condition::Absent { Over::Nothing } else { Over::Anything };
        if let Condition::Unchanged(expected) = condition
            && self.read(path)?.is_none_or(|now| tag(&now) != *expected)
        {
            return Err(StoreFault::Conflict);
        }
        let is_written = self.send(path, &bytes, over)?;
        // Between the look and the write of rsync another may have written it: whoever reads what it wrote was the last.
        if over == Over::Nothing && (!is_written || self.read(path)?.as_ref() != Some(&bytes)) {
            return Err(StoreFault::Conflict);
        }
        Ok(tag(&bytes))
    }

    fn delete(&self, path: &str) -> Result<(), StoreFault> {
        guard::locked(&self.waiting).removed.insert(path.to_owned());
        Ok(())
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreFault> {
        guard::locked(&self.waiting).copies.insert(to.to_owned(), from.to_owned());
        Ok(())
    }

    fn settle(&self) -> Result<(), StoreFault> {
        let copies = std::mem::take(&mut guard::locked(&self.waiting).copies);
        if !copies.is_empty() {
            self.copied(&copies)?;
        }
        let Waiting { stage, sent, removed, .. } = std::mem::take(&mut *guard::locked(&self.waiting));
        if let Some(stage) = stage {
            self.command.send(stage.path(), &sent, Over::Anything)?;
        }
        if removed.is_empty() { Ok(()) } else { self.command.remove(&removed) }
    }

    fn age(&self, _: &str) -> Option<Duration> {
        // A file has the time of whoever sent it.
        None
    }

    fn tidy(&self) -> Result<(), StoreFault> {
        Ok(())
    }
}
