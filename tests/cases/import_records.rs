//! Lists of post-mortems and status pages in, records of incidents out.

use std::fs;
use std::path::PathBuf;

use ninefold::diagnostic::Diagnostic;
use ninefold::import::{self, Kind};

use super::imports::made::{Made, options};

fn record_of(made: &Made, id: &str) -> String {
    made.read(&format!("content/incidents/{id}.md"))
}

fn ids(made: &Made) -> Vec<String> {
    let entries = fs::read_dir(made.folder.path().join("site/content/incidents")).expect("records").flatten();
    let mut ids: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().replace(".md", "")).collect();
    ids.sort();
    ids
}

/// Imports these files; the source is the first of them, or the folder if there are more.
fn attempt(kind: Kind, files: &[(&str, &str)]) -> Result<Made, Diagnostic> {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("source");
    fs::create_dir_all(&root).expect("the source's folder");
    for (name, text) in files {
        fs::write(root.join(name), text).expect("a file");
    }
    let source: PathBuf = if files.len() == 1 { root.join(files[0].0) } else { root };
    let options = options(kind, source, &folder.path().join("site"));
    let imported = import::import(&options, &|_| {})?;
    assert!(imported.faults.is_empty(), "{:?}", imported.faults);
    Ok(Made { folder, imported })
}

fn import(kind: Kind, files: &[(&str, &str)]) -> Made {
    attempt(kind, files).expect("an import")
}

const LIST: &str = "# A list

Some words first.

## Power

