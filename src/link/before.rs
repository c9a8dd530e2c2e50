//! What an earlier reading of the same site makes needless to do again. Knows what other documents can see of one; resolves
//! nothing.

use std::sync::Arc;

use crate::config::Addresses;
use crate::model::SourceKind;
use crate::outline::{Document, Front, Reference};

use super::{Link, Linked, url};

/// An earlier reading of the same files with the same flags.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    pub documents: &'a [Arc<Document>],
    pub linked: &'a Linked,
}

impl Before<'_> {
    /// Whether the set of names and anchors is the one it was, document by document.
    pub(super) fn has_the_same_names(&self, documents: &[Arc<Document>], addresses: &Addresses) -> bool {
        self.documents.len() == documents.len()
            && self.documents.iter().zip(documents).all(|(a, b)| Arc::ptr_eq(a, b) || is_seen_alike(a, b, addresses))
    }

    /// Whether document `n` is the very one it was.
    pub(super) fn is_unchanged(&self, n: usize, documents: &[Arc<Document>]) -> bool {
        Arc::ptr_eq(&self.documents[n], &documents[n])
    }

    /// Whether every document links where it did.
    pub(super) fn has_the_same_links(&self, documents: &[Arc<Document>], links: &[Arc<[Link]>]) -> bool {
        let marks = |document: &Document| -> Vec<bool> {
            document.references.iter().map(|reference: &Reference| reference.mark.is_some()).collect()
        };
        (0..documents.len()).all(|n| {
            Arc::ptr_eq(&self.linked.links[n], &links[n])
                || (self.linked.links[n] == links[n] && marks(&self.documents[n]) == marks(&documents[n]))
        })
    }
}

/// Whether other documents, and what is said about links to this one, can't tell `a` from `b`. Records are compared whole:
/// they are small and seldom edited.
fn is_seen_alike(a: &Document, b: &Document, addresses: &Addresses) -> bool {
    let fronts = match (&a.front, &b.front) {
        (Front::Essay(x), Front::Essay(y)) => {
            a.front.is_draft() == b.front.is_draft() && x.date == y.date && x.aliases == y.aliases
        }
        (x, y) => x == y,
    };
    fronts
        && (a.kind, &a.path, &a.id, a.embedded, a.stub) == (b.kind, &b.path, &b.id, b.embedded, b.stub)
        && a.title() == b.title()
        && a.anchors == b.anchors
        && places(a).eq(places(b))
        && (a.kind != SourceKind::Essay || url(a, addresses) == url(b, addresses))
}

/// The headings of `document` as links mean them.
fn places(document: &Document) -> impl Iterator<Item = (&str, &str)> {
    document.headings.iter().map(|heading| (&*heading.id, &*heading.text))
}
