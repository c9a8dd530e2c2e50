//! Which words of a source are patterns, concepts or incidents here. A word is one only if it is the name itself; whatever else
//! is meant stands in a file that the author edits, and which the first import proposes.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::diagnostic::Diagnostic;
use crate::fields::shortened;
use crate::model::{Id, Pattern, nearest, nfc};
use crate::yaml::{self, Node, quoted};

use super::BAD_IMPORT;

/// What a word becomes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    Pattern(Pattern),
    Concept(String),
    Incident(String),
    /// It stays a word, in `extra`.
    Word,
}

/// What the author says of words, by the word in lower case.
#[derive(Clone, Debug, Default)]
pub struct TagMap(BTreeMap<String, Meaning>);

impl TagMap {
    /// Reads `word: pattern:lag`, a line each; `words` stays a word.
    pub fn parse(text: &str, file: &str) -> Result<Self, Diagnostic> {
        let bad = |message: String| {
            Diagnostic::new(BAD_IMPORT, message).help("write a line for each: `slow start: pattern:lag`")
        };
        let node = yaml::parse(text).map_err(|fault| bad(format!("`{file}` {}", fault.message)))?;
        let Node::Map(entries) = node else { return Err(bad(format!("`{file}` is no list of words"))) };
        let mut map = BTreeMap::new();
        for (word, value) in entries {
            let Node::Text(value) = value else {
                return Err(bad(format!("`{file}`: `{}` becomes nothing that is known", shortened(&word))));
            };
            let meaning = meaning(&value).ok_or_else(|| {
                bad(format!("`{file}`: `{}` can't become `{}`", shortened(&word), shortened(&value)))
                    .help("it can become `pattern:NAME`, `concept:NAME`, `incident:NAME` or `word`")
            })?;
            map.insert(folded(&word), meaning);
        }
        Ok(Self(map))
    }

    /// What `word` becomes.
    pub fn meaning(&self, word: &str) -> Meaning {
        let word = folded(word);
        match (self.0.get(&word), Pattern::from_id(&word)) {
            (Some(meaning), _) => meaning.clone(),
            (None, Some(pattern)) => Meaning::Pattern(pattern),
            (None, None) => Meaning::Word,
        }
    }

    /// Whether the author has said something of `word`.
    fn knows(&self, word: &str) -> bool {
        self.0.contains_key(&folded(word))
    }
}

fn meaning(value: &str) -> Option<Meaning> {
    let id = |id: &str| Id::new(id).is_ok().then(|| id.to_owned());
    match value.split_once(':') {
        None if value == "word" => Some(Meaning::Word),
        Some(("pattern", name)) => Pattern::from_id(name).map(Meaning::Pattern),
        Some(("concept", name)) => id(name).map(Meaning::Concept),
        Some(("incident", name)) => id(name).map(Meaning::Incident),
        _ => None,
    }
}

fn folded(word: &str) -> String {
    nfc(word.trim()).to_lowercase()
}

/// The words of all texts that stay words, with how often each was used.
#[derive(Clone, Debug, Default)]
pub struct Words(BTreeMap<String, usize>);

impl Words {
    pub fn add(&mut self, word: &str) {
        *self.0.entry(word.trim().to_owned()).or_default() += 1;
    }

    /// Those that are nearly the name of a pattern, with it.
    pub fn near(&self, map: &TagMap) -> Vec<(&str, &'static str)> {
        let near = |word: &str| nearest(&folded(word), Pattern::ALL.map(Pattern::id));
        self.0.keys().filter(|word| !map.knows(word)).filter_map(|word| Some((word.as_str(), near(word)?))).collect()
    }

    /// A file for the author to edit: each word with what it becomes, the frequent ones first; none if there is no word.
    pub fn proposal(&self, map: &TagMap) -> Option<String> {
        let mut words: Vec<(&String, &usize)> = self.0.iter().filter(|(word, _)| !map.knows(word)).collect();
        if words.is_empty() {
            return None;
        }
        words.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        let near: BTreeMap<&str, &str> = self.near(map).into_iter().collect();
        let mut text = "# Write what each word becomes: `pattern:lag`, `concept:slack`, `incident:bluesky-2026-04`, or `word` to leave it in\n# `extra`. Then import again with `--map` and this file.\n".to_owned();
        for (word, n) in words {
            let near = near.get(word.as_str()).map(|near| format!(", near `pattern:{near}`")).unwrap_or_default();
            // Writing to a String does not fail.
            let _ = writeln!(text, "{}: word   # {n} times{near}", quoted(word));
        }
        Some(text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Meaning, TagMap, Words};
    use crate::model::Pattern;

    #[test]
    fn a_word_is_a_pattern_only_by_its_name_or_by_the_authors_word() {
        let map = TagMap::parse("Slow start: pattern:lag\nspare: concept:slack\nlag: word\n", "tags.yaml");
        let map = map.expect("a map");
        for (word, expected) in [
            (" SATURATION ", Meaning::Pattern(Pattern::Saturation)),
            ("slow START", Meaning::Pattern(Pattern::Lag)),
            ("spare", Meaning::Concept("slack".into())),
            ("lag", Meaning::Word),
            ("cascade", Meaning::Word),
        ] {
            assert_eq!(map.meaning(word), expected, "{word}");
        }
        for text in ["x: pattern:slow", "x: [a]", "- x", "x: concept:../y"] {
            assert!(TagMap::parse(text, "tags.yaml").is_err(), "{text}");
        }
    }

    #[test]
    fn the_proposal_reads_as_a_map() {
        let mut words = Words::default();
        for word in ["queues", "cascade", "queues", "it's \"so\""] {
            words.add(word);
        }
        let text = words.proposal(&TagMap::default()).expect("words");
        assert_eq!(text.lines().nth(2), Some("\"queues\": word   # 2 times"));
        assert!(text.contains("\"cascade\": word   # 1 times, near `pattern:cascades`"), "{text}");
        assert_eq!(words.proposal(&TagMap::parse(&text, "x").expect("a map")), None);
    }
}
