//! What a place remembers of the last publication: which files are ours, with which content and headers, and what a run that
//! was cut short may have touched. Knows its own format.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::stores::{Found, is_inside};
use crate::model::Hash;

/// Its path at the place.
pub const RECORD: &str = ".ninefold-manifest.json";
const VERSION: u32 = 1;

/// The record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    version: u32,
    pub files: BTreeMap<String, Entry>,
    /// Assets that no page names any more, kept for readers who have an older page open.
    #[serde(default)]
    pub unused: BTreeMap<String, Unused>,
    /// Paths that a run may have written or removed since: nothing is known of them.
    #[serde(default)]
    pub pending: BTreeSet<String>,
    /// Paths that caches may still have in an older version.
    #[serde(default)]
    pub unpurged: BTreeSet<String>,
    /// Since when the version before this one is kept; none if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Timestamp>,
    /// When what is published here may be removed; none if it stays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// This is the last version, brought again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub went_back: bool,
}

/// One file of the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Of the content, 64 hexadecimal digits.
    pub hash: String,
    /// Short hash of what the file is sent with.
    pub headers: String,
    /// The length and tag that the place reported once the file was written; none in records of older programs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub there: Option<Found>,
}

/// A file that is kept for a while.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unused {
    #[serde(flatten)]
    pub entry: Entry,
    /// When it was named last.
    pub since: Timestamp,
}

impl Entry {
    /// The content's hash; none if the record was tampered with.
    pub fn content(&self) -> Option<Hash> {
        Hash::from_hex(&self.hash)
    }

    /// Whether both are the same file sent in the same way.
    pub fn is_like(&self, other: &Self) -> bool {
        self.hash == other.hash && self.headers == other.headers
    }
}

impl Default for Record {
    fn default() -> Self {
        Self {
            version: VERSION,
            files: BTreeMap::new(),
            unused: BTreeMap::new(),
            pending: BTreeSet::new(),
            unpurged: BTreeSet::new(),
            last: None,
            expires: None,
            went_back: false,
        }
    }
}

impl Record {
    /// Reads a record. Whatever stands in it, no path may lead out of the place: files are removed by it.
    pub fn parse(bytes: &[u8]) -> Result<Self, String> {
        let record: Self = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if record.version != VERSION {
            return Err(format!("it is of version {}, this is {VERSION}", record.version));
        }
        let paths = record.files.keys().chain(record.unused.keys()).chain(&record.pending);
        match paths.into_iter().find(|path| !is_inside(path)) {
            Some(path) => Err(format!("`{path}` leads out of the place")),
            None => Ok(record),
        }
    }

    /// The content of the file at `path`.
    pub fn hash_of(&self, path: &str) -> Option<Hash> {
        self.files.get(path).and_then(Entry::content)
    }

    /// The content of each file of the site.
    pub fn hashes(&self) -> BTreeMap<String, Hash> {
        self.files.iter().filter_map(|(path, entry)| Some((path.clone(), entry.content()?))).collect()
    }

    /// Takes these paths for ones of which nothing is known; returns them in order.
    pub fn distrust(&mut self, paths: BTreeSet<String>) -> Vec<String> {
        self.pending.extend(paths.iter().cloned());
        paths.into_iter().collect()
    }

    /// The bytes to write.
    pub fn bytes(&self) -> Vec<u8> {
        // Plain maps of texts: writing them to memory does not fail.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_reads_back_and_never_leads_out() {
        let entry = Entry { hash: Hash::of(b"a").to_string(), headers: "0".to_owned(), there: None };
        let mut record = Record::default();
        record.files.insert("a/index.html".to_owned(), entry.clone());
        record.unused.insert("b.css".to_owned(), Unused { entry, since: Timestamp::UNIX_EPOCH });
        assert_eq!(Record::parse(&record.bytes()), Ok(record.clone()));
        for path in ["../x", "/etc/passwd", "a/../../x", "", "a\\..\\b", "a//b", "./a", "a/./b", "a/"] {
            let mut bad = record.clone();
            bad.pending.insert(path.to_owned());
            assert!(Record::parse(&bad.bytes()).is_err(), "{path}");
        }
        assert!(Record::parse(b"{\"version\":2,\"files\":{}}").is_err());
        assert!(Record::parse(b"").is_err());
    }
}
