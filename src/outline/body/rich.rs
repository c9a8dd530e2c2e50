//! Whether the formulas and the coloured code of a body are more than its page may take, and which is the first that is
//! shown as it is written. They are made only where an estimate says that they may be too many. Knows one body.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};

use crate::code::{self, Fence, Language};
use crate::diagnostic::{Diagnostic, rules};
use crate::math;

use super::super::limits::PAGE_LIMIT;
use super::super::limits::allowance::Allowance;
use super::super::markdown::Markdown;

rules! {
    NO_COLOURS = "no-colours", warning, "code is too much to be coloured";
}

/// What the page has of them, about.
#[derive(Debug, Default)]
pub struct Rich {
    bytes: usize,
}

impl Rich {
    pub fn formula(&mut self, latex: &str) {
        self.bytes += math::estimate(latex);
    }

    pub fn code(&mut self, fence: &Fence<'_>, code: &str) {
        // A marked line gets an element of its own, around which spans end and begin again.
        let marked = fence.marked.iter().map(|lines| lines.end() - lines.start() + 1).sum::<usize>();
        let marked = marked.min(code.matches('\n').count());
        if Language::of(fence.language).is_some() {
            self.bytes += code::estimate(code) + 256 * marked;
        }
    }

    /// The diagnostics of a body that has too much of them, each with its bytes.
    pub fn faults(&self, body: &str, math: bool) -> Vec<(Diagnostic, Range<usize>)> {
        if Allowance::of(body.len()).takes_bytes(self.bytes) { Vec::new() } else { refused(body, math) }
    }
}

/// The first formula and the first block that get nothing.
fn refused(body: &str, math: bool) -> Vec<(Diagnostic, Range<usize>)> {
    let mut allowance = Allowance::of(body.len());
    let (mut formula, mut block) = (None, None);
    let mut open: Option<(String, String)> = None;
    let markdown = Markdown::new(body, math);
    for (event, range) in markdown.events() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => open = Some((info.to_string(), String::new())),
            Event::Text(text) => {
                if let Some((_, code)) = &mut open {
                    code.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let Some((info, code)) = open.take() else { continue };
                if block.is_none() && block_bytes(&info, &code).is_some_and(|bytes| !allowance.takes_bytes(bytes)) {
                    block = Some(range);
                }
            }
            Event::InlineMath(latex) | Event::DisplayMath(latex) if formula.is_none() => {
                let bytes = math::mathml(&latex, false).map(|mathml| mathml.len());
                if bytes.is_some_and(|bytes| !allowance.takes_bytes(bytes)) {
                    formula = Some(range);
                }
            }
            _ => {}
        }
    }
    let formula = formula.map(|range| (formulas_as_written(), range));
    formula.into_iter().chain(block.map(|range| (without_colours(), first_line(body, range)))).collect()
}

/// The size of a block with its colours; none if it has none.
fn block_bytes(info: &str, code: &str) -> Option<usize> {
    let fence = Fence::read(info);
    let language = Language::of(fence.language)?;
    if code::beyond(language, code).is_some() {
        return None;
    }
    Some(code::block(&fence, code::coloured(language, code)?).len())
}

fn first_line(body: &str, range: Range<usize>) -> Range<usize> {
    let line = body[range.clone()].lines().next().unwrap_or_default();
    range.start..range.start + line.trim_end().len()
}

fn formulas_as_written() -> Diagnostic {
    let message = "from here on formulas are shown as they are written: the page would be too large";
    Diagnostic::new(PAGE_LIMIT, message).help("split the page, or write fewer formulas")
}

fn without_colours() -> Diagnostic {
    let message = "from here on code is shown without colours: the page would be too large";
    Diagnostic::new(NO_COLOURS, message)
        .help("split the page, or leave the language out of the blocks that can do without")
}
