//! A text's headings, and the passages below them, as editors list them. Knows one document.

use lsp_types::{DocumentSymbol, Range, SymbolKind};

use crate::model::Span;
use crate::outline::{Document, Mark, MarkKind, TagName};

use crate::lsp::file::File;
use crate::lsp::positions::Positions;

/// The headings of the file, each with what stands below it.
pub fn symbols(file: &File<'_>) -> Vec<DocumentSymbol> {
    let Some((_, document)) = file.document() else { return Vec::new() };
    let positions = file.positions();
    let marks = document.body.marks.iter().filter(|mark| mark.kind != MarkKind::Section);
    let of_heading = |n: Option<usize>| {
        let below = move |mark: &&Mark| mark.heading.map(|heading| heading as usize) == n;
        marks.clone().filter(below).map(|mark| passage(mark, &positions)).collect::<Vec<_>>()
    };
    // Of each level the one that is open; what is deeper goes into it when it is closed.
    let mut open: Vec<(u8, DocumentSymbol)> = Vec::new();
    let mut found = of_heading(None);
    for (n, heading) in document.body.headings.iter().enumerate() {
        close(&mut open, &mut found, heading.level);
        let children = of_heading(Some(n));
        open.push((heading.level, section(document, n, file, &positions, children)));
    }
    close(&mut open, &mut found, 0);
    found
}

/// Closes those that are open and not above `level`.
fn close(open: &mut Vec<(u8, DocumentSymbol)>, found: &mut Vec<DocumentSymbol>, level: u8) {
    while let Some((_, symbol)) = open.pop_if(|(above, _)| *above >= level) {
        match open.last_mut() {
            Some((_, parent)) => parent.children.get_or_insert_default().push(symbol),
            None => found.push(symbol),
        }
    }
}

/// A section: up to the next heading that is not below it.
fn section(
    document: &Document,
    n: usize,
    file: &File<'_>,
    positions: &Positions<'_>,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    let heading = &document.body.headings[n];
    let next = document.body.headings[n + 1..].iter().find(|next| next.level <= heading.level);
    let end = next.map_or(file.text.len(), |next| next.span.start as usize);
    let whole = Span::new(heading.span.start as usize, end.max(heading.span.end as usize));
    let chosen = file.range(heading.span);
    let name = if heading.text.trim().is_empty() { "(no words)" } else { heading.text.as_str() };
    symbol(name, format!("#{}", heading.id), SymbolKind::STRING, (positions.range(whole), chosen), children)
}

fn passage(mark: &Mark, positions: &Positions<'_>) -> DocumentSymbol {
    let words = mark.passage.text.get(mark.passage.at.clone()).filter(|words| !words.is_empty());
    let (kind, id) = match &mark.tag {
        TagName::Pattern(pattern) => ("pattern", pattern.id()),
        TagName::Concept(id) => ("concept", id.as_str()),
    };
    let detail = if mark.refuses { format!("no {kind} {id}") } else { format!("{kind} {id}") };
    let range = positions.range(mark.span);
    symbol(words.unwrap_or("(passage)"), detail, SymbolKind::KEY, (range, range), Vec::new())
}

#[allow(deprecated, reason = "a field that all symbols must have, though it means nothing any more")]
fn symbol(
    name: &str,
    detail: String,
    kind: SymbolKind,
    (whole, chosen): (Range, Range),
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    DocumentSymbol {
        name: name.to_owned(),
        detail: Some(detail),
        kind,
        tags: None,
        deprecated: None,
        range: whole,
        selection_range: chosen,
        children: (!children.is_empty()).then_some(children),
    }
}
