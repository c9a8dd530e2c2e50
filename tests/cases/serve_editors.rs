//! Each way in which people save shows on the page, and leaves nothing that was there only in between. With real editors and git.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use super::server::{Answer, Server};
use crate::support::{TestSite, essay};

/// Essays that git changes at once.
const MANY: usize = 200;

/// How an editor, or what stands for one, makes `second` of the word `first` in the file `$F`. A shell runs it in the folder of the
/// file. Those that want a terminal get one from script(1), and keys one after the other.
const WAYS: [(&str, &str); 15] = [
    ("written in place", "sed s/first/second/ $F > $HOME/copy && cat $HOME/copy > $F"),
    ("sed -i", "sed -i s/first/second/ $F"),
    ("renamed over it", "sed s/first/second/ $F > .new && mv .new $F"),
    ("removed, then renamed", "sed s/first/second/ $F > .new && rm $F && mv .new $F"),
    ("ed", "printf '%%s/first/second/\nw\nq\n' | ed -s $F"),
    ("vim, backupcopy=yes", "vim -u NONE -es -c 'set swapfile backup backupcopy=yes' -c '%s/first/second/' -c wq $F"),
    ("vim, backupcopy=no", "vim -u NONE -es -c 'set swapfile backup backupcopy=no' -c '%s/first/second/' -c wq $F"),
    ("vim, backupcopy=auto", "vim -u NONE -es -c 'set swapfile backupcopy=auto' -c '%s/first/second/' -c wq $F"),
    ("vim, no backup", "vim -u NONE -es -c 'set nobackup nowritebackup' -c '%s/first/second/' -c wq $F"),
    ("kakoune", "kak -n -ui dummy -e 'execute-keys %{%sfirst<ret>csecond<esc>}; write; quit' $F"),
    (
        "kakoune, replace",
        "kak -n -ui dummy -e 'execute-keys %{%sfirst<ret>csecond<esc>}; write -method replace; quit' $F",
    ),
    (
        "emacs",
        "emacs -Q --batch $F --eval '(progn (search-forward \"first\") (replace-match \"second\") (save-buffer))'",
    ),
    (
        "emacs, backup by copying",
        "emacs -Q --batch $F --eval '(progn (setq backup-by-copying t) (search-forward \"first\") (replace-match \"second\") (save-buffer))'",
    ),
    (
        "nano",
        "(sleep 1; printf '\\034first\\rsecond\\rA'; sleep 1; printf '\\017\\r'; sleep 1; printf '\\030') | script -qec \"nano --ignorercfiles $F\" /dev/null",
    ),
    (
        "micro",
        "(sleep 1; printf '\\005replaceall first second\\r'; sleep 1; printf '\\023'; sleep 1; printf '\\021') | script -qec \"micro $F\" /dev/null",
    ),
];

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
    for (way, commands) in WAYS {
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
