//! The clock: what time it is, and where a build's time goes. Knows no stage, only the names of laps.

use std::time::{Duration, Instant};

use jiff::Timestamp;

/// The present moment.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Times the stages of a build, one after the other.
#[derive(Clone, Debug)]
pub struct Stopwatch {
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Default for Stopwatch {
    fn default() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }
}

impl Stopwatch {
    /// The stage `name` ended now; it began when the one before it ended.
    pub fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }

    /// The stages in order and how long each took.
    pub fn laps(&self) -> &[(&'static str, Duration)] {
        &self.laps
    }
}

/// How long `work` took, and what it made.
pub fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = work();
    (made, start.elapsed())
}
