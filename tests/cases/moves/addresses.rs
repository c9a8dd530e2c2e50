//! Old addresses lead on, old feeds are there, and feeds call everything what they did.

use ninefold::model::SourceKind;

use super::renamed;
use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::new()
        .concept("spare", "Room that is not used yet.")
        .incident("slow-2026", "title: Slow pages\nrelated: [other-2026]")
        .incident("other-2026", "title: Other")
        .essay(
            "a",
            "incidents: [slow-2026, other-2026]\nconcepts: [spare]",
            "It had [room](concept:spare?in=slow-2026).",
        )
}

fn ids(feed: &str) -> Vec<&str> {
    feed.split("<id>").skip(1).filter_map(|rest| rest.split_once("</id>")).map(|(id, _)| id).collect()
}

#[test]
fn old_addresses_and_feeds_go_on() {
    for settings in ["", "feed_ids: \"tag:example.org,2026\"\n"] {
        let yaml = format!("title: Test\nbase_url: https://example.org\nsearch: false\n{settings}");
        let site = site().file("content/site.yaml", yaml);
        site.build();
        let feeds = [
            "/feed.xml",
            "/concepts/spare/feed.xml",
            "/incidents/slow-2026/feed.xml",
            "/incidents/slow-2026/readings/feed.xml",
        ];
        let before: Vec<String> = feeds.iter().map(|url| site.page(url)).collect();
        for (kind, old, new) in [
            (SourceKind::Concept, "spare", "slack"),
            (SourceKind::Incident, "slow-2026", "slow-pages"),
            (SourceKind::Essay, "a", "b"),
        ] {
            assert!(renamed(&site, kind, old, new).starts_with("diff "), "{old}");
        }
        site.build();
        for (url, before) in feeds.iter().zip(&before) {
            assert_eq!(ids(&site.page(url)), ids(before), "{url}");
        }
        assert_eq!(site.page("/concepts/spare/feed.xml"), site.page("/concepts/slack/feed.xml"));
        for (old, new) in [
            ("/concepts/spare/", "/concepts/slack/"),
            ("/incidents/slow-2026/", "/incidents/slow-pages/"),
            ("/incidents/slow-2026/with/other-2026/", "/incidents/other-2026/with/slow-pages/"),
            ("/incidents/other-2026/with/slow-2026/", "/incidents/other-2026/with/slow-pages/"),
            ("/essays/a/", "/essays/b/"),
        ] {
            assert!(site.page(old).contains(new), "{old}: {}", site.page(old));
        }
    }
}

#[test]
fn files_beside_a_text_are_found_at_its_old_address() {
    let essay = "---\ntitle: A\ndate: 2026-05-01\naliases: [/2019/a/, /2018/a.html]\n---\n\nSee [notes](notes.txt).\n";
    let site = TestSite::new()
        .file("content/essays/a/index.md", essay)
        .file("content/essays/a/notes.txt", "Words.")
        .file("content/essays/a/more/table.csv", "a,b")
        // What stands there itself stays.
        .file("content/static/2019/a/notes.txt", "Others.");
    site.build();
    assert_eq!(site.page("/2019/a/notes.txt"), "Others.");
    renamed(&site, SourceKind::Essay, "a", "b");
    site.build();
    for url in ["/essays/b/notes.txt", "/essays/a/notes.txt"] {
        assert_eq!(site.page(url), "Words.", "{url}");
    }
    for url in ["/essays/a/more/table.csv", "/2019/a/more/table.csv"] {
        assert_eq!(site.page(url), "a,b", "{url}");
    }
    assert_eq!(site.page("/2019/a/notes.txt"), "Others.");
    assert!(!site.has_page("/2018/notes.txt"));
    // Not where another page needs a folder.
    site.write(
        "content/essays/c.md",
        "---\ntitle: C\ndate: 2026-05-01\nurl: /essays/a/more/table.csv/\n---\n\nText.\n",
    );
    site.build();
    assert!(site.page("/essays/a/more/table.csv/").contains("Text."));
}

#[test]
fn a_name_that_comes_back_leaves_the_other_behind() {
    let site = site();
    renamed(&site, SourceKind::Concept, "spare", "slack");
    renamed(&site, SourceKind::Concept, "slack", "spare");
    let text = std::fs::read_to_string(site.root().join("content/concepts/spare.md")).expect("the record");
    insta::assert_snapshot!(text, @r"
    ---
    name: spare
    definition: Room that is not used yet.
    aliases: [/concepts/slack/]
    feed_id: https://example.org/concepts/spare
    ---
    ");
    site.build();
}

#[test]
fn feeds_call_no_two_texts_the_same() {
    let site = TestSite::new()
        .essay("a", "feed_id: https://example.org/old/", "Words.")
        .essay("b", "feed_id: https://example.org/old/", "Words.")
        .essay("c", "feed_id: old name", "Words.");
    insta::assert_snapshot!(site.said(), @r"
    error[duplicate-feed-id]: `https://example.org/old/` is the `feed_id` of `content/essays/a.md` too
     --> content/essays/b.md:4:10
      |
    4 | feed_id: https://example.org/old/
      |          ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take it out of the text that feeds did not have by it

    error[bad-feed-id]: `feed_id`: `old name` is no address and no tag
     --> content/essays/c.md:4:10
      |
    4 | feed_id: old name
      |          ^^^^^^^^
      |
      = help: write what feeds called it before, such as `https://example.org/old-name/`, or take it out
    ");
}
