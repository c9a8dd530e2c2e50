//! `ninefold publish`.

use std::io::{self, IsTerminal, Write};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Common, Format, report};
use crate::diagnostic::Diagnostic;
use crate::fix;
use crate::link::Include;
use crate::load;
use crate::pipeline;
use crate::publish::{self, Event, Options, Progress, Unlocked};

/// How long an address may show an older version before that counts as a fault.
const PATIENCE: Duration = Duration::from_secs(30);

/// Build the site and bring it to where readers get it
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold publish live --dry-run")]
pub struct Publish {
    /// The name of a target in site.yaml; may be left out if there is only one
    target: Option<String>,
    /// Show what would be done, fail where it would fail, change nothing
    #[arg(long)]
    dry_run: bool,
    /// Remove files even if they are many
    #[arg(long)]
    force: bool,
    /// Take over a place that holds files Ninefold did not publish
    #[arg(long)]
    adopt: bool,
    /// First write the aliases of pages that have moved into their texts
    #[arg(long, conflicts_with_all = ["dry_run", "back", "expired"])]
    fix: bool,
    /// Look at every file of the place, and send what others changed
    #[arg(long)]
    repair: bool,
    /// Bring the version again that the place showed before, and build nothing
    #[arg(long, conflicts_with_all = ["adopt", "repair"])]
    back: bool,
    /// Remove what the target shows if it has expired, and publish nothing
    #[arg(long, conflicts_with_all = ["adopt", "repair", "back", "verify"])]
    expired: bool,
    /// Take the lock over from a publisher that does not renew it any more
    #[arg(long)]
    take_over: bool,
    /// Remove the lock that a publisher left behind, after asking, and publish nothing
    #[arg(long, conflicts_with_all = ["dry_run", "force", "adopt", "fix", "repair", "back", "expired", "take_over", "verify", "json"])]
    unlock: bool,
    /// Fetch some of the addresses afterwards and compare
    #[arg(long)]
    verify: bool,
    /// Print one JSON object that says what was done, and diagnostics as JSON before it
    #[arg(long)]
    json: bool,
    /// Show no bar
    #[arg(long)]
    no_progress: bool,
}

impl Publish {
    pub(super) fn run(&self, common: &Common) -> bool {
        if self.unlock {
            return self.unlock(common);
        }
        let start = Instant::now();
        let is_alone = std::env::var_os("CI").is_some() || !io::stdin().is_terminal();
        let options = Options {
            root: common.root.clone(),
            target: self.target.clone(),
            dry_run: self.dry_run,
            force: self.force,
            adopt: self.adopt,
            repair: self.repair,
            back: self.back,
            expired: self.expired,
            take_over: self.take_over,
            verify: self.verify.then_some(PATIENCE),
            is_alone,
            now: load::now(),
        };
        let format = if self.json { Format::Json } else { Format::Human };
        let has_bar = !self.no_progress && !self.json && !common.quiet && !is_alone && io::stderr().is_terminal();
        let bar = OnceLock::new();
        let print = |diagnostics: &[Diagnostic]| report::print(diagnostics, &common.root, format, common.quiet);
        if self.fix && !write_aliases(&options, common, format) {
            return false;
        }
        let published = publish::publish(&options, &|event| match event {
            Event::Built(built) => print(&built.diagnostics),
            Event::Planned(plan) => report::say(plan.plan().trim_end(), format, common.quiet),
            Event::Sent(progress) if has_bar => advance(bar.get_or_init(|| new_bar(&progress)), &progress),
            Event::Sent(_) => {}
        });
        if let Some(bar) = bar.get() {
            bar.finish_and_clear();
        }
        print(&published.diagnostics);
        let fine = !published.diagnostics.iter().any(Diagnostic::is_error);
        let seconds = start.elapsed().as_secs_f64();
        if fine {
            let words = match self.expired && published.report.removed.is_empty() {
                true => "Nothing has expired there".to_owned(),
                false => published.report.summary(seconds),
            };
            report::say(&words, format, common.quiet);
        }
        if self.json {
            let line = serde_json::json!({ "fine": fine, "seconds": seconds, "publication": published.report });
            // A reader that went away is no fault of ours.
            let _ = writeln!(io::stdout(), "{line}");
        }
        fine
    }
}

impl Publish {
    fn unlock(&self, common: &Common) -> bool {
        let unlocked = publish::unlock(&common.root, self.target.as_deref(), &asked);
        let words = match &unlocked {
            Ok(Unlocked::NoLock) => "The place is not locked",
            Ok(Unlocked::Removed) => "The lock is removed",
            Ok(Unlocked::Stays) => "The lock stays",
            Err(faults) => {
                report::print(faults, &common.root, Format::Human, common.quiet);
                return false;
            }
        };
        report::say(words, Format::Human, common.quiet);
        unlocked != Ok(Unlocked::Stays)
    }
}

/// Whether the user confirms at the terminal that the lock of `holder` is removed. Without a terminal: no.
fn asked(holder: &str) -> bool {
    if !io::stdin().is_terminal() {
        let _ =
            writeln!(io::stderr(), "The place is locked by {holder}. There is nobody to ask: publish with --take-over");
        return false;
    }
    let _ = write!(io::stderr(), "The place is locked by {holder}. Remove the lock? [y/N] ");
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes")
}

/// Writes the alias of each page that has most likely moved into its text. Whether all could be written.
fn write_aliases(options: &Options, common: &Common, format: Format) -> bool {
    /// Pages that moved to one text: each needs a look at the place.
    const ROUNDS: usize = 20;
    let planned = Options { dry_run: true, ..options.clone() };
    let site = pipeline::Options::new(&common.root, Include::default(), options.now);
    let mut written = 0;
    for _ in 0..ROUNDS {
        let edits = fix::edits(&publish::publish(&planned, &|_| {}).diagnostics);
        let fixed = fix::apply(&site, &pipeline::read(&site), &edits, |_| true);
        report::print(&fixed.faults, &common.root, format, common.quiet);
        written += fixed.edits;
        if fixed.edits == 0 || !fixed.faults.is_empty() {
            let aliases = if written == 1 { "alias" } else { "aliases" };
            report::say(&format!("{written} {aliases} written"), format, common.quiet);
            return fixed.faults.is_empty();
        }
    }
    true
}

fn new_bar(progress: &Progress) -> ProgressBar {
    let bar = ProgressBar::new(progress.total as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} files, {msg}") {
        bar.set_style(style);
    }
    bar
}

fn advance(bar: &ProgressBar, progress: &Progress) {
    bar.set_position(progress.done as u64);
    bar.set_message(indicatif::HumanBytes(progress.bytes).to_string());
}
