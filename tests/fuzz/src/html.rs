//! Pages read again with html5ever: what is not well-formed, and what would run. Walks without recursion.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

const RUNNING: [&str; 6] = ["script", "iframe", "object", "embed", "base", "style"];
const ADDRESSES: [&str; 7] = ["href", "src", "poster", "cite", "action", "formaction", "data"];

fn parsed(html: &str) -> RcDom {
    parse_document(RcDom::default(), ParseOpts::default()).one(html)
}

/// What the parser of browsers finds wrong.
pub fn faults(html: &str) -> Vec<String> {
    parsed(html).errors.borrow().iter().map(|error| error.clone().into_owned()).collect()
}

/// Each element's name and attributes.
fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found = Vec::new();
    let mut open: Vec<Handle> = vec![parsed(html).document];
    while let Some(node) = open.pop() {
        if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
            let attributes = attrs.borrow().iter().map(|a| (a.name.local.to_string(), a.value.to_string())).collect();
            found.push((name.local.to_string(), attributes));
            open.extend(template_contents.borrow().clone());
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    found
}

/// Elements and attributes that run something, or would change what addresses mean.
pub fn running(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, attributes) in elements(html) {
        if RUNNING.contains(&name.as_str()) {
            found.push(format!("<{name}>"));
        }
        for (attribute, value) in attributes {
            let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let scheme = plain.split(':').next().unwrap_or_default().to_lowercase();
            let runs =
                ADDRESSES.contains(&attribute.as_str()) && ["javascript", "vbscript", "data"].contains(&&*scheme);
            if attribute.starts_with("on") || attribute == "srcdoc" || (runs && plain.contains(':')) {
                found.push(format!("<{name} {attribute}={value:?}>"));
            }
        }
    }
    found
}

/// Every address of links and pictures.
pub fn addresses(html: &str) -> Vec<String> {
    let attributes = elements(html).into_iter().flat_map(|(_, attributes)| attributes);
    attributes.filter(|(name, _)| ADDRESSES.contains(&name.as_str())).map(|(_, value)| value).collect()
}
