//! What mends a fault: the edit of `check --fix`, the name that was probably meant, the file that is not there. Knows what
//! diagnostics propose; finds no fault.

use lsp_types::CodeActionKind;

use crate::diagnostic::{Diagnostic, Edit, Located, Proposal};
use crate::load;
use crate::model::{SourcePath, Span};
use crate::new::{self, Record};

use crate::lsp::edits;
use crate::lsp::faults;
use crate::lsp::file::File;
use crate::lsp::wire::protocol::{CodeAction, WorkspaceEdit};

/// Words of an edit that are shown.
const SHOWN: usize = 40;

/// What mends the faults that `within` touches.
pub fn actions(file: &File<'_>, within: Span) -> Vec<CodeAction> {
    let faults: Vec<&Diagnostic> =
        file.project.snapshot.diagnostics.iter().filter(|fault| fault.path() == Some(&file.path)).collect();
    let spots = faults.iter().filter_map(|fault| Some(&fault.place.as_ref()?.spot));
    let text_of = |_: &SourcePath| Some(file.text.clone());
    let Some(located) = Located::read(&file.path, spots, &text_of) else { return Vec::new() };
    let mut found = Vec::new();
    for fault in faults {
        let span = fault.place.as_ref().and_then(|place| located.span(&place.spot));
        if let Some(span) = span.filter(|span| span.start <= within.end && within.start <= span.end) {
            found.extend(of_fault(file, fault, span));
        }
    }
    found
}

fn of_fault(file: &File<'_>, fault: &Diagnostic, span: Span) -> Vec<CodeAction> {
    let shown = faults::shown(&[fault], &file.path, &|_| Some(file.text.clone()), file.project.encoding);
    let action = |title: String, edit: WorkspaceEdit, is_preferred: bool| CodeAction {
        title,
        kind: CodeActionKind::QUICKFIX,
        diagnostics: shown.clone(),
        edit,
        is_preferred,
    };
    let mut found = Vec::new();
    if let Some(edit) = &fault.edit {
        found.push(action(title(edit, file), edits::in_file(file, std::slice::from_ref(edit)), true));
    }
    for proposal in fault.proposals() {
        match proposal {
            Proposal::Name(name) => {
                let Some(wrong) = fault.names().find_map(|wrong| place(file.words(span), wrong)) else { continue };
                let edit = Edit { span: wrong.shifted(span.start as usize), text: name.to_owned() };
                let is_only = found.is_empty();
                found.push(action(format!("Write `{name}`"), edits::in_file(file, &[edit]), is_only));
            }
            Proposal::Create { kind, name } => {
                found.extend(creation(file, kind, name).map(|(title, edit)| action(title, edit, false)))
            }
        }
    }
    found
}

fn title(edit: &Edit, file: &File<'_>) -> String {
    let words = |text: &str| {
        let line = text.trim().lines().next().unwrap_or_default();
        let mut words: String = line.chars().take(SHOWN).collect();
        if words.len() < text.trim().len() {
            words.push('\u{2026}');
        }
        words
    };
    match edit.text.trim().is_empty() {
        true => format!("Delete `{}`", words(file.words(edit.span))),
        false => format!("Write `{}`", words(&edit.text)),
    }
}

/// Where the name `wrong` stands in `words`: of a link, in its destination. None where it might be any of several.
fn place(words: &str, wrong: &str) -> Option<Span> {
    let (from, to) = match (words.rfind("]("), words.starts_with("[[")) {
        (_, true) => (0, words.find(['|', ']']).unwrap_or(words.len())),
        (Some(destination), false) => (destination, words.len()),
        (None, false) => (0, words.len()),
    };
    let mut found = words[from..to].match_indices(wrong).map(|(at, _)| at + from);
    let at = found.next().filter(|_| !wrong.is_empty() && found.next().is_none())?;
    Some(Span::new(at, at + wrong.len()))
}

/// The file that is not there, as `ninefold new` begins it.
fn creation(file: &File<'_>, kind: &str, name: &str) -> Option<(String, WorkspaceEdit)> {
    let record = Record::ALL.into_iter().find(|record| record.kind().noun() == kind)?;
    let path = SourcePath::new(format!("content/{}/{name}.md", record.kind().folder()));
    let last = name.rsplit('/').next().unwrap_or(name);
    let text = new::text_of(record, last, load::now());
    Some((format!("Create the {kind} `{name}`"), edits::creation(file.project, &path, text)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_where_it_is_meant() {
        assert_eq!(place("lagg", "lagg"), Some(Span::new(0, 4)));
        assert_eq!(place("[lagg](pattern:lagg)", "lagg"), Some(Span::new(15, 19)));
        assert_eq!(place("[[lagg|lagg]]", "lagg"), Some(Span::new(2, 6)));
        assert_eq!(place("lagg and lagg", "lagg"), None, "it can mean either");
        assert_eq!(place("lag", ""), None);
    }
}
