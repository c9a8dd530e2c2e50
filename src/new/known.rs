//! The file of known faults, made anew each time. Knows its place, not what it holds.

use std::io;
use std::path::Path;

use crate::config::known_path;
use crate::diagnostic::Diagnostic;
use crate::folder::Folder;

use super::cannot_write;

/// Writes the file of known faults of the site in `root`; without a text, removes it.
pub fn known_faults(root: &Path, text: Option<&str>) -> Result<(), Diagnostic> {
    let path = known_path();
    replace(root, path.as_str(), text).map_err(|error| cannot_write(&root.join(path.as_str()), &error))
}

fn replace(root: &Path, path: &str, text: Option<&str>) -> io::Result<()> {
    let root = Folder::open(root)?;
    match text {
        Some(text) => root.replace(path, text.as_bytes()),
        None => root.place(path)?.remove().map(|_| ()),
    }
}
