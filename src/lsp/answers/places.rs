//! Where things are: what a name leads to, and all that leads to it. Knows documents and their links.

use lsp_types::Range;
use rayon::prelude::*;
use serde::Serialize;

use crate::diagnostic::Spot;
use crate::link::{Link, doc_id};
use crate::model::{DocId, SourceKind, Span};
use crate::outline::{Document, Scope};

use crate::lsp::file::{File, documents, site};
use crate::lsp::here::{self, Here};
use crate::lsp::project::Project;

#[derive(Debug, Serialize)]
pub struct Location {
    pub uri: String,
    pub range: Range,
}

/// Where what stands at byte `at` is made. What the program brings is in no file.
pub fn definition(file: &File<'_>, at: usize) -> Option<Location> {
    let Here { doc, anchor, .. } = here::named(file, at)?;
    let document = &documents(file.project)[doc.index()];
    if document.embedded {
        return None;
    }
    location(file.project, doc, here::place(document, anchor.as_deref()))
}

fn location(project: &Project, doc: DocId, span: Span) -> Option<Location> {
    let file = File::of(project, doc)?;
    Some(Location { uri: project.uri_of(&file.path), range: file.range(span) })
}

/// All that leads to what stands at byte `at`: links, passages, tags, the names of incidents in references. In the front matter,
/// beside names, that is the text itself.
pub fn references(file: &File<'_>, at: usize, with_itself: bool) -> Vec<Location> {
    let Some(target) = here::named(file, at).or_else(|| here::itself_in_front(file, at)) else { return Vec::new() };
    let documents = documents(file.project);
    let of_one = |n: usize| -> Vec<Location> {
        let document = &documents[n];
        let (spans, spots) = leading(file.project, doc_id(n), document, &target);
        if document.embedded || spans.is_empty() && spots.is_empty() {
            return Vec::new();
        }
        let Some(found) = File::of(file.project, doc_id(n)) else { return Vec::new() };
        let in_front = here::spans(&found.text, &spots).into_iter().flatten();
        let mut spans: Vec<Span> = spans.into_iter().chain(in_front).collect();
        spans.sort();
        spans.dedup();
        let uri = file.project.uri_of(&found.path);
        found.ranges(spans).into_iter().map(|range| Location { uri: uri.clone(), range }).collect()
    };
    let mut found: Vec<Location> = (0..documents.len()).into_par_iter().flat_map_iter(of_one).collect();
    let document = &documents[target.doc.index()];
    if with_itself && !document.embedded {
        found.extend(location(file.project, target.doc, here::place(document, target.anchor.as_deref())));
    }
    found
}

/// What in `document` leads to the target: bytes of its body, values of its front matter.
fn leading<'d>(project: &Project, own: DocId, document: &'d Document, target: &Here) -> (Vec<Span>, Vec<&'d Spot>) {
    let linked = &site(project).linked;
    let is_meant = |link: &Link| match link {
        Link::Page { doc, anchor } => {
            *doc == target.doc && (target.anchor.is_none() || anchor.as_deref() == target.anchor.as_deref())
        }
        Link::Here(anchor) => own == target.doc && target.anchor.as_deref() == Some(anchor),
        _ => false,
    };
    let links = linked.links[own.index()].iter().zip(&document.body.references);
    let mut spans: Vec<Span> = links.filter(|(link, _)| is_meant(link)).map(|(_, reference)| reference.span).collect();
    if target.anchor.is_some() {
        return (spans, Vec::new());
    }
    let is_target = |kind: SourceKind, id: &str| linked.find(kind, id) == Some(target.doc);
    for mark in &document.body.marks {
        let is_scoped =
            matches!(&mark.scope, Scope::Stated(ids) if ids.iter().any(|id| is_target(SourceKind::Incident, id)));
        // A section has no link that would be found above.
        let is_of = match &mark.tag {
            crate::outline::TagName::Pattern(pattern) => linked.patterns.get(pattern) == Some(&target.doc),
            crate::outline::TagName::Concept(id) => is_target(SourceKind::Concept, id),
        };
        if is_scoped || is_of {
            spans.push(mark.span);
        }
    }
    for heading in &document.body.headings {
        if heading
            .scope
            .as_ref()
            .is_some_and(|scope| scope.incidents.iter().any(|id| is_target(SourceKind::Incident, id)))
        {
            spans.push(heading.span);
        }
    }
    let names = here::names(document).into_iter().filter(|(kind, name)| is_target(*kind, &name.value));
    (spans, names.map(|(_, name)| &name.spot).collect())
}
