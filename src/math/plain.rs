//! A formula as plain text: `\frac{a}{b} \le x^2` is `a/b ≤ x²`. Knows the parts of one formula. It calls itself as deep as the
//! formula nests, which has a bound.

use std::fmt::Write;
use std::iter::Peekable;
use std::vec::IntoIter;

use pulldown_latex::event::{Content, EnvironmentFlow, Event, Grouping, ScriptType, Visual};

use crate::model::raised;

use super::formula::Formula;

/// What is read out of a formula; one that can't be read, as it is written.
pub fn plain_text(latex: &str) -> String {
    let formula = Formula::new(latex);
    let Ok(parts) = formula.parts() else { return latex.trim().to_owned() };
    let mut parts = parts.into_iter().peekable();
    let mut out = String::new();
    while parts.peek().is_some() {
        element(&mut parts, &mut out);
    }
    let text = out.split_whitespace().collect::<Vec<_>>().join(" ");
    text.replace("( ", "(").replace(" )", ")")
}

type Parts<'a> = Peekable<IntoIter<Event<'a>>>;

fn element(parts: &mut Parts<'_>, out: &mut String) {
    match parts.next() {
        Some(Event::Content(content)) => text(content, out),
        Some(Event::Begin(grouping)) => group(grouping, parts, out),
        Some(Event::Visual(Visual::SquareRoot)) => out.extend(["\u{221a}", &wrapped(&alone(parts))]),
        Some(Event::Visual(Visual::Root)) => {
            let (radicand, index) = (alone(parts), alone(parts));
            out.extend([&raised(&index).unwrap_or(index), "\u{221a}", &wrapped(&radicand)]);
        }
        Some(Event::Visual(Visual::Fraction(_))) => {
            let (above, below) = (alone(parts), alone(parts));
            out.extend([&wrapped(&above), "/", &wrapped(&below)]);
        }
        Some(Event::Visual(Visual::Negation)) => {
            let negated = alone(parts);
            let end = negated.trim_end().len();
            out.extend([&negated[..end], "\u{338}", &negated[end..]]);
        }
        Some(Event::Script { ty, .. }) => script(ty, parts, out),
        Some(Event::Space { .. } | Event::EnvironmentFlow(EnvironmentFlow::Alignment)) => out.push(' '),
        Some(Event::EnvironmentFlow(EnvironmentFlow::NewLine { .. })) => out.push_str("; "),
        Some(Event::End | Event::StateChange(_) | Event::EnvironmentFlow(_)) | None => {}
    }
}

fn group(grouping: Grouping, parts: &mut Parts<'_>, out: &mut String) {
    let (left, right) = match grouping {
        Grouping::LeftRight(left, right) => (left, right),
        _ => (None, None),
    };
    out.extend(left);
    while parts.peek().is_some_and(|part| !matches!(part, Event::End)) {
        element(parts, out);
    }
    parts.next();
    out.extend(right);
}

/// The next element that is no change of its look.
fn alone(parts: &mut Parts<'_>) -> String {
    let mut out = String::new();
    element(parts, &mut out);
    out.trim().to_owned()
}

fn script(ty: ScriptType, parts: &mut Parts<'_>, out: &mut String) {
    out.push_str(&alone(parts));
    if matches!(ty, ScriptType::Subscript | ScriptType::SubSuperscript) {
        let below = alone(parts).replace(' ', "");
        let _ = write!(out, "_{}", wrapped(&below));
    }
    if matches!(ty, ScriptType::Superscript | ScriptType::SubSuperscript) {
        let above = alone(parts).replace(' ', "");
        let is_prime = !above.is_empty() && above.chars().all(|c| c == '\u{2032}');
        match raised(&above) {
            Some(raised) => out.push_str(&raised),
            None if is_prime => out.push_str(&above),
            None => {
                let _ = write!(out, "^{}", wrapped(&above));
            }
        }
    }
}

/// In brackets, if it is more than a word or number.
fn wrapped(text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) { text.to_owned() } else { format!("({text})") }
}

fn text(content: Content<'_>, out: &mut String) {
    match content {
        Content::Text(text) => out.push_str(&text.replace("&nbsp;", " ")),
        Content::Number(number) => out.push_str(number),
        Content::Function(name) => {
            if out.ends_with(char::is_alphanumeric) {
                out.push(' ');
            }
            out.extend([name, " "]);
        }
        Content::Ordinary { content, .. } | Content::Delimiter { content, .. } => out.push(content),
        Content::LargeOp { content, .. } => out.push(content),
        Content::BinaryOp { content, .. } => {
            let follows = |c: char| c.is_alphanumeric() || matches!(c, ')' | ']' | '}' | '|' | '\u{2032}' | '\u{221e}');
            match out.trim_end().ends_with(follows) {
                true => out.extend([' ', content, ' ']),
                // It is a sign.
                false => out.push(content),
            }
        }
        Content::Relation { content, .. } => {
            let mut buffer = [0; 8];
            let sign = std::str::from_utf8(content.encode_utf8_to_buf(&mut buffer)).unwrap_or_default();
            out.extend([" ", sign, " "]);
        }
        Content::Punctuation(mark) => out.extend([mark, ' ']),
    }
}

#[cfg(test)]
mod tests {
    use super::plain_text;

    #[test]
    fn a_formula_is_read_out_in_one_line() {
        for (latex, text) in [
            ("x^2 < 1", "x\u{b2} < 1"),
            (r"\frac{a}{b+1} \le \mu_{ij}", "a/(b + 1) \u{2264} \u{3bc}_ij"),
            (r"(3,4)", "(3, 4)"),
            (r"1{,}000", "1,000"),
            (r"\sqrt{x} \neq -1", "\u{221a}x \u{2260} \u{2212}1"),
            (r"\text{if so } a", "if so a"),
            (r"\left( a \right)", "(a)"),
            (r"f'(x) = \sin x", "f\u{2032}(x) = sin x"),
            (r"10^{-6}", "10\u{207b}\u{2076}"),
            (r"\unheard{x}", r"\unheard{x}"),
        ] {
            assert_eq!(plain_text(latex), text, "{latex}");
        }
    }
}
