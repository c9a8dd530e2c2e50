//! What mends a fault and marks a passage, as an editor does it.

use std::fs;

use serde_json::{Value, json};

use super::client::{Client, file_uri};
use crate::support::TestSite;

const A: &str = "content/essays/a.md";

/// An editor that makes files.
fn client(site: &TestSite) -> Client {
    let edits = json!({ "documentChanges": true, "resourceOperations": ["create", "rename"] });
    Client::starting(site.root(), &file_uri(site.root()), json!({ "workspace": { "workspaceEdit": edits } }))
}

/// Each action with the lines that differ once it is done.
fn shown(client: &Client, path: &str, actions: &[Value], root: &std::path::Path) -> String {
    let before = fs::read_to_string(root.join(path)).expect("the file");
    let mut out = String::new();
    for action in actions {
        let preferred = if action["isPreferred"] == true { " (preferred)" } else { "" };
        let title = action["title"].as_str().unwrap_or_default();
        out.push_str(&format!("{title} [{}]{preferred}\n", action["kind"].as_str().unwrap_or_default()));
        let created = action["edit"]["documentChanges"].as_array().into_iter().flatten();
        for change in created.filter(|change| change["kind"] == "create") {
            out.push_str(&format!("  + {}\n", client.plain(change["uri"].as_str().unwrap_or_default())));
        }
        let after = client.done(path, &action["edit"]);
        let differing = after.lines().zip(before.lines()).filter(|(after, before)| after != before);
        differing.for_each(|(after, _)| out.push_str(&format!("  {after}\n")));
    }
    out
}

