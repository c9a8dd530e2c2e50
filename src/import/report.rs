//! What an import could not carry, for the author to read: `import-report.md`. Knows places and words, no format.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Write};

use super::text::Place;

/// Remarks, each once.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// By what they are: where each is, and why it is so.
    items: BTreeMap<String, BTreeSet<(Place, String)>>,
    /// Counts of what was carried, in the order in which they were first counted.
    counts: Vec<Count>,
}

/// How many things of a kind were carried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Of several, such as `essays`.
    what: String,
    n: usize,
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = ["essays", "pages", "drafts", "records"].contains(&&*self.what).then(|| self.what.strip_suffix('s'));
        match one.flatten().filter(|_| self.n == 1) {
            Some(one) => write!(f, "1 {one}"),
            None => write!(f, "{} {}", self.n, self.what),
        }
    }
}

impl Report {
    /// Something at `place`: `what` is what others of its kind have in common, `why` what was done about this one.
    pub fn add(&mut self, place: Place, what: impl Into<String>, why: impl Into<String>) {
        self.items.entry(what.into()).or_default().insert((place, why.into()));
    }

    /// Tells of a file that stays as it is: its author edited it, or it is not of an import.
    pub fn edited(&mut self, place: Place, why: impl Into<String>) {
        self.add(place, "files that were edited since, or are not from an import", why);
    }

    /// One more of `what`.
    pub fn count(&mut self, what: &str, n: usize) {
        match self.counts.iter_mut().find(|count| count.what == what) {
            Some(count) => count.n += n,
            None => self.counts.push(Count { what: what.to_owned(), n }),
        }
    }

    /// Takes in all that `other` has.
    pub fn extend(&mut self, other: Self) {
        for (what, places) in other.items {
            self.items.entry(what).or_default().extend(places);
        }
        for count in other.counts {
            self.count(&count.what, count.n);
        }
    }

    pub fn counts(&self) -> &[Count] {
        &self.counts
    }

    /// How many remarks there are.
    pub fn len(&self) -> usize {
        self.items.values().map(BTreeSet::len).sum()
    }

    /// The report as Markdown, counts first; `from` says what was imported.
    pub fn markdown(&self, from: &str) -> String {
        let mut text = format!("# Import of {from}\n\nWritten anew by each import.\n\n");
        // Writing to a String does not fail.
        for count in &self.counts {
            let _ = writeln!(text, "- {count}");
        }
        if self.items.is_empty() {
            text.push_str("\nNothing was left behind.\n");
            return text;
        }
        let _ = writeln!(text, "\n## To look at: {}\n", self.len());
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
