//! A branch of a remote, with the user's git and a bare repository.

use std::fs;
use std::path::Path;
use std::process::Command;

use ninefold::publish::Options;

use super::{options, publish_and, published, said, with_targets};
use crate::support::{TestSite, essay};

pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// A site in a repository whose remote `origin` is a bare one beside it.
pub fn site(more: &str) -> (TestSite, tempfile::TempDir) {
    let site = with_targets(&format!("pages: {{type: git{more}}}"));
    let remote = tempfile::tempdir().expect("a folder");
    git(remote.path(), &["init", "--quiet", "--bare"]);
    git(site.root(), &["init", "--quiet"]);
    site.write(".gitignore", "/public/\n/.ninefold/\n");
    git(site.root(), &["add", "."]);
    git(site.root(), &["commit", "--quiet", "-m", "First"]);
    git(site.root(), &["remote", "add", "origin", remote.path().to_str().expect("UTF-8")]);
    (site, remote)
}

fn page(remote: &tempfile::TempDir, path: &str) -> String {
    git(remote.path(), &["show", &format!("gh-pages:{path}")])
}

fn commits(remote: &tempfile::TempDir) -> usize {
    git(remote.path(), &["rev-list", "gh-pages"]).lines().count()
}

#[test]
fn a_branch_shows_the_site_and_nothing_here_is_touched() {
    let (site, remote) = site("");
    let state = |site: &TestSite| {
        (
            git(site.root(), &["status", "--porcelain"]),
            git(site.root(), &["show-ref"]),
            git(site.root(), &["stash", "list"]),
            git(site.root(), &["count-objects", "-v"]),
            site.root().join(".git/shallow").exists(),
        )
    };
    site.write("content/essays/a.md", essay("a", "", "Not committed."));
    git(site.root(), &["add", "content/essays/a.md"]);
    let before = state(&site);
    published(&site, &Options { dry_run: true, ..options(&site) });
    assert_eq!(git(remote.path(), &["for-each-ref"]), "", "a dry run moves nothing");
    published(&site, &options(&site));
    assert_eq!(state(&site), before);
    assert!(page(&remote, "essays/a/index.html").contains("Not committed."));
    assert_eq!(page(&remote, ".nojekyll"), "");
    assert_eq!(commits(&remote), 1);
    // Nothing new: no commit.
    published(&site, &options(&site));
    assert_eq!(commits(&remote), 1);
    site.write("content/essays/b.md", essay("b", "", "B."));
    site.remove("content/essays/a.md");
    published(&site, &options(&site));
    assert_eq!(commits(&remote), 2);
    let files = git(remote.path(), &["ls-tree", "-r", "--name-only", "gh-pages"]);
    assert!(files.contains("essays/b/index.html") && !files.contains("essays/a/index.html"), "{files}");
}

#[test]
fn a_commit_names_the_one_that_the_site_was_built_from() {
    let (site, remote) = site("");
    let message = || git(remote.path(), &["log", "-1", "--format=%B", "gh-pages"]).trim().to_owned();
    let source = git(site.root(), &["rev-parse", "--short", "HEAD"]).trim().to_owned();
    published(&site, &options(&site));
    assert_eq!(message(), format!("Publish the site of {source}"));
    site.write("content/essays/a.md", essay("a", "", "New."));
    published(&site, &options(&site));
    assert_eq!(message(), format!("Publish the site of {source}-dirty"));
    let config = fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml");
    site.write("content/site.yaml", config.replace("type: git", "type: git, message: \"Live: {commit}\""));
    site.write("content/essays/a.md", essay("a", "", "Newer."));
    published(&site, &options(&site));
    assert_eq!(message(), format!("Live: {source}-dirty"));
}

#[cfg(unix)]
#[test]
fn what_a_hook_of_the_server_refuses_is_told_and_a_dry_run_says_that_it_can_t_know() {
    use std::os::unix::fs::PermissionsExt;
    let (site, remote) = site("");
    let hook = remote.path().join("hooks/pre-receive");
    fs::create_dir_all(remote.path().join("hooks")).expect("a folder");
    fs::write(&hook, "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n").expect("a hook");
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).expect("a hook");
    let dry = publish_and(&Options { dry_run: true, ..options(&site) }, || ());
    assert_eq!(
        dry.report.summary(0.0),
        "Nothing was changed: this was a dry run, and what a hook of the server refuses is told only by a push"
    );
    insta::assert_snapshot!(said(&site, &options(&site)), @r"
    error[git]: git push failed: [remote rejected] (pre-receive hook declined); not on a Friday
     |
     = help: nothing was changed at the remote
    ");
}

