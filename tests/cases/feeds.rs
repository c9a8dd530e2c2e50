//! Feeds and data read back: what a feed reader, and whoever works with the essays, gets.

use serde_json::Value;

use super::html;
use super::own_site::own_site;
use super::small_site::small_site;
use super::xml::{self, Element};
use crate::support::TestSite;

/// The parts of each entry of an Atom feed.
fn entries(atom: &str) -> Vec<Vec<Element>> {
    let elements = xml::elements(atom);
    let mut entries: Vec<Vec<Element>> = Vec::new();
    for element in elements {
        if element.name == "entry" {
            entries.push(Vec::new());
        } else if element.within.get(1).is_some_and(|name| name == "entry") {
            entries.last_mut().expect("an entry").push(element);
        }
    }
    entries
}

fn text<'a>(entry: &'a [Element], name: &str) -> &'a str {
    entry.iter().find(|element| element.name == name).map_or_else(|| panic!("no {name}"), |element| &element.text)
}

#[test]
fn an_atom_feed_has_what_the_format_asks_for() {
    let site = small_site();
    site.build();
    for (url, title) in [
        ("/feed.xml", "Small"),
        ("/patterns/lag/feed.xml", "Lag · Small"),
        ("/patterns/lag/saturation/feed.xml", "Lag and saturation · Small"),
        ("/concepts/handover/feed.xml", "Handover · Small"),
        ("/incidents/ports-2026/feed.xml", "Ports, May 2026 · Small"),
    ] {
        let elements = xml::elements(&site.page(url));
        assert_eq!(elements[0].name, "feed");
        assert_eq!(elements[0].get("xmlns"), Some("http://www.w3.org/2005/Atom"));
        assert_eq!(elements[0].get("xml:lang"), Some("en"));
        let own: Vec<&Element> = elements.iter().filter(|element| element.within == ["feed"]).collect();
        let one = |name: &str| {
            let found: Vec<&&Element> = own.iter().filter(|element| element.name == name).collect();
            assert_eq!(found.len(), 1, "{url}: {name}");
            found[0].text.clone()
        };
        assert_eq!(one("title"), title);
        assert_eq!(one("id"), format!("https://small.example{url}"));
        let newest = entries(&site.page(url)).iter().map(|entry| text(entry, "updated").to_owned()).max();
        assert_eq!(Some(one("updated")), newest);
        let link =
            |rel: &str| own.iter().find(|e| e.name == "link" && e.get("rel") == Some(rel)).and_then(|e| e.get("href"));
        assert_eq!(link("self"), Some(format!("https://small.example{url}").as_str()));
        assert_eq!(
            link("alternate"),
            Some(format!("https://small.example{}", url.trim_end_matches("feed.xml")).as_str())
        );
        for entry in entries(&site.page(url)) {
            for name in ["title", "id", "published", "updated", "summary"] {
                assert!(!text(&entry, name).is_empty(), "{url}: {name}");
            }
            text(&entry, "updated").parse::<jiff::Timestamp>().expect("RFC 3339");
            assert!(text(&entry, "id").starts_with("https://small.example/essays/"));
        }
    }
}

#[test]
fn titles_tags_and_authors_arrive_as_text() {
    let site = small_site();
    site.build();
    let entries = entries(&site.page("/feed.xml"));
    assert_eq!(text(&entries[1], "title"), "A note on “queues” & <waits>");
    let terms: Vec<&str> = entries[1].iter().filter_map(|element| element.get("term")).collect();
    assert_eq!(terms, ["Lag", "Ports, May 2026", "Ports, 2025"]);
    let names: Vec<&str> = entries[0].iter().filter(|e| e.name == "name").map(|e| e.text.as_str()).collect();
    assert_eq!(names, ["Ada Writer", "Ben Reader"]);
    assert_eq!(
        (text(&entries[0], "published"), text(&entries[0], "updated")),
        ("2026-05-04T00:00:00Z", "2026-05-20T00:00:00Z")
    );
}

