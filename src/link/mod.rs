//! Names to addresses: every tag and link of every document resolved, backlinks, and each broken one reported. Knows
//! documents and files by name; builds no lists and no pages.

mod anchors;
mod before;
mod claims;
mod events;
mod future;
mod meant;
mod names;
mod readings;
mod resolve;
mod status;
mod tags;

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use jiff::ZonedDateTime;
use rayon::prelude::*;

use crate::config::{Addresses, Config, EssayParts};
use crate::diagnostic::{Diagnostic, Rule};
use crate::load::{FileHome, FileInput};
use crate::model::{DocId, Pattern, SourceKind, SourcePath, UrlPath};
use crate::outline::{Document, Front};

pub use before::Before;
pub(crate) use future::past_dates;
use names::Names;
pub use readings::{ReadTag, Reading, shows};
pub use resolve::Link;
pub(crate) use resolve::{BROKEN_ANCHOR, BROKEN_LINK};
pub use status::Status;
pub use tags::Tags;

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] =
    &[claims::RULES, events::RULES, future::RULES, names::RULES, readings::RULES, resolve::RULES, status::RULES];

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

/// Documents that a core takes at once: so few that none waits long at the end for another's.
const AT_ONCE: usize = 256;

/// Every name resolved. All lists are indexed by `DocId`. What does not change from one reading of a site to the next is
/// shared with it.
#[derive(Clone, Debug)]
pub struct Linked {
    pub status: Vec<Status>,
    /// Essays dated after today, whether or not they are part of the site.
    pub scheduled: Vec<bool>,
    pub urls: Arc<[UrlPath]>,
    /// What each reference of a document leads to, in the order of the references.
    pub links: Vec<Arc<[Link]>>,
    pub tags: Vec<Arc<Tags>>,
    /// Which of a document's passages speak of which incidents.
    pub readings: Vec<Arc<[Reading]>>,
    /// Links from essays, incidents and pages to each document, in the order of their sources.
    pub backlinks: Arc<[Vec<Backlink>]>,
    /// Where each file of the site is.
    pub file_urls: Arc<[UrlPath]>,
    /// The nine's documents.
    pub patterns: Arc<BTreeMap<Pattern, DocId>>,
    names: Arc<Names>,
    /// What was said of each document, whatever its status makes of it.
    said: Vec<Said>,
}

/// What was said of a document's names.
#[derive(Clone, Debug, Default)]
struct Said {
    tags: Vec<Diagnostic>,
    links: Vec<Diagnostic>,
    readings: Vec<Diagnostic>,
}

/// A link to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Backlink {
    pub from: DocId,
    /// Index into the source's references.
    pub reference: u32,
}

impl Hash for Linked {
    /// Of what other stages see.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { status, scheduled, urls, links, tags, readings, backlinks, file_urls, patterns, names: _, said: _ } =
            self;
        (status, scheduled, urls, links, tags, readings, backlinks, file_urls, patterns).hash(state);
    }
}

impl Linked {
    /// Whether the document is part of the site.
    pub fn is_published(&self, doc: DocId) -> bool {
        self.status[doc.index()] == Status::Published
    }
}

