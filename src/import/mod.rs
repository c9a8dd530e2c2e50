//! EDGE. Brings the texts of another program's site into one of ours. A source is read twice: first for the names and addresses
//! of all texts, so that links between them can be led to files; then each body is made Markdown of ours and written.
//! Each kind of source is a module with two functions, `read` and `body`, named in [`read`] and [`body`] below.
//!
//! What can't be carried is told in `import-report.md` with its file and line. Nothing outside the site is written, and no file
//! that the author edited since.

mod anchors;
mod bodies;
mod dates;
mod fields;
mod front;
pub mod html;
mod hugo;
mod incident;
mod jekyll;
mod links;
pub mod markdown;
mod names;
mod obsidian;
mod postmortems;
mod record;
mod report;
mod settings;
mod source;
mod statuspage;
mod tags;
mod text;
mod wordpress;
mod write;
mod writer;
mod zola;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;
use rayon::prelude::*;

use crate::build;
use crate::config;
use crate::diagnostic::{self, Diagnostic, Rule, rules};
use crate::link::Include;
use crate::load;
use crate::model::{SourceKind, SourcePath};

use anchors::Linked;
use links::Around;
use names::{Entry, Names};
use report::Report;
use tags::{TagMap, Words};
use text::{Body, Destination, FileCopy, OldSite, Place, Text};
use writer::{Outcome, Writer, ids_taken};

rules! {
    BAD_IMPORT = "bad-import", error fixed, "what is to be imported can't be read";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES];

/// The report's file, in the site's folder.
pub const REPORT: &str = "import-report.md";
/// The file that proposes what words become, in the site's folder.
pub const PROPOSAL: &str = "import-tags.yaml";
/// Texts whose bodies are made at once.
const BATCH: usize = 64;
/// The largest file that is copied.
const MAX_FILE_BYTES: u64 = 100 * 1024 * 1024;

/// What a source is an export or the folder of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// A folder with `hugo.toml` and `content/`
    Hugo,
    /// The file of an export (WXR)
    Wordpress,
    /// The folder of a vault, or of a site that Quartz makes
    Obsidian,
    /// A list in Markdown, or a folder with a file for each incident
    Postmortems,
    /// The file in which a status page lists its incidents (JSON)
    Statuspage,
    /// A folder with `config.toml` or `zola.toml` and `content/`
    Zola,
    /// A folder with `_config.yml` and `_posts/`; Eleventy's with `posts/`, too
    Jekyll,
}

impl Kind {
    /// What people call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hugo => "Hugo",
            Self::Wordpress => "WordPress",
            Self::Obsidian => "Obsidian",
            Self::Postmortems => "a list of post-mortems",
            Self::Statuspage => "a status page",
            Self::Zola => "Zola",
            Self::Jekyll => "Jekyll",
        }
    }
}

/// What becomes of a text's own old address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Addresses {
    /// It stays the essay's address
    Keep,
    /// It leads to the new one
    Alias,
}

/// What to import and how.
#[derive(Clone, Debug)]
pub struct Options {
    pub kind: Kind,
    pub source: PathBuf,
    /// The site's folder.
    pub into: PathBuf,
    pub dry_run: bool,
    /// What words become.
    pub map: Option<PathBuf>,
    /// Keeps every old heading id, not only those that somebody links to.
    pub keep_anchors: bool,
    pub addresses: Addresses,
    /// Brings only what is new: what the author deleted stays away.
    pub update: bool,
    /// The folder of the files that were uploaded to the old site, where an export has their addresses alone.
    pub uploads: Option<PathBuf>,
    /// Brings private texts, and those with a password, as drafts.
    pub private: bool,
    pub now: Timestamp,
}

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: usize,
    /// None while the texts are being counted.
    pub total: Option<usize>,
}

/// What an import did.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The report as Markdown.
    pub report: String,
    /// Counts of what was carried.
    pub counts: Vec<(String, usize)>,
    /// How many things stand in the report to look at.
    pub told: usize,
    /// Errors of the site that are not in imported files.
    pub faults: Vec<Diagnostic>,
}

/// Takes one text after another.
type Each<'a> = &'a mut dyn FnMut(Text) -> Result<(), Diagnostic>;

/// Reads the source from beginning to end: hands each text to `each`, and returns what is known of the old site. Is called twice.
fn read(options: &Options, each: Each<'_>, report: &mut Report) -> Result<OldSite, Diagnostic> {
    match options.kind {
        Kind::Hugo => hugo::read(&options.source, each, report),
        Kind::Wordpress => wordpress::read(options, each, report),
        Kind::Obsidian => obsidian::read(&options.source, each, report),
        Kind::Postmortems => postmortems::read(options, each, report),
        Kind::Statuspage => statuspage::read(options, each, report),
        Kind::Zola => zola::read(&options.source, each, report),
        Kind::Jekyll => jekyll::read(&options.source, each, report),
    }
}

