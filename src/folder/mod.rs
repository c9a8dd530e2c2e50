//! EDGE. Files below one folder, for reading, writing and removing. Whatever links stand below it, none is followed: each part
//! of a path is looked at when it is used. Knows names and kinds of files; neither what is in them nor whose they are.
//!
//! Where the system can, a path is walked with a handle for each folder on it, so that a folder that is swapped for a link
//! meanwhile changes nothing (`unix`); elsewhere each part is looked at just before it is used (`portable`). The folder that
//! all paths begin at may itself be a link, or stand behind one: whoever named it chose that.

mod names;
mod obstacle;
mod replace;
#[cfg(not(unix))]
#[path = "portable.rs"]
mod system;
#[cfg(unix)]
#[path = "unix.rs"]
mod system;

use std::fs::{File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use system::Handle;

pub use obstacle::{Obstacle, obstacle};
pub use system::open_file;

/// What kind of thing stands at a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device.
    Special,
}

/// What is known of a file without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub kind: Kind,
    /// In bytes.
    pub size: u64,
    /// In nanoseconds since 1970; none where the system keeps no such time.
    pub modified: Option<u64>,
    /// How many names the file has. Where the system does not say, 2: more than one is the safe guess.
    pub names: u64,
}

impl From<&Metadata> for Look {
    fn from(metadata: &Metadata) -> Self {
        let kind = match metadata.file_type() {
            kind if kind.is_symlink() => Kind::Link,
            kind if kind.is_dir() => Kind::Folder,
            kind if kind.is_file() => Kind::File,
            _ => Kind::Special,
        };
        let since = metadata.modified().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
        let modified = since.and_then(|since| u64::try_from(since.as_nanos()).ok());
        Self { kind, size: metadata.len(), modified, names: system::names(metadata) }
    }
}

/// A folder that is open.
#[derive(Clone)]
pub struct Folder {
    handle: Arc<Handle>,
    path: Arc<Path>,
}

impl Folder {
    /// Opens the folder at `path`, which may be a link to one.
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { handle: Arc::new(Handle::open(path)?), path: path.into() })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The folder at `path` below this one.
    pub fn folder(&self, path: &str) -> io::Result<Self> {
        let handle = self.walk(path, false)?;
        Ok(Self { handle, path: self.path.join(path).into() })
    }

    /// The same; it is made if it is not there, with the folders that lead to it.
    pub fn folder_made(&self, path: &str) -> io::Result<Self> {
        let handle = self.walk(path, true)?;
        Ok(Self { handle, path: self.path.join(path).into() })
    }

    /// The place of a file. The folders that lead to it must be there; nothing is known of the file itself.
    pub fn place<'a>(&self, path: &'a str) -> io::Result<Place<'a>> {
        self.place_in(path, false)
    }

    /// The same; folders that are missing are made.
    pub fn place_made<'a>(&self, path: &'a str) -> io::Result<Place<'a>> {
        self.place_in(path, true)
    }

    fn place_in<'a>(&self, path: &'a str, make: bool) -> io::Result<Place<'a>> {
        let (folder, name) = match path.rsplit_once('/') {
            Some((folders, name)) => (self.walk(folders, make)?, name),
            None => (Arc::clone(&self.handle), path),
        };
        system::check_name(name)?;
        Ok(Place { folder, base: Arc::clone(&self.path), path })
    }

    /// A look at `path` by its whole name: a link at its end is seen, links before it are not. For what only asks whether
    /// something is as it was; whoever reads, writes or removes takes a `Place`.
    pub fn glance(&self, path: &str) -> io::Result<Look> {
        self.handle.look(path)
    }

    /// The names in the folder and what stands there, in no order. What is not UTF-8 in a name is replaced: none of our files
    /// has such a name, and what is found must not be taken for one.
    pub fn entries(&self) -> io::Result<Vec<(String, Kind)>> {
        self.handle.entries()
    }

    /// Removes the file at `path` and the folders that are empty without it. Whether it was there; a folder in its place stays.
    pub fn remove(&self, path: &str) -> io::Result<bool> {
        let parts: Vec<&str> = path.split('/').collect();
        let mut opened = vec![Arc::clone(&self.handle)];
        for (n, part) in parts[..parts.len() - 1].iter().enumerate() {
            match opened[n].folder(part).map_err(|error| self.explained(error, &opened[n], path, n)) {
                Ok(below) => opened.push(Arc::new(below)),
                Err(error) if is_gone(&error) => break,
                Err(error) => return Err(error),
            }
        }
        let is_removed = match &opened[..] {
            [.., last] if opened.len() == parts.len() => removed(last, parts[parts.len() - 1])?,
            _ => false,
        };
        // A folder that still holds something stays.
        while let [.., above, _] = &opened[..]
            && above.remove_folder(parts[opened.len() - 2]).is_ok()
        {
            opened.pop();
        }
        Ok(is_removed)
    }

    /// Opens each folder of `path` in turn.
    fn walk(&self, path: &str, make: bool) -> io::Result<Arc<Handle>> {
        let mut folder = Arc::clone(&self.handle);
        let last = path.matches('/').count();
        for (n, part) in path.split('/').enumerate() {
            if make && n == last {
                // Nearly every page has a folder of its own: to ask first whether it is there would be one call more for each.
                let _ = folder.make_folder(part);
            }
            let below = match folder.folder(part) {
                Err(error) if make && error.kind() == io::ErrorKind::NotFound => {
                    folder.make_folder(part).and_then(|()| folder.folder(part))
                }
                result => result,
            };
            folder = Arc::new(below.map_err(|error| self.explained(error, &folder, path, n))?);
        }
        Ok(folder)
    }

    /// Why part `n` of `path` could not be opened, which is a name in `folder`.
    fn explained(&self, error: io::Error, folder: &Handle, path: &str, n: usize) -> io::Error {
        let walked = path.match_indices('/').nth(n).map_or(path, |(slash, _)| &path[..slash]);
        let part = walked.rsplit_once('/').map_or(walked, |(_, part)| part);
        obstacle::explained(error, folder.look(part).ok(), || self.path.join(walked))
    }
}

