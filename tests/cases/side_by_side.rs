//! Two incidents side by side: whose clocks are laid on one another and where, what both show and what only one does.

use serde_json::Value;

use crate::support::{TestSite, moment};

const PAIR: &str = "/incidents/a/with/b/";

/// Two incidents of which one record names the other.
fn pair(a: &str, b: &str) -> TestSite {
    TestSite::new()
        .concept("slack", "Room to act.")
        .incident("a", &format!("title: Alpha\n{a}"))
        .incident("b", &format!("title: Beta\nrelated: [{{id: a, type: contrast}}]\n{b}"))
}

/// Each drawing and its clocks, and then the events with what the clock shows.
fn clocks(site: &TestSite) -> String {
    assert_eq!(site.said(), "");
    let data = site.view(PAIR)["data"].take();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let mut lines = Vec::new();
    for drawing in list(&data["drawings"]) {
        let marks: Vec<String> =
            list(&drawing["marks"]).iter().map(|mark| format!("{} at {}", text(&mark["text"]), mark["at"])).collect();
        lines.push(format!("{} at {}: {}", text(&drawing["aligned"]), drawing["origin"], marks.join(", ")));
        for clock in list(&drawing["clocks"]) {
            let events: Vec<String> = list(&clock["events"])
                .iter()
                .map(|event| format!("{} at {}", event["number"], event["place"]["from"]))
                .collect();
            let (start, end) = (text(&clock["start"]), text(&clock["end"]));
            lines.push(format!("  {start} {}..{} {end}: {}", clock["from"], clock["to"], events.join(", ")));
        }
    }
    for event in list(&data["events"]) {
        let at = match event["clock"].as_str() {
            Some(clock) => clock.to_owned(),
            None if event["at"].is_object() => moment(&event["at"]),
            None => "not stated".to_owned(),
        };
        let name = ["a", "b"][usize::from(event["incident"] == 1)];
        lines.push(format!("{} {name} {at}: {}", event["number"], text(&event["text"])));
    }
    lines.join("\n").replace('\u{a0}', " ")
}

