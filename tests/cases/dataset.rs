//! The dataset: exact tables with exact types, whatever the texts hold; and what programs of others make of them.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use super::own_site::own_site;
use crate::support::TestSite;

const CONFIG: &str = "\
title: Small & whole
base_url: https://example.org/sub/
author: Ada Writer
search: false
dataset: true
licence: CC-BY-4.0
";

const RECORD: &str = r#"title: "Ports, \"May\" 2026"
organisations: [Harbour Co, "Bell; Sons"]
times: {started: 2026-05-01T10:00+02:00, detected: 2026-05, resolved: 2026-05-02}
duration: about 30 h
impact: "First line,\nsecond \"line\"."
severity: "High,\nas \"felt\""
sources:
- {key: log, kind: official, title: "=1+1", published: 2017}
- {kind: news, title: Phones fall silent, url: "https://news.example/silent?a=1,2"}
timeline:
- {at: 2026-05-01T10:05:30+02:00/10:40, kind: symptom, text: "Calls, and more calls, fail.", source: [log, Phones fall silent]}
- {at: 2017, about: true, text: "@all was told."}
- {at: unstated, text: "-40 degrees"}
patterns: [saturation]
concepts: etto
held:
- {text: A clerk kept a list., concept: handover, source: log}
- The doors stayed open.
disputes: ["Whether it began the night before, or \"earlier\"."]
related: [{id: phones-2017, type: contrast}]"#;

const ESSAY: &str = r#"It [ran out, of "ports"](pattern:saturation) by noon.

## Sixty seconds {#sixty pattern=lag concept=handover}

+1 for [nobody waited](pattern:lag?not&at=10:05:30), as [the phones](concept:etto?in=none) show.
"#;

fn site() -> TestSite {
    TestSite::new()
        .file("content/site.yaml", CONFIG)
        .concept("handover", "What one shift tells the next.")
        .concept("etto", "Efficient or thorough.")
        .incident("ports-2026", RECORD)
        .incident("phones-2017", "title: Phones\ntimes: {started: 2017}\npatterns: [lag, saturation]")
        .essay(
            "a",
            "incidents: ports-2026\npatterns: tangles\nauthors: [Ben, \"C, D\"]\nseries: {name: Limits, part: 2}",
            ESSAY,
        )
        .essay("b", "kind: note", "After [the first](a.md).")
        .essay("left-out", "draft: true\nincidents: ports-2026", "It [waits](pattern:lag).")
}

/// A table as it is written, its line ends shown: those of the rows are two characters, those in a text one.
fn table(site: &TestSite, name: &str) -> String {
    site.page(&format!("/data/{name}.csv")).replace("\r\n", "\u{b6}\n")
}

