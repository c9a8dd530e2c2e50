//! What describes the dataset: to programs as a data package (specs.frictionlessdata.io, version 1), to people as a page. Knows
//! columns, no rows.

use serde::Serialize;
use serde_json::{Value, json};

use crate::config::{Config, Licence};
use crate::fields::{line, marked_line};
use crate::model::{UrlPath, slug};
use crate::words::Words;

use super::columns::{CellType, ColumnFacts, TableFacts};
use super::{FOLDER, Table, table_url};

/// The file that describes the others.
pub const PACKAGE: &str = "/data/datapackage.json";

/// A date as `Cell::date` writes it.
const DATE: &str = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?Z?)?)?)?$";

/// `/data/datapackage.json`.
#[derive(Clone, Debug, Serialize)]
pub struct DataPackage(Value);

/// The page that says what each column means.
#[derive(Clone, Debug, Serialize)]
pub struct Dataset {
    /// The link of the file that describes the tables to programs.
    pub package: String,
    pub licence: Option<Licence>,
    pub tables: Vec<TableLine>,
}

/// A table on that page.
#[derive(Clone, Debug, Serialize)]
pub struct TableLine {
    pub name: &'static str,
    pub url: String,
    /// One sentence.
    pub meaning: String,
    pub columns: Vec<ColumnLine>,
}

/// A column on that page.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnLine {
    pub name: &'static str,
    /// `text`, `date`, `number`, `true or false`, `list`, in the site's language.
    pub kind: String,
    /// The words that may stand in it, where they are few.
    pub words: &'static [&'static str],
    /// Part of what names a row.
    pub key: bool,
    pub required: bool,
    /// The table whose `id` stands in it.
    pub refers_to: Option<&'static str>,
    /// One sentence.
    pub meaning: String,
}

impl DataPackage {
    pub fn new(config: &Config, words: &Words) -> Self {
        let name = Some(slug(&config.title)).filter(|name| !name.is_empty()).unwrap_or_else(|| "site".to_owned());
        let mut package = json!({
            "profile": "tabular-data-package",
            "name": name,
            "title": config.title,
            "homepage": config.base_url.absolute(&UrlPath::new(FOLDER)),
            "resources": Table::ALL.map(|table| resource(&table.facts(), words)),
        });
        if let Some(description) = &config.description {
            package["description"] = json!(description);
        }
        if let Some(licence) = &config.licence {
            package["licenses"] = match licence {
                Licence::Named(name) => json!([{ "name": name }]),
                Licence::At(url) => json!([{ "path": url }]),
            };
        }
        Self(package)
    }
}

impl Dataset {
    pub fn new(config: &Config, words: &Words) -> Self {
        let line = |table: Table| {
            let TableFacts { key, columns, .. } = table.facts();
            TableLine {
                name: table.name(),
                url: config.base_url.link(&table_url(table)),
                meaning: of_table(table, words),
                columns: columns.iter().map(|column| column_line(table, column, key, words)).collect(),
            }
        };
        Self {
            package: config.base_url.link(&UrlPath::new(PACKAGE)),
            licence: config.licence.clone(),
            tables: Table::ALL.map(line).to_vec(),
        }
    }
}

/// What a table has, in a sentence.
fn of_table(table: Table, words: &Words) -> String {
    words.pick("tables", table.name()).to_owned()
}

/// What stands in a column, in a sentence.
fn of_column(table: Table, column: &ColumnFacts, words: &Words) -> String {
    line(as_written(table, column, words)).into_owned()
}

/// The same with the signs of code around the names in it.
fn as_written<'w>(table: Table, column: &ColumnFacts, words: &'w Words) -> &'w str {
    words.pick(&format!("columns_{}", table.name()), column.name)
}

/// Sentences about columns that have code, by their words: the HTML of each.
pub fn marked(words: &Words) -> Vec<(String, String)> {
    let sentences = Table::ALL.into_iter().flat_map(|table| {
        let of = move |column: &ColumnFacts| as_written(table, column, words);
        table.facts().columns.iter().map(of).collect::<Vec<_>>()
    });
    sentences.filter_map(|text| Some((line(text).into_owned(), marked_line(text, None)?))).collect()
}

fn column_line(table: Table, column: &ColumnFacts, key: &[&str], words: &Words) -> ColumnLine {
    let kind = match column.cell_type {
        CellType::Text | CellType::Word(_) => "text",
        CellType::Date => "date",
        CellType::Number => "number",
        CellType::YesNo => "yes-no",
        CellType::List => "list",
    };
    ColumnLine {
        name: column.name,
        kind: words.pick("cell_kinds", kind).to_owned(),
        words: match column.cell_type {
            CellType::Word(words) => words,
            _ => &[],
        },
        key: key.contains(&column.name),
        required: column.required,
        refers_to: column.refers_to.map(Table::name),
        meaning: of_column(table, column, words),
    }
}

fn resource(facts: &TableFacts, words: &Words) -> Value {
    let TableFacts { table, key, columns } = facts;
    let foreign_keys: Vec<Value> = columns.iter().filter_map(foreign_key).collect();
    json!({
        "profile": "tabular-data-resource",
        "name": table.name(),
        "path": table.file(),
        "description": of_table(*table, words),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": columns.iter().map(|column| field(*table, column, words)).collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": key,
            "foreignKeys": foreign_keys,
        },
    })
}

/// In the words of Table Schema, version 1.
fn field(table: Table, column: &ColumnFacts, words: &Words) -> Value {
    let mut constraints = serde_json::Map::new();
    if column.required {
        constraints.insert("required".to_owned(), json!(true));
    }
    let kind = match column.cell_type {
        CellType::Text => "string",
        CellType::Word(words) => {
            constraints.insert("enum".to_owned(), json!(words));
            "string"
        }
        // A `date` of theirs has a day.
        CellType::Date => {
            constraints.insert("pattern".to_owned(), json!(DATE));
            "string"
        }
        CellType::Number => "integer",
        CellType::YesNo => "boolean",
        CellType::List => "array",
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": of_column(table, column, words) });
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}

fn foreign_key(column: &ColumnFacts) -> Option<Value> {
    let table = column.refers_to?.name();
    Some(json!({ "fields": column.name, "reference": { "resource": table, "fields": "id" } }))
}
