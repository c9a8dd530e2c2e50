//! What changes in a site when one of its names does: the texts that use the name, the file that has it, what is left behind so
//! that old addresses and feeds go on. Knows a site as it was read, and what its linker found; reads and writes no file.
//!
//! References are changed where the outline read them and only where the link stage says that they lead to what changes, so no
//! words that merely look like the name are touched, and no byte beside them.

mod changes;
mod check;
mod destination;
mod diff;
mod find;
mod front;
mod heading;
mod merge;
mod moved;
mod path;
mod references;
mod rename;
mod settings;
mod union;
mod uses;

pub use changes::{Changes, Edits, Move};
pub use check::{altered, faults, texts_after};
pub use diff::diff;
pub use find::{Name, find};
pub use heading::rename_heading;
pub use merge::merge;
pub use rename::rename;
pub use uses::{How, Use, uses};

use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, rules};

rules! {
    REFUSED_CHANGE = "refused-change", error fixed, "a name can't be changed in the way that was asked for";
}

/// A site as it was read, with the texts of the two files beside its sources that name them.
#[derive(Clone, Copy)]
pub struct Project<'a> {
    pub assembled: &'a Assembled,
    /// Of `content/site.yaml`.
    pub settings: Option<&'a str>,
    /// Of `content/known-faults.yaml`.
    pub known_faults: Option<&'a str>,
}

fn refused(message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(REFUSED_CHANGE, message)
}
