//! Folders as handles that are open, and files by their names in them. No name has more than one part but for `look`'s, so no
//! call passes through a folder that was not opened here.

use std::fs::{File, Metadata};
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use rustix::fs::{
    AtFlags, Dir, FileType, Mode, OFlags, Stat, linkat, mkdirat, open, openat, renameat, statat, unlinkat,
};
use rustix::io::Errno;

use super::{Kind, Look};

/// No file that is opened here is waited for, and none leaks into a program that is started.
const ALWAYS: OFlags = OFlags::CLOEXEC.union(OFlags::NONBLOCK).union(OFlags::NOCTTY);

/// An open folder.
pub struct Handle(OwnedFd);

impl Handle {
    pub fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(open(path, OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC, Mode::empty())?))
    }

    pub fn folder(&self, name: &str) -> io::Result<Self> {
        check_name(name)?;
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Self(openat(&self.0, name, flags, Mode::empty())?))
    }

    /// That it is there already is no fault: another thread may have been quicker.
    pub fn make_folder(&self, name: &str) -> io::Result<()> {
        match mkdirat(&self.0, name, Mode::from_raw_mode(0o777)) {
            Err(Errno::EXIST) => Ok(()),
            result => Ok(result?),
        }
    }

    pub fn look(&self, path: &str) -> io::Result<Look> {
        let stat = statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW)?;
        Ok(Look {
            kind: kind(FileType::from_raw_mode(stat.st_mode)),
            size: u64::try_from(stat.st_size).unwrap_or_default(),
            modified: modified(&stat),
            #[allow(clippy::unnecessary_cast, reason = "other systems have other types here")]
            names: stat.st_nlink as u64,
        })
    }

    pub fn read(&self, name: &str) -> io::Result<File> {
        let file = openat(&self.0, name, OFlags::RDONLY | OFlags::NOFOLLOW | ALWAYS, Mode::empty())?;
        regular(file).map(|(file, _)| file)
    }

    pub fn create_new(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?.into())
    }

    pub fn open_lock(&self, name: &str) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::NOFOLLOW | ALWAYS;
        regular(openat(&self.0, name, flags, Mode::from_raw_mode(0o666))?).map(|(file, _)| file)
    }

    pub fn is(&self, name: &str, file: &File) -> bool {
        match (file.metadata(), statat(&self.0, name, AtFlags::SYMLINK_NOFOLLOW)) {
            #[allow(clippy::unnecessary_cast, reason = "other systems have other types here")]
            (Ok(open), Ok(there)) => (open.dev(), open.ino()) == (there.st_dev as u64, there.st_ino as u64),
            _ => false,
        }
    }

    pub fn rename(&self, name: &str, to: &Self, to_name: &str) -> io::Result<()> {
        Ok(renameat(&self.0, name, &to.0, to_name)?)
    }

    pub fn link(&self, name: &str, to: &Self, to_name: &str) -> io::Result<()> {
        Ok(linkat(&self.0, name, &to.0, to_name, AtFlags::empty())?)
    }

    pub fn remove_file(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::empty())?)
    }

    pub fn remove_folder(&self, name: &str) -> io::Result<()> {
        Ok(unlinkat(&self.0, name, AtFlags::REMOVEDIR)?)
    }

    pub fn entries(&self) -> io::Result<Vec<(String, Kind)>> {
        let mut entries = Vec::new();
        for entry in Dir::read_from(&self.0)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy();
            if name != "." && name != ".." {
                // Some file systems tell no kinds here.
                let kind = match entry.file_type() {
                    FileType::Unknown => self.look(&name).map_or(Kind::Special, |look| look.kind),
                    known => kind(known),
                };
                entries.push((name.into_owned(), kind));
            }
        }
        Ok(entries)
    }
}

/// One name of a folder's, which leads nowhere else.
pub fn check_name(name: &str) -> io::Result<()> {
    let is_name = !matches!(name, "" | "." | "..") && !name.contains('/');
    if is_name { Ok(()) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, format!("`{name}` is no name"))) }
}

/// Opens the file at `path`, links followed, and says its size. Nothing but a file is opened, and nothing is waited for.
pub fn open_file(path: &Path) -> io::Result<(File, u64)> {
    regular(open(path, OFlags::RDONLY | ALWAYS, Mode::empty())?)
}

pub fn names(metadata: &Metadata) -> u64 {
    metadata.nlink()
}

/// The file and its size.
fn regular(file: OwnedFd) -> io::Result<(File, u64)> {
    let file = File::from(file);
    let metadata = file.metadata()?;
    if metadata.is_file() {
        Ok((file, metadata.len()))
    } else {
        Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a file"))
    }
}

fn kind(of: FileType) -> Kind {
    match of {
        FileType::RegularFile => Kind::File,
        FileType::Directory => Kind::Folder,
        FileType::Symlink => Kind::Link,
        _ => Kind::Special,
    }
}

fn modified(stat: &Stat) -> Option<u64> {
    #[allow(clippy::unnecessary_cast, reason = "other systems have other types here")]
    let nanoseconds = stat.st_mtime as i128 * 1_000_000_000 + stat.st_mtime_nsec as i128;
    u64::try_from(nanoseconds).ok()
}