#[test]
fn characters_that_xml_has_no_place_for_are_left_out_of_feeds() {
    let site = small_site()
        .essay("bell", "concepts: [bell]", "Rings\u{7} and\u{1b} \u{ffff}waits,\nthen\tstops.")
        .file("content/concepts/bell.md", "---\nname: \"The\\uffff bell\"\ndefinition: It rings.\n---\n");
    site.build();
    let feed = site.page("/feed.xml");
    assert!(!feed.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t') || c == '\u{ffff}'), "{feed}");
    assert!(feed.contains("<category term=\"The bell\"/>"), "{feed}");
    let words = "Rings and waits,\nthen\tstops.";
    assert_eq!(feed.matches(&format!("&lt;p&gt;{words}&lt;/p&gt;")).count(), 1, "{feed}");
}

#[test]
fn the_sites_feed_has_full_texts_with_whole_addresses() {
    let site = small_site().file("content/site.yaml", "title: S\nbase_url: https://small.example/below/\n");
    site.build();
    let page = site.page("/feed.xml");
    let mut seen = 0;
    for entry in entries(&page) {
        let content = entry.iter().find(|element| element.name == "content").expect("a full text");
        assert_eq!(content.get("type"), Some("html"));
        for address in html::addresses(&content.text) {
            assert!(address.starts_with("https://small.example/below/"), "{address}");
            seen += 1;
        }
    }
    assert!(seen >= 10, "only {seen} addresses");
    let ports = entries(&page).into_iter().find(|entry| text(entry, "title") == "Out of ports").expect("the essay");
    assert!(html::words(text(&ports, "content")).contains("It ran out of ports by noon, as the record says."));
}

#[test]
fn other_feeds_have_summaries_and_a_patterns_feed_the_passage_before_each() {
    let site = small_site();
    site.build();
    let entries = entries(&site.page("/patterns/lag/feed.xml"));
    assert_eq!(entries.len(), 3);
    assert!(entries.iter().flatten().all(|element| element.name != "content"));
    let summary = text(&entries[2], "summary");
    assert!(summary.starts_with("\u{201c}A closed connection keeps its port for a minute."), "{summary}");
    assert!(summary.ends_with("\u{201d}\n\nA budget nobody had counted."), "{summary}");
    assert_eq!(
        text(&entries[0], "summary"),
        "\u{201c}The queue showed yesterday.\u{201d}\n\nThe queue showed yesterday."
    );
}

#[test]
fn a_feed_has_the_newest_twenty() {
    let site = (1..=30).fold(TestSite::new(), |site, n| {
        let text = format!("---\ntitle: Essay {n}\ndate: 2026-05-{n:02}\npatterns: [lag]\n---\n\nWords.\n");
        site.file(&format!("content/essays/e{n}.md"), text)
    });
    site.build();
    let newest: Vec<String> = (11..=30).rev().map(|n| format!("Essay {n}")).collect();
    for url in ["/feed.xml", "/patterns/lag/feed.xml"] {
        let entries = entries(&site.page(url));
        assert_eq!(entries.iter().map(|entry| text(entry, "title")).collect::<Vec<_>>(), newest, "{url}");
    }
    let json: Value = serde_json::from_str(&site.page("/feed.json")).expect("JSON");
    let titles: Vec<&str> =
        json["items"].as_array().expect("items").iter().map(|item| item["title"].as_str().expect("a title")).collect();
    assert_eq!(titles, newest);
}

#[test]
fn the_json_feed_says_what_the_atom_feed_says() {
    let site = small_site();
    site.build();
    let json: Value = serde_json::from_str(&site.page("/feed.json")).expect("JSON");
    assert_eq!(json["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(json["title"], "Small");
    assert_eq!(json["description"], "A site with one of everything.");
    assert_eq!(json["home_page_url"], "https://small.example/");
    assert_eq!(json["feed_url"], "https://small.example/feed.json");
    assert_eq!(json["language"], "en");
    assert_eq!(json["authors"][0]["name"], "Ada Writer");
    let atom = entries(&site.page("/feed.xml"));
    let items = json["items"].as_array().expect("items");
    assert_eq!(items.len(), atom.len());
    for (item, entry) in items.iter().zip(&atom) {
        for (key, name) in [
            ("id", "id"),
            ("url", "id"),
            ("title", "title"),
            ("summary", "summary"),
            ("date_published", "published"),
            ("date_modified", "updated"),
            ("content_html", "content"),
        ] {
            assert_eq!(item[key].as_str(), Some(text(entry, name)), "{key}");
        }
        let terms: Vec<&str> = entry.iter().filter_map(|element| element.get("term")).collect();
        assert_eq!(item["tags"], serde_json::json!(terms));
    }
}

#[test]
fn a_feed_has_an_author_even_where_the_site_names_none() {
    let site = TestSite::new().essay("a", "", "Words.");
    site.build();
    let elements = xml::elements(&site.page("/feed.xml"));
    let names: Vec<String> = elements
        .iter()
        .filter(|e| e.name == "name" && e.within == ["feed", "author"])
        .map(|e| e.text.clone())
        .collect();
    assert_eq!(names, ["Test"]);
}

/// Follows every passage that the data names to where it stands; returns how many there are.
fn passages_that_stand_where_the_data_says(site: &TestSite, base: &str) -> usize {
    let data: Value = serde_json::from_str(&site.page("/data/essays.json")).expect("JSON");
    assert_eq!(data["version"], 1);
    let mut passages = 0;
    for essay in data["essays"].as_array().expect("essays") {
        let path = |url: &Value| url.as_str().and_then(|url| url.strip_prefix(base)).expect("ours").to_owned();
        let page = site.page(&path(&essay["url"]));
        // A passage is quoted without the numbers of its notes.
        let mut parts = page.split("<sup class=\"nf-noteref\">");
        let first = parts.next().unwrap_or_default().to_owned();
        let plain = parts.filter_map(|part| part.split_once("</sup>")).fold(first, |text, (_, rest)| text + rest);
        let (ids, words) = (html::ids(&page), html::words(&plain));
        for passage in essay["passages"].as_array().expect("passages") {
            let url = path(&passage["url"]);
            let (address, anchor) = url.split_once('#').expect("an anchor");
            assert_eq!(address, path(&essay["url"]));
            assert!(ids.iter().any(|id| id == anchor), "{address} has no #{anchor}");
            let text = passage["text"].as_str().expect("a text");
            // A section's text passes over the headings inside it.
            let text = if passage["kind"] == "section" {
                text.split_inclusive(". ").next().expect("a sentence")
            } else {
                text
            };
            for part in
                [text, passage["words"].as_str().expect("words"), passage["heading"].as_str().unwrap_or_default()]
            {
                for shown in part.split('…').map(str::trim) {
                    assert!(words.contains(shown), "{address} does not show: {shown}\n{words}");
                }
            }
            passages += 1;
        }
    }
    passages
}

#[test]
fn the_data_leads_to_every_passage_and_its_words_stand_there() {
    let site = small_site();
    site.build();
    assert_eq!(passages_that_stand_where_the_data_says(&site, "https://small.example"), 6);
    let site = own_site();
    site.build();
    assert!(passages_that_stand_where_the_data_says(&site, "https://ninefold.example") >= 60);
}

#[test]
fn ids_stay_the_same_when_the_site_and_its_essays_move() {
    let ids = |base_url: &str, slug: &str| {
        let settings = format!("title: T\nbase_url: {base_url}\nfeed_ids: tag:example.org,2026-05-11\n");
        let site = TestSite::new().file("content/site.yaml", settings).essay("a", slug, "x");
        assert_eq!(site.said(), "");
        let json: serde_json::Value = serde_json::from_str(&site.page("/feed.json")).expect("JSON");
        let atom = site.page("/feed.xml");
        let ids: Vec<String> = atom.lines().filter(|line| line.starts_with("<id>")).map(str::to_owned).collect();
        assert_eq!(format!("<id>{}</id>", json["items"][0]["id"].as_str().expect("an id")), ids[1]);
        ids
    };
    let here = ids("https://one.example", "");
    assert_eq!(here, ["<id>tag:example.org,2026-05-11:feed.xml</id>", "<id>tag:example.org,2026-05-11:essays/a</id>"]);
    assert_eq!(here, ids("https://two.example/sub/", "slug: moved\n"));
}
