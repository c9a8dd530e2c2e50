//! The path of a file inside a site, as diagnostics show it. Knows no disk.

use std::{borrow::Borrow, fmt, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use super::text::nfc;

/// A path relative to the site's root, with `/` on every system: `content/essays/out-of-ports.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    pub fn new(path: impl Into<Arc<str>>) -> Self {
        Self(path.into())
    }

    /// The path below `root` of a file on disk, in Unicode form NFC; none if it is not below it or not UTF-8.
    pub fn on_disk(root: &Path, path: &Path) -> Option<Self> {
        let relative = path.strip_prefix(root).ok()?;
        let parts: Option<Vec<&str>> = relative.components().map(|part| part.as_os_str().to_str()).collect();
        Some(Self::new(nfc(&parts?.join("/"))))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder the file is in, without a trailing slash.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The path that `relative` means when it is written in a file of `folder`; none if it climbs out of the site.
    pub fn resolve(folder: &str, relative: &str) -> Option<String> {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        Some(parts.join("/"))
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for SourcePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::SourcePath;

    #[test]
    fn relative_paths_resolve_and_never_climb_out() {
        let resolve = SourcePath::resolve;
        assert_eq!(resolve("content/essays", "b.md").as_deref(), Some("content/essays/b.md"));
        assert_eq!(resolve("content/essays", "../patterns/./lag.md").as_deref(), Some("content/patterns/lag.md"));
        assert_eq!(resolve("content", "../../etc/passwd"), None);
    }
}
