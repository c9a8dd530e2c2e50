//! What HTML says of elements by their names: which have no end, which hold which, which end others
//! (html.spec.whatwg.org, "Tree construction" and "Optional tags"). Knows names only.

use super::super::sanitiser::is_mathml;

/// Elements without an end tag.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that end the paragraph before them.
const BLOCKS: [&str; 33] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];
/// Elements whose end tag may be left out.
const OPTIONAL_END: [&str; 15] =
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "caption", "colgroup", "rt", "rp", "rtc"];
/// Elements that readers don't see the text of, or that a browser reads no tags in: one that never ends takes along all that
/// follows.
const SWALLOWING: [&str; 23] = [
    "script",
    "style",
    "title",
    "textarea",
    "xmp",
    "iframe",
    "noembed",
    "noframes",
    "noscript",
    "plaintext",
    "template",
    "select",
    "svg",
    "math",
    "object",
    "canvas",
    "video",
    "audio",
    "datalist",
    "dialog",
    "meter",
    "progress",
    "frameset",
];
/// What an element that is taken out leaves of what it held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaves {
    Content,
    /// Its text, in which browsers read no tags.
    Text,
    /// What a browser does not show either.
    Nothing,
}

pub fn leaves(name: &str) -> Leaves {
    match name {
        "script" | "style" | "iframe" | "noembed" | "noframes" | "template" | "title" | "desc" | "metadata"
        | "datalist" => Leaves::Nothing,
        "textarea" | "xmp" => Leaves::Text,
        _ => Leaves::Content,
    }
}

/// Parts of a table that hold only other parts.
const TABLE_PARTS: [&str; 6] = ["table", "thead", "tbody", "tfoot", "tr", "colgroup"];
/// Parts of a formula that hold text.
const FORMULA_TEXT: [&str; 6] = ["mi", "mn", "mo", "ms", "mtext", "annotation"];

pub fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

pub fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

pub fn has_optional_end(name: &str) -> bool {
    OPTIONAL_END.contains(&name)
}

pub fn swallows(name: &str) -> bool {
    SWALLOWING.contains(&name)
}

pub fn is_part_of_table(name: &str) -> bool {
    TABLE_PARTS.contains(&name)
}

/// Whether paragraphs outside do not end where a block begins inside.
pub fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "caption")
}

/// Whether elements of a formula may stand in it.
pub fn holds_formula(name: &str) -> bool {
    is_mathml(name) && !FORMULA_TEXT.contains(&name)
}

/// Elements that this one stands in, if it stands nowhere else.
pub fn parents(name: &str) -> Option<&'static [&'static str]> {
    Some(match name {
        "li" => &["ul", "ol"],
        "dt" | "dd" => &["dl"],
        "caption" | "colgroup" | "thead" | "tbody" | "tfoot" => &["table"],
        "col" => &["colgroup", "table"],
        "tr" => &["thead", "tbody", "tfoot", "table"],
        "td" | "th" => &["tr", "thead", "tbody", "tfoot", "table"],
        "rt" | "rp" | "rtc" => &["ruby"],
        _ => return None,
    })
}
