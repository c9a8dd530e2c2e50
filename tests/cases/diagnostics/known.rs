//! Faults that are known: `check --baseline` and `content/known-faults.yaml`.

use std::fs;

use insta::assert_snapshot;

use crate::cases::commands::{code, err, run};
use crate::cases::server::Server;
use crate::support::TestSite;

const FILE: &str = "content/known-faults.yaml";

/// A site with old faults that may be known, in two files.
fn old_site() -> TestSite {
    TestSite::new().essay("a", "tags: [old]", "See [the \"sequel\"](the-sequel.md), \u{e9} [and\nmore](#more).").essay(
        "b",
        "image: queue.png",
        "See [the sequel](the-sequel.md) and [the sequel](the-sequel.md).",
    )
}

fn known(site: &TestSite) -> String {
    fs::read_to_string(site.root().join(FILE)).expect("the known faults")
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
fn old_faults_are_made_known_and_the_site_is_built() {
    let site = old_site();
    assert_eq!(code(&run(site.root(), &["build"])), 1);
    let output = run(site.root(), &["check", "--baseline"]);
    assert_eq!(code(&output), 0);
    assert_eq!(
        err(&output),
        "5 faults are known now, in `content/known-faults.yaml`: each is a warning until it is mended\n"
    );
    assert_snapshot!(known(&site), @r#"
    # Faults that are known, made by `ninefold check --baseline`. Each is a warning until it is mended; then take its line out.
    - {code: broken-anchor, file: "content/essays/a.md", words: "[and more](#more)"}
    - {code: broken-link, file: "content/essays/a.md", words: "[the \"sequel\"](the-sequel.md)"}
    - {code: unknown-key, file: "content/essays/a.md", words: "tags"}
    - {code: broken-link, file: "content/essays/b.md", words: "[the sequel](the-sequel.md)"}
    - {code: missing-file, file: "content/essays/b.md", words: "queue.png"}
    "#);
    assert!(site.build().diagnostics.iter().all(|fault| fault.severity.word() == "warning"));
    assert_eq!(site.body("/essays/b/"), "<p>See the sequel and the sequel.</p>\n");
    // Again, it is the same file.
    let before = known(&site);
    assert_eq!(code(&run(site.root(), &["check", "--baseline"])), 0);
    assert_eq!(known(&site), before);
    assert_eq!(code(&run(site.root(), &["check"])), 0);
    assert_eq!(code(&run(site.root(), &["check", "--strict"])), 1);
}

#[test]
fn a_known_fault_may_move_and_a_new_one_is_an_error() {
    let site = old_site();
    run(site.root(), &["check", "--baseline"]);
    let moved = "---\ntitle: B\ndate: 2026-05-01\nimage: queue.png\n---\n\nA new beginning.\n\nSee [the sequel](the-sequel.md).\n";
    site.write("content/essays/b.md", moved);
    assert!(!site.build().has_errors());
    site.write("content/essays/b.md", format!("{moved}\nAnd [another](another.md).\n"));
    let errors: Vec<String> = told(&site).into_iter().filter(|line| line.starts_with("error")).collect();
    assert_eq!(errors, ["error broken-link content/essays/b.md"]);
}

#[test]
fn what_is_mended_is_to_be_taken_out() {
    let site = TestSite::new().essay("a", "", "See [the sequel](the-sequel.md).").essay("b", "", "[b](c.md)");
    run(site.root(), &["check", "--baseline"]);
    site.write("content/essays/a.md", "---\ntitle: A\ndate: 2026-05-01\n---\n\nSee nothing.\n");
    site.remove("content/essays/b.md");
    assert_snapshot!(site.said(), @r#"
    warning[mended-fault]: `broken-link` is mended in `content/essays/a.md`, in `[the sequel](the-sequel.md)`
     --> content/known-faults.yaml:2:1
      |
    2 | - {code: broken-link, file: "content/essays/a.md", words: "[the sequel](the-sequel.md)"}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take the line out, or write the file anew with `ninefold check --baseline`

    warning[mended-fault]: `broken-link` is mended in `content/essays/b.md`, in `[b](c.md)`
     --> content/known-faults.yaml:3:1
      |
    3 | - {code: broken-link, file: "content/essays/b.md", words: "[b](c.md)"}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take the line out, or write the file anew with `ninefold check --baseline`
    "#);
    assert_eq!(code(&run(site.root(), &["check", "--baseline"])), 0);
    assert!(!site.root().join(FILE).exists(), "nothing is known any more");
    assert!(site.build().diagnostics.is_empty());
}

#[test]
fn what_protects_readers_can_not_be_known() {
    let site = TestSite::new().essay("a", "", "[a plan](file:///home/me/plan.pdf) and [more](#more)");
    let output = run(site.root(), &["check", "--baseline"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("error[refused-link]"), "{}", err(&output));
    assert!(err(&output).ends_with("1 error left, which can't be let through: mend them\n"), "{}", err(&output));
    assert_eq!(known(&site).lines().count(), 2, "{}", known(&site));
    let by_hand = "# By hand.\n- {code: refused-link, file: content/essays/a.md, words: \"[a plan](file:///home/me/plan.pdf)\"}\n- {code: broken-anchors, file: content/essays/a.md}\nwords: none\n- {code: [}\n\n- {file: content/essays/a.md}\n";
    site.write(FILE, by_hand);
    site.write("content/essays/a.md", "---\ntitle: A\ndate: 2026-05-01\n---\n");
    assert_snapshot!(site.said(), @r#"
    error[fixed-level]: the level of `refused-link` can't be changed: it is always an error
     --> content/known-faults.yaml:2:1
      |
    2 | - {code: refused-link, file: content/essays/a.md, words: "[a plan](file:///home/me/plan.pdf)"}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: delete it; `ninefold explain refused-link` says what it means

    error[unknown-lint]: there is no lint `broken-anchors`
     --> content/known-faults.yaml:3:1
      |
    3 | - {code: broken-anchors, file: content/essays/a.md}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `broken-anchor`?

    error[wrong-type]: the line is no entry
     --> content/known-faults.yaml:4:1
      |
    4 | words: none
      | ^^^^^^^^^^^
      |
      = help: write each on one line: `- {code: …, file: …, words: …}`

    error[yaml]: the entry has a list or group in brackets that breaks off
     --> content/known-faults.yaml:5:1
      |
    5 | - {code: [}
      | ^^^^^^^^^^^
      |
      = help: close every bracket; a value that begins with `#` needs quotes

    error[missing-key]: the entry has no `code`
     --> content/known-faults.yaml:7:1
      |
    7 | - {file: content/essays/a.md}
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: add a line `code: …`
    "#);
}

#[test]
fn faults_of_what_is_left_out_stay_known() {
    let site = TestSite::new().essay("a", "", "See [the sequel](the-sequel.md).").essay("b", "", "B.");
    run(site.root(), &["check", "--baseline"]);
    site.write(
        "content/essays/a.md",
        "---\ntitle: A\ndate: 2026-05-01\ndraft: true\n---\n\nSee [the sequel](the-sequel.md).\n",
    );
    assert_eq!(told(&site), ["note left-out content/essays/a.md"]);
}

#[test]
fn a_change_of_what_is_known_counts_at_once() {
    let site = TestSite::new().essay("a", "", "See [the sequel](the-sequel.md).");
    let entry = "- {code: broken-link, file: content/essays/a.md, words: \"[the sequel](the-sequel.md)\"}\n";
    let server = Server::of(&site);
    let mut changes = server.listen();
    assert!(server.get("/essays/a/").body.contains("1 error"));
    site.write(FILE, entry);
    server.wait_for(&mut changes, "/essays/a/", "1 warning");
    assert_eq!(told(&site), ["warning broken-link content/essays/a.md"]);
    site.remove(FILE);
    server.wait_for(&mut changes, "/essays/a/", "1 error");
    assert_eq!(told(&site), ["error broken-link content/essays/a.md"]);
}
