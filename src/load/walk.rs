//! EDGE. Walks `content/` and says which files stand there, and at which paths. Knows folders, links and names; not what a file
//! is.
//!
//! Hidden files and what editors leave behind are passed over, and whatever is no file is reported. A link is followed where
//! that can bring nothing to light that the author did not mean: inside `content/`; from a folder of texts to another place of
//! the project; and wherever the settings say. A link to texts that is not followed is an error, since a build without them
//! would take their pages from the site.

use std::path::{Component, Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::read::unreadable;
use crate::config;
use crate::diagnostic::{Diagnostic, rules};
use crate::fields::BAD_NAME;
use crate::model::{SourceKind, SourcePath, nearest};

rules! {
    UNUSED_FILE = "unused-file", warning, "a file belongs to no page and is not used";
    SKIPPED_LINK = "skipped-link", warning, "a symbolic link is not followed";
    UNREAD_LINK = "unread-link", error, "a symbolic link among the texts is not followed, so that they would go from the site";
    NOT_A_FILE = "not-a-file", warning, "a device, pipe or socket stands among the files";
}

/// The folders of `content/`.
fn folders() -> Vec<&'static str> {
    SourceKind::ALL.map(SourceKind::folder).into_iter().chain(["static"]).collect()
}

/// A file with its path as diagnostics show it.
pub struct Item {
    pub path: SourcePath,
    pub disk: PathBuf,
}

/// What was found.
#[derive(Default)]
pub struct Walked {
    pub items: Vec<Item>,
    /// Folders outside `content/` that links in it lead to, as whole paths.
    pub linked: Vec<PathBuf>,
}

/// Every file below `content/` in `root`. Links may also lead into the folders `follow`.
pub fn walk(root: &Path, follow: &[String], faults: &mut Vec<Diagnostic>) -> Walked {
    let content = root.join("content");
    // A link was reported when the settings were read.
    if !content.is_dir() || content.is_symlink() {
        return Walked::default();
    }
    let real = |path: &Path| path.canonicalize().ok();
    let mut walk = Walk {
        root,
        content: real(&content),
        project: real(root),
        follow: follow.iter().filter_map(|folder| real(&root.join(folder))).collect(),
        walked: Walked::default(),
        faults,
    };
    walk.folder(&Folder { disk: &content, at: &content, is_linked: false });
    walk.walked.items.sort_by(|a, b| a.path.cmp(&b.path));
    walk.walked
}

struct Walk<'a> {
    root: &'a Path,
    /// Whole paths without links.
    content: Option<PathBuf>,
    project: Option<PathBuf>,
    follow: Vec<PathBuf>,
    walked: Walked,
    faults: &'a mut Vec<Diagnostic>,
}

/// A folder to walk.
struct Folder<'a> {
    disk: &'a Path,
    /// Where it is in the site: another place if a link leads to it.
    at: &'a Path,
    is_linked: bool,
}

