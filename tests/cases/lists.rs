//! Lists that are cut into pages, and the files that list pages: sitemap, robots, the page for what is not there.

use std::collections::BTreeSet;

use ninefold::model::{Pattern, UrlPath};
use ninefold::pipeline;
use ninefold::site::View;

use super::small_site::small_site;
use super::xml;
use crate::support::TestSite;

/// Essays that all carry lag, one a day.
fn many(essays: u32) -> TestSite {
    (1..=essays).fold(TestSite::new(), |site, n| {
        let text = format!(
            "---\ntitle: Essay {n}\ndate: 2026-05-{n:02}\npatterns: [lag]\n---\n\nA [thing {n}](pattern:lag).\n"
        );
        site.file(&format!("content/essays/e{n}.md"), text)
    })
}

/// Each page of the list at `url`, from the first by its links to the next.
fn pages(site: &TestSite, url: &str) -> Vec<serde_json::Value> {
    let mut found = vec![site.view(url)];
    while let Some(next) = found.last().and_then(|page| page["data"]["pagination"]["next"].as_str()).map(str::to_owned)
    {
        found.push(site.view(&next));
    }
    found
}

#[test]
fn a_long_list_is_cut_in_place_and_holds_everything_once() {
    let site = many(25).file("content/site.yaml", "title: T\nbase_url: https://example.org\npage_size: 10\n");
    for (url, list, title) in [("/essays/", "essays", "/title"), ("/patterns/lag/", "passages", "/essay/title")] {
        let pages = pages(&site, url);
        let urls: Vec<&str> = pages.iter().map(|page| page["page"]["url"].as_str().expect("a URL")).collect();
        assert_eq!(urls, [url.to_owned(), format!("{url}page/2/"), format!("{url}page/3/")]);
        let titles: Vec<&serde_json::Value> = pages
            .iter()
            .flat_map(|page| page["data"][list].as_array().expect("a list"))
            .map(|card| card.pointer(title).expect("a title"))
            .collect();
        let newest_first: Vec<String> = (1..=25).rev().map(|n| format!("Essay {n}")).collect();
        assert_eq!(titles, newest_first.iter().collect::<Vec<_>>(), "{url}");
        assert_eq!(pages[1]["data"]["pagination"]["previous"], url);
    }
    assert!(!pipeline::read(&site.options()).site.has("/essays/page/1/"));
}

#[test]
fn essays_stand_once_on_a_patterns_pages_with_all_their_passages() {
    let site = TestSite::new().file("content/site.yaml", "title: T\nbase_url: https://example.org\npage_size: 10\n");
    let site = (1..=14).fold(site, |site, n| {
        site.essay(&format!("e{n}"), "patterns: [lag]", &format!("[One {n}](pattern:lag).\n\n[Two {n}](pattern:lag)."))
    });
    let pages = pages(&site, "/patterns/lag/");
    assert_eq!(pages.len(), 2);
    let words: BTreeSet<&str> = pages
        .iter()
        .flat_map(|page| page["data"]["passages"].as_array().expect("groups"))
        .flat_map(|group| group["passages"].as_array().expect("passages"))
        .map(|passage| passage["quote"]["words"].as_str().expect("words"))
        .collect();
    assert_eq!(words.len(), 28);
    assert_eq!(pages[1]["data"]["essays"].as_array().expect("essays").len(), 0);
}

/// How many there are of what stands at `path` in a page's data.
fn count(page: &serde_json::Value, path: &str) -> usize {
    page["data"]
        .pointer(path)
        .and_then(serde_json::Value::as_array)
        .unwrap_or_else(|| panic!("no list at {path}"))
        .len()
}

