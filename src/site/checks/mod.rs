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
use crate::link::{BROKEN_ANCHOR, BROKEN_LINK, Link, MAX_HINTS, doc_id, softened};
use crate::model::{Pattern, SourceKind, UrlPath, nearest};
use crate::outline::{Front, unknown_pattern};
use crate::site::Site;
use crate::site::parts::pictures::{image_file, picture_faults};
use lints::lints;

pub(super) fn check(site: &Site, faults: &mut Vec<Diagnostic>) {
    for (n, document) in site.documents().iter().enumerate() {
        if document.kind == SourceKind::Pattern && Pattern::from_id(&document.id).is_none() {
            let fault = unknown_pattern(&document.id).in_file(&document.path);
            faults.push(fault.help("the list of nine is closed; a concept goes into `content/concepts/`"));
        }
        for (reference, link) in document.body.references.iter().zip(site.linked.links[n].iter()) {
            if let Link::Path { url, anchor } = link
                && let Some(fault) = path_fault(site, url, anchor.as_deref(), IN_TEXT, faults.len() < MAX_HINTS)
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
            && let Some(fault) = path_fault(site, &UrlPath::new(path), None, IN_MENU, true)
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

fn path_fault(site: &Site, url: &UrlPath, anchor: Option<&str>, otherwise: &str, hints: bool) -> Option<Diagnostic> {
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
    let other = moved(site, url.as_str()).or_else(|| elsewhere(site, url.as_str()));
    if let Some(other) = other {
        return Some(fault.help(format!("did you mean `{other}`?")));
    }
    let near = if hints { nearest(url.as_str(), site.pages.keys().map(UrlPath::as_str)) } else { None };
    Some(match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(otherwise),
    })
}

/// Where `url` leads without what an address in a browser, or a path on disk, has before it, or with the slash that it lacks.
fn moved<'a>(site: &Site, url: &'a str) -> Option<Cow<'a, str>> {
    let bases = [site.config.base_url.path(), "/static", "/content/static", ""];
    bases.into_iter().filter_map(|base| url.strip_prefix(base)).find_map(|rest| {
        let with_slash = || Some(format!("{rest}/")).filter(|url| site.has(url)).map(Cow::Owned);
        Some(rest).filter(|url| site.has(url)).map(Cow::Borrowed).or_else(with_slash)
    })
}

/// Where the document is that `url` would be the address of if neither it nor the settings said otherwise.
fn elsewhere<'a>(site: &'a Site, url: &str) -> Option<Cow<'a, str>> {
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
