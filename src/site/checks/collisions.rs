//! What two pages can't both have: an address, also where only letter case or Unicode form tells them apart, and a name. Knows
//! claims on addresses; gives none.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Spot, rules};
use crate::fields::{Placed, shortened};
use crate::link::doc_id;
use crate::model::{DocId, SourceKind, SourcePath, UrlPath};
use crate::outline::{Document, Front};
use crate::site::pages::{authors, series};
use crate::site::{PageKind, Site};

rules! {
    URL_TAKEN = "url-taken", error fixed, "two pages would have one address";
    NAME_TAKEN = "name-taken", error fixed, "two essays in different folders have one name";
    DUPLICATE_FEED_ID = "duplicate-feed-id", error, "two texts have one `feed_id`, so that readers of feeds see one of them";
    NEEDLESS_ALIAS = "needless-alias", warning, "an old address is the page's own, or stands twice", front "aliases: [/essays/a/]";
}

/// What the names begin with of the files that the program makes beside those of the site: lists of them, locks. They stand in
/// the outermost folder of an output and of a place that is published to.
pub const OWN_NAMES: &str = ".ninefold-";

/// What claims an address, for the error.
#[derive(Clone)]
pub(in crate::site) struct Claim {
    pub url: UrlPath,
    pub kind: PageKind,
    /// The file it comes from and the part of it that says so; none for pages that Ninefold makes.
    pub source: Option<(SourcePath, Spot)>,
}

pub(in crate::site) fn report(site: &Site, second: &Claim, first: &Claim, faults: &mut Vec<Diagnostic>) {
    if let (PageKind::Series(first, 1), PageKind::Series(second, 1)) = (first.kind, second.kind) {
        faults.push(same_series(site.document(first), site.document(second)));
        return;
    }
    if let (PageKind::Author(first, 1), PageKind::Author(second, 1)) = (first.kind, second.kind) {
        let name = |place: u32| authors::authors(&site.index, &site.config).nth(place as usize);
        if let (Some(first), Some(second)) = (name(first), name(second)) {
            let of_second = site.index.authors.get(second).and_then(|essays| essays.first());
            let path = of_second.map(|doc| &site.document(*doc).path);
            faults.push(same_author(first, second).maybe_in_file(path));
        }
        return;
    }
    // Of a file and a page that Ninefold makes, the file is the one to change.
    let (second, first) = if second.source.is_some() { (second, first) } else { (first, second) };
    // Of two texts, the one whose slug says so.
    let says_so = |claim: &Claim| matches!(claim.kind, PageKind::Essay(doc) if has_slug(site, doc));
    let (second, first) = if says_so(first) && !says_so(second) { (first, second) } else { (second, first) };
    let Some((path, spot)) = second.source.clone() else { return };
    let url = &second.url;
    if let PageKind::Redirect(doc) = second.kind
        && let Some(why) = needless(doc, first.kind)
    {
        let fault = Diagnostic::new(NEEDLESS_ALIAS, format!("the alias `{url}` {why}"));
        faults.push(fault.in_place(&path, spot).help("delete it"));
        return;
    }
    let what = match second.kind {
        PageKind::Redirect(_) => "the alias",
        _ if says_so(second) => "the slug's address",
        _ => "the address",
    };
    let differ = if url.file() == first.url.file() { "" } else { " (they differ only in letter case or Unicode form)" };
    let message = match &first.source {
        Some((other, _)) if *other == path => {
            format!("two files are named `{path}`: the names differ only in how accents are stored (Unicode form)")
        }
        Some((other, _)) => format!("{what} `{url}` is taken by `{other}`{differ}"),
        None => format!("{what} `{url}` is taken by the page that Ninefold makes at `{}`{differ}", first.url),
    };
    let help = match (second.kind, &first.source) {
        (PageKind::Redirect(_), Some(_)) => "delete the alias, or rename the other page",
        (PageKind::Redirect(_), None) => "delete the alias",
        (PageKind::Essay(doc) | PageKind::Incident(doc) | PageKind::Concept(doc, _) | PageKind::Page(doc), _)
            if site.document(doc).front.own_address().is_some() =>
        {
            "choose another `url`"
        }
        (PageKind::Essay(doc), _) if has_slug(site, doc) => "choose another `slug`",
        (_, Some(_)) => "rename one of the two files",
        (_, None) => "rename the file",
    };
    faults.push(Diagnostic::new(URL_TAKEN, message).in_place(&path, spot).help(help));
}

/// Two authors whose names differ too little for two addresses.
fn same_author(first: &str, second: &str) -> Diagnostic {
    let message = format!(
        "the authors `{}` and `{}` would both be at `{}`",
        shortened(first),
        shortened(second),
        authors::url(second)
    );
    Diagnostic::new(URL_TAKEN, message).help("write the name in one way if they are one, or in ways that differ more")
}

