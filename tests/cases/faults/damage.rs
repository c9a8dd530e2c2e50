//! Bytes that changed without a trace in sizes and times, and memories that are damaged anywhere.

use std::fs;
use std::path::PathBuf;

use super::{change_unseen, clean, entries, pages};
use crate::cases::publishing::{self, live, options, publish_and};
use crate::support::{TestSite, files};

fn memory(site: &TestSite) -> PathBuf {
    site.root().join(".ninefold")
}

#[test]
fn what_is_put_back_is_what_was_made() {
    let site = TestSite::new().essay("a", "", "A.").essay("b", "", "B.");
    site.build();
    let kept = files(&memory(&site).join("files")).into_iter().filter(|(_, bytes)| !bytes.is_empty());
    let kept: Vec<PathBuf> = kept.map(|(path, _)| memory(&site).join("files").join(path)).collect();
    assert!(kept.len() > 20);
    fs::remove_dir_all(site.out()).expect("the output");
    kept.iter().step_by(3).for_each(|path| change_unseen(path));
    let built = site.build();
    assert!((1..kept.len() / 2).contains(&built.counters.rendered), "{:?}", built.counters);
    assert!(site.output() == clean(&site));
}

#[test]
fn what_is_published_is_what_was_made() {
    let text = "title: Test\nbase_url: http://127.0.0.1:9\npublish:\n  live: {type: dir, path: live}\n";
    let site = publishing::site().file("content/site.yaml", text).file("content/static/x.txt", "a file of some length");
    site.build();
    let whole = pages(&site.out());
    let searched = whole.keys().find(|path| path.starts_with("pagefind") || path.contains("/pagefind")).cloned();
    for path in ["index.html", "essays/a/index.html", "x.txt", "feed.xml"].into_iter().chain(searched.as_deref()) {
        change_unseen(&site.out().join(path));
    }
    // A build that makes nothing looks at sizes and times only.
    assert_eq!(site.build().counters.done.written, 0);
    let published = publish_and(&options(&site), || ());
    assert_eq!(site.shown(&published.diagnostics), "");
    let shown = |site: &TestSite| -> super::Contents {
        pages(&live(site)).into_iter().filter(|(path, _)| !path.starts_with(".ninefold-")).collect()
    };
    assert!(shown(&site) == whole && pages(&site.out()) == whole);
    // The same where the memory can't be written.
    site.write("content/essays/a.md", crate::support::essay("a", "", "New."));
    site.build();
    fs::remove_dir_all(memory(&site)).expect("the memory");
    change_unseen(&site.out().join("essays/a/index.html"));
    let published = publish_and(&options(&site), || ());
    assert_eq!(site.shown(&published.diagnostics), "");
    // Pieces of the search index before stay for readers who have an older page open.
    let (clean, shown) = (without_manifest(clean(&site)), shown(&site));
    assert!(clean.iter().all(|(path, bytes)| shown.get(path) == Some(bytes)));
    let others = shown.keys().filter(|path| clean.iter().all(|(known, _)| known != *path));
    assert!(others.clone().all(|path| path.contains("pagefind")), "{:?}", others.collect::<Vec<_>>());
}

fn without_manifest(files: Vec<(String, Vec<u8>)>) -> Vec<(String, Vec<u8>)> {
    files.into_iter().filter(|(path, _)| path != ninefold::write::MANIFEST).collect()
}

#[test]
fn a_memory_that_is_damaged_anywhere_changes_nothing() {
    let site = TestSite::new().essay("a", "patterns: [lag]", "A.\n\n```rust\nfn main() {}\n```").essay("b", "", "B.");
    site.build();
    let expected = clean(&site);
    let names: Vec<String> = entries(&memory(&site)).into_keys().filter(|name| !name.starts_with("files")).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    for name in &names {
        let path = memory(&site).join(name);
        let whole = fs::read(&path).expect("the file");
        for part in 0..8 {
            let at = (whole.len() * part + 3) / 8;
            let mut flipped = whole.clone();
            flipped[at] ^= 16;
            for bad in [&flipped[..], &whole[..at]] {
                fs::write(&path, bad).expect("damage");
                site.build();
                assert!(site.output() == expected, "{name} at {at}");
            }
        }
    }
}
