//! A folder as a place: what is written, what is left alone, what is removed, and when.

use std::fs;

use assert_cmd::cargo::cargo_bin_cmd;
use ninefold::publish::Options;

use super::{at, live, options, publish_and, published, said, site};
use crate::support::{TestSite, essay, files};

/// The files of the place, without our record.
fn shown(site: &TestSite) -> Vec<(String, Vec<u8>)> {
    files(&live(site)).into_iter().filter(|(path, _)| !path.starts_with(".ninefold")).collect()
}

/// The files of the built site.
fn built(site: &TestSite) -> Vec<(String, Vec<u8>)> {
    site.output().into_iter().filter(|(path, _)| path != ".ninefold-manifest").collect()
}

#[test]
fn the_place_shows_the_site_and_a_second_time_nothing_is_sent() {
    let site = site();
    let first = publish_and(&options(&site), || ());
    assert_eq!(first.report.sent, built(&site).len());
    assert_eq!(shown(&site), built(&site));
    let own: Vec<String> =
        files(&live(&site)).into_iter().map(|(path, _)| path).filter(|path| path.starts_with(".ninefold")).collect();
    assert_eq!(own, [".ninefold-manifest.json"], "no lock and nothing half done is left");
    let before = fs::metadata(live(&site).join("index.html")).expect("a page").modified().expect("a time");
    let again = publish_and(&options(&site), || ());
    assert_eq!((again.report.sent, again.report.unchanged), (0, built(&site).len()));
    assert_eq!(fs::metadata(live(&site).join("index.html")).expect("a page").modified().expect("a time"), before);
}

