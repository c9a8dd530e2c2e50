//! Diagnostics for programs: JSON, and the annotations that GitHub shows beside a change. Knows no stage.

use serde::Serialize;

use super::located::Located;
use super::{Diagnostic, Severity, TextOf};

/// One diagnostic as JSON has it. Lines and columns count from 1; columns count characters; `end` is exclusive.
#[derive(Serialize)]
pub(super) struct Record<'a> {
    pub severity: &'static str,
    pub code: &'static str,
    pub message: &'a str,
    pub path: Option<&'a str>,
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub end_line: Option<usize>,
    pub end_column: Option<usize>,
    pub help: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<EditRecord<'a>>,
}

/// What mends it: the text that goes in the place of these lines and columns.
#[derive(Serialize)]
pub(super) struct EditRecord<'a> {
    pub line: usize,
    pub column: usize,
    pub end_line: usize,
    pub end_column: usize,
    pub text: &'a str,
}

/// Every diagnostic with its place. Neighbours of one file share its text.
pub(super) fn records<'a>(diagnostics: &'a [Diagnostic], text_of: &TextOf<'_>) -> Vec<Record<'a>> {
    let of_one_file = |group: &'a [Diagnostic]| {
        let spots = group.iter().filter_map(|diagnostic| Some(&diagnostic.place.as_ref()?.spot));
        let file = group[0].path().and_then(|path| Located::read(path, spots, text_of));
        group.iter().map(move |diagnostic| record(diagnostic, file.as_ref()))
    };
    diagnostics.chunk_by(|a, b| a.path() == b.path()).flat_map(of_one_file).collect()
}

fn record<'a>(diagnostic: &'a Diagnostic, file: Option<&Located<'_>>) -> Record<'a> {
    let place = diagnostic.place.as_ref();
    let span = file.and_then(|file| Some((file.span(&place?.spot)?, file)));
    let (position, end) = span.map(|(span, file)| file.positions(span)).unzip();
    Record {
        severity: diagnostic.severity.word(),
        code: diagnostic.code(),
        message: &diagnostic.message,
        path: place.map(|place| place.path.as_str()),
        line: position.map(|p| p.line),
        column: position.map(|p| p.column),
        end_line: end.map(|p| p.line),
        end_column: end.map(|p| p.column),
        help: &diagnostic.help,
        edit: diagnostic.edit.as_ref().zip(file).map(|(edit, file)| {
            let (start, end) = file.positions(edit.span);
            EditRecord {
                line: start.line,
                column: start.column,
                end_line: end.line,
                end_column: end.column,
                text: &edit.text,
            }
        }),
    }
}

/// One JSON object a line.
pub fn json(diagnostics: &[Diagnostic], text_of: &TextOf<'_>) -> String {
    records(diagnostics, text_of)
        .iter()
        .filter_map(|record| serde_json::to_string(record).ok())
        .map(|line| line + "\n")
        .collect()
}

/// Workflow commands in the form GitHub Actions reads, one a line
/// (`::error file=…,line=…,col=…,title=…::…`, with `%`, line ends, `:` and `,` escaped).
pub fn github(diagnostics: &[Diagnostic], text_of: &TextOf<'_>) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for (diagnostic, record) in diagnostics.iter().zip(records(diagnostics, text_of)) {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut properties = Vec::new();
        if let Some(path) = record.path {
            properties.push(format!("file={}", property(path)));
        }
        let numbers = [
            ("line", record.line),
            ("col", record.column),
            ("endLine", record.end_line),
            ("endColumn", record.end_column),
        ];
        properties.extend(numbers.into_iter().filter_map(|(name, n)| n.map(|n| format!("{name}={n}"))));
        properties.push(format!("title={}", property(diagnostic.code())));
        let mut lines = vec![diagnostic.message.clone()];
        lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
        out.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&lines.join("\n"))));
    }
    out
}
