//! The places in the output folder that staged files go to: what may be replaced, what is in the way, what is removed.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::manifest::Manifest;
use crate::diagnostic::Diagnostic;

/// Refuses, before anything is changed, if a staged file would replace a file that is not ours or go through a link.
pub fn check(out: &Path, staged: &[&str], ours: &Manifest, force: bool) -> Result<(), Diagnostic> {
    let mut looked_at: BTreeSet<&str> = BTreeSet::new();
    for path in staged {
        for folder in folders_of(path) {
            if !looked_at.insert(folder) {
                continue;
            }
            let Ok(metadata) = fs::symlink_metadata(out.join(folder)) else { continue };
            if metadata.is_symlink() {
                return Err(foreign(out, folder, "is a link, which would lead out of the folder"));
            }
            if metadata.is_file() && ours.get(folder).is_none() && !force {
                return Err(foreign(out, folder, "is a file that Ninefold did not write, where it needs a folder"));
            }
        }
        match fs::symlink_metadata(out.join(path)) {
            Ok(metadata) if metadata.is_dir() && !only_ours(out, path, ours) => {
                return Err(foreign(
                    out,
                    path,
                    "is a folder with files that Ninefold did not write, where it needs a file",
                ));
            }
            Ok(metadata) if !metadata.is_dir() && ours.get(path).is_none() && !force => {
                return Err(foreign(out, path, "was not written by Ninefold, which now has a file of that name"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn foreign(out: &Path, path: &str, what: &str) -> Diagnostic {
    Diagnostic::error("foreign-file", format!("`{}` {what}", out.join(path).display()))
        .help("move it away, or build with `--force` to replace it")
}

/// Whether every file below the folder is ours.
fn only_ours(out: &Path, folder: &str, ours: &Manifest) -> bool {
    walkdir::WalkDir::new(out.join(folder)).into_iter().all(|entry| {
        entry.is_ok_and(|entry| {
            let below = entry.path().strip_prefix(out).ok().and_then(Path::to_str).map(|path| path.replace('\\', "/"));
            entry.file_type().is_dir() || below.is_some_and(|path| ours.get(&path).is_some())
        })
    })
}

/// Tells the stale files that are where staged ones need a folder, or the other way round, from those that are merely stale.
pub fn in_the_way<'a>(stale: Vec<&'a str>, staged: &[&str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let files: BTreeSet<&str> = staged.iter().copied().collect();
    let folders: BTreeSet<&str> = staged.iter().flat_map(|path| folders_of(path)).collect();
    stale.into_iter().partition(|path| folders.contains(path) || folders_of(path).any(|folder| files.contains(folder)))
}

/// The folders that lead to a file, from the outermost.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}

/// Removes files and the folders that are empty without them. What is gone already counts as removed by somebody else.
pub fn remove(out: &Path, paths: &[&str]) -> io::Result<usize> {
    let mut removed = 0;
    for path in paths {
        match fs::remove_file(out.join(path)) {
            Ok(()) => removed += 1,
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {}
            Err(error) => return Err(error),
        }
        let mut folder = *path;
        while let Some((parent, _)) = folder.rsplit_once('/') {
            // A folder that still holds something stays.
            if fs::remove_dir(out.join(parent)).is_err() {
                break;
            }
            folder = parent;
        }
    }
    Ok(removed)
}
