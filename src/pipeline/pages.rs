//! Every page of a site, made on all cores. Knows how to go through them; what is done with each is the caller's.

use std::collections::BTreeMap;
use std::time::Duration;

use rayon::prelude::*;

use crate::assemble::{AT_ONCE, Assembled};
use crate::diagnostic::Diagnostic;
use crate::guard::guarded;
use crate::load::{picture_bytes, timed};
use crate::model::{SourcePath, UrlPath};
use crate::render::{self, Highlighter, Renderer, Theme};

/// What came of a page.
pub struct Made<T> {
    pub url: UrlPath,
    pub result: Result<T, Diagnostic>,
    pub took: Duration,
}

/// Runs `work` on every page, which makes nothing of one that is not there. A page that panics is one error, and the others go on.
pub fn each_page<T: Send>(
    assembled: &Assembled,
    theme: &Theme,
    highlighter: &Highlighter,
    work: impl Fn(&UrlPath, &Renderer<'_>) -> Option<Result<T, Diagnostic>> + Sync,
) -> Vec<Made<T>> {
    let sources = |path: &SourcePath| assembled.text(path);
    let renderer = Renderer { theme, highlighter, sources: &sources, pictures: &picture_bytes };
    let urls: Vec<&UrlPath> = assembled.site.urls().map(|(url, _)| url).collect();
    let made: Vec<Option<Made<T>>> = urls
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|url| {
            let what = || format!("the page `{url}` could not be made");
            let panicked = |fault: Diagnostic| Some(Err(fault.maybe_in_file(assembled.site.source_of(url))));
            let (result, took) = timed(|| guarded(what, || work(url, &renderer)).unwrap_or_else(panicked));
            Some(Made { url: url.clone(), result: result?, took })
        })
        .collect();
    made.into_iter().flatten().collect()
}

/// One fault of a template is found on every page that uses it: it is reported once, with the first page and the number of others.
pub fn deduplicated(faults: Vec<(UrlPath, Diagnostic)>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<Diagnostic, (UrlPath, usize)> = BTreeMap::new();
    for (url, fault) in faults {
        groups.entry(fault).or_insert((url, 0)).1 += 1;
    }
    let merged = |(fault, (url, pages)): (Diagnostic, (UrlPath, usize))| match (fault.rule == render::TEMPLATE, pages) {
        (false, _) => fault,
        (true, 1) => fault.help(format!("met on the page `{url}`")),
        (true, n) => fault.help(format!("met on the page `{url}` and {} more", n - 1)),
    };
    groups.into_iter().map(merged).collect()
}
