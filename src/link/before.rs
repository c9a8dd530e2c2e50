//! What an earlier reading of the same site makes needless to do again: what depends on parts of documents that are equal.
//! Resolves nothing.

use std::sync::Arc;

use crate::outline::{Document, Public};

use super::Linked;

/// An earlier reading of the same files with the same flags.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    pub documents: &'a [Arc<Document>],
    pub linked: &'a Linked,
}

impl Before<'_> {
    /// Whether every document has the name and the address that it had.
    pub(super) fn has_the_same_names(&self, documents: &[Arc<Document>]) -> bool {
        self.documents.len() == documents.len() && self.all(documents, |a, b| a.name == b.name)
    }

    pub(super) fn has_the_same_titles(&self, documents: &[Arc<Document>]) -> bool {
        self.all(documents, |a, b| a.destination.title == b.destination.title)
    }

    /// Whether every document stands in lists by what it did.
    pub fn has_the_same_entries(&self, documents: &[Arc<Document>]) -> bool {
        self.all(documents, |a, b| a.entry == b.entry)
    }

    /// For each document whether its tags and links resolve to what they did: neither it nor what they were resolved by has
    /// changed. The names are the same.
    pub(super) fn resolved_alike(&self, documents: &[Arc<Document>]) -> Vec<bool> {
        let titles = self.has_the_same_titles(documents);
        let destination = |n: usize| self.is_same(n, documents, |a, b| a.destination == b.destination);
        let destinations: Vec<bool> = (0..documents.len()).map(destination).collect();
        let alike = |(n, reads): (usize, &Arc<super::lookup::Reads>)| {
            Arc::ptr_eq(&self.documents[n], &documents[n])
                && reads.documents.iter().all(|doc| destinations[doc.index()])
                && (titles || !reads.titles)
        };
        self.linked.reads.iter().enumerate().map(alike).collect()
    }

    fn all(&self, documents: &[Arc<Document>], same: impl Fn(Public<'_>, Public<'_>) -> bool + Copy) -> bool {
        (0..documents.len()).all(|n| self.is_same(n, documents, same))
    }

    fn is_same(&self, n: usize, documents: &[Arc<Document>], same: impl Fn(Public<'_>, Public<'_>) -> bool) -> bool {
        let (a, b) = (&self.documents[n], &documents[n]);
        Arc::ptr_eq(a, b) || same(a.public(), b.public())
    }
}
