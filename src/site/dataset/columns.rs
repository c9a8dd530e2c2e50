//! What a column of the dataset is: its name and type, and what stands in it of a row. The files, their description for
//! programs and the page about them are made of the same columns. Knows no table's
//! rows; what a column means is among the words.

use std::borrow::Cow;

use serde::Serialize;

use crate::model::When;

use super::Table;

/// What stands in one place of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Cell<'a> {
    Empty,
    Text(Cow<'a, str>),
    Number(i64),
    YesNo(bool),
    List(Vec<Cow<'a, str>>),
    Numbers(Vec<usize>),
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellType {
    Text,
    /// One of these words.
    Word(&'static [&'static str]),
    /// As precise as it is known: `2017`, `2026-04`, `2026-04-06`, `2026-04-06T18:35Z`.
    Date,
    Number,
    YesNo,
    List,
}

/// A column of a table with rows `R`.
pub struct Column<R> {
    pub about: ColumnFacts,
    pub cell: for<'a> fn(&'a R) -> Cell<'a>,
}

/// What is known of a column without its rows.
#[derive(Clone, Copy, Debug)]
pub struct ColumnFacts {
    pub name: &'static str,
    pub cell_type: CellType,
    /// No cell is empty.
    pub required: bool,
    /// The table whose `id` stands in it.
    pub refers_to: Option<Table>,
}

/// A table's columns and what they are.
pub struct Layout<R: 'static> {
    /// The columns that no two rows have the same of.
    pub key: &'static [&'static str],
    pub columns: &'static [Column<R>],
}

/// The same without the rows.
#[derive(Clone, Debug)]
pub struct TableFacts {
    pub table: Table,
    pub key: &'static [&'static str],
    pub columns: Vec<ColumnFacts>,
}

impl<R> Column<R> {
    pub const fn new(name: &'static str, cell_type: CellType, cell: for<'a> fn(&'a R) -> Cell<'a>) -> Self {
        Self { about: ColumnFacts { name, cell_type, required: false, refers_to: None }, cell }
    }

    pub const fn required(mut self) -> Self {
        self.about.required = true;
        self
    }

    pub const fn refers_to(mut self, table: Table) -> Self {
        self.about.refers_to = Some(table);
        self
    }
}

impl<R> Layout<R> {
    pub fn facts(&self, table: Table) -> TableFacts {
        let columns = self.columns.iter().map(|column| column.about).collect();
        TableFacts { table, key: self.key, columns }
    }

    /// The cells of a row, in the order of the columns.
    pub fn cells<'a>(&self, row: &'a R) -> Vec<Cell<'a>> {
        self.columns.iter().map(|column| (column.cell)(row)).collect()
    }
}

impl<'a> Cell<'a> {
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        Self::Text(text.into())
    }

    pub fn maybe<T: Into<Cow<'a, str>>>(text: Option<T>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    pub fn number(number: impl TryInto<i64>) -> Self {
        number.try_into().map_or(Self::Empty, Self::Number)
    }

    pub fn date(when: Option<&When>) -> Self {
        Self::maybe(when.map(When::iso))
    }

    pub fn list<T: Into<Cow<'a, str>>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }
}
