//! How much memory pictures may take together while they are open. Knows bytes; opens nothing.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::guard::locked;

/// Of all pictures that are open at one time, in bytes: two of the largest that cameras make.
pub static OPEN_PICTURES: Budget = Budget::new(512 << 20);

/// So many bytes, to be shared.
pub struct Budget {
    all: u64,
    taken: Mutex<u64>,
    given_back: Condvar,
}

/// Bytes that were taken; they are given back when this goes.
pub struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    pub const fn new(all: u64) -> Self {
        Self { all, taken: Mutex::new(0), given_back: Condvar::new() }
    }

    /// Takes `bytes`, and waits until there are as many. Who wants more than there are altogether waits until nothing is taken.
    ///
    /// What is done with them must not wait for other threads, which may wait here.
    pub fn take(&self, bytes: u64) -> Share<'_> {
        let bytes = bytes.min(self.all);
        let is_short = |taken: &mut u64| *taken + bytes > self.all;
        let taken = self.given_back.wait_while(self.taken(), is_short);
        *taken.unwrap_or_else(PoisonError::into_inner) += bytes;
        Share { budget: self, bytes }
    }

    fn taken(&self) -> MutexGuard<'_, u64> {
        locked(&self.taken)
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.budget.taken() -= self.bytes;
        self.budget.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

    use super::*;

    #[test]
    fn never_more_is_taken_than_there_is_and_the_largest_goes_alone() {
        let budget = Budget::new(100);
        let (now, most, alone) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for n in 0..40 {
                let (budget, now, most, alone) = (&budget, &now, &most, &alone);
                scope.spawn(move || {
                    let bytes = if n % 10 == 0 { 1_000 } else { 30 };
                    let _share = budget.take(bytes);
                    let taken = now.fetch_add(bytes, SeqCst) + bytes;
                    std::thread::yield_now();
                    let (to, limit) = if bytes > 100 { (alone, 1_000) } else { (most, 90) };
                    assert!(taken <= limit, "{taken}");
                    to.fetch_max(taken, SeqCst);
                    now.fetch_sub(bytes, SeqCst);
                });
            }
        });
        assert_eq!((now.load(SeqCst), alone.load(SeqCst)), (0, 1_000));
        assert!((30..=90).contains(&most.load(SeqCst)));
        assert_eq!(*budget.taken(), 0, "all of it is given back");
    }
}
