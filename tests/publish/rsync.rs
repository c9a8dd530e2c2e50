//! A folder that rsync reaches: through what stands for ssh here, and of a daemon on loopback.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output};
use std::time::Duration;

use super::parts::{assets_of, built, publisher};
use crate::support::{TestSite, essay, files};

/// A site that goes to `destination`.
fn site_for(destination: &str, more: &str) -> TestSite {
    let config = format!(
        "title: T\nbase_url: http://127.0.0.1:9\npublish:\n  live: {{type: rsync, destination: \"{destination}\"{more}}}\n"
    );
    let site = TestSite::with_default_theme().file("content/site.yaml", config);
    for n in 0..3 {
        site.write(&format!("content/essays/n{n}.md"), essay(&format!("n{n}"), "patterns: [lag]", "First."));
    }
    site
}

/// A program that takes the place of ssh: it runs here what should run there, and writes down that it did.
fn shell(folder: &Path) -> PathBuf {
    let shell = folder.join("shell");
    fs::write(&shell, "#!/bin/sh\necho \"$1\" >> \"$(dirname \"$0\")/calls\"\nshift\nexec \"$@\"\n").expect("a shell");
    fs::set_permissions(&shell, fs::Permissions::from_mode(0o755)).expect("a shell");
    shell
}

struct There {
    _folder: tempfile::TempDir,
    shell: PathBuf,
    www: PathBuf,
}

fn there() -> There {
    let folder = tempfile::tempdir().expect("a folder");
    let (shell, www) = (shell(folder.path()), folder.path().join("www with space"));
    There { _folder: folder, shell, www }
}

impl There {
    fn site(&self, more: &str) -> TestSite {
        site_for(&format!("web:{}", self.www.display()), more)
    }

    fn run(&self, site: &TestSite, arguments: &[&str]) -> Output {
        publisher(site.root(), arguments).env("RSYNC_RSH", &self.shell).output().expect("the program")
    }

    fn publish(&self, site: &TestSite, arguments: &[&str]) -> String {
        let output = self.run(site, arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}");
        said
    }

    fn fails(&self, site: &TestSite, arguments: &[&str]) -> String {
        let output = self.run(site, arguments);
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    }

    fn shows(&self, site: &TestSite) -> bool {
        built(site).iter().all(|(path, bytes)| fs::read(self.www.join(path)).is_ok_and(|there| there == *bytes))
    }

    /// What is there besides the site, and the folders that hold nothing.
    fn more(&self, site: &TestSite) -> Vec<String> {
        let site = built(site);
        files(&self.www).into_iter().map(|(path, _)| path).filter(|path| !site.contains_key(path)).collect()
    }

    fn calls(&self) -> usize {
        let calls = self.shell.with_file_name("calls");
        let made = fs::read_to_string(&calls).unwrap_or_default();
        let _ = fs::remove_file(calls);
        assert!(made.lines().all(|line| line == "web"), "{made}");
        made.lines().count()
    }
}

#[test]
#[ignore = "needs rsync"]
fn a_folder_shows_the_site_and_what_goes_is_removed_with_its_folder() {
    let there = there();
    let site = there.site(", keep_days: 0").file("content/static/[a] * b?.txt", "odd names are names too");
    site.write("content/static/a b.txt", "and stay");
    there.publish(&site, &[]);
    assert!(there.shows(&site));
    assert_eq!(there.more(&site), [".ninefold-manifest.json"]);
    let mode = fs::metadata(there.www.join("index.html")).expect("a page").permissions().mode();
    assert_eq!(mode & 0o777, 0o644, "a server of another user reads it");
    there.calls();
    assert!(there.publish(&site, &[]).contains("nothing was sent"));
    assert!(there.calls() <= 2, "a connection for the record, and one for a lock that was left behind");
    site.remove("content/essays/n1.md");
    site.remove("content/static/[a] * b?.txt");
    fs::write(there.www.join("a  b.txt"), "another's").expect("a file");
    let said = there.publish(&site, &[]);
    assert!(said.contains("warning[vanishing-address]: `/essays/n1/` will answer no more"), "{said}");
    assert!(!there.www.join("essays/n1").exists(), "an empty folder is no page");
    assert!(there.shows(&site));
    assert_eq!(there.more(&site), [".ninefold-manifest.json", "a  b.txt"]);
}

#[test]
#[ignore = "needs rsync"]
fn what_others_changed_is_mended_and_the_last_version_comes_back() {
    let there = there();
    let site = there.site("");
    there.publish(&site, &[]);
    fs::remove_file(there.www.join("robots.txt")).expect("a file");
    fs::write(there.www.join("essays/n0/index.html"), "mine").expect("a file");
    assert!(there.publish(&site, &[]).contains("nothing was sent"), "a list costs a connection");
    let said = there.publish(&site, &["--repair"]);
    assert!(said.contains("2 were changed there by others: essays/n0/index.html, robots.txt"), "{said}");
    assert!(there.shows(&site));
    assert!(there.publish(&site, &["--repair"]).contains("nothing was sent"));
    let first = built(&site);
    for n in 0..3 {
        site.write(&format!("content/essays/n{n}.md"), essay(&format!("n{n}"), "patterns: [lag]", "Second."));
    }
    there.publish(&site, &[]);
    assert!(there.shows(&site));
    there.calls();
    let said = there.publish(&site, &["--back"]);
    assert!(there.calls() < 24, "many files come by one connection");
    for (path, bytes) in first {
        assert!(fs::read(there.www.join(&path)).is_ok_and(|now| now == bytes), "{path}\n{said}");
    }
}