/// The body of `text` as Markdown of ours, its links led to where things are now.
fn body(kind: Kind, source: &Path, text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    match kind {
        Kind::Hugo => hugo::body(source, text, around, report),
        Kind::Zola => zola::body(text, around, report),
        Kind::Jekyll => jekyll::body(source, text, around, report),
        Kind::Wordpress => wordpress::body(text, around, report),
        Kind::Obsidian => obsidian::body(text, around, report),
        Kind::Postmortems => postmortems::body(text, around, report),
        Kind::Statuspage => statuspage::body(text, around, report),
    }
}

/// Imports a site.
pub fn import(options: &Options, progress: &dyn Fn(Progress)) -> Result<Imported, Diagnostic> {
    let map = tag_map(options.map.as_deref())?;
    let mut report = Report::default();
    let mut linked = Linked::new(options.keep_anchors);
    let before = Writer::open(&options.into, true, false)?;
    let mut names = Names::new(ids_taken(&options.into, before.record()));
    let paths = before.record().paths_by_key();
    let mut done = 0;
    let mut first = |text: Text| {
        done += 1;
        progress(Progress { done, total: None });
        linked.add(&text.body);
        if text.is_part {
            return Ok(());
        }
        let before = paths.get(text.key.as_str()).and_then(|path| id_of(path, text.kind));
        names.add(&text, before, &mut report);
        Ok(())
    };
    let old = read(options, &mut first, &mut Report::default())?;
    if names.entries().is_empty() {
        let message = format!("`{}` holds no text of {}", options.source.display(), options.kind.name());
        return Err(Diagnostic::new(BAD_IMPORT, message).help("name the folder or the export of the old site"));
    }
    names.settle(&mut report);
    let writer = Writer::open(&options.into, options.dry_run, options.update)?;
    let mut second = Second {
        options,
        names: &names,
        old: &old,
        linked: &linked,
        map: &map,
        writer,
        words: Words::default(),
        files: BTreeSet::new(),
        batch: Vec::new(),
        report,
        progress,
        done: 0,
    };
    let mut told = Report::default();
    read(options, &mut |text| second.take(text), &mut told)?;
    second.report.extend(told);
    second.finish()
}

fn tag_map(path: Option<&Path>) -> Result<TagMap, Diagnostic> {
    let Some(path) = path else { return Ok(TagMap::default()) };
    let text = std::fs::read_to_string(path).map_err(|error| {
        Diagnostic::new(BAD_IMPORT, format!("`{}` can't be read: {error}", path.display()))
            .help("name the file that says what words become, or leave `--map` out")
    })?;
    TagMap::parse(&text, &path.display().to_string())
}

/// The id of the file at `path` if it is of this kind.
fn id_of(path: &str, kind: SourceKind) -> Option<String> {
    let below = path.strip_prefix("content/")?.strip_prefix(kind.folder())?.strip_prefix('/')?;
    let stem = below.strip_suffix("/index.md").or_else(|| below.strip_suffix(".md"))?;
    Some(stem.to_owned())
}

/// The second pass: bodies.
struct Second<'a> {
    options: &'a Options,
    names: &'a Names,
    old: &'a OldSite,
    linked: &'a Linked,
    map: &'a TagMap,
    writer: Writer,
    words: Words,
    /// What was copied.
    files: BTreeSet<String>,
    batch: Vec<Text>,
    report: Report,
    progress: &'a dyn Fn(Progress),
    done: usize,
}

