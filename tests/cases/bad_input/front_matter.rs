//! Front matter that is made to break its reader.

use crate::support::TestSite;

fn said(front: &str) -> String {
    TestSite::new()
        .file("content/essays/a.md", format!("---\ntitle: A\ndate: 2026-05-01\n{front}\n---\n\nText.\n"))
        .said()
}

#[test]
fn aliases_stand_for_so_many_values_and_no_more() {
    let lists = |n: usize| format!("a: &a [{}]\nextra: [{}]", "x,".repeat(200), "*a,".repeat(n));
    insta::assert_snapshot!(said(&lists(100)), @r#"
    error[yaml]: the front matter stands for more than 20000 values
    --> content/essays/a.md
     = help: write fewer, and none by alias (`*name`)
    "#);
    assert!(!said(&lists(90)).contains("stands for more than"));
    let texts = |n: usize| format!("a: &a \"{}\"\nextra: [{}]", "x".repeat(6_400), "*a,".repeat(n));
    assert!(said(&texts(200)).contains("stands for more than 20000 values"));
    assert!(!said(&texts(190)).contains("stands for more than"));
    assert!(said("extra: &a {b: *a}").contains("is nested more than 64 deep"));
}

#[test]
fn brackets_and_lists_nest_so_deep_and_no_deeper() {
    for mark in ["[", "{", "- ", "? ", "-\t"] {
        let message = |n: usize| said(&format!("extra: {}", mark.repeat(n)));
        assert!(message(64).starts_with("error[yaml]: the front matter is nested more than 64 deep"), "{mark:?}");
        assert!(!message(63).contains("nested more than 64 deep"), "{mark:?}");
    }
    let stairs = |steps: usize| (1..=steps).map(|n| format!("{}a:\n", " ".repeat(n))).collect::<String>();
    insta::assert_snapshot!(said(&format!("extra:\n{}", stairs(64))).lines().next().unwrap_or_default(), @"error[yaml]: the front matter is nested more than 64 deep");
    assert_eq!(said(&format!("extra:\n{}", stairs(63))), "");
    assert_eq!(said(&format!("extra: {}1{}", "{a: ".repeat(60), "}".repeat(60))), "");
    assert_eq!(said(&format!("# {}", "-".repeat(300))), "");
    assert_eq!(said(&format!("summary: {}", "-- ".repeat(300))), "");
}

#[test]
fn front_matter_has_a_greatest_length() {
    insta::assert_snapshot!(said(&format!("extra: {{a: {}}}", "word ".repeat(14_000))), @r#"
    error[yaml]: the front matter is longer than 64 KB
    --> content/essays/a.md
     = help: move the text into the body
    "#);
    assert_eq!(said(&format!("extra: {{a: {}}}", "word ".repeat(12_000))), "");
}

#[test]
fn what_other_pages_show_has_a_greatest_length() {
    let list = |n: usize| (0..n).map(|n| format!("a{n}")).collect::<Vec<_>>().join(", ");
    assert_eq!(said(&format!("summary: {}\nauthors: [{}]", "word ".repeat(400), list(50))), "");
    insta::assert_snapshot!(said(&format!("summary: {}\nauthors: [{}]", "x".repeat(2_001), list(51))), @r"
    error[long-value]: `summary` is longer than 2000 characters
     --> content/essays/a.md:4:10
      |
    4 | ...y: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx
      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: shorten it: other pages show it too

    error[long-value]: `authors` has 51 entries, and may have 50
     --> content/essays/a.md:5:251
      |
    5 | ...7, a38, a39, a40, a41, a42, a43, a44, a45, a46, a47, a48, a49, a50]
      |                                                                   ^^^
      |
      = help: leave out what matters least: pages show all of them
    ");
    assert_eq!(said(&format!("aliases: [{}]", list(500))), "");
    insta::assert_snapshot!(said(&format!("aliases: [{}]", list(501))).lines().next().unwrap_or_default(), @"error[long-value]: `aliases` has 501 entries, and may have 500");
    insta::assert_snapshot!(said(&format!("authors: [{}]", "x".repeat(301))).lines().next().unwrap_or_default(), @"error[long-value]: an entry of `authors` is longer than 300 characters");
}

#[test]
fn the_menu_has_so_many_entries_and_no_more() {
    let menu = |entries: usize, pages: usize| {
        let entries = "  - {title: A, url: \"https://example.org/\"}\n".repeat(entries);
        let config = format!("title: T\nbase_url: https://example.org\nsearch: false\nmenu:\n{entries}");
        let site = TestSite::new().file("content/site.yaml", config);
        let page = |site: TestSite, n| site.file(&format!("content/pages/p{n}.md"), "---\ntitle: P\nmenu: 1\n---\n");
        (0..pages).fold(site, page).said()
    };
    // One more is the site's own: the patterns.
    assert_eq!(menu(30, 29), "");
    insta::assert_snapshot!(menu(30, 30), @r"
    error[long-value]: the menu has 61 entries, and may have 60
    --> content/site.yaml
     = help: take entries out of `menu` in site.yaml, or `menu` out of the front matter of pages
    ");
}

#[test]
fn every_sign_of_yaml_over_and_over_ends_with_a_message() {
    for sign in
        ["\"", "'", ":", "&", "!", "*a ", "%", "|", ">", "~\n", "x: 1\n", "a,", "- a\n", "\t", "\\", "<<: ", "@", "`"]
    {
        let message = said(&format!("extra: {}", sign.repeat(600 / sign.len())));
        assert!(message.starts_with("error["), "{sign:?}: {message}");
        assert!(message.len() < 6_000, "{sign:?}: {}", message.len());
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let text = "\u{feff}---\r\ntitle: A\r\ndate: 2026-05-01\r\nsummary: |\r\n  One\r\n  two\r\n---\r\n\r\nText.\r\n";
    let site = TestSite::new().file("content/essays/a.md", text);
    assert_eq!(site.said(), "");
    assert_eq!(site.body("/essays/a/"), "<p>Text.</p>\n");
    assert_eq!(site.view("/essays/a/")["data"]["essay"]["summary"], "One two");
}
