//! The order in which files go up: what pages need, then pages, then what points at pages. Owns waves; does not know what changed.

use crate::headers::is_fingerprinted;
use crate::model::{Hash, SourceKind};
use crate::site::search::is_piece;

/// Folders of files that lead to essays: data, and the entry of the search index with what reads it.
const DATA: [&str; 2] = ["data/", "pagefind/"];

/// When a file goes up; what is removed goes in the opposite order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wave {
    /// Under names that change with their content: no page names them yet.
    Assets,
    /// Pictures and whatever else pages show.
    Media,
    Essays,
    /// Data and the entry of the search index, which name essays.
    Data,
    /// Lists and front pages, which lead to essays.
    Indexes,
    /// Feeds and the sitemap.
    Feeds,
}

impl Wave {
    /// That of the file at `path` with this content.
    pub fn of(path: &str, content: Hash) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        if is_page(name) {
            let mut parts = path.split('/');
            let folder = parts.next().unwrap_or_default();
            let is_text = SourceKind::from_folder(folder).is_some_and(SourceKind::is_text);
            let is_one = is_text && parts.next().is_some_and(|part| part != "page" && part != name);
            return if is_one { Self::Essays } else { Self::Indexes };
        }
        let is_feed = matches!(name, "feed.xml" | "feed.json" | "robots.txt")
            || name.starts_with("sitemap") && name.ends_with(".xml");
        let is_data = DATA.iter().any(|folder| path.starts_with(folder));
        match (is_feed, is_under_its_own_name(path, content)) {
            (true, _) => Self::Feeds,
            (_, true) => Self::Assets,
            _ if is_data => Self::Data,
            _ => Self::Media,
        }
    }
}

fn is_page(name: &str) -> bool {
    name.ends_with(".html") || name.ends_with(".htm")
}

/// Whether another content would have another name: it is not requested before a page or the index names it, and those who have an
/// older one ask for the older name.
pub fn is_under_its_own_name(path: &str, content: Hash) -> bool {
    is_fingerprinted(path, content) || is_piece(path)
}

/// The address that a page's file answers at; none for what is no page.
pub fn address(path: &str) -> Option<String> {
    is_page(path).then(|| match path.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{path}"),
    })
}