#[test]
fn only_what_changed_is_sent_and_what_would_vanish_is_told() {
    let site = site().essay("b", "", "B.");
    published(&site, &options(&site));
    site.write("content/essays/a.md", crate::support::essay("a", "", "Another text."));
    site.remove("content/essays/b.md");
    let plan = published(&site, &Options { dry_run: true, ..options(&site) });
    insta::assert_snapshot!(plan, @r"
    live (folder live): 0 to add, 7 to change, 1 to remove, 32 unchanged
      ~ data/browse.json
      ~ data/essays.json
      ~ data/summaries/essays-1.json
      ~ essays/a/index.html
      ~ feed.json
      ~ feed.xml
      ~ sitemap.xml
      - essays/b/index.html
    ");
    assert_ne!(shown(&site), built(&site), "a dry run changes nothing");
    insta::assert_snapshot!(said(&site, &options(&site)), @r"
    warning[vanishing-address]: `/essays/b/` will answer no more
     |
     = help: if the page has moved, give it `aliases: [/essays/b/]`
    ");
    assert_eq!(shown(&site), built(&site));
}

#[test]
fn a_moved_page_with_an_alias_does_not_vanish() {
    let site = site();
    published(&site, &options(&site));
    site.remove("content/essays/a.md");
    site.write("content/essays/b.md", crate::support::essay("b", "aliases: [/essays/a/]", "A."));
    assert_eq!(said(&site, &options(&site)), "");
    assert_eq!(shown(&site), built(&site));
}

#[test]
fn the_page_that_took_the_place_of_one_that_goes_is_named_and_fix_writes_the_alias() {
    let words = |seed: usize| (0..80).map(|n| format!("word{} ", (n + 1) * seed)).collect::<String>();
    let config = "title: T\nbase_url: http://127.0.0.1:9\nsearch: false\npublish: {live: {type: dir, path: live}}\n";
    let site = TestSite::with_default_theme().file("content/site.yaml", config);
    let site = site.essay("b", "", &words(1)).essay("c", "", &words(101));
    site.write("content/essays/named.md", essay("Named", "", "N."));
    published(&site, &options(&site));
    // By its words, by its title, by its name: the last with an alias already.
    site.remove("content/essays/b.md");
    site.write("content/essays/other.md", essay("Another title", "", &words(1)));
    site.remove("content/essays/c.md");
    site.write("content/pages/titled.md", "---\ntitle: c\naliases: [/before/]\n---\nT.\n");
    site.remove("content/essays/named.md");
    site.write("content/pages/named.md", "---\ntitle: Renamed\n---\nN.\n");
    let said = said(&site, &Options { dry_run: true, ..options(&site) });
    for (gone, to, text, why) in [
        ("/essays/b/", "/essays/other/", "essays/other", "it has most of its words"),
        ("/essays/c/", "/titled/", "pages/titled", "it has the same title"),
        ("/essays/named/", "/named/", "pages/named", "it has the same name"),
    ] {
        assert!(
            said.contains(&format!(
                "warning[vanishing-address]: `{gone}` will answer no more\n--> content/{text}.md\n"
            )),
            "{said}"
        );
        assert!(said.contains(&format!("help: `{to}` most likely took its place: {why}\n")), "{said}");
        assert!(
            said.contains(&format!("help: if so, give it `aliases: [{gone}]`; `ninefold publish --fix` writes that\n")),
            "{said}"
        );
    }
    let output = cargo_bin_cmd!("ninefold").args(["publish", "--fix", "--quiet"]).current_dir(site.root()).output();
    let output = output.expect("the program");
    assert!(output.status.success() && output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = |path: &str| fs::read_to_string(site.root().join(path)).expect(path);
    assert!(text("content/pages/titled.md").starts_with("---\ntitle: c\naliases: [/before/, /essays/c/]\n---\n"));
    assert!(text("live/essays/b/index.html").contains("/essays/other/"), "the old address sends readers on");
    assert!(text("live/essays/named/index.html").contains("/named/"));
}

#[test]
fn old_assets_stay_for_their_time_and_then_go() {
    let site = site();
    site.write("themes/default/assets/own.css", "h1 {}");
    published(&site, &at(&site, "2026-06-01T00:00:00Z"));
    let old = |site: &TestSite| -> Vec<String> {
        shown(site).into_iter().map(|(path, _)| path).filter(|path| path.starts_with("assets/own.")).collect()
    };
    let first = old(&site);
    site.write("themes/default/assets/own.css", "h2 {}");
    published(&site, &at(&site, "2026-06-02T00:00:00Z"));
    assert_eq!(old(&site).len(), 2);
    published(&site, &at(&site, "2026-07-01T23:00:00Z"));
    assert_eq!(old(&site).len(), 2, "30 days are not over");
    published(&site, &at(&site, "2026-07-02T00:00:00Z"));
    assert_eq!(old(&site).len(), 1);
    assert!(!old(&site).contains(&first[0]));
}

#[test]
fn files_of_others_stay() {
    let site = site();
    site.write("live/robots.txt", "mine");
    site.write("live/letters/old.txt", "mine too");
    published(&site, &Options { adopt: true, ..options(&site) });
    assert_ne!(fs::read_to_string(live(&site).join("robots.txt")).expect("a file"), "mine");
    site.remove("content/essays/a.md");
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    published(&site, &options(&site));
    assert_eq!(fs::read_to_string(live(&site).join("letters/old.txt")).expect("a file"), "mine too");
    assert!(!live(&site).join("essays").exists());
}

#[test]
fn a_run_that_failed_in_the_middle_is_finished_by_the_next() {
    let site = site();
    published(&site, &options(&site));
    let before = shown(&site);
    site.write("content/essays/a.md", crate::support::essay("a", "", "New."));
    site.write("content/essays/b.md", crate::support::essay("b", "", "B."));
    // A folder stands where the page is to go: its upload fails after others have been sent.
    let blocked = live(&site).join("essays/b/index.html/x");
    let failed = publish_and(&options(&site), || fs::create_dir_all(&blocked).expect("a folder"));
    assert!(failed.diagnostics.iter().any(|fault| fault.code() == "store"), "{:?}", failed.diagnostics);
    let index = |files: &[(String, Vec<u8>)]| files.iter().find(|(path, _)| path == "index.html").cloned();
    assert_eq!(index(&shown(&site)), index(&before), "lists come after essays");
    fs::remove_dir_all(live(&site).join("essays/b")).expect("the folder");
    // What was sent before the failure is not trusted to be what it was: the author goes back to the old text.
    site.write("content/essays/a.md", crate::support::essay("a", "", "A."));
    site.remove("content/essays/b.md");
    published(&site, &options(&site));
    assert_eq!(shown(&site), before);
    assert_eq!(shown(&site), built(&site));
}

#[test]
fn a_place_without_a_lock_is_published_to_all_the_same() {
    let site = super::with_targets("live: {type: dir, path: live, lock: off}");
    published(&site, &options(&site));
    site.write("content/essays/a.md", crate::support::essay("a", "", "New."));
    published(&site, &options(&site));
    assert_eq!(shown(&site), built(&site));
    assert!(!live(&site).join(".ninefold-lock.json").exists());
}

#[test]
fn a_file_gives_way_to_a_folder_and_a_folder_to_a_file() {
    let site = site().file("content/static/x", "a file").file("content/static/y/z", "a file in a folder");
    published(&site, &options(&site));
    site.remove("content/static/x");
    fs::remove_dir_all(site.root().join("content/static/y")).expect("a folder");
    site.write("content/static/x/z", "in a folder");
    site.write("content/static/y", "a file");
    published(&site, &options(&site));
    assert_eq!(shown(&site), built(&site));
}

#[test]
fn a_dry_run_does_not_even_make_the_folder() {
    let site = site();
    published(&site, &Options { dry_run: true, ..options(&site) });
    assert!(!live(&site).exists());
}
