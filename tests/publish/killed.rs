//! The publisher is killed at random points: readers never get a page whose asset is missing, and the next run finishes.

use std::collections::BTreeSet;
use std::time::Duration;

use super::parts::{assets_of, built, listed, moto, publish, publisher, request, site_for};
use crate::support::essay;

/// A sequence of numbers that is the same at each run (Lehmer 1951, with the factor of Park and Miller).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 % below
    }
}

#[test]
#[ignore = "needs moto"]
fn killed_fifty_times_it_never_shows_a_page_without_its_assets() {
    let moto = moto();
    let site = site_for(&moto.url, 12, ", lock: 1, keep_days: 0");
    publish(site.root(), &[]);
    let mut numbers = Numbers(9);
    // Those that ended before they were killed don't count.
    let (mut killed, mut round) = (0, 0);
    let mut window = 600;
    while killed < 50 {
        round += 1;
        assert!(round < 500, "only {killed} were killed before they ended");
        // Every page changes, and so do the names of the style sheet and of some essays.
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
        std::thread::sleep(Duration::from_millis(10 + numbers.next(window)));
        if child.try_wait().expect("its state").is_none() {
            killed += 1;
            window += 10;
        } else {
            // As long as a run takes on this machine, no longer.
            window = (window - 50).max(100);
        }
        let _ = child.kill();
        child.wait().expect("an end");
        let paths: BTreeSet<String> = listed(&moto.url).into_iter().collect();
        for path in paths.iter().filter(|path| path.ends_with(".html")) {
            let page = request("GET", &format!("{}/essays/site/{path}", moto.url)).2;
            let page = String::from_utf8(page).expect("UTF-8");
            let assets = assets_of(&page);
            for asset in &assets {
                assert!(paths.contains(asset), "round {round}: {path} names {asset}, which is missing");
            }
            assert!(page.trim_end().ends_with("</html>"), "round {round}: {path} is not whole");
        }
        // Until a lock left behind counts no more.
        std::thread::sleep(Duration::from_millis(1100));
    }
    publish(site.root(), &["--force"]);
    let mut left: BTreeSet<String> = listed(&moto.url).into_iter().collect();
    assert!(left.remove(".ninefold-manifest.json"));
    let site_files = built(&site);
    assert_eq!(left, site_files.keys().cloned().collect::<BTreeSet<String>>());
    for (path, bytes) in site_files {
        assert!(request("GET", &format!("{}/essays/site/{path}", moto.url)).2 == bytes, "{path}");
    }
}
