//! Every name that a link or tag may use, and the nearest to one that is unknown. Knows names, not who uses them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{line, shortened};
use crate::load::FileInput;
use crate::model::{DocId, Id, Pattern, SourceKind, SourcePath, UrlPath, nearest, nfc};
use crate::outline::{Document, Front, UNKNOWN_PATTERN};

use super::doc_id;

rules! {
    BROKEN_LINK = "broken-link", error, "a link leads to a file, title or address that is not there", text "[the sequel](the-sequel.md)";
    UNKNOWN_CONCEPT = "unknown-concept", error, "there is no concept of this name", front "concepts: [slak]";
    UNKNOWN_INCIDENT = "unknown-incident", error, "there is no incident of this name", front "incidents: [slow-pages]";
}

/// Look-ups by id, by path and by address. Holds its own copies, so that it outlives one reading of the site.
#[derive(Debug)]
pub struct Names {
    by_kind: BTreeMap<SourceKind, HashMap<String, DocId>>,
    by_path: HashMap<SourcePath, DocId>,
    by_url: HashMap<UrlPath, DocId>,
    file_by_path: HashMap<SourcePath, UrlPath>,
    file_by_url: HashSet<UrlPath>,
    /// Other names of concepts, for "did you mean".
    concept_aliases: BTreeMap<String, String>,
}

fn by_kind(documents: &[Arc<Document>]) -> BTreeMap<SourceKind, HashMap<String, DocId>> {
    let mut names: BTreeMap<SourceKind, HashMap<String, DocId>> = BTreeMap::new();
    for (n, document) in documents.iter().enumerate() {
        names.entry(document.kind).or_default().entry(document.id.clone()).or_insert(doc_id(n));
    }
    names
}

fn by_path(documents: &[Arc<Document>]) -> HashMap<SourcePath, DocId> {
    documents.iter().enumerate().map(|(n, document)| (document.path.clone(), doc_id(n))).collect()
}

/// Of two at one address, which is an error, the first. An old address leads to its document too, unless it is another's.
fn by_url(documents: &[Arc<Document>], urls: &[UrlPath]) -> HashMap<UrlPath, DocId> {
    let mut names = HashMap::with_capacity(urls.len());
    for (n, url) in urls.iter().enumerate() {
        names.entry(url.clone()).or_insert(doc_id(n));
    }
    for (n, document) in documents.iter().enumerate() {
        for alias in document.front.aliases() {
            names.entry(alias.value.clone()).or_insert(doc_id(n));
        }
    }
    names
}

fn concept_aliases(documents: &[Arc<Document>]) -> BTreeMap<String, String> {
    let mut aliases = BTreeMap::new();
    for document in documents {
        if let Front::Concept(front) = &document.front {
            for alias in front.aliases.iter().chain([&front.name]) {
                aliases.entry(nfc(alias).to_lowercase()).or_insert_with(|| document.id.clone());
            }
        }
    }
    aliases
}

impl Names {
    pub(super) fn new(
        documents: &[Arc<Document>],
        files: &[FileInput],
        file_urls: &[UrlPath],
        urls: &[UrlPath],
    ) -> Self {
        // None of these needs another, and of many documents each takes its time.
        let (by_kind, (by_path, by_url)) =
            rayon::join(|| by_kind(documents), || rayon::join(|| by_path(documents), || by_url(documents, urls)));
        Self {
            by_kind,
            by_path,
            by_url,
            file_by_path: files.iter().zip(file_urls).map(|(file, url)| (file.path.clone(), url.clone())).collect(),
            file_by_url: file_urls.iter().cloned().collect(),
            concept_aliases: concept_aliases(documents),
        }
    }

    /// Whether there is a document of this kind.
    pub(super) fn has_any(&self, kind: SourceKind) -> bool {
        self.by_kind.get(&kind).is_some_and(|ids| !ids.is_empty())
    }

    /// The document of this kind and id.
    pub fn get(&self, kind: SourceKind, id: &str) -> Option<DocId> {
        self.by_kind.get(&kind)?.get(&*nfc(id)).copied()
    }

    pub(super) fn at_path(&self, path: &str) -> Option<DocId> {
        self.by_path.get(&*nfc(path)).copied()
    }

    pub(super) fn at_url(&self, url: &str) -> Option<DocId> {
        self.by_url.get(&*nfc(url)).copied()
    }

    pub(super) fn file_at_path(&self, path: &str) -> Option<&UrlPath> {
        self.file_by_path.get(&*nfc(path))
    }

    pub(super) fn file_at_url(&self, url: &str) -> Option<&UrlPath> {
        self.file_by_url.get(&*nfc(url))
    }

