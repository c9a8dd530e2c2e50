//! Passages to be marked: those that `ninefold suggest` finds, and words that the author has chosen. Knows suggestions; the edits
//! are those of `--apply`.

use lsp_types::CodeActionKind;

use crate::diagnostic::Edit;
use crate::model::{Pattern, Span};
use crate::outline::{Document, Front, TagName};
use crate::suggest::{self, Evidence, Shown, Suggestion, Vocabulary};
use crate::yaml;

use crate::lsp::edits;
use crate::lsp::file::{File, documents};
use crate::lsp::wire::protocol::CodeAction;

/// The most that are offered at one place.
const MOST: usize = 20;

/// What can be marked within the lines of `within`; where that is the front matter, all that the essay shows.
pub fn actions(file: &File<'_>, within: Span) -> Vec<CodeAction> {
    let Some((_, document)) = file.document().filter(|(_, document)| matches!(document.front, Front::Essay(_))) else {
        return Vec::new();
    };
    let Some(front) = yaml::front_matter(&file.text) else { return Vec::new() };
    let is_of_all = (within.end as usize) < front.body;
    let lines = lines(&file.text, within);
    let mut found = Vec::new();
    if within.start < within.end && !is_of_all {
        found.extend(chosen(file, document, trimmed(&file.text, within)));
    }
    let vocabulary = Vocabulary::of(documents(file.project));
    let is_here = |evidence: &Evidence| {
        is_of_all || evidence.span.is_some_and(|span| span.start <= lines.end && lines.start <= span.end)
    };
    for suggestion in suggest::unmarked(document, &file.text, &vocabulary) {
        let evidence: Vec<Evidence> = suggestion.evidence.iter().filter(|one| is_here(one)).cloned().collect();
        let one = Suggestion { evidence, ..suggestion };
        if one.evidence.is_empty() {
            continue;
        }
        let (edits, marked) = suggest::edits(&file.text, document.front.math(), &[&one]);
        if marked > 0 {
            found.push(action(file, format!("Mark as {}", name(&one.shown, one.is_refused)), &edits));
        }
    }
    found.truncate(MOST);
    found
}

/// What the chosen words may be marked with: the nine, and concepts that the essay is tagged with.
fn chosen<'f>(file: &'f File<'_>, document: &'f Document, words: Span) -> impl Iterator<Item = CodeAction> + 'f {
    let [_, concepts, _] = document.tags();
    let patterns = Pattern::ALL.into_iter().map(TagName::Pattern);
    let concepts = concepts.iter().map(|concept| TagName::Concept(concept.value.clone()));
    let shown = patterns.chain(concepts).map(Shown::Tag);
    shown.filter_map(move |shown| {
        let edits = suggest::passage(&file.text, document.front.math(), &shown, words);
        (!edits.is_empty()).then(|| action(file, format!("Mark the words as {}", name(&shown, false)), &edits))
    })
}

fn name(shown: &Shown, is_refused: bool) -> String {
    let what = match (shown, is_refused) {
        (Shown::Incident(_), _) => "a citation of",
        (Shown::Tag(_), false) => "a passage of",
        (Shown::Tag(_), true) => "a passage that denies",
    };
    format!("{what} {} `{}`", shown.kind(), shown.id())
}

fn action(file: &File<'_>, title: String, edits: &[Edit]) -> CodeAction {
    CodeAction {
        title,
        kind: CodeActionKind::REFACTOR_REWRITE,
        diagnostics: Vec::new(),
        edit: edits::in_file(file, edits),
        is_preferred: false,
    }
}

/// `span` with the whole of the lines that it touches.
fn lines(text: &str, span: Span) -> Span {
    let (start, end) = (span.start as usize, span.end as usize);
    let begins = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let ends = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    Span::new(begins, ends)
}

/// `span` without the spaces around its words.
fn trimmed(text: &str, span: Span) -> Span {
    let words = &text[span.range()];
    let start = span.start as usize + words.len() - words.trim_start().len();
    Span::new(start, start + words.trim().len())
}
