//! The site in memory: what a change makes of it, with texts that are not saved, and how often a page is rendered.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use ninefold::model::UrlPath;
use ninefold::render::Output;
use ninefold::snapshot::{Change, Snapshot};

use crate::support::{TestSite, essay, now};

fn site() -> TestSite {
    TestSite::new().essay("a", "", "The first words.").essay("b", "", "Others.").essay(
        "c",
        "",
        "See [the first](a.md).",
    )
}

fn read(site: &TestSite) -> Snapshot {
    Snapshot::read(site.root(), site.include, now())
}

fn page(snapshot: &Snapshot, url: &str) -> String {
    match snapshot.output(&UrlPath::new(url)).expect("a page").expect("a page that can be rendered") {
        Output::Shared(bytes) => String::from_utf8(bytes.to_vec()).expect("text"),
        output => panic!("{output:?} is no page"),
    }
}

fn path(site: &TestSite, id: &str) -> PathBuf {
    site.root().join(format!("content/essays/{id}.md"))
}

/// The text of `id` in an editor; none when it is closed there.
fn open(site: &TestSite, id: &str, text: Option<&str>) -> Change {
    Change::Texts(BTreeMap::from([(path(site, id), text.map(Arc::from))]))
}

fn saved(site: &TestSite, id: &str, text: &str) -> Change {
    std::fs::write(path(site, id), text).expect("saved");
    Change::Paths([path(site, id)].into())
}

#[test]
fn a_page_is_rendered_once_for_all_who_ask_and_again_when_it_changed() {
    let site = site();
    let first = read(&site);
    for _ in 0..3 {
        page(&first, "/essays/a/");
    }
    assert_eq!(first.rendered(), 1);
    let second = first.apply(&saved(&site, "a", &essay("a", "", "Newer words.")), now()).expect("a change");
    for _ in 0..3 {
        assert!(page(&second, "/essays/a/").contains("Newer words."));
    }
    assert_eq!(second.rendered(), 2);
    // Another essay's words are not on it.
    let third = second.apply(&saved(&site, "b", &essay("b", "", "Quite others.")), now()).expect("a change");
    assert!(page(&third, "/essays/a/").contains("Newer words."));
    assert_eq!(third.rendered(), 2);
}

#[test]
fn a_text_that_is_not_saved_stands_for_its_file_until_it_is_closed() {
    let site = site();
    let unsaved = essay("a", "", "Words in an editor, and [nothing](nowhere.md).");
    let first = read(&site);
    let opened = first.apply(&open(&site, "a", Some(&unsaved)), now()).expect("a change");
    assert!(page(&opened, "/essays/a/").contains("Words in an editor"));
    let faults = |snapshot: &Snapshot| snapshot.diagnostics.iter().filter(|fault| fault.is_error()).count();
    assert_eq!(faults(&opened), 1, "what is wrong with it is found");
    assert!(page(&first, "/essays/a/").contains("The first words."), "the snapshot before is as it was");
    assert!(opened.apply(&open(&site, "a", Some(&unsaved)), now()).is_none(), "the same again is no change");

    let on_disk = saved(&site, "a", &essay("a", "", "Saved by another program."));
    assert!(opened.apply(&on_disk, now()).is_none(), "the editor's text stands before it");
    let other = opened.apply(&saved(&site, "b", &essay("b", "", "Others, too.")), now()).expect("a change");
    assert!(page(&other, "/essays/a/").contains("Words in an editor"));
    let reread = other.apply(&Change::Anything, now()).map_or(page(&other, "/essays/a/"), |it| page(&it, "/essays/a/"));
    assert!(reread.contains("Words in an editor"));

    let closed = other.apply(&open(&site, "a", None), now()).expect("a change");
    assert!(page(&closed, "/essays/a/").contains("Saved by another program."));
    assert_eq!(faults(&closed), 0);
}

#[test]
fn an_unsaved_text_of_a_file_that_is_not_there_counts_once_it_is_saved() {
    let site = site();
    let first = read(&site);
    let opened =
        first.apply(&open(&site, "d", Some(&essay("d", "", "In the editor."))), now()).expect("it is remembered");
    let url = UrlPath::new("/essays/d/");
    assert!(opened.output(&url).is_none());
    let there = opened.apply(&saved(&site, "d", &essay("d", "", "On disk.")), now()).expect("a change");
    assert!(page(&there, "/essays/d/").contains("In the editor."));
}

#[test]
fn what_was_told_of_a_file_that_stood_there_for_a_moment_goes_with_it() {
    let site = site();
    let passing = site.root().join("content/essays/sedF4kG28");
    std::fs::write(&passing, essay("a", "", "Newer words.")).expect("written");
    let between = read(&site).apply(&Change::Anything, now()).unwrap_or_else(|| read(&site));
    assert!(between.diagnostics.iter().any(|fault| fault.code() == "unused-file"));
    std::fs::rename(&passing, path(&site, "a")).expect("renamed");
    let last = between.apply(&Change::Paths([passing, path(&site, "a")].into()), now()).expect("a change");
    assert!(page(&last, "/essays/a/").contains("Newer words."));
    assert_eq!(last.diagnostics, []);
}
