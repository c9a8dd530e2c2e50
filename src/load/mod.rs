//! EDGE. The only reader of disk and clock: a site's folder becomes `Inputs`. Knows folders and files; reads no Markdown
//! and decides no URL.

mod around;
mod beside;
mod clock;
mod embedded;
mod files;
mod pictures;
mod read;
mod theme;
mod walk;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::{Timestamp, ZonedDateTime, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::config::{self, BaseUrl, Config, KnownFaults, known_path};
use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::fields::BAD_NAME;
use crate::model::{Hash, HeadingIds, Id, QuoteMarks, SourceKind, SourcePath, UrlPath};
use crate::picture::Header;

pub use around::site_around;
pub use beside::is_content;
pub use clock::{Stopwatch, now, timed};
pub use pictures::{Looked, look, picture_bytes};
pub(crate) use read::UNREADABLE;
pub use read::{Content, MAX_SOURCE_BYTES, hash_of, text_of, unreadable};
pub use theme::{THEME_API, ThemeFile, ThemeFiles, default_theme_files, embedded_words};
pub use walk::is_of_an_editor;

rules! {
    NO_SITE = "no-site", error fixed, "the folder holds no site";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, files::RULES, read::RULES, theme::RULES, walk::RULES];

/// Whether the program brings a text of its own for `path`.
pub fn is_of_program(path: &SourcePath) -> bool {
    embedded::text(path).is_some()
}

/// Everything a site is made of. Shared, so that a server can hold it from one change to the next.
#[derive(Clone, Debug)]
pub struct Inputs {
    pub config: Arc<Config>,
    /// Whether there is a `site.yaml` that is YAML; without it the settings are the defaults.
    pub config_is_read: bool,
    /// Faults that count as warnings until they are mended.
    pub known: Arc<KnownFaults>,
    /// Markdown files, in the order of their paths.
    pub sources: Arc<[Source]>,
    /// Files copied as they are, in the order of their paths.
    pub files: Arc<[FileInput]>,
    /// Folders outside `content/` that links in it lead to, as whole paths.
    pub linked: Arc<[PathBuf]>,
    pub theme: Arc<ThemeFiles>,
    /// The present moment in the site's zone: what decides whether an essay is of the future.
    pub now: ZonedDateTime,
}

/// One Markdown file. Its text is read when it is needed.
#[derive(Clone, Debug)]
pub struct Source {
    pub path: SourcePath,
    pub kind: SourceKind,
    /// The file's or folder's name. That of a page has its folders before it, and so has an essay's where they are part of
    /// its address.
    pub id: String,
    pub content: Content,
    /// From the program, not from the site's folder.
    pub embedded: bool,
    /// The program's own file that this one stands before: what it leaves unsaid, that one says.
    pub behind: Option<Arc<str>>,
    pub settings: SourceSettings,
}

impl Source {
    /// Reads its text.
    pub fn read_text(&self) -> Result<String, Diagnostic> {
        self.content.read_text(&self.path)
    }
}

/// What the settings of the site say of a text: it is read otherwise where they say something else.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSettings {
    /// By which rule headings get their ids.
    pub ids: HeadingIds,
    /// The address of the site, without a slash at its end: what is below it is the site's own. None where that is not known.
    pub site: Option<Arc<str>>,
    /// The quotation marks of the site's language; none for the English ones.
    pub quotes: Option<Arc<QuoteMarks>>,
    /// What the program's own record of this name says in the site's language: lines of YAML. None in English.
    pub translated: Option<Arc<str>>,
}

impl SourceSettings {
    fn of(config: &Config) -> Self {
        let site = config.base_url.absolute(&UrlPath::home());
        let is_known = !config.base_url.is_local();
        Self {
            ids: config.ids,
            site: is_known.then(|| site.trim_end_matches('/').into()),
            quotes: None,
            translated: None,
        }
    }
}

/// One file to copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileInput {
    pub path: SourcePath,
    pub home: FileHome,
    pub content: Content,
    pub hash: Hash,
    /// Of a picture: what its header says, or what is wrong with it.
    pub picture: Option<Result<Header, Diagnostic>>,
}

/// Whose file it is, which decides its address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileHome {
    /// In `static/`, at this path.
    Static(String),
    /// Beside the `index.md` in this folder below that of its kind, at this path.
    Beside { kind: SourceKind, folder: String, path: String },
}

/// What smart punctuation makes.
const ENGLISH_QUOTES: [&str; 4] = ["\u{201c}", "\u{201d}", "\u{2018}", "\u{2019}"];

/// Says what a file is.
pub type Look<'a> = dyn Fn(&SourcePath, &Content) -> io::Result<Looked> + Sync + 'a;

impl Inputs {
    /// Reads the site in `root`. Faults are collected; what can be read is read.
    pub fn read(root: &Path, now: Timestamp) -> (Self, Vec<Diagnostic>) {
        Self::read_looking(root, now, &look)
    }

