//! The words of its file that a diagnostic is about: what stays the same when lines move. Knows no stage.

use std::collections::BTreeMap;

use super::located::Located;
use super::{Diagnostic, Spot, TextOf};
use crate::model::SourcePath;

/// Of longer ones the beginning is enough, in characters.
const LONGEST: usize = 120;

/// The words of each of `faults`, on one line; none for what is about a file as a whole, or no longer there.
pub fn words(faults: &[Diagnostic], text_of: &TextOf<'_>) -> Vec<Option<String>> {
    at_each(faults, text_of, |file, spot| {
        let text = file.text().get(file.span(spot)?.range())?;
        let line = text.replace(char::is_control, " ").split_whitespace().collect::<Vec<_>>().join(" ");
        // Without the space at which it may be cut, which no file keeps.
        let line: String = line.chars().take(LONGEST).collect();
        Some(line.trim_end().to_owned()).filter(|line| !line.is_empty())
    })
}

/// The line on which each of `faults` begins, from 1; none for what is about a file as a whole, or no longer there.
pub fn first_lines(faults: &[Diagnostic], text_of: &TextOf<'_>) -> Vec<Option<usize>> {
    at_each(faults, text_of, |file, spot| Some(file.positions(file.span(spot)?).0.line))
}

fn at_each<T>(
    faults: &[Diagnostic],
    text_of: &TextOf<'_>,
    of: impl Fn(&Located<'_>, &Spot) -> Option<T>,
) -> Vec<Option<T>> {
    let mut by_file: BTreeMap<&SourcePath, Vec<&Spot>> = BTreeMap::new();
    for place in faults.iter().filter_map(|fault| fault.place.as_ref()) {
        by_file.entry(&place.path).or_default().push(&place.spot);
    }
    let mut files: BTreeMap<&SourcePath, Option<Located<'_>>> = BTreeMap::new();
    let mut found = Vec::with_capacity(faults.len());
    for fault in faults {
        found.push(fault.place.as_ref().and_then(|place| {
            let spots = by_file.get(&place.path).into_iter().flatten().copied();
            let file = files.entry(&place.path).or_insert_with(|| Located::read(&place.path, spots, text_of));
            of(file.as_ref()?, &place.spot)
        }));
    }
    found
}
