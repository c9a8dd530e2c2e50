//! Whatever links stand where in the output, the stage, the memory and the place that is published to: nothing outside them is
//! written or removed, nothing from outside gets in, and once the links are gone the next build is as a clean one.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use ninefold::publish::Options;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{clean, entries};
use crate::cases::publishing::{options, publish_and, site};
use crate::support::{TestSite, essay, files};

const SECRET: &str = "nobody may publish this";

#[derive(Clone, Debug)]
enum Step {
    /// A link in the place of the entry that this number picks.
    Plant(usize, To),
    Edit(usize, u8),
    Remove(usize),
    Build,
    Publish,
    /// Every link goes.
    Clear,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    File,
    Folder,
    /// What stood there, moved out of the site.
    Itself,
    Nowhere,
    Loop,
}

fn step() -> impl Strategy<Value = Step> {
    let to = prop_oneof![Just(To::File), Just(To::Folder), Just(To::Itself), Just(To::Nowhere), Just(To::Loop)];
    prop_oneof![
        4 => (any::<usize>(), to).prop_map(|(n, to)| Step::Plant(n, to)),
        2 => (0..3_usize, any::<u8>()).prop_map(|(n, v)| Step::Edit(n, v)),
        1 => (0..3_usize).prop_map(Step::Remove),
        3 => Just(Step::Build),
        2 => Just(Step::Publish),
        1 => Just(Step::Clear),
    ]
}

/// The folders and files of the program's own, below the site's root.
const OWN: [&str; 5] = ["public", ".ninefold", "live", ".public.ninefold-stage", ".public.ninefold-lock"];

/// Every entry of the program's own, and names that it may use next.
fn places(root: &Path) -> Vec<PathBuf> {
    let mut places: Vec<PathBuf> = OWN.iter().map(|name| root.join(name)).collect();
    for name in OWN {
        let entries = walkdir::WalkDir::new(root.join(name)).min_depth(1).sort_by_file_name();
        places.extend(entries.into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path));
    }
    let later = [
        "public/essays/e1/index.html",
        "public/.ninefold-manifest",
        "live/.ninefold-manifest.json",
        "live/.ninefold-lock.json",
        "live/.ninefold-stage",
        "live/essays/e2",
        ".ninefold/outlines.new",
        ".ninefold/files/0",
    ];
    places.extend(later.map(|path| root.join(path)));
    places
}

fn plant(path: &Path, to: To, outside: &Path, n: usize) {
    let Some(folder) = path.parent().filter(|folder| folder.is_dir() && !is_behind_a_link(folder)) else { return };
    let moved = outside.join(format!("moved-{n}"));
    if to == To::Itself && fs::symlink_metadata(path).is_ok() {
        fs::rename(path, &moved).expect("an entry to move");
    } else if path.is_dir() && !path.is_symlink() {
        fs::remove_dir_all(path).expect("a folder to replace");
    } else {
        let _ = fs::remove_file(path);
    }
    let target = match to {
        To::File => outside.join("index.html"),
        To::Folder => outside.to_owned(),
        To::Itself => moved,
        To::Nowhere => outside.join("nowhere"),
        To::Loop => folder.join(path.file_name().expect("a name")),
    };
    symlink(target, path).expect("a link");
}

fn is_behind_a_link(folder: &Path) -> bool {
    let temporary = std::env::temp_dir();
    folder.ancestors().take_while(|folder| *folder != temporary).any(|folder| folder.is_symlink())
}

fn clear(root: &Path) {
    for path in places(root).into_iter().filter(|path| path.is_symlink()) {
        fs::remove_file(path).expect("a link");
    }
}

fn has_secret(folder: &Path) -> bool {
    folder.is_dir() && files(folder).iter().any(|(_, bytes)| String::from_utf8_lossy(bytes).contains(SECRET))
}

fn holds(steps: &[Step]) -> Result<(), TestCaseError> {
    let site = site();
    let temporary = tempfile::tempdir().expect("a folder");
    let outside = temporary.path();
    for path in ["index.html", "essays/a/index.html", "a/index.html", "outlines"] {
        fs::create_dir_all(outside.join(path).parent().expect("a folder")).expect("a folder");
        fs::write(outside.join(path), SECRET).expect("a file");
    }
    site.build();
    publish_and(&options(&site), || ());
    for (n, step) in steps.iter().enumerate() {
        let before = entries(outside);
        match step {
            Step::Plant(place, to) => {
                let places = places(site.root());
                plant(&places[place % places.len()], *to, outside, n);
                continue;
            }
            Step::Edit(n, words) => edit(&site, *n, *words),
            Step::Remove(n) => {
                let _ = fs::remove_file(site.root().join(format!("content/essays/e{n}.md")));
            }
            Step::Build => drop(site.try_build()),
            Step::Publish => {
                publish_and(&Options { adopt: true, force: true, ..options(&site) }, || ());
            }
            Step::Clear => clear(site.root()),
        }
        prop_assert!(entries(outside) == before, "after step {}, {:?}", n, step);
        for name in ["public", "live"] {
            let folder = site.root().join(name);
            prop_assert!(folder.is_symlink() || !has_secret(&folder), "{} after step {}, {:?}", name, n, step);
        }
    }
    clear(site.root());
    if !site.out().join(ninefold::write::MANIFEST).exists() {
        let _ = fs::remove_dir_all(site.out());
    }
    site.build();
    prop_assert!(site.output() == clean(&site), "after all");
    Ok(())
}

fn edit(site: &TestSite, n: usize, words: u8) {
    let front = if words.is_multiple_of(2) { "patterns: [lag]" } else { "" };
    site.write(&format!("content/essays/e{n}.md"), essay(&format!("E {n}"), front, &format!("Words {words}.")));
}

#[test]
fn no_link_leads_out_whatever_links_stand_where() {
    let config = Config { cases: 48, failure_persistence: None, max_shrink_iters: 100, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[20; 32]);
    let outcome =
        TestRunner::new_with_rng(config, random).run(&prop::collection::vec(step(), 6..16), |steps| holds(&steps));
    assert!(outcome.is_ok(), "{}", outcome.err().map(|error| error.to_string()).unwrap_or_default());
}
