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
    let mut resolver = Resolver { document, lookup, include, faults: Vec::new() };
    let [patterns, concepts, incidents] = document.tags();
    let mut patterns = resolver.patterns(patterns);
    let mut concepts = resolver.records(SourceKind::Concept, concepts);
    let mut incidents = resolver.records(SourceKind::Incident, incidents);
    let related = resolver.related();
    resolver.add_scopes(&mut incidents);
    resolver.add_passages(&mut patterns, &mut concepts);
    concepts.sort_by_cached_key(|doc| lookup.document(*doc).title().to_lowercase());
    let meant = |reference: &Reference| lookup.concept_meant(&reference.target, document);
    let linked_concepts = document.body.references.iter().filter_map(meant).collect();
    (Tags { patterns: patterns.into_iter().collect(), concepts, incidents, related, linked_concepts }, resolver.faults)
}

/// Looks up the names that one document gives, and collects what is wrong with them.
struct Resolver<'a> {
    document: &'a Document,
    lookup: &'a Lookup<'a>,
    include: Include,
    faults: Vec<Diagnostic>,
}

impl Resolver<'_> {
    fn is_left_out(&self, doc: DocId) -> bool {
        status::is_left_out(self.lookup.document(doc), self.include)
    }

    fn unknown(&mut self, kind: SourceKind, name: &Placed<String>) {
        let fault = self.lookup.names.unknown(kind, &name.value, true);
        self.faults.push(fault.in_place(&self.document.path, name.spot.clone()));
    }

    fn patterns(&mut self, names: &[Placed<String>]) -> BTreeSet<Pattern> {
        let mut found = BTreeSet::new();
        for name in names {
            match Pattern::from_id(&name.value) {
                Some(pattern) => {
                    found.insert(pattern);
                }
                None => self.unknown(SourceKind::Pattern, name),
            }
        }
        found
    }

    fn records<'n>(&mut self, kind: SourceKind, names: impl IntoIterator<Item = &'n Placed<String>>) -> Vec<DocId> {
        let mut found = Vec::new();
        for name in names {
            match self.lookup.names.get(kind, &name.value) {
                Some(doc) if self.is_left_out(doc) => {
                    let fault = names_a_draft(kind, &name.value);
                    self.faults.push(fault.in_place(&self.document.path, name.spot.clone()));
                }
                Some(doc) if !found.contains(&doc) => found.push(doc),
                Some(_) => {}
                None => self.unknown(kind, name),
            }
        }
        found
    }

    /// The records of its own kind that a record names.
    fn related(&mut self) -> Vec<DocId> {
        match &self.document.front {
            Front::Concept(front) => self.records(SourceKind::Concept, &front.related),
            Front::Incident(front) => {
                self.records(SourceKind::Incident, front.related.iter().map(|relation| &relation.id))
            }
            Front::Pattern(front) => {
                for alike in &front.look_alikes {
                    if Pattern::from_id(&alike.id.value).is_none() {
                        self.unknown(SourceKind::Pattern, &alike.id);
                    }
                }
                Vec::new()
            }
            Front::Essay(_) | Front::Page(_) => Vec::new(),
        }
    }

    /// Adds the incidents that sections and passages are scoped to.
    fn add_scopes(&mut self, incidents: &mut Vec<DocId>) {
        let document = self.document;
        let sections = document.body.headings.iter().filter(|_| document.kind == SourceKind::Essay);
        let of_sections =
            sections.filter_map(|heading| heading.scope.as_ref().map(|scope| (&scope.incidents, scope.span)));
        let of_passages = document.body.marks.iter().filter_map(|mark| match &mark.scope {
            Scope::Stated(ids) => Some((ids, mark.span)),
            Scope::Around(_) => None,
        });
        for (id, span) in of_sections.chain(of_passages).flat_map(|(ids, span)| ids.iter().map(move |id| (id, span))) {
            match self.lookup.names.get(SourceKind::Incident, id) {
                Some(doc) if self.is_left_out(doc) => {
                    self.faults.push(names_a_draft(SourceKind::Incident, id).at(&document.path, span));
                }
                Some(doc) if !incidents.contains(&doc) => incidents.push(doc),
                Some(_) => {}
                None => {
                    let fault = self.lookup.names.unknown(SourceKind::Incident, id, true);
                    self.faults.push(fault.at(&document.path, span));
                }
            }
        }
    }

    /// Adds the tags of passages.
    fn add_passages(&mut self, patterns: &mut BTreeSet<Pattern>, concepts: &mut Vec<DocId>) {
        let names = self.lookup.names;
        for mark in &self.document.body.marks {
            match &mark.tag {
                // A passage that denies a pattern does not add it.
                TagName::Pattern(_) if mark.refuses => {}
                TagName::Pattern(pattern) => {
                    patterns.insert(*pattern);
                }
                TagName::Concept(id) => match names.get(SourceKind::Concept, id) {
                    // A link to one that is left out is reported with the other links.
                    Some(doc) if !mark.refuses && !self.is_left_out(doc) && !concepts.contains(&doc) => {
                        concepts.push(doc);
                    }
                    Some(_) => {}
                    // An unknown one in a link is reported with the other links.
                    None if mark.kind == MarkKind::Section => {
                        let fault = names.unknown(SourceKind::Concept, id, true);
                        self.faults.push(fault.at(&self.document.path, mark.span));
                    }
                    None => {}
                },
            }
        }
    }
}

/// A record that may never be published is named by nothing that is.
fn names_a_draft(kind: SourceKind, id: &str) -> Diagnostic {
    let message = format!("the {} `{}` is a draft, and is left out", kind.noun(), shortened(id));
    Diagnostic::new(UNPUBLISHED_LINK, message)
        .help("publish it first, take its name out until then, or build with `--drafts`")
}
