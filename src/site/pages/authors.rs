//! The pages of authors, where a site has several: their essays, newest first, and a feed of each. Knows lists by name; orders
//! none.

use std::borrow::Cow;

use crate::config::Config;
use crate::index::Index;
use crate::model::{DocId, UrlPath, slug};
use crate::outline::EssayFront;
use crate::site::parts::html::Head;
use crate::site::parts::paging::{pages, pagination, slice};
use crate::site::view::{AuthorLink, Data, Essays, FeedView};
use crate::site::{View, Viewer};

/// All authors of essays, in order. Who writes the site is the author of what names none.
pub(in crate::site) fn authors<'a>(index: &'a Index, config: &'a Config) -> impl Iterator<Item = &'a str> {
    let own = config.author.as_deref();
    let own = own.filter(|own| index.authors.contains_key("") && !index.authors.contains_key(*own));
    let named = || index.authors.keys().map(String::as_str).filter(|name| !name.is_empty());
    let before = named().filter(move |name| own.is_none_or(|own| *name < own));
    let after = named().filter(move |name| own.is_some_and(|own| *name > own));
    before.chain(own).chain(after)
}

/// Whether authors have pages.
pub(in crate::site) fn are_several(index: &Index, config: &Config) -> bool {
    authors(index, config).nth(1).is_some()
}

/// The essays of an author, newest first.
pub(in crate::site) fn essays_of<'a>(name: &str, index: &'a Index, config: &Config) -> Cow<'a, [DocId]> {
    let list = |name: &str| index.authors.get(name).map_or(&[][..], Vec::as_slice);
    let (named, unnamed) = (list(name), if config.author.as_deref() == Some(name) { list("") } else { &[] });
    if unnamed.is_empty() {
        return Cow::Borrowed(named);
    }
    let mut all = [named, unnamed].concat();
    all.sort_by_key(|doc| index.rank[doc.index()]);
    Cow::Owned(all)
}

/// The address of an author's page.
pub(in crate::site) fn url(name: &str) -> UrlPath {
    let slug = slug(name);
    UrlPath::new(format!("/authors/{}/", if slug.is_empty() { "unnamed" } else { &slug }))
}

impl Viewer<'_> {
    /// Page `n` of the author at `place` among all.
    pub(in crate::site) fn author(&self, place: u32, n: usize) -> Option<View> {
        let name = authors(self.index, self.config).nth(place as usize)?;
        let (url, size) = (url(name), self.config.page_size);
        let essays = essays_of(name, self.index, self.config);
        let data = Essays {
            essays: self.cards(slice(&essays, n, size)),
            total: essays.len(),
            pagination: pagination(&self.config.base_url, &url, n, pages(essays.len(), size)),
            series: Vec::new(),
        };
        let mut page = Head::new(name, &url.page(n));
        page.description = Some(self.words.say("of_author", &[("name", name)]));
        page.feed = Some(self.feed_link(name, &url));
        Some(self.html(page, Data::Author(data)))
    }

    pub(in crate::site) fn author_feed(&self, place: u32) -> Option<FeedView> {
        let name = authors(self.index, self.config).nth(place as usize)?;
        Some(self.term_feed(name, String::new(), &url(name), &essays_of(name, self.index, self.config)))
    }

    /// An essay's authors with their pages; none where authors have none.
    pub(in crate::site) fn author_links(&self, front: &EssayFront) -> Vec<AuthorLink> {
        if !are_several(self.index, self.config) {
            return Vec::new();
        }
        let link = |name: &String| AuthorLink { name: name.clone(), url: self.config.base_url.link(&url(name)) };
        self.authors(front).iter().map(link).collect()
    }
}
