//! Every rule is declared well, shown in some test, and breaks where its example says so.

use std::collections::BTreeSet;
use std::fs;

use ninefold::diagnostic::{Example, Level, Rule};
use ninefold::pipeline;
use ninefold::rules;

use crate::support::{TestSite, repository};

/// Codes that no test shows, each with its reason.
const NOT_SHOWN: [(&str, &str); 3] = [
    ("data", "our own data is always JSON"),
    ("search", "the indexer must have a fault"),
    ("serve", "the system must refuse a port or a watch"),
];

#[test]
fn codes_are_in_kebab_case_and_each_is_declared_once() {
    let codes: BTreeSet<&str> = rules::all().map(Rule::code).collect();
    assert_eq!(codes.len(), rules::all().count(), "two rules have one code");
    assert!(codes.len() > 100, "only {} rules are listed", codes.len());
    let is_kebab = |code: &str| {
        !code.is_empty() && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit())
    };
    for rule in rules::all() {
        assert!(is_kebab(rule.code()), "{}", rule.code());
        let meaning = rule.meaning();
        let begins = meaning.starts_with(|c: char| c.is_lowercase() || c == '`') || meaning.starts_with("HTML");
        assert!(begins && !meaning.ends_with('.') && !meaning.contains('\n'), "{}: {meaning}", rule.code());
        assert!(meaning.chars().count() <= 90, "{}: {meaning}", rule.code());
    }
}

/// The codes that stand in what tests expect.
fn codes_of_the_tests() -> BTreeSet<String> {
    let is_rust = |entry: &walkdir::DirEntry| entry.path().extension().is_some_and(|extension| extension == "rs");
    let files = walkdir::WalkDir::new(repository().join("tests")).into_iter().filter_map(Result::ok).filter(is_rust);
    let texts = files.map(|entry| fs::read_to_string(entry.path()).expect("a test"));
    let codes_in = |text: String| -> Vec<String> {
        let after =
            |start| text.match_indices(start).filter_map(|(at, found)| text[at + found.len()..].split_once(']'));
        ["error[", "warning[", "note["].into_iter().flat_map(after).map(|(code, _)| code.to_owned()).collect()
    };
    texts.flat_map(codes_in).collect()
}

#[test]
fn every_code_is_shown_or_says_why_not() {
    let shown = codes_of_the_tests();
    let reason = |code: &str| NOT_SHOWN.iter().any(|(excused, _)| *excused == code);
    for rule in rules::all() {
        let code = rule.code();
        assert_ne!(shown.contains(code), reason(code), "`{code}` is shown in a test, or excused, and not both");
    }
}

/// A site that breaks `example` and has these settings too.
fn site_with(example: Example, settings: &str) -> TestSite {
    let own = if let Example::Settings(lines) = example { lines } else { "" };
    let site = TestSite::new().file(
        "content/site.yaml",
        format!("title: Test\nbase_url: https://example.org\nsearch: false\n{own}\n{settings}\n"),
    );
    match example {
        Example::Text(text) => site.essay("a", "", text),
        Example::Front(lines) => site.essay("a", lines, "Text."),
        Example::Record(lines) => site.incident("a", lines),
        Example::Settings(_) => site.essay("a", "", "Text."),
    }
}

#[test]
fn every_example_breaks_its_rule_and_counts_as_the_settings_say() {
    let level_of = |rule: &Rule, example, settings: &str| {
        let site = site_with(example, settings);
        let found = pipeline::read(&site.options()).diagnostics.into_iter().find(|fault| fault.code() == rule.code());
        found.map(|fault| fault.severity.word())
    };
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for rule in rules::all() {
        let Some(example) = rule.example() else { continue };
        let code = rule.code();
        let mut check = |settings: &str, expected: &str| {
            let expected = Some(expected).filter(|level| *level != "off");
            let found = level_of(rule, example, settings);
            if found != expected {
                wrong.push(format!("{code} with `{settings}`: {found:?}, not {expected:?}"));
            }
        };
        check("", rule.level().word());
        if !rule.is_fixed() {
            for level in ["error", "warning", "off"] {
                check(&format!("lints: {{{code}: {level}}}"), level);
            }
        }
        looked_at += 1;
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(looked_at > 40, "only {looked_at} examples");
}

#[test]
fn a_site_whose_faults_all_count_as_warnings_is_built_whole() {
    for rule in rules::all().filter(|rule| rule.level() == Level::Error && !rule.is_fixed()) {
        let Some(example) = rule.example() else { continue };
        let site = site_with(example, &format!("lints: {{{}: warning}}", rule.code()));
        let built = site.try_build();
        assert!(!built.has_errors(), "{}", site.shown(&built.diagnostics));
        assert!(site.has_page("/essays/a/") || site.has_page("/incidents/a/"), "{}", rule.code());
    }
}
