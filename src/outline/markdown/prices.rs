//! Dollar signs that begin no formula, by Pandoc's rule: the next one closes it, and that stands neither after white space nor
//! before a digit. Knows text, no blocks; it looks at a run of lines at a time.

use super::super::lines::{after_item_mark, lines};

/// Where dollar signs stand in `body` that begin nothing.
pub fn dollars(body: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut signs = Vec::new();
    let mut fence = None;
    let mut is_table = false;
    for (start, line) in lines(body) {
        let text = line.trim_start_matches([' ', '\t', '>']);
        if let Some(mark) = fence_mark(text) {
            match fence {
                None => fence = Some(mark),
                Some(open) if mark.0 == open.0 && mark.1 >= open.1 && text.trim_end().len() == mark.1 => fence = None,
                Some(_) => {}
            }
            settle(&mut signs, &mut found);
            continue;
        }
        if fence.is_some() {
            continue;
        }
        if text.trim().is_empty() || after_item_mark(text).is_some() || text.starts_with('#') {
            settle(&mut signs, &mut found);
            is_table = false;
        }
        is_table |= is_delimiter_row(text);
        scan(line, start, is_table || text.starts_with('|'), &mut signs, &mut found);
    }
    settle(&mut signs, &mut found);
    found
}

/// A dollar sign that may open or close a formula.
#[derive(Clone, Copy)]
struct Sign {
    at: usize,
    opens: bool,
    closes: bool,
}

fn fence_mark(text: &str) -> Option<(char, usize)> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let count = text.chars().take_while(|c| *c == mark).count();
    (count >= 3 && !(mark == '`' && text[count..].contains('`'))).then_some((mark, count))
}

fn is_delimiter_row(text: &str) -> bool {
    let text = text.trim();
    text.contains('-') && text.contains('|') && text.chars().all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t'))
}

/// Collects the signs of a line, but for those in code, escaped ones and pairs. Each cell of a table is on its own.
fn scan(line: &str, start: usize, has_cells: bool, signs: &mut Vec<Sign>, found: &mut Vec<usize>) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let run = |sign: u8| bytes[at..].iter().take_while(|byte| **byte == sign).count();
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => {
                let count = run(b'`');
                at += count;
                at = code_end(bytes, at, count).unwrap_or(at);
            }
            b'|' if has_cells => {
                settle(signs, found);
                at += 1;
            }
            b'$' => {
                let count = run(b'$');
                if count == 1 {
                    let after = bytes.get(at + 1).copied().unwrap_or(b'\n');
                    let is_after_space = at == 0 || bytes[at - 1].is_ascii_whitespace();
                    signs.push(Sign {
                        at: start + at,
                        opens: !after.is_ascii_whitespace(),
                        closes: !is_after_space && !after.is_ascii_digit(),
                    });
                } else {
                    settle(signs, found);
                }
                at += count;
            }
            _ => at += 1,
        }
    }
}

/// Where a code span ends that began with so many backticks.
fn code_end(bytes: &[u8], from: usize, count: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let run = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        if run == count {
            return Some(at + run);
        }
        at += run.max(1);
    }
    None
}

/// Pairs signs one after the other: one that the next does not close begins nothing.
fn settle(signs: &mut Vec<Sign>, found: &mut Vec<usize>) {
    let mut rest = signs.drain(..).peekable();
    while let Some(sign) = rest.next() {
        match rest.peek() {
            Some(next) if sign.opens && next.closes => drop(rest.next()),
            Some(_) if sign.opens => found.push(sign.at),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::dollars;

    #[test]
    fn prices_begin_no_formula() {
        for (text, count) in [
            ("from $1M/$2M a year, US$20/US$30 a seat, $5-$10 each", 5),
            ("costs $5 or $x$ or $10", 1),
            ("$x$ and $y$", 0),
            ("$5", 0),
            ("`$1/$2` \\$1 $x$", 0),
            ("| $1 | $2 |\n|---|---|\n|$3|$x$|", 0),
            ("- $1/$2\n- ($x$)", 1),
            ("```\n$1/$2\n```\n", 0),
            ("$$x$$ $1/$2", 1),
        ] {
            assert_eq!(dollars(text).len(), count, "{text}");
        }
    }
}