/// Resolves every name. `documents` are in the order of their ids. `before` is an earlier reading of the same files with the
/// same flags and settings: what no change can have touched is taken from there.
pub fn link(
    documents: &[Arc<Document>],
    files: &[FileInput],
    config: &Config,
    now: &ZonedDateTime,
    include: Include,
    before: Option<Before<'_>>,
) -> (Linked, Vec<Diagnostic>) {
    let addresses = &config.addresses;
    let before = before.filter(|before| before.has_the_same_names(documents, addresses));
    let (urls, file_urls, names, patterns) = match before {
        Some(Before { linked, .. }) => {
            (linked.urls.clone(), linked.file_urls.clone(), linked.names.clone(), linked.patterns.clone())
        }
        None => {
            let urls: Vec<UrlPath> = documents.par_iter().map(|document| url(document, addresses)).collect();
            let urls: Arc<[UrlPath]> = urls.into();
            let file_urls = file_urls(documents, files, &urls);
            let names = Names::new(documents, files, &file_urls, &urls);
            (urls, file_urls, Arc::new(names), Arc::new(patterns(documents)))
        }
    };
    let kept = |n: usize| before.filter(|before| before.is_unchanged(n, documents)).map(|before| before.linked);

    let tagged: Vec<(Arc<Tags>, Vec<Diagnostic>)> = (0..documents.len())
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|n| match kept(n) {
            Some(linked) => (Arc::clone(&linked.tags[n]), linked.said[n].tags.clone()),
            None => {
                let (tags, said) = tags::resolve(&documents[n], documents, &names, include);
                (Arc::new(tags), said)
            }
        })
        .collect();
    let (tags, tags_said): (Vec<Arc<Tags>>, Vec<Vec<Diagnostic>>) = tagged.into_iter().unzip();
    let mut status: Vec<Status> = documents.par_iter().map(|document| status::of(document, now, include)).collect();
    leave_out_unused(documents, &tags, &mut status);

    let before = before.filter(|before| before.linked.status == status);
    let kept = |n: usize| before.filter(|before| before.is_unchanged(n, documents)).map(|before| before.linked);
    let resolver = resolve::Resolver { documents, names: &names, status: &status, hints: false };
    let mut resolved: Vec<(Arc<[Link]>, Vec<Diagnostic>)> = (0..documents.len())
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|n| match kept(n) {
            Some(linked) => (Arc::clone(&linked.links[n]), linked.said[n].links.clone()),
            None => resolver.links(&documents[n], 0),
        })
        .collect();
    let mut hints = MAX_HINTS;
    for (n, (_, said)) in resolved.iter_mut().enumerate().filter(|(_, (_, said))| !said.is_empty()) {
        if hints > 0 && kept(n).is_none() {
            *said = resolver.links(&documents[n], hints).1;
        }
        hints = hints.saturating_sub(said.len());
    }
    let (links, links_said): (Vec<Arc<[Link]>>, Vec<Vec<Diagnostic>>) = resolved.into_iter().unzip();
    let read: Vec<(Arc<[Reading]>, Vec<Diagnostic>)> = (0..documents.len())
        .into_par_iter()
        .with_max_len(AT_ONCE)
        .map(|n| match kept(n) {
            Some(linked) => (Arc::clone(&linked.readings[n]), linked.said[n].readings.clone()),
            None => {
                let (document, links, tags) = (&*documents[n], &*links[n], &*tags[n]);
                let around = readings::Around { document, links, tags, names: &names, documents };
                let (readings, mut said) = around.readings();
                // Of records that are left out nothing is shown.
                let is_published = |doc: DocId| status[doc.index()] == Status::Published;
                let is_shown = |reading: &&Reading| {
                    let tag = match reading.tag {
                        ReadTag::Concept(concept) => is_published(concept),
                        ReadTag::Pattern(_) => true,
                    };
                    tag && is_published(reading.incident)
                };
                let readings: Arc<[Reading]> = readings.iter().filter(is_shown).cloned().collect();
                said.extend(around.claim_without_passage());
                (readings, said)
            }
        })
        .collect();
    let (readings, readings_said): (Vec<Arc<[Reading]>>, Vec<Vec<Diagnostic>>) = read.into_iter().unzip();
    let said: Vec<Said> = tags_said
        .into_iter()
        .zip(links_said)
        .zip(readings_said)
        .map(|((tags, links), readings)| Said { tags, links, readings })
        .collect();

    let backlinks = || match before.filter(|before| before.has_the_same_links(documents, &links)) {
        Some(before) => Arc::clone(&before.linked.backlinks),
        None => backlinks(documents, &status, &links),
    };
    let (backlinks, faults) = rayon::join(backlinks, || faults(documents, &status, &said, now));
    let scheduled = documents.par_iter().map(|document| status::is_scheduled(document, now)).collect();
    (Linked { status, scheduled, urls, links, tags, readings, backlinks, file_urls, patterns, names, said }, faults)
}

fn patterns(documents: &[Arc<Document>]) -> BTreeMap<Pattern, DocId> {
    documents
        .iter()
        .enumerate()
        .filter(|(_, document)| document.kind == SourceKind::Pattern)
        .filter_map(|(n, document)| Some((Pattern::from_id(&document.id)?, doc_id(n))))
        .collect()
}

