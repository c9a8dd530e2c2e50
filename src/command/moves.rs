//! `ninefold rename`, `ninefold merge` and `ninefold split`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::{Common, Format, report};
use crate::assemble::Assembled;
use crate::config::{self, known_path};
use crate::diagnostic::{Diagnostic, Located};
use crate::fix;
use crate::link::Include;
use crate::load::{self, Content};
use crate::model::{SourceKind, SourcePath, first_sentences};
use crate::moves::{self, Changes, Project};
use crate::pipeline::{self, Options};

/// Give a concept, an incident, an essay or a heading another name, wherever the site uses it
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  ninefold rename concept slack spare-capacity --dry-run\n  ninefold rename heading content/essays/ports.md#limits \"Where it ends\""
)]
pub struct Rename {
    /// What it is
    #[arg(value_enum)]
    what: What,
    /// The name that it has; of a heading, its file and id: FILE#ID
    old: String,
    /// The name that it gets; of a heading, its new words
    new: String,
    #[command(flatten)]
    how: How,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    Concept,
    Incident,
    Essay,
    Heading,
}

#[derive(Clone, Copy, Debug, Args)]
struct How {
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Rename {
    pub(super) fn run(&self, common: &Common) -> bool {
        self.how.run(common, |project| match self.what {
            What::Concept => moves::rename(project, SourceKind::Concept, &self.old, &self.new),
            What::Incident => moves::rename(project, SourceKind::Incident, &self.old, &self.new),
            What::Essay => moves::rename(project, SourceKind::Essay, &self.old, &self.new),
            What::Heading => {
                let (path, id) = self.old.split_once('#').unwrap_or((&self.old, ""));
                moves::rename_heading(project, &within(path, common), id, &self.new)
            }
        })
    }
}

/// Make one text part of another of its kind: a concept, an incident or an essay
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold merge slack-time into slack --dry-run")]
pub struct Merge {
    /// The one that goes: its name, `concept:NAME` where several texts have it, or its file
    from: String,
    /// `into`
    #[arg(value_parser = clap::builder::PossibleValuesParser::new(["into"]), ignore_case = true, hide_possible_values = true)]
    word: String,
    /// The one that stays
    into: String,
    #[command(flatten)]
    how: How,
}

impl Merge {
    pub(super) fn run(&self, common: &Common) -> bool {
        self.how.run(common, |project| {
            let name = |text: &str| moves::find(project, text).map_err(|fault| vec![fault]);
            moves::merge(project, &name(&self.from)?, &name(&self.into)?)
        })
    }
}

/// List the passages, tags and links to read again when a name comes to stand for less
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold split slack")]
pub struct Split {
    /// The concept, incident or essay: its name, `concept:NAME` where several texts have it, or its file
    name: String,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// The most characters of a passage that are shown to people.
const SHOWN: usize = 160;

#[derive(Serialize)]
struct JsonUse<'a> {
    path: &'a str,
    line: Option<usize>,
    column: Option<usize>,
    how: moves::How,
    text: &'a str,
}

impl Split {
    pub(super) fn run(&self, common: &Common) -> bool {
        let Some(read) = Read::of(common) else { return false };
        let found = moves::find(read.project(), &self.name);
        match found.and_then(|name| moves::uses(read.project(), &name).map(|uses| (name, uses))) {
            Ok((name, uses)) => {
                // A reader that went away is no fault of ours.
                let _ = self.print(&uses, &read);
                report::say(&counted(&name, &uses), Format::Human, common.quiet);
                true
            }
            Err(fault) => {
                report::print(&[fault], &common.root, Format::Human, common.quiet);
                false
            }
        }
    }

