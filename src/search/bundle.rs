//! The files of the index. Knows the indexer and the order in which it is fed; chooses no folder.

use std::collections::BTreeMap;
use std::sync::mpsc;

use crate::diagnostic::{Diagnostic, rules};
use crate::guard::{self, guarded};
use crate::model::DocId;
use crate::render::{self, Sources};
use crate::site::search::FOLDER;
use crate::site::{Site, Viewer};
use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;

use super::{names, page};

rules! {
    SEARCH = "search", error fixed, "the search index can't be made";
}

/// The files of an index by their paths below the site, and how many pages are in it.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    pub files: BTreeMap<String, Vec<u8>>,
    pub pages: usize,
}

/// Hears how many pages of how many are indexed, and answers whether the index is wanted still.
pub type Progress<'a> = dyn Fn(usize, usize) -> bool + Sync + 'a;

/// Pages whose HTML is made before the indexer, which takes longer, comes to them.
const AHEAD: usize = 64;

/// What the indexer brings besides the index that nothing here loads: other user interfaces.
const UNUSED: [&str; 7] = [
    "pagefind-ui.js",
    "pagefind-ui.css",
    "pagefind-modular-ui.js",
    "pagefind-modular-ui.css",
    "pagefind-component-ui.js",
    "pagefind-component-ui.css",
    "pagefind-highlight.js",
];

/// Indexes every searched page of `site`. The same site gives the same files; there are none if the index is not wanted any more.
/// Must not be called from asynchronous code.
pub fn bundle(site: &Site, sources: &Sources<'_>, progress: &Progress<'_>) -> Result<Bundle, Diagnostic> {
    let what = || "the search index could not be made".to_owned();
    guarded(what, || indexed(site, sources, progress)).unwrap_or_else(|fault| Err(fault.help(WITHOUT)))
}

fn indexed(site: &Site, sources: &Sources<'_>, progress: &Progress<'_>) -> Result<Bundle, Diagnostic> {
    let fail = |error: &dyn std::fmt::Display| failed(&error.to_string());
    let docs = site.searched();
    if docs.is_empty() {
        return Ok(Bundle::default());
    }
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| fail(&error))?;
    let config = PagefindServiceConfig::builder().force_language(site.config.language.to_lowercase()).build();
    let mut index = PagefindIndex::new(Some(config)).map_err(|error| fail(&error))?;
    let mut is_wanted = progress(0, docs.len());
    std::thread::scope(|scope| {
        // The next pages are made while the indexer, which has one core for this, takes the one before.
        let (give, take) = mpsc::sync_channel(AHEAD);
        let docs = &docs;
        let make = move || {
            // Who takes them may have given up.
            let _ = docs.iter().map(|doc| page(site, sources, *doc)).try_for_each(|page| give.send(page));
        };
        guard::thread("search").spawn_scoped(scope, make).map_err(|error| fail(&error))?;
        for (n, page) in take.into_iter().enumerate() {
            if !is_wanted {
                break;
            }
            let (url, html) = page?;
            runtime.block_on(index.add_html_file(None, Some(url), html)).map_err(|error| fail(&error))?;
            is_wanted = progress(n + 1, docs.len());
        }
        Ok(())
    })?;
    if !is_wanted {
        return Ok(Bundle::default());
    }
    let files = runtime.block_on(index.get_files()).map_err(|error| fail(&error))?;
    let mut files: BTreeMap<String, Vec<u8>> = files
        .into_iter()
        .filter_map(|file| Some((file.filename.to_str()?.replace('\\', "/"), file.contents)))
        .filter(|(path, _)| !UNUSED.contains(&path.as_str()))
        .collect();
    names::add(&mut files, &Viewer::new(site).search_vocabulary()).map_err(|error| fail(&error))?;
    let folder = FOLDER.trim_start_matches('/');
    let files = files.into_iter().map(|(path, contents)| (format!("{folder}{path}"), contents)).collect();
    Ok(Bundle { files, pages: docs.len() })
}

/// The address of a page and what is indexed of it.
fn page(site: &Site, sources: &Sources<'_>, doc: DocId) -> Result<(String, String), Diagnostic> {
    let what = || "the page could not be indexed".to_owned();
    let page = || Ok((site.url(doc).to_string(), page_html(site, sources, doc)?));
    let path = &site.documents()[doc.index()].path;
    guarded(what, page).map_err(|fault| fault.in_file(path)).and_then(|page| page)
}

/// What is indexed of one page.
pub fn page_html(site: &Site, sources: &Sources<'_>, doc: DocId) -> Result<String, Diagnostic> {
    let viewer = Viewer::new(site);
    let (entry, text) = (viewer.search_entry(doc), viewer.search_text(doc));
    let prose = render::plain_prose(&text.body, sources, site.words())?;
    Ok(page::html(&entry, &text, &prose))
}

const WITHOUT: &str = "write `search: false` in site.yaml to go on without it";

/// The fault of an index that could not be made.
pub fn failed(why: &str) -> Diagnostic {
    Diagnostic::new(SEARCH, format!("the search index can't be made: {why}")).help(WITHOUT).help("please report it")
}
