//! What a place must be able to do that files are put into one by one. Knows paths and bytes; knows no site and no plan.

use std::fmt;

use crate::site::OWN_NAMES;

/// A version of a file at the place; two versions with other bytes have other tags.
pub type Tag = String;

/// What a file is sent to readers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headers {
    pub content_type: &'static str,
    pub cache_control: &'static str,
}

/// When a file may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    Always,
    /// Only if nothing is there.
    Absent,
    /// Only if this version is there.
    Unchanged(Tag),
}

/// Why something could not be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StoreFault {
    /// The condition of a write did not hold.
    Conflict,
    /// The place can't write under a condition.
    Unconditional,
    /// Anything else, in words that hold no credentials.
    Failed(String),
}

impl fmt::Display for StoreFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict => f.write_str("somebody else wrote it meanwhile"),
            Self::Unconditional => f.write_str("it can't be written under a condition"),
            Self::Failed(why) => f.write_str(why),
        }
    }
}

/// A place for files. Paths are relative, with `/`. A write is seen whole or not at all.
pub trait Store: Sync {
    /// Whether what a file is sent with is kept beside it.
    fn keeps_headers(&self) -> bool;
    /// Whether a file can be in the way of others: `a` of `a/b`.
    fn has_folders(&self) -> bool;
    /// Every path there is, in no order, our own record and lock left out.
    fn list(&self) -> Result<Vec<String>, StoreFault>;
    /// The file and its version; none if it is not there.
    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault>;
    /// Writes the file and says which version it is now.
    fn put(&self, path: &str, bytes: Vec<u8>, headers: Headers, condition: &Condition) -> Result<Tag, StoreFault>;
    /// Removes the file. That it was not there is no fault.
    fn delete(&self, path: &str) -> Result<(), StoreFault>;
    /// Clears away what an earlier run may have left half done. Called by who holds the lock.
    fn tidy(&self) -> Result<(), StoreFault>;
}

/// What our own files at a place are sent with.
pub const OWN: Headers = Headers { content_type: "application/json", cache_control: "no-store" };

/// Whether `path` is a file of ours that is no part of the site.
pub fn is_own(path: &str) -> bool {
    path.starts_with(OWN_NAMES)
}