impl Second<'_> {
    fn take(&mut self, text: Text) -> Result<(), Diagnostic> {
        if text.is_part {
            return Ok(());
        }
        self.batch.push(text);
        if self.batch.len() >= BATCH { self.write_batch() } else { Ok(()) }
    }

    /// Makes the bodies on all cores and writes them one after the other.
    fn write_batch(&mut self) -> Result<(), Diagnostic> {
        let batch = std::mem::take(&mut self.batch);
        let (names, old, linked, kind) = (self.names, self.old, self.linked, self.options.kind);
        let source = &*self.options.source;
        let made: Vec<Option<(Text, &Entry, Body, Report)>> = batch
            .into_par_iter()
            .map(|text| {
                let entry = names.by_key(&text.key)?;
                let mut report = Report::default();
                let body = body(kind, source, &text, &Around { names, old, entry, linked }, &mut report);
                Some((text, entry, body, report))
            })
            .collect();
        for (text, entry, body, report) in made.into_iter().flatten() {
            self.report.extend(report);
            self.write(&text, entry, &body)?;
            self.done += 1;
            (self.progress)(Progress { done: self.done, total: Some(self.names.entries().len()) });
        }
        Ok(())
    }

    fn write(&mut self, text: &Text, entry: &Entry, body: &Body) -> Result<(), Diagnostic> {
        let file = front::file(text, entry, body, self.map, self.options.addresses, &mut self.words, &mut self.report);
        let path = entry.file();
        let outcome = self.writer.write(&path, file.as_bytes(), &text.key)?;
        self.count(outcome, text, &path);
        for copy in &body.files {
            self.copy(copy, text, entry)?;
        }
        Ok(())
    }

    fn count(&mut self, outcome: Outcome, text: &Text, path: &str) {
        let noun = match text.kind {
            SourceKind::Incident => "records",
            SourceKind::Page => "pages",
            _ if text.draft => "drafts",
            _ => "essays",
        };
        self.report.count(noun, 1);
        match outcome {
            Outcome::New => {}
            Outcome::Changed => self.report.count("of them changed since the last import", 1),
            Outcome::Same => self.report.count("of them unchanged", 1),
            Outcome::Deleted => self.report.count("of them deleted since the last import, which stay away", 1),
            Outcome::Edited => {
                let why = format!("`{path}` stays as it is");
                self.report.tell(text.place.clone(), "files that were edited since, or are not from an import", why);
            }
        }
    }

    fn copy(&mut self, copy: &FileCopy, text: &Text, entry: &Entry) -> Result<(), Diagnostic> {
        let path = match &copy.to {
            Destination::Beside(name) => format!("{}/{name}", entry.folder()),
            Destination::Static(name) => format!("content/static/{name}"),
        };
        if !self.files.insert(path.clone()) {
            return Ok(());
        }
        let size = std::fs::symlink_metadata(&copy.from).map(|metadata| metadata.len());
        let bytes = match size {
            Ok(size) if size > MAX_FILE_BYTES => Err(format!("it is larger than {} MB", MAX_FILE_BYTES >> 20)),
            Ok(_) => std::fs::read(&copy.from).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match bytes {
            Ok(bytes) => {
                let outcome = self.writer.write(&path, &bytes, "")?;
                self.report.count("files beside them or in `content/static/`", 1);
                if outcome == Outcome::Edited {
                    let why = format!("`{path}` stays as it is");
                    self.report.tell(
                        text.place.clone(),
                        "files that were edited since, or are not from an import",
                        why,
                    );
                }
            }
            Err(why) => {
                let why = format!("`{}`: {why}", copy.from.display());
                self.report.tell(text.place.clone(), "files that were not copied", why);
            }
        }
        Ok(())
    }

    /// Writes what is about the site as a whole.
    fn finish(mut self) -> Result<Imported, Diagnostic> {
        self.write_batch()?;
        let site_yaml = settings::site_yaml(self.old, self.names, &mut self.report);
        self.writer.create("content/site.yaml", &site_yaml)?;
        self.writer.create(".gitignore", "/public/\n/.ninefold/\n")?;
        for (word, near) in self.words.near(self.map) {
            let place = Place { file: PROPOSAL.to_owned(), line: 0 };
            self.report.tell(place, "words that are nearly a pattern", format!("`{word}` is near `pattern:{near}`"));
        }
        if self.options.map.is_none()
            && let Some(proposal) = self.words.proposal(self.map)
        {
            self.writer.create(PROPOSAL, &proposal)?;
        }
        self.writer.finish()?;
        let faults = if self.options.dry_run { Vec::new() } else { self.check()? };
        self.writer.finish()?;
        let from = format!("{} ({})", self.options.source.display(), self.options.kind.name());
        let report = self.report.markdown(&from);
        self.writer.replace(REPORT, &report)?;
        Ok(Imported { report, counts: self.report.counts().to_vec(), told: self.report.told(), faults })
    }

    /// What `check` says of the imported files goes into the report and is known from now on; the rest is returned.
    fn check(&mut self) -> Result<Vec<Diagnostic>, Diagnostic> {
        let options = |include| build::Options {
            root: self.options.into.clone(),
            out: None,
            base_url: None,
            include,
            force: false,
            now: self.options.now,
        };
        // A link to a draft leads nowhere without drafts; what is wrong in a draft is seen with them.
        let includes = [Include { drafts: true, future: true }, Include::default()];
        let mut faults: Vec<Diagnostic> =
            includes.into_iter().flat_map(|include| build::read_strictly(&options(include)).diagnostics).collect();
        faults.sort();
        faults.dedup();
        let text_of = |path: &SourcePath| load::text_of(&self.options.into, path);
        let lines = diagnostic::first_lines(&faults, &text_of);
        let (mut known, mut others) = (Vec::new(), Vec::new());
        for (fault, line) in faults.into_iter().zip(lines) {
            let file = fault.path().map(ToString::to_string).unwrap_or_default();
            let is_imported = self.writer.record().files.contains_key(&file);
            if is_imported {
                let place = Place { file, line: line.unwrap_or(0) };
                self.report.tell(place, format!("`ninefold check` says `{}`", fault.code()), fault.message.clone());
            }
            if is_imported && fault.is_error() && config::can_be_known(&fault) {
                known.push(fault);
            } else {
                others.push(fault);
            }
        }
        let path = config::known_path();
        let (text, count) = config::baseline(&known, &text_of);
        if (count > 0 || self.writer.record().files.contains_key(path.as_str()))
            && self.writer.write(path.as_str(), text.as_bytes(), "")? == Outcome::Edited
        {
            let why = "it is the author's own: bring it up to date with `ninefold check --baseline`";
            self.report.tell(
                Place { file: path.to_string(), line: 0 },
                "files that were edited since, or are not from an import",
                why,
            );
        }
        others.retain(Diagnostic::is_error);
        Ok(others)
    }
}
