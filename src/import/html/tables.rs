//! Tables whose cells hold words and span nothing; others stay HTML.

use super::spaces::tidy;
use super::tree::{Element, Node};
use super::{Reader, raw};
use crate::import::markdown::{Block, Inline, Side, Table};

impl Reader<'_> {
    pub(super) fn table(&mut self, element: &Element) -> Vec<Block> {
        let mut blocks = Vec::new();
        let rows = rows(element);
        match &rows[..] {
            [] => {}
            // A table that only puts something into its place.
            [row] if cells(row).count() == 1 => {
                for cell in cells(row) {
                    blocks.extend(self.blocks(&cell.children));
                }
            }
            rows => match why_html(element, rows) {
                Some(why) => {
                    self.add(element, "`<table>` that has no form in Markdown", format!("stays HTML: {why}"));
                    blocks.push(Block::Html(raw::block(element)));
                    return blocks;
                }
                None => blocks.push(Block::Table(self.plain_table(rows))),
            },
        }
        for caption in element.elements().filter(|child| child.name == "caption") {
            blocks.extend(self.blocks(&caption.children));
        }
        blocks
    }

    fn plain_table(&mut self, rows: &[&Element]) -> Table {
        let count = rows.iter().map(|row| cells(row).count()).max().unwrap_or(0);
        let has_head = rows.first().is_some_and(|row| is_head(row));
        let columns = (0..count)
            .map(|n| {
                let mut sides = rows.iter().filter_map(|row| cells(row).nth(n)).map(side);
                let first = sides.next().unwrap_or_default();
                if sides.all(|side| side == first) { first } else { Side::Unset }
            })
            .collect();
        let mut written: Vec<Vec<Vec<Inline>>> = rows
            .iter()
            .map(|row| {
                let mut cells: Vec<Vec<Inline>> = cells(row).map(|cell| self.cell(cell)).collect();
                cells.resize(count, Vec::new());
                cells
            })
            .collect();
        let head = if has_head { written.remove(0) } else { vec![Vec::new(); count] };
        Table { columns, head, rows: written }
    }

    /// Paragraphs of a cell are parted by line breaks.
    fn cell(&mut self, cell: &Element) -> Vec<Inline> {
        let mut words: Vec<Inline> = self.place(cell).into_iter().collect();
        for block in self.blocks(&cell.children) {
            if let Block::Paragraph(inner) = block {
                if !words.is_empty() {
                    words.push(Inline::Break);
                }
                words.extend(inner);
            }
        }
        tidy(words)
    }
}

/// All rows, those of the foot last.
fn rows(table: &Element) -> Vec<&Element> {
    let parts = |foot: bool| table.elements().filter(move |part| (part.name == "tfoot") == foot);
    let rows = |part: &'_ Element| part.name == "tr";
    let mut all = Vec::new();
    for part in parts(false).chain(parts(true)) {
        if rows(part) {
            all.push(part);
        } else if matches!(part.name.as_str(), "thead" | "tbody" | "tfoot") {
            all.extend(part.elements().filter(|row| row.name == "tr"));
        }
    }
    all.into_iter().filter(|row| cells(row).next().is_some()).collect()
}

fn cells(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements().filter(|cell| matches!(cell.name.as_str(), "td" | "th"))
}

fn is_head(row: &Element) -> bool {
    cells(row).all(|cell| cell.name == "th")
}

fn side(cell: &Element) -> Side {
    let style = cell.attribute("style").unwrap_or_default().replace(' ', "").to_ascii_lowercase();
    let of_style = style.split(';').find_map(|rule| rule.strip_prefix("text-align:"));
    let of_class = cell.classes().find_map(|class| class.strip_prefix("has-text-align-"));
    match of_style.or(of_class).or_else(|| cell.attribute("align")).unwrap_or_default() {
        "left" => Side::Left,
        "center" => Side::Centre,
        "right" => Side::Right,
        _ => Side::Unset,
    }
}

/// What of a table has no form in Markdown.
fn why_html(table: &Element, rows: &[&Element]) -> Option<&'static str> {
    let spans = |cell: &Element| {
        ["colspan", "rowspan"].iter().any(|name| cell.attribute(name).is_some_and(|span| span.trim() != "1"))
    };
    let holds_blocks = |cell: &Element| {
        let is_more = |inner: &Element| {
            super::inlines::is_block(&inner.name) && !matches!(inner.name.as_str(), "p" | "div" | "center")
                || inner.name == "table"
        };
        cell.children.iter().any(|node| matches!(node, Node::Element(child) if child.find(&is_more).is_some()))
    };
    let second_head = || table.elements().filter(|part| part.name == "thead").flat_map(Element::elements).count() > 1;
    if rows.iter().any(|row| cells(row).any(spans)) {
        Some("cells span others")
    } else if rows.iter().any(|row| cells(row).any(holds_blocks)) {
        Some("cells hold more than words")
    } else if second_head() {
        Some("its header has several rows")
    } else {
        None
    }
}
