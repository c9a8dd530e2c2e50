//! Tables as CSV (RFC 4180). Knows cells, not what they mean.

use std::borrow::Cow;

use csv::{Terminator, WriterBuilder};

use crate::diagnostic::Diagnostic;
use crate::site::{Cell, Rows};

use super::DATA;

/// What a spreadsheet takes a text for that begins with it: a formula. The wide forms count in some languages, and white space
/// before them in some programs.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// A table with a line of names above its rows.
pub fn table(rows: &Rows) -> Result<Vec<u8>, Diagnostic> {
    written(rows).map_err(|error| Diagnostic::new(DATA, format!("the data can't be written as CSV: {error}")))
}

fn written(rows: &Rows) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(rows.table().facts().columns.iter().map(|column| column.name))?;
    rows.each(|cells| {
        for cell in cells {
            writer.write_field(text(cell).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)
    })?;
    writer.into_inner().map_err(|error| error.into_error().into())
}

fn text<'a>(cell: &'a Cell<'_>) -> Cow<'a, str> {
    match cell {
        Cell::Empty => "".into(),
        Cell::Text(text) => as_text(text),
        Cell::Number(number) => number.to_string().into(),
        Cell::YesNo(yes) => (if *yes { "true" } else { "false" }).into(),
        // Texts and numbers always serialise.
        Cell::List(items) => serde_json::to_string(items).unwrap_or_default().into(),
        Cell::Numbers(items) => serde_json::to_string(items).unwrap_or_default().into(),
    }
}

/// A text that no spreadsheet takes for a formula: one that could be is given an apostrophe, their own sign for text.
fn as_text(text: &str) -> Cow<'_, str> {
    if text.starts_with(FORMULA) { format!("'{text}").into() } else { text.into() }
}
