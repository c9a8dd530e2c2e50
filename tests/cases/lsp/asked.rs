//! What is said of a place in a text: what it means, where it is made, what leads to it, what stands in the text.

use serde_json::{Value, json};

use super::client::{Client, place};
use crate::support::TestSite;

pub fn site() -> TestSite {
    TestSite::new()
        .essay(
            "a",
            "patterns: [lag]\nconcepts: [gizmo]\nincidents: [one-2020]",
            "\u{1f30a} [late](pattern:lag?in=one-2020) as [B](b.md#more) says, *twice*.\n\n## Limits {#limits concept=gizmo}\n\nSee [[b]], [above](#limits), [it](incident:one-2020#2020-05-01) and [host](https://example.org/).\n\n### Deeper\n\n- It [held](concept:gizmo?not).\n\n## Last\n",
        )
        .essay("b", "summary: About *b*.", "A first paragraph, with [a passage](a.md#passage-late).\n\n## More\n\nWords.")
        .incident(
            "one-2020",
            "title: One\norganisations: [Org]\ntimes: {started: 2020-05-01, resolved: 2020-05-03}\nseverity: high\nimpact: It was slow.\ntimeline: [{at: 2020-05-01, kind: symptom, text: It began.}, {at: 2020-05-02, kind: action, text: It was mended.}]",
        )
        .file(
            "content/concepts/gizmo.md",
            "---\nname: Gizmo\ndefinition: A <thing> for all.\naliases: [widget]\nreference: \"A Book, 2001\"\nrelated: [adaptive-capacity]\n---\n\nOf [lag](pattern:lag).\n",
        )
}

const A: &str = "content/essays/a.md";

