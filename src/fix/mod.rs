//! EDGE. Puts edits, those of diagnostics or others, into a site's own texts. Knows texts and edits; finds no fault itself.
//!
//! Edits are applied only where they make nothing worse: the site is read with them first, and those of a text count only if
//! no fault comes that was not there. Files that changed meanwhile are left alone.

mod together;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::assemble::Assembled;
use crate::diagnostic::{Diagnostic, edited};
use crate::folder::Folder;
use crate::load::{Content, UNREADABLE};
use crate::model::SourcePath;
use crate::moves::Edits;
use crate::pipeline::{self, Options};
use crate::write::cannot_write;

pub(crate) use together::RULES;
pub use together::{finish, together};

/// What was mended.
#[derive(Debug, Default)]
pub struct Fixed {
    pub edits: usize,
    pub files: usize,
    /// Edits that were left, since other faults would have come of them.
    pub left: usize,
    /// Files that could not be written.
    pub faults: Vec<Diagnostic>,
}

/// A text with its edits.
struct Proposal {
    before: String,
    after: Arc<[u8]>,
    edits: usize,
}

type Proposals = BTreeMap<SourcePath, Proposal>;

/// Mends what can be mended in the texts of the site.
pub fn fix(options: &Options) -> Fixed {
    let assembled = pipeline::read(options);
    apply(options, &assembled, &edits(&assembled.diagnostics), |_| true)
}

/// The edits that mend what `faults` are about.
pub fn edits(faults: &[Diagnostic]) -> Edits {
    let mut edits = Edits::new();
    for fault in faults {
        if let (Some(path), Some(edit)) = (fault.path(), &fault.edit) {
            edits.entry(path.clone()).or_default().push((**edit).clone());
        }
    }
    edits
}

/// Puts `edits` into the texts of the site, which was read as `assembled`. Those of a text that bring a fault which `counts`
/// are left.
pub fn apply(options: &Options, assembled: &Assembled, edits: &Edits, counts: fn(&Diagnostic) -> bool) -> Fixed {
    let (proposals, left) = safe(options, assembled, edits, counts);
    let mut fixed = Fixed { left, ..Fixed::default() };
    for (path, proposal) in proposals {
        match write(&options.root, &path, &proposal) {
            Ok(()) => {
                fixed.edits += proposal.edits;
                fixed.files += 1;
            }
            Err(fault) => fixed.faults.push(fault),
        }
    }
    fixed
}

/// The texts that have no new fault with their edits, and how many edits are left out with the others.
fn safe(
    options: &Options,
    assembled: &Assembled,
    edits: &Edits,
    counts: fn(&Diagnostic) -> bool,
) -> (Proposals, usize) {
    let own = |path: &SourcePath| assembled.source(path).is_some_and(|source| !source.document.embedded);
    let mut proposals = Proposals::new();
    for (path, edits) in edits.iter().filter(|(path, _)| own(path)) {
        let Ok(before) = assembled.text(path) else { continue };
        let (after, edits) = edited(&before, edits);
        let proposal = Proposal { before: before.into_owned(), after: after.into_bytes().into(), edits };
        proposals.insert(path.clone(), proposal);
    }
    let known: BTreeSet<_> = assembled.diagnostics.iter().map(what).collect();
    let makes_nothing_worse = |texts: &BTreeMap<SourcePath, Arc<[u8]>>| {
        let found = pipeline::read_with(options, texts).diagnostics;
        found.iter().filter(|fault| counts(fault)).all(|fault| known.contains(&what(fault)))
    };
    let all: BTreeMap<_, _> =
        proposals.iter().map(|(path, proposal)| (path.clone(), Arc::clone(&proposal.after))).collect();
    if all.is_empty() || makes_nothing_worse(&all) {
        return (proposals, 0);
    }
    let mut taken = BTreeMap::new();
    for (path, text) in all {
        taken.insert(path.clone(), text);
        if !makes_nothing_worse(&taken) {
            taken.remove(&path);
        }
    }
    let (kept, left): (Proposals, Proposals) = proposals.into_iter().partition(|(path, _)| taken.contains_key(path));
    (kept, left.values().map(|proposal| proposal.edits).sum())
}

/// What a fault says, wherever in its file: lines move.
fn what(fault: &Diagnostic) -> (&'static str, Option<&SourcePath>, &str) {
    (fault.code(), fault.path(), &fault.message)
}

fn write(root: &Path, path: &SourcePath, proposal: &Proposal) -> Result<(), Diagnostic> {
    let now = Content::disk(root, path).read_text(path)?;
    if now != proposal.before {
        let fault = Diagnostic::new(UNREADABLE, format!("`{path}` changed meanwhile and is left as it is"));
        return Err(fault.in_file(path).help("run the command again"));
    }
    let replaced = Folder::open(root).and_then(|root| root.replace(path.as_str(), &proposal.after));
    replaced.map_err(|error| cannot_write(&root.join(path.as_str()), &error))
}
