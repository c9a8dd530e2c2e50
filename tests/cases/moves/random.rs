//! Names change on random sites: nothing is wrong afterwards that was not, every link leads where it did, and a name that comes
//! back brings every byte back but what is left behind for readers.

use std::collections::BTreeMap;

use ninefold::model::SourceKind;
use ninefold::moves;
use ninefold::pipeline;

use super::{found, make};
use crate::random;
use crate::random_site::{made, site};
use crate::support::{TestSite, files};

const NAMES: [(SourceKind, &str); 8] = [
    (SourceKind::Concept, "c0"),
    (SourceKind::Concept, "c1"),
    (SourceKind::Incident, "i0"),
    (SourceKind::Incident, "i1"),
    (SourceKind::Essay, "e0"),
    (SourceKind::Essay, "e1"),
    (SourceKind::Essay, "e2"),
    (SourceKind::Essay, "e3"),
];
/// One among them has a look that YAML reads as a number.
const NEW: [&str; 3] = ["renamed", "2026", "caf\u{e9}"];

/// How often each code is reported.
fn codes(site: &TestSite) -> BTreeMap<&'static str, usize> {
    let mut codes = BTreeMap::new();
    pipeline::read(&site.options()).diagnostics.iter().for_each(|fault| *codes.entry(fault.code()).or_default() += 1);
    codes
}

/// The files of `content/`, without the lines that a name leaves behind.
fn content(site: &TestSite) -> Vec<(String, String)> {
    let is_left_behind = |line: &&str| line.starts_with("aliases:") || line.starts_with("feed_id:");
    let texts = files(&site.root().join("content")).into_iter().map(|(path, bytes)| {
        let text = String::from_utf8(bytes).expect("a text");
        let text: String = text.split_inclusive('\n').filter(|line| !is_left_behind(line)).collect();
        (path, text)
    });
    texts.collect()
}

#[test]
fn a_name_changes_on_a_random_site_and_comes_back() {
    let cases = (site(), proptest::sample::select(&NAMES[..]), proptest::sample::select(&NEW[..]));
    random::check(41, 32, cases, |(files, (kind, old), new)| {
        let site = made(files.iter());
        let (before, codes_before) = (content(&site), codes(&site));
        for (from, to) in [(old, new), (new, old)] {
            let changes = found(&site, |project| moves::rename(project, kind, from, to))
                .unwrap_or_else(|faults| panic!("{}", site.shown(&faults)));
            make(&site, &changes);
            assert_eq!(codes(&site), codes_before, "{from} as {to}");
        }
        assert_eq!(content(&site), before);
    });
}
