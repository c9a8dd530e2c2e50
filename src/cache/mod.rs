//! EDGE. What one build remembers for the next: the key of each page and how its file was left. Deleting it changes speed
//! and nothing else; a file that is torn, of another version or of another program is as good as none.

mod sealed;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::model::Hash;

/// What is known of the file that a page was written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Of everything the page depends on.
    pub key: Hash,
    /// Of the file's content.
    pub content: Hash,
    pub stamp: Stamp,
}

/// A file's size and time of change: if neither differs, the file is taken to be as it was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// In bytes.
    pub size: u64,
    /// Nanoseconds since 1970.
    pub modified: u64,
}

impl Stamp {
    /// Of an open or looked-up file; none where the system keeps no time.
    pub fn of(metadata: &std::fs::Metadata) -> Option<Self> {
        let since = metadata.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(Self { size: metadata.len(), modified: u64::try_from(since.as_nanos()).ok()? })
    }
}

/// The entries of one output folder, by path below it.
pub type PageKeys = BTreeMap<String, Entry>;

const KIND: &str = "page keys 1";

/// The folder that holds what is remembered about the site in `root`.
fn folder(root: &Path) -> PathBuf {
    root.join(".ninefold")
}

/// Each output folder has a file of its own, so that building into two of them does no harm.
fn page_keys_file(root: &Path, out: &Path) -> PathBuf {
    let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let name = Hash::of(absolute.as_os_str().as_encoded_bytes()).short();
    folder(root).join(format!("pages-{name}"))
}

/// What the last build into `out` left; empty if nothing usable is there.
pub fn page_keys(root: &Path, out: &Path) -> PageKeys {
    sealed::read(&page_keys_file(root, out), KIND).unwrap_or_default()
}

/// Remembers what this build left.
pub fn remember_page_keys(root: &Path, out: &Path, keys: &PageKeys) -> io::Result<()> {
    sealed::write(&page_keys_file(root, out), KIND, keys)
}
