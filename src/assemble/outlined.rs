//! A source with its outline, and its text as long as texts have room in memory. Knows no other source.

use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use crate::diagnostic::Diagnostic;
use crate::load::{Content, Source};
use crate::model::Hash;
use crate::outline::{Document, outline};

/// A source that was outlined.
#[derive(Clone, Debug)]
pub struct Outlined {
    pub document: Arc<Document>,
    /// What is wrong with it, whatever other files say.
    pub diagnostics: Vec<Diagnostic>,
    /// Where its text is.
    pub content: Content,
    /// Its text, if it is held.
    pub text: Option<Arc<str>>,
    /// The document is of an older text, since the newest can't be read; `diagnostics` are of the newest.
    pub is_last_good: bool,
}

impl Outlined {
    /// Outlines `source`, whose text was read. One that could not be read is a stub. The text is held within `budget`.
    pub fn new(source: &Source, text: Result<String, Diagnostic>, budget: &TextBudget) -> Self {
        match text {
            Ok(text) => {
                let (document, diagnostics) = outline(source, &text);
                let text = budget.takes(text.len()).then(|| text.into());
                let (document, content) = (Arc::new(document), source.content.clone());
                Self { document, diagnostics, content, text, is_last_good: false }
            }
            Err(fault) => Self::unread(source, fault),
        }
    }

    /// Its text: the one that was outlined where it is held, else what stands in the file now.
    pub fn text(&self) -> Result<Cow<'_, str>, Diagnostic> {
        match &self.text {
            Some(text) => Ok(Cow::Borrowed(text)),
            None => self.content.read_text(&self.document.path).map(Cow::Owned),
        }
    }

    /// What stands for a source that can't be read at all.
    pub fn unread(source: &Source, fault: Diagnostic) -> Self {
        let document = Arc::new(Document::stub(source, Hash::of(&[])));
        let (diagnostics, content) = (vec![fault], source.content.clone());
        Self { document, diagnostics, content, text: None, is_last_good: false }
    }
}

/// How many bytes of text are held in memory: small sites are read once, of large ones some sources a second time.
pub struct TextBudget {
    bytes: usize,
    taken: AtomicUsize,
}

impl TextBudget {
    pub fn new(bytes: usize) -> Self {
        Self { bytes, taken: AtomicUsize::new(0) }
    }

    /// Takes `bytes`, unless they are more than is left.
    fn takes(&self, bytes: usize) -> bool {
        self.taken.fetch_add(bytes, Relaxed).saturating_add(bytes) <= self.bytes
    }
}
