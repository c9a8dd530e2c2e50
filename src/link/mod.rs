//! Names to addresses: every tag and link of every document resolved, backlinks, and each broken one reported. Knows
//! documents and files by name; builds no lists and no pages.

mod anchors;
mod before;
mod claims;
mod events;
mod future;
mod lookup;
mod meant;
mod named;
mod names;
mod readings;
mod resolve;
mod resolved;
mod status;
mod tags;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ZonedDateTime;
use rayon::prelude::*;
use serde::Serialize;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule};
use crate::load::FileInput;
use crate::model::{DocId, Pattern, SourceKind, UrlPath};
use crate::outline::Document;

pub use before::Before;
pub(crate) use future::past_dates;
use lookup::{Reads, Titles};
pub(crate) use meant::on_another_host;
use named::Named;
pub(crate) use named::{owner_path, url as url_of};
pub(crate) use names::BROKEN_LINK;
use names::Names;
pub use readings::{ReadTag, Reading, shows};
pub(crate) use resolve::BROKEN_ANCHOR;
pub use resolve::Link;
use resolved::{All, Tagged};
pub use status::Status;
pub use tags::Tags;

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] =
    &[claims::RULES, future::RULES, meant::RULES, names::RULES, readings::RULES, resolve::RULES, status::RULES];

/// The inputs of `link` besides the documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Drafts are part of the site.
    pub drafts: bool,
    /// So are essays dated after today.
    pub future: bool,
}

/// For how many broken links the nearest name is looked for: a folder that was renamed may break a hundred thousand.
pub const MAX_HINTS: usize = 300;

/// Every name resolved. All lists are indexed by `DocId`. What does not change from one reading of a site to the next is
/// shared with it.
#[derive(Clone, Debug, Serialize)]
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
    // From here on nothing that other stages see.
    #[serde(skip)]
    names: Arc<Names>,
    #[serde(skip)]
    titles: Arc<Titles>,
    /// What the names of each document were resolved by.
    #[serde(skip)]
    reads: Vec<Arc<Reads>>,
    /// What is wrong with each document's names, whatever its status makes of it.
    #[serde(skip)]
    diagnostics: Vec<Diagnostics>,
}

/// What is wrong with a document's names.
#[derive(Clone, Debug, Default)]
struct Diagnostics {
    tags: Vec<Diagnostic>,
    links: Vec<Diagnostic>,
    readings: Vec<Diagnostic>,
}

/// A link to a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Backlink {
    pub from: DocId,
    /// Index into the source's references.
    pub reference: u32,
}

impl Linked {
    /// The document of this kind that is called `id`.
    pub fn find(&self, kind: SourceKind, id: &str) -> Option<DocId> {
        self.names.get(kind, id)
    }

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
    let before = before.filter(|before| before.has_the_same_names(documents));
    let Named { urls, file_urls, names, patterns, titles } = Named::of(documents, files, &config.addresses, before);
    let alike = before.map(|before| before.resolved_alike(documents)).unwrap_or_default();
    let all = All { documents, names: &names, titles: &titles, include };
    let tagged = resolved::tagged(all, |n| before.filter(|_| alike[n]).map(|before| before.linked));
    let mut status: Vec<Status> = documents.par_iter().map(|document| status::of(document, now, include)).collect();
    leave_out_unused(documents, &tagged, &mut status);

    let before = before.filter(|before| before.linked.status == status);
    let resolved_before = |n: usize| before.filter(|_| alike[n]).map(|before| before.linked);
    let (mut tags, mut links, mut readings) = (Vec::new(), Vec::new(), Vec::new());
    let (mut reads, mut diagnostics) = (Vec::new(), Vec::new());
    for resolved in resolved::resolved(tagged, all, &status, resolved_before) {
        tags.push(resolved.tags);
        links.push(resolved.links);
        readings.push(resolved.readings);
        reads.push(resolved.reads);
        diagnostics.push(resolved.diagnostics);
    }

    let same_links = |before: &Before<'_>| before.linked.links == links && before.has_the_same_entries(documents);
    let backlinks = || match before.filter(same_links) {
        Some(before) => Arc::clone(&before.linked.backlinks),
        None => backlinks(documents, &status, &links),
    };
    let (backlinks, faults) = rayon::join(backlinks, || faults(documents, &status, &diagnostics, now));
    let scheduled = documents.par_iter().map(|document| status::is_scheduled(document, now)).collect();
    let linked = Linked {
        status,
        scheduled,
        urls,
        links,
        tags,
        readings,
        backlinks,
        file_urls,
        patterns,
        names,
        titles,
        reads,
        diagnostics,
    };
    (linked, faults)
}

fn faults(
    documents: &[Arc<Document>],
    status: &[Status],
    diagnostics: &[Diagnostics],
    now: &ZonedDateTime,
) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for ((document, status), diagnostics) in documents.iter().zip(status).zip(diagnostics) {
        if *status != Status::Unused {
            let future = future::fault(document, status::is_scheduled(document, now), now);
            let all =
                diagnostics.tags.iter().chain(&diagnostics.links).chain(&diagnostics.readings).cloned().chain(future);
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

/// Concepts of the program's have pages only where the site itself names them: by tag or by link, from anything it wrote and
/// publishes.
fn leave_out_unused(documents: &[Arc<Document>], tagged: &[Tagged], status: &mut [Status]) {
    let mut used = vec![false; documents.len()];
    for (n, document) in documents.iter().enumerate() {
        if !document.embedded && status[n] == Status::Published {
            let tags = &tagged[n].tags;
            tags.concepts.iter().chain(&tags.linked_concepts).for_each(|id| used[id.index()] = true);
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
        if !document.kind.is_text() || status[n] != Status::Published {
            continue;
        }
        for (r, link) in links[n].iter().enumerate() {
            if let Link::Page { doc, .. } = link
                && doc.index() != n
                && document.body.references[r].mark.is_none()
            {
                backlinks[doc.index()]
                    .push(Backlink { from: doc_id(n), reference: u32::try_from(r).unwrap_or(u32::MAX) });
            }
        }
    }
    backlinks.into()
}
