//! Open connections: how many there may be, and which gives way to a new one. Knows sockets, no requests.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll};

use axum::body::{Body, Bytes};
use hyper::body::{Frame, SizeHint};
use tokio::task::AbortHandle;

use crate::guard::locked;

/// Most connections at once: far more than browsers open, and fewer than the files a process may have open.
const MOST: usize = 400;
/// Most bytes of answers that wait to be read. One that is larger waits alone.
const MOST_BYTES: usize = 32 << 20;
/// Most that listen for changes. The rest are always there for others.
const MOST_LISTENERS: usize = 200;

/// The connections of a server.
#[derive(Clone, Default)]
pub struct Connections(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    next: u64,
    /// Oldest first.
    connections: BTreeMap<u64, Entry>,
}

struct Entry {
    state: Activity,
    /// Of the answer that it holds.
    bytes: usize,
    task: Option<AbortHandle>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Activity {
    /// Waits for a request, or for the rest of one.
    Idle,
    Answering,
    /// Listens for changes, as an open page does for as long as it is open.
    Listening,
}

/// One connection; it is forgotten when this goes.
pub struct Connection {
    id: u64,
    all: Connections,
}

/// A connection that is being answered; it is idle again when this goes.
pub struct Busy(Arc<Connection>);

impl Connections {
    fn open(&self) -> MutexGuard<'_, Open> {
        locked(&self.0)
    }

    /// Takes a new one in. Where there are too many, the oldest that is idle is closed, or else the oldest that is being answered.
    pub fn add(&self) -> Arc<Connection> {
        let mut open = self.open();
        if open.connections.len() >= MOST {
            let oldest = |state| open.oldest(|entry| entry.state == state);
            let oldest = oldest(Activity::Idle).or_else(|| oldest(Activity::Answering));
            open.close(oldest);
        }
        let id = open.next;
        open.next += 1;
        open.connections.insert(id, Entry { state: Activity::Idle, bytes: 0, task: None });
        drop(open);
        Arc::new(Connection { id, all: self.clone() })
    }
}

impl Open {
    fn oldest(&self, is_one: impl Fn(&Entry) -> bool) -> Option<u64> {
        self.connections.iter().find(|(_, entry)| is_one(entry)).map(|(id, _)| *id)
    }

    fn close(&mut self, id: Option<u64>) {
        if let Some(Entry { task: Some(task), .. }) = id.and_then(|id| self.connections.remove(&id)) {
            task.abort();
        }
    }
}

impl Connection {
    /// What closes it.
    pub fn closed_by(&self, task: AbortHandle) {
        match self.all.open().connections.get_mut(&self.id) {
            Some(entry) => entry.task = Some(task),
            // It gave way before it began.
            None => task.abort(),
        }
    }

    /// A request came.
    pub fn begin(self: &Arc<Self>) -> Busy {
        self.set(Activity::Answering);
        Busy(Arc::clone(self))
    }

    fn set(&self, state: Activity) {
        if let Some(entry) = self.all.open().connections.get_mut(&self.id) {
            entry.state = state;
            entry.bytes = 0;
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.all.open().connections.remove(&self.id);
    }
}

impl Busy {
    /// Its answer has so many bytes. Where too many wait to be read, those that have waited longest give way.
    pub fn holds(&self, bytes: usize) {
        let open = &mut *self.0.all.open();
        if let Some(entry) = open.connections.get_mut(&self.0.id) {
            entry.bytes = bytes;
        }
        let mut held: usize = open.connections.values().map(|entry| entry.bytes).sum();
        while held > MOST_BYTES
            && let Some((id, entry)) = open.connections.iter().find(|(id, entry)| entry.bytes > 0 && **id != self.0.id)
        {
            held -= entry.bytes;
            let id = *id;
            open.close(Some(id));
        }
    }

    /// From now on it listens for changes; false if too many do.
    pub fn listen(&self) -> bool {
        let connections = &mut self.0.all.open().connections;
        let listeners = connections.values().filter(|entry| entry.state == Activity::Listening).count();
        match connections.get_mut(&self.0.id) {
            Some(entry) if listeners < MOST_LISTENERS => {
                entry.state = Activity::Listening;
                true
            }
            _ => false,
        }
    }

    /// `body`, which takes this along until all of it is sent.
    pub fn with(self, body: Body) -> Body {
        Body::new(BusyBody { body, _busy: self })
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.set(Activity::Idle);
    }
}

struct BusyBody {
    body: Body,
    _busy: Busy,
}

impl hyper::body::Body for BusyBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
