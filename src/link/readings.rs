//! Which passages of an essay speak of which incident, and of which event in it. Knows one document with its links and tags resolved; lists nothing by
//! incident.

use std::sync::Arc;

use serde::Serialize;

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::model::{DocId, Pattern, SourceKind};
use crate::outline::{Document, Heading, Mark, MarkKind, Scope, TagName};

use super::lookup::Lookup;
use super::{Link, Tags};

rules! {
    UNKNOWN_EVENT = "unknown-event", error, "a reference names an event that the incident's record does not have";
    UNCLEAR_INCIDENT = "unclear-incident", warning, "a passage's block links several incidents and does not say which of them it speaks of";
}

/// A pattern or a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum ReadTag {
    Pattern(Pattern),
    Concept(DocId),
}

/// A passage that sees a pattern or concept in an incident, or says that it is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Reading {
    /// Index into the document's marks.
    pub mark: u32,
    pub incident: DocId,
    pub tag: ReadTag,
    /// The event of the incident that it speaks of, a position among them all.
    pub event: Option<u32>,
    pub refuses: bool,
}

/// Whether a passage of `document` shows what `tag` says, of whichever incident. `id_of` knows the ids of concepts.
pub fn shows<'a>(document: &Document, id_of: impl Fn(DocId) -> &'a str, tag: ReadTag) -> bool {
    document.body.marks.iter().filter(|mark| !mark.refuses).any(|mark| match (&mark.tag, tag) {
        (TagName::Pattern(marked), ReadTag::Pattern(pattern)) => *marked == pattern,
        (TagName::Concept(marked), ReadTag::Concept(concept)) => *marked == id_of(concept),
        _ => false,
    })
}

/// What is needed to find the incidents of a document's passages.
pub(super) struct Around<'a> {
    pub document: &'a Document,
    pub links: &'a [Link],
    pub tags: &'a Tags,
    pub lookup: &'a Lookup<'a>,
}

/// What a block or a section says of the incidents that it speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    /// It speaks of these; none if its remarks are general.
    These(Vec<DocId>),
    /// It links several.
    Several,
    /// It links none.
    Nothing,
}

impl Around<'_> {
    /// The readings of every passage, in the order of the passages. The first that applies decides: the passage's own link, its
    /// block, its sections from the innermost out, the only incident of the essay.
    pub(super) fn readings(&self) -> (Arc<[Reading]>, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        if self.document.body.marks.is_empty() {
            return (Arc::default(), faults);
        }
        let sections = Sections::of(self);
        let mut readings = Vec::new();
        for (n, mark) in (0_u32..).zip(&self.document.body.marks) {
            let Some(tag) = self.tag(mark) else { continue };
            let incidents = match &mark.scope {
                Scope::Stated(ids) => self.named(ids),
                Scope::Around(references) => {
                    let block = self.linked(references.iter().map(|reference| *reference as usize));
                    if block == Found::Several {
                        faults.push(unclear(mark).at(&self.document.path, mark.span));
                    }
                    match block {
                        Found::These(incidents) => incidents,
                        Found::Several | Found::Nothing => sections.around(mark).unwrap_or_else(|| self.only()),
                    }
                }
            };
            if let (Some(event), true) = (&mark.event, speaks_of_none(mark, &incidents)) {
                faults.push(no_incident(event).at(&self.document.path, mark.span));
            }
            let events = self.events(mark, &incidents, &mut faults);
            readings.extend(incidents.into_iter().zip(events).map(|(incident, event)| Reading {
                mark: n,
                incident,
                tag,
                event,
                refuses: mark.refuses,
            }));
        }
        (readings.into(), faults)
    }

    /// What a passage is of; none of a concept that is not there.
    fn tag(&self, mark: &Mark) -> Option<ReadTag> {
        match &mark.tag {
            TagName::Pattern(pattern) => Some(ReadTag::Pattern(*pattern)),
            TagName::Concept(id) => self.lookup.names.get(SourceKind::Concept, id).map(ReadTag::Concept),
        }
    }

    /// The incidents of these names; unknown ones were reported with the tags.
    fn named(&self, ids: &[String]) -> Vec<DocId> {
        let mut found: Vec<DocId> = Vec::new();
        for doc in ids.iter().filter_map(|id| self.lookup.names.get(SourceKind::Incident, id)) {
            if !found.contains(&doc) {
                found.push(doc);
            }
        }
        found
    }

    /// What the references at these places link.
    fn linked(&self, references: impl Iterator<Item = usize>) -> Found {
        let mut found = None;
        for reference in references {
            if let Some(Link::Page { doc, .. }) = self.links.get(reference)
                && self.lookup.kind(*doc) == SourceKind::Incident
                && found != Some(*doc)
            {
                if found.is_some() {
                    return Found::Several;
                }
                found = Some(*doc);
            }
        }
        found.map_or(Found::Nothing, |doc| Found::These(vec![doc]))
    }

    /// The only incident that the essay cites.
    fn only(&self) -> Vec<DocId> {
        match self.tags.incidents[..] {
            [only] => vec![only],
            _ => Vec::new(),
        }
    }
}

