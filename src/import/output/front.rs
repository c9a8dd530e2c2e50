//! The front matter and the file of a text in the site. Knows the keys of essays, pages and records; reads no source.

use std::borrow::Cow;

use crate::fields::{line, shortened};
use crate::model::SourceKind;
use crate::yaml::{Node, Scalar, written};

use super::super::Addresses;
use super::super::names::Entry;
use super::super::report::Report;
use super::super::tags::{Meaning, TagMap, Words};
use super::super::text::{Body, Text};

/// A text that other tools show as it was typed, so that it is shown so here, where a front matter's texts are lines of
/// Markdown. Code stays code: it loses nothing but its backticks.
fn as_typed(text: &str) -> Cow<'_, str> {
    const MARKS: [char; 9] = ['\\', '*', '_', '~', '[', ']', '<', '&', '`'];
    let signs = |text: &str| -> Vec<usize> { MARKS[..8].iter().map(|mark| text.matches(*mark).count()).collect() };
    if signs(&line(text)) == signs(text) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if MARKS.contains(&c) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    Cow::Owned(escaped)
}

/// The file of `text`: its front matter, then its body. Words that stay words are added to `words`.
pub fn file(
    text: &Text,
    entry: &Entry,
    body: &Body,
    map: &TagMap,
    addresses: Addresses,
    words: &mut Words,
    report: &mut Report,
) -> String {
    let mut front = vec![("title".to_owned(), Node::Text(as_typed(&text.title).into_owned()))];
    let is_essay = text.kind == SourceKind::Essay;
    let has_tags = matches!(text.kind, SourceKind::Essay | SourceKind::Incident);
    let mut extra = text.extra.clone();
    if is_essay {
        push_text(&mut front, "date", text.date.as_deref());
        push_text(&mut front, "updated", text.updated.as_deref());
    } else {
        push_text(&mut extra, "date", text.date.as_deref().filter(|_| text.kind == SourceKind::Page));
        push_text(&mut extra, "updated", text.updated.as_deref().filter(|_| text.kind == SourceKind::Page));
    }
    let summary = text.summary.as_deref().or(body.summary.as_deref());
    if text.kind == SourceKind::Incident {
        push_text(&mut front, "impact", summary.map(as_typed).as_deref());
    } else {
        push_text(&mut front, "summary", summary.map(as_typed).as_deref());
    }
    push_list(if is_essay { &mut front } else { &mut extra }, "authors", text.authors.clone());
    front.extend(text.front.iter().cloned());
    let tags = Tags::of(text, map, has_tags, words);
    push_list(&mut front, "patterns", tags.patterns);
    push_list(&mut front, "concepts", tags.concepts);
    push_list(if is_essay { &mut front } else { &mut extra }, "incidents", tags.incidents);
    if text.draft {
        front.push(("draft".to_owned(), Node::Typed(Scalar::Bool(true), "true".to_owned())));
    }
    if body.has_formulas {
        front.push(("math".to_owned(), Node::Typed(Scalar::Bool(true), "true".to_owned())));
    }
    push_addresses(&mut front, entry, addresses);
    if let Some(picture) = body.picture.as_ref().or(text.picture.as_ref()) {
        let is_file = !picture.path.contains("://");
        push_text(if is_essay && is_file { &mut front } else { &mut extra }, "image", Some(&picture.path));
        push_text(&mut extra, "image_alt", picture.alt.as_deref());
    }
    for (group, words) in tags.words {
        push_list(&mut extra, &group, words);
    }
    if text.kind == SourceKind::Incident {
        // A record has no keys of the author's own.
        for (key, value) in &extra {
            let why = format!("`{key}`: {}", shortened(&shown(value)));
            report.add(text.place.clone(), "what no key of a record stands for", why);
        }
    } else if !extra.is_empty() {
        front.push(("extra".to_owned(), Node::Map(extra)));
    }
    format!("---\n{}---\n\n{}\n", written(&front), body.markdown.trim_matches('\n'))
}

fn shown(value: &Node) -> String {
    match value {
        Node::Text(text) | Node::Typed(_, text) => text.clone(),
        Node::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        Node::Map(entries) => {
            entries.iter().map(|(key, value)| format!("{key}: {}", shown(value))).collect::<Vec<_>>().join(", ")
        }
    }
}

fn push_addresses(front: &mut Vec<(String, Node)>, entry: &Entry, addresses: Addresses) {
    let mut aliases = entry.aliases.clone();
    if addresses == Addresses::Keep
        && entry.kind == SourceKind::Essay
        && let Some(own) = entry.address.as_ref().and_then(|own| aliases.iter().position(|alias| alias == own))
    {
        push_text(front, "url", Some(&aliases.remove(own)));
    }
    push_list(front, "aliases", aliases);
}

/// The words of a text, by what they are here.
#[derive(Default)]
struct Tags {
    patterns: Vec<String>,
    concepts: Vec<String>,
    incidents: Vec<String>,
    words: Vec<(String, Vec<String>)>,
}

impl Tags {
    fn of(text: &Text, map: &TagMap, has_tags: bool, words: &mut Words) -> Self {
        let mut tags = Self::default();
        for (group, found) in &text.tags {
            let mut rest = Vec::new();
            for word in found.iter().filter(|word| !word.trim().is_empty()) {
                let meaning = if has_tags { map.meaning(word) } else { Meaning::Word };
                match meaning {
                    Meaning::Pattern(pattern) => add(&mut tags.patterns, pattern.id()),
                    Meaning::Concept(id) => add(&mut tags.concepts, &id),
                    Meaning::Incident(id) => add(&mut tags.incidents, &id),
                    Meaning::Word => {
                        words.add(word);
                        add(&mut rest, word.trim());
                    }
                }
            }
            tags.words.push((group.clone(), rest));
        }
        tags
    }
}

fn add(list: &mut Vec<String>, word: &str) {
    if !list.iter().any(|known| known == word) {
        list.push(word.to_owned());
    }
}

fn push_text(front: &mut Vec<(String, Node)>, key: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        front.push((key.to_owned(), Node::Text(value.to_owned())));
    }
}

fn push_list(front: &mut Vec<(String, Node)>, key: &str, values: Vec<String>) {
    if !values.is_empty() {
        front.push((key.to_owned(), Node::List(values.into_iter().map(Node::Text).collect())));
    }
}

#[cfg(test)]
mod tests {
    use super::{as_typed, line};

    #[test]
    fn a_title_is_shown_as_it_was_typed() {
        for (typed, written) in [
            ("Plain, 2 * 3, snake_case", "Plain, 2 * 3, snake_case"),
            ("Why `fsync` lies", "Why `fsync` lies"),
            ("The *args of `f`", "The *args of `f`"),
            ("An *old* [draft](x)", "An \\*old\\* \\[draft\\](x)"),
            ("C:\\*temp &amp; _all_ `x`", "C:\\\\\\*temp \\&amp; \\_all\\_ \\`x\\`"),
        ] {
            assert_eq!(as_typed(typed), written);
            if typed != written {
                assert_eq!(line(&as_typed(typed)), typed);
            }
        }
    }
}
