//! Figures: a picture with a caption, a run of them, or something else with words below it.

use super::spaces::tidy;
use super::tree::{Element, Node};
use super::{Reader, raw};
use crate::import::markdown::{Block, Inline, plain};

impl Reader<'_> {
    pub(super) fn figure(&mut self, element: &Element) -> Vec<Block> {
        let mut inner = Vec::new();
        figures(&element.children, &mut inner);
        let caption = own_caption(element);
        if !inner.is_empty() {
            let mut blocks: Vec<Block> = inner.into_iter().flat_map(|figure| self.figure(figure)).collect();
            blocks.extend(caption.map(|caption| self.blocks(&caption.children)).unwrap_or_default());
            return blocks;
        }
        let mut pictures = Vec::new();
        images(&element.children, None, &mut pictures);
        let content: Vec<Node> = without_caption(&element.children);
        let has_words = !super::tree::text(&content).trim().is_empty()
            || element
                .find(&|inner| matches!(inner.name.as_str(), "iframe" | "video" | "audio" | "table" | "pre"))
                .is_some();
        match &pictures[..] {
            [(image, link)] if !has_words => self.picture(element, image, *link, caption),
            _ => self.other_figure(element, &content, caption),
        }
    }

    fn picture(
        &mut self,
        figure: &Element,
        image: &Element,
        link: Option<&str>,
        caption: Option<&Element>,
    ) -> Vec<Block> {
        let link = link.filter(|link| !is_same_picture(link, image.attribute("src").unwrap_or_default()));
        let words = caption.map(|caption| tidy(self.inlines(&caption.children))).unwrap_or_default();
        let has_link =
            caption.is_some_and(|caption| caption.find_name("a").is_some_and(|a| a.attribute("href").is_some()));
        if !words.is_empty() && (has_link || link.is_some()) {
            self.add(figure, "`<figure>` with a link", "stays HTML: a caption in Markdown is words alone");
            return vec![Block::Html(raw::block(figure))];
        }
        let Some(Inline::Image { address, alt, .. }) = self.image(image) else {
            return if words.is_empty() { Vec::new() } else { vec![Block::Paragraph(words)] };
        };
        let picture = Inline::Image { address, alt, title: plain(&words) };
        let inline = match link {
            Some(link) => Inline::Link { address: link.to_owned(), title: String::new(), words: vec![picture] },
            None => picture,
        };
        vec![Block::Paragraph(vec![inline])]
    }

    /// Something that is no picture, and the words below it.
    fn other_figure(&mut self, figure: &Element, content: &[Node], caption: Option<&Element>) -> Vec<Block> {
        let address = super::tree::text(content).trim().to_owned();
        let mut blocks = if is_address(&address) && figure.find_name("a").is_none() {
            let words = vec![Inline::Text(address.clone())];
            vec![Block::Paragraph(vec![Inline::Link { address, title: String::new(), words }])]
        } else if let Some(media) = figure.find(&|inner| matches!(inner.name.as_str(), "video" | "audio")) {
            vec![Block::Html(raw::block(media))]
        } else {
            self.blocks(content)
        };
        let Some(caption) = caption else { return blocks };
        match blocks.last_mut() {
            Some(Block::Quote(quoted)) => quoted.extend(self.attribution(caption)),
            _ => blocks.extend(self.blocks(&caption.children)),
        }
        blocks
    }
}

/// Whether it is one address and nothing else.
fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// Figures below, none of which is inside another of them.
fn figures<'a>(nodes: &'a [Node], found: &mut Vec<&'a Element>) {
    for element in super::tree::elements(nodes) {
        if element.name == "figure" {
            found.push(element);
        } else {
            figures(&element.children, found);
        }
    }
}

/// Pictures below, each with where it links to; those of `<noscript>` are there already.
fn images<'a>(nodes: &'a [Node], link: Option<&'a str>, found: &mut Vec<(&'a Element, Option<&'a str>)>) {
    for element in super::tree::elements(nodes) {
        match element.name.as_str() {
            "img" => found.push((element, link)),
            "noscript" | "figcaption" => {}
            "a" => images(&element.children, element.attribute("href"), found),
            _ => images(&element.children, link, found),
        }
    }
}

fn own_caption(figure: &Element) -> Option<&Element> {
    figure.elements().find(|child| child.name == "figcaption").or_else(|| {
        let inner = figure.find_name("figcaption")?;
        figure.elements().all(|child| child.name != "figure" && child.find_name("figure").is_none()).then_some(inner)
    })
}

fn without_caption(nodes: &[Node]) -> Vec<Node> {
    nodes
        .iter()
        .filter(|node| !matches!(node, Node::Element(child) if child.name == "figcaption"))
        .map(|node| match node {
            Node::Element(child) => {
                Node::Element(Element { children: without_caption(&child.children), ..child.clone() })
            }
            other => other.clone(),
        })
        .collect()
}

/// Whether a link leads to the picture that is shown, in whatever size.
pub(super) fn is_same_picture(link: &str, source: &str) -> bool {
    let stem = |address: &str| {
        let path = address.split(['?', '#']).next().unwrap_or(address).to_ascii_lowercase();
        let path = path.rsplit_once("//").map_or(path.as_str(), |(_, rest)| rest).to_owned();
        let (stem, ending) = path.rsplit_once('.')?;
        if !matches!(ending, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "bmp") {
            return None;
        }
        let size = stem.rsplit_once('-').filter(|(_, size)| {
            *size == "scaled"
                || size.split_once('x').is_some_and(|(a, b)| {
                    [a, b].iter().all(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_digit()))
                })
        });
        Some(size.map_or(stem, |(stem, _)| stem).to_owned())
    };
    stem(link).is_some_and(|link| Some(link) == stem(source))
}
