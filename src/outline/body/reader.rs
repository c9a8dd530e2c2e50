//! What was read of a body so far, and what its next event adds. Knows Markdown's events; raw HTML is read beside it.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::diagnostic::Diagnostic;
use crate::fields::Faults;
use crate::load::Source;
use crate::model::{SourceKind, SourcePath, Span, below};

use super::super::allowance::Allowance;
use super::super::blocks::{BlockKind, Blocks};
use super::super::code::Code;
use super::super::document::{Context, Reference, ReferenceKind};
use super::super::headings::{self, Attributes, Pending};
use super::super::html::{self, Item};
use super::super::limits;
use super::super::markdown::is_quoted;
use super::super::marks::Marks;
use super::super::notes::Notes;
use super::super::pictures::{self, Alt};
use super::super::plain_text::{self, Adds};
use super::super::rich::Rich;
use super::super::tables;
use super::super::target::{Named, Target};
use super::super::terms::Terms;
use super::super::typed::Typed;
use super::faults::{
    beyond_columns, embedded_text, empty_words, near_alert, too_many, too_many_empty_cells, too_many_quotations,
};
use super::formulas::Formulas;
use super::second_looks::of_quotation;

pub(super) struct Reader<'a> {
    pub(super) path: &'a SourcePath,
    text: &'a str,
    /// Where in `text` the body begins.
    start: usize,
    /// The address of the site.
    site: Option<&'a str>,
    pub(super) collects_marks: bool,
    pub(super) blocks: Blocks,
    pub(super) headings: Vec<Pending>,
    pub(super) references: Vec<Reference>,
    /// Links and pictures that are open: index of the reference and where its words begin.
    pub(super) open: Vec<(usize, usize)>,
    /// Pictures that are open, and the words of the outermost.
    pictures: usize,
    is_wiki_picture: bool,
    description: String,
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
    quotations: usize,
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

    fn begin_link(&mut self, link_type: LinkType, destination: &str, is_quoted: bool, span: Span, faults: &mut Faults) {
        let target = match link_type {
            LinkType::WikiLink { has_pothole } => Target::parse_wiki(destination, !has_pothole),
            LinkType::Email => Target::Outside(format!("mailto:{destination}")),
            _ => self.target(destination),
        };
        let kind = self.kind_of_link(is_quoted, span, faults);
        let index = self.refer(kind, target, span, faults);
        self.open.push((index, self.blocks.position()));
    }

    fn begin_picture(&mut self, link_type: LinkType, destination: &str, span: Span, faults: &mut Faults) {
        let is_wiki = matches!(link_type, LinkType::WikiLink { .. });
        let target = if is_wiki {
            Target::Relative { path: destination.to_owned(), anchor: None }
        } else {
            self.target(destination)
        };
        let index = self.refer(ReferenceKind::Picture, target, span, faults);
        self.open.push((index, self.blocks.position()));
        if self.pictures == 0 {
            self.is_wiki_picture = is_wiki;
        }
        self.pictures += 1;
    }

    /// Whether a text is quoted where a link stands. The words of the link are not shown then.
    fn kind_of_link(&mut self, is_quoted: bool, span: Span, faults: &mut Faults) -> ReferenceKind {
        self.quotations += usize::from(is_quoted);
        if is_quoted && self.quotations <= limits::MAX_QUOTATIONS {
            self.muted += 1;
            return ReferenceKind::Quoted;
        }
        if is_quoted {
            faults.push(too_many_quotations().at(self.path, span));
        } else if self.text[span.range()].starts_with('!') {
            faults.push(embedded_text().at(self.path, span));
        }
        ReferenceKind::Link
    }

    /// Where `destination` leads; a whole address of this site is a path of it.
    pub(super) fn target(&self, destination: &str) -> Target {
        match Target::parse(destination) {
            Target::Outside(url) => match self.site.and_then(|site| below(&url, site)) {
                Some(path) => Target::parse(path),
                None => Target::Outside(url),
            },
            target => target,
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

    /// A further reference: says which it is.
    pub(super) fn refer(&mut self, kind: ReferenceKind, target: Target, span: Span, faults: &mut Faults) -> usize {
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
        self.references.push(Reference { kind, target, span, context: Context::default(), mark: None });
        self.references.len() - 1
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

    /// A link that ends and shows nothing.
    fn empty_words(&self) -> Option<Diagnostic> {
        let (index, start) = *self.open.last()?;
        let is_empty = self.blocks.position() == start && index + 1 == self.references.len() && self.pictures == 0;
        let reference = self.references.get(index).filter(|_| is_empty && self.muted == 0)?;
        Some(empty_words().at(self.path, reference.span))
    }

    /// An element ends whose text is not the page's.
    pub(super) fn unmute(&mut self) {
        self.muted = self.muted.saturating_sub(1);
        self.blocks.left_out();
    }

    /// A link in a picture's description is none on the page.
    pub(super) fn end_link(&mut self) {
        if let Some((index, start)) = self.open.pop()
            && self.pictures == 0
        {
            if self.references[index].kind == ReferenceKind::Quoted {
                self.muted = self.muted.saturating_sub(1);
            }
            self.blocks.reference(index, start, self.muted > 0);
        }
    }

    fn end_picture(&mut self, faults: &mut Faults) {
        self.pictures = self.pictures.saturating_sub(1);
        let Some((index, start)) = self.open.pop().filter(|_| self.pictures == 0) else { return };
        let description = std::mem::take(&mut self.description);
        let (description, _) = pictures::sized(&description, self.is_wiki_picture);
        if self.muted == 0 {
            self.blocks.description(description);
        }
        self.blocks.reference(index, start, self.muted > 0);
        let alt = if description.trim().is_empty() { Alt::None } else { Alt::Words };
        faults.extend(pictures::faults(&self.references[index], alt, self.path));
    }
}
