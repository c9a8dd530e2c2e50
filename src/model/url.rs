//! The address of a page inside a site. Knows nothing of `base_url`, which is added when a page is rendered.

use std::{borrow::Borrow, fmt, sync::Arc};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC};
use serde::{Deserialize, Serialize};

use super::text::nfc;

/// What is percent-coded in the path of an address: all but letters, digits and what RFC 3986 (3.3) lets stand there.
pub const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~')
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// A path that begins with `/`; pages end with `/`, files do not: `/essays/out-of-ports/`, `/feed.xml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// Wraps a path that the caller has made of checked ids.
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        let path = path.into();
        debug_assert!(path.starts_with('/'), "{path} does not begin with a slash");
        Self(path)
    }

    /// The front page.
    pub fn home() -> Self {
        Self::new("/")
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// This page's `name`, one level down: a feed, a further page. A page that is a file has a folder beside it.
    pub fn child(&self, name: &str) -> Self {
        match without_page_ending(&self.0) {
            Some(stem) => Self::new([stem, "/", name].concat()),
            None => Self::new([&self.0, name].concat()),
        }
    }

    /// Page `n` of the list that begins here; the list's first page is the address itself.
    pub fn page(&self, n: usize) -> Self {
        if n <= 1 { self.clone() } else { self.child(&format!("page/{n}/")) }
    }

    /// The file that answers for this address, relative to the output folder.
    pub fn file(&self) -> String {
        let path = &self.0[1..];
        if path.is_empty() || path.ends_with('/') { [path, "index.html"].concat() } else { path.to_owned() }
    }

    /// The form in which two addresses that some file system or host can't tell apart are the same.
    pub fn folded(&self) -> String {
        folded(&self.file())
    }
}

/// `path` in the form in which two are the same that some file system or host can't tell apart.
pub fn folded(path: &str) -> String {
    nfc(path).to_lowercase()
}

impl fmt::Display for UrlPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for UrlPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// What the names of files end with that are pages.
const PAGE_ENDINGS: [&str; 2] = [".html", ".htm"];

/// `path` without what tells that it is a page.
pub(super) fn without_page_ending(path: &str) -> Option<&str> {
    PAGE_ENDINGS.iter().find_map(|ending| path.strip_suffix(ending))
}

#[cfg(test)]
mod tests {
    use super::UrlPath;

    #[test]
    fn a_page_is_an_index_file_and_a_file_is_itself() {
        assert_eq!(UrlPath::home().file(), "index.html");
        assert_eq!(UrlPath::new("/essays/x/").page(2).file(), "essays/x/page/2/index.html");
        assert_eq!(UrlPath::new("/feed.xml").file(), "feed.xml");
        assert_eq!(UrlPath::new("/2018/x.html").file(), "2018/x.html");
        assert_eq!(UrlPath::new("/2018/x.html").child("feed.xml").as_str(), "/2018/x/feed.xml");
    }
}
