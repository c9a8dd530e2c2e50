//! The documents of a site, in the order of their ids, and what other pages show of them. Makes no view.

use std::sync::Arc;

use crate::link::doc_id;
use crate::model::DocId;
use crate::outline::Document;

use super::summaries::{Summaries, Summary};

#[derive(Clone, Debug)]
pub struct Documents {
    all: Vec<Arc<Document>>,
    summaries: Summaries,
}

impl Documents {
    /// Each is linked to by `link`, as in `before`.
    pub fn new(all: Vec<Arc<Document>>, link: impl Fn(DocId) -> String + Sync, before: Option<&Self>) -> Self {
        let before = before.map(|before| (&*before.all, &before.summaries));
        Self { summaries: Summaries::of(&all, |n| link(doc_id(n)), before), all }
    }

    /// What other pages show of one of them.
    pub fn summary(&self, doc: DocId) -> Summary<'_> {
        self.summaries.at(doc.index())
    }

    pub fn at(&self, doc: DocId) -> &Document {
        &self.all[doc.index()]
    }

    pub fn all(&self) -> &[Arc<Document>] {
        &self.all
    }
}
