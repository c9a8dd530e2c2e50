//! `suggest`: what a text shows and on which words, what only looks like it, and how an essay is marked.

use std::fs;

use assert_cmd::cargo::cargo_bin_cmd;

use super::commands::{code, err, out, run};
use crate::support::TestSite;

/// An essay that says much of what can be said.
const ESSAY: &str = "\
Replicas fell behind by hours, and readers saw old pages. The pool ran out of\n*connections*, so the service was overloaded.\n\n\
There was no surprise in it. The failure did not cascade.\n\n\
Resolving the merge conflict took a minute, and a flag was set.\n\n\
We looked for congestion, cascades, conflicts, saturation, lag, friction, tempos, surprises and tangles.\n\n\
A limit on retries would prevent overload.\n\n```\nqueue depth\n```\n\n\
On 30 April 2026 Bluesky was slow.\n";

fn site() -> TestSite {
    TestSite::new()
        .essay("a", "patterns: [friction]", ESSAY)
        .file(
            "content/incidents/bluesky-2026-04.md",
            "---\ntitle: Bluesky slow\norganisations: [Bluesky]\ntimes: {started: 2026-04-30}\n---\n",
        )
        .file(
            "content/incidents/bluesky-2025-04.md",
            "---\ntitle: Bluesky before\norganisations: [Bluesky]\ntimes: {started: 2025-04-30}\n---\n",
        )
}

fn suggested(site: &TestSite, arguments: &[&str]) -> String {
    let output = run(site.root(), &[&["suggest"], arguments].concat());
    assert_eq!(code(&output), 0, "{}", err(&output));
    out(&output)
}

#[test]
fn each_suggestion_has_its_sentences_and_the_reason() {
    insta::assert_snapshot!(suggested(&site(), &["content/essays/a.md"]), @r"
    content/essays/a.md
      pattern saturation
        7:68 “The pool [ran out of] connections, so the service was overloaded.” (cue `ran out of`)
        16:34 “A limit on retries would prevent [overload].” (its alias `overload`)
      pattern lag
        7:10 “Replicas [fell behind] by hours, and readers saw old pages.” (cue `fell behind`)
      incident bluesky-2026-04
        22:4 “On [30 April 2026] Bluesky was slow.” (record of Bluesky, 2026-04-30)
      pattern cascades, said not to be there
        10:50 “The failure did not [cascade].” (its name)
      pattern surprises, said not to be there
        10:14 “There was no [surprise] in it.” (its name)
    ");
}

#[test]
fn programs_get_one_object_a_text() {
    let text = suggested(&site(), &["--all", "--format", "json"]);
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), 1);
    insta::assert_snapshot!(serde_json::to_string_pretty(&lines[0]["suggestions"][0]).expect("JSON"), @r#"
    {
      "evidence": [
        {
          "column": 68,
          "cue": "ran out of",
          "line": 7,
          "sentence": "The pool ran out of connections, so the service was overloaded.",
          "why": "cue `ran out of`",
          "words": "ran out of"
        },
        {
          "column": 34,
          "cue": "overload",
          "line": 16,
          "sentence": "A limit on retries would prevent overload.",
          "why": "its alias `overload`",
          "words": "overload"
        }
      ],
      "id": "saturation",
      "kind": "pattern",
      "says": "shows",
      "score": 1.5,
      "tagged": false,
      "title": "Saturation"
    }
    "#);
}

