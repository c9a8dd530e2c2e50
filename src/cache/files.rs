//! Written files, cached by their content as further names of the same bytes: a page whose output is gone is put back without
//! being made again, and while the output is there it takes no room. What is put back is hashed: a page that was edited in
//! place was edited here too. Knows files by hash; what is in them is no matter.

use std::collections::HashSet;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rayon::prelude::*;

use crate::folder::{Folder, Kind, Look, Place};
use crate::model::Hash;

use super::Stamp;

/// Digits of a hash that make a folder. A site has few files or very many: sixteen folders cost a small one little, and large
/// folders cost today's disks nothing.
const GROUP: usize = 1;
const GROUPS: usize = 16;

/// The files cached for one site, whichever output they were written to.
pub struct Files {
    root: PathBuf,
    /// Each is opened when it is first asked for.
    groups: [OnceLock<Folder>; GROUPS],
    /// The system refused: the output is on another disk, or the disk knows one name a file.
    refused: AtomicBool,
}

/// The folder of them, below the site's root.
pub fn below_root() -> String {
    format!("{}/files", super::FOLDER)
}

impl Files {
    /// Of the site in `root`.
    pub fn of(root: &Path) -> Self {
        Self { root: root.to_owned(), groups: Default::default(), refused: AtomicBool::new(false) }
    }

    /// Caches the file at `place`, which was just written with this content. One that can't be cached is made again when it is
    /// asked for.
    pub fn store(&self, content: Hash, place: &Place<'_>) {
        if self.refused.load(Relaxed) {
            return;
        }
        let name = content.to_string();
        let (group, rest) = name.split_at(GROUP);
        let cached = self.group(group, true).and_then(|group| group.place(rest));
        let result = cached.and_then(|cached| place.link_to(&cached));
        if result.is_err_and(|error| error.kind() != io::ErrorKind::AlreadyExists) {
            self.refused.store(true, Relaxed);
        }
    }

    /// Puts the file of this content at `to`, where nothing may be, and says how it was left there. None if it was not cached
    /// or is not what it was.
    pub fn put(&self, content: Hash, to: &Place<'_>) -> Option<Stamp> {
        let name = content.to_string();
        let (group, rest) = name.split_at(GROUP);
        let cached = self.group(group, false).and_then(|group| group.place(rest)).ok()?;
        let file = cached.read().ok()?;
        let look = Look::from(&file.metadata().ok()?);
        let mut bytes = Vec::with_capacity(usize::try_from(look.size).ok()?);
        file.take(look.size).read_to_end(&mut bytes).ok()?;
        if Hash::of(&bytes) != content {
            // Changed through its name in the output: the page that is made now takes its place.
            let _ = cached.remove();
            return None;
        }
        let put = link_alone(&cached, look, to).or_else(|| copy(&bytes, to).ok())?;
        Stamp::of(put)
    }

    /// The folder of the files whose hashes begin with this digit; it is made if `make`.
    fn group(&self, digit: &str, make: bool) -> io::Result<&Folder> {
        let n = usize::from_str_radix(digit, 16).map_err(io::Error::other)?;
        let group = self.groups.get(n).ok_or(io::ErrorKind::InvalidInput)?;
        if let Some(folder) = group.get() {
            return Ok(folder);
        }
        let path = format!("{}/{digit}", below_root());
        let root = Folder::open(&self.root)?;
        let folder = if make { root.folder_made(&path)? } else { root.folder(&path)? };
        Ok(group.get_or_init(|| folder))
    }

    /// Removes the files that are not in `used`; what has no hash for a name is not ours.
    pub fn prune(&self, used: &HashSet<Hash>) {
        let Ok(all) = Folder::open(&self.root).and_then(|root| root.folder(&below_root())) else { return };
        let folders = all.entries().unwrap_or_default().into_iter().filter(|(_, kind)| *kind == Kind::Folder);
        folders.collect::<Vec<_>>().into_par_iter().for_each(|(group, _)| {
            let Ok(folder) = all.folder(&group) else { return };
            for (name, _) in folder.entries().unwrap_or_default() {
                if Hash::from_hex(&format!("{group}{name}")).is_some_and(|hash| !used.contains(&hash)) {
                    let _ = folder.place(&name).and_then(|place| place.remove());
                }
            }
        });
    }
}

/// Gives the file the name `to` if it has none in any output: who edits a page in one place changes nothing elsewhere.
fn link_alone(cached: &Place<'_>, look: Look, to: &Place<'_>) -> Option<Look> {
    if look.names > 1 || cached.link_to(to).is_err() {
        return None;
    }
    let put = to.look().ok().filter(|put| put.kind == Kind::File && put.names == 2);
    if put.is_none() {
        // Another page of the same content was quicker.
        let _ = to.remove();
    }
    put
}

fn copy(bytes: &[u8], to: &Place<'_>) -> io::Result<Look> {
    let mut file = to.create_new()?;
    let copied = file.write_all(bytes).and_then(|()| file.metadata());
    if copied.is_err() {
        let _ = to.remove();
    }
    copied.map(|metadata| Look::from(&metadata))
}
