//! Two kinds of store that others changed, and a publisher that is told to end.

use std::process::Command;

use super::parts::{built, folder, listed, moto, publish, publisher, rclone, request, site_for};
use crate::support::{TestSite, essay};

/// Removes one object and writes over another; `paths` lists what is there, `remove` and `write` change it.
fn mends(site: &TestSite, remove: &dyn Fn(&str), write: &dyn Fn(&str), has: &dyn Fn(&str, &[u8]) -> bool) {
    publish(site.root(), &[]);
    remove("robots.txt");
    write("essays/n0/index.html");
    assert!(publish(site.root(), &[]).contains("nothing was sent"), "a list costs requests");
    let said = publish(site.root(), &["--repair"]);
    assert!(said.contains("2 were changed there by others: essays/n0/index.html, robots.txt"), "{said}");
    for (path, bytes) in built(site) {
        assert!(has(&path, &bytes), "{path}");
    }
    assert!(publish(site.root(), &["--repair"]).contains("nothing was sent"));
}

#[test]
#[ignore = "needs moto"]
fn a_bucket_that_others_changed_is_mended() {
    let moto = moto();
    let at = |path: &str| format!("{}/essays/site/{path}", moto.url);
    mends(
        &site_for(&moto.url, 2, ""),
        &|path| assert_eq!(request("DELETE", &at(path)).0, 204),
        &|path| assert_eq!(request("PUT", &at(path)).0, 200),
        &|path, bytes| request("GET", &at(path)).2 == bytes,
    );
}

#[test]
#[ignore = "needs rclone"]
fn a_folder_behind_rclone_that_others_changed_is_mended() {
    let (_keep, own) = folder();
    let rclone = rclone(&own);
    let at = |path: &str| own.join("essays/site").join(path);
    mends(
        &site_for(&rclone.url, 2, ", lock: off"),
        &|path| std::fs::remove_file(at(path)).expect("an object"),
        &|path| std::fs::write(at(path), "mine").expect("an object"),
        &|path, bytes| std::fs::read(at(path)).expect("an object") == bytes,
    );
}

#[cfg(unix)]
#[test]
#[ignore = "needs moto"]
fn a_publisher_that_is_told_to_end_releases_the_place() {
    let moto = moto();
    let site = site_for(&moto.url, 60, "");
    site.build();
    for signal in ["TERM", "INT", "HUP"] {
        for n in 0..60 {
            site.write(&format!("content/essays/n{n}.md"), essay(&format!("n{n}"), "patterns: [lag]", signal));
        }
        site.build();
        let child = publisher(site.root(), &[]).spawn().expect("the program");
        while !listed(&moto.url).iter().any(|path| path == ".ninefold-lock.json") {}
        let told = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().expect("kill");
        assert!(told.success());
        let output = child.wait_with_output().expect("an end");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(1) && said.contains("error[interrupted]"), "{signal}: {said}");
        assert!(!listed(&moto.url).iter().any(|path| path == ".ninefold-lock.json"), "{signal}");
    }
    publish(site.root(), &[]);
    for (path, bytes) in built(&site) {
        assert!(request("GET", &format!("{}/essays/site/{path}", moto.url)).2 == bytes, "{path}");
    }
}

#[test]
#[ignore = "needs rclone"]
fn a_store_without_conditional_writes_says_so_and_works_without_a_lock() {
    let (_keep, own) = folder();
    let rclone = rclone(&own);
    let site = site_for(&rclone.url, 2, "");
    let output = publisher(site.root(), &[]).output().expect("the program");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("error[no-conditional-writes]"), "{said}");
}
