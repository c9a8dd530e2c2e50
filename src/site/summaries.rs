//! What other pages show of a document, close together: a page shows dozens that lie anywhere in memory. Knows texts and
//! dates; makes no view.

use std::sync::Arc;

use rayon::prelude::*;

use crate::index::essay_date;
use crate::model::{EssayKind, When};
use crate::outline::{Document, Front};

/// Documents whose texts stand in one piece: few enough that after an edit little is put together anew.
const A_PART: usize = 512;

/// Of all documents, in their order.
#[derive(Clone, Debug)]
pub struct Summaries(Vec<Arc<Part>>);

#[derive(Debug)]
struct Part {
    texts: String,
    places: Vec<Place>,
}

/// Where the texts of a document begin and where each of them ends.
#[derive(Debug)]
struct Place {
    start: usize,
    title: usize,
    link: usize,
    summary: usize,
    facts: Facts,
}

/// What is known of an essay besides; of others there is only the number of words.
#[derive(Clone, Debug)]
pub struct Facts {
    pub date: Option<When>,
    pub kind: EssayKind,
    pub draft: bool,
    /// Of the body, without code.
    pub words: u32,
}

/// One document's.
#[derive(Clone, Copy, Debug)]
pub struct Summary<'a> {
    pub title: &'a str,
    /// The finished link to its page.
    pub link: &'a str,
    pub summary: &'a str,
    pub facts: &'a Facts,
}

impl Summaries {
    /// Of `documents`, each linked to by `link`. Parts of `before`, which are of documents with the same links, are taken
    /// from there if none of theirs changed.
    pub fn of(
        documents: &[Arc<Document>],
        link: impl Fn(usize) -> String + Sync,
        before: Option<(&[Arc<Document>], &Self)>,
    ) -> Self {
        let part = |(n, some): (usize, &[Arc<Document>])| {
            let last = before.and_then(|(last, summaries)| Some((last.chunks(A_PART).nth(n)?, summaries.0.get(n)?)));
            match last {
                Some((last, part)) if last.len() == some.len() && last.iter().zip(some).all(same) => Arc::clone(part),
                _ => Arc::new(Part::of(some, |m| link(n * A_PART + m))),
            }
        };
        Self(documents.par_chunks(A_PART).enumerate().map(part).collect())
    }

    /// That of the document at position `n`.
    pub fn at(&self, n: usize) -> Summary<'_> {
        let Part { texts, places } = &*self.0[n / A_PART];
        let Place { start, title, link, summary, facts } = &places[n % A_PART];
        Summary { title: &texts[*start..*title], link: &texts[*title..*link], summary: &texts[*link..*summary], facts }
    }
}

fn same((a, b): (&Arc<Document>, &Arc<Document>)) -> bool {
    Arc::ptr_eq(a, b)
}

impl Facts {
    fn of(document: &Document) -> Self {
        let (kind, draft) = match &document.front {
            Front::Essay(front) => (front.kind, front.draft),
            _ => (None, false),
        };
        let date = essay_date(document).cloned();
        Self { date, kind: kind.unwrap_or(EssayKind::Essay), draft, words: document.body.words }
    }
}

impl Part {
    fn of(documents: &[Arc<Document>], link: impl Fn(usize) -> String) -> Self {
        let mut part = Self { texts: String::new(), places: Vec::with_capacity(documents.len()) };
        for (n, document) in documents.iter().enumerate() {
            let start = part.texts.len();
            let title = part.add(document.title());
            let link = part.add(&link(n));
            let summary = part.add(document.summary());
            part.places.push(Place { start, title, link, summary, facts: Facts::of(document) });
        }
        part.texts.shrink_to_fit();
        part
    }

    /// Adds a text and says where it ends.
    fn add(&mut self, text: &str) -> usize {
        self.texts.push_str(text);
        self.texts.len()
    }
}
