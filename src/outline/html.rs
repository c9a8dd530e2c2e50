//! Raw HTML in a body: what may stay, which ids it brings, and a warning for what will be taken out. Knows the sanitiser's
//! rules, which rendering uses too; renders nothing.

use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::Builder;

use crate::diagnostic::Diagnostic;
use crate::fields::Faults;
use crate::model::{SourcePath, Span};

/// The code of the warning for HTML that is taken out; it does not apply to sites that say `html: trusted`.
pub const REMOVED_HTML: &str = "removed-html";

/// Elements of MathML that formulas are made of.
const MATHML: [&str; 30] = [
    "math",
    "annotation",
    "menclose",
    "merror",
    "mfrac",
    "mi",
    "mmultiscripts",
    "mn",
    "mo",
    "mover",
    "mpadded",
    "mphantom",
    "mprescripts",
    "mroot",
    "mrow",
    "ms",
    "mspace",
    "msqrt",
    "mstyle",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
    "none",
    "semantics",
];

/// Attributes of MathML that only shape a formula.
const MATHML_ATTRIBUTES: [&str; 22] = [
    "display",
    "mathvariant",
    "stretchy",
    "symmetric",
    "fence",
    "separator",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "movablelimits",
    "accent",
    "accentunder",
    "linethickness",
    "columnalign",
    "columnspacing",
    "rowspacing",
    "displaystyle",
    "scriptlevel",
    "width",
    "height",
    "depth",
];

/// The one sanitiser: what a body with raw HTML passes through, whole.
pub fn sanitiser() -> &'static Builder<'static> {
    static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
        let mut builder = Builder::default();
        builder
            .add_tags([
                "figure",
                "figcaption",
                "section",
                "input",
                "picture",
                "source",
                "video",
                "audio",
                "track",
                "mark",
            ])
            .add_tags(MATHML)
            .add_generic_attributes(["id", "class", "title", "lang", "dir", "role"])
            .add_generic_attribute_prefixes(["aria-", "data-"])
            .add_tag_attributes("a", ["href", "hreflang", "rel", "title"])
            .add_tag_attributes("img", ["loading", "decoding", "srcset", "sizes", "width", "height"])
            .add_tag_attributes("input", ["type", "checked", "disabled"])
            .add_tag_attributes("ol", ["start", "reversed", "type"])
            .add_tag_attributes("video", ["src", "controls", "poster", "width", "height", "preload", "muted", "loop"])
            .add_tag_attributes("audio", ["src", "controls", "preload"])
            .add_tag_attributes("source", ["src", "srcset", "type", "media", "sizes"])
            .add_tag_attributes("track", ["src", "kind", "srclang", "label"])
            .add_tag_attributes("details", ["open"])
            .add_tag_attributes("time", ["datetime"])
            .add_tag_attributes("th", ["scope", "align"])
            .add_tag_attributes("td", ["align"])
            .add_tag_attributes("math", ["xmlns"])
            .add_tag_attributes("annotation", ["encoding"])
            .set_tag_attribute_value("input", "type", "checkbox")
            .link_rel(None)
            .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "xmpp", "irc"]));
        for tag in MATHML {
            builder.add_tag_attributes(tag, MATHML_ATTRIBUTES);
        }
        builder
    });
    &SANITISER
}

/// Reads raw HTML piece by piece; a tag may begin in one piece and end in the next.
#[derive(Debug, Default)]
pub struct Reader {
    pending: String,
}

impl Reader {
    /// Collects ids and warns of what the sanitiser will take out.
    pub fn read(&mut self, piece: &str, span: Span, path: &SourcePath, ids: &mut Vec<String>, faults: &mut Faults) {
        self.pending.push_str(piece);
        let text = std::mem::take(&mut self.pending);
        let mut rest = text.as_str();
        while let Some(open) = rest.find('<') {
            let tail = &rest[open..];
            let Some(close) = tag_end(tail) else {
                if tail.len() < 4_096 {
                    tail.clone_into(&mut self.pending);
                }
                return;
            };
            read_tag(&tail[1..close], span, path, ids, faults);
            rest = &tail[close + 1..];
        }
    }
}

/// The byte of the `>` that ends the tag at the start of `text`, quotation marks minded.
fn tag_end(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|end| end + 2);
    }
    let mut quote = None;
    for (at, c) in text.char_indices().skip(1) {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    None
}

fn read_tag(inner: &str, span: Span, path: &SourcePath, ids: &mut Vec<String>, faults: &mut Faults) {
    if inner.starts_with(['!', '?', '/']) {
        return;
    }
    let name: String =
        inner.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_lowercase();
    if name.is_empty() {
        return;
    }
    let mut warn = |what: String, help: &str| {
        faults.push(
            Diagnostic::warning(REMOVED_HTML, format!("{what} is taken out of the page")).at(path, span).help(help),
        );
    };
    if !sanitiser().clone_tags().contains(name.as_str()) {
        return warn(format!("`<{name}>`"), instead(&name));
    }
    for (attribute, value) in attributes(&inner[name.len()..]) {
        match attribute.as_str() {
            "id" | "name" if !value.is_empty() => ids.push(value),
            "style" => {
                warn("the attribute `style`".to_owned(), "give it a class and style that in a file of `extra_css`")
            }
            on if on.starts_with("on") => warn(
                format!("the attribute `{on}`"),
                "put scripts in the theme's `hooks/head.html`, or say `html: trusted` in site.yaml",
            ),
            _ => {}
        }
    }
}

fn instead(tag: &str) -> &'static str {
    match tag {
        "script" => "put scripts in the theme's `hooks/head.html`, or say `html: trusted` in site.yaml",
        "style" | "link" => "put styles in a file of `extra_css`",
        "iframe" | "embed" | "object" => "link to the page instead, or say `html: trusted` in site.yaml",
        "svg" => "keep the drawing in a file and show it with `![…](drawing.svg)`",
        _ => "write it in Markdown, in backticks if it should show as text, or say `html: trusted` in site.yaml",
    }
}

/// Names and values of the attributes in the rest of a tag.
fn attributes(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        let end = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '/').unwrap_or(rest.len());
        if end == 0 {
            return found;
        }
        let name = rest[..end].to_lowercase();
        rest = rest[end..].trim_start();
        let Some(after) = rest.strip_prefix('=') else {
            found.push((name, String::new()));
            continue;
        };
        let after = after.trim_start();
        let (value, left) = match after.chars().next() {
            Some(quote @ ('"' | '\'')) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
            _ => after.split_at(after.find(char::is_whitespace).unwrap_or(after.len())),
        };
        found.push((name, value.to_owned()));
        rest = left;
    }
}
