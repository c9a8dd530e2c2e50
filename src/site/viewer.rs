//! Makes the views of a site, and knows which documents it looked at for them. Owns no part of the site; knows no other page's
//! view.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::config::Config;
use crate::index::Index;
use crate::link::Linked;
use crate::load::FileInput;
use crate::model::{DocId, Hash, UrlPath};
use crate::outline::Document;
use crate::words::Words;

use super::dataset::DataPackage;
use super::pages::side_by_side;
use super::summaries::Summary;
use super::view::{Chrome, Tag};
use super::{Asset, PageKind, Site, View};

/// Stands in the sentence of a redirect where its link does.
pub const MOVED_LINK: &str = "\u{fffc}";

/// Makes views, and collects the documents they read. Not `Sync`: a view that is made on several threads would lose reads, and
/// with them the pages that an edit changes.
pub struct Viewer<'a> {
    /// Private to this file: there is no way to a document past `note`.
    site: &'a Site,
    /// What is the same for all pages, so that reading it needs no note: `Site::frame` covers it.
    pub(super) config: &'a Config,
    pub(super) linked: &'a Linked,
    pub(super) index: &'a Index,
    pub(super) chrome: &'a Arc<Chrome>,
    pub(super) files: &'a [FileInput],
    pub(super) assets: &'a [Asset],
    pub(super) pages: &'a BTreeMap<UrlPath, PageKind>,
    pub(super) card_theme: Option<Hash>,
    /// The theme's, in the site's language.
    pub(super) words: &'a Words,
    /// Positions of documents, in the order in which they were read.
    read: RefCell<Vec<u32>>,
}

impl<'a> Viewer<'a> {
    pub fn new(site: &'a Site) -> Self {
        Self {
            site,
            config: &site.config,
            linked: &site.linked,
            index: &site.index,
            chrome: &site.chrome,
            files: &site.files,
            assets: &site.assets,
            pages: &site.pages,
            card_theme: site.card_theme,
            words: &site.words,
            read: RefCell::default(),
        }
    }

    /// The documents that were read so far, as positions among all, in order, each once.
    pub fn into_read(self) -> Vec<u32> {
        let mut read = self.read.into_inner();
        read.sort_unstable();
        read.dedup();
        read
    }

    /// The view at `url`; none if nothing is there.
    pub fn view(&self, url: &UrlPath) -> Option<View> {
        let kind = *self.pages.get(url)?;
        Some(match kind {
            PageKind::Home => self.home(),
            PageKind::Essays(n) => self.essays(n),
            PageKind::Essay(doc) => self.essay(doc),
            PageKind::Patterns => self.patterns(),
            PageKind::Pattern(pattern, n) => self.pattern(pattern, n),
            PageKind::Pair(pair, n) => self.pair(pair, n),
            PageKind::Review => self.review(),
            PageKind::Concepts(n) => self.concepts(n),
            PageKind::Concept(doc, n) => self.concept(doc, n),
            PageKind::Incidents(n) => self.incidents(n),
            PageKind::Incident(doc) => self.incident(doc),
            PageKind::Readings(doc, n) => self.readings(doc, n),
            PageKind::SideBySide(first, second) => self.side_by_side(first, second),
            PageKind::Turned(first, second) => self.redirect(&side_by_side::url(self.url(first), self.id(second))),
            PageKind::Page(doc) => self.page(doc),
            PageKind::Series(first, n) => self.series(first, n),
            PageKind::Author(place, n) => self.author(place, n)?,
            PageKind::NotFound => self.not_found(),
            PageKind::SiteFeed => View::Feed(Box::new(self.site_feed("/feed.xml"))),
            PageKind::SiteJsonFeed => View::JsonFeed(Box::new(self.site_feed("/feed.json"))),
            PageKind::PatternFeed(pattern) => View::Feed(Box::new(self.pattern_feed(pattern))),
            PageKind::PairFeed(pair) => View::Feed(Box::new(self.pair_feed(pair))),
            PageKind::ConceptFeed(doc) => View::Feed(Box::new(self.concept_feed(doc))),
            PageKind::IncidentFeed(doc) => View::Feed(Box::new(self.incident_feed(doc))),
            PageKind::ReadingsFeed(doc) => View::Feed(Box::new(self.readings_feed(doc))),
            PageKind::AuthorFeed(place) => View::Feed(Box::new(self.author_feed(place)?)),
            PageKind::EssaysData => View::Data(self.essays_data()),
            PageKind::Dataset => self.dataset(),
            PageKind::Table(table) => View::Table(self.rows(table)),
            PageKind::DataPackage => View::DataPackage(DataPackage::new(self.config, self.words)),
            PageKind::Browse => self.browse(),
            PageKind::BrowseIndex => View::BrowseIndex(Box::new(self.browse_index())),
            PageKind::EssaySummaries(n) => View::Summaries(self.summaries(&self.index.essays, n)),
            PageKind::IncidentSummaries(n) => View::Summaries(self.summaries(&self.index.incidents, n)),
            PageKind::Search => self.search(),
            PageKind::Sitemap => self.sitemap(),
            PageKind::SitemapPart(n) => View::Sitemap(self.sitemap_part(n)),
            PageKind::Robots => {
                let sitemap = || self.config.base_url.absolute(&UrlPath::new("/sitemap.xml"));
                // What may not be fetched can't say that it is to be left out.
                View::Robots { sitemap: (!self.config.noindex).then(sitemap) }
            }
            PageKind::Host(file) => self.host_file(file),
            PageKind::Redirect(doc) => self.redirect(self.url(doc)),
            PageKind::File(n) => self.file(n),
            PageKind::Copy { file, width } => self.copy(file, width)?,
            PageKind::Asset(n) => {
                let asset = &self.assets[n as usize];
                View::Asset { bytes: Arc::clone(&asset.bytes), hash: asset.hash }
            }
            PageKind::SocialCard => self.social_card(url)?,
        })
    }

