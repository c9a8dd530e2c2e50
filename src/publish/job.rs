//! One publication, from the built site to what readers get: what the place has, the plan, and who carries it out. Knows the order
//! of things and what stops them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::after::announce::Announcer;
use super::after::purge::Purger;
use super::after::verify;
use super::faults;
use super::git::Branch;
use super::http::Client;
use super::plan::sources;
use super::plan::vanishing::{self, Old};
use super::plan::{Plan, Rules, Upload};
use super::record::{RECORD, Record};
use super::repair::{self, Look};
use super::report::Report;
use super::run::last;
use super::run::parallel::Progress;
use super::run::{self, Done, Run};
use super::stores::{Listing, Store, StoreFault};
use super::{Event, ODD_KEYS, Open, Options, Place, TOO_MANY_REMOVALS, VERIFY, coding, refusals, words};
use crate::config::{Announce, BaseUrl, Coding, Target, TargetKind};
use crate::diagnostic::Diagnostic;
use crate::model::Hash;
use crate::pipeline;

/// Where the files are that a place is to show.
pub enum Origin<'a> {
    /// In the folder that a build left them in.
    Built { build: &'a pipeline::Options, out: PathBuf },
    /// At the place itself: the version that it showed before.
    Last,
    /// Nowhere: what is there has expired.
    Nothing,
}

/// Everything that the steps share.
pub struct Job<'a> {
    pub options: &'a Options,
    pub target: &'a Target,
    /// The address of what is published.
    pub base: &'a BaseUrl,
    /// Who hears of it.
    pub announce: Option<&'a Announce>,
    pub origin: Origin<'a>,
    /// Each file that the place is to show.
    pub files: BTreeMap<String, Hash>,
    pub open: Open<'a>,
    pub told: &'a (dyn Fn(Event<'_>) + Sync),
}

