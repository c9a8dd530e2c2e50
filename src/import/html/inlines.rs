//! Elements within a line. Knows no blocks.

use super::tree::{Element, Node};
use super::{Reader, footnotes, frames, raw};
use crate::import::markdown::{Inline, plain};

/// Elements that have no sign in Markdown and mean something: they stay as they are.
const KEPT: [&str; 22] = [
    "sup", "sub", "kbd", "abbr", "mark", "ins", "u", "small", "cite", "q", "time", "var", "samp", "dfn", "ruby", "rt",
    "rp", "bdo", "bdi", "data", "wbr", "picture",
];

/// Whether nothing of these words can be seen.
pub fn is_blank(words: &[Inline]) -> bool {
    words.iter().all(|inline| match inline {
        Inline::Text(text) => text.chars().all(char::is_whitespace),
        Inline::Break => true,
        _ => false,
    })
}

impl Reader<'_> {
    pub(super) fn inlines(&mut self, nodes: &[Node]) -> Vec<Inline> {
        let mut words = Vec::new();
        for node in nodes {
            match node {
                Node::Text(text) => words.push(Inline::Text(text.clone())),
                Node::Element(element) => self.inline(element, &mut words),
                Node::Comment(_) => {}
            }
        }
        words
    }

    pub(super) fn inline(&mut self, element: &Element, words: &mut Vec<Inline>) {
        if let Some(label) = self.note_mark(element) {
            words.push(Inline::FootnoteMark(label));
            return;
        }
        if element.name != "a" || element.attribute("href").is_some() {
            words.extend(self.place(element));
        }
        let name = element.name.as_str();
        match name {
            "em" | "i" => words.push(Inline::Emphasis(unmarked(self.inlines(&element.children), Mark::Emphasis))),
            "strong" | "b" => words.push(Inline::Strong(unmarked(self.inlines(&element.children), Mark::Strong))),
            "del" | "s" | "strike" => {
                words.push(Inline::Struck(unmarked(self.inlines(&element.children), Mark::Struck)))
            }
            "code" | "tt" => self.code(element, words),
            "br" => words.push(Inline::Break),
            "wbr" => words.push(Inline::Void("wbr".to_owned())),
            "a" => self.link(element, words),
            "img" => words.extend(self.image(element)),
            "iframe" | "embed" | "object" => words.extend(self.frame(element)),
            "script" | "style" | "template" | "noscript" | "link" | "meta" | "title" => self.invisible(element, words),
            "input" | "select" | "textarea" | "button" | "form" | "label" | "option" | "svg" | "canvas" | "map" => {
                self.unmarkable(element, words);
            }
            "math" | "video" | "audio" => words.extend(raw::inline(element)),
            name if KEPT.contains(&name) => {
                let inner = self.inlines(&element.children);
                if !inner.is_empty() {
                    words.push(Inline::Element { tag: raw::tag(element), words: inner });
                }
            }
            name => {
                let inner = self.inlines(&element.children);
                let space = || is_block(name).then(|| Inline::Text(" ".to_owned()));
                words.extend(space().into_iter().chain(inner).chain(space()));
            }
        }
    }

    /// Code that holds nothing but text has a sign, each line of it; other code stays an element.
    fn code(&mut self, element: &Element, words: &mut Vec<Inline>) {
        let is_plain = |inner: &Element| matches!(inner.name.as_str(), "code" | "span" | "tt" | "font" | "br");
        if element.find(&|inner| !is_plain(inner)).is_some() {
            words.push(Inline::Element { tag: "code".to_owned(), words: self.inlines(&element.children) });
            return;
        }
        if element.find_name("br").is_none() {
            words.push(Inline::Code(element.text()));
            return;
        }
        for (n, line) in element.text().split('\n').enumerate() {
            if n > 0 {
                words.push(Inline::Break);
            }
            words.push(Inline::Code(line.to_owned()));
        }
    }

    fn link(&mut self, element: &Element, words: &mut Vec<Inline>) {
        let inner = self.inlines(&element.children);
        let Some(address) = element.attribute("href").map(str::trim) else {
            words.extend(self.place(element));
            words.extend(inner);
            return;
        };
        if address.to_ascii_lowercase().starts_with("javascript:") {
            self.add(
                element,
                "links that run a script",
                format!("its words were brought: \u{201c}{}\u{201d}", plain(&inner)),
            );
            words.extend(inner);
            return;
        }
        if inner.is_empty() || is_blank(&inner) {
            if !address.is_empty() && !address.starts_with('#') {
                self.add(element, "links without words", format!("left out: {address}"));
            }
            words.extend(inner);
            return;
        }
        let title = element.attribute("title").unwrap_or_default().trim();
        let title = if title == plain(&inner) { "" } else { title };
        words.push(Inline::Link { address: address.to_owned(), title: title.to_owned(), words: inner });
    }

    pub(super) fn image(&mut self, element: &Element) -> Option<Inline> {
        // Some wait in an attribute of their own until a script shows them.
        let waiting = ["data-src", "data-lazy-src", "data-orig-file"].iter().find_map(|name| element.attribute(name));
        let source = element.attribute("src").map(str::trim).unwrap_or_default();
        let is_stand_in = source.is_empty() || source.starts_with("data:");
        let address = if is_stand_in { waiting.unwrap_or(source) } else { source };
        if address.is_empty() {
            self.add(element, "pictures without an address", "left out");
            return None;
        }
        if address.starts_with("data:") {
            self.add(element, "pictures within the text", "left out: a picture is a file of its own");
            return None;
        }
        let alt = element.attribute("alt").unwrap_or_default().split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        Some(Inline::Image { address: address.to_owned(), alt, title: String::new() })
    }

    fn frame(&mut self, element: &Element) -> Option<Inline> {
        let Some(source) = frames::source(element) else {
            self.add(element, format!("`<{}>`", element.name), "left out: it has no address");
            return None;
        };
        let address = match frames::known_frame(&source) {
            Some(address) => address,
            None => {
                let why = format!("a link stands in its place: {source}");
                self.add(element, format!("`<{}>` of other hosts", element.name), why);
                source
            }
        };
        Some(Inline::Link { words: vec![Inline::Text(address.clone())], address, title: String::new() })
    }

    fn invisible(&mut self, element: &Element, words: &mut Vec<Inline>) {
        if let Some(address) = frames::of_script(element) {
            words.push(Inline::Link { words: vec![Inline::Text(address.clone())], address, title: String::new() });
            return;
        }
        if element.name == "noscript" {
            let inner = self.inlines(&element.children);
            // The picture that a script would show, a second time.
            let is_second = matches!(&inner[..], [image @ Inline::Image { .. }] if words.contains(image));
            words.extend(inner.into_iter().filter(|_| !is_second));
            return;
        }
        let why = match element.attribute("src") {
            Some(source) => format!("left out: {source}"),
            None => "left out".to_owned(),
        };
        self.add(element, format!("`<{}>`", element.name), why);
    }

    /// Elements that do something: their words stay.
    fn unmarkable(&mut self, element: &Element, words: &mut Vec<Inline>) {
        let inner = self.inlines(&element.children);
        if element.name != "label" {
            let why =
                if is_blank(&inner) { "left out".to_owned() } else { format!("its words stay: {}", plain(&inner)) };
            self.add(element, format!("`<{}>`", element.name), why);
        }
        words.extend(inner);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Emphasis,
    Strong,
    Struck,
}

/// Words without a mark that stands around all of them already.
fn unmarked(words: Vec<Inline>, mark: Mark) -> Vec<Inline> {
    words
        .into_iter()
        .flat_map(|inline| match inline {
            Inline::Emphasis(inner) if mark == Mark::Emphasis => inner,
            Inline::Strong(inner) if mark == Mark::Strong => inner,
            Inline::Struck(inner) if mark == Mark::Struck => inner,
            other => vec![other],
        })
        .collect()
}

/// Whether an element is one of a paragraph, so that what stands beside it is of the same.
pub(super) fn is_inline(element: &Element) -> bool {
    !is_block(&element.name) && !element.elements().any(|child| !is_inline(child)) && !footnotes::is_list(element)
}

/// Elements that end a paragraph.
pub(super) fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 43] = [
        "address",
        "article",
        "aside",
        "blockquote",
        "center",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "dd",
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
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "ul",
        "xmp",
        "legend",
        "optgroup",
    ];
    BLOCKS.contains(&name)
}
