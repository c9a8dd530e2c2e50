//! The file of known faults, made anew each time. Knows its place, not what it holds.

use std::io::{self, Write};
use std::path::Path;

use crate::config::known_path;
use crate::diagnostic::Diagnostic;
use crate::folder::Folder;

use super::cannot_write;

/// Stands for the file until it is whole. Hidden files are no part of a site.
const BESIDE: &str = "content/.known-faults.yaml.new";

/// Writes the file of known faults of the site in `root`; without a text, removes it.
pub fn known_faults(root: &Path, text: Option<&str>) -> Result<(), Diagnostic> {
    let path = known_path();
    replace(root, path.as_str(), text).map_err(|error| cannot_write(&root.join(path.as_str()), &error))
}

fn replace(root: &Path, path: &str, text: Option<&str>) -> io::Result<()> {
    let root = Folder::open(root)?;
    let Some(text) = text else { return root.place(path)?.remove().map(|_| ()) };
    let beside = root.place(BESIDE)?;
    beside.remove()?;
    beside.create_new()?.write_all(text.as_bytes())?;
    beside.rename_to(&root.place(path)?)
}
