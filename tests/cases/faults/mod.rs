//! What a build and a publication meet on a disk: links and pipes, damage, other builds, a disk that is full, a kill. Makes
//! them, and knows how to look at folders; knows no case.

mod damage;
mod killed;
mod letter_case;
mod manifests;
mod names;
mod together;
mod times;
#[cfg(unix)]
mod disk;
#[cfg(unix)]
mod links;
#[cfg(unix)]
mod links_random;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};

use ninefold::pipeline::{self, Built};
use ninefold::write::MANIFEST;

use crate::support::{TestSite, files};

pub type Contents = BTreeMap<String, Vec<u8>>;

/// Every file below `folder`, the manifest left out.
pub fn pages(folder: &Path) -> Contents {
    files(folder).into_iter().filter(|(path, _)| path != MANIFEST).collect()
}

/// Every entry below `folder`, whatever it is: of a file its bytes, of a link where it leads.
pub fn entries(folder: &Path) -> Contents {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).into_iter().filter_map(Result::ok);
    entries
        .map(|entry| {
            let kind = entry.file_type();
            let content = match kind {
                _ if kind.is_file() => fs::read(entry.path()).expect("a file"),
                _ if kind.is_symlink() => {
                    format!("-> {}", fs::read_link(entry.path()).expect("a link").display()).into_bytes()
                }
                _ => format!("{kind:?}").into_bytes(),
            };
            (entry.path().strip_prefix(folder).expect("below").to_string_lossy().into_owned(), content)
        })
        .collect()
}

/// The site's output as a build without memory makes it elsewhere.
pub fn clean(site: &TestSite) -> Vec<(String, Vec<u8>)> {
    clean_by(site, |out| {
        let built = pipeline::build(&pipeline::Options { out: Some(out.to_owned()), ..site.options() });
        assert!(!built.has_errors(), "{}", site.shown(&built.diagnostics));
    })
}

/// The same, built by the program: at its own time.
pub fn clean_by_the_program(site: &TestSite) -> Vec<(String, Vec<u8>)> {
    clean_by(site, |out| ends_well(program(site, &["build", "--out", out.to_str().expect("UTF-8")])))
}

fn clean_by(site: &TestSite, build: impl FnOnce(&Path)) -> Vec<(String, Vec<u8>)> {
    let elsewhere = tempfile::tempdir().expect("a folder");
    let (memory, aside) = (site.root().join(".ninefold"), elsewhere.path().join("memory"));
    let is_put_aside = fs::rename(&memory, &aside).is_ok();
    let out = elsewhere.path().join("out");
    build(&out);
    let _ = fs::remove_dir_all(&memory);
    if is_put_aside {
        fs::rename(&aside, &memory).expect("the memory");
    }
    files(&out)
}

/// Starts the program on the site.
pub fn program(site: &TestSite, arguments: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ninefold"));
    command.args(arguments).arg("--root").arg(site.root()).env("CI", "1");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program")
}

pub fn ends_well(child: Child) {
    let output = child.wait_with_output().expect("an end");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Tells other threads, when it is dropped, that they may stop.
pub struct Stop<'a>(pub &'a AtomicBool);

impl Drop for Stop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What was reported, with the site's folder called FOLDER.
pub fn reported(site: &TestSite, built: &Built) -> String {
    site.shown(&built.diagnostics).replace(&site.root().display().to_string(), "FOLDER")
}

/// Changes a byte of a file and leaves its size and its times as they were.
pub fn change_unseen(path: &Path) {
    let mut bytes = fs::read(path).expect("a file");
    let time = fs::metadata(path).and_then(|metadata| metadata.modified()).expect("a time");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(path, bytes).expect("a file");
    fs::File::options().append(true).open(path).and_then(|file| file.set_modified(time)).expect("a time");
}

/// A sequence of numbers that a seed decides (Lehmer 1951, with the factor of Park and Miller).
pub struct Numbers(u64);

impl Numbers {
    /// From the environment, so that a run can be had again, or from the clock. It is printed.
    pub fn seeded(what: &str) -> Self {
        let clock = || std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(1, |since| since.subsec_nanos().into());
        let seed = std::env::var("NINEFOLD_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or_else(clock);
        eprintln!("{what}: NINEFOLD_SEED={seed}");
        Self::of(seed)
    }

    /// The same at each run.
    pub fn of(seed: u64) -> Self {
        Self(1 + seed % 2_147_483_646)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0 * 48_271 % 2_147_483_647;
        self.0 % end
    }
}
