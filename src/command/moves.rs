//! `ninefold rename`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};

use super::{Common, Format, report};
use crate::assemble::Assembled;
use crate::config::{self, known_path};
use crate::diagnostic::Diagnostic;
use crate::fix;
use crate::link::Include;
use crate::load::{self, Content};
use crate::model::{SourceKind, SourcePath};
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

/// The path in the site of a file that was named from the present folder.
fn within(path: &str, common: &Common) -> SourcePath {
    let whole = |path: &std::path::Path| path.canonicalize().ok();
    let inside =
        whole(path.as_ref()).zip(whole(&common.root)).and_then(|(path, root)| SourcePath::on_disk(&root, &path));
    inside.unwrap_or_else(|| SourcePath::new(path))
}

impl How {
    /// Reads the site, finds the changes, and makes or shows them.
    fn run(self, common: &Common, find: impl FnOnce(Project<'_>) -> Result<Changes, Vec<Diagnostic>>) -> bool {
        let options = options(common);
        let assembled = pipeline::read(&options);
        if report::no_site(&assembled.diagnostics, common) {
            return false;
        }
        let text = |path: &SourcePath| Content::disk(&common.root, path).read_text(path).ok();
        let (settings, known_faults) = (text(&config::path()), text(&known_path()));
        let project =
            Project { assembled: &assembled, settings: settings.as_deref(), known_faults: known_faults.as_deref() };
        let text_of = |path: &SourcePath| match assembled.source(path) {
            Some(source) => source.text().ok().map(std::borrow::Cow::into_owned),
            None if *path == config::path() => settings.clone(),
            None => known_faults.clone(),
        };
        let changed = find(project).and_then(|changes| {
            let faults = checked(&options, &assembled, &changes, text_of);
            if faults.is_empty() { Ok(changes) } else { Err(faults) }
        });
        let made = changed.and_then(|changes| {
            if self.dry_run {
                // A reader that went away is no fault of ours.
                let _ = io::stdout().write_all(moves::diff(&changes, text_of).as_bytes());
                return Ok(None);
            }
            fix::together(&common.root, &changes, text_of).map_err(|fault| vec![fault])?;
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

fn options(common: &Common) -> Options {
    Options {
        root: common.root.clone(),
        out: None,
        base_url: None,
        noindex: false,
        include: Include { drafts: true, future: true },
        force: false,
        now: load::now(),
    }
}

/// What would be wrong with the site after the changes.
fn checked(
    options: &Options,
    assembled: &Assembled,
    changes: &Changes,
    text_of: impl Fn(&SourcePath) -> Option<String>,
) -> Vec<Diagnostic> {
    let texts = moves::texts_after(changes, text_of);
    let after = pipeline::read_altered(options, |inputs| moves::altered(inputs, changes, &texts));
    moves::faults(assembled, &after, changes)
}

/// `Changed in 3 files: 7 places; content/concepts/slack.md is content/concepts/spare.md now`.
fn summary(changes: &Changes) -> String {
    let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let places = count(changes.edits.values().map(Vec::len).sum(), "place", "places");
    let mut line = format!("Changed {places} in {}", count(changes.edits.len(), "file", "files"));
    for one in &changes.moves {
        line.push_str(&format!("; `{}` is `{}` now", one.from, one.to));
    }
    line
}
