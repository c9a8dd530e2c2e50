//! Passages as they are marked: by links in blocks and by attributes of headings, until their ids are known. Knows no
//! events.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{Pattern, Span, first_words};

use super::super::anchors::Anchors;
use super::super::document::{Context, Heading, Mark, MarkKind, Reference, ReferenceKind, Scope, TagName};
use super::super::target::{Named, Target};
use super::super::terms::Terms;
use super::blocks::{Block, BlockReference, is_enough, section_passage};

/// The marks seen so far.
#[derive(Debug, Default)]
pub struct Marks {
    found: Vec<Pending>,
    /// Marked sections still being read.
    sections: Vec<Section>,
}

/// A passage before its id is known.
#[derive(Debug)]
struct Pending {
    tag: TagName,
    kind: MarkKind,
    /// Where the mark stands in the file: inner blocks end before the outer ones do.
    place: Span,
    passage: Context,
    /// The heading it stands under, or on.
    heading: Option<usize>,
    /// What marks it; none for a section, whose id is its heading's.
    link: Option<MarkingLink>,
    scope: Scope,
    event: Option<Box<str>>,
    event_links: Vec<u32>,
    refuses: bool,
}

#[derive(Debug)]
struct MarkingLink {
    reference: usize,
    words: String,
    block_start: String,
}

#[derive(Debug)]
struct Section {
    marks: Range<usize>,
    level: u8,
    text: String,
}

impl Marks {
    /// A block with its links; `heading` is the last heading before it. If it names all nine, it is a list of them and
    /// evidence of none. Says which references mark it.
    pub fn block(&mut self, block: &Block, references: &[Reference], heading: Option<usize>) -> Vec<usize> {
        let may_be_incidents = may_be_incidents(block, references);
        let has_anchor = |n: &u32| references[*n as usize].target.anchor().is_some();
        let event_links: Vec<u32> = may_be_incidents.iter().copied().filter(has_anchor).collect();
        let mut marks: Vec<Pending> = block
            .references
            .iter()
            .filter(|link| !link.is_struck)
            .filter_map(|BlockReference { index, at, .. }| {
                let reference = &references[*index];
                let (tag, terms) = tag(reference)?;
                let link = MarkingLink {
                    reference: *index,
                    words: block.text[at.clone()].to_owned(),
                    block_start: first_words(&block.text, 4),
                };
                Some(Pending {
                    tag,
                    kind: block.kind.mark_kind(),
                    place: reference.span,
                    passage: block.passage(at),
                    heading,
                    link: Some(link),
                    scope: terms.incidents.map_or_else(|| Scope::Around(may_be_incidents.clone()), Scope::Stated),
                    event: terms.event.map(String::into_boxed_str),
                    event_links: event_links.clone(),
                    refuses: terms.refuses,
                })
            })
            .collect();
        let patterns: BTreeSet<&TagName> =
            marks.iter().map(|mark| &mark.tag).filter(|tag| matches!(tag, TagName::Pattern(_))).collect();
        if patterns.len() == Pattern::ALL.len() {
            marks.retain(|mark| matches!(mark.tag, TagName::Concept(_)));
        }
        let marking = marks.iter().filter_map(|mark| mark.link.as_ref()).map(|link| link.reference).collect();
        self.found.append(&mut marks);
        marking
    }

    /// Text of the sections that are open.
    pub fn text(&mut self, text: &str) {
        for section in &mut self.sections {
            if !is_enough(&section.text) {
                section.text.push_str(text.trim());
                section.text.push(' ');
            }
        }
    }

    /// A heading of this level, the `index`th: ends sections, and begins one if it has tags.
    pub fn heading(&mut self, level: u8, index: usize, place: Span, tags: Vec<TagName>) {
        self.end_sections(level);
        if tags.is_empty() {
            return;
        }
        let first = self.found.len();
        self.found.extend(tags.into_iter().map(|tag| Pending {
            tag,
            kind: MarkKind::Section,
            place,
            passage: Context::default(),
            heading: Some(index),
            link: None,
            scope: Scope::Around(Vec::new()),
            event: None,
            event_links: Vec::new(),
            refuses: false,
        }));
        self.sections.push(Section { marks: first..self.found.len(), level, text: String::new() });
    }

    fn end_sections(&mut self, level: u8) {
        for section in self.sections.extract_if(.., |section| section.level >= level) {
            for mark in &mut self.found[section.marks] {
                mark.passage = section_passage(&section.text);
            }
        }
    }

    /// All marks in the order of the text, with their ids; each marking link gets the number of its mark.
    pub fn finish(mut self, headings: &[Heading], anchors: &mut Anchors, references: &mut [Reference]) -> Vec<Mark> {
        self.end_sections(0);
        self.found.sort_by_key(|mark| mark.place.start);
        let links = self.found.iter().filter_map(|mark| mark.link.as_ref());
        let words: Vec<(String, String)> = links.map(|link| (link.words.clone(), link.block_start.clone())).collect();
        let mut ids = anchors.for_passages(&words).into_iter();
        let mut marks = Vec::with_capacity(self.found.len());
        for Pending { tag, kind, place, mut passage, heading, link, scope, event, event_links, refuses } in self.found {
            let anchor = match (link, heading.and_then(|index| headings.get(index))) {
                (Some(link), _) => {
                    references[link.reference].mark = u32::try_from(marks.len()).ok();
                    ids.next().unwrap_or_default()
                }
                (None, Some(heading)) => {
                    if passage.text.is_empty() {
                        passage.text.clone_from(&heading.text);
                    }
                    heading.id.clone()
                }
                (None, None) => continue,
            };
            let heading = heading.and_then(|index| u32::try_from(index).ok());
            let event_links = event_links.into_boxed_slice();
            marks.push(Mark { tag, kind, span: place, anchor, passage, heading, scope, event, event_links, refuses });
        }
        marks
    }
}

/// The links of a block that may lead to an incident: `link` knows which of them do.
fn may_be_incidents(block: &Block, references: &[Reference]) -> Vec<u32> {
    let may_be = |index: &usize| {
        let Reference { kind, target, .. } = &references[*index];
        let leads =
            matches!(target, Target::Incident(_) | Target::Relative { .. } | Target::Wiki { .. } | Target::Site { .. });
        *kind == ReferenceKind::Link && leads
    };
    let indices = block.references.iter().map(|link| link.index).filter(may_be);
    indices.filter_map(|index| u32::try_from(index).ok()).collect()
}

/// What a link marks its block as, and on which terms. Terms that can't be read, which is an error, are none.
fn tag(reference: &Reference) -> Option<(TagName, Terms)> {
    if reference.kind != ReferenceKind::Link {
        return None;
    }
    let (tag, named) = match &reference.target {
        Target::Pattern(named) => (TagName::Pattern(Pattern::from_id(&named.id)?), named),
        Target::Concept(named) => (TagName::Concept(named.id.clone()), named),
        _ => return None,
    };
    let Named { query, .. } = named;
    Some((tag, query.as_deref().and_then(|query| Terms::parse(query).ok()).unwrap_or_default()))
}