#[test]
fn clocks_are_laid_on_one_another_at_the_start_and_at_detection_where_both_are_known() {
    let site = pair(
        "times: {started: 2026-02-02T10:00Z, detected: 2026-02-02T10:30Z, resolved: 2026-02-02T12:00Z}
timeline:
- {at: 2026-02-02T09:30Z, text: A change.}
- {at: 2026-02-02T11:00Z/11:20, about: true, text: Some act.}
- {at: unstated, text: Some wait.}
- {at: 2026-02-09, text: An account appears.}",
        "times: {started: 2025-07-01T23:00+02:00, detected: 2025-07-01T23:10+02:00, resolved: 2025-07-02T03:00+02:00}
timeline:
- {at: 2025-07-01, text: A quiet day.}
- {at: 2025-07-01T23:00:30+02:00, text: It falls.}",
    );
    insta::assert_snapshot!(clocks(&site), @r"
    start at 111: 0 min at 111, +1 h at 333, +2 h at 555, +3 h at 777, +4 h at 1000
      known 111..555 known: 2 at 0, 3 at 111, 7 at 222, 8 at 333, 10 at 555
      known 111..1000 known: 4 at 111, 5 at 112, 6 at 148, 11 at 1000
    detection at 206: −1 h at 0, 0 min at 206, +1 h at 413, +2 h at 620, +3 h at 827
      known 103..517 known: 2 at 0, 3 at 103, 7 at 206, 8 at 310, 10 at 517
      known 172..1000 known: 4 at 172, 5 at 174, 6 at 206, 11 at 1000
    1 b 1 July 2025: A quiet day.
    2 a −30 min: A change.
    3 a 0 min: Started
    4 b 0 min: Started
    5 b +30 s: It falls.
    6 b +10 min: Detected
    7 a +30 min: Detected
    8 a about +1 h to +1 h 20 min: Some act.
    9 a not stated: Some wait.
    10 a +2 h: Resolved
    11 b +4 h: Resolved
    12 a 9 February 2026: An account appears.
    ");
}

#[test]
fn what_is_not_known_of_an_incident_is_drawn_as_not_known() {
    let site = pair(
        "times: {started: 2026-02-02T10:00Z}\nduration: about 2 h",
        "times: {started: 2025-07-01T08:00Z, detected: 2025-07-01T08:05Z}\ntimeline: [{at: 2025-07-01T09:00Z, text: It goes on.}]",
    );
    insta::assert_snapshot!(clocks(&site), @r"
    start at 0: 0 min at 0, +30 min at 250, +1 h at 500, +1 h 30 min at 750, +2 h at 1000
      known 0..1000 about: 1 at 0
      known 0..500 unknown: 2 at 0, 3 at 41, 4 at 500
    1 a 0 min: Started
    2 b 0 min: Started
    3 b +5 min: Detected
    4 b +1 h: It goes on.
    ");
    // Without a start of both, how long they were is all that can be drawn.
    let site = pair(
        "times: {started: 2026-02, resolved: 2026-02-02T12:00Z}\nduration: 2 h",
        "times: {started: 2025-07-01, resolved: 2025-07-01T12:00Z}\ntimeline: [{at: 2025-07-01T09:00Z, text: It falls.}]",
    );
    insta::assert_snapshot!(clocks(&site), @r"
    first at 0: 0 min at 0, +1 h at 333, +2 h at 666, +3 h at 1000
      about 0..666 known: 2 at 666
      unknown 0..1000 known: 4 at 0, 5 at 1000
    1 a February 2026: Started
    2 a 2 February 2026, 12:00 UTC: Resolved
    3 b 1 July 2025: Started
    4 b 1 July 2025, 09:00 UTC: It falls.
    5 b 1 July 2025, 12:00 UTC: Resolved
    ");
    let site = pair("times: {started: 2026}", "times: {started: 2025-07-01T08:00Z, resolved: 2025-07-01T12:00Z}");
    insta::assert_snapshot!(clocks(&site), @r"
    1 a 2026: Started
    2 b 1 July 2025, 08:00 UTC: Started
    3 b 1 July 2025, 12:00 UTC: Resolved
    ");
}

/// What is shown of both and of each, with the words of each.
fn shown(site: &TestSite) -> String {
    let data = site.view(PAIR)["data"].take();
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let words = |groups: &Value| -> Vec<String> {
        let passages = list(groups).into_iter().flat_map(|group| list(&group["passages"]));
        passages.map(|passage| passage["quote"]["words"].as_str().expect("words").to_owned()).collect()
    };
    let side = |side: &Value| {
        let mut parts = words(&side["reading"]["passages"]);
        parts.extend(list(&side["held"]).iter().map(|text| format!("held: {}", text.as_str().expect("a text"))));
        parts.extend((side["reading"]["by_record"] == true).then(|| "record".to_owned()));
        parts.extend(words(&side["reading"]["refusals"]).iter().map(|words| format!("not: {words}")));
        parts.extend((side["reading"]["more"] != 0).then(|| format!("{} more", side["reading"]["more"])));
        parts.join(", ")
    };
    let id = |reading: &Value| reading["tag"]["id"].as_str().expect("an id").to_owned();
    let mut lines: Vec<String> = list(&data["both"])
        .iter()
        .map(|both| format!("both {}: {} | {}", id(both), side(&both["sides"][0]), side(&both["sides"][1])))
        .collect();
    for (name, only) in ["a", "b"].iter().zip(list(&data["only"])) {
        lines.extend(list(&only).iter().map(|reading| {
            let refusals = words(&reading["refusals"]).join(", ");
            format!("only {name} {}: {} | not there: {refusals}", id(reading), side(&reading["side"]))
        }));
    }
    lines.join("\n")
}

#[test]
fn what_both_show_stands_with_the_words_of_each_and_what_only_one_shows_apart() {
    let site = pair(
        "patterns: lag\nheld: [{text: A clerk kept a list., concept: slack}]",
        "patterns: [saturation]\nconcepts: slack",
    )
    .essay("one", "incidents: a", "They [waited](pattern:lag). It [was full](pattern:saturation). [Stuck](pattern:friction).")
    .essay("two", "incidents: b", "They [waited on](pattern:lag).\n\nAnd [on](pattern:lag).\n\nAnd [still](pattern:lag).\n\nIt [was not full](pattern:saturation?not).")
    .essay("three", "incidents: b", "It [moved freely](pattern:friction?not), and [so it was](pattern:cascades?not).");
    insta::assert_snapshot!(shown(&site), @r"
    both saturation: was full | record, not: was not full
    both lag: waited, record | waited on, on, 1 more
    both slack: held: A clerk kept a list., record | record
    only a friction: Stuck | not there: moved freely
    ");
}

#[test]
fn a_pair_has_one_address_that_both_incidents_name_whichever_record_names_the_other() {
    let site = TestSite::with_default_theme()
        .incident("b-2", "title: Beta\nrelated: [{id: a-1, type: sequel}, {id: b-2}]")
        .incident("a-1", "title: Alpha");
    site.build();
    let link = r#"<a href="/incidents/a-1/with/b-2/">"#;
    for page in ["/incidents/a-1/", "/incidents/b-2/"] {
        assert_eq!(site.page(page).matches(link).count(), 1, "{page}");
        assert!(site.page(page).contains("one follows from the other"), "{page}");
    }
    assert!(site.page("/incidents/b-2/with/a-1/").contains("/incidents/a-1/with/b-2/"));
    assert!(!site.has_page("/incidents/b-2/with/b-2/"));
    let sitemap = site.page("/sitemap.xml");
    assert!(sitemap.contains("/incidents/a-1/with/b-2/") && !sitemap.contains("/incidents/b-2/with/a-1/"));
    // When no record names the other any more, the page goes.
    site.write("content/incidents/b-2.md", "---\ntitle: Beta\n---\n");
    site.build();
    assert!(!site.has_page("/incidents/a-1/with/b-2/") && !site.has_page("/incidents/b-2/with/a-1/"));
}

#[test]
fn a_page_of_two_stays_small_however_much_is_read_in_them() {
    let site = pair("patterns: lag", "");
    let site = (0..30).fold(site, |site, n| site.concept(&format!("c{n:02}"), "A concept."));
    let concepts: String = (0..30).map(|n| format!("It [held](concept:c{n:02}).\n\n")).collect();
    let site = site
        .essay("one", "incidents: a", &(concepts.clone() + &"They [waited](pattern:lag).\n\n".repeat(9)))
        .essay("two", "incidents: b", &(concepts + &"They [waited](pattern:lag).\n\n".repeat(9)));
    let data = site.view(PAIR)["data"].take();
    assert_eq!(data["both"].as_array().map(Vec::len), Some(20));
    assert_eq!(data["more"], 11);
    assert_eq!(data["both"][0]["sides"][1]["reading"]["more"], 7);
    assert_eq!(data["incidents"][1]["readings"], "/incidents/b/readings/");
    // An incident that many records name: the newest of them.
    let site = (0..20).fold(TestSite::new().incident("hub", "title: Hub"), |site, n| {
        let front = format!("title: I{n}\ntimes: {{started: {}}}\nrelated: [{{id: hub, type: similar}}]", 2000 + n);
        site.incident(&format!("i{n:02}"), &front)
    });
    let related = site.view("/incidents/hub/")["data"]["related"].take();
    let names: Vec<&str> =
        related.as_array().expect("lines").iter().map(|line| line["tag"]["name"].as_str().expect("a name")).collect();
    assert_eq!((names.len(), names[0]), (12, "I19"));
}
