//! How a shortcode stands among the lines of its text. Knows no meanings.

use crate::import::write::Meaning;

/// How a shortcode stands in its text.
pub(super) struct Place {
    /// Nothing else is on its lines.
    pub(super) is_alone: bool,
    /// What stands before it on its line: white space, and marks of quotations.
    indent: String,
    /// It is where the destination of a link is written.
    pub(super) is_destination: bool,
}

impl Place {
    pub(super) fn of(text: &str, start: usize, end: usize) -> Self {
        let line = text[..start].rsplit('\n').next().unwrap_or_default();
        let after = text[end..].split('\n').next().unwrap_or_default();
        let is_alone = line.chars().all(|c| c.is_whitespace() || c == '>') && after.trim().is_empty();
        let is_destination = ["](", "](<", "=\"", "='", "="].iter().any(|before| text[..start].ends_with(before))
            || (line.starts_with('[') && line.trim_end().ends_with("]:"));
        Self { is_alone, indent: if is_alone { line.to_owned() } else { String::new() }, is_destination }
    }

    /// `html` as a block if nothing else is on its lines.
    pub(super) fn set(&self, html: String) -> Meaning {
        if self.is_alone { Meaning::Block(html) } else { Meaning::Inline(html) }
    }

    /// `block` on lines of its own, with an empty line before and after it.
    pub(super) fn block(&self, text: &str, start: usize, end: usize, block: &str) -> String {
        let lines = block.replace('\n', &format!("\n{}", self.indent));
        let empty = format!("\n{}", self.indent.trim_end());
        let before = text[..start - self.indent.len()].trim_end_matches([' ', '\t']);
        let first = if before.is_empty() || before.ends_with("\n\n") || !self.is_alone {
            String::new()
        } else {
            format!("{}\n{}", self.indent.trim(), self.indent)
        };
        let has_empty_after = text[end..]
            .trim_start_matches([' ', '\t'])
            .strip_prefix('\n')
            .is_none_or(|rest| rest.is_empty() || rest.starts_with('\n'));
        let last = if has_empty_after || !self.is_alone { String::new() } else { empty };
        format!("{first}{lines}{last}")
    }
}
