//! What the names of one document come to: its tags first, and then, once it is known what is part of the site, its links and
//! readings. Made anew, or taken from an earlier reading. Knows one document at a time.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::model::DocId;
use crate::outline::Document;

use super::lookup::{Lookup, Reads, Titles};
use super::names::Names;
use super::readings::Around;
use super::resolve::Resolver;
use super::{Diagnostics, Include, Link, Linked, MAX_HINTS, ReadTag, Reading, Status, Tags, tags};

/// Documents that a core takes at once: so few that none waits long at the end for another's.
const AT_ONCE: usize = 256;

/// All documents and their names.
#[derive(Clone, Copy)]
pub(super) struct All<'a> {
    pub documents: &'a [Arc<Document>],
    pub names: &'a Names,
    pub titles: &'a Titles,
    pub include: Include,
}

/// Its tags, and what is wrong with them.
pub(super) struct Tagged {
    pub tags: Arc<Tags>,
    diagnostics: Vec<Diagnostic>,
    reads: Arc<Reads>,
}

pub(super) struct Resolved {
    pub tags: Arc<Tags>,
    pub links: Arc<[Link]>,
    pub readings: Arc<[Reading]>,
    pub reads: Arc<Reads>,
    pub diagnostics: Diagnostics,
}

impl<'a> All<'a> {
    fn lookup(self) -> Lookup<'a> {
        Lookup::new(self.documents, self.names, self.titles)
    }

    /// What is wrong with the links of document `n`; of the first `hints` with what may have been meant.
    fn link_faults(self, n: usize, status: &[Status], hints: usize) -> Vec<Diagnostic> {
        let lookup = self.lookup();
        Resolver { lookup: &lookup, status, hints: false }.links(&self.documents[n], hints).1
    }
}

/// The tags of every document; those of which there is one `before` as they were.
pub(super) fn tagged<'a>(all: All<'_>, before: impl Fn(usize) -> Option<&'a Linked> + Sync) -> Vec<Tagged> {
    let tagged = |n| before(n).map_or_else(|| Tagged::new(n, all), |linked| Tagged::again(n, linked));
    (0..all.documents.len()).into_par_iter().with_max_len(AT_ONCE).map(tagged).collect()
}

/// The links and readings of every document, now that it is known which of them are part of the site.
pub(super) fn resolved<'a>(
    tagged: Vec<Tagged>,
    all: All<'_>,
    status: &[Status],
    before: impl Fn(usize) -> Option<&'a Linked> + Sync,
) -> Vec<Resolved> {
    let resolved = |(n, tagged)| match before(n) {
        Some(linked) => Resolved::again(n, linked, tagged),
        None => Resolved::new(n, tagged, all, status),
    };
    let mut resolved: Vec<Resolved> = tagged.into_par_iter().enumerate().with_max_len(AT_ONCE).map(resolved).collect();
    let mut hints = MAX_HINTS;
    for (n, document) in resolved.iter_mut().enumerate().filter(|(_, document)| !document.diagnostics.links.is_empty())
    {
        if hints > 0 && before(n).is_none() {
            document.diagnostics.links = all.link_faults(n, status, hints);
        }
        hints = hints.saturating_sub(document.diagnostics.links.len());
    }
    resolved
}

impl Tagged {
    pub fn new(n: usize, all: All<'_>) -> Self {
        let lookup = all.lookup();
        let (tags, diagnostics) = tags::resolve(&all.documents[n], &lookup, all.include);
        Self { tags: Arc::new(tags), diagnostics, reads: Arc::new(lookup.into_reads()) }
    }

    pub fn again(n: usize, linked: &Linked) -> Self {
        let (tags, reads) = (Arc::clone(&linked.tags[n]), Arc::clone(&linked.reads[n]));
        Self { tags, diagnostics: linked.diagnostics[n].tags.clone(), reads }
    }
}

impl Resolved {
    pub fn new(n: usize, tagged: Tagged, all: All<'_>, status: &[Status]) -> Self {
        let document = &*all.documents[n];
        let Tagged { tags, diagnostics, reads } = tagged;
        let lookup = all.lookup();
        let (links, of_links) = Resolver { lookup: &lookup, status, hints: false }.links(document, 0);
        let around = Around { document, links: &links, tags: &tags, lookup: &lookup };
        let (readings, mut of_readings) = around.readings();
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
        of_readings.extend(around.claim_without_passage());
        let diagnostics = Diagnostics { tags: diagnostics, links: of_links, readings: of_readings };
        let reads = Arc::new(lookup.into_reads().and(&reads));
        Self { tags, links, readings, reads, diagnostics }
    }

    pub fn again(n: usize, linked: &Linked, tagged: Tagged) -> Self {
        Self {
            tags: tagged.tags,
            links: Arc::clone(&linked.links[n]),
            readings: Arc::clone(&linked.readings[n]),
            reads: Arc::clone(&linked.reads[n]),
            diagnostics: linked.diagnostics[n].clone(),
        }
    }
}
