//! Publishing into folders and branches, and everything that it refuses.

mod announcing;
mod answers;
mod back;
mod branch;
mod faults;
mod folder;
mod locks;
mod network;
mod refused;
mod repairs;
mod targets;

use std::path::PathBuf;
use std::sync::Mutex;

use jiff::Timestamp;
use ninefold::publish::{Event, Options, Published, publish};

use crate::support::{TestSite, now};

/// A site with an essay that goes to the folder `live` beside its content.
pub fn site() -> TestSite {
    with_targets("live: {type: dir, path: live}")
}

pub fn with_targets(targets: &str) -> TestSite {
    let text = format!("title: Test\nbase_url: http://127.0.0.1:9\nsearch: false\npublish:\n  {targets}\n");
    TestSite::new().file("content/site.yaml", text).essay("a", "", "A.")
}

pub fn live(site: &TestSite) -> PathBuf {
    site.root().join("live")
}

pub fn options(site: &TestSite) -> Options {
    Options {
        root: site.root().to_owned(),
        target: None,
        dry_run: false,
        force: false,
        adopt: false,
        repair: false,
        back: false,
        expired: false,
        take_over: false,
        verify: None,
        is_alone: true,
        now: now(),
    }
}

pub fn at(site: &TestSite, when: &str) -> Options {
    Options { now: when.parse::<Timestamp>().expect("a time"), ..options(site) }
}

/// Publishes, and does `when_planned` once the plan is told.
pub fn publish_and(options: &Options, when_planned: impl Fn() + Sync) -> Published {
    publish(options, &|event| {
        if let Event::Planned(_) = event {
            when_planned();
        }
    })
}

/// Publishes a site that must have no fault, and says what was added, changed and removed.
pub fn published(site: &TestSite, options: &Options) -> String {
    let told = Mutex::new(String::new());
    let published = publish(options, &|event| {
        if let Event::Planned(report) = event {
            *told.lock().expect("the plan") = report.plan();
        }
    });
    let errors: Vec<_> = published.diagnostics.iter().filter(|fault| fault.is_error()).cloned().collect();
    assert!(errors.is_empty(), "{}", site.shown(&errors));
    let told = told.into_inner().expect("the plan");
    // How many bytes they are changes with the theme.
    match told.split_once("; ").and_then(|(head, rest)| Some((head, rest.split_once(" bytes to send")?.1))) {
        Some((head, rest)) => [head, rest].concat(),
        None => told,
    }
}

/// What publishing says, as people see it, with the site's folder called FOLDER.
pub fn said(site: &TestSite, options: &Options) -> String {
    let published = publish_and(options, || ());
    site.shown(&published.diagnostics).replace(&site.root().display().to_string(), "FOLDER")
}