#[test]
fn a_name_says_what_it_means() {
    let site = site();
    let mut client = Client::start(&site);
    let mut shown = String::new();
    for (path, words) in [
        (A, "lag]"),
        (A, "late"),
        (A, "one-2020)"),
        (A, "b.md#more"),
        (A, "[b]]"),
        (A, "concept=gizmo"),
        (A, "gizmo}"),
        (A, "above"),
        (A, "incident:one"),
        (A, "held"),
        (A, "Deeper"),
        (A, "host"),
        (A, "title"),
        ("content/essays/b.md", "passage]"),
        ("content/concepts/gizmo.md", "adaptive"),
    ] {
        let hover = client.ask_at("textDocument/hover", path, words, Value::Null);
        let text = hover["contents"]["value"].as_str().unwrap_or("nothing").replace("\n\n", "\n");
        let at = if hover.is_null() { String::new() } else { place(&hover["range"]) };
        shown.push_str(&format!("`{words}` {at}\n{text}\n\n"));
    }
    insta::assert_snapshot!(shown, @r"
    `lag]` 3:11-3:14
    **Lag** (pattern)
    Effects, information or remedies arrive after the moment they were needed, so action is tuned to a situation already gone.
    _How old was what you acted on?_
    1 passage in 1 essay, 1 incident.

    `late` 8:3-8:34
    **Lag** (pattern)
    Effects, information or remedies arrive after the moment they were needed, so action is tuned to a situation already gone.
    _How old was what you acted on?_
    1 passage in 1 essay, 1 incident.

    `one-2020)` 8:25-8:33
    **One** (incident)
    - Organisations: Org
    - Started: 1 May 2020
    - Resolved: 3 May 2020
    - Severity: high
    It was slow.
    Cited in 1 essay.

    `b.md#more` 8:38-8:52
    **b** (essay, 1 May 2026)
    _More_

    `[b]]` 12:4-12:9
    **b** (essay, 1 May 2026)
    About b.

    `concept=gizmo` 10:0-10:33
    **a** (essay, 1 May 2026)
    > See b, above, it and host. It held.
    shows concept gizmo

    `gizmo}` 10:27-10:32
    **Gizmo** (concept)
    A \<thing\> for all.
    Also: widget.
    See A Book, 2001
    1 passage in 1 essay, 1 incident.

    `above` 12:11-12:27
    **a** (essay, 1 May 2026)
    > See b, above, it and host. It held.
    shows concept gizmo

    `incident:one` 12:29-12:63
    **One** (incident)
    1 May 2020: It began.

    `held` 16:5-16:30
    **Gizmo** (concept)
    A \<thing\> for all.
    Also: widget.
    See A Book, 2001
    1 passage in 1 essay, 1 incident.

    `Deeper` 14:0-14:10
    **a** (essay, 1 May 2026)
    _Deeper_

    `host` 
    nothing

    `title` 
    nothing

    `passage]` 6:24-6:54
    **a** (essay, 1 May 2026)
    > 🌊 late as B says, twice.
    shows pattern lag

    `adaptive` 5:10-5:27
    **Adaptive capacity** (concept)
    The potential to change how one works when conditions change.
    See Woods 2018, The Theory of Graceful Extensibility
    ");
}

#[test]
fn a_name_leads_to_where_it_is_made() {
    let site = site();
    let mut client = Client::start(&site);
    let mut shown = String::new();
    for (path, words) in [
        (A, "gizmo]"),
        (A, "late"),
        (A, "one-2020)"),
        (A, "b.md#more"),
        (A, "[b]]"),
        (A, "above"),
        ("content/essays/b.md", "passage]"),
        (A, "host"),
    ] {
        let found = client.ask_at("textDocument/definition", path, words, Value::Null);
        let uri = found["uri"].as_str().map_or("nothing".to_owned(), |uri| client.plain(uri));
        let at = if found.is_null() { String::new() } else { place(&found["range"]) };
        shown.push_str(&format!("`{words}` {uri} {at}\n"));
    }
    insta::assert_snapshot!(shown, @r"
    `gizmo]` content/concepts/gizmo.md 0:0-0:0
    `late` nothing 
    `one-2020)` content/incidents/one-2020.md 0:0-0:0
    `b.md#more` content/essays/b.md 8:0-8:7
    `[b]]` content/essays/b.md 0:0-0:0
    `above` content/essays/a.md 10:0-10:33
    `passage]` content/essays/a.md 8:3-8:34
    `host` nothing
    ");
}

#[test]
fn all_that_leads_to_a_name_is_found() {
    let site = site();
    let mut client = Client::start(&site);
    let mut shown = String::new();
    for (path, words) in [
        (A, "late"),
        (A, "gizmo]"),
        (A, "one-2020)"),
        ("content/incidents/one-2020.md", "impact"),
        ("content/concepts/gizmo.md", "definition"),
        (A, "Limits"),
        (A, "[b]]"),
        ("content/essays/b.md", "More"),
        (A, "twice"),
    ] {
        let context = json!({ "context": { "includeDeclaration": true } });
        let found = client.ask_at("textDocument/references", path, words, context);
        shown.push_str(&format!("`{words}`\n"));
        for location in found.as_array().into_iter().flatten() {
            let uri = client.plain(location["uri"].as_str().unwrap_or_default());
            shown.push_str(&format!("  {uri} {}\n", place(&location["range"])));
        }
    }
    insta::assert_snapshot!(shown, @r"
    `late`
      content/concepts/gizmo.md 8:3-8:21
      content/essays/a.md 3:11-3:14
      content/essays/a.md 8:3-8:34
    `gizmo]`
      content/essays/a.md 4:11-4:16
      content/essays/a.md 10:0-10:33
      content/essays/a.md 16:5-16:30
      content/concepts/gizmo.md 0:0-0:0
    `one-2020)`
      content/essays/a.md 5:12-5:20
      content/essays/a.md 8:3-8:34
      content/essays/a.md 12:29-12:63
      content/incidents/one-2020.md 0:0-0:0
    `impact`
      content/essays/a.md 5:12-5:20
      content/essays/a.md 8:3-8:34
      content/essays/a.md 12:29-12:63
      content/incidents/one-2020.md 0:0-0:0
    `definition`
      content/essays/a.md 4:11-4:16
      content/essays/a.md 10:0-10:33
      content/essays/a.md 16:5-16:30
      content/concepts/gizmo.md 0:0-0:0
    `Limits`
      content/essays/a.md 12:11-12:27
      content/essays/a.md 10:0-10:33
    `[b]]`
      content/essays/a.md 8:38-8:52
      content/essays/a.md 12:4-12:9
      content/essays/b.md 0:0-0:0
    `More`
      content/essays/a.md 8:38-8:52
      content/essays/b.md 8:0-8:7
    `twice`
    ");
}

#[test]
fn a_text_has_its_headings_with_the_passages_below_them() {
    let site = site();
    let mut client = Client::start(&site);
    let file = json!({ "textDocument": { "uri": client.uri(A) } });
    let symbols = client.request("textDocument/documentSymbol", file);
    fn lines(symbols: &Value, depth: usize, out: &mut String) {
        for symbol in symbols.as_array().into_iter().flatten() {
            let words = [&symbol["name"], &symbol["detail"]].map(|text| text.as_str().unwrap_or_default());
            let places = [&symbol["range"], &symbol["selectionRange"]].map(place);
            out.push_str(&format!("{}{} | {} | {}\n", "  ".repeat(depth), words[0], words[1], places.join(" ")));
            lines(&symbol["children"], depth + 1, out);
        }
    }
    let mut shown = String::new();
    lines(&symbols, 0, &mut shown);
    insta::assert_snapshot!(shown, @r"
    late | pattern lag | 8:3-8:34 8:3-8:34
    Limits | #limits | 10:0-18:0 10:0-10:33
      Deeper | #deeper | 14:0-18:0 14:0-14:10
        held | no concept gizmo | 16:5-16:30 16:5-16:30
    Last | #last | 18:0-20:0 18:0-18:7
    ");
}

#[test]
fn places_that_are_of_an_older_text_are_not_given() {
    let site = site();
    let mut client = Client::start(&site);
    client.open(A);
    // The front matter can't be read: what is known is of the text before.
    client.change(A, 2, [3, 14, 3, 15], "");
    assert_eq!(client.ask_at("textDocument/hover", A, "late", Value::Null), Value::Null);
    let file = json!({ "textDocument": { "uri": client.uri(A) } });
    assert_eq!(client.request("textDocument/documentSymbol", file), json!([]));
    client.change(A, 3, [3, 14, 3, 14], "]");
    assert_ne!(client.ask_at("textDocument/hover", A, "late", Value::Null), Value::Null);
}

#[test]
fn a_file_that_is_none_of_the_site_is_answered_with_nothing() {
    let site = site().file("README.md", "[x](pattern:lag)");
    let mut client = Client::start(&site);
    for method in ["hover", "definition", "references", "documentSymbol", "codeAction"] {
        let path = "README.md";
        let range =
            json!({ "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } } });
        let answer = client.ask_at(&format!("textDocument/{method}"), path, "pattern", range);
        assert!(answer.is_null() || answer == json!([]), "{method}: {answer}");
    }
}
