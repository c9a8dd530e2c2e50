//! Series: shown whole while they are short, around each part and on pages of their own when they are long.

use std::fs;

use serde_json::Value;

use super::xml;
use crate::support::TestSite;

const CONFIG: &str = "title: T\nbase_url: https://example.org\nsearch: false\npage_size: 10\n";

/// A series of so many parts, the essay of part `n` named `e` and its number in three digits.
fn with_parts(site: TestSite, parts: usize) -> TestSite {
    (1..=parts).fold(site.file("content/site.yaml", CONFIG), |site, n| {
        site.essay(&format!("e{n:03}"), &format!("series: {{name: Four ports, part: {n}}}"), "Text.")
    })
}

/// The parts that a page shows of a series, and how many it leaves out before each of them.
fn shown(series: &Value) -> Vec<(u64, u64)> {
    let number = |entry: &Value, key: &str| entry[key].as_u64().expect("a number");
    let entries = series["essays"].as_array().expect("entries");
    entries.iter().map(|entry| (number(entry, "part"), number(entry, "skipped"))).collect()
}

#[test]
fn a_short_series_is_shown_whole_and_has_no_page() {
    let site = with_parts(TestSite::new(), 12);
    let series = &site.view("/essays/e006/")["data"]["series"];
    assert_eq!(shown(series), (1..=12).map(|n| (n, 0)).collect::<Vec<_>>());
    assert_eq!(series["url"], Value::Null);
    site.build();
    assert!(!site.has_page("/series/four-ports/"));
}

#[test]
fn a_long_one_is_shown_around_each_part_and_whole_on_pages_of_its_own() {
    let site = with_parts(TestSite::new(), 25);
    let series = &site.view("/essays/e014/")["data"]["series"];
    let expected = [(1, 0), (11, 9), (12, 0), (13, 0), (14, 0), (15, 0), (16, 0), (17, 0), (25, 7)];
    assert_eq!(shown(series), expected);
    assert_eq!((&series["url"], &series["total"]), (&"/series/four-ports/".into(), &25.into()));
    assert_eq!(shown(&site.view("/essays/")["data"]["series"][0]), [(1, 0), (2, 0), (3, 0), (4, 0), (25, 20)]);

    let mut parts = Vec::new();
    for url in ["/series/four-ports/", "/series/four-ports/page/2/", "/series/four-ports/page/3/"] {
        let page = site.view(url);
        parts.extend(page["data"]["parts"].as_array().expect("parts").iter().map(|part| part["part"].clone()));
        assert_eq!((&page["data"]["total"], &page["page"]["section"]), (&25.into(), &"essays".into()));
    }
    assert_eq!(parts, (1..=25).map(Value::from).collect::<Vec<_>>());
    site.build();
    assert!(!site.has_page("/series/four-ports/page/4/"));
    let listed = xml::texts(&xml::elements(&site.page("/sitemap.xml")), "loc");
    assert!(listed.contains(&"https://example.org/series/four-ports/page/3/".to_owned()), "{listed:?}");
}

#[test]
fn no_page_grows_with_a_series() {
    let largest = |parts: usize| {
        let site = with_parts(TestSite::with_default_theme(), parts);
        site.build();
        let pages = site.output().into_iter().filter(|(path, _)| path.ends_with(".html"));
        pages.map(|(path, bytes)| (bytes.len(), path)).max().expect("pages")
    };
    let (few, many) = (largest(60), largest(240));
    // More parts have longer numbers, and nothing else is longer.
    assert!(many.0 < few.0 + few.0 / 50, "{few:?} and {many:?}");
}

#[test]
fn the_default_theme_leads_from_a_part_to_all_of_them() {
    let site = with_parts(TestSite::with_default_theme(), 13);
    site.build();
    let essay = site.page("/essays/e013/");
    let fold = &essay[essay.find("<summary>Series").expect("the series")..];
    insta::assert_snapshot!(&fold[..fold.find("</details>").expect("its end")], @r#"
    <summary>Series: Four ports</summary>
    <ol class="nf-parts">
    <li value="1"><a href="/essays/e001/">e001</a></li>
    </ol>
    <p class="nf-meta">8 more</p>
    <ol class="nf-parts">
    <li value="10"><a href="/essays/e010/">e010</a></li>
    <li value="11"><a href="/essays/e011/">e011</a></li>
    <li value="12"><a href="/essays/e012/">e012</a></li>
    <li value="13"><strong aria-current="page">e013</strong></li>
    </ol>
    <p class="nf-meta"><a href="/series/four-ports/">All 13 parts</a></p>
    "#);
    let series = site.page("/series/four-ports/");
    for expected in [
        "<h1>Four ports</h1>",
        "A series of 13 essays",
        "<h2><a href=\"/essays/e001/\">e001</a></h2>",
        "<span>Part 1</span>",
        "rel=\"next\">Later parts</a>",
        "\"name\":\"Four ports\"",
    ] {
        assert!(series.contains(expected), "{expected} is not in {series}");
    }
    assert!(site.page("/series/four-ports/page/2/").contains("rel=\"prev\">Earlier parts</a>"));
}

#[test]
fn what_follows_a_change_is_what_a_clean_build_makes() {
    let site = with_parts(TestSite::with_default_theme(), 13);
    site.build();
    site.write("content/essays/e013.md", "---\ntitle: Alone\ndate: 2026-05-01\n---\n\nText.\n");
    site.build();
    assert!(!site.has_page("/series/four-ports/"), "twelve parts are shown whole");
    site.write(
        "content/essays/e013.md",
        "---\ntitle: Last\ndate: 2026-05-01\nseries: {name: Four ports}\n---\n\nText.\n",
    );
    site.build();
    let changed = site.output();
    for folder in ["public", ".ninefold"] {
        fs::remove_dir_all(site.root().join(folder)).expect("a folder");
    }
    site.build();
    assert_eq!(changed, site.output());
}

#[test]
fn two_long_series_may_not_have_one_address() {
    let site = (1..=13).fold(with_parts(TestSite::new(), 13), |site, n| {
        site.essay(&format!("other-{n}"), "series: {name: Four Ports!}", "Text.")
    });
    insta::assert_snapshot!(site.said(), @r"
    error[url-taken]: the series `Four Ports!` and `Four ports` would both be at `/series/four-ports/`
    --> content/essays/e001.md
     = help: give them one name, or names that differ in more than capitals and marks
    ");
}
