//! A disk that is full, and folders that may not be written to: the site that was there stays, each file is whole, and the
//! next build heals.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::{clean, pages, reported};
use crate::support::{TestSite, essay};

/// A small disk in memory at a folder of its own.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    /// None where this user may not mount one.
    fn mounted() -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        mount(&["-t", "tmpfs", "-o", "size=1m", "small"], folder.path()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("--lazy").arg(self.0.path()).status();
    }
}

fn mount(arguments: &[&str], folder: &Path) -> bool {
    let mut command = Command::new("mount");
    command.args(arguments).arg(folder).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn site() -> TestSite {
    TestSite::new().essay("a", "patterns: [lag]", "A.").essay("b", "", "B.")
}

fn out_on(disk: &SmallDisk, site: &TestSite) -> ninefold::pipeline::Options {
    ninefold::pipeline::Options { out: Some(disk.0.path().join("out")), ..site.options() }
}

#[test]
#[ignore = "needs the right to mount"]
fn a_full_disk_leaves_the_site_that_was_there() {
    let Some(disk) = SmallDisk::mounted() else { return eprintln!("left out: no disk can be mounted here") };
    let site = site();
    let options = out_on(&disk, &site);
    let filler = disk.0.path().join("filler");
    let mut was_full = 0;
    // From a disk that is full to the last byte to one with room for everything.
    for round in 0..24 {
        let _ = fs::remove_file(&filler);
        assert!(!ninefold::pipeline::build(&options).has_errors());
        let before = pages(&disk.0.path().join("out"));
        site.write("content/essays/a.md", essay("a", "patterns: [lag]", &format!("A, edited {round} times.")));
        site.write("content/static/large.txt", format!("{round}\n").repeat(20_000));
        // What doesn't fit is not written: the disk is full to the last page.
        let _ = fs::write(&filler, vec![0_u8; 1 << 20]);
        fs::File::options()
            .write(true)
            .open(&filler)
            .and_then(|file| file.set_len(file.metadata()?.len().saturating_sub(round * 8_192)))
            .expect("room");
        let built = ninefold::pipeline::build(&options);
        let found = pages(&disk.0.path().join("out"));
        let whole = clean(&site).into_iter().collect::<super::Contents>();
        if built.has_errors() {
            was_full += 1;
            let report = reported(&site, &built);
            assert!(report.contains("error[cannot-write]"), "{report}");
            assert!(report.contains("make room on the disk"), "{report}");
        }
        for (path, bytes) in &found {
            let is_known = before.get(path) == Some(bytes) || whole.get(path) == Some(bytes);
            assert!(is_known, "round {round}: {path} is of neither, {} bytes", bytes.len());
        }
        assert!(before.keys().all(|path| found.contains_key(path)), "round {round}");
        fs::remove_file(&filler).expect("the filler");
        assert!(!ninefold::pipeline::build(&options).has_errors());
        assert!(crate::support::files(&disk.0.path().join("out")).into_iter().eq(whole), "round {round}");
    }
    assert!((1..24).contains(&was_full), "{was_full} of 24");
}

#[test]
#[ignore = "needs the right to mount"]
fn a_disk_that_is_read_only_is_told_of_and_read() {
    let Some(disk) = SmallDisk::mounted() else { return eprintln!("left out: no disk can be mounted here") };
    let site = site();
    let options = out_on(&disk, &site);
    ninefold::pipeline::build(&options);
    let before = pages(&disk.0.path().join("out"));
    assert!(mount(&["-o", "remount,ro"], disk.0.path()), "a remount");
    site.write("content/essays/a.md", essay("a", "", "New."));
    let report = reported(&site, &ninefold::pipeline::build(&options));
    assert!(report.starts_with("error[cannot-write]") && report.contains("make the folder writable"), "{report}");
    assert!(pages(&disk.0.path().join("out")) == before);
    assert!(mount(&["-o", "remount,rw"], disk.0.path()), "a remount");
    assert!(!ninefold::pipeline::build(&options).has_errors());
    assert!(crate::support::files(&disk.0.path().join("out")) == clean(&site));
}

#[test]
fn a_folder_that_may_not_be_written_to_is_told_of() {
    let site = site();
    site.build();
    let before = pages(&site.out());
    site.write("content/essays/a.md", essay("a", "", "New."));
    for folder in [site.out(), site.out().join("essays/a")] {
        let set = |mode| fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("permissions");
        set(0o555);
        // Who may write everywhere can't be refused.
        let is_refused = fs::write(folder.join("probe"), "").is_err();
        let _ = fs::remove_file(folder.join("probe"));
        let built = site.try_build();
        set(0o755);
        if is_refused {
            assert!(reported(&site, &built).starts_with("error[cannot-write]"), "{}", reported(&site, &built));
            let found = pages(&site.out());
            assert!(before.keys().all(|path| found.contains_key(path)));
        }
        site.build();
        assert!(site.output() == clean(&site));
    }
}
