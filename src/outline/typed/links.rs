//! Words that are nearly a link, a picture or strong. Knows the text of one block, in which real ones are blank.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;

use super::{BLANK, Found, NEAR_LINK, OPEN_EMPHASIS, REACH, is_address, line, near};

pub fn find(text: &str, found: &mut Vec<Found>) {
    let mut at = 0;
    // Each bracket is reported once.
    while let Some(open) = text[at..].find('[').map(|n| at + n) {
        match bracket(text, open) {
            Some((fault, end)) => {
                let start = if text[..open].ends_with('!') { open - 1 } else { open };
                at = end.max(open + 1);
                found.push((fault, start..end));
            }
            None => at = open + 1,
        }
    }
    turned(text, found);
    strong(text, found);
}

/// What is wrong with what an opening bracket begins, and where that ends.
fn bracket(text: &str, open: usize) -> Option<(Diagnostic, usize)> {
    let before = text[..open].chars().next_back();
    if text[open..].starts_with("[[") {
        return wikilink(text, open);
    }
    let close = open + 1 + within(&text[open + 1..], ']')?;
    let words = &text[open + 1..close];
    let rest = &text[close + 1..];
    // `a[0](b)` and `a[0][1]` are code.
    if words.is_empty() && !rest.starts_with('(')
        || before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '[' | ']' | '^'))
    {
        return None;
    }
    let sign = if before == Some('!') { "!" } else { "" };
    let shown = format!("{sign}[{}]", shortened(words));
    if let Some(inner) = rest.strip_prefix('(') {
        return destination(inner, &shown, sign).map(|(fault, length)| (fault, close + 2 + length));
    }
    if let Some(inner) = rest.strip_prefix(" (")
        && let Some(end) = within(inner, ')')
        && is_address(&inner[..end])
    {
        let fault = Diagnostic::new(NEAR_LINK, "between the words of a link and its address stands a space");
        return Some((fault.help(format!("write `{shown}({})`", shortened(&inner[..end]))), close + 4 + end));
    }
    if let Some(inner) = rest.strip_prefix('[')
        && let Some(end) = within(inner, ']')
        && words.contains(char::is_alphabetic)
        && !inner.starts_with('^')
    {
        let label = if end == 0 { words } else { &inner[..end] };
        if label.contains(BLANK) {
            return None;
        }
        let label = shortened(label);
        let fault = Diagnostic::new(NEAR_LINK, format!("nothing says where `[{label}]` leads"));
        let help = format!("add a line `[{label}]: address`, or write the address here: `{shown}(address)`");
        return Some((fault.help(help), close + 3 + end));
    }
    None
}

/// What is wrong with what stands in the round brackets of a link, and how long it is with the one that closes.
fn destination(inner: &str, shown: &str, sign: &str) -> Option<(Diagnostic, usize)> {
    // An address without brackets of its own is a link here, and blank.
    let inner = near(inner);
    let behind = inner.trim_start_matches(BLANK);
    if behind.len() < inner.len() && behind.starts_with([' ', '\n']) {
        let fault =
            Diagnostic::new(NEAR_LINK, "the address breaks off at white space, so the words before it are no link");
        return Some((fault.help(format!("write it in one piece: `{shown}(<address>)`")), inner.len() - behind.len()));
    }
    let Some(end) = within(line(inner), ')') else {
        let address = line(inner).split([' ', BLANK]).next().unwrap_or_default();
        return is_address(address).then(|| {
            let fault = Diagnostic::new(NEAR_LINK, "the address of a link is never closed");
            (fault.help(format!("write `{shown}({})`", shortened(address))), address.len())
        });
    };
    let address = &inner[..end];
    let (path, rest) = address.split_once(' ')?;
    if address.contains(BLANK) {
        return None;
    }
    let size = rest.trim().strip_prefix('=').filter(|size| size.starts_with(|c: char| c.is_ascii_digit() || c == 'x'));
    if let Some(size) = size.filter(|_| !sign.is_empty()) {
        let fault = Diagnostic::new(NEAR_LINK, "a picture's size does not stand with its address: no picture is shown");
        let words = shown.trim_end_matches(']');
        return Some((
            fault.help(format!("write `{words}|{}]({})`", size.trim_end_matches('x'), shortened(path))),
            end + 1,
        ));
    }
    is_address(address.rsplit(' ').next().unwrap_or_default()).then(|| {
        let what = if sign.is_empty() { "link" } else { "picture" };
        let fault = Diagnostic::new(NEAR_LINK, format!("the address has a space in it: no {what} is shown"));
        (fault.help(format!("write `{shown}(<{}>)`", shortened(address))), end + 1)
    })
}

/// `[[` that nothing closes.
fn wikilink(text: &str, open: usize) -> Option<(Diagnostic, usize)> {
    let inner = &text[open + 2..];
    let line = line(inner).split(BLANK).next().unwrap_or_default();
    let is_name = line.starts_with(|c: char| c.is_alphanumeric()) && !line.contains("]]");
    let length = line.find([']', '.', ',', ';', ')', '[']).unwrap_or(line.len());
    let name = line[..length].trim_end();
    // What tests a shell's conditions or reads a list of lists is code.
    let is_code = line.starts_with(|c: char| c.is_ascii_digit()) || name.contains(['=', '"', '$']);
    (is_name && !is_code).then(|| {
        let fault = Diagnostic::new(NEAR_LINK, "`[[` is never closed: no link is shown");
        (
            fault.help(format!("write `[[{}]]`, with words of its own after a bar", shortened(name))),
            open + 2 + name.len(),
        )
    })
}