    fn print(&self, uses: &[moves::Use], read: &Read) -> io::Result<()> {
        let mut out = io::stdout().lock();
        for of_text in uses.chunk_by(|a, b| a.path == b.path) {
            let path = of_text[0].path.as_str();
            let text_of = |path: &SourcePath| read.text_of(path);
            let located = Located::read(&of_text[0].path, of_text.iter().map(|one| &one.spot), &text_of);
            if !self.json {
                writeln!(out, "{path}")?;
            }
            for one in of_text {
                let place = located.as_ref().and_then(|located| Some(located.positions(located.span(&one.spot)?).0));
                let (line, column) = (place.map(|at| at.line), place.map(|at| at.column));
                if self.json {
                    serde_json::to_writer(&mut out, &JsonUse { path, line, column, how: one.how, text: &one.text })?;
                    writeln!(out)?;
                } else {
                    let at = line.zip(column).map(|(line, column)| format!("{line}:{column} ")).unwrap_or_default();
                    writeln!(out, "  {at}{}", shown(one))?;
                }
            }
        }
        Ok(())
    }
}

fn shown(one: &moves::Use) -> String {
    let one_line = one.text.split_whitespace().collect::<Vec<_>>().join(" ").replace(char::is_control, "\u{fffd}");
    let text = first_sentences(&one_line, SHOWN);
    match one.how {
        moves::How::Tag => "in the front matter".to_owned(),
        moves::How::Passage => format!("passage \u{201c}{text}\u{201d}"),
        moves::How::Link if text.is_empty() => "link".to_owned(),
        moves::How::Link => format!("link in \u{201c}{text}\u{201d}"),
    }
}

/// What to do with them.
fn counted(name: &moves::Name, uses: &[moves::Use]) -> String {
    let texts: std::collections::BTreeSet<&SourcePath> = uses.iter().map(|one| &one.path).collect();
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let (uses, texts) = (count(uses.len(), "place", "places"), count(texts.len(), "text", "texts"));
    let noun = name.kind.noun();
    format!(
        "{uses} in {texts} to read again; make the other with `ninefold new {noun} NAME`, and name it where it is meant"
    )
}

/// The path in the site of a file that was named from the present folder.
fn within(path: &str, common: &Common) -> SourcePath {
    let whole = |path: &std::path::Path| path.canonicalize().ok();
    let inside =
        whole(path.as_ref()).zip(whole(&common.root)).and_then(|(path, root)| SourcePath::on_disk(&root, &path));
    inside.unwrap_or_else(|| SourcePath::new(path))
}

/// The site, and the files beside its sources that name them.
struct Read {
    options: Options,
    assembled: Assembled,
    settings: Option<String>,
    known_faults: Option<String>,
}

impl Read {
    /// None where there is no site, which is printed.
    fn of(common: &Common) -> Option<Self> {
        let options = Options::new(&common.root, Include { drafts: true, future: true }, load::now());
        let assembled = pipeline::read(&options);
        let text = |path: &SourcePath| Content::disk(&common.root, path).read_text(path).ok();
        let is_none = report::no_site(&assembled.diagnostics, common);
        let (settings, known_faults) = (text(&config::path()), text(&known_path()));
        (!is_none).then_some(Self { options, assembled, settings, known_faults })
    }

    fn project(&self) -> Project<'_> {
        let (settings, known_faults) = (self.settings.as_deref(), self.known_faults.as_deref());
        Project { assembled: &self.assembled, settings, known_faults }
    }

    fn text_of(&self, path: &SourcePath) -> Option<String> {
        match self.assembled.source(path) {
            Some(source) => source.text().ok().map(std::borrow::Cow::into_owned),
            None if *path == config::path() => self.settings.clone(),
            None if *path == known_path() => self.known_faults.clone(),
            None => None,
        }
    }

    /// What would be wrong with the site after the changes.
    fn faults(&self, changes: &Changes) -> Vec<Diagnostic> {
        let texts = moves::texts_after(changes, |path| self.text_of(path));
        let after = pipeline::read_altered(&self.options, |inputs| moves::altered(inputs, changes, &texts));
        moves::faults(&self.assembled, &after, changes)
    }
}

impl How {
    /// Reads the site, finds the changes, and makes or shows them.
    fn run(self, common: &Common, find: impl FnOnce(Project<'_>) -> Result<Changes, Vec<Diagnostic>>) -> bool {
        let Some(read) = Read::of(common) else { return false };
        let found = find(read.project()).and_then(|changes| {
            let faults = read.faults(&changes);
            if faults.is_empty() { Ok(changes) } else { Err(faults) }
        });
        let made = found.and_then(|changes| {
            if self.dry_run {
                // A reader that went away is no fault of ours.
                let _ = io::stdout().write_all(moves::diff(&changes, |path| read.text_of(path)).as_bytes());
                return Ok(None);
            }
            fix::together(&common.root, &changes, |path| read.text_of(path)).map_err(|fault| vec![fault])?;
            Ok(Some(summary(&changes)))
        });
        match made {
            Ok(line) => {
                line.iter().for_each(|line| report::say(line, Format::Human, common.quiet));
                true
            }
            Err(faults) => {
                report::print(&faults, &common.root, Format::Human, common.quiet);
                false
            }
        }
    }
}

/// `Changed in 3 files: 7 places; content/concepts/slack.md is content/concepts/spare.md now`.
fn summary(changes: &Changes) -> String {
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let places = count(changes.edits.values().map(Vec::len).sum(), "place", "places");
    let mut line = format!("Changed {places} in {}", count(changes.edits.len(), "file", "files"));
    for one in &changes.moves {
        line.push_str(&format!("; `{}` is `{}` now", one.from, one.to));
    }
    changes.removed.iter().for_each(|path| line.push_str(&format!("; `{path}` is gone")));
    line
}
