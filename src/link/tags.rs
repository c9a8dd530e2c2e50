//! A document's tags: those of its front matter and those its passages add. Knows names; reports unknown ones.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::fields::{Placed, shortened};
use crate::model::{DocId, Pattern, SourceKind};
use crate::outline::{Document, Front, MarkKind, Reference, Scope, TagName};

use super::lookup::Lookup;
use super::resolve::UNPUBLISHED_LINK;
use super::{Include, status};

/// What a document is about, each in the order of the nine, of names, or as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct Tags {
    pub patterns: Vec<Pattern>,
    pub concepts: Vec<DocId>,
    pub incidents: Vec<DocId>,
    /// Other records named in the front matter: a concept's related ones, an incident's.
    pub related: Vec<DocId>,
    /// Concepts that links name, whether or not they mark a passage.
    pub(super) linked_concepts: Vec<DocId>,
}

pub(super) fn resolve(document: &Document, lookup: &Lookup<'_>, include: Include) -> (Tags, Vec<Diagnostic>) {
    let names = lookup.names;
    let mut faults = Vec::new();
    let [patterns, concepts, incidents] = document.tags();
    let mut pattern_set: BTreeSet<Pattern> = BTreeSet::new();
    for name in patterns {
        match Pattern::from_id(&name.value) {
            Some(pattern) => {
                pattern_set.insert(pattern);
            }
            None => faults.push(
                names.unknown(SourceKind::Pattern, &name.value, true).in_place(&document.path, name.spot.clone()),
            ),
        }
    }
    let is_left_out = |doc: DocId| status::is_left_out(lookup.document(doc), include);
    let mut look_up = |kind: SourceKind, list: &[Placed<String>]| -> Vec<DocId> {
        let mut found = Vec::new();
        for name in list {
            match names.get(kind, &name.value) {
                Some(doc) if is_left_out(doc) => {
                    let fault = names_a_draft(kind, &name.value);
                    faults.push(fault.in_place(&document.path, name.spot.clone()));
                }
                Some(doc) if !found.contains(&doc) => found.push(doc),
                Some(_) => {}
                None => faults.push(names.unknown(kind, &name.value, true).in_place(&document.path, name.spot.clone())),
            }
        }
        found
    };
    let mut concepts = look_up(SourceKind::Concept, concepts);
    let mut incidents = look_up(SourceKind::Incident, incidents);
    let related = match &document.front {
        Front::Concept(front) => look_up(SourceKind::Concept, &front.related),
        Front::Incident(front) => {
            let ids: Vec<Placed<String>> = front.related.iter().map(|relation| relation.id.clone()).collect();
            look_up(SourceKind::Incident, &ids)
        }
        Front::Pattern(front) => {
            for alike in &front.look_alikes {
                if Pattern::from_id(&alike.id.value).is_none() {
                    faults.push(
                        names
                            .unknown(SourceKind::Pattern, &alike.id.value, true)
                            .in_place(&document.path, alike.id.spot.clone()),
                    );
                }
            }
            Vec::new()
        }
        Front::Essay(_) | Front::Page(_) => Vec::new(),
    };
    let sections = document.headings.iter().filter(|_| document.kind == SourceKind::Essay);
    let stated = sections.filter_map(|heading| heading.scope.as_ref().map(|scope| (&scope.incidents, scope.span)));
    let passages = document.marks.iter().filter_map(|mark| match &mark.scope {
        Scope::Stated(ids) => Some((ids, mark.span)),
        Scope::Around(_) => None,
    });
    for (id, span) in stated.chain(passages).flat_map(|(ids, span)| ids.iter().map(move |id| (id, span))) {
        match names.get(SourceKind::Incident, id) {
            Some(doc) if is_left_out(doc) => {
                faults.push(names_a_draft(SourceKind::Incident, id).at(&document.path, span));
            }
            Some(doc) if !incidents.contains(&doc) => incidents.push(doc),
            Some(_) => {}
            None => faults.push(names.unknown(SourceKind::Incident, id, true).at(&document.path, span)),
        }
    }
    for mark in &document.marks {
        match &mark.tag {
            // Who says that a pattern is not there does not carry it.
            TagName::Pattern(_) if mark.refuses => {}
            TagName::Pattern(pattern) => {
                pattern_set.insert(*pattern);
            }
            TagName::Concept(id) => match names.get(SourceKind::Concept, id) {
                // A link to one that is left out is reported with the other links.
                Some(doc) if !mark.refuses && !is_left_out(doc) && !concepts.contains(&doc) => concepts.push(doc),
                Some(_) => {}
                // An unknown one in a link is reported with the other links.
                None if mark.kind == MarkKind::Section => {
                    faults.push(names.unknown(SourceKind::Concept, id, true).at(&document.path, mark.span));
                }
                None => {}
            },
        }
    }
    concepts.sort_by_cached_key(|doc| lookup.document(*doc).title().to_lowercase());
    let meant = |reference: &Reference| lookup.concept_meant(&reference.target, document);
    let linked_concepts = document.references.iter().filter_map(meant).collect();
    (Tags { patterns: pattern_set.into_iter().collect(), concepts, incidents, related, linked_concepts }, faults)
}

/// A record that may never be published is named by nothing that is.
fn names_a_draft(kind: SourceKind, id: &str) -> Diagnostic {
    let message = format!("the {} `{}` is a draft, and is left out", kind.noun(), shortened(id));
    Diagnostic::new(UNPUBLISHED_LINK, message)
        .help("publish it first, take its name out until then, or build with `--drafts`")
}
