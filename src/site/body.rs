//! A body as a page depends on it: the hash of its source and its resolved links, rather than its HTML. Knows addresses;
//! reads no source.

use serde::Serialize;

use crate::config::BaseUrl;
use crate::link::Link;
use crate::model::{DocId, Hash, SourceKind, SourcePath, UrlPath, first_sentences};
use crate::outline::{Document, ReferenceKind, Target};

use super::Viewer;
use super::view::Picture;

/// The longest title or heading that stands for a bare wikilink, in characters: it may be shown as often as it is named.
const LINK_CHARS: usize = 100;

/// What rendering needs besides the source text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodySpec {
    pub source: SourcePath,
    /// Of the source's whole text.
    pub hash: Hash,
    /// What stands before the `#` of a link inside the text: nothing on the page itself, its whole address in a feed.
    pub page: String,
    pub math: bool,
    /// The body is more than is rendered.
    pub too_deep: bool,
    /// The body passes the sanitiser.
    pub sanitise: bool,
    /// One for each reference, in order.
    pub links: Vec<BodyLink>,
    /// One for each heading, in order.
    pub headings: Vec<String>,
}

/// What a reference becomes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BodyLink {
    /// The link or the picture's address; none where the words alone are shown.
    pub url: Option<String>,
    /// What it leads to: `pattern`, `concept`, `incident`, `essay`, `page`, `file`, `outside`, `here`.
    pub kind: &'static str,
    /// The passage it marks.
    pub anchor: Option<String>,
    /// What is shown in the place of its own words: the title, for a bare wikilink.
    pub words: Option<String>,
    /// What is wrong with it, shown to its author while writing; never set in a built site.
    pub fault: Option<String>,
    /// What a picture of the site is shown with; none in feeds, whose readers choose for themselves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<Box<Picture>>,
}

/// Whether links are paths, for pages, or whole addresses, for feeds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    Paths,
    Whole,
}

impl Viewer<'_> {
    /// The body of `doc`.
    pub(super) fn body(&self, doc: DocId, addresses: Addresses) -> BodySpec {
        let document = self.document(doc);
        let here = &self.linked.urls[doc.index()];
        let sanitise = document.raw_html.is_possible() && !self.config.html_trusted;
        let links = document
            .references
            .iter()
            .zip(self.linked.links[doc.index()].iter())
            .map(|(reference, link)| BodyLink {
                url: self.href(link, here, addresses),
                kind: self.kind(link),
                anchor: mark_anchor(document, reference.mark),
                words: self.words(document, &reference.target, link),
                fault: None,
                picture: self.body_picture(reference.kind, link, addresses),
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
            too_deep: document.too_deep,
            sanitise,
            links,
            headings: document.headings.iter().map(|heading| heading.id.clone()).collect(),
        }
    }

    fn kind(&self, link: &Link) -> &'static str {
        match link {
            Link::Page { doc, .. } => match self.document(*doc).kind {
                SourceKind::Essay => "essay",
                SourceKind::Incident => "incident",
                SourceKind::Pattern => "pattern",
                SourceKind::Concept => "concept",
                SourceKind::Page => "page",
            },
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

    /// The titles and headings that stand for bare wikilinks in the body of `doc`.
    pub(super) fn replaced_words(&self, doc: DocId) -> Vec<String> {
        let document = self.document(doc);
        let links = document.references.iter().zip(self.linked.links[doc.index()].iter());
        links.filter_map(|(reference, link)| self.words(document, &reference.target, link)).collect()
    }

    fn words(&self, here: &Document, target: &Target, link: &Link) -> Option<String> {
        let Target::Wiki { bare: true, .. } = target else { return None };
        let short = |words: &str| first_sentences(words, LINK_CHARS);
        let heading = |document: &Document, anchor: &str| {
            let heading = document.headings.iter().find(|heading| heading.id == anchor)?;
            Some(short(&heading.text)).filter(|text| !text.is_empty())
        };
        match link {
            Link::Page { doc, anchor } => {
                let document = self.document(*doc);
                let heading = anchor.as_deref().and_then(|anchor| heading(document, anchor));
                Some(heading.unwrap_or_else(|| short(document.title())))
            }
            Link::Here(anchor) => heading(here, anchor),
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
    document.marks.get(mark? as usize).map(|mark| mark.anchor.clone())
}
