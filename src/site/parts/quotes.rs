//! Passages and sentences quoted on other pages. Knows documents and addresses.

use std::collections::BTreeMap;

use crate::index::PassageAt;
use crate::link::{self, ReadTag};
use crate::model::{DocId, SourceKind};
use crate::outline::{Context, Mark, MarkKind, TagName};

use super::paging::{BACKLINKS_SHOWN, PASSAGES_EACH};
use crate::site::Viewer;
use crate::site::view::{Backlink, EssayLine, Passage, PassageGroup, PassageSection, Quote, Tag, TagFields};

/// Text with the words in question set off.
pub(in crate::site) fn quote(context: &Context) -> Quote {
    let text = &context.text;
    Quote {
        before: text[..context.at.start].to_owned(),
        words: text[context.at.clone()].to_owned(),
        after: text[context.at.end..].to_owned(),
    }
}

/// Whether `section` is one and begins with the words of `mark`, a block of it with the same tag.
fn begins_with(section: &Mark, mark: &Mark) -> bool {
    let text = |mark: &Mark| mark.passage.text.trim_matches(['\u{2026}', ' ']).to_owned();
    section.kind == MarkKind::Section
        && mark.kind != MarkKind::Section
        && (section.heading, &section.tag) == (mark.heading, &mark.tag)
        && (text(section).contains(&text(mark)) || text(mark).contains(&text(section)))
}

impl Viewer<'_> {
    fn mark(&self, essay: DocId, n: u32) -> &Mark {
        &self.document(essay).body.marks[n as usize]
    }

    fn mark_tag(&self, essay: DocId, mark: &Mark) -> Tag {
        match &mark.tag {
            TagName::Pattern(pattern) => self.pattern_tag(*pattern),
            TagName::Concept(id) => {
                let tags = &self.linked.tags[essay.index()];
                let found = tags.concepts.iter().find(|doc| self.document(**doc).id == *id);
                found.map_or_else(
                    || {
                        Tag::new(TagFields {
                            kind: SourceKind::Concept.noun(),
                            id: id.clone(),
                            name: id.clone(),
                            url: String::new(),
                            definition: String::new(),
                        })
                    },
                    |doc| self.tag(*doc),
                )
            }
        }
    }

    pub(in crate::site) fn passage(&self, essay: DocId, n: u32) -> Passage {
        let mark = self.mark(essay, n);
        Passage {
            url: [&*self.link(essay), "#", &*mark.anchor].concat(),
            kind: mark.kind,
            heading: self.document(essay).heading_of(mark).map(str::to_owned),
            quote: quote(&mark.passage),
            tag: self.mark_tag(essay, mark),
            section: None,
        }
    }

    /// Those of an essay's passages, each quoted once: a section that begins with the words of another passage of the same tag is
    /// named there.
    fn passages_once(&self, essay: DocId, marks: &[u32]) -> Vec<Passage> {
        let first_within = |section: &u32| {
            let (section, others) = (self.mark(essay, *section), marks.iter().copied());
            others.into_iter().find(|other| begins_with(section, self.mark(essay, *other)))
        };
        let mut named: BTreeMap<u32, u32> = BTreeMap::new();
        let mut quoted: Vec<u32> = Vec::new();
        for n in marks {
            match first_within(n) {
                Some(within) => _ = named.insert(within, *n),
                None => quoted.push(*n),
            }
        }
        let section = |n: &u32| {
            let Passage { url, heading, .. } = self.passage(essay, *named.get(n)?);
            Some(PassageSection { heading: heading.unwrap_or_default(), url })
        };
        quoted.iter().map(|n| Passage { section: section(n), ..self.passage(essay, *n) }).collect()
    }

    fn essay_line(&self, doc: DocId) -> EssayLine {
        let summary = self.summary(doc);
        EssayLine {
            title: summary.title.to_owned(),
            url: summary.link.to_owned(),
            date: summary.facts.date.clone(),
            draft: summary.facts.draft,
            scheduled: self.linked.scheduled[doc.index()],
            authors: Vec::new(),
        }
    }

    /// Passages grouped by essay, in the order in which the essays first appear.
    pub(in crate::site) fn passage_groups(&self, passages: &[PassageAt]) -> Vec<PassageGroup> {
        let mut order: Vec<DocId> = Vec::new();
        let mut groups: BTreeMap<DocId, Vec<u32>> = BTreeMap::new();
        for passage in passages {
            let marks = groups.entry(passage.essay).or_default();
            if marks.is_empty() {
                order.push(passage.essay);
            }
            marks.push(passage.mark);
        }
        order
            .into_iter()
            .map(|essay| {
                let mut marks = groups.remove(&essay).unwrap_or_default();
                marks.sort_unstable();
                PassageGroup { essay: self.essay_line(essay), passages: self.passages_once(essay, &marks) }
            })
            .collect()
    }

    /// The newest pages that link to `doc`, each with the sentence that does, and how many more there are.
    pub(in crate::site) fn backlinks(&self, doc: DocId) -> (Vec<Backlink>, usize) {
        self.backlinks_but(doc, |_| false)
    }

    /// The same without those from pages that are shown already.
    pub(in crate::site) fn backlinks_but(
        &self,
        doc: DocId,
        is_shown: impl Fn(DocId) -> bool,
    ) -> (Vec<Backlink>, usize) {
        let all = &self.linked.backlinks[doc.index()];
        let mut shown: Vec<&link::Backlink> = all.iter().filter(|backlink| !is_shown(backlink.from)).collect();
        // Essays newest first; pages and incidents, which have no rank, after them.
        shown.sort_unstable_by_key(|backlink| (self.index.rank[backlink.from.index()], **backlink));
        let more = shown.len().saturating_sub(BACKLINKS_SHOWN);
        let quoted = shown
            .into_iter()
            .take(BACKLINKS_SHOWN)
            .map(|backlink| {
                let summary = self.summary(backlink.from);
                let document = self.document(backlink.from);
                Backlink {
                    title: summary.title.to_owned(),
                    url: summary.link.to_owned(),
                    kind: document.kind.noun(),
                    quote: quote(&document.body.references[backlink.reference as usize].context),
                }
            })
            .collect();
        (quoted, more)
    }

    /// The first passages of `essay` that are evidence of one of `tags`.
    pub(in crate::site) fn passages_of(&self, essay: DocId, tags: &[ReadTag]) -> Vec<PassageAt> {
        let is = |name: &TagName, tag: &ReadTag| match (name, tag) {
            (TagName::Pattern(name), ReadTag::Pattern(pattern)) => name == pattern,
            (TagName::Concept(name), ReadTag::Concept(concept)) => name == self.id(*concept),
            _ => false,
        };
        (0_u32..)
            .zip(&self.document(essay).body.marks)
            .filter(|(_, mark)| !mark.refuses && tags.iter().any(|tag| is(&mark.tag, tag)))
            .map(|(n, mark)| PassageAt { essay, mark: n, is_section: mark.kind == MarkKind::Section })
            .take(PASSAGES_EACH)
            .collect()
    }
}
