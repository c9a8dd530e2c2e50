//! Open connections: how many there may be, and which gives way to a new one. Knows sockets, no requests.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::task::AbortHandle;

/// Most connections at once: far more than browsers open, and fewer than the files a process may have open.
const MOST: usize = 400;
/// Most that listen for changes.
const MOST_LISTENERS: usize = 200;

/// The connections of a server.
#[derive(Clone, Default)]
pub struct Connections(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    next: u64,
    /// Those that wait for a request, oldest first.
    idle: BTreeMap<u64, Option<AbortHandle>>,
    busy: BTreeMap<u64, Option<AbortHandle>>,
    listeners: usize,
}

/// One connection; it is forgotten when this goes.
pub struct Connection {
    id: u64,
    all: Connections,
}

/// A connection that listens for changes.
pub struct Listening(Connections);

impl Connections {
    fn open(&self) -> MutexGuard<'_, Open> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a new one in. Where there are too many, the one that has been idle longest is closed.
    pub fn add(&self) -> Connection {
        let mut open = self.open();
        if open.idle.len() + open.busy.len() >= MOST
            && let Some((_, Some(oldest))) = open.idle.pop_first()
        {
            oldest.abort();
        }
        let id = open.next;
        open.next += 1;
        open.idle.insert(id, None);
        drop(open);
        Connection { id, all: self.clone() }
    }

    /// Counts a listener in; none if there are too many.
    pub fn listen(&self) -> Option<Listening> {
        let mut open = self.open();
        if open.listeners >= MOST_LISTENERS {
            return None;
        }
        open.listeners += 1;
        drop(open);
        Some(Listening(self.clone()))
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.open().listeners -= 1;
    }
}

impl Connection {
    /// What closes it.
    pub fn closed_by(&self, handle: AbortHandle) {
        let mut open = self.all.open();
        let Open { idle, busy, .. } = &mut *open;
        if let Some(place) = idle.get_mut(&self.id).or_else(|| busy.get_mut(&self.id)) {
            *place = Some(handle);
        }
    }

    /// A request came.
    pub fn begin(&self) {
        let mut open = self.all.open();
        if let Some(handle) = open.idle.remove(&self.id) {
            open.busy.insert(self.id, handle);
        }
    }

    /// It was answered.
    pub fn end(&self) {
        let mut open = self.all.open();
        if let Some(handle) = open.busy.remove(&self.id) {
            open.idle.insert(self.id, handle);
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        let mut open = self.all.open();
        open.idle.remove(&self.id);
        open.busy.remove(&self.id);
    }
}
