//! Keys: the hash of everything a page depends on. Two equal keys mean equal bytes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use crate::model::{Fingerprint, Hash};
use crate::site::EssaysData;
use crate::site::View;
use crate::site::view::Chrome;

use super::Theme;

/// Makes keys for one theme and one program.
pub struct Keys {
    theme: Hash,
    /// Full texts of feeds have some.
    words: Option<Hash>,
    program: Hash,
    /// The chrome is the same for all pages of a site; its hash is made once.
    chromes: Mutex<HashMap<usize, (Arc<Chrome>, Hash)>>,
}

impl Keys {
    /// `program` is the hash of the executable: another program may render otherwise.
    pub fn new(theme: &Theme, program: Hash) -> Self {
        let (theme, words) = (theme.hash(), theme.words().hash());
        Self { theme, words, program, chromes: Mutex::new(HashMap::new()) }
    }

    /// The key of a view.
    pub fn key(&self, view: &View) -> Hash {
        let mut key = Fingerprint::new();
        key.add(&self.program);
        match view {
            View::Html(page) => {
                key.add(&self.theme);
                key.add(&self.chrome(&page.site));
                key.add(&(page.data.template(), &page.page, &page.data, &page.body, &page.marked));
            }
            View::Feed(feed) => key.add(&("atom", feed, self.words)),
            View::JsonFeed(feed) => key.add(&("json", feed, self.words)),
            View::Sitemap(entries) => key.add(&("sitemap", entries)),
            View::SitemapIndex(entries) => key.add(&("sitemap index", entries)),
            View::Robots { sitemap } => key.add(&("robots", sitemap)),
            View::Plain(words) => key.add(&("plain", words)),
            View::HostRedirects(redirects) => key.add(&("redirects", redirects)),
            View::HostHeaders(rules) => key.add(&("headers", rules)),
            View::Redirect { to, canonical, language, title, sentence } => {
                key.add(&("redirect", to, canonical, language, title, sentence));
            }
            View::Data(EssaysData { version, site, url, essays }) => {
                key.add(&("data", version, site, url));
                essays.iter().for_each(|essay| key.add(&essay.made_of()));
            }
            View::BrowseIndex(index) => key.add(&("browse", index)),
            View::Summaries(summaries) => key.add(&("summaries", summaries)),
            View::Table(rows) => {
                key.add(&("table", rows.table().name()));
                // Nothing here fails.
                let _ = rows.each(|cells| {
                    key.add(&cells);
                    Ok::<(), Infallible>(())
                });
            }
            View::DataPackage(package) => key.add(&("data package", package)),
            View::Drawing { path, hash, .. } => key.add(&("drawing", path, hash)),
            View::Stripped { path, hash, .. } => key.add(&("stripped", path, hash)),
            View::Copy { path, hash, width, .. } => key.add(&("copy", path, hash, width)),
            View::SocialCard(card) => key.add(&("card", card)),
            View::File { hash, .. } | View::Asset { hash, .. } => return *hash,
        }
        key.hash()
    }

    fn chrome(&self, chrome: &Arc<Chrome>) -> Hash {
        let make = || Hash::of_value(&**chrome);
        let Ok(mut chromes) = self.chromes.lock() else { return make() };
        chromes.entry(Arc::as_ptr(chrome) as usize).or_insert_with(|| (Arc::clone(chrome), make())).1
    }
}
