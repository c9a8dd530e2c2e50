//! Words and what is marked in them, as they are written in one line. Knows no blocks.

use super::Inline;
use super::escape::{Around, escaped};

/// What the words of a block are part of.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Within {
    pub cell: bool,
    pub heading: bool,
    /// No sign is used for emphasis, and each sign of the text has a backslash: for words that could be taken for signs.
    pub literal: bool,
}

/// The words of one block.
pub(super) fn line(words: &[Inline], within: Within) -> String {
    let mut writer = Writer { within, tildes: tildes(words) > 1, out: String::new() };
    writer.words(words, Beside { begins_line: true, ends_line: true, in_link: false, literal: within.literal });
    writer.out
}

fn tildes(words: &[Inline]) -> usize {
    let count = |inline: &Inline| match inline {
        Inline::Text(text) => text.matches('~').count(),
        Inline::Struck(inner) => 2 + tildes(inner),
        Inline::Emphasis(inner)
        | Inline::Strong(inner)
        | Inline::Link { words: inner, .. }
        | Inline::Element { words: inner, .. } => tildes(inner),
        _ => 0,
    };
    words.iter().map(count).sum()
}

struct Writer {
    within: Within,
    tildes: bool,
    out: String,
}

/// What is around words.
#[derive(Clone, Copy, Debug)]
struct Beside {
    begins_line: bool,
    ends_line: bool,
    in_link: bool,
    literal: bool,
}

impl Writer {
    fn words(&mut self, words: &[Inline], beside: Beside) {
        for (n, inline) in words.iter().enumerate() {
            let begins_line = match n.checked_sub(1).map(|n| &words[n]) {
                None => beside.begins_line,
                Some(before) => matches!(before, Inline::Break),
            };
            let next = words.get(n + 1);
            let ends_line = match next {
                None => beside.ends_line,
                Some(next) => matches!(next, Inline::Break),
            };
            self.inline(inline, next, Beside { begins_line, ends_line, ..beside });
        }
    }

    fn inline(&mut self, inline: &Inline, next: Option<&Inline>, beside: Beside) {
        let inside = Beside { begins_line: false, ends_line: false, ..beside };
        match inline {
            Inline::Text(text) => {
                let around = Around {
                    begins_line: beside.begins_line,
                    ends_line: beside.ends_line,
                    in_link: beside.in_link,
                    in_cell: self.within.cell,
                    ends_heading: self.within.heading && beside.ends_line,
                    before_bracket: matches!(next, Some(Inline::Link { .. } | Inline::FootnoteMark(_))),
                    tildes: self.tildes,
                    literal: beside.literal,
                };
                self.text(text, around);
            }
            Inline::Code(text) => self.code(text),
            Inline::Emphasis(words) => self.marked("*", "_", "em", words, next, inside),
            Inline::Strong(words) => self.marked("**", "__", "strong", words, next, inside),
            Inline::Struck(words) => self.marked("~~", "~~", "del", words, next, inside),
            Inline::Link { address, title, words } => self.link(address, title, words, inside),
            Inline::Image { address, alt, title } => {
                self.out.push_str("![");
                let around = Around {
                    in_link: true,
                    in_cell: self.within.cell,
                    tildes: true,
                    literal: beside.literal,
                    ..Around::default()
                };
                self.out.push_str(&escaped(alt, around));
                self.target(address, title);
            }
            Inline::Element { tag, words } => {
                let name = tag.split(' ').next().unwrap_or(tag);
                let is_literal = matches!(name, "code" | "kbd" | "samp" | "var" | "math");
                self.tag(tag);
                self.words(words, Beside { literal: beside.literal || is_literal, ..inside });
                self.tag(&format!("/{name}"));
            }
            Inline::Void(tag) => self.tag(tag),
            Inline::FootnoteMark(label) => {
                self.out.push_str("[^");
                self.out.push_str(label);
                self.out.push(']');
            }
            Inline::Break if self.within.cell || self.within.heading => self.out.push_str("<br>"),
            Inline::Break => self.out.push_str("\\\n"),
        }
    }

    /// Words; an address among them that has signs of Markdown in it stands between angle brackets, as it is.
    fn text(&mut self, text: &str, around: Around) {
        let mut rest = text;
        let has_links = !around.in_link && around.literal == self.within.literal;
        while let Some((start, end)) = address_in(rest).filter(|_| has_links) {
            let is_first = rest.len() == text.len();
            let address = &rest[start..end];
            let begins_line = around.begins_line && is_first;
            let before = Around { begins_line, ends_line: false, ends_heading: false, before_bracket: false, ..around };
            self.out.push_str(&escaped(&rest[..start], before));
            let written = escaped(address, Around { begins_line: false, ..before });
            if written != address && is_autolink(address) {
                self.out.extend(["<", address, ">"]);
            } else {
                self.out.push_str(&written);
            }
            rest = &rest[end..];
        }
        let begins_line = around.begins_line && rest.len() == text.len();
        self.out.push_str(&escaped(rest, Around { begins_line, ..around }));
    }

    fn tag(&mut self, tag: &str) {
        let tag = if self.within.cell { tag.replace('|', "&#124;") } else { tag.to_owned() };
        self.out.push('<');
        self.out.push_str(&tag.replace('\n', " "));
        self.out.push('>');
    }

    fn code(&mut self, text: &str) {
        let text = if self.within.cell { text.replace('|', "\\|") } else { text.to_owned() };
        let ticks = "`".repeat(longest_run(&text, '`') + 1);
        let space = if text.starts_with('`') || text.ends_with('`') || text.starts_with(' ') && text.ends_with(' ') {
            " "
        } else {
            ""
        };
        self.out.extend([ticks.as_str(), space, &text, space, &ticks]);
    }

