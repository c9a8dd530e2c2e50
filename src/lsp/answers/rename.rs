//! Another name for what stands at a place, wherever the site uses it: one edit of all files, one step to undo. Knows what is
//! meant at a place; what changes is found by `moves`.

use lsp_types::{Range, TextEdit};
use serde::Serialize;

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::load;
use crate::model::{SourceKind, SourcePath, Span};
use crate::moves::{self, Changes};

use crate::lsp::edits;
use crate::lsp::faults;
use crate::lsp::file::{File, documents};
use crate::lsp::here::{self, Here};
use crate::lsp::wire::protocol::{DocumentChange, WorkspaceEdit};

/// What is renamed: the words that the editor shows, and where they stand.
#[derive(Debug, Serialize)]
pub struct Prepared {
    pub range: Range,
    pub placeholder: String,
}

/// What can be renamed, and by which bytes it is named.
struct Meant {
    what: What,
    name: String,
    span: Span,
}

enum What {
    /// A text by its kind and id.
    Document(SourceKind, String),
    /// A heading by its text's path and its id.
    Heading(SourcePath, String),
}

/// What would be renamed at byte `at`, or why nothing can be.
pub fn prepare(file: &File<'_>, at: usize) -> Result<Prepared, String> {
    let meant = meant(file, at)?;
    Ok(Prepared { range: file.positions().range(meant.span), placeholder: meant.name })
}

/// The edit that gives what stands at byte `at` the name `new`.
pub fn rename(file: &File<'_>, at: usize, new: &str) -> Result<WorkspaceEdit, String> {
    let meant = meant(file, at)?;
    let project = file.project;
    let snapshot = &project.snapshot;
    let text = |path: &SourcePath| project.text(path);
    let (settings, known_faults) = (text(&config::path()), text(&config::known_path()));
    let site = moves::Project {
        assembled: &snapshot.assembled,
        settings: settings.as_deref(),
        known_faults: known_faults.as_deref(),
    };
    let changes = match &meant.what {
        What::Document(kind, id) => moves::rename(site, *kind, id, new),
        What::Heading(path, id) => moves::rename_heading(site, path, id, new),
    };
    let changes = changes.map_err(|faults| words(&faults))?;
    let texts = moves::texts_after(&changes, text);
    let after = snapshot.altered(|inputs| moves::altered(inputs, &changes, &texts), load::now());
    let faults = moves::faults(&snapshot.assembled, &after, &changes);
    if !faults.is_empty() {
        return Err(words(&faults));
    }
    edit(file, &changes)
}

fn words(faults: &[Diagnostic]) -> String {
    faults.first().map(faults::words).unwrap_or_default()
}

fn meant(file: &File<'_>, at: usize) -> Result<Meant, String> {
    let nothing = || "no concept, incident, essay or heading is named here".to_owned();
    let here = here::named(file, at).or_else(|| here::itself_in_front(file, at)).ok_or_else(nothing)?;
    let Here { span, doc, anchor } = here;
    let document = &documents(file.project)[doc.index()];
    // On the way to a place of another page, the place is meant behind the sign.
    let is_on_place = file.text[span.start as usize..at.max(span.start as usize)].contains('#');
    if let Some(anchor) = anchor.filter(|_| is_on_place) {
        let heading = document.body.headings.iter().find(|heading| heading.id == anchor).ok_or_else(nothing)?;
        let what = What::Heading(document.path.clone(), anchor);
        let span = words_of(file, span, &heading.text).unwrap_or_else(|| place_of(file, span));
        return Ok(Meant { what, name: heading.text.clone(), span });
    }
    if document.kind == SourceKind::Page {
        return Err("a page has the name of its file: its address would be another".to_owned());
    }
    let name = document.id.rsplit('/').next().unwrap_or(&document.id).to_owned();
    // Of a link the name alone; in a front matter that says none, the place.
    let word = file.words(span).rmatch_indices(&name).map(|(start, _)| start + span.start as usize).next();
    let span = word.map_or(Span::new(at, at), |start| Span::new(start, start + name.len()));
    let span = if span.start as usize <= at && at <= span.end as usize { span } else { Span::new(at, at) };
    Ok(Meant { what: What::Document(document.kind, document.id.clone()), name, span })
}

/// Where a heading has its words.
fn words_of(file: &File<'_>, span: Span, words: &str) -> Option<Span> {
    let (start, _) = file.words(span).match_indices(words).next().filter(|_| !words.is_empty())?;
    Some(Span::new(start, start + words.len()).shifted(span.start as usize))
}

/// What stands behind the sign in a link.
fn place_of(file: &File<'_>, span: Span) -> Span {
    let words = file.words(span);
    let start = words.rfind('#').map_or(0, |sign| sign + 1);
    let end = words[start..].find([')', ']', '|', '?', '>', '\n']).map_or(words.len(), |end| start + end);
    Span::new(start, end).shifted(span.start as usize)
}

/// The changes as one edit: texts first, by the names that they have, then the files.
fn edit(file: &File<'_>, changes: &Changes) -> Result<WorkspaceEdit, String> {
    let project = file.project;
    let needs_files = !changes.moves.is_empty() || !changes.removed.is_empty();
    if needs_files && !project.edits.rename {
        return Err("this editor renames no files for a server: `ninefold rename` does it".to_owned());
    }
    let text_edits = |path: &SourcePath| -> Vec<TextEdit> {
        let text = project.text(path).unwrap_or_default();
        edits::text_edits(&text, project.encoding, &changes.edits[path])
    };
    let texts = changes.edits.keys().map(|path| (path.clone(), text_edits(path))).collect();
    let edit = edits::of_texts(project, texts);
    let WorkspaceEdit::DocumentChanges(mut in_order) = edit else { return Ok(edit) };
    in_order.extend(changes.moves.iter().map(|one| DocumentChange::Rename {
        kind: "rename",
        old_uri: project.uri_of(&one.from),
        new_uri: project.uri_of(&one.to),
    }));
    Ok(WorkspaceEdit::DocumentChanges(in_order))
}
