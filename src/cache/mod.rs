//! EDGE. What one build remembers for the next: outlines, what files are, highlighted blocks, the key of each page and how its
//! file was left, and the files themselves.
//! Deleting it changes speed and nothing else; a file that is torn, of another version or of another program is as good as
//! none.

mod blocks;
mod files;
mod looks;
mod outlines;
mod pages;
mod program;
mod sealed;
mod seen;
mod stamp;

use std::io;
use std::path::Path;

use crate::diagnostic::{Diagnostic, rules};
use crate::folder::{Folder, Kind, Obstacle};

pub use blocks::{blocks, remember_blocks};
pub use files::Files;
pub use looks::Looks;
pub use outlines::Outlines;
pub use pages::{Entry, Last, PageKeys, Pages, distrust, inputs_hash, pages, remember_pages};
pub use program::program_hash;
pub use stamp::{SourceStamp, Stamp};

rules! {
    UNUSABLE_CACHE = "unusable-cache", warning fixed, "something stands where the build remembers what it did";
}

/// The folder below a site's root that holds what is remembered about it.
const FOLDER: &str = ".ninefold";

/// The folder of the site in `root`, if it is there.
fn folder(root: &Path) -> io::Result<Folder> {
    Folder::open(root)?.folder(FOLDER)
}

/// The same; it is made if it is not there.
fn folder_made(root: &Path) -> io::Result<Folder> {
    Folder::open(root)?.folder_made(FOLDER)
}

/// A warning for each link, pipe, socket or device that stands where something is remembered: it is left alone, so the next
/// build is slower.
pub fn obstacles(root: &Path) -> Vec<Diagnostic> {
    let Ok(root) = Folder::open(root) else { return Vec::new() };
    let mut found: Vec<String> = Vec::new();
    for folder in [FOLDER.to_owned(), files::below_root()] {
        match root.place(&folder).and_then(|place| place.look()) {
            Ok(look) if look.kind == Kind::Folder => {
                let entries = root.folder(&folder).and_then(|folder| folder.entries()).unwrap_or_default();
                let in_the_way = entries.into_iter().filter(|(_, kind)| matches!(kind, Kind::Link | Kind::Special));
                found.extend(in_the_way.map(|(name, _)| format!("{folder}/{name}")));
            }
            Ok(look) if matches!(look.kind, Kind::Link | Kind::Special) => found.push(folder),
            _ => {}
        }
    }
    found.sort();
    found.dedup();
    found.iter().filter_map(|path| obstacle_at(&root, path)).collect()
}

fn obstacle_at(root: &Folder, path: &str) -> Option<Diagnostic> {
    let kind = root.glance(path).ok()?.kind;
    let obstacle = Obstacle { path: path.into(), kind };
    let message = format!("{obstacle}, so what it should hold is not remembered");
    Some(Diagnostic::new(UNUSABLE_CACHE, message).help(obstacle.help()))
}