    /// Words between signs, or between tags where signs would not be taken for it (CommonMark, 6.2).
    fn marked(
        &mut self,
        sign: &str,
        other: &str,
        element: &str,
        words: &[Inline],
        next: Option<&Inline>,
        beside: Beside,
    ) {
        let start = self.out.len();
        self.words(words, beside);
        let inner = self.out.split_off(start);
        let before = self.out.chars().next_back();
        let after = next.map(first_char);
        let fits = |sign: &str| {
            let c = sign.chars().next().unwrap_or('*');
            let touches = before == Some(c) && !ends_escaped(&self.out)
                || after == Some(c)
                || inner.starts_with(c)
                || inner.ends_with(c) && !ends_escaped(&inner);
            let within_word = before.is_some_and(char::is_alphanumeric) || after.is_some_and(char::is_alphanumeric);
            !(touches || c == '_' && within_word) && flanks(before, &inner, after)
        };
        let sign = [sign, other].into_iter().find(|sign| !beside.literal && fits(sign));
        match sign {
            Some(sign) => self.out.extend([sign, &inner, sign]),
            None => self.out.push_str(&format!("<{element}>{inner}</{element}>")),
        }
    }

    fn link(&mut self, address: &str, title: &str, words: &[Inline], beside: Beside) {
        if let [Inline::Text(text)] = words
            && title.is_empty()
            && is_autolink(text)
            && (text == address || address.strip_prefix("mailto:") == Some(text))
        {
            self.out.extend(["<", text, ">"]);
            return;
        }
        self.out.push('[');
        self.words(words, Beside { in_link: true, ..beside });
        self.target(address, title);
    }

    fn target(&mut self, address: &str, title: &str) {
        self.out.push_str("](");
        self.out.push_str(&self.destination(address));
        if !title.is_empty() {
            let title = title.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let mut title = title.replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;");
            if self.within.cell {
                title = title.replace('|', "\\|");
            }
            self.out.extend([" \"", &title, "\""]);
        }
        self.out.push(')');
    }

    fn destination(&self, address: &str) -> String {
        let mut written = String::with_capacity(address.len());
        let mut depth = 0_i32;
        let mut is_balanced = true;
        for (at, c) in address.char_indices() {
            match c {
                '|' if self.within.cell => written.push_str("%7C"),
                '\\' => written.push_str("%5C"),
                '<' => written.push_str("%3C"),
                '>' => written.push_str("%3E"),
                '\n' | '\r' | '\t' => {}
                '&' if is_reference_like(&address[at + 1..]) => written.push_str("&amp;"),
                c => written.push(c),
            }
            depth += match c {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            is_balanced &= depth >= 0;
        }
        let is_plain = is_balanced && depth == 0 && !written.contains(|c: char| c == ' ' || c.is_control());
        if is_plain && !written.is_empty() { written } else { format!("<{written}>") }
    }
}

fn is_reference_like(rest: &str) -> bool {
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#');
    end.is_some_and(|end| end > 0 && rest[end..].starts_with(';'))
}

/// Where the first address without marks stands in words, without the signs that end a sentence.
fn address_in(text: &str) -> Option<(usize, usize)> {
    let start = ["https://", "http://"].iter().filter_map(|scheme| text.find(scheme)).min()?;
    let rest = &text[start..];
    let end = rest.find(|c: char| !c.is_ascii_graphic() || "<>\"|\\`[]{}".contains(c)).unwrap_or(rest.len());
    let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '*', '_', '~']);
    Some((start, start + address.len()))
}

fn is_autolink(text: &str) -> bool {
    let is_plain = !text.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '|' | '\\'));
    let is_address = text.starts_with("https://") || text.starts_with("http://");
    let is_mail = || {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
        text.split_once('@').is_some_and(|(name, host)| {
            !name.is_empty()
                && name.chars().all(is_part)
                && host.contains('.')
                && host.split('.').all(|label| !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric()))
        })
    };
    is_plain && (is_address || is_mail())
}

/// The sign with which an inline begins when it is written.
fn first_char(inline: &Inline) -> char {
    match inline {
        Inline::Text(text) => text.chars().next().unwrap_or(' '),
        Inline::Code(_) => '`',
        Inline::Emphasis(_) | Inline::Strong(_) => '*',
        Inline::Struck(_) => '~',
        Inline::Link { .. } | Inline::FootnoteMark(_) => '[',
        Inline::Image { .. } => '!',
        Inline::Element { .. } | Inline::Void(_) => '<',
        Inline::Break => '\\',
    }
}

fn ends_escaped(text: &str) -> bool {
    let mut chars = text.chars().rev();
    chars.next();
    chars.take_while(|c| *c == '\\').count() % 2 == 1
}

/// Whether signs around `inner` open and close.
fn flanks(before: Option<char>, inner: &str, after: Option<char>) -> bool {
    let (Some(first), Some(last)) = (inner.chars().next(), inner.chars().next_back()) else { return false };
    let is_outside = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    let is_sign = |c: char| !c.is_alphanumeric();
    !first.is_whitespace()
        && !last.is_whitespace()
        && (!is_sign(first) || is_outside(before))
        && (!is_sign(last) || is_outside(after))
}

/// How long the longest run of `sign` is.
pub(super) fn longest_run(text: &str, sign: char) -> usize {
    text.split(|c| c != sign).map(str::len).max().unwrap_or(0)
}
