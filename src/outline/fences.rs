//! The first line of a fenced code block: its language, and in braces the lines to be marked, as in `rust {2,4-6}`. Knows the
//! block alone.

use std::ops::{Range, RangeInclusive};

use pulldown_cmark::CodeBlockKind;

use crate::code::{Beyond, beyond};
use crate::diagnostic::{Diagnostic, rules};
use crate::model::{SourcePath, Span};

rules! {
    CODE_LINES = "code-lines", warning, "lines to be marked are none of the block's", text "```text {9}\none line\n```";
    MATH_OFF = "math-off", warning, "a formula stands in a text whose front matter asks for none", text "$$x$$";
    OPEN_FENCE = "open-fence", warning, "a block of code is never closed", text "```\nlet a = 1;";
    NO_COLOURS = "no-colours", warning, "code is too long to be coloured";
}

/// Lines and ranges that are read of one fence: each line of the block is held against all of them.
const MOST_MARKS: usize = 100;

/// What the first line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fence<'a> {
    /// Empty if none is named.
    pub language: &'a str,
    /// Lines from 1, in the order they are written.
    pub marked: Vec<RangeInclusive<usize>>,
    /// What stands in the place of lines and names none.
    unreadable: Option<&'a str>,
}

impl<'a> Fence<'a> {
    /// Reads what follows the fence. Braces that begin with no digit are somebody else's: other generators put attributes there.
    pub fn read(info: &'a str) -> Self {
        let ends = |c: char| c.is_whitespace() || matches!(c, ',' | '{');
        let language = info.split(ends).next().unwrap_or_default();
        let inside = info.split_once('{').and_then(|(_, rest)| rest.split_once('}')).map(|(inside, _)| inside.trim());
        let mut fence = Self { language, ..Self::default() };
        let inside = inside.filter(|inside| inside.starts_with(|c: char| c.is_ascii_digit()));
        for (n, part) in inside.into_iter().flat_map(parts).take(MOST_MARKS + 1).enumerate() {
            match lines(part).filter(|_| n < MOST_MARKS) {
                Some(lines) => fence.marked.push(lines),
                None => fence.unreadable = fence.unreadable.or(Some(part)),
            }
        }
        fence
    }

    /// Whether the block holds a formula.
    pub fn is_math(&self) -> bool {
        self.language == "math"
    }

    /// Whether the line of this number, from 1, is to be marked.
    pub fn marks(&self, line: usize) -> bool {
        self.marked.iter().any(|lines| lines.contains(&line))
    }

    /// What is wrong with the marks on a block of `count` lines.
    pub(super) fn fault(&self, count: usize) -> Option<Diagnostic> {
        if let Some(part) = self.unreadable {
            return Some(
                Diagnostic::new(CODE_LINES, format!("`{part}` names no lines to mark"))
                    .help("write lines and ranges with commas between them, at most 100: `{2,4-6}`"),
            );
        }
        let beyond = self.marked.iter().find(|lines| *lines.end() > count)?;
        let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
        Some(
            Diagnostic::new(CODE_LINES, format!("line {} is to be marked, and the block has {lines}", beyond.end()))
                .help("count from 1, the line after the fence"),
        )
    }
}

fn parts(inside: &str) -> impl Iterator<Item = &str> {
    inside.split(',').map(str::trim)
}

/// `4` or `4-6`.
fn lines(part: &str) -> Option<RangeInclusive<usize>> {
    let number = |text: &str| text.trim().parse::<usize>().ok().filter(|n| *n > 0);
    let (first, last) = part.split_once('-').unwrap_or((part, part));
    let lines = number(first)?..=number(last)?;
    (!lines.is_empty()).then_some(lines)
}

/// A code block that is open.
pub(super) struct Code {
    /// What stands after its fence, and where; none if nothing does.
    info: Option<(String, Span)>,
    text: String,
    /// Its first line, if none ends it.
    unclosed: Option<Span>,
}

impl Code {
    /// One that stands at `range` of `text`.
    pub(super) fn begin(kind: &CodeBlockKind<'_>, text: &str, range: Range<usize>) -> Self {
        let start = range.start;
        let unclosed = match kind {
            CodeBlockKind::Fenced(_) if !is_closed(&text[range]) => {
                let line = text[start..].lines().next().unwrap_or_default();
                Some(Span::new(start, start + line.trim_end().len()))
            }
            _ => None,
        };
        let info = match kind {
            CodeBlockKind::Fenced(info) if !info.is_empty() => {
                let line = text[start..].lines().next().unwrap_or_default();
                Some((info.to_string(), Span::new(start, start + line.trim_end().len())))
            }
            _ => None,
        };
        Self { info, text: String::new(), unclosed }
    }

