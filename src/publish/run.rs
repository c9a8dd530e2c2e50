//! Carries a plan out: files in waves, many at once within one, then the record, then removals. Knows no kind of place and
//! decides nothing about the site.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;

use super::interrupt::Interrupt;
use super::lock::{self, Holder, LOCK, Lock, LockFault};
use super::plan::{Plan, Upload, headers};
use super::record::{RECORD, Record};
use super::store::{Condition, Found, OWN, Store, StoreFault, Tag};
use super::{STORE, sources};
use crate::diagnostic::{Diagnostic, rules};
use crate::model::Hash;

rules! {
    TARGET_CHANGED = "target-changed", error fixed, "another publisher changed the place meanwhile";
    LOCKED = "locked", error fixed, "another publisher holds the place";
    NO_CONDITIONAL_WRITES = "no-conditional-writes", error fixed, "the store can't refuse a write that comes second";
}

/// How many requests run at once.
const AT_ONCE: usize = 16;
/// Failures that are told one by one.
const TOLD: usize = 5;

/// What a run did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Done {
    pub files: usize,
    pub bytes: u64,
    pub removed: usize,
}

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub bytes: u64,
}

/// Told of each file.
pub type OnProgress<'a> = dyn Fn(Progress) + Sync + 'a;

/// What a run needs besides its plan.
pub struct Run<'a> {
    pub store: &'a dyn Store,
    /// The folder the site was built into.
    pub out: &'a Path,
    /// The version of the record that the plan was made from; none if there was no record.
    pub seen: Option<Tag>,
    /// None: the place has no lock.
    pub lock_seconds: Option<u32>,
    /// Take the lock over from a publisher that is gone.
    pub takes_over: bool,
    pub interrupt: &'a Interrupt,
    pub progress: &'a OnProgress<'a>,
}

/// Why a run may have to end before everything is done.
struct Stop<'a> {
    /// A file failed, or the lock is another publisher's now.
    is_failed: AtomicBool,
    interrupt: &'a Interrupt,
}

impl Stop<'_> {
    fn is_asked(&self) -> bool {
        self.is_failed.load(Ordering::Relaxed) || self.interrupt.is_asked()
    }

    fn check(&self) -> Result<(), Diagnostic> {
        self.interrupt.check()?;
        if self.is_failed.load(Ordering::Relaxed) { Err(changed()) } else { Ok(()) }
    }
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
        let stop = Stop { is_failed: AtomicBool::new(false), interrupt: self.interrupt };
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
        self.is_as_planned().map_err(one)?;
        let mut tag = self.record(&plan.record_during(), self.seen.clone()).map_err(one)?;
        if self.store.has_folders() {
            for path in plan.in_the_way() {
                self.store.delete(path).map_err(|fault| one(failed(path, &fault)))?;
            }
        }
        let counts = Counts { total: plan.uploads.len(), ..Counts::default() };
        let mut start = 0;
        while start < plan.uploads.len() {
            let wave = plan.uploads[start].wave;
            let end = start + plan.uploads[start..].iter().take_while(|upload| upload.wave == wave).count();
            self.in_parallel(&plan.uploads[start..end], stop, |upload| self.upload(upload, &counts))?;
            start = end;
        }
        let bytes = counts.bytes.into_inner().unwrap_or_default();
        plan.remember(counts.found.into_inner().unwrap_or_default());
        tag = self.record(&plan.record_before_removals(), Some(tag)).map_err(one)?;
        for path in &plan.removals {
            stop.check().map_err(one)?;
            self.store.delete(path).map_err(|fault| one(failed(path, &fault)))?;
        }
        purge().map_err(one)?;
        if !plan.removals.is_empty() || !plan.purge.is_empty() {
            self.record(plan.record_after(), Some(tag)).map_err(one)?;
        }
        Ok(Done { files: plan.uploads.len(), bytes, removed: plan.removals.len() })
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
        let bytes = sources::bytes(self.out, &upload.path)
            .map_err(|error| failed(&upload.path, &StoreFault::Failed(error.to_string())))?;
        if Hash::of(&bytes) != upload.hash {
            return Err(sources::changed(&self.out.join(&upload.path)));
        }
        let headers = headers(&upload.path, upload.hash, self.store.compresses());
        let bytes = if headers.is_gzip {
            sources::compressed(&bytes).map_err(|error| failed(&upload.path, &StoreFault::Failed(error.to_string())))?
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

    /// Does `work` for each, `AT_ONCE` at a time. After the first failure none is begun.
    fn in_parallel<T: Sync>(
        &self,
        items: &[T],
        stop: &Stop<'_>,
        work: impl Fn(&T) -> Result<(), Diagnostic> + Sync,
    ) -> Result<(), Vec<Diagnostic>> {
        let next = AtomicUsize::new(0);
        let faults: Mutex<BTreeMap<usize, Diagnostic>> = Mutex::default();
        thread::scope(|scope| {
            for _ in 0..AT_ONCE.min(items.len()) {
                scope.spawn(|| {
                    while !stop.is_asked() {
                        let n = next.fetch_add(1, Ordering::Relaxed);
                        let Some(item) = items.get(n) else { break };
                        if let Err(fault) = work(item) {
                            stop.is_failed.store(true, Ordering::Relaxed);
                            if let Ok(mut faults) = faults.lock() {
                                faults.insert(n, fault);
                            }
                        }
                    }
                });
            }
        });
        let faults: Vec<Diagnostic> = faults.into_inner().unwrap_or_default().into_values().take(TOLD).collect();
        // Without a fault of its own it was stopped from outside.
        if faults.is_empty() { stop.check().map_err(|fault| vec![fault]) } else { Err(faults) }
    }
}

