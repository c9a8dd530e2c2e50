//! Files as editors name them. The same file has many URIs: editors differ in what they escape, so paths are compared, and an
//! editor is answered in the words that it used. Knows URIs and paths; reads no file.

use std::path::{Path, PathBuf};

use percent_encoding::{percent_decode_str, utf8_percent_encode};

use crate::model::PATH;

/// The path that a `file:` URI names.
pub fn path_of(uri: &str) -> Option<PathBuf> {
    let rest = uri.get(.."file:".len()).filter(|scheme| scheme.eq_ignore_ascii_case("file:")).map(|_| &uri[5..])?;
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, _) = rest.split_once('/')?;
            (host.is_empty() || host.eq_ignore_ascii_case("localhost")).then(|| &rest[host.len()..])?
        }
        None => rest,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let bytes: Vec<u8> = percent_decode_str(path).collect();
    from_bytes(bytes).filter(|path| path.is_absolute())
}

#[cfg(unix)]
fn from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;
    (!bytes.contains(&0)).then(|| std::ffi::OsString::from_vec(bytes).into())
}

/// `/c:/essays` is `c:/essays`.
#[cfg(not(unix))]
fn from_bytes(bytes: Vec<u8>) -> Option<PathBuf> {
    let text = String::from_utf8(bytes).ok()?;
    let has_drive = text.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if has_drive { &text[1..] } else { &text }))
}

/// A folder as the editor names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Without a slash at its end.
    uri: String,
    /// The same as a path, links not followed.
    path: PathBuf,
}

impl Folder {
    pub fn new(uri: &str) -> Option<Self> {
        let path = path_of(uri)?;
        let path = path.components().collect();
        Some(Self { uri: uri.trim_end_matches('/').to_owned(), path })
    }

    /// One that the editor has not named.
    pub fn at(path: &Path) -> Self {
        let text = path.to_string_lossy().replace('\\', "/");
        let slash = if text.starts_with('/') { "" } else { "/" };
        let coded = utf8_percent_encode(&text, PATH).to_string();
        Self { uri: format!("file://{slash}{}", coded.trim_end_matches('/')), path: path.to_owned() }
    }

    /// The folder that holds the file or folder of this URI.
    pub fn around(uri: &str) -> Option<Self> {
        let uri = uri.split(['?', '#']).next()?.trim_end_matches('/');
        let (folder, _) = uri.rsplit_once('/')?;
        Self::new(&format!("{folder}/"))
    }

    /// So many folders further up.
    pub fn up(mut self, steps: usize) -> Option<Self> {
        for _ in 0..steps {
            self = Self { uri: self.uri.rsplit_once('/')?.0.to_owned(), path: self.path.parent()?.to_owned() };
        }
        Some(self)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The URI of the file at `relative`, with `/` between its parts.
    pub fn uri_of(&self, relative: &str) -> String {
        format!("{}/{}", self.uri, utf8_percent_encode(relative, PATH))
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_editors_to_write_a_path_are_one_path() {
        for uri in [
            "file:///a/caf%C3%A9%20%5B1%5D.md",
            "file:///a/caf%c3%a9%20[1].md",
            "file:///a/caf\u{e9} [1].md",
            "file://localhost/a/caf%C3%A9%20%5b1%5d.md",
            "FILE:/a/caf%C3%A9%20%5B1%5D.md",
            "file:///a/caf%C3%A9%20%5B1%5D.md#L3",
        ] {
            assert_eq!(path_of(uri), Some(PathBuf::from("/a/caf\u{e9} [1].md")), "{uri}");
        }
        for uri in ["untitled:Untitled-1", "file://host/a.md", "http://a/b", "", "file:", "file:a.md", "file:///a%00b"]
        {
            assert_eq!(path_of(uri), None, "{uri}");
        }
        assert_eq!(path_of("file:///a%23b%3f.md"), Some(PathBuf::from("/a#b?.md")));
    }

    #[test]
    fn a_folder_keeps_the_words_of_the_editor() {
        let folder = Folder::new("file:///my%20site%5b1%5d/")
            .map(|folder| (folder.uri_of("content/caf\u{e9} 1.md"), folder.path));
        let uri = "file:///my%20site%5b1%5d/content/caf%C3%A9%201.md".to_owned();
        assert_eq!(folder, Some((uri, PathBuf::from("/my site[1]"))));
        let up = Folder::around("file:///a/b%20c/d/e.md").and_then(|folder| folder.up(1));
        assert_eq!(
            up.map(|folder| (folder.uri_of("x"), folder.path)),
            Some(("file:///a/b%20c/x".to_owned(), PathBuf::from("/a/b c")))
        );
        assert_eq!(Folder::at(Path::new("/a b")).uri_of("c[1]"), "file:///a%20b/c%5B1%5D");
        assert_eq!(Folder::around("file:///a.md").map(|folder| folder.path), Some(PathBuf::from("/")));
    }
}
