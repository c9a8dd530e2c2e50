//! What describes the dataset: to programs as a data package (specs.frictionlessdata.io, version 1), to people as a page. Knows
//! columns, no rows.

use serde::Serialize;
use serde_json::{Value, json};

use crate::config::Licence;
use crate::model::{UrlPath, slug};

use super::super::view::Data;
use super::super::{View, Viewer};
use super::columns::{CellType, ColumnFacts, TableFacts};
use super::{FOLDER, TITLE, Table, table_url};

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
    pub meaning: &'static str,
    pub columns: Vec<ColumnLine>,
}

/// A column on that page.
#[derive(Clone, Debug, Serialize)]
pub struct ColumnLine {
    pub name: &'static str,
    /// `text`, `date`, `number`, `true or false`, `list`.
    pub kind: &'static str,
    /// The words that may stand in it, where they are few.
    pub words: &'static [&'static str],
    /// Part of what names a row.
    pub key: bool,
    pub required: bool,
    /// The table whose `id` stands in it.
    pub refers_to: Option<&'static str>,
    pub meaning: &'static str,
}

impl Viewer<'_> {
    pub(in super::super) fn data_package(&self) -> DataPackage {
        let config = &self.config;
        let name = Some(slug(&config.title)).filter(|name| !name.is_empty()).unwrap_or_else(|| "site".to_owned());
        let mut package = json!({
            "profile": "tabular-data-package",
            "name": name,
            "title": config.title,
            "homepage": config.base_url.absolute(&UrlPath::new(FOLDER)),
            "resources": Table::ALL.map(|table| resource(&table.facts())),
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
        DataPackage(package)
    }

    pub(in super::super) fn dataset(&self) -> View {
        let line = |table: Table| {
            let TableFacts { meaning, key, columns, .. } = table.facts();
            TableLine {
                name: table.name(),
                url: self.config.base_url.link(&table_url(table)),
                meaning,
                columns: columns.iter().map(|column| column_line(column, key)).collect(),
            }
        };
        let data = Dataset {
            package: self.link_to(PACKAGE),
            licence: self.config.licence.clone(),
            tables: Table::ALL.map(line).to_vec(),
        };
        let mut page = self.meta("data", TITLE, &UrlPath::new(FOLDER), None);
        page.description = Some(
            "Incidents, essays, passages and who reads what in them, as tables, and what each column means.".to_owned(),
        );
        self.html("data.html", page, Data::Dataset(data))
    }
}

fn column_line(column: &ColumnFacts, key: &[&str]) -> ColumnLine {
    ColumnLine {
        name: column.name,
        kind: match column.cell_type {
            CellType::Text | CellType::Word(_) => "text",
            CellType::Date => "date",
            CellType::Number => "number",
            CellType::YesNo => "true or false",
            CellType::List => "list",
        },
        words: match column.cell_type {
            CellType::Word(words) => words,
            _ => &[],
        },
        key: key.contains(&column.name),
        required: column.required,
        refers_to: column.refers_to.map(Table::name),
        meaning: column.meaning,
    }
}

fn resource(facts: &TableFacts) -> Value {
    let TableFacts { table, meaning, key, columns } = facts;
    let foreign_keys: Vec<Value> = columns.iter().filter_map(foreign_key).collect();
    json!({
        "profile": "tabular-data-resource",
        "name": table.name(),
        "path": table.file(),
        "description": meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": columns.iter().map(field).collect::<Vec<_>>(),
            "missingValues": [""],
            "primaryKey": key,
            "foreignKeys": foreign_keys,
        },
    })
}

/// In the words of Table Schema, version 1.
fn field(column: &ColumnFacts) -> Value {
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
    let mut field = json!({ "name": column.name, "type": kind, "description": column.meaning });
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}

fn foreign_key(column: &ColumnFacts) -> Option<Value> {
    let table = column.refers_to?.name();
    Some(json!({ "fields": column.name, "reference": { "resource": table, "fields": "id" } }))
}
