//! Several files changed as one: what is to be done is written down first, in one file that takes its place at once. Until then
//! nothing has changed; from then on it is done to its end, by this run or, if that is killed, by the next. Knows bytes and
//! paths; not what they say.
//!
//! Renaming alone would not do: between the first file and the last a site has links to a name that is in neither place, and a
//! kill there would leave the author to find out which files are new.

use std::io::{self, ErrorKind};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, edited, rules};
use crate::folder::{Folder, Kind};
use crate::load::Content;
use crate::model::{Hash, SourcePath};
use crate::moves::Changes;
use crate::write::cannot_write;

rules! {
    INTERRUPTED_CHANGE = "interrupted-change", error fixed, "a change that was interrupted can't be brought to its end";
}

/// What is to be done, until it is.
const JOURNAL: &str = ".ninefold/change.json";
const VERSION: u32 = 1;

/// Steps in their order, each of which can be taken again.
#[derive(Debug, Serialize, Deserialize)]
struct Journal {
    version: u32,
    moves: Vec<(SourcePath, SourcePath)>,
    writes: Vec<Write>,
    removed: Vec<(SourcePath, Digest)>,
}

/// A hash in hexadecimal digits.
type Digest = String;

/// A file, where it is once everything has moved.
#[derive(Debug, Serialize, Deserialize)]
struct Write {
    path: SourcePath,
    before: Digest,
    after: String,
}

/// Makes all changes, or none: `text_of` gives the texts that they were made for, which must still be there.
pub fn together(
    root: &Path,
    changes: &Changes,
    text_of: impl Fn(&SourcePath) -> Option<String>,
) -> Result<(), Diagnostic> {
    let folder = Folder::open(root).map_err(|error| cannot_write(root, &error))?;
    let journal = journal(root, &folder, changes, text_of)?;
    let bytes = serde_json::to_vec(&journal).map_err(|error| cannot_write(&root.join(JOURNAL), &error.into()))?;
    folder.replace(JOURNAL, &bytes).map_err(|error| cannot_write(&root.join(JOURNAL), &error))?;
    finished(root, &folder, journal)
}

/// Brings a change to its end that was interrupted. Whether there was one.
pub fn finish(root: &Path) -> Result<bool, Diagnostic> {
    let Ok(folder) = Folder::open(root) else { return Ok(false) };
    let Ok(file) = folder.place(JOURNAL).and_then(|place| place.read()) else { return Ok(false) };
    let read = io::read_to_string(file).map_err(|error| cannot_write(&root.join(JOURNAL), &error))?;
    match serde_json::from_str::<Journal>(&read) {
        Ok(journal) if journal.version == VERSION && journal.is_of_content() => {
            finished(root, &folder, journal).map(|()| true)
        }
        _ => {
            let message = format!("`{JOURNAL}` is not as this program writes it");
            Err(Diagnostic::new(INTERRUPTED_CHANGE, message)
                .help("delete it, and look at what your version control says"))
        }
    }
}

impl Journal {
    /// Whether it touches nothing but the site's own content.
    fn is_of_content(&self) -> bool {
        let moves = self.moves.iter().flat_map(|(from, to)| [from, to]);
        let others = self.writes.iter().map(|write| &write.path).chain(self.removed.iter().map(|(path, _)| path));
        let is_inside = |path: &SourcePath| {
            path.as_str().starts_with("content/")
                && path.as_str().split('/').all(|part| !matches!(part, "" | "." | ".."))
        };
        moves.chain(others).all(is_inside)
    }
}

