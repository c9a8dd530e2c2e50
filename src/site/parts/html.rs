//! Pages that templates make: what each says of itself, its data, and its prose. Knows no kind of page.

use std::sync::Arc;

use crate::model::{DocId, UrlPath};

use super::body::Addresses;
use crate::site::view::{Data, FeedLink, HtmlView, Meta};
use crate::site::{View, Viewer};

/// What is known of a page besides its data.
pub(in crate::site) struct Head {
    pub title: String,
    pub url: UrlPath,
    pub description: Option<String>,
    /// The menu entry it stands under, where its kind does not say.
    pub section: Option<String>,
    pub feed: Option<FeedLink>,
}

impl Head {
    pub fn new(title: &str, url: &UrlPath) -> Self {
        Self { title: title.to_owned(), url: url.clone(), description: None, section: None, feed: None }
    }
}

impl Viewer<'_> {
    /// A page without prose.
    pub(in crate::site) fn html(&self, head: Head, data: Data) -> View {
        self.page_of(None, head, data)
    }

    /// A page with the prose of `doc`.
    pub(in crate::site) fn html_of(&self, doc: DocId, head: Head, data: Data) -> View {
        self.page_of(Some(doc), head, data)
    }

    fn page_of(&self, doc: Option<DocId>, head: Head, data: Data) -> View {
        let Head { title, url, description, section, feed } = head;
        let page = Meta {
            kind: data.kind(),
            description,
            url: self.config.base_url.link(&url),
            canonical: self.config.base_url.absolute(&url),
            section: section.or_else(|| data.section().map(str::to_owned)),
            feed,
            image: self.card_image(&url, &title),
            title,
            article: None,
            linked_data: None,
        };
        let page = self.with_sharing(page, &data, doc);
        let body = doc.map(|doc| self.body(doc, Addresses::Paths));
        let marked = self.marked();
        View::Html(Box::new(HtmlView { site: Arc::clone(self.chrome), page, data, body, marked }))
    }
}
