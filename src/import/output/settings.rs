//! `content/site.yaml` of a site that has none, from what the old one says of itself. Knows the keys, reads no source.

use crate::config::BaseUrl;
use crate::fields::shortened;
use crate::yaml::{Node, written};

use super::super::names::Names;
use super::super::report::Report;
use super::super::text::{OldSite, Place};

/// The text of `site.yaml`.
pub fn site_yaml(old: &OldSite, names: &Names, report: &mut Report) -> String {
    let place = || Place { file: "content/site.yaml".to_owned(), line: 0 };
    let mut front: Vec<(String, Node)> = Vec::new();
    let mut text = |key: &str, value: Option<&str>| {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            front.push((key.to_owned(), Node::Text(value.trim().to_owned())));
        }
    };
    text("title", Some(old.title.as_deref().unwrap_or("Untitled")));
    let base_url = old.base_url.as_deref().filter(|url| BaseUrl::parse(url).is_some());
    if base_url.is_none() {
        report.add(place(), "settings to write", "`base_url` is not known: write the address that the site will have");
    }
    text("base_url", Some(base_url.unwrap_or("https://example.org")));
    text("description", old.description.as_deref());
    text("author", old.author.as_deref());
    text("language", old.language.as_deref().filter(|language| is_language(language)));
    text("timezone", old.timezone.as_deref().filter(|zone| jiff::tz::TimeZone::get(zone).is_ok()));
    let mut menu = Vec::new();
    for (title, address) in &old.menu {
        let is_outside = address.contains("://") || address.starts_with("mailto:");
        let url =
            if is_outside { Some(address.clone()) } else { names.at(address).map(super::super::names::Entry::url) };
        match url {
            Some(url) => {
                let entry = [("title", title.clone()), ("url", url)];
                menu.push(Node::Map(entry.map(|(key, value)| (key.to_owned(), Node::Text(value))).to_vec()));
            }
            None => {
                let why =
                    format!("\u{201c}{}\u{201d} led to `{}`, which is no text", shortened(title), shortened(address));
                report.add(place(), "menu entries that lead nowhere", why);
            }
        }
    }
    if !menu.is_empty() {
        front.push(("menu".to_owned(), Node::List(menu)));
    }
    written(&front)
}

fn is_language(tag: &str) -> bool {
    tag.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
