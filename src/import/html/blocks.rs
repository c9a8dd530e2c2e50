//! Elements one below the other. Knows which of them has which form; what is inside a line is `inlines`.

use super::inlines::{is_blank, is_block, is_inline};
use super::spaces::tidy;
use super::tree::{Element, Node};
use super::{Reader, raw};
use crate::import::markdown::{Block, Inline, plain};
use crate::model::slug;

impl Reader<'_> {
    pub(super) fn blocks(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut words = Vec::new();
        for node in nodes {
            match node {
                Node::Element(element) if is_inline(element) => self.inline(element, &mut words),
                Node::Element(element) => {
                    blocks.extend(paragraphs(std::mem::take(&mut words)));
                    let place = if is_heading(&element.name) { None } else { self.place(element) };
                    let first = blocks.len();
                    self.block(element, &mut blocks);
                    anchor(&mut blocks, first, place);
                }
                Node::Text(text) => words.push(Inline::Text(text.clone())),
                Node::Comment(_) => {}
            }
        }
        blocks.extend(paragraphs(words));
        blocks
    }

    fn block(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let style = element.attribute("style").unwrap_or_default();
        if let Some(address) = style.split_once("url(").and_then(|(_, rest)| rest.split(')').next()) {
            self.add(element, "pictures behind words", format!("left out: {}", address.trim_matches(['"', '\'', ' '])));
        }
        match element.name.as_str() {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element, blocks),
            "blockquote" => {
                let quoted = self.quotation(element);
                if !quoted.is_empty() {
                    blocks.push(Block::Quote(quoted));
                }
            }
            "pre" | "listing" | "xmp" | "plaintext" => {
                let code = self.code_block(element);
                blocks.push(code);
            }
            "ul" | "ol" | "menu" | "dir" => blocks.extend(self.list(element)),
            "dl" => blocks.extend(self.definitions(element)),
            "table" => blocks.extend(self.table(element)),
            "figure" => blocks.extend(self.figure(element)),
            "hr" => blocks.push(Block::Rule),
            "details" => {
                self.add(element, "`<details>`", "stays HTML");
                blocks.push(Block::Html(raw::block(element)));
            }
            "form" | "fieldset" => {
                let inner = self.blocks(&element.children);
                self.add(element, format!("`<{}>`", element.name), "its words stay");
                blocks.extend(inner);
            }
            name if is_block(name) => blocks.extend(self.blocks(&element.children)),
            _ => blocks.extend(self.marked(element)),
        }
    }

    /// An element of a line around blocks: what it does to words, it does to those of each.
    fn marked(&mut self, element: &Element) -> Vec<Block> {
        let blocks = self.blocks(&element.children);
        let around: Box<dyn Fn(Vec<Inline>) -> Inline> = match element.name.as_str() {
            "em" | "i" => Box::new(Inline::Emphasis),
            "strong" | "b" => Box::new(Inline::Strong),
            "del" | "s" | "strike" => Box::new(Inline::Struck),
            "a" => match element.attribute("href").map(str::trim).map(str::to_owned) {
                Some(address) if !address.is_empty() => {
                    Box::new(move |words| Inline::Link { address: address.clone(), title: String::new(), words })
                }
                _ => return blocks,
            },
            _ => return blocks,
        };
        blocks
            .into_iter()
            .map(|block| match block {
                Block::Paragraph(words) => Block::Paragraph(tidy(vec![around(words)])),
                Block::Heading { level, id, words } => Block::Heading { level, id, words: tidy(vec![around(words)]) },
                other => other,
            })
            .collect()
    }

    fn heading(&mut self, element: &Element, blocks: &mut Vec<Block>) {
        let words = tidy(self.inlines(&element.children));
        if words.is_empty() {
            return;
        }
        let level = element.name.as_bytes()[1] - b'0';
        let id = element.attribute("id").filter(|id| !id.is_empty() && **id != *slug(&plain(&words)));
        let is_plain = |id: &&str| id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        if let Some(id) = id.filter(|id| !is_plain(id)) {
            self.add(element, "ids that no heading can have", format!("left out: {id}"));
        }
        blocks.push(Block::Heading { level, id: id.filter(is_plain).map(str::to_owned), words });
    }

    /// What is quoted, and who said it in a paragraph that begins with a dash.
    fn quotation(&mut self, element: &Element) -> Vec<Block> {
        let is_source = |node: &&Node| match node {
            Node::Element(child) => {
                matches!(child.name.as_str(), "cite" | "footer" | "figcaption") || is_only_cite(child)
            }
            _ => false,
        };
        let mut blocks = Vec::new();
        let mut rest = &element.children[..];
        let mut sources = Vec::new();
        while let [start @ .., last] = rest {
            match last {
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Element(child) if is_source(&last) => sources.insert(0, child),
                _ => break,
            }
            rest = start;
        }
        blocks.extend(self.blocks(rest));
        for source in sources {
            blocks.extend(self.attribution(source));
        }
        blocks
    }

    pub(super) fn attribution(&mut self, source: &Element) -> Option<Block> {
        let source = if is_only_cite(source) { source.find_name("cite").unwrap_or(source) } else { source };
        let mut words = tidy(self.inlines(&source.children));
        if let Some(Inline::Text(text)) = words.first_mut() {
            *text = text.trim_start_matches(['\u{2014}', '\u{2013}', '\u{2015}', '-', '~', ' ']).to_owned();
        }
        let mut all = vec![Inline::Text("\u{2014} ".to_owned())];
        all.extend(words);
        let words = tidy(all);
        (words.len() > 1 || plain(&words).chars().count() > 1).then_some(Block::Paragraph(words))
    }

    pub(super) fn code_block(&mut self, element: &Element) -> Block {
        let inner = element.find_name("code");
        let language = [Some(element), inner].into_iter().flatten().find_map(language).unwrap_or_default();
        for (name, what) in [("img", "pictures within code"), ("a", "links within code")] {
            if let Some(found) = element.find_name(name) {
                let address = found.attribute("src").or_else(|| found.attribute("href")).unwrap_or_default();
                self.add(element, what, format!("left out: {address}"));
            }
        }
        let text: String = element.text().chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
        Block::Code { language, text }
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

fn is_only_cite(element: &Element) -> bool {
    element.name == "p"
        && element.children.iter().all(|node| match node {
            Node::Text(text) => text.trim_matches([' ', '\n', '\u{2014}', '\u{2013}', '-']).is_empty(),
            Node::Element(child) => child.name == "cite",
            Node::Comment(_) => true,
        })
        && element.elements().next().is_some()
}

/// The language that a class or an attribute names.
fn language(element: &Element) -> Option<String> {
    let named =
        ["data-language", "data-lang", "data-enlighter-language"].iter().find_map(|name| element.attribute(name));
    let class = element.attribute("class").unwrap_or_default().replace(": ", ":").replace(';', " ");
    let of_class = class.split_ascii_whitespace().find_map(|class| {
        ["language-", "lang-", "brush:", "highlight-source-", "lang:"]
            .iter()
            .find_map(|start| class.strip_prefix(start))
    });
    let language = of_class.or(named)?.to_ascii_lowercase();
    let is_plain = language.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.'));
    let says_nothing =
        matches!(language.as_str(), "" | "none" | "plain" | "plaintext" | "generic" | "text" | "raw" | "default");
    (is_plain && !says_nothing).then_some(language)
}

/// The words between blocks: two line breaks in a row part paragraphs, as they do to the eye.
pub(super) fn paragraphs(words: Vec<Inline>) -> Vec<Block> {
    let words = tidy(words);
    let mut paragraphs = Vec::new();
    let mut current = Vec::new();
    for (n, inline) in words.iter().enumerate() {
        let is_break = |n: Option<usize>| n.and_then(|n| words.get(n)).is_some_and(|inline| *inline == Inline::Break);
        if *inline == Inline::Break && (is_break(n.checked_sub(1)) || is_break(Some(n + 1))) {
            paragraphs.push(std::mem::take(&mut current));
        } else {
            current.push(inline.clone());
        }
    }
    paragraphs.push(current);
    paragraphs.into_iter().map(tidy).filter(|words| !is_blank(words)).map(Block::Paragraph).collect()
}

/// Puts the place of an element before the words of the first block that came of it.
fn anchor(blocks: &mut Vec<Block>, first: usize, place: Option<Inline>) {
    let Some(place) = place else { return };
    match blocks.get_mut(first) {
        Some(Block::Paragraph(words) | Block::Heading { words, .. }) => words.insert(0, place),
        _ => blocks.insert(first, Block::Paragraph(vec![place])),
    }
}
