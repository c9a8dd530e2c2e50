//! What can be checked only when every address is known: links by path, the menu, the files that site.yaml names. Changes
//! nothing.

pub mod blocked;
pub mod collisions;
pub mod large_search;
pub mod lints;
mod quotations;
pub mod series_faults;

use std::borrow::Cow;

use crate::config;
use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{LONG_VALUE, Placed, shortened};
use crate::link::{BROKEN_ANCHOR, BROKEN_LINK, Link, MAX_HINTS, doc_id, on_another_host, softened};
use crate::model::{Pattern, SourceKind, UrlPath, nearest};
use crate::outline::{Front, unknown_pattern};
use crate::site::parts::pictures::{image_file, picture_faults};
use crate::site::{PageKind, Site};
use lints::lints;

pub(super) fn check(site: &Site, faults: &mut Vec<Diagnostic>) {
    for (n, document) in site.documents().iter().enumerate() {
        if document.kind == SourceKind::Pattern && Pattern::from_id(&document.id).is_none() {
            let fault = unknown_pattern(&document.id).in_file(&document.path);
            faults.push(fault.help("the list of nine is closed; a concept goes into `content/concepts/`"));
        }
        for (reference, link) in document.body.references.iter().zip(site.linked.links[n].iter()) {
            if let Link::Path { url, anchor } = link
                && let own = Some(&site.linked.urls[n])
                && let Some(fault) = path_fault(site, url, anchor.as_deref(), own, faults.len() < MAX_HINTS)
            {
                faults.extend(softened(fault.at(&document.path, reference.span), document, &site.linked.status[n]));
            }
        }
        if let Front::Essay(front) = &document.front
            && let Some(image) = &front.image
            && site.linked.is_published(doc_id(n))
            && image_file(document, &site.files).is_none()
        {
            let message = format!("there is no picture `{}`", shortened(&image.value));
            faults.push(
                Diagnostic::new(MISSING_FILE, message)
                    .in_place(&document.path, image.spot.clone())
                    .help("name a file beside the essay's `index.md`, or in `static/` as `/name.png`"),
            );
        }
    }
    faults.extend(picture_faults(site));
    collisions::report_same_feed_ids(site, faults);
    quotations::check(site, faults);
    lints(site, faults);
    series_faults::check(site, faults);
    for file in site.config.logo.iter().chain(&site.config.extra_css) {
        check_static(site, file, faults);
    }
    let entries = site.chrome.menu.len();
    if entries > MAX_MENU {
        let message = format!("the menu has {entries} entries, and may have {MAX_MENU}");
        let help = "take entries out of `menu` in site.yaml, or `menu` out of the front matter of pages";
        faults.push(Diagnostic::new(LONG_VALUE, message).in_file(&config::path()).help(help));
    }
    for link in &site.config.menu {
        let path = link.url.split(['#', '?']).next().unwrap_or_default();
        if path.starts_with('/')
            && let Some(fault) = path_fault(site, &UrlPath::new(path), None, None, true)
        {
            faults.push(fault.in_place(&config::path(), link.spot.clone()));
        }
    }
}

rules! {
    MISSING_FILE = "missing-file", error, "a file that is named is not there", front "image: queue.png";
}

/// Entries of the menu: every page has it.
const MAX_MENU: usize = 60;
const IN_TEXT: &str = "link to a file instead: `[words](other-essay.md)`";
const IN_MENU: &str = "write the address of a page of this site, such as `/about/`";

