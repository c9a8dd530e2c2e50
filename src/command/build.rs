//! `ninefold build`.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use clap::Args;

use super::progress::Progress;
use super::{Common, Format, Selection, report};
use crate::config::BaseUrl;
use crate::diagnostic;
use crate::load;
use crate::pipeline::{self, Options};

/// Build the site into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold build --base-url https://name.github.io/essays/")]
pub struct Build {
    #[command(flatten)]
    selection: Selection,
    /// The folder to build into, `public` in the site's folder unless given
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The address the site will have, in the place of the one in site.yaml
    #[arg(long, value_name = "URL", value_parser = super::base_url)]
    base_url: Option<BaseUrl>,
    /// Ask search engines to leave the site out: for a copy to look at
    #[arg(long)]
    noindex: bool,
    /// Build into a folder that Ninefold did not make
    #[arg(long)]
    force: bool,
    /// Show where the time went
    #[arg(long)]
    timings: bool,
    /// How errors and warnings are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

impl Build {
    pub(super) fn run(&self, common: &Common) -> bool {
        let start = Instant::now();
        let options = Options {
            root: common.root.clone(),
            out: self.out.clone(),
            base_url: self.base_url.clone(),
            noindex: self.noindex,
            include: self.selection.into(),
            force: self.force,
            now: load::now(),
        };
        let progress = Progress::new(self.format, common.quiet);
        // On one of the threads that share its work, so that no further one needs memory of its own. Here and not in the library:
        // a thread that waits takes up other work, and that must not be a build that waits for this one.
        let built =
            rayon::scope(|_| pipeline::build_telling(&options, &|work, done, all| progress.tell(work, done, all)));
        report::print(&built.diagnostics, &common.root, self.format, common.quiet);
        let counts = diagnostic::summary(&built.diagnostics);
        if built.has_errors() {
            let counts = counts.unwrap_or_default();
            report::say(&format!("{counts}: nothing was written"), self.format, common.quiet);
            return false;
        }
        let done = built.counters.done;
        // What of the index was made beside the pages took nothing from them.
        let waited = if built.counters.indexed > 0 { built.timings.of("search") } else { Duration::ZERO };
        let mut line = format!(
            "{} pages in {} ms: {} files written, {} unchanged",
            built.pages,
            start.elapsed().saturating_sub(waited).as_millis(),
            done.written,
            done.unchanged
        );
        if done.removed > 0 {
            line.push_str(&format!(", {} removed", done.removed));
        }
        if let Some(counts) = counts {
            line.push_str(&format!("; {counts}"));
        }
        report::say(&line, self.format, common.quiet);
        if built.counters.indexed > 0 {
            let took = built.timings.indexing.as_millis();
            let line = format!("search: {} pages indexed in {took} ms", built.counters.indexed);
            report::say(&line, self.format, common.quiet);
        }
        if self.timings {
            report::say(&built.timings.table(), self.format, common.quiet);
        }
        report::say(&format!("The site is in {}", options.out().display()), self.format, common.quiet);
        true
    }
}
