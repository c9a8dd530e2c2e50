//! The size of the search index, by the number of pages in it. Knows what indexing takes; makes no index.

use crate::config;
use crate::diagnostic::{Diagnostic, rules};

rules! {
    LARGE_SEARCH = "large-search", warning, "the search index of so many pages takes long to make";
}

/// Pages above which a warning says that the index is large.
const MANY: usize = 20_000;
/// What indexing takes of memory, in pages a gigabyte: about 180 KB each.
const PAGES_A_GIGABYTE: usize = 5_500;

/// The warning of an index of so many pages, if they are many.
pub fn large_search(pages: usize) -> Option<Diagnostic> {
    (pages > MANY).then(|| {
        let gigabytes = pages.div_ceil(PAGES_A_GIGABYTE);
        let message = format!("the search index of {pages} pages takes about {gigabytes} GB of memory to make");
        Diagnostic::new(LARGE_SEARCH, message)
            .in_file(&config::path())
            .help("write `search: false` to do without it, and leave readers `/browse/`")
    })
}
