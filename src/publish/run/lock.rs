//! Keeps two publishers from one place: an object that only one can make, with a time after which it counts no more. Knows a
//! store and a clock.

use std::cmp::Ordering;
use std::fmt;
use std::sync::atomic::{self, AtomicBool};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::interrupt::Interrupt;
use crate::load;
use crate::model::Hash;
use crate::publish::Unlocked;
use crate::publish::stores::{Condition, LOCK, OWN, Store, StoreFault, Tag};

/// Held until it is released or its time is over.
pub struct Lock<'a> {
    store: &'a dyn Store,
    tag: Tag,
    holder: Holder,
}

/// Why a lock was not taken.
#[derive(Debug)]
pub enum LockFault {
    /// Another publisher has it; none where it was too quick to be read.
    Held(Option<Box<Holder>>),
    Store(StoreFault),
}

/// Who holds a lock, as the lock itself says. Locks of older programs say less.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Holder {
    /// Another for each run.
    #[serde(rename = "holder")]
    run: String,
    #[serde(default)]
    host: String,
    #[serde(default)]
    process: u32,
    #[serde(default)]
    since: Option<Timestamp>,
    /// For how many seconds it counts from each renewal.
    #[serde(default)]
    seconds: u32,
    pub until: Timestamp,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.process, self.host.as_str()) {
            (0, _) => f.write_str("an unnamed process")?,
            (process, "") => write!(f, "process {process}")?,
            (process, host) => write!(f, "process {process} on `{host}`")?,
        }
        self.since.map_or(Ok(()), |since| write!(f, ", since {since:.0}"))
    }
}

impl Holder {
    fn of_this_run(seconds: u32) -> Self {
        let process = std::process::id();
        let run = Hash::of(format!("{process} {:?}", Instant::now()).as_bytes()).short();
        let now = load::now();
        Self { run, host: host(), process, since: Some(now), seconds, until: now }
    }

    /// Longer than a publisher that is at work takes to renew its lock.
    fn patience(&self) -> Duration {
        Duration::from_millis(u64::from(self.seconds) * 500)
    }
}

#[cfg(unix)]
fn host() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host() -> String {
    crate::publish::secrets::variable("COMPUTERNAME").unwrap_or_default()
}

/// Who holds the place, and which version of the lock says so.
fn there(store: &dyn Store) -> Result<Option<(Option<Holder>, Tag)>, StoreFault> {
    let found = store.get(LOCK)?;
    Ok(found.map(|(bytes, tag)| (serde_json::from_slice(&bytes).ok(), tag)))
}

fn removed(store: &dyn Store) -> Result<(), StoreFault> {
    store.delete(LOCK)?;
    store.settle()
}

/// Whether nothing was heard of the holder for as long as its lock counts. The place's clock says how long that is, where it has
/// one: that of the holder or ours may be wrong.
fn is_over(store: &dyn Store, holder: &Holder) -> bool {
    let is_past = holder.until <= load::now();
    let age = if holder.seconds > 0 { store.age(LOCK) } else { None };
    age.map_or(is_past, |age| match age.as_secs().cmp(&u64::from(holder.seconds)) {
        Ordering::Less => false,
        // Places tell whole seconds.
        Ordering::Equal => is_past,
        Ordering::Greater => true,
    })
}

impl<'a> Lock<'a> {
    /// Takes the lock, or takes over one whose time is over. A store that lets two make the same object can't lock.
    pub fn take(store: &'a dyn Store, seconds: u32) -> Result<Self, LockFault> {
        let mut lock = Self { store, tag: Tag::new(), holder: Holder::of_this_run(seconds) };
        let first = lock.write(&Condition::Absent);
        lock.tag = match first {
            Ok(tag) => tag,
            Err(StoreFault::Conflict) => {
                let Some((holder, tag)) = there(store).map_err(LockFault::Store)? else {
                    return Err(LockFault::Held(None));
                };
                // One of our own: the answer to the first try was lost, and it was sent again.
                if let Some(holder) = holder.filter(|holder| holder.run != lock.holder.run && !is_over(store, holder)) {
                    return Err(LockFault::Held(Some(Box::new(holder))));
                }
                lock.over(tag)?
            }
            Err(fault) => return Err(LockFault::Store(fault)),
        };
        lock.proved()
    }

