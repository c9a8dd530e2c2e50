//! How much one body may hold: what goes beyond would keep browsers, or us, busy without end. Knows numbers and no names.

use std::ops::Range;

use super::sanitiser::allows_html;

/// Links and pictures, and headings, of one body.
pub const MAX_LINKS: usize = 10_000;
pub const MAX_HEADINGS: usize = 10_000;
/// Quotations, lists and HTML elements inside each other. Nothing calls itself for them, but the parsers' time for each line or
/// tag grows with the depth, and browsers flatten what is deeper than 512.
pub const MAX_DEPTH: usize = 200;
/// Attributes of one tag.
pub const MAX_ATTRIBUTES: usize = 200;
/// The most faults of one kind that are told of one body.
pub const MAX_TOLD: usize = 1_000;

/// Elements without an end tag, or whose end tag may be left out: one of them ends another.
const ENDLESS: [&str; 25] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup",
];
/// Elements that the sanitiser takes out, but that stay open beyond their paragraph all the same.
const LASTING: [&str; 16] = [
    "font", "nobr", "big", "form", "button", "fieldset", "main", "menu", "address", "dialog", "select", "option",
    "optgroup", "template", "object", "iframe",
];
/// Elements of a drawing or formula that hold HTML.
const HOLD_HTML: [&str; 9] = ["title", "desc", "foreignobject", "mi", "mo", "mn", "ms", "mtext", "annotation-xml"];

/// How many blocks and elements are open. Where a reader of HTML would see fewer, it may count more, never the other way.
#[derive(Debug, Default)]
pub struct Depth {
    /// Quotations, items and the like, emphasis and links.
    nested: usize,
    /// HTML elements that last until their end tag.
    lasting: usize,
    /// Elements that HTML does not know: the end of a paragraph ends them.
    passing: usize,
    /// Whether each open part of the text is nested, and how many elements were passing where it began.
    open: Vec<(bool, usize)>,
    /// A drawing or formula is open, and whether its own rules apply: there, `<x/>` is whole.
    drawing: bool,
    own_rules: bool,
}

impl Depth {
    /// Part of the text begins; `nests` if it is shown inside what is open.
    pub fn start(&mut self, nests: bool) {
        self.open.push((nests, self.passing));
        self.nested += usize::from(nests);
    }

    /// It ends.
    pub fn end(&mut self) {
        if let Some((nests, passing)) = self.open.pop() {
            self.nested -= usize::from(nests);
            self.passing = self.passing.min(passing);
        }
    }

    /// A tag of raw HTML, by its name in lower case.
    pub fn tag(&mut self, name: &str, ends: bool, whole: bool) {
        let endless = ENDLESS.contains(&name);
        let is_html = endless || LASTING.contains(&name) || allows_html(name);
        if matches!(name, "svg" | "math") {
            (self.drawing, self.own_rules) = (!ends, !ends);
        } else if HOLD_HTML.contains(&name) {
            self.own_rules = self.drawing && ends;
        } else if !ends && (is_html || !self.own_rules) {
            (self.drawing, self.own_rules) = (false, false);
        }
        let open = if is_html { &mut self.lasting } else { &mut self.passing };
        match ends {
            _ if endless => {}
            true => *open = open.saturating_sub(1),
            false if whole && self.own_rules => {}
            false => *open += 1,
        }
    }

    /// The limit that is met, if one is.
    pub fn limit(&self) -> Option<String> {
        (self.nested + self.lasting + self.passing > MAX_DEPTH)
            .then(|| format!("HTML elements are nested more than {MAX_DEPTH} deep"))
    }
}

/// The first line of `body` whose marks alone nest too deep. Looked for before the body is parsed: the parser's time grows
/// with the depth of every line.
pub fn too_deep_line(body: &str) -> Option<Range<usize>> {
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if depth_of_line(line.as_bytes()) > MAX_DEPTH {
            return Some(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    None
}

/// How many quotations and lists the marks at the beginning of a line open or go on with.
fn depth_of_line(line: &[u8]) -> usize {
    let is_space = |at: usize| line.get(at).is_none_or(|byte| byte.is_ascii_whitespace());
    let (mut at, mut marks, mut spaces) = (0, 0, 0);
    while let Some(byte) = line.get(at) {
        match byte {
            b' ' | b'\t' => spaces += 1,
            b'>' => marks += 1,
            b'-' | b'+' | b'*' | b':' if is_space(at + 1) => marks += 1,
            b'0'..=b'9' => {
                let digits = line[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                if digits > 9 || !matches!(line.get(at + digits), Some(b'.' | b')')) || !is_space(at + digits + 1) {
                    break;
                }
                at += digits;
                marks += 1;
            }
            _ => break,
        }
        at += 1;
    }
    // An item that goes on is indented by two at least; without any mark the line may be code.
    if marks == 0 { 0 } else { marks.max((marks + spaces) / 2) }
}

#[cfg(test)]
mod tests {
    use super::{Depth, MAX_DEPTH, too_deep_line};

    #[test]
    fn marks_are_counted_at_the_beginning_of_a_line() {
        let deep = MAX_DEPTH + 1;
        for mark in [">", "> ", "- ", "1. ", "> * "] {
            assert!(too_deep_line(&format!("a\n{}b\n", mark.repeat(deep))).is_some(), "{mark}");
            assert_eq!(too_deep_line(&format!("a\n{}b\n", mark.repeat(MAX_DEPTH / 2))), None, "{mark}");
        }
        assert_eq!(too_deep_line(&format!("a{}\n", ">".repeat(deep))), None);
        assert_eq!(too_deep_line(&format!("{}code\n", " ".repeat(3 * deep))), None);
        assert!(too_deep_line(&format!("{}- item\n", " ".repeat(2 * deep))).is_some());
    }

    #[test]
    fn unknown_elements_end_with_their_paragraph_and_others_with_their_end_tag() {
        let deep = MAX_DEPTH + 1;
        let after = |tags: &dyn Fn(&mut Depth)| {
            let mut depth = Depth::default();
            for _ in 0..deep {
                depth.start(false);
                tags(&mut depth);
                depth.end();
            }
            depth.limit().is_some()
        };
        assert!(!after(&|depth| depth.tag("u8", false, false)));
        assert!(!after(&|depth| depth.tag("br", false, false)));
        assert!(after(&|depth| depth.tag("b", false, false)));
        assert!(after(&|depth| depth.tag("div", false, true)));
        assert!(!after(&|depth| {
            depth.tag("div", false, false);
            depth.tag("div", true, false);
        }));
    }

    #[test]
    fn an_element_of_a_drawing_may_be_whole() {
        let too_deep = |before: &[(&str, bool)]| {
            let mut depth = Depth::default();
            before.iter().for_each(|(name, ends)| depth.tag(name, *ends, false));
            (0..=MAX_DEPTH).for_each(|_| depth.tag("path", false, true));
            depth.limit().is_some()
        };
        assert!(!too_deep(&[("svg", false)]));
        assert!(!too_deep(&[("svg", false), ("title", false), ("title", true)]));
        for html in [
            &[][..],
            &[("svg", false), ("svg", true)],
            &[("svg", false), ("div", false)],
            &[("svg", false), ("desc", false), ("x", false), ("desc", true)],
        ] {
            assert!(too_deep(html), "{html:?}");
        }
    }
}
