//! What a place in a text names: a document, and a place on its page. Knows references, tags and headings; makes no answer.

use std::collections::BTreeSet;

use crate::diagnostic::Spot;
use crate::fields::Placed;
use crate::link::Link;
use crate::model::{DocId, SourceKind, Span};
use crate::outline::{Document, Front, Scope};
use crate::yaml::{self, Part, Wanted};

use super::file::{File, site};

/// What is named, and by which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Here {
    pub span: Span,
    pub doc: DocId,
    pub anchor: Option<String>,
}

/// What the byte `at` of `file` names.
pub fn named(file: &File<'_>, at: usize) -> Option<Here> {
    let (own, document) = file.document()?;
    let in_body = || in_attribute(file, document, at).or_else(|| in_reference(file, own, document, at));
    in_body().or_else(|| in_front(file, document, at)).or_else(|| itself(own, document, at))
}

fn holds(span: Span, at: usize) -> bool {
    span.range().contains(&at) || span.end as usize == at
}

/// A link. On the name of an incident that its words speak of, that incident.
fn in_reference(file: &File<'_>, own: DocId, document: &Document, at: usize) -> Option<Here> {
    let references = document.body.references.iter().enumerate();
    let (n, reference) =
        references.filter(|(_, reference)| holds(reference.span, at)).min_by_key(|(_, reference)| {
            // Of one in another, the inner.
            reference.span.end - reference.span.start
        })?;
    let span = reference.span;
    if let Some(mark) = reference.mark
        && let Scope::Stated(ids) = &document.body.marks[mark as usize].scope
        && let Some(here) = ids.iter().find_map(|id| word(file, span, id, at))
        && let Some(doc) = site(file.project).linked.find(SourceKind::Incident, file.words(here))
    {
        return Some(Here { span: here, doc, anchor: None });
    }
    match &site(file.project).linked.links[own.index()][n] {
        Link::Page { doc, anchor } => Some(Here { span, doc: *doc, anchor: anchor.clone() }),
        Link::Here(anchor) => Some(Here { span, doc: own, anchor: Some(anchor.clone()) }),
        Link::File(_) | Link::Path { .. } | Link::Outside(_) | Link::Broken => None,
    }
}

/// What a heading's attribute names.
fn in_attribute(file: &File<'_>, document: &Document, at: usize) -> Option<Here> {
    let heading = document.body.headings.iter().find(|heading| holds(heading.span, at))?;
    let words = file.words(heading.span);
    let begins = heading.span.start as usize + words.rfind('{')?;
    if at <= begins {
        return None;
    }
    let is_edge = |c: char| c.is_whitespace() || "{},=".contains(c);
    let start = file.text[..at].rfind(is_edge).map_or(0, |edge| edge + 1);
    let end = file.text[at..].find(is_edge).map_or(file.text.len(), |edge| at + edge);
    let attribute = file.text[begins + 1..start].rsplit([' ', '{']).next()?.split('=').next()?;
    let kind = [SourceKind::Pattern, SourceKind::Concept, SourceKind::Incident]
        .into_iter()
        .find(|kind| kind.noun() == attribute)?;
    let doc = site(file.project).linked.find(kind, &file.text[start..end])?;
    Some(Here { span: Span::new(start, end), doc, anchor: None })
}

/// Where the word `id` stands around the byte `at` of `span`.
fn word(file: &File<'_>, span: Span, id: &str, at: usize) -> Option<Span> {
    let found = file.words(span).match_indices(id).map(|(start, _)| Span::new(start, start + id.len()));
    found.map(|found| found.shifted(span.start as usize)).find(|found| holds(*found, at))
}

/// A name in the front matter.
fn in_front(file: &File<'_>, document: &Document, at: usize) -> Option<Here> {
    let front = yaml::front_matter(&file.text)?;
    if !front.yaml.contains(&at) {
        return None;
    }
    let names = names(document);
    let spots: Vec<&Spot> = names.iter().map(|(_, name)| &name.spot).collect();
    let spans = spans(&file.text, &spots);
    let found = names.iter().zip(spans).find(|(_, span)| span.is_some_and(|span| holds(span, at)));
    let ((kind, name), span) = found?;
    let doc = site(file.project).linked.find(*kind, &name.value)?;
    Some(Here { span: span?, doc, anchor: None })
}

/// The document itself: one of its headings, or as a whole where its front matter is.
fn itself(own: DocId, document: &Document, at: usize) -> Option<Here> {
    if let Some(heading) = document.body.headings.iter().find(|heading| holds(heading.span, at)) {
        return Some(Here { span: heading.span, doc: own, anchor: Some(heading.id.clone()) });
    }
    None
}

/// Every name of another document that a front matter gives.
pub fn names(document: &Document) -> Vec<(SourceKind, &Placed<String>)> {
    let kinds = [SourceKind::Pattern, SourceKind::Concept, SourceKind::Incident];
    let tags = kinds.into_iter().zip(document.tags());
    let mut names: Vec<_> = tags.flat_map(|(kind, names)| names.iter().map(move |name| (kind, name))).collect();
    match &document.front {
        Front::Concept(front) => names.extend(front.related.iter().map(|name| (SourceKind::Concept, name))),
        Front::Incident(front) => {
            names.extend(front.related.iter().map(|relation| (SourceKind::Incident, &relation.id)));
        }
        Front::Pattern(front) => {
            names.extend(front.look_alikes.iter().map(|alike| (SourceKind::Pattern, &alike.id)));
        }
        Front::Essay(_) | Front::Page(_) => {}
    }
    names
}

/// Where the values at `spots` of a front matter stand in `text`.
pub fn spans(text: &str, spots: &[&Spot]) -> Vec<Option<Span>> {
    let Some(front) = yaml::front_matter(text) else { return vec![None; spots.len()] };
    let wanted = |spot: &Spot| -> Option<Vec<yaml::Step>> {
        match spot {
            Spot::Value(steps) => Some(steps.to_vec()),
            _ => None,
        }
    };
    let paths: Vec<Option<Vec<yaml::Step>>> = spots.iter().map(|spot| wanted(spot)).collect();
    let set: BTreeSet<Wanted<'_>> = paths.iter().flatten().map(|steps| (steps.as_slice(), Part::Value)).collect();
    let found = yaml::locate(&text[front.yaml.clone()], &set);
    let span = |steps: &Option<Vec<yaml::Step>>| {
        let range = found.get(&(steps.as_ref()?.as_slice(), Part::Value))?.clone();
        Some(Span::from(range).shifted(front.yaml.start))
    };
    paths.iter().map(span).collect()
}

/// Where the place `anchor` is in the text of `document`; where there is none, its beginning.
pub fn place(document: &Document, anchor: Option<&str>) -> Span {
    let heading = || document.body.headings.iter().find(|heading| Some(heading.id.as_str()) == anchor);
    let mark = || document.body.marks.iter().find(|mark| Some(mark.anchor.as_str()) == anchor);
    heading().map(|heading| heading.span).or_else(|| mark().map(|mark| mark.span)).unwrap_or_default()
}

/// The document itself, where the byte `at` is in its front matter.
pub fn itself_in_front(file: &File<'_>, at: usize) -> Option<Here> {
    let (doc, _) = file.document()?;
    let front = yaml::front_matter(&file.text)?;
    (at <= front.yaml.end).then(|| Here { span: Span::from(front.yaml), doc, anchor: None })
}