/// What is to be done, if all can be: nothing has changed meanwhile, and nothing is in the way.
fn journal(
    root: &Path,
    folder: &Folder,
    changes: &Changes,
    text_of: impl Fn(&SourcePath) -> Option<String>,
) -> Result<Journal, Diagnostic> {
    let is_as_read = |path: &SourcePath, text: &str| -> Result<(), Diagnostic> {
        // By its own name: what is behind a link is not the site's to change.
        folder.place(path.as_str()).and_then(|place| place.read()).map_err(|error| not_changeable(path, &error))?;
        let now = Content::disk(root, path).read_text(path)?;
        let fault = || Diagnostic::new(INTERRUPTED_CHANGE, format!("`{path}` changed meanwhile: nothing is changed"));
        if now == text { Ok(()) } else { Err(fault().in_file(path).help("run the command again")) }
    };
    let mut writes = Vec::new();
    for (path, edits) in &changes.edits {
        let text = text_of(path).unwrap_or_default();
        is_as_read(path, &text)?;
        let (before, after) = (digest(&text), edited(&text, edits).0);
        writes.push(Write { path: changes.path_after(path), before, after });
    }
    let mut removed = Vec::new();
    for path in &changes.removed {
        let text = text_of(path).unwrap_or_default();
        is_as_read(path, &text)?;
        removed.push((path.clone(), digest(&text)));
    }
    for one in &changes.moves {
        folder.glance(one.from.as_str()).map_err(|error| not_changeable(&one.from, &error))?;
        // The disk says whether it takes the two names for one.
        if folder.glance(one.to.as_str()).is_ok() {
            let message = format!("there is a file or folder `{}` already: nothing is changed", one.to);
            return Err(Diagnostic::new(INTERRUPTED_CHANGE, message).help("choose another name, or move it away"));
        }
    }
    let moves = changes.moves.iter().map(|one| (one.from.clone(), one.to.clone())).collect();
    Ok(Journal { version: VERSION, moves, writes, removed })
}

fn not_changeable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let message = format!("`{path}` can't be changed: {error}");
    let fault = Diagnostic::new(INTERRUPTED_CHANGE, message).in_file(path);
    fault.help("a file behind a link, or one whose name the disk has in another Unicode form, is renamed by hand")
}

/// Takes every step that is not taken yet, then forgets them.
fn finished(root: &Path, folder: &Folder, journal: Journal) -> Result<(), Diagnostic> {
    let fault = |path: &SourcePath, error: io::Error| cannot_write(&root.join(path.as_str()), &error);
    for (from, to) in &journal.moves {
        moved(folder, from, to).map_err(|error| fault(from, error))?;
    }
    let mut left = Vec::new();
    for Write { path, before, after } in &journal.writes {
        let now = text(folder, path).map_err(|error| fault(path, error))?;
        if now.as_deref().is_some_and(|now| digest(now) == *before) {
            folder.replace(path.as_str(), after.as_bytes()).map_err(|error| fault(path, error))?;
        } else if now.as_ref() != Some(after) {
            left.push(path);
        }
    }
    for (path, before) in &journal.removed {
        match text(folder, path).map_err(|error| fault(path, error))? {
            Some(now) if digest(&now) == *before => {
                folder.remove(path.as_str()).map_err(|error| fault(path, error))?;
            }
            Some(_) => left.push(path),
            None => {}
        }
    }
    folder
        .place(JOURNAL)
        .and_then(|place| place.remove())
        .map_err(|error| cannot_write(&root.join(JOURNAL), &error))?;
    match left.first() {
        None => Ok(()),
        Some(first) => {
            let others = if left.len() > 1 { format!(" and {} others", left.len() - 1) } else { String::new() };
            let message =
                format!("`{first}`{others} changed before an interrupted change came to it, and is left as it is");
            Err(Diagnostic::new(INTERRUPTED_CHANGE, message)
                .in_file(first)
                .help("`ninefold check` says what is left to mend"))
        }
    }
}

fn moved(folder: &Folder, from: &SourcePath, to: &SourcePath) -> io::Result<()> {
    if folder.glance(from.as_str()).is_err() && folder.glance(to.as_str()).is_ok() {
        return Ok(());
    }
    if folder.glance(to.as_str()).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    folder.place(from.as_str())?.rename_to(&folder.place(to.as_str())?)
}

/// The text of the file at `path`; none if there is none.
fn text(folder: &Folder, path: &SourcePath) -> io::Result<Option<String>> {
    match folder.glance(path.as_str()) {
        Ok(look) if look.kind == Kind::File => io::read_to_string(folder.place(path.as_str())?.read()?).map(Some),
        _ => Ok(None),
    }
}

fn digest(text: &str) -> Digest {
    Hash::of(text.as_bytes()).to_string()
}