    /// The same with another way to look at files.
    pub fn read_looking(root: &Path, now: Timestamp, look: &Look<'_>) -> (Self, Vec<Diagnostic>) {
        let mut faults = Vec::new();
        let config = read_config(root, &mut faults);
        let known = read_known(root, &mut faults);
        let theme = config.as_ref().map_or_else(|| Config::default().theme, |config| config.theme.clone());
        let language = config.as_ref().map_or_else(|| Config::default().language, |config| config.language.clone());
        let mut theme_faults = Vec::new();
        let rules = config.as_ref().map(files::Rules::of).unwrap_or_default();
        let (found, theme) = rayon::join(
            || files::find(root, rules, look, &mut faults),
            || theme::read(root, &theme, &language, &mut theme_faults),
        );
        faults.append(&mut theme_faults);
        let mut sources = found.sources;
        let marks = Some(theme.words.quotes()).filter(|marks| **marks != ENGLISH_QUOTES);
        if let Some(marks) = marks.map(|marks| Arc::new(marks.clone())) {
            sources.iter_mut().for_each(|source| source.settings.quotes = Some(Arc::clone(&marks)));
        }
        embedded::add_to(&mut sources, &language);
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        let timezone = config.as_ref().map_or(TimeZone::UTC, |config| config.timezone.clone());
        let now = now.to_zoned_datetime(timezone);
        let inputs = Self {
            config_is_read: config.is_some(),
            config: Arc::new(config.unwrap_or_default()),
            known: Arc::new(known),
            sources: sources.into(),
            files: found.files.into(),
            linked: found.linked.into(),
            theme: Arc::new(theme),
            now,
        };
        (inputs, faults)
    }
}

impl Inputs {
    /// The same for a copy that search engines are asked to leave out.
    pub fn unlisted(mut self) -> Self {
        Arc::make_mut(&mut self.config).noindex = true;
        self
    }

    /// The same for a site at another address.
    pub fn at(mut self, base_url: &BaseUrl) -> Self {
        Arc::make_mut(&mut self.config).base_url = base_url.clone();
        let settings = SourceSettings::of(&self.config);
        let own = |source: &Source| Source {
            settings: if source.embedded {
                source.settings.clone()
            } else {
                let SourceSettings { quotes, translated, .. } = source.settings.clone();
                SourceSettings { quotes, translated, ..settings.clone() }
            },
            ..source.clone()
        };
        self.sources = self.sources.iter().map(own).collect();
        self
    }

    /// What the program brings, and nothing of any site.
    pub fn of_program(now: Timestamp) -> Self {
        let mut sources = Vec::new();
        embedded::add_to(&mut sources, &Config::default().language);
        sources.sort_by(|a, b| a.path.cmp(&b.path));
        Self {
            config: Arc::default(),
            config_is_read: false,
            known: Arc::default(),
            sources: sources.into(),
            files: Arc::new([]),
            linked: Arc::new([]),
            theme: Arc::new(theme::embedded()),
            now: now.to_zoned_datetime(TimeZone::UTC),
        }
    }
}

/// The settings of the site in `root`; none if `site.yaml` can't be read at all. Faults are collected.
pub fn read_config(root: &Path, faults: &mut Vec<Diagnostic>) -> Option<Config> {
    let path = config::path();
    if root.join("content").is_symlink() {
        let fault = Diagnostic::new(UNREADABLE, "`content` is a link, which is not followed");
        faults
            .push(fault.help("put the folder itself in its place, or name the folder that holds it with `--root DIR`"));
        return None;
    }
    let text =
        if files::leads_out(root, &path) { Err(leads_out(&path)) } else { Content::disk(root, &path).read_text(&path) };
    match text {
        Ok(text) => {
            let (config, mut diagnostics) = Config::parse(&text);
            faults.append(&mut diagnostics);
            config
        }
        Err(_) if !root.join("content").is_dir() => {
            faults.push(no_site(root));
            None
        }
        Err(fault) => {
            faults.push(fault.help("a site needs `content/site.yaml` with `title` and `base_url`"));
            None
        }
    }
}

/// The faults that are known; none if there is no such file. What is wrong with it is collected.
fn read_known(root: &Path, faults: &mut Vec<Diagnostic>) -> KnownFaults {
    let path = known_path();
    if root.join("content").is_symlink() || root.join(path.as_str()).symlink_metadata().is_err() {
        return KnownFaults::default();
    }
    let text =
        if files::leads_out(root, &path) { Err(leads_out(&path)) } else { Content::disk(root, &path).read_text(&path) };
    let (known, mut found) =
        text.map_or_else(|fault| (KnownFaults::default(), vec![fault]), |text| KnownFaults::parse(&text));
    faults.append(&mut found);
    known
}

fn leads_out(path: &SourcePath) -> Diagnostic {
    Diagnostic::new(UNREADABLE, format!("`{path}` is a link out of the site")).in_file(path).help("copy the file here")
}

/// The fault that `root` is not the folder of a site.
pub fn no_site(root: &Path) -> Diagnostic {
    Diagnostic::new(NO_SITE, format!("there is no site in `{}`: it has no folder `content`", root.display()))
        .help("make one with `ninefold new site NAME`, or name its folder with `--root DIR`")
}

/// Whether `id` can be an id, reported on the file if not.
fn checked_id(id: &str, path: &SourcePath, faults: &mut Vec<Diagnostic>) -> bool {
    for part in id.split('/') {
        if let Err(error) = Id::new(part) {
            let better = crate::model::slug(part);
            let fault = Diagnostic::new(
                BAD_NAME,
                format!("`{}` can't name a page: it {error}", crate::fields::shortened(part)),
            )
            .in_file(path);
            faults.push(if Id::new(&better).is_ok() {
                fault.help(format!("rename it to `{better}`"))
            } else {
                fault.help("rename it with lower-case letters, digits and dashes")
            });
            return false;
        }
    }
    true
}
