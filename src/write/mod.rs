//! EDGE. The only writer of sites: takes files one by one, from many threads, and puts them into the output folder so that
//! it is always whole. Knows paths and bytes, not pages.
//!
//! A first build writes a folder beside the output and renames it once. Later builds write what changed into a folder
//! beside the output; only when all of it is there is it renamed into place, then what is stale is removed. The manifest
//! names every file of ours; before the first rename it is made to name the new files too, so that a build killed in
//! between leaves nothing that the next one takes for a foreign file.

mod apart;
mod lock;
mod manifest;
mod places;
mod stage;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::cache::{Entry, Files, PageKeys, Stamp};
use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::folder::{Folder, Kind, Look, Obstacle, Place, obstacle, open_file};
use crate::load::{Content, hash_of};
use crate::model::{Hash, folded};
use crate::render::{CHANGED_MEANWHILE, Output};

pub use apart::{are_nested, copy_folder, overlap, real};
use lock::Lock;
use manifest::Found;
pub use manifest::Manifest;
use places::Change;

rules! {
    BAD_OUTPUT = "bad-output", error fixed, "the output folder can't be one";
    FOREIGN_OUTPUT = "foreign-output", error fixed, "the output folder holds files of others";
    CANNOT_WRITE = "cannot-write", error fixed, "a file can't be written";
    IN_THE_WAY = "in-the-way", error fixed, "something stands where a file is to be written";
    DAMAGED_MANIFEST = "damaged-manifest", warning fixed, "the list of the files in the output is damaged, and is written anew";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, places::RULES];

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
    path: PathBuf,
    /// None if it is not there yet: the stage becomes it.
    out: Option<Folder>,
    /// The folder that holds output and stage.
    parent: Folder,
    name: String,
    stage: Folder,
    force: bool,
    before: Manifest,
    /// The manifest is damaged: what stands at an address of the site is taken for ours, since nothing says otherwise.
    is_damaged: bool,
    /// Those that earlier builds wrote.
    cached: Files,
    /// How many files of earlier builds some disks take for one, by what they take them for; made when it is asked for.
    forms: OnceLock<HashMap<String, usize>>,
    _lock: Lock,
}

