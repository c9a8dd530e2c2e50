//! The map of addresses. Knows which pages a site has and reports two that would be one; makes no view.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Spot, rules};
use crate::link::doc_id;
use crate::load::FileHome;
use crate::model::{DocId, Pattern, SourceKind, SourcePath, UrlPath};
use crate::outline::Front;

use super::dataset::{self, Table};
use super::evidence::evidence_pages;
use super::{
    HostFile, PageKind, Site, feeds, hosts, paging, pair_url, pattern_url, pictures, readings, series, side_by_side,
    social_cards,
};

rules! {
    URL_TAKEN = "url-taken", error fixed, "two pages would have one address";
    NEEDLESS_ALIAS = "needless-alias", warning, "an old address is the page's own, or stands twice", front "aliases: [/essays/a/]";
}

/// What the names begin with of the files that the program makes beside those of the site: lists of them, locks. They stand in
/// the outermost folder of an output and of a place that is published to.
pub const OWN_NAMES: &str = ".ninefold-";

/// What claims an address, for the error.
#[derive(Clone)]
struct Claim {
    url: UrlPath,
    kind: PageKind,
    /// The file it comes from and the part of it that says so; none for pages that Ninefold makes.
    source: Option<(SourcePath, Spot)>,
}

/// Every address of the site.
pub(super) fn addresses(site: &Site, faults: &mut Vec<Diagnostic>) -> BTreeMap<UrlPath, PageKind> {
    let mut claims = Vec::new();
    add_lists(site, &mut claims);
    add_documents(site, &mut claims);
    add_files(site, &mut claims);
    add_host_files(site, &mut claims);
    if site.config.social_cards {
        let cards = claims.iter().filter(|claim| social_cards::has_card(claim.kind)).map(|claim| Claim {
            url: social_cards::url(&claim.url),
            kind: PageKind::SocialCard,
            source: None,
        });
        claims.extend(cards.collect::<Vec<_>>());
    }
    let listed = claims.iter().filter(|claim| feeds::is_listed(&claim.url, claim.kind)).count();
    let parts = listed.div_ceil(feeds::SITEMAP_ENTRIES);
    if parts > 1 {
        claims.extend((1..=parts).map(|n| Claim {
            url: feeds::sitemap_part_url(n),
            kind: PageKind::SitemapPart(n),
            source: None,
        }));
    }
    let folded: Vec<String> = claims.par_iter().map(|claim| claim.url.folded()).collect();
    let mut taken: HashMap<&str, usize> = HashMap::with_capacity(claims.len());
    let mut pages = Vec::with_capacity(claims.len());
    for (n, claim) in claims.iter().enumerate() {
        match taken.entry(&folded[n]) {
            Entry::Occupied(first) => report(site, claim, &claims[*first.get()], faults),
            Entry::Vacant(place) => {
                place.insert(n);
                pages.push((claim.url.clone(), claim.kind));
            }
        }
    }
    report_files_in_the_way(&claims, &folded, &taken, faults);
    report_own_names(&claims, &folded, faults);
    if site.config.search {
        report_in_the_index(&claims, &folded, faults);
    }
    pages.into_iter().collect()
}

