//! What full-text search is given of each page, and the view of its own page. Knows documents and addresses; makes no index.

use serde::Serialize;

use crate::index::patterns_in;
use crate::model::{DocId, Hash, Pattern, SourceKind, UrlPath, When};
use crate::outline::{Document, Front, SourceEntry, readable_cues};
use crate::site::parts::body::Addresses;
use crate::site::parts::html::Head;
use crate::site::view::{BodySpec, Data, MenuItem, Search};
use crate::site::{Site, View, Viewer};

pub use super::vocabulary::{SearchName, SearchPassage, Vocabulary};

/// The address of the search page.
pub const PAGE: &str = "/search/";
/// The folder that holds the index.
pub const FOLDER: &str = "/pagefind/";
/// The script that reads the index; browsers load it with the first search.
const SCRIPT: &str = "/pagefind/pagefind.js";

/// Whether the file at `path` is a piece of the index, whose name changes with its content. Browsers that have read an older
/// entry of the index ask for older pieces.
pub fn is_piece(path: &str) -> bool {
    const PIECES: [&str; 4] = [".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"];
    path.starts_with(FOLDER.trim_start_matches('/')) && PIECES.iter().any(|ending| path.ends_with(ending))
}

/// What is searched of one page besides its prose. All of it counts for the index's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchEntry {
    /// The page's path, without that of `base_url`.
    pub url: String,
    pub title: String,
    /// `essay`, `incident`, `pattern`, `concept`, `page`.
    pub kind: &'static str,
    /// As readers see it.
    pub date: Option<String>,
    /// What it goes by besides its title, and who is named in it: words that find the page and are no sentences of it.
    pub names: Vec<String>,
    /// What the page says outside its prose: its definition, events, sources.
    pub facts: Vec<String>,
    /// What it can be filtered by, each as id and name.
    pub patterns: Vec<(String, String)>,
    pub concepts: Vec<(String, String)>,
    pub incidents: Vec<(String, String)>,
    /// Of the source's whole text.
    pub source: Hash,
    /// Titles that stand in the prose for bare wikilinks.
    pub titles: Vec<String>,
}

/// The prose of a page and the places in it that a result may lead to.
#[derive(Clone, Debug)]
pub struct SearchText {
    pub body: BodySpec,
    /// The id of each heading and its words.
    pub headings: Vec<(String, String)>,
    /// The id of each passage that words in the text mark, and these words.
    pub passages: Vec<(String, String)>,
}

impl Site {
    /// The documents that are searched: essays, incidents, patterns, concepts, pages. None if `search: false`.
    pub fn searched(&self) -> Vec<DocId> {
        if !self.config.search {
            return Vec::new();
        }
        let index = &self.index;
        let patterns = Pattern::ALL.iter().filter_map(|pattern| self.linked.patterns.get(pattern));
        let lists = index.essays.iter().chain(&index.incidents).chain(patterns);
        lists.chain(&index.concepts).chain(&index.pages).copied().collect()
    }
}

