//! All that views are made of besides the documents they look at, as one hash. Knows what a site holds, not what a view takes.

use std::hash::{Hash as _, Hasher};

use crate::model::Hash;

use super::Site;

/// Feeds plain values into a hash, in large pieces.
struct Feed {
    hasher: blake3::Hasher,
    waiting: Vec<u8>,
}

const PIECE: usize = 64 * 1024;

impl Hasher for Feed {
    fn write(&mut self, bytes: &[u8]) {
        self.waiting.extend_from_slice(bytes);
        if self.waiting.len() >= PIECE {
            self.hasher.update(&self.waiting);
            self.waiting.clear();
        }
    }

    /// Of no use: what is wanted is longer.
    fn finish(&self) -> u64 {
        0
    }
}

impl Site {
    /// The hash of everything but what stands in the documents: settings, addresses, links, lists, files, the theme's assets.
    /// While it stays, a view differs only if a document that it looked at does.
    pub fn frame(&self) -> Hash {
        // Every part is named, so that none that is added can be forgotten.
        let Self {
            config,
            documents,
            files,
            assets,
            linked,
            index,
            chrome,
            shown,
            pages,
            card_theme,
            tags: _,
            collisions: _,
        } = self;
        let mut feed = Feed { hasher: blake3::Hasher::new(), waiting: Vec::with_capacity(PIECE * 2) };
        (format!("{config:?}"), format!("{chrome:?}")).hash(&mut feed);
        for document in documents.all() {
            document.path.hash(&mut feed);
        }
        for file in &**files {
            (&file.path, file.hash).hash(&mut feed);
        }
        for asset in &**assets {
            (&asset.name, &asset.url, asset.hash).hash(&mut feed);
        }
        linked.hash(&mut feed);
        index.hash(&mut feed);
        shown.hash(&mut feed);
        pages.hash(&mut feed);
        card_theme.hash(&mut feed);
        feed.hasher.update(&feed.waiting);
        Hash::from_hasher(&feed.hasher)
    }
}
