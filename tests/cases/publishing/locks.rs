//! A place that is locked: who holds it, what takes the lock over, what removes it, and that a signal releases it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ninefold::publish::{Options, Unlocked, publish, unlock};

use super::{live, options, published, said, site};
use crate::support::TestSite;

const LOCK: &str = "live/.ninefold-lock.json";

/// A lock that counts for long, of a publisher that renews it each `seconds` / 3.
fn lock(site: &TestSite, seconds: u32, renewals: usize) {
    let text = format!(
        "{{\"holder\":\"x\",\"host\":\"build-3\",\"process\":4211,\"since\":\"2026-06-01T10:00:00Z\",\"seconds\":{seconds},\"until\":\"2999-01-01T00:00:00.{renewals:03}Z\"}}"
    );
    // As a publisher does: whole or not at all.
    site.write("lock.new", text);
    std::fs::create_dir_all(live(site)).expect("a folder");
    std::fs::rename(site.root().join("lock.new"), site.root().join(LOCK)).expect("the lock");
}

#[test]
fn who_holds_the_place_is_told_with_the_way_out() {
    let site = site();
    lock(&site, 60, 0);
    let both = [said(&site, &Options { dry_run: true, ..options(&site) }), said(&site, &options(&site))];
    assert_eq!(both[0], both[1]);
    insta::assert_snapshot!(both[0], @r"
    error[locked]: another publisher is at work there: process 4211 on `build-3`, since 2026-06-01T10:00:00Z
     |
     = help: its lock is `.ninefold-lock.json` there, and counts until 2999-01-01T00:00:00Z unless it is renewed
     = help: wait until it is done; if it is gone, remove its lock with `ninefold publish --unlock`, or in CI publish with `--take-over`
    ");
    assert!(!live(&site).join("index.html").exists());
    site.write(LOCK, "{\"holder\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"}");
    published(&site, &options(&site));
    assert!(!site.root().join(LOCK).exists(), "a lock whose time is over counts no more");
}

#[test]
fn a_lock_says_who_took_it() {
    let site = site();
    let seen = Mutex::new(String::new());
    publish(&options(&site), &|event| {
        if let ninefold::publish::Event::Sent(_) = event {
            *seen.lock().expect("the lock") = std::fs::read_to_string(site.root().join(LOCK)).expect("the lock");
        }
    });
    let lock: serde_json::Value = serde_json::from_str(&seen.into_inner().expect("the lock")).expect("JSON");
    assert_eq!(lock["process"], std::process::id());
    assert_eq!(lock["seconds"], 60, "without a word in site.yaml");
    assert!(lock["host"].as_str().is_some_and(|host| !host.is_empty()), "{lock}");
}

#[test]
fn a_lock_is_taken_over_only_from_a_publisher_that_is_gone() {
    let site = site();
    lock(&site, 4, 0);
    let over = Options { take_over: true, ..options(&site) };
    let is_done = AtomicBool::new(false);
    let refused = std::thread::scope(|scope| {
        scope.spawn(|| {
            for n in (0..1000).cycle() {
                lock(&site, 4, n);
                if is_done.load(Ordering::Relaxed) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(40));
            }
        });
        let refused = said(&site, &over);
        is_done.store(true, Ordering::Relaxed);
        refused
    });
    assert!(refused.starts_with("error[locked]: another publisher is at work there: process 4211"), "{refused}");
    assert!(refused.contains("the lock was renewed while this waited"), "{refused}");
    assert!(!live(&site).join("index.html").exists());
    published(&site, &over);
    assert!(live(&site).join("index.html").exists() && !site.root().join(LOCK).exists());
}

#[test]
fn a_lock_is_removed_for_who_agrees() {
    let site = site();
    let unlocked = |agrees: bool| {
        let asked = Mutex::new(String::new());
        let unlocked = unlock(site.root(), None, &|holder| {
            *asked.lock().expect("words") = holder.to_owned();
            agrees
        });
        (unlocked.expect("a place"), asked.into_inner().expect("words"))
    };
    assert_eq!(unlocked(true), (Unlocked::NoLock, String::new()));
    lock(&site, 60, 0);
    let whom = "process 4211 on `build-3`, since 2026-06-01T10:00:00Z".to_owned();
    assert_eq!(unlocked(false), (Unlocked::Stays, whom.clone()));
    assert_eq!(unlocked(true), (Unlocked::Removed, whom));
    assert!(!site.root().join(LOCK).exists());
}

/// A lock whose holder's clock is wrong, written to the disk that long ago.
fn lock_by_a_wrong_clock(site: &TestSite, until: &str, age: Duration) {
    std::fs::create_dir_all(live(site)).expect("a folder");
    site.write(LOCK, format!("{{\"holder\":\"x\",\"host\":\"h\",\"process\":7,\"seconds\":60,\"until\":\"{until}\"}}"));
    let file = std::fs::File::options().write(true).open(site.root().join(LOCK)).expect("the lock");
    file.set_modified(std::time::SystemTime::now() - age).expect("a time");
}

#[test]
fn the_clock_of_the_place_says_whether_a_holder_is_gone() {
    let site = site();
    lock_by_a_wrong_clock(&site, "2020-01-01T00:00:00Z", Duration::from_secs(5));
    assert!(said(&site, &options(&site)).starts_with("error[locked]"), "its clock is late, and it is at work");
    lock_by_a_wrong_clock(&site, "2999-01-01T00:00:00Z", Duration::from_secs(90));
    published(&site, &options(&site));
    assert!(!site.root().join(LOCK).exists(), "its clock is early, and it is gone");
}
