//! Formulas between the marks of the old program, as `$…$` and `$$…$$` of ours. Knows marks and places, no TeX.

use std::ops::Range;

use pulldown_cmark::{Event, Parser};

use crate::import::common_markdown::options;
use crate::import::report::Report;
use crate::import::text::{Delimiters, FormulaForm};

use super::code::Code;
use super::draft::{Draft, Edit, Remark};

/// Writes all formulas in our form, and returns whether there are any. Dollar signs that stand for themselves get a backslash.
pub fn read(draft: &mut Draft<'_>, marks: &[Delimiters], report: &mut Report) -> bool {
    if !marks.iter().any(|marks| draft.text().contains(&marks.open)) {
        return false;
    }
    let text = draft.text();
    let code = Code::of(text);
    let (mut edits, mut remarks): (Vec<Edit>, Vec<Remark>) = (Vec::new(), Vec::new());
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some(range) = code.at(at) {
            at = range.end;
            continue;
        }
        let is_escaped = text[..at].ends_with('\\') && !text[..at].ends_with("\\\\");
        let open =
            marks.iter().filter(|marks| text[at..].starts_with(&marks.open)).max_by_key(|marks| marks.open.len());
        let formula = open.filter(|marks| !is_escaped || !marks.open.starts_with('$')).and_then(|marks| {
            let inner = at + marks.open.len()..end_of(text, at + marks.open.len(), marks, &code)?;
            Some((marks, inner))
        });
        let Some((marks, inner)) = formula else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let whole = at..inner.end + marks.close.len();
        match ours(text, &whole, &text[inner], marks.form) {
            Some(written) => edits.push(Edit::new(whole.clone(), written)),
            None => remarks.push((at, "formulas that could not be carried", "it holds a dollar sign".to_owned())),
        }
        at = whole.end;
        found.push(whole);
    }
    let has_formulas = !edits.is_empty();
    if has_formulas {
        edits.extend(dollars(text, &found));
    }
    draft.add(remarks, report);
    draft.apply(edits);
    has_formulas
}

/// Where the formula that begins at `from` ends: it has words and no empty line. One between single dollar signs is not prices.
fn end_of(text: &str, from: usize, marks: &Delimiters, code: &Code) -> Option<usize> {
    let length = text[from..].find(&*marks.close)?;
    let (inner, end) = (&text[from..from + length], from + length);
    let has_empty_line = inner.lines().skip(1).any(|line| line.trim().is_empty()) && inner.trim().contains("\n\n");
    if inner.trim().is_empty() || has_empty_line || code.holds(end) {
        return None;
    }
    if marks.close == "$" {
        let after = text[end + 1..].chars().next();
        let is_price = inner.starts_with(char::is_whitespace)
            || inner.ends_with(char::is_whitespace)
            || after.is_some_and(|c| c.is_ascii_digit());
        return (!is_price).then_some(end);
    }
    Some(end)
}

/// The formula as we write it; none if it holds a dollar sign of its own.
fn ours(text: &str, whole: &Range<usize>, inner: &str, form: FormulaForm) -> Option<String> {
    if inner.replace("\\$", "").contains('$') {
        return None;
    }
    let is_block = match form {
        FormulaForm::Inline => false,
        FormulaForm::Block => true,
        FormulaForm::ByPlace => is_paragraph(text, whole),
    };
    if !is_block {
        return Some(format!("${}$", lines_joined(inner.trim())));
    }
    // A line that begins with such a sign would be one of a list, a heading or a quotation.
    let is_mark = |line: &str| line.trim_start().starts_with(['+', '-', '*', '=', '#', '>', '<', '|', ':']);
    let inner =
        if inner.lines().any(is_mark) && !inner.contains('%') { lines_joined(inner.trim()) } else { inner.to_owned() };
    Some(format!("$${inner}$$"))
}

fn lines_joined(text: &str) -> String {
    text.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

/// Whether nothing but the formula stands in its paragraph.
fn is_paragraph(text: &str, whole: &Range<usize>) -> bool {
    let before = text[..whole.start].rsplit('\n').next().unwrap_or_default();
    let line_before = text[..whole.start - before.len()].trim_end_matches('\n');
    let gap = text[..whole.start - before.len()].len() - line_before.len();
    let after = &text[whole.end..];
    let rest = after.split('\n').next().unwrap_or_default();
    let next = after.get(rest.len() + 1..).unwrap_or_default();
    let begins = before.trim().is_empty() && (line_before.is_empty() || gap >= 2);
    begins && rest.trim().is_empty() && (next.trim().is_empty() || next.starts_with(['\n', '\r']))
}

/// A backslash before each dollar sign that is a word.
fn dollars(text: &str, formulas: &[Range<usize>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let is_in_formula = |at: usize| {
        let n = formulas.partition_point(|formula| formula.end <= at);
        formulas.get(n).is_some_and(|formula| formula.contains(&at))
    };
    let mut in_code = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Start(pulldown_cmark::Tag::CodeBlock(_)) => in_code = true,
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_code = false,
            Event::Text(_) if !in_code => {
                for (at, _) in text[range.clone()].match_indices('$') {
                    let at = range.start + at;
                    if !is_in_formula(at) && !text[..at].ends_with('\\') {
                        edits.push(Edit::new(at..at, "\\"));
                    }
                }
            }
            _ => {}
        }
    }
    edits
}
