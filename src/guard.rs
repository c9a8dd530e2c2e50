//! One document never takes the others along: a panic while it is worked on becomes a diagnostic, locks outlive it, and threads
//! have stack for the deepest that is read. Knows no stage.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::diagnostic::{Diagnostic, rules};

rules! {
    INTERNAL = "internal", error fixed, "the program has a fault; please report it";
}

/// The stack of each thread that reads or renders documents. What calls itself on content has a bound (64 deep in YAML and
/// Markdown, and so on); this is four times what a thread has otherwise, so that no bound comes near it on any system.
pub const STACK_BYTES: usize = 8 << 20;

/// What `work` makes. If it panics, the fault that `what` could not be done; where that is known, add the file.
///
/// `work` must leave nothing half done that others look at: what it is given is shared and not changed, or given up with it.
pub fn guarded<T>(what: impl FnOnce() -> String, work: impl FnOnce() -> T) -> Result<T, Diagnostic> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|_| {
        Diagnostic::new(INTERNAL, format!("{}: Ninefold has a fault", what()))
            .help("please report it with the file that shows it")
    })
}

/// The value in `mutex`, even after a thread that held it panicked: for values that are whole at any time, so that no panic takes
/// along what comes after it.
pub fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A pool of threads with that stack. A panic that concerns no document ends its own task only.
pub fn pool() -> rayon::ThreadPoolBuilder {
    rayon::ThreadPoolBuilder::new().stack_size(STACK_BYTES).panic_handler(|_| {})
}

/// A thread with that stack.
pub fn thread(name: &str) -> std::thread::Builder {
    std::thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES)
}

#[cfg(test)]
#[allow(clippy::panic, reason = "what becomes of a panic is tested")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_fault_to_be_reported() {
        assert_eq!(guarded(|| "the page `/a/` could not be made".to_owned(), || 1), Ok(1));
        let fault = guarded(|| "the page `/a/` could not be made".to_owned(), || panic!("on purpose"));
        let message = fault.map_err(|fault: Diagnostic| (fault.rule, fault.message));
        assert_eq!(message, Err((INTERNAL, "the page `/a/` could not be made: Ninefold has a fault".to_owned())));
    }
}
