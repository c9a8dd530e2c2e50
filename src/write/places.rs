//! The places in the output folder that staged files go to and stale ones leave: what may be replaced, what is in the way.

use std::collections::BTreeSet;

use super::manifest::Manifest;
use super::obstructed;
use crate::diagnostic::{Diagnostic, rules};
use crate::folder::{Folder, Kind, Obstacle};
use crate::model::folded;

rules! {
    FOREIGN_FILE = "foreign-file", error fixed, "a file of others stands where one of the site's goes";
}

/// What a build is about to do to the output folder.
pub struct Change<'a> {
    pub staged: &'a [&'a str],
    pub stale: &'a [&'a str],
    /// The files that earlier builds wrote.
    pub ours: &'a Manifest,
    /// Files of others are replaced too.
    pub force: bool,
}

/// The stale files that a disk may take for staged ones: their names differ in letter case or Unicode form alone. They are renamed
/// rather than removed: they go before the others come.
pub fn renamed<'a>(stale: &[&'a str], staged: &[&str]) -> Vec<&'a str> {
    if stale.is_empty() || staged.is_empty() {
        return Vec::new();
    }
    let new: BTreeSet<String> = staged.iter().map(|path| folded(path)).collect();
    stale.iter().copied().filter(|path| new.contains(&folded(path))).collect()
}

/// Refuses, before anything is changed, if a staged file would replace a file that is not ours, or if a folder that it goes
/// to, or that a stale file is in, is a link. A link in the place of a file is not followed: it is replaced or removed itself.
pub fn check(out: &Folder, change: &Change<'_>) -> Result<(), Diagnostic> {
    let old_forms: BTreeSet<String> = renamed(change.stale, change.staged).into_iter().map(folded).collect();
    // What answers to the name of a staged file may be the stale one that it replaces.
    let is_old_form = |path: &str| old_forms.contains(&folded(path)) && out.has_name(path).is_ok_and(|has| !has);
    let mut looked_at: BTreeSet<&str> = BTreeSet::new();
    for path in change.stale {
        for folder in folders_of(path) {
            if looked_at.insert(folder) && out.glance(folder).is_ok_and(|look| look.kind == Kind::Link) {
                return Err(linked(out, folder));
            }
        }
    }
    looked_at.clear();
    for path in change.staged {
        for folder in folders_of(path) {
            if !looked_at.insert(folder) {
                continue;
            }
            match out.glance(folder).map(|look| look.kind) {
                Ok(Kind::Link) => return Err(linked(out, folder)),
                Ok(Kind::File | Kind::Special) if change.ours.get(folder).is_none() && !change.force => {
                    return Err(foreign(out, folder, "is a file that Ninefold did not write, where it needs a folder"));
                }
                _ => {}
            }
        }
        match out.glance(path).map(|look| look.kind) {
            Ok(Kind::Folder) if !only_ours(out, path, change.ours) => {
                return Err(foreign(
                    out,
                    path,
                    "is a folder with files that Ninefold did not write, where it needs a file",
                ));
            }
            Ok(Kind::File | Kind::Link | Kind::Special)
                if change.ours.get(path).is_none() && !change.force && !is_old_form(path) =>
            {
                return Err(foreign(out, path, "was not written by Ninefold, which now has a file of that name"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn linked(out: &Folder, folder: &str) -> Diagnostic {
    obstructed(&Obstacle { path: out.path().join(folder), kind: Kind::Link })
}

fn foreign(out: &Folder, path: &str, what: &str) -> Diagnostic {
    Diagnostic::new(FOREIGN_FILE, format!("`{}` {what}", out.path().join(path).display()))
        .help("move it away, or build with `--force` to replace it")
}

/// Whether every file below the folder is ours.
fn only_ours(out: &Folder, path: &str, ours: &Manifest) -> bool {
    let mut folders = vec![path.to_owned()];
    while let Some(path) = folders.pop() {
        let Ok(entries) = out.folder(&path).and_then(|folder| folder.entries()) else { return false };
        for (name, kind) in entries {
            let below = format!("{path}/{name}");
            if kind == Kind::Folder {
                folders.push(below);
            } else if ours.get(&below).is_none() {
                return false;
            }
        }
    }
    true
}

/// Tells the stale files that are where staged ones need a folder, or the other way round, from those that are merely stale.
pub fn in_the_way<'a>(stale: &[&'a str], staged: &[&str]) -> (Vec<&'a str>, Vec<&'a str>) {
    let files: BTreeSet<&str> = staged.iter().copied().collect();
    let folders: BTreeSet<&str> = staged.iter().flat_map(|path| folders_of(path)).collect();
    stale.iter().partition(|path| folders.contains(**path) || folders_of(path).any(|folder| files.contains(folder)))
}

/// The folders that lead to a file, from the outermost.
fn folders_of(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}
