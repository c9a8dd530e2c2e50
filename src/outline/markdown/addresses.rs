//! Addresses that stand in a text without brackets, which are links by GitHub's rule (GFM, "Autolinks (extension)"). Finds them in
//! the source, since the parser parts a text at every sign that might be a mark. Knows text, no blocks.

use std::ops::Range;

/// What an address begins with, and whether that is its host.
const BEGINNINGS: [(&str, bool); 5] =
    [("https://", false), ("http://", false), ("ftp://", false), ("mailto:", false), ("www.", true)];
/// Signs at the end that belong to the sentence around an address.
const TRAILING: [char; 23] = [
    '?', '!', '.', ',', ':', '*', '_', '~', '\'', '"', '\u{2019}', '\u{201d}', '\u{bb}', '\u{2026}', '\u{3001}',
    '\u{3002}', '\u{ff0c}', '\u{ff1a}', '\u{ff1b}', '\u{ff01}', '\u{ff1f}', '\u{ff09}', '\u{300d}',
];

/// An address in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bare {
    /// Its bytes in the text.
    pub at: Range<usize>,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Whole,
    /// It begins with `www.`.
    Host,
    Email,
}

/// The first address in `text` that begins at `from` or after it.
pub fn first(text: &str, from: usize) -> Option<Bare> {
    let whole =
        BEGINNINGS.iter().filter_map(|(start, is_host)| first_of(text, from, start, *is_host)).min_by_key(start_of);
    let before = whole.as_ref().map_or(text.len(), |bare| bare.at.start);
    email(text, from, before).or(whole)
}

fn start_of(bare: &Bare) -> usize {
    bare.at.start
}

fn first_of(text: &str, from: usize, start: &str, is_host: bool) -> Option<Bare> {
    let mut at = from;
    loop {
        at += find(&text[at..], start)?;
        let before = text[..at].chars().next_back();
        let begins = match before {
            Some(c) if is_host => c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '[' | '"' | '\''),
            Some(c) => !c.is_ascii_alphanumeric(),
            None => true,
        };
        let rest = &text[at..];
        let host = &rest[if is_host { 0 } else { start.len() }..];
        let is_address = if start == "mailto:" { email(host, 0, 1).is_some() } else { has_domain(host) };
        if begins && is_address {
            let end = at + end_of(rest);
            if end > at + start.len() {
                return Some(Bare { at: at..end, kind: if is_host { Kind::Host } else { Kind::Whole } });
            }
        }
        at += start.len();
    }
}

/// Where `start` stands, in whatever case.
fn find(text: &str, start: &str) -> Option<usize> {
    let (first, length) = (start.as_bytes()[0], start.len());
    let bytes = text.as_bytes();
    (0..bytes.len().checked_sub(length).map_or(0, |last| last + 1)).find(|at| {
        bytes[*at].eq_ignore_ascii_case(&first) && bytes[*at..*at + length].eq_ignore_ascii_case(start.as_bytes())
    })
}

/// Whether the text begins with a domain that has a dot, with no underscore in its last two parts.
fn has_domain(text: &str) -> bool {
    let is_of_domain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = text.find(|c| !is_of_domain(c)).unwrap_or(text.len());
    let domain = text[..end].trim_end_matches('.');
    let parts: Vec<&str> = domain.split('.').collect();
    parts.len() > 1
        && parts.iter().all(|part| !part.is_empty())
        && parts.iter().rev().take(2).all(|part| !part.contains('_'))
}

/// How long the address is that `text` begins with: to white space or `<`, without the marks of the sentence it stands in.
fn end_of(text: &str) -> usize {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '<' | '\0')).unwrap_or(text.len());
    let mut address = &text[..end];
    loop {
        let before = address.len();
        address = without_entity(address.trim_end_matches(TRAILING));
        for (open, close) in [('(', ')'), ('[', ']')] {
            let count = |sign| address.matches(sign).count();
            if address.ends_with(close) && count(close) > count(open) {
                address = &address[..address.len() - 1];
            }
        }
        if address.len() == before {
            return before;
        }
    }
}

