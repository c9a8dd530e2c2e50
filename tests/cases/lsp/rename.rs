//! Another name, wherever the site uses it, as one edit.

use std::fs;

use serde_json::{Value, json};

use super::asked;
use super::client::{Client, edited, file_uri};
use crate::cases::commands::{err, run};
use crate::support::TestSite;

const A: &str = "content/essays/a.md";

/// An editor that renames files.
fn client(site: &TestSite) -> Client {
    let edits = json!({ "documentChanges": true, "resourceOperations": ["create", "rename"] });
    Client::starting(site.root(), &file_uri(site.root()), json!({ "workspace": { "workspaceEdit": edits } }))
}

/// Does all of an edit, and gives what changed: the lines of each text that differ, and the files that have other names.
fn done(site: &TestSite, client: &Client, edit: &Value) -> String {
    let mut out = String::new();
    for change in edit["documentChanges"].as_array().unwrap_or_else(|| panic!("{edit}")) {
        let path = |key: &str| client.plain(change[key].as_str().unwrap_or_default());
        if change["kind"] == "rename" {
            out.push_str(&format!("{} is {}\n", path("oldUri"), path("newUri")));
            fs::rename(site.root().join(path("oldUri")), site.root().join(path("newUri"))).expect("the file");
            continue;
        }
        let path = client.plain(change["textDocument"]["uri"].as_str().unwrap_or_default());
        let before = fs::read_to_string(site.root().join(&path)).expect("the file");
        let after = edited(&before, &change["edits"]);
        out.push_str(&format!("{path}\n"));
        let lines = after.lines().filter(|line| !before.lines().any(|before| before == *line));
        lines.for_each(|line| out.push_str(&format!("    {line}\n")));
        fs::write(site.root().join(&path), after).expect("the file");
    }
    out
}

#[test]
fn what_can_be_renamed_is_told_before() {
    let site = asked::site();
    let mut client = client(&site);
    let mut shown = String::new();
    for (path, words) in [
        (A, "gizmo]"),
        (A, "held"),
        (A, "gizmo?not"),
        (A, "one-2020)"),
        (A, "b.md#more"),
        (A, "more) says"),
        (A, "Deeper"),
        (A, "title"),
        (A, "twice"),
        ("content/concepts/gizmo.md", "definition"),
    ] {
        let found = client.ask_at("textDocument/prepareRename", path, words, Value::Null);
        let told = found["placeholder"].as_str().or(found["message"].as_str()).unwrap_or_default();
        let at = if found["range"].is_null() { String::new() } else { super::client::place(&found["range"]) };
        shown.push_str(&format!("`{words}` {told} {at}\n"));
    }
    insta::assert_snapshot!(shown, @r"
    `gizmo]` gizmo 4:11-4:16
    `held` gizmo 16:7-16:7
    `gizmo?not` gizmo 16:20-16:25
    `one-2020)` one-2020 8:25-8:33
    `b.md#more` b 8:42-8:43
    `more) says` More 8:47-8:51
    `Deeper` Deeper 14:4-14:10
    `title` a 1:1-1:1
    `twice` no concept, incident, essay or heading is named here 
    `definition` gizmo 2:1-2:1
    ");
}

#[test]
fn a_name_changes_everywhere_and_the_site_is_as_good_as_before() {
    for (path, words, new) in [
        (A, "gizmo]", "widget"),
        (A, "one-2020)", "two-2021"),
        ("content/essays/b.md", "summary", "c"),
        (A, "Limits", "Ends"),
    ] {
        let site = asked::site();
        let mut client = client(&site);
        let edit = client.ask_at("textDocument/rename", path, words, json!({ "newName": new }));
        let changed = done(&site, &client, &edit);
        assert!(!changed.is_empty(), "{words}");
        let checked = run(site.root(), &["check"]);
        assert!(checked.status.success(), "{words}: {changed}{}", err(&checked));
    }
    let site = asked::site();
    let mut client = client(&site);
    let edit = client.ask_at("textDocument/rename", A, "held", json!({ "newName": "widget" }));
    insta::assert_snapshot!(done(&site, &client, &edit), @r"
    content/concepts/gizmo.md
        aliases: [widget, /concepts/gizmo/]
        feed_id: https://example.org/concepts/gizmo
    content/essays/a.md
        concepts: [widget]
        ## Limits {#limits concept=widget}
        - It [held](concept:widget?not).
    content/concepts/gizmo.md is content/concepts/widget.md
    ");
}

#[test]
fn what_is_open_is_changed_as_it_is_there() {
    let site = asked::site();
    let mut client = client(&site);
    client.open(A);
    // A line that is not saved stands above all others.
    client.change(A, 2, [7, 0, 7, 0], "\n\n");
    let position = json!({ "line": 4, "character": 13 });
    let params = json!({ "textDocument": { "uri": client.uri(A) }, "position": position, "newName": "widget" });
    let edit = client.request("textDocument/rename", params);
    let change = &edit["documentChanges"]
        .as_array()
        .expect("changes")
        .iter()
        .find(|change| change["textDocument"]["uri"] == client.uri(A));
    let change = change.expect("the open text");
    assert_eq!(change["textDocument"]["version"], 2);
    let lines: Vec<u64> = change["edits"]
        .as_array()
        .expect("edits")
        .iter()
        .filter_map(|edit| edit["range"]["start"]["line"].as_u64())
        .collect();
    assert_eq!(lines, [4, 12, 18]);
}

#[test]
fn what_can_not_be_renamed_says_why() {
    let site = asked::site();
    let mut able = client(&site);
    let mut shown = String::new();
    for (words, new) in [("late", "slow"), ("gizmo]", "adaptive-capacity"), ("gizmo]", "A B"), ("twice", "thrice")] {
        let answer = able.ask_at("textDocument/rename", A, words, json!({ "newName": new }));
        shown.push_str(&format!("{words} -> {new}: {}\n", answer["message"].as_str().unwrap_or_default()));
    }
    let mut unable = Client::start(&site);
    let answer = unable.ask_at("textDocument/rename", A, "gizmo]", json!({ "newName": "widget" }));
    shown.push_str(answer["message"].as_str().unwrap_or_default());
    insta::assert_snapshot!(shown, @r"
    late -> slow: `lag` is one of the nine patterns, which have the same names on every site
    help: readers see the `name` in `content/patterns/lag.md`: write that
    gizmo] -> adaptive-capacity: the program brings a concept `adaptive-capacity`
    help: choose another name
    gizmo] -> A B: `A B` can't be a name: it holds a space
    help: write `a-b`
    twice -> thrice: no concept, incident, essay or heading is named here
    this editor renames no files for a server: `ninefold rename` does it
    ");
}
