//! Whatever a client does, the server goes on or ends in order, says what is wrong in plain words, and changes no file.

use std::fs;

use serde_json::{Value, json};

use super::client::{Client, file_uri, framed};
use crate::support::{TestSite, essay, files};

fn site() -> TestSite {
    TestSite::new().essay("a", "patterns: [lag]", "It came [late](pattern:lag).")
}

#[test]
fn a_client_that_goes_without_a_word_or_in_the_middle_of_one_is_no_fault() {
    let site = site();
    let before = files(site.root());
    let mut client = Client::start(&site);
    client.open("content/essays/a.md");
    assert_eq!(client.die(), Some(1));
    let mut client = Client::start(&site);
    let message = framed(&json!({ "jsonrpc": "2.0", "id": 9, "method": "shutdown" }));
    client.write(&message[..message.len() - 3]);
    assert_eq!(client.die(), Some(1));
    assert_eq!(Client::silent(site.root(), "").die(), Some(1));
    assert_eq!(files(site.root()), before);
}

#[test]
fn what_is_no_message_is_logged_and_what_follows_is_answered() {
    let site = site();
    let mut client = Client::start(&site);
    client.write(b"Content-Length: 9\r\n\r\n{\"a\": 1, ");
    client.write(b"Content-Length: 2\r\n\r\n[]");
    client.write(b"hello\r\n");
    client.notify("textDocument/didChange", json!({ "textDocument": "no file" }));
    client.notify(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "file:///x.md", "version": 1 }, "contentChanges": [] }),
    );
    client.notify("of/another/program", json!([]));
    let answer = client.request("of/another/program", Value::Null);
    assert_eq!(answer["code"], -32601, "{answer}");
    insta::assert_snapshot!(client.words.join("\n"), @r#"
    a message could not be read: EOF while parsing a value at line 1 column 9
    a message could not be read: data did not match any variant of untagged enum Message
    a message could not be read: its header is none
    `textDocument/didChange` could not be understood: invalid type: string "no file", expected struct VersionedFile
    `file:///x.md` changed and is not open
    "#);
    assert_eq!(client.open("content/essays/a.md"), "");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn what_comes_before_the_beginning_and_after_the_end_is_refused() {
    let site = site();
    let mut client = Client::silent(site.root(), &file_uri(site.root()));
    let early = client.request("textDocument/hover", json!({}));
    assert_eq!(early, json!({ "code": -32002, "message": "`initialize` comes first" }));
    client.request("initialize", json!({ "capabilities": {}, "rootUri": file_uri(site.root()) }));
    client.request("shutdown", Value::Null);
    let late = client.request("textDocument/hover", json!({}));
    assert_eq!(late, json!({ "code": -32600, "message": "the server was shut down" }));
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_flood_of_keystrokes_ends_in_the_newest_text() {
    let site = site();
    let mut client = Client::start(&site);
    client.open("content/essays/a.md");
    let column = "patterns: [lag".len() as u32;
    for version in 2..=1_001 {
        client.type_in("content/essays/a.md", version, [3, column, 3, column], "g");
    }
    client.type_in("content/essays/a.md", 1_002, [3, column, 3, column + 999], "");
    let uri = client.uri("content/essays/a.md");
    let shown = client.published(&uri, 1_002);
    insta::assert_snapshot!(shown, @r"
    3:11-3:15 error[unknown-pattern]: there is no pattern `lagg`
    help: did you mean `lag`?
    ");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_front_matter_that_is_half_typed_is_told_and_nothing_else() {
    let site = site().essay("b", "", "[a](a.md)");
    let mut client = Client::start(&site);
    client.open("content/essays/a.md");
    insta::assert_snapshot!(client.change("content/essays/a.md", 2, [3, 14, 3, 15], ""), @r"
    3:10-3:11 error[yaml]: the front matter has a list in which a comma or the closing `]` is missing
    help: write it as `[a, b]`
    ");
    assert_eq!(client.open("content/essays/b.md"), "", "the last good version stands behind links");
    insta::assert_snapshot!(client.change("content/essays/a.md", 3, [4, 0, 4, 3], ""), @r"
    0:0-0:3 error[front-matter-open]: the front matter is never closed
    help: end it with a line `---`
    ");
}

#[test]
fn a_file_that_is_no_text_is_told_without_a_place() {
    let site = site().file("content/essays/b.md", [0xff, 0xfe, 0x00, b'x']);
    let mut client = Client::start(&site);
    let message = client.next(|message| message["method"] == "textDocument/publishDiagnostics");
    insta::assert_snapshot!(super::client::shown(&message["params"]["diagnostics"]), @r"
    0:0-0:1 error[not-utf8]: the file is not UTF-8: its byte 0 belongs to no character
    help: open it in an editor and save it with the encoding UTF-8
    ");
    assert_eq!(client.open("content/essays/a.md"), "");
}

#[test]
fn a_folder_without_a_site_is_told_once_and_one_that_is_opened_later_is_found() {
    let site = site();
    let other = TestSite::new();
    fs::remove_dir_all(other.root().join("content")).expect("the content");
    let mut client = Client::starting(other.root(), &file_uri(other.root()), json!({}));
    client.next(|message| message["method"] == "window/showMessage");
    assert_eq!(client.words.len(), 1);
    insta::assert_snapshot!(client.words[0].replace(&*other.root().to_string_lossy(), "DIR"), @r"
    there is no site in `DIR`: it has no folder `content`
    help: make one with `ninefold new site NAME`, or name its folder with `--root DIR`
    ");
    let uri = format!("{}/content/essays/a.md", file_uri(site.root()));
    let shown = client.open_as(&uri, &essay("a", "patterns: lagg", ""));
    assert!(shown.contains("there is no pattern `lagg`"), "{shown}");
    assert_eq!(client.end(), Some(0));
}

#[test]
fn a_site_without_settings_is_told_where_they_would_stand() {
    let site = site();
    site.remove("content/site.yaml");
    let mut client = Client::start(&site);
    let message = client.next(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(message["params"]["uri"], client.uri("content/site.yaml"));
    insta::assert_snapshot!(super::client::shown(&message["params"]["diagnostics"]), @r"
    0:0-0:1 error[unreadable]: `content/site.yaml` can't be read: it is not there
    help: a site needs `content/site.yaml` with `title` and `base_url`
    ");
    assert_eq!(client.open("content/essays/a.md"), "");
}

#[test]
fn two_servers_on_one_site_do_not_know_of_each_other() {
    let site = site();
    let before = files(site.root());
    let (mut one, mut other) = (Client::start(&site), Client::start(&site));
    let path = "content/essays/a.md";
    one.open(path);
    other.open(path);
    let shown = one.change(path, 2, [3, 14, 3, 14], "g");
    assert!(shown.contains("there is no pattern `lagg`"), "{shown}");
    assert_eq!(other.change(path, 2, [5, 0, 5, 0], "x"), "");
    assert_eq!((one.end(), other.end()), (Some(0), Some(0)));
    assert_eq!(files(site.root()), before, "what is typed is saved by the editor alone");
}
