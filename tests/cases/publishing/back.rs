//! The version that a place showed before, brought again; and a folder that is switched at once.

use std::collections::BTreeMap;
use std::fs;

use ninefold::publish::Options;

use super::{at, branch, live, options, publish_and, published, said, site, with_targets};
use crate::support::{TestSite, essay, files};

fn shown(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    files(&live(site)).into_iter().filter(|(path, _)| !path.starts_with(".ninefold")).collect()
}

fn back(site: &TestSite) -> Options {
    Options { back: true, ..options(site) }
}

/// Publishes three versions: a page that changes, one that goes, one that comes.
fn two_versions(site: &TestSite) -> BTreeMap<String, Vec<u8>> {
    published(site, &options(site));
    site.write("content/essays/a.md", essay("a", "", "The version to go back to."));
    site.write("content/essays/b.md", essay("b", "", "B."));
    published(site, &options(site));
    let good = shown(site);
    site.write("content/essays/a.md", essay("a", "", "A mistake."));
    site.remove("content/essays/b.md");
    site.write("content/essays/c.md", essay("c", "", "C."));
    published(site, &options(site));
    good
}

#[test]
fn the_last_version_is_brought_again_and_stays_the_last() {
    for target in ["live: {type: dir, path: live}", "live: {type: dir, path: live, switch: atomic}"] {
        let site = with_targets(target);
        let good = two_versions(&site);
        let bad = shown(&site);
        assert_ne!(good, bad);
        published(&site, &Options { dry_run: true, ..back(&site) });
        assert_eq!(shown(&site), bad, "a dry run changes nothing");
        let told = published(&site, &back(&site));
        assert!(told.contains("+ essays/b/index.html") && told.contains("- essays/c/index.html"), "{told}");
        assert_eq!(shown(&site), good);
        assert_eq!(publish_and(&back(&site), || ()).report.sent, 0, "it is there already");
        assert_eq!(shown(&site), good);
        // What the sources make comes with the next publication.
        published(&site, &options(&site));
        assert_eq!(shown(&site), bad);
        published(&site, &back(&site));
        assert_eq!(shown(&site), good);
    }
}

#[test]
fn copies_of_a_version_are_removed_when_another_is_the_last_and_when_their_time_is_over() {
    let site = site();
    let copies = || -> Vec<String> {
        files(&live(&site))
            .into_iter()
            .map(|(path, _)| path)
            .filter(|path| path.starts_with(".ninefold-last"))
            .collect()
    };
    published(&site, &at(&site, "2026-06-01T00:00:00Z"));
    assert_eq!(copies(), [""; 0], "there is no version before the first");
    assert!(
        said(&site, &back(&site)).starts_with("error[no-last-version]: the place keeps no version before this one")
    );
    site.write("content/essays/a.md", essay("a", "", "Second."));
    published(&site, &at(&site, "2026-06-01T00:00:00Z"));
    let first = copies();
    site.write("content/essays/a.md", essay("a", "", "Third."));
    published(&site, &at(&site, "2026-06-02T00:00:00Z"));
    let second = copies();
    assert!(first.len() > 2 && first.len() == second.len() && first != second, "{first:?}, {second:?}");
    published(&site, &at(&site, "2026-07-01T23:00:00Z"));
    assert_eq!(copies(), second, "30 days are not over");
    published(&site, &at(&site, "2026-07-02T00:00:00Z"));
    assert_eq!(copies(), [""; 0]);
}

#[test]
fn a_file_of_the_last_version_that_others_changed_stops_the_run_and_is_named() {
    let site = site();
    two_versions(&site);
    let folder = live(&site).join(".ninefold-last");
    for entry in fs::read_dir(&folder).expect("copies") {
        fs::write(entry.expect("a copy").path(), "changed").expect("a copy");
    }
    let said = said(&site, &back(&site));
    assert!(said.contains("error[no-last-version]: of the last version `"), "{said}");
}

