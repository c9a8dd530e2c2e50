//! Another name for a document. Knows the order of things; each is another file's.

use crate::diagnostic::Diagnostic;
use crate::model::SourceKind;

use super::changes::Changes;
use super::moved::Moved;
use super::{Project, find, front, references, refused, settings};

/// What changes when the document of this kind that is named `old` gets the name `new`; or why it can't.
pub fn rename(project: Project<'_>, kind: SourceKind, old: &str, new: &str) -> Result<Changes, Vec<Diagnostic>> {
    let assembled = project.assembled;
    let doc = find::changeable(assembled, kind, old).map_err(|fault| vec![fault])?;
    let before = &assembled.site.documents()[doc.index()];
    let last = last_part(&before.id, new).map_err(|fault| vec![fault])?;
    find::checked(last).map_err(|fault| vec![fault])?;
    let moved = Moved::renamed(assembled, doc, last);
    if moved.after.id == before.id {
        return Err(vec![refused(format!("`{old}` is the name of this {} already", kind.noun()))]);
    }
    if let Some(fault) = find::taken(assembled, &moved) {
        return Err(vec![fault]);
    }
    let (mut changes, mut faults) = (Changes { moves: vec![moved.on_disk()], ..Changes::default() }, Vec::new());
    references::add(project, &moved, &mut changes, &mut faults);
    settings::add(project, &moved, &mut changes);
    let text = assembled.text(&before.path);
    match text.and_then(|text| front::left_behind(assembled, &moved, &text)) {
        Ok(edits) => changes.edit(&before.path, edits),
        Err(fault) => faults.push(fault),
    }
    if faults.is_empty() { Ok(changes.sorted()) } else { Err(faults) }
}

/// The last part of `new`, whose folders have to be those of `old`: a text stays where it is.
fn last_part<'n>(old: &str, new: &'n str) -> Result<&'n str, Diagnostic> {
    match (old.rsplit_once('/'), new.rsplit_once('/')) {
        (_, None) => Ok(new),
        (Some((folders, _)), Some((same, last))) if folders == same => Ok(last),
        _ => Err(refused(format!("`{new}` is in another folder than `{old}`")).help(
            "write the new name without folders; to put a file elsewhere, move it and mend what `ninefold check` says",
        )),
    }
}
