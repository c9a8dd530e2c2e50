//! Signs of a text that Markdown would take for marks get a backslash, and no others. Knows one run of text and what is beside it.

/// Where a run of text stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Around {
    /// It begins a line of a paragraph.
    pub begins_line: bool,
    /// It ends one.
    pub ends_line: bool,
    /// Within the words of a link, where each bracket counts.
    pub in_link: bool,
    /// Within a cell of a table, where a bar ends it.
    pub in_cell: bool,
    /// It is the end of a heading.
    pub ends_heading: bool,
    /// What follows it begins with a bracket.
    pub before_bracket: bool,
    /// The paragraph has two tildes or more, which strike out what is between them.
    pub tildes: bool,
    /// Each sign gets a backslash: for words in which no sign may be taken for another, as in code.
    pub literal: bool,
}

/// Signs that are marks somewhere.
const MARKS: &str = "\\`*_~[]<>&!|#{}$\"'^";

/// The text as it is written.
pub(super) fn escaped(text: &str, around: Around) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let start = if around.begins_line { line_start(text, around.ends_line) } else { None };
    let brackets = Brackets::of(text, around);
    let last_brace = (around.ends_heading && text.ends_with('}')).then(|| text.len() - 1);
    let closing_hash = around.ends_heading.then(|| text.trim_end_matches('#').len()).filter(|at| *at < text.len());
    let mut before = None;
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let next = rest.chars().next();
        let is_mark = match c {
            _ if start == Some(at) || closing_hash == Some(at) => true,
            '-' | '.' if around.literal => before == Some(c) || next == Some(c),
            _ if around.literal => MARKS.contains(c),
            '`' => true,
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '*' => !(is_space(before, around.begins_line) && is_space(next, around.ends_line)) || at == 0,
            '_' => !(before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
            '~' => around.tildes,
            '[' | ']' => brackets.counts(at),
            '!' => next == Some('[') || next.is_none() && around.before_bracket,
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => is_reference(rest),
            '|' => around.in_cell,
            // An option of a command, which would become a dash.
            '-' => {
                rest.starts_with('-')
                    && before.map_or(around.begins_line, |before| {
                        before.is_whitespace() || matches!(before, '(' | '[' | '/' | '|')
                    })
                    && rest[1..].starts_with(|c: char| c.is_ascii_alphanumeric())
            }
            _ => false,
        };
        match c {
            '}' if last_brace == Some(at) => out.push_str("&#125;"),
            '\n' => out.push(' '),
            _ => {
                if is_mark {
                    out.push('\\');
                }
                out.push(c);
            }
        }
        before = Some(c);
    }
    out
}

fn is_space(c: Option<char>, at_edge: bool) -> bool {
    c.map_or(at_edge, char::is_whitespace)
}

/// What follows an ampersand makes it a character reference.
fn is_reference(rest: &str) -> bool {
    let (body, is_part): (&str, fn(char) -> bool) = match rest.strip_prefix('#') {
        Some(number) => (number, |c| c.is_ascii_alphanumeric()),
        None => (rest, |c| c.is_ascii_alphanumeric()),
    };
    let end = body.find(|c| !is_part(c));
    end.is_some_and(|end| end > 0 && body[end..].starts_with(';'))
}

/// Where the sign is that would make more of a line than words, if one would.
fn line_start(text: &str, ends_line: bool) -> Option<usize> {
    let after = |n: usize| is_space(text[n..].chars().next(), ends_line);
    let first = text.chars().next()?;
    let run = text.len() - text.trim_start_matches(first).len();
    let is_rule = |signs: &[char]| ends_line && text.trim_end().trim_matches(signs).is_empty();
    let is_start = match first {
        '#' => run <= 6 && after(run),
        '>' => true,
        '+' => after(1),
        '-' => after(1) || is_rule(&['-', ' ', ':', '|']) || run >= 2,
        '=' => is_rule(&['=']),
        ':' => after(1) || is_rule(&['-', ' ', ':', '|']),
        '|' => is_rule(&['-', ' ', ':', '|']),
        '~' => run >= 3,
        '0'..='9' => {
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let is_number = digits <= 9 && text[digits..].starts_with(['.', ')']) && after(digits + 1);
            return is_number.then_some(digits);
        }
        _ => false,
    };
    is_start.then_some(0)
}

/// Which brackets of a run of text could be those of a link, a footnote or a task.
struct Brackets(Vec<usize>);

impl Brackets {
    fn of(text: &str, around: Around) -> Self {
        let mut counting = Vec::new();
        let mut open = Vec::new();
        for (at, c) in text.char_indices() {
            match c {
                '[' => open.push(at),
                ']' => {
                    let Some(start) = open.pop() else {
                        counting.push(at);
                        continue;
                    };
                    let inner = &text[start + 1..at];
                    let after = &text[at + 1..];
                    let is_special = inner.starts_with(['^', '!', '[']) || matches!(inner, "" | " " | "x" | "X");
                    if around.in_link
                        || is_special
                        || after.starts_with(['(', '[', ':'])
                        || after.is_empty() && !around.ends_line
                        || text[..start].ends_with(['[', '!', ']'])
                    {
                        counting.extend([start, at]);
                    }
                }
                _ => {}
            }
        }
        counting.extend(open);
        counting.sort_unstable();
        Self(counting)
    }

    fn counts(&self, at: usize) -> bool {
        self.0.binary_search(&at).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, escaped};

    #[test]
    fn what_begins_a_line_gets_a_backslash_only_where_it_would_be_a_mark() {
        let line = Around { begins_line: true, ends_line: true, ..Around::default() };
        for (text, written) in [
            ("#define X 1", "#define X 1"),
            ("# define", "\\# define"),
            ("127.*.*.*", "127.\\*.\\*.\\*"),
            ("2) The pump", "2\\) The pump"),
            ("1986. A year", "1986\\. A year"),
            ("1.5 times", "1.5 times"),
            ("---", "\\---"),
            ("- one", "\\- one"),
            ("-5 degrees", "-5 degrees"),
            ("===", "\\==="),
            ("=> so", "=> so"),
            (": said", "\\: said"),
            (":) said", ":) said"),
            ("> more", "\\> more"),
            ("+1", "+1"),
            ("snake_case and _x_", "snake_case and \\_x\\_"),
            ("a * b", "a * b"),
            ("* b", "\\* b"),
            ("C:\\temp\\*", "C:\\temp\\\\\\*"),
            ("a \\ b", "a \\ b"),
            ("AT&T &amp; &copy", "AT&T \\&amp; &copy"),
            ("1 < 2 <b>", "1 < 2 \\<b>"),
            ("[sic] and [x](y)", "[sic] and \\[x\\](y)"),
            ("[^1] [[a]] [ ]", "\\[^1\\] \\[\\[a\\]\\] \\[ \\]"),
            ("run --fast", "run \\--fast"),
            ("this -- that", "this -- that"),
        ] {
            assert_eq!(escaped(text, line), written, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_heading_and_of_a_run_are_looked_at_too() {
        let heading = Around { ends_line: true, ends_heading: true, ..Around::default() };
        assert_eq!(escaped("On C #", heading), "On C \\#");
        assert_eq!(escaped("A {#b}", heading), "A {#b&#125;");
        assert_eq!(escaped("Look!", Around { before_bracket: true, ..Around::default() }), "Look\\!");
        assert_eq!(escaped("a | b", Around { in_cell: true, ..Around::default() }), "a \\| b");
    }
}