/// What each section says by itself, and the section around each.
struct Sections {
    says: Vec<Found>,
    parents: Vec<Option<usize>>,
}

impl Sections {
    fn of(around: &Around<'_>) -> Self {
        let headings = &around.document.body.headings;
        let ends = ends(headings, around.links.len());
        let says = headings.iter().zip(ends).map(|(heading, end)| match &heading.scope {
            Some(scope) => Found::These(around.named(&scope.incidents)),
            None => around.linked(heading.references as usize..end),
        });
        Self { says: says.collect(), parents: parents(headings) }
    }

    /// What the nearest section around a passage says, from the innermost out; none if none says anything.
    fn around(&self, mark: &Mark) -> Option<Vec<DocId>> {
        let mut section = mark.heading.map(|heading| heading as usize);
        while let Some(n) = section {
            if let Found::These(incidents) = self.says.get(n)? {
                return Some(incidents.clone());
            }
            section = self.parents[n];
        }
        None
    }
}

/// The section that each is part of: the last heading before it of a higher level.
fn parents(headings: &[Heading]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let parent = |(n, heading): (usize, &Heading)| {
        while open.last().is_some_and(|last| headings[*last].level >= heading.level) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(n);
        parent
    };
    headings.iter().enumerate().map(parent).collect()
}

/// Where the references of each section end: at the next heading of its level or a higher one.
fn ends(headings: &[Heading], references: usize) -> Vec<usize> {
    let mut ends = vec![references; headings.len()];
    let mut open: Vec<usize> = Vec::new();
    for (n, heading) in headings.iter().enumerate() {
        while let Some(last) = open.pop_if(|last| headings[*last].level >= heading.level) {
            ends[last] = heading.references as usize;
        }
        open.push(n);
    }
    ends
}

/// Whether nothing says of which incident the passage speaks. Incidents that are not there were reported with the tags.
fn speaks_of_none(mark: &Mark, incidents: &[DocId]) -> bool {
    incidents.is_empty() && !matches!(&mark.scope, Scope::Stated(ids) if !ids.is_empty())
}

fn no_incident(event: &str) -> Diagnostic {
    let message = format!("`{}` names no event: the passage belongs to no incident", shortened(event));
    Diagnostic::new(UNKNOWN_EVENT, message).help("say which one in the reference, as in `?in=ID&at=14:09`")
}

/// Of a section the heading can say it, of any other passage its link.
fn unclear(mark: &Mark) -> Diagnostic {
    let what = match mark.kind {
        MarkKind::Paragraph => "paragraph",
        MarkKind::Item => "list item",
        MarkKind::Quotation => "quotation",
        MarkKind::Section => "section",
    };
    Diagnostic::new(
        UNCLEAR_INCIDENT,
        format!("the {what} links several incidents and does not say which of them the passage speaks of"),
    )
    .help("say it in the reference, as in `pattern:lag?in=ID`, or write `?in=none` for a general remark")
}
