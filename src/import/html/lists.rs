//! Lists of items, of tasks, and of terms with what they mean.

use super::spaces::tidy;
use super::tree::{Element, Node, elements};
use super::{Reader, raw};
use crate::import::markdown::{Block, Definition, Item};

impl Reader<'_> {
    pub(super) fn list(&mut self, element: &Element) -> Option<Block> {
        let mut items: Vec<Item> = Vec::new();
        for node in &element.children {
            match node {
                Node::Element(child) if child.name == "li" => {
                    let item = self.item(child);
                    items.push(item);
                }
                Node::Element(child) if matches!(child.name.as_str(), "script" | "style" | "template") => {
                    self.blocks(std::slice::from_ref(node));
                }
                // A list within a list, outside of its items: browsers show it below the item before.
                Node::Element(_) => {
                    let blocks = self.blocks(std::slice::from_ref(node));
                    match items.last_mut() {
                        Some(item) => item.blocks.extend(blocks),
                        None if blocks.is_empty() => {}
                        None => items.push(Item { blocks, ..Item::default() }),
                    }
                }
                Node::Text(text) if !text.trim().is_empty() => {
                    let blocks = self.blocks(std::slice::from_ref(node));
                    items.push(Item { blocks, ..Item::default() });
                }
                Node::Text(_) | Node::Comment(_) => {}
            }
        }
        let start = match element.name.as_str() {
            "ol" => Some(self.first_number(element)),
            _ => None,
        };
        (!items.is_empty()).then_some(Block::List { start, items })
    }

    fn first_number(&mut self, element: &Element) -> u64 {
        if element.attribute("reversed").is_some() {
            self.add(element, "numbered lists that count down", "the list counts up");
        }
        if element.attribute("type").is_some_and(|kind| kind != "1") {
            self.add(element, "lists with letters or Roman numerals", "the list has numbers");
        }
        let start = element.attribute("start").map(str::parse::<u64>);
        match start {
            Some(Ok(start)) if start < 100_000_000 => start,
            None => 1,
            Some(_) => {
                self.add(
                    element,
                    "numbered lists that begin below nought or beyond all numbers",
                    "the list begins with 1",
                );
                1
            }
        }
    }

    fn item(&mut self, element: &Element) -> Item {
        let (done, children) = match checkbox(&element.children) {
            Some((done, rest)) => (Some(done), rest),
            None => (None, element.children.clone()),
        };
        let is_loose = elements(&children).any(|child| child.name == "p" && !child.text().trim().is_empty());
        let mut blocks = self.blocks(&children);
        if let Some(place) = self.place(element) {
            match blocks.first_mut() {
                Some(Block::Paragraph(words)) => words.insert(0, place),
                _ => blocks.insert(0, Block::Paragraph(vec![place])),
            }
        }
        Item { done, blocks, is_loose }
    }

    /// Terms and their meanings; as HTML where one term follows another, for which there is no sign.
    pub(super) fn definitions(&mut self, element: &Element) -> Option<Block> {
        let parts: Vec<&Element> = element
            .elements()
            .flat_map(|child| if child.name == "div" { child.elements().collect() } else { vec![child] })
            .collect();
        let mut definitions: Vec<Definition> = Vec::new();
        for part in &parts {
            match part.name.as_str() {
                "dt" => definitions.push(Definition { term: tidy(self.inlines(&part.children)), details: Vec::new() }),
                _ => {
                    let blocks = self.blocks(&part.children);
                    match definitions.last_mut() {
                        Some(definition) if !blocks.is_empty() => definition.details.push(blocks),
                        _ => definitions.push(Definition::default()),
                    }
                }
            }
        }
        if definitions.iter().all(|definition| !definition.term.is_empty() && !definition.details.is_empty()) {
            return (!definitions.is_empty()).then_some(Block::Definitions(definitions));
        }
        if element.text().trim().is_empty() {
            return None;
        }
        self.add(element, "`<dl>` with terms that share a meaning", "stays HTML");
        Some(Block::Html(raw::block(element)))
    }
}

/// Whether an item begins with a box that is ticked or not, and what follows that.
fn checkbox(nodes: &[Node]) -> Option<(bool, Vec<Node>)> {
    let first = nodes.iter().position(|node| !matches!(node, Node::Text(text) if text.trim().is_empty()))?;
    let Node::Element(element) = &nodes[first] else { return None };
    if element.name == "input" && element.attribute("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox")) {
        return Some((element.attribute("checked").is_some(), nodes[first + 1..].to_vec()));
    }
    if !matches!(element.name.as_str(), "p" | "label" | "span") {
        return None;
    }
    let (done, children) = checkbox(&element.children)?;
    let mut rest = nodes[first..].to_vec();
    rest[0] = Node::Element(Element { children, ..element.clone() });
    Some((done, rest))
}
