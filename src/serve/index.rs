//! The search index while the site is being written: made when a browser first asks for it, then again behind each change of
//! a text, while the last one answers. Knows versions of the site; no HTTP.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, TryLockError};

use crate::cache::program_hash;
use crate::diagnostic::Diagnostic;
use crate::guard::{self, locked};
use crate::model::{Hash, SourcePath};
use crate::search;
use crate::snapshot::Snapshot;

type Files = BTreeMap<String, Vec<u8>>;

/// The newest index, and the one before it: a browser that began with that one asks it for the rest.
#[derive(Clone)]
struct Held {
    key: Hash,
    files: Arc<Files>,
    before: Arc<Files>,
}

/// Holds the index of the site that is served.
#[derive(Default)]
pub struct Index {
    held: Mutex<Option<Held>>,
    /// Held while an index is made, so that one is made at a time.
    making: Mutex<()>,
    /// How often an index was made.
    made: AtomicU64,
    /// The newest snapshot, unless the index was made of it or tried to be.
    newest: Mutex<Option<Arc<Snapshot>>>,
}

impl Index {
    /// The file of the index at `path`, without a slash before it. The first call waits until the index is made.
    pub fn file(&self, snapshot: &Snapshot, path: &str) -> Result<Option<Vec<u8>>, Diagnostic> {
        let held = match self.held() {
            Some(held) => Some(held),
            None => self.make(Some(snapshot))?,
        };
        Ok(held.and_then(|held| held.files.get(path).or_else(|| held.before.get(path)).cloned()))
    }

    /// How often an index was made: browsers that hold an earlier one ask anew.
    pub fn made(&self) -> u64 {
        self.made.load(Ordering::SeqCst)
    }

    /// The site was read again: an index in use is rebuilt on a thread of its own; `done` runs afterwards.
    pub fn follow(self: &Arc<Self>, snapshot: &Arc<Snapshot>, done: impl FnOnce() + Send + 'static) {
        *locked(&self.newest) = Some(Arc::clone(snapshot));
        let is_making = matches!(self.making.try_lock(), Err(TryLockError::WouldBlock));
        let is_used = self.held().is_some() || is_making;
        if is_used {
            let index = Arc::clone(self);
            // A build reports what can't be indexed; meanwhile the last index is served.
            let _ = guard::thread("search").spawn(move || {
                let before = index.made();
                let made = index.make(None);
                if index.made() != before {
                    done();
                }
                made
            });
        }
    }

    fn held(&self) -> Option<Held> {
        locked(&self.held).clone()
    }

    /// Makes the index of the newest snapshot, else of `snapshot`. Of several threads that wait here the first makes it, and the
    /// others find nothing left to do.
    fn make(&self, snapshot: Option<&Snapshot>) -> Result<Option<Held>, Diagnostic> {
        let _one_at_a_time = locked(&self.making);
        let last = self.held();
        let newest = locked(&self.newest).take();
        let Some(snapshot) = newest.as_deref().or(snapshot.filter(|_| last.is_none())) else { return Ok(last) };
        let site = &snapshot.assembled.site;
        let key = search::key(site, program_hash());
        if last.as_ref().is_some_and(|held| held.key == key) {
            return Ok(last);
        }
        let sources = |path: &SourcePath| snapshot.assembled.text(path);
        let bundle = search::bundle(site, &sources, &|_, _| true)?;
        let before = last.map(|held| held.files).unwrap_or_default();
        let made = Held { key, files: Arc::new(bundle.files), before };
        *locked(&self.held) = Some(made.clone());
        self.made.fetch_add(1, Ordering::SeqCst);
        Ok(Some(made))
    }
}