#[derive(Default)]
struct Counts {
    total: usize,
    done: AtomicUsize,
    bytes: Mutex<u64>,
    /// What the place told of each file.
    found: Mutex<BTreeMap<String, Found>>,
}

impl Counts {
    fn keep(&self, path: &str, found: Found) {
        if let Ok(mut all) = self.found.lock() {
            all.insert(path.to_owned(), found);
        }
    }

    fn one_more(&self, length: u64) -> Progress {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let bytes = self.bytes.lock().map_or(0, |mut bytes| {
            *bytes += length;
            *bytes
        });
        Progress { done, total: self.total, bytes }
    }
}

/// Renews the lock while `work` runs; stops the work if the lock is lost.
fn held<'a, T>(mut lock: Lock<'a>, stop: &AtomicBool, work: impl FnOnce() -> T) -> (T, Option<Lock<'a>>) {
    let (finished, wait) = channel::<()>();
    let pause = lock.renewal();
    thread::scope(|scope| {
        let keeper = scope.spawn(move || {
            loop {
                match wait.recv_timeout(pause) {
                    Err(RecvTimeoutError::Timeout) => {
                        // Any other fault may pass before the lock's time is over.
                        if lock.renew() == Err(StoreFault::Conflict) {
                            stop.store(true, Ordering::Relaxed);
                            return None;
                        }
                    }
                    _ => return Some(lock),
                }
            }
        });
        let made = work();
        drop(finished);
        (made, keeper.join().ok().flatten())
    })
}

fn changed() -> Diagnostic {
    Diagnostic::new(TARGET_CHANGED, "another publisher changed the place since the plan was made")
        .help("run the command again: it plans anew")
}

/// What could not be done at the place.
pub fn failed(what: &str, fault: &StoreFault) -> Diagnostic {
    let failed = Diagnostic::new(STORE, format!("{what} can't be published: {fault}"));
    failed.help(match fault {
        StoreFault::Refused(_, help) => help,
        _ => {
            "readers still have whole pages; run the command again when the place answers: it goes on where this ended"
        }
    })
}