    /// Takes a piece of its text.
    pub(super) fn text(&mut self, text: &str) {
        if self.info.is_some() {
            self.text.push_str(text);
        }
    }

    /// What is wrong with the marks on its lines, and why it has no colours. `source` is the whole text it stands in.
    pub(super) fn faults(&self, path: &SourcePath, source: &str) -> Vec<Diagnostic> {
        let unclosed = self.unclosed.map(|span| never_closed(&source[span.range()]).at(path, span));
        let Some((info, span)) = &self.info else { return unclosed.into_iter().collect() };
        let fence = Fence::read(info);
        let marks = fence.fault(self.text.matches('\n').count()).map(|fault| fault.at(path, braces(source, *span)));
        let plain = beyond(fence.language, &self.text).map(|beyond| without_colours(beyond).at(path, *span));
        let formula = fence.is_math().then(|| math_off("a block of `math` is a formula").at(path, *span));
        unclosed.into_iter().chain(marks).chain(plain).chain(formula).collect()
    }
}

/// Whether the last line of a fenced block ends it. Before that may stand the marks of quotations.
fn is_closed(block: &str) -> bool {
    let mark = block.chars().next().unwrap_or('`');
    let count = block.len() - block.trim_start_matches(mark).len();
    let last = block.trim_end().lines().skip(1).last().unwrap_or_default();
    let last = last.trim_start_matches([' ', '\t', '>']);
    last.len() >= count && last.chars().all(|c| c == mark)
}

fn never_closed(fence: &str) -> Diagnostic {
    let mark = fence.chars().next().unwrap_or('`');
    let end: String = fence.chars().take_while(|c| *c == mark).collect();
    Diagnostic::new(OPEN_FENCE, "a block of code is never closed: all that follows it is taken for code")
        .help(format!("write {end} on a line of its own where it ends"))
}

/// The warning for a formula in a text whose front matter asks for none.
pub(super) fn math_off(what: &str) -> Diagnostic {
    Diagnostic::new(MATH_OFF, format!("{what} only where the front matter says `math: true`"))
        .help("write `math: true` in the front matter, or put it in backticks to show it as it is")
}

/// From the first brace to the last of a fence's line.
fn braces(source: &str, line: Span) -> Span {
    let text = &source[line.range()];
    let braces = text.find('{').unwrap_or(0)..text.rfind('}').map_or(text.len(), |end| end + 1);
    Span::from(braces).shifted(line.start as usize)
}

fn without_colours(beyond: Beyond) -> Diagnostic {
    let (message, help) = match beyond {
        Beyond::Line(n) => (
            format!("this code is shown without colours: its line {n} would take too long"),
            "break that line, or leave the language out",
        ),
        Beyond::Block => (
            "this code is shown without colours: so much of it would take too long".to_owned(),
            "show less of it in one block, or leave the language out",
        ),
    };
    Diagnostic::new(NO_COLOURS, message).help(help)
}

#[cfg(test)]
mod tests {
    use super::Fence;

    #[test]
    fn lines_stand_in_braces_after_the_language() {
        let read = |info| {
            let fence = Fence::read(info);
            (fence.language, fence.marked, fence.unreadable)
        };
        assert_eq!(read("rust {2,4-6}"), ("rust", vec![2..=2, 4..=6], None));
        assert_eq!(read("rust{ 1 , 3 - 4 } title"), ("rust", vec![1..=1, 3..=4], None));
        assert_eq!(read("{3}"), ("", vec![3..=3], None));
        assert_eq!(read("rust"), ("rust", vec![], None));
        assert_eq!(read("rust {.wide #id}"), ("rust", vec![], None));
        assert_eq!(read("rust {2,x,6-4}"), ("rust", vec![2..=2], Some("x")));
        assert_eq!(read("rust {6-4}"), ("rust", vec![], Some("6-4")));
        assert_eq!(read("rust {2"), ("rust", vec![], None));
        let many = format!("rust {{{}1}}", "1,".repeat(50_000));
        let (_, marked, unreadable) = read(&many);
        assert_eq!((marked.len(), unreadable), (100, Some("1")));
    }
}
