//! The view of a page of prose.

use crate::model::DocId;
use crate::outline::{Extra, Front};

use super::essay::contents;
use crate::site::parts::html::Head;
use crate::site::parts::paging::CHILDREN_SHOWN;
use crate::site::view::{Data, Page, Tag};
use crate::site::{View, Viewer};

impl Viewer<'_> {
    pub(in crate::site) fn page(&self, doc: DocId) -> View {
        let document = self.document(doc);
        let extra = match &document.front {
            Front::Page(front) => front.extra.clone(),
            _ => Extra::default(),
        };
        let (backlinks, more_backlinks) = self.backlinks(doc);
        let data = Page {
            title: document.title().to_owned(),
            contents: contents(document),
            backlinks,
            more_backlinks,
            children: self.children(doc),
            parent: self.parent(doc),
            extra,
        };
        let section = document.id.split('/').next().unwrap_or(&document.id);
        let mut page = Head::new(document.title(), self.url(doc));
        page.section = Some(section.to_owned());
        page.description = Some(document.summary().to_owned()).filter(|summary| !summary.is_empty());
        self.html_of(doc, page, Data::Page(data))
    }

    /// Pages one level below, in the order of their place in the menu and then of their addresses; the first of many.
    fn children(&self, doc: DocId) -> Vec<Tag> {
        let url = self.url(doc).as_str();
        let below = |other: &&DocId| {
            let rest = self.url(**other).as_str().strip_prefix(url);
            rest.is_some_and(|rest| !rest.is_empty() && rest.trim_end_matches('/').split('/').count() == 1)
        };
        let place = |doc: &DocId| match &self.document(*doc).front {
            Front::Page(front) => front.menu.unwrap_or(i64::MAX),
            _ => i64::MAX,
        };
        let mut children: Vec<DocId> = self.index.pages.iter().filter(below).copied().collect();
        children.sort_by_key(|doc| (place(doc), self.url(*doc).clone()));
        children.truncate(CHILDREN_SHOWN);
        self.tags(&children)
    }

    fn parent(&self, doc: DocId) -> Option<Tag> {
        let url = self.url(doc).as_str().trim_end_matches('/');
        let above = &url[..=url.rfind('/')?];
        self.index.pages.iter().find(|other| self.url(**other).as_str() == above).map(|doc| self.tag(*doc))
    }
}
