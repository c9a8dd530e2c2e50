//! Keys and values of an essay's front matter.

use super::{of_essay, of_front};

#[test]
fn an_unknown_key_is_shown_with_the_nearest_or_with_all() {
    insta::assert_snapshot!(of_front("pattrens: [lag]\nmood: grim"), @r"
    error[unknown-key]: the front matter of an essay has no key `pattrens`
     --> content/essays/a.md:4:1
      |
    4 | pattrens: [lag]
      | ^^^^^^^^
      |
      = help: did you mean `patterns`?

    error[unknown-key]: the front matter of an essay has no key `mood`
     --> content/essays/a.md:5:1
      |
    5 | mood: grim
      | ^^^^
      |
      = help: known here: date, title, updated, kind, summary, authors, patterns, concepts, incidents, draft, aliases, slug, url, feed_id, series, image, math, archives, extra
    ");
}

#[test]
fn a_key_that_is_missing_is_named() {
    insta::assert_snapshot!(of_essay("---\nkind: note\n---\n"), @r#"
    error[missing-key]: the front matter of an essay has no `date`
    --> content/essays/a.md
     = help: add a line `date: …`

    error[missing-key]: the front matter of an essay has no `title`
    --> content/essays/a.md
     = help: add a line `title: …`
    "#);
}

#[test]
fn a_key_that_stands_twice_is_shown_the_second_time() {
    insta::assert_snapshot!(of_front("kind: note\ntitle: B"), @r#"
    error[duplicate-key]: `title` stands twice in the front matter of an essay
     --> content/essays/a.md:5:1
      |
    5 | title: B
      | ^^^^^
      |
      = help: keep one of them
    "#);
}

#[test]
fn no_is_not_false() {
    insta::assert_snapshot!(of_front("draft: no"), @r#"
    error[wrong-type]: `draft` must be true or false, not text
     --> content/essays/a.md:4:8
      |
    4 | draft: no
      |        ^^
      |
      = help: use true or false: `draft: false`
    "#);
    assert!(of_front("draft: \"yes\"").contains("use true or false: `draft: true`"));
    assert!(of_front("math: 1").contains("`math` must be true or false, not a number"));
}

#[test]
fn a_value_of_the_wrong_kind_says_what_it_should_be() {
    insta::assert_snapshot!(of_front("summary: [lag]\nauthors: {a: b}\nextra: 1\nseries: [x]"), @r#"
    error[wrong-type]: `summary` must be text, not a list
     --> content/essays/a.md:4:10
      |
    4 | summary: [lag]
      |          ^^^^^
      |
      = help: a text that begins with `[` needs quotes: `summary: "[…"`

    error[wrong-type]: `authors` must be a list such as `[a, b]`, not a group of keys
     --> content/essays/a.md:5:10
      |
    5 | authors: {a: b}
      |          ^^^^^^

    error[wrong-type]: `extra` must be a group of keys, not a number
     --> content/essays/a.md:6:8
      |
    6 | extra: 1
      |        ^

    error[wrong-type]: `series` must be `key: value` lines, not a list
     --> content/essays/a.md:7:9
      |
    7 | series: [x]
      |         ^^^
      |
      = help: write each on a line of its own: `key: value`
    "#);
}

#[test]
fn front_matter_that_is_no_list_of_keys_is_told_once() {
    insta::assert_snapshot!(of_essay("---\njust words\n---\n"), @r#"
    error[wrong-type]: the front matter of an essay must be `key: value` lines, not text
     --> content/essays/a.md:2:1
      |
    2 | just words
      | ^^^^^^^^^^
      |
      = help: write each on a line of its own: `key: value`
    "#);
}

#[test]
fn an_empty_value_is_told() {
    insta::assert_snapshot!(of_front("summary: \"\"\nupdated:"), @r##"
    error[empty-value]: `summary` is empty
     --> content/essays/a.md:4:10
      |
    4 | summary: ""
      |          ^^
      |
      = help: write a value, or delete the line

    error[wrong-type]: `updated` has no value
     --> content/essays/a.md:5:9
      |
    5 | updated:
      |         ^
      |
      = help: write one, or delete the line
      = help: a text that begins with `#` needs quotes: `updated: "#…"`
    "##);
}

#[test]
fn a_date_that_is_none_says_why() {
    insta::assert_snapshot!(of_essay("---\ntitle: A\ndate: 2024-13-45\nupdated: 30/04/2026\n---\n"), @r#"
    error[bad-date]: `date`: `2024-13-45` is not on the calendar
     --> content/essays/a.md:3:7
      |
    3 | date: 2024-13-45
      |       ^^^^^^^^^^
      |
      = help: write year, month and day as `2026-04-30`, the year from 1000 to 9999

    error[bad-date]: `updated`: `30/04/2026` is not a date
     --> content/essays/a.md:4:10
      |
    4 | updated: 30/04/2026
      |          ^^^^^^^^^^
      |
      = help: write `2026-04-30`
    "#);
    for (date, why, help) in [
        ("2023-02-29", "is not on the calendar", "write year, month and day as `2026-04-30`"),
        ("99999", "is not on the calendar", "the year from 1000 to 9999"),
        ("2026-03-29T02:30[Europe/Berlin]", "is a time that a clock change skipped", "or give it in UTC"),
        ("2026-03-29T02:30[Europe/Berlim]", "names an unknown time zone", "write a zone such as `[Europe/Berlin]`"),
        ("May 3", "is not a date", "write `2026-04-30`"),
        ("30-May-2026", "is not a date", "write `2026-05-30`"),
        ("2026-May-30", "is not a date", "write `2026-05-30`"),
        ("mid-2026-ish", "is not a date", "or less if less is known: `2026-04`, `2026`"),
    ] {
        let said = of_front(&format!("updated: {date}"));
        assert!(said.contains(&format!("`updated`: `{date}` {why}")) && said.contains(help), "{said}");
    }
}

#[test]
fn an_essay_needs_a_day() {
    insta::assert_snapshot!(of_essay("---\ntitle: A\ndate: 2026-04\n---\n"), @r#"
    error[bad-date]: an essay's `date` needs a day
     --> content/essays/a.md:3:7
      |
    3 | date: 2026-04
      |       ^^^^^^^
      |
      = help: write `2026-04-30`
    "#);
}

#[test]
fn a_word_from_outside_the_set_is_shown_with_the_nearest_or_with_all() {
    insta::assert_snapshot!(of_front("kind: analisys"), @r#"
    error[unknown-word]: `kind` can't be `analisys`
     --> content/essays/a.md:4:7
      |
    4 | kind: analisys
      |       ^^^^^^^^
      |
      = help: did you mean `analysis`?
    "#);
    assert!(of_front("kind: rant").contains("use one of essay, analysis, note"));
}

#[test]
fn a_part_must_be_a_number_in_range() {
    insta::assert_snapshot!(of_front("series: {name: Tempo, part: 0}"), @r#"
    error[out-of-range]: `part` can't be 0
     --> content/essays/a.md:4:29
      |
    4 | series: {name: Tempo, part: 0}
      |                             ^
      |
      = help: write a whole number from 1 to 9999
    "#);
    assert!(of_front("series: {name: Tempo, part: one}").contains("`part` must be a whole number, not text"));
}

#[test]
fn a_slug_that_could_lead_elsewhere_is_refused() {
    insta::assert_snapshot!(of_front("slug: Über Straße"), @r#"
    error[bad-name]: `slug`: `Über Straße` holds a space
     --> content/essays/a.md:4:7
      |
    4 | slug: Über Straße
      |       ^^^^^^^^^^^
      |
      = help: write `uber-strasse`
    "#);
    for slug in ["../../etc/x", "/etc/x", "%2e%2e", "C:", "con", "nul.txt", ".hidden", "a/b", "a\\b", "cafe\u{301}"] {
        let said = of_front(&format!("slug: '{slug}'"));
        assert!(said.starts_with("error[bad-name]: `slug`: `"), "{said}");
    }
    assert!(of_front(&format!("slug: {}", "x".repeat(300))).contains("…` is longer than 200 bytes"));
    assert!(of_front("slug: ''").contains("`slug` is empty"));
}

#[test]
fn a_picture_that_is_not_there_is_told() {
    insta::assert_snapshot!(of_front("image: ports.png"), @r#"
    error[missing-file]: there is no picture `ports.png`
     --> content/essays/a.md:4:8
      |
    4 | image: ports.png
      |        ^^^^^^^^^
      |
      = help: name a file beside the essay's `index.md`, or in `static/` as `/name.png`
    "#);
}

#[test]
fn an_alias_must_be_a_path() {
    insta::assert_snapshot!(of_front("aliases: [\"https://old.example/a/\", ../a]"), @r#"
    error[bad-alias]: `https://old.example/a/` is not a path of this site
     --> content/essays/a.md:4:11
      |
    4 | aliases: ["https://old.example/a/", ../a]
      |           ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the old address without its host: `/2019/old-name/`

    error[bad-alias]: `../a` is not a path of this site
     --> content/essays/a.md:4:37
      |
    4 | aliases: ["https://old.example/a/", ../a]
      |                                     ^^^^
      |
      = help: write the old path: `/2019/old-name/`
    "#);
}
