//! Notes at the end of a text: a list whose items are linked to from marks in the words, and link back. Knows the tree only.

use std::collections::BTreeMap;

use super::Reader;
use super::tree::{Element, Node, elements};
use crate::import::markdown::Block;

/// Notes that were taken out of the tree.
#[derive(Default)]
pub(super) struct Notes {
    /// What they say, by their ids.
    texts: BTreeMap<String, Vec<Node>>,
    /// Ids in the order in which marks were found, each with its label.
    marked: Vec<String>,
}

impl Notes {
    /// Takes the lists of notes out of the tree, where each note of one is marked in the words.
    pub fn take(nodes: &mut Vec<Node>) -> Self {
        let mut marks = Vec::new();
        collect_marks(nodes, &mut marks);
        let mut notes = Self::default();
        if !marks.is_empty() {
            notes.take_lists(nodes, &marks);
        }
        notes
    }

    fn take_lists(&mut self, nodes: &mut Vec<Node>, marks: &[String]) {
        nodes.retain_mut(|node| {
            let Node::Element(element) = node else { return true };
            if !is_list(element) {
                self.take_lists(&mut element.children, marks);
                return true;
            }
            let mut items = Vec::new();
            collect_items(&element.children, &mut items);
            let are_marked = !items.is_empty()
                && items.iter().all(|item| item.attribute("id").is_some_and(|id| marks.iter().any(|mark| mark == id)));
            if are_marked {
                for item in items {
                    let id = item.attribute("id").unwrap_or_default().to_owned();
                    self.texts.insert(id, without_backlinks(&item.children));
                }
            }
            !are_marked
        });
    }
}

impl Reader<'_> {
    /// The label of the note that this element marks: a link to it, or a superscript that is nothing else.
    pub(super) fn note_mark(&mut self, element: &Element) -> Option<String> {
        let link = match element.name.as_str() {
            "a" => element,
            "sup" => {
                let mut inside = element.elements();
                let link = inside.next().filter(|link| link.name == "a")?;
                if inside.next().is_some()
                    || link.text().trim().len() < element.text().trim().trim_matches(['[', ']']).len()
                {
                    return None;
                }
                link
            }
            _ => return None,
        };
        let id = link.attribute("href")?.strip_prefix('#')?.to_owned();
        if !self.notes.texts.contains_key(&id) {
            return None;
        }
        if !self.notes.marked.contains(&id) {
            self.notes.marked.push(id.clone());
        }
        self.notes.marked.iter().position(|known| *known == id).map(|n| (n + 1).to_string())
    }

    /// The notes in the order of their marks.
    pub(super) fn note_blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut n = 0;
        // A note may mark another.
        while let Some(id) = self.notes.marked.get(n).cloned() {
            let nodes = self.notes.texts.get(&id).cloned().unwrap_or_default();
            n += 1;
            let inner = self.blocks(&nodes);
            blocks.push(Block::Footnote { label: n.to_string(), blocks: inner });
        }
        blocks
    }
}

/// Whether the element is a list of notes, or what holds one.
pub(super) fn is_list(element: &Element) -> bool {
    let is_named = |name: &str| name.starts_with("footnote") || name == "wp-block-footnotes" || name == "endnotes";
    matches!(element.name.as_str(), "div" | "section" | "ol" | "aside")
        && (element.classes().any(is_named) || element.attribute("role") == Some("doc-endnotes"))
}

fn collect_marks(nodes: &[Node], marks: &mut Vec<String>) {
    for element in elements(nodes) {
        if element.name == "a"
            && let Some(id) = element.attribute("href").and_then(|address| address.strip_prefix('#'))
        {
            marks.push(id.to_owned());
        }
        collect_marks(&element.children, marks);
    }
}

fn collect_items<'a>(nodes: &'a [Node], items: &mut Vec<&'a Element>) {
    for element in elements(nodes) {
        match element.name.as_str() {
            "li" => items.push(element),
            _ => collect_items(&element.children, items),
        }
    }
}

/// A note without the links that lead back to its mark.
fn without_backlinks(nodes: &[Node]) -> Vec<Node> {
    nodes
        .iter()
        .filter(|node| match node {
            Node::Element(element) if element.name == "a" => {
                let text = element.text();
                let is_sign = !text.chars().any(char::is_alphanumeric);
                !(element.attribute("href").is_some_and(|address| address.starts_with('#')) && is_sign)
            }
            _ => true,
        })
        .map(|node| match node {
            Node::Element(element) => {
                Node::Element(Element { children: without_backlinks(&element.children), ..element.clone() })
            }
            other => other.clone(),
        })
        .collect()
}