#[test]
fn each_fault_is_mended_as_its_help_says() {
    let site = TestSite::new().essay(
        "a",
        "patterns: [cascade]\nconcepts: [slak]\nincidents: [slow-2020]\nsumary: S.",
        "[lagg](pattern:lagg), [b](bb.md), [more](#mor), [[bb]], [x](concept:none?inn=y), [e](pattern:lag?in=slow-2020).\n\n## More\n",
    )
    .essay("b", "", "");
    let mut client = client(&site);
    let mut out = String::new();
    for words in
        ["cascade", "slak", "slow-2020]", "sumary", "pattern:lagg", "bb.md", "#mor)", "bb]]", "concept:none", "in=slow"]
    {
        let actions = client.actions(A, words, false);
        out.push_str(&format!("{words}:\n{}", shown(&client, A, &actions, site.root())));
    }
    insta::assert_snapshot!(out, @r"
    cascade:
    Write `cascades` [quickfix] (preferred)
      patterns: [cascades]
    slak:
    Create the concept `slak` [quickfix]
      + content/concepts/slak.md
    slow-2020]:
    Create the incident `slow-2020` [quickfix]
      + content/incidents/slow-2020.md
    sumary:
    Write `summary` [quickfix] (preferred)
      summary: S.
    pattern:lagg:
    Write `lag` [quickfix] (preferred)
      [lagg](pattern:lag), [b](bb.md), [more](#mor), [[bb]], [x](concept:none?inn=y), [e](pattern:lag?in=slow-2020).
    bb.md:
    Create the essay `bb` [quickfix]
      + content/essays/bb.md
    #mor):
    Write `#more` [quickfix] (preferred)
      [lagg](pattern:lagg), [b](bb.md), [more](#more), [[bb]], [x](concept:none?inn=y), [e](pattern:lag?in=slow-2020).
    bb]]:
    Write `b` [quickfix] (preferred)
      [lagg](pattern:lagg), [b](bb.md), [more](#mor), [[b]], [x](concept:none?inn=y), [e](pattern:lag?in=slow-2020).
    concept:none:
    Create the concept `none` [quickfix]
      + content/concepts/none.md
    in=slow:
    Create the incident `slow-2020` [quickfix]
      + content/incidents/slow-2020.md
    ");
}

#[test]
fn an_edit_of_check_is_offered_with_its_fault() {
    let site = TestSite::new().essay("a", "", "# a\n\nWords.");
    let mut client = client(&site);
    let actions = client.actions(A, "# a", false);
    insta::assert_snapshot!(shown(&client, A, &actions, site.root()), @r"
    Delete `# a` [quickfix] (preferred)
      Words.
    ");
    assert_eq!(actions[0]["diagnostics"][0]["code"], "repeated-title");
}

#[test]
fn what_is_created_is_what_new_makes() {
    let site = TestSite::new().essay("a", "concepts: [florid]", "");
    let mut client = client(&site);
    let action = client.actions(A, "florid", false).remove(0);
    let [create, text] = &action["edit"]["documentChanges"].as_array().expect("changes")[..] else {
        panic!("{action}")
    };
    assert_eq!(create["uri"], client.uri("content/concepts/florid.md"));
    let made = super::client::edited("", &text["edits"]);
    super::super::commands::run(site.root(), &["new", "concept", "florid"]);
    assert_eq!(made, fs::read_to_string(site.root().join("content/concepts/florid.md")).expect("the concept"));
    // An editor that makes no files is offered none.
    let site = TestSite::new().essay("a", "concepts: [florid]", "");
    let mut plain = Client::start(&site);
    assert_eq!(plain.actions(A, "florid", false), [Value::Null; 0]);
}

const TEXT: &str = "Replicas fell behind by hours, and readers saw old pages. The pool ran out of\nconnections, so the service was overloaded.\n\nThe failure did not cascade.\n";

#[test]
fn what_a_text_shows_is_offered_where_it_says_so() {
    let site = TestSite::new().essay("a", "patterns: [friction]", TEXT);
    let mut client = client(&site);
    let mut out = String::new();
    for words in ["Replicas", "connections", "cascade", "title"] {
        let actions = client.actions(A, words, false);
        out.push_str(&format!("{words}:\n{}", shown(&client, A, &actions, site.root())));
    }
    insta::assert_snapshot!(out, @r"
    Replicas:
    Mark as a passage of pattern `saturation` [refactor.rewrite]
      patterns: [friction, saturation]
      Replicas fell behind by hours, and readers saw old pages. The pool [ran out of](pattern:saturation)
    Mark as a passage of pattern `lag` [refactor.rewrite]
      patterns: [friction, lag]
      Replicas [fell behind](pattern:lag) by hours, and readers saw old pages. The pool ran out of
    connections:
    cascade:
    Mark as a passage that denies pattern `cascades` [refactor.rewrite]
      The failure did not [cascade](pattern:cascades?not).
    title:
    Mark as a passage of pattern `saturation` [refactor.rewrite]
      patterns: [friction, saturation]
      Replicas fell behind by hours, and readers saw old pages. The pool [ran out of](pattern:saturation)
    Mark as a passage of pattern `lag` [refactor.rewrite]
      patterns: [friction, lag]
      Replicas [fell behind](pattern:lag) by hours, and readers saw old pages. The pool ran out of
    Mark as a passage that denies pattern `cascades` [refactor.rewrite]
      The failure did not [cascade](pattern:cascades?not).
    ");
}

#[test]
fn chosen_words_are_marked_with_any_of_the_nine_and_the_concepts_of_the_essay() {
    let site = TestSite::new().essay("a", "patterns: [lag]\nconcepts: [adaptive-capacity]", "Readers *saw* old pages.");
    let mut client = client(&site);
    let actions = client.actions(A, "old pages", true);
    let titles: Vec<&str> = actions.iter().filter_map(|action| action["title"].as_str()).collect();
    assert_eq!(titles.len(), 10, "{titles:#?}");
    insta::assert_snapshot!(shown(&client, A, &actions[8..], site.root()), @r"
    Mark the words as a passage of pattern `tangles` [refactor.rewrite]
      patterns: [lag, tangles]
      Readers *saw* [old pages](pattern:tangles).
    Mark the words as a passage of concept `adaptive-capacity` [refactor.rewrite]
      Readers *saw* [old pages](concept:adaptive-capacity).
    ");
    assert_eq!(client.actions(A, "saw* old", true), [Value::Null; 0], "no link can be put around half of something");
}

#[test]
fn only_the_kinds_that_are_asked_for_are_given() {
    let site = TestSite::new().essay("a", "patterns: [frction]", TEXT);
    let mut client = client(&site);
    let all = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 9, "character": 0 } });
    let mut kinds = |only: Value| {
        let uri = client.uri(A);
        let params =
            json!({ "textDocument": { "uri": uri }, "range": all, "context": { "diagnostics": [], "only": only } });
        let actions = client.request("textDocument/codeAction", params);
        let mut kinds: Vec<String> =
            actions.as_array().expect("actions").iter().map(|action| action["kind"].to_string()).collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(kinds(json!(["quickfix"])), ["\"quickfix\""]);
    assert_eq!(kinds(json!(["refactor"])), ["\"refactor.rewrite\""]);
    assert_eq!(kinds(json!([""])), ["\"quickfix\"", "\"refactor.rewrite\""]);
    assert_eq!(kinds(json!(["source"])), [""; 0]);
}
