//! What a page looks like, in short: enough to tell whether it changed. Knows rendered pages and the theme's assets.

use crate::diagnostic::Diagnostic;
use crate::model::Hash;
use crate::site::Asset;
use crate::snapshot::Snapshot;

/// What the page at `path` is: two equal ones look the same, but for style sheets and scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub page: Hash,
    /// Of style sheets and scripts.
    pub assets: Hash,
}

impl Look {
    /// The look of what was rendered, its assets without the fingerprints in their addresses.
    pub fn of(snapshot: &Snapshot, made: Option<Result<&[u8], &Diagnostic>>) -> Self {
        let assets = snapshot.assembled.site.assets();
        let page = match made {
            Some(Ok(body)) => {
                let plain = |text: String, asset: &Asset| text.replace(asset.url.as_str(), &asset.name);
                let text = assets.iter().fold(String::from_utf8_lossy(body).into_owned(), plain);
                Hash::of(text.as_bytes())
            }
            Some(Err(fault)) => Hash::of_value(fault),
            None => Hash::of(b"nothing"),
        };
        let addresses: Vec<&str> = assets.iter().map(|asset| asset.url.as_str()).collect();
        Self { page, assets: Hash::of(addresses.join("\n").as_bytes()) }
    }

    /// As a page carries it.
    pub fn words(&self) -> (String, String) {
        (self.page.short(), self.assets.short())
    }
}
