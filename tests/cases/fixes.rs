//! `check --fix`: what it mends, what it leaves, and that each other byte stays.

use std::fs;

use super::commands::{code, err, out, run};
use crate::support::TestSite;

fn text(site: &TestSite, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).expect(path)
}

#[test]
fn a_title_that_stands_twice_is_told_and_taken_out() {
    let whole = "\u{feff}---\r\ntitle: \"Don't wait -- act\"\r\ndate: 2026-05-01\r\n---\r\n\r\n# Don\u{2019}t wait \u{2013} act\r\n\r\n    code first\r\n\r\nEnd  \r\n";
    let site = TestSite::new()
        .file("content/essays/a.md", whole)
        .essay("b", "", "b\n=\n\nText.")
        .essay("c", "", "# Another title\n\nText.")
        .essay("d", "", "Text.\n\n# d")
        .essay("e", "", "# e {#own}\n\nText.");
    insta::assert_snapshot!(site.said(), @r"
    warning[repeated-title]: the text begins with its title, “Don’t wait – act”, which the page shows twice
     --> content/essays/a.md:6:1
      |
    6 | # Don’t wait – act
      | ^^^^^^^^^^^^^^^^^^
      |
      = help: take the heading out, or let `ninefold check --fix` do it

    warning[repeated-title]: the text begins with its title, “b”, which the page shows twice
     --> content/essays/b.md:6:1
      |
    6 | b
      | ^
      |
      = help: take the heading out, or let `ninefold check --fix` do it

    warning[repeated-title]: the text begins with its title, “e”, which the page shows twice
     --> content/essays/e.md:6:1
      |
    6 | # e {#own}
      | ^^^^^^^^^^
      |
      = help: take the heading out
    ");
    let output = run(site.root(), &["check", "--fix"]);
    assert!(err(&output).contains("2 faults are mended in 2 files"), "{}", err(&output));
    assert_eq!(text(&site, "content/essays/a.md"), whole.replace("# Don\u{2019}t wait \u{2013} act\r\n\r\n", ""));
    assert!(text(&site, "content/essays/b.md").ends_with("---\n\nText.\n"), "{}", text(&site, "content/essays/b.md"));
    let output = run(site.root(), &["check", "--fix"]);
    assert!(err(&output).contains("Nothing was mended"), "{}", err(&output));
}

#[test]
fn lines_that_do_nothing_are_taken_out() {
    let site = TestSite::new()
        .essay("a", "aliases: [/essays/a/, /old/, /old/]", "Text.")
        .essay("b", "aliases:\n- /essays/b/\nsummary: Words.", "Text.")
        .essay("c", "url: /c/\nslug: c", "Text.")
        .essay("d", "aliases: # why\n- /essays/d/", "Text.")
        .file(
            "content/concepts/gizmo.md",
            "---\nname: Gizmo\naliases: [widget, /concepts/gizmo/]\ndefinition: A thing.\n---\n",
        )
        .essay("e", "concepts: gizmo", "Text.");
    let output = run(site.root(), &["check", "--fix"]);
    assert!(err(&output).contains("5 faults are mended in 4 files"), "{}", err(&output));
    for (path, front) in [
        ("content/essays/a.md", "date: 2026-05-01\naliases: [/old/]\n---"),
        ("content/essays/b.md", "date: 2026-05-01\nsummary: Words.\n---"),
        ("content/essays/c.md", "url: /c/\n---"),
        ("content/essays/d.md", "aliases: # why\n- /essays/d/\n---"),
        ("content/concepts/gizmo.md", "aliases: [widget]\ndefinition: A thing.\n---"),
    ] {
        assert!(text(&site, path).contains(front), "{}", text(&site, path));
    }
    // What is left has no edit.
    assert!(site.said().contains("= help: delete it\n"), "{}", site.said());
}

#[test]
fn an_edit_that_would_break_a_link_is_left() {
    let site = TestSite::new()
        .essay("a", "", "# a\n\nText, and [the top](#a).")
        .essay("b", "", "# b\n\nText.")
        .essay("c", "", "To [a heading](b.md#b).")
        .essay("d", "", "# d\n\nText.");
    let before = text(&site, "content/essays/a.md");
    let output = run(site.root(), &["check", "--fix"]);
    assert!(
        err(&output).contains("1 fault is mended in 1 file; 2 edits were left: other faults would have come of it"),
        "{}",
        err(&output)
    );
    assert_eq!(text(&site, "content/essays/a.md"), before);
    assert!(text(&site, "content/essays/b.md").contains("# b"));
    assert!(!text(&site, "content/essays/d.md").contains("# d"));
}

#[test]
fn programs_are_told_of_an_edit() {
    let site = TestSite::new().essay("a", "", "# a\n\nText.");
    let output = run(site.root(), &["check", "--format", "json"]);
    let record: serde_json::Value = serde_json::from_str(out(&output).lines().next().expect("a line")).expect("JSON");
    assert_eq!(record["edit"], serde_json::json!({"line": 6, "column": 1, "end_line": 8, "end_column": 1, "text": ""}));
    let output = run(site.root(), &["check", "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_str(&out(&output)).expect("JSON");
    let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "content/essays/a.md");
    assert_eq!(change["replacements"][0]["deletedRegion"]["startLine"], 6);
}

#[cfg(unix)]
#[test]
fn a_file_keeps_who_may_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let site = TestSite::new().essay("a", "", "# a\n\nText.");
    let path = site.root().join("content/essays/a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).expect("the mode");
    assert_eq!(code(&run(site.root(), &["check", "--fix"])), 0);
    assert_eq!(path.metadata().expect("the file").permissions().mode() & 0o777, 0o640);
    let names: Vec<_> = fs::read_dir(site.root().join("content/essays")).expect("the folder").flatten().collect();
    assert_eq!(names.len(), 1);
}
