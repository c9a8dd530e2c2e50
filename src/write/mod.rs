//! EDGE. The only writer of sites: takes files one by one, from many threads, and puts them into the output folder so that
//! it is always whole. Knows paths and bytes, not pages.
//!
//! A first build writes a folder beside the output and renames it once. Later builds write what changed into a folder
//! beside the output; only when all of it is there is it renamed into place, then what is stale is removed. The manifest
//! names every file of ours; before the first rename it is made to name the new files too, so that a build killed in
//! between leaves nothing that the next one takes for somebody else's.

mod lock;
mod manifest;
mod places;
mod stage;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::cache::{Entry, Files, PageKeys, Stamp};
use crate::diagnostic::Diagnostic;
use crate::model::Hash;
use crate::render::Output;

use lock::Lock;
use manifest::Manifest;

/// Name of the file in the output folder that says which files are ours.
pub const MANIFEST: &str = ".ninefold-manifest";

/// How a file was left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Left {
    pub content: Hash,
    /// None where the system keeps no time.
    pub stamp: Option<Stamp>,
}

/// What a build did to the output folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub written: usize,
    pub removed: usize,
    pub unchanged: usize,
}

/// A build's hold on an output folder. Dropping it without `finish` leaves the folder as it was.
pub struct Writer {
    out: PathBuf,
    stage: PathBuf,
    /// The output folder is not there yet: the stage becomes it.
    first: bool,
    force: bool,
    before: Manifest,
    /// Those that earlier builds wrote.
    kept: Files,
    _lock: Lock,
}