#[test]
fn no_page_grows_with_the_site_and_each_says_how_much_there_is() {
    let site = (1..=60).fold(TestSite::new(), |site, n| {
        site.essay(
            &format!("e{n:02}"),
            "patterns: [lag, tangles]\nincidents: i001",
            "A [link](target.md), [late](pattern:lag).",
        )
    });
    let site = (1..=101).fold(site, |site, n| {
        site.incident(
            &format!("i{n:03}"),
            &format!("title: I{n}\norganisations: O\ntimes: {{started: 2026-01}}\npatterns: lag"),
        )
    });
    let site = site.file("content/essays/target.md", "---\ntitle: Target\ndate: 2020-01-01\n---\n\nWords.\n");

    let home = site.view("/");
    assert_eq!((count(&home, "/latest"), count(&home, "/matrix/rows")), (6, 12));
    assert_eq!((&home["data"]["essay_count"], &home["data"]["matrix"]["total"]), (&61.into(), &101.into()));

    let pattern = site.view("/patterns/lag/");
    assert_eq!((count(&pattern, "/essays"), count(&pattern, "/passages"), count(&pattern, "/incidents")), (0, 50, 30));
    assert_eq!((&pattern["data"]["essay_count"], &pattern["data"]["incident_count"]), (&60.into(), &101.into()));
    // All essays carry both and cite this incident alone.
    assert_eq!(count(&site.view("/patterns/lag/tangles/"), "/incidents"), 1);

    let incident = site.view("/incidents/i001/");
    assert_eq!((count(&incident, "/essays"), &incident["data"]["essay_count"]), (50, &60.into()));
    let more = |n: usize| &incident["data"]["readings"][n]["more"];
    assert_eq!((count(&incident, "/readings/0/passages"), more(0)), (4, &56.into()));
    assert_eq!((count(&incident, "/readings/1/tagged"), more(1)), (4, &56.into()));
    assert_eq!(count(&incident, "/similar"), 5);

    let target = site.view("/essays/target/");
    assert_eq!((count(&target, "/backlinks"), &target["data"]["more_backlinks"]), (30, &30.into()));
    // The nearest of five is the one to read next.
    assert_eq!(count(&target, "/related"), 4);

    let incidents = pages(&site, "/incidents/");
    assert_eq!(incidents.iter().map(|page| count(page, "/years/0/incidents")).collect::<Vec<_>>(), [100, 1]);
    assert_eq!((count(&incidents[0], "/organisations/0/incidents"), count(&incidents[1], "/organisations")), (12, 0));
}

#[test]
fn lists_without_pages_of_their_own_have_an_end() {
    let marks: String = (1..=51).map(|n| format!("[late {n}](pattern:lag)\n\n")).collect();
    let site = (1..=101).fold(TestSite::new(), |site, n| site.concept(&format!("c{n:03}"), "What it is."));
    let site = (1..=201).fold(site, |site, n| {
        site.file(&format!("content/pages/part/p{n:03}.md"), format!("---\ntitle: P{n}\n---\n\nText.\n"))
    });
    let site = site
        .file("content/pages/part/index.md", "---\ntitle: Part\n---\n\nText.\n")
        .essay("a", "patterns: [lag, tangles]", &marks)
        .incident("old", "title: Old\ntimes: {started: 1066}\npatterns: lag")
        .incident("new", "title: New\ntimes: {started: 2026}\npatterns: lag");
    assert_eq!(pages(&site, "/concepts/").iter().map(|page| count(page, "/concepts")).collect::<Vec<_>>(), [100, 1]);
    assert_eq!(count(&site.view("/part/"), "/children"), 200);
    assert_eq!(count(&site.view("/patterns/lag/tangles/"), "/passages/0/passages"), 50);
    assert_eq!(count(&site.view("/patterns/lag/"), "/years"), 200);
}

#[test]
fn incidents_alike_come_by_what_they_share_and_then_the_newest_first() {
    let incident = |site: TestSite, id: &str, year: u16, rest: &str| {
        site.incident(id, &format!("title: {}\ntimes: {{started: {year}}}\n{rest}", id.to_uppercase()))
    };
    let site = [
        ("a", 2024, "organisations: O\npatterns: [lag, friction]"),
        ("old", 2020, "organisations: O"),
        ("new", 2025, "organisations: O"),
        ("patterns", 2026, "patterns: [lag, friction]"),
        ("both", 2010, "organisations: O\npatterns: [lag, friction]"),
        ("one-pattern", 2026, "patterns: lag"),
    ]
    .into_iter()
    .fold(TestSite::new(), |site, (id, year, rest)| incident(site, id, year, rest));
    let view = site.view("/incidents/a/");
    let shares = |why: &serde_json::Value| {
        let names = why["shares"].as_array().expect("names").iter().filter_map(serde_json::Value::as_str);
        names.collect::<Vec<_>>().join(", ")
    };
    let alike: Vec<(&str, String)> = view["data"]["similar"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|other| (other["title"].as_str().expect("a title"), shares(&other["why"])))
        .collect();
    assert_eq!(
        alike,
        [
            ("BOTH", "O, friction, lag".to_owned()),
            ("NEW", "O".to_owned()),
            ("OLD", "O".to_owned()),
            ("PATTERNS", "friction, lag".to_owned()),
        ]
    );
}

