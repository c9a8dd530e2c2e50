//! What is offered where the author types.

use serde_json::{Value, json};

use super::client::{Client, edited, position};
use crate::support::TestSite;

const A: &str = "content/essays/a.md";
const ONE: &str = "content/incidents/one-2020.md";

fn site() -> TestSite {
    TestSite::new()
        .essay("a", "patterns: [lag]\nincidents: [one-2020]\nseries: {name: Ports}", "## Limits {#limits}\n\nIt came [late](pattern:lag).")
        .essay("grow-fast", "authors: [Ann]", "## More\n")
        .incident(
            "one-2020",
            "title: One\norganisations: [Org]\nsources: [{key: post, kind: report, title: The report, url: \"https://example.org/\"}]\ntimeline: [{at: 2020-05-01, kind: symptom, text: It began.}, {at: 2020-05-02, kind: action, text: It was mended.}]",
        )
        .incident("two-2021", "title: Two")
        .concept("gizmo", "A thing.")
        .file("content/pages/about.md", "---\ntitle: About\n---\n")
}

/// Opens `text` at `path`, and gives the text with each of the first `most` offers for the place of the bar.
fn offered(client: &mut Client, version: &mut i64, path: &str, text: &str, most: usize) -> Vec<String> {
    let at = text.find('|').expect("a bar");
    let text = text.replacen('|', "", 1);
    let uri = client.uri(path);
    *version += 1;
    let file = json!({ "uri": uri, "version": version });
    client.notify("textDocument/didChange", json!({ "textDocument": file, "contentChanges": [{ "text": text }] }));
    let params = json!({ "textDocument": { "uri": uri }, "position": position(&text, at) });
    let list = client.request("textDocument/completion", params);
    let done = |item: &Value| {
        let done = edited(&text, &json!([item["textEdit"]]));
        // The line that was typed in.
        let line = text[..at].matches('\n').count();
        done.lines().nth(line).unwrap_or_default().to_owned()
    };
    list["items"].as_array().into_iter().flatten().take(most).map(done).collect()
}

fn all(path: &str, texts: &[&str], most: usize) -> String {
    let site = site();
    let mut client = Client::start(&site);
    client.open(path);
    let mut version = 1;
    let mut shown = String::new();
    for text in texts {
        let line = text.lines().find(|line| line.contains('|')).unwrap_or_default();
        let offered = offered(&mut client, &mut version, path, text, most);
        shown.push_str(&format!("{line}\n{}", offered.iter().map(|line| format!("    {line}\n")).collect::<String>()));
    }
    shown
}