#[test]
#[ignore = "needs rsync"]
fn a_dry_run_changes_nothing_and_a_lock_is_heeded() {
    let there = there();
    let site = there.site("");
    there.publish(&site, &["--dry-run"]);
    assert_eq!(there.more(&site), Vec::<String>::new());
    assert!(!there.www.join("index.html").exists());
    let lock = there.www.join(".ninefold-lock.json");
    fs::create_dir_all(&there.www).expect("the folder");
    let held =
        "{\"holder\":\"x\",\"host\":\"build-3\",\"process\":7,\"seconds\":60,\"until\":\"2999-01-01T00:00:00Z\"}";
    fs::write(&lock, held).expect("a lock");
    let said = there.fails(&site, &[]);
    assert!(said.contains("error[locked]: another publisher is at work there: process 7 on `build-3`"), "{said}");
    fs::remove_file(&lock).expect("the lock");
    fs::write(there.www.join("mine.txt"), "mine").expect("a file");
    let said = there.fails(&site, &[]);
    assert!(said.contains("error[foreign-target]: the place holds 1 file that Ninefold did not publish"), "{said}");
    there.publish(&site, &["--adopt"]);
    assert!(there.shows(&site) && there.www.join("mine.txt").exists());
    // A link below the folder is replaced, not followed.
    let outside = tempfile::tempdir().expect("a folder");
    let page = there.www.join("essays/n0");
    fs::remove_dir_all(&page).expect("a folder");
    std::os::unix::fs::symlink(outside.path(), &page).expect("a link");
    there.publish(&site, &["--repair"]);
    assert!(there.shows(&site));
    assert!(files(outside.path()).is_empty());
}

#[test]
#[ignore = "needs rsync"]
fn of_two_publishers_at_once_one_is_refused_or_comes_after() {
    let there = there();
    let site = there.site("");
    there.publish(&site, &[]);
    for round in 0..3 {
        site.write("content/essays/n0.md", essay("n0", "patterns: [lag]", &format!("Round {round}.")));
        site.build();
        let start = || publisher(site.root(), &[]).env("RSYNC_RSH", &there.shell).spawn().expect("the program");
        let outputs = [start(), start()].map(|child| child.wait_with_output().expect("an end"));
        assert!(outputs.iter().any(|output| output.status.success()), "{outputs:?}");
        for output in &outputs {
            let said = String::from_utf8_lossy(&output.stderr);
            let is_told = said.contains("error[locked]") || said.contains("error[target-changed]");
            assert!(output.status.success() || is_told, "{said}");
        }
        assert!(there.shows(&site));
    }
}

/// An rsync daemon, which is stopped when it is dropped.
struct Daemon(Child);

impl Drop for Daemon {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
#[ignore = "needs rsync"]
fn a_daemon_takes_the_site_too_and_its_refusals_have_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let www = folder.path().join("www");
    fs::create_dir(&www).expect("a folder");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address").port();
    let user = if fs::metadata(&www).expect("the folder").uid() == 0 { "uid = root\ngid = root\n" } else { "" };
    let config = folder.path().join("rsyncd.conf");
    let text = format!("{user}use chroot = no\n[site]\npath = {}\nread only = no\n", www.display());
    fs::write(&config, text).expect("the settings");
    let mut daemon = Command::new("rsync");
    daemon.args(["--daemon", "--no-detach", "--address=127.0.0.1"]).arg(format!("--port={port}"));
    let _daemon = Daemon(daemon.arg("--config").arg(&config).spawn().expect("rsync"));
    for _ in 0..100 {
        if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let site = site_for(&format!("rsync://127.0.0.1:{port}/site/essays"), "");
    super::parts::publish(site.root(), &[]);
    for (path, bytes) in built(&site) {
        assert!(fs::read(www.join("essays").join(&path)).is_ok_and(|there| there == bytes), "{path}");
    }
    assert!(super::parts::publish(site.root(), &[]).contains("nothing was sent"));
    let site = site_for(&format!("rsync://127.0.0.1:{port}/nope"), "");
    let output = publisher(site.root(), &[]).output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("error[store]: the place can't be published: rsync: @ERROR: Unknown module 'nope'\n"),
        "{said}"
    );
    assert!(said.contains("= help: see the name of the module in `destination`"), "{said}");
}

#[test]
#[ignore = "needs rsync"]
fn a_publisher_that_is_killed_or_told_to_end_leaves_whole_pages_and_the_next_run_finishes() {
    let there = there();
    let site = there.site(", lock: 1");
    there.publish(&site, &[]);
    for (round, signal) in ["KILL", "TERM", "KILL", "INT", "KILL"].into_iter().enumerate() {
        for n in 0..3 {
            site.write(
                &format!("content/essays/n{n}.md"),
                essay(&format!("n{n}"), "patterns: [lag]", &format!("{round}.")),
            );
        }
        site.build();
        let child = publisher(site.root(), &[]).env("RSYNC_RSH", &there.shell).spawn().expect("the program");
        std::thread::sleep(Duration::from_millis(150 + 200 * u64::try_from(round).expect("a small number")));
        let _ = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status();
        child.wait_with_output().expect("an end");
        for (path, bytes) in files(&there.www).into_iter().filter(|(path, _)| path.ends_with(".html")) {
            for asset in assets_of(&String::from_utf8(bytes).expect("UTF-8")) {
                assert!(there.www.join(&asset).exists(), "{path} names {asset}, which is missing");
            }
        }
        // Until a lock left behind counts no more, and a rsync that was left behind is done.
        std::thread::sleep(Duration::from_millis(if signal == "KILL" { 1500 } else { 0 }));
        there.publish(&site, &[]);
        assert!(there.shows(&site), "after {signal}");
    }
}
