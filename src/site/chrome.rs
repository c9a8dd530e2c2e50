//! What every page shows of the site: menu, assets, feeds. Knows which kinds a site uses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::{Config, is_right_to_left};
use crate::index::Index;
use crate::link::Linked;
use crate::load::FileInput;
use crate::model::{DocId, SourceKind, UrlPath};
use crate::outline::{Document, Front};
use crate::picture::Size;
use crate::policy;
use crate::words::Words;

use super::Asset;
use super::assets::COLOURS;
use super::view::{Chrome, MenuItem};

/// What the chrome is made of besides documents and files.
pub(super) struct Used<'a> {
    pub config: &'a Config,
    pub linked: &'a Linked,
    pub index: &'a Index,
    pub words: &'a Words,
}

pub(super) fn chrome(used: &Used<'_>, documents: &[Arc<Document>], assets: &[Asset], files: &[FileInput]) -> Chrome {
    let Used { config, index, .. } = *used;
    let base = &config.base_url;
    let link = |path: &str| base.link(&UrlPath::new(path));
    let has_essays = !index.essays.is_empty();
    Chrome {
        title: config.title.clone(),
        description: config.description.clone(),
        author: config.author.clone(),
        language: config.language.clone(),
        dir: if is_right_to_left(&config.language) { "rtl" } else { "ltr" },
        base: base.path().to_owned(),
        home: link("/"),
        menu: menu(used, documents),
        logo: config.logo.as_ref().map(|logo| link(&format!("/{}", logo.value))),
        logo_size: config.logo.as_ref().and_then(|logo| size_of(&format!("content/static/{}", logo.value), files)),
        icon: icon(files, assets).map(|url| base.link(&url)),
        extra_css: config.extra_css.iter().map(|file| link(&format!("/{}", file.value))).collect(),
        colours_css: assets.iter().find(|asset| asset.name == COLOURS).map(|asset| base.link(&asset.url)),
        assets: assets.iter().map(|asset| (asset.name.clone(), base.link(&asset.url))).collect::<BTreeMap<_, _>>(),
        search: super::machines::search::links(config),
        feed: has_essays.then(|| link("/feed.xml")),
        json_feed: has_essays.then(|| link("/feed.json")),
        policy: policy::of_pages(config),
        noindex: config.noindex,
        generator: concat!("Ninefold ", env!("CARGO_PKG_VERSION")),
    }
}

/// The lists that the site has, its pages with a place in the menu, and what its settings add.
fn menu(used: &Used<'_>, documents: &[Arc<Document>]) -> Vec<MenuItem> {
    let Used { config, linked, index, words } = *used;
    let link = |path: &str| config.base_url.link(&UrlPath::new(path));
    let own = |section: &str| MenuItem {
        // The words of lists are named as their folders.
        title: words.text(section).to_owned(),
        url: link(&format!("/{section}/")),
        section: Some(section.to_owned()),
        external: false,
    };
    let list = |kind: SourceKind| own(kind.folder());
    let mut menu = Vec::new();
    if !index.essays.is_empty() {
        menu.push(list(SourceKind::Essay));
    }
    menu.push(list(SourceKind::Pattern));
    if !index.concepts.is_empty() {
        menu.push(list(SourceKind::Concept));
    }
    if !index.incidents.is_empty() {
        menu.push(list(SourceKind::Incident));
    }
    if !index.essays.is_empty() {
        menu.push(own("browse"));
    }
    for (doc, document) in menu_pages(documents, linked, index) {
        menu.push(MenuItem {
            title: document.title().to_owned(),
            url: config.base_url.link(&linked.urls[doc.index()]),
            section: Some(document.id.clone()),
            external: false,
        });
    }
    menu.extend(config.menu.iter().map(|entry| {
        let inside = entry.url.starts_with('/');
        MenuItem {
            title: entry.title.clone(),
            url: if inside { link(&entry.url) } else { entry.url.clone() },
            section: None,
            external: !inside,
        }
    }));
    menu
}

/// The icon at its usual place in the site's static files, a drawing before pixels; else the theme's.
fn icon(files: &[FileInput], assets: &[Asset]) -> Option<UrlPath> {
    let own = ["favicon.svg", "favicon.png", "favicon.ico"].into_iter().find(|name| {
        let path = format!("content/static/{name}");
        files.binary_search_by(|file| file.path.as_str().cmp(&path)).is_ok()
    });
    let theirs = || assets.iter().find(|asset| asset.name == "favicon.svg").map(|asset| asset.url.clone());
    own.map(|name| UrlPath::new(format!("/{name}"))).or_else(theirs)
}

/// What the picture at `path` says of its size.
fn size_of(path: &str, files: &[FileInput]) -> Option<Size> {
    let n = files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
    files[n].picture.as_ref()?.as_ref().ok()?.size
}

/// Pages with a place in the menu, in its order. A page below another has its place among that one's. The place of a page below another one is in that one's list instead.
fn menu_pages<'a>(documents: &'a [Arc<Document>], linked: &Linked, index: &Index) -> Vec<(DocId, &'a Document)> {
    let url = |doc: &DocId| linked.urls[doc.index()].as_str();
    let taken: BTreeSet<&str> = index.pages.iter().map(url).collect();
    let is_below = |url: &str| url.match_indices('/').any(|(at, _)| at + 1 < url.len() && taken.contains(&url[..=at]));
    let mut pages: Vec<(i64, DocId, &Document)> = index
        .pages
        .iter()
        .filter(|doc| !is_below(url(doc)))
        .filter_map(|doc| {
            let document: &Document = &documents[doc.index()];
            match &document.front {
                Front::Page(front) if !document.id.contains('/') => front.menu.map(|place| (place, *doc, document)),
                _ => None,
            }
        })
        .collect();
    pages.sort_by(|a, b| (a.0, &a.2.id).cmp(&(b.0, &b.2.id)));
    pages.into_iter().map(|(_, doc, document)| (doc, document)).collect()
}
