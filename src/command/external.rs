//! The part of `ninefold check` that asks other hosts: its progress bar and its summary.

use std::sync::OnceLock;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Common, Format, report};
use crate::diagnostic::Diagnostic;
use crate::external::{self, Access, Checked, Pace, PublicWeb};
use crate::pipeline::{self, Options};

/// How links to other hosts are checked.
#[derive(Clone, Debug)]
pub struct Links {
    pub allow_private: Vec<String>,
    pub again: bool,
    pub format: Format,
}

impl Links {
    /// The copies that an archive has of what the site links to.
    pub fn archive(&self, options: &Options, common: &Common) -> Vec<Diagnostic> {
        let (web, how) = (self.web(), self.how(options));
        self.with_bar(common, |progress| {
            external::archive(&common.root, &pipeline::read(options), &web, &how, progress)
        })
    }

    fn web(&self) -> PublicWeb {
        PublicWeb::new(Access { allow_private: self.allow_private.clone(), ..Access::default() })
    }

    fn how(&self, options: &Options) -> external::Options {
        external::Options { now: options.now, again: self.again, pace: Pace::default() }
    }

    /// Does `work` with a bar, where a person looks on.
    fn with_bar<T>(&self, common: &Common, work: impl FnOnce(&external::Progress<'_>) -> T) -> T {
        let has_bar = self.format == Format::Human && !common.quiet && report::is_terminal();
        let bar = OnceLock::new();
        let done = work(&|done, all| {
            if has_bar && all > 0 {
                bar.get_or_init(|| new_bar(all)).set_position(done as u64);
            }
        });
        if let Some(bar) = bar.get() {
            bar.finish_and_clear();
        }
        done
    }

    /// What the links of the site lead to.
    pub fn check(&self, options: &Options, common: &Common) -> Vec<Diagnostic> {
        let (web, how) = (self.web(), self.how(options));
        let checked = self
            .with_bar(common, |progress| external::check(&common.root, &pipeline::read(options), &web, &how, progress));
        report::say(&summary(&checked), self.format, common.quiet);
        checked.diagnostics
    }
}

fn summary(checked: &Checked) -> String {
    let Checked { addresses, asked, not_remembered, .. } = checked;
    let mut line = match addresses {
        0 => "There is no link to another host".to_owned(),
        1 => "1 address on another host".to_owned(),
        n => format!("{n} addresses on other hosts"),
    };
    if *addresses > 0 {
        line.push_str(&format!(": {asked} asked for now, {} known from before", addresses - asked));
    }
    if let Some(error) = not_remembered {
        line.push_str(&format!("; nothing is remembered for the next time: {error}"));
    }
    line
}

fn new_bar(all: usize) -> ProgressBar {
    let bar = ProgressBar::new(all as u64);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos} of {len} addresses") {
        bar.set_style(style);
    }
    bar
}