/// `(words)[address]`
fn turned(text: &str, found: &mut Vec<Found>) {
    for (at, _) in text.match_indices(")[") {
        let Some(end) = within(&text[at + 2..], ']') else { continue };
        let address = &text[at + 2..at + 2 + end];
        let Some(open) = text[..at].bytes().rev().take(REACH).position(|byte| byte == b'(').map(|n| at - 1 - n) else {
            continue;
        };
        let words = &text[open + 1..at];
        let is_code = text[..open].ends_with(|c: char| c.is_alphanumeric() || c == ']');
        if is_code || words.contains(['\n', BLANK]) || !words.contains(char::is_alphabetic) || !is_address(address) {
            continue;
        }
        let fault = Diagnostic::new(NEAR_LINK, "the brackets of a link are the wrong way round");
        let help = format!("write `[{}]({})`", shortened(words), shortened(address));
        found.push((fault.help(help), open..at + 3 + end));
    }
}

/// Pairs of asterisks that were left as text where words are to be strong.
fn strong(text: &str, found: &mut Vec<Found>) {
    let marks: Vec<usize> = text.match_indices("**").map(|(at, _)| at).collect();
    let is_alone = |at: usize| !text[..at].ends_with('*') && !text[at + 2..].starts_with('*');
    let mut marks = marks.into_iter().filter(|at| is_alone(*at)).peekable();
    while let Some(at) = marks.next() {
        let (before, after) = (text[..at].chars().next_back(), text[at + 2..].chars().next());
        let is_space = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
        let begins = is_space(before) || before.is_some_and(|c| "([\"'\u{201c}".contains(c));
        let is_spaced = |end: &usize| is_space(after) || text[..*end].ends_with([' ', '\t']);
        // Marks with a space on the inside open and close nothing.
        if begins && let Some(end) = marks.next_if(|end| is_near(text, at + 2..*end) && is_spaced(end)) {
            let words = shortened(text[at + 2..end].trim());
            let fault = Diagnostic::new(OPEN_EMPHASIS, "words that are to be strong have a space beside their marks");
            found.push((fault.help(format!("write `**{words}**`")), at..end + 2));
        } else if begins && after.is_some_and(char::is_alphabetic) {
            let word: String = text[at + 2..].chars().take_while(|c| c.is_alphanumeric()).collect();
            let fault = Diagnostic::new(OPEN_EMPHASIS, "`**` is never closed: the signs are shown");
            let help = format!(
                "write `**` behind the words that are to be strong, or `\\*\\*{}` for the signs",
                shortened(&word)
            );
            found.push((fault.help(help), at..at + 2 + word.len()));
        }
    }
}

fn is_near(text: &str, between: Range<usize>) -> bool {
    // A power has a number there.
    between.len() <= REACH
        && text[between.clone()].trim().starts_with(char::is_alphabetic)
        && !text[between].contains('\n')
}

/// Where `close` stands, not beyond what is looked at.
fn within(text: &str, close: char) -> Option<usize> {
    near(text).find(close)
}

#[cfg(test)]
mod tests {
    use super::super::reported;

    #[test]
    fn what_is_nearly_a_link_is_found() {
        for (text, expected) in [
            ("See [the plan](my plan.md) now", "near-link [the plan](my plan.md)"),
            ("![alt](my image.png)", "near-link ![alt](my image.png)"),
            ("![](my image.png)", "near-link ![](my image.png)"),
            ("![sized](a.png =300x200)", "near-link ![sized](a.png =300x200)"),
            ("[ref][missing]", "near-link [ref][missing]"),
            ("[ref][]", "near-link [ref][]"),
            ("[text] (b.md)", "near-link [text] (b.md)"),
            ("(text)[b.md]", "near-link (text)[b.md]"),
            ("[a](b.md and more", "near-link [a](b.md"),
            ("see [[grow-fast and more", "near-link [[grow-fast and more"),
            ("it was **full", "open-emphasis **full"),
            ("it was ** full ** there", "open-emphasis ** full **"),
            ("**Help: ** me", "open-emphasis **Help: **"),
            ("[a](\0\0\0\0 b)", "near-link [a](\0\0\0\0"),
        ] {
            assert_eq!(reported(text), [expected], "{text}");
        }
        for text in [
            "a[0][1]",
            "[1] (see below)",
            "f(x)[a.b]",
            "[sic]",
            "[0, 1)",
            "2 ** 3",
            "x**y",
            "**/*.rs",
            "[1][2]",
            "[[ -f a ]]",
            "[a](not an address)",
            "(words)[note]",
            "[^1]",
            "\0[x]",
            "[[1, 2], [3, 4]",
            "a ** b",
            "[x][^1]",
            "****",
        ] {
            assert_eq!(reported(text), [""; 0], "{text}");
        }
    }
}
