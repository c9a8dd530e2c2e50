//! The development server follows an author's hand: edits, faults, templates, files that come and go.

use std::fs;

use super::server::Server;
use super::small_site::small_site;
use crate::support::{TestSite, essay};

#[test]
fn a_saved_edit_shows_at_once_and_the_browser_is_told() {
    let site = small_site();
    let server = Server::of(&site);
    let page = server.get("/essays/quiet/").body;
    assert!(page.contains("/.ninefold/live.js"), "the page listens for changes");
    let mut changes = server.listen();
    site.write(
        "content/essays/quiet.md",
        essay("Quiet", "patterns: tangles", "It was [not so quiet](pattern:tangles)."),
    );
    server.wait_for(&mut changes, "/essays/quiet/", "not so quiet");
    assert!(server.get("/data/essays.json").body.contains("not so quiet"), "every page knows of it");
    // As editors save: a new file renamed over the old one.
    site.write("content/essays/quiet.md~new", essay("Quiet", "", "Saved by renaming."));
    fs::rename(site.root().join("content/essays/quiet.md~new"), site.root().join("content/essays/quiet.md"))
        .expect("renamed");
    server.wait_for(&mut changes, "/essays/quiet/", "Saved by renaming.");
    // A template, and a picture.
    site.write("themes/default/templates/essay.html", "<title>New look</title>{{ body | safe }}");
    server.wait_for(&mut changes, "/essays/quiet/", "New look");
    site.write("content/essays/picture/harbour.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><g/></svg>");
    server.wait_for(&mut changes, "/essays/harbour/harbour.svg", "<g/>");
    assert!(!site.out().exists(), "nothing is written");
}

#[test]
fn what_a_build_writes_beside_is_no_change_and_never_has_the_script() {
    let site = small_site();
    let server = Server::of(&site);
    assert!(server.get("/").body.contains("/.ninefold/live.js"));
    site.build();
    assert!(site.output().iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("/.ninefold/live.js")));
}

#[test]
fn a_fault_shows_above_the_page_and_goes_when_it_is_mended() {
    let site = small_site();
    let server = Server::of(&site);
    assert!(!server.get("/essays/quiet/").body.contains("nf-faults"));
    let mut changes = server.listen();
    site.write("content/essays/quiet.md", essay("Quiet", "", "See [<b>](nowhere.md) and [[gone]]."));
    let page = server.wait_for(&mut changes, "/essays/quiet/", "nf-faults");
    assert_eq!(page.status, 200);
    for text in [
        "2 errors",
        "content/essays/quiet.md:6",
        "there is no file `content/essays/nowhere.md`",
        "[&lt;b&gt;](nowhere.md)",
    ] {
        assert!(page.body.contains(text), "{text}\n{}", page.body);
    }
    assert!(page.body.contains("<p>See"), "the words are still there");
    assert!(server.get("/").body.contains("2 errors"), "whatever page is open, its author is told");
    // A file saved by halves, and one that is no text at all.
    site.write("content/essays/quiet.md", "---\ntitle: Qui");
    server.wait_for(&mut changes, "/essays/ports/", "the front matter is never closed");
    site.write("content/essays/quiet.md", b"\xff\xfe\x00");
    server.wait_for(&mut changes, "/essays/ports/", "the file is not UTF-8");
    assert!(server.get("/essays/ports/").body.contains("ran out of ports"), "the other pages stay");
    site.write("content/essays/quiet.md", essay("Quiet", "", "All is well."));
    let page = server.wait_for(&mut changes, "/essays/quiet/", "All is well.");
    assert!(!page.body.contains("nf-faults"));
}

#[test]
fn a_broken_template_leaves_the_last_good_theme() {
    let site = small_site();
    let server = Server::of(&site);
    let mut changes = server.listen();
    site.write("themes/default/templates/essay.html", "<title>{{ page.title }</title>");
    let page = server.wait_for(&mut changes, "/essays/ports/", "nf-faults");
    assert_eq!(page.status, 200);
    assert!(
        page.body.contains("<title>Out of ports</title>")
            && page.body.contains("themes/default/templates/essay.html:1")
    );
    // A template that reads well and can't be rendered: nothing newer can be shown, so the last good page is.
    site.write("themes/default/templates/essay.html", "<title>{{ nothing.here }}</title>");
    let page = server.wait_for(&mut changes, "/essays/ports/", "nothing");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<title>Out of ports</title>"), "{}", page.body);
    // Of a page that was never good, what is wrong is shown.
    let page = server.get("/essays/doors/");
    assert_eq!(page.status, 500);
    assert!(page.body.contains("/.ninefold/live.js"), "it shows again when it is mended");
    assert_eq!(server.get("/").status, 200);
    site.write("themes/default/templates/essay.html", "<title>Mended</title>");
    assert!(!server.wait_for(&mut changes, "/essays/ports/", "Mended").body.contains("nf-faults"));
}

