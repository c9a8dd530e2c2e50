//! The version that a place showed before, so that it can be brought again: what its files were, and copies of those that were
//! replaced. Owns the list and the copies at the place; does not know why a version is replaced.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::config::Coding;
use crate::diagnostic::Diagnostic;
use crate::model::Hash;
use crate::publish::coding;
use crate::publish::faults::failed;
use crate::publish::plan::Upload;
use crate::publish::refusals::NO_LAST_VERSION;
use crate::publish::stores::{COPIES, Condition, OWN, Store, StoreFault, is_inside};

/// The path of the list at the place.
const LAST: &str = ".ninefold-last.json";
const VERSION: u32 = 1;

/// A version that was replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Last {
    /// The content of each of its files.
    pub files: BTreeMap<String, Hash>,
    /// The contents that copies are kept of; what is not among them is still at its own path.
    copies: BTreeSet<Hash>,
    /// Copies of older versions, which are to be removed.
    stale: BTreeSet<Hash>,
}

/// The same as it stands at the place, hashes as hexadecimal digits.
#[derive(Default, Serialize, Deserialize)]
struct Written {
    version: u32,
    files: BTreeMap<String, String>,
    copies: BTreeSet<String>,
    #[serde(default)]
    stale: BTreeSet<String>,
}

impl Last {
    /// The version that is kept at the place.
    pub fn at(store: &dyn Store) -> Result<Option<Self>, StoreFault> {
        let Some((bytes, _)) = store.get(LAST)? else { return Ok(None) };
        let written: Option<Written> = serde_json::from_slice(&bytes).ok();
        Ok(written.and_then(|written| Self::read(&written)))
    }

    /// Whatever stands in it, no path may lead out of the place.
    fn read(written: &Written) -> Option<Self> {
        if written.version != VERSION || !written.files.keys().all(|path| is_inside(path)) {
            return None;
        }
        let hashes = |texts: &BTreeSet<String>| -> Option<BTreeSet<Hash>> {
            texts.iter().map(|text| Hash::from_hex(text)).collect()
        };
        let files: Option<_> =
            written.files.iter().map(|(path, text)| Some((path.clone(), Hash::from_hex(text)?))).collect();
        Some(Self { files: files?, copies: hashes(&written.copies)?, stale: hashes(&written.stale)? })
    }

    /// The version of these files, which is replaced by one without the contents `replaced`. An unfinished run that replaced it has
    /// left copies already.
    pub fn after(before: Option<Self>, files: BTreeMap<String, Hash>, replaced: BTreeSet<Hash>) -> Self {
        let before = before.unwrap_or_default();
        let mut copies = replaced;
        let mut stale: BTreeSet<Hash> = before.stale;
        if before.files == files {
            copies.extend(before.copies);
        } else {
            stale.extend(before.copies);
        }
        stale.retain(|hash| !copies.contains(hash));
        Self { files, copies, stale }
    }

    pub fn write(&self, store: &dyn Store) -> Result<(), StoreFault> {
        let texts = |hashes: &BTreeSet<Hash>| hashes.iter().map(Hash::to_string).collect();
        let files = self.files.iter().map(|(path, hash)| (path.clone(), hash.to_string())).collect();
        let written = Written { version: VERSION, files, copies: texts(&self.copies), stale: texts(&self.stale) };
        // Plain maps of texts: writing them to memory does not fail.
        let bytes = serde_json::to_vec(&written).unwrap_or_default();
        store.put(LAST, bytes, OWN, &Condition::Always).map(drop)
    }

    /// The paths of copies of older versions, which are taken from the list.
    pub fn take_stale(&mut self) -> Vec<String> {
        std::mem::take(&mut self.stale).into_iter().map(copy).collect()
    }

    /// The paths of everything that is kept, the list last.
    pub fn paths(self) -> Vec<String> {
        self.copies.into_iter().chain(self.stale).map(copy).chain([LAST.to_owned()]).collect()
    }
}

/// The path of the copy of a content.
pub fn copy(content: Hash) -> String {
    format!("{COPIES}{content}")
}

/// Where the content of a file of the last version may be.
pub fn paths(upload: &Upload) -> [String; 2] {
    [copy(upload.hash), upload.path.clone()]
}

/// The content of a file of the last version: its copy, or what is still at its path.
pub fn bytes(store: &dyn Store, upload: &Upload) -> Result<Vec<u8>, Diagnostic> {
    for path in &paths(upload) {
        let found = store.get(path).map_err(|fault| failed(path, &fault))?;
        if let Some(bytes) = found.and_then(|(bytes, _)| with_content(bytes, upload.hash)) {
            return Ok(bytes);
        }
    }
    let message = format!("of the last version `{}` is not kept, or others changed it", upload.path);
    Err(Diagnostic::new(NO_LAST_VERSION, message)
        .help("build the version that you want from its sources, and publish that"))
}

/// These bytes, or what they unpack to, if that is the content.
fn with_content(bytes: Vec<u8>, content: Hash) -> Option<Vec<u8>> {
    if Hash::of(&bytes) == content {
        return Some(bytes);
    }
    let unpacked = |coding| coding::unpacked(coding, &bytes).filter(|plain| Hash::of(plain) == content);
    [Coding::Gzip, Coding::Brotli].into_iter().find_map(unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_of_an_unfinished_run_stay_and_those_of_older_versions_go() {
        let [a, b, c] = [b"a", b"b", b"c"].map(|text| Hash::of(text));
        let files = |hash| BTreeMap::from([("index.html".to_owned(), hash)]);
        let first = Last::after(None, files(a), BTreeSet::from([a]));
        let again = Last::after(Some(first.clone()), files(a), BTreeSet::from([b]));
        assert_eq!((again.copies, again.stale), (BTreeSet::from([a, b]), BTreeSet::new()));
        let next = Last::after(Some(first), files(c), BTreeSet::from([c]));
        assert_eq!((next.copies, next.stale), (BTreeSet::from([c]), BTreeSet::from([a])));
    }
}