fn add_lists(site: &Site, claims: &mut Vec<Claim>) {
    let index = &site.index;
    let size = site.config.page_size;
    let mut add = |url: UrlPath, kind: PageKind| claims.push(Claim { url, kind, source: None });
    let root = |path: &str| UrlPath::new(path);
    add(UrlPath::home(), PageKind::Home);
    add(root("/patterns/"), PageKind::Patterns);
    add(root("/patterns/review/"), PageKind::Review);
    add(root("/sitemap.xml"), PageKind::Sitemap);
    // Files of the author's own at these addresses are taken as they are.
    for (url, kind) in [("/404.html", PageKind::NotFound), ("/robots.txt", PageKind::Robots)] {
        if !site.linked.file_urls.iter().any(|own| own.as_str() == url) {
            add(root(url), kind);
        }
    }
    if !index.essays.is_empty() {
        let url = root("/essays/");
        for n in 1..=paging::pages(index.essays.len(), size) {
            add(url.page(n), PageKind::Essays(n));
        }
        add(root("/feed.xml"), PageKind::SiteFeed);
        add(root("/feed.json"), PageKind::SiteJsonFeed);
        add(root("/data/essays.json"), PageKind::EssaysData);
        add(root("/browse/"), PageKind::Browse);
        add(root(super::browse::INDEX), PageKind::BrowseIndex);
    }
    if site.config.search {
        add(root(super::search::PAGE), PageKind::Search);
    }
    if site.config.dataset {
        add(root(dataset::FOLDER), PageKind::Dataset);
        add(root(dataset::PACKAGE), PageKind::DataPackage);
        for table in Table::ALL {
            add(dataset::table_url(table), PageKind::Table(table));
        }
    }
    if !index.concepts.is_empty() {
        let url = root("/concepts/");
        for n in 1..=paging::pages(index.concepts.len(), paging::CONCEPTS_A_PAGE) {
            add(url.page(n), PageKind::Concepts(n));
        }
    }
    if !index.incidents.is_empty() {
        let url = root("/incidents/");
        for n in 1..=paging::pages(index.incidents.len(), paging::INCIDENTS_A_PAGE) {
            add(url.page(n), PageKind::Incidents(n));
        }
    }
    for (first, parts) in series::long_series(index) {
        let url = series::url_of(site.document(first));
        for n in 1..=paging::pages(parts, size) {
            add(url.page(n), PageKind::Series(first, n));
        }
    }
    for pattern in Pattern::ALL {
        let url = pattern_url(pattern);
        for n in 1..=evidence_pages(&index.patterns[&pattern], size) {
            add(url.page(n), PageKind::Pattern(pattern, n));
        }
        if !index.patterns[&pattern].essays.is_empty() {
            add(url.child("feed.xml"), PageKind::PatternFeed(pattern));
        }
    }
    for (pair, essays) in &index.pairs {
        let url = pair_url(*pair);
        for n in 1..=paging::pages(essays.len(), size) {
            add(url.page(n), PageKind::Pair(*pair, n));
        }
        add(url.child("feed.xml"), PageKind::PairFeed(*pair));
    }
    for concept in &index.concepts {
        let postings = &index.by_concept[concept];
        for n in 2..=evidence_pages(postings, size) {
            add(site.url(*concept).page(n), PageKind::Concept(*concept, n));
        }
        if !postings.essays.is_empty() {
            add(site.url(*concept).child("feed.xml"), PageKind::ConceptFeed(*concept));
        }
    }
    for (incident, of_incident) in &index.readings {
        let url = readings::readings_url(site.url(*incident));
        for n in 1..=readings::readings_pages(of_incident, size) {
            add(url.page(n), PageKind::Readings(*incident, n));
        }
        add(url.child("feed.xml"), PageKind::ReadingsFeed(*incident));
    }
    for (first, others) in &index.beside {
        for second in others.iter().filter(|second| site.id(*first) < site.id(**second)) {
            let url = |a, b| side_by_side::url(site.url(a), site.id(b));
            add(url(*first, *second), PageKind::SideBySide(*first, *second));
            add(url(*second, *first), PageKind::Turned(*first, *second));
        }
    }
    for (incident, essays) in &index.by_incident {
        if !essays.is_empty() {
            add(site.url(*incident).child("feed.xml"), PageKind::IncidentFeed(*incident));
        }
    }
}

fn add_documents(site: &Site, claims: &mut Vec<Claim>) {
    let mut aliases = Vec::new();
    for (n, document) in site.documents().iter().enumerate() {
        let doc = doc_id(n);
        if !site.linked.is_published(doc) {
            continue;
        }
        let kind = match document.kind {
            SourceKind::Essay => PageKind::Essay(doc),
            SourceKind::Incident => PageKind::Incident(doc),
            SourceKind::Concept => PageKind::Concept(doc, 1),
            SourceKind::Page => PageKind::Page(doc),
            // The nine have their pages among the lists.
            SourceKind::Pattern => continue,
        };
        claims.push(Claim { url: site.url(doc).clone(), kind, source: Some((document.path.clone(), Spot::File)) });
        aliases.extend(document.front.aliases().iter().map(|alias| Claim {
            url: alias.value.clone(),
            kind: PageKind::Redirect(doc),
            source: Some((document.path.clone(), alias.spot.clone())),
        }));
    }
    claims.append(&mut aliases);
}

