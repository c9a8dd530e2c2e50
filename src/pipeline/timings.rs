//! Where a build's time went, for people. Knows numbers only.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::model::UrlPath;
use crate::render::Highlighted;

/// How many of the slowest pages are named.
const SLOWEST: usize = 5;

/// What took how long.
#[derive(Clone, Debug, Default)]
pub struct Timings {
    /// The stages in order, by the clock on the wall. The index is made beside the pages: `search` is what is left of it then.
    pub stages: Vec<(&'static str, Duration)>,
    /// How long the whole index took.
    pub indexing: Duration,
    /// Pages that took longest, slowest first, by one core's clock.
    pub slowest: Vec<(UrlPath, Duration)>,
    /// Pages of each template: how many and how long together, by one core's clock.
    pub templates: BTreeMap<&'static str, (usize, Duration)>,
    pub highlighted: Highlighted,
}

impl Timings {
    /// Counts a page in.
    pub fn add(&mut self, url: &UrlPath, template: &'static str, took: Duration) {
        let sum = self.templates.entry(template).or_default();
        sum.0 += 1;
        sum.1 += took;
        let place = self.slowest.partition_point(|(_, other)| *other >= took);
        if place < SLOWEST {
            self.slowest.insert(place, (url.clone(), took));
            self.slowest.truncate(SLOWEST);
        }
    }

    /// How long the stage `name` took.
    pub fn of(&self, name: &str) -> Duration {
        self.stages.iter().filter(|(stage, _)| *stage == name).map(|(_, took)| *took).sum()
    }

    /// A table for the terminal.
    pub fn table(&self) -> String {
        let ms = |took: &Duration| format!("{:>9.1} ms", took.as_secs_f64() * 1_000.0);
        let mut lines = vec!["stages".to_owned()];
        lines.extend(self.stages.iter().map(|(name, took)| format!("{}  {name}", ms(took))));
        if !self.templates.is_empty() {
            lines.push("pages by template (one core)".to_owned());
            lines.extend(self.templates.iter().map(|(name, (n, took))| format!("{}  {name} ({n})", ms(took))));
            lines.push("slowest pages (one core)".to_owned());
            lines.extend(self.slowest.iter().map(|(url, took)| format!("{}  {url}", ms(took))));
        }
        let Highlighted { made, cached } = self.highlighted;
        lines.push(format!("blocks of code: {made} highlighted, {cached} from the cache"));
        lines.join("\n")
    }
}