#[test]
fn keys_and_values_of_front_matter_are_offered_while_it_is_half_typed() {
    let texts = [
        "---\n|",
        "---\ntitle: A\npat|",
        "---\ntitle: A\ndate: 2026-05-01\npatterns: [|",
        "---\ntitle: A\npatterns: [lag, sa|]\n---\n",
        "---\ntitle: A\nconcepts: gi|\n---\n",
        "---\ntitle: A\nincidents:\n  - t|\n---\n",
        "---\ntitle: A\nkind: |\n---\n",
        "---\ntitle: A\ndraft: |\n---\n",
        "---\ntitle: A\nseries: {|}\n---\n",
        "---\ntitle: A\nauthors: |\n---\n",
        "---\ntitle: A\nsummary: |\n---\n",
    ];
    insta::assert_snapshot!(all(A, &texts, 4), @r"
    |
        date: 
        title: 
        updated: 
        kind: 
    pat|
        patterns: 
    patterns: [|
        patterns: [cascades
        patterns: [conflicts
        patterns: [congestion
        patterns: [friction
    patterns: [lag, sa|]
        patterns: [lag, saturation]
    concepts: gi|
        concepts: gizmo
        concepts: robust-yet-fragile
        concepts: work-as-imagined-vs-done
      - t|
          - two-2021
    kind: |
        kind: essay
        kind: analysis
        kind: note
    draft: |
        draft: true
        draft: false
    series: {|}
        series: {name: }
        series: {part: }
    authors: |
        authors: Ann
    summary: |
    ");
}

#[test]
fn a_records_groups_have_their_keys_and_words() {
    let texts = [
        "---\ntitle: One\ntimes: {|}\n---\n",
        "---\ntitle: One\ntimes:\n  res|\n---\n",
        "---\ntitle: One\ntimeline:\n  - at: 2020-05-01\n    kind: d|\n---\n",
        "---\ntitle: One\nsources: [{key: post, kind: report, title: R, url: \"https://example.org/\"}]\ntimeline: [{source: |}]\n---\n",
        "---\ntitle: One\nrelated: [{id: two|}]\n---\n",
        "---\ntitle: One\nrelated: [{type: s|}]\n---\n",
    ];
    insta::assert_snapshot!(all(ONE, &texts, 8), @r"
    times: {|}
        times: {started: }
        times: {detected: }
        times: {mitigated: }
        times: {resolved: }
      res|
          resolved: 
        kind: d|
            kind: detection
            kind: diagnosis
    timeline: [{source: |}]
        timeline: [{source: post}]
    related: [{id: two|}]
        related: [{id: two-2021}]
    related: [{type: s|}]
        related: [{type: similar}]
        related: [{type: sequel}]
        related: [{type: same-system}]
        related: [{type: contrast}]
    ");
}

#[test]
fn keys_and_values_of_settings_are_those_of_the_schema() {
    let texts = [
        "title: A\nba|",
        "title: A\nbase_url: https://a.example\nhtml: |",
        "title: A\nids: |",
        "search: |",
        "# Settings\nlints: {missing-a|}",
        "lints:\n  missing-alt: |",
        "lints: {missing-alt: {level: o|}}",
        "lints: {missing-alt: {|}}",
        "publish:\n  live:\n    t|",
        "publish: {live: {type: |}}",
        "publish:\n  live:\n    type: s3\n    compress: |",
        "menu:\n  - title: About\n    u|",
        "colours: {acc|}",
        "title: |",
        "# base|",
    ];
    insta::assert_snapshot!(all("content/site.yaml", &texts, 4), @r"
    ba|
        base_url: 
    html: |
        html: sanitised
        html: trusted
    ids: |
        ids: plain
        ids: github
    search: |
        search: true
        search: false
    lints: {missing-a|}
        lints: {missing-alt: }
      missing-alt: |
          missing-alt: error
          missing-alt: warning
          missing-alt: off
    lints: {missing-alt: {level: o|}}
        lints: {missing-alt: {level: off}}
        lints: {missing-alt: {level: error}}
    lints: {missing-alt: {|}}
        lints: {missing-alt: {level: }}
        lints: {missing-alt: {before: }}
        t|
            type: 
            drafts: 
            future: 
            bucket: 
    publish: {live: {type: |}}
        publish: {live: {type: s3}}
        publish: {live: {type: git}}
        publish: {live: {type: dir}}
        publish: {live: {type: rsync}}
        compress: |
            compress: gzip
            compress: br
        u|
            url: 
    colours: {acc|}
    title: |
    # base|
    ");
}

#[test]
fn names_files_and_places_are_offered_in_links() {
    let front = "---\ntitle: A\ndate: 2026-05-01\nincidents: [one-2020]\n---\n\n## Limits {#limits}\n\nIt came [late](pattern:lag).\n\n";
    let bodies = [
        "[x](|",
        "[x](pattern:sat|",
        "[x](pattern:satura|) and more.",
        "[x](concept:giz|",
        "[x](incident:|",
        "[x](incident:one-2020#|",
        "[x](pattern:lag?|",
        "[x](pattern:lag?in=|",
        "[x](pattern:lag?in=one-2020&at=|",
        "[x](pattern:lag?at=|",
        "[x](#|",
        "[x](grow|",
        "[x](grow-fast.md#|",
        "[x](../incidents/t|",
        "[x](/pages|",
        "[x](/ab|",
        "[[gro|",
        "[[grow-fast#|",
        "## H {|",
        "## H {pattern=te|",
        "## H {incident=|",
        "Prose|",
        "`code|`",
    ];
    let texts: Vec<String> = bodies.iter().map(|body| format!("{front}{body}")).collect();
    insta::assert_snapshot!(all(A, &texts.iter().map(String::as_str).collect::<Vec<_>>(), 4), @r"
    [x](|
        [x](pattern:
        [x](concept:
        [x](incident:
        [x](grow-fast.md
    [x](pattern:sat|
        [x](pattern:saturation
    [x](pattern:satura|) and more.
        [x](pattern:saturation) and more.
    [x](concept:giz|
        [x](concept:gizmo
    [x](incident:|
        [x](incident:one-2020
        [x](incident:two-2021
    [x](incident:one-2020#|
        [x](incident:one-2020#nf-event-2020-05-01
        [x](incident:one-2020#nf-event-2020-05-02
    [x](pattern:lag?|
        [x](pattern:lag?in=
        [x](pattern:lag?at=
        [x](pattern:lag?not
    [x](pattern:lag?in=|
        [x](pattern:lag?in=one-2020
        [x](pattern:lag?in=two-2021
        [x](pattern:lag?in=none
    [x](pattern:lag?in=one-2020&at=|
        [x](pattern:lag?in=one-2020&at=2020-05-01
        [x](pattern:lag?in=one-2020&at=2020-05-02
    [x](pattern:lag?at=|
        [x](pattern:lag?at=2020-05-01
        [x](pattern:lag?at=2020-05-02
    [x](#|
        [x](#limits
        [x](#passage-late
    [x](grow|
        [x](grow-fast.md
    [x](grow-fast.md#|
        [x](grow-fast.md#more
    [x](../incidents/t|
        [x](../incidents/two-2021.md
    [x](/pages|
    [x](/ab|
        [x](/about/
    [[gro|
        [[grow-fast
        [[common-ground
    [[grow-fast#|
        [[grow-fast#more
    ## H {|
        ## H {pattern=
        ## H {concept=
        ## H {incident=
    ## H {pattern=te|
        ## H {pattern=tempos
    ## H {incident=|
        ## H {incident=one-2020
        ## H {incident=two-2021
        ## H {incident=none
    Prose|
    `code|`
    ");
}

#[test]
fn a_record_that_has_every_key_that_is_offered_is_understood() {
    let site = site();
    let mut client = Client::start(&site);
    let mut version = 1;
    for (path, groups) in [
        (A, &["", "series", "image", "archives"][..]),
        (ONE, &["", "times", "timeline", "sources", "related", "held", "disputes"]),
        ("content/concepts/gizmo.md", &[""]),
        ("content/pages/about.md", &[""]),
        ("content/patterns/lag.md", &["", "look_alikes"]),
    ] {
        site.write("content/patterns/lag.md", "---\nname: Lag\n---\n");
        client.open(path);
        for group in groups {
            let typed =
                if group.is_empty() { "---\n|\n---\n".to_owned() } else { format!("---\n{group}: {{|}}\n---\n") };
            let offered = offered(&mut client, &mut version, path, &typed, 99);
            assert!(!offered.is_empty(), "{path} {group}");
            for line in offered {
                let uri = client.uri(path);
                version += 1;
                let file = json!({ "uri": uri, "version": version });
                let text = format!("---\n{line}\n---\n");
                client.notify(
                    "textDocument/didChange",
                    json!({ "textDocument": file, "contentChanges": [{ "text": text }] }),
                );
                let shown = client.published(&uri, version);
                assert!(!shown.contains("[unknown-key]"), "{path}: {text}{shown}");
            }
        }
    }
}
