//! Reads a body's events once: headings, references, passages, words. Knows this body only.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::Faults;
use crate::load::Source;
use crate::model::{SourceKind, SourcePath, Span, count_words, first_sentences};

use super::anchors::Anchors;
use super::blocks::{Block, BlockKind, Blocks};
use super::document::{Context, Heading, Mark, RawHtml, Reference, ReferenceKind};
use super::fences::Code;
use super::headings::{self, Pending};
use super::html::Filter;
use super::limits;
use super::markdown::events;
use super::marks::Marks;
use super::notes::Notes;
use super::pictures;
use super::target::{Named, Target};
use super::terms::Terms;

rules! {
    FORMULA_LIMIT = "formula-limit", error fixed, "a formula is larger than is read";
    PAGE_LIMIT = "page-limit", error fixed, "a page has more of something than is read";
}

/// What a body says about itself.
#[derive(Debug, Default)]
pub struct Body {
    pub headings: Vec<Heading>,
    pub anchors: Vec<String>,
    pub references: Vec<Reference>,
    pub marks: Vec<Mark>,
    pub excerpt: String,
    pub words: u32,
    pub raw_html: RawHtml,
    /// Nested deeper than is rendered.
    pub too_deep: bool,
}

/// The longest first paragraph that stands for a summary, in characters.
const EXCERPT_CHARS: usize = 240;

/// Reads the body that begins at byte `start` of `text`.
pub fn read(source: &Source, text: &str, start: usize, math: bool, faults: &mut Faults) -> Body {
    if let Some(line) = limits::too_deep_line(&text[start..]) {
        faults.push(too_deep(&source.path, Span::from(line).shifted(start)));
        return Body { too_deep: true, ..Body::default() };
    }
    let mut reader = Reader::new(&source.path, text, start, source.kind == SourceKind::Essay);
    let mut filter = Filter::new(false);
    let mut safe = Vec::new();
    for (event, range) in events(&text[start..], math) {
        filter.event(event, range, &mut safe);
        safe.drain(..).for_each(|(event, range)| reader.event(event, &range, faults));
        if reader.limit_met {
            break;
        }
    }
    filter.finish(text.len() - start, &mut safe);
    safe.drain(..).for_each(|(event, range)| reader.event(event, &range, faults));
    let found = filter.found.drain(..).map(|(fault, range)| fault.at(&source.path, Span::from(range).shifted(start)));
    faults.extend(found);
    reader.finish(&filter, faults)
}

struct Reader<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// Where in `text` the body begins.
    start: usize,
    collects_marks: bool,
    blocks: Blocks,
    headings: Vec<Pending>,
    references: Vec<Reference>,
    /// Links and pictures that are open: index of the reference and where its words begin.
    open: Vec<(usize, usize)>,
    /// Pictures that are open: their text is no text of the page.
    pictures: usize,
    /// Whether the outermost open picture has words for those who don't see it.
    described: bool,
    code: Option<Code>,
    marks: Marks,
    /// There is more than is read, and the fault of it was reported.
    limit_met: bool,
    notes: Notes,
    excerpt: String,
    words: usize,
    footnotes: usize,
    /// Of tables: what their rows leave out, which is made for them.
    empty_cells: usize,
    /// The last row of a table.
    row: Span,
}

