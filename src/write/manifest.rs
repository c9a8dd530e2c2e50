//! Which files of an output folder are ours, with the hash of each. Plain text, so that publishing tools can read it too.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};

use super::MANIFEST;
use crate::model::Hash;

const FIRST_LINE: &str = "ninefold manifest 1";

/// Paths below the output folder, with `/`, and hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest(BTreeMap<String, Hash>);

impl Manifest {
    pub fn new(files: BTreeMap<String, Hash>) -> Self {
        Self(files)
    }

    /// The manifest in `folder`; none if there is none that can be read. A line that would lead out of the folder is passed
    /// over: whatever is in the file, only files below the folder are ever removed.
    pub fn read(folder: &Path) -> Option<Self> {
        let text = fs::read_to_string(folder.join(MANIFEST)).ok()?;
        let mut lines = text.lines();
        lines.next().filter(|line| *line == FIRST_LINE)?;
        let entry = |line: &str| {
            let (hash, path) = line.split_once("  ")?;
            is_inside(path).then_some((path.to_owned(), Hash::from_hex(hash)?))
        };
        Some(Self(lines.filter_map(entry).collect()))
    }

    /// Writes it beside its place and renames it there.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        let mut text = format!("{FIRST_LINE}\n");
        for (path, hash) in &self.0 {
            // Writing to a String does not fail.
            let _ = writeln!(text, "{hash}  {path}");
        }
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(text.as_bytes())?;
        readable_by_all(file.as_file())?;
        file.persist(folder.join(MANIFEST))?;
        Ok(())
    }

    pub fn get(&self, path: &str) -> Option<Hash> {
        self.0.get(path).copied()
    }

    pub fn into_files(self) -> BTreeMap<String, Hash> {
        self.0
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Both together; where both name a file, as the other says.
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.0.clone();
        both.extend(other.0.iter().map(|(path, hash)| (path.clone(), *hash)));
        Self(both)
    }
}

/// Temporary files are private; what is published is not.
#[cfg(unix)]
fn readable_by_all(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_all(_: &fs::File) -> io::Result<()> {
    Ok(())
}

fn is_inside(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}
