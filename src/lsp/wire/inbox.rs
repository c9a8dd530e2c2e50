//! What came in and was not worked on yet: changes in one heap, of which the newest count, and requests in their order. Knows no
//! site and does no work.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

use lsp_server::RequestId;
use serde_json::Value;

use crate::guard::locked;
use crate::snapshot::Change;

/// More requests than these wait for no editor: it floods.
const MOST_REQUESTS: usize = 1_000;

/// A text that is open in the editor, as it is there.
#[derive(Clone, Debug)]
pub struct OpenText {
    pub version: i32,
    pub text: Arc<str>,
}

/// A request that waits for its answer.
#[derive(Clone, Debug)]
pub struct Asked {
    pub id: RequestId,
    pub method: String,
    pub params: Value,
    /// The version of the file it is about, as it was when it was asked.
    pub version: Option<i32>,
}

/// All that changed since it was looked at last.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// By URI; none where one was closed.
    pub texts: BTreeMap<String, Option<OpenText>>,
    /// On disk.
    pub paths: BTreeSet<PathBuf>,
    /// On disk, and it is not known what.
    pub anything: bool,
}

impl Changes {
    fn is_empty(&self) -> bool {
        self.texts.is_empty() && self.paths.is_empty() && !self.anything
    }
}

/// What is to be done next.
#[derive(Debug)]
pub enum Work {
    Changes(Changes),
    Request(Asked),
}

#[derive(Default)]
struct Waiting {
    changes: Changes,
    requests: VecDeque<Asked>,
    is_closed: bool,
}

#[derive(Default)]
pub struct Inbox {
    waiting: Mutex<Waiting>,
    woken: Condvar,
}

impl Inbox {
    fn add(&self, add: impl FnOnce(&mut Waiting)) {
        add(&mut locked(&self.waiting));
        self.woken.notify_one();
    }

    pub fn text(&self, uri: &str, text: Option<OpenText>) {
        self.add(|waiting| _ = waiting.changes.texts.insert(uri.to_owned(), text));
    }

    /// What changed on disk.
    pub fn disk(&self, change: &Change) {
        self.add(|waiting| match change {
            Change::Paths(paths) => waiting.changes.paths.extend(paths.iter().cloned()),
            Change::Anything => waiting.changes.anything = true,
            Change::Texts(_) => {}
        });
    }

    /// Takes a request in; one that has no place is given back.
    pub fn request(&self, asked: Asked) -> Result<(), Asked> {
        let mut refused = None;
        self.add(|waiting| match waiting.requests.len() < MOST_REQUESTS {
            true => waiting.requests.push_back(asked),
            false => refused = Some(asked),
        });
        refused.map_or(Ok(()), Err)
    }

    /// Takes out the request of this id, if it still waits.
    pub fn cancel(&self, id: &RequestId) -> Option<Asked> {
        let mut waiting = locked(&self.waiting);
        let place = waiting.requests.iter().position(|asked| asked.id == *id)?;
        waiting.requests.remove(place)
    }

    /// Nothing more comes in, and what waits is left.
    pub fn close(&self) {
        self.add(|waiting| waiting.is_closed = true);
    }

    /// Waits for what is to be done next: changes first, so that every answer is about the newest text. None at the end.
    pub fn next(&self) -> Option<Work> {
        let mut waiting = locked(&self.waiting);
        loop {
            if waiting.is_closed {
                return None;
            }
            if !waiting.changes.is_empty() {
                return Some(Work::Changes(std::mem::take(&mut waiting.changes)));
            }
            if let Some(asked) = waiting.requests.pop_front() {
                return Some(Work::Request(asked));
            }
            waiting = self.woken.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(id: i32) -> Asked {
        Asked { id: id.into(), method: "m".to_owned(), params: Value::Null, version: None }
    }

    #[test]
    fn changes_come_before_requests_and_only_the_newest_of_a_text() {
        let inbox = Inbox::default();
        assert!(inbox.request(asked(1)).is_ok() && inbox.request(asked(2)).is_ok());
        for version in 1..=3 {
            inbox.text("a", Some(OpenText { version, text: "".into() }));
        }
        inbox.disk(&Change::Anything);
        assert!(inbox.cancel(&1.into()).is_some() && inbox.cancel(&1.into()).is_none());
        let Some(Work::Changes(changes)) = inbox.next() else { return assert_eq!("changes", "first") };
        assert!(changes.anything && changes.texts.len() == 1);
        assert_eq!(changes.texts["a"].as_ref().map(|text| text.version), Some(3));
        assert!(matches!(inbox.next(), Some(Work::Request(asked)) if asked.id == 2.into()));
        inbox.close();
        assert!(inbox.next().is_none());
    }

    #[test]
    fn more_requests_than_can_wait_are_given_back() {
        let inbox = Inbox::default();
        let refused = (0..1_001).filter(|id| inbox.request(asked(*id)).is_err());
        assert_eq!(refused.collect::<Vec<_>>(), [1_000]);
    }
}
