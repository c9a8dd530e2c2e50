//! Lints that are worth a second look: of headings, paragraphs, quotations, essays and records.

use insta::assert_snapshot;

use crate::support::TestSite;

/// A site with these lints on.
fn site(lints: &str) -> TestSite {
    TestSite::new().file(
        "content/site.yaml",
        format!("title: Test\nbase_url: https://example.org\nsearch: false\nlints: {{{lints}}}\n"),
    )
}

#[test]
fn a_heading_that_skips_a_level_is_warned_of() {
    let site = TestSite::new().essay("a", "", "### One\n\n## Two\n\n#### Three\n\n##### Four\n\n## Five");
    assert_snapshot!(site.said(), @r"
    warning[skipped-heading]: a heading of level 4 follows one of level 2
      --> content/essays/a.md:10:1
       |
    10 | #### Three
       | ^^^^^^^^^^
       |
       = help: write `###` here, or a heading of that level before it
    ");
}

#[test]
fn a_long_paragraph_is_told_where_that_is_wanted() {
    let body = |words: usize| format!("{}\n\n- {}", "word ".repeat(words), "word ".repeat(300));
    let of = |site: TestSite, words| site.essay("a", "", &body(words)).said();
    assert!(of(site("long-paragraph: warning"), 250).is_empty(), "a list item is no paragraph");
    assert!(of(TestSite::new(), 251).is_empty());
    let said = of(site("long-paragraph: warning"), 251);
    assert!(said.starts_with("warning[long-paragraph]: the paragraph has 251 words"), "{said}");
}

#[test]
fn a_quotation_without_a_source_is_told_where_that_is_wanted() {
    let body =
        "> Ours.\n> -- Somebody\n\n> Theirs.\n>\n> \u{2014} *Another*\n\n> [!NOTE]\n> A note.\n\n> Whose?\n> Nobody's.";
    let site = site("unsourced-quotation: warning").essay("a", "", body);
    assert_snapshot!(site.said(), @r"
    warning[unsourced-quotation]: the quotation does not say whose words it is
      --> content/essays/a.md:16:1
       |
    16 | > Whose?
       | ^^^^^^^^
       |
       = help: end it with a line `-- Who, where`
    ");
}

#[test]
fn an_essay_before_its_incident_is_warned_of() {
    let site = TestSite::new()
        .essay("a", "incidents: [early, late, vague]", "Words.")
        .incident("early", "title: Early\ntimes: {started: 2026-05-01T10:00:00Z}")
        .incident("late", "title: Late\ntimes: {started: 2026-05-02}")
        .incident("vague", "title: Vague\ntimes: {started: 2026}");
    assert_snapshot!(site.said(), @r"
    warning[essay-before-incident]: the essay is dated before `late` began
     --> content/essays/a.md:3:7
      |
    3 | date: 2026-05-01
      |       ^^^^^^^^^^
      |
      = help: look at the two dates: one of them is probably mistyped
    ");
}

#[test]
fn essays_and_records_that_stand_alone_are_told_where_that_is_wanted() {
    let site = site("orphan-essay: warning, tag-without-passage: warning, uncited-incident: error, unsourced-incident: warning, unarchived-source: warning")
        .essay("alone", "", "Words, and [another](linked.md).")
        .essay("linked", "", "Words.")
        .essay("tagged", "patterns: [lag, tangles]\nconcepts: [etto]", "It was [late](pattern:lag).")
        .essay("one", "incidents: cited", "Words.")
        .incident("cited", "title: Cited")
        .incident(
            "uncited",
            "title: Uncited\nsources:\n  - {kind: report, title: Report, url: \"https://example.org/report\"}\n  - {kind: talk, title: Talk}\n  - {kind: news, title: News, url: \"https://example.org/news\", archive_url: \"https://archive.example/news\"}",
        );
    assert_snapshot!(site.said(), @r"
    warning[orphan-essay]: nothing but the list of essays leads to this one
    --> content/essays/alone.md
     = help: link to it from another page, or give it a tag or a series

    warning[tag-without-passage]: no passage shows what the essay is tagged with: `tangles`, `etto`
     --> content/essays/tagged.md:4:17
      |
    4 | patterns: [lag, tangles]
      |                 ^^^^^^^
      |
      = help: mark the words that show it, or take the tag out

    warning[unsourced-incident]: the record names no source
    --> content/incidents/cited.md
     = help: list what it is taken from: `sources: [{kind: official, title: …, url: …}]`

    error[uncited-incident]: no essay cites this incident
    --> content/incidents/uncited.md
     = help: cite it in an essay's `incidents`

    warning[unarchived-source]: without an archived copy: “Report”
    --> content/incidents/uncited.md
     = help: add the address of one as its `archive_url`
    ");
}
