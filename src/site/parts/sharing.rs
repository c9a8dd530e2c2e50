//! What a page looks like where somebody shares it: its picture, its dates, its tags. Knows documents and their files.

use crate::index::essay_date;
use crate::model::{DocId, When};
use crate::outline::Front;
use crate::picture::Format;
use crate::site::Viewer;
use crate::site::view::{ArticleMeta, Data, Meta, PageImage};

impl Viewer<'_> {
    /// Adds to `page` what sites show where a link to it is shared. Without a `doc` the page has no prose.
    pub(in crate::site) fn with_sharing(&self, mut page: Meta, data: &Data, doc: Option<DocId>) -> Meta {
        if matches!(data, Data::NotFound(_)) {
            return page;
        }
        page.image = self.page_image(&page, doc).or(page.image);
        page.article = doc.and_then(|doc| self.article_meta(doc));
        page.linked_data = self.linked_data(&page, data, doc);
        page
    }

    /// The picture that an essay names. Drawings are left out: no host that shows pages of others shows them.
    fn page_image(&self, page: &Meta, doc: Option<DocId>) -> Option<PageImage> {
        let n = self.image_file(doc?)? as usize;
        let header = self.files[n].picture.as_ref()?.as_ref().ok()?;
        let size = header.size.filter(|_| header.format != Format::Svg)?;
        Some(PageImage {
            url: self.config.base_url.absolute(&self.linked.file_urls[n]),
            width: size.width,
            height: size.height,
            alt: self.image_alt(doc?).unwrap_or(&page.title).to_owned(),
        })
    }

    /// The author's words for the picture of an essay.
    fn image_alt(&self, doc: DocId) -> Option<&str> {
        match &self.document(doc).front {
            Front::Essay(front) => Some(front.image_alt.as_str()).filter(|alt| !alt.is_empty()),
            _ => None,
        }
    }

    fn article_meta(&self, doc: DocId) -> Option<ArticleMeta> {
        let document = self.document(doc);
        let Front::Essay(front) = &document.front else { return None };
        let tags = &self.linked.tags[doc.index()];
        let patterns = tags.patterns.iter().map(|pattern| self.pattern_tag(*pattern).name.clone());
        let others = tags.concepts.iter().chain(&tags.incidents).filter(|doc| self.linked.is_published(**doc));
        Some(ArticleMeta {
            published: essay_date(document).map(When::machine),
            modified: front.updated.as_ref().map(When::machine),
            authors: self.authors(front).to_vec(),
            tags: patterns.chain(others.map(|doc| self.summary(*doc).title.to_owned())).collect(),
        })
    }
}
