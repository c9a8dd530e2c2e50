//! The documents of a site, and which of them a view looked at. Knows positions; makes no view.

use std::cell::RefCell;
use std::sync::Arc;

use crate::link::doc_id;
use crate::model::DocId;
use crate::outline::Document;

use super::briefs::{Brief, Briefs};

thread_local! {
    /// The documents looked at on this thread, while somebody wants to know.
    static NOTED: RefCell<Option<Vec<u32>>> = const { RefCell::new(None) };
}

/// All documents, in the order of their ids. There is no way to one that is not noted.
#[derive(Clone, Debug)]
pub struct Documents {
    all: Vec<Arc<Document>>,
    briefs: Briefs,
}

impl Documents {
    /// Each is linked to by `link`, as in `before`.
    pub fn new(all: Vec<Arc<Document>>, link: impl Fn(DocId) -> String + Sync, before: Option<&Self>) -> Self {
        let before = before.map(|before| (&*before.all, &before.briefs));
        Self { briefs: Briefs::of(&all, |n| link(doc_id(n)), before), all }
    }

    /// What other pages show of one of them.
    pub fn brief(&self, doc: DocId) -> Brief<'_> {
        note([doc.0]);
        self.briefs.at(doc.index())
    }

    /// One of them.
    pub fn at(&self, doc: DocId) -> &Document {
        note([doc.0]);
        &self.all[doc.index()]
    }

    /// One of them, to be held.
    pub fn shared(&self, doc: DocId) -> Arc<Document> {
        note([doc.0]);
        Arc::clone(&self.all[doc.index()])
    }

    /// All of them, which is a look at each.
    pub fn all(&self) -> &[Arc<Document>] {
        note((0_u32..).take(self.all.len()));
        &self.all
    }
}

fn note(docs: impl IntoIterator<Item = u32>) {
    NOTED.with_borrow_mut(|noted| {
        if let Some(noted) = noted {
            noted.extend(docs);
        }
    });
}

/// Does `work` and says which documents it looked at, as positions in their order, each once. The work must stay on its thread.
pub fn noting<T>(work: impl FnOnce() -> T) -> (T, Vec<u32>) {
    /// Ends the noting even if the work panics.
    struct Noting;
    impl Drop for Noting {
        fn drop(&mut self) {
            NOTED.take();
        }
    }
    NOTED.set(Some(Vec::new()));
    let _noting = Noting;
    let made = work();
    let mut noted = NOTED.take().unwrap_or_default();
    noted.sort_unstable();
    noted.dedup();
    (made, noted)
}