#[test]
fn what_is_applied_is_marked_and_tagged_and_each_other_byte_stays() {
    let site = site().essay("c", "", "The pool ran *out* of ports.").file("content/essays/b.md", "\u{feff}---\r\ntitle: B # not the last\r\ndate: 2026-05-01\r\n---\r\n\r\nThe queue\r\ngrew  for `hours` on end.\r\n");
    let output = run(site.root(), &["suggest", "--all", "--apply"]);
    assert_eq!(
        (code(&output), err(&output).as_str()),
        (
            0,
            "Marked in 2 essays; 1 suggestion was left: no link can be put around the words, or the text is no essay of the site\n"
        )
    );
    let text = |path: &str| fs::read_to_string(site.root().join(path)).expect(path);
    assert_eq!(
        text("content/essays/b.md"),
        "\u{feff}---\r\ntitle: B # not the last\r\ndate: 2026-05-01\r\npatterns: [congestion]\r\n---\r\n\r\nThe [queue\r\ngrew](pattern:congestion)  for `hours` on end.\r\n"
    );
    insta::assert_snapshot!(text("content/essays/a.md"), @r#"
    ---
    title: "a"
    date: 2026-05-01
    patterns: [friction, saturation, lag]
    incidents: [bluesky-2026-04]
    ---

    Replicas [fell behind](pattern:lag) by hours, and readers saw old pages. The pool [ran out of](pattern:saturation)
    *connections*, so the service was overloaded.

    There was no [surprise](pattern:surprises?not) in it. The failure did not [cascade](pattern:cascades?not).

    Resolving the merge conflict took a minute, and a flag was set.

    We looked for congestion, cascades, conflicts, saturation, lag, friction, tempos, surprises and tangles.

    A limit on retries would prevent overload.

    ```
    queue depth
    ```

    On [30 April 2026](incident:bluesky-2026-04) Bluesky was slow.
    "#);
    assert!(!site.said().contains("error["), "{}", site.said());
    assert_eq!(suggested(&site, &["content/essays/b.md"]), "content/essays/b.md\n  nothing that is not marked yet\n");
}

#[test]
fn who_is_asked_decides() {
    let site = site();
    let ask = |answers: &str| {
        let mut program = cargo_bin_cmd!("ninefold");
        let output = program.args(["suggest", "--all", "--ask"]).current_dir(site.root()).write_stdin(answers).output();
        output.expect("the program")
    };
    let before = fs::read_to_string(site.root().join("content/essays/a.md")).expect("the essay");
    assert!(err(&ask("n\nq\n")).contains("Nothing was marked"));
    assert!(err(&ask("")).contains("Nothing was marked"));
    assert_eq!(fs::read_to_string(site.root().join("content/essays/a.md")).expect("the essay"), before);
    let output = ask("n\nyes\n");
    assert_eq!(out(&output).matches("Mark it? [y]es, [n]o, [q]uit: ").count(), 3, "{}", out(&output));
    assert!(err(&output).contains("Marked in 1 essay"), "{}", err(&output));
    let after = fs::read_to_string(site.root().join("content/essays/a.md")).expect("the essay");
    assert_eq!(after.matches("](pattern:").count(), 1, "{after}");
}

#[test]
fn a_site_teaches_words_of_its_own() {
    let site = TestSite::new()
        .essay(
            "a",
            "",
            "The whole thing went sideways, as it does. Then the gizmo coughed twice.\n\nIt may go sideways again.",
        )
        .file("content/patterns/tangles.md", "---\ncues: [went sideways]\n---\n")
        .file(
            "content/concepts/gizmo.md",
            "---\nname: Gizmo\ndefinition: A thing.\ncues: [gizmo ... twice]\nnot: [sideways gizmo]\n---\n",
        )
        .file(
            "content/concepts/half.md",
            "---\nname: Halves\ndefinition: Two of them.\nhints: [whole thing, coughed]\n---\n",
        );
    insta::assert_snapshot!(suggested(&site, &["content/essays/a.md"]), @r"
    content/essays/a.md
      pattern tangles
        6:17 “The whole thing [went sideways], as it does.” (cue `went sideways`)
      concept gizmo
        6:53 “Then the [gizmo coughed twice].” (cue `gizmo ... twice`)
      concept half
        6:5 “The [whole thing] went sideways, as it does.” (hint `whole thing`)
        6:59 “Then the gizmo [coughed] twice.” (hint `coughed`)
    ");
}

#[test]
fn any_text_can_be_looked_at_and_none_is_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "---\ntitle: Port exhaustion\n---\nThe host ran out of ports, and then a retry storm came.\n";
    fs::write(folder.path().join("a b.md"), text).expect("a text");
    fs::write(folder.path().join("bytes"), [0xff, 0xfe]).expect("a file");
    let output = run(folder.path(), &["suggest", "a b.md", "bytes", "none.md"]);
    assert_eq!(code(&output), 1);
    insta::assert_snapshot!(out(&output), @r"
    a b.md
      pattern congestion
        4:39 “The host ran out of ports, and then a [retry storm] came.” (cue `retry storm`)
      pattern saturation
        4:10 “The host [ran out of] ports, and then a retry storm came.” (cue `ran out of`)
    ");
    insta::assert_snapshot!(err(&output), @r"
    error[not-utf8]: the file is not UTF-8: its byte 0 belongs to no character
     --> bytes:1:1
      |
    1 | ��
      | ^
      |
      = help: open it in an editor and save it with the encoding UTF-8

    error[unreadable]: `none.md` can't be read: it is not there
    --> none.md
    ");
    let output = run(folder.path(), &["suggest", "a b.md", "--apply"]);
    assert!(err(&output).contains("Nothing was marked; 2 suggestions were left"), "{}", err(&output));
    assert_eq!(fs::read_to_string(folder.path().join("a b.md")).expect("a text"), text);
}

#[test]
fn a_front_matter_half_typed_is_a_text_like_others() {
    let site = TestSite::new()
        .file("content/essays/a.md", "---\ntitle: [A\n---\n\nThe pool ran out of ports.\n")
        .file("content/essays/b.md", "---\ntitle: B\n\nThe pool ran out of ports.\n");
    for name in ["a", "b"] {
        let shown = suggested(&site, &[&format!("content/essays/{name}.md")]);
        assert!(shown.contains("pattern saturation\n"), "{shown}");
    }
}

/// What the only sentence of a text says of each: `lag`, `not lag`.
fn verdicts(sentences: &[&str]) -> Vec<String> {
    let site =
        sentences.iter().enumerate().fold(TestSite::new(), |site, (n, text)| site.essay(&format!("e{n:02}"), "", text));
    let lines = suggested(&site, &["--all", "--format", "json"]);
    let words = |line: &str| {
        let text: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let said = text["suggestions"].as_array().expect("suggestions").iter().map(|one| {
            let not = if one["says"] == "refuses" { "not " } else { "" };
            format!("{not}{}", one["id"].as_str().expect("an id"))
        });
        said.collect::<Vec<_>>().join(", ")
    };
    lines.lines().map(words).collect()
}

#[test]
fn a_sentence_shows_it_or_refuses_it_or_says_nothing_of_it() {
    let cases = [
        ("A cascading failure then took the region down.", "cascades"),
        ("The failure cascaded into three other regions.", "cascades"),
        ("Nobody noticed until replication lag had grown to an hour.", ""),
        ("The replication lag was not seen for an hour.", ""),
        ("Dashboards did not show the replication lag.", ""),
        ("A cascading failure did not happen that day.", "not cascades"),
        ("A cascading failure was avoided by shedding load.", "not cascades"),
        ("We never ran out of connections that day.", "not saturation"),
        ("The cluster was far from overloaded that day.", "not saturation"),
        ("There was friction on the team that day.", ""),
        ("A conflict of interest came up on the calendar.", ""),
        ("Resolving the merge conflicts took us the morning.", ""),
        ("See https://example.org/replication-lag/ for what came.", ""),
        ("The flags unfurled, and lagoons were to be seen.", ""),
    ];
    let found = verdicts(&cases.map(|(sentence, _)| sentence));
    for ((sentence, expected), found) in cases.iter().zip(found) {
        assert_eq!(found, *expected, "{sentence}");
    }
}

#[test]
fn words_that_would_be_read_otherwise_with_a_link_are_left() {
    for body in [
        "Use !important and !backlog in the query then.",
        "Look at D:\\backlog for all the files there.",
        "See [a]replication lag was seen there.\n\n[replication lag]: https://example.org/",
        "<a href=\"https://example.org/\">the replication lag was seen</a> by us.",
        "## The replication lag of that day",
        "The replication *lag* was seen by us.",
    ] {
        let site = TestSite::new().essay("a", "", body);
        let before = fs::read_to_string(site.root().join("content/essays/a.md")).expect("the essay");
        suggested(&site, &["--all", "--apply"]);
        assert_eq!(fs::read_to_string(site.root().join("content/essays/a.md")).expect("the essay"), before, "{body}");
    }
    // Words on two lines of a quotation can be marked.
    let site = TestSite::new().essay("a", "", "> The replication\n> lag was seen by us.");
    suggested(&site, &["--all", "--apply"]);
    let after = fs::read_to_string(site.root().join("content/essays/a.md")).expect("the essay");
    assert!(after.contains("> The [replication\n> lag](pattern:lag) was seen by us."), "{after}");
}

#[test]
fn an_incident_is_named_by_its_organisation_and_its_day() {
    let record = |id: &str, organisation: &str, day: &str| {
        let text =
            format!("---\ntitle: \"{id}\"\norganisations: [\"{organisation}\"]\ntimes: {{started: {day}}}\n---\n");
        (format!("content/incidents/{id}.md"), text)
    };
    let site = [
        record("hub", "Hub", "2018-10-21"),
        record("soft-5", "Soft", "2026-03-05"),
        record("soft-6", "Soft", "2026-03-06"),
        record("meta", "Meta", "2021-10-04"),
    ]
    .into_iter()
    .fold(TestSite::new(), |site, (path, text)| site.file(&path, text));
    let site = site.essay(
        "a",
        "",
        "On 5 March 2026 Soft failed.\n\nIn October 2018 Hub was down.\n\nWe pushed 2018 commits to Hub.\n\nThe meta data of 4 October 2021 was lost.",
    );
    insta::assert_snapshot!(suggested(&site, &["content/essays/a.md"]), @r"
    content/essays/a.md
      incident hub
        8:4 “In [October 2018] Hub was down.” (record of Hub, 2018-10-21)
      incident soft-5
        6:4 “On [5 March 2026] Soft failed.” (record of Soft, 2026-03-05)
    ");
}
