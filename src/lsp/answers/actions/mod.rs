//! What an author may have done at once at some place: what mends a fault, and passages to be marked. Knows no file but the one
//! that is open; whatever is done is the editor's to do, and to undo.

mod mended;
mod passages;

use lsp_types::{CodeActionKind, Range};

use crate::lsp::file::File;
use crate::lsp::wire::protocol::CodeAction;

/// The kinds that there are.
pub const KINDS: [CodeActionKind; 2] = [CodeActionKind::QUICKFIX, CodeActionKind::REFACTOR_REWRITE];

/// All that can be done in `range` of the file, of the kinds that are wanted.
pub fn actions(file: &File<'_>, range: Range, only: Option<&[CodeActionKind]>) -> Vec<CodeAction> {
    let span = file.positions().span(range);
    let is_wanted = |kind: &CodeActionKind| {
        // A kind is asked for by its name, or by one that it is below.
        let is_below = |wanted: &CodeActionKind| {
            kind.as_str().strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        only.is_none_or(|only| only.iter().any(|wanted| wanted.as_str().is_empty() || is_below(wanted)))
    };
    let mut found = Vec::new();
    if is_wanted(&CodeActionKind::QUICKFIX) {
        found.extend(mended::actions(file, span));
    }
    if is_wanted(&CodeActionKind::REFACTOR_REWRITE) {
        found.extend(passages::actions(file, span));
    }
    found
}
