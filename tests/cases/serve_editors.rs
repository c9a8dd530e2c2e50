//! Each way in which people save shows on the page, and leaves nothing that was there only in between. With real editors and git.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::server::{Answer, Server};
use crate::support::{TestSite, essay};

/// Essays that git changes at once.
const MANY: usize = 200;

/// How editors save: a name and what a shell runs, in lines.
const WAYS: &str = include_str!("ways_of_saving.txt");

/// The names and the commands of [`WAYS`].
fn ways() -> Vec<(&'static str, &'static str)> {
    let lines = WAYS.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(": ").expect("a name and a command")).collect()
}

fn shell(folder: &Path, file: &str, commands: &str) {
    let home = tempfile::tempdir().expect("a folder for what programs keep");
    let status = Command::new("sh")
        .args(["-ec", commands])
        .env("F", file)
        .env("TERM", "xterm")
        .env("HOME", home.path())
        .env("GIT_AUTHOR_NAME", "A")
        .env("GIT_AUTHOR_EMAIL", "a@example.org")
        .env("GIT_COMMITTER_NAME", "A")
        .env("GIT_COMMITTER_EMAIL", "a@example.org")
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    assert!(status.expect("a shell").success(), "{commands}");
}

fn shows(word: &str) -> impl Fn(&Answer) -> bool {
    move |answer| answer.status == 200 && answer.body.contains(word) && !answer.body.contains("nf-faults")
}

/// Whether all that is served is what a build from nothing writes.
fn assert_is_whole(server: &Server, site: &TestSite, pages: &[&str]) {
    site.build();
    for page in pages {
        let built = site.page(page);
        let body = built.split_once("</title>").expect("a page").1.trim();
        server.ask_until(page, |answer| answer.body.contains(body) && !answer.body.contains("nf-faults"));
    }
}

#[test]
#[ignore = "needs vim, nano, kakoune, micro, emacs and ed"]
fn what_editors_save_shows() {
    let site = TestSite::new().essay("a", "", "The first word.").essay("b", "", "See [a](a.md).");
    let folder = site.root().join("content/essays");
    let server = Server::of(&site);
    let ways = ways();
    assert!(ways.len() > 10, "only {} ways", ways.len());
    for (way, commands) in ways {
        fs::write(folder.join("a.md"), essay("a", "", "The first word.")).expect("the file");
        server.ask_until("/essays/a/", shows("The first word."));
        shell(&folder, "a.md", commands);
        let saved = fs::read_to_string(folder.join("a.md")).expect("the file");
        assert!(saved.contains("The second word."), "{way}: {saved}");
        server.ask_until("/essays/a/", shows("The second word."));
        assert_is_whole(&server, &site, &["/essays/a/", "/essays/b/"]);
    }
}

#[test]
#[ignore = "needs git"]
fn what_git_does_to_many_files_shows() {
    let write = |site: &TestSite, word: &str| {
        for n in 0..MANY {
            site.write(
                &format!("content/essays/e{n}.md"),
                essay(&format!("e{n}"), "", &format!("The {word} word of {n}.")),
            );
        }
    };
    let site = TestSite::new().file(".gitignore", "/public/\n/.ninefold/\n");
    write(&site, "first");
    let git = |commands: &str| shell(site.root(), "content/essays/e7.md", commands);
    git("git init -q -b main && git add -A && git commit -qm one && git checkout -q -b other");
    write(&site, "second");
    git("git commit -qam two && git checkout -q main");
    let server = Server::of(&site);
    let last = format!("/essays/e{}/", MANY - 1);
    let pages = ["/essays/e0/", "/essays/e7/", &*last];
    for (commands, word) in [
        ("git checkout -q other", "second"),
        ("git checkout -q main", "first"),
        ("sed -i 's/The first/The third/' content/essays/*.md", "third"),
        ("git stash -q", "first"),
        ("git stash pop -q", "third"),
        ("git restore .", "first"),
        ("rm -r content/essays && git restore content", "first"),
        ("git merge -q other", "second"),
        ("git reset -q --hard HEAD~1", "first"),
    ] {
        git(commands);
        for page in pages {
            server.ask_until(page, shows(&format!("The {word} word")));
        }
        assert_is_whole(&server, &site, &pages);
    }
    git("git mv $F content/essays/renamed.md");
    server.ask_until("/essays/renamed/", shows("The first word of 7."));
    server.ask_until("/essays/e7/", |answer| answer.status == 404);
    git("rm content/essays/renamed.md");
    server.ask_until("/essays/renamed/", |answer| answer.status == 404);
    git("git restore --staged --worktree .");
    server.ask_until("/essays/e7/", shows("The first word of 7."));
    server.ask_until("/essays/renamed/", |answer| answer.status == 404);
    assert_is_whole(&server, &site, &pages);
}
