//! Keeps two builds from writing to one folder at once. The system lets go of the lock when a process ends, however it ends.

use std::fs::File;
use std::io;

use crate::folder::Folder;

/// Held while it lives.
pub struct Lock {
    _file: File,
    folder: Folder,
    name: String,
}

impl Lock {
    /// Takes the lock that the file `name` in `folder` stands for, waiting for whoever holds it.
    pub fn take(folder: &Folder, name: String) -> io::Result<Self> {
        let place = folder.place(&name)?;
        loop {
            let file = place.open_lock()?;
            match file.lock() {
                Ok(()) => {}
                // Some network drives have no locks; a build there goes on without.
                Err(error) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(error) => return Err(error),
            }
            // Whoever held it has removed the file; a third build may have made it anew and hold that one.
            if place.is(&file) {
                return Ok(Self { _file: file, folder: folder.clone(), name });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if cfg!(unix) {
            // A stale file does no harm.
            let _ = self.folder.remove(&self.name);
        }
    }
}
