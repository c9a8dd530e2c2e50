//! What a page says of itself to machines: the words of schema.org, as JSON-LD. Knows documents and addresses, no template.

use std::borrow::Cow;

use serde::Serialize;

use crate::index::essay_date;
use crate::model::{DocId, Pattern, SourceKind, UrlPath, When};
use crate::outline::{EssayFront, Front, IncidentFront};
use crate::site::view::{Data, Meta};
use crate::site::{Viewer, pattern_url};

/// Works that one essay cites at most.
const CITATIONS: usize = 30;

type Text<'a> = Cow<'a, str>;

/// A whole script.
#[derive(Serialize)]
struct Script<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Thing<'a>>,
}

/// A thing and what is known of it; what is not known is not written. The fields are those of schema.org.
#[derive(Serialize, Default)]
#[serde(rename_all = "camelCase")]
struct Thing<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    about: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    alternate_name: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citation: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    headline: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_defined_term_set: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_part_of: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    item_list_element: Vec<Thing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    position: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<Box<Thing<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Text<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    word_count: Option<u32>,
}

impl<'a> Thing<'a> {
    fn named(kind: &'static str, name: impl Into<Text<'a>>) -> Self {
        Self { kind, name: Some(name.into()), ..Self::default() }
    }

    fn at(self, url: impl Into<Text<'a>>) -> Self {
        Self { url: Some(url.into()), ..self }
    }
}