fn add_files(site: &Site, claims: &mut Vec<Claim>) {
    let left_out: HashSet<(SourceKind, &str)> = (0..site.documents().len())
        .filter(|n| !site.linked.is_published(doc_id(*n)))
        .map(|n| (site.documents()[n].kind, site.documents()[n].id.as_str()))
        .collect();
    let published = |home: &FileHome| match home {
        FileHome::Static(_) => true,
        FileHome::Beside { kind, id, .. } => !left_out.contains(&(*kind, id.as_str())),
    };
    for ((n, file), url) in (0_u32..).zip(&*site.files).zip(&*site.linked.file_urls) {
        if published(&file.home) {
            claims.push(Claim {
                url: url.clone(),
                kind: PageKind::File(n),
                source: Some((file.path.clone(), Spot::File)),
            });
        }
    }
    claims.extend(pictures::all_copies(site).map(|(url, kind)| Claim { url, kind, source: None }));
    for (n, asset) in (0_u32..).zip(&*site.assets) {
        claims.push(Claim { url: asset.url.clone(), kind: PageKind::Asset(n), source: None });
    }
}

/// A file of the author's own at one of these addresses is taken as it is.
fn add_host_files(site: &Site, claims: &mut Vec<Claim>) {
    let has_aliases = claims.iter().any(|claim| matches!(claim.kind, PageKind::Redirect(_)));
    for (file, wanted) in [
        (HostFile::NoJekyll, true),
        (HostFile::Cname, site.config.cname),
        (HostFile::Redirects, has_aliases),
        (HostFile::Headers, !site.assets.is_empty()),
    ] {
        let url = hosts::url(file);
        if wanted && !claims.iter().any(|claim| claim.url == url) {
            claims.push(Claim { url, kind: PageKind::Host(file), source: None });
        }
    }
}

fn report(site: &Site, second: &Claim, first: &Claim, faults: &mut Vec<Diagnostic>) {
    if let (PageKind::Series(first, 1), PageKind::Series(second, 1)) = (first.kind, second.kind) {
        faults.push(series::same_address(site.document(first), site.document(second)));
        return;
    }
    // Of a file and a page that Ninefold makes, the file is the one to change.
    let (second, first) = if second.source.is_some() { (second, first) } else { (first, second) };
    let Some((path, spot)) = second.source.clone() else { return };
    let url = &second.url;
    if let PageKind::Redirect(doc) = second.kind
        && let Some(why) = needless(doc, first.kind)
    {
        let fault = Diagnostic::new(NEEDLESS_ALIAS, format!("the alias `{url}` {why}"));
        faults.push(fault.in_place(&path, spot).help("delete it"));
        return;
    }
    let what = if matches!(second.kind, PageKind::Redirect(_)) { "the alias" } else { "the address" };
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
        (PageKind::Essay(doc), _) if has_slug(site, doc) => "choose another `slug`",
        (_, Some(_)) => "rename one of the two files",
        (_, None) => "rename the file",
    };
    faults.push(Diagnostic::new(URL_TAKEN, message).in_place(&path, spot).help(help));
}

/// Why an alias of `doc` is one too many where `first` is already.
fn needless(doc: DocId, first: PageKind) -> Option<&'static str> {
    match first {
        PageKind::Essay(other) | PageKind::Incident(other) | PageKind::Page(other) if other == doc => {
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
fn report_files_in_the_way(
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
fn report_own_names(claims: &[Claim], folded: &[String], faults: &mut Vec<Diagnostic>) {
    for (claim, _) in claims.iter().zip(folded).filter(|(_, folded)| folded.starts_with(OWN_NAMES)) {
        if let Some((path, spot)) = claim.source.clone() {
            let message =
                format!("the address `{}` is taken: Ninefold's own files begin with `{OWN_NAMES}`", claim.url);
            faults.push(Diagnostic::new(URL_TAKEN, message).in_place(&path, spot).help("choose another name"));
        }
    }
}

/// Anything of the author's where the search index goes.
fn report_in_the_index(claims: &[Claim], folded: &[String], faults: &mut Vec<Diagnostic>) {
    let folder = super::search::FOLDER.trim_matches('/');
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