/// The place of a file: its folder, open, and its name there.
pub struct Place<'a> {
    folder: Arc<Handle>,
    base: Arc<Path>,
    /// From the folder at `base`; its last part is the name.
    path: &'a str,
}

impl Place<'_> {
    fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path, |(_, name)| name)
    }

    /// Where it is, for showing.
    pub fn path(&self) -> PathBuf {
        self.base.join(self.path)
    }

    /// What stands there.
    pub fn look(&self) -> io::Result<Look> {
        self.folder.look(self.name())
    }

    /// Opens the file for reading. Nothing but a file is opened, and nothing is waited for.
    pub fn read(&self) -> io::Result<File> {
        self.explained(self.folder.read(self.name()))
    }

    /// Makes a file where nothing may be.
    pub fn create_new(&self) -> io::Result<File> {
        self.explained(self.folder.create_new(self.name()))
    }

    /// Opens the file for a lock to be taken on it, and makes it if it is not there.
    pub fn open_lock(&self) -> io::Result<File> {
        self.explained(self.folder.open_lock(self.name()))
    }

    /// Whether `file` is the one of this name.
    pub fn is(&self, file: &File) -> bool {
        self.folder.is(self.name(), file)
    }

    /// Moves what stands here to another place; a file or link that is there is replaced.
    pub fn rename_to(&self, to: &Place<'_>) -> io::Result<()> {
        self.folder.rename(self.name(), &to.folder, to.name())
    }

    /// Gives the file a second name, where nothing may be. Of a link, the link itself.
    pub fn link_to(&self, to: &Place<'_>) -> io::Result<()> {
        self.folder.link(self.name(), &to.folder, to.name())
    }

    /// Removes the file; of a link, the link itself. Whether it was there; a folder in its place stays.
    pub fn remove(&self) -> io::Result<bool> {
        removed(&self.folder, self.name())
    }

    fn explained<T>(&self, result: io::Result<T>) -> io::Result<T> {
        result.map_err(|error| obstacle::explained(error, self.look().ok(), || self.path()))
    }
}

fn removed(folder: &Handle, name: &str) -> io::Result<bool> {
    match folder.remove_file(name) {
        Ok(()) => Ok(true),
        Err(error) if is_gone(&error) => Ok(false),
        // Systems have several words for it.
        Err(_) if folder.look(name).is_ok_and(|look| look.kind == Kind::Folder) => Ok(false),
        Err(error) => Err(error),
    }
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(test)]
mod tests;
