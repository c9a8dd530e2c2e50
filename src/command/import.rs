//! `ninefold import`.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{Common, Format, report};
use crate::import::{self, Addresses, Kind, Options, Progress};
use crate::load;

/// Bring the texts of another program's site into one of Ninefold's
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold import hugo ../old-blog --into my-essays")]
pub struct Import {
    /// What the source is
    kind: Kind,
    /// The old site's folder, or the file of an export
    source: PathBuf,
    /// The folder of the site that the texts go into; it is made if it is not there
    #[arg(long, value_name = "DIR")]
    into: PathBuf,
    /// Write nothing, and print the report
    #[arg(long)]
    dry_run: bool,
    /// A file that says what words become: `slow start: pattern:lag`
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Keep the old id of every heading, not only of those that are linked to
    #[arg(long)]
    keep_anchors: bool,
    /// What becomes of an essay's old address: it stays, or leads to the new one
    #[arg(long, value_enum, default_value = "alias")]
    addresses: Addresses,
    /// Bring only what is new or has changed: texts that were deleted here stay away
    #[arg(long)]
    update: bool,
    /// WordPress: the folder of the files that were uploaded, `wp-content/uploads`; texts take from it what they show
    #[arg(long, value_name = "DIR")]
    uploads: Option<PathBuf>,
    /// WordPress: bring private texts and those with a password, as drafts
    #[arg(long)]
    private: bool,
}

impl Import {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options {
            kind: self.kind,
            source: self.source.clone(),
            into: common.root.join(&self.into),
            dry_run: self.dry_run,
            map: self.map.clone(),
            keep_anchors: self.keep_anchors,
            addresses: self.addresses,
            update: self.update,
            uploads: self.uploads.clone(),
            private: self.private,
            now: load::now(),
        };
        let has_bar = !common.quiet && report::is_terminal();
        let bar = if has_bar { new_bar() } else { ProgressBar::hidden() };
        let imported = import::import(&options, &|progress| advance(&bar, progress));
        bar.finish_and_clear();
        let imported = match imported {
            Ok(imported) => imported,
            Err(fault) => {
                report::print(&[fault], &options.into, Format::Human, common.quiet);
                return false;
            }
        };
        report::print(&imported.faults, &options.into, Format::Human, common.quiet);
        let counts: Vec<String> = imported.counts.iter().map(ToString::to_string).collect();
        report::say(&counts.join(", "), Format::Human, common.quiet);
        if self.dry_run {
            // A reader that went away is no fault of ours.
            let _ = io::stdout().write_all(imported.report.as_bytes());
        } else {
            let file = options.into.join(import::REPORT);
            let line = match imported.remarks {
                0 => format!("Everything was carried; `{}` has the counts", file.display()),
                1 => format!("1 thing to look at, in `{}`", file.display()),
                n => format!("{n} things to look at, in `{}`", file.display()),
            };
            report::say(&line, Format::Human, common.quiet);
        }
        imported.faults.is_empty()
    }
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} texts") {
        bar.set_style(style);
    }
    bar
}

/// While texts are counted, their number grows; then the bar does.
fn advance(bar: &ProgressBar, progress: Progress) {
    match progress.total {
        None => bar.set_length(progress.done as u64),
        Some(_) => bar.set_position(progress.done as u64),
    }
}
