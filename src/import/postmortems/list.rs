//! A list in Markdown: paragraphs or items that begin with the organisation, as a link to its account, and go on with what happened.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::model::first_words;
use crate::outline::options;

use super::super::output::incident::{Source, is_archive};
use super::super::report::Report;
use super::super::source::SourceFile;
use super::super::text::Place;
use super::{Entry, files};

/// Sections of lists that list something else.
const OTHER_SECTIONS: [&str; 9] = [
    "table of contents",
    "contents",
    "other lists",
    "contributors",
    "contributing",
    "analysis",
    "license",
    "licence",
    "further reading",
];
/// Words of a link that leads to a copy.
const ARCHIVE_WORDS: [&str; 4] = ["archive", "archived", "wayback", "mirror"];

/// The entries of a list. A text with fewer than two is no list.
pub fn entries(file: &SourceFile, text: &str, report: &mut Report) -> Vec<Entry> {
    let mut reader = Reader { file: &file.path, text, section: String::new(), entries: Vec::new(), passed: Vec::new() };
    let mut block: Option<Block> = None;
    for (event, range) in Parser::new_ext(text, options(false)).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                reader.take(block.take());
                block = Some(Block { at: range.start, is_heading: true, ..Block::default() });
            }
            Event::Start(Tag::Paragraph | Tag::Item) => {
                if block.as_ref().is_none_or(|block| !block.pieces.is_empty()) {
                    reader.take(block.take());
                    block = Some(Block { at: range.start, ..Block::default() });
                }
            }
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item) => reader.take(block.take()),
            event => {
                if let Some(block) = &mut block {
                    block.add(event);
                }
            }
        }
    }
    reader.take(block);
    let Reader { entries, passed, .. } = reader;
    if entries.len() < 2 {
        if !text.trim().is_empty() {
            let place = Place { file: file.path.clone(), line: 0 };
            report.add(place, "files that are no entry and no list", "passed over");
        }
        return Vec::new();
    }
    for (at, why) in passed {
        report.add(place(&file.path, text, at), "paragraphs that are no entry", why);
    }
    entries
}

fn place(file: &str, text: &str, at: usize) -> Place {
    Place { file: file.to_owned(), line: text[..at].matches('\n').count() + 1 }
}

/// A paragraph or an item in its pieces.
#[derive(Default)]
struct Block {
    at: usize,
    is_heading: bool,
    pieces: Vec<Piece>,
    open: Option<Link>,
}

enum Piece {
    Words(String),
    Link(Link),
}

#[derive(Clone, Default)]
struct Link {
    address: String,
    words: String,
}

impl Block {
    fn add(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.open = Some(Link { address: dest_url.into_string(), words: String::new() });
            }
            Event::End(TagEnd::Link) => self.pieces.extend(self.open.take().map(Piece::Link)),
            Event::Text(text) | Event::Code(text) => self.words(&text),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
    }

    fn words(&mut self, text: &str) {
        match (&mut self.open, self.pieces.last_mut()) {
            (Some(link), _) => link.words.push_str(text),
            (None, Some(Piece::Words(words))) => words.push_str(text),
            (None, _) => self.pieces.push(Piece::Words(text.to_owned())),
        }
    }

    fn plain(&self) -> String {
        let words: String = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.as_str(),
                Piece::Link(link) => link.words.as_str(),
            })
            .collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    section: String,
    entries: Vec<Entry>,
    /// What is no entry: where, and how it begins.
    passed: Vec<(usize, String)>,
}

