//! What a place must be able to do that files are put into one by one. Knows paths and bytes; knows no site and no plan.

pub mod apart;
pub mod dir;
pub mod rsync;
pub mod s3;
pub mod versions;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Component, Path};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::config::Coding;
use crate::site::OWN_NAMES;

/// A version of a file at the place; two versions with other bytes have other tags.
pub type Tag = String;

/// What a place tells of a file without reading it; what it does not tell is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// In bytes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u64>,
    /// The beginning of its tag: enough to tell two versions apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

impl Found {
    /// Digits of a tag that are remembered.
    const DIGITS: usize = 12;

    pub fn new(length: Option<u64>, tag: Option<&str>) -> Self {
        let short = |tag: &str| tag.trim_matches('"').chars().take(Self::DIGITS).collect();
        Self { length, tag: tag.map(short) }
    }

    /// Whether both can be the same version, as far as both are known.
    pub fn fits(&self, other: &Self) -> bool {
        fn differ<T: PartialEq>(a: Option<&T>, b: Option<&T>) -> bool {
            a.is_some() && b.is_some() && a != b
        }
        !differ(self.length.as_ref(), other.length.as_ref()) && !differ(self.tag.as_ref(), other.tag.as_ref())
    }
}

/// The files of a place, our own record and lock left out.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    pub files: BTreeMap<String, Found>,
    /// Names of what is there and can be no path of a site: `a//b`. They are left alone.
    pub odd: Vec<String>,
}

/// What a file is sent to readers with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headers {
    pub content_type: &'static str,
    pub cache_control: &'static str,
    /// How the bytes are compressed, which they say.
    pub coding: Option<Coding>,
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
    /// The place refuses, for a reason that the publisher can mend: the reason, and what to do.
    Refused(String, String),
    /// Anything else, in words that hold no credentials.
    Failed(String),
}

impl fmt::Display for StoreFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Conflict => f.write_str("somebody else wrote it meanwhile"),
            Self::Unconditional => f.write_str("it can't be written under a condition"),
            Self::Refused(why, _) | Self::Failed(why) => f.write_str(why),
        }
    }
}

/// A place for files. Paths are relative, with `/`. A write is seen whole or not at all.
pub trait Store: Sync {
    /// Whether what a file is sent with is kept beside it.
    fn keeps_headers(&self) -> bool;
    /// How texts are to be compressed that are stored there.
    fn coding(&self) -> Option<Coding>;
    /// Whether a file can be in the way of others: `a` of `a/b`.
    fn has_folders(&self) -> bool;
    /// Whether each look costs a request. Such a place tells tags in its list; of any other a file is known by reading it.
    fn is_remote(&self) -> bool;
    /// Everything there is.
    fn list(&self) -> Result<Listing, StoreFault>;
    /// The file and its version; none if it is not there.
    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault>;
    /// Writes the file and says which version it is now.
    fn put(&self, path: &str, bytes: Vec<u8>, headers: Headers, condition: &Condition) -> Result<Tag, StoreFault>;
    /// Removes the file. That it was not there is no fault.
    fn delete(&self, path: &str) -> Result<(), StoreFault>;
    /// Makes a copy of the file with what it is sent with. That the file is not there is no fault.
    fn copy(&self, from: &str, to: &str) -> Result<(), StoreFault>;
    /// How long ago the file was written, by the clock of the place; none where it does not tell.
    fn age(&self, path: &str) -> Option<Duration>;
    /// Brings files near that are read soon, where each look is a connection of its own.
    fn fetch(&self, _paths: &[String]) -> Result<(), StoreFault> {
        Ok(())
    }
    /// Once this returns everything is done that was asked for: a place may leave `copy`, `delete` and writes of the site's files
    /// until then, to do many at once.
    fn settle(&self) -> Result<(), StoreFault> {
        Ok(())
    }
    /// What is written from now on is not shown to readers before `show`, where the place can do that.
    fn begin(&self) -> Result<(), StoreFault> {
        Ok(())
    }
    /// Shows readers what was written since `begin`.
    fn show(&self) -> Result<(), StoreFault> {
        Ok(())
    }
    /// Clears away what an earlier run may have left half done. Called by who holds the lock.
    fn tidy(&self) -> Result<(), StoreFault>;
}

/// The path of the lock at a place.
pub const LOCK: &str = ".ninefold-lock.json";

/// What copies of replaced files are below, each under the hash of its content.
pub const COPIES: &str = ".ninefold-last/";

/// What our own files at a place are sent with.
pub const OWN: Headers = Headers { content_type: "application/json", cache_control: "no-store", coding: None };

/// Whether `path` is a file of ours that is no part of the site.
pub fn is_own(path: &str) -> bool {
    path.starts_with(OWN_NAMES)
}

/// Whether `path` names a file of the place, in the one way in which we write it: a file with two names could be removed by one
/// of them and be wanted by the other.
pub fn is_inside(path: &str) -> bool {
    !path.contains('\\')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
        && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}
