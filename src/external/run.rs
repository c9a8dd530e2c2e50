//! EDGE. Asks for many addresses on some threads, as the schedule says. Owns threads and the passing of time; knows neither sites
//! nor what an answer means to them.

use std::sync::{Condvar, Mutex};
use std::time::{Duration, Instant};

use crate::guard::locked;

use super::answer::{Answer, Failure, Request, Web, follow};
use super::schedule::{Outcome, Pace, Schedule, Turn, Worth};

/// Requests that are under way at once, each to another host.
const THREADS: usize = 8;

/// What came of an address.
#[derive(Debug)]
pub enum Asked {
    Answered(Answer),
    /// Its host was given up before it was asked.
    GivenUp,
}

/// Asks `web` for each of `requests`; `done` hears of each as soon as its answer counts.
pub fn ask(requests: Vec<Request>, web: &dyn Web, pace: Pace, done: &(dyn Fn(Request, Asked) + Sync)) {
    let begun = Instant::now();
    let threads = THREADS.min(requests.len());
    let schedule = Mutex::new(Schedule::new(requests, pace));
    let answered = Condvar::new();
    let work = || {
        let mut now = locked(&schedule);
        loop {
            let wait = match now.next(begun.elapsed()) {
                Turn::Done => return,
                Turn::Wait(pause) => Some(pause),
                Turn::WaitForAnswer => None,
                Turn::Ask(request) => {
                    drop(now);
                    let answer = follow(web, &request);
                    now = locked(&schedule);
                    let worth = now.answered(&request, outcome(&answer), begun.elapsed());
                    drop(now);
                    if worth != Worth::Again {
                        done(request, Asked::Answered(answer));
                    }
                    if let Worth::GivenUp(others) = worth {
                        others.into_iter().for_each(|other| done(other, Asked::GivenUp));
                    }
                    answered.notify_all();
                    now = locked(&schedule);
                    continue;
                }
            };
            // Whoever waits looks again now and then, whatever is told meanwhile.
            let wait = wait.unwrap_or(Duration::from_secs(1)).min(Duration::from_secs(1));
            now = match answered.wait_timeout(now, wait) {
                Ok((now, _)) => now,
                Err(poisoned) => poisoned.into_inner().0,
            };
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
}

fn outcome(answer: &Answer) -> Outcome {
    match &answer.end {
        Ok(reply) if matches!(reply.status, 429 | 503) => Outcome::Setback(reply.retry_after),
        Err(Failure::Timeout) => Outcome::Setback(None),
        _ => Outcome::Answered,
    }
}
