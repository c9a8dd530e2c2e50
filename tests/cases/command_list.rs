//! `list`, `completions` and `man`: what scripts, shells and readers of manuals get.

use super::commands::{code, err, out, run};
use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new()
        .essay("a", "patterns: lag", "It came [late](pattern:lag), as such news often does.")
        .file(
            "content/incidents/one-2020.md",
            "---\ntitle: One\norganisations: [Org]\ntimes: {started: 2020-05}\npatterns: [lag]\ntimeline: [{at: 2020-05-01, kind: symptom, text: It began., source: t}]\nsources: [{key: t, kind: report, title: T, url: \"https://example.org/\"}]\n---\n",
        )
        .file("content/concepts/gizmo.md", "---\nname: Gizmo\ndefinition: A thing.\n---\n")
}

fn listed(site: &TestSite, arguments: &[&str]) -> String {
    let output = run(site.root(), &[&["list"], arguments].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    out(&output)
}

#[test]
fn people_get_a_line_each() {
    let site = site();
    let tables = ["essays", "incidents", "passages", "readings", "events", "sources"];
    let lists: Vec<String> = tables.iter().map(|table| format!("{table}:\n{}", listed(&site, &[table]))).collect();
    insta::assert_snapshot!(lists.concat(), @r"
    essays:
    a  2026-05-01  a
    incidents:
    one-2020  2020-05  One
    passages:
    a  lag  It came late, as such news often does.
    readings:
    one-2020  lag
    events:
    one-2020  2020-05  Started
    one-2020  2020-05-01  It began.
    sources:
    one-2020  T  https://example.org/
    ");
    assert!(listed(&site, &["concepts"]).lines().any(|line| line.trim_end().ends_with("Gizmo")));
    assert_eq!(listed(&site, &["patterns"]).lines().count(), 9);
}

#[test]
fn programs_get_every_column() {
    insta::assert_snapshot!(listed(&site(), &["passages", "--json"]), @r#"{"anchor":"passage-late","concept":null,"essay":"a","heading":null,"id":"a#passage-late pattern:lag","incidents":[],"kind":"paragraph","pattern":"lag","sees":true,"text":"It came late, as such news often does.","url":"https://example.org/essays/a/#passage-late","words":"late"}"#);
    insta::assert_snapshot!(listed(&site(), &["incidents", "--json"]), @r#"{"detected":null,"disputes":[],"held":[],"id":"one-2020","impact":null,"minutes":null,"minutes_about":null,"mitigated":null,"organisations":["Org"],"regions":[],"resolved":null,"services":[],"severity":null,"started":"2020-05","title":"One","url":"https://example.org/incidents/one-2020/"}"#);
}

#[test]
fn drafts_are_listed_on_request() {
    let site = TestSite::new().essay("a", "draft: true", "Later.");
    assert_eq!(listed(&site, &["essays"]), "");
    assert!(listed(&site, &["essays", "--drafts"]).starts_with("a "));
}

#[test]
fn without_a_site_there_is_nothing_to_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &["list", "essays"]);
    assert_eq!((code(&output), out(&output).as_str()), (1, ""));
    assert!(err(&output).contains("error[no-site]"), "{}", err(&output));
    assert_eq!(code(&run(folder.path(), &["list", "esays"])), 2);
}

#[test]
fn shells_complete_every_command() {
    let folder = tempfile::tempdir().expect("a folder");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(folder.path(), &["completions", shell]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        for word in ["suggest", "base-url", "publish"] {
            assert!(out(&output).contains(word), "{shell} does not know {word}");
        }
    }
    assert_eq!(code(&run(folder.path(), &["completions", "csh"])), 2);
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &["man", "made/man1"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    for name in ["ninefold", "ninefold-build", "ninefold-new-essay", "ninefold-suggest"] {
        let page = std::fs::read_to_string(folder.path().join(format!("made/man1/{name}.1"))).expect(name);
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{name}: {page}");
    }
    std::fs::write(folder.path().join("file"), "x").expect("a file");
    let output = run(folder.path(), &["man", "file/man1"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("error["), "{}", err(&output));
}
