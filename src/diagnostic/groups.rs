//! Many diagnostics in few lines: those that say the same of one file together, the rarest first, each code counted. Knows no stage.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{Diagnostic, Rule, Severity};
use crate::model::SourcePath;

/// Notes of one rule that are shown one by one.
const NOTES: usize = 3;
/// What is shown of one code among very many.
const OF_ONE: usize = 8;
/// Files that are named for the rest of a code.
const FILES: usize = 5;

/// What is shown together.
pub enum Line<'d> {
    One(&'d Diagnostic),
    /// The first of so many that say the same of one file.
    Several(&'d Diagnostic, usize),
    /// The first of so many notes of one rule.
    Notes(&'d Diagnostic, usize),
    /// What is not shown of a code.
    Rest(&'static Rule, Rest<'d>),
}

/// How many are not shown, and of which files.
pub struct Rest<'d> {
    pub count: usize,
    files: Vec<(&'d SourcePath, usize)>,
}

impl<'d> Line<'d> {
    /// The one that is shown with its place.
    pub fn diagnostic(&self) -> Option<&'d Diagnostic> {
        match self {
            Self::One(diagnostic) | Self::Several(diagnostic, _) => Some(diagnostic),
            Self::Notes(..) | Self::Rest(..) => None,
        }
    }
}

impl fmt::Display for Rest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.files.len() {
            1 => write!(f, "1 file: ")?,
            n => write!(f, "{n} files: ")?,
        }
        for (n, (path, count)) in self.files.iter().take(FILES).enumerate() {
            let comma = if n == 0 { "" } else { ", " };
            write!(f, "{comma}{} ({count})", path.as_str().replace(char::is_control, "\u{fffd}"))?;
        }
        if self.files.len() > FILES { write!(f, " and others") } else { Ok(()) }
    }
}

/// All of them in their order, but for notes, of which many are one.
pub fn all(diagnostics: &[Diagnostic]) -> Vec<Line<'_>> {
    let counts = counts(diagnostics);
    let mut reported = BTreeSet::new();
    let line = |diagnostic| many_notes(diagnostic, &counts, &mut reported).unwrap_or(Some(Line::One(diagnostic)));
    diagnostics.iter().filter_map(line).collect()
}

/// Errors before warnings, rare codes before frequent ones, at most `most` of them.
pub fn rarest_first(diagnostics: &[Diagnostic], most: usize) -> Vec<Line<'_>> {
    let counts = counts(diagnostics);
    let mut by_code: BTreeMap<_, BTreeMap<_, Vec<&Diagnostic>>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let code = (diagnostic.severity, counts[&(diagnostic.severity, diagnostic.code())], diagnostic.code());
        by_code.entry(code).or_default().entry((diagnostic.path(), &diagnostic.message)).or_default().push(diagnostic);
    }
    let mut lines = Vec::new();
    let mut reported = BTreeSet::new();
    for groups in by_code.into_values() {
        let mut rest: Vec<&Diagnostic> = Vec::new();
        let mut shown = 0;
        for same in groups.into_values() {
            match many_notes(same[0], &counts, &mut reported) {
                Some(line) => lines.extend(line),
                None if shown < OF_ONE && lines.len() < most => {
                    shown += 1;
                    lines.push(if same.len() == 1 { Line::One(same[0]) } else { Line::Several(same[0], same.len()) });
                }
                None => rest.extend(same),
            }
        }
        if let Some(first) = rest.first() {
            let rule = first.rule;
            let mut files: BTreeMap<&SourcePath, usize> = BTreeMap::new();
            rest.iter()
                .filter_map(|diagnostic| diagnostic.path())
                .for_each(|path| *files.entry(path).or_default() += 1);
            let mut files: Vec<(&SourcePath, usize)> = files.into_iter().collect();
            files.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            lines.push(Line::Rest(rule, Rest { count: rest.len(), files }));
        }
    }
    lines
}

/// What stands for a note of which there are many: the first has a line for all, the others none. None for what is no such note.
fn many_notes<'d>(
    diagnostic: &'d Diagnostic,
    counts: &BTreeMap<(Severity, &str), usize>,
    reported: &mut BTreeSet<&'static str>,
) -> Option<Option<Line<'d>>> {
    let count = counts[&(diagnostic.severity, diagnostic.code())];
    let is_one_of_many = diagnostic.severity == Severity::Note && count > NOTES;
    is_one_of_many.then(|| reported.insert(diagnostic.code()).then_some(Line::Notes(diagnostic, count)))
}

fn counts(diagnostics: &[Diagnostic]) -> BTreeMap<(Severity, &'static str), usize> {
    let mut counts = BTreeMap::new();
    diagnostics.iter().for_each(|diagnostic| *counts.entry((diagnostic.severity, diagnostic.code())).or_default() += 1);
    counts
}

/// A line for each code: how many there are, of what severity.
pub fn summary(diagnostics: &[Diagnostic]) -> String {
    let mut counts: Vec<((Severity, &str), usize)> = counts(diagnostics).into_iter().collect();
    counts.sort_by_key(|((severity, code), count)| (*severity, *count, *code));
    let width = counts.iter().map(|(_, count)| count.to_string().len()).max().unwrap_or_default();
    let line = |((severity, code), count): ((Severity, &str), usize)| {
        format!("{count:>width$}  {}[{code}]\n", severity.word())
    };
    counts.into_iter().map(line).chain(["\n".to_owned()]).collect()
}