#[test]
fn a_version_is_kept_also_where_a_run_was_cut_short() {
    let site = site();
    published(&site, &options(&site));
    let good = shown(&site);
    site.write("content/essays/a.md", essay("a", "", "New."));
    site.write("content/essays/b.md", essay("b", "", "B."));
    let blocked = live(&site).join("essays/b/index.html/x");
    let failed = publish_and(&options(&site), || fs::create_dir_all(&blocked).expect("a folder"));
    assert!(failed.diagnostics.iter().any(|fault| fault.code() == "store"), "{:?}", failed.diagnostics);
    fs::remove_dir_all(live(&site).join("essays/b")).expect("the folder");
    assert_ne!(shown(&site), good);
    published(&site, &back(&site));
    assert_eq!(shown(&site), good);
    published(&site, &options(&site));
    published(&site, &back(&site));
    assert_eq!(shown(&site), good);
}

#[test]
#[cfg(unix)]
fn a_folder_that_is_switched_shows_one_version_or_the_other() {
    let site = with_targets("live: {type: dir, path: live, switch: atomic}");
    published(&site, &options(&site));
    let version = || fs::read_link(live(&site)).expect("a link").display().to_string();
    assert_eq!(version(), "live.versions/1");
    let before = shown(&site);
    site.write("content/essays/a.md", essay("a", "", "New."));
    site.write("content/essays/b.md", essay("b", "", "B."));
    // While files are written readers see nothing of it.
    let sent = std::sync::Mutex::new(0);
    ninefold::publish::publish(&options(&site), &|event| {
        if let ninefold::publish::Event::Sent(_) = event {
            *sent.lock().expect("a number") += 1;
            assert_eq!(shown(&site), before);
        }
    });
    assert!(*sent.lock().expect("a number") > 2);
    assert_eq!(version(), "live.versions/2");
    assert!(shown(&site).contains_key("essays/b/index.html"));
    site.write("content/essays/a.md", essay("a", "", "Third."));
    published(&site, &options(&site));
    let mut versions: Vec<_> = fs::read_dir(site.root().join("live.versions"))
        .expect("a folder")
        .map(|entry| entry.expect("a version").file_name())
        .collect();
    versions.sort();
    assert_eq!(versions, ["2", "3"], "the one shown and the one before it, no lock, nothing half done");
}

#[test]
#[cfg(unix)]
fn a_plain_folder_is_not_taken_for_a_link() {
    let site = site();
    published(&site, &options(&site));
    let config = fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml");
    site.write("content/site.yaml", config.replace("path: live", "path: live, switch: atomic"));
    insta::assert_snapshot!(said(&site, &options(&site)), @r"
    error[bad-target]: `FOLDER/live` is no link, which `switch: atomic` needs
     |
     = help: make one of it: `mkdir FOLDER/live.versions && mv FOLDER/live FOLDER/live.versions/1 && ln -s live.versions/1 FOLDER/live`
    ");
    fs::create_dir(site.root().join("live.versions")).expect("a folder");
    fs::rename(live(&site), site.root().join("live.versions/1")).expect("a folder");
    std::os::unix::fs::symlink("live.versions/1", live(&site)).expect("a link");
    site.write("content/essays/a.md", essay("a", "", "New."));
    let told = published(&site, &options(&site));
    assert!(told.contains(" 0 to add"), "{told}");
}

#[test]
fn a_branch_goes_back_by_a_commit() {
    let (site, remote) = branch::site("");
    let page = || branch::git(remote.path(), &["show", "gh-pages:essays/a/index.html"]);
    published(&site, &options(&site));
    assert!(said(&site, &back(&site)).contains("error[no-last-version]: the branch has no commit of ours"));
    let good = page();
    site.write("content/essays/a.md", essay("a", "", "A mistake."));
    published(&site, &options(&site));
    assert_ne!(page(), good);
    let told = published(&site, &back(&site));
    assert!(told.contains("~ essays/a/index.html"), "{told}");
    assert_eq!(page(), good);
    assert_eq!(branch::git(remote.path(), &["rev-list", "gh-pages"]).lines().count(), 3);
    published(&site, &back(&site));
    assert_eq!(page(), good, "it is there already");
    assert_eq!(branch::git(remote.path(), &["rev-list", "gh-pages"]).lines().count(), 3);
    published(&site, &options(&site));
    assert!(page().contains("A mistake."));
}
