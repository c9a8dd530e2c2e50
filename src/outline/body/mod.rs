//! Reads a body's events once: headings, references, passages, words. Knows this body only.

mod blocks;
mod closing;
mod code;
mod faults;
mod formulas;
mod left_over;
mod marks;
mod notes;
mod raw_html;
mod reader;
mod references;
mod rich;
mod second_looks;
mod tables;

use crate::diagnostic::{Diagnostic, Rule, rules};
use crate::fields::Faults;
use crate::load::Source;
use crate::model::{SourcePath, Span};

use super::document::Body;
use super::html::Filter;
use super::limits::{self, PAGE_LIMIT};
use super::markdown::Markdown;

pub(super) use left_over::settle;
pub use left_over::{BEGINNING, DEFINITION, SUMMARY};
use reader::Reader;

rules! {
    EMBEDDED_TEXT = "embedded-text", warning, "a text can't be quoted inside another: a link to it stands there", text "Look at ![[a]].";
    EMPTY_WORDS = "empty-words", warning, "a link has no words", text "[](https://example.org/)";
    EXTRA_CELLS = "extra-cells", warning, "a row of a table has more cells than the table has columns", text "| One |\n|---|\n| a | b |";
    FORMULA = "formula", warning, "a formula can't be read";
    FORMULA_LIMIT = "formula-limit", error fixed, "a formula is larger than is read";
    LONG_PARAGRAPH = "long-paragraph", off, "a paragraph has more than 250 words";
    OPEN_MATH = "open-math", warning, "a formula is never closed";
    UNSOURCED_QUOTATION = "unsourced-quotation", off, "a quotation does not say whose words it is", text "> It was full.";
}

/// The rules of this module.
pub(crate) const ALL_RULES: &[&[&Rule]] = &[RULES, code::RULES, left_over::RULES, notes::RULES, rich::RULES];

/// Reads the body that begins at byte `start` of `text`.
pub fn read(source: &Source, text: &str, start: usize, math: bool, faults: &mut Faults) -> Body {
    if let Some(line) = limits::too_deep_line(&text[start..]) {
        faults.push(too_deep(&source.path, Span::from(line).shifted(start)));
        return Body { too_deep: true, ..Body::default() };
    }
    let mut reader = Reader::new(source, text, start, math);
    let mut filter = Filter::new(&text[start..], false);
    let mut safe = Vec::new();
    let markdown = Markdown::new(&text[start..], math).with_quotes(source.settings.quotes.as_deref());
    for (event, range) in markdown.events() {
        filter.event(event, range, &mut safe);
        safe.drain(..).for_each(|(item, range)| reader.item(item, &range, faults));
        if reader.limit_met {
            break;
        }
    }
    filter.finish(text.len() - start, &mut safe);
    safe.drain(..).for_each(|(item, range)| reader.item(item, &range, faults));
    if !reader.limit_met {
        let too_much = reader.rich.faults(&text[start..], math).into_iter();
        faults.extend(too_much.map(|(fault, range)| fault.at(&source.path, Span::from(range).shifted(start))));
    }
    let found = filter.found.drain(..).map(|(fault, range)| fault.at(&source.path, Span::from(range).shifted(start)));
    faults.extend(found);
    reader.finish(&filter, source.settings.ids, faults)
}

fn too_deep(path: &SourcePath, span: Span) -> Diagnostic {
    let message = format!("quotations or lists are nested more than {} deep", limits::MAX_DEPTH);
    Diagnostic::new(PAGE_LIMIT, message).at(path, span).help("take some of the marks away")
}
