//! Keeps two builds from writing to one folder at once. The system lets go of the lock when a process ends, however it ends.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::Path;

/// Held while it lives.
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock, waiting for whoever holds it. The file stays: removing it would let two builds in.
    pub fn take(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
        match file.lock() {
            Ok(()) => {}
            // Some network drives have no locks; a build there goes on without.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(error) => return Err(error),
        }
        Ok(Self { _file: file })
    }
}
