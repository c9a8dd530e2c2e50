//! Keys: the hash of everything a page depends on. Two equal keys mean equal bytes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde::Serialize;

use crate::model::Hash;
use crate::site::View;
use crate::site::view::Chrome;

use super::fingerprint;

/// Makes keys for one theme and one program.
pub struct Keys {
    theme: Hash,
    program: Hash,
    /// The chrome is the same for all pages of a site; its hash is made once.
    chromes: Mutex<HashMap<usize, (Arc<Chrome>, Hash)>>,
}

/// All that is hashed, in one piece: values are written in small ones, and many at once are hashed at several times the speed.
struct Sink(Vec<u8>);

impl Sink {
    fn new() -> Self {
        Self(Vec::with_capacity(32 * 1024))
    }

    fn add(&mut self, value: &impl Serialize) {
        fingerprint::write(value, &mut self.0);
    }

    fn add_hash(&mut self, hash: Hash) {
        self.0.extend_from_slice(hash.as_bytes());
    }

    fn hash(&self) -> Hash {
        Hash::of(&self.0)
    }
}

impl Keys {
    /// `program` is the hash of the executable: another program may render otherwise.
    pub fn new(theme: Hash, program: Hash) -> Self {
        Self { theme, program, chromes: Mutex::new(HashMap::new()) }
    }

    /// The key of a view.
    pub fn key(&self, view: &View) -> Hash {
        let mut sink = Sink::new();
        sink.add_hash(self.program);
        match view {
            View::Html(page) => {
                sink.add_hash(self.theme);
                sink.add_hash(self.chrome(&page.site));
                sink.add(&(page.template, &page.page, &page.data, &page.body));
            }
            View::Feed(feed) => sink.add(&("atom", feed)),
            View::JsonFeed(feed) => sink.add(&("json", feed)),
            View::Sitemap(entries) => sink.add(&("sitemap", entries)),
            View::SitemapIndex(entries) => sink.add(&("sitemap index", entries)),
            View::Robots { sitemap } => sink.add(&("robots", sitemap)),
            View::Plain(words) => sink.add(&("plain", words)),
            View::HostRedirects(redirects) => sink.add(&("redirects", redirects)),
            View::HostHeaders(rules) => sink.add(&("headers", rules)),
            View::Redirect { to, canonical, language } => sink.add(&("redirect", to, canonical, language)),
            View::Data(data) => sink.add(&("data", data)),
            View::BrowseIndex(index) => sink.add(&("browse", index)),
            View::Drawing { path, hash, .. } => sink.add(&("drawing", path, hash)),
            View::Copy { path, hash, width, .. } => sink.add(&("copy", path, hash, width)),
            View::SocialCard(card) => sink.add(&("card", card)),
            View::File { hash, .. } | View::Asset { hash, .. } => return *hash,
        }
        sink.hash()
    }

    fn chrome(&self, chrome: &Arc<Chrome>) -> Hash {
        let make = || {
            let mut sink = Sink::new();
            sink.add(&**chrome);
            sink.hash()
        };
        let Ok(mut chromes) = self.chromes.lock() else { return make() };
        chromes.entry(Arc::as_ptr(chrome) as usize).or_insert_with(|| (Arc::clone(chrome), make())).1
    }
}
