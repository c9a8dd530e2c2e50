//! The files of a vault by their names, as links call them: by the name alone, by a part of the path, by an alias. Knows names, places
//! in notes, and the rule by which one of several is meant.

use std::collections::{HashMap, HashSet};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::common_markdown::options;
use crate::model::{SourcePath, nfc, slug};

/// All files of a vault.
#[derive(Clone, Debug, Default)]
pub struct Vault {
    notes: Vec<Note>,
    /// Notes by lower-case names and aliases; those by name first.
    by_name: HashMap<String, Vec<usize>>,
    /// Paths of other files by their lower-case names.
    files: HashMap<String, Vec<String>>,
}

/// A note, as links need it.
#[derive(Clone, Debug, Default)]
pub struct Note {
    pub path: String,
    pub title: String,
    headings: HashSet<String>,
    blocks: HashSet<String>,
}

impl Vault {
    pub fn add_note(&mut self, path: &str, title: &str, aliases: &[String], body: &str) {
        let n = self.notes.len();
        let name = stem(path).rsplit('/').next().unwrap_or_default();
        self.by_name.entry(folded(name)).or_default().insert(0, n);
        for alias in aliases {
            self.by_name.entry(folded(alias)).or_default().push(n);
        }
        let (headings, blocks) = places(body);
        self.notes.push(Note { path: path.to_owned(), title: title.to_owned(), headings, blocks });
    }

    pub fn add_file(&mut self, path: &str) {
        let name = path.rsplit('/').next().unwrap_or(path);
        self.files.entry(folded(name)).or_default().push(path.to_owned());
    }

    /// The note that `target` means in the note at `from`: of several the one in the same folder, else the one with the shortest path.
    pub fn note(&self, target: &str, from: &str) -> Option<&Note> {
        let target = target.trim().trim_start_matches('/');
        let target = target.strip_suffix(".md").unwrap_or(target);
        if target.starts_with('.') {
            let path = SourcePath::resolve(folder(from), target)?;
            return self.notes.iter().find(|note| folded(stem(&note.path)) == folded(&path));
        }
        let name = target.rsplit('/').next().unwrap_or(target);
        let wanted = folded(target);
        let fits = |note: &Note| {
            let path = folded(stem(&note.path));
            !target.contains('/') || path == wanted || path.ends_with(&format!("/{wanted}"))
        };
        let found = self.by_name.get(&folded(name))?.iter().map(|n| &self.notes[*n]).filter(|note| fits(note));
        best(found, from, |note| &note.path)
    }

    /// The path of the file that `target` means in the note at `from`, by the same rule.
    pub fn file(&self, target: &str, from: &str) -> Option<&str> {
        let target = target.trim().trim_start_matches('/').trim_start_matches("./");
        let name = target.rsplit('/').next().unwrap_or(target);
        let wanted = folded(target);
        let fits = |path: &&String| {
            !target.contains('/')
                || target.starts_with("..")
                || folded(path) == wanted
                || folded(path).ends_with(&format!("/{wanted}"))
        };
        let found = self.files.get(&folded(name))?.iter().filter(fits);
        best(found, from, |path| path).map(String::as_str)
    }
}

impl Note {
    /// The anchor of the place that follows a link's `#`: words of a heading, or `^` and a block. None where the note has none.
    pub fn anchor(&self, place: &str) -> Option<String> {
        let last = place.rsplit('#').next().unwrap_or(place).trim();
        match last.strip_prefix('^') {
            Some(block) => self.blocks.contains(block).then(|| format!("#^{block}")),
            None => Some(slug(last)).filter(|slug| self.headings.contains(slug)).map(|slug| format!("#{slug}")),
        }
    }
}

/// Of those that are called the same.
fn best<'a, T>(found: impl Iterator<Item = &'a T>, from: &str, path: impl Fn(&T) -> &String) -> Option<&'a T> {
    let rank = |it: &&'a T| {
        let path = path(it);
        (folder(path) != folder(from), path.matches('/').count(), path.len(), path.clone())
    };
    found.min_by_key(rank)
}

pub fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

pub fn stem(path: &str) -> &str {
    path.strip_suffix(".md").unwrap_or(path)
}

fn folded(name: &str) -> String {
    nfc(name.trim()).to_lowercase()
}

/// The anchors of a note's headings, and its blocks with a name.
fn places(body: &str) -> (HashSet<String>, HashSet<String>) {
    let mut headings = HashSet::new();
    let mut open: Option<String> = None;
    for event in Parser::new_ext(body, options()) {
        match event {
            Event::Start(Tag::Heading { .. }) => open = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => headings.extend(open.take().map(|words| slug(&words))),
            Event::Text(text) | Event::Code(text) => {
                if let Some(words) = &mut open {
                    words.push_str(&text);
                }
            }
            _ => {}
        }
    }
    (headings, body.lines().filter_map(|line| block_name(line).map(|(_, name)| name.to_owned())).collect())
}

/// The name at the end of a block, and where its sign stands: `... ^name`.
pub fn block_name(line: &str) -> Option<(usize, &str)> {
    let line = line.trim_end();
    let at = line.rfind('^')?;
    let name = &line[at + 1..];
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_apart = at == 0 || line[..at].ends_with([' ', '\t']);
    (is_name && is_apart).then_some((at, name))
}

#[cfg(test)]
mod tests {
    use super::{Vault, block_name};

    #[test]
    fn of_notes_with_one_name_the_nearest_is_meant() {
        let mut vault = Vault::default();
        for path in ["a/b/Meeting.md", "c/Meeting.md", "c/Other.md", "Deep/er/Pool.md"] {
            vault.add_note(
                path,
                "",
                &["The pool".to_owned()].map(|it| if path.contains("Pool") { it } else { path.to_owned() }),
                "",
            );
        }
        let found = |target: &str, from: &str| vault.note(target, from).map(|note| note.path.as_str());
        assert_eq!(found("Meeting", "a/b/x.md"), Some("a/b/Meeting.md"));
        assert_eq!(found("meeting", "x.md"), Some("c/Meeting.md"));
        assert_eq!(found("b/Meeting", "x.md"), Some("a/b/Meeting.md"));
        assert_eq!(found("../c/Other", "a/x.md"), Some("c/Other.md"));
        assert_eq!(found("the pool", "x.md"), Some("Deep/er/Pool.md"));
        assert_eq!(found("Linux", "x.md"), None);
    }

    #[test]
    fn blocks_have_names_at_their_ends() {
        assert_eq!(block_name("A sentence. ^block1 "), Some((12, "block1")));
        assert_eq!(block_name("^alone"), Some((0, "alone")));
        assert_eq!(block_name("2^10"), None);
        assert_eq!(block_name("a ^b c"), None);
    }
}
