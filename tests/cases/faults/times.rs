//! Clocks that were set back and files that look alike: sizes and times are those of other contents.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::clean;
use crate::support::{TestSite, essay, files};

fn set_times(folder: &Path, time: SystemTime) {
    for (path, _) in files(folder) {
        let file = fs::File::options().append(true).open(folder.join(path)).expect("a file");
        file.set_modified(time).expect("a time");
    }
}

#[test]
fn files_that_were_swapped_are_seen_whatever_their_times() {
    let site = TestSite::new()
        .essay("a", "patterns: [lag]", "The first.")
        .essay("b", "patterns: [lag]", "The other.")
        .file("content/static/a.txt", "first")
        .file("content/static/b.txt", "other");
    let now = SystemTime::now();
    let day = Duration::from_secs(86_400);
    for (what, time) in [("past", now - 400 * day), ("future", now + 400 * day), ("1970", SystemTime::UNIX_EPOCH)] {
        set_times(&site.root().join("content"), time);
        site.build();
        // So that what is there is known by a look, where it can be.
        std::thread::sleep(Duration::from_millis(2_100));
        site.build();
        for folder in ["content/essays/", "content/static/"] {
            let names = if folder.contains("essays") { ["a.md", "b.md"] } else { ["a.txt", "b.txt"] };
            let [a, b] = names.map(|name| site.root().join(folder).join(name));
            let aside = site.root().join("aside");
            fs::rename(&a, &aside)
                .and_then(|()| fs::rename(&b, &a))
                .and_then(|()| fs::rename(&aside, &b))
                .expect("a swap");
        }
        site.build();
        assert!(site.output() == clean(&site), "{what}");
    }
}

#[test]
fn times_of_the_output_do_not_matter() {
    let site = TestSite::new().essay("a", "", "A.").essay("b", "", "B.");
    let expected = |site: &TestSite| site.output() == clean(site);
    for (n, time) in
        [SystemTime::UNIX_EPOCH, SystemTime::now() + Duration::from_secs(1_000_000)].into_iter().enumerate()
    {
        site.build();
        set_times(&site.out(), time);
        site.write("content/essays/a.md", essay("a", "", &format!("A, edited {n} times.")));
        site.build();
        assert!(expected(&site), "{time:?}");
        set_times(&site.root().join(".ninefold"), time);
        fs::remove_dir_all(site.out()).expect("the output");
        site.build();
        assert!(expected(&site), "{time:?}, put back");
    }
}
