//! Texts are followed as they are typed, and what is wrong is told in the words of `check`.

use serde_json::{Value, json};

use super::client::{Client, file_uri};
use crate::cases::commands::{out, run};
use crate::support::{TestSite, essay};

#[test]
fn what_is_typed_is_told_and_what_is_mended_no_longer() {
    let site = TestSite::new().essay("a", "patterns: [lag, cascades]", "One.").essay("b", "", "[a](a.md)");
    let mut client = Client::start(&site);
    let path = "content/essays/a.md";
    assert_eq!(client.open(path), "");
    insta::assert_snapshot!(client.change(path, 2, [3, 23, 3, 24], ""), @r"
    3:16-3:23 error[unknown-pattern]: there is no pattern `cascade`
    help: did you mean `cascades`?
    ");
    assert_eq!(client.change(path, 3, [3, 23, 3, 23], "s"), "");
    // Another file is told of what this one no longer has.
    client.type_in(path, 4, [5, 0, 5, 0], "## Limits {#two}\n\n");
    let other = site.root().join("content/essays/b.md");
    let text = std::fs::read_to_string(&other).expect("the essay").replace("a.md", "a.md#two");
    let uri = client.uri("content/essays/b.md");
    assert_eq!(client.open_as(&uri, &text), "");
    client.type_in(path, 5, [5, 12, 5, 15], "too");
    insta::assert_snapshot!(client.published(&uri, 1), @r"
    5:0-5:13 error[broken-anchor]: `content/essays/a.md` has no heading or passage `#two`
    help: did you mean `#too`?
    ");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn the_words_are_those_of_check() {
    let site = TestSite::new()
        .essay("a", "patterns: [cascade]\ntags: x\nconcepts: [slak]", "[x](nowhere.md) [y](pattern:lagg) [z]()")
        .essay("b", "updated: 2026-02-30\ndraft: maybe", "# T\n\n#### U\n\n![](no.png)")
        .incident("c", "title: C\ntimes: {started: 2020-01-02, resolved: 2020-01-01}")
        .file("content/essays/d.md", "No front matter.")
        .file("content/essays/e.md", "---\ntitle: \"E\ndate: 2026-01-01\n---\n");
    let mut found = Vec::new();
    let mut client = Client::start(&site);
    for name in ["essays/a", "essays/b", "essays/d", "essays/e", "incidents/c"] {
        let path = format!("content/{name}.md");
        let uri = client.uri(&path);
        let text = std::fs::read_to_string(site.root().join(&path)).expect("the file");
        let file = json!({ "uri": uri, "languageId": "markdown", "version": 7, "text": text });
        client.notify("textDocument/didOpen", json!({ "textDocument": file }));
        let message = client.next(|message| message["params"]["uri"] == uri && message["params"]["version"] == 7);
        for fault in message["params"]["diagnostics"].as_array().expect("diagnostics") {
            let words = fault["message"].as_str().expect("words").replace("\nhelp: ", "\n");
            let place = [&fault["range"]["start"]["line"], &fault["range"]["start"]["character"]];
            let place = place.map(|n| n.as_u64().expect("a number") + 1);
            found.push(format!("{path} {place:?} {} {words}", fault["code"]));
        }
    }
    let checked = run(site.root(), &["check", "--drafts", "--future", "--format", "json"]);
    let mut expected: Vec<String> = out(&checked)
        .lines()
        .map(|line| {
            let fault: Value = serde_json::from_str(line).expect("a diagnostic");
            let help = fault["help"].as_array().expect("help").iter().filter_map(Value::as_str);
            let words: Vec<&str> = fault["message"].as_str().into_iter().chain(help).collect();
            let place = ["line", "column"].map(|key| fault[key].as_u64().unwrap_or(1));
            format!("{} {place:?} {} {}", fault["path"].as_str().unwrap_or_default(), fault["code"], words.join("\n"))
        })
        .collect();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
    assert!(found.len() > 10, "{found:#?}");
}

#[test]
fn places_are_counted_as_the_editor_offers() {
    let body = "\u{1f30a} \u{fc}: [late](pattern:lagg)\r\n";
    let site = TestSite::new().file("content/essays/a.md", essay("a", "", "").replace('\n', "\r\n") + body);
    let root = file_uri(site.root());
    for (offered, agreed, place) in [
        (json!(["utf-16", "utf-8"]), "utf-8", "6:9-6:29"),
        (json!(["utf-32", "utf-16"]), "utf-16", "6:6-6:26"),
        (Value::Null, "utf-16", "6:6-6:26"),
    ] {
        let mut client = Client::starting(site.root(), &root, json!({ "general": { "positionEncodings": offered } }));
        assert_eq!(client.abilities["positionEncoding"], agreed);
        let shown = client.open("content/essays/a.md");
        assert!(shown.starts_with(&format!("{place} error[unknown-pattern]")), "{shown}");
        // The last letter of the wrong name goes.
        let column = if agreed == "utf-8" { 28 } else { 25 };
        assert_eq!(client.change("content/essays/a.md", 2, [6, column - 1, 6, column], ""), "", "{agreed}");
    }
}

#[test]
fn a_file_is_the_same_however_an_editor_writes_its_name() {
    let site = TestSite::new();
    let folder = site.root().join("my site [\u{fc}]");
    std::fs::create_dir_all(folder.join("content/essays")).expect("the folder");
    std::fs::write(folder.join("content/site.yaml"), "title: T\nbase_url: https://example.org\n").expect("the file");
    std::fs::write(folder.join("content/essays/caf\u{e9}.md"), essay("a", "patterns: cascade", "")).expect("the file");
    let before = site.root().display();
    for (root, file) in [
        ("my%20site%20%5B%C3%BC%5D", "caf%C3%A9.md"),
        ("my%20site%20[%c3%bc]", "caf%c3%a9.md"),
        ("my%20site%20[\u{fc}]", "caf\u{e9}.md"),
        ("my%20site%20%5b\u{fc}%5d", "cafe%CC%81.md"),
    ] {
        let root = format!("file://{before}/{root}");
        let mut client = Client::starting(&folder, &root, json!({}));
        // It is told in its own words once it has named the file, and before that in those that it has for the folder.
        let first = client.next(|message| message["method"] == "textDocument/publishDiagnostics");
        assert_eq!(first["params"]["uri"], format!("{root}/content/essays/caf%C3%A9.md"));
        let uri = format!("{root}/content/essays/{file}");
        let shown = client.open_as(&uri, &essay("a", "patterns: lagg", ""));
        assert!(shown.contains("there is no pattern `lagg`"), "{shown}");
    }
}

#[test]
fn what_changes_on_disk_counts_where_nothing_is_open() {
    let site = TestSite::new().essay("a", "", "").essay("b", "", "");
    let mut client = Client::start(&site);
    client.open("content/essays/a.md");
    site.write("content/essays/a.md", essay("a", "patterns: lagg", ""));
    site.write("content/essays/b.md", essay("b", "patterns: surprise", ""));
    let uri = client.uri("content/essays/b.md");
    insta::assert_snapshot!(client.published(&uri, 0), @r"
    3:10-3:18 error[unknown-pattern]: there is no pattern `surprise`
    help: did you mean `surprises`?
    ");
    // What is open is as the editor has it, until it is closed.
    let uri = client.uri("content/essays/a.md");
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    let shown = client.published(&uri, 0);
    assert!(shown.contains("there is no pattern `lagg`"), "{shown}");
}

#[test]
fn a_text_that_was_just_made_is_of_the_site_once_it_is_saved() {
    let site = TestSite::new();
    let mut client = Client::start(&site);
    let uri = client.uri("content/essays/new.md");
    let text = essay("new", "patterns: lagg", "");
    let file = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
    client.notify("textDocument/didOpen", json!({ "textDocument": file }));
    site.write("content/essays/new.md", &text);
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    let shown = loop {
        let shown = client.published(&uri, 1);
        if !shown.is_empty() {
            break shown;
        }
    };
    assert!(shown.contains("there is no pattern `lagg`"), "{shown}");
}
