//! Keys that several kinds have. Knows how they are written.

use crate::diagnostic::{Diagnostic, rules};
use crate::fields::{Faults, Fields, Form, Numbers, Placed, WRONG_TYPE, no_space, shortened};
use crate::model::{AddressError, UrlPath, page_address};
use crate::yaml::Node;

use super::extra::Extra;

rules! {
    BAD_ALIAS = "bad-alias", error, "an old address is no path of this site", front "aliases: [\"/old/?page=2\"]";
    BAD_FEED_ID = "bad-feed-id", error, "what feeds are to call a text is no address and no tag", front "feed_id: ports";
    BAD_ADDRESS = "bad-address", error fixed, "a page's own address is no path of a page", front "url: \"/essays/?p=12\"";
}

/// A part of an address, which is neither hidden nor empty, and a name of a file.
macro_rules! part {
    () => {
        r"[^?#/.\\\x00-\x1f](?:[^?#/\\\x00-\x1f]*[^?#/\\\x00-\x1f. ])?"
    };
}

/// What addresses of pages look like: no host, no query.
const ADDRESS: Form = Form {
    numbers: Numbers::Any,
    flags: true,
    ..Form::of("A path of this site: /2019/old-name/", concat!("/?", part!(), "(?:/", part!(), ")*/?"))
        .except("^/?[A-Za-z]:")
};
const NAME_OR_ADDRESS: Form = Form {
    numbers: Numbers::Any,
    flags: true,
    ..Form::of(
        "Another name, or an old address, which begins with /",
        concat!(r"[^/][\s\S]*|/", part!(), "(?:/", part!(), ")*/?"),
    )
};
const FEED_ID: Form =
    Form::of("An address or a tag that feeds know it by", concat!("[A-Za-z][A-Za-z0-9+.-]*:", no_space!("<>\""), "+"));

/// The title, which must be there; the id stands in for it so that the other checks go on.
pub(super) fn title(key: &'static str, id: &str, fields: &mut Fields<'_>, faults: &mut Faults) -> String {
    fields.required_text(key, faults).map_or_else(|| id.to_owned(), Placed::set)
}

pub(super) fn values(texts: Vec<Placed<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// Whether it is left out of the site until the line is deleted.
pub(super) fn draft(fields: &mut Fields<'_>, faults: &mut Faults) -> bool {
    fields.flag("draft", faults).unwrap_or(false)
}

/// Old addresses: paths of this site, with escapes undone.
pub(super) fn aliases(fields: &mut Fields<'_>, faults: &mut Faults) -> Vec<Placed<UrlPath>> {
    let texts = fields.takes(ADDRESS).texts("aliases", faults);
    texts.into_iter().filter_map(|text| address(text, fields, faults)).collect()
}

fn address(text: Placed<String>, fields: &Fields<'_>, faults: &mut Faults) -> Option<Placed<UrlPath>> {
    match old_address(&text.value) {
        Ok(value) => Some(Placed { value, spot: text.spot }),
        Err(help) => {
            let message = format!("`{}` is not a path of this site", shortened(&text.value));
            let fault: Diagnostic = fields.placed_fault(BAD_ALIAS, message, &text.spot);
            faults.push(fault.help(help));
            None
        }
    }
}

/// Other names, and among them what begins with a slash: an old address.
pub(super) fn names_and_addresses(fields: &mut Fields<'_>, faults: &mut Faults) -> (Vec<String>, Vec<Placed<UrlPath>>) {
    let texts = fields.takes(NAME_OR_ADDRESS).texts("aliases", faults);
    let (addresses, names): (Vec<_>, Vec<_>) = texts.into_iter().partition(|text| text.value.starts_with('/'));
    (values(names), addresses.into_iter().filter_map(|text| address(text, fields, faults)).collect())
}

/// What feeds call it, whatever its address is (RFC 4287, 4.2.6): an address or a tag.
pub(super) fn feed_id(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Placed<String>> {
    let text = fields.takes(FEED_ID).text("feed_id", faults)?;
    let has_scheme = text.value.split_once(':').is_some_and(|(scheme, rest)| {
        let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_of_scheme) && !rest.is_empty()
    });
    if has_scheme && !text.value.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')) {
        return Some(text);
    }
    let message = format!("`feed_id`: `{}` is no address and no tag", shortened(&text.value));
    let fault = fields.placed_fault(BAD_FEED_ID, message, &text.spot);
    faults
        .push(fault.help("write what feeds called it before, such as `https://example.org/old-name/`, or take it out"));
    None
}

/// The path that `text` says, or how to write it.
pub fn old_address(text: &str) -> Result<UrlPath, &'static str> {
    page_address(text).map_err(|error| match error {
        AddressError::Host => "write the old address without its host: `/2019/old-name/`",
        AddressError::Query => "a host sees the path alone: write it without `?` or `#` and what follows",
        AddressError::Part => "write the old path: `/2019/old-name/`",
    })
}

/// An address of the page's own, at `url`.
pub(super) fn own_address(fields: &mut Fields<'_>, faults: &mut Faults) -> Option<Placed<UrlPath>> {
    let text = fields.takes(ADDRESS).text("url", faults)?;
    match page_address(&text.value) {
        Ok(value) => Some(Placed { value, spot: text.spot }),
        Err(error) => {
            let message = format!("`url`: `{}` is not the path of a page", shortened(&text.value));
            let fault: Diagnostic = fields.placed_fault(BAD_ADDRESS, message, &text.spot);
            faults.push(fault.help(match error {
                AddressError::Host => "write it without its host: `/2018/02/15/name/`",
                AddressError::Query => "a host sees the path alone: write it without `?` or `#` and what follows",
                AddressError::Part => "write a path: `/2018/02/15/name/`",
            }));
            None
        }
    }
}

/// The free map for themes.
pub(super) fn extra(fields: &mut Fields<'_>, faults: &mut Faults) -> Extra {
    match fields.raw("extra") {
        None => Extra::default(),
        Some((Node::Map(entries), _)) => Extra::of(entries),
        Some((other, spot)) => {
            let message = format!("`extra` must be a group of keys, not {}", other.noun());
            faults.push(fields.placed_fault(WRONG_TYPE, message, &spot));
            Extra::default()
        }
    }
}
