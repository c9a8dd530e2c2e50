//! The views of `/data/essays.json`, tags, references and passages as data, and of the page that says what the tables hold.

use std::sync::Arc;

use crate::link::Link;
use crate::model::{DocId, SourceKind, UrlPath};
use crate::outline::Document;
use crate::site::dataset::essay_data::{EssayData, EssaysData};
use crate::site::dataset::{self, Dataset};
use crate::site::parts::html::Head;
use crate::site::view::Data;
use crate::site::{View, Viewer};

/// Grows when a field changes its meaning or goes away.
const VERSION: u32 = 1;

impl Viewer<'_> {
    /// The page about the tables.
    pub(in crate::site) fn dataset(&self) -> View {
        let mut page = Head::new(self.words.text("data"), &UrlPath::new(dataset::FOLDER));
        page.description = Some(self.words.text("of_data").to_owned());
        let mut view = self.html(page, Data::Dataset(Dataset::new(self.config, self.words)));
        if let View::Html(page) = &mut view {
            page.marked.extend(dataset::marked(self.words));
        }
        view
    }

    pub(in crate::site) fn essays_data(&self) -> EssaysData {
        EssaysData {
            version: VERSION,
            site: self.config.title.clone(),
            url: self.config.base_url.absolute(&UrlPath::home()),
            essays: self.index.essays.iter().map(|doc| self.essay_data(*doc)).collect(),
        }
    }

    pub(in crate::site) fn essay_data(&self, doc: DocId) -> EssayData {
        let tags = &self.linked.tags[doc.index()];
        let documents = |docs: &[DocId]| docs.iter().map(|doc| self.shared_document(*doc)).collect();
        let mut links: Vec<Arc<Document>> = self.linked.links[doc.index()]
            .iter()
            .filter_map(|link| match link {
                Link::Page { doc, .. } => Some(self.shared_document(*doc)),
                _ => None,
            })
            .filter(|document| document.kind == SourceKind::Essay)
            .collect();
        links.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        links.dedup_by(|a, b| a.id == b.id);
        EssayData {
            document: self.shared_document(doc),
            url: self.config.base_url.absolute(self.url(doc)),
            patterns: tags.patterns.clone(),
            concepts: documents(&tags.concepts),
            incidents: documents(&tags.incidents),
            readings: self.linked.readings[doc.index()]
                .iter()
                .map(|reading| (reading.mark, self.shared_document(reading.incident)))
                .collect(),
            links,
        }
    }
}
