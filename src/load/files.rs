//! Finds a site's files and says what each is by where it stands. Knows folders and names; opens no file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

use super::beside::is_content;
use super::pictures::{Looked, look};
use super::read::unreadable;
use super::{Content, FileHome, FileInput, Source, checked_id};
use crate::config;
use crate::diagnostic::{Diagnostic, rules};
use crate::fields::BAD_NAME;
use crate::guard::guarded;
use crate::model::{SourceKind, SourcePath, nearest};

rules! {
    NOT_CONTENT = "not-content", warning, "a file beside a text is of a kind that could hold scripts, and is not published";
    UNUSED_FILE = "unused-file", warning, "a file belongs to no page and is not used";
    SKIPPED_LINK = "skipped-link", warning, "a symbolic link is not followed";
    NOT_A_FILE = "not-a-file", warning, "a device, pipe or socket stands among the files";
}

/// The folders of `content/`.
const FOLDERS: [&str; 6] = ["essays", "incidents", "patterns", "concepts", "pages", "static"];

/// What was found.
pub struct Found {
    pub sources: Vec<Source>,
    pub files: Vec<FileInput>,
}

/// A file with its path as diagnostics show it.
struct Item {
    path: SourcePath,
    disk: PathBuf,
}

/// Walks `content/`. Hidden files and what editors leave behind are passed over; links that leave the site, and whatever is
/// no file, are reported and passed over. Where content is not `trusted`, so are files beside a text that could hold scripts.
pub fn find(root: &Path, trusted: bool, faults: &mut Vec<Diagnostic>) -> Found {
    let items = walk(root, faults);
    let bundles = items
        .iter()
        .filter(|item| item.path.as_str().ends_with("/index.md"))
        .map(|item| item.path.folder().to_owned())
        .collect();
    let mut sorter = Sorter { bundles, trusted, sources: Vec::new(), files: Vec::new() };
    for item in items {
        sorter.sort(item, faults);
    }
    Found { files: hashed(sorter.files, faults), sources: sorter.sources }
}

/// Says what each file is.
struct Sorter {
    /// Folders that hold an `index.md`.
    bundles: BTreeSet<String>,
    /// Whether files of every kind may stand beside a text.
    trusted: bool,
    sources: Vec<Source>,
    files: Vec<(SourcePath, FileHome, PathBuf)>,
}

impl Sorter {
    fn sort(&mut self, Item { path, disk }: Item, faults: &mut Vec<Diagnostic>) {
        let parts: Vec<&str> = path.as_str().split('/').skip(1).collect();
        match &parts[..] {
            [] => {}
            [_] => faults.push(
                unused(&path, "only `site.yaml` stands here")
                    .help("essays go into `content/essays/`, other pages into `content/pages/`"),
            ),
            ["static", rest @ ..] => {
                let home = FileHome::Static(rest.join("/"));
                self.files.push((path, home, disk));
            }
            [folder, rest @ ..] => {
                if let Some(kind) = SourceKind::from_folder(folder) {
                    self.sort_into(kind, rest, path.clone(), disk, faults);
                }
            }
        }
    }

    /// A file of the folder of `kind`, at `rest` below it.
    fn sort_into(
        &mut self,
        kind: SourceKind,
        rest: &[&str],
        path: SourcePath,
        disk: PathBuf,
        faults: &mut Vec<Diagnostic>,
    ) {
        if let Some(id) = source_id(kind, rest) {
            if checked_id(&id, &path, faults) {
                let content = Content::Disk(disk);
                self.sources.push(Source { path, kind, id, content, embedded: false, behind: None });
            }
            return;
        }
        let base = format!("content/{}", kind.folder());
        let bundle = (1..rest.len()).rev().find(|n| self.bundles.contains(&format!("{base}/{}", rest[..*n].join("/"))));
        let is_markdown = rest.last().is_some_and(|name| name.ends_with(".md"));
        match bundle {
            Some(_) if !is_markdown && !self.trusted && !is_content(path.as_str()) => faults.push(not_content(&path)),
            Some(n) if !is_markdown => {
                let home = FileHome::Beside { kind, id: rest[..n].join("/"), path: rest[n..].join("/") };
                self.files.push((path, home, disk));
            }
            _ => faults.push(unused(&path, "it belongs to no page").help(format!(
                "{} {} is `{2}/NAME.md`, or `{2}/NAME/index.md` with its pictures beside it",
                kind.article(),
                kind.noun(),
                kind.folder()
            ))),
        }
    }
}

/// Whoever writes may put files beside a text, and scripts in them would run at the site's address.
fn not_content(path: &SourcePath) -> Diagnostic {
    let message = format!("`{path}` is not published: files of its kind could hold scripts, or are unknown");
    Diagnostic::new(NOT_CONTENT, message).in_file(path).help(
        "move it to `content/static/`, where files are trusted; beside a text stand pictures, sound, video, PDF, office documents, text, data and archives",
    )
}

/// The id of the Markdown file at `rest` below its kind's folder; none if it stands where no source of this kind does.
fn source_id(kind: SourceKind, rest: &[&str]) -> Option<String> {
    match rest {
        [name] => name.strip_suffix(".md").map(str::to_owned),
        [folder, "index.md"] => Some((*folder).to_owned()),
        [folders @ .., "index.md"] if kind == SourceKind::Page => Some(folders.join("/")),
        [folders @ .., name] if kind == SourceKind::Page => {
            name.strip_suffix(".md").map(|stem| format!("{}/{stem}", folders.join("/")))
        }
        _ => None,
    }
}

