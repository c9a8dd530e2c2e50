//! EDGE. Publishes a site: builds it, compares it with what a place has, and brings the place up to it so that readers have
//! whole pages at every moment. Knows the order of things; each step and each kind of place is another module's.

mod after;
mod coding;
mod faults;
mod git;
mod http;
mod job;
mod plan;
mod record;
mod refusals;
mod repair;
mod report;
mod run;
mod secrets;
mod stores;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Runtime;

use crate::config::{Announce, BaseUrl, Target, TargetKind};
use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::link::Include;
use crate::load;
use crate::pipeline::{self, Built};
use crate::write;

use after::announce;
use after::purge::{self, Purger};
use after::verify;
use git::Branch;
use job::{Job, Origin};
use record::RECORD;
pub use record::Record;
pub use report::Report;
use run::interrupt::{self, Interrupt};
use run::last::Last;
use run::lock;
pub use run::parallel::Progress;
use stores::Store;
use stores::apart::Apart;
use stores::dir::Dir;
use stores::rsync::Rsync;
use stores::s3::{self, S3};
use stores::versions::Versions;

rules! {
    NOT_BUILT = "not-built", error fixed, "a site with errors is not published";
    TOO_MANY_REMOVALS = "too-many-removals", error fixed, "publishing would remove many files";
    VANISHING_ADDRESS = "vanishing-address", warning fixed, "an address that readers may know is gone";
    BAD_TARGET = "bad-target", error fixed, "the folder to publish to is one of the site's own";
    STORE = "store", error fixed, "the place to publish to does not do what it is asked";
    ODD_KEYS = "odd-keys", warning fixed, "a place holds names that can be no path of a site";
    VERIFY = "verify", error fixed, "an address does not show what was published";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[
    RULES,
    announce::RULES,
    faults::RULES,
    git::RULES,
    interrupt::RULES,
    purge::RULES,
    refusals::RULES,
    run::RULES,
    s3::RULES,
    verify::RULES,
];

/// What to publish, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that holds `content/`.
    pub root: PathBuf,
    /// The name of a target in site.yaml; none if there is only one.
    pub target: Option<String>,
    /// Find out everything and change nothing.
    pub dry_run: bool,
    /// Remove as many files as the plan says.
    pub force: bool,
    /// Take over a place that holds files of others.
    pub adopt: bool,
    /// Look at every file of the place, and send what others changed.
    pub repair: bool,
    /// Bring the version again that the place showed before; nothing is built.
    pub back: bool,
    /// Remove what the place shows if its time is over, and publish nothing.
    pub expired: bool,
    /// Take the lock over from a publisher that is gone.
    pub take_over: bool,
    /// Fetch a sample afterwards, and how long to wait for caches; none to leave it.
    pub verify: Option<Duration>,
    /// Runs without a terminal: no question is asked.
    pub is_alone: bool,
    /// The present moment.
    pub now: Timestamp,
}