    /// The error for a name that no document of this kind has: with the nearest, or with the command that makes it.
    pub(super) fn unknown(&self, kind: SourceKind, name: &str, hints: bool) -> Diagnostic {
        let message = format!("there is no {} `{}`", kind.noun(), shortened(name));
        let fault = match kind {
            SourceKind::Pattern if self.get(SourceKind::Concept, name).is_some() => {
                return Diagnostic::new(UNKNOWN_PATTERN, message).help(other_kind(name, SourceKind::Concept));
            }
            SourceKind::Pattern => return crate::outline::unknown_pattern(name),
            SourceKind::Concept if Pattern::from_id(&name.to_lowercase()).is_some() => {
                let help = other_kind(&name.to_lowercase(), SourceKind::Pattern);
                return Diagnostic::new(UNKNOWN_CONCEPT, message).help(help);
            }
            SourceKind::Concept => Diagnostic::new(UNKNOWN_CONCEPT, message),
            SourceKind::Incident => Diagnostic::new(UNKNOWN_INCIDENT, message),
            SourceKind::Essay | SourceKind::Page => Diagnostic::new(BROKEN_LINK, message),
        };
        if !hints {
            return fault.help(create(kind, name));
        }
        let mut ids: Vec<&str> =
            self.by_kind.get(&kind).into_iter().flat_map(HashMap::keys).map(String::as_str).collect();
        ids.sort_unstable();
        let alias = if kind == SourceKind::Concept {
            let names = [name, &*line(name)];
            names.iter().find_map(|name| self.concept_aliases.get(&nfc(name).to_lowercase())).map(String::as_str)
        } else {
            None
        };
        let near = alias.or_else(|| nearest(name, ids)).map(|near| format!("did you mean `{near}`?"));
        // A name that can't be one was meant for the other.
        let create = if near.is_some() && (Id::new(name).is_err() || name.ends_with(".md")) {
            None
        } else {
            Some(create(kind, name))
        };
        fault.maybe_help(near).maybe_help(create)
    }

    /// The text whose file is called `name`, wherever it stands, if there is one alone; of a folder, that is its name.
    pub(super) fn only_called(&self, name: &str) -> Option<DocId> {
        let mut found = self.by_kind.values().filter_map(|ids| ids.get(name).copied());
        found.next().filter(|_| found.next().is_none())
    }

    /// The path of this file or text by the letters that it has on disk, where `path` has them in other case.
    pub(super) fn in_other_case(&self, path: &str) -> Option<&str> {
        let wanted = path.to_lowercase();
        let all = self.by_path.keys().chain(self.file_by_path.keys()).map(SourcePath::as_str);
        all.filter(|known| known.len() == path.len() && known.to_lowercase() == wanted).min()
    }

    pub(super) fn path_of(&self, doc: DocId) -> Option<&SourcePath> {
        self.by_path.iter().find(|(_, known)| **known == doc).map(|(path, _)| path)
    }

    /// The file name nearest to that of a path that leads nowhere, in its folder.
    pub(super) fn nearest_path(&self, path: &str) -> Option<&str> {
        let (folder, _) = path.rsplit_once('/')?;
        let mut same: Vec<&str> = self
            .by_path
            .keys()
            .chain(self.file_by_path.keys())
            .map(SourcePath::as_str)
            .filter(|known| known.rsplit_once('/').is_some_and(|(other, _)| other == folder))
            .collect();
        same.sort_unstable();
        let names = same.iter().filter_map(|known| known.rsplit_once('/')).map(|(_, name)| name);
        let (_, wanted) = path.rsplit_once('/')?;
        // That both end in `.md` makes no two names alike.
        let Some(stem) = wanted.strip_suffix(".md") else { return nearest(wanted, names) };
        let near = nearest(stem, names.clone().filter_map(|name| name.strip_suffix(".md")))?;
        names.into_iter().find(|name| name.strip_suffix(".md") == Some(near))
    }
}

/// A name of another kind than was asked for.
fn other_kind(name: &str, kind: SourceKind) -> String {
    let (noun, folder) = (kind.noun(), kind.folder());
    format!("`{name}` is a {noun}: write it under `{folder}`, in a link as `{noun}:{name}`")
}

/// How to make the document of this kind that is not there.
pub(super) fn create(kind: SourceKind, name: &str) -> String {
    if Id::new(name).is_ok() {
        let command = format!("create it with `ninefold new {} {name}`", kind.noun());
        // A link to a draft is an error.
        let is_draft = matches!(kind, SourceKind::Essay | SourceKind::Page);
        return if is_draft { format!("{command}, and publish it: it begins as a draft") } else { command };
    }
    match crate::model::slug(name) {
        slug if slug.is_empty() => "a name is made of lower-case letters, digits and dashes".to_owned(),
        slug => format!("a name is made of lower-case letters, digits and dashes: `{slug}`"),
    }
}