#[test]
fn a_theme_that_is_broken_from_the_start_is_shown_and_can_be_mended() {
    let site = small_site().file("themes/default/templates/home.html", "{% if %}");
    let server = Server::of(&site);
    let page = server.get("/");
    assert_eq!(page.status, 500);
    assert!(page.body.contains("themes/default/templates/home.html:1"), "{}", page.body);
    let mut changes = server.listen();
    site.write("themes/default/templates/home.html", "<title>Home</title>");
    assert_eq!(server.wait_for(&mut changes, "/", "<title>Home</title>").status, 200);
}

#[test]
fn files_and_folders_may_go_come_and_change_places() {
    let site = small_site();
    let server = Server::of(&site);
    let mut changes = server.listen();
    site.remove("content/essays/doors.md");
    server.wait_for(&mut changes, "/essays/doors/", "<title>Not found</title>");
    // A folder in the place of a file, then the other way round.
    site.write("content/essays/doors/index.md", essay("A folder of doors", "", "Words."));
    server.wait_for(&mut changes, "/essays/doors/", "A folder of doors");
    fs::remove_dir_all(site.root().join("content/essays/doors")).expect("the folder");
    site.write("content/essays/doors.md", essay("Doors again", "", "Words."));
    server.wait_for(&mut changes, "/essays/doors/", "Doors again");
    // A kind of its own appears, a whole folder is renamed away and back.
    fs::rename(site.root().join("content/essays"), site.root().join("content/.away")).expect("renamed");
    server.wait_for(&mut changes, "/essays/doors/", "<title>Not found</title>");
    fs::rename(site.root().join("content/.away"), site.root().join("content/essays")).expect("renamed");
    server.wait_for(&mut changes, "/essays/doors/", "Doors again");
    site.write("content/essays/doors.md", essay("Doors, once more", "", "Words."));
    server.wait_for(&mut changes, "/essays/doors/", "Doors, once more");
    site.remove("content/site.yaml");
    server.wait_for(&mut changes, "/essays/doors/", "nf-faults");
    site.write("content/site.yaml", "title: Back\nbase_url: https://small.example\n");
    let back = server.wait_for(&mut changes, "/feed.xml", "<title>Back</title>");
    assert_eq!(back.status, 200);
}

#[test]
fn a_theme_that_is_made_while_the_site_is_served_is_followed_too() {
    let site = TestSite::with_default_theme().essay("a", "", "Words.");
    let server = Server::of(&site);
    let mut changes = server.listen();
    site.write("themes/default/templates/essay.html", "<title>First of its folder</title>");
    server.wait_for(&mut changes, "/essays/a/", "First of its folder");
    site.write("themes/default/templates/essay.html", "<title>And then changed</title>");
    server.wait_for(&mut changes, "/essays/a/", "And then changed");
}

#[test]
fn search_is_indexed_when_it_is_asked_for_and_again_after_a_change() {
    const ENTRY: &str = "/pagefind/pagefind-entry.json";
    let site = small_site();
    let server = Server::of(&site);
    let first = server.get(ENTRY);
    assert_eq!((first.status, first.header("content-type")), (200, Some("application/json")));
    assert_eq!(server.get("/pagefind/pagefind.js").header("content-type"), Some("text/javascript; charset=utf-8"));
    assert_eq!(server.get("/pagefind/nothing.js").status, 404);
    let meta = |answer: &str| {
        let entry: serde_json::Value = serde_json::from_str(answer).expect("JSON");
        format!("/pagefind/pagefind.{}.pf_meta", entry["languages"]["en"]["hash"].as_str().expect("a hash"))
    };
    let before = meta(&first.body);
    assert_eq!(server.get(&before).status, 200);
    site.write("content/essays/new.md", essay("New", "", "A word nobody used: quokka."));
    let second = server.ask_until(ENTRY, |answer| answer.body != first.body);
    assert_eq!(server.get(&meta(&second.body)).status, 200);
    // A browser that began before the change can go on.
    assert_eq!(server.get(&before).status, 200);
    site.write("content/site.yaml", "title: Off\nbase_url: https://small.example\nsearch: false\n");
    server.ask_until(ENTRY, |answer| answer.status == 404);
}
