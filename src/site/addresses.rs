//! The map of addresses. Knows which pages a site has; makes no view.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Spot};
use crate::link::{doc_id, owner_path};
use crate::load::FileHome;
use crate::model::{DocId, Pattern, SourceKind, SourcePath, UrlPath};
use crate::outline::Document;

use super::checks::collisions::{self, Claim};
use super::dataset::{self, Table};
use super::machines::{feeds, hosts, search, social_cards};
use super::pages::{authors, browse, readings, series, side_by_side};
use super::parts::evidence::evidence_pages;
use super::parts::{paging, pictures};
use super::{HostFile, PageKind, Site, pair_url, pattern_url};

/// Every address of the site; `lists` are the pages that are made of lists.
pub(super) fn addresses(
    site: &Site,
    lists: &[(UrlPath, PageKind)],
    faults: &mut Vec<Diagnostic>,
) -> BTreeMap<UrlPath, PageKind> {
    let mut claims: Vec<Claim> =
        lists.iter().map(|(url, kind)| Claim { url: url.clone(), kind: *kind, source: None }).collect();
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
            Entry::Occupied(first) => collisions::report(site, claim, &claims[*first.get()], faults),
            Entry::Vacant(place) => {
                place.insert(n);
                pages.push((claim.url.clone(), claim.kind));
            }
        }
    }
    for (url, kind) in below_old_addresses(site, &claims) {
        if !taken.contains_key(&*url.folded()) {
            pages.push((url, kind));
        }
    }
    let files = files_at_old_addresses(site, &claims);
    // A file is in the way of whatever is below it, and below whatever is a file.
    let folders: HashSet<&str> = match files.is_empty() {
        true => HashSet::new(),
        false => folded.iter().flat_map(|folded| folders(folded)).collect(),
    };
    for (url, kind) in files {
        let folded = url.folded();
        let is_free = !taken.contains_key(&*folded) && !folders.contains(&*folded);
        if is_free && !self::folders(&folded).any(|folder| taken.contains_key(folder)) {
            pages.push((url, kind));
        }
    }
    collisions::report_files_in_the_way(&claims, &folded, &taken, faults);
    collisions::report_own_names(&claims, &folded, faults);
    if site.config.search {
        collisions::report_in_the_index(&claims, &folded, faults);
    }
    collisions::report_same_names(site, faults);
    pages.into_iter().collect()
}

/// The pages that are made of lists, and their feeds.
pub(super) fn lists(site: &Site) -> Vec<(UrlPath, PageKind)> {
    let mut lists = Lists { site, pages: Vec::new() };
    lists.site();
    lists.all_of_a_kind();
    lists.series_and_authors();
    lists.patterns();
    lists.concepts();
    lists.incidents();
    lists.pages
}

struct Lists<'a> {
    site: &'a Site,
    pages: Vec<(UrlPath, PageKind)>,
}

