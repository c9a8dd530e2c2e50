//! Essays as data: their tags, references and passages, for `/data/essays.json` and for tables. Knows documents, no page.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::index::essay_date;
use crate::model::{EssayKind, Pattern, When};
use crate::outline::{Document, Front, Mark, MarkKind, TagName};

/// `/data/essays.json`. The shape is versioned: fields are only added while `version` stays.
#[derive(Clone, Debug, Serialize)]
pub struct EssaysData {
    pub version: u32,
    pub site: String,
    pub url: String,
    pub essays: Vec<EssayData>,
}

impl EssaysData {
    /// About as many bytes as it is long in JSON, rather too many than too few.
    pub fn size(&self) -> usize {
        self.essays.iter().map(EssayData::size).sum()
    }
}

/// An essay as data. Its texts are its document's own: of all essays of a large site they are hundreds of megabytes.
#[derive(Clone, Debug)]
pub struct EssayData {
    pub document: Arc<Document>,
    /// The whole address.
    pub url: String,
    pub patterns: Vec<Pattern>,
    pub concepts: Vec<Arc<Document>>,
    pub incidents: Vec<Arc<Document>>,
    /// Of which incidents its passages speak: index of the passage and the incident.
    pub readings: Vec<(u32, Arc<Document>)>,
    /// Essays it links to, each once, by id.
    pub links: Vec<Arc<Document>>,
}

impl EssayData {
    /// What it is made of, in short: whatever is written of a document depends on the hash of its text and its names.
    pub fn made_of(&self) -> impl Serialize + '_ {
        let Self { document, url, patterns, concepts, incidents, readings, links } = self;
        let readings: Vec<(u32, &str)> = readings.iter().map(|(mark, of)| (*mark, of.id.as_str())).collect();
        (document.hash, &document.id, url, patterns, ids(concepts), ids(incidents), readings, ids(links))
    }

    /// The incidents that the passage at `place` speaks of.
    pub fn incidents_of(&self, place: u32) -> Vec<&str> {
        let of = self.readings.iter().filter(|(mark, _)| *mark == place);
        of.map(|(_, incident)| incident.id.as_str()).collect()
    }

    fn size(&self) -> usize {
        let around = self.url.len() + 64;
        let passages = self.document.body.marks.iter().map(|mark| 2 * mark.passage.text.len() + around);
        4 * around + self.document.title().len() + self.document.summary().len() + passages.sum::<usize>()
    }
}

impl Serialize for EssayData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Fields<'a> {
            id: &'a str,
            title: &'a str,
            url: &'a str,
            date: Option<String>,
            kind: EssayKind,
            summary: &'a str,
            words: u32,
            patterns: &'a [Pattern],
            concepts: Vec<&'a str>,
            incidents: Vec<&'a str>,
            links: Vec<&'a str>,
            passages: Vec<PassageData<'a>>,
        }
        let Self { document, url, patterns, concepts, incidents, readings: _, links } = self;
        let kind = match &document.front {
            Front::Essay(front) => front.kind,
            _ => None,
        };
        Fields {
            id: &document.id,
            title: document.title(),
            url,
            date: essay_date(document).map(When::machine),
            kind: kind.unwrap_or(EssayKind::Essay),
            summary: document.summary(),
            words: document.body.words,
            patterns,
            concepts: ids(concepts),
            incidents: ids(incidents),
            links: ids(links),
            passages: (0_u32..)
                .zip(&document.body.marks)
                .map(|(n, mark)| PassageData::new(document, mark, self.incidents_of(n), url))
                .collect(),
        }
        .serialize(serializer)
    }
}

fn ids(documents: &[Arc<Document>]) -> Vec<&str> {
    documents.iter().map(|document| document.id.as_str()).collect()
}

/// What a passage is about, as references name it: `pattern:lag`, `concept:florescence`.
pub fn reference_to(tag: &TagName) -> String {
    match tag {
        TagName::Pattern(pattern) => ["pattern:", pattern.id()].concat(),
        TagName::Concept(id) => ["concept:", id].concat(),
    }
}

#[derive(Serialize)]
struct PassageData<'a> {
    tag: String,
    url: String,
    kind: MarkKind,
    heading: Option<&'a str>,
    /// The incidents that it speaks of.
    incidents: Vec<&'a str>,
    /// It says that what its tag names is not there.
    refuses: bool,
    text: &'a str,
    words: &'a str,
}

impl<'a> PassageData<'a> {
    /// A passage of the essay at `url`.
    fn new(document: &'a Document, mark: &'a Mark, incidents: Vec<&'a str>, url: &str) -> Self {
        let Mark { tag, kind, span: _, anchor, passage, heading: _, scope: _, event: _, event_links: _, refuses } =
            mark;
        Self {
            tag: reference_to(tag),
            url: [url, "#", anchor].concat(),
            kind: *kind,
            heading: document.heading_of(mark),
            incidents,
            refuses: *refuses,
            text: &passage.text,
            words: &passage.text[passage.at.clone()],
        }
    }
}
