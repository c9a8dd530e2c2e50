//! All cues of a site, by the word with which each begins. Knows what pattern and concept files say; knows no text.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::Pattern;
use crate::outline::{Document, Front, TagName};

use super::cue::{Cue, CueKind};
use super::words::{Word, Words};

/// The patterns, concepts and incidents of a site, and what points to them.
pub struct Vocabulary {
    pub words: Words,
    pub tags: Vec<Tag>,
    cues: Vec<Cue>,
    look_alikes: Vec<Cue>,
    /// Indices of both by the stem of their first word.
    first: HashMap<String, Firsts>,
    pub incidents: Vec<Arc<Document>>,
}

/// A pattern or concept.
#[derive(Clone, Debug)]
pub struct Tag {
    pub name: TagName,
    /// What readers call it.
    pub title: String,
}

#[derive(Default)]
struct Firsts {
    cues: Vec<usize>,
    look_alikes: Vec<usize>,
}

/// Words of a text that match: from one word up to another.
#[derive(Clone, Debug)]
pub struct Hit<'v> {
    pub cue: &'v Cue,
    pub start: usize,
    pub end: usize,
}

impl Hit<'_> {
    /// Whether both have a word in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub fn holds(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl Vocabulary {
    /// What the pattern, concept and incident files among `documents` say.
    pub fn of<'d>(documents: impl IntoIterator<Item = &'d Arc<Document>>) -> Self {
        let mut vocabulary = Self {
            words: Words::new(),
            tags: Vec::new(),
            cues: Vec::new(),
            look_alikes: Vec::new(),
            first: HashMap::new(),
            incidents: Vec::new(),
        };
        for document in documents {
            match &document.front {
                Front::Pattern(front) => {
                    if let Some(pattern) = Pattern::from_id(&document.id) {
                        let names = [document.title(), pattern.id()];
                        let lists = [&front.aliases, &front.cues, &front.hints, &front.not];
                        vocabulary.add(TagName::Pattern(pattern), &names, lists);
                    }
                }
                Front::Concept(front) => {
                    let tag = TagName::Concept(document.id.clone());
                    let lists = [&front.aliases, &front.cues, &front.hints, &front.not];
                    vocabulary.add(tag, &[&front.name], lists);
                }
                Front::Incident(_) => vocabulary.incidents.push(Arc::clone(document)),
                Front::Essay(_) | Front::Page(_) => {}
            }
        }
        vocabulary
    }

    fn add(&mut self, name: TagName, names: &[&str], [aliases, cues, hints, not]: [&Vec<String>; 4]) {
        let of = self.tags.len();
        self.tags.push(Tag { name, title: names[0].to_owned() });
        let names = names.iter().map(|name| (CueKind::Name, *name));
        let lists = [(CueKind::Alias, aliases), (CueKind::Cue, cues), (CueKind::Hint, hints)];
        let listed = lists.into_iter().flat_map(|(kind, texts)| texts.iter().map(move |text| (kind, text.as_str())));
        let stem = |text: &str| match &self.words.of(text)[..] {
            [word] => Some(word.stem.clone().into_owned()),
            _ => None,
        };
        // Words that are the name in another form are no more than the name.
        let name_stems: Vec<String> = names.clone().filter_map(|(_, name)| stem(name)).collect();
        let listed: Vec<(CueKind, &str)> = listed
            .map(|(kind, text)| match (kind, stem(text)) {
                (_, Some(stem)) if name_stems.contains(&stem) => (CueKind::Name, text),
                _ => (kind, text),
            })
            .collect();
        for cue in names.chain(listed).filter_map(|(kind, text)| Cue::new(of, kind, text, &self.words)) {
            for first in cue.firsts(&self.words) {
                self.first.entry(first).or_default().cues.push(self.cues.len());
            }
            self.cues.push(cue);
        }
        for cue in not.iter().filter_map(|text| Cue::look_alike(of, text, &self.words)) {
            for first in cue.firsts(&self.words) {
                self.first.entry(first).or_default().look_alikes.push(self.look_alikes.len());
            }
            self.look_alikes.push(cue);
        }
    }

    /// Each cue that `words` match, and each look-alike.
    pub fn hits(&self, words: &[Word<'_>]) -> (Vec<Hit<'_>>, Vec<Hit<'_>>) {
        let (mut cues, mut look_alikes) = (Vec::new(), Vec::new());
        for (start, word) in words.iter().enumerate() {
            let Some(first) = self.first.get(&*word.stem) else { continue };
            let add = |hits: &mut Vec<_>, cue| {
                let cue: &Cue = cue;
                hits.extend(cue.end(words, start).map(|end| Hit { cue, start, end }));
            };
            first.cues.iter().for_each(|n| add(&mut cues, &self.cues[*n]));
            first.look_alikes.iter().for_each(|n| add(&mut look_alikes, &self.look_alikes[*n]));
        }
        (cues, look_alikes)
    }
}
