//! Code blocks of a body: what is wrong with them, and why one has no colours. Owns the diagnostics; does not know how code is
//! coloured.

use std::ops::Range;

use pulldown_cmark::CodeBlockKind;

use crate::code::{Beyond, Fence, Language, Unknown, beyond, unknown, work};
use crate::diagnostic::{Diagnostic, rules};
use crate::fields::shortened;
use crate::model::{SourcePath, Span};

use super::super::limits::allowance::Allowance;
use super::rich::{NO_COLOURS, Rich};

rules! {
    CODE_LINES = "code-lines", warning, "lines to be marked are none of the block's", text "```text {9}\none line\n```";
    MATH_OFF = "math-off", warning, "a formula stands in a text whose front matter asks for none", text "$$x$$";
    OPEN_FENCE = "open-fence", warning, "a block of code is never closed", text "```\nlet a = 1;";
    UNKNOWN_LANGUAGE = "unknown-language", warning, "a block of code names a language that is not known", text "```pyhton\nx = 1\n```";
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

    /// What is wrong with it, and why it has no colours. `source` is the whole text it stands in, `left` what its page may
    /// still take, `rich` what it takes.
    pub(super) fn faults(
        &self,
        path: &SourcePath,
        source: &str,
        left: &mut Allowance,
        rich: &mut Rich,
    ) -> Vec<Diagnostic> {
        let unclosed = self.unclosed.map(|span| never_closed(&source[span.range()]).at(path, span));
        let Some((info, span)) = &self.info else { return unclosed.into_iter().collect() };
        let fence = Fence::read(info);
        let marks =
            marks_fault(&fence, self.text.matches('\n').count()).map(|fault| fault.at(path, braces(source, *span)));
        rich.code(&fence, &self.text);
        let plain = self.without_colours(&fence, left).map(|fault| fault.at(path, *span));
        let formula = fence.is_math().then(|| math_off("a block of `math` is a formula").at(path, *span));
        let name = unknown(fence.language).filter(|_| !fence.is_math());
        let unknown = name.map(|near| unknown_language(fence.language, near).at(path, *span));
        unclosed.into_iter().chain(marks).chain(plain).chain(formula).chain(unknown).collect()
    }

    fn without_colours(&self, fence: &Fence<'_>, left: &mut Allowance) -> Option<Diagnostic> {
        // Blocks after the first that gets no work share its diagnostic.
        let language = Language::of(fence.language).filter(|_| left.has_work())?;
        if !left.takes_work(work(language, &self.text)) {
            let message = "from here on code is shown without colours: so much of it would take too long";
            let fault = Diagnostic::new(NO_COLOURS, message);
            return Some(fault.help("split the page, or leave the language out of long blocks"));
        }
        beyond(language, &self.text).map(without_colours)
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

fn unknown_language(name: &str, Unknown(near): Unknown) -> Diagnostic {
    let name = shortened(name);
    let fault =
        Diagnostic::new(UNKNOWN_LANGUAGE, format!("no language `{name}` is known: the code is shown without colours"));
    match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("write another name of the language, or `text` for what is in none"),
    }
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

/// What is wrong with the marks on a block of `count` lines.
fn marks_fault(fence: &Fence<'_>, count: usize) -> Option<Diagnostic> {
    if let Some(part) = fence.unreadable {
        return Some(
            Diagnostic::new(CODE_LINES, format!("`{part}` names no lines to mark"))
                .help("write lines and ranges with commas between them, at most 100: `{2,4-6}`"),
        );
    }
    let beyond = fence.marked.iter().find(|lines| *lines.end() > count)?;
    let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
    Some(
        Diagnostic::new(CODE_LINES, format!("line {} is to be marked, and the block has {lines}", beyond.end()))
            .help("count from 1, the line after the fence"),
    )
}
