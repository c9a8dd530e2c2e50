//! Builds and publications that are killed at random moments: readers have whole pages, nothing is lost, and the next run
//! heals. A seed decides all but the moments of the machine itself; it is printed.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Contents, Numbers, clean_by_the_program, ends_well, entries, pages, program};
use crate::support::TestSite;

/// A site of some pages, each with the word of the round.
fn site(settings: &str) -> TestSite {
    let site = TestSite::with_default_theme();
    site.write("content/site.yaml", format!("title: Test\nbase_url: http://127.0.0.1:9\nsearch: false\n{settings}"));
    for n in 0..12 {
        write_essay(&site, n, 0);
    }
    site
}

fn write_essay(site: &TestSite, n: u64, round: u64) {
    let text = format!(
        "---\ntitle: Essay {n}\ndate: 2020-01-01\npatterns: [lag]\n---\n\nIt came [late {round}](pattern:lag).\n"
    );
    site.write(&format!("content/essays/e{n}.md"), text);
}

/// Every page changes, some come and go, and a file and a folder change places.
fn edit(site: &TestSite, round: u64, numbers: &mut Numbers) {
    site.write("themes/default/templates/hooks/footer.html", format!("<p>Round {round}</p>\n"));
    write_essay(site, numbers.below(12), round);
    write_essay(site, 100 + round % 3, round);
    let _ = fs::remove_file(site.root().join(format!("content/essays/e{}.md", 100 + (round + 1) % 3)));
    let swapped = site.root().join("content/static/swapped");
    let _ = fs::remove_dir_all(&swapped).or_else(|_| fs::remove_file(&swapped));
    site.write(if round.is_multiple_of(2) { "content/static/swapped" } else { "content/static/swapped/file" }, "x");
}

/// Starts the program and kills it within `window`. Whether it was still at work.
fn kill(site: &TestSite, arguments: &[&str], window: Duration, numbers: &mut Numbers) -> bool {
    let mut child = program(site, arguments);
    sleep(Duration::from_micros(numbers.below(u64::try_from(window.as_micros()).expect("a short time"))));
    let was_at_work = child.try_wait().expect("its state").is_none();
    let _ = child.kill();
    child.wait().expect("an end");
    was_at_work
}

/// Each file is whole, of before or of after, and what is of both is there.
fn is_whole(found: &Contents, before: &Contents, after: &Contents, what: &str) {
    for (path, bytes) in found {
        let is_known = [before, after].iter().any(|whole| whole.get(path) == Some(bytes));
        assert!(is_known, "{what}: {path} is of neither, {} bytes", bytes.len());
    }
    let lost: Vec<&String> =
        before.keys().filter(|path| after.contains_key(*path) && !found.contains_key(*path)).collect();
    assert!(lost.is_empty(), "{what}: lost {lost:?}");
}

fn without_own(files: Contents) -> Contents {
    files.into_iter().filter(|(path, _)| !path.starts_with(".ninefold-")).collect()
}

/// How long a whole run takes when every page changes.
fn time_of(site: &TestSite, arguments: &[&str], numbers: &mut Numbers) -> Duration {
    edit(site, 1, numbers);
    let start = Instant::now();
    ends_well(program(site, arguments));
    start.elapsed()
}

#[test]
#[ignore = "needs a minute"]
fn a_build_that_is_killed_two_hundred_times_leaves_whole_pages() {
    let mut numbers = Numbers::seeded("builds");
    let site = site("");
    ends_well(program(&site, &["build"]));
    let window = time_of(&site, &["build"], &mut numbers);
    let (mut killed, mut round) = (0, 1);
    while killed < 200 {
        round += 1;
        assert!(round < 2_000, "only {killed} were at work");
        let mut before = pages(&site.out());
        edit(&site, round, &mut numbers);
        match numbers.below(8) {
            0 => fs::remove_dir_all(site.root().join(".ninefold")).expect("the memory"),
            1 => {
                fs::remove_dir_all(site.out()).expect("the output");
                before.clear();
            }
            _ => {}
        }
        killed += u64::from(kill(&site, &["build"], window, &mut numbers));
        let whole = clean_by_the_program(&site);
        let after = without_own(whole.iter().cloned().collect());
        is_whole(&pages(&site.out()), &before, &after, &format!("round {round}"));
        ends_well(program(&site, &["build"]));
        assert!(site.output() == whole, "round {round}: the next build did not heal it");
        let left: Vec<String> = entries(site.root()).into_keys().filter(|path| path.starts_with(".public")).collect();
        assert!(left.is_empty(), "round {round}: {left:?}");
    }
}

/// As if the time of a lock that was left behind were over.
fn end_lock(live: &Path) {
    let lock = live.join(".ninefold-lock.json");
    if lock.exists() {
        fs::write(lock, "{\"holder\":\"x\",\"until\":\"2020-01-01T00:00:00Z\"}").expect("the lock");
    }
}

#[test]
#[ignore = "needs a minute"]
fn a_publication_that_is_killed_a_hundred_times_leaves_whole_pages() {
    let mut numbers = Numbers::seeded("publications");
    let site = site("publish: {live: {type: dir, path: live, keep_days: 0}}\n");
    let live = site.root().join("live");
    let publish = ["publish", "--force"];
    ends_well(program(&site, &publish));
    let window = time_of(&site, &publish, &mut numbers);
    let (mut killed, mut round) = (0, 1);
    while killed < 100 {
        round += 1;
        assert!(round < 1_000, "only {killed} were at work");
        let before = without_own(pages(&live));
        edit(&site, round, &mut numbers);
        killed += u64::from(kill(&site, &publish, window, &mut numbers));
        let after = without_own(clean_by_the_program(&site).into_iter().collect());
        is_whole(&without_own(pages(&live)), &before, &after, &format!("round {round}"));
        end_lock(&live);
        ends_well(program(&site, &publish));
        assert!(without_own(pages(&live)) == after, "round {round}: the next run did not heal it");
        let own: Vec<String> = pages(&live).into_keys().filter(|path| path.starts_with(".ninefold-")).collect();
        assert_eq!(own, [".ninefold-manifest.json"], "round {round}");
    }
}
