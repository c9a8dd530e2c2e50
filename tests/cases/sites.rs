//! Which addresses a site has, and what stands behind those that no template makes.

use std::collections::BTreeMap;
use std::fs;

use ninefold::model::{Pattern, UrlPath};
use ninefold::pipeline;
use ninefold::site::View;

use super::small_site::small_site;
use crate::support::TestSite;

/// Every address but those of the theme's assets and of the nine, which each site has.
fn addresses(site: &TestSite) -> String {
    let assembled = pipeline::read(&site.options());
    let of_the_nine = |url: &str| Pattern::ALL.iter().any(|pattern| url == format!("/patterns/{pattern}/"));
    let urls = assembled.site.urls().map(|(url, _)| url.as_str());
    let mut shown: Vec<&str> = Vec::new();
    let mut nine = 0;
    for url in urls.filter(|url| !url.starts_with("/assets/")) {
        if of_the_nine(url) {
            nine += 1;
        } else {
            shown.push(url);
        }
    }
    assert_eq!(nine, 9);
    shown.join("\n")
}

/// The menu as every page has it.
fn menu(site: &TestSite) -> String {
    let assembled = pipeline::read(&site.options());
    let Some(View::Html(home)) = assembled.site.view(&UrlPath::home()) else { panic!("no home") };
    home.site.menu.iter().map(|item| format!("{} {}", item.title, item.url)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_site_without_essays_has_the_nine_and_nothing_that_would_be_empty() {
    let site = TestSite::new();
    insta::assert_snapshot!(addresses(&site), @r"
    /
    /.nojekyll
    /404.html
    /_headers
    /patterns/
    /patterns/review/
    /robots.txt
    /sitemap.xml
    ");
    insta::assert_snapshot!(menu(&site), @"Patterns /patterns/");
    let home = site.view("/");
    assert_eq!(home["data"]["matrix"], serde_json::Value::Null);
    assert_eq!(site.view("/patterns/")["data"]["matrix"], serde_json::Value::Null);
    assert_eq!(site.view("/patterns/lag/")["page"]["feed"], serde_json::Value::Null);
}

#[test]
fn one_essay_brings_its_list_its_feeds_and_its_data() {
    let site = TestSite::new().essay("a", "", "Some words.");
    insta::assert_snapshot!(addresses(&site), @r"
    /
    /.nojekyll
    /404.html
    /_headers
    /browse/
    /data/browse.json
    /data/essays.json
    /data/summaries/essays-1.json
    /essays/
    /essays/a/
    /feed.json
    /feed.xml
    /patterns/
    /patterns/review/
    /robots.txt
    /sitemap.xml
    ");
    insta::assert_snapshot!(menu(&site), @r"
    Essays /essays/
    Patterns /patterns/
    Browse /browse/
    ");
    let view = site.view("/essays/a/");
    for name in ["newer", "older", "series"] {
        assert_eq!(view["data"][name], serde_json::Value::Null, "{name}");
    }
    for name in ["related", "next", "backlinks", "incidents"] {
        assert_eq!(view["data"][name], serde_json::json!([]), "{name}");
    }
}

#[test]
fn only_incidents_bring_their_list_and_no_feed() {
    let site = TestSite::new().incident("i", "title: I").incident("j", "title: J\npatterns: lag");
    insta::assert_snapshot!(addresses(&site), @r"
    /
    /.nojekyll
    /404.html
    /_headers
    /incidents/
    /incidents/i/
    /incidents/j/
    /patterns/
    /patterns/review/
    /robots.txt
    /sitemap.xml
    ");
    insta::assert_snapshot!(menu(&site), @r"
    Patterns /patterns/
    Incidents /incidents/
    ");
    assert_eq!(site.view("/")["data"]["matrix"]["rows"].as_array().expect("rows").len(), 1);
}

#[test]
fn of_the_concepts_that_the_program_brings_only_those_that_are_named_have_pages() {
    let site = TestSite::new().essay("a", "concepts: etto", "It was a [gamble](concept:practitioner-gambles).");
    let addresses = addresses(&site);
    let concepts: Vec<&str> = addresses.lines().filter(|url| url.starts_with("/concepts/")).collect();
    assert_eq!(
        concepts,
        [
            "/concepts/",
            "/concepts/etto/",
            "/concepts/etto/feed.xml",
            "/concepts/practitioner-gambles/",
            "/concepts/practitioner-gambles/feed.xml",
        ]
    );
    insta::assert_snapshot!(menu(&site), @r"
    Essays /essays/
    Patterns /patterns/
    Concepts /concepts/
    Browse /browse/
    ");
    assert_eq!(site.view("/concepts/etto/")["data"]["passage_count"], 0);
    assert_eq!(site.view("/concepts/practitioner-gambles/")["data"]["passage_count"], 1);
    // The nine's own texts name concepts too: where those have no page, the words stand.
    site.build();
    let pages: String = Pattern::ALL.iter().map(|pattern| site.page(&format!("/patterns/{pattern}/"))).collect();
    for part in pages.split("href=\"/concepts/").skip(1) {
        let id = part.split('/').next().expect("an id");
        assert!(["etto", "practitioner-gambles"].contains(&id), "a link to the page of {id}, which is not there");
    }
}

#[test]
fn a_concept_of_the_sites_own_has_a_page_even_if_nothing_names_it() {
    let site = TestSite::new().concept("handover", "What one shift tells the next.");
    assert!(addresses(&site).contains("/concepts/handover/"));
    assert_eq!(site.view("/concepts/")["data"]["concepts"][0]["essays"], 0);
}

#[test]
fn a_draft_brings_nothing_and_its_tags_count_for_nothing() {
    let site = TestSite::new().essay("a", "draft: true\nconcepts: etto\npatterns: lag", "Words.");
    assert_eq!(addresses(&site), addresses(&TestSite::new()));
    let site = site.all();
    assert!(addresses(&site).contains("/essays/a/"));
    assert!(addresses(&site).contains("/concepts/etto/"));
}

#[test]
fn a_pattern_file_of_the_sites_own_brings_prose_and_keeps_what_it_leaves_unsaid() {
    let embedded = TestSite::new().view("/patterns/lag/");
    let site = TestSite::new().file("content/patterns/lag.md", "Our own words on lag.\n");
    let own = site.view("/patterns/lag/");
    for name in ["pattern", "cues", "aliases", "look_alikes", "questions"] {
        assert_eq!(own["data"][name], embedded["data"][name], "{name}");
    }
    assert!(!own["data"]["pattern"]["definition"].as_str().expect("a definition").is_empty());
    site.build();
    assert_eq!(site.body("/patterns/lag/"), "<p>Our own words on lag.</p>\n");

    let site = site.file("content/patterns/lag.md", "---\nname: Lateness\ndefinition: What comes late.\n---\n");
    let tag = site.view("/patterns/lag/")["data"]["pattern"].clone();
    assert_eq!((&tag["name"], &tag["definition"]), (&"Lateness".into(), &"What comes late.".into()));
    assert_eq!(site.view("/patterns/lag/")["data"]["questions"], embedded["data"]["questions"]);
}

#[test]
fn an_alias_is_a_page_that_sends_readers_on() {
    let site = small_site();
    site.build();
    insta::assert_snapshot!(site.page("/2019/ports/"), @r#"
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <title>Moved</title>
    <meta name="robots" content="noindex">
    <link rel="canonical" href="https://small.example/essays/ports/">
    <meta http-equiv="refresh" content="0; url=/essays/ports/">
    </head>
    <body>
    <p>This page has moved: <a href="/essays/ports/">https://small.example/essays/ports/</a>.</p>
    </body>
    </html>
    "#);
    assert_eq!(site.page("/old/ports.html"), site.page("/2019/ports/"));
}

#[test]
fn a_slug_changes_the_address_and_nothing_else() {
    let site = TestSite::new().essay("long-name", "slug: short\npatterns: lag", "Very [late](pattern:lag).").essay(
        "b",
        "",
        "See [it](long-name.md#passage-late) and [[long-name]].",
    );
    site.build();
    assert!(site.has_page("/essays/short/") && !site.has_page("/essays/long-name/"));
    assert_eq!(
        site.body("/essays/b/"),
        "<p>See <a class=\"nf-ref nf-essay\" href=\"/essays/short/#passage-late\">it</a> and <a class=\"nf-ref nf-essay\" href=\"/essays/short/\">long-name</a>.</p>\n"
    );
    let data: serde_json::Value = serde_json::from_str(&site.page("/data/essays.json")).expect("JSON");
    assert_eq!(data["essays"][1]["id"], "long-name");
    assert_eq!(data["essays"][0]["links"], serde_json::json!(["long-name"]));
}

#[test]
fn files_beside_an_essay_go_where_its_page_is_and_static_ones_stay_where_they_are() {
    let site = small_site();
    site.build();
    for (from, to) in [
        ("content/essays/picture/plan.pdf", "essays/harbour/plan.pdf"),
        ("content/static/own.css", "own.css"),
        ("content/static/deep/er/notes.txt", "deep/er/notes.txt"),
    ] {
        let read = |path: std::path::PathBuf| fs::read(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
        assert_eq!(read(site.out().join(to)), read(site.root().join(from)), "{to}");
    }
    // Drawings are made safe on their way.
    assert!(site.page("/essays/harbour/harbour.svg").contains("<svg "));
    assert!(site.page("/logo.svg").contains("<svg "));
    assert!(!site.out().join("essays/picture").exists());
}

#[test]
fn the_files_of_a_draft_stay_away_with_it() {
    let site = TestSite::new()
        .file("content/essays/a/index.md", crate::support::essay("a", "draft: true", "Words."))
        .file("content/essays/a/secret.png", "not yet");
    site.build();
    assert!(!site.out().join("essays/a").exists());
}

#[test]
fn every_asset_has_its_hash_in_its_name_and_style_sheets_name_each_other_so() {
    let site = TestSite::new().file("themes/default/assets/fonts/a.woff2", "a font").file(
        "themes/default/assets/main.css",
        "@font-face { src: url(fonts/a.woff2) } p { background: url(\"none.png#x\") }",
    );
    site.build();
    let name = |folder: &str, stem: &str| -> String {
        let mut names = fs::read_dir(site.out().join(folder)).expect("the assets").flatten().map(|e| e.file_name());
        names.find_map(|name| name.into_string().ok().filter(|name| name.starts_with(stem))).expect(stem)
    };
    let (sheet, font) = (name("assets", "main."), name("assets/fonts", "a."));
    assert_eq!(sheet.split('.').nth(1).expect("a hash").len(), font.split('.').nth(1).expect("a hash").len());
    let text = fs::read_to_string(site.out().join("assets").join(&sheet)).expect("the style sheet");
    assert_eq!(text, format!("@font-face {{ src: url(\"fonts/{font}\") }} p {{ background: url(\"none.png#x\") }}"));
    site.write("themes/default/assets/fonts/a.woff2", "another font");
    site.build();
    assert_ne!(name("assets/fonts", "a."), font);
    assert_ne!(name("assets", "main."), sheet, "a style sheet that names another file is another style sheet");
}

#[test]
fn scripts_import_each_other_by_the_names_that_they_have_in_the_site() {
    let script = |name: &str| format!("themes/default/assets/{name}");
    let site = TestSite::new()
        .file(&script("a.js"), "import { c } from \"./c.js\";\nimport x from \"./none.js\";")
        .file(&script("b.js"), "import \"./b.js\"; export const b = 1;")
        .file(&script("c.js"), "import { b } from \"./b.js\"; export const c = b;")
        .file(&script("one.js"), "import two from \"./two.js\";")
        .file(&script("two.js"), "import one from \"./one.js\";");
    site.build();
    let assets = || -> BTreeMap<String, String> {
        let own = site.output().into_iter().filter_map(|(path, bytes)| {
            let name = path.strip_prefix("assets/")?.to_owned();
            Some((name.split('.').next()?.to_owned(), (name, String::from_utf8(bytes).ok()?)))
        });
        own.flat_map(|(stem, (name, text))| [(format!("{stem} name"), name), (stem, text)]).collect()
    };
    let before = assets();
    assert_eq!(before["a"], format!("import {{ c }} from \"./{}\";\nimport x from \"./none.js\";", before["c name"]));
    assert_eq!(before["c"], format!("import {{ b }} from \"./{}\"; export const c = b;", before["b name"]));
    // Of a circle none can be named first.
    assert_eq!(before["one"], "import two from \"./two.js\";");
    // What imports another script is another script when that changes.
    site.write(&script("b.js"), "export const b = 2;");
    site.build();
    assert_ne!(assets()["a name"], before["a name"]);
}

#[test]
fn the_menu_has_the_sites_kinds_then_pages_in_their_order_then_the_authors_links() {
    insta::assert_snapshot!(menu(&small_site()), @r"
    Essays /essays/
    Patterns /patterns/
    Concepts /concepts/
    Incidents /incidents/
    Browse /browse/
    About /about/
    Guide /guide/
    Elsewhere https://elsewhere.example/
    Questions /patterns/review/
    ");
}
