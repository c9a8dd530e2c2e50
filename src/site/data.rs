//! The view of `/data/essays.json`: tags, references and passages as data.

use crate::index::essay_date;
use crate::link::Link;
use crate::model::{DocId, EssayKind, SourceKind, UrlPath, When};
use crate::outline::{Front, TagName};

use super::Site;
use super::view::{EssayData, EssaysData, PassageData};

/// Grows when a field changes its meaning or goes away.
const VERSION: u32 = 1;

impl Site {
    pub(super) fn essays_data(&self) -> EssaysData {
        EssaysData {
            version: VERSION,
            site: self.config.title.clone(),
            url: self.config.base_url.absolute(&UrlPath::home()),
            essays: self.index.essays.iter().map(|doc| self.essay_data(*doc)).collect(),
        }
    }

    fn essay_data(&self, doc: DocId) -> EssayData {
        let document = self.document(doc);
        let tags = &self.linked.tags[doc.index()];
        let ids = |docs: &[DocId]| docs.iter().map(|doc| self.document(*doc).id.clone()).collect();
        let mut links: Vec<String> = self.linked.links[doc.index()]
            .iter()
            .filter_map(|link| match link {
                Link::Page { doc, .. } if self.document(*doc).kind == SourceKind::Essay => {
                    Some(self.document(*doc).id.clone())
                }
                _ => None,
            })
            .collect();
        links.sort_unstable();
        links.dedup();
        let kind = match &document.front {
            Front::Essay(front) => front.kind.unwrap_or(EssayKind::Essay),
            _ => EssayKind::Essay,
        };
        let url = self.config.base_url.absolute(self.url(doc));
        let passages = document
            .marks
            .iter()
            .map(|mark| PassageData {
                tag: match &mark.tag {
                    TagName::Pattern(pattern) => format!("pattern:{pattern}"),
                    TagName::Concept(id) => format!("concept:{id}"),
                },
                url: format!("{url}#{}", mark.anchor),
                kind: mark.kind,
                heading: mark.heading.clone(),
                text: mark.passage.text.clone(),
                words: mark.passage.text[mark.passage.at.clone()].to_owned(),
            })
            .collect();
        EssayData {
            id: document.id.clone(),
            title: document.title().to_owned(),
            date: essay_date(document).map(When::machine),
            kind,
            summary: document.summary().to_owned(),
            words: document.words,
            patterns: tags.patterns.iter().map(ToString::to_string).collect(),
            concepts: ids(&tags.concepts),
            incidents: ids(&tags.incidents),
            links,
            passages,
            url,
        }
    }
}
