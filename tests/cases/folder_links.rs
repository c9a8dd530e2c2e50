//! Folders and files that links among the texts lead to.

use std::fs;
use std::os::unix::fs::symlink;

use super::folders::essay;
use crate::support::TestSite;

#[test]
fn a_link_to_texts_in_the_project_is_followed() {
    let site = TestSite::new()
        .file("writing/a/index.md", essay("[p](p.txt)"))
        .file("writing/a/p.txt", "p")
        .file("writing/2018/b.md", essay("[a](../a/index.md)"))
        .file("notes/c.md", "---\ntitle: C\n---\n");
    let content = site.root().join("content");
    symlink("../writing", content.join("essays")).expect("a link");
    fs::create_dir_all(content.join("pages")).expect("a folder");
    symlink("../../notes/c.md", content.join("pages/c.md")).expect("a link");
    assert_eq!(site.said(), "");
    assert!(site.has_page("/essays/a/") && site.has_page("/essays/b/") && site.has_page("/c/"));
    assert!(site.out().join("essays/a/p.txt").is_file());
}

#[test]
fn a_link_elsewhere_is_followed_where_the_settings_name_the_folder() {
    let vault = tempfile::tempdir().expect("a folder");
    fs::write(vault.path().join("a.md"), essay("A.")).expect("a file");
    let site = TestSite::new();
    symlink(vault.path(), site.root().join("content/essays")).expect("a link");
    let shown = site.said().replace(&vault.path().display().to_string(), "VAULT");
    insta::assert_snapshot!(shown, @r"
    error[unread-link]: `content/essays` is a link to a folder elsewhere and is skipped
    --> content/essays
     = help: put a folder in its place, or name the folder in `follow` in site.yaml
    ");
    let settings =
        format!("title: T\nbase_url: https://example.org\nsearch: false\nfollow: {}\n", vault.path().display());
    site.write("content/site.yaml", settings);
    assert_eq!(site.said(), "");
    assert!(site.has_page("/essays/a/"));
}

#[test]
fn a_build_that_can_no_longer_see_the_essays_leaves_the_site() {
    let site = TestSite::new().file("writing/a.md", essay("A."));
    symlink("../writing", site.root().join("content/essays")).expect("a link");
    site.build();
    fs::rename(site.root().join("writing"), site.root().join("texts")).expect("a move");
    let built = site.try_build();
    assert!(built.has_errors());
    assert!(site.has_page("/essays/a/"));
}

#[test]
fn nothing_hidden_is_read_through_a_link_and_no_link_twice() {
    let site = TestSite::new().file(".drafts/a.md", essay("A.")).file("writing/b.md", essay("B."));
    let content = site.root().join("content");
    symlink("../.drafts", content.join("pages")).expect("a link");
    symlink("../content", content.join("incidents")).expect("a link");
    symlink("../writing", content.join("essays")).expect("a link");
    symlink("../writing", site.root().join("writing/again")).expect("a link");
    symlink("../writing", content.join("static")).expect("a link");
    insta::assert_snapshot!(site.said(), @r"
    error[unread-link]: `content/essays/again` is a link to a folder behind another link and is skipped
    --> content/essays/again
     = help: put a folder in its place

    error[unread-link]: `content/incidents` is a link to a folder of the site itself and is skipped
    --> content/incidents
     = help: put a folder in its place

    error[unread-link]: `content/pages` is a link to a folder elsewhere and is skipped
    --> content/pages
     = help: put a folder in its place, or name the folder in `follow` in site.yaml

    warning[skipped-link]: `content/static` is a link to a folder elsewhere and is skipped
    --> content/static
     = help: put a folder in its place, or name the folder in `follow` in site.yaml
    ");
}