/// What is wrong with a link to `url` in the text at `own`, or in the menu.
fn path_fault(
    site: &Site,
    url: &UrlPath,
    anchor: Option<&str>,
    own: Option<&UrlPath>,
    hints: bool,
) -> Option<Diagnostic> {
    if site.has(url.as_str()) {
        return match anchor {
            Some(anchor) if !anchor.starts_with("nf-") => Some(
                Diagnostic::new(BROKEN_ANCHOR, format!("`{url}` has no heading `#{}`", shortened(anchor)))
                    .help("leave the anchor out"),
            ),
            _ => None,
        };
    }
    let fault = Diagnostic::new(BROKEN_LINK, format!("nothing is at `{}`", shortened(url.as_str())));
    let other = moved(site, url.as_str()).or_else(|| elsewhere(site, url.as_str())).or_else(|| on_host(url.as_str()));
    if let Some(other) = other {
        return Some(fault.help(format!("did you mean `{other}`?")));
    }
    // A text does not mean itself, nor an old address that leads to it.
    let is_own = |page: PageKind| matches!(page, PageKind::Redirect(doc) if Some(site.url(doc)) == own);
    let others = site.pages.iter().filter(|(url, page)| Some(*url) != own && !is_own(**page));
    let near = if hints { nearest(url.as_str(), others.map(|(url, _)| url.as_str())) } else { None };
    let otherwise = if own.is_some() { IN_TEXT } else { IN_MENU };
    Some(match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(otherwise),
    })
}

/// Where `url` leads without what an address in a browser, or a path on disk, has before it and behind, or with the slash that it
/// lacks; the feed for what others call theirs.
fn moved<'a>(site: &Site, url: &'a str) -> Option<Cow<'a, str>> {
    let bases = [site.config.base_url.path(), "/static", "/content/static", "/content/pages", "/content", ""];
    let rests = bases.into_iter().filter_map(|base| url.strip_prefix(base));
    rests.flat_map(spellings).find(|url| site.has(url)).filter(|moved| moved != url)
}

/// The address on another host that `url` ends with: `/notes/github.com/ada`.
fn on_host(url: &str) -> Option<Cow<'_, str>> {
    let starts = url.match_indices('/').map(|(at, _)| &url[at + 1..]);
    starts.filter(|rest| !rest.contains('@')).find_map(on_another_host).map(Cow::Owned)
}

/// How a page of the address `url` might be called here.
fn spellings(url: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let stem = [".html", ".htm", ".md"].iter().find_map(|ending| url.strip_suffix(ending));
    let folder = stem.and_then(|stem| stem.strip_suffix("index")).map(Cow::Borrowed);
    let page = Cow::Owned(format!("{}/", stem.unwrap_or(url)));
    let feed = url.trim_end_matches('/').rsplit_once('/').filter(|(_, name)| FEEDS.contains(name));
    let feed = feed.map(|(folder, _)| Cow::Owned(format!("{folder}/feed.xml")));
    [Some(Cow::Borrowed(url)), folder, Some(page), feed].into_iter().flatten()
}

/// What others call a feed.
const FEEDS: [&str; 6] = ["feed", "rss", "rss.xml", "atom.xml", "index.xml", "feed.atom"];

/// Where the document is that `url` would be the address of if neither it nor the settings said otherwise.
fn elsewhere<'a>(site: &'a Site, url: &str) -> Option<Cow<'a, str>> {
    let url = url.strip_prefix("/content").unwrap_or(url);
    let url = url.strip_suffix(".md").or_else(|| url.strip_suffix(".html")).unwrap_or(url);
    let (kind, id) = match url.trim_matches('/').split_once('/') {
        Some((folder, id)) if SourceKind::from_folder(folder).is_some() => (SourceKind::from_folder(folder)?, id),
        _ => (SourceKind::Page, url.trim_matches('/')),
    };
    let is_meant = |n: &usize| {
        let document = &site.documents()[*n];
        document.kind == kind && document.id == id && site.linked.is_published(doc_id(*n))
    };
    let n = (0..site.documents().len()).find(is_meant)?;
    Some(Cow::Borrowed(site.linked.urls[n].as_str()))
}

fn check_static(site: &Site, file: &Placed<String>, faults: &mut Vec<Diagnostic>) {
    if !site.has(&format!("/{}", file.value)) {
        let known = site.linked.file_urls.iter().map(|url| &url.as_str()[1..]);
        let help = nearest(&file.value, known)
            .map_or_else(|| "put it there, or delete the line".to_owned(), |near| format!("did you mean `{near}`?"));
        faults.push(
            Diagnostic::new(MISSING_FILE, format!("there is no file `content/static/{}`", shortened(&file.value)))
                .in_place(&config::path(), file.spot.clone())
                .help(help),
        );
    }
}