fn hashed(files: Vec<(SourcePath, FileHome, PathBuf)>, faults: &mut Vec<Diagnostic>) -> Vec<FileInput> {
    let results: Vec<Result<(FileInput, Option<Diagnostic>), Diagnostic>> = files
        .into_par_iter()
        .map(|(path, home, disk)| {
            let content = Content::Disk(disk);
            let what = || "the file could not be looked at".to_owned();
            let looked = guarded(what, || look(&path, &content)).map_err(|fault| fault.in_file(&path))?;
            let Looked { hash, picture, fault } = looked.map_err(|error| unreadable(&path, &error))?;
            Ok((FileInput { path, home, content, hash, picture }, fault))
        })
        .collect();
    let mut found = Vec::with_capacity(results.len());
    for result in results {
        match result {
            Ok((file, fault)) => {
                found.push(file);
                faults.extend(fault);
            }
            Err(fault) => faults.push(fault),
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

fn unused(path: &SourcePath, why: &str) -> Diagnostic {
    Diagnostic::new(UNUSED_FILE, format!("`{path}` is not used: {why}")).in_file(path)
}

fn walk(root: &Path, faults: &mut Vec<Diagnostic>) -> Vec<Item> {
    let content = root.join("content");
    // A link was reported when the settings were read.
    if !content.is_dir() || content.is_symlink() {
        return Vec::new();
    }
    let inside = content.canonicalize().ok();
    let mut items = Vec::new();
    let mut walker = WalkDir::new(&content).min_depth(1).sort_by_file_name().into_iter();
    while let Some(next) = walker.next() {
        let entry = match next {
            Ok(entry) => entry,
            Err(error) => {
                let path = SourcePath::on_disk(root, error.path().unwrap_or(&content))
                    .unwrap_or_else(|| SourcePath::new("content"));
                let io = error.into_io_error().unwrap_or_else(|| std::io::Error::other("a loop of links"));
                faults.push(unreadable(&path, &io));
                continue;
            }
        };
        let is_dir = entry.file_type().is_dir();
        let skip = |walker: &mut walkdir::IntoIter| {
            if is_dir {
                walker.skip_current_dir();
            }
        };
        if is_left_behind(&entry, &content) {
            skip(&mut walker);
            continue;
        }
        let path = match usable_path(root, entry.path()) {
            Ok(path) => path,
            Err(fault) => {
                faults.push(fault);
                skip(&mut walker);
                continue;
            }
        };
        if is_dir {
            if entry.depth() == 1 && !FOLDERS.contains(&entry.file_name().to_str().unwrap_or_default()) {
                faults.push(unknown_folder(&path, &entry));
                walker.skip_current_dir();
            }
            continue;
        }
        if path == config::path() || path == config::known_path() {
            // Read by itself, before anything else.
            continue;
        }
        if let Err(fault) = is_usable(&entry, &path, inside.as_deref()) {
            faults.push(fault);
            continue;
        }
        // Of a link, the file it leads to: that is what changes.
        let linked = if entry.path_is_symlink() { entry.path().canonicalize().ok() } else { None };
        items.push(Item { path, disk: linked.unwrap_or_else(|| entry.into_path()) });
    }
    items
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
    let help = nearest(&name, FOLDERS)
        .map_or_else(|| format!("the folders are {}", FOLDERS.join(", ")), |near| format!("did you mean `{near}`?"));
    Diagnostic::new(UNUSED_FILE, format!("the folder `{path}` is not used")).in_file(path).help(help)
}

/// Hidden files outside `static/`, swap files and backups.
fn is_left_behind(entry: &DirEntry, content: &Path) -> bool {
    let name = entry.file_name().to_string_lossy();
    let backup = name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swx")
        || (name.starts_with('#') && name.ends_with('#'));
    let system = matches!(name.as_ref(), ".DS_Store" | "Thumbs.db" | ".git");
    let in_static = || entry.path().starts_with(content.join("static"));
    backup || system || (name.starts_with('.') && !in_static())
}

/// Regular files, and links to regular files inside `content/`.
fn is_usable(entry: &DirEntry, path: &SourcePath, inside: Option<&Path>) -> Result<(), Diagnostic> {
    let kind = entry.file_type();
    if kind.is_file() {
        return Ok(());
    }
    if kind.is_symlink() {
        let target = entry.path().canonicalize().ok();
        return match target {
            Some(target) if inside.is_some_and(|inside| target.starts_with(inside)) && target.is_file() => Ok(()),
            Some(target) if target.is_dir() => {
                Err(Diagnostic::new(SKIPPED_LINK, format!("`{path}` is a link to a folder and is skipped"))
                    .in_file(path)
                    .help("put a folder in its place"))
            }
            Some(_) => Err(Diagnostic::new(SKIPPED_LINK, format!("`{path}` is a link out of the site and is skipped"))
                .in_file(path)
                .help("copy the file here")),
            None => Err(Diagnostic::new(SKIPPED_LINK, format!("`{path}` is a link that leads nowhere and is skipped"))
                .in_file(path)
                .help("delete it, or mend where it leads")),
        };
    }
    Err(Diagnostic::new(NOT_A_FILE, format!("`{path}` is a device, pipe or socket and is skipped"))
        .in_file(path)
        .help("take it out of `content/`"))
}

/// Whether the file at `path` is a link, or stands behind one, that leads out of `content/`.
pub fn leads_out(root: &Path, path: &SourcePath) -> bool {
    match (root.join(path.as_str()).canonicalize(), root.join("content").canonicalize()) {
        (Ok(real), Ok(content)) => !real.starts_with(content),
        _ => false,
    }
}
