//! After any sequence of edits, what is served and what is built again equal, byte for byte, what a clean build writes.

mod edit;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use ninefold::model::UrlPath;
use ninefold::pipeline::{self, Options};
use ninefold::render::Output;
use ninefold::snapshot::{Change, Snapshot};
use proptest::prelude::*;
use proptest::strategy::Union;

use edit::{ESSAYS, Edit, Essay, apply, edit};

use crate::random;
use crate::random_site::{self, FILES, document, made};
use crate::support::{TestSite, files, now};

/// Every address that is served, with its bytes.
fn served(snapshot: &Snapshot) -> BTreeMap<String, Vec<u8>> {
    let urls: Vec<UrlPath> = snapshot.assembled.site.urls().map(|(url, _)| url.clone()).collect();
    urls.iter()
        .map(|url| (url.file(), bytes(snapshot.output(url).expect("a page").expect("what is built can be served"))))
        .map(|(file, bytes)| (file, without_marks(bytes)))
        .collect()
}

fn bytes(output: Output) -> Vec<u8> {
    match output {
        Output::Bytes(bytes) => bytes,
        Output::Shared(bytes) => bytes.to_vec(),
        Output::Copy(content) => content.bytes().expect("a file"),
    }
}

/// A draft may be built with broken links; served, they are marked.
fn without_marks(bytes: Vec<u8>) -> Vec<u8> {
    let Ok(mut text) = String::from_utf8(bytes.clone()) else { return bytes };
    while let Some(start) = text.find("<span class=\"nf-fault\"") {
        let end = start + text[start..].find("</span>").expect("the mark's end");
        text.replace_range(end..end + "</span>".len(), "");
        let open = start + text[start..].find('>').expect("the tag's end");
        text.replace_range(start..=open, "");
    }
    text.into_bytes()
}

fn built(options: &Options, out: PathBuf) -> Option<BTreeMap<String, Vec<u8>>> {
    let built = pipeline::build(&Options { out: Some(out.clone()), ..options.clone() });
    let without_manifest = |(path, _): &(String, Vec<u8>)| path != ".ninefold-manifest";
    (!built.has_errors()).then(|| files(&out).into_iter().filter(without_manifest).collect())
}

fn differing(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) -> Vec<String> {
    let names: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
    names.into_iter().filter(|name| a.get(*name) != b.get(*name)).cloned().collect()
}

fn follows_the_edits(all: bool, steps: &[Vec<Edit>], compared: &AtomicUsize) {
    let site = TestSite::with_default_theme();
    let site = if all { site.all() } else { site };
    apply(&site, &Edit::Settings(0));
    for n in 0..2 {
        apply(&site, &Edit::Concept(n, 0));
        apply(&site, &Edit::Record(n, 0));
    }
    let plain = Essay {
        words: 0,
        title: 0,
        patterns: 3,
        incident: true,
        concept: true,
        draft: true,
        front: 9,
        body: 3,
        link: 0,
    };
    for n in 0..ESSAYS {
        apply(&site, &Edit::Essay(n, Essay { title: n as u8, ..plain.clone() }));
    }
    let apply = |step: &Vec<Edit>| step.iter().flat_map(|edit| apply(&site, edit)).collect();
    compares_after_each(&site, steps, apply, compared);
}

/// After each step, which `apply` does and whose paths it names, what is served and what is built again are compared with a clean
/// build.
fn compares_after_each<S: std::fmt::Debug>(
    site: &TestSite,
    steps: &[S],
    apply: impl Fn(&S) -> BTreeSet<PathBuf>,
    compared: &AtomicUsize,
) {
    let options = site.options();
    let clean = tempfile::tempdir().expect("a folder");
    let mut snapshot = Snapshot::read(site.root(), site.include, now());
    for (n, step) in steps.iter().enumerate() {
        if let Some(next) = snapshot.apply(&Change::Paths(apply(step)), now()) {
            snapshot = next;
        }
        // Another output folder has a memory of its own: this one none.
        let Some(fresh) = built(&options, clean.path().join(n.to_string())) else { continue };
        compared.fetch_add(1, Ordering::Relaxed);
        let again = built(&options, site.out()).expect("a site without errors");
        assert_eq!(differing(&again, &fresh), [""; 0], "built again after {step:?}");
        assert_eq!(differing(&served(&snapshot), &fresh), [""; 0], "served after {step:?}");
    }
}

#[test]
fn served_and_built_again_equal_a_clean_build_after_any_edits() {
    let steps = prop::collection::vec(prop::collection::vec(edit(), 1..3), 5..12);
    let compared = AtomicUsize::new(0);
    random::check(7, 48, (prop::bool::weighted(0.7), steps), |(all, steps)| {
        follows_the_edits(all, &steps, &compared);
    });
    // A site with errors is not built, so there is nothing to compare with: that must not be the usual case.
    eprintln!("compared {compared:?}");
    assert!(compared.load(Ordering::Relaxed) >= 80, "only {compared:?} sites were whole");
}

#[test]
fn so_do_they_after_edits_of_every_key_of_every_kind_of_file() {
    let rewrite = Union::new(FILES.iter().map(|(path, keys)| document(path, keys).boxed()));
    let steps = prop::collection::vec(prop::collection::vec(rewrite, 1..3), 4..8);
    let compared = AtomicUsize::new(0);
    random::check(8, 10, (random_site::site(), steps), |(files, steps)| {
        let site = made(files.iter());
        let apply = |step: &Vec<(String, String)>| {
            step.iter().for_each(|(path, text)| site.write(path, text.clone()));
            step.iter().map(|(path, _)| site.root().join(path)).collect()
        };
        compares_after_each(&site, &steps, apply, &compared);
    });
    eprintln!("compared {compared:?}");
    assert!(compared.load(Ordering::Relaxed) >= 30, "only {compared:?} sites were whole");
}
