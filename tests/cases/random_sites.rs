//! Random sites in which every key of every kind of file has some value or other. Whatever they hold, every address leads
//! somewhere, and neither the order in which files were made nor the number of threads shows in what is built.

use std::collections::BTreeSet;

use super::links::Host;
use crate::random;
use crate::random_site::{FILES, made, site};
use crate::support::TestSite;

#[test]
fn every_address_of_a_random_site_leads_somewhere() {
    random::check(31, 32, site(), |files| {
        let site = made(files.iter());
        for base in ["https://example.org", "https://example.org/below/"] {
            Host::new(&site, base).assert_whole();
        }
    });
}

#[test]
fn neither_the_order_of_files_nor_the_number_of_threads_shows() {
    random::check(32, 24, site(), |files| {
        let site = made(files.iter());
        site.build();
        let expected = site.output();
        for threads in [1, 2, 7] {
            let again = made(files.iter().rev());
            let built = ninefold::pipeline::build_on(&again.options(), threads).expect("threads");
            assert!(!built.has_errors(), "{}", again.shown(&built.diagnostics));
            let found = again.output();
            let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(path, _)| path.clone()).collect::<Vec<_>>();
            assert_eq!(names(&found), names(&expected));
            for ((path, a), (_, b)) in found.iter().zip(&expected) {
                assert!(a == b, "{path} on {threads} threads");
            }
        }
    });
}

/// The keys that a file of each kind may have are those that the program lists when it is given another.
#[test]
fn random_files_have_every_key_of_their_kind() {
    for (path, keys) in FILES {
        let site = TestSite::new().file(path, "---\nzzzzzzzz: 1\n---\n");
        let said = site.said();
        let known = said.split_once("known here: ").unwrap_or_else(|| panic!("{said}")).1;
        let known: BTreeSet<&str> = known.lines().next().unwrap_or_default().split(", ").collect();
        assert_eq!(keys.iter().map(|(key, _)| *key).collect::<BTreeSet<_>>(), known, "{path}");
    }
}
