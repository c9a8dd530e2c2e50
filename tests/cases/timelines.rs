//! What a record says of when things happened, on which source, and of what held.

use ninefold::site::Viewer;
use serde_json::Value;

use crate::support::{TestSite, date, length};

/// The timeline of a record with these entries: a line for each event with its day, time and how long after the start that was;
/// then what is drawn.
fn timeline(times: &str, entries: &[&str]) -> String {
    let front = format!("title: A\ntimes: {{{times}}}\ntimeline:\n- {}", entries.join("\n- "));
    let site = TestSite::new().incident("a", &front);
    assert_eq!(site.said(), "");
    let data = site.view("/incidents/a/")["data"].clone();
    let words = |value: &Value| value.as_str().unwrap_or("-").replace('\u{a0}', " ");
    let mut lines = Vec::new();
    for event in list(&data["timeline"]) {
        if event["day"].is_object() {
            lines.push(date(&event["day"]));
        }
        let clock: Vec<String> = list(&event["clock"]).iter().map(|part| words(&part["text"])).collect();
        let (elapsed, text) = (words(&event["elapsed"]), words(&event["text"]));
        lines.push(format!("  {} | {elapsed} | {text}", clock.join(" to ")));
    }
    let drawing = &data["drawing"];
    if drawing.is_null() {
        return lines.join("\n") + "\nnot drawn";
    }
    lines.push(format!("{} in {}, {} outside", words(&drawing["unit"]), words(&drawing["zone"]), drawing["outside"]));
    for phase in list(&drawing["phases"]) {
        let vague = if phase["vague"] == true { ", vague" } else { "" };
        let (kind, lasted) = (words(&phase["kind"]), length(&phase["lasted"]).replace('\u{a0}', " "));
        lines.push(format!("  {kind} {}..{} {lasted}{vague}", phase["from"], phase["to"]));
    }
    for lane in list(&drawing["lanes"]) {
        let vague = |mark: &Value| if mark["vague"] == true { "~" } else { "" };
        let mut marks: Vec<String> = list(&lane["marks"])
            .iter()
            .map(|mark| format!("{}{} at {}", vague(mark), mark["events"], mark["at"]))
            .collect();
        marks.extend(list(&lane["bars"]).iter().map(|bar| format!("bar {bar}")));
        if lane["untimed"].is_object() {
            marks.push(format!("? {}", lane["untimed"]["events"]));
        }
        lines.push(format!("  {}: {}", words(&lane["kind"]), marks.join(", ")));
    }
    lines.join("\n")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn a_span_and_about_stay_what_they_are_and_what_is_less_exact_than_the_drawing_has_no_place_in_it() {
    let shown = timeline(
        "started: 2026-02-02T14:00Z",
        &[
            "{at: 2026-02-02T15:00Z, text: exact}",
            "{at: 2026-02-02T14:10Z, about: true, text: about}",
            "{at: 2026-02-02T14:05Z/14:40, text: a span of hours}",
            "{at: 2026-02-01/2026-02-02, about: true, text: a span of days}",
            "{at: 2026-02-02T14:20Z/2026-02-03, text: to some time of a day}",
            "{at: 2017, text: a year}",
        ],
    );
    insta::assert_snapshot!(shown, @r"
    2017
       | - | a year
    1 February 2026
      2 February 2026 | - | a span of days
    2 February 2026
      14:00 | 0 min | Started
      14:05 to 14:40 | +5 min | a span of hours
      14:10 | +10 min | about
      14:20 to 3 February 2026 | +20 min | to some time of a day
      15:00 | +1 h | exact
    hours in UTC, 1 outside
      other: [3,4] at 124, ~[5] at 666, [6] at 1000, bar [83,666,false], bar [333,1000,true], ? [1]
    ");
}

#[test]
fn an_event_without_a_time_follows_the_one_it_was_written_after_and_so_does_a_day_within_its_day() {
    let shown = timeline(
        "resolved: 2026-02-03T01:00Z",
        &[
            "{at: unstated, text: first of all}",
            "{at: 2026-02-02T18:00Z, text: six}",
            "{at: unstated, text: then}",
            "{at: 2026-02-02, text: that day}",
            "{at: 2026-02-02T12:00Z, text: noon}",
            "{at: 2026-02, text: that month}",
            "{at: 2026-01-30, text: before}",
        ],
    );
    insta::assert_snapshot!(shown, @r"
       | - | first of all
    30 January 2026
       | - | before
    2 February 2026
      12:00 | 0 min | noon
      February 2026 | - | that month
      18:00 | +6 h | six
       | - | then
       | - | that day
    3 February 2026
      01:00 | +13 h | Resolved
    hours in UTC, 1 outside
      other: [2] at 0, [4,6] at 461, bar [0,923,true], ? [0,3,5]
    ");
}

#[test]
fn marks_that_would_touch_are_one_and_what_came_after_the_end_is_not_drawn() {
    let shown = timeline(
        "started: 2026-02-02T10:00Z, detected: 2026-02-02T10:06Z, mitigated: 2026-02-02T11:00Z, resolved: 2026-02-02T11:40Z",
        &[
            "{at: 2026-02-02T10:05:30Z, kind: symptom, text: five}",
            "{at: 2026-02-02T10:06Z, kind: detection, text: six}",
            "{at: 2026-02-02T10:07Z, kind: action, text: seven}",
            "{at: 2026-02-02T11:30Z/12:30, kind: action, text: over the end}",
            "{at: 2026-02-09T10:00Z, kind: communication, text: an account appears}",
        ],
    );
    insta::assert_snapshot!(shown, @r"
    2 February 2026
      10:00 | 0 min | Started
      10:05:30 | +5 min 30 s | five
      10:06 | +6 min | six
      10:07 | +7 min | seven
      11:00 | +1 h | Mitigated
      11:30 to 12:30 | +1 h 30 min | over the end
      11:40 | +1 h 40 min | Resolved
    9 February 2026
      10:00 | +7 days | an account appears
    hours in UTC, 1 outside
      unseen 0..60 6 min
      seen 60..600 54 min
      mended 600..1000 40 min
      seen: [1,2] at 57
      done: [3] at 70, [5] at 900, bar [900,1000,false]
    ");
}

#[test]
fn days_and_years_are_drawn_as_all_that_they_can_mean() {
    let days = timeline(
        "started: 2026-04-03, detected: 2026-04-04",
        &[
            "{at: 2026-03-30/2026-04-05, kind: change, text: that week}",
            "{at: 2026-04-03T22:16Z, kind: symptom, text: at night}",
            "{at: 2026-04-04, kind: detection, text: that day}",
            "{at: 2026-04-06, kind: symptom, text: on Monday}",
            "{at: 2026-04, kind: communication, text: an account appears}",
        ],
    );
    let year =
        timeline("started: 2017", &["{at: 2017, kind: change, text: one}", "{at: 2017, kind: action, text: two}"]);
    let none = timeline("", &["{at: unstated, text: one}", "{at: unstated, text: two}"]);
    insta::assert_snapshot!([days, year, none].join("\n\n"), @r"
    30 March 2026
      5 April 2026 | - | that week
    3 April 2026
       | - | Started
      22:16 | 0 min | at night
    4 April 2026
       | - | that day
    6 April 2026
       | - | on Monday
      April 2026 | - | an account appears
    days in UTC, 0 outside
      unseen 500..750 -, vague
      changed: ~[0] at 437, bar [0,875,true]
      seen: [2,3] at 651, ~[4] at 937, bar [625,750,true], bar [875,1000,true]
      said: ~[5] at 625, bar [250,1000,true]

    2017
       | - | one
       | - | two
    months in UTC, 0 outside
      changed: ~[0] at 500, bar [0,1000,true]
      done: ~[1] at 500, bar [0,1000,true]

       | - | one
       | - | two
    not drawn
    ");
}

#[test]
fn times_in_several_zones_say_theirs_and_the_drawing_has_that_of_the_first() {
    let shown = timeline(
        "started: 2026-02-02T23:30-08:00",
        &["{at: 2026-02-02T23:40-08:00, text: in the west}", "{at: 2026-02-03T09:00+01:00/10:00, text: in the east}"],
    );
    insta::assert_snapshot!(shown, @r"
    2 February 2026
      23:30 UTC−8 | 0 min | Started
      23:40 UTC−8 | +10 min | in the west
    3 February 2026
      09:00 UTC+1 to 10:00 UTC+1 | +30 min | in the east
    hours in UTC−8, 0 outside
      other: [1] at 111, [2] at 333, bar [333,1000,false]
    ");
}

#[test]
fn incidents_of_a_list_are_drawn_to_the_scale_of_the_longest() {
    let site = TestSite::new()
        .incident("a", "title: A\ntimes: {started: 2026-02-02T10:00Z, detected: 2026-02-02T10:15Z, mitigated: 2026-02-02T10:45Z, resolved: 2026-02-02T11:00Z}")
        .incident("b", "title: B\ntimes: {started: 2026-01-02T10:00Z, resolved: 2026-01-02T20:00Z}")
        .incident("c", "title: C\ntimes: {started: 2025-12-02}\nduration: about 5 h")
        .incident("d", "title: D\ntimes: {started: 2024}");
    let data = site.view("/incidents/")["data"].clone();
    let card = |card: &Value| format!("{} {}", card["title"], card["bands"]);
    let cards = list(&data["years"]).iter().flat_map(|year| list(&year["incidents"])).map(card);
    let shown = format!("{}\n{}", length(&data["scale"]), cards.collect::<Vec<_>>().join("\n"));
    insta::assert_snapshot!(shown, @r#"
    10 h
    "A" [{"from":0,"kind":"unseen","to":25,"vague":false},{"from":25,"kind":"seen","to":75,"vague":false},{"from":75,"kind":"mended","to":100,"vague":false}]
    "B" [{"from":0,"kind":"whole","to":1000,"vague":false}]
    "C" [{"from":0,"kind":"whole","to":500,"vague":true}]
    "D" null
    "#);
}

const RECORD: &str = "\
title: A
times: {started: 2026-02-02T14:00Z}
sources:
- {key: news, kind: news, title: Calls fail, publisher: The Harbour Post}
- {kind: official, title: What happened, author: Ben Reader}
timeline:
- {at: 2026-02-02T14:05Z/14:40, kind: symptom, text: Calls fail., source: [What happened, news]}
- {at: 2026-02-02T15:00Z, about: true, text: They work again., source: news}
- {at: unstated, text: People are told.}
concepts: etto
held:
- {text: A clerk kept a list., concept: handover, source: news}
- The doors stayed open.
disputes:
- {text: Whether it began the night before., source: What happened}
- How many called.";

fn site() -> TestSite {
    TestSite::with_default_theme()
        .concept("handover", "What one shift tells the next.")
        .concept("etto", "Efficient or thorough.")
        .incident("a", RECORD)
}

#[test]
fn what_held_adds_its_concepts_to_the_record_and_sources_are_numbered_as_the_page_lists_them() {
    let data = site().view("/incidents/a/")["data"].clone();
    let ids = |tags: &Value| -> Vec<String> {
        let tags = tags.as_array().expect("tags").iter();
        tags.map(|tag| tag["id"].as_str().expect("an id").to_owned()).collect()
    };
    assert_eq!(ids(&data["concepts"]), ["etto", "handover"]);
    let line = |line: &Value| {
        let concept = line["concept"]["id"].as_str().unwrap_or("no concept");
        format!("{} | {concept} | {}", line["text"].as_str().expect("a text"), line["sources"])
    };
    let lines = |name: &str| data[name].as_array().expect("a list").iter().map(line).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(["timeline", "held", "disputes"].map(lines).join("\n\n"), @r"
    Started | no concept | []
    Calls fail. | no concept | [1,2]
    They work again. | no concept | [2]
    People are told. | no concept | []

    A clerk kept a list. | handover | [2]
    The doors stayed open. | no concept | []

    Whether it began the night before. | no concept | [1]
    How many called. | no concept | []
    ");
    let site = site();
    site.build();
    assert!(site.page("/concepts/handover/").contains("/incidents/a/"));
}

#[test]
fn the_page_shows_spans_about_sources_and_what_held_in_words() {
    let site = site();
    site.build();
    let page = site.page("/incidents/a/");
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("<tr ")).collect();
    insta::assert_snapshot!(rows.join("\n"), @r#"
    <tr class="nf-day"><th scope="rowgroup" colspan="3"><time datetime="2026-02-02">2 February 2026</time></th></tr>
    <tr id="nf-event-2026-02-02T14:00"><td>1</td><td><time datetime="2026-02-02T14:00:00Z">14:00</time><span class="nf-elapsed">0 min</span></td>
    <tr id="nf-event-2026-02-02T14:05"><td>2</td><td><time datetime="2026-02-02T14:05:00Z">14:05</time> to <time datetime="2026-02-02T14:40:00Z">14:40</time><span class="nf-elapsed">+5 min</span></td>
    <tr id="nf-event-2026-02-02T15:00"><td>3</td><td>about <time datetime="2026-02-02T15:00:00Z">15:00</time><span class="nf-elapsed">+1 h</span></td>
    <tr id="nf-event-people-are-told"><td>4</td><td><span class="nf-unstated">not stated</span></td>
    "#);
    let held =
        page.split_once("<h2 id=\"nf-held\">").expect("what held").1.split_once("</section>").expect("its end").0;
    let concept = r#"<a class="nf-tag nf-tag-concept" href="/concepts/handover/" title="What one shift tells the next.">handover</a>"#;
    let source = r##"<sup class="nf-cited"><a href="#nf-source-2"><span class="nf-sr">source </span>2</a></sup>"##;
    assert!(
        held.contains(&format!("<li>A clerk kept a list.{source} <span class=\"nf-reads\">{concept}</span></li>")),
        "{held}"
    );
    assert!(held.contains("<li>The doors stayed open.</li>"));
    let record = "claimed by the record in <a href=\"#nf-held\">what held</a>";
    let reading = |id: &str| page.split_once(&format!("id=\"nf-reads-{id}\"")).expect("a reading").1;
    assert!(reading("handover").split_once("</article>").expect("its end").0.contains(record));
    assert!(!reading("etto").split_once("</article>").expect("its end").0.contains(record));
    assert!(page.contains(r#"<dd id="nf-source-1"><span class="nf-source-number">1</span> What happened"#));
    assert!(page.contains(r#"<span>The Harbour Post</span>"#));
}

#[test]
fn a_record_that_names_no_source_for_anything_numbers_none() {
    let site =
        TestSite::new().incident("a", "title: A\nsources: [{kind: news, title: X}]\nheld: The doors stayed open.");
    let data = site.view("/incidents/a/")["data"].clone();
    assert_eq!(data["sources"][0]["number"], Value::Null);
    assert_eq!(data["held"][0]["text"], "The doors stayed open.");
}

#[test]
fn what_is_said_of_sources_and_held_is_searched() {
    let site =
        TestSite::new().file("content/site.yaml", "title: Test\nbase_url: https://example.org\n").incident("a", RECORD);
    let site = site.concept("handover", "x").concept("etto", "y");
    let assembled = ninefold::pipeline::read(&site.options());
    let doc = assembled.site.searched()[0];
    let facts = Viewer::new(&assembled.site).search_entry(doc).facts;
    for text in ["Calls fail.", "A clerk kept a list.", "The doors stayed open.", "How many called."] {
        assert!(facts.iter().any(|fact| fact == text), "{text} is not in {facts:?}");
    }
}
