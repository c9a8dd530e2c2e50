//! What an import could not carry, for the author to read: `import-report.md`. Knows places and words, no format.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::text::Place;

/// Things to tell, each once.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By what they are: where each is, and why it is so.
    items: BTreeMap<String, BTreeSet<(Place, String)>>,
    /// Counts of what was carried, in the order in which they were first counted.
    counts: Vec<(String, usize)>,
}

impl Report {
    /// Something at `place`: `what` is what others of its kind have in common, `why` what was done about this one.
    pub fn tell(&mut self, place: Place, what: impl Into<String>, why: impl Into<String>) {
        self.items.entry(what.into()).or_default().insert((place, why.into()));
    }

    /// Tells of a file that stays as it is: its author edited it, or it is not of an import.
    pub fn edited(&mut self, place: Place, why: impl Into<String>) {
        self.tell(place, "files that were edited since, or are not from an import", why);
    }

    /// One more of `what`.
    pub fn count(&mut self, what: &str, n: usize) {
        match self.counts.iter_mut().find(|(known, _)| known == what) {
            Some((_, count)) => *count += n,
            None => self.counts.push((what.to_owned(), n)),
        }
    }

    /// Takes in all that `other` has.
    pub fn extend(&mut self, other: Self) {
        for (what, places) in other.items {
            self.items.entry(what).or_default().extend(places);
        }
        for (what, n) in other.counts {
            self.count(&what, n);
        }
    }

    pub fn counts(&self) -> &[(String, usize)] {
        &self.counts
    }

    /// How many things are told.
    pub fn told(&self) -> usize {
        self.items.values().map(BTreeSet::len).sum()
    }

    /// The report as Markdown, counts first; `from` says what was imported.
    pub fn markdown(&self, from: &str) -> String {
        let mut text = format!("# Import of {from}\n\nWritten anew by each import.\n\n");
        // Writing to a String does not fail.
        for (what, n) in &self.counts {
            let _ = writeln!(text, "- {n} {what}");
        }
        if self.items.is_empty() {
            text.push_str("\nNothing was left behind.\n");
            return text;
        }
        let _ = writeln!(text, "\n## To look at: {}\n", self.told());
        for (what, places) in &self.items {
            let _ = writeln!(text, "- {} {what}", places.len());
        }
        for (what, places) in &self.items {
            let _ = writeln!(text, "\n### {} ({})\n", first_upper(what), places.len());
            for (place, why) in places {
                let _ = writeln!(text, "- {}: {why}", shown(place));
            }
        }
        text
    }
}

fn shown(place: &Place) -> String {
    match place.line {
        0 => format!("`{}`", place.file),
        line => format!("`{}:{line}`", place.file),
    }
}

fn first_upper(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
