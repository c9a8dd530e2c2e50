//! Raw HTML of an author's, with its addresses resolved as those of Markdown are. Knows one piece of it and the links that it
//! counts off; judges nothing.

use pulldown_cmark_escape::escape_href;

use crate::outline::{Part, ReferenceKind, StartTag, resolved};
use crate::site::{BodyLink, BodySpec};

use super::super::escape::escaped;
use super::pictures;

/// How many links and headings of a body were written.
pub struct Counted<'a> {
    spec: &'a BodySpec,
    link: usize,
    heading: usize,
    /// Pictures of raw HTML that may still have copies.
    copies: usize,
    /// On the page of another text, which has names of its own.
    is_quoted: bool,
}

impl<'a> Counted<'a> {
    pub fn none_of(spec: &'a BodySpec, body: usize, is_quoted: bool) -> Self {
        Self { spec, link: 0, heading: 0, copies: pictures::most_with_copies(body), is_quoted }
    }

    /// The number of the next link or picture.
    pub fn links(&self) -> usize {
        self.link
    }

    pub fn next_link(&mut self) -> Option<&'a BodyLink> {
        self.link += 1;
        self.spec.links.get(self.link - 1)
    }

    /// The id of the next heading.
    pub fn next_heading(&mut self) -> Option<&'a str> {
        self.heading += 1;
        self.spec.headings.get(self.heading - 1).map(String::as_str).filter(|_| !self.is_quoted)
    }
}

/// The parts as HTML.
pub fn written(parts: Vec<Part>, counted: &mut Counted<'_>) -> String {
    let mut html = String::new();
    for part in parts {
        match part {
            Part::Text(text) | Part::Verbatim(text) => html.push_str(&text),
            Part::End(name) => html.extend(["</", &name, ">"]),
            Part::Start(tag) => start(tag, counted, &mut html),
        }
    }
    html
}

fn start(tag: StartTag, counted: &mut Counted<'_>, html: &mut String) {
    let mut link = None;
    let mut attributes = resolved(&tag.name, &tag.attributes, |kind, _| {
        let found = counted.next_link();
        if matches!(kind, ReferenceKind::Link | ReferenceKind::Picture) {
            link = found;
        }
        found.and_then(address)
    });
    if counted.is_quoted {
        attributes.retain(|(name, _)| name != "id" && name != "name");
    }
    if tag.name == "img" && tag.written.is_none() && link.is_some_and(|link| link.url.is_none()) {
        return description(&tag, link, html);
    }
    if matches!(tag.name.as_str(), "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
        && let Some(id) = counted.next_heading()
    {
        set(&mut attributes, "id", id.to_owned());
    }
    if let Some(link) = link.filter(|_| tag.name == "a") {
        as_link(link, &mut attributes, html);
    }
    if let Some(fault) = link.and_then(|link| link.fault.as_deref()) {
        append(&mut attributes, "class", "nf-fault");
        set(&mut attributes, "title", fault.to_owned());
    }
    if let Some(written) = tag.written {
        let has_its_names = tag.attributes.iter().all(|own| own.0 == "class" || written.attributes.contains(own));
        if attributes == tag.attributes && has_its_names {
            return html.push_str(&written.text);
        }
        // What the sanitiser would take out stays, and a class that it would not leave is the author's own all the same.
        for (name, value) in written.attributes {
            let is_taken_out = tag.attributes.iter().all(|(key, _)| *key != name);
            if is_taken_out && (name == "class" || attributes.iter().all(|(key, _)| *key != name)) {
                set(&mut attributes, &name, value);
            }
        }
    } else if let Some(picture) = link.and_then(|link| link.picture.as_deref())
        && !tag.is_in_picture
        && tag.get("srcset").is_none()
    {
        let has_copies = counted.copies > 0;
        counted.copies = counted.copies.saturating_sub(1);
        return pictures::element(picture, has_copies, &mut attributes, html);
    }
    element(&tag.name, &attributes, tag.is_whole, html);
}

/// The address as it is written: percent-coded where it is one of ours.
fn address(link: &BodyLink) -> Option<String> {
    let url = link.url.as_ref()?;
    if matches!(link.kind, "outside" | "here") {
        return Some(url.clone());
    }
    let mut coded = String::with_capacity(url.len());
    // Writing to a String does not fail.
    let _ = escape_href(&mut coded, url);
    Some(coded.replace("&amp;", "&").replace("&#x27;", "'"))
}

/// What stands for a picture that can't be shown.
fn description(tag: &StartTag, link: Option<&BodyLink>, html: &mut String) {
    let words = escaped(tag.get("alt").unwrap_or_default());
    match link.and_then(|link| link.fault.as_deref()) {
        Some(fault) => {
            let attributes =
                [("class", "nf-fault"), ("title", fault)].map(|(name, value)| (name.to_owned(), value.to_owned()));
            element("span", &attributes, false, html);
            html.extend([words.as_str(), "</span>"]);
        }
        None => html.push_str(&words),
    }
}

/// A link that leads to a page of the site is shown as Markdown's are, unless it has a class of its own.
fn as_link(link: &BodyLink, attributes: &mut Vec<(String, String)>, html: &mut String) {
    let is_of_the_site = link.url.is_some() && !matches!(link.kind, "outside" | "here" | "file");
    if is_of_the_site && attributes.iter().all(|(name, _)| name != "class") {
        attributes.insert(0, ("class".to_owned(), format!("nf-ref nf-{}", link.kind)));
    }
    if let Some(copy) = &link.copy {
        set(attributes, "title", copy.clone());
    }
    if let Some(anchor) = &link.anchor {
        // The passage's id is the link's; that of the author stands before it.
        if let Some(own) = attributes.iter().find(|(name, _)| name == "id") {
            element("span", std::slice::from_ref(own), false, html);
            html.push_str("</span>");
        }
        set(attributes, "id", anchor.clone());
    }
}

fn set(attributes: &mut Vec<(String, String)>, name: &str, value: String) {
    match attributes.iter_mut().find(|(key, _)| key == name) {
        Some((_, old)) => *old = value,
        None => attributes.push((name.to_owned(), value)),
    }
}

fn append(attributes: &mut Vec<(String, String)>, name: &str, value: &str) {
    match attributes.iter_mut().find(|(key, _)| key == name) {
        Some((_, old)) => old.extend([" ", value]),
        None => attributes.push((name.to_owned(), value.to_owned())),
    }
}

/// Writes a start tag.
fn element(name: &str, attributes: &[(String, String)], is_whole: bool, html: &mut String) {
    html.extend(["<", name]);
    for (name, value) in attributes {
        html.extend([" ", name, "=\""]);
        html.push_str(&value.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;"));
        html.push('"');
    }
    html.push_str(if is_whole { " />" } else { ">" });
}
