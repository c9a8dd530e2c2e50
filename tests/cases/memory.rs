//! What a build remembers for the next: it makes it faster and changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use ninefold::pipeline::{self, Built};
use ninefold::write::MANIFEST;

use crate::support::{TestSite, essay, files};

const CODE: &str = "Some code:\n\n```rust\nfn main() { println!(\"one\"); }\n```";

fn site() -> TestSite {
    TestSite::new()
        .essay("a", "patterns: [lag]", "One [slow](pattern:lag) thing.")
        .essay("b", "", &format!("See [a](a.md) and [what is to come](c.md).\n\n{CODE}"))
        .essay(
            "d",
            "patterns: [lag]\nextra: {mood: calm, parts: [1, 2.5, true]}",
            "## Late {#late pattern=lag}\n\nIt came late.",
        )
        .file("content/essays/c.md", "---\ntitle: C\ndate: 2026-07-01T10:00+02:00[Europe/Berlin]\n---\nNot yet.\n")
        .file(
            "content/incidents/i.md",
            "---\ntitle: I\ntimes: {started: 2026-04-01T10:00Z}\nduration: about 3 h\n---\n",
        )
}

fn memory(site: &TestSite) -> PathBuf {
    site.root().join(".ninefold")
}

/// Until files that were just written are old enough to be known by a look.
fn grow_old() {
    std::thread::sleep(Duration::from_millis(2_100));
}

/// The site's output as a build without memory makes it elsewhere, and what it says.
fn clean(site: &TestSite) -> (Vec<(String, Vec<u8>)>, String) {
    let out = tempfile::tempdir().expect("a folder");
    let kept = memory(site);
    let aside = site.root().join("aside");
    let had = kept.exists();
    if had {
        fs::rename(&kept, &aside).expect("the memory put aside");
    }
    let built = pipeline::build(&pipeline::Options { out: Some(out.path().join("out")), ..site.options() });
    let made = (files(&out.path().join("out")), site.shown(&built.diagnostics));
    if kept.exists() {
        fs::remove_dir_all(&kept).expect("the other memory");
    }
    if had {
        fs::rename(&aside, &kept).expect("the memory");
    }
    made
}

/// Builds, and compares with a build without memory.
fn build_as_clean(site: &TestSite, what: &str) -> Built {
    let built = site.build();
    let (output, said) = clean(site);
    assert_eq!(site.shown(&built.diagnostics), said, "{what}");
    assert!(site.output() == output, "{what}: the output is another one");
    built
}

#[test]
fn a_build_of_the_same_stops_before_it_reads_and_says_the_same() {
    let site = site();
    let first = build_as_clean(&site, "first");
    assert!(site.shown(&first.diagnostics).contains("dated 1 July"));
    grow_old();
    // The first look came too soon after the files were made: their texts are compared.
    let second = build_as_clean(&site, "second");
    assert_eq!((second.counters.outlined, second.counters.viewed), (first.counters.outlined - 5, 0));
    let third = build_as_clean(&site, "third");
    assert_eq!((third.counters.outlined, third.counters.viewed, third.counters.rendered), (0, 0, 0));
    assert_eq!(third.counters.done.unchanged, first.counters.done.written);
    assert_eq!((third.pages, &third.diagnostics), (first.pages, &first.diagnostics));
    // What is not as it was left is put right.
    site.write("public/essays/a/index.html", "somebody else's words");
    assert_eq!(build_as_clean(&site, "output edited").counters.done.written, 1);
    // The day on which the essay appears, and the hour.
    let at = |now: &str| pipeline::build(&pipeline::Options { now: now.parse().expect("a moment"), ..site.options() });
    assert_eq!(at("2026-07-01T07:59:59Z").counters.done.written, 0);
    assert!(!site.has_page("/essays/c/"));
    assert!(at("2026-07-01T08:00:01Z").counters.done.written > 3);
    assert!(site.has_page("/essays/c/"));
    // And back: a clock that was wrong.
    at("2026-06-15T12:00:00Z");
    assert!(!site.has_page("/essays/c/"));
}

#[test]
fn a_build_that_shows_what_is_scheduled_does_not_outlive_the_date() {
    let site = site().all();
    site.build();
    grow_old();
    site.build();
    let viewed = |now: &str| {
        let options = pipeline::Options { now: now.parse().expect("a moment"), ..site.options() };
        pipeline::build(&options).counters.viewed
    };
    assert_eq!(viewed("2026-07-01T07:59:59Z"), 0);
    assert!(viewed("2026-07-01T08:00:00Z") > 0);
    assert_eq!(viewed("2026-07-01T08:00:00Z"), 0);
}

