//! A folder as a place: for rsync, or a mounted disk. Knows one folder.

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::time::Duration;

use super::{Condition, Found, Headers, Listing, Store, StoreFault, Tag, is_own};
use crate::config::Coding;
use crate::folder::{Folder, Place, obstacle};
use crate::model::Hash;

/// Where files are written before they are renamed into place.
const STAGE: &str = ".ninefold-stage";

/// The folder; it is made when something is written. It may be a link; below it no link is followed.
pub struct Dir {
    root: PathBuf,
    /// The folder was not there before.
    is_new: bool,
}

impl Dir {
    pub fn new(root: PathBuf) -> Self {
        Self { is_new: !root.exists(), root }
    }

    fn folder(&self) -> io::Result<Folder> {
        Folder::open(&self.root)
    }

    fn folder_made(&self) -> io::Result<Folder> {
        fs::create_dir_all(&self.root)?;
        self.folder()
    }

    fn failed(&self, path: &str, error: &io::Error) -> StoreFault {
        StoreFault::Failed(match obstacle(error) {
            Some(obstacle) => format!("{obstacle}; {}", obstacle.help()),
            None => format!("`{}`: {error}", self.root.join(path).display()),
        })
    }

    fn read(&self, path: &str) -> io::Result<Option<Vec<u8>>> {
        let file = self.folder().and_then(|folder| folder.place(path)?.read());
        match file {
            Ok(mut file) => {
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes)?;
                Ok(Some(bytes))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn write(&self, path: &str, bytes: &[u8], is_absent: bool) -> io::Result<()> {
        let folder = self.folder_made()?;
        let place = folder.place_made(path)?;
        let name = staged_name(path);
        let staged = folder.place_made(&name)?;
        staged.create_new()?.write_all(bytes)?;
        if !is_absent {
            return staged.rename_to(&place);
        }
        let made = make(&staged, &place, bytes);
        // What is left is tidied up by who holds the lock.
        let _ = staged.remove();
        made
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

/// A path with the separators of addresses.
fn in_order(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}

fn tag(bytes: &[u8]) -> Tag {
    Hash::of(bytes).to_string()
}

/// A temporary file in a folder that is not served, under a name that is unique to this process.
fn staged_name(path: &str) -> String {
    let name = format!("{path} {} {:?}", std::process::id(), std::time::Instant::now());
    format!("{STAGE}/{}", Hash::of(name.as_bytes()).short())
}

/// Puts a whole file at `place`, where none may be.
fn make(staged: &Place<'_>, place: &Place<'_>, bytes: &[u8]) -> io::Result<()> {
    match staged.link_to(place) {
        Err(error) if !matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound) => {
            // Some mounted disks have no links.
            place.create_new()?.write_all(bytes)
        }
        result => result,
    }
}

impl Store for Dir {
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
        false
    }

    fn list(&self) -> Result<Listing, StoreFault> {
        let mut listing = Listing::default();
        // The folder itself may be a link, and is no file of its own.
        for entry in walkdir::WalkDir::new(&self.root).min_depth(1) {
            let is_gone =
                |error: &walkdir::Error| error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound);
            let entry = match entry {
                Ok(entry) if entry.file_type().is_dir() => continue,
                Ok(entry) => entry,
                Err(error) if is_gone(&error) => continue,
                Err(error) => return Err(StoreFault::Failed(error.to_string())),
            };
            let path = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let Some(path) = path.to_str().map(in_order) else {
                listing.odd.push(path.to_string_lossy().into_owned());
                continue;
            };
            if !is_own(&path) {
                let length = entry.metadata().ok().filter(|metadata| metadata.is_file()).map(|metadata| metadata.len());
                // A link is no file of ours, whatever it leads to.
                listing.files.insert(path, Found::new(Some(length.unwrap_or(u64::MAX)), None));
            }
        }
        Ok(listing)
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault> {
        let found = self.read(path).map_err(|error| self.failed(path, &error))?;
        Ok(found.map(|bytes| {
            let tag = tag(&bytes);
            (bytes, tag)
        }))
    }

    fn put(&self, path: &str, bytes: Vec<u8>, _: Headers, condition: &Condition) -> Result<Tag, StoreFault> {
        if let Condition::Unchanged(expected) = condition
            && self.get(path)?.is_none_or(|(_, now)| now != *expected)
        {
            return Err(StoreFault::Conflict);
        }
        let is_absent = *condition == Condition::Absent;
        self.write(path, &bytes, is_absent).map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound if is_absent => StoreFault::Conflict,
            _ => self.failed(path, &error),
        })?;
        Ok(tag(&bytes))
    }

    fn delete(&self, path: &str) -> Result<(), StoreFault> {
        // On a disk that folds names another file may answer to this one, which is gone then.
        let removed =
            self.folder().and_then(|folder| if folder.has_name(path)? { folder.remove(path) } else { Ok(false) });
        match removed {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed(path, &error)),
            _ => Ok(()),
        }
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreFault> {
        let copied = self.folder().and_then(|folder| {
            let (place, name) = (folder.place(from)?, staged_name(to));
            let staged = folder.place_made(&name)?;
            // Files are replaced and never written to, so a second name is a copy. Some mounted disks have no links.
            if place.link_to(&staged).is_err() {
                let mut bytes = Vec::new();
                place.read()?.read_to_end(&mut bytes)?;
                staged.create_new()?.write_all(&bytes)?;
            }
            staged.rename_to(&folder.place_made(to)?)?;
            // Two names of one file are not renamed.
            staged.remove()
        });
        match copied {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed(from, &error)),
            _ => Ok(()),
        }
    }

    fn age(&self, path: &str) -> Option<Duration> {
        // What is written now has the time of the disk, which may be another machine's.
        let folder = self.folder().ok()?;
        let written = folder.place(path).ok()?.look().ok()?.modified?;
        let name = staged_name(path);
        let probe = folder.place_made(&name).ok()?;
        let now = probe.create_new().and_then(|_| probe.look());
        let _ = folder.remove(&name);
        Some(Duration::from_nanos(now.ok()?.modified?.saturating_sub(written)))
    }

    fn tidy(&self) -> Result<(), StoreFault> {
        match self.folder().and_then(|folder| folder.folder(STAGE)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(self.failed(STAGE, &error)),
            // Follows no link below the folder, and of a link in its place removes that alone.
            Ok(stage) => fs::remove_dir_all(stage.path()).map_err(|error| self.failed(STAGE, &error)),
        }
    }
}
