//! `ninefold check`.

use clap::Args;

use super::{Common, Format, Selection, report};
use crate::build::{self, Options};
use crate::diagnostic::{self, Severity};
use crate::load;

/// Find every error without writing anything
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold check --strict --format github")]
pub struct Check {
    #[command(flatten)]
    selection: Selection,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// How errors and warnings are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

impl Check {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options {
            root: common.root.clone(),
            out: None,
            base_url: None,
            include: self.selection.into(),
            force: false,
            now: load::now(),
        };
        let built = build::check(&options);
        report::print(&built.diagnostics, &common.root, self.format, common.quiet);
        let worst = if self.strict { Severity::Warning } else { Severity::Error };
        let fine = built.diagnostics.iter().all(|diagnostic| diagnostic.severity > worst);
        let line =
            diagnostic::summary(&built.diagnostics).unwrap_or_else(|| format!("{} pages, all fine", built.pages));
        report::say(&line, self.format, common.quiet);
        fine
    }
}
