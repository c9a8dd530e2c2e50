//! What the later stages know of a file: short texts, places and names, never its source and no HTML.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::fields::Placed;
use crate::load::{Source, SourceSettings};
use crate::model::{Hash, Pattern, SourceKind, SourcePath, Span};

use super::front::Front;
use super::target::Target;

/// One outlined file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    pub path: SourcePath,
    pub kind: SourceKind,
    pub id: String,
    /// Brought by the program rather than by the site.
    pub embedded: bool,
    /// The front matter could not be read: only the name is certain.
    pub stub: bool,
    /// By which it was read.
    pub settings: SourceSettings,
    /// The hash of the whole source text.
    pub hash: Hash,
    pub front: Front,
    pub body: Body,
    /// Titles and sentences of the front matter that have code or emphasis, by their words: the HTML of each.
    pub marked: Vec<(String, String)>,
}

/// What is known of a body.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Body {
    pub headings: Vec<Heading>,
    /// Every id of the body that a link may end in, sorted: headings, passages, ids in raw HTML.
    pub anchors: Vec<String>,
    /// Links and pictures, in the order in which the body is parsed.
    pub references: Vec<Reference>,
    /// Passages this essay offers as evidence, in order. Only essays have them.
    pub marks: Vec<Mark>,
    /// The first paragraph, short; empty where the author's own summary is shown.
    pub excerpt: String,
    /// Words of the body, without code.
    pub words: u32,
    pub raw_html: RawHtml,
    /// Nested deeper than is rendered, which is an error.
    pub too_deep: bool,
}

/// Whether a body holds raw HTML. Only a body that was read to its end and holds none is shown without the sanitiser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RawHtml {
    /// Not all of the body was read.
    #[default]
    Unseen,
    Absent,
    Present,
}

impl RawHtml {
    /// Whether the body may hold HTML that was not written by us.
    pub fn is_possible(self) -> bool {
        self != Self::Absent
    }
}

/// A heading of the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    pub id: String,
    pub text: String,
    /// The heading in the file.
    pub span: Span,
    /// What its attribute says of the incidents that its section speaks of.
    pub scope: Option<Box<SectionScope>>,
    /// How many of the document's references stand before it.
    pub references: u32,
}

/// What becomes of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReferenceKind {
    /// It is followed.
    Link,
    /// The text that it leads to is quoted in its place.
    Quoted,
    /// It is shown, in words to those who don't see it.
    Picture,
    /// It is loaded in some other way: a candidate of a set of pictures, a film and its still.
    Loaded,
    /// It says where a quotation is from.
    Cited,
}

impl ReferenceKind {
    /// Whether it may lead to a page, rather than to a file alone.
    pub fn leads_to_pages(self) -> bool {
        matches!(self, Self::Link | Self::Quoted | Self::Cited)
    }
}

/// A link or picture in the body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    pub kind: ReferenceKind,
    pub target: Target,
    /// The whole link in the file.
    pub span: Span,
    /// The sentence it stands in, for the page it leads to: empty where that is none of the site's, and where it marks a
    /// passage, which is shown in its place.
    pub context: Context,
    /// The passage it marks: an index into `Body::marks`.
    pub mark: Option<u32>,
}

/// Plain text with a part set off: a sentence and the words that link, or a passage and the words that mark it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    pub text: String,
    /// Bytes of `text`.
    pub at: Range<usize>,
}

/// What a passage is evidence of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum TagName {
    Pattern(Pattern),
    /// A concept's id, not yet known to exist.
    Concept(String),
}

/// What kind of block a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MarkKind {
    Paragraph,
    Item,
    Quotation,
    Section,
}

impl MarkKind {
    pub const WORDS: &'static [&'static str] = &["paragraph", "item", "quotation", "section"];

    pub fn word(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}

/// The incidents that a section speaks of, as its heading says: none for general remarks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SectionScope {
    pub incidents: Vec<String>,
    /// The heading in the file.
    pub span: Span,
}

/// Of which incidents a passage speaks, as far as its file says so; `link` knows which references lead to incidents.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Its own link says: these, or none.
    Stated(Vec<String>),
    /// What its block, its sections and its essay say. Holds the references of its block that may lead to an incident.
    Around(Vec<u32>),
}

/// A passage: a block of the body that is evidence of a pattern or concept, or that says it is not there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub tag: TagName,
    pub kind: MarkKind,
    /// The marking link or heading in the file.
    pub span: Span,
    /// The id in the page.
    pub anchor: String,
    /// The block, cut at a sentence if it is long, and the marked words in it (none of a section's).
    pub passage: Context,
    /// The heading it stands under, or on: an index into `Body::headings`.
    pub heading: Option<u32>,
    pub scope: Scope,
    /// The event that its link says it speaks of, as written.
    pub event: Option<Box<str>>,
    /// The references of its block that may lead to an event of an incident.
    pub event_links: Box<[u32]>,
    /// It says that the pattern or concept is not there: no evidence, and no tag of the essay's.
    pub refuses: bool,
}

impl Document {
    pub(super) fn new(source: &Source, hash: Hash, front: Front, mut body: Body) -> Self {
        if front.summary().is_some() {
            body.excerpt.clear();
        }
        Self {
            path: source.path.clone(),
            kind: source.kind,
            id: source.id.clone(),
            embedded: source.embedded,
            stub: false,
            settings: source.settings.clone(),
            hash,
            front,
            body,
            marked: Vec::new(),
        }
    }

    /// What stands for a source that can't be read: its name alone is certain.
    pub fn stub(source: &Source, hash: Hash) -> Self {
        let front = Front::empty(source.kind, &source.id);
        Self { stub: true, ..Self::new(source, hash, front, Body::default()) }
    }

    /// Whether it is what `source` gives, if that has the same text: name and settings come from elsewhere.
    pub fn is_of(&self, source: &Source) -> bool {
        (self.embedded, &self.id, &self.settings) == (source.embedded, &source.id, &source.settings)
    }

    /// The HTML of a text of the front matter that has code or emphasis.
    pub fn marked_text(&self, words: &str) -> Option<&str> {
        self.marked.iter().find(|(own, _)| own == words).map(|(_, html)| html.as_str())
    }

    /// What readers call it.
    pub fn title(&self) -> &str {
        self.front.title()
    }

    /// One or two sentences about it: the author's, else its first paragraph.
    pub fn summary(&self) -> &str {
        self.front.summary().unwrap_or(&self.body.excerpt)
    }

    /// The words of the heading that a passage stands under.
    pub fn heading_of(&self, mark: &Mark) -> Option<&str> {
        self.body.headings.get(mark.heading? as usize).map(|heading| heading.text.as_str())
    }

    /// The names its front matter tags it with: patterns, concepts, incidents.
    pub fn tags(&self) -> [&[Placed<String>]; 3] {
        self.front.tags()
    }
}
