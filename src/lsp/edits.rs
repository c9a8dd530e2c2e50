//! Changes to files as editors take them: each file's own words, in the version that they are for. Knows edits; makes none.

use std::collections::BTreeMap;

use lsp_types::{Range, TextEdit};

use crate::diagnostic::Edit;
use crate::model::{SourcePath, Span};

use super::file::File;
use super::positions::{Encoding, Positions};
use super::project::Project;
use super::wire::protocol::{DocumentChange, VersionedFile, WorkspaceEdit};

/// The `edits` of one file.
pub fn in_file(file: &File<'_>, edits: &[Edit]) -> WorkspaceEdit {
    let edits = text_edits(&file.text, file.project.encoding, edits);
    of_texts(file.project, [(file.path.clone(), edits)].into())
}

/// The edits of a text, each as small as it can be.
pub fn text_edits(text: &str, encoding: Encoding, edits: &[Edit]) -> Vec<TextEdit> {
    let positions = Positions::new(text, encoding);
    edits
        .iter()
        .map(|edit| least(text, edit))
        .map(|edit| TextEdit::new(positions.range(edit.span), edit.text))
        .collect()
}

/// The same edit of as few bytes as possible: the cursor, and whatever else an editor has at a place, stays where it is.
fn least(text: &str, edit: &Edit) -> Edit {
    let (before, after) = (text.get(edit.span.range()).unwrap_or_default(), edit.text.as_str());
    let common = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    let head = before.floor_char_boundary(common).min(after.floor_char_boundary(common));
    let (before, after) = (&before[head..], &after[head..]);
    let common = before.bytes().rev().zip(after.bytes().rev()).take_while(|(a, b)| a == b).count();
    let tail = |text: &str| text.len() - text.ceil_char_boundary(text.len() - common);
    let tail = tail(before).min(tail(after));
    let (start, end) = (edit.span.start as usize + head, edit.span.end as usize - tail);
    Edit { span: Span::new(start, end), text: after[..after.len() - tail].to_owned() }
}

/// Edits of several texts.
pub fn of_texts(project: &Project, texts: BTreeMap<SourcePath, Vec<TextEdit>>) -> WorkspaceEdit {
    if !project.edits.in_order {
        return WorkspaceEdit::Changes(texts.into_iter().map(|(path, edits)| (project.uri_of(&path), edits)).collect());
    }
    let change = |(path, edits): (SourcePath, Vec<TextEdit>)| {
        let file = VersionedFile { uri: project.uri_of(&path), version: project.version(&path) };
        DocumentChange::Text { file, edits }
    };
    WorkspaceEdit::DocumentChanges(texts.into_iter().map(change).collect())
}

/// A new file at `path`; none where the editor makes no files.
pub fn creation(project: &Project, path: &SourcePath, text: String) -> Option<WorkspaceEdit> {
    if !project.edits.create {
        return None;
    }
    let uri = project.uri_of(path);
    let file = VersionedFile { uri: uri.clone(), version: None };
    let edits = vec![TextEdit::new(Range::default(), text)];
    Some(WorkspaceEdit::DocumentChanges(vec![
        DocumentChange::Create { kind: "create", uri },
        DocumentChange::Text { file, edits },
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_is_as_small_as_it_can_be() {
        let edit = |start, end, text: &str| Edit { span: Span::new(start, end), text: text.to_owned() };
        assert_eq!(least("a: [b]\nc", &edit(0, 7, "a: [b, d]\n")), edit(5, 5, ", d"));
        assert_eq!(least("\u{fc}\u{fd}", &edit(0, 4, "\u{fc}\u{fe}")), edit(2, 4, "\u{fe}"));
        assert_eq!(least("aa", &edit(0, 2, "aaa")), edit(2, 2, "a"));
        assert_eq!(least("abc", &edit(1, 2, "b")), edit(2, 2, ""));
    }
}
