//! The rows of tables: cells that a row has and its table has not. Knows the source of one row.

use std::ops::Range;

/// Which bytes of a row are beyond its table's columns, if something stands there.
pub fn beyond(row: &str, columns: usize) -> Option<Range<usize>> {
    let text = row.trim_end();
    let end = if is_bar(text, text.len().checked_sub(1)?) { text.len() - 1 } else { text.len() };
    let start = text.len() - text.trim_start().len();
    let start = if text[start..].starts_with('|') { start + 1 } else { start };
    let mut bars = (start..end).filter(|at| is_bar(text, *at));
    let extra = bars.nth(columns.checked_sub(1)?)? + 1;
    let shown = text[extra..end].trim().trim_matches('|').trim();
    let at = extra + text[extra..end].find(shown)?;
    (!shown.is_empty()).then(|| at..at + shown.len())
}

/// Whether a bar that parts cells stands at byte `at`.
fn is_bar(row: &str, at: usize) -> bool {
    let bytes = row.as_bytes();
    let escapes = bytes[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
    bytes[at] == b'|' && escapes % 2 == 0
}

#[cfg(test)]
mod tests {
    use super::beyond;

    #[test]
    fn cells_beyond_the_columns_are_found() {
        for (row, columns, extra) in [
            ("| a | b |", 2, None),
            ("| a | b | c | d |", 2, Some("c | d")),
            ("a | b | c\n", 2, Some("c")),
            ("| a \\| b | c |", 2, None),
            ("| a | b | | |", 2, None),
            ("| a | `b | c` |", 2, Some("c`")),
            ("|", 1, None),
            ("", 1, None),
        ] {
            assert_eq!(beyond(row, columns).map(|at| &row[at]), extra, "{row}");
        }
    }
}
