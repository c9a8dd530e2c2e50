//! Keeps the ids of headings that are the target of a link, where ours would be others. Knows how programs make ids of words.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::import::links::Around;
use crate::import::report::Report;
use crate::model::slug;
use crate::outline::is_reserved;

use super::Dialect;
use super::draft::{Draft, Edit};
use crate::import::common_markdown::options;

/// How a program makes an id of a heading's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// GitHub's way, which Hugo and Jekyll take: letters, digits, `_` and `-` stay, spaces become dashes.
    Github,
    /// As Zola does, and nearly we.
    Slug,
}

impl Ids {
    fn of(self, text: &str) -> String {
        match self {
            Self::Slug => slug::slugify(text),
            Self::Github => text
                .trim()
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
                .flat_map(char::to_lowercase)
                .map(|c| if c == ' ' { '-' } else { c })
                .collect(),
        }
    }
}

/// Ids given so far; a number follows where one came before.
struct Taken {
    ids: HashSet<String>,
    numbers: HashMap<String, usize>,
    /// The number of the second.
    second: usize,
}

impl Taken {
    fn new(second: usize) -> Self {
        Self { ids: HashSet::new(), numbers: HashMap::new(), second }
    }

    fn give(&mut self, base: String) -> String {
        let base = if base.is_empty() { "section".to_owned() } else { base };
        if self.ids.insert(base.clone()) {
            return base;
        }
        let n = self.numbers.entry(base.clone()).or_insert(self.second - 1);
        loop {
            *n += 1;
            let id = format!("{base}-{n}");
            if self.ids.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// Writes `{#id}` behind each heading whose old id is the target of a link and that would get another here.
pub fn keep_ids(draft: &mut Draft<'_>, dialect: &Dialect, around: &Around<'_>, report: &mut Report) {
    let found = headings(draft.text(), dialect);
    // The second of two alike has the number 1 there and 2 here.
    let (mut old, mut new) = (Taken::new(1), Taken::new(2));
    for heading in &found {
        for taken in [&mut old, &mut new] {
            taken.ids.extend(heading.id.clone());
        }
    }
    let mut edits = Vec::new();
    for heading in found.iter().filter(|heading| heading.id.is_none()) {
        let before = old.give(dialect.ids.of(&heading.text));
        if heading.is_term {
            if around.linked.has(&before) && !before.contains(['"', '<', '>']) {
                edits.push(Edit::new(heading.start..heading.start, format!("<a id=\"{before}\"></a>")));
            }
            continue;
        }
        if before == new.give(slug(&heading.text)) || !around.linked.has(&before) {
            continue;
        }
        let fits = !is_reserved(&before) && !before.contains(|c: char| c.is_whitespace() || "{}=\"'.".contains(c));
        if fits && !heading.has_attributes {
            edits.push(Edit::new(heading.end..heading.end, format!(" {{#{before}}}")));
        } else {
            report.add(draft.place(heading.end), "ids of headings that could not be kept", format!("`{before}`"));
        }
    }
    draft.apply(edits);
}

struct Heading {
    text: String,
    id: Option<String>,
    has_attributes: bool,
    /// Of a definition list.
    is_term: bool,
    /// Where an anchor can be written.
    start: usize,
    /// Where an id can be written.
    end: usize,
}

fn headings(markdown: &str, dialect: &Dialect) -> Vec<Heading> {
    let mut found: Vec<Heading> = Vec::new();
    let mut open = false;
    let mut options = options();
    options.set(Options::ENABLE_DEFINITION_LIST, dialect.term_ids);
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { id, classes, attrs, .. }) => {
                let has_attributes = id.is_some() || !classes.is_empty() || !attrs.is_empty();
                // Of a heading that is underlined, its last line but one.
                let written = markdown[range.clone()].trim_end();
                let is_marked = written.trim_start().starts_with('#');
                let line =
                    if is_marked { written } else { written.rsplit_once('\n').map_or(written, |(above, _)| above) };
                let end = range.start + line.trim_end().len();
                let id = id.map(|id| id.to_string());
                found.push(Heading {
                    text: String::new(),
                    id,
                    has_attributes,
                    is_term: false,
                    start: range.start,
                    end,
                });
                open = true;
            }
            Event::Start(Tag::DefinitionListTitle) => {
                let (start, end) = (range.start, range.end);
                found.push(Heading { text: String::new(), id: None, has_attributes: false, is_term: true, start, end });
                open = true;
            }
            Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle) => open = false,
            Event::Text(text) | Event::Code(text) if open => push(&mut found, &text),
            Event::SoftBreak | Event::HardBreak if open => push(&mut found, " "),
            _ => {}
        }
    }
    found
}

fn push(headings: &mut [Heading], words: &str) {
    if let Some(heading) = headings.last_mut() {
        heading.text.push_str(words);
    }
}