#[test]
fn an_edit_outlines_one_file_and_looks_at_the_pages_that_show_it() {
    let mut site = site();
    for n in 0..40 {
        site = site.essay(&format!("n{n}"), "", &format!("Essay number {n}."));
    }
    let first = site.build();
    site.write("content/essays/n20.md", essay("n20", "", "Essay number 20. It says more."));
    let built = build_as_clean(&site, "edited");
    assert_eq!(built.counters.outlined, first.counters.outlined - 44);
    assert!(built.counters.viewed < first.counters.viewed / 2, "{:?}", built.counters);
    assert!(built.counters.rendered < 12, "{:?}", built.counters);
    assert!(site.page("/essays/n20/").contains("It says more."));
    // A new link changes what is linked, so every view is made, and few are rendered.
    site.write("content/essays/n20.md", essay("n20", "", "Essay number 20, as [b](b.md) says."));
    let built = build_as_clean(&site, "linked");
    assert!(built.counters.viewed > 40 && built.counters.rendered < 12, "{:?}", built.counters);
}

#[test]
fn another_program_takes_nothing_over() {
    let site = site();
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let one = Path::new(env!("CARGO_BIN_EXE_ninefold"));
    let other = folder.path().join(one.file_name().expect("a name"));
    fs::hard_link(one, &other).expect("the program in another place");
    let highlighted = |program: &Path| {
        let mut command = Command::new(program);
        let ran = command.args(["build", "--timings", "--root"]).arg(site.root()).output().expect("the program runs");
        let _ = fs::remove_dir_all(site.out());
        let said = String::from_utf8_lossy(&ran.stderr).into_owned() + &String::from_utf8_lossy(&ran.stdout);
        let line = said.lines().find_map(|line| line.strip_prefix("blocks of code: "));
        line.and_then(|line| line.split_once(" highlighted")).map(|(count, _)| count.to_owned()).ok_or(said)
    };
    assert_eq!(highlighted(one).as_deref(), Ok("1"));
    assert_eq!(highlighted(one).as_deref(), Ok("0"));
    assert_eq!(highlighted(&other).as_deref(), Ok("1"));
}

#[test]
fn a_damaged_memory_is_as_good_as_none() {
    let site = site();
    site.build();
    let names = files(&memory(&site)).into_iter().map(|(name, _)| name);
    let (kept, names): (Vec<String>, Vec<String>) = names.partition(|name| name.starts_with("files/"));
    assert_eq!(names.len(), 3, "{names:?}");
    for name in &names {
        let path = memory(&site).join(name);
        let whole = fs::read(&path).expect("the file");
        let other_version = String::from_utf8_lossy(&whole[..12]).replace("ninefold", "ninefole").into_bytes();
        let mut flipped = whole.clone();
        flipped[whole.len() / 2] ^= 4;
        for bad in [Vec::new(), whole[..whole.len() - 1].to_vec(), flipped, b"ninefold".to_vec(), other_version] {
            fs::write(&path, bad).expect("damage");
            fs::remove_dir_all(site.out()).expect("the output");
            build_as_clean(&site, name);
        }
    }
    for damage in ["d", "damaged"] {
        for name in &kept {
            fs::write(memory(&site).join(name), damage).expect("damage");
        }
        fs::remove_dir_all(site.out()).expect("the output");
        let built = build_as_clean(&site, "pages");
        assert_eq!(built.counters.rendered, built.counters.done.written);
    }
    // One file's memory in the place of another's, and none at all.
    fs::copy(memory(&site).join(&names[0]), memory(&site).join(&names[1])).expect("a copy");
    build_as_clean(&site, "swapped");
    fs::remove_dir_all(memory(&site)).expect("the memory");
    let built = build_as_clean(&site, "deleted");
    assert_eq!(built.counters.done.written, 0);
}

fn set_time(path: &Path, time: SystemTime) {
    fs::File::options().append(true).open(path).and_then(|file| file.set_modified(time)).expect("a time");
}

#[test]
fn times_that_were_set_back_or_lie_ahead_hide_no_edit() {
    let site = site();
    let path = site.root().join("content/essays/a.md");
    let edit = |text: &str| site.write("content/essays/a.md", essay("a", "patterns: [lag]", text));
    let now = SystemTime::now();
    for (what, time) in [
        ("ahead", now + Duration::from_secs(100_000)),
        ("before 1970", SystemTime::UNIX_EPOCH - Duration::from_secs(100)),
        ("long ago", SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)),
    ] {
        edit("One word.");
        set_time(&path, time);
        build_as_clean(&site, what);
        // The same size and the same time.
        edit("Two word.");
        set_time(&path, time);
        build_as_clean(&site, what);
        assert!(site.page("/essays/a/").contains("Two word."), "{what}");
    }
}

