//! Which document is meant by a name, and whether another may have it. Knows names, paths and addresses.

use crate::assemble::Assembled;
use crate::diagnostic::Diagnostic;
use crate::fields::shortened;
use crate::link::doc_id;
use crate::load::is_of_program;
use crate::model::{DocId, Id, SourceKind, SourcePath, folded, nearest, nfc, slug};
use crate::outline::Document;
use crate::site::PageKind;

use super::moved::Moved;
use super::path::File;
use super::{Project, refused};

/// What is renamed or merged: the kinds whose names authors choose.
const KINDS: [SourceKind; 3] = [SourceKind::Concept, SourceKind::Incident, SourceKind::Essay];

/// A document by its kind and its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub kind: SourceKind,
    pub id: String,
}

/// The document that `text` means: `slack`, `concept:slack`, or the path of its file.
pub fn find(project: Project<'_>, text: &str) -> Result<Name, Diagnostic> {
    let documents = project.assembled.site.documents();
    let (kind, id) = match text.split_once(':') {
        Some((noun, id)) => (KINDS.into_iter().find(|kind| kind.noun() == noun), id),
        None => (None, text),
    };
    let is_meant = |document: &&std::sync::Arc<Document>| match kind {
        Some(kind) => document.kind == kind && *nfc(id) == *document.id,
        None => KINDS.contains(&document.kind) && (*nfc(id) == *document.id || document.path.as_str() == id),
    };
    let found: Vec<Name> =
        documents.iter().filter(is_meant).map(|one| Name { kind: one.kind, id: one.id.clone() }).collect();
    match &found[..] {
        [one] => Ok(one.clone()),
        [first, ..] => {
            let names: Vec<String> = found.iter().map(|name| format!("`{}:{}`", name.kind.noun(), name.id)).collect();
            let fault = refused(format!("`{}` is the name of {} texts", shortened(&first.id), found.len()));
            Err(fault.help(format!("write one of {}", names.join(", "))))
        }
        [] => {
            let ids = documents.iter().filter(|one| kind.map_or(KINDS.contains(&one.kind), |kind| one.kind == kind));
            let fault = refused(format!("no concept, incident or essay is named `{}`", shortened(id)));
            Err(fault
                .maybe_help(nearest(id, ids.map(|one| one.id.as_str())).map(|near| format!("did you mean `{near}`?"))))
        }
    }
}

/// The document of this kind and name, which is a text of the site itself.
pub(super) fn own(assembled: &Assembled, kind: SourceKind, id: &str) -> Result<DocId, Diagnostic> {
    let documents = assembled.site.documents();
    let own = |document: &std::sync::Arc<Document>| document.kind == kind && document.id == id;
    match documents.iter().position(own) {
        Some(n) if !documents[n].embedded && !documents[n].stub => Ok(doc_id(n)),
        _ => changeable(assembled, kind, id),
    }
}

/// The document of this kind and name, which may be renamed or merged.
pub(super) fn changeable(assembled: &Assembled, kind: SourceKind, id: &str) -> Result<DocId, Diagnostic> {
    let documents = assembled.site.documents();
    let of_kind = || documents.iter().filter(|document| document.kind == kind);
    let Some(n) = documents.iter().position(|document| document.kind == kind && *document.id == *nfc(id)) else {
        let fault = refused(format!("there is no {} `{}`", kind.noun(), shortened(id)));
        let near = nearest(id, of_kind().map(|document| document.id.as_str()));
        return Err(fault.maybe_help(near.map(|near| format!("did you mean `{near}`?"))));
    };
    let document = &documents[n];
    let fault = match kind {
        SourceKind::Pattern => {
            let fault = refused(format!("`{id}` is one of the nine patterns, which have the same names on every site"));
            fault.help(format!("readers see the `name` in `{}`: write that", document.path))
        }
        _ if document.embedded => {
            let fault = refused(format!("the {} `{id}` comes with the program", kind.noun()));
            fault.help(format!(
                "write one of your own with `ninefold new {} NAME`, and tag essays with that",
                kind.noun()
            ))
        }
        _ if is_of_program(&document.path) => {
            let fault = refused(format!("the program brings a {} `{id}`, which yours stands before", kind.noun()));
            fault.in_file(&document.path).help("write one of another name, and tag essays with that")
        }
        _ if document.stub => {
            let fault = refused(format!("the front matter of `{}` can't be read", document.path));
            fault.in_file(&document.path).help("mend it first: `ninefold check` says what is wrong")
        }
        _ => return Ok(doc_id(n)),
    };
    Err(fault)
}

/// Whether `name` can be a name at all.
pub(super) fn checked(name: &str) -> Result<(), Diagnostic> {
    let Err(error) = Id::new(name) else { return Ok(()) };
    let fault = refused(format!("`{}` can't be a name: it {error}", shortened(name)));
    let better = slug(name);
    Err(match Id::new(&better) {
        Ok(_) => fault.help(format!("write `{better}`")),
        Err(_) => fault.help("a name is made of lower-case letters, digits and dashes"),
    })
}

/// Why the document can't have its new name: another has it, or its file's, or its address.
pub(super) fn taken(assembled: &Assembled, moved: &Moved<'_>) -> Option<Diagnostic> {
    let (kind, id) = (moved.kind(), &moved.after.id);
    let fault = |message: String| Some(refused(message).help("choose another name, or `ninefold merge` the two"));
    let others = || assembled.site.documents().iter().enumerate().filter(|(n, _)| *n != moved.doc.index());
    if is_of_program(&moved.after.path) {
        return Some(refused(format!("the program brings a {} `{id}`", kind.noun())).help("choose another name"));
    }
    if let Some((_, other)) = others().find(|(_, other)| other.kind == kind && other.id == *id) {
        return fault(format!("there is a {} `{id}` already: `{}`", kind.noun(), other.path));
    }
    // Some disks take names for the same that differ in letter case or Unicode form alone.
    let (whole, file) = (File::of(&moved.after.path).whole(), &moved.after.path);
    let wanted = [folded(whole.as_str()), folded(file.as_str())];
    let is_there = |path: &SourcePath| {
        let path = folded(path.as_str());
        wanted.contains(&path) || path.strip_prefix(&*wanted[0]).is_some_and(|rest| rest.starts_with('/'))
    };
    let files = assembled.site.file_paths();
    if let Some(path) = others().map(|(_, other)| &other.path).chain(files).find(|path| is_there(path)) {
        let differ =
            if path.as_str().starts_with(whole.as_str()) { "" } else { ", whose name differs in letter case alone" };
        return fault(format!("where `{whole}` would be stands `{path}`{differ}"));
    }
    let url = &moved.after.url;
    let is_own = |page: PageKind| *url == *moved.url || matches!(page, PageKind::Redirect(doc) if doc == moved.doc);
    let page = assembled.site.urls().find(|(other, page)| other.folded() == url.folded() && !is_own(*page));
    let (at, _) = page?;
    let of = assembled.site.source_of(at).map(|path| format!(" of `{path}`")).unwrap_or_default();
    Some(refused(format!("the address `{url}` is taken by the page{of}")).help("choose another name"))
}