/// Two long series whose names differ too little for two addresses.
fn same_series(first: &Document, second: &Document) -> Diagnostic {
    let [a, b] = [first, second].map(|part| shortened(series::series_name(part).unwrap_or_default()));
    let message = format!("the series `{a}` and `{b}` would both be at `{}`", series::url_of(second));
    Diagnostic::new(URL_TAKEN, message)
        .in_file(&second.path)
        .help("give them one name, or names that differ in more than capitals and marks")
}

/// Why an alias of `doc` is one too many where `first` is already.
fn needless(doc: DocId, first: PageKind) -> Option<&'static str> {
    match first {
        PageKind::Essay(other) | PageKind::Incident(other) | PageKind::Page(other) | PageKind::Concept(other, 1)
            if other == doc =>
        {
            Some("is the page's own address")
        }
        PageKind::Redirect(other) if other == doc => Some("stands there twice"),
        _ => None,
    }
}

fn has_slug(site: &Site, doc: DocId) -> bool {
    matches!(&site.document(doc).front, Front::Essay(front) if front.slug.is_some())
}

/// A file where another address needs a folder: `static/about` beside `/about/`.
pub(in crate::site) fn report_files_in_the_way(
    claims: &[Claim],
    folded: &[String],
    taken: &HashMap<&str, usize>,
    faults: &mut Vec<Diagnostic>,
) {
    let report = |claim: &Claim, first: &Claim| {
        let (path, spot) = first.source.clone().or_else(|| claim.source.clone())?;
        let message = format!("the file `{}` is where `{}` needs a folder", first.url, claim.url);
        Some(Diagnostic::new(URL_TAKEN, message).in_place(&path, spot).help("rename one of the two files"))
    };
    let in_the_way = claims.par_iter().zip(folded).flat_map_iter(|(claim, folded)| {
        let folders = folded.match_indices('/').map(|(slash, _)| &folded[..slash]);
        folders.filter_map(move |folder| report(claim, &claims[*taken.get(folder)?]))
    });
    faults.extend(in_the_way.collect::<Vec<_>>());
}

/// Anything of the author's at a name that the program's own files have.
pub(in crate::site) fn report_own_names(claims: &[Claim], folded: &[String], faults: &mut Vec<Diagnostic>) {
    for (claim, _) in claims.iter().zip(folded).filter(|(_, folded)| folded.starts_with(OWN_NAMES)) {
        if let Some((path, spot)) = claim.source.clone() {
            let message =
                format!("the address `{}` is taken: Ninefold's own files begin with `{OWN_NAMES}`", claim.url);
            faults.push(Diagnostic::new(URL_TAKEN, message).in_place(&path, spot).help("choose another name"));
        }
    }
}

/// Anything of the author's where the search index goes.
pub(in crate::site) fn report_in_the_index(claims: &[Claim], folded: &[String], faults: &mut Vec<Diagnostic>) {
    let folder = crate::site::machines::search::FOLDER.trim_matches('/');
    let inside = |file: &str| file.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    for (claim, _) in claims.iter().zip(folded).filter(|(_, folded)| inside(folded)) {
        if let Some((path, spot)) = claim.source.clone() {
            let message =
                format!("the address `{}` is in the folder `/{folder}/`, which holds the search index", claim.url);
            faults.push(
                Diagnostic::new(URL_TAKEN, message)
                    .in_place(&path, spot)
                    .help("choose another address, or do without search: `search: false` in site.yaml"),
            );
        }
    }
}

/// Essays of one name at different addresses: feeds, data and links know them by it.
pub(in crate::site) fn report_same_names(site: &Site, faults: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, DocId> = HashMap::new();
    for (n, document) in site.documents().iter().enumerate() {
        if document.kind != SourceKind::Essay {
            continue;
        }
        let other = *first.entry(&document.id).or_insert(doc_id(n));
        // Those at one address are reported as that.
        if other != doc_id(n) && site.url(other) != site.url(doc_id(n)) {
            let message =
                format!("two essays are named `{}`: this one and `{}`", document.id, site.document(other).path);
            let help = format!("rename one of the files; its address stays with `url: {}`", site.url(doc_id(n)));
            faults.push(Diagnostic::new(NAME_TAKEN, message).in_file(&document.path).help(help));
        }
    }
}

/// Texts that feeds would call the same.
pub(in crate::site) fn report_same_feed_ids(site: &Site, faults: &mut Vec<Diagnostic>) {
    let mut first: HashMap<&str, &Document> = HashMap::new();
    for document in site.documents() {
        let Some(Placed { value, spot }) = document.front.feed_id() else { continue };
        if let Some(other) = first.insert(value, document) {
            let message = format!("`{}` is the `feed_id` of `{}` too", shortened(value), other.path);
            let fault = Diagnostic::new(DUPLICATE_FEED_ID, message).in_place(&document.path, spot.clone());
            faults.push(fault.help("take it out of the text that feeds did not have by it"));
        }
    }
}
