//! What every page of the default theme holds, and what it never shows: an empty list, a heading over nothing.

use std::collections::BTreeSet;

use super::html::{self, Tag};
use super::own_site::own_site;
use super::small_site;
use crate::support::TestSite;

/// Elements that say nothing when they are empty.
const NEVER_EMPTY: [&str; 25] = [
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "nav",
    "section",
    "article",
    "aside",
    "figure",
    "figcaption",
    "details",
    "a",
];

/// Every page that the theme made, by its file.
fn pages(site: &TestSite) -> Vec<(String, String)> {
    let html = site.output().into_iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
        .filter(|(_, text)| !text.contains("http-equiv=\"refresh\""))
        .collect()
}

/// Sites that lack something.
fn sites() -> Vec<TestSite> {
    vec![
        TestSite::with_default_theme(),
        TestSite::with_default_theme().essay("a", "", "Some words."),
        TestSite::with_default_theme().essay("a", "patterns: lag\nconcepts: etto", ""),
        TestSite::with_default_theme().incident("i", "title: I"),
        TestSite::with_default_theme().concept("c", "A thing."),
        small_site::with_default_theme(),
        small_site::with_default_theme().all(),
        own_site(),
    ]
}

fn check(site: &TestSite, look: impl Fn(&str, &str, &[Tag]) -> Option<String>) {
    let wrong: Vec<String> = pages(site)
        .iter()
        .filter_map(|(file, page)| Some(format!("{file}: {}", look(file, page, &html::tags(page))?)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_page_shows_an_empty_list_or_a_heading_over_nothing() {
    for site in sites() {
        site.build();
        check(&site, |_, page, _| {
            let empty = html::empty(page, &NEVER_EMPTY);
            (!empty.is_empty()).then(|| format!("empty: {empty:?}"))
        });
        // The titles of cards may stand alone; what a part's heading announces must follow it.
        check(&site, |_, page, _| {
            let main = page.split("<main").nth(1)?.split("</main>").next()?;
            let parts = main.split("<h2").skip(1).filter_map(|part| part.split_once("</h2>"));
            parts.filter(|(_, after)| html::words(after).is_empty()).map(|(head, _)| head.to_owned()).next()
        });
    }
}

#[test]
fn every_page_says_what_it_is_to_readers_and_machines() {
    for site in sites() {
        site.build();
        let has_essays = site.has_page("/essays/");
        check(&site, |file, page, tags| {
            let open = |name: &str| tags.iter().filter(|tag| tag.name == name && !tag.closing).collect::<Vec<_>>();
            let meta = |name: &str| {
                open("meta").iter().find(|tag| tag.get("name") == Some(name)).and_then(|tag| tag.get("content"))
            };
            let link =
                |rel: &str| open("link").into_iter().filter(|tag| tag.get("rel") == Some(rel)).collect::<Vec<_>>();
            let wrong = |what: &str, is_right: bool| (!is_right).then(|| what.to_owned());
            let title = page.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or_default();
            wrong("no doctype", page.starts_with("<!doctype html>"))
                .or_else(|| wrong("no language", open("html")[0].get("lang") == Some("en")))
                .or_else(|| {
                    wrong(
                        "no title",
                        !title.trim().is_empty()
                            && page.split("</head>").next().unwrap_or_default().matches("<title>").count() == 1,
                    )
                })
                .or_else(|| wrong("a description that is there and empty", meta("description") != Some("")))
                .or_else(|| wrong("no viewport", meta("viewport").is_some()))
                .or_else(|| wrong("no generator", meta("generator").is_some_and(|name| name.starts_with("Ninefold "))))
                .or_else(|| {
                    let canonical: Vec<Option<&str>> = link("canonical").iter().map(|tag| tag.get("href")).collect();
                    let base = canonical_base(&site);
                    let address = format!("{base}/{}", file.strip_suffix("index.html").unwrap_or(file));
                    wrong(
                        &format!("canonical {canonical:?}"),
                        canonical == [Some(address.as_str())] || file == "404.html" && canonical.is_empty(),
                    )
                })
                .or_else(|| {
                    let types: BTreeSet<&str> = link("alternate").iter().filter_map(|tag| tag.get("type")).collect();
                    let feeds = types.contains("application/atom+xml") && types.contains("application/feed+json");
                    wrong("feeds are not announced", feeds == has_essays)
                })
                .or_else(|| wrong("not one h1", open("h1").len() == 1))
                .or_else(|| wrong("not one main", open("main").len() == 1))
                .or_else(|| {
                    let first = open("a").first().and_then(|tag| tag.get("href")).map(str::to_owned);
                    let target = first.as_deref().and_then(|href| href.strip_prefix('#')).map(str::to_owned);
                    let main = open("main")[0].get("id").map(str::to_owned);
                    wrong("the first link does not skip to the text", target.is_some() && target == main)
                })
                .or_else(|| {
                    let ids = html::ids(page);
                    let unique: BTreeSet<&String> = ids.iter().collect();
                    wrong("an id is there twice", unique.len() == ids.len())
                })
                .or_else(|| {
                    let bare = open("img").iter().any(|tag| tag.get("alt").is_none());
                    wrong("a picture without a description", !bare)
                })
        });
    }
}

fn canonical_base(site: &TestSite) -> String {
    ninefold::pipeline::read(&site.options())
        .site
        .config
        .base_url
        .absolute(&ninefold::model::UrlPath::home())
        .trim_end_matches('/')
        .to_owned()
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let site = own_site();
    site.build();
    check(&site, |_, _, tags| {
        let levels =
            tags.iter().filter(|tag| !tag.closing).filter_map(|tag| tag.name.strip_prefix('h')?.parse::<u8>().ok());
        let levels: Vec<u8> = levels.collect();
        levels
            .windows(2)
            .find(|pair| pair[1] > pair[0] + 1)
            .map(|pair| format!("h{} after h{}: {levels:?}", pair[1], pair[0]))
    });
}

#[test]
fn nothing_is_loaded_from_another_host() {
    let site = own_site();
    site.build();
    check(&site, |_, _, tags| {
        let loads = tags.iter().filter_map(|tag| match tag.name.as_str() {
            "link" if !matches!(tag.get("rel"), Some("canonical" | "alternate" | "license")) => tag.get("href"),
            "img" | "script" | "iframe" | "source" | "video" | "audio" => tag.get("src"),
            "use" => tag.get("href"),
            _ => None,
        });
        let outside: Vec<&str> = loads.filter(|address| address.contains("//")).collect();
        (!outside.is_empty()).then(|| format!("loads {outside:?}"))
    });
}

#[test]
fn an_essays_page_shows_its_tags_and_what_leads_on() {
    let site = small_site::with_default_theme();
    site.build();
    let page = site.page("/essays/ports/");
    let (addresses, words) = (html::addresses(&page), html::words(&page));
    for url in
        ["/patterns/saturation/", "/patterns/lag/", "/concepts/handover/", "/incidents/ports-2026/", "/essays/doors/"]
    {
        assert!(addresses.iter().any(|address| address == url), "no link to {url}");
    }
    for text in [
        "Out of ports",
        "1 May 2026",
        "Ada Writer",
        "Sixty seconds",
        "Limits",
        "Like the minute of a port, a door has a delay of its own.",
        "linked; shares saturation, handover and lag",
        "showed yesterday",
        "“Out of ports”. Small, 1 May 2026. https://small.example/essays/ports/",
        "@misc{writer2026ports",
    ] {
        assert!(words.contains(text), "the page does not show: {text}\n{words}");
    }
    assert!(page.contains("<time datetime=\"2026-05-01\">"));
}

#[test]
fn a_patterns_page_quotes_each_passage_with_its_words_set_off_and_leads_to_it() {
    let site = small_site::with_default_theme();
    site.build();
    let first = "/patterns/lag/";
    for (on, text, url) in [
        (first, "The queue showed yesterday.", "/essays/queue/#passage-showed-yesterday"),
        (first, "It closed long after the button.", "/essays/doors/#passage-long-after-the-button"),
        ("/patterns/lag/page/2/", "A closed connection keeps its port for a minute.", "/essays/ports/#sixty"),
    ] {
        let page = site.page(on);
        let words = html::words(&page);
        assert!(words.contains(text), "{text}\n{words}");
        assert!(html::addresses(&page).iter().any(|address| address == url), "{url}");
    }
    let page = site.page(first);
    let words = html::words(&page);
    assert!(page.contains("<mark>long after the button</mark>"));
    for text in ["What lag is.", "lag by another name", "Not the same.", "Was it lag?", "2017", "2026"] {
        assert!(words.contains(text), "{text}\n{words}");
    }
}

#[test]
fn an_incidents_page_shows_its_facts_as_precise_as_they_are_known() {
    let site = small_site::with_default_theme();
    site.build();
    let words = html::words(&site.page("/incidents/ports-2026/"));
    for text in [
        "Harbour Co",
        "dialler",
        "north",
        "major",
        "1 May 2026, 10:15 UTC",
        "Calls begin to fail.",
        "Somebody wrote it down.",
        "2 h",
        "No new calls for two hours.",
        "Whether it began the night before.",
        "What happened",
        "Phones fall silent",
        "Phones, 2017",
        "shares Harbour Co and lag",
    ] {
        assert!(words.contains(text), "{text}\n{words}");
    }
    let words = html::words(&site.page("/incidents/ports-2025/"));
    assert!(words.contains("March 2025") && !words.contains("1 March 2025"), "{words}");
}

#[test]
fn a_draft_says_that_it_is_one() {
    let site = small_site::with_default_theme().all();
    site.build();
    for url in ["/essays/unfinished/", "/essays/page/2/", "/patterns/tangles/"] {
        let page = site.page(url);
        let shown = html::words(&page).contains("Draft");
        assert_eq!(shown, page.contains("unfinished"), "{url}");
    }
    assert!(html::words(&site.page("/essays/unfinished/")).contains("Draft"));
}

#[test]
fn the_icon_is_the_sites_own_at_its_usual_place_else_the_themes() {
    let icon = |site: &TestSite| {
        site.build();
        let home = site.page("/");
        let links = html::tags(&home);
        let icons: Vec<&str> =
            links.iter().filter(|tag| tag.get("rel") == Some("icon")).filter_map(|tag| tag.get("href")).collect();
        assert_eq!(icons.len(), 1, "{icons:?}");
        icons[0].to_owned()
    };
    let site = TestSite::with_default_theme();
    let of_the_theme = icon(&site);
    assert!(of_the_theme.starts_with("/assets/favicon.") && of_the_theme.ends_with(".svg"), "{of_the_theme}");
    assert!(site.out().join(&of_the_theme[1..]).is_file());
    site.write("content/static/favicon.ico", "an icon");
    assert_eq!(icon(&site), "/favicon.ico");
    site.write("content/static/favicon.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert_eq!(icon(&site), "/favicon.svg");
}

#[test]
fn the_menu_says_where_a_page_stands() {
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", "title: T\nbase_url: https://example.org/\n")
        .essay("a", "patterns: [lag]", "A.");
    site.build();
    let current = |url: &str| {
        let page = site.page(url);
        let current = html::tags(&page).into_iter().filter(|tag| tag.get("aria-current").is_some());
        let said = |tag: Tag| format!("{} {}", tag.get("href").unwrap_or("-"), tag.get("aria-current").unwrap_or("-"));
        current.map(said).collect::<Vec<_>>().join(", ")
    };
    for (url, expected) in [
        ("/", ""),
        ("/essays/", "/essays/ page"),
        ("/essays/a/", "/essays/ true"),
        ("/patterns/", "/patterns/ page"),
        ("/patterns/lag/", "/patterns/ true"),
        ("/browse/", "/browse/ page"),
        ("/search/", "/search/ page"),
        ("/404.html", ""),
    ] {
        assert_eq!(current(url), expected, "{url}");
    }
}

#[test]
fn a_common_part_of_ones_own_is_on_every_page_and_knows_no_page() {
    let site = TestSite::with_default_theme()
        .essay("a", "", "A.")
        .file(
            "themes/default/templates/common/mine.html",
            "<p>{{ site.title }} & {{ section or \"-\" }} & {{ here or \"-\" }}</p>\n",
        )
        .file("themes/default/templates/hooks/footer.html", "{{ common.mine }}");
    site.build();
    for (url, expected) in [
        ("/essays/a/", "<p>Test & essays & -</p>"),
        ("/essays/", "<p>Test & essays & /essays/</p>"),
        ("/404.html", "<p>Test & - & -</p>"),
    ] {
        assert!(site.page(url).contains(expected), "{url}: {}", site.page(url));
    }
    site.write("themes/default/templates/common/mine.html", "{{ page.title }}");
    insta::assert_snapshot!(site.shown(&site.try_build().diagnostics), @r"
    error[template]: variable `page` is not defined. Available variables: here, section, site
     --> themes/default/templates/common/mine.html:1:4
      |
    1 | {{ page.title }}
      |    ^^^^
      |
      = help: met on the page `/` and 15 more
    ");
}
