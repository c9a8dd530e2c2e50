//! The Site: every address with what it shows. A `Viewer` makes the view behind each when it is asked for. Knows documents,
//! links and lists; renders nothing and reads nothing.

mod addresses;
mod assets;
mod checks;
mod chrome;
mod counted;
mod dataset;
mod documents;
mod frame;
mod kinds;
mod machines;
mod pages;
mod parts;
mod summaries;
pub mod view;
mod viewer;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule};
use crate::index::Index;
use crate::link::Linked;
use crate::load::FileInput;
use crate::model::{DocId, Hash, Pattern, PatternPair, SourcePath, UrlPath};
use crate::outline::Document;
use crate::words::Words;

use documents::Documents;

pub use assets::assets;
pub use checks::blocked::blocked;
pub(crate) use checks::collisions::NEEDLESS_ALIAS;
pub use checks::collisions::OWN_NAMES;
pub use checks::large_search::large_search;
pub use counted::Counted;
pub use dataset::{Cell, EssaysData, Rows, Table};
pub use kinds::{HostFile, PageKind};
pub(crate) use machines::hosts::HOST_LIMIT;
pub use machines::hosts::UNHEEDED;
pub use machines::search;
pub use machines::social_cards::{CARD_HEIGHT, CARD_MARKS, CARD_TEMPLATE, CARD_WIDTH, card_hash};
pub use view::{BodyLink, BodySpec, Quotation, QuotedPart, View};
pub use viewer::{MOVED_LINK, Viewer};

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[
    checks::RULES,
    checks::blocked::RULES,
    checks::collisions::RULES,
    checks::large_search::RULES,
    checks::lints::RULES,
    checks::series_faults::RULES,
    machines::hosts::RULES,
];

/// Everything there is to publish.
#[derive(Clone, Debug)]
pub struct Site {
    pub config: Arc<Config>,
    documents: Documents,
    files: Arc<[FileInput]>,
    assets: Arc<[Asset]>,
    pub linked: Linked,
    pub index: Arc<Index>,
    chrome: Arc<view::Chrome>,
    /// Files that pages show as pictures.
    shown: BTreeSet<u32>,
    pages: Arc<BTreeMap<UrlPath, PageKind>>,
    /// Those of them that are made of lists.
    lists: Arc<[(UrlPath, PageKind)]>,
    /// Of what the theme draws cards by; none where the site wants none.
    card_theme: Option<Hash>,
    /// Of each document, once a view has shown it.
    tags: Arc<[OnceLock<view::Tag>]>,
    /// The theme's, in the site's language.
    words: Arc<Words>,
    /// Positions of documents that have marked texts, in order: few have some.
    marked: Vec<u32>,
    /// Two pages that would be one.
    collisions: Vec<Diagnostic>,
}

/// A file of the theme under its fingerprinted address.
#[derive(Clone, Debug)]
pub struct Asset {
    pub name: String,
    pub url: UrlPath,
    pub bytes: Arc<Vec<u8>>,
    pub hash: Hash,
}

/// What a site is made of, linked and indexed.
pub struct Parts {
    pub config: Arc<Config>,
    pub documents: Vec<Arc<Document>>,
    pub files: Arc<[FileInput]>,
    /// Of the theme, as `assets` names them.
    pub assets: Arc<[Asset]>,
    /// Of what it draws cards by.
    pub card_theme: Hash,
    /// The theme's, in the site's language.
    pub words: Arc<Words>,
    pub linked: Linked,
    pub index: Arc<Index>,
}

impl Site {
    /// Gives every page its address. Two on one address, and links to addresses that nothing has, are reported. `before` is
    /// an earlier site of the same files and settings: if its addresses are these, they are taken from there.
    pub fn new(parts: Parts, before: Option<&Self>) -> (Self, Vec<Diagnostic>) {
        let Parts { config, documents, files, assets, card_theme, words, linked, index } = parts;
        let has_marks = |(_, document): &(u32, &Arc<Document>)| !document.marked.is_empty();
        let marked = (0..).zip(&documents).filter(has_marks).map(|(n, _)| n).collect();
        let used = chrome::Used { config: &config, linked: &linked, index: &index, words: &words };
        let chrome = Arc::new(chrome::chrome(&used, &documents, &assets, &files));
        let (pages, collisions, shown) = (Arc::default(), Vec::new(), BTreeSet::new());
        let tags = documents.iter().map(|_| OnceLock::new()).collect();
        let linked_alike =
            |before: &&Self| Arc::ptr_eq(&before.config, &config) && Arc::ptr_eq(&before.linked.urls, &linked.urls);
        let documents_before = before.filter(linked_alike).map(|before| &before.documents);
        let link = |doc: DocId| config.base_url.link(&linked.urls[doc.index()]);
        let documents = Documents::new(documents, link, documents_before);
        let card_theme = config.social_cards.then_some(card_theme);
        let mut site = Self {
            config,
            documents,
            files,
            assets,
            linked,
            index,
            chrome,
            shown,
            pages,
            lists: Arc::default(),
            card_theme,
            tags,
            words,
            marked,
            collisions,
        };
        site.shown = parts::pictures::shown_files(&site);
        site.lists = match before {
            Some(before) if Arc::ptr_eq(&before.index, &site.index) => Arc::clone(&before.lists),
            _ => addresses::lists(&site).into(),
        };
        match before.filter(|before| before.has_the_addresses_of(&site)) {
            Some(before) => {
                site.pages = Arc::clone(&before.pages);
                site.collisions.clone_from(&before.collisions);
            }
            None => {
                let mut collisions = Vec::new();
                site.pages = Arc::new(addresses::addresses(&site, &site.lists, &mut collisions));
                site.collisions = collisions;
            }
        }
        let mut faults = site.collisions.clone();
        checks::check(&site, &mut faults);
        machines::hosts::check(&site, &mut faults);
        faults.extend(checks::large_search::large_search(site.searched().len()));
        (site, faults)
    }

