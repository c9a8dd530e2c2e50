//! Full-text search: the index that browsers ask piece by piece, made of what the site says of each page. Knows entries and
//! prose; writes nothing and keeps nothing.
//!
//! The index is a bundle: one key, many files. Equal keys mean equal files, so a build that changed no text makes none.

mod bundle;
mod names;
mod page;

use rayon::prelude::*;

use crate::diagnostic::Rule;
use crate::model::{DocId, Hash};
use crate::site::{Site, Viewer};

pub use bundle::{Bundle, Progress, bundle, failed, page_html};

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[bundle::RULES];

/// The key of the index of `site`: the hash of every text and name in it, and of the program that makes it.
pub fn key(site: &Site, program: Hash) -> Hash {
    let entries: Vec<Hash> = site.searched().par_iter().map(|doc| entry_hash(site, *doc)).collect();
    let words = site.words().hash();
    Hash::of_value(&(program, &site.config.language, words, entries, Viewer::new(site).search_vocabulary()))
}

fn entry_hash(site: &Site, doc: DocId) -> Hash {
    let math = site.documents()[doc.index()].front.math();
    Hash::of_value(&(Viewer::new(site).search_entry(doc), math))
}
