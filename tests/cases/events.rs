//! Passages that speak of an event of an incident's timeline.

use serde_json::Value;

use crate::support::TestSite;

const RECORD: &str = "\
title: one
times: {started: 2026-04-06T14:00Z, resolved: 2026-04-07T09:30Z}
timeline:
- {at: 2026-04-06T14:09Z, text: Calls fail.}
- {at: 2026-04-06T15:00Z/15:40, text: A retreat.}
- {at: 2026-04-07T09:05Z, text: They fail again.}
- {at: unstated, text: Bursts of errors are seen.}
- {at: 2026-04-08, text: An account appears.}
- {at: 2026-04-08, text: A second account appears.}";

fn site(body: &str) -> TestSite {
    records().essay("a", "incidents: [one]", body)
}

fn records() -> TestSite {
    TestSite::new().incident("one", RECORD).incident("two", "title: two").concept("slack", "Room to act.")
}

/// The events of `one` that passages speak of, a line each: its id, what is seen there and on which words.
fn spoken_of(site: &TestSite) -> String {
    let data = site.view("/incidents/one/")["data"].clone();
    let reading = |reading: &Value| {
        let no = if reading["refuses"] == true { "not " } else { "" };
        let text = |key: &str| reading[key].as_str().expect("a text").to_owned();
        format!("{no}{} ({}) {}", reading["tag"]["id"].as_str().expect("an id"), text("words"), text("url"))
    };
    let line = |event: &Value| {
        let readings: Vec<String> = event["readings"].as_array().expect("readings").iter().map(reading).collect();
        let more = event["more"].as_u64().filter(|more| *more > 0).map(|more| format!(", {more} more"));
        let id = event["id"].as_str().expect("an id");
        (!readings.is_empty()).then(|| format!("{id}: {}{}", readings.join(", "), more.unwrap_or_default()))
    };
    data["timeline"].as_array().expect("a timeline").iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_passage_stands_with_the_event_whose_time_its_link_names() {
    let made = site(
        "They [waited](pattern:lag?at=14:09), but [nothing spread](pattern:cascades?not&at=15:40&in=one).\n\n\
         [It had room](concept:slack?in=one&at=2026-04-07T09:05), as [at the start](pattern:friction?at=14:00).\n\n\
         [Bursts](pattern:tempos?at=bursts-of-errors-are) and [words](pattern:conflicts?at=2026-04-08-an-account-appears).\n\n\
         It [began](pattern:surprises?at=2026-04-06T16:09+02:00) and [ended](pattern:surprises?at=9:30).",
    );
    assert_eq!(made.said(), "");
    insta::assert_snapshot!(spoken_of(&made), @r"
    nf-event-2026-04-06T14:00: friction (at the start) /essays/a/#passage-at-the-start
    nf-event-2026-04-06T14:09: lag (waited) /essays/a/#passage-waited, surprises (began) /essays/a/#passage-began
    nf-event-2026-04-06T15:00: not cascades (nothing spread) /essays/a/#passage-nothing-spread
    nf-event-2026-04-07T09:05: slack (It had room) /essays/a/#passage-it-had-room
    nf-event-bursts-of-errors-are: tempos (Bursts) /essays/a/#passage-bursts
    nf-event-2026-04-07T09:30: surprises (ended) /essays/a/#passage-ended
    nf-event-2026-04-08-an-account-appears: conflicts (words) /essays/a/#passage-words
    ");
}

#[test]
fn a_passage_stands_with_the_event_that_its_block_links() {
    let made = site(
        "They [waited](pattern:lag) [then](incident:one#14:09), and [were stuck](pattern:friction?in=one).\n\n\
         [They](../incidents/one.md#nf-event-2026-04-07T09:05) [waited on](pattern:lag).\n\n\
         From [here](incident:one#14:09) to [there](incident:one#15:00) they [waited](pattern:tempos).\n\n\
         All [jam](pattern:congestion?in=none) as [there](incident:one#14:09).",
    );
    assert_eq!(made.said(), "");
    insta::assert_snapshot!(spoken_of(&made), @r"
    nf-event-2026-04-06T14:09: lag (waited) /essays/a/#passage-waited-they-waited-then-and, friction (were stuck) /essays/a/#passage-were-stuck
    nf-event-2026-04-07T09:05: lag (waited on) /essays/a/#passage-waited-on
    ");
    made.build();
    assert!(made.page("/essays/a/").contains("href=\"/incidents/one/#nf-event-2026-04-06T14:09\""));
}

#[test]
fn the_newest_passages_of_an_event_are_shown() {
    let made = records();
    let made = (1..=5).fold(made, |made, n| {
        let text = format!(
            "---\ntitle: e{n}\ndate: 2026-05-0{n}\nincidents: [one]\n---\n\nThey [waited](pattern:lag?at=14:09)."
        );
        made.file(&format!("content/essays/e{n}.md"), text)
    });
    insta::assert_snapshot!(spoken_of(&made), @r"nf-event-2026-04-06T14:09: lag (waited) /essays/e5/#passage-waited, lag (waited) /essays/e4/#passage-waited, lag (waited) /essays/e3/#passage-waited, 2 more");
}

#[test]
fn a_name_that_no_event_has_is_an_error_with_the_nearest_times() {
    let made = site(
        "[a](pattern:lag?at=14:19&in=one) [b](pattern:lag?in=one&at=2026-04-08) [c](pattern:lag?at=14:09&in=two)\n\n\
         [d](pattern:lag?at=14:09&in=none) [e](pattern:lag?at=) [f](incident:one#14:19) [g](incident:one#2026-04-08)",
    );
    insta::assert_snapshot!(made.said(), @r"
    error[unknown-event]: `one` has no event `14:19`
     --> content/essays/a.md:7:1
      |
    7 | [a](pattern:lag?at=14:19&in=one) [b](pattern:lag?in=one&at=2026-04-08) [c](pattern:lag?at=14:09&in=two)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: near it: `at=14:00`, `at=14:09`

    error[unknown-event]: `2026-04-08` can mean 2 events of `one`
     --> content/essays/a.md:7:34
      |
    7 | [a](pattern:lag?at=14:19&in=one) [b](pattern:lag?in=one&at=2026-04-08) [c](pattern:lag?at=14:09&in=two)
      |                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write one of `at=2026-04-08-an-account-appears`, `at=2026-04-08-a-second-account-appears`

    error[unknown-event]: `14:09` names no event: `two` has no timeline
     --> content/essays/a.md:7:72
      |
    7 | [a](pattern:lag?at=14:19&in=one) [b](pattern:lag?in=one&at=2026-04-08) [c](pattern:lag?at=14:09&in=two)
      |                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take `at` out, or write the event into the record's `timeline`

    error[unknown-event]: `14:09` names no event: the passage belongs to no incident
     --> content/essays/a.md:9:1
      |
    9 | [d](pattern:lag?at=14:09&in=none) [e](pattern:lag?at=) [f](incident:one#14:19) [g](incident:one#2026-04-08)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: say which one in the reference, as in `?in=ID&at=14:09`

    error[unknown-term]: no event is named
     --> content/essays/a.md:9:35
      |
    9 | [d](pattern:lag?at=14:09&in=none) [e](pattern:lag?at=) [f](incident:one#14:19) [g](incident:one#2026-04-08)
      |                                   ^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the time of an event of the incident's timeline, as in `?at=14:09`

    error[broken-anchor]: `content/incidents/one.md` has no heading or event `#14:19`
     --> content/essays/a.md:9:56
      |
    9 | [d](pattern:lag?at=14:09&in=none) [e](pattern:lag?at=) [f](incident:one#14:19) [g](incident:one#2026-04-08)
      |                                                        ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: near it: `#14:00`, `#14:09`

    error[broken-anchor]: `#2026-04-08` can mean 2 events of `content/incidents/one.md`
     --> content/essays/a.md:9:80
      |
    9 | [d](pattern:lag?at=14:09&in=none) [e](pattern:lag?at=) [f](incident:one#14:19) [g](incident:one#2026-04-08)
      |                                                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write one of `#2026-04-08-an-account-appears`, `#2026-04-08-a-second-account-appears`
    ");
}
