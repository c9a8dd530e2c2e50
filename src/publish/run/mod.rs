//! Carries a plan out: files in waves, many at once within one, then the record, then removals. Knows no kind of place and
//! decides nothing about the site.

pub mod interrupt;
pub mod last;
pub mod lock;
pub mod parallel;

use crate::diagnostic::{Diagnostic, rules};
use crate::model::Hash;
use crate::publish::coding;
use crate::publish::faults::{changed, failed};
use crate::publish::plan::{Plan, Upload, headers};
use crate::publish::record::{RECORD, Record};
use crate::publish::stores::{Condition, Found, LOCK, OWN, Store, StoreFault, Tag};
use interrupt::Interrupt;
use last::Last;
use lock::{Holder, Lock, LockFault, held};
use parallel::{Counts, Progress, Stop, in_parallel};

rules! {
    LOCKED = "locked", error fixed, "another publisher holds the place";
    NO_CONDITIONAL_WRITES = "no-conditional-writes", error fixed, "the store can't refuse a write that comes second";
}

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub files: usize,
    pub bytes: u64,
    pub removed: usize,
}

/// Told of each file.
pub type OnProgress<'a> = dyn Fn(Progress) + Sync + 'a;

/// Reads a file that is sent, and sees that it is what was planned.
pub type Content<'a> = dyn Fn(&Upload) -> Result<Vec<u8>, Diagnostic> + Sync + 'a;

/// What a run needs besides its plan.
pub struct Run<'a> {
    pub store: &'a dyn Store,
    /// The content of a file that is sent.
    pub content: &'a Content<'a>,
    /// The version of the record that the plan was made from; none if there was no record.
    pub seen: Option<Tag>,
    /// None: the place has no lock.
    pub lock_seconds: Option<u32>,
    /// Take the lock over from a publisher that is gone.
    pub takes_over: bool,
    pub interrupt: &'a Interrupt,
    pub progress: &'a OnProgress<'a>,
}

