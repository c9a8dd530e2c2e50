//! Whether a site is as good after a change as before: it is read with the change, before anything is written. Knows two
//! readings of a site; makes no change.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::assemble::Assembled;
use crate::config::{self, Config, KnownFaults, known_path};
use crate::diagnostic::{Diagnostic, edited};
use crate::link::Link;
use crate::load::{Content, FileHome, FileInput, Inputs, Source};
use crate::model::{DocId, SourcePath};

use super::changes::Changes;
use super::path::File;
use super::refused;

/// The text of each file that is edited, as it is afterwards, by the path that it has before. `text_of` gives it as it is.
pub fn texts_after(changes: &Changes, text_of: impl Fn(&SourcePath) -> Option<String>) -> BTreeMap<SourcePath, String> {
    let after = |(path, edits): (&SourcePath, &Vec<_>)| Some((path.clone(), edited(&text_of(path)?, edits).0));
    changes.edits.iter().filter_map(after).collect()
}

/// What the site is made of once it is changed.
pub fn altered(inputs: Inputs, changes: &Changes, texts: &BTreeMap<SourcePath, String>) -> Inputs {
    let source = |source: &Source| {
        let path = changes.path_after(&source.path);
        let content = match texts.get(&source.path).filter(|_| !source.embedded) {
            Some(text) => Content::Held(Arc::from(text.as_bytes())),
            None => source.content.clone(),
        };
        let id = if path == source.path || source.embedded { source.id.clone() } else { id(&source.id, &path) };
        Source { path, id, content, ..source.clone() }
    };
    let is_left = |path: &SourcePath| !changes.removed.contains(path);
    let mut sources: Vec<Source> = inputs.sources.iter().filter(|one| is_left(&one.path)).map(source).collect();
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let mut files: Vec<FileInput> = inputs.files.iter().map(|one| file(one, changes)).collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let config = texts.get(&config::path()).and_then(|text| Config::parse(text).0).map(Arc::new);
    let known = texts.get(&known_path()).map(|text| Arc::new(KnownFaults::parse(text).0));
    Inputs {
        sources: sources.into(),
        files: files.into(),
        config: config.unwrap_or(inputs.config),
        known: known.unwrap_or(inputs.known),
        ..inputs
    }
}

/// The name of the text at `path`, with the folders that were part of it.
fn id(before: &str, path: &SourcePath) -> String {
    let name = File::of(path).name();
    before.rsplit_once('/').map_or_else(|| name.to_owned(), |(folders, _)| format!("{folders}/{name}"))
}

fn file(file: &FileInput, changes: &Changes) -> FileInput {
    let path = changes.path_after(&file.path);
    let home = match &file.home {
        FileHome::Beside { kind, path: below, .. } if path != file.path => {
            let root = ["content/", kind.folder(), "/"].concat();
            let folder = path.as_str().strip_prefix(&root).and_then(|rest| rest.strip_suffix(&["/", below].concat()));
            FileHome::Beside { kind: *kind, folder: folder.unwrap_or_default().to_owned(), path: below.clone() }
        }
        home => home.clone(),
    };
    FileInput { path, home, ..file.clone() }
}

/// What would be wrong after the change that was not before: errors that come, and links that lead elsewhere.
pub fn faults(before: &Assembled, after: &Assembled, changes: &Changes) -> Vec<Diagnostic> {
    let mut known: BTreeMap<(&str, Option<SourcePath>), usize> = BTreeMap::new();
    for fault in before.diagnostics.iter().filter(|fault| fault.is_error()) {
        let path = fault.path().map(|path| changes.path_after(path));
        *known.entry((fault.code(), path)).or_default() += 1;
    }
    let mut faults = Vec::new();
    for fault in after.diagnostics.iter().filter(|fault| fault.is_error()) {
        match known.get_mut(&(fault.code(), fault.path().cloned())) {
            Some(count) if *count > 0 => *count -= 1,
            // Its place is one of the texts that are not written.
            _ => {
                faults.push(refused(format!("it would bring an error: {}", fault.message)).maybe_in_file(fault.path()))
            }
        }
    }
    if faults.is_empty() { misled(before, after, changes) } else { faults }
}

/// Links that would lead to another document.
fn misled(before: &Assembled, after: &Assembled, changes: &Changes) -> Vec<Diagnostic> {
    let place = |path: &SourcePath| {
        let documents = after.site.documents();
        documents.binary_search_by(|document| document.path.cmp(&changes.path_after(path))).ok()
    };
    let documents = before.site.documents();
    let is_there = |doc: DocId, other: DocId| {
        let path = &documents[doc.index()].path;
        changes.removed.contains(path) || after.site.documents()[other.index()].path == changes.path_after(path)
    };
    let leads_alike = |a: &Link, b: &Link| match (a, b) {
        (Link::Page { doc, .. }, Link::Page { doc: other, .. }) => is_there(*doc, *other),
        (Link::Page { .. }, _) => false,
        _ => true,
    };
    let mut faults = Vec::new();
    for (n, document) in documents.iter().enumerate() {
        let Some(m) = place(&document.path).filter(|_| !changes.removed.contains(&document.path)) else { continue };
        let links = before.site.linked.links[n].iter().zip(after.site.linked.links[m].iter());
        if let Some(r) = links.enumerate().find(|(_, (a, b))| !leads_alike(a, b)).map(|(r, _)| r) {
            let fault = refused("this link would lead elsewhere").at(&document.path, document.body.references[r].span);
            faults.push(fault.help("write it as a link to the file first: `[words](name.md)`"));
        }
    }
    faults
}
