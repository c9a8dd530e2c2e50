//! EDGE. Makes the first files of a site, an essay, an incident or a concept, and copies of the default theme's files. Never
//! replaces a file, but for the one of known faults.

mod deploy;
mod known;
mod texts;
mod theme;

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::fields::BAD_NAME;
use crate::folder::Folder;
use crate::load::no_site;
use crate::model::{Id, slug};
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
    Incident,
    Concept,
}

impl Record {
    const fn folder(self) -> &'static str {
        match self {
            Self::Essay => "essays",
            Self::Incident => "incidents",
            Self::Concept => "concepts",
        }
    }
}

/// Makes a site in the folder `path`, which must be empty or not there. Returns what to tell the author.
pub fn site(path: &Path, now: Timestamp) -> Result<Vec<String>, Diagnostic> {
    let occupied = fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if occupied || path.is_file() {
        return Err(Diagnostic::new(
            EXISTS,
            format!("`{}` is there already and is not an empty folder", path.display()),
        )
        .help("name a new folder"));
    }
    let name = path.file_name().map_or_else(|| "Essays".to_owned(), |name| name.to_string_lossy().into_owned());
    let title = title_of(&name);
    fs::create_dir_all(path).map_err(|error| cannot_write(path, &error))?;
    for (file, text) in texts::site(&title, &today(now)) {
        create(path, file, text.as_bytes())?;
    }
    Ok(vec![format!("Made {}. See it with:", path.display()), format!("  ninefold serve --root {}", quoted(path))])
}

/// Begins a record in the site in `root`.
pub fn record(root: &Path, record: Record, name: &str, now: Timestamp) -> Result<Vec<String>, Diagnostic> {
    if let Err(error) = Id::new(name) {
        let better = slug(name);
        let fault = Diagnostic::new(BAD_NAME, format!("`{name}` can't name a file: it {error}"));
        return Err(if Id::new(&better).is_ok() {
            fault.help(format!("did you mean `{better}`?"))
        } else {
            fault.help("use lower-case letters, digits and dashes")
        });
    }
    let content = root.join("content");
    if !content.is_dir() {
        return Err(no_site(root));
    }
    let title = title_of(name);
    let text = match record {
        Record::Essay => texts::essay(&title, &today(now)),
        Record::Incident => texts::incident(&title),
        Record::Concept => texts::concept(&title),
    };
    let folder = format!("content/{}/{name}", record.folder());
    let (file, bundle) = (format!("{folder}.md"), root.join(folder).join("index.md"));
    if bundle.exists() {
        return Err(exists(&bundle));
    }
    create(root, &file, text.as_bytes())?;
    Ok(vec![format!("Made {}", root.join(file).display())])
}

/// Makes the files that `host` needs in the site in `root`, all of them or none.
pub fn deploy(root: &Path, host: Host) -> Result<Vec<String>, Diagnostic> {
    let files = host.files();
    if let Some(there) = files.iter().map(|(path, _)| root.join(path)).find(|path| path.exists()) {
        return Err(exists(&there));
    }
    let mut said = Vec::new();
    for (path, text) in files {
        create(root, path, text.as_bytes())?;
        said.push(format!("Made {}", root.join(path).display()));
    }
    said.push(host.next().to_owned());
    Ok(said)
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
