//! Elements that stay HTML, as they are written: without what only shaped the old page, and without an empty line, which would end
//! them. Knows the tree and its spelling.

use super::tree::{Element, Node};
use crate::import::markdown::Inline;

/// Attributes that say something; the others are of the old theme and its scripts.
const KEPT: [&str; 33] = [
    "id",
    "href",
    "src",
    "alt",
    "title",
    "lang",
    "dir",
    "datetime",
    "cite",
    "colspan",
    "rowspan",
    "scope",
    "headers",
    "controls",
    "poster",
    "open",
    "start",
    "reversed",
    "type",
    "value",
    "srclang",
    "kind",
    "label",
    "width",
    "height",
    "media",
    "hreflang",
    "loop",
    "muted",
    "display",
    "encoding",
    "xmlns",
    "mathvariant",
];
const VOID: [&str; 10] = ["area", "br", "col", "embed", "hr", "img", "input", "source", "track", "wbr"];
/// Elements that begin a block of HTML wherever they stand (CommonMark, 4.6); others only where their tag is alone on its line.
const BEGIN: [&str; 12] =
    ["details", "dl", "figure", "table", "div", "section", "aside", "fieldset", "ul", "ol", "blockquote", "center"];

/// The start tag without its angle brackets.
pub(super) fn tag(element: &Element) -> String {
    let mut tag = element.name.clone();
    let is_layout =
        |name: &str| matches!(name, "width" | "height") && !matches!(element.name.as_str(), "img" | "video");
    // Some write words where an address belongs.
    let is_address = |name: &str, value: &str| name != "cite" || value.contains("://");
    let kept = |(name, value): &&(String, String)| {
        KEPT.contains(&name.as_str()) && !is_layout(name) && is_address(name, value)
    };
    for (name, value) in element.attributes.iter().filter(kept) {
        tag.push(' ');
        tag.push_str(name);
        if !value.is_empty() || name == "alt" {
            tag.push_str(&format!("=\"{}\"", escaped(value).replace('"', "&quot;").replace('\n', " ")));
        }
    }
    tag
}

/// An element within a line.
pub(super) fn inline(element: &Element) -> Vec<Inline> {
    if VOID.contains(&element.name.as_str()) {
        return vec![Inline::Void(tag(element))];
    }
    let words = element
        .children
        .iter()
        .flat_map(|node| match node {
            Node::Text(text) => vec![Inline::Text(text.clone())],
            Node::Element(child) => inline(child),
            Node::Comment(_) => Vec::new(),
        })
        .collect();
    vec![Inline::Element { tag: tag(element), words }]
}

/// An element on lines of its own.
pub(super) fn block(element: &Element) -> String {
    let mut html = String::new();
    push(element, false, &mut html);
    if BEGIN.contains(&element.name.as_str()) {
        return html;
    }
    let end = tag(element).len() + "<>".len();
    format!("{}\n{}", &html[..end], html[end..].trim_start())
}

fn push(element: &Element, in_pre: bool, html: &mut String) {
    let name = element.name.as_str();
    if matches!(name, "script" | "style" | "template" | "noscript") {
        return;
    }
    html.push_str(&format!("<{}>", tag(element)));
    if VOID.contains(&name) {
        return;
    }
    let in_pre = in_pre || name == "pre";
    for node in &element.children {
        match node {
            Node::Element(child) => push(child, in_pre, html),
            Node::Text(text) if in_pre => html.push_str(&escaped(text).replace('\n', "&#10;")),
            Node::Text(text) => push_collapsed(&escaped(text), html),
            Node::Comment(_) => {}
        }
    }
    html.push_str(&format!("</{name}>"));
}

fn push_collapsed(text: &str, html: &mut String) {
    for c in text.chars() {
        match c {
            ' ' | '\n' | '\t' | '\r' | '\u{c}' => {
                if !html.ends_with(' ') {
                    html.push(' ');
                }
            }
            c if c.is_control() => {}
            c => html.push(c),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
