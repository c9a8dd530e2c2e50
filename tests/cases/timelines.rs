//! What a record says of when things happened, on which source, and of what held.

use ninefold::site::Viewer;
use serde_json::Value;

use crate::support::TestSite;

/// The timeline of a record with these entries, a line each: its time, its place in the drawing, its text.
fn timeline(times: &str, entries: &[&str]) -> String {
    let front = format!("title: A\ntimes: {{{times}}}\ntimeline:\n- {}", entries.join("\n- "));
    let site = TestSite::new().incident("a", &front);
    assert_eq!(site.said(), "");
    let data = site.view("/incidents/a/")["data"].clone();
    let lines = data["timeline"].as_array().expect("a list").iter().map(|event| {
        let place = match &event["place"] {
            Value::Null => "no place".to_owned(),
            place => format!("{}..{} in row {}", place["from"], place["to"], place["row"]),
        };
        let at = event["at"]["text"].as_str().unwrap_or("unstated");
        format!("{at} | {place} | {}", event["text"].as_str().expect("a text"))
    });
    lines.collect::<Vec<_>>().join("\n") + &format!("\n{} rows", data["timeline_rows"])
}

#[test]
fn a_span_and_about_stay_what_they_are_and_stand_where_they_begin() {
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
    2017 | no place | a year
    about 1 to 2 February 2026 | no place | a span of days
    2 February 2026, 14:00 UTC | 0..0 in row 0 | Started
    2 February 2026, 14:05 to 14:40 UTC | 83..666 in row 0 | a span of hours
    about 2 February 2026, 14:10 UTC | 166..166 in row 0 | about
    2 February 2026, 14:20 UTC to 3 February 2026 | no place | to some time of a day
    2 February 2026, 15:00 UTC | 1000..1000 in row 0 | exact
    1 rows
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
    unstated | no place | first of all
    30 January 2026 | no place | before
    2 February 2026, 12:00 UTC | 0..0 in row 0 | noon
    February 2026 | no place | that month
    2 February 2026, 18:00 UTC | 461..461 in row 0 | six
    unstated | no place | then
    2 February 2026 | no place | that day
    3 February 2026, 01:00 UTC | 1000..1000 in row 0 | Resolved
    1 rows
    ");
}

#[test]
fn numbers_that_would_touch_stand_in_rows_and_what_came_after_the_end_is_not_drawn() {
    let shown = timeline(
        "started: 2026-02-02T10:00Z, resolved: 2026-02-02T11:40Z",
        &[
            "{at: 2026-02-02T10:05:30Z, text: five}",
            "{at: 2026-02-02T10:06Z, text: six}",
            "{at: 2026-02-02T11:30Z/12:30, text: over the end}",
            "{at: 2026-02-09T10:00Z, text: an account appears}",
        ],
    );
    insta::assert_snapshot!(shown, @r"
    2 February 2026, 10:00 UTC | 0..0 in row 0 | Started
    2 February 2026, 10:05:30 UTC | 55..55 in row 1 | five
    2 February 2026, 10:06 UTC | 60..60 in row 2 | six
    2 February 2026, 11:30 to 12:30 UTC | 900..1000 in row 0 | over the end
    2 February 2026, 11:40 UTC | 1000..1000 in row 0 | Resolved
    9 February 2026, 10:00 UTC | no place | an account appears
    3 rows
    ");
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
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("<tr id=")).collect();
    insta::assert_snapshot!(rows.join("\n"), @r#"
    <tr id="nf-event-2026-02-02T14:00"><td>1</td><td><time datetime="2026-02-02T14:00:00Z">2 February 2026, 14:00 UTC</time></td>
    <tr id="nf-event-2026-02-02T14:05"><td>2</td><td><time datetime="2026-02-02T14:05:00Z">2 February 2026, 14:05</time> to <time datetime="2026-02-02T14:40:00Z">14:40 UTC</time></td>
    <tr id="nf-event-2026-02-02T15:00"><td>3</td><td>about <time datetime="2026-02-02T15:00:00Z">2 February 2026, 15:00 UTC</time></td>
    <tr id="nf-event-people-are-told"><td>4</td><td><span class="nf-unstated">time not stated</span></td>
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
    let assembled = ninefold::build::read(&site.options());
    let doc = assembled.site.searched()[0];
    let facts = Viewer::new(&assembled.site).search_entry(doc).facts;
    for text in ["Calls fail.", "A clerk kept a list.", "The doors stayed open.", "How many called."] {
        assert!(facts.iter().any(|fact| fact == text), "{text} is not in {facts:?}");
    }
}