impl Job<'_> {
    const fn is_back(&self) -> bool {
        matches!(self.origin, Origin::Last)
    }

    const fn is_end(&self) -> bool {
        matches!(self.origin, Origin::Nothing)
    }

    fn rules(&self, keeps_headers: bool, coding: Option<Coding>) -> Rules {
        Rules {
            now: self.options.now,
            keep_days: if self.is_end() { 0 } else { self.target.keep_days },
            expires: self.target.expires.filter(|_| !self.is_end()),
            is_back: self.is_back(),
            keeps_headers,
            coding,
            purges: self.target.purge.is_some(),
        }
    }

    /// Brings the place up to the files.
    pub fn bring(&self, place: &Place, report: &mut Report) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let mut warnings = match place {
            Place::Store(store) => self.store(&**store, report),
            Place::Branch(branch) => self.branch(branch, report),
        }?;
        warnings.extend(self.verify(report)?);
        warnings.extend(self.announce(report));
        Ok(warnings)
    }

    /// Tells who wants to hear of it; that this fails is a warning.
    fn announce(&self, report: &Report) -> Vec<Diagnostic> {
        let is_told = self.target.is_announced && !self.target.is_copy() && report.has_changed_something();
        let Some(announce) = self.announce.filter(|_| is_told) else { return Vec::new() };
        Announcer { runtime: &self.open.runtime, base: self.base, report }.announce(announce)
    }

    /// Publishes into a place that takes files one by one.
    fn store(&self, store: &dyn Store, report: &mut Report) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let one = |fault: Diagnostic| vec![fault];
        let failed = |fault: StoreFault| one(faults::failed("the place", &fault));
        let found = store.get(RECORD).map_err(failed)?;
        let mut record = found.as_ref().map(|(bytes, _)| refusals::parsed(bytes)).transpose().map_err(one)?;
        let looks = record.is_none() || self.options.repair || !store.is_remote();
        let listing = if looks { store.list().map_err(failed)? } else { Listing::default() };
        let there = if record.is_none() { &listing } else { &Listing::default() };
        if let Some(record) = record.as_mut().filter(|_| looks) {
            let changed = match (self.options.repair, store.is_remote()) {
                (true, false) => repair::changed_by_reading(record, &listing, store).map_err(failed)?,
                (true, true) => repair::changed(record, &listing, Look::Whole),
                (false, _) => repair::changed(record, &listing, Look::List),
            };
            report.changed_by_others = record.distrust(changed);
        }
        let plan = self.plan(record.as_ref(), store.keeps_headers(), store.coding())?;
        let mut near: Vec<String> = vanishing::read(&plan).collect();
        if self.is_back() {
            near.extend(plan.uploads.iter().flat_map(last::paths));
        }
        store.fetch(&near).map_err(failed)?;
        let plain =
            |bytes: Vec<u8>| store.coding().and_then(|coding| coding::unpacked(coding, &bytes)).unwrap_or(bytes);
        let old = |path: &str| store.get(path).ok().flatten().map(|(bytes, _)| plain(bytes));
        let mut warnings = self.tell(&plan, there, &old, report)?;
        warnings.extend(odd(&there.odd));
        let progress = |progress: Progress| (self.told)(Event::Sent(progress));
        let seen = found.map(|(_, tag)| tag);
        let content = |upload: &Upload| match &self.origin {
            Origin::Built { out, .. } => sources::content(out, upload),
            Origin::Last | Origin::Nothing => last::bytes(store, upload),
        };
        let run = Run {
            store,
            content: &content,
            seen,
            lock_seconds: self.target.lock_seconds,
            takes_over: self.options.take_over,
            interrupt: &self.open.interrupt,
            progress: &progress,
        };
        let done = if plan.is_nothing() {
            if !self.options.dry_run {
                run.clear();
            }
            Ok(Done::default())
        } else if self.options.dry_run {
            run.try_out().map(|()| Done::default())
        } else {
            let purged = plan.purge.clone();
            run.go(plan, &|| self.purge(&purged))
        };
        if let Err(faults) = &done {
            report.locked_by = faults.iter().find(|fault| fault.rule == run::LOCKED).map(|fault| fault.message.clone());
        }
        report.count(done?);
        Ok(warnings)
    }

    /// Publishes to a branch.
    fn branch(&self, branch: &Branch, report: &mut Report) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let one = |fault: Diagnostic| vec![fault];
        let mut record =
            branch.record().map_err(one)?.map(|bytes| refusals::parsed(&bytes)).transpose().map_err(one)?;
        let listing = branch.list();
        let there = if record.is_none() { &listing } else { &Listing::default() };
        if let Some(record) = &mut record {
            let look = if self.options.repair { Look::Whole } else { Look::List };
            report.changed_by_others = record.distrust(repair::changed(record, &listing, look));
        }
        let plan = self.plan(record.as_ref(), false, None)?;
        let warnings = self.tell(&plan, there, &|path| branch.content(path), report)?;
        self.open.interrupt.check().map_err(one)?;
        if self.options.dry_run {
            report.is_hook_unasked = true;
            branch.try_out().map_err(one)?;
        } else if !plan.is_nothing() {
            let purged = plan.purge.clone();
            let (files, removed) = (plan.uploads.len(), plan.removals.len());
            let bytes = match &self.origin {
                Origin::Built { out, .. } => branch.push(plan, out),
                Origin::Nothing => branch.push(plan, &self.options.root),
                Origin::Last => branch.go_back(plan).map(|()| 0),
            };
            report.count(Done { files, bytes: bytes.map_err(one)?, removed });
            self.purge(&purged).map_err(one)?;
        }
        Ok(warnings)
    }

    /// The plan, and every file that it sends as the build left it.
    fn plan(
        &self,
        record: Option<&Record>,
        keeps_headers: bool,
        coding: Option<Coding>,
    ) -> Result<Plan, Vec<Diagnostic>> {
        let plan = Plan::new(&self.files, record.unwrap_or(&Record::default()), self.rules(keeps_headers, coding));
        if let Origin::Built { build, .. } = &self.origin {
            sources::mend(build, &plan.uploads, &self.files)?;
        }
        Ok(plan)
    }

    /// Reports the plan; an error if it wants `--force` or a look by the publisher first.
    fn tell(
        &self,
        plan: &Plan,
        there: &Listing,
        old: &Old<'_>,
        report: &mut Report,
    ) -> Result<Vec<Diagnostic>, Vec<Diagnostic>> {
        let there: Vec<String> = there.files.keys().cloned().collect();
        let replaced: Vec<String> = there.iter().filter(|path| self.files.contains_key(*path)).cloned().collect();
        let changed_by_others = std::mem::take(&mut report.changed_by_others);
        *report = Report::of(&self.target.name, words(&self.target.kind), plan, replaced, self.options.dry_run);
        report.changed_by_others = changed_by_others;
        if let Origin::Built { out, .. } = &self.origin {
            report.to_send = sources::length(out, &plan.uploads);
        }
        (self.told)(Event::Planned(report));
        if !there.is_empty() && !self.options.adopt {
            return Err(vec![refusals::foreign(&there, &report.replaced)]);
        }
        if plan.removes_too_much() && !self.options.force && !self.is_end() {
            let (gone, all) = plan.removed_of();
            return Err(vec![
                Diagnostic::new(TOO_MANY_REMOVALS, format!("{gone} of {all} files would be removed"))
                    .help("if that is meant, publish with `--force`"),
            ]);
        }
        Ok(match &self.origin {
            Origin::Built { build, out } => vanishing::warnings(plan, Some((*build, &**out)), old),
            Origin::Last => vanishing::warnings(plan, None, old),
            Origin::Nothing => Vec::new(),
        })
    }

    fn purge(&self, paths: &BTreeSet<String>) -> Result<(), Diagnostic> {
        let Some(purge) = &self.target.purge else { return Ok(()) };
        let client = self.client()?;
        Purger { client: &client, runtime: &self.open.runtime, base: self.base }.clear(purge, paths)
    }

    fn client(&self) -> Result<Client, Diagnostic> {
        Client::new(Arc::clone(&self.open.runtime))
            .map_err(|why| Diagnostic::new(VERIFY, format!("there is no way to the network: {why}")))
    }

    fn verify(&self, report: &mut Report) -> Result<Option<Diagnostic>, Vec<Diagnostic>> {
        self.open.interrupt.check().map_err(|fault| vec![fault])?;
        let Some(patience) = self.options.verify.filter(|_| !self.options.dry_run) else { return Ok(None) };
        let client = self.client().map_err(|fault| vec![fault])?;
        let changed: Vec<String> = report.added.iter().chain(&report.changed).cloned().collect();
        report.verified = verify::verify(&client, &self.files, &changed, self.base, patience)?;
        // Whoever reads a branch has it anyway.
        let is_branch = matches!(self.target.kind, TargetKind::Git(_));
        Ok(if is_branch { None } else { verify::served(&client, self.base) })
    }
}

/// A warning for names at the place that can be no path of a site.
fn odd(keys: &[String]) -> Option<Diagnostic> {
    /// Names that are listed.
    const SHOWN: usize = 5;
    let shown: Vec<String> = keys.iter().take(SHOWN).map(|key| format!("`{}`", key.escape_debug())).collect();
    let more = if keys.len() > SHOWN { ", …" } else { "" };
    (!keys.is_empty()).then(|| {
        Diagnostic::new(ODD_KEYS, format!("the place holds names that are no paths: {}{more}", shown.join(", ")))
            .help("they are left alone, now and later")
    })
}
