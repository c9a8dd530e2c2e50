//! Names that differ in letter case alone, on disks that tell them apart and on one that does not.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use ninefold::pipeline::{Options, build};

use super::super::publishing;
use crate::support::TestSite;

/// Files of `static/` in one form of their names, then in another; one has new content as well.
const BEFORE: [(&str, &str); 3] = [("Logo.png", "logo"), ("Img/A.png", "a"), ("Img/b.png", "b")];
const AFTER: [(&str, &str); 3] = [("logo.png", "logo"), ("img/a.png", "new"), ("img/b.png", "b")];

fn with(site: &TestSite, files: &[(&str, &str)]) {
    let folder = site.root().join("content/static");
    let _ = fs::remove_dir_all(&folder);
    for (name, content) in files {
        site.write(&format!("content/static/{name}"), content);
    }
}

/// Whether each of the files is in `folder`, by exactly its name, and none of the others.
fn assert_has(folder: &Path, files: &[(&str, &str)]) {
    let mut found: Vec<String> = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && entry.path().extension().is_some_and(|ending| ending == "png"))
        .filter_map(|entry| Some(entry.path().strip_prefix(folder).ok()?.to_string_lossy().replace('\\', "/")))
        .collect();
    found.sort();
    let mut names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(found, names);
    for (name, content) in files {
        assert_eq!(fs::read_to_string(folder.join(name)).expect(name), *content, "{name}");
    }
}

fn site() -> TestSite {
    let site = TestSite::new().essay("a", "", "A.");
    with(&site, &BEFORE);
    site
}

/// Builds into `out`, renames, builds again, and once more.
fn build_and_rename(site: &TestSite, out: PathBuf, force: bool) {
    let options = Options { out: Some(out.clone()), ..site.options() };
    let of = |force| {
        build(&Options {
            force,
            now: options.now,
            include: options.include,
            root: options.root.clone(),
            out: options.out.clone(),
            base_url: None,
            noindex: false,
        })
    };
    assert!(!of(false).has_errors());
    assert_has(&out, &BEFORE);
    with(site, &AFTER);
    for _ in 0..2 {
        let built = of(force);
        assert!(!built.has_errors(), "{}", site.shown(&built.diagnostics));
        assert_has(&out, &AFTER);
    }
}

fn publish_and_rename(site: &TestSite, place: &Path) {
    let settings = format!(
        "title: T\nbase_url: https://example.org\nsearch: false\npublish: {{disk: {{type: dir, path: {}}}}}\n",
        place.display()
    );
    site.write("content/site.yaml", settings);
    publishing::published(site, &publishing::options(site));
    assert_has(place, &BEFORE);
    with(site, &AFTER);
    for _ in 0..2 {
        publishing::published(site, &publishing::options(site));
        assert_has(place, &AFTER);
    }
}

#[test]
fn a_file_whose_name_changes_in_letter_case_alone_is_renamed() {
    let site = site();
    build_and_rename(&site, site.out(), false);
}

#[test]
fn a_place_gets_the_new_name() {
    let (site, place) = (site(), tempfile::tempdir().expect("a folder"));
    publish_and_rename(&site, &place.path().join("pub"));
}

#[test]
fn a_file_of_others_with_the_new_name_is_not_replaced() {
    let site = site();
    site.build();
    fs::write(site.out().join("logo.png"), "mine").expect("a file");
    with(&site, &AFTER);
    assert!(site.try_build().has_errors());
    assert_eq!(fs::read_to_string(site.out().join("logo.png")).expect("a file"), "mine");
}

/// A folder on a disk that does not tell letter case apart.
struct Folding {
    folder: tempfile::TempDir,
    /// The device that holds the disk, where one had to be taken.
    device: Option<String>,
}

/// What a program prints that does as it is told.
fn run(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

impl Folding {
    /// None where none can be mounted.
    fn mounted() -> Option<Self> {
        Self::ext4().or_else(Self::exfat)
    }

    fn empty() -> Option<(Self, String, String)> {
        let folder = tempfile::tempdir().ok()?;
        let path = |name: &str| folder.path().join(name).to_str().map(str::to_owned);
        let (image, on) = (path("image")?, path("on")?);
        fs::create_dir(&on).ok()?;
        run("truncate", &["-s", "64M", &image])?;
        Some((Self { folder, device: None }, image, on))
    }

    /// Of a kernel whose ext4 folds names.
    fn ext4() -> Option<Self> {
        let (disk, image, on) = Self::empty()?;
        run("mkfs.ext4", &["-q", "-O", "casefold", "-E", "encoding=utf8", &image])?;
        run("mount", &["-o", "loop", &image, &on])?;
        fs::create_dir(disk.root()).ok()?;
        run("chattr", &["+F", disk.root().to_str()?])?;
        disk.folds().then_some(disk)
    }

    /// Of any kernel: exFAT outside of it.
    fn exfat() -> Option<Self> {
        let (mut disk, image, on) = Self::empty()?;
        run("mkfs.exfat", &[&image])?;
        let device = run("losetup", &["-f", "--show", &image])?;
        disk.device = Some(device.clone());
        run("mount.exfat-fuse", &[&device, &on])?;
        fs::create_dir(disk.root()).ok()?;
        disk.folds().then_some(disk)
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("on/folded")
    }

    fn folds(&self) -> bool {
        let root = self.root();
        fs::write(root.join("Name"), "").is_ok()
            && root.join("name").exists()
            && fs::remove_file(root.join("name")).is_ok()
    }
}

impl Drop for Folding {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path().join("on")).output();
        if let Some(device) = &self.device {
            run("losetup", &["-d", device]);
        }
    }
}

#[test]
#[ignore = "needs the right to mount a disk that folds names"]
fn nothing_is_lost_on_a_disk_that_does_not_tell_letter_case_apart() {
    let Some(disk) = Folding::mounted() else { return eprintln!("left out: no disk that folds can be mounted here") };
    build_and_rename(&site(), disk.root().join("one"), false);
    build_and_rename(&site(), disk.root().join("two"), true);
    publish_and_rename(&site(), &disk.root().join("pub"));
}
