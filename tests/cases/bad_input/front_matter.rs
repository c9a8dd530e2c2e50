//! Front matter that is made to break its reader.

use crate::support::TestSite;

fn said(front: &str) -> String {
    TestSite::new()
        .file("content/essays/a.md", format!("---\ntitle: A\ndate: 2026-05-01\n{front}\n---\n\nText.\n"))
        .said()
}

#[test]
fn aliases_that_multiply_are_capped() {
    let lists: String =
        (1..8).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(","))).collect();
    insta::assert_snapshot!(said(&format!("a0: &a0 [x,x,x,x,x,x,x,x,x]\n{lists}")), @r#"
    error[yaml]: the front matter stands for more than 20000 values
    --> content/essays/a.md
     = help: write fewer, and none by alias (`*name`)
    "#);
    let text = format!("a: &a \"{}\"\nextra: [{}]", "x".repeat(30_000), ["*a"].repeat(5_000).join(","));
    assert!(said(&text).contains("stands for more than 20000 values"));
    assert!(said("extra: &a {b: *a}").contains("is nested too deep"));
}

#[test]
fn brackets_and_lists_nest_so_deep_and_no_deeper() {
    for text in ["[".repeat(60_000), "{".repeat(60_000), "- ".repeat(30_000), "? ".repeat(30_000), "-\t".repeat(30_000)]
    {
        let message = said(&format!("extra: {text}"));
        assert!(message.starts_with("error[yaml]: the front matter is nested more than 64 deep"), "{message}");
    }
    let stairs: String = (1..340).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    assert!(said(&format!("extra:\n{stairs}")).starts_with("error[yaml]: the front matter is nested too deep"));
    assert_eq!(said(&format!("extra: {}1{}", "{a: ".repeat(60), "}".repeat(60))), "");
    assert_eq!(said(&format!("# {}", "-".repeat(300))), "");
    assert_eq!(said(&format!("summary: {}", "-- ".repeat(300))), "");
}

#[test]
fn front_matter_has_a_greatest_length() {
    insta::assert_snapshot!(said(&format!("summary: {}", "word ".repeat(14_000))), @r#"
    error[yaml]: the front matter is longer than 64 KB
    --> content/essays/a.md
     = help: move the text into the body
    "#);
    assert_eq!(said(&format!("summary: {}", "word ".repeat(12_000))), "");
}

#[test]
fn every_sign_of_yaml_sixty_thousand_times_ends_with_a_message() {
    for sign in
        ["\"", "'", ":", "&", "!", "*a ", "%", "|", ">", "~\n", "x: 1\n", "a,", "- a\n", "\t", "\\", "<<: ", "@", "`"]
    {
        let message = said(&format!("extra: {}", sign.repeat(60_000 / sign.len())));
        assert!(message.starts_with("error["), "{sign:?}: {message}");
        assert!(message.len() < 60_000, "{sign:?}: {}", message.len());
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let text = "\u{feff}---\r\ntitle: A\r\ndate: 2026-05-01\r\nsummary: |\r\n  One\r\n  two\r\n---\r\n\r\nText.\r\n";
    let site = TestSite::new().file("content/essays/a.md", text);
    assert_eq!(site.said(), "");
    assert_eq!(site.body("/essays/a/"), "<p>Text.</p>\n");
    assert_eq!(site.view("/essays/a/")["data"]["essay"]["summary"], "One\ntwo");
}
