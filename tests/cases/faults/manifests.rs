//! The list of our files, damaged in every way: it is reported, no build stops at it, nothing of others is lost, and the next
//! build heals it.

use std::fs;

use ninefold::write::MANIFEST;

use super::{Contents, clean, pages, reported};
use crate::support::{TestSite, essay};

fn site() -> TestSite {
    TestSite::new().essay("a", "patterns: [lag]", "A.").essay("b", "", "B.").file("content/static/x.txt", "x")
}

/// Builds with this manifest, and an edit, in a folder where somebody else's file lies. Whether it was seen to be damaged.
fn heals(site: &TestSite, manifest: &[u8], n: usize, what: &str) -> bool {
    site.write("public/theirs/index.html", "of somebody else");
    site.write("content/essays/a.md", essay("a", "patterns: [lag]", &format!("A, edited {n} times.")));
    fs::write(site.out().join(MANIFEST), manifest).expect("the manifest");
    let built = site.build();
    let is_damaged = reported(site, &built).contains("warning[damaged-manifest]: `FOLDER/public/.ninefold-manifest`");
    let mut output: Contents = site.output().into_iter().collect();
    assert_eq!(output.remove("theirs/index.html").as_deref(), Some("of somebody else".as_bytes()), "{what}");
    assert!(output == clean(site).into_iter().collect(), "{what}: the output is another one");
    assert_eq!(reported(site, &site.build()), "", "{what}: built once more");
    is_damaged
}

#[test]
fn a_damaged_manifest_is_reported_and_healed() {
    let site = site();
    site.build();
    let mut builds = 0;
    let mut next = || {
        builds += 1;
        (builds, fs::read(site.out().join(MANIFEST)).expect("the manifest"))
    };
    for part in 0..12 {
        let (n, whole) = next();
        let cut = whole.len() * part / 12;
        assert!(heals(&site, &whole[..cut], n, &format!("cut at {cut}")));
        let (n, mut flipped) = next();
        let at = (flipped.len() * part + 5) / 12;
        flipped[at] ^= 4;
        assert!(heals(&site, &flipped, n, &format!("changed at {at}")));
    }
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let (n, whole) = next();
    let added = format!("{}  theirs/index.html\n", "0".repeat(64));
    assert!(heals(&site, format!("{}{added}", text(whole)).as_bytes(), n, "a line at its end"));
    let (n, whole) = next();
    let first_line = text(whole).replacen('\n', &format!("\n{added}"), 1);
    assert!(heals(&site, first_line.as_bytes(), n, "a line at its start"));
    let (n, whole) = next();
    assert!(heals(&site, text(whole).replace("manifest 2", "manifest 3").as_bytes(), n, "a later version"));
    let (n, _) = next();
    assert!(heals(&site, b"\xff\xfe\0", n, "no text"));
}

#[test]
fn the_first_version_of_the_manifest_is_taken_over() {
    let site = site();
    site.build();
    let manifest = fs::read_to_string(site.out().join(MANIFEST)).expect("the manifest");
    let lines = manifest.lines().filter(|line| !line.starts_with("sum "));
    let first: String = lines.map(|line| format!("{}\n", line.replace("manifest 2", "manifest 1"))).collect();
    site.remove("content/essays/b.md");
    assert!(!heals(&site, first.as_bytes(), 1, "the first version"));
    assert!(!site.has_page("/essays/b/"));
}

#[test]
fn lists_and_memories_of_two_sites_that_were_swapped_do_no_harm() {
    let (one, other) = (site(), site().essay("c", "patterns: [tangles]", "C.").file("content/static/y.txt", "y"));
    other.remove("content/essays/b.md");
    let swap = |path: &str| {
        let (a, b) = (one.root().join(path), other.root().join(path));
        let aside = one.root().join("aside");
        fs::rename(&a, &aside).and_then(|()| fs::rename(&b, &a)).and_then(|()| fs::rename(&aside, &b)).expect("a swap");
    };
    for paths in [&["public/.ninefold-manifest"][..], &[".ninefold"], &["public/.ninefold-manifest", ".ninefold"]] {
        one.build();
        other.build();
        let before = (pages(&one.out()), pages(&other.out()));
        paths.iter().for_each(|path| swap(path));
        for site in [&one, &other] {
            site.build();
            assert!(site.output() == clean(site), "{paths:?}");
        }
        assert!((pages(&one.out()), pages(&other.out())) == before, "{paths:?}");
    }
}
