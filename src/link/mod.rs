//! Names to addresses: every tag and link of every document resolved, backlinks, and each broken one reported. Knows
//! documents and files by name; builds no lists and no pages.

mod names;
mod resolve;
mod status;
mod tags;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use jiff::ZonedDateTime;
use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, Severity};
use crate::load::{FileHome, FileInput};
use crate::model::{DocId, Pattern, SourceKind, UrlPath};
use crate::outline::{Document, Front};

pub use names::Names;
pub use resolve::Link;
pub use status::Status;
pub use tags::Tags;

/// What `link` is told besides the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Drafts are part of the site.
    pub drafts: bool,
    /// So are essays dated after today.
    pub future: bool,
}

/// For how many broken links the nearest name is looked for: a folder that was renamed may break a hundred thousand.
pub const MAX_HINTS: usize = 300;

/// Every name resolved. All lists are indexed by `DocId`.
#[derive(Clone, Debug)]
pub struct Linked {
    pub status: Vec<Status>,
    pub urls: Vec<UrlPath>,
    /// What each reference of a document leads to, in the order of the references.
    pub links: Vec<Vec<Link>>,
    pub tags: Vec<Tags>,
    /// Links from essays, incidents and pages to each document, in the order of their sources.
    pub backlinks: Vec<Vec<Backlink>>,
    /// Where each file of the site is.
    pub file_urls: Vec<UrlPath>,
    /// The nine's documents.
    pub patterns: BTreeMap<Pattern, DocId>,
}

/// A link to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backlink {
    pub from: DocId,
    /// Index into the source's references.
    pub reference: u32,
}

impl Linked {
    /// Whether the document is part of the site.
    pub fn is_published(&self, doc: DocId) -> bool {
        self.status[doc.index()] == Status::Published
    }
}

/// Resolves every name. `documents` are in the order of their ids.
pub fn link(
    documents: &[Arc<Document>],
    files: &[FileInput],
    now: &ZonedDateTime,
    include: Include,
) -> (Linked, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let urls: Vec<UrlPath> = documents.iter().map(|document| url(document)).collect();
    let owners: HashMap<(SourceKind, &str), &UrlPath> =
        documents.iter().zip(&urls).map(|(document, url)| ((document.kind, document.id.as_str()), url)).collect();
    let file_urls: Vec<UrlPath> = files.iter().map(|file| file_url(file, &owners)).collect();
    let mut status: Vec<Status> = documents.iter().map(|document| status::of(document, now, include)).collect();
    let names = Names::new(documents, files, &file_urls, &urls);

    let tagged: Vec<(Tags, Vec<Diagnostic>)> =
        documents.par_iter().map(|document| tags::resolve(document, documents, &names)).collect();
    let used = used_concepts(documents, &status, &tagged, &names);
    for (n, document) in documents.iter().enumerate() {
        if document.kind == SourceKind::Concept && document.embedded && !used.contains(&n) {
            status[n] = Status::Unused;
        }
    }
    let resolver = resolve::Resolver { documents, names: &names, status: &status, hints: false };
    let mut resolved: Vec<(Vec<Link>, Vec<Diagnostic>)> =
        documents.par_iter().map(|document| resolver.links(document, 0)).collect();
    let mut hints = MAX_HINTS;
    for (document, (_, said)) in documents.iter().zip(&mut resolved).filter(|(_, (_, said))| !said.is_empty()) {
        if hints > 0 {
            *said = resolver.links(document, hints).1;
            hints = hints.saturating_sub(said.len());
        }
    }

    let mut tags = Vec::with_capacity(documents.len());
    let mut links = Vec::with_capacity(documents.len());
    for (n, ((tag, tag_faults), (link, link_faults))) in tagged.into_iter().zip(resolved).enumerate() {
        tags.push(tag);
        links.push(link);
        if status[n] != Status::Unused {
            faults.extend(
                tag_faults
                    .into_iter()
                    .chain(link_faults)
                    .filter_map(|fault| softened(fault, &documents[n], &status[n])),
            );
        }
    }
    faults.extend(status::left_out(documents, &status));
    let backlinks = backlinks(documents, &status, &links);
    let patterns = documents
        .iter()
        .enumerate()
        .filter(|(_, document)| document.kind == SourceKind::Pattern)
        .filter_map(|(n, document)| Some((Pattern::from_id(&document.id)?, doc_id(n))))
        .collect();
    (Linked { status, urls, links, tags, backlinks, file_urls, patterns }, faults)
}

