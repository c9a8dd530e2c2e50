//! What stands where a file or folder of ours must be. Knows how to say it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use super::{Kind, Look};

/// A link, or something that is neither file nor folder, at `path`.
#[derive(Debug)]
pub struct Obstacle {
    pub path: PathBuf,
    pub kind: Kind,
}

impl Obstacle {
    /// What to do about it.
    pub fn help(&self) -> &'static str {
        match self.kind {
            Kind::Link => "delete the link, or put what it leads to in its place: links are not followed here",
            _ => "delete it",
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            Kind::Link => "a link",
            Kind::Special => "a device, pipe or socket",
            Kind::File => "a file",
            Kind::Folder => "a folder",
        };
        write!(f, "`{}` is {what}", self.path.display())
    }
}

impl Error for Obstacle {}

/// What stood in the way, if that is why something failed.
pub fn obstacle(error: &io::Error) -> Option<&Obstacle> {
    error.get_ref()?.downcast_ref()
}

/// The error, or the obstacle that a look found behind it.
pub(super) fn explained(error: io::Error, look: Option<Look>, path: impl FnOnce() -> PathBuf) -> io::Error {
    match look {
        Some(Look { kind: kind @ (Kind::Link | Kind::Special), .. }) => {
            io::Error::new(io::ErrorKind::InvalidInput, Obstacle { path: path(), kind })
        }
        _ => error,
    }
}
