//! Front matter as people write it where what they mean is plain: times, lists, records named in short.

use crate::support::TestSite;

const SITE: &str = "title: T\nbase_url: https://e.example\ntimezone: America/New_York\n";

fn dates_in_the_feed(site: &TestSite) -> Vec<String> {
    let feed = site.page("/feed.xml");
    let tags = ["<published>", "<updated>"];
    feed.lines().filter(|line| tags.iter().any(|tag| line.starts_with(tag))).map(str::to_owned).collect()
}

#[test]
fn a_day_begins_in_the_sites_zone_and_nothing_is_updated_before_it_is_published() {
    let site = TestSite::new()
        .file("content/site.yaml", SITE)
        .file("content/essays/a.md", "---\ntitle: A\ndate: 2026-05-11\n---\nx\n")
        .file("content/essays/b.md", "---\ntitle: B\ndate: 2026-05-11T20:00-07:00\nupdated: 2026-05-12\n---\nx\n")
        .file("content/essays/c.md", "---\ntitle: C\ndate: 2026-05-10 10:00\n---\nx\n")
        .file("content/essays/d.md", "---\ntitle: D\ndate: 2026-05-09 10:00:00 +0200\n---\nx\n");
    assert_eq!(site.said(), "");
    insta::assert_snapshot!(dates_in_the_feed(&site).join("\n"), @"
    <updated>2026-05-12T04:00:00Z</updated>
    <published>2026-05-12T03:00:00Z</published>
    <updated>2026-05-12T04:00:00Z</updated>
    <published>2026-05-11T04:00:00Z</published>
    <updated>2026-05-11T04:00:00Z</updated>
    <published>2026-05-10T14:00:00Z</published>
    <updated>2026-05-10T14:00:00Z</updated>
    <published>2026-05-09T08:00:00Z</published>
    <updated>2026-05-09T08:00:00Z</updated>
    ");
}

#[test]
fn a_time_without_a_zone_keeps_an_essay_back_until_then() {
    let left_out = |date: &str| {
        let front = format!("---\ntitle: A\ndate: {date}\n---\nx\n");
        TestSite::new()
            .file("content/site.yaml", SITE)
            .file("content/essays/a.md", front)
            .said()
            .contains("is left out")
    };
    // The clock of the tests, one minute to either side.
    let now = crate::support::now().to_zoned_datetime(jiff::tz::TimeZone::get("America/New_York").expect("a zone"));
    let at = |minutes: i64| {
        let at = now.datetime().checked_add(jiff::Span::new().minutes(minutes)).expect("a time");
        at.strftime("%Y-%m-%d %H:%M").to_string()
    };
    assert!(!left_out(&at(-1)));
    assert!(left_out(&at(1)), "{}", at(1));
}

#[test]
fn names_with_commas_are_a_list_and_their_author_is_told_how_to_write_it() {
    let site = TestSite::new().concept("slack", "Room to move.").essay(
        "a",
        "patterns: saturation, lag\nconcepts: slack\nauthors: Woods, D.\n",
        "x",
    );
    let said = site.said();
    let expected =
        "warning[comma-list]: `patterns` is read as a list of 2: saturation, lag\n --> content/essays/a.md:4:11\n";
    assert!(
        said.starts_with(expected) && said.ends_with("= help: write it as one: `patterns: [saturation, lag]`\n\n"),
        "{said}"
    );
    let view = site.view("/essays/a/").to_string();
    for known in ["/patterns/saturation/", "/patterns/lag/", "\"Woods, D.\""] {
        assert!(view.contains(known), "{known}: {view}");
    }
}

#[test]
fn a_series_a_related_record_and_a_source_may_be_named_in_short() {
    let site = TestSite::new()
        .essay("a", "series: The pool\n", "x")
        .essay("b", "series: {name: The pool, part: 2}\n", "x")
        .incident("one", "title: One\nrelated: [two]\nsources: [\"https://example.org/report/\"]\n")
        .incident("two", "title: Two\n");
    assert_eq!(site.said(), "");
    let one = site.view("/incidents/one/").to_string();
    assert!(one.contains("\"title\":\"example.org/report\"") && one.contains("\"kind\":\"link\""), "{one}");
    assert!(one.contains("/incidents/two/"), "{one}");
    assert!(site.view("/essays/a/").to_string().contains("/essays/b/"));

    let front = "title: One\nsources: [report.pdf]\ntimes: {started: 2026-03-29T02:30}\n";
    let wrong = TestSite::new().incident("one", front).said();
    assert!(wrong.contains("error[bad-url]: `sources`: `report.pdf` is not a web address"), "{wrong}");
    assert!(wrong.contains("`started`: `2026-03-29T02:30` has a time but no zone"), "{wrong}");
    assert!(wrong.contains("add the zone: `2026-04-30T18:35Z`"), "{wrong}");
}
