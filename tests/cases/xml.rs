//! Reads XML back with quick-xml: elements in order, each with its parents, attributes and text.

use quick_xml::Reader;
use quick_xml::events::Event;

/// One element.
#[derive(Clone, Debug, Default)]
pub struct Element {
    pub name: String,
    /// The names from the root down to its parent.
    pub within: Vec<String>,
    pub attributes: Vec<(String, String)>,
    pub text: String,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Every element of a well-formed document, in the order of their start tags.
pub fn elements(text: &str) -> Vec<Element> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("no XML at {}: {error}", reader.buffer_position())) {
            Event::Eof => break,
            event @ (Event::Start(_) | Event::Empty(_)) => {
                let empty = matches!(event, Event::Empty(_));
                let (Event::Start(start) | Event::Empty(start)) = event else { unreachable!("matched above") };
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.expect("an attribute");
                    let key = attribute.key.as_ref().to_owned();
                    (key, quick_xml::escape::unescape(&attribute.value).expect("an attribute's value").into_owned())
                });
                let name = start.name().as_ref().to_owned();
                let within = open.iter().map(|n| found[*n].name.clone()).collect();
                let element = Element { name, within, attributes: attributes.collect(), text: String::new() };
                found.push(element);
                if !empty {
                    open.push(found.len() - 1);
                }
            }
            Event::End(_) => {
                open.pop().expect("an open element");
            }
            Event::Text(part) => {
                if let Some(n) = open.last() {
                    found[*n].text.push_str(&part);
                }
            }
            Event::GeneralRef(name) => {
                let whole = format!("&{};", &*name);
                let n = open.last().expect("a reference inside an element");
                found[*n].text.push_str(&quick_xml::escape::unescape(&whole).expect("a known reference"));
            }
            _ => {}
        }
    }
    assert!(open.is_empty(), "elements are never closed");
    found
}

/// The texts of all elements called `name`.
pub fn texts(elements: &[Element], name: &str) -> Vec<String> {
    elements.iter().filter(|element| element.name == name).map(|element| element.text.clone()).collect()
}
