//! EDGE. Publishes a site: builds it, compares it with what a place has, and brings the place up to it so that readers have
//! whole pages at every moment. Knows the order of things; each step and each kind of place is another module's.

mod dir;
mod git;
mod http;
mod lock;
mod plan;
mod purge;
mod record;
mod refusals;
mod report;
mod run;
mod s3;
mod secrets;
mod sources;
mod store;
mod verify;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::runtime::Runtime;

use crate::build::{self, Built};
use crate::config::{self, Target, TargetKind};
use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::link::Include;
use crate::model::Hash;
use crate::write;

use dir::Dir;
use git::Branch;
use http::Client;
use plan::{Plan, Rules};
use purge::Purger;
use record::RECORD;
pub use record::Record;
pub use report::Report;
pub use run::Progress;
use run::{Done, Run};
use s3::S3;
use store::Store;

rules! {
    NOT_BUILT = "not-built", error fixed, "a site with errors is not published";
    TOO_MANY_REMOVALS = "too-many-removals", error fixed, "publishing would remove many files";
    VANISHING_ADDRESS = "vanishing-address", warning fixed, "an address that readers may know is gone";
    STORE = "store", error fixed, "the place to publish to does not do what it is asked";
    VERIFY = "verify", error fixed, "an address does not show what was published";
}

/// The rules of this module and those below it.
pub(crate) const ALL_RULES: &[&[&Rule]] =
    &[RULES, git::RULES, purge::RULES, refusals::RULES, run::RULES, s3::RULES, verify::RULES];

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
    /// Fetch a sample afterwards, and how long to wait for caches; none to leave it.
    pub verify: Option<Duration>,
    /// Nobody sits there who could answer a question.
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
    /// Those of the build are not among them: they were told when it was done.
    pub diagnostics: Vec<Diagnostic>,
    pub report: Report,
}

/// Everything that the steps share.
struct Job<'a> {
    options: &'a Options,
    build: &'a build::Options,
    built: &'a Built,
    target: &'a Target,
    out: PathBuf,
    /// Each file of the built site.
    files: BTreeMap<String, Hash>,
    runtime: Arc<Runtime>,
    told: &'a (dyn Fn(Event<'_>) + Sync),
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
    let one = |fault: Diagnostic| vec![fault];
    let build = build::Options {
        root: options.root.clone(),
        out: None,
        base_url: None,
        include: Include::default(),
        force: false,
        now: options.now,
    };
    let built = build::build(&build);
    told(Event::Built(&built));
    if built.has_errors() {
        return Err(vec![
            Diagnostic::new(NOT_BUILT, "the site has errors: nothing was published")
                .help("mend them and run the command again"),
        ]);
    }
    let target = refusals::chosen(&built.facts.publish.targets, options.target.as_deref()).map_err(one)?;
    let out = build.out();
    let files = write::files(&out).ok_or_else(|| one(refusals::unreadable(&out)))?;
    refusals::check(&built, &files).map_err(one)?;
    let runtime = http::runtime()
        .map_err(|error| one(Diagnostic::new(STORE, format!("the system refused threads for the network: {error}"))))?;
    if let Some(purge) = &target.purge {
        Purger::check(purge).map_err(one)?;
    }
    let job = Job { options, build: &build, built: &built, target, out, files, runtime, told };
    let warnings = match &target.kind {
        TargetKind::Git(git) => job.branch(git, report),
        TargetKind::S3(s3) => {
            let place = format!("s3, bucket {}", s3.bucket);
            let store = S3::new(s3, Arc::clone(&job.runtime)).map_err(one)?;
            job.store(&store, place, report)
        }
        TargetKind::Dir(path) => {
            let root = options.root.join(path);
            refusals::overlapping(&root, &job.out, &options.root).map_err(one)?;
            job.store(&Dir::new(root), format!("folder {path}"), report)
        }
    }?;
    job.verify(report)?;
    Ok(refusals::placeholder(&built).into_iter().chain(warnings).collect())
}

