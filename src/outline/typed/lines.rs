//! Lines that are nearly headings, tables, alerts or the blocks of other programs. Knows the text of one block.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;

use super::{BLANK, FOREIGN_MARKUP, Found, NEAR_HEADING, NEAR_TABLE};

/// Contents as other programs write them.
const CONTENTS: [&str; 6] = ["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "{{toc}}", "[[_toc_]"];

/// The blanks of the shortest link: `[](x)`.
const SHORTEST_LINK: &str = "\0\0\0\0\0";

pub fn find(text: &str, found: &mut Vec<Found>) {
    let lines: Vec<(usize, &str)> = lines(text).collect();
    for (n, (at, line)) in lines.iter().enumerate() {
        let range = || *at..*at + line.len();
        if n == 0
            && let Some((fault, end)) = of_first(line)
        {
            found.push((fault, *at..*at + end));
        }
        if is_heading(line) {
            let count = line.bytes().take_while(|byte| *byte == b'#').count();
            let fault = Diagnostic::new(NEAR_HEADING, "a heading has a space after its signs: this line is text");
            let rest = shortened(line[count..].trim());
            found.push((fault.help(format!("write `{} {rest}`", &line[..count])), range()));
        }
        if let Some(fault) = attributes(&text[..*at], line) {
            found.push((fault, range()));
        }
    }
    found.extend(table(&lines));
}

/// Each line with where it begins, without white space and marks around it.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    text.split('\n').map(move |line| {
        let start = at;
        at += line.len() + 1;
        let inner = line.trim_start_matches([' ', '\t', BLANK]);
        (start + line.len() - inner.len(), inner.trim_end())
    })
}

fn is_heading(line: &str) -> bool {
    let rest = line.trim_start_matches('#');
    (2..=6).contains(&(line.len() - rest.len())) && rest.starts_with(char::is_alphabetic)
}

/// What the first line of a block says of the block, and how much of the line says it.
fn of_first(line: &str) -> Option<(Diagnostic, usize)> {
    let lower = line.to_lowercase();
    if CONTENTS.contains(&lower.trim()) {
        let fault = Diagnostic::new(FOREIGN_MARKUP, "no contents come here: the words are shown as they are typed");
        return Some((fault.help("take the line out: a page with headings has its contents beside it"), line.len()));
    }
    for mark in ["!!! ", "!!!+ ", "??? ", "???+ ", ":::"] {
        let Some(rest) = line.strip_prefix(mark) else { continue };
        let rest = rest.trim_start_matches(':').trim();
        let name: String =
            rest.trim_start_matches('{').chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
        if !rest.starts_with(|c: char| c.is_lowercase() || c == '{') || name.is_empty() {
            continue;
        }
        let alert = super::super::markdown::nearest_alert(&name).map_or("NOTE".to_owned(), |_| name.to_uppercase());
        let message = format!("`{}{name}` begins no block here: it is shown as it is typed", mark);
        let help = format!("write an alert: `> [!{alert}]`, and `>` before each line of it");
        return Some((Diagnostic::new(FOREIGN_MARKUP, message).help(help), line.len()));
    }
    None
}

/// Attributes as kramdown and Pandoc write them, in a line of their own or at the end of one.
fn attributes(above: &str, line: &str) -> Option<Diagnostic> {
    let inner = line.strip_suffix('}')?;
    let open = inner.rfind('{')?;
    let (before, inside) = (&inner[..open], &inner[open + 1..]);
    let is_kramdown =
        inside.strip_prefix(':').is_some_and(|rest| rest.trim_start().starts_with(['.', '#']) || rest.contains('='));
    // Behind a picture or a link, which are no text, and longer than the marks of a quotation.
    let is_behind = if before.is_empty() { above.ends_with(SHORTEST_LINK) } else { before.ends_with(SHORTEST_LINK) };
    let is_pandoc = is_behind
        && (inside.starts_with(['.', '#']) || inside.split_once('=').is_some_and(|(key, _)| is_word(key.trim())));
    (is_kramdown || is_pandoc).then(|| {
        let message = format!("`{{{}}}` gives no attributes here: it is shown as it is typed", shortened(inside));
        let fault = Diagnostic::new(FOREIGN_MARKUP, message);
        match inside.contains("width") {
            true => fault.help("take it out, and write the width with the words: `![A queue|300](queue.png)`"),
            false => fault.help("take it out: only headings have attributes, as in `## Limits {#limits}`"),
        }
    })
}

fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Lines with bars at both ends that make no table.
fn table(lines: &[(usize, &str)]) -> Option<Found> {
    let is_row =
        |line: &str| line.len() > 1 && line.starts_with('|') && line.ends_with('|') && line.matches('|').count() > 2;
    let first = lines.iter().position(|(_, line)| is_row(line))?;
    let (at, head) = lines[first];
    let (_, next) = lines.get(first + 1).filter(|(_, line)| is_row(line) || is_delimiter(line))?;
    let range: Range<usize> = at..at + head.len();
    let columns = cells(head);
    if is_delimiter(next) {
        let message = format!("the table's head has {} and the line below it {}", count(columns), cells(next));
        let fault = Diagnostic::new(NEAR_TABLE, format!("{message}: it is shown as text"));
        return Some((fault.help(format!("write `{}` below the head", delimiter(columns))), range));
    }
    let fault = Diagnostic::new(NEAR_TABLE, "a table has a line of dashes below its head: this one is shown as text");
    Some((fault.help(format!("write `{}` below the first line", delimiter(columns))), range))
}

fn count(columns: usize) -> String {
    if columns == 1 { "1 column".to_owned() } else { format!("{columns} columns") }
}

fn cells(row: &str) -> usize {
    row.trim_matches('|').split('|').count()
}

fn delimiter(columns: usize) -> String {
    format!("|{}", "---|".repeat(columns.min(20)))
}

fn is_delimiter(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '-' | '|' | ':' | ' '))
}

#[cfg(test)]
mod tests {
    use super::super::reported;

    #[test]
    fn lines_that_are_nearly_something_are_found() {
        for (text, expected) in [
            ("##Heading", "near-heading ##Heading"),
            ("Text\n###Heading", "near-heading ###Heading"),
            ("| a | b |\n| c | d |", "near-table | a | b |"),
            ("| a | b | c |\n|---|---|\n| d | e | f |", "near-table | a | b | c |"),
            ("!!! note", "foreign-markup !!! note"),
            ("??? tip \"More\"", "foreign-markup ??? tip \"More\""),
            (":::note", "foreign-markup :::note"),
            ("::: warning Title", "foreign-markup ::: warning Title"),
            ("[TOC]", "foreign-markup [TOC]"),
            ("Text\n{: .note}", "foreign-markup {: .note}"),
            ("\0\0\0\0\0{width=300}", "foreign-markup {width=300}"),
        ] {
            assert_eq!(reported(text), [expected], "{text}");
        }
        for text in [
            "#hashtag",
            "## ",
            "##",
            "# 1",
            "|a| and |b|",
            "| a |\n| b |",
            "|x| < 1\n|y| > 2",
            "!!! Stop",
            "Wait!!! note",
            ":::",
            "{x}",
            "a {b=c}",
            "The {: x :} face",
            "C::a",
            "??? What",
        ] {
            assert_eq!(reported(text), [""; 0], "{text}");
        }
    }
}