impl Viewer<'_> {
    /// The page's data as text that may stand in a `<script>`; none for pages that are but lists.
    pub(in crate::site) fn linked_data(&self, page: &Meta, data: &Data, doc: Option<DocId>) -> Option<String> {
        let front = doc.map(|doc| &self.document(doc).front);
        let subject = match (data, doc, front) {
            (Data::Home(_), ..) => Some(self.website(page)),
            (Data::Essay(_), Some(doc), Some(Front::Essay(front))) => Some(self.article(page, doc, front)),
            (Data::Incident(_), Some(doc), Some(Front::Incident(front))) => Some(self.event(page, doc, front)),
            (Data::Pattern(_), Some(_), _) => Some(self.term(page, "/patterns/", self.words.text("the_nine"), &[])),
            (Data::Concept(_), _, Some(Front::Concept(front))) => {
                Some(self.term(page, "/concepts/", self.words.text("concepts"), &front.aliases))
            }
            _ => None,
        };
        let graph: Vec<Thing<'_>> = subject.into_iter().chain(self.trail(page)).collect();
        (!graph.is_empty()).then(|| for_script(&Script { context: "https://schema.org", graph }))
    }

    fn website<'a>(&'a self, page: &'a Meta) -> Thing<'a> {
        Thing {
            description: self.config.description.as_deref(),
            in_language: Some(&self.config.language),
            ..Thing::named("WebSite", &*self.config.title).at(&*page.canonical)
        }
    }

    fn article<'a>(&'a self, page: &'a Meta, doc: DocId, front: &'a EssayFront) -> Thing<'a> {
        let document = self.document(doc);
        let tags = &self.linked.tags[doc.index()];
        let published = |docs: &'a [DocId]| docs.iter().copied().filter(|doc| self.linked.is_published(*doc));
        let patterns = tags.patterns.iter().map(|pattern| self.pattern_term(*pattern));
        let concepts = published(&tags.concepts).map(|doc| self.document_as("DefinedTerm", doc));
        let home = self.config.base_url.absolute(&UrlPath::home());
        Thing {
            kind: "Article",
            headline: Some(&page.title),
            url: Some((&*page.canonical).into()),
            description: page.description.as_deref(),
            image: page.image.as_ref().map(|image| image.url.as_str()),
            date_published: essay_date(document).map(When::machine),
            date_modified: front.updated.as_ref().or(essay_date(document)).map(When::machine),
            in_language: Some(&self.config.language),
            word_count: Some(document.body.words),
            is_part_of: Some(Box::new(Thing::named("WebSite", &*self.config.title).at(home))),
            author: self.authors(front).iter().map(|name| Thing::named("Person", name.as_str())).collect(),
            about: patterns.chain(concepts).collect(),
            citation: published(&tags.incidents).flat_map(|doc| self.works(doc)).take(CITATIONS).collect(),
            ..Thing::default()
        }
    }

    /// An incident, its dates as precise as they are known.
    fn event<'a>(&'a self, page: &'a Meta, doc: DocId, front: &'a IncidentFront) -> Thing<'a> {
        Thing {
            description: page.description.as_deref(),
            start_date: front.times.started.as_ref().map(When::machine),
            end_date: front.times.resolved.as_ref().map(When::machine),
            about: front.organisations.iter().map(|name| Thing::named("Organization", name.as_str())).collect(),
            // The first is the incident's own page.
            citation: self.works(doc).into_iter().skip(1).take(CITATIONS).collect(),
            ..Thing::named("Event", &*page.title).at(&*page.canonical)
        }
    }

    fn pattern_term(&self, pattern: Pattern) -> Thing<'_> {
        let url = self.config.base_url.absolute(&pattern_url(pattern));
        Thing::named("DefinedTerm", self.pattern_tag(pattern).name.clone()).at(url)
    }

    fn document_as(&self, kind: &'static str, doc: DocId) -> Thing<'_> {
        Thing::named(kind, self.summary(doc).title).at(self.config.base_url.absolute(self.url(doc)))
    }

    /// An incident's page and what was published about it.
    fn works(&self, doc: DocId) -> Vec<Thing<'_>> {
        let mut works = vec![self.document_as("WebPage", doc)];
        if let Front::Incident(front) = &self.document(doc).front {
            works.extend(front.sources.iter().map(|source| Thing {
                url: source.url.as_deref().map(Cow::from),
                date_published: source.published.as_ref().map(When::machine),
                author: source.author.iter().map(|author| Thing::named("Person", author.as_str())).collect(),
                publisher: source.publisher.as_deref().map(|name| Box::new(Thing::named("Organization", name))),
                ..Thing::named("CreativeWork", source.title.as_str())
            }));
        }
        works
    }

    fn term<'a>(&self, page: &'a Meta, set: &str, set_name: &'a str, aliases: &'a [String]) -> Thing<'a> {
        let set = self.config.base_url.absolute(&UrlPath::new(set));
        Thing {
            description: page.description.as_deref(),
            alternate_name: aliases,
            in_defined_term_set: Some(Box::new(Thing::named("DefinedTermSet", set_name).at(set))),
            ..Thing::named("DefinedTerm", &*page.title).at(&*page.canonical)
        }
    }

    /// The way from the front page to a page below a list.
    fn trail<'a>(&'a self, page: &'a Meta) -> Option<Thing<'a>> {
        let section = page.section.as_deref()?;
        SourceKind::from_folder(section)?.list()?;
        let list = self.words.text(section);
        if page.kind == section {
            return None;
        }
        let absolute = |path| Cow::from(self.config.base_url.absolute(&path));
        let steps = [
            (self.config.title.as_str(), absolute(UrlPath::home())),
            (list, absolute(UrlPath::new(format!("/{section}/")))),
            (page.title.as_str(), Cow::from(page.canonical.as_str())),
        ];
        let step = |(n, (name, url))| Thing { position: Some(n), item: Some(url), ..Thing::named("ListItem", name) };
        let steps = (1..).zip(steps).map(step).collect();
        Some(Thing { kind: "BreadcrumbList", item_list_element: steps, ..Thing::default() })
    }
}

/// JSON in which nothing can end a `<script>` or begin a comment (HTML, restrictions for contents of script elements).
fn for_script(script: &Script<'_>) -> String {
    // Texts and numbers always serialise.
    let text = serde_json::to_string(script).unwrap_or_default();
    let mut safe = String::with_capacity(text.len() + 64);
    let mut rest = text.as_str();
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'>' | b'&')) {
        safe.push_str(&rest[..at]);
        safe.push_str(match rest.as_bytes()[at] {
            b'<' => "\\u003c",
            b'>' => "\\u003e",
            _ => "\\u0026",
        });
        rest = &rest[at + 1..];
    }
    safe.push_str(rest);
    safe
}
