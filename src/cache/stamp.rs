//! What a look at a file tells of its content: enough to see that it changed, never what it holds.

use std::fs::Metadata;

use serde::{Deserialize, Serialize};

use crate::folder::Look;

/// A file's size and time of change: if neither differs, a file of the output is taken to be as it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: u64,
}

impl Stamp {
    /// Of an open or looked-up file; none where the system keeps no time.
    pub fn of(look: impl Into<Look>) -> Option<Self> {
        let Look { size, modified, .. } = look.into();
        Some(Self { size, modified: modified? })
    }
}

/// The stamp of a source. On Unix it also holds when the file's entry changed, which no tool sets back: a text that was put
/// in the place of another one of the same size and with the same time is seen all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceStamp {
    stamp: Stamp,
    /// Nanoseconds since 1970; 0 where the system has no such time.
    entry_changed: u64,
}

impl SourceStamp {
    /// Of a looked-up file; none where the system keeps no time.
    pub fn of(metadata: &Metadata) -> Option<Self> {
        Some(Self { stamp: Stamp::of(metadata)?, entry_changed: entry_changed(metadata) })
    }

    /// The later of its times, in nanoseconds since 1970.
    pub fn latest(&self) -> u64 {
        self.stamp.modified.max(self.entry_changed)
    }
}

#[cfg(unix)]
fn entry_changed(metadata: &Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    let nanoseconds = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
    u64::try_from(nanoseconds).unwrap_or_default()
}

#[cfg(not(unix))]
fn entry_changed(_: &Metadata) -> u64 {
    0
}
