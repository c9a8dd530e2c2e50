//! Diagnostics in SARIF 2.1.0, which code hosts and editors read. Knows the format, no stage.

use percent_encoding::utf8_percent_encode;
use serde_json::{Value, json};

use super::machine::{Record, records};
use super::{Diagnostic, Level, Rule, TextOf};
use crate::model::PATH;

/// Where the standard's schema is.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One log of one run, with the rules that `diagnostics` break.
pub fn sarif(diagnostics: &[Diagnostic], text_of: &TextOf<'_>) -> String {
    let mut rules: Vec<&Rule> = diagnostics.iter().map(|diagnostic| diagnostic.rule).collect();
    rules.sort();
    rules.dedup();
    let results = records(diagnostics, text_of).into_iter().map(|record| result(&record, &rules));
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "Ninefold",
                    "semanticVersion": env!("CARGO_PKG_VERSION"),
                    "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
                },
            },
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<_>>(),
        }],
    });
    format!("{log:#}\n")
}

fn descriptor(rule: &Rule) -> Value {
    // The standard's word for a rule that is off.
    let level = if rule.level() == Level::Off { "none" } else { rule.level().word() };
    json!({
        "id": rule.code(),
        "shortDescription": { "text": rule.meaning() },
        "defaultConfiguration": { "level": level },
    })
}

fn result(record: &Record<'_>, rules: &[&Rule]) -> Value {
    let help: String = record.help.iter().map(|line| format!("\nhelp: {line}")).collect();
    let message = format!("{}{help}", record.message);
    let mut result = json!({
        "ruleId": record.code,
        "ruleIndex": rules.iter().position(|rule| rule.code() == record.code),
        "level": record.severity,
        "message": { "text": message },
    });
    if let Some(path) = record.path {
        let mut place = json!({ "artifactLocation": { "uri": uri(path) } });
        if let (Some(line), Some(column), Some(end_line), Some(end_column)) =
            (record.line, record.column, record.end_line, record.end_column)
        {
            place["region"] =
                json!({ "startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column });
        }
        result["locations"] = json!([{ "physicalLocation": place }]);
    }
    if let (Some(path), Some(edit)) = (record.path, &record.edit) {
        let region = json!({
            "startLine": edit.line,
            "startColumn": edit.column,
            "endLine": edit.end_line,
            "endColumn": edit.end_column,
        });
        let replacement = json!({ "deletedRegion": region, "insertedContent": { "text": edit.text } });
        result["fixes"] = json!([{
            "artifactChanges": [{ "artifactLocation": { "uri": uri(path) }, "replacements": [replacement] }],
        }]);
    }
    result
}

/// The path as an address relative to the site's folder.
fn uri(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}