impl Job<'_> {
    fn rules(&self, keeps_headers: bool) -> Rules {
        Rules {
            now: self.options.now,
            keep_days: self.target.keep_days,
            keeps_headers,
            purges: self.target.purge.is_some(),
        }
    }

    /// Publishes into a place that takes files one by one.
    fn store(&self, store: &dyn Store, place: String, report: &mut Report) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let one = |fault: Diagnostic| vec![fault];
        let found = store.get(RECORD).map_err(|fault| one(run::failed("the place", &fault)))?;
        let record = found.as_ref().map(|(bytes, _)| refusals::parsed(bytes)).transpose().map_err(one)?;
        let there = match record {
            Some(_) => Vec::new(),
            None => store.list().map_err(|fault| one(run::failed("the place", &fault)))?,
        };
        let plan = self.plan(record.as_ref(), store.keeps_headers())?;
        let warnings = self.tell(&plan, place, &there, report)?;
        let progress = |progress: Progress| (self.told)(Event::Sent(progress));
        let seen = found.map(|(_, tag)| tag);
        let run = Run { store, out: &self.out, seen, lock_seconds: self.target.lock_seconds, progress: &progress };
        if plan.is_nothing() {
            if !self.options.dry_run {
                run.clear();
            }
        } else if self.options.dry_run {
            run.try_out()?;
        } else {
            report.count(run.go(&plan, &|| self.purge(&plan.purge))?);
        }
        Ok(warnings)
    }

    /// Publishes to a branch.
    fn branch(&self, target: &config::GitTarget, report: &mut Report) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let one = |fault: Diagnostic| vec![fault];
        let branch = Branch::open(&self.options.root, target, self.options.is_alone).map_err(one)?;
        let record = branch.record().map_err(one)?.map(|bytes| refusals::parsed(&bytes)).transpose().map_err(one)?;
        let there = if record.is_some() { Vec::new() } else { branch.paths() };
        let plan = self.plan(record.as_ref(), false)?;
        let place = format!("git, branch {} of {}", target.branch, secrets::without(&target.remote));
        let warnings = self.tell(&plan, place, &there, report)?;
        if plan.is_nothing() {
            return Ok(warnings);
        }
        let after = plan.record_after();
        let bytes = branch.push(&plan, after, &self.out, self.options.dry_run).map_err(one)?;
        if !self.options.dry_run {
            report.count(Done { files: plan.uploads.len(), bytes, removed: plan.removals.len() });
            self.purge(&plan.purge).map_err(one)?;
        }
        Ok(warnings)
    }

    /// The plan, and every file that it sends as the build left it.
    fn plan(&self, record: Option<&Record>, keeps_headers: bool) -> Result<Plan, Vec<Diagnostic>> {
        let plan = Plan::new(&self.files, record.unwrap_or(&Record::default()), self.rules(keeps_headers));
        sources::mend(self.build, &plan.uploads, &self.files)?;
        Ok(plan)
    }

    /// Tells the plan; stops at what somebody should look at first.
    fn tell(
        &self,
        plan: &Plan,
        place: String,
        there: &[String],
        report: &mut Report,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let replaced: Vec<String> = there.iter().filter(|path| self.files.contains_key(*path)).cloned().collect();
        *report = Report::of(&self.target.name, place, plan, replaced, self.options.dry_run);
        (self.told)(Event::Planned(report));
        if !there.is_empty() && !self.options.adopt {
            return Err(vec![refusals::foreign(there, &report.replaced)]);
        }
        if plan.removes_too_much() && !self.options.force {
            let (gone, all) = plan.removed_of();
            return Err(vec![
                Diagnostic::new(TOO_MANY_REMOVALS, format!("{gone} of {all} files would be removed"))
                    .help("if that is meant, publish with `--force`"),
            ]);
        }
        Ok(vanishing(&plan.vanishing))
    }

    fn purge(&self, paths: &BTreeSet<String>) -> Result<(), Diagnostic> {
        let Some(purge) = &self.target.purge else { return Ok(()) };
        let client = self.client()?;
        Purger { client: &client, runtime: &self.runtime, base: &self.built.facts.base_url }.clear(purge, paths)
    }

    fn client(&self) -> Result<Client, Diagnostic> {
        Client::new(Arc::clone(&self.runtime))
            .map_err(|why| Diagnostic::new(VERIFY, format!("there is no way to the network: {why}")))
    }

    fn verify(&self, report: &mut Report) -> Result<(), Vec<Diagnostic>> {
        let Some(patience) = self.options.verify.filter(|_| !self.options.dry_run) else { return Ok(()) };
        let client = self.client().map_err(|fault| vec![fault])?;
        let changed: Vec<String> = report.added.iter().chain(&report.changed).cloned().collect();
        report.verified = verify::verify(&client, &self.files, &changed, &self.built.facts.base_url, patience)?;
        Ok(())
    }
}

/// A warning for each address that will answer no more; of many, for the first ones and for the rest together.
fn vanishing(urls: &[String]) -> Vec<Diagnostic> {
    /// Addresses that have a warning of their own.
    const SHOWN: usize = 20;
    let warning = |message: String| Diagnostic::new(VANISHING_ADDRESS, message);
    let one = |url: &String| {
        warning(format!("`{url}` will answer no more"))
            .help(format!("if the page has moved, give it `aliases: [{url}]`"))
    };
    let more = urls.len().saturating_sub(SHOWN);
    let rest = (more > 0).then(|| {
        warning(format!("{more} more addresses will answer no more"))
            .help("`ninefold publish --dry-run --json` lists them all")
    });
    urls.iter().take(SHOWN).map(one).chain(rest).collect()
}
