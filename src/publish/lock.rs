//! Keeps two publishers from one place: an object that only one can make, with a time after which it counts no more. Knows a
//! store and a clock.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::store::{Condition, OWN, Store, StoreFault, Tag};
use crate::load;
use crate::model::Hash;

/// Its path at the place.
pub const LOCK: &str = ".ninefold-lock.json";

/// Held until it is released or its time is over.
pub struct Lock<'a> {
    store: &'a dyn Store,
    tag: Tag,
    holder: String,
    seconds: u32,
}

/// Why a lock was not taken.
#[derive(Debug)]
pub enum LockFault {
    /// Another publisher has it until then, unless it renews it.
    Held(Timestamp),
    Store(StoreFault),
}

#[derive(Serialize, Deserialize)]
struct Body {
    holder: String,
    until: Timestamp,
}

impl<'a> Lock<'a> {
    /// Takes the lock, or takes over one whose time is over. A store that lets two make the same object can't lock.
    pub fn take(store: &'a dyn Store, seconds: u32) -> Result<Self, LockFault> {
        let holder = Hash::of(format!("{} {:?}", std::process::id(), std::time::Instant::now()).as_bytes()).short();
        let mut lock = Self { store, tag: Tag::new(), holder, seconds };
        let first = lock.write(&Condition::Absent);
        lock.tag = match first {
            Ok(tag) => tag,
            Err(StoreFault::Conflict) => {
                let Some((bytes, tag)) = store.get(LOCK).map_err(LockFault::Store)? else {
                    return Err(LockFault::Held(load::now()));
                };
                match serde_json::from_slice::<Body>(&bytes) {
                    // Our own: the answer to the first try was lost, and it was sent again.
                    Ok(body) if body.holder == lock.holder => {}
                    Ok(body) if body.until > load::now() => return Err(LockFault::Held(body.until)),
                    _ => {}
                }
                match lock.write(&Condition::Unchanged(tag)) {
                    Ok(tag) => tag,
                    Err(StoreFault::Conflict) => return Err(LockFault::Held(load::now())),
                    Err(fault) => return Err(LockFault::Store(fault)),
                }
            }
            Err(fault) => return Err(LockFault::Store(fault)),
        };
        // Some stores take the condition and pass it over: a second object of the name must be refused.
        match lock.write(&Condition::Absent) {
            Err(StoreFault::Conflict) => Ok(lock),
            Ok(_) => {
                let _ = store.delete(LOCK);
                Err(LockFault::Store(StoreFault::Unconditional))
            }
            Err(fault) => Err(LockFault::Store(fault)),
        }
    }

    /// Whether a publisher that was killed left its lock at the place: one whose time is over.
    pub fn is_left_behind(store: &dyn Store) -> bool {
        let Ok(Some((bytes, _))) = store.get(LOCK) else { return false };
        serde_json::from_slice::<Body>(&bytes).map_or(true, |body| body.until <= load::now())
    }

    fn write(&self, condition: &Condition) -> Result<Tag, StoreFault> {
        let until = load::now() + SignedDuration::from_secs(i64::from(self.seconds));
        let body = Body { holder: self.holder.clone(), until };
        self.store.put(LOCK, serde_json::to_vec(&body).unwrap_or_default(), OWN, condition)
    }

    /// How long to wait before the lock is renewed.
    pub fn renewal(&self) -> std::time::Duration {
        std::time::Duration::from_millis(u64::from(self.seconds) * 333)
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
            let _ = self.store.delete(LOCK);
        }
    }
}
