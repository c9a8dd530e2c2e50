//! All that views are made of besides the documents they look at, as one hash. Knows what a site holds, not what a view takes.

use crate::model::{Fingerprint, Hash};

use super::Site;

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
            // Among the pages.
            lists: _,
            card_theme,
            tags: _,
            words,
            marked: _,
            collisions: _,
        } = self;
        let mut frame = Fingerprint::new();
        frame.add(&(&**config, &**chrome, card_theme, words.hash()));
        documents.all().iter().for_each(|document| frame.add(&document.path));
        files.iter().for_each(|file| frame.add(&(&file.path, file.hash)));
        assets.iter().for_each(|asset| frame.add(&(&asset.name, &asset.url, asset.hash)));
        frame.add(linked);
        frame.add(&**index);
        frame.add(shown);
        frame.add(&**pages);
        frame.hash()
    }
}
