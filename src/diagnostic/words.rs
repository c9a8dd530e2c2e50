//! The words of its file that a diagnostic is about: what stays the same when lines move. Knows no stage.

use std::collections::BTreeMap;

use super::located::Located;
use super::{Diagnostic, TextOf};
use crate::model::SourcePath;

/// Of longer ones the beginning is enough, in characters.
const LONGEST: usize = 120;

/// The words of each of `faults`, on one line; none for what is about a file as a whole, or no longer there.
pub fn words(faults: &[Diagnostic], text_of: &TextOf<'_>) -> Vec<Option<String>> {
    let mut files: BTreeMap<&SourcePath, Option<Located<'_>>> = BTreeMap::new();
    let places = faults.iter().filter_map(|fault| fault.place.as_ref());
    let mut found = Vec::with_capacity(faults.len());
    for fault in faults {
        found.push(fault.place.as_ref().and_then(|place| {
            let spots = places.clone().filter(|other| other.path == place.path).map(|other| &other.spot);
            let file = files.entry(&place.path).or_insert_with(|| Located::read(&place.path, spots, text_of));
            let file = file.as_ref()?;
            let text = file.text().get(file.span(&place.spot)?.range())?;
            let line = text.replace(char::is_control, " ").split_whitespace().collect::<Vec<_>>().join(" ");
            Some(line.chars().take(LONGEST).collect::<String>()).filter(|line| !line.is_empty())
        }));
    }
    found
}
