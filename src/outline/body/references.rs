//! Links and pictures of a body: what each leads to, and the words that it shows. Knows one body, no names of the site.

use pulldown_cmark::LinkType;

use crate::diagnostic::Diagnostic;
use crate::fields::Faults;
use crate::model::{Span, below};

use super::super::document::{Context, Reference, ReferenceKind};
use super::super::limits;
use super::super::pictures::{self, Alt};
use super::super::target::{Named, Target};
use super::super::terms::Terms;
use super::faults::{embedded_text, empty_words, too_many, too_many_quotations};
use super::reader::Reader;

impl Reader<'_> {
    pub(super) fn begin_link(
        &mut self,
        link_type: LinkType,
        destination: &str,
        is_quoted: bool,
        span: Span,
        faults: &mut Faults,
    ) {
        let target = match link_type {
            LinkType::WikiLink { has_pothole } => Target::parse_wiki(destination, !has_pothole),
            LinkType::Email => Target::Outside(format!("mailto:{destination}")),
            _ => self.target(destination),
        };
        let kind = self.kind_of_link(is_quoted, span, faults);
        let index = self.refer(kind, target, span, faults);
        self.open.push((index, self.blocks.position()));
    }

    pub(super) fn begin_picture(&mut self, link_type: LinkType, destination: &str, span: Span, faults: &mut Faults) {
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

    /// A link that ends and shows nothing.
    pub(super) fn empty_words(&self) -> Option<Diagnostic> {
        let (index, start) = *self.open.last()?;
        let is_empty = self.blocks.position() == start && index + 1 == self.references.len() && self.pictures == 0;
        let reference = self.references.get(index).filter(|_| is_empty && self.muted == 0)?;
        Some(empty_words().at(self.path, reference.span))
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

    pub(super) fn end_picture(&mut self, faults: &mut Faults) {
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
