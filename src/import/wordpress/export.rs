//! EDGE. An export of WordPress (WXR), item by item: a file of any size takes the memory of its largest item. Knows the names of its
//! elements, not what they mean.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::outline::tokens;

/// What an export says of one post, page, attachment or anything else.
#[derive(Clone, Debug, Default)]
pub struct Item {
    /// Lines of the file, from 1.
    pub line: usize,
    pub content_line: usize,
    /// What stands in its elements, each of which is there once.
    pub values: Vec<(String, String)>,
    pub terms: Vec<Term>,
    /// Keys and values of its own and of plugins.
    pub meta: Vec<(String, String)>,
    pub comments: usize,
}

/// A category, a tag, or a word of another list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub list: String,
    /// What stands for it in addresses.
    pub nicename: String,
    pub name: String,
}

impl Item {
    /// What stands in the element of this name; nothing where there is none.
    pub fn value(&self, name: &str) -> &str {
        self.values.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub fn meta(&self, key: &str) -> Option<&str> {
        self.meta.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    pub fn number(&self, name: &str) -> Option<u64> {
        self.value(name).trim().parse().ok()
    }
}

/// What an export says of the site: its title, its address, and its authors by the names they log in with.
#[derive(Clone, Debug, Default)]
pub struct Channel {
    pub values: Vec<(String, String)>,
    pub authors: Vec<(String, String)>,
}

/// Why the end of an export was not reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub line: usize,
    pub why: String,
}

/// What was found in a file.
#[derive(Debug, Default)]
pub struct Export {
    pub channel: Channel,
    pub broken: Option<Broken>,
    /// Whether anything of WordPress stands in it.
    pub is_export: bool,
}

/// Reads an export and hands each item to `each`, until that fails.
pub fn read<E>(path: &Path, each: &mut dyn FnMut(Item) -> Result<(), E>) -> io::Result<Result<Export, E>> {
    let lines = Lines { inner: BufReader::with_capacity(1 << 16, File::open(path)?), line: 1 };
    let mut reader = Reader::from_reader(lines);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_dangling_amp = true;
    config.allow_unmatched_ends = true;
    let mut state = State::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let line = reader.get_ref().line;
        let event = match reader.read_event_into(&mut buffer) {
            Ok(event) => event,
            Err(error) => {
                state.export.broken = Some(Broken { line: reader.get_ref().line, why: error.to_string() });
                break;
            }
        };
        match event {
            Event::Start(tag) => {
                let attribute = |name: &str| {
                    let found = tag.attributes().flatten().find(|it| it.key.as_ref() == name);
                    found.map(|it| tokens::plain(&it.value).into_owned()).unwrap_or_default()
                };
                let term = Term { list: attribute("domain"), nicename: attribute("nicename"), name: String::new() };
                state.start(tag.name().as_ref(), term, line);
            }
            Event::Empty(tag) => state.is_export(tag.name().as_ref()),
            Event::End(tag) => {
                if let Some(item) = state.end(tag.name().as_ref())
                    && let Err(error) = each(item)
                {
                    return Ok(Err(error));
                }
            }
            Event::Text(text) => state.text.push_str(&text.xml10_content()),
            Event::CData(text) => {
                if state.text.trim().is_empty() {
                    state.text.clear();
                }
                state.text.push_str(&text.xml10_content());
            }
            Event::GeneralRef(reference) => state.text.push_str(&tokens::plain(&format!("&{};", reference.as_ref()))),
            Event::Eof => {
                if state.item.is_some() {
                    let why = "the file ends in the middle of an item".to_owned();
                    state.export.broken = Some(Broken { line: reader.get_ref().line, why });
                }
                break;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    Ok(Ok(state.export))
}

#[derive(Default)]
struct State {
    export: Export,
    item: Option<Item>,
    text: String,
    term: Term,
    /// Of an author, or of a value of a plugin: the first of two that belong together.
    key: String,
    /// Elements in elements of an item: those of comments are not the item's.
    inside: Option<&'static str>,
}

impl State {
    fn is_export(&mut self, name: &str) {
        self.export.is_export |= name.starts_with("wp:");
    }

    fn start(&mut self, name: &str, term: Term, line: usize) {
        self.is_export(name);
        self.text.clear();
        match name {
            "item" => self.item = Some(Item { line, ..Item::default() }),
            "wp:comment" => self.inside = Some("wp:comment"),
            "wp:author" => self.inside = Some("wp:author"),
            "category" => self.term = term,
            "content:encoded" => {
                if let Some(item) = &mut self.item {
                    item.content_line = line;
                }
            }
            _ => {}
        }
    }

    /// Takes in what an element holds; gives the item that ends.
    fn end(&mut self, name: &str) -> Option<Item> {
        let text = std::mem::take(&mut self.text);
        if self.inside.is_some() && self.inside != Some(name) {
            match name {
                "wp:author_login" => self.key = text.trim().to_owned(),
                "wp:author_display_name" => {
                    self.export.channel.authors.push((std::mem::take(&mut self.key), text.trim().to_owned()));
                }
                "wp:comment_approved" if text.trim() == "1" => {
                    if let Some(item) = &mut self.item {
                        item.comments += 1;
                    }
                }
                _ => {}
            }
            return None;
        }
        match name {
            "wp:comment" | "wp:author" => self.inside = None,
            "item" => return self.item.take(),
            _ => match &mut self.item {
                None => self.export.channel.values.push((name.to_owned(), text)),
                Some(item) => match name {
                    "category" => item.terms.push(Term { name: text, ..std::mem::take(&mut self.term) }),
                    "wp:meta_key" => self.key = text,
                    "wp:meta_value" => item.meta.push((std::mem::take(&mut self.key), text)),
                    "wp:postmeta" => {}
                    _ => item.values.push((name.to_owned(), text)),
                },
            },
        }
        None
    }
}

/// Counts lines as they are read.
struct Lines<R> {
    inner: R,
    line: usize,
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.inner.read(into)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        if let Ok(buffer) = self.inner.fill_buf() {
            self.line += memchr::memchr_iter(b'\n', &buffer[..n.min(buffer.len())]).count();
        }
        self.inner.consume(n);
    }
}
