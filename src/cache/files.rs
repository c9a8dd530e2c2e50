//! Written files, kept by their content as further names of the same bytes: a page whose output is gone is put back without
//! being made again, and while the output is there it takes no room. Knows files by hash; what is in them is no matter.

use std::collections::HashSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use rayon::prelude::*;

use crate::load::Content;
use crate::model::Hash;

use super::{Stamp, folder};

/// Digits of a hash that make a folder. A site has few files or very many: sixteen folders cost a small one little, and large
/// folders cost today's disks nothing.
const GROUP: usize = 1;

/// The files kept for one site, whichever output they were written to.
pub struct Files {
    folder: PathBuf,
    /// The system refused: the output is on another disk, or the disk knows one name a file.
    refused: AtomicBool,
}

impl Files {
    /// Of the site in `root`.
    pub fn of(root: &Path) -> Self {
        Self { folder: folder(root).join("files"), refused: AtomicBool::new(false) }
    }

    /// Keeps the file at `path`, which was just written with this content. One that can't be kept is made again when it is
    /// asked for.
    pub fn keep(&self, content: Hash, path: &Path) {
        if self.refused.load(Relaxed) {
            return;
        }
        let kept = self.place(content);
        let result = match fs::hard_link(path, &kept) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                kept.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::hard_link(path, &kept))
            }
            result => result,
        };
        if result.is_err_and(|error| error.kind() != io::ErrorKind::AlreadyExists) {
            self.refused.store(true, Relaxed);
        }
    }

    /// Puts the file of this content at `to`, where nothing may be, and says how it was left there. None if it was not kept
    /// or is not what it was: left with another `stamp`, it is read.
    pub fn put(&self, content: Hash, stamp: Stamp, to: &Path) -> Option<Stamp> {
        let kept = self.place(content);
        let metadata = fs::symlink_metadata(&kept).ok().filter(Metadata::is_file)?;
        let is_whole =
            Stamp::of(&metadata) == Some(stamp) || Content::Disk(kept.clone()).hash().is_ok_and(|hash| hash == content);
        if !is_whole {
            // Changed through its name in the output: the page that is made now takes its place.
            let _ = fs::remove_file(&kept);
            return None;
        }
        let put = link_alone(&kept, &metadata, to).or_else(|| copy(&kept, to).ok())?;
        Stamp::of(&put)
    }

    fn place(&self, content: Hash) -> PathBuf {
        let name = content.to_string();
        let (group, rest) = name.split_at(GROUP);
        self.folder.join(group).join(rest)
    }

    /// Removes the files that are not in `used`; what has no hash for a name is not ours.
    pub fn prune(&self, used: &HashSet<Hash>) {
        let groups: Vec<PathBuf> = entries(&self.folder).collect();
        groups.into_par_iter().flat_map_iter(|group| entries(&group)).for_each(|file| {
            let group = file.parent().and_then(Path::file_name).unwrap_or_default();
            let name = [group, file.file_name().unwrap_or_default()].map(|part| part.to_string_lossy()).concat();
            if Hash::from_hex(&name).is_some_and(|hash| !used.contains(&hash)) {
                let _ = fs::remove_file(&file);
            }
        });
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok).map(|entry| entry.path())
}

/// Gives the file the name `to` if it has none in any output: who edits a page in one place changes nothing elsewhere.
fn link_alone(kept: &Path, metadata: &Metadata, to: &Path) -> Option<Metadata> {
    if names(metadata) > 1 || fs::hard_link(kept, to).is_err() {
        return None;
    }
    let put = fs::symlink_metadata(to).ok().filter(|put| names(put) == 2);
    if put.is_none() {
        // Another page of the same content was quicker.
        let _ = fs::remove_file(to);
    }
    put
}

fn copy(kept: &Path, to: &Path) -> io::Result<Metadata> {
    let copied = fs::copy(kept, to).and_then(|_| fs::symlink_metadata(to));
    if copied.is_err() {
        let _ = fs::remove_file(to);
    }
    copied
}

/// How many names the file has.
#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

/// Elsewhere nobody says: more than one is safe.
#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    2
}
