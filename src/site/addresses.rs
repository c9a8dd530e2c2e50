//! The map of addresses. Knows which pages a site has; makes no view.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Spot};
use crate::link::{doc_id, owner_path};
use crate::load::FileHome;
use crate::model::{Pattern, SourceKind, SourcePath, UrlPath};

use super::checks::collisions::{self, Claim};
use super::dataset::{self, Table};
use super::machines::{feeds, hosts, social_cards};
use super::pages::{authors, readings, series, side_by_side};
use super::parts::evidence::evidence_pages;
use super::parts::{paging, pictures};
use super::{HostFile, PageKind, Site, pair_url, pattern_url};

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
            Entry::Occupied(first) => collisions::report(site, claim, &claims[*first.get()], faults),
            Entry::Vacant(place) => {
                place.insert(n);
                pages.push((claim.url.clone(), claim.kind));
            }
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
        add(root(super::pages::browse::INDEX), PageKind::BrowseIndex);
    }
    if site.config.search {
        add(root(super::machines::search::PAGE), PageKind::Search);
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
    let with_pages = authors::are_several(index, &site.config);
    for (place, name) in (0_u32..).zip(authors::authors(index, &site.config)).filter(|_| with_pages) {
        let url = authors::url(name);
        for n in 1..=paging::pages(authors::essays_of(name, index, &site.config).len(), size) {
            add(url.page(n), PageKind::Author(place, n));
        }
        add(url.child("feed.xml"), PageKind::AuthorFeed(place));
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
    ] {
        let url = hosts::url(file);
        if wanted && !claims.iter().any(|claim| claim.url == url) {
            claims.push(Claim { url, kind: PageKind::Host(file), source: None });
        }
    }
}