impl Walk<'_> {
    fn folder(&mut self, folder: &Folder<'_>) {
        let mut walker = WalkDir::new(folder.disk).min_depth(1).sort_by_file_name().into_iter();
        while let Some(next) = walker.next() {
            let entry = match next {
                Ok(entry) => entry,
                Err(error) => {
                    let at = error.path().map_or_else(|| folder.at.to_owned(), |path| folder.place(path));
                    let path = SourcePath::on_disk(self.root, &at).unwrap_or_else(|| SourcePath::new("content"));
                    let io = error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links"));
                    self.faults.push(unreadable(&path, &io));
                    continue;
                }
            };
            if !self.entry(&entry, folder) && entry.file_type().is_dir() {
                walker.skip_current_dir();
            }
        }
    }

    /// Takes what stands at `entry`. Returns whether a folder is to be entered.
    fn entry(&mut self, entry: &DirEntry, folder: &Folder<'_>) -> bool {
        let at = folder.place(entry.path());
        if is_left_behind(entry, at.starts_with(self.root.join("content/static"))) {
            return false;
        }
        let path = match usable_path(self.root, &at) {
            Ok(path) => path,
            Err(fault) => {
                self.faults.push(fault);
                return false;
            }
        };
        let outermost = path.as_str().split('/').nth(1).unwrap_or_default();
        let is_outermost = path.as_str().matches('/').count() == 1;
        let kind = entry.file_type();
        if kind.is_dir() {
            let is_known = !is_outermost || folders().contains(&outermost);
            if !is_known {
                self.faults.push(unknown_folder(&path, entry));
            }
            return is_known;
        }
        if path == config::path() || path == config::known_path() {
            // Read by itself, before anything else.
            return false;
        }
        if kind.is_file() {
            // Behind a link, the file itself: that is what changes.
            self.walked.items.push(Item { path, disk: entry.path().to_owned() });
        } else if kind.is_symlink() {
            self.link(entry, &at, path, folder.is_linked);
        } else {
            let fault = Diagnostic::new(NOT_A_FILE, format!("`{path}` is a device, pipe or socket and is skipped"));
            self.faults.push(fault.in_file(&path).help("take it out of `content/`"));
        }
        false
    }

    /// Follows a link, or says why not.
    fn link(&mut self, entry: &DirEntry, at: &Path, path: SourcePath, is_behind_link: bool) {
        let outermost = path.as_str().split('/').nth(1).unwrap_or_default();
        let holds_texts = SourceKind::from_folder(outermost).is_some();
        let rule = if holds_texts { UNREAD_LINK } else { SKIPPED_LINK };
        let skipped = |what: &str, help: &str| {
            Diagnostic::new(rule, format!("`{path}` is a link {what} and is skipped")).in_file(&path).help(help)
        };
        let Ok(target) = entry.path().canonicalize() else {
            self.faults.push(skipped("that leads nowhere", "delete it, or mend where it leads"));
            return;
        };
        let in_content = self.content.as_ref().is_some_and(|content| target.starts_with(content));
        if target.is_file() {
            if in_content || self.may_follow(&target, holds_texts) {
                // The file it leads to: that is what changes.
                self.walked.items.push(Item { path, disk: target });
            } else {
                self.faults.push(skipped(
                    "out of the site",
                    "copy the file here, or name its folder in `follow` in site.yaml",
                ));
            }
        } else if !target.is_dir() {
            self.faults.push(skipped("to a device, pipe or socket", "delete it"));
        } else if in_content || self.content.as_ref().is_some_and(|content| content.starts_with(&target)) {
            self.faults.push(skipped("to a folder of the site itself", "put a folder in its place"));
        } else if is_behind_link {
            self.faults.push(skipped("to a folder behind another link", "put a folder in its place"));
        } else if self.may_follow(&target, holds_texts) {
            self.walked.linked.push(target.clone());
            self.folder(&Folder { disk: &target, at, is_linked: true });
        } else {
            self.faults.push(skipped(
                "to a folder elsewhere",
                "put a folder in its place, or name the folder in `follow` in site.yaml",
            ));
        }
    }

    /// Whether a link may lead to `target`, a whole path outside `content/`. Of the project itself only texts are read in that
    /// way, and nothing that is hidden: neither a repository nor keys.
    fn may_follow(&self, target: &Path, holds_texts: bool) -> bool {
        let in_project = || {
            let below = self.project.as_ref().and_then(|project| target.strip_prefix(project).ok());
            below.is_some_and(|below| !below.components().any(is_hidden))
        };
        (holds_texts && in_project()) || self.follow.iter().any(|folder| target.starts_with(folder))
    }
}

impl Folder<'_> {
    /// Where what stands at `path` on disk is in the site.
    fn place(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.disk).map_or_else(|_| path.to_owned(), |below| self.at.join(below))
    }
}

fn is_hidden(part: Component<'_>) -> bool {
    part.as_os_str().to_string_lossy().starts_with('.')
}

/// The path of a file or folder as the site knows it, or why it can't have this name: a list of files has a line for each, and
/// a page shows it.
pub fn usable_path(root: &Path, disk: &Path) -> Result<SourcePath, Diagnostic> {
    let bad = |what: &str| {
        let shown = disk.strip_prefix(root).unwrap_or(disk).to_string_lossy();
        let escaped = |c: char| if c.is_control() { c.escape_default().to_string() } else { c.to_string() };
        let shown: String = shown.chars().map(escaped).collect();
        Diagnostic::new(BAD_NAME, format!("the name of `{shown}` {what}"))
            .help("rename it with lower-case letters, digits and dashes")
    };
    let path = SourcePath::on_disk(root, disk).ok_or_else(|| bad("is not UTF-8"))?;
    if path.as_str().contains(char::is_control) { Err(bad("holds a control character")) } else { Ok(path) }
}

fn unknown_folder(path: &SourcePath, entry: &DirEntry) -> Diagnostic {
    let name = entry.file_name().to_string_lossy();
    let help = nearest(&name, folders())
        .map_or_else(|| format!("the folders are {}", folders().join(", ")), |near| format!("did you mean `{near}`?"));
    Diagnostic::new(UNUSED_FILE, format!("the folder `{path}` is not used")).in_file(path).help(help)
}

/// Whether a file of this name is what an editor keeps beside the one that is edited: a backup, or what was not saved.
pub fn is_of_an_editor(name: &str) -> bool {
    name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swx")
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
}

/// Hidden files outside `static/`, swap files and backups.
fn is_left_behind(entry: &DirEntry, in_static: bool) -> bool {
    let name = entry.file_name().to_string_lossy();
    let system = matches!(name.as_ref(), ".DS_Store" | "Thumbs.db" | ".git");
    is_of_an_editor(&name) || system || (name.starts_with('.') && !in_static)
}
