//! Which attributes of an author's tag stay: those that the sanitiser allows, but for the names by which the theme's style
//! sheets and scripts know its own parts. Knows one tag.

use url::{ParseError, Url};

use super::super::anchors::is_reserved;
use super::super::sanitiser::{SAFE_SCHEMES, allows_attribute};
use super::super::target::Target;
use super::addresses::in_attribute;
use super::tokens::Tag;
use crate::fields::shortened;
use crate::model::nfc;

const OF_THE_THEME: &str = "names of the theme's own parts begin so; choose another";

/// What stays of a tag's attributes, and what does not: what it is, and what to write instead.
#[derive(Debug, Default)]
pub struct Judged {
    pub stays: Vec<(String, String)>,
    pub removed: Vec<(String, &'static str)>,
    /// Attributes that only say how something looks or opens: nothing is lost with them.
    pub ignored: Vec<String>,
}

/// Such attributes, where the sanitiser takes them out.
const IGNORED: [&str; 18] = [
    "align",
    "allowfullscreen",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "clear",
    "color",
    "decoding",
    "face",
    "frameborder",
    "loading",
    "markdown",
    "rel",
    "style",
    "target",
    "valign",
];

/// Judges each attribute of `tag`.
pub fn judge(tag: &Tag) -> Judged {
    let mut judged = Judged::default();
    if tag.is_repetitive {
        judged.removed.push(("an attribute that stands twice".to_owned(), "write each attribute once"));
    }
    for (name, value) in &tag.attributes {
        match removal(&tag.name, name, value) {
            Some(_) if IGNORED.contains(&name.as_str()) => judged.ignored.push(name.clone()),
            Some(removed) => judged.removed.push(removed),
            None if name == "class" => judged.class(value),
            // As links name it.
            None if matches!(name.as_str(), "id" | "name") => {
                judged.stays.push((name.clone(), nfc(value).into_owned()))
            }
            None => judged.stays.push((name.clone(), value.clone())),
        }
    }
    judged
}

impl Judged {
    fn class(&mut self, value: &str) {
        let (reserved, own): (Vec<&str>, Vec<&str>) =
            value.split_ascii_whitespace().partition(|class| is_reserved(class));
        let removed = reserved.iter().map(|class| (format!("the class `{}`", shortened(class)), OF_THE_THEME));
        self.removed.extend(removed);
        if reserved.is_empty() {
            self.stays.push(("class".to_owned(), value.to_owned()));
        } else if !own.is_empty() {
            self.stays.push(("class".to_owned(), own.join(" ")));
        }
    }
}

/// Why an attribute goes as a whole, if it does.
fn removal(tag: &str, name: &str, value: &str) -> Option<(String, &'static str)> {
    let is_name = matches!(name, "id" | "name");
    if name.starts_with("data-") {
        return Some((named(name), "leave it out: only the theme's own parts carry data"));
    }
    if !allows_attribute(tag, name, value) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return Some((named(name), instead(name)));
    }
    if is_name && is_reserved(value) {
        return Some((format!("the id `{}`", shortened(value)), OF_THE_THEME));
    }
    let refused = in_attribute(tag, name, value).into_iter().find_map(refused);
    refused.map(|what| (what, "link to a page with https"))
}

fn named(name: &str) -> String {
    format!("the attribute `{}`", shortened(name))
}

/// The address, by the sanitiser's own rule: it may be relative, or have one of a few schemes. What names a record is resolved
/// before the sanitiser sees it.
fn refused(address: &str) -> Option<String> {
    if matches!(Target::parse(address), Target::Pattern(_) | Target::Concept(_) | Target::Incident(_)) {
        return None;
    }
    match Url::parse(address) {
        Ok(url) if SAFE_SCHEMES.contains(&url.scheme()) => None,
        Err(ParseError::RelativeUrlWithoutBase) => None,
        Ok(url) => Some(format!("an address that begins with `{}:`", shortened(url.scheme()))),
        Err(_) => Some(match Target::parse(address) {
            Target::Refused(scheme) => format!("an address that begins with `{}:`", shortened(&scheme)),
            _ => format!("the address `{}`, which can't be read,", shortened(address)),
        }),
    }
}

fn instead(attribute: &str) -> &'static str {
    match attribute {
        on if on.starts_with("on") => {
            "put the script into a file of `content/static/`, and name that in the theme's `hooks/head.html`"
        }
        _ => "leave it out, or say `html: trusted` in site.yaml",
    }
}
