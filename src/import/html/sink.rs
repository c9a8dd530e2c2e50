//! Takes the nodes that the library makes of HTML, each in a row of all of them. Knows how they are put together, not what they say.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::{Attribute, ExpandedName, QualName};

/// One node: what it is, where it is, what it holds.
pub(super) struct Raw {
    pub kind: Kind,
    pub parent: Option<usize>,
    pub children: Vec<usize>,
    pub line: usize,
}

pub(super) enum Kind {
    Element {
        name: String,
        attributes: Vec<(String, String)>,
    },
    Text(String),
    Comment(String),
    /// The document itself, and what a template holds.
    Root,
}

/// A node by its place in the row; elements with their names.
#[derive(Clone)]
pub(super) struct Handle {
    at: usize,
    name: Option<Rc<QualName>>,
    contents: Option<usize>,
}

#[derive(Default)]
pub(super) struct Sink {
    nodes: RefCell<Vec<Raw>>,
    line: Cell<usize>,
}

impl Sink {
    pub fn new() -> Self {
        let sink = Self::default();
        sink.add(Kind::Root);
        sink
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.nodes.borrow().len()
    }

    fn add(&self, kind: Kind) -> usize {
        let mut nodes = self.nodes.borrow_mut();
        nodes.push(Raw { kind, parent: None, children: Vec::new(), line: self.line.get() });
        nodes.len() - 1
    }

    fn detach(&self, at: usize) {
        let mut nodes = self.nodes.borrow_mut();
        if let Some(parent) = nodes[at].parent.take() {
            nodes[parent].children.retain(|child| *child != at);
        }
    }

    /// Puts it among the children of `parent`, as the `place`th; text is joined to text before it.
    fn insert(&self, parent: usize, place: usize, child: NodeOrText<Handle>) {
        let before = place.checked_sub(1).map(|before| self.nodes.borrow()[parent].children[before]);
        let at = match child {
            NodeOrText::AppendNode(handle) => {
                self.detach(handle.at);
                handle.at
            }
            NodeOrText::AppendText(text) => {
                if let Some(before) = before
                    && let Kind::Text(earlier) = &mut self.nodes.borrow_mut()[before].kind
                {
                    earlier.push_str(&text);
                    return;
                }
                self.add(Kind::Text(text.to_string()))
            }
        };
        let mut nodes = self.nodes.borrow_mut();
        nodes[at].parent = Some(parent);
        let place = place.min(nodes[parent].children.len());
        nodes[parent].children.insert(place, at);
    }
}

fn pairs(attributes: Vec<Attribute>) -> impl Iterator<Item = (String, String)> {
    attributes.into_iter().map(|attribute| (attribute.name.local.to_string(), attribute.value.to_string()))
}

impl TreeSink for Sink {
    type Handle = Handle;
    type Output = Vec<Raw>;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Vec<Raw> {
        self.nodes.into_inner()
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> Handle {
        Handle { at: 0, name: None, contents: None }
    }

    fn elem_name<'a>(&'a self, target: &'a Handle) -> ExpandedName<'a> {
        const NONE: ExpandedName<'static> = ExpandedName { ns: &html5ever::ns!(), local: &html5ever::local_name!("") };
        target.name.as_ref().map_or(NONE, |name| name.expanded())
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, flags: ElementFlags) -> Handle {
        let kind = Kind::Element { name: name.local.to_string(), attributes: pairs(attributes).collect() };
        let contents = flags.template.then(|| self.add(Kind::Root));
        Handle { at: self.add(kind), name: Some(Rc::new(name)), contents }
    }

    fn create_comment(&self, text: StrTendril) -> Handle {
        Handle { at: self.add(Kind::Comment(text.to_string())), name: None, contents: None }
    }

    fn create_pi(&self, _target: StrTendril, data: StrTendril) -> Handle {
        self.create_comment(data)
    }

    fn append(&self, parent: &Handle, child: NodeOrText<Handle>) {
        let place = self.nodes.borrow()[parent.at].children.len();
        self.insert(parent.at, place, child);
    }

    fn append_based_on_parent_node(&self, element: &Handle, before: &Handle, child: NodeOrText<Handle>) {
        let has_parent = self.nodes.borrow()[element.at].parent.is_some();
        if has_parent { self.append_before_sibling(element, child) } else { self.append(before, child) }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    fn get_template_contents(&self, target: &Handle) -> Handle {
        Handle { at: target.contents.unwrap_or(target.at), name: None, contents: None }
    }

    fn same_node(&self, one: &Handle, other: &Handle) -> bool {
        one.at == other.at
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &Handle, child: NodeOrText<Handle>) {
        if let NodeOrText::AppendNode(node) = &child {
            self.detach(node.at);
        }
        let found = {
            let nodes = self.nodes.borrow();
            nodes[sibling.at].parent.map(|parent| {
                (parent, nodes[parent].children.iter().position(|child| *child == sibling.at).unwrap_or(0))
            })
        };
        if let Some((parent, place)) = found {
            self.insert(parent, place, child);
        }
    }

    fn add_attrs_if_missing(&self, target: &Handle, attributes: Vec<Attribute>) {
        if let Kind::Element { attributes: own, .. } = &mut self.nodes.borrow_mut()[target.at].kind {
            for (name, value) in pairs(attributes) {
                if !own.iter().any(|(known, _)| *known == name) {
                    own.push((name, value));
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &Handle) {
        self.detach(target.at);
    }

    fn reparent_children(&self, node: &Handle, parent: &Handle) {
        let mut nodes = self.nodes.borrow_mut();
        let children = std::mem::take(&mut nodes[node.at].children);
        for child in &children {
            nodes[*child].parent = Some(parent.at);
        }
        nodes[parent.at].children.extend(children);
    }

    fn set_current_line(&self, line: u64) {
        self.line.set(usize::try_from(line).unwrap_or(0));
    }
}
