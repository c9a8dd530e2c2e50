//! How much is made at once: each kind of work has turns of its own, so that many who ask take no more memory than a few, and
//! what is quick does not wait for what is not. Knows no work itself.

use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Threads that read files for readers, a piece at a time.
const FILES: usize = 2;

/// Kinds of work.
#[derive(Clone, Copy, Debug)]
pub enum Work {
    /// A page, or a file to be opened.
    Page,
    Picture,
    /// A file of the search index, which may have to be made first.
    Search,
    /// Whether a page that listens changed.
    News,
}

/// The turns of a server.
pub struct Turns([Arc<Semaphore>; 4]);

/// Something may be made until this goes.
pub type Turn = Option<OwnedSemaphorePermit>;

impl Turns {
    /// For so many cores.
    pub fn on(cores: usize) -> Self {
        let turns = |work| match work {
            Work::Page => cores.max(2),
            Work::Picture | Work::News => cores.div_ceil(2),
            // Whoever asks while the index is made waits for the same.
            Work::Search => 1,
        };
        Self([Work::Page, Work::Picture, Work::Search, Work::News].map(|work| Arc::new(Semaphore::new(turns(work)))))
    }

    /// Threads for all of them and for files. Each holds memory of its own for as long as it lives.
    pub fn threads(&self) -> usize {
        self.0.iter().map(|turns| turns.available_permits()).sum::<usize>() + FILES
    }

    /// Waits for a turn. There is always a next one: it is none only where turns are closed, which these never are.
    pub async fn next(&self, work: Work) -> Turn {
        Arc::clone(&self.0[work as usize]).acquire_owned().await.ok()
    }
}
