//! Bodies as Markdown of ours, with their links and pictures led to where things are now. Knows the tree and the addresses of the old
//! site.

use std::path::{Path, PathBuf};

use crate::import::html::tree::{self, Element, Node};
use crate::import::html::{self, Loss};
use crate::import::links::{Around, Led};
use crate::import::markdown;
use crate::import::report::Report;
use crate::import::text::{Body, Destination, FileCopy, Picture, Text};
use crate::model::first_sentences;

use super::{media, plain};

/// The longest summary made of the words before a mark, in characters.
const MAX_SUMMARY: usize = 600;

/// The body as Markdown of ours.
pub fn body(text: &Text, around: &Around<'_>, report: &mut Report) -> Body {
    let mut made = Body::default();
    let mut leading = Leading { text, around, report, files: Vec::new() };
    made.picture =
        text.picture.as_ref().map(|picture| Picture { path: leading.led(&picture.path, 0), alt: picture.alt.clone() });
    let (before, whole) = match text.body.split_once("<!--more") {
        Some((before, rest)) => {
            let rest = rest.split_once("-->").map_or("", |(_, rest)| rest);
            (Some(before), format!("{before}{rest}"))
        }
        None => (None, text.body.clone()),
    };
    made.summary =
        before.map(plain).filter(|words| !words.is_empty()).map(|words| first_sentences(&words, MAX_SUMMARY));
    let is_linked = |id: &str| around.linked.has(id);
    let read = match tree::parse(&whole) {
        Some(mut nodes) => {
            leading.lead(&mut nodes);
            let text = folded(&tree::text(&nodes));
            mark_pull_quotes(&mut nodes, &text);
            html::read_tree(nodes, &is_linked)
        }
        None => html::read(&whole, &is_linked),
    };
    made.files = leading.files.into_iter().map(|(_, copy)| copy).collect();
    for Loss { line, what, why } in read.losses {
        report.add(text.line(line), what, why);
    }
    made.markdown = markdown::write(&read.blocks);
    made
}

/// A pull quote whose words stand in the text too is bold, by which it is one here.
fn mark_pull_quotes(nodes: &mut [Node], text: &str) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        if !element.has_class("wp-block-pullquote") {
            mark_pull_quotes(&mut element.children, text);
            continue;
        }
        let words = folded(&element.text());
        let is_pulled = !words.is_empty() && text.matches(&words).count() > 1;
        if let Some(paragraph) = only_paragraph(element).filter(|_| is_pulled) {
            let children = std::mem::take(&mut paragraph.children);
            let strong = Element { name: "strong".to_owned(), children, line: paragraph.line, ..Element::default() };
            paragraph.children.push(Node::Element(strong));
        }
    }
}

/// The paragraph that is all of a quotation: nothing says whose words it has.
fn only_paragraph(element: &mut Element) -> Option<&mut Element> {
    let mut children = element.children.iter_mut().filter_map(|node| match node {
        Node::Element(child) => Some(child),
        _ => None,
    });
    let only = children.next()?;
    if children.next().is_some() {
        return None;
    }
    match only.name.as_str() {
        "p" => Some(only),
        "blockquote" => only_paragraph(only),
        _ => None,
    }
}

/// Words as they are compared.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Leads the addresses of a body to where things are now.
struct Leading<'a, 'r> {
    text: &'a Text,
    around: &'a Around<'a>,
    report: &'r mut Report,
    /// Names beside the text, and what is copied there.
    files: Vec<(String, FileCopy)>,
}

impl Leading<'_, '_> {
    fn lead(&mut self, nodes: &mut Vec<Node>) {
        // The button beside a file's link leads to the same file.
        let is_button =
            |element: &Element| element.has_class("wp-block-file__button") || element.has_class("wp-block-file__embed");
        nodes.retain(|node| !matches!(node, Node::Element(element) if is_button(element)));
        for node in nodes {
            let Node::Element(element) = node else { continue };
            let line = element.line;
            for name in ["href", "src", "poster"] {
                if let Some(address) = element.attribute(name).map(str::trim).map(str::to_owned)
                    && !address.is_empty()
                    && !(name == "src" && matches!(element.name.as_str(), "iframe" | "embed" | "script"))
                {
                    let led = self.led(&address, line);
                    element.set(name, &led);
                }
            }
            self.lead(&mut element.children);
        }
    }

    fn led(&mut self, address: &str, line: usize) -> String {
        if let Some(below) = media::below_uploads(address) {
            let copied = self.text.has_files.then(|| media::file(address, &self.text.folder)).flatten();
            return match copied {
                Some(from) => self.copied(from, &below),
                None => {
                    let why = format!("the address stays as it is: {address}");
                    self.report.add(self.text.line(line), "uploads that are not at hand", why);
                    address.to_owned()
                }
            };
        }
        if let Some(entry) =
            number_in(address, self.around.old.base_url.as_deref()).and_then(|id| self.around.names.by_key(&id))
        {
            return self.around.to(entry, None);
        }
        match self.around.leads(address, Path::new("")) {
            Led::Text(link) => link,
            Led::File(link, copy) => {
                self.files.push((link.clone(), copy));
                link
            }
            Led::Lost(_) if address.starts_with('#') => address.to_owned(),
            Led::Lost(path) => {
                let why = format!("`{path}` is no text of the export; the address stays as it is");
                self.report.add(self.text.line(line), "links to the old site that lead to no text", why);
                whole_address(address, self.around.old.base_url.as_deref())
            }
            Led::Elsewhere => address.to_owned(),
        }
    }

    /// The name of an upload beside the text: its own, or its whole path where another has that.
    fn copied(&mut self, from: PathBuf, below: &str) -> String {
        let name = from.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let is_other = |(known, copy): &&(String, FileCopy)| *known == name && copy.from != from;
        let name = if self.files.iter().find(is_other).is_some() { below.to_owned() } else { name };
        let link = percent_encoding::utf8_percent_encode(&name, crate::model::PATH).to_string();
        self.files.push((name.clone(), FileCopy { from, to: Destination::Beside(name) }));
        link
    }
}

/// The number of a text in an address of the old site that has no path: `https://old.example/?p=7`.
fn number_in(address: &str, base: Option<&str>) -> Option<String> {
    let bare = |address: &str| {
        let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
        rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/').to_lowercase()
    };
    let (before, query) = address.split_once('?')?;
    let is_own = matches!(before, "" | "/") || base.is_some_and(|base| bare(base) == bare(before));
    let mut values = query.split(['&', '#']);
    let value = values.find_map(|pair| pair.strip_prefix("p=").or_else(|| pair.strip_prefix("page_id=")))?;
    (is_own && value.bytes().all(|byte| byte.is_ascii_digit())).then(|| value.to_owned())
}

/// An address of the old site from its beginning, so that it leads somewhere from anywhere.
fn whole_address(address: &str, base: Option<&str>) -> String {
    match base.filter(|_| address.starts_with('/') && !address.starts_with("//")) {
        Some(base) => {
            let host = base.split_once("://").map_or(base, |(_, rest)| rest).split('/').next().unwrap_or_default();
            let scheme = base.split_once("://").map_or("https", |(scheme, _)| scheme);
            format!("{scheme}://{host}{address}")
        }
        None => address.to_owned(),
    }
}