impl<'a> Reader<'a> {
    fn new(path: &'a SourcePath, text: &'a str, start: usize, collects_marks: bool) -> Self {
        Self {
            path,
            text,
            start,
            collects_marks,
            blocks: Blocks::default(),
            headings: Vec::new(),
            references: Vec::new(),
            open: Vec::new(),
            pictures: 0,
            described: false,
            code: None,
            marks: Marks::default(),
            limit_met: false,
            notes: Notes::default(),
            excerpt: String::new(),
            words: 0,
            footnotes: 0,
            empty_cells: 0,
            row: Span::default(),
        }
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::from(range.clone()).shifted(self.start)
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>, faults: &mut Faults) {
        if let Event::InlineMath(latex) | Event::DisplayMath(latex) = &event
            && let Some(message) = limits::formula_limit(latex)
        {
            let fault = Diagnostic::new(FORMULA_LIMIT, message).at(self.path, self.span(range));
            faults.push(fault.help("split it into several formulas"));
        }
        match event {
            Event::Start(tag) => self.begin(tag, range, faults),
            Event::End(tag) => self.end(tag, faults),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.described |= !text.trim().is_empty();
                if let Some(code) = &mut self.code {
                    code.text(&text);
                } else if self.pictures == 0 {
                    self.blocks.text(&text);
                    if text.as_ref() == "[" {
                        let at = self.start + range.start;
                        self.notes.bracket(&self.text[at..], at);
                    }
                }
            }
            Event::SoftBreak | Event::HardBreak => self.blocks.separate(),
            Event::FootnoteReference(label) => self.notes.refer(&label),
            Event::Html(_) | Event::InlineHtml(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>, range: &Range<usize>, faults: &mut Faults) {
        match tag {
            Tag::Paragraph => self.blocks.start(BlockKind::Paragraph),
            Tag::BlockQuote(_) => self.blocks.start(BlockKind::Quotation),
            Tag::Item => self.blocks.start(BlockKind::Item),
            Tag::TableHead | Tag::TableRow => {
                self.row = self.span(range);
                self.blocks.start(BlockKind::Row);
            }
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.blocks.start(BlockKind::Definition),
            Tag::FootnoteDefinition(label) => {
                self.footnotes += 1;
                self.notes.define(&label, self.start + range.start);
                self.blocks.start(BlockKind::Footnote);
            }
            Tag::Heading { level, id, classes, attrs } => {
                self.blocks.start(BlockKind::Heading);
                let span = self.span(range);
                if self.headings.len() == limits::MAX_HEADINGS {
                    self.limit_met = true;
                    faults.push(too_many("headings", limits::MAX_HEADINGS).at(self.path, span));
                }
                faults.extend(headings::reserved_classes(&classes, self.path, span));
                let attributes = headings::attributes(&attrs, self.path, span, faults);
                self.headings.push(Pending::new(level, id, span, attributes, self.references.len()));
            }
            Tag::TableCell if range.is_empty() => {
                self.empty_cells += 1;
                let most = limits::most_empty_cells(self.text.len() - self.start);
                if self.empty_cells == most + 1 {
                    self.limit_met = true;
                    faults.push(too_many_empty_cells(most).at(self.path, self.row));
                }
            }
            Tag::CodeBlock(kind) => {
                self.code = Some(Code::begin(&kind, self.text, self.start + range.start));
            }
            Tag::Link { link_type, dest_url, .. } => {
                let target = match link_type {
                    LinkType::WikiLink { has_pothole } => Target::parse_wiki(&dest_url, !has_pothole),
                    LinkType::Email => Target::Outside(format!("mailto:{dest_url}")),
                    _ => Target::parse(&dest_url),
                };
                self.open_reference(ReferenceKind::Link, target, range, faults);
            }
            Tag::Image { link_type, dest_url, .. } => {
                let target = match link_type {
                    LinkType::WikiLink { .. } => Target::Relative { path: dest_url.to_string(), anchor: None },
                    _ => Target::parse(&dest_url),
                };
                self.open_reference(ReferenceKind::Picture, target, range, faults);
                self.described &= self.pictures > 0;
                self.pictures += 1;
            }
            _ => {}
        }
    }

    fn open_reference(&mut self, kind: ReferenceKind, target: Target, range: &Range<usize>, faults: &mut Faults) {
        let span = self.span(range);
        if self.references.len() == limits::MAX_LINKS {
            self.limit_met = true;
            faults.push(too_many("links and pictures", limits::MAX_LINKS).at(self.path, span));
        }
        if let Target::Pattern(Named { query: Some(query), .. }) | Target::Concept(Named { query: Some(query), .. }) =
            &target
            && let Err(fault) = Terms::parse(query)
        {
            faults.push(fault.at(self.path, span));
        }
        self.open.push((self.references.len(), self.blocks.position()));
        self.references.push(Reference { kind, target, span, context: Context::default(), mark: None });
    }

    fn end(&mut self, tag: TagEnd, faults: &mut Faults) {
        let kind = match tag {
            TagEnd::Link | TagEnd::Image => {
                if tag == TagEnd::Image {
                    self.pictures = self.pictures.saturating_sub(1);
                }
                // A link in a picture's description is none on the page.
                if let Some((index, start)) = self.open.pop()
                    && self.pictures == 0
                {
                    self.blocks.reference(index, start);
                    if tag == TagEnd::Image {
                        faults.extend(pictures::faults(&self.references[index], self.described, self.path));
                    }
                }
                return;
            }
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    faults.extend(code.faults(self.path, self.text));
                }
                return;
            }
            TagEnd::TableCell => return self.blocks.separate(),
            TagEnd::Paragraph => BlockKind::Paragraph,
            TagEnd::BlockQuote(_) => BlockKind::Quotation,
            TagEnd::Item => BlockKind::Item,
            TagEnd::TableHead | TagEnd::TableRow => BlockKind::Row,
            TagEnd::DefinitionListTitle | TagEnd::DefinitionListDefinition => BlockKind::Definition,
            TagEnd::FootnoteDefinition => {
                self.footnotes = self.footnotes.saturating_sub(1);
                BlockKind::Footnote
            }
            TagEnd::Heading(_) => BlockKind::Heading,
            _ => return,
        };
        if let Some(block) = self.blocks.end(kind) {
            self.close(block);
        } else if kind == BlockKind::Heading {
            self.close_heading(String::new());
        }
    }

    fn close(&mut self, block: Block) {
        self.words += count_words(&block.text);
        if self.excerpt.is_empty() && block.kind == BlockKind::Paragraph && self.footnotes == 0 {
            self.excerpt = first_sentences(&block.text, EXCERPT_CHARS);
        }
        if block.kind == BlockKind::Heading {
            self.close_heading(block.text.trim().to_owned());
        } else {
            self.marks.text(&block.text);
        }
        let marking = if self.collects_marks && block.kind != BlockKind::Heading {
            self.marks.block(&block, &self.references, self.headings.len().checked_sub(1))
        } else {
            Vec::new()
        };
        for (index, at) in &block.references {
            let reference = &mut self.references[*index];
            if reference.target.is_of_the_site() && !marking.contains(index) {
                reference.context = block.sentence(at);
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

    fn finish(mut self, filter: &Filter<'_>, faults: &mut Faults) -> Body {
        std::mem::take(&mut self.notes).report(self.path, faults);
        let mut anchors = Anchors::default();
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

fn too_many(what: &str, most: usize) -> Diagnostic {
    Diagnostic::new(PAGE_LIMIT, format!("the page has more than {most} {what}")).help("split it into several pages")
}

fn too_many_empty_cells(most: usize) -> Diagnostic {
    Diagnostic::new(PAGE_LIMIT, format!("the rows of the page's tables leave out more than {most} cells"))
        .help("give the tables fewer columns, or the rows more cells")
}

fn too_deep(path: &SourcePath, span: Span) -> Diagnostic {
    let message = format!("quotations or lists are nested more than {} deep", limits::MAX_DEPTH);
    Diagnostic::new(PAGE_LIMIT, message).at(path, span).help("take some of the marks away")
}
