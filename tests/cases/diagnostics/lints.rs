//! Levels that `site.yaml` gives to rules.

use insta::assert_snapshot;

use crate::support::TestSite;

/// A site with these settings besides title and address.
fn site(settings: &str) -> TestSite {
    TestSite::new()
        .file("content/site.yaml", format!("title: Test\nbase_url: https://example.org\nsearch: false\n{settings}\n"))
}

/// What a build says, a line each: severity, code, file.
fn told(site: &TestSite) -> Vec<String> {
    let line = |fault: &ninefold::diagnostic::Diagnostic| {
        let path = fault.path().map_or("", |path| path.as_str());
        format!("{} {} {path}", fault.severity.word(), fault.code())
    };
    site.try_build().diagnostics.iter().map(line).collect()
}

#[test]
fn a_broken_link_that_is_a_warning_shows_its_words() {
    let site = site("lints: {broken-link: warning}").essay("a", "", "See [the sequel](the-sequel.md) soon.");
    assert_snapshot!(site.said(), @r"
    warning[broken-link]: there is no file `content/essays/the-sequel.md`
     --> content/essays/a.md:6:5
      |
    6 | See [the sequel](the-sequel.md) soon.
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: create it with `ninefold new essay the-sequel`, and publish it: it begins as a draft
    ");
    assert_eq!(site.body("/essays/a/"), "<p>See the sequel soon.</p>\n");
}

#[test]
fn a_code_that_is_unknown_or_fixed_and_a_level_that_is_none_are_errors() {
    let settings = "lints:\n  missing-alts: off\n  refused-link: warning\n  missing-alt: quiet\n  broken-link: {before: 2026-01}\n  empty-link: {level: off, after: 2026-01-01}";
    assert_snapshot!(site(settings).essay("a", "", "Text.").said(), @r"
    error[unknown-lint]: there is no lint `missing-alts`
     --> content/site.yaml:5:3
      |
    5 |   missing-alts: off
      |   ^^^^^^^^^^^^
      |
      = help: did you mean `missing-alt`?

    error[fixed-level]: the level of `refused-link` can't be changed: it is always an error
     --> content/site.yaml:6:3
      |
    6 |   refused-link: warning
      |   ^^^^^^^^^^^^
      |
      = help: delete it; `ninefold explain refused-link` says what it means

    error[unknown-key]: `empty-link` has no key `after`
     --> content/site.yaml:9:28
      |
    9 |   empty-link: {level: off, after: 2026-01-01}
      |                            ^^^^^
      |
      = help: known here: level, before

    error[unknown-word]: `missing-alt` can't be `quiet`
     --> content/site.yaml:7:16
      |
    7 |   missing-alt: quiet
      |                ^^^^^
      |
      = help: use one of error, warning, off

    error[missing-key]: `broken-link` has no `level`
     --> content/site.yaml:8:16
      |
    8 |   broken-link: {before: 2026-01}
      |                ^^^^^^^^^^^^^^^^^
      |
      = help: add a line `level: …`

    error[bad-date]: `before` needs a day
     --> content/site.yaml:8:25
      |
    8 |   broken-link: {before: 2026-01}
      |                         ^^^^^^^
      |
      = help: write `2026-04-30`
    ");
}

#[test]
fn a_level_can_be_for_what_was_written_before_a_day() {
    let essay = |date: &str| format!("---\ntitle: A\ndate: {date}\n---\n\nSee [more](#more).\n");
    let site = site("lints: {broken-anchor: {level: warning, before: 2026-01-01}}")
        .file("content/essays/new.md", essay("2026-01-01"))
        .file("content/essays/old.md", essay("2025-12-31"))
        .file("content/pages/undated.md", "---\ntitle: Undated\n---\n\nSee [more](#more).\n");
    assert_eq!(
        told(&site),
        [
            "error broken-anchor content/essays/new.md",
            "warning broken-anchor content/essays/old.md",
            "error broken-anchor content/pages/undated.md",
        ]
    );
}

#[test]
fn errors_in_the_settings_themselves_stay_errors() {
    let site = site("menu: [{title: Gone, url: /gone/}]\nlints: {broken-link: off}").essay("a", "", "[b](b.md)");
    assert_eq!(told(&site), ["error broken-link content/site.yaml"]);
}

#[test]
fn drafts_are_warned_of_at_most() {
    let site =
        site("lints: {missing-alt: error}").essay("a", "draft: true", "![](https://pictures.example/a.png)").all();
    assert_eq!(told(&site), ["warning missing-alt content/essays/a.md", "warning outside-picture content/essays/a.md"]);
}

#[test]
fn levels_that_change_count_at_once_and_no_page_is_made_again() {
    let site = site("").essay("a", "", "![](https://pictures.example/a.png)");
    let before = site.build();
    assert_eq!(before.diagnostics.len(), 2);
    let settings =
        |lints: &str| format!("title: Test\nbase_url: https://example.org\nsearch: false\nlints: {{{lints}}}\n");
    site.write("content/site.yaml", settings("missing-alt: off, outside-picture: off"));
    let quiet = site.build();
    assert!(quiet.diagnostics.is_empty(), "{}", site.shown(&quiet.diagnostics));
    assert_eq!(quiet.counters.rendered, 0);
    site.write("content/site.yaml", settings("missing-alt: error"));
    assert_eq!(told(&site), ["error missing-alt content/essays/a.md", "warning outside-picture content/essays/a.md"]);
}
