//! The output folder: what is written, kept, removed, refused.

use std::fs;

use crate::support::{TestSite, files};

fn site() -> TestSite {
    TestSite::new().essay("a", "patterns: [lag]", "One [slow](pattern:lag) thing.").essay("b", "", "See [a](a.md).")
}

#[test]
fn the_second_build_writes_nothing_and_renders_nothing() {
    let site = site();
    let first = site.build();
    assert!(first.counters.done.written > 20);
    let before = site.output();
    let second = site.build();
    assert_eq!(second.counters.rendered, 0);
    assert_eq!((second.counters.done.written, second.counters.done.removed), (0, 0));
    assert_eq!(second.counters.done.unchanged, first.counters.done.written);
    assert_eq!(site.output(), before);
}

#[test]
fn without_its_memory_a_build_renders_all_and_writes_nothing() {
    let site = site();
    site.build();
    fs::remove_dir_all(site.root().join(".ninefold")).expect("the memory");
    let again = site.build();
    assert!(again.counters.rendered > 20);
    assert_eq!(again.counters.done.written, 0);
}

#[test]
fn an_edit_writes_the_pages_that_show_it() {
    let site = site();
    site.build();
    site.write("content/essays/b.md", crate::support::essay("b", "", "See [a](a.md) again."));
    let built = site.build();
    assert!(site.page("/essays/b/").contains("again"));
    // b, a (which quotes the sentence), both feeds of the site, home's and the list's summary of b, and the data.
    assert!((3..=8).contains(&built.counters.done.written), "{:?}", built.counters);
}

#[test]
fn incremental_equals_clean() {
    let site = site();
    site.build();
    site.write("content/essays/c.md", crate::support::essay("c", "patterns: [lag, tangles]", "New."));
    site.remove("content/essays/b.md");
    site.build();
    let incremental = site.output();
    fs::remove_dir_all(site.out()).expect("the output");
    fs::remove_dir_all(site.root().join(".ninefold")).expect("the memory");
    site.build();
    assert_eq!(site.output(), incremental);
}

#[test]
fn stale_files_of_ours_go_and_foreign_files_stay() {
    let site = site();
    site.build();
    site.write("public/CNAME", "example.org");
    site.write("public/essays/b/notes.txt", "mine");
    site.remove("content/essays/b.md");
    let built = site.build();
    assert!(!site.has_page("/essays/b/"));
    assert!(built.counters.done.removed >= 1);
    assert_eq!(fs::read_to_string(site.out().join("CNAME")).expect("CNAME"), "example.org");
    assert!(site.out().join("essays/b/notes.txt").is_file());
}

#[test]
fn a_folder_that_is_not_ours_is_refused_without_force() {
    let site = site();
    site.write("public/thesis.doc", "mine");
    let built = site.try_build();
    assert!(built.has_errors());
    assert_eq!(files(&site.out()).len(), 1);
    let forced = ninefold::pipeline::build(&ninefold::pipeline::Options { force: true, ..site.options() });
    assert!(!forced.has_errors());
    assert!(site.out().join("thesis.doc").is_file());
    assert!(site.has_page("/essays/a/"));
}

#[test]
fn a_failed_build_leaves_the_old_site() {
    let site = site();
    site.build();
    let before = site.output();
    site.write("content/essays/a.md", crate::support::essay("a", "patterns: [lagg]", "Broken."));
    assert!(site.try_build().has_errors());
    assert_eq!(site.output(), before);
    site.write("content/essays/a.md", crate::support::essay("a", "", "Mended."));
    site.write("themes/default/templates/essay.html", "{{ nothing.here }}");
    assert!(site.try_build().has_errors());
    assert_eq!(site.output(), before);
}

#[test]
fn a_file_edited_by_hand_is_put_right() {
    let site = site();
    site.build();
    let before = site.output();
    site.write("public/essays/a/index.html", "vandalised, and longer or shorter than it was");
    site.build();
    assert_eq!(site.output(), before);
}

#[test]
fn a_foreign_file_in_the_way_is_not_replaced() {
    let site = site();
    site.build();
    site.write("public/about/index.html", "mine");
    site.write("content/pages/about.md", "---\ntitle: About\n---\nUs.\n");
    let built = site.try_build();
    assert!(site.shown(&built.diagnostics).contains("was not written by Ninefold"));
    assert_eq!(fs::read_to_string(site.out().join("about/index.html")).expect("the file"), "mine");
}

#[test]
fn a_page_may_become_a_folder_and_a_folder_a_page() {
    let site = site().file("content/static/x", "a file");
    site.build();
    site.remove("content/static/x");
    site.write("content/static/x/y", "below");
    site.build();
    assert!(site.out().join("x/y").is_file());
    fs::remove_dir_all(site.root().join("content/static/x")).expect("the folder");
    site.write("content/static/x", "a file again");
    site.build();
    assert!(site.out().join("x").is_file());
}

#[test]
fn a_link_in_the_output_is_not_followed() {
    let site = site();
    site.build();
    let elsewhere = tempfile::tempdir().expect("a folder");
    fs::remove_dir_all(site.out().join("essays")).expect("the pages");
    #[cfg(unix)]
    std::os::unix::fs::symlink(elsewhere.path(), site.out().join("essays")).expect("a link");
    let built = site.try_build();
    assert!(built.has_errors());
    assert!(files(elsewhere.path()).is_empty());
}

#[test]
fn a_build_killed_between_renames_is_finished_by_the_next() {
    let site = site();
    site.build();
    // As a kill would leave it: the manifest names old and new, some files are new, the stage is still there.
    site.write("content/essays/c.md", crate::support::essay("c", "", "New."));
    let manifest = fs::read_to_string(site.out().join(".ninefold-manifest")).expect("the manifest");
    let hash = "0".repeat(64);
    site.write("public/.ninefold-manifest", format!("{manifest}{hash}  essays/c/index.html\n"));
    site.write("public/essays/c/index.html", "half of it");
    site.write(".public.ninefold-stage/essays/d/index.html", "left over");
    site.build();
    assert!(site.page("/essays/c/").contains("New."));
    assert!(!site.root().join(".public.ninefold-stage").exists());
    assert!(!site.has_page("/essays/d/"));
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let site = site();
    let mut outputs = Vec::new();
    for threads in [1, 2, 4] {
        ninefold::pipeline::build_on(&site.options(), threads).expect("threads");
        outputs.push(site.output());
        fs::remove_dir_all(site.out()).expect("the output");
        fs::remove_dir_all(site.root().join(".ninefold")).expect("the memory");
    }
    assert!(outputs.windows(2).all(|pair| pair[0] == pair[1]));
}

#[test]
fn the_order_in_which_a_folder_lists_its_files_does_not_matter() {
    let essays: Vec<(String, String)> = (0..12)
        .map(|n| {
            (
                format!("content/essays/e{n}.md"),
                crate::support::essay(&format!("E {n}"), "patterns: [lag, tangles]", "It is [late](pattern:lag)."),
            )
        })
        .collect();
    // Folders list their files in the order of their making, or of hashes of their names: make them in several orders.
    let made = |order: &dyn Fn(usize) -> usize| {
        let site = TestSite::new();
        for n in 0..essays.len() {
            let (path, text) = &essays[order(n)];
            site.write(path, text);
        }
        site.build();
        site.output()
    };
    let forwards = made(&|n| n);
    assert_eq!(made(&|n| 11 - n), forwards);
    assert_eq!(made(&|n| n * 5 % 12), forwards);
}