impl Viewer<'_> {
    /// What is searched of `doc` besides its prose.
    pub fn search_entry(&self, doc: DocId) -> SearchEntry {
        let document = self.document(doc);
        let tags = &self.linked.tags[doc.index()];
        let of_kind = |kind: SourceKind| (document.kind == kind).then_some(doc);
        let named = |docs: &[DocId], itself: Option<DocId>| -> Vec<(String, String)> {
            let docs = docs.iter().copied().filter(|doc| self.linked.is_published(*doc)).chain(itself);
            docs.map(|doc| (self.document(doc).id.clone(), self.document(doc).title().to_owned())).collect()
        };
        let itself = Pattern::from_id(&document.id).filter(|_| document.kind == SourceKind::Pattern);
        let patterns = patterns_in(self.index.patterns_of[doc.index()]).chain(itself);
        SearchEntry {
            url: self.url(doc).as_str().to_owned(),
            title: self.search_title(document),
            kind: document.kind.noun(),
            date: date(document).map(|date| self.words.when(date)),
            names: names(document),
            facts: facts(document),
            patterns: patterns
                .map(|pattern| (pattern.id().to_owned(), self.pattern_tag(pattern).name.clone()))
                .collect(),
            concepts: named(&tags.concepts, of_kind(SourceKind::Concept)),
            incidents: named(&tags.incidents, of_kind(SourceKind::Incident)),
            source: document.hash,
            titles: self.replaced_words(doc),
        }
    }

    /// The prose of `doc`.
    pub fn search_text(&self, doc: DocId) -> SearchText {
        let document = self.document(doc);
        let words = |mark: &crate::outline::Mark| mark.passage.text[mark.passage.at.clone()].trim().to_owned();
        SearchText {
            // What it quotes is found where it was written.
            body: self.body_alone(doc, Addresses::Paths),
            headings: document.body.headings.iter().map(|heading| (heading.id.clone(), heading.text.clone())).collect(),
            passages: document
                .body
                .marks
                .iter()
                .map(|mark| (mark.anchor.clone(), words(mark)))
                .filter(|(_, words)| !words.is_empty())
                .collect(),
        }
    }

    fn search_title(&self, document: &Document) -> String {
        match Pattern::from_id(&document.id) {
            Some(pattern) if document.kind == SourceKind::Pattern => self.pattern_tag(pattern).name.clone(),
            _ => document.title().to_owned(),
        }
    }

    pub(in crate::site) fn search(&self) -> View {
        let url = UrlPath::new(PAGE);
        let mut page = Head::new(self.words.text("search"), &url);
        page.description = Some(self.words.text("of_search").to_owned());
        let ways: Vec<MenuItem> = self.chrome.menu.iter().filter(|item| item.section.is_some()).cloned().collect();
        self.html(page, Data::Search(Search { ways }))
    }
}

/// Where the pages find search: none if it is turned off.
pub(in crate::site) fn links(config: &crate::config::Config) -> Option<crate::site::view::SearchLinks> {
    let link = |path: &str| config.base_url.link(&UrlPath::new(path));
    config.search.then(|| crate::site::view::SearchLinks { page: link(PAGE), script: link(SCRIPT) })
}

fn date(document: &Document) -> Option<&When> {
    match &document.front {
        Front::Essay(front) => front.date.as_ref().map(|date| &date.value),
        Front::Incident(front) => front.times.first(),
        _ => None,
    }
}

/// Other names, cues, organisations, services, authors. A cue's `…` parts its words.
fn names(document: &Document) -> Vec<String> {
    let names = match &document.front {
        Front::Essay(front) => front.authors.clone(),
        Front::Page(_) => Vec::new(),
        Front::Incident(front) => [&*front.organisations, &*front.services, &*front.regions].concat(),
        Front::Pattern(front) => [&*front.aliases, &*readable_cues(&front.cues)].concat(),
        Front::Concept(front) => [&*front.aliases, &*readable_cues(&front.cues)].concat(),
    };
    names.iter().map(|name| name.replace('\u{2026}', " ")).collect()
}

/// A source as one says it: what it is called, who wrote it, who published it.
fn source(source: &SourceEntry) -> String {
    let parts = [Some(&source.title), source.author.as_ref(), source.publisher.as_ref()];
    let mut words: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
    words.dedup();
    words.join(", ")
}

/// What a page says outside its prose. An essay's summary is not among it: it only says again what the text does.
fn facts(document: &Document) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    match &document.front {
        Front::Essay(front) => facts.extend(front.series.as_ref().map(|series| series.name.clone())),
        Front::Page(_) => {}
        Front::Incident(front) => {
            facts.extend(front.impact.clone());
            facts.extend(front.timeline.iter().map(|event| event.text.clone()));
            facts.extend(front.held.iter().chain(&front.disputes).map(|statement| statement.text.clone()));
            facts.extend(front.sources.iter().map(source));
        }
        Front::Pattern(front) => {
            facts.extend(front.definition.clone());
            facts.extend(front.look_alikes.iter().map(|alike| alike.difference.clone()));
            facts.extend(front.questions.iter().cloned());
        }
        Front::Concept(front) => {
            facts.push(front.definition.clone());
            facts.extend(front.reference.clone());
        }
    }
    facts
}