    /// Takes the lock also from a publisher that does not renew it any more, whose time is not over yet.
    pub fn take_over(store: &'a dyn Store, seconds: u32, interrupt: &Interrupt) -> Result<Self, LockFault> {
        let holder = match Self::take(store, seconds) {
            Err(LockFault::Held(Some(holder))) => holder,
            taken => return taken,
        };
        let seen = there(store).map_err(LockFault::Store)?.map(|(_, tag)| tag);
        interrupt.sleep(holder.patience());
        let now = there(store).map_err(LockFault::Store)?.map(|(_, tag)| tag);
        match (seen, now) {
            (Some(seen), Some(now)) if seen == now && !interrupt.is_asked() => {
                let mut lock = Self { store, tag: Tag::new(), holder: Holder::of_this_run(seconds) };
                lock.tag = lock.over(now)?;
                lock.proved()
            }
            (_, None) => Self::take(store, seconds),
            _ => Err(LockFault::Held(Some(holder))),
        }
    }

    /// Writes it over the version `tag` of another publisher's.
    fn over(&self, tag: Tag) -> Result<Tag, LockFault> {
        self.write(&Condition::Unchanged(tag)).map_err(|fault| match fault {
            StoreFault::Conflict => LockFault::Held(None),
            fault => LockFault::Store(fault),
        })
    }

    /// Some stores take the condition and pass it over: a second object of the name must be refused.
    fn proved(self) -> Result<Self, LockFault> {
        match self.write(&Condition::Absent) {
            Err(StoreFault::Conflict) => Ok(self),
            Ok(_) => {
                let _ = removed(self.store);
                Err(LockFault::Store(StoreFault::Unconditional))
            }
            Err(fault) => Err(LockFault::Store(fault)),
        }
    }

    fn write(&self, condition: &Condition) -> Result<Tag, StoreFault> {
        let until = load::now() + SignedDuration::from_secs(i64::from(self.holder.seconds));
        let body = Holder { until, ..self.holder.clone() };
        self.store.put(LOCK, serde_json::to_vec(&body).unwrap_or_default(), OWN, condition)
    }

    /// How long to wait before the lock is renewed.
    pub fn renewal(&self) -> Duration {
        Duration::from_millis(u64::from(self.holder.seconds) * 333)
    }

    /// Holds it for as long again. `Conflict`: another publisher has it now.
    pub fn renew(&mut self) -> Result<(), StoreFault> {
        self.tag = self.write(&Condition::Unchanged(self.tag.clone()))?;
        Ok(())
    }

    /// Gives it up, if it is still ours.
    pub fn release(self) {
        if let Ok(Some((_, tag))) = self.store.get(LOCK)
            && tag == self.tag
        {
            // One left behind counts no more when its time is over.
            let _ = removed(self.store);
        }
    }
}

/// Renews the lock while `work` runs; stops the work if the lock is lost.
pub fn held<'a, T>(mut lock: Lock<'a>, stop: &AtomicBool, work: impl FnOnce() -> T) -> (T, Option<Lock<'a>>) {
    let (finished, wait) = channel::<()>();
    let pause = lock.renewal();
    thread::scope(|scope| {
        let keeper = scope.spawn(move || {
            loop {
                match wait.recv_timeout(pause) {
                    Err(RecvTimeoutError::Timeout) => {
                        // Any other fault may pass before the lock's time is over.
                        if lock.renew() == Err(StoreFault::Conflict) {
                            stop.store(true, atomic::Ordering::Relaxed);
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

/// Whether a publisher that was killed left its lock at the place: one whose time is over.
pub fn is_left_behind(store: &dyn Store) -> bool {
    there(store).is_ok_and(|there| there.is_some_and(|(holder, _)| holder.is_none_or(|holder| is_over(store, &holder))))
}

/// Removes the lock whoever holds it, if `agreed` confirms it for the description of the holder.
pub fn unlock(store: &dyn Store, agreed: &dyn Fn(&str) -> bool) -> Result<Unlocked, StoreFault> {
    let Some((holder, _)) = there(store)? else { return Ok(Unlocked::NoLock) };
    let words =
        holder.map_or_else(|| "a publisher that its lock does not name".to_owned(), |holder| holder.to_string());
    if !agreed(&words) {
        return Ok(Unlocked::Stays);
    }
    removed(store)?;
    Ok(Unlocked::Removed)
}
