//! The forms in which diagnostics are printed, and texts that are hard to point into.

use ninefold::diagnostic::{self, Diagnostic};
use ninefold::load::text_of;
use ninefold::model::SourcePath;
use serde_json::Value;

use crate::support::TestSite;

/// An error with a place and help, one about a file, a warning and a note.
fn site() -> TestSite {
    TestSite::new()
        .essay("a", "patterns: [lag, cascade]", "Word[^1].")
        .file("content/essays/b.md", "---\ntitle: B\n---\n")
        .essay("c", "draft: true", "Text.")
}

fn said(site: &TestSite) -> Vec<Diagnostic> {
    site.try_build().diagnostics
}

/// What each of the program's two forms makes of what a build of `site` says.
fn json(site: &TestSite) -> Vec<Value> {
    let text = diagnostic::json(&said(site), &|path: &SourcePath| text_of(site.root(), path));
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn github(site: &TestSite) -> String {
    diagnostic::github(&said(site), &|path: &SourcePath| text_of(site.root(), path))
}

/// Line, column, and the line and column where it ends.
fn places(site: &TestSite) -> Vec<[u64; 4]> {
    let number = |record: &Value, key: &str| record[key].as_u64().expect("a number");
    json(site)
        .iter()
        .map(|record| ["line", "column", "end_line", "end_column"].map(|key| number(record, key)))
        .collect()
}

#[test]
fn people_see_the_line_with_a_caret() {
    insta::assert_snapshot!(site().said(), @r#"
    error[unknown-pattern]: there is no pattern `cascade`
     --> content/essays/a.md:4:17
      |
    4 | patterns: [lag, cascade]
      |                 ^^^^^^^
      |
      = help: did you mean `cascades`?

    warning[undefined-footnote]: the footnote `1` is never defined
     --> content/essays/a.md:7:5
      |
    7 | Word[^1].
      |     ^^^^
      |
      = help: add a line `[^1]: …`

    error[missing-key]: the front matter of an essay has no `date`
    --> content/essays/b.md
     = help: add a line `date: …`

    note[left-out]: “c” is left out: it is a draft
    --> content/essays/c.md
     = help: take it in with `--drafts`
    "#);
}

#[test]
fn programs_get_one_object_a_line() {
    let site = site();
    let text = diagnostic::json(&said(&site), &|path: &SourcePath| text_of(site.root(), path));
    insta::assert_snapshot!(text, @r#"
    {"severity":"error","code":"unknown-pattern","message":"there is no pattern `cascade`","path":"content/essays/a.md","line":4,"column":17,"end_line":4,"end_column":24,"help":["did you mean `cascades`?"]}
    {"severity":"warning","code":"undefined-footnote","message":"the footnote `1` is never defined","path":"content/essays/a.md","line":7,"column":5,"end_line":7,"end_column":9,"help":["add a line `[^1]: …`"]}
    {"severity":"error","code":"missing-key","message":"the front matter of an essay has no `date`","path":"content/essays/b.md","line":null,"column":null,"end_line":null,"end_column":null,"help":["add a line `date: …`"]}
    {"severity":"note","code":"left-out","message":"“c” is left out: it is a draft","path":"content/essays/c.md","line":null,"column":null,"end_line":null,"end_column":null,"help":["take it in with `--drafts`"]}
    "#);
}

#[test]
fn github_gets_one_annotation_a_line() {
    insta::assert_snapshot!(github(&site()), @r#"
    ::error file=content/essays/a.md,line=4,col=17,endLine=4,endColumn=24,title=unknown-pattern::there is no pattern `cascade`%0Ahelp: did you mean `cascades`?
    ::warning file=content/essays/a.md,line=7,col=5,endLine=7,endColumn=9,title=undefined-footnote::the footnote `1` is never defined%0Ahelp: add a line `[^1]: …`
    ::error file=content/essays/b.md,title=missing-key::the front matter of an essay has no `date`%0Ahelp: add a line `date: …`
    ::notice file=content/essays/c.md,title=left-out::“c” is left out: it is a draft%0Ahelp: take it in with `--drafts`
    "#);
}

#[test]
fn an_annotation_is_one_line_whatever_a_file_is_called() {
    let annotations = github(&TestSite::new().file("content/essays/a,b:c%::error::x.md", "x"));
    assert_eq!(annotations.lines().count(), 1, "{annotations}");
    assert!(annotations.starts_with("::error file=content/essays/a%2Cb%3Ac%25%3A%3Aerror%3A%3Ax.md,"), "{annotations}");
    // The name is in the message, escaped: a file of it is not read.
    let annotations = github(&TestSite::new().file("content/essays/a\n::error::x.md", "x"));
    assert_eq!(annotations.lines().count(), 1, "{annotations}");
    assert!(annotations.starts_with("::error title=bad-name::"), "{annotations}");
}

#[test]
fn colours_are_there_only_when_asked_for() {
    let site = site();
    let shown = |colour| diagnostic::human(&said(&site), &|path: &SourcePath| text_of(site.root(), path), colour);
    assert!(shown(true).contains("\u{1b}["));
    assert!(!shown(false).contains('\u{1b}'));
}

#[test]
fn what_a_file_holds_is_never_sent_to_the_terminal_as_a_command() {
    let site = TestSite::new()
        .essay("a", "", "\u{1b}[2J[x](\u{1b}]0;title\u{7}.md) [[\u{1b}[31m]]")
        .file("content/essays/\u{1b}[2Jb.md", "x")
        .file("content/site.yaml", "title: T\nbase_url: \"\\e[2J\"\n");
    let shown = site.said();
    assert_eq!(shown.matches("error[").count(), 3, "{shown}");
    assert!(!shown.contains(['\u{1b}', '\u{7}']), "{shown:?}");
}

#[test]
fn columns_count_characters() {
    let site = TestSite::new().essay("a", "", "日本語 [x](y.md) 😀 e\u{301} [z](w.md)");
    assert_eq!(places(&site), [[6, 5, 6, 14], [6, 20, 6, 29]]);
    insta::assert_snapshot!(site.said(), @r#"
    error[broken-link]: there is no file `content/essays/y.md`
     --> content/essays/a.md:6:5
      |
    6 | 日本語 [x](y.md) 😀 é [z](w.md)
      |        ^^^^^^^^^
      |
      = help: create it with `ninefold new essay y`, and publish it: it begins as a draft

    error[broken-link]: there is no file `content/essays/w.md`
     --> content/essays/a.md:6:20
      |
    6 | 日本語 [x](y.md) 😀 é [z](w.md)
      |                       ^^^^^^^^^
      |
      = help: create it with `ninefold new essay w`, and publish it: it begins as a draft
    "#);
}

#[test]
fn a_tab_is_one_character_and_the_caret_stands_under_its_word() {
    let site = TestSite::new().essay("a", "", "Tab\t[x](y.md)");
    assert_eq!(places(&site), [[6, 5, 6, 14]]);
    insta::assert_snapshot!(site.said(), @r#"
    error[broken-link]: there is no file `content/essays/y.md`
     --> content/essays/a.md:6:5
      |
    6 | Tab    [x](y.md)
      |        ^^^^^^^^^
      |
      = help: create it with `ninefold new essay y`, and publish it: it begins as a draft
    "#);
}

#[test]
fn lines_may_end_as_on_windows_and_begin_with_a_byte_order_mark() {
    let text = "\u{feff}---\r\ntitle: A\r\ndate: 2026-05-01\r\npatterns: [lagg]\r\n---\r\n\r\nOne\r\n[x](y.md)\r\n";
    let site = TestSite::new().file("content/essays/a.md", text);
    assert_eq!(places(&site), [[4, 12, 4, 16], [8, 1, 8, 10]]);
    insta::assert_snapshot!(site.said(), @r#"
    error[unknown-pattern]: there is no pattern `lagg`
     --> content/essays/a.md:4:12
      |
    4 | patterns: [lagg]
      |            ^^^^
      |
      = help: did you mean `lag`?

    error[broken-link]: there is no file `content/essays/y.md`
     --> content/essays/a.md:8:1
      |
    8 | [x](y.md)
      | ^^^^^^^^^
      |
      = help: create it with `ninefold new essay y`, and publish it: it begins as a draft
    "#);
}

#[test]
fn of_a_long_line_the_part_around_the_caret_is_shown_with_its_true_column() {
    for words in [1_000, 100_000] {
        let body = format!("{}[x](y.md){}", "word ".repeat(words), " word".repeat(words));
        let site = TestSite::new().essay("a", "", &body);
        let column = words * 5 + 1;
        assert_eq!(places(&site), [[6, column as u64, 6, column as u64 + 9]]);
        let shown = site.said();
        assert!(shown.contains(&format!("content/essays/a.md:6:{column}\n")), "{shown}");
        assert!(shown.contains("word [x](y.md) word"), "{shown}");
        assert!(shown.lines().all(|line| line.len() < 200), "{shown}");
    }
}

#[test]
fn a_link_over_two_lines_is_shown_where_it_begins() {
    let site = TestSite::new().essay("a", "", "See [x\ny](z.md).");
    assert_eq!(places(&site), [[6, 5, 7, 9]]);
    insta::assert_snapshot!(site.said(), @r#"
    error[broken-link]: there is no file `content/essays/z.md`
     --> content/essays/a.md:6:5
      |
    6 | See [x
      |     ^^
      |
      = help: create it with `ninefold new essay z`, and publish it: it begins as a draft
    "#);
}

#[test]
fn of_one_code_people_see_a_few_and_where_the_others_are() {
    let notes = |count: usize| (0..count).map(|n| format!("Word[^{n}]. ")).collect::<String>();
    let site = TestSite::new().essay("a", "", &notes(100)).essay("b", "", &notes(20)).essay("c", "", "[](pattern:lag)");
    let shown = site.said();
    assert!(shown.starts_with("warning[empty-words]"), "the rarest first: {shown}");
    assert_eq!(shown.matches("warning[undefined-footnote]: ").count(), 8);
    let rest = "... and 112 more of undefined-footnote in 2 files: content/essays/a.md (92), content/essays/b.md (20)";
    assert!(shown.contains(rest), "{shown}");
    let drafts = (0..30).fold(TestSite::new(), |site, n| site.essay(&format!("d{n}"), "draft: true", "Text."));
    insta::assert_snapshot!(drafts.said().trim_end(), @"note[left-out]: 30 times: a draft, or an essay dated after today, is left out (`--format json` lists them)");
}

#[test]
fn of_very_many_people_see_some_of_each_code_and_programs_all() {
    let site = TestSite::new().essay("b", "patterns: lagg", "Text.").essay("a", "", &"Word[^1]. ".repeat(300));
    let shown = site.said();
    assert!(shown.starts_with("error[unknown-pattern]"), "{shown}");
    assert_eq!(shown.matches("warning[undefined-footnote]: ").count(), 1);
    let end =
        "\n... and 299 more like it in this file\n\n  1  error[unknown-pattern]\n300  warning[undefined-footnote]\n\n";
    assert!(shown.ends_with(end), "{shown}");
    let records = json(&site);
    assert_eq!(records.len(), 301);
    assert_eq!(records[299]["column"], 299 * 10 + 5);
}

#[test]
fn what_is_said_is_in_the_order_of_files_and_lines_and_counted() {
    let site = site();
    let diagnostics = said(&site);
    assert!(diagnostics.is_sorted_by_key(|diagnostic| diagnostic.place.clone()));
    assert_eq!(diagnostic::summary(&diagnostics).as_deref(), Some("2 errors, 1 warning"));
    assert_eq!(diagnostic::summary(&[]), None);
}

#[test]
fn code_hosts_and_editors_get_one_sarif_log() {
    let site = TestSite::new()
        .essay("a", "patterns: [lag, cascade]", "Word[^1].")
        .file("content/essays/\u{fc}.md", "---\ntitle: B\n---\n");
    let text = diagnostic::sarif(&said(&site), &|path: &SourcePath| text_of(site.root(), path));
    let log: Value = serde_json::from_str(&text).expect("JSON");
    // What the standard's schema requires of a log, a run, a tool, a rule and a result.
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["tool"]["driver"]["name"], "Ninefold");
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert!(results.len() >= 3, "{text}");
    for result in results {
        let rule = &rules[usize::try_from(result["ruleIndex"].as_u64().expect("a place")).expect("an index")];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["shortDescription"]["text"].is_string() && result["message"]["text"].is_string());
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().expect("a level")));
    }
    let found = |id: &str| results.iter().find(|result| result["ruleId"] == id).expect("a result");
    insta::assert_snapshot!(format!("{:#}", found("unknown-pattern")), @r#"
    {
      "level": "error",
      "locations": [
        {
          "physicalLocation": {
            "artifactLocation": {
              "uri": "content/essays/a.md"
            },
            "region": {
              "endColumn": 24,
              "endLine": 4,
              "startColumn": 17,
              "startLine": 4
            }
          }
        }
      ],
      "message": {
        "text": "there is no pattern `cascade`\nhelp: did you mean `cascades`?"
      },
      "ruleId": "unknown-pattern",
      "ruleIndex": 2
    }
    "#);
    let uri = &found("missing-key")["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "content/essays/%C3%BC.md");
    let none: Value = serde_json::from_str(&diagnostic::sarif(&[], &|_| None)).expect("JSON");
    assert_eq!(none["runs"][0]["results"], serde_json::json!([]), "a log without results has a list of none");
}
