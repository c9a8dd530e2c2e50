//! Work on many files at once, until all is done or something ends it. Owns threads and sums; does not know what is done.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::interrupt::Interrupt;
use crate::diagnostic::Diagnostic;
use crate::publish::faults::changed;
use crate::publish::stores::Found;

/// How many requests run at once.
const AT_ONCE: usize = 16;
/// Failures that are reported one by one; the rest is a count.
const TOLD: usize = 5;

/// How far a run is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    pub done: usize,
    pub total: usize,
    pub bytes: u64,
}

/// Why a run may have to end before everything is done.
pub struct Stop<'a> {
    /// A file failed, or the lock is another publisher's now.
    pub is_failed: AtomicBool,
    interrupt: &'a Interrupt,
}

impl<'a> Stop<'a> {
    pub const fn new(interrupt: &'a Interrupt) -> Self {
        Self { is_failed: AtomicBool::new(false), interrupt }
    }

    fn is_asked(&self) -> bool {
        self.is_failed.load(Ordering::Relaxed) || self.interrupt.is_asked()
    }

    pub fn check(&self) -> Result<(), Diagnostic> {
        self.interrupt.check()?;
        if self.is_failed.load(Ordering::Relaxed) { Err(changed()) } else { Ok(()) }
    }
}

/// Does `work` for each, `AT_ONCE` at a time. After the first failure none is begun.
pub fn in_parallel<T: Sync>(
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

/// What was sent so far.
pub struct Counts {
    total: usize,
    done: AtomicUsize,
    bytes: Mutex<u64>,
    /// The length and tag that the place reported for each file.
    found: Mutex<BTreeMap<String, Found>>,
}

impl Counts {
    pub const fn of(total: usize) -> Self {
        Self { total, done: AtomicUsize::new(0), bytes: Mutex::new(0), found: Mutex::new(BTreeMap::new()) }
    }

    pub fn keep(&self, path: &str, found: Found) {
        if let Ok(mut all) = self.found.lock() {
            all.insert(path.to_owned(), found);
        }
    }

    pub fn one_more(&self, length: u64) -> Progress {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        let bytes = self.bytes.lock().map_or(0, |mut bytes| {
            *bytes += length;
            *bytes
        });
        Progress { done, total: self.total, bytes }
    }

    /// The bytes in all, and what the place reported for each file.
    pub fn sums(self) -> (u64, BTreeMap<String, Found>) {
        (self.bytes.into_inner().unwrap_or_default(), self.found.into_inner().unwrap_or_default())
    }
}
