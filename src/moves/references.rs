//! The edits of all texts that name a document which changes. Knows which texts those are, by what the outline and the link
//! stage hold of them; reads the text of no other.

use crate::diagnostic::{Diagnostic, Edit};
use crate::link::Link;
use crate::model::{SourceKind, Span};
use crate::outline::{Document, Mark, MarkKind, Reference, TagName, attribute_block, destinations};

use super::changes::Changes;
use super::destination::Of;
use super::moved::Moved;
use super::{Project, front, refused};

/// Adds the edits of every text that names the document.
pub fn add(project: Project<'_>, moved: &Moved<'_>, changes: &mut Changes, faults: &mut Vec<Diagnostic>) {
    let assembled = project.assembled;
    for (document, links) in assembled.site.documents().iter().zip(&assembled.site.linked.links) {
        let of = |(reference, link)| Of { assembled, from: document, reference, link };
        let meant = || document.body.references.iter().zip(links.iter()).map(of).any(|of| moved.is_meant(of));
        if document.embedded || !(meant() || is_tagged(document, moved)) {
            continue;
        }
        match assembled.text(&document.path) {
            Ok(text) => match edits(project, document, links, &text, moved) {
                Ok(edits) => changes.edit(&document.path, edits),
                Err(found) => faults.extend(found),
            },
            Err(fault) => faults.push(fault),
        }
    }
}

/// Whether front matter or headings name it.
fn is_tagged(document: &Document, moved: &Moved<'_>) -> bool {
    front::names(&document.front, moved).next().is_some() || headings(document, moved).next().is_some()
}

fn edits(
    project: Project<'_>,
    document: &Document,
    links: &[Link],
    text: &str,
    moved: &Moved<'_>,
) -> Result<Vec<Edit>, Vec<Diagnostic>> {
    let mut faults = Vec::new();
    let mut edits = Vec::new();
    let destinations = destinations(document, text);
    for (n, (reference, link)) in document.body.references.iter().zip(links).enumerate() {
        let of = Of { assembled: project.assembled, from: document, reference, link };
        if !moved.is_meant(of) {
            continue;
        }
        let Some(Some(destination)) = destinations.get(n) else {
            faults.push(unclear(document, reference));
            continue;
        };
        let led = moved.led(&text[destination.span.range()], destination.form, of);
        edits.extend(led.map(|text| Edit { span: destination.span, text }));
    }
    for span in headings(document, moved) {
        edits.extend(heading(text, span, moved));
    }
    // Of the text that it becomes part of, the front matter changes as a whole.
    let is_into = moved.after.is_merged && document.path == moved.after.path;
    match if is_into { Ok(Vec::new()) } else { front::renamed(document, text, moved) } {
        Ok(found) => edits.extend(found),
        Err(fault) => faults.push(fault),
    }
    if faults.is_empty() { Ok(edits) } else { Err(faults) }
}

fn unclear(document: &Document, reference: &Reference) -> Diagnostic {
    refused("where this link leads to is written in a form that can't be changed by itself")
        .at(&document.path, reference.span)
        .help("write it as `[words](destination)` first")
}

/// The headings whose attributes name it.
fn headings<'a>(document: &'a Document, moved: &'a Moved<'_>) -> impl Iterator<Item = Span> + 'a {
    let scopes = document.body.headings.iter().filter_map(|heading| heading.scope.as_ref());
    let scopes = scopes.filter(|scope| scope.incidents.iter().any(|id| moved.is_called(SourceKind::Incident, id)));
    let is_marked = |mark: &&Mark| {
        mark.kind == MarkKind::Section
            && matches!(&mark.tag, TagName::Concept(id) if moved.is_called(SourceKind::Concept, id))
    };
    scopes.map(|scope| scope.span).chain(document.body.marks.iter().filter(is_marked).map(|mark| mark.span))
}

/// The edits of the names in the attributes of the heading at `span`.
fn heading(text: &str, span: Span, moved: &Moved<'_>) -> Vec<Edit> {
    let Some(block) = attribute_block(text, span) else { return Vec::new() };
    let block = Span::new(block.start as usize + 1, block.end as usize - 1);
    let mut edits = Vec::new();
    let mut at = block.start as usize;
    for part in text[block.range()].split([' ', '\t']) {
        let edit = |value: &str, led: String| {
            let start = at + part.len() - value.len();
            (led != value).then(|| Edit { span: Span::new(start, start + value.len()), text: led })
        };
        match part.split_once('=') {
            Some(("incident", ids)) => edits.extend(edit(ids, moved.ids(ids))),
            Some(("concept", id)) if moved.is_called(SourceKind::Concept, id) => {
                edits.extend(edit(id, moved.after.id.clone()));
            }
            _ => {}
        }
        at += part.len() + 1;
    }
    edits
}
