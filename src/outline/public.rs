//! What of a document the names, links and lists of other documents depend on. Owns the decision for each of its fields, once;
//! knows no other document. Views that show more of a document note that they read it.

use crate::fields::Placed;
use crate::load::SourceSettings;
use crate::model::{Id, SourceKind, SourcePath, UrlPath, When};

use super::document::{Body, Document, Heading, MarkKind, TagName};
use super::front::{ConceptFront, EssayFront, Front, PageFront, Series};

/// Documents whose parts are equal can stand for one another in what depends on these parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Public<'a> {
    pub name: Name<'a>,
    pub destination: Destination<'a>,
    pub entry: Entry<'a>,
}

/// By what it is named, and where its page is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    pub path: &'a SourcePath,
    pub kind: SourceKind,
    pub id: &'a str,
    pub embedded: bool,
    /// What its address is made of, with the settings.
    pub slug: Option<&'a Id>,
    pub url: Option<&'a UrlPath>,
    pub date: Option<&'a When>,
    pub aliases: &'a [Placed<UrlPath>],
    /// Of a concept, which may be meant by them.
    pub other_names: Vec<&'a str>,
}

/// What a link to it, or a tag, finds there.
#[derive(Clone, Debug, PartialEq)]
pub struct Destination<'a> {
    pub stub: bool,
    pub title: &'a str,
    pub draft: bool,
    /// What its headings got their ids by.
    pub settings: &'a SourceSettings,
    /// Level, id and words of each.
    pub headings: Vec<(u8, &'a str, &'a str)>,
    pub anchors: &'a [String],
    /// Of a record all: it is small and seldom edited.
    pub record: Option<&'a Front>,
}

/// By what it stands in lists.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    pub date: Option<&'a When>,
    pub series: Option<&'a Series>,
    pub authors: &'a [String],
    /// What each passage is of, of which kind, and whether it refuses.
    pub marks: Vec<(&'a TagName, MarkKind, bool)>,
    /// Whether each reference marks a passage, and so is no backlink.
    pub marking: Vec<bool>,
    pub record: Option<&'a Front>,
}

/// What the front matter of each kind says of it.
#[derive(Default)]
struct OfFront<'a> {
    date: Option<&'a When>,
    slug: Option<&'a Id>,
    series: Option<&'a Series>,
    authors: &'a [String],
    other_names: Vec<&'a str>,
    record: Option<&'a Front>,
}

impl Document {
    pub fn public(&self) -> Public<'_> {
        // Every field is named, so that a new one is decided upon.
        let Self {
            path,
            kind,
            id,
            embedded,
            stub,
            settings,
            front,
            hash: _,
            // Shown by views, which note what they look at.
            marked: _,
            body: Body { headings, anchors, references, marks, excerpt: _, words: _, raw_html: _, too_deep: _ },
        } = self;
        let OfFront { date, slug, series, authors, other_names, record } = OfFront::of(front);
        Public {
            name: Name {
                path,
                kind: *kind,
                id,
                embedded: *embedded,
                slug,
                url: front.own_address(),
                date,
                aliases: front.aliases(),
                other_names,
            },
            destination: Destination {
                stub: *stub,
                title: self.title(),
                draft: front.is_draft(),
                settings,
                headings: headings.iter().map(Heading::public).collect(),
                anchors,
                record,
            },
            entry: Entry {
                date,
                series,
                authors,
                marks: marks.iter().map(|mark| (&mark.tag, mark.kind, mark.refuses)).collect(),
                marking: references.iter().map(|reference| reference.mark.is_some()).collect(),
                record,
            },
        }
    }
}

impl Heading {
    fn public(&self) -> (u8, &str, &str) {
        // Its scope and its places say something of its own document alone.
        let Self { level, id, text, span: _, scope: _, references: _ } = self;
        (*level, id, text)
    }
}

impl<'a> OfFront<'a> {
    fn of(front: &'a Front) -> Self {
        match front {
            Front::Essay(essay) => {
                let EssayFront {
                    date,
                    slug,
                    series,
                    title: _,
                    updated: _,
                    kind: _,
                    summary: _,
                    authors,
                    // As far as they are known, they are among the tags that `link` finds.
                    patterns: _,
                    concepts: _,
                    incidents: _,
                    image: _,
                    image_alt: _,
                    math: _,
                    extra: _,
                    feed_id: _,
                    archives: _,
                    // Asked of the front matter of every kind.
                    aliases: _,
                    url: _,
                    draft: _,
                } = &**essay;
                Self {
                    date: date.as_ref().map(|date| &date.value),
                    slug: slug.as_ref().map(|slug| &slug.value),
                    series: series.as_ref(),
                    authors,
                    ..Self::default()
                }
            }
            Front::Page(page) => {
                let PageFront { title: _, summary: _, menu: _, aliases: _, url: _, draft: _, math: _, extra: _ } =
                    &**page;
                Self::default()
            }
            Front::Concept(concept) => {
                let ConceptFront { name, aliases, .. } = &**concept;
                let other_names = aliases.iter().chain([name]).map(String::as_str).collect();
                Self { other_names, record: Some(front), ..Self::default() }
            }
            Front::Incident(_) | Front::Pattern(_) => Self { record: Some(front), ..Self::default() },
        }
    }
}
