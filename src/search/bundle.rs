//! The files of the index. Knows the indexer and the order in which it is fed; chooses no folder.

use std::collections::BTreeMap;
use std::sync::mpsc;

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, rules};
use crate::guard::{self, guarded};
use crate::model::DocId;
use crate::render::{self, Sources};
use crate::site::search::FOLDER;
use crate::site::{Site, Viewer};

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

/// Hears how many pages of how many are indexed.
pub type Progress<'a> = dyn Fn(usize, usize) + Sync + 'a;

/// Pages whose HTML is made at once, on all cores, before the indexer takes them one by one.
const BATCH: usize = 64;

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

/// Indexes every searched page of `site`. The same site gives the same files. Must not be called from asynchronous code.
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
    let mut done = 0;
    progress(done, docs.len());
    std::thread::scope(|scope| {
        // The next batch is made while the indexer, which has one core for this, takes the one before.
        let (give, take) = mpsc::sync_channel(1);
        let docs = &docs;
        let make = move || {
            // Who takes them may have given up.
            let _ = docs.chunks(BATCH).map(|batch| pages(site, sources, batch)).try_for_each(|batch| give.send(batch));
        };
        guard::thread("search").spawn_scoped(scope, make).map_err(|error| fail(&error))?;
        for batch in take {
            let batch = batch?;
            runtime.block_on(async {
                for (url, html) in batch {
                    index.add_html_file(None, Some(url), html).await.map_err(|error| fail(&error))?;
                    done += 1;
                    progress(done, docs.len());
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
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

/// The address of each page and what is indexed of it.
fn pages(site: &Site, sources: &Sources<'_>, docs: &[DocId]) -> Result<Vec<(String, String)>, Diagnostic> {
    let page = |doc: &DocId| {
        let path = &site.documents()[doc.index()].path;
        let what = || "the page could not be indexed".to_owned();
        let page = || Ok((site.url(*doc).to_string(), page_html(site, sources, *doc)?));
        guarded(what, page).map_err(|fault| fault.in_file(path)).and_then(|page| page)
    };
    docs.par_iter().map(page).collect()
}

/// What is indexed of one page.
pub fn page_html(site: &Site, sources: &Sources<'_>, doc: DocId) -> Result<String, Diagnostic> {
    let viewer = Viewer::new(site);
    let (entry, text) = (viewer.search_entry(doc), viewer.search_text(doc));
    let prose = render::plain_prose(&text.body, sources, site.words())?;
    Ok(page::html(&entry, &text, &prose))
}

const WITHOUT: &str = "write `search: false` in site.yaml to go on without it";

fn failed(why: &str) -> Diagnostic {
    Diagnostic::new(SEARCH, format!("the search index can't be made: {why}")).help(WITHOUT).help("please report it")
}
