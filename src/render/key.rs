//! Keys: the hash of everything a page depends on. Two equal keys mean equal bytes.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Arc, Mutex};

use serde::Serialize;

use crate::model::Hash;
use crate::site::View;
use crate::site::view::{Chrome, EssaysData};

use super::fingerprint;

/// Makes keys for one theme and one program.
pub struct Keys {
    theme: Hash,
    program: Hash,
    /// The chrome is the same for all pages of a site; its hash is made once.
    chromes: Mutex<HashMap<usize, (Arc<Chrome>, Hash)>>,
}

/// All that is hashed, in large pieces: values are written in small ones, and many at once are hashed at several times the
/// speed.
struct Sink {
    bytes: Vec<u8>,
    /// Of what was more than one piece.
    hasher: Option<Box<blake3::Hasher>>,
}

/// The bytes of a piece. Few views have as many: the data of all essays of a large site has many times as many.
const PIECE: usize = 512 * 1024;

impl Sink {
    fn new() -> Self {
        Self { bytes: Vec::with_capacity(32 * 1024), hasher: None }
    }

    fn add(&mut self, value: &impl Serialize) {
        fingerprint::write(value, &mut self.bytes);
        if self.bytes.len() >= PIECE {
            self.hasher.get_or_insert_default().update(&self.bytes);
            self.bytes.clear();
        }
    }

    fn add_hash(&mut self, hash: Hash) {
        self.bytes.extend_from_slice(hash.as_bytes());
    }

    fn hash(self) -> Hash {
        match self.hasher {
            None => Hash::of(&self.bytes),
            Some(mut hasher) => Hash::from_hasher(hasher.update(&self.bytes)),
        }
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
            View::Data(EssaysData { version, site, url, essays }) => {
                sink.add(&("data", version, site, url));
                essays.iter().for_each(|essay| sink.add(&essay.made_of()));
            }
            View::BrowseIndex(index) => sink.add(&("browse", index)),
            View::Table(rows) => {
                sink.add(&("table", rows.table().name()));
                // Nothing here fails.
                let _ = rows.each(|cells| {
                    sink.add(&cells);
                    Ok::<(), Infallible>(())
                });
            }
            View::DataPackage(package) => sink.add(&("data package", package)),
            View::Drawing { path, hash, .. } => sink.add(&("drawing", path, hash)),
            View::Stripped { path, hash, .. } => sink.add(&("stripped", path, hash)),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_hashed_in_pieces_hashes_as_in_one() {
        let long = "passage ".repeat(PIECE / 16);
        let mut sink = Sink::new();
        (0..5).for_each(|n| sink.add(&(n, &long)));
        assert!(sink.hasher.is_some() && !sink.bytes.is_empty(), "some of it was hashed before the end");
        let mut whole = Vec::new();
        (0..5).for_each(|n| fingerprint::write(&(n, &long), &mut whole));
        assert_eq!(sink.hash(), Hash::of(&whole));
    }
}