#[test]
fn each_table_holds_what_is_known_and_no_more() {
    let site = site();
    site.build();
    insta::assert_snapshot!(table(&site, "incidents"), @r#"
    id,title,url,organisations,services,regions,started,detected,mitigated,resolved,minutes,minutes_about,impact,severity,held,disputes¶
    ports-2026,"Ports, “May” 2026",https://example.org/sub/incidents/ports-2026/,"[""Harbour Co"",""Bell; Sons""]",[],[],2026-05-01T08:00Z,2026-05,,2026-05-02,1800,true,"First line, second “line”.","High,
    as ""felt""","[""A clerk kept a list."",""The doors stayed open.""]","[""Whether it began the night before, or “earlier”.""]"¶
    phones-2017,Phones,https://example.org/sub/incidents/phones-2017/,[],[],[],2017,,,,,,,,[],[]¶
    "#);
    insta::assert_snapshot!(table(&site, "events"), @r#"
    id,incident,number,at,until,about,kind,text,sources¶
    ports-2026 2017,ports-2026,1,2017,,true,,'@all was told.,[]¶
    ports-2026 40-degrees,ports-2026,2,,,,,'-40 degrees,[]¶
    ports-2026 2026-05,ports-2026,3,2026-05,,false,detected,Detected,[]¶
    ports-2026 2026-05-01T10:00,ports-2026,4,2026-05-01T08:00Z,,false,started,Started,[]¶
    ports-2026 2026-05-01T10:05:30,ports-2026,5,2026-05-01T08:05:30Z,2026-05-01T08:40Z,false,symptom,"Calls, and more calls, fail.","[1,2]"¶
    ports-2026 2026-05-02,ports-2026,6,2026-05-02,,false,resolved,Resolved,[]¶
    phones-2017 2017,phones-2017,1,2017,,false,started,Started,[]¶
    "#);
    insta::assert_snapshot!(table(&site, "sources"), @r#"
    incident,number,kind,title,author,publisher,url,archive_url,published¶
    ports-2026,1,official,'=1+1,,,,,2017¶
    ports-2026,2,news,Phones fall silent,,,"https://news.example/silent?a=1,2",,¶
    "#);
    insta::assert_snapshot!(table(&site, "essays"), @r#"
    id,title,url,date,updated,kind,authors,summary,words,series,part,patterns,concepts,incidents,links¶
    a,a,https://example.org/sub/essays/a/,2026-05-01,,essay,"[""Ben"",""C, D""]","It ran out, of “ports” by noon.",17,Limits,2,"[""saturation"",""lag"",""tangles""]","[""etto"",""handover""]","[""ports-2026""]",[]¶
    b,b,https://example.org/sub/essays/b/,2026-05-01,,note,"[""Ada Writer""]",After the first.,3,,,[],[],[],"[""a""]"¶
    "#);
    insta::assert_snapshot!(table(&site, "passages"), @r#"
    id,essay,anchor,url,kind,heading,pattern,concept,sees,incidents,text,words¶
    a#passage-ran-out-of-ports pattern:saturation,a,passage-ran-out-of-ports,https://example.org/sub/essays/a/#passage-ran-out-of-ports,paragraph,,saturation,,true,"[""ports-2026""]","It ran out, of “ports” by noon.","ran out, of “ports”"¶
    a#sixty pattern:lag,a,sixty,https://example.org/sub/essays/a/#sixty,section,Sixty seconds,lag,,true,"[""ports-2026""]","'+1 for nobody waited, as the phones show.",¶
    a#sixty concept:handover,a,sixty,https://example.org/sub/essays/a/#sixty,section,Sixty seconds,,handover,true,"[""ports-2026""]","'+1 for nobody waited, as the phones show.",¶
    a#passage-nobody-waited pattern:lag,a,passage-nobody-waited,https://example.org/sub/essays/a/#passage-nobody-waited,paragraph,Sixty seconds,lag,,false,"[""ports-2026""]","'+1 for nobody waited, as the phones show.",nobody waited¶
    a#passage-the-phones concept:etto,a,passage-the-phones,https://example.org/sub/essays/a/#passage-the-phones,paragraph,Sixty seconds,,etto,true,[],"'+1 for nobody waited, as the phones show.",the phones¶
    "#);
    insta::assert_snapshot!(table(&site, "readings"), @r"
    id,incident,pattern,concept,sees,reader,essay,passage,event,held,url¶
    ports-2026 pattern:saturation,ports-2026,saturation,,true,record,,,,,https://example.org/sub/incidents/ports-2026/¶
    ports-2026 concept:etto,ports-2026,,etto,true,record,,,,,https://example.org/sub/incidents/ports-2026/¶
    ports-2026 concept:handover held 1,ports-2026,,handover,true,record,,,,A clerk kept a list.,https://example.org/sub/incidents/ports-2026/¶
    ports-2026 a#passage-ran-out-of-ports pattern:saturation,ports-2026,saturation,,true,essay,a,a#passage-ran-out-of-ports pattern:saturation,,,https://example.org/sub/essays/a/#passage-ran-out-of-ports¶
    ports-2026 a#sixty pattern:lag,ports-2026,lag,,true,essay,a,a#sixty pattern:lag,,,https://example.org/sub/essays/a/#sixty¶
    ports-2026 a#passage-nobody-waited pattern:lag,ports-2026,lag,,false,essay,a,a#passage-nobody-waited pattern:lag,ports-2026 2026-05-01T10:05:30,,https://example.org/sub/essays/a/#passage-nobody-waited¶
    ports-2026 a pattern:tangles,ports-2026,tangles,,true,essay,a,,,,https://example.org/sub/essays/a/¶
    ports-2026 a#sixty concept:handover,ports-2026,,handover,true,essay,a,a#sixty concept:handover,,,https://example.org/sub/essays/a/#sixty¶
    phones-2017 pattern:saturation,phones-2017,saturation,,true,record,,,,,https://example.org/sub/incidents/phones-2017/¶
    phones-2017 pattern:lag,phones-2017,lag,,true,record,,,,,https://example.org/sub/incidents/phones-2017/¶
    ");
    insta::assert_snapshot!(table(&site, "concepts"), @r"
    id,name,url,definition,aliases,related,reference¶
    etto,etto,https://example.org/sub/concepts/etto/,Efficient or thorough.,[],[],¶
    handover,handover,https://example.org/sub/concepts/handover/,What one shift tells the next.,[],[],¶
    ");
    assert_eq!(table(&site, "patterns").lines().count(), 10);
}

#[test]
fn the_package_says_of_each_column_what_the_file_and_the_page_have() {
    let site = site();
    site.build();
    let package: Value = serde_json::from_str(&site.page("/data/datapackage.json")).expect("JSON");
    let mut columns = 0;
    let page = site.view("/data/");
    let shown = page["data"]["tables"].as_array().expect("tables");
    for (resource, shown) in package["resources"].as_array().expect("resources").iter().zip(shown) {
        let name = resource["name"].as_str().expect("a name");
        assert_eq!(shown["name"], name);
        let text = site.page(&format!("/data/{name}.csv"));
        let header: Vec<&str> = text.lines().next().expect("a header").split(',').collect();
        let fields = resource["schema"]["fields"].as_array().expect("fields");
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().expect("a name")).collect();
        assert_eq!(names, header, "{name}");
        for (field, column) in fields.iter().zip(shown["columns"].as_array().expect("columns")) {
            assert_eq!((&field["name"], &field["description"]), (&column["name"], &column["meaning"]));
            let meaning = field["description"].as_str().expect("a sentence");
            assert!(meaning.ends_with('.') && !meaning.contains(". "), "no sentence: {meaning}");
            columns += 1;
        }
        let keys = resource["schema"]["primaryKey"].as_array().expect("a key");
        assert!(!keys.is_empty() && keys.iter().all(|key| names.contains(&key.as_str().expect("a name"))));
    }
    assert!(columns > 60, "only {columns} columns");
    let readings = &package["resources"][5];
    insta::assert_snapshot!(serde_json::to_string_pretty(readings).expect("JSON"), @r#"
    {
      "description": "Who sees which pattern or concept in which incident, or says that it is not there.",
      "encoding": "utf-8",
      "format": "csv",
      "mediatype": "text/csv",
      "name": "readings",
      "path": "readings.csv",
      "profile": "tabular-data-resource",
      "schema": {
        "fields": [
          {
            "constraints": {
              "required": true
            },
            "description": "The incident, and what reads it.",
            "name": "id",
            "type": "string"
          },
          {
            "constraints": {
              "required": true
            },
            "description": "The incident that is read.",
            "name": "incident",
            "type": "string"
          },
          {
            "description": "The pattern in question, if it is one.",
            "name": "pattern",
            "type": "string"
          },
          {
            "description": "The concept in question, if it is one.",
            "name": "concept",
            "type": "string"
          },
          {
            "constraints": {
              "required": true
            },
            "description": "Whether it is seen there; false where somebody says that it is not there.",
            "name": "sees",
            "type": "boolean"
          },
          {
            "constraints": {
              "enum": [
                "essay",
                "record"
              ],
              "required": true
            },
            "description": "Whether an essay or the incident’s own record says so.",
            "name": "reader",
            "type": "string"
          },
          {
            "description": "The essay that says so.",
            "name": "essay",
            "type": "string"
          },
          {
            "description": "The passage that says so; none of a tag that no passage shows.",
            "name": "passage",
            "type": "string"
          },
          {
            "description": "The event of the incident that the passage speaks of.",
            "name": "event",
            "type": "string"
          },
          {
            "description": "The sentence about what held in which the record reads the concept.",
            "name": "held",
            "type": "string"
          },
          {
            "constraints": {
              "required": true
            },
            "description": "The address of the passage, or of the essay or record.",
            "name": "url",
            "type": "string"
          }
        ],
        "foreignKeys": [
          {
            "fields": "incident",
            "reference": {
              "fields": "id",
              "resource": "incidents"
            }
          },
          {
            "fields": "pattern",
            "reference": {
              "fields": "id",
              "resource": "patterns"
            }
          },
          {
            "fields": "concept",
            "reference": {
              "fields": "id",
              "resource": "concepts"
            }
          },
          {
            "fields": "essay",
            "reference": {
              "fields": "id",
              "resource": "essays"
            }
          },
          {
            "fields": "passage",
            "reference": {
              "fields": "id",
              "resource": "passages"
            }
          },
          {
            "fields": "event",
            "reference": {
              "fields": "id",
              "resource": "events"
            }
          }
        ],
        "missingValues": [
          ""
        ],
        "primaryKey": [
          "id"
        ]
      }
    }
    "#);
    let about: BTreeMap<&str, &Value> =
        ["name", "title", "homepage", "profile", "licenses"].into_iter().map(|key| (key, &package[key])).collect();
    insta::assert_snapshot!(serde_json::to_string_pretty(&about).expect("JSON"), @r#"
    {
      "homepage": "https://example.org/sub/data/",
      "licenses": [
        {
          "name": "CC-BY-4.0"
        }
      ],
      "name": "small-whole",
      "profile": "tabular-data-package",
      "title": "Small & whole"
    }
    "#);
}

#[test]
fn a_site_that_does_not_ask_has_no_dataset_and_what_is_at_its_addresses_stays() {
    let plain = "title: T\nbase_url: https://example.org\nsearch: false\n";
    let site = TestSite::new()
        .file("content/site.yaml", plain)
        .file("content/static/data/essays.csv", "mine")
        .file("content/pages/data.md", "---\ntitle: Mine\n---\nMine.\n");
    site.build();
    assert_eq!(site.page("/data/essays.csv"), "mine");
    assert!(!site.has_page("/data/datapackage.json"));
    site.write("content/site.yaml", format!("{plain}dataset: true\n"));
    insta::assert_snapshot!(site.said(), @r"
    error[url-taken]: the address `/data/` is taken by the page that Ninefold makes at `/data/`
    --> content/pages/data.md
     = help: rename the file

    error[url-taken]: the address `/data/essays.csv` is taken by the page that Ninefold makes at `/data/essays.csv`
    --> content/static/data/essays.csv
     = help: rename the file
    ");
}

#[test]
fn a_licence_is_a_name_or_an_address() {
    let site = TestSite::new();
    let package = |licence: &str| -> Value {
        let config = format!("title: T\nbase_url: https://example.org\nsearch: false\ndataset: true\n{licence}\n");
        site.write("content/site.yaml", config);
        site.build();
        serde_json::from_str::<Value>(&site.page("/data/datapackage.json")).expect("JSON")["licenses"].take()
    };
    assert_eq!(package(""), Value::Null);
    assert_eq!(package("licence: MIT"), serde_json::json!([{ "name": "MIT" }]));
    let address = "https://licences.example/open";
    assert_eq!(package(&format!("licence: {address}")), serde_json::json!([{ "path": address }]));
    site.write(
        "content/site.yaml",
        "title: T\nbase_url: https://example.org\nlicence: all rights reserved\nlicense: MIT\n",
    );
    insta::assert_snapshot!(site.said(), @r"
    error[unknown-key]: `site.yaml` has no key `license`
     --> content/site.yaml:4:1
      |
    4 | license: MIT
      | ^^^^^^^
      |
      = help: did you mean `licence`?

    error[bad-licence]: `all rights reserved` is no name of a licence
     --> content/site.yaml:3:10
      |
    3 | licence: all rights reserved
      |          ^^^^^^^^^^^^^^^^^^^
      |
      = help: write its short name, such as `CC-BY-4.0`, or the https:// address of its text
    ");
}

#[test]
fn an_edit_leaves_the_tables_of_a_build_from_nothing() {
    let site = site();
    site.build();
    site.write(
        "content/essays/b.md",
        crate::support::essay("b", "", "The ports [were full](pattern:congestion?in=ports-2026)."),
    );
    site.write("content/incidents/phones-2017.md", "---\ntitle: Phones\ntimes: {started: 2018}\n---\n");
    site.build();
    let edited = site.output();
    std::fs::remove_dir_all(site.out()).expect("the output");
    std::fs::remove_dir_all(site.root().join(".ninefold")).expect("what is remembered");
    site.build();
    assert!(edited == site.output(), "an edit left another dataset than a build from nothing");
    assert!(site.page("/data/readings.csv").contains("ports-2026 b#passage-were-full pattern:congestion"));
}

/// What `frictionless validate` says of the package of a built site.
fn validated(site: &TestSite) -> (bool, String) {
    let program = std::env::var("NINEFOLD_FRICTIONLESS").expect("NINEFOLD_FRICTIONLESS, the program `frictionless`");
    let output = Command::new(program)
        .args(["validate", "datapackage.json"])
        .current_dir(site.out().join("data"))
        .output()
        .expect("frictionless");
    (output.status.success(), String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
#[ignore = "needs frictionless"]
fn frictionless_finds_every_table_valid_and_would_see_a_row_that_is_not() {
    let own = own_site();
    own.build();
    let small = site();
    small.build();
    for site in [&own, &small] {
        let (valid, report) = validated(site);
        assert!(valid, "{report}");
        assert_eq!(report.matches("VALID").count(), 8, "{report}");
    }
    for (table, row, fault) in [
        ("events", "x,nowhere,1,,,,,Text.,[]\r\n", "foreign-key"),
        ("events", "x,phones-2017,1,May 2017,,true,,Text.,[]\r\n", "constraint-error"),
        ("patterns", "lag,Lag,https://example.org,\r\n", "primary-key"),
        ("essays", "c,,https://example.org,2026-05-01,,note,[],,0,,,[],[],[],[]\r\n", "constraint-error"),
    ] {
        let path = format!("public/data/{table}.csv");
        let text = std::fs::read_to_string(small.root().join(&path)).expect("a table");
        small.write(&path, format!("{text}{row}"));
        let (valid, report) = validated(&small);
        assert!(!valid && report.contains(fault), "{row} is taken: {report}");
        small.write(&path, text);
    }
}
