//! A document that gets another name, and where its page and file are before and after. Knows names, paths and addresses; no
//! text.

use std::collections::BTreeMap;

use crate::assemble::Assembled;
use crate::link::url_of;
use crate::model::{DocId, SourceKind, SourcePath, UrlPath};
use crate::outline::Document;

use super::changes::Move;
use super::path::File;

/// A document and what it becomes: itself by another name, or part of another.
pub struct Moved<'a> {
    pub doc: DocId,
    pub before: &'a Document,
    pub url: &'a UrlPath,
    pub after: After,
}

/// What the document is after the change.
pub struct After {
    pub id: String,
    pub path: SourcePath,
    pub url: UrlPath,
    /// It is part of another document, which has a title of its own.
    pub is_merged: bool,
    /// What places on its page are called there, where that is not what they were.
    pub anchors: BTreeMap<String, String>,
}

impl<'a> Moved<'a> {
    /// The document by the name `id`, which is its last part alone.
    pub fn renamed(assembled: &'a Assembled, doc: DocId, id: &str) -> Self {
        let before = &*assembled.site.documents()[doc.index()];
        let path = File::of(&before.path).named(id).path();
        let id = match before.id.rsplit_once('/') {
            Some((folders, _)) => format!("{folders}/{id}"),
            None => id.to_owned(),
        };
        let renamed = Document { id: id.clone(), path: path.clone(), ..before.clone() };
        let url = url_of(&renamed, &assembled.site.config.addresses);
        Self {
            doc,
            before,
            url: assembled.site.url(doc),
            after: After { id, path, url, is_merged: false, anchors: BTreeMap::new() },
        }
    }

    /// The document as part of `other`, where its places are called as `anchors` says.
    pub fn merged(assembled: &'a Assembled, doc: DocId, other: DocId, anchors: BTreeMap<String, String>) -> Self {
        let into = &assembled.site.documents()[other.index()];
        let after = After {
            id: into.id.clone(),
            path: into.path.clone(),
            url: assembled.site.url(other).clone(),
            is_merged: true,
            anchors,
        };
        let before = &*assembled.site.documents()[doc.index()];
        Self { doc, before, url: assembled.site.url(doc), after }
    }

    pub fn kind(&self) -> SourceKind {
        self.before.kind
    }

    /// What has to be moved on disk: the file, or the folder that it has with its pictures.
    pub fn on_disk(&self) -> Move {
        let (from, to) = (File::of(&self.before.path), File::of(&self.after.path));
        Move { from: from.whole(), to: to.whole() }
    }

    /// Whether its page has an address that readers may know: it is no draft and not of the future.
    pub fn is_public(&self, assembled: &Assembled) -> bool {
        !self.before.front.is_draft() && !assembled.site.linked.scheduled[self.doc.index()]
    }

    /// Where `url`, which is of the document's page or below it, is afterwards.
    pub fn url_after(&self, url: &str) -> Option<String> {
        let rest = url.strip_prefix(self.url.as_str())?;
        let is_below = rest.is_empty() || self.url.as_str().ends_with('/');
        (is_below && self.after.url != *self.url).then(|| match rest {
            "" => self.after.url.to_string(),
            rest => self.after.url.child(rest).to_string(),
        })
    }
}
