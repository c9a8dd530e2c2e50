//! The documents of a site, and which of them a view looked at. Knows positions; makes no view.

use std::cell::RefCell;
use std::sync::Arc;

use crate::model::DocId;
use crate::outline::Document;

thread_local! {
    /// The documents looked at on this thread, while somebody wants to know.
    static NOTED: RefCell<Option<Vec<u32>>> = const { RefCell::new(None) };
}

/// All documents, in the order of their ids. There is no way to one that is not noted.
#[derive(Clone, Debug)]
pub struct Documents(Vec<Arc<Document>>);

impl Documents {
    pub fn new(documents: Vec<Arc<Document>>) -> Self {
        Self(documents)
    }

    /// One of them.
    pub fn at(&self, doc: DocId) -> &Document {
        note([doc.0]);
        &self.0[doc.index()]
    }

    /// One of them, to be held.
    pub fn shared(&self, doc: DocId) -> Arc<Document> {
        note([doc.0]);
        Arc::clone(&self.0[doc.index()])
    }

    /// All of them, which is a look at each.
    pub fn all(&self) -> &[Arc<Document>] {
        note((0_u32..).take(self.0.len()));
        &self.0
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