#[test]
fn a_block_is_highlighted_once_and_forgotten_when_it_is_gone() {
    let site = site();
    let counts = |built: &Built| (built.counters.highlighted.made, built.counters.highlighted.cached);
    // The essay's page and the feeds show the same block.
    let first = site.build();
    assert_eq!(first.counters.highlighted.made, 1);
    let page = site.page("/essays/b/");
    assert!(page.contains("hl-"));
    for lost in [site.out(), memory(&site).join("files")] {
        fs::remove_dir_all(lost).expect("the output and the pages kept");
    }
    let again = build_as_clean(&site, "pages gone");
    assert_eq!(counts(&again).0, 0);
    assert!(counts(&again).1 > 0);
    assert_eq!(site.page("/essays/b/"), page);
    // Another block: the first is kept until a build meets all.
    let blocks = || fs::metadata(memory(&site).join("blocks")).expect("the blocks").len();
    let one = blocks();
    site.write("content/essays/b.md", essay("b", "", &CODE.replace("one", "two")));
    assert_eq!(counts(&build_as_clean(&site, "another block")).0, 1);
    assert!(blocks() > one);
    for lost in [site.out(), memory(&site).join("files")] {
        fs::remove_dir_all(lost).expect("the output and the pages kept");
    }
    site.write("content/essays/b.md", essay("b", "", &CODE.replace("one", "six")));
    assert_eq!(counts(&build_as_clean(&site, "a third")).0, 1);
    assert_eq!(blocks(), one);
}

#[test]
fn an_output_that_is_gone_is_put_back_without_rendering() {
    let site = site();
    let first = site.build();
    fs::remove_dir_all(site.out()).expect("the output");
    let again = build_as_clean(&site, "gone");
    assert_eq!((again.counters.viewed, again.counters.rendered), (0, 0));
    assert_eq!(again.counters.done, first.counters.done);
    // A build without memory keeps what it finds in place.
    fs::remove_dir_all(memory(&site)).expect("the memory");
    assert_eq!(site.build().counters.done.written, 0);
    fs::remove_dir_all(site.out()).expect("the output");
    assert_eq!(build_as_clean(&site, "gone again").counters.rendered, 0);
    // Nothing but what shows the edit is made, though all of it is gone.
    fs::remove_dir_all(site.out()).expect("the output");
    site.write(".ninefold/files/notes/mine", "of somebody else");
    site.write("content/essays/d.md", essay("d", "patterns: [lag]", "It came later."));
    let edited = build_as_clean(&site, "gone and edited");
    assert!((1..first.counters.rendered / 2).contains(&edited.counters.rendered), "{:?}", edited.counters);
    assert_eq!(edited.counters.done.written, files(&site.out()).len() - 1, "all but the list of them");
    // What it was before is not kept, and what is not ours stays.
    site.remove(".ninefold/files/notes/mine");
    let kept = files(&memory(&site)).into_iter().filter(|(name, _)| name.starts_with("files/"));
    let kept: BTreeSet<Vec<u8>> = kept.map(|(_, bytes)| bytes).collect();
    let made = files(&site.out()).into_iter().filter(|(name, _)| name != MANIFEST);
    assert!(kept == made.map(|(_, bytes)| bytes).collect());
}

#[test]
fn a_page_that_is_edited_where_it_lies_changes_no_other_output() {
    let site = site();
    let other = pipeline::Options { out: Some(site.root().join("other")), ..site.options() };
    site.build();
    let page = "essays/a/index.html";
    let made = site.page("/essays/a/");
    for out in ["other", "public"] {
        // Once made, once put back from what was kept.
        fs::remove_dir_all(site.root().join("public")).expect("the output");
        site.build();
        pipeline::build(&other);
        site.write(&format!("{out}/{page}"), "somebody else's words");
        let unedited = if out == "other" { "public" } else { "other" };
        assert_eq!(fs::read_to_string(site.root().join(unedited).join(page)).expect("the page"), made);
        fs::remove_dir_all(site.root().join(out)).expect("the edited output");
        build_as_clean(&site, out);
        pipeline::build(&other);
        assert_eq!(fs::read_to_string(site.root().join(out).join(page)).expect("the page"), made);
    }
}

#[test]
fn files_whose_times_were_lost_are_known_by_their_content() {
    let site = site();
    let first = site.build();
    let again = |what: &str| {
        let built = build_as_clean(&site, what);
        assert_eq!(built.counters.rendered, 0, "{what}");
        built.counters.done
    };
    let time = SystemTime::now() - Duration::from_secs(500);
    let lose_times = |folder: &Path| {
        files(folder).iter().for_each(|(name, _)| set_time(&folder.join(name), time));
    };
    // As an archive unpacks what a host kept of the last build.
    lose_times(&site.out());
    assert_eq!(again("in the output").written, 0);
    lose_times(&memory(&site).join("files"));
    fs::remove_dir_all(site.out()).expect("the output");
    assert_eq!(again("among the kept").written, first.counters.done.written);
}

#[test]
fn where_files_can_not_be_kept_they_are_made_again() {
    let site = site().file(".ninefold/files", "in the way");
    let first = site.build();
    fs::remove_dir_all(site.out()).expect("the output");
    assert_eq!(build_as_clean(&site, "gone").counters.rendered, first.counters.rendered);
}
