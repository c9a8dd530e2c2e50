//! EDGE. Brings the texts of another program's site into one of ours. A source is read twice: first for the names and addresses
//! of all texts, so that links between them can be led to files; then each body is made Markdown of ours and written.
//! Each kind of source is a module with two functions, `read` and `body`, named in [`read`] and [`body`] below.
//!
//! What can't be carried stands in `import-report.md` with its file and line. Nothing outside the site is written, and no file
//! that the author edited since.

mod anchors;
mod authors;
mod bodies;
mod common_markdown;
mod dates;
mod fields;
pub mod html;
mod hugo;
mod jekyll;
mod links;
pub mod markdown;
mod names;
mod obsidian;
mod output;
mod postmortems;
mod report;
mod second_pass;
mod source;
mod statuspage;
mod tags;
mod text;
mod vault;
mod wordpress;
mod write;
mod zola;

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use jiff::Timestamp;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::model::SourceKind;

use anchors::Linked;
use authors::Authors;
use links::Around;
use names::Names;
use output::lists::Lists;
use output::writer::{Writer, ids_taken};
pub use report::Count;
use report::Report;
use second_pass::{Found, SecondPass};
use tags::TagMap;
use text::{Body, OldSite, Text};

rules! {
    BAD_IMPORT = "bad-import", error fixed, "what is to be imported can't be read";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES];

/// The report's file, in the site's folder.
pub const REPORT: &str = "import-report.md";
/// The file that proposes what words become, in the site's folder.
pub const PROPOSAL: &str = "import-tags.yaml";

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
    /// Keeps every old heading id, not only those that are the target of a link.
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
    pub counts: Vec<Count>,
    /// How many things stand in the report to look at.
    pub remarks: usize,
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
    let (mut authors, mut lists) = (Authors::default(), Lists::default());
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
        authors.add(&text);
        lists.add(&text);
        Ok(())
    };
    let old = read(options, &mut first, &mut Report::default())?;
    if names.entries().is_empty() {
        let message = format!("`{}` holds no text of {}", options.source.display(), options.kind.name());
        return Err(Diagnostic::new(BAD_IMPORT, message).help("name the folder or the export of the old site"));
    }
    let pages = lists.pages(&old.lists, &mut report);
    for page in &pages {
        let before = paths.get(page.key.as_str()).and_then(|path| id_of(path, page.kind));
        names.add(page, before, &mut report);
    }
    names.settle(&mut report);
    authors.settle(&mut report);
    let writer = Writer::open(&options.into, options.dry_run, options.update)?;
    let found = Found { names: &names, old: &old, linked: &linked, authors: &authors, lists: &lists };
    let mut second = SecondPass::new(options, &map, found, writer, report, progress);
    let mut remarks = Report::default();
    read(options, &mut |text| second.take(text), &mut remarks)?;
    pages.into_iter().try_for_each(|page| second.take(page))?;
    second.report.extend(remarks);
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
