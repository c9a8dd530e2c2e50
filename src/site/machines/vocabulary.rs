//! The names that search knows besides the words of pages: of patterns and concepts, each with what it means and its best
//! passages, and every word of a name or a title. Knows documents and their postings; makes no index.

use std::collections::HashSet;

use serde::Serialize;

use crate::index::Postings;
use crate::model::{Pattern, sentence_around};
use crate::outline::{Front, readable_cues};
use crate::site::{Viewer, pattern_url};

/// Passages shown below a name.
const PASSAGES: usize = 3;
/// Letters of the shortest word that is worth mending, and of the longest.
const LETTERS: std::ops::RangeInclusive<usize> = 4..=30;

/// What search knows besides the words of pages. All of it counts for the index's key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Vocabulary {
    /// The nine, then the concepts.
    pub names: Vec<SearchName>,
    /// The words of names, then those of people and organisations, then those of titles, each once: what a word that no page has is
    /// compared with.
    pub words: Vec<String>,
}

/// A pattern or concept as search shows it to those who ask for it by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchName {
    /// `pattern`, `concept`.
    pub kind: &'static str,
    pub id: String,
    pub name: String,
    /// Of its page, without that of `base_url`.
    pub path: String,
    pub definition: String,
    /// Other names it goes by.
    pub aliases: Vec<String>,
    /// Phrases that point to it; `…` stands for any few words.
    pub cues: Vec<String>,
    /// One an essay.
    pub passages: Vec<SearchPassage>,
}

/// A sentence that is evidence, its words set off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SearchPassage {
    /// Of the essay with the place.
    pub path: String,
    /// The essay's title.
    pub essay: String,
    pub before: String,
    pub words: String,
    pub after: String,
}

impl Viewer<'_> {
    /// What search knows of this site besides the words of its pages.
    pub fn search_vocabulary(&self) -> Vocabulary {
        let patterns = Pattern::ALL.map(|pattern| self.pattern_name(pattern));
        let concepts = self.index.concepts.iter().filter_map(|doc| {
            let document = self.document(*doc);
            let Front::Concept(front) = &document.front else { return None };
            Some(SearchName {
                kind: document.kind.noun(),
                id: document.id.clone(),
                name: front.name.clone(),
                path: self.url(*doc).to_string(),
                definition: document.summary().to_owned(),
                aliases: front.aliases.clone(),
                cues: readable_cues(&front.cues),
                passages: self.index.by_concept.get(doc).map(|postings| self.best(postings)).unwrap_or_default(),
            })
        });
        let names: Vec<SearchName> = patterns.into_iter().chain(concepts).collect();
        let words = self.mendable_words(&names);
        Vocabulary { names, words }
    }

    fn pattern_name(&self, pattern: Pattern) -> SearchName {
        let tag = self.pattern_tag(pattern);
        let front = self.pattern_front(pattern).map(|(_, front)| front.clone()).unwrap_or_default();
        SearchName {
            kind: tag.kind,
            id: tag.id.clone(),
            name: tag.name.clone(),
            path: pattern_url(pattern).to_string(),
            definition: tag.definition.clone(),
            aliases: front.aliases,
            cues: readable_cues(&front.cues),
            passages: self.best(&self.index.patterns[&pattern]),
        }
    }

    /// The first passages that are words in a sentence, of different essays; what is marked as a whole section says less.
    fn best(&self, postings: &Postings) -> Vec<SearchPassage> {
        let mut essays = HashSet::new();
        let words = postings.passages.iter().filter(|passage| !passage.is_section);
        words
            .filter(|passage| essays.insert(passage.essay))
            .take(PASSAGES)
            .map(|passage| {
                let document = self.document(passage.essay);
                let mark = &document.body.marks[passage.mark as usize];
                let (text, at) = (&mark.passage.text, &mark.passage.at);
                let sentence = sentence_around(text, at.clone());
                let (start, end) = (at.start.max(sentence.start), at.end.min(sentence.end));
                SearchPassage {
                    path: [self.url(passage.essay).as_str(), "#", &*mark.anchor].concat(),
                    essay: document.title().to_owned(),
                    before: text[sentence.start..start].to_owned(),
                    words: text[start..end].to_owned(),
                    after: text[end..sentence.end].to_owned(),
                }
            })
            .collect()
    }

    /// The words that a mistyped one may have been meant to be.
    fn mendable_words(&self, names: &[SearchName]) -> Vec<String> {
        let mut words = Words::default();
        for name in names {
            words.add(&name.name);
            name.aliases.iter().chain(&name.cues).for_each(|other| words.add(other));
        }
        let index = self.index;
        let titled = || index.essays.iter().chain(&index.incidents).chain(&index.concepts).chain(&index.pages);
        for doc in titled() {
            match &self.document(*doc).front {
                Front::Essay(front) => front.authors.iter().for_each(|author| words.add(author)),
                Front::Incident(front) => {
                    let people = front.sources.iter().flat_map(|source| [&source.author, &source.publisher]);
                    let named = [&front.organisations, &front.services].into_iter().flatten();
                    people.flatten().chain(named).for_each(|name| words.add(name));
                }
                Front::Page(_) | Front::Pattern(_) | Front::Concept(_) => {}
            }
        }
        titled().for_each(|doc| words.add(self.document(*doc).title()));
        words.list
    }
}

/// Words in lower case, each once.
#[derive(Default)]
struct Words {
    list: Vec<String>,
    taken: HashSet<String>,
}

impl Words {
    fn add(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| LETTERS.contains(&word.chars().count())) {
            let word = word.to_lowercase();
            if self.taken.insert(word.clone()) {
                self.list.push(word);
            }
        }
    }
}
