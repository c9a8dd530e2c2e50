//! `ninefold list`.

use std::io::{self, Write};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::{Map, Value};

use super::{Common, Selection, report};
use crate::load;
use crate::model::first_sentences;
use crate::pipeline::{self, Options};
use crate::site::{Cell, Rows, Table};

/// List what the site has, a line each
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  ninefold list passages --json")]
pub struct List {
    /// What to list
    #[arg(value_parser = tables())]
    what: Table,
    /// One JSON object a line, with every column of the dataset
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    selection: Selection,
}

/// The most characters of a text that is shown to people.
const SHOWN: usize = 120;

fn tables() -> impl TypedValueParser<Value = Table> {
    let named = |name: String| Table::ALL.into_iter().find(|table| table.name() == name);
    PossibleValuesParser::new(Table::ALL.map(Table::name)).map(move |name| named(name).unwrap_or(Table::Essays))
}

impl List {
    pub(super) fn run(&self, common: &Common) -> bool {
        let options = Options::new(&common.root, self.selection.into(), load::now());
        let assembled = pipeline::read(&options);
        if report::no_site(&assembled.diagnostics, common) {
            return false;
        }
        let rows = assembled.site.rows(self.what);
        let mut out = io::BufWriter::new(io::stdout().lock());
        // A reader that went away is no fault of ours.
        let _ = if self.json { json(&rows, &mut out) } else { human(&rows, &mut out) }.and_then(|()| out.flush());
        true
    }
}

/// The columns that people are shown.
const fn shown(table: Table) -> &'static [&'static str] {
    match table {
        Table::Incidents => &["id", "started", "title"],
        Table::Essays => &["id", "date", "title"],
        Table::Patterns | Table::Concepts => &["id", "name"],
        Table::Passages => &["essay", "pattern", "concept", "text"],
        Table::Readings => &["incident", "pattern", "concept", "essay"],
        Table::Events => &["incident", "at", "text"],
        Table::Sources => &["incident", "published", "title", "url"],
    }
}

/// The columns side by side, those that are empty in a row left out.
fn human(rows: &Rows, out: &mut impl Write) -> io::Result<()> {
    let table = rows.table();
    let columns = table.facts().columns;
    let places: Vec<usize> =
        shown(table).iter().filter_map(|name| columns.iter().position(|column| column.name == *name)).collect();
    let mut lines: Vec<Vec<String>> = Vec::new();
    rows.each(|cells| {
        let words = places.iter().map(|place| words(&cells[*place])).filter(|words| !words.is_empty());
        lines.push(words.collect());
        Ok::<_, io::Error>(())
    })?;
    let width = lines.iter().filter_map(|line| line.first()).map(|id| id.chars().count()).max().unwrap_or_default();
    lines.iter().try_for_each(|line| match line.split_first() {
        Some((id, rest)) => writeln!(out, "{}", format!("{id:width$}  {}", rest.join("  ")).trim_end()),
        None => Ok(()),
    })
}

fn words(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Text(text) => first_sentences(&text.split_whitespace().collect::<Vec<_>>().join(" "), SHOWN),
        Cell::Number(number) => number.to_string(),
        Cell::Empty | Cell::YesNo(_) | Cell::List(_) | Cell::Numbers(_) => String::new(),
    }
}

fn json(rows: &Rows, out: &mut impl Write) -> io::Result<()> {
    let columns = rows.table().facts().columns;
    rows.each(|cells| {
        let row: Map<String, Value> =
            columns.iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), value(cell))).collect();
        serde_json::to_writer(&mut *out, &row)?;
        writeln!(out)
    })
}

fn value(cell: &Cell<'_>) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Text(text) => text.as_ref().into(),
        Cell::Number(number) => (*number).into(),
        Cell::YesNo(yes) => (*yes).into(),
        Cell::List(items) => items.iter().map(|item| Value::from(item.as_ref())).collect(),
        Cell::Numbers(items) => items.iter().map(|item| Value::from(*item)).collect(),
    }
}
