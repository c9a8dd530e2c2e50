//! Diagnostics of raw HTML, and what to write instead. Knows names of elements, no place.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;

use super::nesting::Misplaced;
use super::{IGNORED_ATTRIBUTES, IMPLIED_END, LINK_IN_LINK, OPEN_HTML, REMOVED_HTML};

pub fn removed(what: &str, help: &str) -> Diagnostic {
    Diagnostic::new(REMOVED_HTML, format!("{what} is taken out of the page")).help(help)
}

/// Attributes that are left out, with how often each stands.
pub fn ignored(counts: &BTreeMap<String, usize>) -> Diagnostic {
    let one = |(name, count): (&String, &usize)| match count {
        1 => format!("`{name}`"),
        n => format!("`{name}` ({n} times)"),
    };
    let names: Vec<String> = counts.iter().map(one).collect();
    let what = if counts.values().sum::<usize>() == 1 { "an attribute of HTML does" } else { "attributes of HTML do" };
    let fault = Diagnostic::new(IGNORED_ATTRIBUTES, format!("{what} nothing here: {}", names.join(", ")));
    match counts.contains_key("style") {
        true => {
            fault.help("in the place of a `style` give the element a class, and style that in a file of `extra_css`")
        }
        false => fault.help("nothing need be done; `html: trusted` in site.yaml lets them through"),
    }
}

pub fn removed_with_text(name: &str) -> Diagnostic {
    Diagnostic::new(REMOVED_HTML, format!("`<{name}>` and what it holds are taken out of the page")).help(instead(name))
}

pub fn displaced(name: &str, misplaced: Misplaced) -> Diagnostic {
    let (where_, help) = match misplaced {
        Misplaced::InLink => return link_in_link(),
        Misplaced::InParagraph => {
            ("stands in a paragraph", "give it lines of its own, with an empty line before and after".to_owned())
        }
        Misplaced::InTable => {
            ("stands in a table, outside its cells", "put it into a `<td>`, or before the table".to_owned())
        }
        Misplaced::InFormula => ("stands in a formula", "end the formula before it".to_owned()),
        Misplaced::OutsideFormula => ("stands outside a formula", "put it into a `<math>`".to_owned()),
        Misplaced::Outside(parent) => {
            ("stands outside what it is a part of", format!("put it into a `<{parent}>` that begins in the same block"))
        }
    };
    Diagnostic::new(REMOVED_HTML, format!("`<{name}>` {where_}, and is taken out of the page")).help(help)
}

pub fn ends_nothing(name: &str) -> Diagnostic {
    let name = shortened(name);
    Diagnostic::new(REMOVED_HTML, format!("`</{name}>` ends nothing that began here, and is taken out of the page"))
        .help(format!("take it out, or begin the element in the same block; as text it is `\\</{name}>`"))
}

pub fn has_no_end(name: &str) -> Diagnostic {
    Diagnostic::new(IMPLIED_END, format!("`<{name}>` is never ended: it ends with its block"))
        .help(format!("write `</{name}>` where it should end"))
}

pub fn never_ends(name: &str) -> Diagnostic {
    Diagnostic::new(OPEN_HTML, format!("`<{name}>` never ends, and would take along the text that follows"))
        .help(format!("to show it as text write `\\<{name}>`, or put it in backticks; else end it with `</{name}>`"))
}

/// A comment or a tag without its `>`.
pub fn unended(text: &str) -> Diagnostic {
    let (what, help) = match text.as_bytes() {
        [b'<', b'!', b'-', ..] => ("a comment never ends", "end it with `-->`"),
        [b'<', b'?', ..] => ("`<?` never ends", "end it with `?>`, or write `\\<?` to show it as text"),
        [b'<', b'!', ..] => ("`<!` never ends", "end it with `>`, or write `\\<!` to show it as text"),
        _ => ("a tag never ends", "end it with `>`, or write `\\<` to show it as text"),
    };
    Diagnostic::new(OPEN_HTML, format!("{what}, and would take along the text that follows")).help(help)
}

/// A comment in a line, which its author took for private.
pub fn open_comment() -> Diagnostic {
    Diagnostic::new(OPEN_HTML, "a comment does not end in its paragraph, and would be shown as text")
        .help("end it with `-->` before the next empty line, or write `\\<!--` to show it as text")
}

pub fn link_in_link() -> Diagnostic {
    Diagnostic::new(LINK_IN_LINK, "a link stands inside another: its words alone are shown")
        .help("end the outer link before it")
}

/// What to write instead of an element.
pub fn instead(tag: &str) -> &'static str {
    match tag {
        "script" => "put the script into a file of `content/static/`, and name that in the theme's `hooks/head.html`",
        "style" | "link" => "put styles in a file of `extra_css`",
        "iframe" | "embed" | "object" => {
            "link to the page instead, or say `html: trusted` in site.yaml and name its host under `csp`"
        }
        "svg" => "keep the drawing in a file and show it with `![…](drawing.svg)`",
        "input" => "only boxes of tasks stay: `- [ ] to do`",
        _ => "write it in Markdown, in backticks if it should show as text, or say `html: trusted` in site.yaml",
    }
}
