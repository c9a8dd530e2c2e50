//! Lists that are cut into pages, and the files that list pages: sitemap, robots, the page for what is not there.

use std::collections::BTreeSet;

use ninefold::build;
use ninefold::model::{Pattern, UrlPath};
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
    for (url, list) in [("/essays/", "essays"), ("/patterns/lag/", "essays")] {
        let pages = pages(&site, url);
        let urls: Vec<&str> = pages.iter().map(|page| page["page"]["url"].as_str().expect("a URL")).collect();
        assert_eq!(urls, [url.to_owned(), format!("{url}page/2/"), format!("{url}page/3/")]);
        let titles: Vec<&serde_json::Value> = pages
            .iter()
            .flat_map(|page| page["data"][list].as_array().expect("a list"))
            .map(|card| &card["title"])
            .collect();
        let newest_first: Vec<String> = (1..=25).rev().map(|n| format!("Essay {n}")).collect();
        assert_eq!(titles, newest_first.iter().collect::<Vec<_>>(), "{url}");
        assert_eq!(pages[1]["data"]["pagination"]["previous"], url);
    }
    assert!(!build::read(&site.options()).site.has("/essays/page/1/"));
}

#[test]
fn passages_are_cut_with_their_pattern_and_each_is_quoted_once() {
    let site = many(28).file("content/site.yaml", "title: T\nbase_url: https://example.org\npage_size: 100\n");
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

#[test]
fn the_sitemap_names_every_page_and_nothing_else() {
    let site = small_site();
    site.build();
    let entries = xml::elements(&site.page("/sitemap.xml"));
    let listed: BTreeSet<String> = xml::texts(&entries, "loc").into_iter().collect();
    let assembled = build::read(&site.options());
    let pages: BTreeSet<String> = assembled
        .site
        .urls()
        .map(|(url, _)| url.as_str())
        .filter(|url| url.ends_with('/') && *url != "/2019/ports/")
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
fn a_sitemap_of_more_than_50_000_pages_is_a_list_of_sitemaps() {
    // An essay that carries all nine has a page for itself and one in each list: with lists of one, 47 pages an essay.
    let all: Vec<&str> = Pattern::ALL.iter().map(|pattern| pattern.id()).collect();
    let front = format!("patterns: [{}]", all.join(", "));
    let site = TestSite::new().file("content/site.yaml", "title: T\nbase_url: https://example.org/x\npage_size: 1\n");
    let site = (0..1_070).fold(site, |site, n| site.essay(&format!("e{n}"), &front, ""));
    let assembled = build::read(&site.options());
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