impl Reader<'_> {
    fn take(&mut self, block: Option<Block>) {
        let Some(block) = block else { return };
        if block.is_heading {
            self.section = block.plain();
            return;
        }
        if block.pieces.is_empty() {
            return;
        }
        let is_other = OTHER_SECTIONS.iter().any(|other| self.section.to_lowercase().contains(other));
        match entry(&block).filter(|_| !is_other) {
            Some(entry) => self.add(entry, block.at),
            None => {
                let words = block.plain();
                if !words.is_empty() {
                    let section = if self.section.is_empty() {
                        String::new()
                    } else {
                        format!(" (under \u{201c}{}\u{201d})", self.section)
                    };
                    self.passed.push((block.at, format!("\u{201c}{}\u{201d}{section}", first_words(&words, 10))));
                }
            }
        }
    }

    fn add(&mut self, mut entry: Entry, at: usize) {
        entry.place = place(self.file, self.text, at);
        let organisation = entry.incident.organisations.first().cloned().unwrap_or_default();
        let url = entry.incident.sources.first().map(|source| source.url.clone()).unwrap_or_default();
        // What the same list says later of another incident has another address.
        let key = format!("{}#{organisation} {url}", self.file);
        let again = self.entries.iter().filter(|known| known.key.starts_with(&key)).count();
        entry.key = if again == 0 { key } else { format!("{key} {again}") };
        if !self.section.is_empty() {
            entry.tags.push(("section".to_owned(), vec![self.section.clone()]));
        }
        self.entries.push(entry);
    }
}

/// The entry that a block is: its first link is the organisation's account, further ones are further sources.
fn entry(block: &Block) -> Option<Entry> {
    let mut pieces =
        block.pieces.iter().skip_while(|piece| matches!(piece, Piece::Words(words) if words.trim().is_empty()));
    let Some(Piece::Link(first)) = pieces.next() else { return None };
    let organisation = first.words.trim().trim_end_matches('.').to_owned();
    if !first.address.contains("://") || organisation.is_empty() {
        return None;
    }
    let organisations = vec![organisation.clone()];
    let mut entry = Entry::default();
    let source =
        |link: &Link, title: &str| Source::new(files::kind(&link.address, &organisations), title, &link.address);
    let mut sources = vec![source(first, &organisation)];
    let mut impact = String::new();
    for piece in pieces {
        match piece {
            Piece::Words(words) => impact.push_str(words),
            Piece::Link(link) => {
                let words = link.words.trim().to_lowercase();
                let is_archive = is_archive(&link.address) || ARCHIVE_WORDS.contains(&words.trim_end_matches('.'));
                if is_archive && sources[0].archive_url.is_none() {
                    sources[0].archive_url = Some(link.address.clone());
                } else if link.address.contains("://") && sources.iter().all(|known| known.url != link.address) {
                    sources.push(source(link, link.words.trim()));
                }
                // A link between sentences has no words of theirs.
                if !is_aside(&impact, &words) {
                    impact.push_str(&link.words);
                }
            }
        }
    }
    let impact = impact.split_whitespace().collect::<Vec<_>>().join(" ");
    entry.impact = impact
        .trim_start_matches(['.', ',', ':', ';', '-', '\u{2013}', '\u{2014}', ' '])
        .trim_end_matches([',', ' '])
        .to_owned();
    let words = first_words(&entry.impact, 8);
    entry.title = if words.is_empty() {
        organisation
    } else {
        format!("{organisation}: {}", words.trim_end_matches(['.', ',', ';', ':']))
    };
    entry.incident.started = year_at_end(&entry.impact);
    entry.incident.sources = sources;
    entry.incident.organisations = organisations;
    Some(entry)
}

/// Whether a link stands by itself, before or after the account.
fn is_aside(before: &str, words: &str) -> bool {
    let before = before.trim_end();
    let is_named = ARCHIVE_WORDS.contains(&words.trim_end_matches('.'))
        || words.starts_with("see also")
        || words.starts_with("more");
    is_named && (before.is_empty() || before.ends_with(['.', ',', ';', '!', '?', ')', '(']))
}

/// A year that is a sentence of its own, the last.
fn year_at_end(text: &str) -> Option<String> {
    let rest = text.trim_end_matches('.');
    let (before, year) = rest.rsplit_once(' ').unwrap_or(("", rest));
    let is_year = year.len() == 4
        && year.bytes().all(|byte| byte.is_ascii_digit())
        && (year.starts_with("19") || year.starts_with("20"));
    (is_year && (before.is_empty() || before.ends_with('.'))).then(|| year.to_owned())
}
