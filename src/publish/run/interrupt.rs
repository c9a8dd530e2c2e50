//! Whether a run is to end early, since a signal asked for it. Knows signals; knows nothing of what is then left undone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

use crate::diagnostic::{Diagnostic, rules};

rules! {
    INTERRUPTED = "interrupted", error fixed, "publishing was interrupted";
}

/// How long a wait sleeps before it looks for a signal again.
const LOOK: Duration = Duration::from_millis(50);

/// Set by the first signal and never reset.
#[derive(Clone, Debug, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens for the signals that end a program: from now on they end the run in order rather than at once.
    pub fn on_signals(runtime: &Runtime) -> Self {
        let interrupt = Self::default();
        let asked = Arc::clone(&interrupt.0);
        runtime.spawn(async move {
            signalled().await;
            asked.store(true, Ordering::Relaxed);
        });
        interrupt
    }

    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// Waits, unless a signal comes first.
    pub fn sleep(&self, pause: Duration) {
        let end = Instant::now() + pause;
        while !self.is_asked() {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            thread::sleep(left.min(LOOK));
        }
    }

    /// An error once a signal has come.
    pub fn check(&self) -> Result<(), Diagnostic> {
        if !self.is_asked() {
            return Ok(());
        }
        Err(Diagnostic::new(INTERRUPTED, "publishing was interrupted by a signal").help(
            "readers have whole pages, and the place is not locked; run the command again: it goes on where this ended",
        ))
    }
}

#[cfg(unix)]
async fn signalled() {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = [SignalKind::interrupt(), SignalKind::terminate(), SignalKind::hangup()].map(signal);
    // A signal that can't be listened for ends the program as it does any other.
    let [Ok(mut interrupt), Ok(mut terminate), Ok(mut hangup)] = signals else { return std::future::pending().await };
    tokio::select! {
        _ = interrupt.recv() => {}
        _ = terminate.recv() => {}
        _ = hangup.recv() => {}
    }
}

#[cfg(not(unix))]
async fn signalled() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending().await
    }
}