impl Writer {
    /// Takes hold of `out` for the site in `root`, waiting for another build that has it. A folder that holds files and no
    /// manifest is foreign: it is refused unless `force`. What is written is stored in `cached`. The folder that holds `out`
    /// may be a link, as whoever names it likes; `out` itself may not, since a first build renames a folder to it.
    pub fn begin(root: &Path, out: &Path, force: bool, cached: Files) -> Result<Self, Diagnostic> {
        let fail = |error: io::Error| cannot_write(out, &error);
        let path = std::path::absolute(out).map_err(fail)?;
        let unusable = || Diagnostic::new(BAD_OUTPUT, format!("`{}` can't be an output folder", path.display()));
        let parent = path.parent().ok_or_else(unusable)?;
        apart::check(root, out)?;
        let name = path.file_name().and_then(|name| name.to_str()).ok_or_else(unusable)?;
        fs::create_dir_all(parent).map_err(fail)?;
        let (parent, name) = (Folder::open(parent).map_err(fail)?, name.to_owned());
        let lock = Lock::take(&parent, format!(".{name}.ninefold-lock")).map_err(fail)?;
        remove_stage(&parent, &name).map_err(fail)?;
        let folder = match parent.glance(&name) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(fail(error)),
            Ok(Look { kind: Kind::Folder, .. }) => Some(parent.folder(&name).map_err(fail)?),
            Ok(Look { kind: Kind::Link, .. }) => {
                return Err(Diagnostic::new(FOREIGN_OUTPUT, format!("`{}` is a link", path.display()))
                    .help("name the folder that it leads to with `--out DIR`, or delete the link"));
            }
            Ok(_) => {
                return Err(Diagnostic::new(FOREIGN_OUTPUT, format!("`{}` is not a folder", path.display()))
                    .help("name another folder with `--out DIR`"));
            }
        };
        let before = folder.as_ref().map(|folder| ours(folder, force)).transpose()?;
        let (before, is_damaged) = before.map_or_else(Default::default, |found| (found.manifest, found.is_damaged));
        let stage = parent.folder_made(&stage_name(&name)).map_err(fail)?;
        let force = force || is_damaged;
        Ok(Self {
            path,
            out: folder,
            parent,
            name,
            stage,
            force,
            before,
            is_damaged,
            cached,
            forms: OnceLock::new(),
            _lock: lock,
        })
    }

    /// Diagnostics about the folder as it was found.
    pub fn warning(&self) -> Option<Diagnostic> {
        let manifest = self.path.join(MANIFEST);
        self.is_damaged.then(|| {
            Diagnostic::new(DAMAGED_MANIFEST, format!("`{}` is damaged and is written anew", manifest.display())).help(
                "a page that went from the site since the last build may be left there: delete the folder to be sure",
            )
        })
    }

    /// Whether the file at `path` is ours and still has this size and time.
    fn is_as_left(&self, path: &str, content: Hash, stamp: Stamp) -> bool {
        let is_as_left =
            |out: &Folder| out.glance(path).is_ok_and(|now| now.kind == Kind::File && Stamp::of(now) == Some(stamp));
        self.before.get(path) == Some(content) && self.out.as_ref().is_some_and(is_as_left)
    }

    /// Whether the folder holds these files, each as it was left, and no other of ours.
    pub fn is_all_as_left(&self, entries: &PageKeys) -> bool {
        let is_as_left = |(path, entry): (&String, &Entry)| self.is_as_left(path, entry.content, entry.stamp);
        !self.is_damaged && self.before.paths().count() == entries.len() && entries.par_iter().all(is_as_left)
    }

    /// Takes one file that an earlier build left with this content and stamp, without anyone's making it again: what is in
    /// place is left alone, and what is gone from there is restored from the cache. None if it is in neither.
    pub fn put_again(&self, path: &str, content: Hash, stamp: Stamp) -> Option<(Left, bool)> {
        let left = |stamp| Left { content, stamp: Some(stamp) };
        if self.is_as_left(path, content, stamp) {
            return Some((left(stamp), false));
        }
        if let Some((stamp, _)) = self.in_place(path, content, Some(stamp.size)) {
            return Some((left(stamp), false));
        }
        let staged = self.stage.place_made(path).ok()?;
        self.cached.put(content, &staged).map(|stamp| (left(stamp), true))
    }

    /// Takes back a file that was taken.
    pub fn take_back(&self, path: &str) {
        let _ = self.stage.remove(path);
    }

    /// Takes one file. What is in place already with this content is left alone.
    pub fn put(&self, path: &str, output: &Output) -> Result<(Left, bool), Diagnostic> {
        let fail = |error: io::Error| cannot_write(&self.path.join(path), &error);
        let (content, size) = match output {
            Output::Bytes(bytes) => (Hash::of(bytes), Some(bytes.len() as u64)),
            Output::Shared(bytes) => (Hash::of(bytes), Some(bytes.len() as u64)),
            Output::Copy(Content::Held(bytes)) => (Hash::of(bytes), Some(bytes.len() as u64)),
            Output::Copy(Content::Disk(source)) => (hash_of_source(source)?, None),
        };
        if let Some((stamp, place)) = self.in_place(path, content, size) {
            self.keep(output, content, &place);
            return Ok((Left { content, stamp: Some(stamp) }, false));
        }
        let staged = self.stage.place_made(path).map_err(fail)?;
        let stamp = stage::write(&staged, output).map_err(fail)?;
        self.keep(output, content, &staged);
        Ok((Left { content, stamp }, true))
    }

    /// Keeps what was made; of a copy there is the source.
    fn keep(&self, output: &Output, content: Hash, place: &Place<'_>) {
        if !matches!(output, Output::Copy(_)) {
            self.cached.store(content, place);
        }
    }

    /// The stamp and the place of the file at `path` if it has this content, byte for byte. One that the manifest does not name
    /// is as good as ours then.
    fn in_place<'a>(&self, path: &'a str, content: Hash, size: Option<u64>) -> Option<(Stamp, Place<'a>)> {
        let out = self.out.as_ref()?;
        let look = out.glance(path).ok()?;
        if look.kind != Kind::File || size.is_some_and(|size| look.size != size) {
            return None;
        }
        // A disk may show the file of an earlier build whose name differs in letter case alone: that one is renamed.
        if self.has_other_form(path) && !out.has_name(path).is_ok_and(|has| has) {
            return None;
        }
        let place = out.place(path).ok()?;
        let file = place.read().ok()?;
        let stamp = Stamp::of(&file.metadata().ok()?)?;
        (hash_of(file).ok()? == content).then_some((stamp, place))
    }

    /// Whether earlier builds wrote a file that some disks take for the one at `path`.
    fn has_other_form(&self, path: &str) -> bool {
        let forms = self.forms.get_or_init(|| {
            let mut forms: HashMap<String, usize> = HashMap::new();
            for path in self.before.paths() {
                *forms.entry(folded(path)).or_default() += 1;
            }
            forms
        });
        let count = forms.get(&folded(path)).copied().unwrap_or_default();
        count > usize::from(self.before.get(path).is_some())
    }

    /// Puts everything in its place. `files` names every file of the site, those taken and those left alone; `staged` says
    /// which were written now.
    pub fn finish(self, files: BTreeMap<String, Hash>, staged: &[&str]) -> Result<Done, Diagnostic> {
        let fail = |error: io::Error| cannot_write(&self.path, &error);
        let (count, after) = (files.len(), Manifest::new(files));
        let written = staged.len();
        let Some(out) = &self.out else {
            after.write(&self.stage).map_err(fail)?;
            let (stage, name) = (stage_name(&self.name), self.name.as_str());
            let renamed = self.parent.place(&stage).and_then(|stage| stage.rename_to(&self.parent.place(name)?));
            return renamed.map(|()| Done { written, removed: 0, unchanged: 0 }).map_err(fail);
        };
        let unchanged = count - written;
        let stale: Vec<&str> = self.before.paths().filter(|path| after.get(path).is_none()).collect();
        if staged.is_empty() && stale.is_empty() && self.before == after && !self.is_damaged {
            return Ok(Done { written, removed: 0, unchanged });
        }
        places::check(out, &Change { staged, stale: &stale, ours: &self.before, force: self.force })?;
        let remove = |paths: &[&str]| {
            paths
                .iter()
                .try_fold(0, |removed, path| out.remove(path).map(|gone| removed + usize::from(gone)))
                .map_err(fail)
        };
        self.before.and(&after).write_and_move(&self.stage, out).map_err(fail)?;
        // Each goes under its own name: on a disk that folds names, one that is there already may answer to the old name as well.
        let now: Vec<&str> = after.paths().collect();
        let renamed: BTreeSet<&str> = places::renamed(&stale, &now).into_iter().collect();
        let there: Vec<&str> = renamed.iter().copied().filter(|path| out.has_name(path).is_ok_and(|has| has)).collect();
        let stale: Vec<&str> = stale.into_iter().filter(|path| !renamed.contains(*path)).collect();
        let (in_the_way, merely_stale) = places::in_the_way(&stale, staged);
        let mut removed = remove(&there)? + remove(&in_the_way)?;
        for path in staged {
            let moved = out.place_made(path).and_then(|target| self.stage.place(path)?.rename_to(&target));
            moved.map_err(|error| cannot_write(&self.path.join(path), &error))?;
        }
        removed += remove(&merely_stale)?;
        after.write_and_move(&self.stage, out).map_err(fail)?;
        Ok(Done { written, removed, unchanged })
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        // What can't be removed now is removed when the next build begins.
        let _ = remove_stage(&self.parent, &self.name);
    }
}

