//! EDGE. Makes the first files of a site, an essay, an incident or a concept, and copies of the default theme's files. Never
//! replaces a file, but for the one of known faults.

mod deploy;
mod known;
mod texts;
mod theme;

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::fields::BAD_NAME;
use crate::folder::Folder;
use crate::load::no_site;
use crate::model::{Id, SourceKind, slug};
use crate::write::cannot_write;

pub use deploy::Host;
pub use known::known_faults;
pub use theme::{ThemeListing, eject, theme_files};

rules! {
    EXISTS = "exists", error fixed, "a file is there already";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, theme::RULES];

/// A single file that can be begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Record {
    Essay,
    Page,
    Incident,
    Concept,
}

impl Record {
    pub const ALL: [Self; 4] = [Self::Essay, Self::Page, Self::Incident, Self::Concept];

    pub const fn kind(self) -> SourceKind {
        match self {
            Self::Essay => SourceKind::Essay,
            Self::Page => SourceKind::Page,
            Self::Incident => SourceKind::Incident,
            Self::Concept => SourceKind::Concept,
        }
    }

    /// Whether it may stand in folders.
    const fn has_folders(self) -> bool {
        matches!(self, Self::Essay | Self::Page)
    }
}

/// Folders that a site has: where one is, something else was begun.
const SITE_FOLDERS: [&str; 3] = ["content", "themes", "public"];
/// What a repository holds about itself, whatever the ending.
const ABOUT: [&str; 14] = [
    "authors",
    "changelog",
    "citation",
    "code_of_conduct",
    "codeowners",
    "contributing",
    "copying",
    "copyright",
    "licence",
    "license",
    "notice",
    "readme",
    "security",
    "unlicense",
];

/// Makes a site in the folder `path`, which must not be there, or be empty but for what a fresh repository holds. Returns what
/// to tell the author.
pub fn site(path: &Path, now: Timestamp) -> Result<Vec<String>, Diagnostic> {
    if path.is_file() || !is_fresh(path) {
        return Err(Diagnostic::new(
            EXISTS,
            format!("`{}` is there already and is not an empty folder", path.display()),
        )
        .help("name a new folder, or one that holds no more than a readme, a licence and hidden files"));
    }
    fs::create_dir_all(path).map_err(|error| cannot_write(path, &error))?;
    let whole = path.canonicalize().ok();
    let name = whole.as_deref().unwrap_or(path).file_name();
    let title = title_of(&name.map_or_else(|| "Essays".into(), |name| name.to_string_lossy()));
    let is_here = path.components().all(|part| part == Component::CurDir);
    let made = if is_here { "Made a site here".to_owned() } else { format!("Made {}", path.display()) };
    let option = if is_here { String::new() } else { format!(" --root {}", quoted(path)) };
    let mut lines = vec![format!("{made}. See it with:"), format!("  ninefold serve{option}")];
    for (file, text) in texts::site(&title, &today(now)) {
        if file == texts::IGNORED && path.join(file).exists() {
            lines.push(format!("Add these lines to {file}, so that Git passes over what a build makes:"));
            lines.extend(text.lines().map(|line| format!("  {line}")));
        } else {
            create(path, file, text.as_bytes())?;
        }
    }
    Ok(lines)
}

/// Whether a site can begin in the folder `path`.
fn is_fresh(path: &Path) -> bool {
    let is_about = |name: &str| {
        let stem = name.split('.').next().unwrap_or(name).to_lowercase().replace('-', "_");
        name.starts_with('.') || ABOUT.contains(&stem.as_str())
    };
    let Ok(entries) = fs::read_dir(path) else { return true };
    entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .all(|name| is_about(&name) && !SITE_FOLDERS.contains(&name.as_str()))
}

/// Begins a record in the site in `root`; in a `folder` of its own, if wanted. `name` may have an ending, folders before it, and
/// the place that it goes to.
pub fn record(
    root: &Path,
    record: Record,
    name: &str,
    folder: bool,
    now: Timestamp,
) -> Result<Vec<String>, Diagnostic> {
    let place = format!("content/{}/", record.kind().folder());
    let plain = name.strip_prefix(&place).unwrap_or(name);
    let plain = plain.strip_suffix("/index.md").or(plain.strip_suffix(".md")).unwrap_or(plain);
    let (folders, last) = match plain.rsplit_once('/') {
        Some((folders, last)) if record.has_folders() => (folders.split('/').collect(), last),
        _ => (Vec::new(), plain),
    };
    if let Some((part, error)) = folders.iter().chain([&last]).find_map(|part| Some((part, Id::new(part).err()?))) {
        let better = [slug(part), slug(plain)].into_iter().find(|better| Id::new(better).is_ok());
        let fault = Diagnostic::new(BAD_NAME, format!("`{part}` can't name a file: it {error}"));
        return Err(fault.help(better.map_or_else(
            || "use lower-case letters, digits and dashes".to_owned(),
            |better| format!("did you mean `{better}`?"),
        )));
    }
    if !root.join("content").is_dir() {
        return Err(no_site(root));
    }
    let text = text_of(record, last, now);
    let (alone, bundle) = (format!("{place}{plain}.md"), format!("{place}{plain}/index.md"));
    let (file, other) = if folder || name.ends_with("/index.md") { (bundle, alone) } else { (alone, bundle) };
    if root.join(&other).exists() {
        return Err(exists(&root.join(other)));
    }
    create(root, &file, text.as_bytes())?;
    Ok(vec![format!("Made {}", root.join(file).display())])
}

/// What a record that is called `name` begins as.
pub fn text_of(record: Record, name: &str, now: Timestamp) -> String {
    let title = title_of(name);
    match record {
        Record::Essay => texts::essay(&title, &today(now)),
        Record::Page => texts::page(&title),
        Record::Incident => texts::incident(&title),
        Record::Concept => texts::concept(&title),
    }
}

/// Makes the files that `host` needs in the site in `root`, all of them or none.
pub fn deploy(root: &Path, host: Host) -> Result<Vec<String>, Diagnostic> {
    let files = host.files();
    if let Some(there) = files.iter().map(|(path, _)| root.join(path)).find(|path| path.exists()) {
        return Err(exists(&there));
    }
    let mut lines = Vec::new();
    for (path, text) in files {
        create(root, path, text.as_bytes())?;
        lines.push(format!("Made {}", root.join(path).display()));
    }
    lines.push(host.next().to_owned());
    Ok(lines)
}

/// Makes the file `path` below `root`, and the folders that lead to it.
fn create(root: &Path, path: &str, content: &[u8]) -> Result<(), Diagnostic> {
    let file = Folder::open(root).and_then(|root| root.place_made(path)?.create_new());
    match file.and_then(|mut file| file.write_all(content)) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(exists(&root.join(path))),
        Err(error) => Err(cannot_write(&root.join(path), &error)),
    }
}

fn exists(path: &Path) -> Diagnostic {
    Diagnostic::new(EXISTS, format!("`{}` is there already", path.display())).help("open it, or choose another name")
}

/// `out-of-ports` as a title: "Out of ports".
fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut chars = words.trim().chars();
    chars.next().map_or_else(|| "Untitled".to_owned(), |first| first.to_uppercase().chain(chars).collect())
}

fn today(now: Timestamp) -> String {
    now.to_zoned_datetime(TimeZone::UTC).date().to_string()
}

/// The path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    if text.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c)) {
        text
    } else {
        format!("'{}'", text.replace('\'', "'\\''"))
    }
}
