//! What an author is told, word for word, and that every kind of fault is told somewhere.

mod addresses;
mod claims;
mod codes;
mod contradictions;
mod essays;
mod files;
mod headings;
mod known;
mod left_out;
mod links;
mod lints;
mod output;
mod records;
mod second_looks;
mod site_yaml;
mod tags;
mod yaml;

use crate::support::TestSite;

/// What a build of a site with this one essay says.
fn of_essay(text: &str) -> String {
    TestSite::new().file("content/essays/a.md", text).said()
}

/// The same of an essay with these lines besides title and date.
fn of_front(lines: &str) -> String {
    of_essay(&format!("---\ntitle: A\ndate: 2026-05-01\n{lines}\n---\n\nText.\n"))
}

/// The same of an essay with this body.
fn of_body(body: &str) -> String {
    of_essay(&format!("---\ntitle: A\ndate: 2026-05-01\n---\n\n{body}\n"))
}
