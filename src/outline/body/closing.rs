//! What a body gains where a block ends: words, an excerpt, passages, the sentences around links; and all of it where the body
//! does. Knows blocks that were read, no events.

use crate::fields::Faults;
use crate::model::{HeadingIds, count_words, first_sentences};

use super::super::anchors::Anchors;
use super::super::document::{Body, RawHtml};
use super::super::headings;
use super::super::html::Filter;
use super::blocks::{Block, BlockKind};
use super::left_over;
use super::reader::Reader;
use super::second_looks::of_paragraph;

/// The longest first paragraph that stands for a summary, in characters.
const EXCERPT_CHARS: usize = 240;

impl Reader<'_> {
    pub(super) fn end_block(&mut self, kind: BlockKind) {
        if let Some(block) = self.blocks.end(kind) {
            self.close(block);
        } else if kind == BlockKind::Heading {
            // In a quotation, which is one block.
            let begins = self.headings.last().map_or(0, |heading| heading.begins);
            let text = self.blocks.text_from(begins);
            self.close_heading(text);
        }
    }

    fn close(&mut self, block: Block) {
        let words = count_words(&block.text);
        self.words += words.saturating_sub(block.described);
        let is_prose = words > block.described;
        if block.kind == BlockKind::Paragraph {
            let fault = of_paragraph(words);
            self.second_looks.extend(fault.map(|fault| fault.at(self.path, self.paragraph)));
        }
        if self.excerpt.is_empty() && block.kind == BlockKind::Paragraph && is_prose && self.footnotes == 0 {
            self.excerpt = first_sentences(&block.text, EXCERPT_CHARS);
        }
        if block.kind == BlockKind::Paragraph && self.collects_marks {
            let fault = left_over::of_block(&block.text);
            self.second_looks.extend(fault.map(|fault| fault.at(self.path, self.paragraph)));
        }
        if block.kind == BlockKind::Heading && self.collects_marks {
            for link in &block.references {
                let reference = &self.references[link.index];
                let fault = headings::mark(&reference.target);
                self.second_looks.extend(fault.map(|fault| fault.at(self.path, reference.span)));
            }
        }
        if block.kind == BlockKind::Heading {
            self.close_heading(block.text.trim().to_owned());
        } else if is_prose {
            self.marks.text(&block.text);
        }
        let marking = if self.collects_marks && block.kind != BlockKind::Heading {
            self.marks.block(&block, &self.references, self.headings.len().checked_sub(1))
        } else {
            Vec::new()
        };
        for link in &block.references {
            let reference = &mut self.references[link.index];
            if reference.target.is_of_the_site() && !marking.contains(&link.index) {
                reference.context = block.sentence(&link.at);
            }
        }
    }

    fn close_heading(&mut self, text: String) {
        let index = self.headings.len().saturating_sub(1);
        let Some(heading) = self.headings.last_mut() else { return };
        heading.text = text;
        let tags = if self.collects_marks { std::mem::take(&mut heading.attributes.tags) } else { Vec::new() };
        self.marks.heading(heading.level, index, heading.span, tags);
    }

    pub(super) fn finish(mut self, filter: &Filter<'_>, ids: HeadingIds, faults: &mut Faults) -> Body {
        self.end_loose();
        std::mem::take(&mut self.notes).report(self.path, faults);
        let mut anchors = Anchors::by(ids);
        faults.append(&mut self.second_looks);
        faults.extend(self.typed.end(self.path));
        faults.extend(headings::several_h1(&self.headings, self.path));
        faults.extend(headings::skipped_levels(&self.headings, self.path));
        headings::take_ids(&mut self.headings, self.path, &mut anchors, faults);
        for id in &filter.ids {
            anchors.take(id);
        }
        let headings = headings::named(self.headings, &mut anchors);
        let raw_html = match (self.limit_met, filter.has_html) {
            (true, _) => RawHtml::Unseen,
            (false, true) => RawHtml::Present,
            (false, false) => RawHtml::Absent,
        };
        let marks = self.marks.finish(&headings, &mut anchors, &mut self.references);
        // Documents are held as long as the site is: without the room that the list had for more.
        let mut references = Vec::with_capacity(self.references.len());
        references.append(&mut self.references);
        Body {
            headings,
            anchors: anchors.into_sorted(),
            references,
            marks,
            excerpt: self.excerpt,
            words: u32::try_from(self.words).unwrap_or(u32::MAX),
            raw_html,
            too_deep: false,
        }
    }
}
