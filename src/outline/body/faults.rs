//! What is wrong with a body, in words. Knows no place: who finds it does.

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;
use crate::model::{Span, nearest};

use super::super::limits::{MAX_QUOTATIONS, PAGE_LIMIT};
use super::super::markdown::{callout, kinds, nearest_alert};
use super::super::typed::NEAR_ALERT;
use super::{EMBEDDED_TEXT, EMPTY_WORDS, EXTRA_CELLS};

/// For a quotation that begins as an alert does, of a kind that there is none of: with where in it that stands.
pub(super) fn near_alert(quotation: &str) -> Option<(Diagnostic, Span)> {
    let line = quotation.lines().next()?;
    let inner = line.strip_prefix('>')?.trim_start();
    let found = callout(inner).filter(|found| nearest_alert(found.kind).is_none())?;
    let start = line.len() - inner.len();
    let kind = shortened(found.kind);
    let message = format!("no alert is called `{kind}`: the quotation shows it as it is typed");
    let near = nearest(found.kind, kinds()).map_or("NOTE".to_owned(), str::to_uppercase);
    let help = format!("write `[!{near}]`, and words of its own for a title behind it");
    Some((Diagnostic::new(NEAR_ALERT, message).help(help), Span::new(start, start + inner.trim_end().len())))
}

pub(super) fn embedded_text() -> Diagnostic {
    Diagnostic::new(EMBEDDED_TEXT, "a text is quoted only in a paragraph of its own: a link to it stands here")
        .help("give it lines of its own with an empty one before and after, or leave the `!` out")
}

pub(super) fn too_many_quotations() -> Diagnostic {
    let message = format!("the page quotes more than {MAX_QUOTATIONS} texts: a link to this one stands here");
    Diagnostic::new(EMBEDDED_TEXT, message).help("leave the `!` out, or split the text into several pages")
}

pub(super) fn empty_words() -> Diagnostic {
    Diagnostic::new(EMPTY_WORDS, "a link has no words: readers can't see it")
        .help("write words between the square brackets, or take the link out")
}

pub(super) fn too_many(what: &str, most: usize) -> Diagnostic {
    Diagnostic::new(PAGE_LIMIT, format!("the page has more than {most} {what}")).help("split it into several pages")
}

pub(super) fn beyond_columns(columns: usize) -> Diagnostic {
    let columns = if columns == 1 { "1 column".to_owned() } else { format!("{columns} columns") };
    Diagnostic::new(EXTRA_CELLS, format!("the table has {columns}: what stands beyond them is not shown"))
        .help("write `\\|` for a bar inside a cell, or give the table's head as many cells")
}

pub(super) fn too_many_empty_cells(most: usize) -> Diagnostic {
    Diagnostic::new(PAGE_LIMIT, format!("the rows of the page's tables leave out more than {most} cells"))
        .help("give the tables fewer columns, or the rows more cells")
}
