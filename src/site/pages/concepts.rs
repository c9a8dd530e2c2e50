//! The views of the list of concepts and of one concept.

use crate::link::ReadTag;
use crate::model::{DocId, UrlPath};
use crate::outline::{ConceptFront, Front};
use crate::site::parts::html::Head;
use crate::site::parts::paging::{CONCEPTS_A_PAGE, pages, pagination, slice};
use crate::site::view::{ConceptLine, ConceptPage, Concepts, Data};
use crate::site::{View, Viewer};

impl Viewer<'_> {
    pub(in crate::site) fn concepts(&self, n: usize) -> View {
        let url = UrlPath::new("/concepts/");
        let total = self.index.concepts.len();
        let concepts = slice(&self.index.concepts, n, CONCEPTS_A_PAGE)
            .iter()
            .map(|doc| {
                let postings = self.index.by_concept.get(doc);
                ConceptLine {
                    tag: self.tag(*doc),
                    essays: postings.map_or(0, |postings| postings.essays.len()),
                    passages: postings.map_or(0, |postings| postings.passages.len()),
                }
            })
            .collect();
        let pagination = pagination(&self.config.base_url, &url, n, pages(total, CONCEPTS_A_PAGE));
        let mut page = Head::new(self.words.text("concepts"), &url.page(n));
        page.description = Some(self.words.text("of_concepts").to_owned());
        self.html(page, Data::Concepts(Concepts { concepts, total, pagination }))
    }

    pub(in crate::site) fn concept(&self, doc: DocId, n: usize) -> View {
        let document = self.document(doc);
        let front = match &document.front {
            Front::Concept(front) => (**front).clone(),
            _ => ConceptFront::default(),
        };
        let url = self.url(doc);
        let postings = self.index.by_concept.get(&doc).cloned().unwrap_or_default();
        let data = ConceptPage {
            concept: self.tag(doc),
            body_language: self.body_language(doc),
            aliases: front.aliases,
            reference: front.reference,
            related: self.tags(&self.linked.tags[doc.index()].related),
            evidence: self.evidence((ReadTag::Concept(doc), &postings), Some(doc), url, n),
        };
        let mut page = Head::new(document.title(), &url.page(n));
        page.description = Some(document.summary().to_owned());
        if !postings.essays.is_empty() {
            page.feed = Some(self.feed_link(&self.feed_title(document.title()), url));
        }
        if n == 1 {
            self.html_of(doc, page, Data::Concept(Box::new(data)))
        } else {
            self.html(page, Data::Concept(Box::new(data)))
        }
    }
}