[Acme](https://acme.example/incident). A switch failed over and then back. [Archive](https://archive.example/acme)

[Basement Inc](https://b.example/a), [see also](https://b.example/b). Power.

## Config

* [Cellar](https://web.archive.org/web/20200101000000/https://c.example/) A flag was on. 2019.
* [ACME](https://acme.example/other). The queue was at saturation.
* [Acme](https://acme.example/third). Again [a flag](https://acme.example/flag) was on.

## Contributors

[Nora](https://nora.example/)
";

#[test]
fn a_list_becomes_a_record_for_each_entry() {
    let made = import(Kind::Postmortems, &[("list.md", LIST)]);
    assert_eq!(ids(&made), ["acme", "acme-2", "acme-3", "basement-inc", "cellar-2019"]);
    insta::assert_snapshot!(record_of(&made, "acme"), @r"
    ---
    title: 'Acme: A switch failed over and then back'
    impact: A switch failed over and then back.
    organisations:
    - Acme
    sources:
    - kind: official
      title: Acme
      url: https://acme.example/incident
      archive_url: https://archive.example/acme
    ---
    ");
    insta::assert_snapshot!(record_of(&made, "cellar-2019"), @r"
    ---
    title: 'Cellar: A flag was on. 2019'
    impact: A flag was on. 2019.
    organisations:
    - Cellar
    times:
      started: '2019'
    sources:
    - kind: link
      title: Cellar
      url: https://c.example/
      archive_url: https://web.archive.org/web/20200101000000/https://c.example/
    ---
    ");
    let basement = record_of(&made, "basement-inc");
    assert!(basement.contains("impact: Power.\n") && basement.contains("url: https://b.example/b\n"), "{basement}");
    let third = record_of(&made, "acme-3");
    assert!(
        third.contains("impact: Again a flag was on.\n") && third.contains("url: https://acme.example/flag"),
        "{third}"
    );
    assert!(!record_of(&made, "acme-2").contains("patterns"));
    assert_eq!(
        made.told("Sentences that may show a pattern"),
        ["- `list.md:14`: `saturation`? \u{201c}The queue was at saturation.\u{201d}"]
    );
    assert_eq!(made.told("Paragraphs that are no entry").len(), 2);
}

const FIRST: &str = "---
uuid: 1
url: https://web.archive.org/web/2018/https://github.example/post
title: A token leaked
start_time: 2018-07-31T00:00:00Z
end_time: 2018-07-31T06:00:00Z
categories: [security]
company: Github
product: Actions
source_published_at: 2018-08-05T00:00:00Z
summary: A token was leaked.
---

It could be used, and was not.
";
const SECOND: &str = "---
url: https://www.githubstatus.com/incidents/1
title: The same again
start_time: 2018-07-31T02:30:00Z
company: GitHub
keywords: [lag, 42]
---
";
const THIRD: &str = "---
url: https://github.example/third
title: No time is known
start_time: 0001-01-01T00:00:00Z
end_time: 0001-01-01T00:00:00Z
company: GitHub
---
";

#[test]
fn a_file_for_each_entry_becomes_a_record_as_precise_as_it_was() {
    let made = import(
        Kind::Postmortems,
        &[("1.md", FIRST), ("2.md", SECOND), ("3.md", THIRD), ("README.md", "# About\n\nNo entry.\n")],
    );
    assert_eq!(ids(&made), ["github", "github-2018-07-31", "github-2018-07-31-2"]);
    insta::assert_snapshot!(record_of(&made, "github-2018-07-31"), @r"
    ---
    title: A token leaked
    impact: A token was leaked.
    organisations:
    - GitHub
    services:
    - Actions
    times:
      started: 2018-07-31
      resolved: 2018-07-31T06:00Z
    sources:
    - kind: official
      title: A token leaked
      url: https://github.example/post
      archive_url: https://web.archive.org/web/2018/https://github.example/post
      published: 2018-08-05
    ---

    It could be used, and was not.
    ");
    let second = record_of(&made, "github-2018-07-31-2");
    assert!(second.contains("started: 2018-07-31T02:30Z") && second.contains("kind: status-page"), "{second}");
    assert!(!record_of(&made, "github").contains("times"));
    assert_eq!(made.told("Entries that may be one incident").len(), 1);
    assert_eq!(made.told("Files that are no entry and no list"), ["- `README.md`: passed over"]);
}

const STATUSPAGE: &str = r#"{"page": {"id": "p", "name": "Acme", "url": "https://status.acme.example"},
"incidents": [
{"id": "b2", "name": "Slow queues", "impact": "major", "created_at": "2026-02-02T19:03:00.000Z",
 "started_at": "2026-02-02T18:35:10.000Z", "resolved_at": null, "shortlink": "https://stspg.example/b2",
 "components": [{"name": "Queues"}],
 "incident_updates": [
  {"status": "identified", "body": "We <b>found</b> it.<br />A queue is full.", "created_at": "2026-02-02T19:30:00Z"},
  {"status": "investigating", "body": "Queues are slow.", "display_at": "2026-02-02T19:03:00Z"}]},
{"id": "a1", "name": "Move of the database", "scheduled_for": "2026-01-01T00:00:00Z", "incident_updates": []}
]}"#;

#[test]
fn a_status_page_becomes_records_whose_times_are_those_of_what_happened() {
    let made = import(Kind::Statuspage, &[("incidents.json", STATUSPAGE)]);
    insta::assert_snapshot!(record_of(&made, "acme-2026-02-02"), @r"
    ---
    title: Slow queues
    organisations:
    - Acme
    services:
    - Queues
    times:
      started: 2026-02-02T18:35:10Z
    severity: major
    sources:
    - kind: status-page
      title: Slow queues
      publisher: Acme
      url: https://stspg.example/b2
    timeline:
    - at: 2026-02-02T19:03Z
      kind: communication
      text: 'Investigating: Queues are slow.'
    - at: 2026-02-02T19:30Z
      kind: communication
      text: 'Identified: We found it. A queue is full.'
    ---
    ");
    assert_eq!(made.told("Maintenance, which is no incident").len(), 1);
}

#[test]
fn pages_of_other_programs_are_read_too() {
    let google = r#"[{"id": "x1", "number": "7", "begin": "2026-03-01T10:00:00+00:00", "end": "2026-03-01T11:30:00+00:00",
        "external_desc": "**Requests failed** in two regions.", "severity": "high", "uri": "incidents/x1",
        "affected_products": [{"title": "Cloud Run"}], "previously_affected_locations": [{"title": "Iowa (us-central1)"}],
        "updates": [{"when": "2026-03-01T10:20:00+00:00", "status": "SERVICE_OUTAGE", "text": "We look into it."}]}]"#;
    let made = import(Kind::Statuspage, &[("incidents.json", google)]);
    let record = record_of(&made, "google-cloud-2026-03-01");
    for part in [
        "title: Requests failed in two regions.\n",
        "started: 2026-03-01T10:00Z",
        "resolved: 2026-03-01T11:30Z",
        "- Cloud Run",
        "- Iowa (us-central1)",
        "url: https://status.cloud.google.com/incidents/x1",
        "text: 'Service outage: We look into it.'",
    ] {
        assert!(record.contains(part), "{part} is not in\n{record}");
    }
    let incident_io = r#"{"incidents": [{"id": "01A", "name": "Late messages", "status": "resolved", "published_at": "2026-04-01T09:00:00Z",
        "component_impacts": [{"start_at": "2026-04-01T08:50:00Z", "end_at": "2026-04-01T09:40:00Z"}],
        "affected_components": [{"name": "Messages"}],
        "updates": [{"message_string": "Sorry.", "to_status": "investigating", "published_at": "2026-04-01T09:00:00Z"}]}]}"#;
    let made = import(Kind::Statuspage, &[("incidents.json", incident_io)]);
    let record = record_of(&made, "incident-2026-04-01");
    assert!(
        record.contains("started: 2026-04-01T08:50Z") && record.contains("resolved: 2026-04-01T09:40Z"),
        "{record}"
    );
}

#[test]
fn what_is_no_list_is_refused_in_plain_words() {
    for (kind, name, text, message) in [
        (Kind::Statuspage, "x.json", "{\"incidents\": ", "is no JSON"),
        (Kind::Statuspage, "x.json", "{\"page\": {}}", "lists no incidents"),
        (Kind::Postmortems, "x.md", "# About\n\nNothing.\n", "holds no text of a list of post-mortems"),
    ] {
        let refused = attempt(kind, &[(name, text)]).err().expect("a refusal");
        assert!(refused.message.contains(message), "{}", refused.message);
    }
}