impl Run<'_> {
    /// Does what can be done without changing anything that readers see: takes the lock, looks at the record, lets go.
    pub fn try_out(&self) -> Result<(), Vec<Diagnostic>> {
        let lock = self.lock()?;
        let checked = self.is_as_planned();
        if let Some(lock) = lock {
            let _ = self.store.tidy();
            lock.release();
        }
        checked.map_err(|fault| vec![fault])
    }

    /// Does everything. `purge` clears caches once readers could get the new files.
    pub fn go(&self, plan: Plan, purge: &dyn Fn() -> Result<(), Diagnostic>) -> Result<Done, Vec<Diagnostic>> {
        let lock = self.lock()?;
        let stop = Stop::new(self.interrupt);
        let (result, lock) = match lock {
            None => (self.write(plan, purge, &stop), None),
            Some(lock) => held(lock, &stop.is_failed, || self.write(plan, purge, &stop)),
        };
        if let Some(lock) = lock {
            let _ = self.store.tidy();
            lock.release();
        }
        result
    }

    /// Where nothing is to be sent: removes the lock and the half-written files of a publisher that was killed after its last
    /// record. Best effort, as in `release`: the place is whole with them too.
    pub fn clear(&self) {
        if self.lock_seconds.is_some() && lock::is_left_behind(self.store) {
            let _ = self.try_out();
        }
    }

    fn lock(&self) -> Result<Option<Lock<'_>>, Vec<Diagnostic>> {
        let Some(seconds) = self.lock_seconds else { return Ok(None) };
        let taken = if self.takes_over {
            Lock::take_over(self.store, seconds, self.interrupt)
        } else {
            Lock::take(self.store, seconds)
        };
        match taken {
            Ok(lock) => {
                self.store.tidy().map_err(|fault| vec![failed("the place", &fault)])?;
                Ok(Some(lock))
            }
            Err(LockFault::Held(holder)) => Err(vec![self.locked(holder.as_deref())]),
            Err(LockFault::Store(StoreFault::Unconditional)) => Err(vec![
                Diagnostic::new(NO_CONDITIONAL_WRITES, "the place can't lock: it writes over what should not be there")
                    .help("say `lock: off` for this target in `site.yaml`, and let only one publisher run at a time"),
            ]),
            Err(LockFault::Store(fault)) => Err(vec![failed("the lock", &fault)]),
        }
    }

    fn locked(&self, holder: Option<&Holder>) -> Diagnostic {
        let fault = |whom: String| Diagnostic::new(LOCKED, format!("another publisher is at work there{whom}"));
        let Some(holder) = holder else {
            return fault(String::new()).help("run the command again when it is done");
        };
        let fault = fault(format!(": {holder}"))
            .help(format!("its lock is `{LOCK}` there, and counts until {:.0} unless it is renewed", holder.until));
        fault.help(if self.takes_over {
            "the lock was renewed while this waited: run the command again when the other is done"
        } else {
            "wait until it is done; if it is gone, remove its lock with `ninefold publish --unlock`, or in CI publish with `--take-over`"
        })
    }

    /// Whether the record is still the one that the plan was made from.
    fn is_as_planned(&self) -> Result<(), Diagnostic> {
        let now = self.store.get(RECORD).map_err(|fault| failed("the record", &fault))?.map(|(_, tag)| tag);
        if now == self.seen { Ok(()) } else { Err(changed()) }
    }

    fn write(
        &self,
        mut plan: Plan,
        purge: &dyn Fn() -> Result<(), Diagnostic>,
        stop: &Stop<'_>,
    ) -> Result<Done, Vec<Diagnostic>> {
        let one = |fault: Diagnostic| vec![fault];
        let stored = |fault: StoreFault| one(failed("the place", &fault));
        self.is_as_planned().map_err(one)?;
        self.store.begin().map_err(stored)?;
        let mut last = self.kept(&plan, stop)?;
        let mut tag = self.record(&plan.record_during(), self.seen.clone()).map_err(one)?;
        if self.store.has_folders() {
            for path in plan.in_the_way() {
                self.store.delete(path).map_err(|fault| one(failed(path, &fault)))?;
            }
            self.store.settle().map_err(stored)?;
        }
        let counts = Counts::of(plan.uploads.len());
        let mut start = 0;
        while start < plan.uploads.len() {
            let wave = plan.uploads[start].wave;
            let end = start + plan.uploads[start..].iter().take_while(|upload| upload.wave == wave).count();
            in_parallel(&plan.uploads[start..end], stop, |upload| self.upload(upload, &counts))?;
            self.store.settle().map_err(stored)?;
            start = end;
        }
        let (bytes, found) = counts.sums();
        plan.remember(found);
        tag = self.record(&plan.record_before_removals(), Some(tag)).map_err(one)?;
        for path in &plan.removals {
            stop.check().map_err(one)?;
            self.store.delete(path).map_err(|fault| one(failed(path, &fault)))?;
        }
        self.store.settle().map_err(stored)?;
        let dropped = if plan.drops_last() { last.take() } else { None };
        if let Some((list, copies)) = dropped.map(Last::paths).as_deref().and_then(<[_]>::split_last) {
            self.delete(copies, stop)?;
            self.delete(std::slice::from_ref(list), stop)?;
        }
        self.store.show().map_err(stored)?;
        purge().map_err(one)?;
        if !plan.removals.is_empty() || !plan.purge.is_empty() || plan.drops_last() {
            self.record(plan.record_after(), Some(tag)).map_err(one)?;
        }
        if let Some(mut last) = last {
            let stale = last.take_stale();
            if !stale.is_empty() {
                self.delete(&stale, stop)?;
                last.write(self.store).map_err(stored)?;
            }
        }
        Ok(Done { files: plan.uploads.len(), bytes, removed: plan.removals.len() })
    }

    /// Makes copies of what is replaced, if the version is to be kept. Returns what is kept, of this version or an older one.
    fn kept(&self, plan: &Plan, stop: &Stop<'_>) -> Result<Option<Last>, Vec<Diagnostic>> {
        let stored = |fault: StoreFault| vec![failed("the last version", &fault)];
        let version = plan.kept_version();
        // A look costs a request.
        let before = if plan.had_last() && (version.is_some() || plan.drops_last()) {
            Last::at(self.store).map_err(stored)?
        } else {
            None
        };
        let Some(files) = version else { return Ok(before) };
        let replaced: Vec<(&Hash, &String)> = plan.replaced.iter().collect();
        in_parallel(&replaced, stop, |(content, path)| {
            self.store.copy(path, &last::copy(**content)).map_err(|fault| failed(path, &fault))
        })?;
        self.store.settle().map_err(stored)?;
        let last = Last::after(before, files, plan.replaced.keys().copied().collect());
        last.write(self.store).map_err(stored)?;
        Ok(Some(last))
    }

    fn delete(&self, paths: &[String], stop: &Stop<'_>) -> Result<(), Vec<Diagnostic>> {
        in_parallel(paths, stop, |path| self.store.delete(path).map_err(|fault| failed(path, &fault)))?;
        self.store.settle().map_err(|fault| vec![failed("the last version", &fault)])
    }

    /// Writes the record if it is still the version `over`.
    fn record(&self, record: &Record, over: Option<Tag>) -> Result<Tag, Diagnostic> {
        let condition = match (self.lock_seconds, over) {
            (None, over) => {
                // A place without conditional writes: at least look.
                let now = self.store.get(RECORD).map_err(|fault| failed("the record", &fault))?.map(|(_, tag)| tag);
                if now != over {
                    return Err(changed());
                }
                Condition::Always
            }
            (Some(_), Some(tag)) => Condition::Unchanged(tag),
            (Some(_), None) => Condition::Absent,
        };
        match self.store.put(RECORD, record.bytes(), OWN, &condition) {
            Ok(tag) => Ok(tag),
            Err(StoreFault::Conflict) => Err(changed()),
            Err(fault) => Err(failed("the record", &fault)),
        }
    }

    fn upload(&self, upload: &Upload, counts: &Counts) -> Result<(), Diagnostic> {
        let bytes = (self.content)(upload)?;
        let headers = headers(&upload.path, upload.hash, self.store.coding());
        let bytes = if let Some(coding) = headers.coding {
            coding::compressed(coding, &bytes)
                .map_err(|error| failed(&upload.path, &StoreFault::Failed(error.to_string())))?
        } else {
            bytes
        };
        let length = bytes.len() as u64;
        let tag = self
            .store
            .put(&upload.path, bytes, headers, &Condition::Always)
            .map_err(|fault| failed(&upload.path, &fault))?;
        counts.keep(&upload.path, Found::new(Some(length), self.store.is_remote().then_some(&tag)));
        (self.progress)(counts.one_more(length));
        Ok(())
    }
}