impl Writer {
    /// Takes hold of `out`, waiting for another build that has it. A folder that holds files and no manifest is somebody
    /// else's: it is refused unless `force`. What is made is kept in `kept`.
    pub fn begin(out: &Path, force: bool, kept: Files) -> Result<Self, Diagnostic> {
        let fail = |error: io::Error| cannot_write(out, &error);
        let out = std::path::absolute(out).map_err(fail)?;
        let (Some(parent), Some(name)) = (out.parent(), out.file_name().and_then(|name| name.to_str())) else {
            return Err(Diagnostic::error("bad-output", format!("`{}` can't be an output folder", out.display())));
        };
        fs::create_dir_all(parent).map_err(fail)?;
        let lock = Lock::take(&parent.join(format!(".{name}.ninefold-lock"))).map_err(fail)?;
        let stage = parent.join(format!(".{name}.ninefold-stage"));
        remove_folder(&stage).map_err(fail)?;
        let before = match fs::symlink_metadata(&out) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(fail(error)),
            Ok(metadata) if metadata.is_dir() => Some(ours(&out, force)?),
            Ok(_) => {
                return Err(Diagnostic::error("foreign-output", format!("`{}` is not a folder", out.display()))
                    .help("name another folder with `--out DIR`"));
            }
        };
        fs::create_dir(&stage).map_err(fail)?;
        Ok(Self { first: before.is_none(), before: before.unwrap_or_default(), out, stage, force, kept, _lock: lock })
    }

    /// Whether the file at `path` is ours and still has this size and time.
    fn is_as_left(&self, path: &str, content: Hash, stamp: Stamp) -> bool {
        self.before.get(path) == Some(content)
            && fs::symlink_metadata(self.out.join(path))
                .is_ok_and(|now| now.is_file() && Stamp::of(&now) == Some(stamp))
    }

    /// Whether the folder holds these files, each as it was left, and no other of ours.
    pub fn is_all_as_left(&self, entries: &PageKeys) -> bool {
        let is_as_left = |(path, entry): (&String, &Entry)| self.is_as_left(path, entry.content, entry.stamp);
        self.before.paths().count() == entries.len() && entries.par_iter().all(is_as_left)
    }

    /// Takes one file that an earlier build left with this content and stamp, without anyone's making it again: what is in
    /// place is left alone, and what is gone from there is put from what was kept. None if it is in neither.
    pub fn put_again(&self, path: &str, content: Hash, stamp: Stamp) -> Option<(Left, bool)> {
        let left = |stamp| Left { content, stamp: Some(stamp) };
        if self.is_as_left(path, content, stamp) {
            return Some((left(stamp), false));
        }
        if let Some(stamp) = self.in_place(path, content) {
            return Some((left(stamp), false));
        }
        let staged = self.stage.join(path);
        make_folder(&staged).ok()?;
        self.kept.put(content, stamp, &staged).map(|stamp| (left(stamp), true))
    }

    /// Takes back a file that was taken.
    pub fn take_back(&self, path: &str) {
        let _ = fs::remove_file(self.stage.join(path));
    }

    /// Takes one file. What is in place already with this content is left alone.
    pub fn put(&self, path: &str, output: &Output) -> Result<(Left, bool), Diagnostic> {
        let fail = |error: io::Error| cannot_write(&self.out.join(path), &error);
        let staged = self.stage.join(path);
        let content = match output {
            Output::Bytes(bytes) => Hash::of(bytes),
            Output::Shared(bytes) => Hash::of(bytes),
            Output::Copy(source) => source.hash().map_err(fail)?,
        };
        if let Some(stamp) = self.in_place(path, content) {
            self.keep(output, content, &self.out.join(path));
            return Ok((Left { content, stamp: Some(stamp) }, false));
        }
        make_folder(&staged).map_err(fail)?;
        let stamp = stage::write(&staged, output).map_err(fail)?;
        self.keep(output, content, &staged);
        Ok((Left { content, stamp }, true))
    }

    /// Keeps what was made; of a copy there is the source.
    fn keep(&self, output: &Output, content: Hash, file: &Path) {
        if !matches!(output, Output::Copy(_)) {
            self.kept.keep(content, file);
        }
    }

    /// The stamp of the file at `path` if it is ours and has this content, byte for byte.
    fn in_place(&self, path: &str, content: Hash) -> Option<Stamp> {
        if self.before.get(path) != Some(content) {
            return None;
        }
        let full = self.out.join(path);
        let metadata = fs::symlink_metadata(&full).ok().filter(fs::Metadata::is_file)?;
        let same = crate::load::Content::Disk(full).hash().is_ok_and(|hash| hash == content);
        if same { Stamp::of(&metadata) } else { None }
    }

    /// Puts everything in its place. `files` names every file of the site, those taken and those left alone; `staged` says
    /// which were written now.
    pub fn finish(self, files: BTreeMap<String, Hash>, staged: &[&str]) -> Result<Done, Diagnostic> {
        let (count, after) = (files.len(), Manifest::new(files));
        let written = staged.len();
        if self.first {
            after.write(&self.stage).map_err(|error| cannot_write(&self.out, &error))?;
            fs::rename(&self.stage, &self.out).map_err(|error| cannot_write(&self.out, &error))?;
            return Ok(Done { written, removed: 0, unchanged: 0 });
        }
        let unchanged = count - written;
        let stale: Vec<&str> = self.before.paths().filter(|path| after.get(path).is_none()).collect();
        if staged.is_empty() && stale.is_empty() && self.before == after {
            return Ok(Done { written, removed: 0, unchanged });
        }
        places::check(&self.out, staged, &self.before, self.force)?;
        let fail = |error: io::Error| cannot_write(&self.out, &error);
        self.before.and(&after).write(&self.out).map_err(fail)?;
        let (in_the_way, merely_stale) = places::in_the_way(stale, staged);
        let mut removed = places::remove(&self.out, &in_the_way).map_err(fail)?;
        for path in staged {
            let target = self.out.join(path);
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder).map_err(fail)?;
            }
            fs::rename(self.stage.join(path), &target).map_err(|error| cannot_write(&target, &error))?;
        }
        removed += places::remove(&self.out, &merely_stale).map_err(fail)?;
        after.write(&self.out).map_err(fail)?;
        Ok(Done { written, removed, unchanged })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // What can't be removed now is removed when the next build begins.
        let _ = remove_folder(&self.stage);
    }
}

/// Makes the folder of a file. Nearly every page has one of its own, so which are there already is not worth knowing.
fn make_folder(file: &Path) -> io::Result<()> {
    file.parent().map_or(Ok(()), fs::create_dir_all)
}

fn remove_folder(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// The manifest of a folder that is there; an empty folder is as good as ours.
fn ours(out: &Path, force: bool) -> Result<Manifest, Diagnostic> {
    if let Some(manifest) = Manifest::read(out) {
        return Ok(manifest);
    }
    let mut entries = fs::read_dir(out).map_err(|error| cannot_write(out, &error))?;
    if entries.next().is_none() || force {
        return Ok(Manifest::default());
    }
    Err(Diagnostic::error("foreign-output", format!("`{}` holds files that Ninefold did not write", out.display()))
        .help("name another folder with `--out DIR`, or build into this one with `--force`: files of the same names are replaced, others stay"))
}

/// Path and content hash of each file of the site in `out`, as its last build left it; none without a manifest.
pub fn files(out: &Path) -> Option<BTreeMap<String, Hash>> {
    Manifest::read(out).map(Manifest::into_files)
}

/// A write that the system refused.
pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Diagnostic {
    let fault = Diagnostic::error("cannot-write", format!("`{}` can't be written: {error}", path.display()));
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            fault.help("make the folder writable for yourself, or name another with `--out DIR`")
        }
        io::ErrorKind::StorageFull => fault.help("make room on the disk; the site that was there is as it was"),
        _ => fault,
    }
}
