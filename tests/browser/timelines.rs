//! An incident as a picture: on a phone it comes before the text, its marks can be told apart, and two incidents are on one scale.

use super::driver::{Browser, DESK, PHONE, Screen};
use super::served::{address, serve};
use crate::support::TestSite;

/// Pairs of marks in one lane that touch each other.
const TOUCHING: &str = "return [...document.querySelectorAll('.nf-picture > svg')].flatMap(lane => {
    const marks = [...lane.querySelectorAll('.nf-disc')].map(mark => mark.getBoundingClientRect()).sort((a, b) => a.left - b.left);
    return marks.slice(1).map((mark, n) => mark.left - marks[n].right).filter(gap => gap < 0) })";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn an_incident_is_drawn_before_its_text_and_a_pattern_quoted_before_its_exits_on_a_phone() {
    let browser = Browser::new(PHONE);
    for (page, evidence) in [
        ("/incidents/github-2018-10-21/", ".nf-picture"),
        ("/incidents/slack-2021-01-04/", ".nf-picture"),
        ("/patterns/lag/", ".nf-passage"),
    ] {
        browser.go(&format!("{}{page}", address()));
        let top = browser.run(&format!("return document.querySelector('{evidence}').getBoundingClientRect().top"));
        assert!(top.as_f64().is_some_and(|top| top < 1200.0), "{page}: {top}");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn marks_of_a_timeline_do_not_touch_however_many_there_are_and_lead_to_their_rows() {
    let kinds = ["change", "symptom", "detection", "diagnosis", "action", "recovery", "communication"];
    let event = |n: usize| {
        let (day, hour, kind) = (1 + n * 5 % 14, n * 7 % 24, kinds[n % 7]);
        match n % 11 {
            0 => format!("- {{at: 2026-03-{day:02}, kind: {kind}, text: Event {n}}}\n"),
            1 => format!("- {{at: unstated, kind: {kind}, text: Event {n}}}\n"),
            _ => format!("- {{at: \"2026-03-{day:02}T{hour:02}:30Z\", kind: {kind}, text: Event {n}}}\n"),
        }
    };
    let events: String = (0..60).map(event).collect();
    let times = "times: {started: 2026-03-01T00:00Z, detected: 2026-03-03T08:00Z, resolved: 2026-03-14T23:59Z}";
    let site = TestSite::with_default_theme().incident("a", &format!("title: A\n{times}\ntimeline:\n{events}"));
    site.build();
    let page = format!("{}/incidents/a/", serve(&site.out()));
    for screen in [PHONE, DESK, Screen { width: 820, ..DESK }, Screen { width: 2560, ..DESK }] {
        let browser = Browser::new(screen);
        browser.go(&page);
        let touching = browser.run(TOUCHING);
        assert_eq!(touching.as_array().map(Vec::len), Some(0), "{screen:?}: {touching}");
        assert_eq!(browser.run("return document.documentElement.scrollWidth <= innerWidth"), true, "{screen:?}");
        let lanes = browser.run("return document.querySelectorAll('.nf-picture > svg .nf-disc').length");
        assert!(lanes.as_u64().is_some_and(|marks| (15..60).contains(&marks)), "{screen:?}: {lanes}");
    }
    let browser = Browser::new(DESK);
    browser.go(&page);
    browser.run("document.querySelector('.nf-picture a').dispatchEvent(new MouseEvent('click', { bubbles: true }))");
    browser.wait_for("document.querySelector('.nf-events tr:target')");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn incidents_of_a_list_are_as_long_as_they_lasted_beside_each_other() {
    let browser = Browser::new(DESK);
    for page in ["/incidents/", "/patterns/lag/"] {
        browser.go(&format!("{}{page}", address()));
        let long = |incident: &str| {
            let bars =
                format!("document.querySelectorAll('.nf-card:has(a[href=\"/incidents/{incident}/\"]) .nf-band')");
            let width = browser.run(&format!("const bars = [...{bars}].map(bar => bar.getBoundingClientRect()); return bars.at(-1).right - bars[0].left"));
            width.as_f64().expect("a width")
        };
        // 24 h 11 min beside 3 h 40 min.
        let times = long("github-2018-10-21") / long("slack-2021-01-04");
        assert!((6.0..7.2).contains(&times), "{page}: {times}");
    }
}
