//! What contradicts itself: records, essays, series and settings.

use super::of_front;
use crate::support::TestSite;

fn of_record(front: &str) -> String {
    TestSite::new().incident("a", &format!("title: Slow pages\n{front}")).said()
}

fn of_settings(lines: &str) -> String {
    TestSite::new().file("content/site.yaml", format!("title: T\nsearch: false\n{lines}\n")).essay("a", "", "A.").said()
}

#[test]
fn times_out_of_order_are_told() {
    insta::assert_snapshot!(of_record("times: {started: 2026-04-06T10:00Z, detected: 2026-04-06T09:50Z, mitigated: 2026-04-05, resolved: 2026-04-06T11:00Z}"), @r"
    warning[times-out-of-order]: `detected` is before `started`
     --> content/incidents/a.md:3:47
      |
    3 | times: {started: 2026-04-06T10:00Z, detected: 2026-04-06T09:50Z, mitigated: 2026-04-05, resolved: 2026-04-06T11:00Z}
      |                                               ^^^^^^^^^^^^^^^^^
      |
      = help: look at the two: one of them is probably mistyped

    warning[times-out-of-order]: `mitigated` is before `started`
     --> content/incidents/a.md:3:77
      |
    3 | times: {started: 2026-04-06T10:00Z, detected: 2026-04-06T09:50Z, mitigated: 2026-04-05, resolved: 2026-04-06T11:00Z}
      |                                                                             ^^^^^^^^^^
      |
      = help: look at the two: one of them is probably mistyped
    ");
    // As far as is known, these are in order.
    assert_eq!(
        of_record("times: {started: 2026-04, detected: 2026-04-06, mitigated: 2026, resolved: 2026-04-06T11:00Z}"),
        ""
    );
}

#[test]
fn a_duration_that_does_not_fit_the_times_is_told() {
    insta::assert_snapshot!(of_record("duration: 3 days\ntimes: {started: 2026-04-06T10:00Z, resolved: 2026-04-06T11:00Z}"), @r"
    warning[duration-against-times]: `duration` does not fit the time from `started` to `resolved`
     --> content/incidents/a.md:3:1
      |
    3 | duration: 3 days
      | ^^^^^^^^
      |
      = help: look at the three, or leave `duration` out: it is worked out where both ends have a time
    ");
    for fine in [
        "duration: 75 min\ntimes: {started: 2026-04-06T10:00Z, resolved: 2026-04-06T11:00Z}",
        "duration: about 73 h\ntimes: {started: 2026-04-06, resolved: 2026-04-09}",
        "duration: 5 min\ntimes: {started: 2026-04-06, resolved: 2026-04-06}",
        "duration: 3 days\ntimes: {started: 2026-04, resolved: 2026-04}",
    ] {
        assert_eq!(of_record(fine), "", "{fine}");
    }
    assert!(
        of_record("duration: 30 days\ntimes: {started: 2026-04-06, resolved: 2026-04-09}")
            .contains("warning[duration-against-times]")
    );
}

#[test]
fn a_timeline_beside_the_incident_is_told() {
    let times = "times: {started: 2026-04-06, resolved: 2026-04-07}";
    insta::assert_snapshot!(of_record(&format!("{times}\ntimeline: [{{at: 2025-04-06, text: A page.}}, {{at: 2025-04-07, text: The end.}}]")), @r"
    warning[timeline-outside]: no event of `timeline` is between `started` and `resolved`
     --> content/incidents/a.md:4:1
      |
    4 | timeline: [{at: 2025-04-06, text: A page.}, {at: 2025-04-07, text: The end.}]
      | ^^^^^^^^
      |
      = help: look at the two: one of them is probably mistyped
    ");
    // What led up to it, and what followed, may be outside.
    assert_eq!(
        of_record(&format!(
            "{times}\ntimeline: [{{at: 2026-04-01, text: A change.}}, {{at: 2026-04-06, text: A page.}}, {{at: 2026-05-01, text: A report.}}]"
        )),
        ""
    );
}

#[test]
fn a_source_twice_and_a_relation_to_itself_are_told() {
    insta::assert_snapshot!(of_record("sources: [\"https://example.org/report\", {kind: report, title: Report, url: \"http://example.org/report/\"}]\nrelated: [{id: a, type: similar}]"), @r#"
    warning[repeated-source]: `sources` lists `http://example.org/report/` twice
     --> content/incidents/a.md:3:1
      |
    3 | sources: ["https://example.org/report", {kind: report, title: Report, url: "http://example.org/report/"}]
      | ^^^^^^^
      |
      = help: leave one of them out

    warning[related-to-itself]: `a` is related to itself
     --> content/incidents/a.md:4:16
      |
    4 | related: [{id: a, type: similar}]
      |                ^
      |
      = help: leave it out
    "#);
    let site = TestSite::new()
        .file("content/concepts/c.md", "---\nname: C\ndefinition: A thing.\nrelated: [c]\n---\n")
        .essay("a", "concepts: [c]", "[c](concept:c)");
    assert!(site.said().contains("warning[related-to-itself]: `c` is related to itself"), "{}", site.said());
}

#[test]
fn two_records_that_differ_in_how_they_are_related_are_told() {
    let site = TestSite::new()
        .incident("a", "title: A\nrelated: [{id: b, type: sequel}]")
        .incident("b", "title: B\nrelated: [{id: a, type: contrast}]")
        .incident("c", "title: C\nrelated: [{id: d, type: sequel}]")
        .incident("d", "title: D\nrelated: [{id: c, type: sequel}]");
    insta::assert_snapshot!(site.said(), @r"
    warning[relations-differ]: `b` is `sequel` here, and `contrast` in `content/incidents/b.md`
     --> content/incidents/a.md:3:16
      |
    3 | related: [{id: b, type: sequel}]
      |                ^
      |
      = help: say the same in both, or leave one out: each counts for both
    ");
}

#[test]
fn dates_that_lie_ahead_are_told_until_they_are_past() {
    let site = TestSite::new()
        .incident("a", "title: A\ntimes: {started: 2026-06-14, resolved: 2026-06-16}")
        .incident("b", "title: B\nsources: [{kind: report, title: R, url: \"https://example.org/r\", published: 2027}]")
        .essay("c", "updated: 2026-07-01", "C.")
        .essay("d", "", "D.");
    insta::assert_snapshot!(site.said(), @r"
    warning[future-date]: `updated` is dated after today
    --> content/essays/c.md
     = help: look at the date: it is probably mistyped; `timezone` in site.yaml decides what today is

    warning[future-date]: `resolved` is dated after today
    --> content/incidents/a.md
     = help: look at the date: it is probably mistyped; `timezone` in site.yaml decides what today is

    warning[future-date]: source 1 is dated after today
    --> content/incidents/b.md
     = help: look at the date: it is probably mistyped; `timezone` in site.yaml decides what today is
    ");
    site.build();
    let later = ninefold::pipeline::Options { now: "2027-01-02T00:00:00Z".parse().expect("a time"), ..site.options() };
    assert!(ninefold::pipeline::build(&later).diagnostics.is_empty());
}

#[test]
fn an_essay_updated_before_it_appeared_is_told() {
    insta::assert_snapshot!(of_front("updated: 2026-04-30"), @r"
    warning[updated-before-date]: `updated` is before `date`
     --> content/essays/a.md:4:10
      |
    4 | updated: 2026-04-30
      |          ^^^^^^^^^^
      |
      = help: look at the two: one of them is probably mistyped
    ");
    assert_eq!(of_front("updated: 2026-05-01"), "");
}

#[test]
fn series_with_a_number_twice_a_gap_or_two_names_are_told() {
    let site = TestSite::new()
        .essay("a", "series: {name: The pool, part: 1}", "A.")
        .essay("b", "series: {name: The pool, part: 3}", "B.")
        .essay("c", "series: {name: The pool, part: 3}", "C.")
        .essay("d", "series: the  Pool", "D.")
        .essay("e", "series: {name: Ports, part: 1}", "E.")
        .essay("f", "series: {name: Ports, part: 2}\ndraft: true", "F.")
        .essay("g", "series: {name: Ports, part: 3}", "G.");
    let said = site.said();
    insta::assert_snapshot!(said.split("note[").next().unwrap_or_default(), @r"
    warning[series-parts]: the series `The pool` has part 1 and part 3, and none between
    --> content/essays/b.md
     = help: number the parts without gaps

    warning[series-parts]: part 3 of the series `The pool` is `content/essays/b.md` already
    --> content/essays/c.md
     = help: give each part a number of its own

    warning[series-names]: the series `The pool` and `the  Pool` are two
    --> content/essays/d.md
     = help: write the name in one way if they are meant to be one
    ");
}

#[test]
fn colours_that_are_none_or_can_not_be_read_are_told() {
    insta::assert_snapshot!(of_settings("base_url: https://example.org\ncolours: {light: {accent: \"#eeeeee\"}, dark: {background: bluu, text: \"#333\"}}"), @r##"
    warning[low-contrast]: `accent` of the light palette has a contrast of 1.0 with its `surface`: letters need 4.5
    --> content/site.yaml
     = help: choose two colours that are further apart in lightness

    warning[low-contrast]: `text` of the dark palette has a contrast of 1.3 with its `surface`: letters need 4.5
    --> content/site.yaml
     = help: choose two colours that are further apart in lightness

    error[bad-colour]: `bluu` is not a colour
     --> content/site.yaml:4:58
      |
    4 | colours: {light: {accent: "#eeeeee"}, dark: {background: bluu, text: "#333"}}
      |                                                          ^^^^
      |
      = help: did you mean `blue`?
      = help: write it in quotes: `background: "#7a2e12"`, or a CSS colour name
    "##);
}

#[test]
fn languages_that_are_none_are_told_with_what_was_meant() {
    insta::assert_snapshot!(of_settings("base_url: https://example.org\nlanguage: en_GB"), @r"
    error[bad-language]: `en_GB` is not a language tag
     --> content/site.yaml:4:11
      |
    4 | language: en_GB
      |           ^^^^^
      |
      = help: did you mean `en-GB`?
    ");
}

#[test]
fn addresses_that_no_site_has_are_told() {
    insta::assert_snapshot!(of_settings("base_url: http://localhost:4000"), @r"
    warning[local-address]: `base_url` is `http://localhost:4000`, which leads each reader to a machine of their own
     --> content/site.yaml:3:11
      |
    3 | base_url: http://localhost:4000
      |           ^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the address the site will have: while you write, it is served here whatever stands there
    ");
    insta::assert_snapshot!(of_settings("base_url: https://name.github.io/essays/index.html"), @r"
    error[bad-url]: `base_url` names a file: every link would begin with it
     --> content/site.yaml:3:11
      |
    3 | base_url: https://name.github.io/essays/index.html
      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `https://name.github.io/essays/`
    ");
    let target = tempfile::tempdir().expect("a folder");
    let site = TestSite::new().essay("a", "", "A.").file(
        "content/site.yaml",
        format!(
            "title: T\nbase_url: https://example.org\nsearch: false\npublish: {{disk: {{type: dir, path: {}}}}}\n",
            target.path().join("pub").display()
        ),
    );
    let said = super::super::publishing::said(&site, &super::super::publishing::options(&site));
    insta::assert_snapshot!(said, @r"
    warning[placeholder-address]: `base_url` is still `example.org`, which is no site's address
    --> content/site.yaml
     = help: write the address the site will have: feeds, the sitemap and cards name it
    ");
}

#[test]
fn whole_addresses_of_the_site_are_links_of_the_site() {
    let settings = |base: &str| format!("title: T\nbase_url: {base}\nsearch: false\n");
    let site = TestSite::new()
        .file("content/site.yaml", settings("https://essays.example/blog/"))
        .file("content/static/plan.txt", "plan")
        .essay("a", "", "See [b](https://essays.example/blog/essays/b/#two), [plan](http://essays.example/blog/plan.txt), [home](https://Essays.example/blog), [other](https://essays.example/shop/).\n\n<a href=\"//essays.example/blog/essays/b/\">b</a>")
        .essay("b", "", "## Two");
    site.build();
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"
    <p>See <a class="nf-ref nf-essay" href="/blog/essays/b/#two">b</a>, <a class="nf-ref nf-file" href="/blog/plan.txt">plan</a>, <a class="nf-ref nf-page" href="/blog/">home</a>, <a href="https://essays.example/shop/">other</a>.</p>
    <p><a class="nf-ref nf-essay" href="/blog/essays/b/">b</a></p>
    "#);
    let data = site.view("/essays/b/")["data"]["backlinks"].to_string();
    assert!(data.contains("See "), "{data}");
    // The address moves, and they with it: now they lead elsewhere.
    site.write("content/site.yaml", settings("https://moved.example"));
    site.build();
    assert!(site.body("/essays/a/").contains("https://essays.example/blog/essays/b/#two"));
    // What is not there is told.
    site.write("content/site.yaml", settings("https://essays.example/blog/"));
    site.write("content/essays/a.md", crate::support::essay("a", "", "[c](https://essays.example/blog/essays/c/)"));
    insta::assert_snapshot!(site.said(), @r"
    error[broken-link]: nothing is at `/essays/c/`
     --> content/essays/a.md:6:1
      |
    6 | [c](https://essays.example/blog/essays/c/)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `/essays/`?
    ");
}