/// The address without a semicolon at its end, and without what that makes an entity.
fn without_entity(address: &str) -> &str {
    let Some(rest) = address.strip_suffix(';') else { return address };
    let name = rest.rfind('&').map(|at| (at, &rest[at + 1..]));
    let entity = name.filter(|(_, name)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    entity.map_or(rest, |(at, _)| &rest[..at])
}

/// The first address of a mailbox that begins in `from..before`.
fn email(text: &str, from: usize, before: usize) -> Option<Bare> {
    let mut at = from;
    loop {
        let sign = at + text[at..].find('@')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        let start = sign - text[from..sign].chars().rev().take_while(|c| is_name(*c)).count();
        if start >= before {
            return None;
        }
        let host = &text[sign + 1..];
        let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        let end = host.find(|c| !is_host(c)).unwrap_or(host.len());
        let (domain, after) = (host[..end].trim_end_matches('.'), &host[end..]);
        let last = domain.rsplit('.').next().unwrap_or_default();
        let is_domain = domain.contains('.')
            && domain.split('.').all(|part| !part.is_empty())
            && !last.is_empty()
            && last.bytes().all(|byte| byte.is_ascii_alphabetic());
        // `git@host.example:path`, `user@host.example/path` and `//user@host.example` are no mailboxes.
        let goes_on = after.strip_prefix(':').is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace()));
        let is_part = goes_on || after.starts_with(['/', '@']) || text[..start].ends_with(['/', ':', '@']);
        if start < sign && is_domain && !is_part {
            return Some(Bare { at: start..sign + 1 + domain.len(), kind: Kind::Email });
        }
        at = sign + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, first};

    fn all(text: &str) -> Vec<(&str, Kind)> {
        let mut found = Vec::new();
        let mut from = 0;
        while let Some(bare) = first(text, from) {
            from = bare.at.end;
            found.push((&text[bare.at], bare.kind));
        }
        found
    }

    #[test]
    fn addresses_end_before_the_marks_of_the_sentence() {
        for (text, address) in [
            ("See https://e.example/post-mortem.", "https://e.example/post-mortem"),
            ("(https://e.example/a_(b))", "https://e.example/a_(b)"),
            ("(https://e.example/a_(b)))", "https://e.example/a_(b)"),
            ("https://e.example/?q=(a))+b x", "https://e.example/?q=(a))+b"),
            ("[https://e.example/a]", "https://e.example/a"),
            ("\"https://e.example/a\",", "https://e.example/a"),
            ("**https://e.example/a**", "https://e.example/a"),
            ("https://e.example/a<b", "https://e.example/a"),
            ("HTTPS://E.example", "HTTPS://E.example"),
            ("https://e.example/a\u{3002}", "https://e.example/a"),
            ("https://e.example/?a=1&b=2", "https://e.example/?a=1&b=2"),
            ("https://e.example/?a&hl;", "https://e.example/?a"),
            ("https://e.example/?a=b;", "https://e.example/?a=b"),
            ("mailto:a@b.example?subject=c", "mailto:a@b.example?subject=c"),
            ("ftp://e.example/a", "ftp://e.example/a"),
        ] {
            assert_eq!(all(text), [(address, Kind::Whole)], "{text}");
        }
        assert_eq!(all("Visit www.e.example/a.b."), [("www.e.example/a.b", Kind::Host)]);
        assert_eq!(
            all("hello@mail+xyz.example isn't valid, but hello+xyz@mail.example. is"),
            [("hello+xyz@mail.example", Kind::Email)]
        );
        assert_eq!(
            all("www.a.example, b@c.example and http://d.example"),
            [("www.a.example", Kind::Host), ("b@c.example", Kind::Email), ("http://d.example", Kind::Whole)]
        );
    }

    #[test]
    fn what_only_looks_like_one_is_text() {
        for text in [
            "https://",
            "http://localhost:8080",
            "xhttps://e.example",
            "awww.e.example",
            "https://a_b.c_d/",
            "a@b",
            "react@16.8.0",
            "a@.b",
            "git@host.example:a/b.git",
            "a.b-c_d@a.b-",
            "a.b-c_d@a.b_",
            "@e.example",
            "www.",
            "ann@host.example/a",
        ] {
            assert_eq!(all(text), [], "{text}");
        }
    }
}
