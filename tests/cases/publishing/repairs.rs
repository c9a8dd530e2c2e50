//! Places that others changed since the last publication: what is seen without a word, and what `--repair` sees.

use std::fs;

use ninefold::publish::Options;

use super::branch;
use super::{live, options, publish_and, published, said, site, with_targets};

#[test]
fn what_is_gone_or_of_another_length_in_a_folder_is_sent_again() {
    let site = site();
    published(&site, &options(&site));
    fs::remove_file(live(&site).join(".nojekyll")).expect("a file");
    site.write("live/essays/a/index.html", "mine");
    let told = published(&site, &options(&site));
    insta::assert_snapshot!(told, @r"
    live (folder live): 0 to add, 2 to change, 0 to remove, 37 unchanged
      ~ .nojekyll
      ~ essays/a/index.html
      2 were changed there by others: .nojekyll, essays/a/index.html
    ");
    assert!(live(&site).join(".nojekyll").exists());
    assert_ne!(fs::read_to_string(live(&site).join("essays/a/index.html")).expect("a page"), "mine");
    assert_eq!(publish_and(&options(&site), || ()).report.changed_by_others, [""; 0]);
}

#[test]
fn what_only_reading_shows_is_found_by_a_repair() {
    let site = site();
    published(&site, &options(&site));
    let page = live(&site).join("essays/a/index.html");
    let text = fs::read_to_string(&page).expect("a page");
    fs::write(&page, text.replace("<title>", "<TITLE>")).expect("a page");
    assert_eq!(publish_and(&options(&site), || ()).report.sent, 0);
    let repaired = publish_and(&Options { repair: true, ..options(&site) }, || ());
    assert_eq!(repaired.report.changed_by_others, ["essays/a/index.html"]);
    assert_eq!(fs::read_to_string(&page).expect("a page"), text);
}

#[test]
fn a_branch_is_mended_whatever_others_did_to_it() {
    let (site, remote) = branch::site(", branch: pages");
    published(&site, &options(&site));
    let work = tempfile::tempdir().expect("a folder");
    let there = remote.path().to_str().expect("UTF-8");
    branch::git(work.path(), &["clone", "--quiet", "--branch", "pages", there, "."]);
    fs::remove_file(work.path().join(".nojekyll")).expect("a file");
    fs::write(work.path().join("index.html"), "mine").expect("a page");
    fs::write(work.path().join("letter.txt"), "mine").expect("a file");
    branch::git(work.path(), &["add", "--all"]);
    branch::git(work.path(), &["commit", "--quiet", "-m", "By hand"]);
    branch::git(work.path(), &["push", "--quiet", "origin", "pages"]);
    let report = publish_and(&options(&site), || ()).report;
    assert_eq!(report.changed_by_others, [".nojekyll", "index.html"]);
    let show = |path: &str| branch::git(remote.path(), &["show", &format!("pages:{path}")]);
    assert_eq!(show(".nojekyll"), "");
    assert_ne!(show("index.html"), "mine");
    assert_eq!(show("letter.txt"), "mine", "files of others stay");
    assert_eq!(publish_and(&options(&site), || ()).report.sent, 0);
}

#[cfg(unix)]
#[test]
fn a_link_to_an_empty_folder_is_an_empty_place() {
    let site = with_targets("live: {type: dir, path: link}");
    fs::create_dir(site.root().join("www")).expect("a folder");
    std::os::unix::fs::symlink("www", site.root().join("link")).expect("a link");
    assert_eq!(said(&site, &options(&site)), "");
    assert!(site.root().join("www/index.html").exists());
}
