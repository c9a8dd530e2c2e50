//! Diagnostics as editors show them, in the words that `check` has. Knows texts and places; finds no fault.

use lsp_types::{DiagnosticSeverity, NumberOrString, Position, Range};

use crate::diagnostic::{Diagnostic, Located, Severity, TextOf};
use crate::model::SourcePath;

use super::positions::{Encoding, Positions};

/// What stands as the source of each.
const SOURCE: &str = "ninefold";

/// The `faults` of the file at `path`.
pub fn shown(
    faults: &[&Diagnostic],
    path: &SourcePath,
    text_of: &TextOf<'_>,
    encoding: Encoding,
) -> Vec<lsp_types::Diagnostic> {
    let spots = faults.iter().filter_map(|fault| Some(&fault.place.as_ref()?.spot));
    let file = Located::read(path, spots, text_of);
    let positions = file.as_ref().map(|file| (file, Positions::new(file.text(), encoding)));
    let range = |fault: &Diagnostic| {
        let (file, positions) = positions.as_ref()?;
        Some(positions.range(file.span(&fault.place.as_ref()?.spot)?))
    };
    faults.iter().map(|fault| one(fault, range(fault).unwrap_or_default())).collect()
}

fn one(fault: &Diagnostic, range: Range) -> lsp_types::Diagnostic {
    let severity = match fault.severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Note => DiagnosticSeverity::INFORMATION,
    };
    // What has no length is shown nowhere by some editors.
    let end = if range.start == range.end { Position::new(range.end.line, range.end.character + 1) } else { range.end };
    lsp_types::Diagnostic {
        range: Range::new(range.start, end),
        severity: Some(severity),
        code: Some(NumberOrString::String(fault.code().to_owned())),
        source: Some(SOURCE.to_owned()),
        message: words(fault),
        ..lsp_types::Diagnostic::default()
    }
}

/// The message with its help, a line each.
pub fn words(fault: &Diagnostic) -> String {
    let help = fault.help.iter().map(|help| format!("\nhelp: {help}"));
    [fault.message.clone()].into_iter().chain(help).collect()
}
