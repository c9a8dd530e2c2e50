//! What is wrong with a formula, where, and what to write instead. Knows one formula and no file.

use std::ops::Range;

use pulldown_latex::{Parser, Storage};

use crate::fields::shortened;
use crate::model::nearest;

use super::formula::{Formula, Unread};

/// A fault of a formula.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    pub message: String,
    pub help: String,
    /// Which bytes of the formula: none if it is all of it.
    pub at: Option<Range<usize>>,
}

/// Commands that are often misspelt.
const COMMON: [&str; 60] = [
    "alpha",
    "beta",
    "gamma",
    "delta",
    "epsilon",
    "lambda",
    "mu",
    "sigma",
    "theta",
    "omega",
    "frac",
    "dfrac",
    "sqrt",
    "sum",
    "prod",
    "int",
    "lim",
    "infty",
    "partial",
    "nabla",
    "cdot",
    "cdots",
    "ldots",
    "dots",
    "times",
    "div",
    "pm",
    "leq",
    "geq",
    "neq",
    "approx",
    "equiv",
    "sim",
    "propto",
    "subset",
    "subseteq",
    "cup",
    "cap",
    "forall",
    "exists",
    "rightarrow",
    "leftarrow",
    "Rightarrow",
    "Leftarrow",
    "mapsto",
    "mathbb",
    "mathbf",
    "mathcal",
    "mathrm",
    "mathit",
    "text",
    "overline",
    "underline",
    "operatorname",
    "left",
    "right",
    "begin",
    "quad",
    "langle",
    "rangle",
];
const ENVIRONMENTS: [&str; 18] = [
    "align",
    "align*",
    "aligned",
    "alignat",
    "array",
    "bmatrix",
    "Bmatrix",
    "cases",
    "equation",
    "equation*",
    "gather",
    "gathered",
    "matrix",
    "multline",
    "pmatrix",
    "rcases",
    "split",
    "vmatrix",
];

/// What is wrong with the formula, if it can't be read. That it is beyond a limit is a fault of its own.
pub fn fault(latex: &str) -> Option<Fault> {
    let error = match Formula::new(latex).parts() {
        Ok(_) | Err(Unread::Limit) => return None,
        Err(Unread::Parser(error)) => error,
    };
    let why = error.to_string().lines().next().unwrap_or_default().trim_start_matches("parsing error: ").to_owned();
    Some(brace(latex).or_else(|| environment(latex)).or_else(|| command(latex)).unwrap_or_else(|| Fault {
        message: format!("the formula can't be read: {why}"),
        help: "it is shown as code until it is mended".to_owned(),
        at: None,
    }))
}

/// Where a formula ends that begins with `text` and one or two dollar signs before it, whatever its braces: none if nothing
/// closes it.
pub fn closed(text: &str, signs: usize) -> Option<usize> {
    if signs == 1 && text.starts_with(char::is_whitespace) {
        return None;
    }
    let at = text.match_indices('$').map(|(at, _)| at).find(|at| !text[..*at].ends_with('\\'))?;
    let run = text[at..].bytes().take_while(|byte| *byte == b'$').count();
    let is_price =
        text[at + run..].starts_with(|c: char| c.is_ascii_digit()) || text[..at].ends_with(char::is_whitespace);
    (run == signs && !(signs == 1 && is_price)).then_some(at)
}

/// A brace without its other.
pub fn brace(latex: &str) -> Option<Fault> {
    let mut open = Vec::new();
    let mut is_escaped = false;
    for (at, byte) in latex.bytes().enumerate() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' => open.push(at),
            b'}' if open.pop().is_none() => {
                return Some(Fault {
                    message: "`}` closes nothing".to_owned(),
                    help: "take it out, or write `\\}` to show it".to_owned(),
                    at: Some(at..at + 1),
                });
            }
            _ => {}
        }
    }
    let at = open.pop()?;
    Some(Fault {
        message: "`{` is never closed".to_owned(),
        help: "end it with `}`, or write `\\{` to show it".to_owned(),
        at: Some(at..at + 1),
    })
}

/// An environment that is not there, or never ends.
fn environment(latex: &str) -> Option<Fault> {
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    for (name, range) in commands(latex).filter(|(name, _)| matches!(*name, "begin" | "end")) {
        let Some((environment, _)) = latex[range.end..].trim_start().strip_prefix('{')?.split_once('}') else {
            continue;
        };
        if name == "end" {
            open.pop().filter(|(begun, _)| *begun == environment)?;
            continue;
        }
        if fails(&format!("\\begin{{{environment}}}{{c}}x\\end{{{environment}}}"), "environment found") {
            let near = nearest(environment, ENVIRONMENTS).map(|near| format!("did you mean `\\begin{{{near}}}`?"));
            return Some(Fault {
                message: format!("formulas have no environment `{}`", shortened(environment)),
                help: near
                    .unwrap_or_else(|| "`aligned`, `cases` and `matrix` are among those that they have".to_owned()),
                at: Some(range),
            });
        }
        open.push((environment, range));
    }
    let (name, at) = open.pop()?;
    Some(Fault {
        message: format!("`\\begin{{{name}}}` is never ended"),
        help: format!("end it with `\\end{{{name}}}`"),
        at: Some(at),
    })
}

/// A command that is not there.
fn command(latex: &str) -> Option<Fault> {
    let defined = defined(latex);
    let is_unknown = |name: &str| !defined.contains(&name) && fails(&format!("\\{name}"), "unknown primitive");
    let (name, at) = commands(latex).find(|(name, _)| is_unknown(name))?;
    let help = match nearest(name, COMMON) {
        Some(near) => format!("did you mean `\\{near}`?"),
        None => format!("to show it as words write `\\text{{{name}}}`"),
    };
    Some(Fault { message: format!("formulas have no command `\\{}`", shortened(name)), help, at: Some(at) })
}

/// Names that the formula gives itself.
fn defined(latex: &str) -> Vec<&str> {
    let names: Vec<&str> = commands(latex).map(|(name, _)| name).collect();
    let defines = |name: &str| matches!(name, "def" | "let" | "newcommand" | "renewcommand");
    names.windows(2).filter(|pair| defines(pair[0])).map(|pair| pair[1]).collect()
}

/// Each command by its name, and which bytes it is.
fn commands(latex: &str) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + latex[at..].find('\\')?;
        let name = &latex[start + 1..];
        let letters = name.bytes().take_while(u8::is_ascii_alphabetic).count();
        let length = if letters == 0 { name.chars().next().map_or(0, char::len_utf8) } else { letters };
        at = start + 1 + length;
        Some((&name[..length], start..at))
    })
}

/// Whether the library refuses the formula for this reason.
fn fails(latex: &str, reason: &str) -> bool {
    let storage = Storage::new();
    let error = Parser::new(latex, &storage).take(100).find_map(Result::err);
    error.is_some_and(|error| error.to_string().lines().next().is_some_and(|line| line.contains(reason)))
}
