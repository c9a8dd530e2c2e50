//! Names and addresses of a site's documents and files: made anew, or taken from an earlier reading. Resolves nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{Addresses, EssayParts};
use crate::load::{FileHome, FileInput};
use crate::model::{DocId, Pattern, SourceKind, SourcePath, UrlPath};
use crate::outline::{Document, Front};

use super::lookup::Titles;
use super::names::Names;
use super::{Before, doc_id};

/// What depends on names and addresses alone, and on titles.
pub(super) struct Named {
    pub urls: Arc<[UrlPath]>,
    pub file_urls: Arc<[UrlPath]>,
    pub names: Arc<Names>,
    pub patterns: Arc<BTreeMap<Pattern, DocId>>,
    pub titles: Arc<Titles>,
}

impl Named {
    /// `before` has the same names.
    pub fn of(
        documents: &[Arc<Document>],
        files: &[FileInput],
        addresses: &Addresses,
        before: Option<Before<'_>>,
    ) -> Self {
        if let Some(before) = before {
            let linked = before.linked;
            return Self {
                urls: Arc::clone(&linked.urls),
                file_urls: Arc::clone(&linked.file_urls),
                names: Arc::clone(&linked.names),
                patterns: Arc::clone(&linked.patterns),
                titles: if before.has_the_same_titles(documents) { Arc::clone(&linked.titles) } else { Arc::default() },
            };
        }
        let urls: Vec<UrlPath> = documents.par_iter().map(|document| url(document, addresses)).collect();
        let urls: Arc<[UrlPath]> = urls.into();
        let file_urls = file_urls(documents, files, &urls);
        let names = Arc::new(Names::new(documents, files, &file_urls, &urls));
        Self { urls, file_urls, names, patterns: Arc::new(patterns(documents)), titles: Arc::default() }
    }
}

fn patterns(documents: &[Arc<Document>]) -> BTreeMap<Pattern, DocId> {
    documents
        .iter()
        .enumerate()
        .filter(|(_, document)| document.kind == SourceKind::Pattern)
        .filter_map(|(n, document)| Some((Pattern::from_id(&document.id)?, doc_id(n))))
        .collect()
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
