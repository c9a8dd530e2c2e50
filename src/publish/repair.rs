//! Finds what others changed at a place since the last publication: compares what the place tells with the record. Knows lists
//! and records; changes nothing.

use std::collections::BTreeSet;

use super::record::{Entry, Record};
use super::stores::{Listing, Store, StoreFault};
use crate::model::Hash;

/// How closely a place is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// What the list of the place tells.
    List,
    /// Every file: one that the list does not identify by length and tag is read, or sent again.
    Whole,
}

/// Paths of the record that are gone or may show something else.
pub fn changed(record: &Record, listing: &Listing, look: Look) -> BTreeSet<String> {
    let unused = record.unused.iter().map(|(path, unused)| (path, &unused.entry));
    let entries = record.files.iter().chain(unused);
    entries.filter(|(path, entry)| !is_as_published(path, entry, listing, look)).map(|(path, _)| path.clone()).collect()
}

fn is_as_published(path: &str, entry: &Entry, listing: &Listing, look: Look) -> bool {
    let Some(found) = listing.files.get(path) else { return false };
    match &entry.there {
        Some(there) => found.fits(there),
        None => look == Look::List,
    }
}

/// The same for a place whose list tells no versions: what seems unchanged is read.
pub fn changed_by_reading(
    record: &Record,
    listing: &Listing,
    store: &dyn Store,
) -> Result<BTreeSet<String>, StoreFault> {
    let mut changed = changed(record, listing, Look::List);
    for (path, entry) in &record.files {
        if !changed.contains(path) && store.get(path)?.map(|(bytes, _)| Hash::of(&bytes)) != entry.content() {
            changed.insert(path.clone());
        }
    }
    Ok(changed)
}
