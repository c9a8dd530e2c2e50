//! `ninefold check`.

use clap::Args;

use super::{Common, Format, Selection, external, report};
use crate::config;
use crate::diagnostic::{self, Diagnostic, Severity};
use crate::fix::{self, Fixed};
use crate::load::{self, text_of};
use crate::new;
use crate::pipeline::{self, Options};

/// Find every error without writing anything
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold check --strict --format github")]
pub struct Check {
    #[command(flatten)]
    selection: Selection,
    /// Treat warnings as errors
    #[arg(long)]
    strict: bool,
    /// Write the errors that are there now to content/known-faults.yaml: each counts as a warning until it is mended
    #[arg(long, conflicts_with = "strict")]
    baseline: bool,
    /// Mend in the texts what can be mended in one way only, then check
    #[arg(long, conflicts_with = "baseline")]
    fix: bool,
    /// Ask also whether the pages that the site links to elsewhere are still there
    #[arg(long, conflicts_with = "baseline")]
    external: bool,
    /// Ask this host, although it is of a private network; may stand several times
    #[arg(long, requires = "external", value_name = "HOST")]
    allow_private: Vec<String>,
    /// Ask also for what was found a short time ago
    #[arg(long, requires = "external")]
    again: bool,
    /// Ask an archive for copies of those pages, as of the day of each text
    #[arg(long, requires = "external")]
    archive: bool,
    /// Write the addresses of the copies into the texts
    #[arg(long, requires = "archive")]
    apply: bool,
    /// How errors and warnings are printed
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
}

impl Check {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options::new(&common.root, self.selection.into(), load::now());
        if self.baseline {
            return self.write_baseline(&options, common);
        }
        let mended = self.fix.then(|| self.mend(&options, common));
        let mut built = pipeline::check(&options);
        if self.external {
            built.diagnostics.extend(self.check_external(&options, common));
            built.diagnostics = diagnostic::sorted(built.diagnostics);
        }
        report::print(&built.diagnostics, &common.root, self.format, common.quiet);
        let worst = if self.strict { Severity::Warning } else { Severity::Error };
        let fine = built.diagnostics.iter().all(|diagnostic| diagnostic.severity > worst) && mended != Some(false);
        let line =
            diagnostic::summary(&built.diagnostics).unwrap_or_else(|| format!("{} pages, all fine", built.pages));
        report::say(&line, self.format, common.quiet);
        fine
    }

    /// Mends what can be mended. Whether all that was tried could be written.
    fn mend(&self, options: &Options, common: &Common) -> bool {
        self.report_mended(&fix::fix(options), common)
    }

    /// What links to other hosts lead to; with `--fix` what has moved for good is mended first.
    fn check_external(&self, options: &Options, common: &Common) -> Vec<Diagnostic> {
        let allow_private = self.allow_private.clone();
        let links = external::Links { allow_private, again: self.again, format: self.format };
        let mut found = links.check(options, common);
        let links = external::Links { again: false, ..links };
        if self.fix && self.write(&found, options, common) {
            found = links.check(options, common);
        }
        if self.archive {
            let copies = links.archive(options, common);
            let is_written = self.apply && self.write(&copies, options, common);
            found.extend(copies.into_iter().filter(|fault| !is_written || fault.edit.is_none()));
        }
        found
    }

    /// Writes the edits of `found` into the texts. Whether there were any.
    fn write(&self, found: &[Diagnostic], options: &Options, common: &Common) -> bool {
        let edits = fix::edits(found);
        if !edits.is_empty() {
            self.report_mended(&fix::apply(options, &pipeline::read(options), &edits, |_| true), common);
        }
        !edits.is_empty()
    }

    /// Says what was mended. Whether all that was tried could be written.
    fn report_mended(&self, fixed: &Fixed, common: &Common) -> bool {
        report::print(&fixed.faults, &common.root, self.format, common.quiet);
        let count = |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
        let mut line = match fixed.edits {
            0 => "Nothing was mended".to_owned(),
            n => format!("{} mended in {}", count(n, "fault is", "faults are"), count(fixed.files, "file", "files")),
        };
        if fixed.left > 0 {
            let left = count(fixed.left, "edit was left", "edits were left");
            line.push_str(&format!("; {left}: other faults would have come of it"));
        }
        report::say(&line, self.format, common.quiet);
        fixed.faults.is_empty()
    }

    /// Writes the baseline. Errors that can't be part of it are printed.
    fn write_baseline(&self, options: &Options, common: &Common) -> bool {
        let assembled = pipeline::read_strictly(options);
        let (text, count) = config::baseline(&assembled.diagnostics, &|path| text_of(&common.root, path));
        if let Err(fault) = new::known_faults(&common.root, Some(text.as_str()).filter(|_| count > 0)) {
            report::print(&[fault], &common.root, self.format, common.quiet);
            return false;
        }
        let left: Vec<Diagnostic> = assembled
            .diagnostics
            .into_iter()
            .filter(|fault| fault.is_error() && !config::can_be_known(fault))
            .collect();
        report::print(&left, &common.root, self.format, common.quiet);
        let file = config::known_path();
        let line = match count {
            0 => format!("No fault needs to be known: there is no `{file}`"),
            1 => format!("1 fault is known now, in `{file}`: it is a warning until it is mended"),
            n => format!("{n} faults are known now, in `{file}`: each is a warning until it is mended"),
        };
        report::say(&line, self.format, common.quiet);
        if !left.is_empty() {
            let counts = diagnostic::summary(&left).unwrap_or_default();
            report::say(&format!("{counts} left, which can't be let through: mend them"), self.format, common.quiet);
        }
        left.is_empty()
    }
}
