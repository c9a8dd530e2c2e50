//! What publishing refuses, word for word. A dry run refuses the same.

use std::fs;

use ninefold::publish::Options;

use super::{live, options, publish_and, published, said, site, with_targets};
use crate::support::{TestSite, files};

/// What both a run and a dry run say; the place is as it was before.
fn refused(site: &TestSite, with: &Options) -> String {
    let before = files(&live(site));
    let dry = said(site, &Options { dry_run: true, ..with.clone() });
    let real = said(site, with);
    assert_eq!(dry, real);
    assert_eq!(files(&live(site)), before);
    real
}

#[test]
fn a_target_must_be_named_and_known() {
    let none = TestSite::new().essay("a", "", "A.");
    insta::assert_snapshot!(refused(&none, &options(&none)), @r"
    error[no-target]: the site names no place to publish to
    --> content/site.yaml
     = help: add one to `site.yaml`: `publish: {live: {type: dir, path: /srv/www}}`; `type` may be s3, git or rsync too
    ");
    let two = with_targets("live: {type: dir, path: live}\n  other: {type: dir, path: other}");
    insta::assert_snapshot!(refused(&two, &options(&two)), @r"
    error[no-target]: the site names more than one place to publish to
    --> content/site.yaml
     = help: name one after the command: live, other
    ");
    let misspelt = Options { target: Some("lvie".to_owned()), ..options(&two) };
    insta::assert_snapshot!(refused(&two, &misspelt), @r"
    error[no-target]: there is no target `lvie`
    --> content/site.yaml
     = help: did you mean `live`?
    ");
}

#[test]
fn a_site_with_errors_or_without_content_is_not_published() {
    let bad = site().essay("b", "patterns: lagg", "B.");
    insta::assert_snapshot!(refused(&bad, &options(&bad)), @r"
    error[not-built]: the site has errors: nothing was published
     |
     = help: mend them and run the command again
    ");
    let empty = site();
    empty.remove("content/essays/a.md");
    insta::assert_snapshot!(refused(&empty, &options(&empty)), @r"
    error[empty-site]: the site has no essay, incident or page to publish
     |
     = help: write one, or see whether all are drafts or dated after today
    ");
}

#[test]
fn a_draft_that_stands_among_the_files_is_not_published() {
    let site = site().essay("secret", "draft: true", "S.").file("content/static/essays/secret/index.html", "S.");
    insta::assert_snapshot!(refused(&site, &options(&site)), @r"
    error[leaked-draft]: a file stands at `/essays/secret/`, the address of an essay that is a draft or dated after today
     |
     = help: delete it from `content/static/`, or publish the essay
    ");
}

#[test]
fn a_place_with_files_of_others_must_be_adopted() {
    let site = site().file("live/index.html", "mine").file("live/thesis.doc", "mine");
    insta::assert_snapshot!(refused(&site, &options(&site)), @r"
    error[foreign-target]: the place holds 2 files that Ninefold did not publish
     |
     = help: these would be replaced: index.html
     = help: publish with `--adopt` to take the place over; the others stay
    ");
}

#[test]
fn many_removals_need_force() {
    let site = site();
    for n in 0..30 {
        site.write(&format!("content/essays/n{n}.md"), crate::support::essay(&format!("n{n}"), "", "N."));
    }
    published(&site, &options(&site));
    (0..30).for_each(|n| site.remove(&format!("content/essays/n{n}.md")));
    insta::assert_snapshot!(refused(&site, &options(&site)), @r"
    error[too-many-removals]: 30 of 69 files would be removed
     |
     = help: if that is meant, publish with `--force`
    ");
    let said = said(&site, &Options { force: true, ..options(&site) });
    assert!(said.contains("warning[vanishing-address]: 10 more addresses will answer no more"), "{said}");
    assert!(!live(&site).join("essays/n1").exists());
}

#[test]
fn what_a_publisher_that_was_killed_after_its_record_left_goes_though_nothing_is_sent() {
    let site = site();
    published(&site, &options(&site));
    site.write("live/.ninefold-lock.json", "{\"holder\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"}");
    site.write("live/.ninefold-stage/half", "half");
    published(&site, &Options { dry_run: true, ..options(&site) });
    assert!(live(&site).join(".ninefold-lock.json").exists(), "a dry run changed the place");
    assert!(published(&site, &options(&site)).contains("0 to add, 0 to change, 0 to remove"));
    assert!(!live(&site).join(".ninefold-lock.json").exists());
    assert!(!live(&site).join(".ninefold-stage").exists());
    // A publisher that is at work is left alone.
    let held = "{\"holder\":\"x\",\"until\":\"2999-01-01T00:00:00Z\"}";
    site.write("live/.ninefold-lock.json", held);
    published(&site, &options(&site));
    assert_eq!(fs::read_to_string(live(&site).join(".ninefold-lock.json")).expect("the lock"), held);
}

#[test]
fn a_place_that_changed_since_the_plan_is_left_alone() {
    let site = site();
    published(&site, &options(&site));
    site.write("content/essays/a.md", crate::support::essay("a", "", "New."));
    let record = live(&site).join(".ninefold-manifest.json");
    let text = fs::read_to_string(&record).expect("a record");
    let published = publish_and(&options(&site), || {
        fs::write(&record, format!("{text} ")).expect("a record");
    });
    insta::assert_snapshot!(site.shown(&published.diagnostics), @r"
    error[target-changed]: another publisher changed the place since the plan was made
     |
     = help: run the command again: it plans anew
    ");
    assert!(!fs::read_to_string(live(&site).join("essays/a/index.html")).expect("a page").contains("New."));
}

#[test]
fn a_built_file_that_changes_meanwhile_is_not_published() {
    let site = site();
    let page = site.out().join("essays/a/index.html");
    let published = publish_and(&options(&site), || fs::write(&page, "changed").expect("a page"));
    let said = site.shown(&published.diagnostics);
    assert!(said.starts_with("error[changed-meanwhile]"), "{said}");
    assert!(!live(&site).join("essays/a/index.html").exists());
}

#[test]
fn a_record_that_leads_out_of_the_place_is_refused() {
    let site = site().file(
        "live/.ninefold-manifest.json",
        "{\"version\":1,\"files\":{\"../content/site.yaml\":{\"hash\":\"\",\"headers\":\"\"}}}",
    );
    insta::assert_snapshot!(refused(&site, &options(&site)), @r"
    error[bad-record]: `.ninefold-manifest.json` at the place can't be used: `../content/site.yaml` leads out of the place
     |
     = help: delete it there, then publish with `--adopt`
    ");
    assert!(site.root().join("content/site.yaml").exists());
}

#[test]
fn a_folder_that_overlaps_with_the_sites_own_is_refused() {
    for path in ["public", "public/sub", ".", "content/static"] {
        let site = with_targets(&format!("live: {{type: dir, path: {path}}}"));
        let said = said(&site, &options(&site));
        assert!(said.starts_with("error[bad-target]: the target's folder `FOLDER"), "{path}: {said}");
    }
}

#[test]
fn a_place_that_refuses_is_told() {
    let site = with_targets("live: {type: dir, path: content/site.yaml/x}");
    let said = said(&site, &options(&site));
    assert!(said.starts_with("error[bad-target]") || said.starts_with("error[store]"), "{said}");
}

#[test]
fn a_folder_without_a_repository_has_no_branch_to_publish_to() {
    let site = with_targets("live: {type: git, remote: ../x.git}");
    insta::assert_snapshot!(refused(&site, &options(&site)), @r"
    error[git]: the site's folder is in no git repository, or git is not installed
     |
     = help: make it one with `git init`, and add the remote that the target names
    ");
}

#[test]
fn who_has_lost_the_lock_stops() {
    let site = with_targets("live: {type: dir, path: live, lock: 1}");
    let lock = live(&site).join(".ninefold-lock.json");
    let is_first = std::sync::atomic::AtomicBool::new(true);
    let published = ninefold::publish::publish(&options(&site), &|event| {
        if let ninefold::publish::Event::Sent(_) = event
            && is_first.swap(false, std::sync::atomic::Ordering::Relaxed)
        {
            // As if this one had been asleep, and another had taken over.
            fs::write(&lock, "{\"holder\":\"x\",\"until\":\"2999-01-01T00:00:00Z\"}").expect("the lock");
            std::thread::sleep(std::time::Duration::from_millis(1500));
        }
    });
    let said = site.shown(&published.diagnostics);
    assert!(said.starts_with("error[target-changed]"), "{said}");
    assert!(!live(&site).join("index.html").exists(), "lists come later");
    assert!(fs::read_to_string(&lock).expect("the lock").contains("2999"), "the other's lock is left alone");
}
