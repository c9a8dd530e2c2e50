//! Full-text search: the index that browsers ask piece by piece, made of what the site says of each page. Knows entries and
//! prose; writes nothing and keeps nothing.
//!
//! The index is a bundle: one key, many files. Equal keys mean equal files, so a build that changed no text makes none.

mod bundle;
mod page;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::model::{DocId, Hash, SourcePath};
use crate::site::{Site, Viewer};

pub use bundle::{Bundle, Progress, bundle, page_html};

rules! {
    LARGE_SEARCH = "large-search", warning, "the search index of so many pages takes long to make";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, bundle::RULES];

/// Pages above which a site is told that its index is large.
pub const MANY: usize = 20_000;
/// What indexing takes of memory, in pages a gigabyte: about 180 KB each.
const PAGES_A_GIGABYTE: usize = 5_500;

/// The key of the index of `site`: the hash of every text in it, and of the program that makes it.
pub fn key(site: &Site, program: Hash) -> Hash {
    let entries: Vec<Hash> = site.searched().par_iter().map(|doc| entry_hash(site, *doc)).collect();
    Hash::of_value(&(program, &site.config.language, entries))
}

fn entry_hash(site: &Site, doc: DocId) -> Hash {
    let math = site.documents()[doc.index()].front.math();
    Hash::of_value(&(Viewer::new(site).search_entry(doc), math))
}

/// A word about an index of many pages.
pub fn warning(pages: usize, config: &SourcePath) -> Option<Diagnostic> {
    (pages > MANY).then(|| {
        let gigabytes = pages.div_ceil(PAGES_A_GIGABYTE);
        Diagnostic::new(
            LARGE_SEARCH,
            format!("the search index of {pages} pages takes about {gigabytes} GB of memory to make"),
        )
        .in_file(config)
        .help("write `search: false` to do without it, and leave readers `/browse/`")
    })
}