impl Lists<'_> {
    fn add(&mut self, url: UrlPath, kind: PageKind) {
        self.pages.push((url, kind));
    }

    fn at(&mut self, path: &str, kind: PageKind) {
        self.add(UrlPath::new(path), kind);
    }

    /// A list in `pages` pages.
    fn paged(&mut self, url: &UrlPath, pages: usize, kind: impl Fn(usize) -> PageKind) {
        self.further(url, 1, pages, kind);
    }

    /// The pages of a list from the page `first`.
    fn further(&mut self, url: &UrlPath, first: usize, pages: usize, kind: impl Fn(usize) -> PageKind) {
        for n in first..=pages {
            self.add(url.page(n), kind(n));
        }
    }

    fn feed(&mut self, of: &UrlPath, kind: PageKind) {
        self.add(of.child("feed.xml"), kind);
    }

    /// What a site has one of.
    fn site(&mut self) {
        let site = self.site;
        self.add(UrlPath::home(), PageKind::Home);
        self.at("/patterns/", PageKind::Patterns);
        self.at("/patterns/review/", PageKind::Review);
        self.at("/sitemap.xml", PageKind::Sitemap);
        // Files of the author's own at these addresses are taken as they are.
        for (url, kind) in [("/404.html", PageKind::NotFound), ("/robots.txt", PageKind::Robots)] {
            if !site.linked.file_urls.iter().any(|own| own.as_str() == url) {
                self.at(url, kind);
            }
        }
        if !site.index.essays.is_empty() {
            self.at("/feed.xml", PageKind::SiteFeed);
            self.at("/feed.json", PageKind::SiteJsonFeed);
            self.at("/data/essays.json", PageKind::EssaysData);
            self.at("/browse/", PageKind::Browse);
            self.at(browse::INDEX, PageKind::BrowseIndex);
            for (list, count) in browse::summarised(&site.index) {
                let kind = if list == browse::ESSAYS { PageKind::EssaySummaries } else { PageKind::IncidentSummaries };
                for n in 1..=count.div_ceil(browse::SUMMARIES) {
                    self.add(browse::summaries_url(list, n), kind(n));
                }
            }
        }
        if site.config.search {
            self.at(search::PAGE, PageKind::Search);
        }
        if site.config.dataset {
            self.at(dataset::FOLDER, PageKind::Dataset);
            self.at(dataset::PACKAGE, PageKind::DataPackage);
            for table in Table::ALL {
                self.add(dataset::table_url(table), PageKind::Table(table));
            }
        }
    }

    /// The lists of all essays, concepts and incidents, where there are any.
    fn all_of_a_kind(&mut self) {
        let Site { index, config, .. } = self.site;
        self.list("/essays/", index.essays.len(), config.page_size, PageKind::Essays);
        self.list("/concepts/", index.concepts.len(), paging::CONCEPTS_A_PAGE, PageKind::Concepts);
        self.list("/incidents/", index.incidents.len(), paging::INCIDENTS_A_PAGE, PageKind::Incidents);
    }

    fn list(&mut self, path: &str, count: usize, size: usize, kind: impl Fn(usize) -> PageKind) {
        if count > 0 {
            self.paged(&UrlPath::new(path), paging::pages(count, size), kind);
        }
    }

    fn series_and_authors(&mut self) {
        let Site { index, config, .. } = self.site;
        let size = config.page_size;
        for (first, parts) in series::long_series(index) {
            let url = series::url_of(self.site.document(first));
            self.paged(&url, paging::pages(parts, size), |n| PageKind::Series(first, n));
        }
        if !authors::are_several(index, config) {
            return;
        }
        for (place, name) in (0_u32..).zip(authors::authors(index, config)) {
            let url = authors::url(name);
            let essays = authors::essays_of(name, index, config).len();
            self.paged(&url, paging::pages(essays, size), |n| PageKind::Author(place, n));
            self.feed(&url, PageKind::AuthorFeed(place));
        }
    }

    fn patterns(&mut self) {
        let Site { index, config, .. } = self.site;
        for pattern in Pattern::ALL {
            let (url, postings) = (pattern_url(pattern), &index.patterns[&pattern]);
            self.paged(&url, evidence_pages(postings, config.page_size), |n| PageKind::Pattern(pattern, n));
            if !postings.essays.is_empty() {
                self.feed(&url, PageKind::PatternFeed(pattern));
            }
        }
        for (pair, essays) in &index.pairs {
            let url = pair_url(*pair);
            self.paged(&url, paging::pages(essays.len(), config.page_size), |n| PageKind::Pair(*pair, n));
            self.feed(&url, PageKind::PairFeed(*pair));
        }
    }

    /// The further pages of concepts, whose first are documents', and their feeds.
    fn concepts(&mut self) {
        let Site { index, config, .. } = self.site;
        for concept in &index.concepts {
            let (url, postings) = (self.site.url(*concept), &index.by_concept[concept]);
            self.further(url, 2, evidence_pages(postings, config.page_size), |n| PageKind::Concept(*concept, n));
            if !postings.essays.is_empty() {
                self.feed(url, PageKind::ConceptFeed(*concept));
            }
        }
    }

    /// What incidents have besides their own pages.
    fn incidents(&mut self) {
        let Site { index, config, .. } = self.site;
        for (incident, of_incident) in &index.readings {
            let url = readings::readings_url(self.site.url(*incident));
            let pages = readings::readings_pages(of_incident, config.page_size);
            self.paged(&url, pages, |n| PageKind::Readings(*incident, n));
            self.feed(&url, PageKind::ReadingsFeed(*incident));
        }
        for (first, others) in &index.beside {
            for second in others.iter().filter(|second| self.site.id(*first) < self.site.id(**second)) {
                let url = |a, b| side_by_side::url(self.site.url(a), self.site.id(b));
                let (there, back) = (url(*first, *second), url(*second, *first));
                self.add(there, PageKind::SideBySide(*first, *second));
                self.add(back, PageKind::Turned(*first, *second));
            }
        }
        for (incident, essays) in &index.by_incident {
            if !essays.is_empty() {
                self.feed(self.site.url(*incident), PageKind::IncidentFeed(*incident));
            }
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
        let spot = document.front.slug().map_or(Spot::File, |slug| slug.spot.clone());
        claims.push(Claim { url: site.url(doc).clone(), kind, source: Some((document.path.clone(), spot)) });
        aliases.extend(document.front.aliases().iter().map(|alias| Claim {
            url: alias.value.clone(),
            kind: PageKind::Redirect(doc),
            source: Some((document.path.clone(), alias.spot.clone())),
        }));
    }
    claims.append(&mut aliases);
}