/// A fault as it counts for a document of this status: what a left-out draft says is not checked, and what is not yet
/// published only warns.
pub fn softened(fault: Diagnostic, document: &Document, status: &Status) -> Option<Diagnostic> {
    let is_draft = matches!(&document.front, Front::Essay(front) if front.draft);
    match status {
        Status::Draft => None,
        Status::Future(_) | Status::Published if is_draft || *status != Status::Published => match fault.severity {
            Severity::Error => Some(Diagnostic { severity: Severity::Warning, ..fault }),
            Severity::Warning | Severity::Note => Some(fault),
        },
        _ => Some(fault),
    }
}

/// A position in the documents as an id. Sites are far smaller than 2^32 files.
pub fn doc_id(n: usize) -> DocId {
    DocId(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Where a document's page is.
fn url(document: &Document) -> UrlPath {
    let id = &document.id;
    UrlPath::new(match (&document.front, document.kind) {
        (Front::Essay(front), _) => {
            format!("/essays/{}/", front.slug.as_ref().map_or(id.as_str(), |slug| slug.value.as_str()))
        }
        (_, SourceKind::Page) => format!("/{}/", id.strip_suffix("/index").unwrap_or(id)),
        (_, kind) => format!("/{}/{id}/", kind.folder()),
    })
}

/// Where a file is: static files at their own path, others beside their document's page.
fn file_url(file: &FileInput, owners: &HashMap<(SourceKind, &str), &UrlPath>) -> UrlPath {
    match &file.home {
        FileHome::Static(path) => UrlPath::new(format!("/{path}")),
        FileHome::Beside { kind, id, path } => match owners.get(&(*kind, id.as_str())) {
            Some(url) => url.child(path),
            None => UrlPath::new(format!("/{}/{id}/{path}", kind.folder())),
        },
    }
}

/// Concepts that the site itself names: by tag or by link, from anything it wrote and publishes.
fn used_concepts(
    documents: &[Arc<Document>],
    status: &[Status],
    tagged: &[(Tags, Vec<Diagnostic>)],
    names: &Names<'_>,
) -> BTreeSet<usize> {
    let mut used = BTreeSet::new();
    for (n, document) in documents.iter().enumerate() {
        if document.embedded || status[n] != Status::Published {
            continue;
        }
        used.extend(tagged[n].0.concepts.iter().map(|id| id.index()));
        let linked =
            document.references.iter().filter_map(|reference| names.concept_meant(&reference.target, document));
        used.extend(linked.map(DocId::index));
    }
    used
}

/// Links to each document, from what people read as text. A marking link is shown as a passage instead.
fn backlinks(documents: &[Arc<Document>], status: &[Status], links: &[Vec<Link>]) -> Vec<Vec<Backlink>> {
    let mut backlinks = vec![Vec::new(); documents.len()];
    for (n, document) in documents.iter().enumerate() {
        let is_text = matches!(document.kind, SourceKind::Essay | SourceKind::Incident | SourceKind::Page);
        if !is_text || status[n] != Status::Published {
            continue;
        }
        for (r, link) in links[n].iter().enumerate() {
            if let Link::Page { doc, .. } = link
                && doc.index() != n
                && document.references[r].mark.is_none()
            {
                backlinks[doc.index()]
                    .push(Backlink { from: doc_id(n), reference: u32::try_from(r).unwrap_or(u32::MAX) });
            }
        }
    }
    backlinks
}
