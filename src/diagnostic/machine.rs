//! Diagnostics for programs: JSON, and the annotations that GitHub shows beside a change. Knows no stage.

use serde::Serialize;

use super::{Diagnostic, Position, Severity, TextOf};

/// One diagnostic as JSON has it. Lines and columns count from 1; columns count characters; `end` is exclusive.
#[derive(Serialize)]
struct Record<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    path: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    help: &'a [String],
}

fn record<'a>(diagnostic: &'a Diagnostic, text_of: &TextOf<'_>) -> Record<'a> {
    let place = diagnostic.place.as_ref();
    let span = place.and_then(|place| {
        let text = text_of(&place.path)?;
        Some((place.span_in(&text)?, text))
    });
    let position = span.as_ref().map(|(span, text)| Position::of(text, span.start as usize));
    let end = span.as_ref().map(|(span, text)| Position::of(text, span.end as usize));
    Record {
        severity: diagnostic.severity.word(),
        code: diagnostic.code,
        message: &diagnostic.message,
        path: place.map(|place| place.path.as_str()),
        line: position.map(|p| p.line),
        column: position.map(|p| p.column),
        end_line: end.map(|p| p.line),
        end_column: end.map(|p| p.column),
        help: &diagnostic.help,
    }
}

/// One JSON object a line.
pub fn json(diagnostics: &[Diagnostic], text_of: &TextOf<'_>) -> String {
    diagnostics
        .iter()
        .filter_map(|diagnostic| serde_json::to_string(&record(diagnostic, text_of)).ok())
        .map(|line| line + "\n")
        .collect()
}

/// Workflow commands in the form GitHub Actions reads, one a line
/// (`::error file=…,line=…,col=…,title=…::…`, with `%`, line ends, `:` and `,` escaped).
pub fn github(diagnostics: &[Diagnostic], text_of: &TextOf<'_>) -> String {
    let data = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for diagnostic in diagnostics {
        let record = record(diagnostic, text_of);
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
        properties.push(format!("title={}", property(diagnostic.code)));
        let mut lines = vec![diagnostic.message.clone()];
        lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
        out.push_str(&format!("::{command} {}::{}\n", properties.join(","), data(&lines.join("\n"))));
    }
    out
}