    fn redirect(&self, to: &UrlPath) -> View {
        View::Redirect {
            to: self.config.base_url.link(to),
            canonical: self.config.base_url.absolute(to),
            language: self.config.language.clone(),
            title: self.words.text("moved").to_owned(),
            sentence: self.words.say("moved_to", &[("link", MOVED_LINK)]),
        }
    }

    /// What is marked in the documents that were read so far, by its words.
    pub(super) fn marked(&self) -> Vec<(String, String)> {
        if self.site.marked.is_empty() {
            return Vec::new();
        }
        let read = self.read.borrow();
        let is_read = |n: &&u32| read.contains(n);
        let documents = self.site.marked.iter().filter(is_read).map(|n| &self.site.documents()[*n as usize]);
        let mut marked: Vec<(String, String)> =
            documents.flat_map(|document| document.marked.iter().cloned()).collect();
        marked.sort();
        marked.dedup();
        marked
    }

    /// One of the documents.
    pub(super) fn document(&self, doc: DocId) -> &'a Document {
        self.note(doc);
        self.site.documents.at(doc)
    }

    /// One of the documents, to be held by the view.
    pub(super) fn shared_document(&self, doc: DocId) -> Arc<Document> {
        self.note(doc);
        Arc::clone(&self.site.documents()[doc.index()])
    }

    /// What other pages show of one of the documents.
    pub(super) fn summary(&self, doc: DocId) -> Summary<'a> {
        self.note(doc);
        self.site.documents.summary(doc)
    }

    /// The tag of `doc`, made when it is first asked for: asking is a read, whoever made the tag.
    pub(super) fn shared_tag(&self, doc: DocId, make: impl FnOnce(&Document) -> Tag) -> Tag {
        let document = self.document(doc);
        Tag::clone(self.site.tags[doc.index()].get_or_init(|| make(document)))
    }

    fn note(&self, doc: DocId) {
        let mut read = self.read.borrow_mut();
        // A view reads the fields of one document one after the other.
        if read.last() != Some(&doc.0) {
            read.push(doc.0);
        }
    }

    pub(super) fn url(&self, doc: DocId) -> &'a UrlPath {
        self.site.url(doc)
    }

    pub(super) fn id(&self, doc: DocId) -> &'a str {
        &self.document(doc).id
    }

    /// The finished link to `doc`'s page.
    pub(super) fn link(&self, doc: DocId) -> String {
        self.config.base_url.link(self.url(doc))
    }

    /// The finished link to a path that is known to exist.
    pub(super) fn link_to(&self, path: &str) -> String {
        self.config.base_url.link(&UrlPath::new(path))
    }
}

#[cfg(test)]
mod tests {
    use super::Viewer;

    /// Has one `CHECK` for a type that is not `Sync` and two, so that none is meant, for one that is.
    trait NotSync<Which> {
        const CHECK: () = ();
    }
    struct IfSync;
    impl<T: ?Sized> NotSync<()> for T {}
    impl<T: ?Sized + Sync> NotSync<IfSync> for T {}

    #[test]
    fn a_view_can_not_be_made_on_several_threads() {
        // Compiles only while `Viewer` is not `Sync`.
        let () = <Viewer<'_> as NotSync<_>>::CHECK;
    }
}
