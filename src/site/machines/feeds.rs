//! The views of feeds and of the sitemap. Knows what goes in, not how XML is written.

use jiff::Timestamp;

use crate::index::essay_date;
use crate::link::ReadTag;
use crate::model::{DocId, Pattern, PatternPair, SourceKind, UrlPath, When};
use crate::outline::Front;
use crate::site::parts::body::Addresses;
use crate::site::view::{FeedEntry, FeedView, Quote, SitemapEntry};
use crate::site::{PageKind, View, Viewer, pair_url, pattern_url};

/// Whether the sitemap names it: pages, not files, feeds or redirects.
pub(in crate::site) fn is_listed(url: &UrlPath, kind: PageKind) -> bool {
    kind.is_page_at(url) && !matches!(kind, PageKind::Redirect(_) | PageKind::Turned(..) | PageKind::File(_))
}

/// The address of part `n` of a sitemap in several files.
pub(in crate::site) fn sitemap_part_url(n: usize) -> UrlPath {
    UrlPath::new(format!("/sitemap-{n}.xml"))
}

/// The most pages that one sitemap may name (sitemaps.org).
pub(in crate::site) const SITEMAP_ENTRIES: usize = 50_000;
/// What the feed of a page is called below it.
pub(in crate::site) const FEED: &str = "feed.xml";
/// Entries in a feed.
const ENTRIES: usize = 20;

