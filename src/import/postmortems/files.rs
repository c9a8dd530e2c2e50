//! One file for each incident, with what is known in its front matter.

use crate::fields::shortened;
use crate::yaml::Node;

use super::super::output::incident::{Source, archived, is_archive, time};
use super::super::report::Report;
use super::super::source::{self, SourceFile};
use super::super::text::Place;
use super::Entry;

/// The entry that a file is, if it is one: it names an organisation, or an account of it.
pub fn entry(file: &SourceFile, text: &str, report: &mut Report) -> Option<Entry> {
    let parted = source::part(text, &file.path, report);
    let mut front = Keys(parted.front);
    let companies = front.words(&["company", "organisation", "organization", "organisations", "companies"]);
    let url = front.text(&["url", "link", "source"]);
    if companies.is_empty() && url.is_none() {
        return None;
    }
    let mut entry = Entry {
        place: Place { file: file.path.clone(), line: 1 },
        key: file.path.clone(),
        body: parted.body.to_owned(),
        body_line: parted.body_line,
        ..Entry::default()
    };
    entry.impact = front.text(&["summary", "description", "impact"]).unwrap_or_default();
    let organisation = companies.first().cloned().unwrap_or_default();
    entry.title = front.text(&["title", "name"]).unwrap_or_else(|| {
        let words = crate::model::first_words(&entry.impact, 8);
        [organisation.as_str(), &words].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ")
    });
    if entry.title.is_empty() {
        entry.title = file.stem().rsplit('/').next().unwrap_or_default().to_owned();
    }
    let product = front.words(&["product", "products", "services", "service"]);
    entry.incident.services = product
        .into_iter()
        .filter(|product| !companies.iter().any(|name| name.eq_ignore_ascii_case(product)))
        .collect();
    times(&mut entry, &mut front, report);
    entry.incident.organisations = companies;
    sources(&mut entry, url, &mut front, report);
    for list in ["categories", "keywords", "tags"] {
        let words = front.words(&[list]);
        if !words.is_empty() {
            entry.tags.push((list.to_owned(), words));
        }
    }
    entry.extra = front.0;
    Some(entry)
}

/// A moment that is written under one of `keys`. One that can't be read is reported.
fn moment(keys: &[&'static str], front: &mut Keys, place: &Place, report: &mut Report) -> Option<String> {
    let written = front.text(keys)?;
    let found = time(&written);
    if found.is_none() && !written.starts_with("0001-") {
        let why = format!("`{}: {}` is none", keys[0], shortened(&written));
        report.add(place.clone(), "times that can't be read", why);
    }
    found
}

/// When it began and ended. An end before the beginning is left out.
fn times(entry: &mut Entry, front: &mut Keys, report: &mut Report) {
    let started = moment(&["start_time", "started", "date"], front, &entry.place, report);
    let resolved = moment(&["end_time", "resolved", "ended"], front, &entry.place, report);
    let parse = |text: &String| crate::model::When::parse(text).ok();
    let is_before = started.as_ref().and_then(parse).zip(resolved.as_ref().and_then(parse));
    let is_before = is_before.is_some_and(|(start, end)| end.is_over_before(&start));
    if let (Some(start), Some(end), true) = (&started, &resolved, is_before) {
        let why = format!("from {start} to {end}: the end was left out");
        report.add(entry.place.clone(), "incidents that end before they begin", why);
    }
    entry.incident.started = started;
    entry.incident.resolved = resolved.filter(|_| !is_before);
}

/// The accounts that it names: `url` and those of lists. The date and the archived copy are those of the first.
fn sources(entry: &mut Entry, url: Option<String>, front: &mut Keys, report: &mut Report) {
    let published = moment(&["source_published_at", "published", "published_at"], front, &entry.place, report);
    let archive = front.text(&["archive_url", "archive"]);
    let urls = url.into_iter().chain(front.words(&["urls", "links", "sources"]));
    for (n, url) in urls.flat_map(|written| addresses(&written)).enumerate() {
        if !url.contains("://") {
            report.add(entry.place.clone(), "sources without an address", shortened(&url));
            continue;
        }
        let mut source = Source::new(kind(&url, &entry.incident.organisations), &entry.title, &url);
        if n == 0 {
            source.archive_url = archive.clone().filter(|archive| archive.contains("://")).or(source.archive_url);
            source.published = published.clone();
        }
        entry.incident.sources.push(source);
    }
}

/// The addresses in a value: mostly one, sometimes several with the marks of links between them.
fn addresses(written: &str) -> Vec<String> {
    if !written.contains(char::is_whitespace) && !written.contains("](") {
        return vec![written.to_owned()];
    }
    let pieces = written.split(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '<' | '>'));
    let trimmed = pieces.map(|piece| piece.trim_start_matches('(').trim_end_matches([',', ';', ')', '.']));
    let found: Vec<String> = trimmed.filter(|piece| piece.contains("://")).map(str::to_owned).collect();
    if found.is_empty() { vec![written.to_owned()] } else { found }
}

/// What kind of text an address leads to, as far as the address says.
pub fn kind(address: &str, organisations: &[String]) -> &'static str {
    let original = archived(address);
    let address = original.as_deref().unwrap_or(address);
    let host = address.split_once("://").map_or(address, |(_, rest)| rest).split('/').next().unwrap_or_default();
    let host = host.to_lowercase();
    let labels: Vec<&str> = host.split('.').collect();
    let names: Vec<String> =
        organisations.iter().map(|name| super::folded(name)).filter(|name| name.len() > 2).collect();
    if labels.iter().any(|label| *label == "status" || label.ends_with("status") || *label == "statuspage") {
        "status-page"
    } else if !is_archive(address)
        && names.iter().any(|name| labels.iter().any(|label| label.replace('-', "") == *name))
    {
        "official"
    } else {
        "link"
    }
}

/// Keys that are taken out one by one.
struct Keys(Vec<(String, Node)>);

impl Keys {
    fn take(&mut self, names: &[&str]) -> Option<Node> {
        let at = self.0.iter().position(|(key, _)| names.iter().any(|name| key.eq_ignore_ascii_case(name)))?;
        Some(self.0.remove(at).1)
    }

    fn text(&mut self, names: &[&str]) -> Option<String> {
        match self.take(names)? {
            Node::Text(text) | Node::Typed(_, text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Node::List(_) | Node::Map(_) => None,
        }
    }

    /// One word or a list of words, numbers among them.
    fn words(&mut self, names: &[&str]) -> Vec<String> {
        let nodes = match self.take(names) {
            None => return Vec::new(),
            Some(Node::List(items)) => items,
            Some(node) => vec![node],
        };
        let text = |node| match node {
            Node::Text(text) | Node::Typed(_, text) => {
                Some(text.trim().to_owned()).filter(|text| !text.is_empty() && text != "null")
            }
            Node::List(_) | Node::Map(_) => None,
        };
        nodes.into_iter().filter_map(text).collect()
    }
}