#[test]
fn the_sitemap_names_every_page_and_nothing_else() {
    let site = small_site();
    site.build();
    let entries = xml::elements(&site.page("/sitemap.xml"));
    let listed: BTreeSet<String> = xml::texts(&entries, "loc").into_iter().collect();
    let assembled = pipeline::read(&site.options());
    // They lead to other pages.
    let redirects = ["/2019/ports/", "/incidents/ports-2026/with/phones-2017/"];
    let pages: BTreeSet<String> = assembled
        .site
        .urls()
        .map(|(url, _)| url.as_str())
        .filter(|url| url.ends_with('/') && !redirects.contains(url))
        .map(|url| format!("https://small.example{url}"))
        .collect();
    assert_eq!(listed, pages);
    // An essay's last change: when it was updated, else when it appeared.
    let modified = xml::texts(&entries, "lastmod");
    assert_eq!(modified.len(), 5);
    assert!(modified.contains(&"2026-05-20".to_owned()) && !modified.contains(&"2026-05-04".to_owned()));
    assert!(modified.contains(&"2026-05-03T07:30:00Z".to_owned()));
}

#[test]
fn a_sitemap_tells_a_time_with_its_zone() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: T\nbase_url: https://example.org/\ntimezone: Europe/Berlin\n")
        .file("content/essays/a.md", "---\ntitle: A\ndate: 2026-05-01T10:00\n---\n\nText.\n");
    site.build();
    let entries = xml::elements(&site.page("/sitemap.xml"));
    assert_eq!(xml::texts(&entries, "lastmod"), ["2026-05-01T08:00:00Z"]);
}

#[test]
fn a_sitemap_of_more_than_50_000_pages_is_a_list_of_sitemaps() {
    // An essay that carries all nine has a page for itself and one in each list: with lists of one, 47 pages an essay.
    let all: Vec<&str> = Pattern::ALL.iter().map(|pattern| pattern.id()).collect();
    let front = format!("patterns: [{}]", all.join(", "));
    let site = TestSite::new().file("content/site.yaml", "title: T\nbase_url: https://example.org/x\npage_size: 1\n");
    let site = (0..1_070).fold(site, |site, n| site.essay(&format!("e{n}"), &front, ""));
    let assembled = pipeline::read(&site.options());
    let view = |url: &str| assembled.site.view(&UrlPath::new(url));
    let Some(View::SitemapIndex(parts)) = view("/sitemap.xml") else { panic!("no list of sitemaps") };
    let parts: Vec<&str> = parts.iter().map(|part| part.url.as_str()).collect();
    assert_eq!(parts, ["https://example.org/x/sitemap-1.xml", "https://example.org/x/sitemap-2.xml"]);
    let (Some(View::Sitemap(first)), Some(View::Sitemap(second))) = (view("/sitemap-1.xml"), view("/sitemap-2.xml"))
    else {
        panic!("no parts")
    };
    assert_eq!(first.len(), 50_000);
    let named: BTreeSet<&str> = first.iter().chain(&second).map(|entry| entry.url.as_str()).collect();
    let pages = assembled.site.urls().filter(|(url, _)| url.as_str().ends_with('/')).count();
    assert_eq!((named.len(), first.len() + second.len()), (pages, pages));
    assert!(view("/sitemap-3.xml").is_none());
}

#[test]
fn robots_are_welcome_and_told_of_the_sitemap() {
    let site = small_site();
    site.build();
    insta::assert_snapshot!(site.page("/robots.txt"), @r"
    User-agent: *
    Allow: /

    Sitemap: https://small.example/sitemap.xml
    ");
}

#[test]
fn the_page_for_what_is_not_there_leads_to_the_nine() {
    let site = small_site();
    site.build();
    assert!(site.page("/404.html").starts_with("<title>Not found</title>"));
    assert_eq!(site.view("/404.html")["data"]["patterns"].as_array().expect("tiles").len(), 9);
}
