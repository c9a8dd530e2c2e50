//! HTML as a tree of values, read as browsers read it. Knows elements and text, not what they mean.

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, QualName, local_name, ns, parse_fragment};

use super::sink::{Kind, Raw, Sink};

/// How deep elements are inside each other; what is deeper stands at this depth.
pub const MAX_DEPTH: usize = 100;
/// How many elements may be open at once, whatever of them the tree holds: the library's time for each tag grows with them.
const MAX_OPEN: usize = 400;
/// How much is read before the nodes are counted: unclosed emphasis goes on in each new paragraph, and makes nodes out of nothing.
const PIECE: usize = 4096;

#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    Element(Element),
    Text(String),
    Comment(String),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    pub children: Vec<Node>,
    /// Where it begins, from 0.
    pub line: usize,
}

impl Element {
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    pub fn has_class(&self, class: &str) -> bool {
        self.classes().any(|own| own == class)
    }

    pub fn classes(&self) -> impl Iterator<Item = &str> {
        self.attribute("class").unwrap_or_default().split_ascii_whitespace()
    }

    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        elements(&self.children)
    }

    /// The first below it for which `is` holds, itself included.
    pub fn find(&self, is: &dyn Fn(&Element) -> bool) -> Option<&Element> {
        if is(self) { Some(self) } else { self.elements().find_map(|child| child.find(is)) }
    }

    /// The first of this name below it.
    pub fn find_name(&self, name: &str) -> Option<&Element> {
        self.find(&|element| element.name == name)
    }

    /// Its text as it is written.
    pub fn text(&self) -> String {
        text(&self.children)
    }
}

pub fn elements(nodes: &[Node]) -> impl Iterator<Item = &Element> {
    nodes.iter().filter_map(|node| match node {
        Node::Element(element) => Some(element),
        _ => None,
    })
}

/// The text of all of them; a line break where `<br>` stands.
pub fn text(nodes: &[Node]) -> String {
    let mut out = String::new();
    push_text(nodes, &mut out);
    out
}

fn push_text(nodes: &[Node], out: &mut String) {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Element(element) if element.name == "br" => out.push('\n'),
            Node::Element(element) => push_text(&element.children, out),
            Node::Comment(_) => {}
        }
    }
}

/// What browsers would make of this within a page's body; none if so many elements are open in it at once, or so much would come
/// of it, that it is no text.
pub fn parse(html: &str) -> Option<Vec<Node>> {
    if open_at_once(html) > MAX_OPEN {
        return None;
    }
    // What stands for a script that does not run is part of the text.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let body = QualName::new(None, ns!(html), local_name!("body"));
    let mut parser = parse_fragment(Sink::new(), options, body, Vec::new(), false);
    let most = 1024 + html.len();
    let mut rest = html;
    while !rest.is_empty() {
        let end = rest.ceil_char_boundary(PIECE);
        parser.process(StrTendril::from_slice(&rest[..end]));
        rest = &rest[end..];
        if parser.tokenizer.sink.sink.len() > most {
            return None;
        }
    }
    Some(nested(parser.finish()))
}

/// The most elements that are open at one place, by their tags alone.
fn open_at_once(html: &str) -> usize {
    const NEVER_OPEN: [&str; 21] = [
        "p", "li", "td", "th", "tr", "dt", "dd", "option", "br", "img", "hr", "input", "wbr", "source", "embed", "col",
        "link", "meta", "area", "track", "param",
    ];
    let (mut open, mut most) = (0_usize, 0);
    for tag in html.split('<').skip(1) {
        let (is_end, name) = match tag.strip_prefix('/') {
            Some(name) => (true, name),
            None => (false, tag),
        };
        let name = &name[..name.bytes().take_while(u8::is_ascii_alphanumeric).count()];
        if !name.starts_with(|c: char| c.is_ascii_alphabetic())
            || NEVER_OPEN.iter().any(|other| other.eq_ignore_ascii_case(name))
        {
            continue;
        }
        open = if is_end { open.saturating_sub(1) } else { open + 1 };
        most = most.max(open);
    }
    most
}

/// The tree below the root that the library gives fragments. Without recursion: only here it may be of any depth.
fn nested(mut row: Vec<Raw>) -> Vec<Node> {
    let Some(root) = row[0].children.first().copied() else { return Vec::new() };
    // Each open element with its children that are still to come, the next one last.
    let mut open: Vec<(Element, Vec<usize>)> = Vec::new();
    let mut todo = reversed(&mut row, root);
    let mut nodes = Vec::new();
    loop {
        let next = match open.last_mut() {
            Some((_, rest)) => rest.pop(),
            None => todo.pop(),
        };
        let Some(at) = next else {
            let Some((element, _)) = open.pop() else { return nodes };
            open.last_mut().map_or(&mut nodes, |(parent, _)| &mut parent.children).push(Node::Element(element));
            continue;
        };
        let line = row[at].line.saturating_sub(1);
        let kind = std::mem::replace(&mut row[at].kind, Kind::Root);
        let siblings = open.last_mut();
        match kind {
            Kind::Text(text) => siblings.map_or(&mut nodes, |(parent, _)| &mut parent.children).push(Node::Text(text)),
            Kind::Comment(text) => {
                siblings.map_or(&mut nodes, |(parent, _)| &mut parent.children).push(Node::Comment(text));
            }
            Kind::Element { .. } if open.len() >= MAX_DEPTH => {
                let children = reversed(&mut row, at);
                if let Some((_, rest)) = open.last_mut() {
                    rest.extend(children);
                }
            }
            Kind::Element { name, attributes } => {
                let children = reversed(&mut row, at);
                open.push((Element { name, attributes, children: Vec::new(), line }, children));
            }
            Kind::Root => {}
        }
    }
}

fn reversed(row: &mut [Raw], at: usize) -> Vec<usize> {
    let mut children = std::mem::take(&mut row[at].children);
    children.reverse();
    children
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(nodes: &[Node]) -> usize {
        elements(nodes).map(|element| 1 + depth(&element.children)).max().unwrap_or(0)
    }

    #[test]
    fn end_tags_that_are_left_out_are_where_browsers_have_them() {
        let nodes = parse("<ol><li>open<li>shut</ol>").unwrap_or_default();
        let items: Vec<String> = elements(&nodes).flat_map(Element::elements).map(Element::text).collect();
        assert_eq!(items, ["open", "shut"]);
    }

    #[test]
    fn a_tree_has_a_greatest_depth_and_loses_no_words_by_it() {
        for deep in [MAX_DEPTH, MAX_DEPTH + 1] {
            let html = format!("{}inside{}", "<div>".repeat(deep), "</div>".repeat(deep));
            let nodes = parse(&html).unwrap_or_default();
            assert_eq!(depth(&nodes), MAX_DEPTH);
            assert_eq!(text(&nodes), "inside");
        }
    }

    #[test]
    fn what_is_no_text_is_not_made_a_tree() {
        assert!(parse(&"<div>".repeat(MAX_OPEN)).is_some());
        assert!(parse(&"<div>".repeat(MAX_OPEN + 1)).is_none());
        assert!(parse(&"<p>".repeat(5_000)).is_some());
    }
}
