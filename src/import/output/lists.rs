//! The lists that the old site had of each tag, category or author: one page for each group of words, so that their addresses still
//! answer. Knows words and texts, no source.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::model::SourceKind;

use super::super::names::{Names, link};
use super::super::report::Report;
use super::super::text::{Body, OldList, Place, Text};
use super::super::write::quoted_text;

/// Above this many entries a list names words and counts only.
const MOST_ENTRIES: usize = 5_000;

/// A text that stands under a word.
#[derive(Clone, Debug)]
struct Listed {
    key: String,
    title: String,
}

/// All words, by their group; words by their lower-case form, with the first spelling.
#[derive(Debug, Default)]
pub struct Lists {
    groups: BTreeMap<String, BTreeMap<String, (String, Vec<Listed>)>>,
}

impl Lists {
    pub fn add(&mut self, text: &Text) {
        if text.draft || text.is_part {
            return;
        }
        for (group, words) in
            text.tags.iter().map(|(group, words)| (group.as_str(), words)).chain([("authors", &text.authors)])
        {
            for word in words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
                let words = self.groups.entry(group.to_owned()).or_default();
                let (_, texts) = words.entry(word.to_lowercase()).or_insert_with(|| (word.to_owned(), Vec::new()));
                if texts.last().is_none_or(|last| last.key != text.key) {
                    texts.push(Listed { key: text.key.clone(), title: text.title.clone() });
                }
            }
        }
    }

    /// A page for each list of the old site that has words.
    pub fn pages(&self, old: &[OldList], report: &mut Report) -> Vec<Text> {
        old.iter().filter_map(|list| self.page(list, report)).collect()
    }

    fn page(&self, list: &OldList, report: &mut Report) -> Option<Text> {
        let words = self.groups.get(&list.group)?;
        let name = list.root().trim_matches('/').to_owned();
        let addresses: Vec<String> = words.values().filter_map(|(word, _)| list.address(word)).collect();
        if addresses.is_empty() {
            return None;
        }
        let count = match addresses.len() {
            1 => "1 old address leads".to_owned(),
            count => format!("{count} old addresses lead"),
        };
        let place = Place { file: list.root().to_owned(), line: 0 };
        if name.split('/').next() == Some("authors") {
            let why = format!("{} have pages of Ninefold's own there, if more than one author writes", addresses.len());
            report.add(place, "lists of words of the old site", why);
            return None;
        }
        report.add(place.clone(), "lists of words of the old site", format!("{count} to one page that lists all"));
        let mut text = Text::new(SourceKind::Page, place, key(&list.group), name);
        text.title = title(&list.group);
        text.addresses = [list.root().to_owned()].into_iter().chain(addresses).collect();
        text.is_list = true;
        Some(text)
    }

    /// The body of such a page.
    pub fn body(&self, text: &Text, names: &Names) -> Body {
        let group = self.groups.iter().find(|(group, _)| key(group) == text.key).map(|(_, words)| words);
        let (Some(words), Some(own)) = (group, names.by_key(&text.key)) else { return Body::default() };
        let is_long = words.values().map(|(_, texts)| texts.len()).sum::<usize>() > MOST_ENTRIES;
        let mut markdown = String::new();
        // Writing to a String does not fail.
        for (word, texts) in words.values() {
            let word = quoted_text(word);
            if is_long {
                let _ = writeln!(markdown, "- {word}: {}", texts.len());
                continue;
            }
            let _ = writeln!(markdown, "## {word}\n");
            for listed in texts {
                if let Some(entry) = names.by_key(&listed.key) {
                    let _ = writeln!(markdown, "- [{}]({})", quoted_text(&listed.title), link(own, entry, None));
                }
            }
            markdown.push('\n');
        }
        Body { markdown, ..Body::default() }
    }
}

fn key(group: &str) -> String {
    format!("list:{group}")
}

/// `post_format` as people read it.
fn title(group: &str) -> String {
    let words = group.replace(['_', '-'], " ");
    let mut chars = words.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