    /// Whether both have the same pages. Both are of the same files and settings. Of the same urls the names are the same, and
    /// so are old addresses.
    fn has_the_addresses_of(&self, other: &Self) -> bool {
        let has_the_lists = || {
            self.lists == other.lists
                && self.linked.status == other.linked.status
                // By these names they are told apart where two would be at one address.
                && self.index.series == other.index.series
                && self.index.authors == other.index.authors
        };
        Arc::ptr_eq(&self.assets, &other.assets)
            && self.shown == other.shown
            && Arc::ptr_eq(&self.linked.urls, &other.linked.urls)
            && (Arc::ptr_eq(&self.index, &other.index) || has_the_lists())
    }

    /// Whether it was made of these settings and files, not of equal ones.
    pub fn is_of(&self, config: &Arc<Config>, files: &Arc<[FileInput]>) -> bool {
        Arc::ptr_eq(&self.config, config) && Arc::ptr_eq(&self.files, files)
    }

    /// The theme's words in the site's language.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Every address, in order.
    pub fn urls(&self) -> impl Iterator<Item = (&UrlPath, PageKind)> {
        self.pages.iter().map(|(url, kind)| (url, *kind))
    }

    /// How many addresses there are.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The path of each file that is copied as it is.
    pub fn file_paths(&self) -> impl Iterator<Item = &SourcePath> {
        self.files.iter().map(|file| &file.path)
    }

    /// Whether anything answers at `url`.
    pub fn has(&self, url: &str) -> bool {
        self.pages.contains_key(url)
    }

    /// Whether a file of the site's own, copied as it came, answers at `url`.
    pub fn is_file(&self, url: &UrlPath) -> bool {
        matches!(self.pages.get(url), Some(PageKind::File(_)))
    }

    /// Whether a picture that is made answers at `url`, which takes longer than a page.
    pub fn is_made_picture(&self, url: &UrlPath) -> bool {
        matches!(self.pages.get(url), Some(PageKind::Copy { .. } | PageKind::SocialCard))
    }

    /// The file that the page at `url` is written in; none of a list, or of a list's further pages.
    pub fn source_of(&self, url: &UrlPath) -> Option<&SourcePath> {
        let doc = match *self.pages.get(url)? {
            PageKind::Essay(doc) | PageKind::Incident(doc) | PageKind::Page(doc) | PageKind::Concept(doc, 1) => doc,
            PageKind::Pattern(pattern, 1) => *self.linked.patterns.get(&pattern)?,
            _ => return None,
        };
        Some(&self.document(doc).path)
    }

    /// The address of the page that the source at `path` is shown on.
    pub fn page_of(&self, path: &SourcePath) -> Option<&UrlPath> {
        let n = self.documents().binary_search_by(|document| document.path.cmp(path)).ok()?;
        Some(&self.linked.urls[n]).filter(|url| self.pages.contains_key(*url))
    }

    /// The view at `url`; none if nothing is there. To know which documents it is made of, ask a [`Viewer`].
    pub fn view(&self, url: &UrlPath) -> Option<View> {
        Viewer::new(self).view(url)
    }

    /// The rows of a table of the dataset, whether it is published or not.
    pub fn rows(&self, table: Table) -> Rows {
        Viewer::new(self).rows(table)
    }

    /// The theme's files under their addresses.
    pub fn assets(&self) -> &Arc<[Asset]> {
        &self.assets
    }

    /// All documents, in the order of their ids.
    pub fn documents(&self) -> &[Arc<Document>] {
        self.documents.all()
    }

    fn document(&self, doc: DocId) -> &Document {
        self.documents.at(doc)
    }

    /// The address of the page of `doc`.
    pub fn url(&self, doc: DocId) -> &UrlPath {
        &self.linked.urls[doc.index()]
    }

    /// What would have to stand in its front matter as `feed_id` for feeds to call it what they do now, if its name changed; none
    /// where that stands there, or nothing is known of the site's address.
    pub fn feed_id_to_keep(&self, doc: DocId) -> Option<String> {
        let own = self.document(doc).front.feed_id();
        if own.is_none() { Viewer::new(self).present_feed_id(doc) } else { None }
    }

    fn id(&self, doc: DocId) -> &str {
        &self.document(doc).id
    }
}

/// The address of a pattern's page.
pub fn pattern_url(pattern: Pattern) -> UrlPath {
    UrlPath::new(format!("/patterns/{pattern}/"))
}

/// The address of a pair's page.
pub fn pair_url(pair: PatternPair) -> UrlPath {
    let (a, b) = pair.both();
    UrlPath::new(format!("/patterns/{a}/{b}/"))
}