#[test]
fn a_shallow_copy_of_the_site_publishes_and_stays_as_it_is() {
    let (site, remote) = site("");
    published(&site, &options(&site));
    let copy = tempfile::tempdir().expect("a folder");
    git(site.root(), &["push", "--quiet", "origin", "HEAD:main"]);
    let from = format!("file://{}", remote.path().display());
    git(copy.path(), &["clone", "--quiet", "--depth=1", "--branch=main", &from, "."]);
    let before = git(copy.path(), &["count-objects", "-v"]);
    fs::write(copy.path().join("content/essays/a.md"), essay("a", "", "From a copy.")).expect("an essay");
    published(&site, &Options { root: copy.path().to_owned(), ..options(&site) });
    assert!(page(&remote, "essays/a/index.html").contains("From a copy."));
    assert_eq!(commits(&remote), 2);
    assert_eq!(git(copy.path(), &["count-objects", "-v"]), before);
}

#[test]
fn a_branch_may_have_one_commit_for_ever() {
    let (site, remote) = site(", history: single");
    published(&site, &options(&site));
    site.write("content/essays/a.md", essay("a", "", "New."));
    published(&site, &options(&site));
    assert_eq!(commits(&remote), 1);
    assert!(page(&remote, "essays/a/index.html").contains("New."));
}

#[test]
fn a_branch_of_others_must_be_adopted_and_their_files_stay() {
    let (site, remote) = site(", branch: main");
    git(site.root(), &["push", "--quiet", "origin", "main"]);
    let refused = said(&site, &options(&site));
    assert!(refused.starts_with("error[foreign-target]"), "{refused}");
    published(&site, &Options { adopt: true, ..options(&site) });
    let files = git(remote.path(), &["ls-tree", "-r", "--name-only", "main"]);
    assert!(files.contains("content/site.yaml") && files.contains("essays/a/index.html"), "{files}");
}

#[test]
fn of_two_publishers_the_second_is_told_and_changes_nothing() {
    let (site, remote) = site("");
    published(&site, &options(&site));
    site.write("content/essays/a.md", essay("a", "", "Mine."));
    let second = publish_and(&options(&site), || {
        let other = git(remote.path(), &["commit-tree", "gh-pages^{tree}", "-p", "gh-pages", "-m", "Other"]);
        git(remote.path(), &["update-ref", "refs/heads/gh-pages", other.trim()]);
    });
    assert!(second.diagnostics.iter().any(|fault| fault.code() == "target-changed"), "{:?}", second.diagnostics);
    assert!(!page(&remote, "essays/a/index.html").contains("Mine."));
    published(&site, &options(&site));
    assert!(page(&remote, "essays/a/index.html").contains("Mine."));
}

#[test]
fn git_asks_nobody_for_a_password_where_nobody_is() {
    let host = super::answers::answering(|_| (401, String::new()));
    let (site, _remote) = site("");
    let config = format!(
        "title: T\nbase_url: https://example.org\npublish: {{pages: {{type: git, remote: \"{}/x.git\"}}}}\n",
        host.url
    );
    site.write("content/site.yaml", config);
    let said = said(&site, &options(&site));
    assert!(said.starts_with("error[git]: git ls-remote failed: "), "{said}");
    assert!(said.contains("terminal prompts disabled"), "{said}");
}

#[test]
fn a_site_may_be_a_folder_of_its_repository() {
    let (site, remote) = site("");
    site.write("sub/content/site.yaml", fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml"));
    site.write("sub/content/essays/a.md", essay("a", "", "A."));
    let below = Options { root: site.root().join("sub"), ..options(&site) };
    published(&site, &below);
    site.write("sub/content/essays/a.md", essay("a", "", "New."));
    published(&site, &below);
    let files = git(remote.path(), &["ls-tree", "-r", "--name-only", "gh-pages"]);
    assert!(files.lines().any(|path| path == "index.html") && !files.contains("sub/"), "{files}");
    assert!(page(&remote, "essays/a/index.html").contains("New."));
    assert!(files.contains("patterns/lag/index.html"), "what did not change is still there: {files}");
}
