//! A place whose record, lock and list of the last version stand apart, where readers do not get them. Owns which file is where; knows
//! no kind of store.

use std::time::Duration;

use super::{COPIES, Condition, Headers, LOCK, Listing, Store, StoreFault, Tag, is_own};
use crate::config::Coding;

/// What begins the version of a file that still stands beside the site: it moves when it is written next.
const BESIDE: &str = "beside ";

/// The two places.
pub struct Apart<S> {
    pub site: S,
    pub state: S,
}

impl<S: Store> Apart<S> {
    /// Copies of replaced files stay beside the site, under hashes of their contents: made within one store, they cost no transfer.
    fn of(&self, path: &str) -> &S {
        if is_apart(path) { &self.state } else { &self.site }
    }
}

fn is_apart(path: &str) -> bool {
    is_own(path) && !path.starts_with(COPIES)
}

impl<S: Store> Store for Apart<S> {
    fn keeps_headers(&self) -> bool {
        self.site.keeps_headers()
    }

    fn coding(&self) -> Option<Coding> {
        self.site.coding()
    }

    fn has_folders(&self) -> bool {
        self.site.has_folders()
    }

    fn is_remote(&self) -> bool {
        self.site.is_remote()
    }

    fn list(&self) -> Result<Listing, StoreFault> {
        self.site.list()
    }

    fn get(&self, path: &str) -> Result<Option<(Vec<u8>, Tag)>, StoreFault> {
        let found = self.of(path).get(path)?;
        if found.is_some() || !is_apart(path) || path == LOCK {
            return Ok(found);
        }
        // The place was published before its state stood apart.
        Ok(self.site.get(path)?.map(|(bytes, tag)| (bytes, [BESIDE, &tag].concat())))
    }

    fn put(&self, path: &str, bytes: Vec<u8>, headers: Headers, condition: &Condition) -> Result<Tag, StoreFault> {
        let moves = matches!(condition, Condition::Unchanged(tag) if tag.starts_with(BESIDE));
        let condition = if moves { &Condition::Absent } else { condition };
        let tag = self.of(path).put(path, bytes, headers, condition)?;
        if is_apart(path) && path != LOCK && (moves || *condition == Condition::Always) {
            self.site.delete(path)?;
        }
        Ok(tag)
    }

    fn delete(&self, path: &str) -> Result<(), StoreFault> {
        self.of(path).delete(path)
    }

    fn copy(&self, from: &str, to: &str) -> Result<(), StoreFault> {
        self.site.copy(from, to)
    }

    fn age(&self, path: &str) -> Option<Duration> {
        self.of(path).age(path)
    }

    fn tidy(&self) -> Result<(), StoreFault> {
        self.site.tidy()
    }
}
