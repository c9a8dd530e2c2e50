//! The other documents as one of them sees them while its names are resolved, and what it read of them. Knows names; resolves
//! nothing.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::fields::line;
use crate::model::{DocId, SourceKind, SourcePath, nfc};
use crate::outline::{Document, Target};

use super::doc_id;
use super::names::Names;

/// What one document sees of all. Not `Sync`: what it read would be lost.
pub(super) struct Lookup<'a> {
    /// Private to this file: there is no way to another document past its reads.
    documents: &'a [Arc<Document>],
    pub names: &'a Names,
    titles: &'a Titles,
    read: RefCell<Vec<DocId>>,
    read_titles: Cell<bool>,
}

/// What the names of a document were resolved by, besides itself and the names of all: it is resolved anew when one of these
/// changes.
#[derive(Clone, Debug, Default)]
pub(super) struct Reads {
    /// Each once, in order.
    pub documents: Box<[DocId]>,
    /// The titles of all.
    pub titles: bool,
}

/// The documents of each id and title in lower case, whatever their kind: made when the first wikilink is resolved, since many
/// sites have none.
#[derive(Debug, Default)]
pub(super) struct Titles {
    by_name: OnceLock<HashMap<String, Vec<DocId>>>,
    /// The names in order, once one is looked for that nothing has.
    sorted: OnceLock<Vec<String>>,
}

impl<'a> Lookup<'a> {
    pub fn new(documents: &'a [Arc<Document>], names: &'a Names, titles: &'a Titles) -> Self {
        Self { documents, names, titles, read: RefCell::default(), read_titles: Cell::default() }
    }

    pub fn into_reads(self) -> Reads {
        let mut read = self.read.into_inner();
        read.sort_unstable();
        read.dedup();
        Reads { documents: read.into(), titles: self.read_titles.get() }
    }

    pub fn document(&self, doc: DocId) -> &'a Document {
        self.read.borrow_mut().push(doc);
        &self.documents[doc.index()]
    }

    /// A name, which is no read: while the names are the same, all of them are.
    pub fn id(&self, doc: DocId) -> &'a str {
        &self.documents[doc.index()].id
    }

    pub fn kind(&self, doc: DocId) -> SourceKind {
        self.documents[doc.index()].kind
    }

    pub fn path(&self, doc: DocId) -> &'a SourcePath {
        &self.documents[doc.index()].path
    }

    pub fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.documents.iter().map(|document| document.id.as_str())
    }

    fn by_name(&self) -> &'a HashMap<String, Vec<DocId>> {
        self.read_titles.set(true);
        self.titles.by_name.get_or_init(|| by_title(self.documents))
    }

    /// All titles and ids in lower case, in order.
    pub fn titles(&self) -> impl Iterator<Item = &'a str> {
        let sorted = || {
            let mut titles: Vec<String> = self.by_name().keys().cloned().collect();
            titles.sort_unstable();
            titles
        };
        self.titles.sorted.get_or_init(sorted).iter().map(String::as_str)
    }

    /// The documents that `folder/name` means: those whose path ends so.
    pub fn in_folder(&self, name: &str) -> Vec<DocId> {
        let name = name.trim_end_matches(".md");
        if !name.contains('/') {
            return Vec::new();
        }
        let ends_so = |document: &Document| {
            let path = document.path.as_str().trim_end_matches(".md").trim_end_matches("/index");
            path.strip_suffix(name).is_some_and(|before| before.ends_with('/'))
        };
        let found = self.documents.iter().enumerate().filter(|(_, document)| ends_so(document));
        found.map(|(n, _)| doc_id(n)).collect()
    }

    /// What a wikilink can mean: the documents with this id or title.
    pub fn wiki(&self, name: &str) -> &'a [DocId] {
        let names = self.by_name();
        let name = name.trim().trim_end_matches(".md");
        // Titles are set as bodies are, file names are not.
        let found = [name, &*line(name)].into_iter().find_map(|name| names.get(&nfc(name).to_lowercase()));
        found.map_or(&[], Vec::as_slice)
    }

    /// The concept that a link of `document` means, if it means one.
    pub fn concept_meant(&self, target: &Target, document: &Document) -> Option<DocId> {
        match target {
            Target::Concept(named) => self.names.get(SourceKind::Concept, &named.id),
            Target::Relative { path, .. } => {
                let path = SourcePath::resolve(document.path.folder(), path)?;
                if path.starts_with("content/concepts/") { self.names.at_path(&path) } else { None }
            }
            Target::Site { path, .. } => self.names.at_url(path).filter(|doc| self.kind(*doc) == SourceKind::Concept),
            Target::Wiki { name, .. } => match self.wiki(name) {
                [only] => Some(*only),
                _ => None,
            },
            _ => None,
        }
    }
}

impl Reads {
    /// Both together.
    pub fn and(self, other: &Self) -> Self {
        let mut documents = self.documents.into_vec();
        documents.extend(&other.documents);
        documents.sort_unstable();
        documents.dedup();
        Self { documents: documents.into(), titles: self.titles || other.titles }
    }
}

fn by_title(documents: &[Arc<Document>]) -> HashMap<String, Vec<DocId>> {
    let mut names: HashMap<String, Vec<DocId>> = HashMap::with_capacity(documents.len() * 2);
    for (n, document) in documents.iter().enumerate() {
        let title = nfc(document.title()).to_lowercase();
        let id = document.id.to_lowercase();
        if title != id {
            names.entry(title).or_default().push(doc_id(n));
        }
        // An essay whose folders are part of its name is meant by its own, too.
        if document.kind == SourceKind::Essay
            && let Some((_, last)) = id.rsplit_once('/')
        {
            names.entry(last.to_owned()).or_default().push(doc_id(n));
        }
        names.entry(id).or_default().push(doc_id(n));
    }
    names
}
