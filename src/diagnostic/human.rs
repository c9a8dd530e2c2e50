//! Diagnostics for people: message, place, the line with a caret, help. Knows no stage.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::groups::{self, Line};
use super::located::Located;
use super::{Diagnostic, Place, Severity, TextOf};
use crate::model::{SourcePath, Span};

/// The longest line that the library is given whole, to show as much as fits, in bytes; of a longer one it gets a part.
const LONG_LINE: usize = 20_000;
const LINE_WINDOW: usize = 240;

/// The most that people are shown at once; the rest are counted.
const MOST: usize = 100;

/// From so many on, a line for each code follows them.
const MANY: usize = 20;

/// All of them, each followed by an empty line; of very many, the rarest first and some of each code. `colour` adds terminal
/// colours.
pub fn human(diagnostics: &[Diagnostic], text_of: &TextOf<'_>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let mut files: BTreeMap<&SourcePath, Option<Located<'_>>> = BTreeMap::new();
    let mut out = String::new();
    let lines =
        if diagnostics.len() > MOST { groups::rarest_first(diagnostics, MOST) } else { groups::all(diagnostics) };
    let shown = lines.iter().filter_map(Line::diagnostic);
    let places = shown.filter_map(|diagnostic| diagnostic.place.as_ref());
    for line in &lines {
        match line {
            Line::One(diagnostic) | Line::Several(diagnostic, _) => {
                let file = diagnostic.place.as_ref().and_then(|Place { path, .. }| {
                    let spots = places.clone().filter(|place| place.path == *path).map(|place| &place.spot);
                    files.entry(path).or_insert_with(|| Located::read(path, spots, text_of)).as_ref()
                });
                out.push_str(&one(diagnostic, file, &renderer));
                if let Line::Several(_, count) = line {
                    out.push_str(&format!("\n... and {} more like it in this file", count - 1));
                }
            }
            Line::Notes(first, count) => out.push_str(&notes(first, *count, &renderer)),
            Line::Rest(rule, rest) => {
                out.push_str(&format!("... and {} more of {} in {}", rest.count, rule.code(), rest))
            }
        }
        out.push_str("\n\n");
    }
    if diagnostics.iter().filter(|diagnostic| diagnostic.severity != Severity::Note).count() > MANY {
        out.push_str(&groups::summary(diagnostics));
    }
    out
}

/// Many notes of one rule.
fn notes(first: &Diagnostic, count: usize, renderer: &Renderer) -> String {
    let title = format!("{count} times: {} (`--format json` lists them)", first.rule.meaning());
    renderer.render(&[Level::NOTE.primary_title(title.as_str()).id(first.code()).elements(Vec::<Origin<'_>>::new())])
}

fn one(diagnostic: &Diagnostic, file: Option<&Located<'_>>, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut group =
        level.primary_title(diagnostic.message.as_str()).id(diagnostic.code()).elements(Vec::<Origin<'_>>::new());
    if let Some(place) = &diagnostic.place {
        group = match file.and_then(|file| Some((file.span(&place.spot)?, file))) {
            Some((span, file)) => {
                let (position, _) = file.positions(span);
                let shown = Shown::of(file.text(), span);
                let path = printable(place.path.as_str());
                let mut snippet = Snippet::source(shown.line)
                    .line_start(position.line)
                    .fold(false)
                    .annotation(AnnotationKind::Primary.span(shown.caret));
                if shown.whole {
                    snippet = snippet.path(path);
                } else {
                    // The column in the file, not in the part that is shown.
                    group = group.element(Origin::path(path).line(position.line).char_column(position.column));
                }
                group.element(snippet)
            }
            None => group.element(Origin::path(printable(place.path.as_str()))),
        };
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// A file's name as a terminal may see it: without what would be a command to it.
fn printable(path: &str) -> Cow<'_, str> {
    match path.contains(char::is_control) {
        true => path.replace(char::is_control, "\u{fffd}").into(),
        false => path.into(),
    }
}

/// Stands where the rest of a line is not shown.
const CUT: &str = "...";

/// The part of a file that is shown: one line, or a window of a very long one.
struct Shown<'a> {
    line: Cow<'a, str>,
    caret: Range<usize>,
    whole: bool,
}

impl<'a> Shown<'a> {
    fn of(text: &'a str, span: Span) -> Self {
        let start = text.floor_char_boundary(span.start as usize);
        let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |newline| start + newline);
        let line_end = line_start.max(line_end - usize::from(text[line_start..line_end].ends_with('\r')));
        let end = text.floor_char_boundary((span.end as usize).clamp(start, line_end.max(start)));
        if line_end - line_start <= LONG_LINE {
            let line = Cow::Borrowed(&text[line_start..line_end]);
            return Self { line, caret: start - line_start..end - line_start, whole: true };
        }
        let from = text.floor_char_boundary(start.saturating_sub(LINE_WINDOW / 3).max(line_start));
        let to = text.floor_char_boundary((from + LINE_WINDOW).min(line_end));
        let before = if from > line_start { CUT } else { "" };
        let after = if to < line_end { CUT } else { "" };
        let at = |byte: usize| byte.clamp(from, to) - from + before.len();
        Self { line: format!("{before}{}{after}", &text[from..to]).into(), caret: at(start)..at(end), whole: false }
    }
}

/// One line that counts them: `2 errors, 1 warning`. None if there is neither.
pub fn summary<'d>(diagnostics: impl IntoIterator<Item = &'d Diagnostic> + Clone) -> Option<String> {
    let count = |severity| diagnostics.clone().into_iter().filter(|d| d.severity == severity).count();
    let counted = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let parts: Vec<String> = [counted(count(Severity::Error), "error"), counted(count(Severity::Warning), "warning")]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
