//! How far a build is that takes a while: bars on a terminal, one line in a log. Knows what is counted, not how it is made.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::{Format, report};
use crate::guard::locked;
use crate::pipeline::Work;

/// Work that takes less shows no bar.
const PATIENCE: Duration = Duration::from_secs(5);
/// From so many pages on indexing is logged before it begins, where there is no terminal for a bar.
const MANY: usize = 1_000;

/// The bars of one build.
pub struct Progress {
    format: Format,
    quiet: bool,
    bars: MultiProgress,
    begun: Mutex<Vec<Begun>>,
}

/// Work that is under way.
struct Begun {
    work: Work,
    at: Instant,
    /// None until it has taken a while.
    bar: Option<ProgressBar>,
}

impl Progress {
    pub fn new(format: Format, quiet: bool) -> Self {
        Self { format, quiet, bars: MultiProgress::new(), begun: Mutex::new(Vec::new()) }
    }

    /// So much of `work` is done. Its bar is taken away with its last.
    pub fn tell(&self, work: Work, done: usize, all: usize) {
        if self.quiet || self.format != Format::Human {
            return;
        }
        if !report::is_terminal() {
            if work == Work::Search && done == 0 && all >= MANY {
                report::say(&format!("{}: {all} pages", doing(work)), self.format, self.quiet);
            }
            return;
        }
        let mut all_begun = locked(&self.begun);
        let place = all_begun.iter().position(|begun| begun.work == work).unwrap_or_else(|| {
            all_begun.push(Begun { work, at: Instant::now(), bar: None });
            all_begun.len() - 1
        });
        let begun = &mut all_begun[place];
        if begun.bar.is_none() && begun.at.elapsed() > PATIENCE {
            begun.bar = Some(self.bars.add(bar(work, all)));
        }
        let Some(bar) = &begun.bar else { return };
        bar.set_position(done as u64);
        if done == all {
            bar.finish_and_clear();
        }
    }
}

fn bar(work: Work, all: usize) -> ProgressBar {
    let bar = ProgressBar::new(all as u64);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos} of {len}") {
        bar.set_style(style);
    }
    bar.with_message(doing(work))
}

const fn doing(work: Work) -> &'static str {
    match work {
        Work::Pictures => "Drawing cards and smaller pictures",
        Work::Search => "Indexing for search",
    }
}