impl Viewer<'_> {
    /// The site's own feed, with full texts.
    pub(in crate::site) fn site_feed(&self, path: &str) -> FeedView {
        let mut feed = self.feed(&self.config.title, &UrlPath::home(), &UrlPath::new(path), &self.index.essays);
        feed.subtitle.clone_from(&self.config.description);
        for (entry, essay) in feed.entries.iter_mut().zip(&self.index.essays) {
            entry.body = Some(self.body(*essay, Addresses::Whole));
        }
        feed
    }

    pub(in crate::site) fn pattern_feed(&self, pattern: Pattern) -> FeedView {
        let tag = self.pattern_tag(pattern);
        let essays = &self.index.patterns[&pattern].essays;
        let mut feed = self.term_feed(&tag.name, tag.definition.clone(), &pattern_url(pattern), essays);
        let document = self.linked.patterns.get(&pattern).map(|doc| self.document(*doc));
        feed.subtitle_html = document.and_then(|document| document.marked_text(&tag.definition)).map(str::to_owned);
        self.with_passages(feed, essays, ReadTag::Pattern(pattern))
    }

    pub(in crate::site) fn pair_feed(&self, pair: PatternPair) -> FeedView {
        let name = self.pair_title(pair);
        let essays = self.index.pairs.get(&pair).map_or(&[][..], Vec::as_slice);
        self.term_feed(&name, String::new(), &pair_url(pair), essays)
    }

    pub(in crate::site) fn concept_feed(&self, doc: DocId) -> FeedView {
        let essays = self.index.by_concept.get(&doc).map_or(&[][..], |postings| &postings.essays);
        self.with_passages(self.document_feed(doc, essays), essays, ReadTag::Concept(doc))
    }

    /// The feed with the words that are evidence before the summary of each essay.
    fn with_passages(&self, mut feed: FeedView, essays: &[DocId], tag: ReadTag) -> FeedView {
        for (entry, essay) in feed.entries.iter_mut().zip(essays) {
            let passages = self.passages_of(*essay, &[tag]);
            let best = passages.iter().min_by_key(|passage| passage.is_section);
            if let Some(passage) = best.map(|passage| self.passage(*essay, passage.mark)) {
                let Quote { before, words, after } = passage.quote;
                entry.quoted = Some(self.words.say("quoted", &[("text", &[before, words, after].concat())]));
            }
        }
        feed
    }

    pub(in crate::site) fn incident_feed(&self, doc: DocId) -> FeedView {
        let essays = self.index.by_incident.get(&doc).map_or(&[][..], Vec::as_slice);
        self.document_feed(doc, essays)
    }

    fn document_feed(&self, doc: DocId, essays: &[DocId]) -> FeedView {
        let document = self.document(doc);
        let mut feed = self.term_feed(document.title(), document.summary().to_owned(), self.url(doc), essays);
        feed.subtitle_html = document.marked_text(document.summary()).map(str::to_owned);
        self.of_record(doc, feed, FEED)
    }

    /// The feed of a record at `name` below it, with the id that it has for good.
    pub(in crate::site) fn of_record(&self, doc: DocId, feed: FeedView, name: &str) -> FeedView {
        match self.document(doc).front.feed_id() {
            Some(own) => FeedView { id: format!("{}/{name}", own.value.trim_end_matches('/')), ..feed },
            None => feed,
        }
    }

    /// What the ids of the feeds of `doc` begin with, or the one of its entry: what would have to stay the same if its name
    /// changed. None where the site's address is not known.
    pub(in crate::site) fn present_feed_id(&self, doc: DocId) -> Option<String> {
        let document = self.document(doc);
        if self.config.feed_ids.is_none() && (!self.config.has_address || self.config.base_url.is_local()) {
            return None;
        }
        Some(match document.kind {
            SourceKind::Essay => self.feed_entry(doc).id,
            _ => {
                let url = self.url(doc).child(FEED);
                let id = self.lasting_id(&url.as_str()[1..], &url);
                id.strip_suffix(FEED).map(|id| id.trim_end_matches('/').to_owned())?
            }
        })
    }

    pub(in crate::site) fn term_feed(
        &self,
        name: &str,
        definition: String,
        url: &UrlPath,
        essays: &[DocId],
    ) -> FeedView {
        let title = format!("{name} \u{b7} {}", self.config.title);
        let mut feed = self.feed(&title, url, &url.child(FEED), essays);
        feed.subtitle = Some(definition).filter(|text| !text.is_empty());
        feed
    }

    pub(in crate::site) fn feed(&self, title: &str, home: &UrlPath, url: &UrlPath, essays: &[DocId]) -> FeedView {
        let entries: Vec<FeedEntry> = essays.iter().take(ENTRIES).map(|doc| self.feed_entry(*doc)).collect();
        FeedView {
            title: title.to_owned(),
            subtitle: None,
            subtitle_html: None,
            id: self.lasting_id(&url.as_str()[1..], url),
            feed_url: self.config.base_url.absolute(url),
            home_url: self.config.base_url.absolute(home),
            hub_url: self.config.announce.websub.clone(),
            language: self.config.language.clone(),
            author: self.config.author.clone(),
            updated: entries
                .iter()
                .map(|entry| entry.updated.clone())
                .max()
                .unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned()),
            entries,
        }
    }

    /// The id in feeds of what is at `url` today. `path` does not change with the site's address.
    fn lasting_id(&self, path: &str, url: &UrlPath) -> String {
        match &self.config.feed_ids {
            Some(ids) => ids.id(path),
            None => self.config.base_url.absolute(url),
        }
    }

    fn feed_entry(&self, doc: DocId) -> FeedEntry {
        let document = self.document(doc);
        let tags = &self.linked.tags[doc.index()];
        let (updated, authors) = match &document.front {
            Front::Essay(front) => (front.updated.as_ref(), self.authors(front)),
            _ => (None, [].as_slice()),
        };
        let zone = &self.config.timezone;
        let published = essay_date(document).map(|date| date.earliest_in(zone));
        // Not before it was published, which a day without a time could seem.
        let updated = updated.map(|when| when.earliest_in(zone)).max(published);
        let text = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
        let mut names: Vec<String> =
            tags.patterns.iter().map(|pattern| self.pattern_tag(*pattern).name.clone()).collect();
        names.extend(tags.concepts.iter().chain(&tags.incidents).map(|doc| self.document(*doc).title().to_owned()));
        FeedEntry {
            id: document.front.feed_id().map_or_else(
                || self.lasting_id(&format!("{}/{}", document.kind.folder(), document.id), self.url(doc)),
                |own| own.value.clone(),
            ),
            title: document.title().to_owned(),
            title_html: document.marked_text(document.title()).map(str::to_owned),
            url: self.config.base_url.absolute(self.url(doc)),
            updated: text(updated),
            published: text(published),
            authors: authors.to_vec(),
            quoted: None,
            summary: document.summary().to_owned(),
            summary_html: document.marked_text(document.summary()).map(str::to_owned),
            tags: names,
            body: None,
        }
    }

    /// Every page that a search engine should know, or the list of its parts.
    pub(in crate::site) fn sitemap(&self) -> View {
        let parts = self.listed().count().div_ceil(SITEMAP_ENTRIES);
        if parts <= 1 {
            return View::Sitemap(self.sitemap_part(1));
        }
        let part = |n| SitemapEntry { url: self.config.base_url.absolute(&sitemap_part_url(n)), modified: None };
        View::SitemapIndex((1..=parts).map(part).collect())
    }

    pub(in crate::site) fn sitemap_part(&self, n: usize) -> Vec<SitemapEntry> {
        self.listed()
            .skip((n - 1) * SITEMAP_ENTRIES)
            .take(SITEMAP_ENTRIES)
            .map(|(url, kind)| SitemapEntry { url: self.config.base_url.absolute(url), modified: self.modified(kind) })
            .collect()
    }

    fn listed(&self) -> impl Iterator<Item = (&UrlPath, PageKind)> {
        self.pages.iter().map(|(url, kind)| (url, *kind)).filter(|(url, kind)| is_listed(url, *kind))
    }

    fn modified(&self, kind: PageKind) -> Option<String> {
        let PageKind::Essay(doc) = kind else { return None };
        let document = self.document(doc);
        let Front::Essay(front) = &document.front else { return None };
        let when = front.updated.as_ref().or(essay_date(document))?;
        // A time without its zone is no W3C date (https://www.w3.org/TR/NOTE-datetime), and less than a day is read as any day.
        match when {
            When::Local(_) => Some(when.rfc3339(&self.config.timezone)),
            _ => when.has_day().then(|| when.machine()),
        }
    }
}
