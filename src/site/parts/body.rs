//! A body as a page depends on it: the hash of its source and its resolved links, rather than its HTML. Knows addresses;
//! reads no source.

use crate::config::BaseUrl;
use crate::link::Link;
use crate::model::{DocId, UrlPath, first_sentences};
use crate::outline::{Document, Reference, ReferenceKind, Target};
use crate::site::Viewer;
use crate::site::view::{BodyLink, BodySpec, Picture, Quotation};

use super::archives;
use super::quotations::part_of;

/// The longest title or heading that stands for a bare wikilink, in characters: it may be shown as often as it is named.
const LINK_CHARS: usize = 100;

/// Whether links are paths, for pages, or whole addresses, for feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    Paths,
    Whole,
}

impl Viewer<'_> {
    /// The body of `doc`, with what it quotes.
    pub(in crate::site) fn body(&self, doc: DocId, addresses: Addresses) -> BodySpec {
        let mut spec = self.body_alone(doc, addresses);
        let references = self.document(doc).body.references.iter().zip(self.linked.links[doc.index()].iter());
        for (shown, (reference, link)) in spec.links.iter_mut().zip(references) {
            if reference.kind == ReferenceKind::Quoted {
                shown.quotation = self.quotation(doc, link, addresses).map(Box::new);
            }
        }
        spec
    }

    /// The body of `doc`, with links in the place of what it quotes.
    pub(in crate::site) fn body_alone(&self, doc: DocId, addresses: Addresses) -> BodySpec {
        let document = self.document(doc);
        let here = &self.linked.urls[doc.index()];
        let sanitise = document.body.raw_html.is_possible() && !self.config.html_trusted;
        let links = document
            .body
            .references
            .iter()
            .zip(self.linked.links[doc.index()].iter())
            .map(|(reference, link)| (reference, link, self.copy_instead(document, reference.kind, link)))
            .map(|(reference, link, copy)| BodyLink {
                url: copy.as_ref().map_or_else(|| self.href(link, here, addresses), |(url, _)| Some(url.clone())),
                kind: if copy.is_some() { "gone" } else { self.kind(link) },
                copy: copy.map(|(_, words)| words),
                anchor: mark_anchor(document, reference.mark),
                words: self.words(document, reference, link),
                fault: None,
                picture: self.body_picture(reference.kind, link, addresses),
                quotation: None,
            })
            .collect();
        BodySpec {
            source: document.path.clone(),
            hash: document.hash,
            page: match addresses {
                Addresses::Paths => String::new(),
                Addresses::Whole => self.config.base_url.absolute(here),
            },
            math: document.front.math(),
            quotes: document.settings.quotes.clone(),
            too_deep: document.body.too_deep,
            sanitise,
            links,
            headings: document.body.headings.iter().map(|heading| heading.id.clone()).collect(),
        }
    }

    /// What is quoted on the page of `from` where `link` stands.
    fn quotation(&self, from: DocId, link: &Link, addresses: Addresses) -> Option<Quotation> {
        let Link::Page { doc, anchor } = link else { return None };
        let document = self.document(*doc);
        let part = if *doc == from { None } else { part_of(document, anchor.as_deref()) }?;
        let mut body = self.body_alone(*doc, addresses);
        // Of what it brings along only the text is shown, also where HTML is trusted.
        body.sanitise = document.body.raw_html.is_possible();
        let url = self.link(*doc);
        for (shown, link) in body.links.iter_mut().zip(self.linked.links[doc.index()].iter()) {
            shown.anchor = None;
            if let (Link::Here(anchor), Addresses::Paths) = (link, addresses) {
                shown.url = Some(format!("{url}#{anchor}"));
            }
        }
        Some(Quotation { body, part })
    }

    fn kind(&self, link: &Link) -> &'static str {
        match link {
            Link::Page { doc, .. } => self.document(*doc).kind.noun(),
            Link::Path { .. } => "page",
            Link::File(_) => "file",
            Link::Outside(_) => "outside",
            Link::Here(_) => "here",
            Link::Broken => "broken",
        }
    }

    fn body_picture(&self, kind: ReferenceKind, link: &Link, addresses: Addresses) -> Option<Box<Picture>> {
        match (kind, link) {
            (ReferenceKind::Picture, Link::File(url)) if addresses == Addresses::Paths => {
                self.picture(url, |url| self.config.base_url.link(url)).map(Box::new)
            }
            _ => None,
        }
    }

    /// The titles and headings that stand for bare wikilinks and quotations in the body of `doc`.
    pub(in crate::site) fn replaced_words(&self, doc: DocId) -> Vec<String> {
        let document = self.document(doc);
        let links = document.body.references.iter().zip(self.linked.links[doc.index()].iter());
        links.filter_map(|(reference, link)| self.words(document, reference, link)).collect()
    }

    fn words(&self, here: &Document, reference: &Reference, link: &Link) -> Option<String> {
        let is_quoted = reference.kind == ReferenceKind::Quoted;
        if !is_quoted && !matches!(reference.target, Target::Wiki { bare: true, .. }) {
            return None;
        }
        let short = |words: &str| first_sentences(words, LINK_CHARS);
        let heading = |document: &Document, anchor: &str| {
            let heading = document.body.headings.iter().find(|heading| heading.id == anchor)?;
            Some(short(&heading.text)).filter(|text| !text.is_empty())
        };
        match link {
            Link::Page { doc, anchor } => {
                let document = self.document(*doc);
                let heading = anchor.as_deref().and_then(|anchor| heading(document, anchor));
                Some(match heading {
                    // The source of a quotation is named whole.
                    Some(heading) if is_quoted => {
                        self.words.say("line", &[("name", &short(document.title())), ("text", &heading)])
                    }
                    Some(heading) => heading,
                    None => short(document.title()),
                })
            }
            Link::Here(anchor) => heading(here, anchor),
            _ => None,
        }
    }

    /// The copy that stands in the place of a page elsewhere that is gone.
    fn copy_instead(&self, document: &Document, kind: ReferenceKind, link: &Link) -> Option<(String, String)> {
        match link {
            Link::Outside(url) if kind.leads_to_pages() => archives::instead(document, url, self.words),
            _ => None,
        }
    }

    fn href(&self, link: &Link, here: &UrlPath, addresses: Addresses) -> Option<String> {
        let base: &BaseUrl = &self.config.base_url;
        let full = |url: &UrlPath| match addresses {
            Addresses::Paths => base.link(url),
            Addresses::Whole => base.absolute(url),
        };
        let with = |url: &UrlPath, anchor: Option<&str>| match anchor {
            Some(anchor) => format!("{}#{anchor}", full(url)),
            None => full(url),
        };
        match link {
            Link::Page { doc, anchor } => Some(with(&self.linked.urls[doc.index()], anchor.as_deref())),
            Link::Path { url, anchor } => Some(with(url, anchor.as_deref())),
            Link::File(url) => Some(full(url)),
            Link::Here(anchor) if addresses == Addresses::Whole => Some(with(here, Some(anchor))),
            Link::Here(anchor) => Some(format!("#{anchor}")),
            Link::Outside(url) => Some(url.clone()),
            Link::Broken => None,
        }
    }
}

fn mark_anchor(document: &Document, mark: Option<u32>) -> Option<String> {
    document.body.marks.get(mark? as usize).map(|mark| mark.anchor.clone())
}
