//! The pages and feeds of authors, where a site has several.

use crate::support::TestSite;

fn site() -> TestSite {
    TestSite::with_default_theme()
        .file("content/site.yaml", "title: T\nbase_url: https://example.org/blog/\nauthor: Ann Lee\nsearch: false\n")
        .essay("a", "", "A.")
        .file(
            "content/essays/b.md",
            "---\ntitle: Of both\ndate: 2026-05-03\nauthors: [Zo\u{eb} & Co, Ann Lee]\n---\n\nB.\n",
        )
}

#[test]
fn each_of_several_authors_has_a_page_and_a_feed() {
    let site = site();
    site.build();
    let titles = |url: &str| {
        let cards = &site.view(url)["data"]["essays"];
        cards
            .as_array()
            .expect("cards")
            .iter()
            .map(|card| card["title"].as_str().expect("a title").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(titles("/authors/ann-lee/"), ["Of both", "a"]);
    assert_eq!(titles("/authors/zoe-co/"), ["Of both"]);
    let feed = site.page("/authors/ann-lee/feed.xml");
    assert!(feed.contains("<title>Ann Lee \u{b7} T</title>") && feed.matches("<entry>").count() == 2, "{feed}");
    let page = site.page("/essays/b/");
    assert!(page.contains("<a href=\"/blog/authors/zoe-co/\" rel=\"author\">Zo\u{eb} &amp; Co</a>, <a href=\"/blog/authors/ann-lee/\" rel=\"author\">Ann Lee</a>"), "{page}");
    assert!(site.page("/authors/ann-lee/").contains("<h1>Ann Lee</h1>"));
    assert!(site.page("/sitemap.xml").contains("https://example.org/blog/authors/ann-lee/"));
    // The second author goes, and with them all pages of authors: as in a first build.
    site.remove("content/essays/b.md");
    site.build();
    assert!(!site.has_page("/authors/ann-lee/") && !site.page("/essays/a/").contains("rel=\"author\""));
}

#[test]
fn an_essay_that_gets_another_author_changes_their_pages() {
    let site = site();
    site.build();
    site.write("content/essays/a.md", crate::support::essay("a", "authors: Zo\u{eb} & Co", "A."));
    site.build();
    assert!(site.page("/authors/zoe-co/").contains("2 essays"));
    assert!(site.page("/authors/ann-lee/").contains("1 essay,"));
}

#[test]
fn authors_whose_names_differ_too_little_are_told() {
    let site = TestSite::new().essay("a", "authors: Ann Lee", "A.").essay("b", "authors: ann lee", "B.");
    insta::assert_snapshot!(site.said(), @r"
    error[url-taken]: the authors `Ann Lee` and `ann lee` would both be at `/authors/ann-lee/`
    --> content/essays/b.md
     = help: write the name in one way if they are one, or in ways that differ more
    ");
}