fn stage_name(name: &str) -> String {
    format!(".{name}.ninefold-stage")
}

/// Removes the stage of the output `name`. What stands there and is no folder was not made by a build.
fn remove_stage(parent: &Folder, name: &str) -> io::Result<()> {
    let name = stage_name(name);
    match parent.folder(&name) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
        // Follows no link below the folder, and of a link in its place removes that alone.
        Ok(folder) => fs::remove_dir_all(folder.path()),
    }
}

/// The hash of a file that is to be copied.
fn hash_of_source(source: &Path) -> Result<Hash, Diagnostic> {
    open_file(source).and_then(|(file, _)| hash_of(file)).map_err(|error| {
        let message = format!("`{}` can no longer be read: {error}", source.display());
        Diagnostic::new(CHANGED_MEANWHILE, message).help("run the command again")
    })
}

/// The manifest of a folder that is there; an empty folder is as good as ours.
fn ours(out: &Folder, force: bool) -> Result<Found, Diagnostic> {
    let fail = |error: io::Error| match obstacle(&error) {
        Some(in_the_way) => {
            obstructed(in_the_way).help("then build with `--force` once: the list of our files is made anew")
        }
        None => cannot_write(&out.path().join(MANIFEST), &error),
    };
    if let Some(found) = Manifest::read(out).map_err(fail)? {
        return Ok(found);
    }
    if force || out.entries().map_err(|error| cannot_write(out.path(), &error))?.is_empty() {
        return Ok(Found { manifest: Manifest::default(), is_damaged: false });
    }
    Err(Diagnostic::new(FOREIGN_OUTPUT, format!("`{}` holds files that Ninefold did not write", out.path().display()))
        .help("name another folder with `--out DIR`, or build into this one with `--force`: files of the same names are replaced, others stay"))
}

/// Path and content hash of each file of the site in `out`, as its last build left it; none without a manifest.
pub fn files(out: &Path) -> Option<BTreeMap<String, Hash>> {
    let found = Folder::open(out).and_then(|out| Manifest::read(&out)).ok()??;
    Some(found.manifest.into_files())
}

/// A link, pipe or device where a file or folder of ours must be.
fn obstructed(in_the_way: &Obstacle) -> Diagnostic {
    Diagnostic::new(IN_THE_WAY, in_the_way.to_string()).help(in_the_way.help())
}

/// A write that the system refused.
pub(crate) fn cannot_write(path: &Path, error: &io::Error) -> Diagnostic {
    if let Some(in_the_way) = obstacle(error) {
        return obstructed(in_the_way);
    }
    let fault = Diagnostic::new(CANNOT_WRITE, format!("`{}` can't be written: {error}", path.display()));
    match error.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            fault.help("make the folder writable for yourself, or name another with `--out DIR`")
        }
        io::ErrorKind::StorageFull => fault.help("make room on the disk; the site that was there is as it was"),
        _ => fault,
    }
}
