//! Drafts and essays of the future: left out with a note, and what becomes of links to them.

use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new()
        .essay("a", "", "See [the draft](draft.md).\n\nAnd [the next](next.md), [later](later.md).")
        .file(
            "content/essays/draft.md",
            "---\ntitle: Draft\ndate: 2026-05-01\ndraft: true\n---\n\n[Broken](nothing.md)\n",
        )
        .file("content/essays/next.md", "---\ntitle: Next\ndate: 2026-07-03\n---\n\n[Broken](nothing.md)\n")
        .file("content/essays/later.md", "---\ntitle: Later\ndate: 2027-05-03\n---\n")
}

#[test]
fn a_link_to_a_draft_is_an_error_and_one_to_the_future_a_warning() {
    insta::assert_snapshot!(site().said(), @r#"
    error[unpublished-link]: “Draft” is a draft, so the link would lead nowhere
     --> content/essays/a.md:6:5
      |
    6 | See [the draft](draft.md).
      |     ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take the link out until it is published, or build with `--drafts`

    warning[unpublished-link]: “Next” is dated 3 July: until then the words stand without a link
     --> content/essays/a.md:8:5
      |
    8 | And [the next](next.md), [later](later.md).
      |     ^^^^^^^^^^^^^^^^^^^
      |
      = help: build again on that day, or now with `--future`

    warning[unpublished-link]: “Later” is dated 3 May 2027: until then the words stand without a link
     --> content/essays/a.md:8:26
      |
    8 | And [the next](next.md), [later](later.md).
      |                          ^^^^^^^^^^^^^^^^^
      |
      = help: build again on that day, or now with `--future`

    note[left-out]: “Draft” is left out: it is a draft
    --> content/essays/draft.md
     = help: take it in with `--drafts`

    note[left-out]: “Later” is left out: it is dated 3 May 2027
    --> content/essays/later.md
     = help: take it in with `--future`

    note[left-out]: “Next” is left out: it is dated 3 July
    --> content/essays/next.md
     = help: take it in with `--future`

    warning[broken-link]: there is no file `content/essays/nothing.md`
     --> content/essays/next.md:6:1
      |
    6 | [Broken](nothing.md)
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: create it with `ninefold new essay nothing`, and publish it: it begins as a draft
    "#);
}

#[test]
fn with_both_taken_in_nothing_is_left_out_and_what_is_broken_in_a_draft_warns() {
    let site = site().essay("next", "", "Whole.").all();
    insta::assert_snapshot!(site.said(), @r#"
    warning[link-to-draft]: “Draft” is a draft: without drafts, this link is an error
     --> content/essays/a.md:6:5
      |
    6 | See [the draft](draft.md).
      |     ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: publish it first, or take the link out until it is

    warning[broken-link]: there is no file `content/essays/nothing.md`
     --> content/essays/draft.md:7:1
      |
    7 | [Broken](nothing.md)
      | ^^^^^^^^^^^^^^^^^^^^
      |
      = help: create it with `ninefold new essay nothing`, and publish it: it begins as a draft
    "#);
    assert!(site.has_page("/essays/draft/") && site.has_page("/essays/later/"));
}

#[test]
fn the_words_of_a_link_to_the_future_stand_without_a_link() {
    let site = site();
    site.write("content/essays/a.md", crate::support::essay("a", "", "And [the next](next.md)."));
    site.build();
    assert_eq!(site.body("/essays/a/"), "<p>And the next.</p>\n");
    assert!(!site.has_page("/essays/next/"));
}

#[test]
fn an_essay_of_today_is_in_and_a_moment_ahead_is_not() {
    let dated = |date: &str| {
        let text = format!("---\ntitle: A\ndate: {date}\n---\n");
        TestSite::new().file("content/essays/a.md", text).said()
    };
    assert_eq!(dated("2026-06-15"), "");
    assert_eq!(dated("2026-06-15T12:00Z"), "");
    insta::assert_snapshot!(dated("2026-06-15T14:01+02:00"), @r#"
    note[left-out]: “A” is left out: it is dated 15 June
    --> content/essays/a.md
     = help: take it in with `--future`
    "#);
}

#[test]
fn who_takes_drafts_in_is_told_of_links_that_will_break() {
    insta::assert_snapshot!(
        TestSite::new()
            .all()
            .essay("a", "", "See [the draft](draft.md#part), [[draft]].")
            .essay("b", "draft: true", "A draft may link to [a draft](draft.md).")
            .file("content/essays/draft.md", "---\ntitle: Draft\ndate: 2026-05-01\ndraft: true\n---\n\n## Part\n")
            .said(),
        @r#"
    warning[link-to-draft]: “Draft” is a draft: without drafts, this link is an error
     --> content/essays/a.md:6:5
      |
    6 | See [the draft](draft.md#part), [[draft]].
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: publish it first, or take the link out until it is

    warning[link-to-draft]: “Draft” is a draft: without drafts, this link is an error
     --> content/essays/a.md:6:33
      |
    6 | See [the draft](draft.md#part), [[draft]].
      |                                 ^^^^^^^^^
      |
      = help: publish it first, or take the link out until it is
    "#
    );
}
