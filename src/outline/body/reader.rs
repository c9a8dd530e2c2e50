//! What was read of a body so far, and what its next event adds. Knows Markdown's events; raw HTML is read beside it.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use crate::fields::Faults;
use crate::load::Source;
use crate::model::{SourceKind, SourcePath, Span};

use super::super::document::Reference;
use super::super::headings::{self, Attributes, Pending};
use super::super::html::{self, Item};
use super::super::limits;
use super::super::limits::allowance::Allowance;
use super::super::markdown::is_quoted;
use super::super::plain_text::{self, Adds};
use super::super::typed::Typed;
use super::blocks::{BlockKind, Blocks};
use super::code::Code;
use super::faults::{beyond_columns, near_alert, too_many, too_many_empty_cells};
use super::formulas::Formulas;
use super::marks::Marks;
use super::notes::Notes;
use super::rich::Rich;
use super::second_looks::of_quotation;
use super::tables;

pub(super) struct Reader<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) text: &'a str,
    /// Where in `text` the body begins.
    start: usize,
    /// The address of the site.
    pub(super) site: Option<&'a str>,
    pub(super) collects_marks: bool,
    pub(super) blocks: Blocks,
    pub(super) headings: Vec<Pending>,
    pub(super) references: Vec<Reference>,
    /// Links and pictures that are open: index of the reference and where its words begin.
    pub(super) open: Vec<(usize, usize)>,
    /// Pictures that are open, and the words of the outermost.
    pub(super) pictures: usize,
    pub(super) is_wiki_picture: bool,
    pub(super) description: String,
    /// Elements that are open whose text is not the page's.
    pub(super) muted: usize,
    code: Option<Code>,
    /// For the work on all code.
    allowance: Allowance,
    pub(super) rich: Rich,
    pub(super) marks: Marks,
    /// There is more than is read, and the fault of it was reported.
    pub(super) limit_met: bool,
    pub(super) notes: Notes,
    pub(super) excerpt: String,
    pub(super) words: usize,
    /// The last paragraph.
    pub(super) paragraph: Span,
    /// Diagnostics of rules that are off by default: they follow the others.
    pub(super) second_looks: Faults,
    pub(super) footnotes: usize,
    /// Texts that are quoted by reference.
    pub(super) quotations: usize,
    /// Of tables: what their rows leave out, which is made for them.
    empty_cells: usize,
    /// The last row of a table, and how many columns that has.
    row: Span,
    columns: usize,
    formulas: Formulas<'a>,
    pub(super) typed: Typed,
    /// A heading has an attribute that is none of ours.
    has_foreign_attribute: bool,
    /// A link of raw HTML is open.
    pub(super) is_in_html_link: bool,
    /// Text of raw HTML stands in no block: one is open for it.
    pub(super) is_loose: bool,
    /// Where raised elements of HTML that are open begin in their block.
    pub(super) raised: Vec<usize>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source, text: &'a str, start: usize, math: bool) -> Self {
        let path = &source.path;
        Self {
            path,
            text,
            start,
            site: source.settings.site.as_deref(),
            collects_marks: source.kind == SourceKind::Essay,
            blocks: Blocks::default(),
            headings: Vec::new(),
            references: Vec::new(),
            open: Vec::new(),
            pictures: 0,
            is_wiki_picture: false,
            description: String::new(),
            muted: 0,
            code: None,
            allowance: Allowance::of(text.len() - start),
            rich: Rich::default(),
            marks: Marks::default(),
            limit_met: false,
            notes: Notes::default(),
            excerpt: String::new(),
            words: 0,
            paragraph: Span::default(),
            second_looks: Vec::new(),
            footnotes: 0,
            quotations: 0,
            empty_cells: 0,
            row: Span::default(),
            columns: 0,
            formulas: Formulas::new(path, text, math),
            typed: Typed::default(),
            has_foreign_attribute: false,
            is_in_html_link: false,
            is_loose: false,
            raised: Vec::new(),
        }
    }

    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        Span::from(range.clone()).shifted(self.start)
    }

    pub(super) fn item(&mut self, item: Item<'_>, range: &Range<usize>, faults: &mut Faults) {
        match item {
            Item::Markdown(event) => self.event(event, range, faults),
            Item::Html { parts, .. } => self.html(parts, faults),
        }
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>, faults: &mut Faults) {
        match event {
            Event::Start(tag) => self.begin(tag, range, faults),
            Event::End(tag) => self.end(tag, faults),
            Event::FootnoteReference(label) => {
                self.notes.refer(&label);
                self.blocks.left_out();
            }
            event => self.leaf(&event, range, faults),
        }
    }

    /// What holds nothing else.
    fn leaf(&mut self, event: &Event<'_>, range: &Range<usize>, faults: &mut Faults) {
        if let Event::InlineMath(latex) | Event::DisplayMath(latex) = event {
            self.rich.formula(latex);
            self.formulas.formula(latex, self.span(range), faults);
        }
        let Some(text) = plain_text::of_event(event) else { return };
        if let Some(code) = &mut self.code {
            code.text(&text);
        } else if self.muted > 0 {
            // It is not the page's.
        } else if self.pictures > 0 {
            self.description.push_str(&text);
        } else if matches!(event, Event::SoftBreak | Event::HardBreak) {
            self.blocks.separate();
        } else {
            if matches!(event, Event::Text(_)) {
                let span = self.span(range);
                self.formulas.dollars(span, faults);
                if self.open.is_empty() {
                    self.typed.text(self.text, span.range());
                }
            }
            self.blocks.text(&text);
            if text == "<" {
                self.look_for_comment(self.start + range.start, faults);
            }
            if text == "[" {
                let at = self.start + range.start;
                self.notes.bracket(&self.text[at..], at);
            }
        }
    }

    /// A comment in a line that does not end in its paragraph is text.
    fn look_for_comment(&self, at: usize, faults: &mut Faults) {
        if self.text[at..].starts_with("<!--") && !self.text[..at].ends_with('\\') {
            faults.push(html::open_comment().at(self.path, Span::new(at, at + "<!--".len())));
        }
    }

    fn begin(&mut self, tag: Tag<'_>, range: &Range<usize>, faults: &mut Faults) {
        match plain_text::of_tag(&tag) {
            Adds::Nothing => self.muted += 1,
            Adds::Block | Adds::Code => {
                faults.extend(self.typed.end(self.path));
                self.end_loose();
            }
            _ => {}
        }
        let is_quoted = is_quoted(&tag);
        match tag {
            Tag::Paragraph => {
                self.paragraph = self.span(range);
                self.typed.begin(self.start + range.start);
                self.blocks.start(BlockKind::Paragraph);
            }
            Tag::BlockQuote(kind) => self.begin_quotation(kind.is_some(), self.span(range), faults),
            Tag::Item => self.blocks.start(BlockKind::Item),
            Tag::TableHead | Tag::TableRow => self.begin_row(self.span(range), faults),
            Tag::Table(columns) => self.columns = columns.len(),
            Tag::DefinitionListTitle | Tag::DefinitionListDefinition => self.blocks.start(BlockKind::Definition),
            Tag::FootnoteDefinition(label) => {
                self.footnotes += 1;
                self.notes.define(&label, self.start + range.start);
                self.blocks.start(BlockKind::Footnote);
            }
            Tag::Heading { level, id, classes, attrs } => {
                let span = self.span(range);
                faults.extend(headings::reserved_classes(&classes, self.path, span));
                let attributes = headings::attributes(&attrs, self.path, span, &mut self.has_foreign_attribute, faults);
                self.begin_heading(level, id.as_deref(), span, attributes, faults);
            }
            Tag::TableCell if range.is_empty() => self.empty_cell(faults),
            Tag::CodeBlock(kind) => {
                self.code = Some(Code::begin(&kind, self.text, self.span(range).range()));
            }
            Tag::Link { link_type, dest_url, .. } => {
                self.begin_link(link_type, &dest_url, is_quoted, self.span(range), faults)
            }
            Tag::Image { link_type, dest_url, .. } => {
                self.begin_picture(link_type, &dest_url, self.span(range), faults)
            }
            _ => {}
        }
    }

    fn begin_quotation(&mut self, is_alert: bool, span: Span, faults: &mut Faults) {
        if !is_alert {
            let fault = of_quotation(&self.text[span.range()]);
            self.second_looks.extend(fault.map(|fault| fault.at(self.path, span)));
            let near = near_alert(&self.text[span.range()]);
            faults.extend(near.map(|(fault, at)| fault.at(self.path, at.shifted(span.start as usize))));
        }
        self.blocks.start(BlockKind::Quotation);
    }

    fn begin_row(&mut self, span: Span, faults: &mut Faults) {
        self.row = span;
        if let Some(beyond) = tables::beyond(&self.text[span.range()], self.columns) {
            let beyond = Span::from(beyond).shifted(span.start as usize);
            faults.push(beyond_columns(self.columns).at(self.path, beyond));
        }
        self.blocks.start(BlockKind::Row);
    }

    fn empty_cell(&mut self, faults: &mut Faults) {
        self.empty_cells += 1;
        let most = limits::most_empty_cells(self.text.len() - self.start);
        if self.empty_cells == most + 1 {
            self.limit_met = true;
            faults.push(too_many_empty_cells(most).at(self.path, self.row));
        }
    }

    pub(super) fn begin_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<&str>,
        span: Span,
        attributes: Attributes,
        faults: &mut Faults,
    ) {
        self.blocks.start(BlockKind::Heading);
        if self.headings.len() == limits::MAX_HEADINGS {
            self.limit_met = true;
            faults.push(too_many("headings", limits::MAX_HEADINGS).at(self.path, span));
        }
        let begins = self.blocks.position();
        self.headings.push(Pending::new(level, id, span, attributes, self.references.len(), begins));
    }

    fn end(&mut self, tag: TagEnd, faults: &mut Faults) {
        if !matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image) {
            faults.extend(self.typed.end(self.path));
        }
        let kind = match tag {
            TagEnd::Link => {
                faults.extend(self.empty_words());
                return self.end_link();
            }
            TagEnd::Image => return self.end_picture(faults),
            TagEnd::Strikethrough => return self.unmute(),
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    faults.extend(code.faults(self.path, self.text, &mut self.allowance, &mut self.rich));
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
        self.end_loose();
        self.end_block(kind);
    }

    /// An element ends whose text is not the page's.
    pub(super) fn unmute(&mut self) {
        self.muted = self.muted.saturating_sub(1);
        self.blocks.left_out();
    }
}
