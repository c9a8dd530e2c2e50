//! What a place did not do, as diagnostics. Owns the words and what to do; does not know what was tried.

use super::STORE;
use super::stores::StoreFault;
use crate::diagnostic::{Diagnostic, rules};

rules! {
    TARGET_CHANGED = "target-changed", error fixed, "another publisher changed the place meanwhile";
}

/// The place is not what the plan was made from.
pub fn changed() -> Diagnostic {
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
