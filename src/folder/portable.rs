//! Folders as paths, for systems whose folders can't be held open. Each name is looked at just before it is used, and a link
//! is refused; between the check and the use another process may still change it.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{Kind, Look};

/// A folder that was there, and no link, when it was looked at.
pub struct Handle(PathBuf);

impl Handle {
    pub fn open(path: &Path) -> io::Result<Self> {
        if fs::metadata(path)?.is_dir() { Ok(Self(path.to_owned())) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    pub fn folder(&self, name: &str) -> io::Result<Self> {
        let path = self.at(name)?;
        if fs::symlink_metadata(&path)?.is_dir() { Ok(Self(path)) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// That it is there already is no fault: another thread may have been quicker.
    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        match fs::create_dir(self.at(name)?) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
            result => result,
        }
    }

    pub fn look(&self, path: &str) -> io::Result<Look> {
        Ok(Look::from(&fs::symlink_metadata(self.0.join(path))?))
    }

    pub fn read(&self, name: &str) -> io::Result<File> {
        File::open(self.file(name)?)
    }

    pub fn create_new(&self, name: &str) -> io::Result<File> {
        File::create_new(self.at(name)?)
    }

    pub fn open_lock(&self, name: &str) -> io::Result<File> {
        let path = match self.file(name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => self.at(name)?,
            result => result?,
        };
        OpenOptions::new().create(true).truncate(false).write(true).open(path)
    }

    /// The file of a lock is never removed here, so it is always the one.
    pub fn is(&self, _: &str, _: &File) -> bool {
        true
    }

    pub fn rename(&self, name: &str, to: &Self, to_name: &str) -> io::Result<()> {
        fs::rename(self.at(name)?, to.at(to_name)?)
    }

    pub fn link(&self, name: &str, to: &Self, to_name: &str) -> io::Result<()> {
        fs::hard_link(self.file(name)?, to.at(to_name)?)
    }

    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        fs::remove_file(self.at(name)?)
    }

    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        let path = self.at(name)?;
        if fs::symlink_metadata(&path)?.is_dir() {
            fs::remove_dir(path)
        } else {
            Err(io::ErrorKind::NotADirectory.into())
        }
    }

    pub fn entries(&self) -> io::Result<Vec<(String, Kind)>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            entries.push((name, Look::from(&entry.metadata()?).kind));
        }
        Ok(entries)
    }

    fn at(&self, name: &str) -> io::Result<PathBuf> {
        check_name(name)?;
        Ok(self.0.join(name))
    }

    /// Where a file is that is no link.
    fn file(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.at(name)?;
        regular(&fs::symlink_metadata(&path)?)?;
        Ok(path)
    }
}

/// One name of a folder's, which leads nowhere else: no drive, no stream of a file.
pub fn check_name(name: &str) -> io::Result<()> {
    let mut parts = Path::new(name).components();
    match (parts.next(), parts.next()) {
        (Some(Component::Normal(part)), None) if part == name && !name.contains(':') => Ok(()),
        _ => Err(io::Error::new(io::ErrorKind::InvalidInput, format!("`{name}` is no name"))),
    }
}

/// Opens the file at `path`, links followed, and says its size. Nothing but a file is opened.
pub fn open_file(path: &Path) -> io::Result<(File, u64)> {
    let metadata = fs::metadata(path)?;
    regular(&metadata)?;
    Ok((File::open(path)?, metadata.len()))
}

/// Unknown here: more than one is the safe answer.
pub fn names(_: &Metadata) -> u64 {
    2
}

fn regular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() { Ok(()) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file")) }
}