/// Told while it goes on.
#[derive(Debug)]
pub enum Event<'a> {
    Built(&'a Built),
    Planned(&'a Report),
    Sent(Progress),
}

/// What came of it. If a diagnostic is an error, the place may not be as the site is; its pages are whole.
#[derive(Debug, Default)]
pub struct Published {
    /// Without those of the build, which were reported when it was done.
    pub diagnostics: Vec<Diagnostic>,
    pub report: Report,
}

/// Builds the site and publishes it.
pub fn publish(options: &Options, told: &(dyn Fn(Event<'_>) + Sync)) -> Published {
    let mut published = Published::default();
    match run(options, told, &mut published.report) {
        Ok(warnings) => published.diagnostics = warnings,
        Err(faults) => published.diagnostics = faults,
    }
    published
}

fn run(
    options: &Options,
    told: &(dyn Fn(Event<'_>) + Sync),
    report: &mut Report,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    // Faults in site.yaml are reported by the build.
    let config = load::read_config(&options.root, &mut Vec::new());
    let targets = config.as_ref().map_or(&[][..], |config| &config.publish.targets);
    let chosen = refusals::chosen(targets, options.target.as_deref());
    if let Ok(target) = &chosen {
        (report.target, report.place, report.dry_run) = (target.name.clone(), words(&target.kind), options.dry_run);
    }
    if options.back || options.expired {
        let target = chosen.map_err(|fault| vec![fault])?;
        let own = config.as_ref().map(|config| config.base_url.clone()).unwrap_or_default();
        let base = target.base_url.as_ref().unwrap_or(&own);
        if options.expired {
            return end(options, target, base, told, report);
        }
        return back(options, target, base, config.as_ref().map(|config| &config.announce), told, report);
    }
    let build = chosen.as_ref().map_or_else(
        |_| pipeline::Options::new(&options.root, Include::default(), options.now),
        |target| pipeline::Options {
            base_url: target.base_url.clone(),
            include: Include { drafts: target.drafts, future: target.future },
            noindex: target.noindex,
            // Beside what the live site was built into, which stays as it is.
            out: target.is_copy().then(|| write::copy_folder(&options.root, &target.name)),
            ..pipeline::Options::new(&options.root, Include::default(), options.now)
        },
    );
    let built = pipeline::build(&build);
    told(Event::Built(&built));
    if built.has_errors() {
        return Err(vec![
            Diagnostic::new(NOT_BUILT, "the site has errors: nothing was published")
                .help("mend them and run the command again"),
        ]);
    }
    let target = chosen.map_err(|fault| vec![fault])?;
    let out = build.out();
    let files = write::files(&out).ok_or_else(|| vec![refusals::unreadable(&out)])?;
    refusals::check(&built, &files).map_err(|fault| vec![fault])?;
    let open = Open::new(options, target)?;
    let place = open.place(&out)?;
    let origin = Origin::Built { build: &build, out };
    let announce = config.as_ref().map(|config| &config.announce);
    let job = Job { options, target, base: &built.facts.base_url, announce, origin, files, open, told };
    let warnings = job.bring(&place, report)?;
    Ok(refusals::placeholder(&built).into_iter().chain(warnings).collect())
}

/// Brings the version again that the place showed before.
fn back(
    options: &Options,
    target: &Target,
    base: &BaseUrl,
    announce: Option<&Announce>,
    told: &(dyn Fn(Event<'_>) + Sync),
    report: &mut Report,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let one = |fault: Diagnostic| vec![fault];
    let open = Open::new(options, target)?;
    let place = open.place(&pipeline::Options::new(&options.root, Include::default(), options.now).out())?;
    let files = match &place {
        Place::Store(store) => {
            let last = Last::at(&**store).map_err(|fault| one(faults::failed("the place", &fault)))?;
            last.map(|last| last.files).ok_or_else(|| one(refusals::no_last()))
        }
        Place::Branch(branch) => branch.last().map_err(one),
    }?;
    Job { options, target, base, announce, origin: Origin::Last, files, open, told }.bring(&place, report)
}

/// Removes what the place shows, if its time is over.
fn end(
    options: &Options,
    target: &Target,
    base: &BaseUrl,
    told: &(dyn Fn(Event<'_>) + Sync),
    report: &mut Report,
) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
    let one = |fault: Diagnostic| vec![fault];
    let open = Open::new(options, target)?;
    let place = open.place(&pipeline::Options::new(&options.root, Include::default(), options.now).out())?;
    let record = match &place {
        Place::Store(store) => {
            store.get(RECORD).map_err(|fault| one(faults::failed("the place", &fault)))?.map(|(bytes, _)| bytes)
        }
        Place::Branch(branch) => branch.record().map_err(one)?,
    };
    let record = record.as_deref().map(refusals::parsed).transpose().map_err(one)?;
    let is_over = record.and_then(|record| record.expires).is_some_and(|until| until <= options.now);
    if !is_over {
        return Ok(Vec::new());
    }
    Job { options, target, base, announce: None, origin: Origin::Nothing, files: BTreeMap::new(), open, told }
        .bring(&place, report)
}

/// A place in words.
fn words(kind: &TargetKind) -> String {
    match kind {
        TargetKind::S3(s3) => format!("s3, bucket {}", s3.bucket),
        TargetKind::Dir(dir) => format!("folder {}", dir.path),
        TargetKind::Rsync(rsync) => format!("rsync, {}", secrets::without(&rsync.destination)),
        TargetKind::Git(git) => format!("git, branch {} of {}", git.branch, secrets::without(&git.remote)),
    }
}

/// What reaches a place and hears of signals.
struct Open<'a> {
    options: &'a Options,
    target: &'a Target,
    runtime: Arc<Runtime>,
    interrupt: Interrupt,
}

/// A place that can be reached.
enum Place {
    /// It takes files one by one.
    Store(Box<dyn Store>),
    /// One push moves it or does not.
    Branch(Box<Branch>),
}

impl<'a> Open<'a> {
    fn new(options: &'a Options, target: &'a Target) -> Result<Self, Vec<Diagnostic>> {
        let runtime = runtime().map_err(|fault| vec![fault])?;
        if let Some(purge) = &target.purge {
            Purger::check(purge).map_err(|fault| vec![fault])?;
        }
        let interrupt = Interrupt::on_signals(&runtime);
        Ok(Self { options, target, runtime, interrupt })
    }

    /// The place, for a site that is built into `out`.
    fn place(&self, out: &Path) -> Result<Place, Vec<Diagnostic>> {
        let Options { root, is_alone, back, .. } = self.options;
        let place = match &self.target.kind {
            TargetKind::Git(git) => Branch::open(root, git, *is_alone, *back).map(Box::new).map(Place::Branch),
            kind => store(kind, root, out, *is_alone, &self.runtime).map(Place::Store),
        };
        place.map_err(|fault| vec![fault])
    }
}

/// The place that takes files one by one.
fn store(
    kind: &TargetKind,
    root: &Path,
    out: &Path,
    is_alone: bool,
    runtime: &Arc<Runtime>,
) -> Result<Box<dyn Store>, Diagnostic> {
    match kind {
        TargetKind::S3(s3) => {
            let site = S3::new(s3, Arc::clone(runtime))?;
            match s3.state() {
                Some(state) => Ok(Box::new(Apart { site, state: S3::new(&state, Arc::clone(runtime))? })),
                None => Ok(Box::new(site)),
            }
        }
        TargetKind::Dir(dir) => {
            let place = root.join(&dir.path);
            refusals::overlapping(&place, out, root)?;
            if dir.is_switched { Ok(Box::new(Versions::new(place)?)) } else { Ok(Box::new(Dir::new(place))) }
        }
        TargetKind::Rsync(rsync) => Ok(Box::new(Rsync::new(rsync, is_alone))),
        TargetKind::Git(_) => Err(Diagnostic::new(BAD_TARGET, "a branch has no lock: one push moves it or does not")),
    }
}

/// What became of a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlocked {
    NoLock,
    Removed,
    Stays,
}

/// Removes the lock of the target that is named, if `agreed` says so of the words for its holder.
pub fn unlock(root: &Path, target: Option<&str>, agreed: &dyn Fn(&str) -> bool) -> Result<Unlocked, Vec<Diagnostic>> {
    let one = |fault: Diagnostic| vec![fault];
    let mut faults = Vec::new();
    let Some(config) = load::read_config(root, &mut faults) else { return Err(faults) };
    let target = refusals::chosen(&config.publish.targets, target).map_err(one)?;
    let runtime = runtime().map_err(one)?;
    let out = pipeline::Options::new(root, Include::default(), load::now()).out();
    let store = store(&target.kind, root, &out, false, &runtime).map_err(one)?;
    lock::unlock(&*store, agreed).map_err(|fault| one(faults::failed("the lock", &fault)))
}

fn runtime() -> Result<Arc<Runtime>, Diagnostic> {
    http::runtime()
        .map_err(|error| Diagnostic::new(STORE, format!("the system refused threads for the network: {error}")))
}
