//! What is wrong with the formulas of a body, and with dollar signs that make none. Knows signs and places; sets no formula.

use crate::diagnostic::Diagnostic;
use crate::fields::Faults;
use crate::math;
use crate::model::{SourcePath, Span};

use super::code::math_off;
use super::{FORMULA, FORMULA_LIMIT, OPEN_MATH};

pub(super) struct Formulas<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// Dollar signs hold formulas.
    is_on: bool,
    /// How far dollar signs that are text were looked at.
    looked_until: usize,
    /// The last `$$` of them opened a formula.
    is_display_open: bool,
}

impl<'a> Formulas<'a> {
    pub(super) fn new(path: &'a SourcePath, text: &'a str, is_on: bool) -> Self {
        Self { path, text, is_on, looked_until: 0, is_display_open: false }
    }

    /// Dollar signs that are text: they open a formula that nothing closes, or whose braces keep it open; or two of them hold one
    /// that is not asked for.
    pub(super) fn dollars(&mut self, whole: Span, faults: &mut Faults) {
        let whole = whole.range();
        let mut from = whole.start.max(self.looked_until);
        while let Some(at) = self.text.get(from..whole.end).and_then(|text| text.find('$')).map(|at| from + at) {
            let count = self.text[at..].bytes().take_while(|byte| *byte == b'$').count();
            from = at + count;
            let is_escaped = self.text[..at].ends_with('\\');
            if is_escaped || count > 2 || count == 1 && !self.is_on {
                continue;
            }
            self.looked_until = from;
            let closed = math::closed(&self.text[from..], count).map(|end| from..from + end);
            let has_empty_line = |text: &str| text.contains("\n\n") || text.contains("\n\r\n");
            let formula = closed.filter(|formula| !has_empty_line(&self.text[formula.clone()]));
            let span = Span::new(at, from);
            match formula {
                Some(formula) if !self.is_on => {
                    self.looked_until = formula.end + count;
                    let span = Span::new(at, formula.end + count);
                    faults.push(math_off("`$$` holds a formula").at(self.path, span));
                }
                Some(formula) => {
                    if let Some(fault) = math::brace(&self.text[formula.clone()]) {
                        self.looked_until = formula.end + count;
                        let span = fault.at.map_or(span, |at| Span::from(at).shifted(formula.start));
                        faults.push(Diagnostic::new(FORMULA, fault.message).at(self.path, span).help(fault.help));
                    }
                }
                None if count == 2 && self.is_on && !self.is_display_open => {
                    self.is_display_open = true;
                    faults.push(never_closed().at(self.path, span));
                }
                None => self.is_display_open &= count != 2,
            }
            from = from.max(self.looked_until);
        }
    }

    /// A formula, which is or stands in `whole`.
    pub(super) fn formula(&self, latex: &str, whole: Span, faults: &mut Faults) {
        if let Some(message) = math::limit(latex) {
            let fault = Diagnostic::new(FORMULA_LIMIT, message).at(self.path, whole);
            faults.push(fault.help("split it into several formulas"));
        } else if let Some(fault) = math::fault(latex) {
            // In a quotation marks stand between its lines: its parts have no place of their own then.
            let begins = self.text[whole.range()].find(latex).map(|at| whole.start as usize + at);
            let span = fault.at.zip(begins).map_or(whole, |(at, begins)| Span::from(at).shifted(begins));
            faults.push(Diagnostic::new(FORMULA, fault.message).at(self.path, span).help(fault.help));
        }
    }
}

fn never_closed() -> Diagnostic {
    Diagnostic::new(OPEN_MATH, "`$$` is never closed: it is shown as it is")
        .help("end the formula with `$$`, in the same paragraph: no empty line may stand in it")
}