fn faults(documents: &[Arc<Document>], status: &[Status], said: &[Said], now: &ZonedDateTime) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for ((document, status), said) in documents.iter().zip(status).zip(said) {
        if *status != Status::Unused {
            let future = future::fault(document, status::is_scheduled(document, now), now);
            let all = said.tags.iter().chain(&said.links).chain(&said.readings).cloned().chain(future);
            faults.extend(all.filter_map(|fault| softened(fault, document, status)));
        }
    }
    faults.extend(status::left_out(documents, status));
    faults
}

/// A fault as it counts for a document of this status: what a left-out draft says is not checked, and what is not yet
/// published only warns.
pub fn softened(fault: Diagnostic, document: &Document, status: &Status) -> Option<Diagnostic> {
    match status {
        Status::Draft => None,
        Status::Future(_) | Status::Published if status::is_draft(document) || *status != Status::Published => {
            Some(fault.softened())
        }
        _ => Some(fault),
    }
}

/// A position in the documents as an id. Sites are far smaller than 2^32 files.
pub fn doc_id(n: usize) -> DocId {
    DocId(u32::try_from(n).unwrap_or(u32::MAX))
}

/// Where a document's page is: where the document says, or where the settings have those of its kind.
pub(crate) fn url(document: &Document, addresses: &Addresses) -> UrlPath {
    if let Some(url) = document.front.own_address() {
        return url.clone();
    }
    let id = document.id.as_str();
    UrlPath::new(match (&document.front, document.kind) {
        (Front::Essay(front), _) => {
            let name = id.rsplit('/').next().unwrap_or(id);
            return addresses.of(EssayParts {
                date: front.date.as_ref().map(|date| date.value.first_day()),
                folders: folders(&document.path),
                slug: front.slug.as_ref().map_or(name, |slug| slug.value.as_str()),
            });
        }
        (_, SourceKind::Page) => ["/", id.strip_suffix("/index").unwrap_or(id), "/"].concat(),
        (_, kind) => ["/", kind.folder(), "/", id, "/"].concat(),
    })
}

/// The folders between that of its kind and the document at `path`; its own, with its pictures, is none of them.
fn folders(path: &SourcePath) -> &str {
    let file = path.as_str();
    let own = file.strip_suffix("/index.md").unwrap_or(file);
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    folder.splitn(3, '/').nth(2).unwrap_or_default()
}

/// Where files are: static ones at their own path, others beside their document's page.
fn file_urls(documents: &[Arc<Document>], files: &[FileInput], urls: &[UrlPath]) -> Arc<[UrlPath]> {
    let owner = |kind: SourceKind, folder: &str| {
        let path = owner_path(kind, folder);
        documents.binary_search_by(|document| document.path.cmp(&path)).ok()
    };
    let file_url = |file: &FileInput| match &file.home {
        FileHome::Static(path) => UrlPath::new(["/", path].concat()),
        FileHome::Beside { kind, folder, path } => match owner(*kind, folder) {
            Some(n) => urls[n].child(path),
            None => UrlPath::new(format!("/{}/{folder}/{path}", kind.folder())),
        },
    };
    files.iter().map(file_url).collect()
}

/// The path of the document that files in `folder`, below that of its kind, belong to.
pub(crate) fn owner_path(kind: SourceKind, folder: &str) -> SourcePath {
    SourcePath::new(["content/", kind.folder(), "/", folder, "/index.md"].concat())
}

/// Concepts of the program's have pages only where the site itself names them: by tag or by link, from anything it wrote and
/// publishes.
fn leave_out_unused(documents: &[Arc<Document>], tags: &[Arc<Tags>], status: &mut [Status]) {
    let mut used = vec![false; documents.len()];
    for (n, document) in documents.iter().enumerate() {
        if !document.embedded && status[n] == Status::Published {
            tags[n].concepts.iter().chain(&tags[n].linked_concepts).for_each(|id| used[id.index()] = true);
        }
    }
    for (n, document) in documents.iter().enumerate() {
        if document.kind == SourceKind::Concept && document.embedded && !used[n] {
            status[n] = Status::Unused;
        }
    }
}

/// Links to each document, from what people read as text. A marking link is shown as a passage instead.
fn backlinks(documents: &[Arc<Document>], status: &[Status], links: &[Arc<[Link]>]) -> Arc<[Vec<Backlink>]> {
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
    backlinks.into()
}
