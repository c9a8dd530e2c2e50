//! Blocks as they are written, one below the other and inside each other. Knows no words: those are `inlines`.

use super::inlines::{Within, line, longest_run};
use super::lists::is_loose;
use super::read_back::{shape, shape_of};
use super::{Block, Definition, Inline, Item, Side, Table};

/// The blocks of a whole text. Each is read back; where signs are not taken for what they stand for, it is written with tags.
pub(super) fn joined(blocks: &[Block]) -> String {
    join(blocks, "\n\n", |block, alternate| {
        let written = Style { literal: false, alternate, nested: false }.block(block);
        if shape(&written) == shape_of(std::slice::from_ref(block)) {
            return written;
        }
        Style { literal: true, alternate, nested: false }.block(block)
    })
}

fn join(blocks: &[Block], between: &str, write: impl Fn(&Block, bool) -> String) -> String {
    let mut out = String::new();
    let mut alternate = false;
    for (n, block) in blocks.iter().enumerate() {
        let before = n.checked_sub(1).map(|before| &blocks[before]);
        alternate = is_same_list(before, block) && !alternate;
        if n > 0 {
            out.push_str(between);
        }
        out.push_str(&write(block, alternate));
    }
    out
}

/// Two lists of one kind would be one, but for their marks.
fn is_same_list(before: Option<&Block>, block: &Block) -> bool {
    match (before, block) {
        (Some(Block::List { start: a, .. }), Block::List { start: b, .. }) => a.is_some() == b.is_some(),
        _ => false,
    }
}

#[derive(Clone, Copy)]
struct Style {
    literal: bool,
    /// A list has the other mark of its kind.
    alternate: bool,
    nested: bool,
}

impl Style {
    fn inner(self, blocks: &[Block], between: &str) -> String {
        join(blocks, between, |block, alternate| Self { alternate, nested: true, ..self }.block(block))
    }

    fn words(self, words: &[Inline]) -> String {
        line(words, Within { literal: self.literal, ..Within::default() })
    }

    fn block(self, block: &Block) -> String {
        match block {
            Block::Paragraph(words) => self.words(words),
            Block::Heading { level, id, words } => {
                let words = line(words, Within { heading: true, literal: self.literal, ..Within::default() });
                let id = id.as_ref().map(|id| format!(" {{#{id}}}")).unwrap_or_default();
                format!("{} {words}{id}", "#".repeat(usize::from(*level)))
            }
            Block::Quote(blocks) => prefixed(&self.inner(blocks, "\n\n"), "> ", "> "),
            Block::List { start, items } => self.list(*start, items),
            Block::Code { language, text } => {
                let fence = "`".repeat(longest_run(text, '`').max(2) + 1);
                let end = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
                format!("{fence}{language}\n{text}{end}{fence}")
            }
            Block::Table(table) => self.table(table),
            Block::Definitions(definitions) => {
                let written: Vec<String> = definitions.iter().map(|definition| self.definition(definition)).collect();
                written.join("\n\n")
            }
            Block::Footnote { label, blocks } => {
                prefixed(&self.inner(blocks, "\n\n"), &format!("[^{label}]: "), "    ")
            }
            // Where a mark of a list stands before it, hyphens or asterisks would be one rule with that.
            Block::Rule if self.nested => "___".to_owned(),
            Block::Rule => "---".to_owned(),
            Block::Html(html) => html.clone(),
        }
    }

    fn list(self, start: Option<u64>, items: &[Item]) -> String {
        let loose = is_loose(items);
        let between = if loose { "\n\n" } else { "\n" };
        let written: Vec<String> = items
            .iter()
            .enumerate()
            .map(|(n, item)| {
                let mark = match (start, self.alternate) {
                    (Some(start), false) => format!("{}. ", start + n as u64),
                    (Some(start), true) => format!("{}) ", start + n as u64),
                    (None, false) => "- ".to_owned(),
                    (None, true) => "* ".to_owned(),
                };
                let task = match item.done {
                    Some(true) => "[x] ",
                    Some(false) => "[ ] ",
                    None => "",
                };
                let text = format!("{task}{}", self.inner(&item.blocks, between));
                prefixed(&text, &mark, &" ".repeat(mark.len()))
            })
            .collect();
        written.join(between)
    }

    fn definition(self, definition: &Definition) -> String {
        let mut text = self.words(&definition.term);
        for blocks in &definition.details {
            text.push('\n');
            text.push_str(&prefixed(&self.inner(blocks, "\n\n"), ": ", "  "));
        }
        text
    }

    fn table(self, table: &Table) -> String {
        let row = |cells: &[Vec<Inline>]| {
            let cells: Vec<String> = cells
                .iter()
                .map(|words| line(words, Within { cell: true, literal: self.literal, ..Within::default() }))
                .collect();
            format!("| {} |", cells.join(" | "))
        };
        let sides: Vec<&str> = table
            .columns
            .iter()
            .map(|side| match side {
                Side::Unset => "---",
                Side::Left => ":--",
                Side::Centre => ":-:",
                Side::Right => "--:",
            })
            .collect();
        let mut lines = vec![row(&table.head), format!("| {} |", sides.join(" | "))];
        lines.extend(table.rows.iter().map(|cells| row(cells)));
        lines.join("\n")
    }
}

/// The lines of `text` behind `first` and `rest`; an empty one has no spaces at its end.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + first.len());
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        let prefix = if n == 0 { first } else { rest };
        out.push_str(if line.is_empty() { prefix.trim_end() } else { prefix });
        out.push_str(line);
    }
    out
}
