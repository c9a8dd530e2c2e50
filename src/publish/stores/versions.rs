//! A folder that is switched at once: `path` is a link to one of the versions beside it, and a publication makes a new one of the
//! files of the last. Owns the link and the versions; what is in a version is a folder like any other.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::dir::Dir;
use super::{Condition, Headers, LOCK, Listing, Store, StoreFault, Tag};
use crate::config::Coding;
use crate::diagnostic::Diagnostic;
use crate::folder::{Folder, Kind, Place};
use crate::guard;
use crate::publish::BAD_TARGET;

/// A version that is being made.
const NEXT: &str = ".ninefold-next";

/// The folder of versions, `www.versions` for the link `www`.
pub struct Versions {
    link: PathBuf,
    versions: PathBuf,
    /// The lock is not in a version: all publishers see the same one.
    outside: Dir,
    /// The version that is read and written.
    version: Mutex<Arc<Dir>>,
}

impl Versions {
    pub fn new(link: PathBuf) -> Result<Self, Diagnostic> {
        let is_link = fs::symlink_metadata(&link).map(|metadata| metadata.is_symlink());
        let name = link.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let versions = link.with_file_name(format!("{name}.versions"));
        if matches!(is_link, Ok(false)) {
            let (place, to) = (link.display(), versions.display());
            return Err(Diagnostic::new(BAD_TARGET, format!("`{place}` is no link, which `switch: atomic` needs"))
                .help(format!(
                    "make one of it: `mkdir {to} && mv {place} {to}/1 && ln -s {name}.versions/1 {place}`"
                )));
        }
        let (outside, version) = (Dir::new(versions.clone()), Mutex::new(Arc::new(Dir::new(link.clone()))));
        Ok(Self { link, versions, outside, version })
    }

    fn version(&self) -> Arc<Dir> {
        Arc::clone(&guard::locked(&self.version))
    }

    fn set(&self, version: PathBuf) {
        *guard::locked(&self.version) = Arc::new(Dir::new(version));
    }

    /// The version that the link leads to.
    fn shown(&self) -> Option<String> {
        let to = fs::read_link(&self.link).ok()?;
        to.file_name().map(|name| name.to_string_lossy().into_owned())
    }

    /// The versions by number, the newest last.
    fn numbers(&self) -> io::Result<Vec<u64>> {
        let entries = Folder::open(&self.versions)?.entries()?;
        let mut numbers: Vec<u64> = entries.iter().filter_map(|(name, _)| name.parse().ok()).collect();
        numbers.sort_unstable();
        Ok(numbers)
    }

    fn made(&self) -> io::Result<()> {
        fs::create_dir_all(&self.versions)?;
        let folder = Folder::open(&self.versions)?;
        let next = folder.folder_made(NEXT)?;
        if let Some(shown) = self.shown() {
            names(&folder.folder(&shown)?, &next)?;
        }
        Ok(())
    }

    fn switched(&self) -> io::Result<PathBuf> {
        let number = self.numbers()?.last().map_or(1, |last| last + 1).to_string();
        let version = self.versions.join(&number);
        fs::rename(self.versions.join(NEXT), &version)?;
        let folder = self.versions.file_name().map(PathBuf::from).unwrap_or_default();
        let new = self.versions.join(".ninefold-link");
        let _ = fs::remove_file(&new);
        linked(&folder.join(&number), &new)?;
        fs::rename(&new, &self.link)?;
        Ok(version)
    }

    /// Removes what is neither shown nor was shown just before.
    fn cleared(&self) -> io::Result<()> {
        let shown = self.shown();
        let mut others: Vec<String> = self.numbers()?.iter().map(u64::to_string).collect();
        others.retain(|name| Some(name) != shown.as_ref());
        others.pop();
        others.push(NEXT.to_owned());
        others.iter().map(|name| self.versions.join(name)).filter(|path| path.is_dir()).try_for_each(fs::remove_dir_all)
    }

    fn failed(&self, error: &io::Error) -> StoreFault {
        StoreFault::Failed(format!("`{}`: {error}", self.versions.display()))
    }

    fn of(&self, path: &str) -> Of<'_> {
        if path == LOCK { Of::Outside(&self.outside) } else { Of::Version(self.version()) }
    }
}

/// The folder that a file is in.
enum Of<'a> {
    Outside(&'a Dir),
    Version(Arc<Dir>),
}

impl std::ops::Deref for Of<'_> {
    type Target = Dir;

    fn deref(&self) -> &Dir {
        match self {
            Self::Outside(dir) => dir,
            Self::Version(dir) => dir,
        }
    }
}

/// Gives each file of a folder a second name in another. Files are replaced and never written to, so each is a copy.
fn names(from: &Folder, to: &Folder) -> io::Result<()> {
    for (name, kind) in from.entries()? {
        if kind == Kind::Folder {
            names(&from.folder(&name)?, &to.folder_made(&name)?)?;
        } else {
            named(&from.place(&name)?, &to.place(&name)?)?;
        }
    }
    Ok(())
}

fn named(from: &Place<'_>, to: &Place<'_>) -> io::Result<()> {
    // Some disks have no second names.
    from.link_to(to).or_else(|_| io::copy(&mut from.read()?, &mut to.create_new()?).map(drop))
}

#[cfg(unix)]
fn linked(to: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(to, link)
}

#[cfg(windows)]
fn linked(to: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_dir(to, link)
}

impl Store for Versions {
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
        self.version().list()
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault> {
        self.of(path).get(path)
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: Headers, condition: &Condition) -> Result<Tag, StoreFault> {
        self.of(path).put(path, bytes, headers, condition)
    }

    fn delete(&self, path: &str) -> Result<(), StoreFault> {
        self.of(path).delete(path)
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreFault> {
        self.version().copy(from, to)
    }

    fn age(&self, path: &str) -> Option<Duration> {
        self.of(path).age(path)
    }

    fn begin(&self) -> Result<(), StoreFault> {
        self.made().map_err(|error| self.failed(&error))?;
        self.set(self.versions.join(NEXT));
        Ok(())
    }

    fn show(&self) -> Result<(), StoreFault> {
        self.version().tidy()?;
        let version = self.switched().map_err(|error| self.failed(&error))?;
        self.set(version);
        Ok(())
    }

    fn tidy(&self) -> Result<(), StoreFault> {
        self.outside.tidy()?;
        match self.cleared() {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed(&error)),
            _ => Ok(()),
        }
    }
}
