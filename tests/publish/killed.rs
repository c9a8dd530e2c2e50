//! The publisher is killed at random points: readers never get a page whose asset is missing, and the next run finishes.

use std::collections::BTreeSet;
use std::time::Duration;

use super::parts::{assets_of, built, folder, listed, moto, nginx, publish, publisher, request, site_for};
use crate::cases::faults::Numbers;
use crate::support::{TestSite, essay, files};

/// What readers get of a place: its paths, and what is at one.
struct Place<'a> {
    paths: &'a dyn Fn() -> BTreeSet<String>,
    read: &'a dyn Fn(&str) -> Vec<u8>,
}

/// Publishes changed sites and kills the publisher `times` times, at random points.
fn kill(site: &TestSite, place: &Place<'_>, times: usize) {
    publish(site.root(), &[]);
    let mut numbers = Numbers::of(9);
    // Those that ended before they were killed don't count.
    let (mut killed, mut round) = (0, 0);
    let mut window = 600;
    while killed < times {
        round += 1;
        assert!(round < 10 * times, "only {killed} were killed before they ended");
        // Every page changes, and so do the names of a style sheet and of some essays.
        site.write("themes/default/assets/own.css", format!("h1 {{ order: {round} }}"));
        site.write(
            "themes/default/templates/hooks/head.html",
            "<link rel=\"stylesheet\" href=\"{{ site.assets[\"own.css\"] }}\">\n",
        );
        site.write(&format!("content/essays/extra{}.md", round % 3), essay("extra", "patterns: [lag]", "Extra."));
        let gone = format!("content/essays/extra{}.md", (round + 1) % 3);
        if site.root().join(&gone).exists() {
            site.remove(&gone);
        }
        site.build();
        let mut child = publisher(site.root(), &["--force"]).spawn().expect("the program");
        std::thread::sleep(Duration::from_millis(10 + numbers.below(window)));
        if child.try_wait().expect("its state").is_none() {
            killed += 1;
            window += 10;
        } else {
            // As long as a run takes on this machine, no longer.
            window = (window - 50).max(100);
        }
        let _ = child.kill();
        child.wait().expect("an end");
        let paths = (place.paths)();
        for path in paths.iter().filter(|path| path.ends_with(".html")) {
            let page = String::from_utf8((place.read)(path)).expect("UTF-8");
            for asset in assets_of(&page) {
                assert!(paths.contains(&asset), "round {round}: {path} names {asset}, which is missing");
            }
            assert!(page.trim_end().ends_with("</html>"), "round {round}: {path} is not whole");
        }
        // Until a lock left behind counts no more.
        std::thread::sleep(Duration::from_millis(1100));
    }
    publish(site.root(), &["--force"]);
    let mut left = (place.paths)();
    assert!(left.remove(".ninefold-manifest.json"));
    let site_files = built(site);
    assert_eq!(left, site_files.keys().cloned().collect::<BTreeSet<String>>());
    for (path, bytes) in site_files {
        assert!((place.read)(&path) == bytes, "{path}");
    }
}

#[test]
#[ignore = "needs moto"]
fn killed_fifty_times_a_bucket_never_shows_a_page_without_its_assets() {
    let moto = moto();
    let site = site_for(&moto.url, 12, ", lock: 1, keep_days: 0");
    let place = Place {
        paths: &|| listed(&moto.url).into_iter().collect(),
        read: &|path| request("GET", &format!("{}/essays/site/{path}", moto.url)).2,
    };
    kill(&site, &place, 50);
}

#[test]
#[ignore = "needs nginx"]
fn killed_twenty_times_a_folder_never_shows_a_page_without_its_assets() {
    let (_keep, own) = folder();
    let root = own.join("live");
    std::fs::create_dir(&root).expect("a folder");
    let nginx = nginx(&root, &own);
    let site = site_for(&nginx.url, 12, "");
    let config = format!(
        "title: T\nbase_url: {}\npublish: {{live: {{type: dir, path: {}, lock: 1, keep_days: 0}}}}\n",
        nginx.url,
        root.display()
    );
    site.write("content/site.yaml", config);
    let place = Place {
        paths: &|| {
            let paths = files(&root).into_iter().map(|(path, _)| path);
            paths.filter(|path| !path.starts_with(".ninefold-stage") && !path.starts_with(".ninefold-lock")).collect()
        },
        read: &|path| request("GET", &format!("{}/{path}", nginx.url)).2,
    };
    kill(&site, &place, 20);
}
