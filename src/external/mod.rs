//! Whether the pages that a site links to elsewhere are still there. Owns the order of asking, judging and remembering; neither
//! builds a site nor changes a text. The network, the clock and the disk are in `fetch`, `run` and `store`, and all three are
//! handed in or replaced in tests.

mod answer;
mod archive;
mod faults;
#[allow(clippy::disallowed_methods, reason = "an edge: requests to other hosts")]
mod fetch;
mod finding;
mod links;
mod memento;
mod page;
mod private;
mod record;
#[allow(clippy::disallowed_methods, reason = "an edge: threads, and how much time has passed")]
mod run;
mod schedule;
#[allow(clippy::disallowed_methods, reason = "an edge: what one run remembers for the next")]
mod store;
mod suspicion;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::Path;
use std::sync::Mutex;

use jiff::Timestamp;
use url::Url;

use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, Rule};
use crate::guard::locked;

use answer::Request;
use finding::{Finding, judge};
use memento::Memento;
use record::Record;
use run::{Asked, ask};
use store::Store;

pub use answer::{Answer, Failure, Html, MAX_BODY, MAX_REDIRECTS, Reply, Web};
pub use fetch::{Access, PublicWeb};
pub use schedule::Pace;

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[faults::RULES, archive::RULES];

/// How links are checked.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The present moment, of all findings of this run.
    pub now: Timestamp,
    /// Also what earlier runs found is asked for.
    pub again: bool,
    pub pace: Pace,
}

/// What came of a check.
#[derive(Debug, Default)]
pub struct Checked {
    /// At the levels of the settings.
    pub diagnostics: Vec<Diagnostic>,
    /// Addresses that the site links to.
    pub addresses: usize,
    /// Of those, how many were asked for in this run.
    pub asked: usize,
    /// Why findings could not be remembered.
    pub not_remembered: Option<io::Error>,
}

/// Hears how many of how many addresses are done.
pub type Progress<'a> = dyn Fn(usize, usize) + Sync + 'a;

/// Asks `web` for what `assembled`, the site in `root`, links to, except what was found a short time ago.
pub fn check(root: &Path, assembled: &Assembled, web: &dyn Web, options: &Options, progress: &Progress<'_>) -> Checked {
    let links = links::links(assembled);
    let mut store = Store::read(root);
    let wanted = |url: &Url| links.get(url).map(|links| links::places(links)).unwrap_or_default();
    let holds = |url: &Url, places: &BTreeSet<String>| {
        !options.again && store.records.get(url.as_str()).is_some_and(|record| record.holds(options.now, places))
    };
    let urls = links.keys().filter(|url| !holds(url, &wanted(url))).cloned();
    let requests: Vec<Request> = urls.map(|url| Request { url, when: None }).collect();
    let (addresses, asked) = (links.len(), requests.len());
    let not_remembered = if asked > 0 { store.open(root).err() } else { None };
    progress(0, asked);
    let state = Mutex::new((store, 0));
    ask(requests, web, options.pace, &|Request { url, .. }, asked_for| {
        let finding = match asked_for {
            Asked::Answered(answer) => judge(&url, &wanted(&url), &answer),
            Asked::GivenUp => Finding::Unknown("its server was busy with other addresses of this site".to_owned()),
        };
        let mut state = locked(&state);
        let before = state.0.records.get(url.as_str()).cloned();
        state.0.add(Record::new(url.to_string(), finding, options.now, before.as_ref()));
        state.1 += 1;
        progress(state.1, asked);
    });
    let store = state.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner).0;
    let diagnostics = assembled.levelled(faults::faults(assembled, &links, &store.records));
    Checked { diagnostics, addresses, asked, not_remembered }
}

/// Asks the archive behind the gate of the settings for copies of what `assembled` links to, as of the day of each text, except
/// where a text names one already. What is found is told, with the edits that write it.
pub fn archive(
    root: &Path,
    assembled: &Assembled,
    web: &dyn Web,
    options: &Options,
    progress: &Progress<'_>,
) -> Vec<Diagnostic> {
    let wishes = archive::wishes(assembled, &assembled.site.config.timegate, &Store::read(root).records);
    let requests: BTreeSet<Request> = wishes.iter().filter_map(|wish| wish.request.clone()).collect();
    let all = requests.len();
    progress(0, all);
    let found = Mutex::new(BTreeMap::new());
    ask(requests.into_iter().collect(), web, options.pace, &|request, asked| {
        let memento = match asked {
            Asked::Answered(answer) => memento::read(&request, &answer),
            Asked::GivenUp => Memento::Unknown("the archive was busy with others".to_owned()),
        };
        let mut found = locked(&found);
        found.insert(request, memento);
        progress(found.len(), all);
    });
    let found = found.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    assembled.levelled(archive::faults(assembled, &wishes, &found))
}