/// The folders that a path is in, from the outermost.
fn folders(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

/// The files beside texts, where they stood beside the old addresses: who linked to a picture or a PDF finds it there.
fn files_at_old_addresses(site: &Site, claims: &[Claim]) -> Vec<(UrlPath, PageKind)> {
    let mut found = Vec::new();
    for claim in claims {
        let PageKind::File(n) = claim.kind else { continue };
        let FileHome::Beside { kind, folder, path } = &site.files[n as usize].home else { continue };
        let owner = owner_path(*kind, folder);
        let Ok(doc) = site.documents().binary_search_by(|document| document.path.cmp(&owner)) else { continue };
        let aliases = site.documents()[doc].front.aliases().iter().map(|alias| &alias.value);
        let folders = aliases.filter(|alias| alias.as_str().ends_with('/'));
        found.extend(folders.map(|alias| (alias.child(path), claim.kind)));
    }
    found
}

/// What stood below the old addresses of records: their feeds are there still, and pages lead to where they are.
fn below_old_addresses(site: &Site, claims: &[Claim]) -> Vec<(UrlPath, PageKind)> {
    let mut found = Vec::new();
    for Claim { url, kind, .. } in claims {
        match *kind {
            PageKind::Concept(doc, _) | PageKind::Readings(doc, _) => {
                below_old_addresses_of(site, doc, url, PageKind::Redirect(doc), &mut found);
            }
            PageKind::ConceptFeed(doc) | PageKind::IncidentFeed(doc) | PageKind::ReadingsFeed(doc) => {
                below_old_addresses_of(site, doc, url, *kind, &mut found);
            }
            PageKind::SideBySide(first, second) => {
                let pair = PageKind::Turned(first, second);
                below_old_addresses_of(site, first, url, pair, &mut found);
                below_old_addresses_of(
                    site,
                    second,
                    &side_by_side::url(site.url(second), site.id(first)),
                    pair,
                    &mut found,
                );
                for (one, other) in [(first, second), (second, first)] {
                    let old = old_names(site.document(one));
                    found.extend(old.map(|name| (side_by_side::url(site.url(other), name), pair)));
                }
            }
            _ => {}
        }
    }
    found
}

/// `url`, which is below that of `doc`, below each old address of it.
fn below_old_addresses_of(
    site: &Site,
    doc: DocId,
    url: &UrlPath,
    kind: PageKind,
    found: &mut Vec<(UrlPath, PageKind)>,
) {
    let Some(rest) = url.as_str().strip_prefix(site.url(doc).as_str()).filter(|rest| !rest.is_empty()) else { return };
    let aliases = site.document(doc).front.aliases().iter().map(|alias| &alias.value);
    found.extend(aliases.filter(|alias| alias.as_str().ends_with('/')).map(|alias| (alias.child(rest), kind)));
}

/// The names that an incident had, by its old addresses.
fn old_names(document: &Document) -> impl Iterator<Item = &str> {
    let aliases = document.front.aliases().iter().map(|alias| alias.value.as_str());
    aliases.filter_map(|alias| {
        let name = alias.strip_prefix("/incidents/")?.strip_suffix('/')?;
        (!name.contains('/')).then_some(name)
    })
}

fn add_files(site: &Site, claims: &mut Vec<Claim>) {
    let left_out: HashSet<&SourcePath> = (0..site.documents().len())
        .filter(|n| !site.linked.is_published(doc_id(*n)))
        .map(|n| &site.documents()[n].path)
        .collect();
    let published = |home: &FileHome| match home {
        FileHome::Static(_) => true,
        FileHome::Beside { kind, folder, .. } => !left_out.contains(&owner_path(*kind, folder)),
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
        (HostFile::IndexNowKey, true),
    ] {
        let Some(url) = hosts::url(file, &site.config).filter(|_| wanted) else { continue };
        if !claims.iter().any(|claim| claim.url == url) {
            claims.push(Claim { url, kind: PageKind::Host(file), source: None });
        }
    }
}
