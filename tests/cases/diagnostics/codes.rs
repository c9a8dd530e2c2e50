//! Every kind of fault that the program can tell of is told in some test.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::support::repository;

/// Codes that no test shows, each with its reason.
const NOT_SHOWN: [(&str, &str); 3] = [
    ("data", "our own data is always JSON"),
    ("search", "the indexer must have a fault"),
    ("serve", "the system must refuse a port or a watch"),
];

/// The Rust files below `folder` of the repository.
fn sources(folder: &str) -> Vec<String> {
    walkdir::WalkDir::new(repository().join(folder))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .filter(|entry| !entry.path().ends_with("diagnostics/codes.rs"))
        .map(|entry| fs::read_to_string(entry.path()).expect("a source file"))
        .collect()
}

/// What follows each `start` in `text`.
fn after<'a>(text: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    text.match_indices(start).map(move |(at, _)| text[at + start.len()..].trim_start())
}

fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The codes that the program's sources give to diagnostics, as text or by the name of a constant.
fn codes_of_the_program() -> BTreeSet<String> {
    let texts = sources("src");
    let quoted =
        |text: &str| text.strip_prefix('"').and_then(|rest| rest.split_once('"')).map(|(code, _)| code.to_owned());
    let constants: BTreeMap<String, String> = texts
        .iter()
        .flat_map(|text| after(text, "const "))
        .filter_map(|text| text.split_once(": &str = "))
        .filter_map(|(name, value)| Some((name.to_owned(), quoted(value)?)))
        .collect();
    let calls = ["Diagnostic::error(", "Diagnostic::warning(", "Diagnostic::note(", "fault(", "warn("];
    calls
        .iter()
        .flat_map(|call| texts.iter().flat_map(|text| after(text, call)))
        .filter_map(|text| quoted(text).or_else(|| constants.get(text.split(',').next()?).cloned()))
        .filter(|code| is_code(code))
        .collect()
}

/// The codes that stand in what tests expect.
fn codes_of_the_tests() -> BTreeSet<String> {
    let texts = sources("tests");
    ["error[", "warning[", "note["]
        .iter()
        .flat_map(|start| texts.iter().flat_map(|text| after(text, start)))
        .filter_map(|text| text.split_once(']').map(|(code, _)| code.to_owned()))
        .filter(|code| is_code(code))
        .collect()
}

#[test]
fn every_code_is_shown_or_says_why_not() {
    let (known, shown) = (codes_of_the_program(), codes_of_the_tests());
    assert!(known.len() > 40, "only {known:?} were found");
    let excused: BTreeSet<String> = NOT_SHOWN.iter().map(|(code, _)| (*code).to_owned()).collect();
    let missing: Vec<&String> =
        known.iter().filter(|code| !shown.contains(*code) && !excused.contains(*code)).collect();
    assert!(missing.is_empty(), "no test shows {missing:?}");
    let needless: Vec<&String> =
        excused.iter().filter(|code| shown.contains(*code) || !known.contains(*code)).collect();
    assert!(needless.is_empty(), "shown, or known no more: {needless:?}");
    let unknown: Vec<&String> = shown.iter().filter(|code| !known.contains(*code)).collect();
    assert!(unknown.is_empty(), "the program has no {unknown:?}");
}
