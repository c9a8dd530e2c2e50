//! The short forms in which documents appear on other pages. Knows documents and addresses.

use crate::index::patterns_in;
use crate::model::{DocId, Pattern, SourceDuration, UrlPath};
use crate::outline::{Document, Front};
use crate::site::summaries::Summary;
use crate::site::view::{Card, FeedLink, IncidentCard, PatternTile, Tag, TagFields};
use crate::site::{Viewer, pattern_url};

use super::time::phases::{draw_to_scale, lengths};

/// Words read in a minute: the middle of what studies of silent reading find.
const WORDS_A_MINUTE: u32 = 230;

impl Viewer<'_> {
    /// One of the nine by name.
    pub(in crate::site) fn pattern_tag(&self, pattern: Pattern) -> Tag {
        let found = self.linked.patterns.get(&pattern);
        let make = |document: Option<&Document>| {
            let name = document.map(Document::title).filter(|title| !title.is_empty()).unwrap_or(pattern.id());
            Tag::new(TagFields {
                kind: "pattern",
                id: pattern.id().to_owned(),
                name: name.to_owned(),
                url: self.config.base_url.link(&pattern_url(pattern)),
                definition: document.map(|document| document.summary().to_owned()).unwrap_or_default(),
            })
        };
        match found {
            Some(doc) => self.shared_tag(*doc, |document| make(Some(document))),
            None => make(None),
        }
    }

    pub(in crate::site) fn pattern_tags(&self, patterns: &[Pattern]) -> Vec<Tag> {
        patterns.iter().map(|pattern| self.pattern_tag(*pattern)).collect()
    }

    /// A document by name.
    pub(in crate::site) fn tag(&self, doc: DocId) -> Tag {
        self.shared_tag(doc, |document| {
            Tag::new(TagFields {
                kind: document.kind.noun(),
                id: document.id.clone(),
                name: document.title().to_owned(),
                url: self.link(doc),
                definition: document.summary().to_owned(),
            })
        })
    }

    /// Those of `docs` that have pages.
    pub(in crate::site) fn tags(&self, docs: &[DocId]) -> Vec<Tag> {
        docs.iter().filter(|doc| self.linked.is_published(**doc)).map(|doc| self.tag(*doc)).collect()
    }

    /// An essay's.
    pub(in crate::site) fn card(&self, doc: DocId) -> Card {
        let Summary { title, link, summary, facts } = self.summary(doc);
        let patterns = self.index.patterns_of[doc.index()];
        Card {
            title: title.to_owned(),
            url: link.to_owned(),
            date: facts.date.clone(),
            kind: facts.kind,
            summary: summary.to_owned(),
            minutes: facts.words.div_ceil(WORDS_A_MINUTE).max(1),
            draft: facts.draft,
            scheduled: self.linked.scheduled[doc.index()],
            patterns: patterns_in(patterns).map(|pattern| self.pattern_tag(pattern)).collect(),
        }
    }

    pub(in crate::site) fn cards(&self, docs: &[DocId]) -> Vec<Card> {
        docs.iter().map(|doc| self.card(*doc)).collect()
    }

    pub(in crate::site) fn incident_card(&self, doc: DocId) -> IncidentCard {
        let document = self.document(doc);
        let front = match &document.front {
            Front::Incident(front) => Some(front),
            _ => None,
        };
        IncidentCard {
            id: document.id.clone(),
            title: document.title().to_owned(),
            url: self.link(doc),
            organisations: front.map(|front| front.organisations.clone()).unwrap_or_default(),
            date: front.and_then(|front| front.times.first().cloned()),
            lasted: front.and_then(|front| front.lasted()),
            impact: front.and_then(|front| front.impact.clone()).unwrap_or_default(),
            patterns: self.pattern_tags(&self.linked.tags[doc.index()].patterns),
            essays: self.index.by_incident.get(&doc).map_or(0, Vec::len),
            contested: false,
            bands: Vec::new(),
        }
    }

    /// Draws incidents of a list to one scale: the longest of them, which is given back.
    pub(in crate::site) fn draw_to_scale<'c>(
        &self,
        cards: impl IntoIterator<Item = (&'c mut IncidentCard, DocId)>,
    ) -> Option<SourceDuration> {
        draw_to_scale(cards.into_iter().map(|(card, doc)| match &self.document(doc).front {
            Front::Incident(front) => (card, lengths(front)),
            _ => (card, Vec::new()),
        }))
    }

    pub(in crate::site) fn incident_cards(&self, docs: &[DocId]) -> Vec<IncidentCard> {
        docs.iter().map(|doc| self.incident_card(*doc)).collect()
    }

    pub(in crate::site) fn tile(&self, pattern: Pattern) -> PatternTile {
        let postings = &self.index.patterns[&pattern];
        PatternTile {
            tag: self.pattern_tag(pattern),
            question: self.pattern_front(pattern).and_then(|(_, front)| front.question.clone()),
            essays: postings.essays.len(),
            incidents: postings.incidents.len(),
            passages: postings.passages.len(),
        }
    }

    /// The feed below `url`.
    pub(in crate::site) fn feed_link(&self, title: &str, url: &UrlPath) -> FeedLink {
        FeedLink { title: title.to_owned(), url: self.config.base_url.link(&url.child("feed.xml")) }
    }
}
