//! Names that change: what follows, what is left behind, what is refused, and that all of it is written or none.

mod addresses;
mod headings;
mod merge;
mod random;
mod references;
mod refusals;
mod together;
mod uses;

use std::fs;

use ninefold::diagnostic::Diagnostic;
use ninefold::fix;
use ninefold::load::text_of;
use ninefold::model::{SourceKind, SourcePath};
use ninefold::moves::{self, Changes, Project};
use ninefold::pipeline;

use crate::support::TestSite;

/// What `find` gives for the site as it is, checked as the command does.
pub fn found(
    site: &TestSite,
    find: impl FnOnce(Project<'_>) -> Result<Changes, Vec<Diagnostic>>,
) -> Result<Changes, Vec<Diagnostic>> {
    let assembled = pipeline::read(&site.options());
    let text = |path: &str| fs::read_to_string(site.root().join(path)).ok();
    let (settings, known_faults) = (text("content/site.yaml"), text("content/known-faults.yaml"));
    let project =
        Project { assembled: &assembled, settings: settings.as_deref(), known_faults: known_faults.as_deref() };
    let changes = find(project)?;
    let texts = moves::texts_after(&changes, |path| text_of(site.root(), path));
    let after = pipeline::read_altered(&site.options(), |inputs| moves::altered(inputs, &changes, &texts));
    let faults = moves::faults(&assembled, &after, &changes);
    if faults.is_empty() { Ok(changes) } else { Err(faults) }
}

/// Makes the changes.
pub fn make(site: &TestSite, changes: &Changes) {
    fix::together(site.root(), changes, |path| text_of(site.root(), path))
        .unwrap_or_else(|fault| panic!("{}", site.shown(&[fault])));
}

/// Renames, and says what came of it: the diff, or the faults.
pub fn renamed(site: &TestSite, kind: SourceKind, old: &str, new: &str) -> String {
    made(site, |project| moves::rename(project, kind, old, new))
}

/// Makes what is found, and says what came of it: the diff, or the faults.
pub fn made(site: &TestSite, find: impl FnOnce(Project<'_>) -> Result<Changes, Vec<Diagnostic>>) -> String {
    match found(site, find) {
        Ok(changes) => {
            let diff = moves::diff(&changes, |path: &SourcePath| text_of(site.root(), path));
            make(site, &changes);
            diff
        }
        Err(faults) => site.shown(&faults),
    }
}

/// The lines of a diff that go and come; faults as they are.
pub fn changed(diff: &str) -> String {
    if !diff.starts_with("diff ") {
        return diff.to_owned();
    }
    let is_change = |line: &&str| {
        line.starts_with(['+', '-']) && !line.starts_with("+++") || line.starts_with("rename ") || line.starts_with('#')
    };
    diff.lines().filter(is_change).filter(|line| !line.starts_with("---")).map(|line| format!("{line}\n")).collect()
}
