//! In which order addresses are asked for: each host one at a time with pauses, and longer ones where it asks for them. Knows
//! time as what has passed since the beginning; asks for nothing and waits for nothing itself.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::answer::Request;

/// How fast hosts are asked.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// Between two requests to one host.
    pub gap: Duration,
    /// After the first setback, and twice as long after each further one in a row.
    pub pause: Duration,
    /// A host that asks for more is left alone until another run.
    pub patience: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { gap: Duration::from_secs(1), pause: Duration::from_secs(2), patience: Duration::from_secs(60) }
    }
}

/// How often an address is asked for, and how many setbacks in a row a host may have.
const TRIES: u32 = 3;

/// What is to be done next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    Ask(Request),
    /// Nothing for so long.
    Wait(Duration),
    /// Nothing before an answer comes in.
    WaitForAnswer,
    Done,
}

/// How a request went, as far as the schedule is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Answered,
    /// The host is busy, or silent; it may have said how long to wait.
    Setback(Option<Duration>),
}

/// What the answer that came in is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worth {
    /// It counts.
    Final,
    /// The address is asked for again later.
    Again,
    /// It counts, and so it does for the other addresses of the host, which are not asked for.
    GivenUp(Vec<Request>),
}

/// The addresses that are still to be asked for.
#[derive(Debug)]
pub struct Schedule {
    hosts: BTreeMap<String, Host>,
    pace: Pace,
}

#[derive(Debug, Default)]
struct Host {
    waiting: VecDeque<Request>,
    is_busy: bool,
    /// Since the beginning.
    not_before: Duration,
    setbacks: u32,
}

impl Schedule {
    pub fn new(requests: impl IntoIterator<Item = Request>, pace: Pace) -> Self {
        let mut hosts: BTreeMap<String, Host> = BTreeMap::new();
        for request in requests {
            hosts.entry(host(&request)).or_default().waiting.push_back(request);
        }
        Self { hosts, pace }
    }

    /// What is to be done at `now`. An address that is given out is under way until [`Schedule::answered`].
    pub fn next(&mut self, now: Duration) -> Turn {
        let mut soonest: Option<Duration> = None;
        for host in self.hosts.values_mut().filter(|host| !host.is_busy && !host.waiting.is_empty()) {
            if host.not_before <= now
                && let Some(request) = host.waiting.pop_front()
            {
                host.is_busy = true;
                return Turn::Ask(request);
            }
            soonest = Some(soonest.map_or(host.not_before, |soonest| soonest.min(host.not_before)));
        }
        match soonest {
            Some(soonest) => Turn::Wait(soonest - now),
            None if self.hosts.values().any(|host| host.is_busy) => Turn::WaitForAnswer,
            None => Turn::Done,
        }
    }

    /// The answer to `request` came in at `now`.
    pub fn answered(&mut self, request: &Request, outcome: Outcome, now: Duration) -> Worth {
        let Some(host) = self.hosts.get_mut(&host(request)) else { return Worth::Final };
        host.is_busy = false;
        host.not_before = now + self.pace.gap;
        let Outcome::Setback(asked) = outcome else {
            host.setbacks = 0;
            return Worth::Final;
        };
        host.setbacks += 1;
        let pause = asked.unwrap_or_else(|| self.pace.pause * 2_u32.pow(host.setbacks.min(TRIES) - 1));
        if host.setbacks >= TRIES || pause > self.pace.patience {
            return Worth::GivenUp(std::mem::take(&mut host.waiting).into());
        }
        host.not_before = now + pause.max(self.pace.gap);
        host.waiting.push_front(request.clone());
        Worth::Again
    }
}

/// The host of an address with its port: who is asked.
fn host(Request { url, .. }: &Request) -> String {
    format!("{}:{}", url.host_str().unwrap_or_default(), url.port_or_known_default().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Request {
        Request { url: text.parse().expect("an address"), when: None }
    }

    fn seconds(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    const A1: &str = "https://a.example/1";
    const A2: &str = "https://a.example/2";
    const B1: &str = "https://b.example/1";

    fn schedule() -> Schedule {
        Schedule::new([A1, A2, B1].map(url), Pace::default())
    }

    #[test]
    fn a_host_is_asked_one_at_a_time_with_a_gap() {
        let mut schedule = schedule();
        assert_eq!(schedule.next(seconds(0)), Turn::Ask(url(A1)));
        assert_eq!(schedule.next(seconds(0)), Turn::Ask(url(B1)));
        assert_eq!(schedule.next(seconds(0)), Turn::WaitForAnswer);
        assert_eq!(schedule.answered(&url(A1), Outcome::Answered, seconds(3)), Worth::Final);
        assert_eq!(schedule.next(seconds(3)), Turn::Wait(seconds(1)));
        assert_eq!(schedule.next(seconds(4)), Turn::Ask(url(A2)));
        schedule.answered(&url(A2), Outcome::Answered, seconds(5));
        assert_eq!(schedule.next(seconds(5)), Turn::WaitForAnswer);
        schedule.answered(&url(B1), Outcome::Answered, seconds(6));
        assert_eq!(schedule.next(seconds(6)), Turn::Done);
    }

    #[test]
    fn a_setback_means_a_longer_pause_each_time_and_then_the_host_is_left_alone() {
        let mut schedule = Schedule::new([A1, A2].map(url), Pace::default());
        assert_eq!(schedule.next(seconds(0)), Turn::Ask(url(A1)));
        assert_eq!(schedule.answered(&url(A1), Outcome::Setback(None), seconds(0)), Worth::Again);
        assert_eq!(schedule.next(seconds(0)), Turn::Wait(seconds(2)));
        assert_eq!(schedule.next(seconds(2)), Turn::Ask(url(A1)));
        assert_eq!(schedule.answered(&url(A1), Outcome::Setback(None), seconds(2)), Worth::Again);
        assert_eq!(schedule.next(seconds(2)), Turn::Wait(seconds(4)));
        assert_eq!(schedule.next(seconds(6)), Turn::Ask(url(A1)));
        let given_up = Worth::GivenUp(vec![url(A2)]);
        assert_eq!(schedule.answered(&url(A1), Outcome::Setback(None), seconds(6)), given_up);
        assert_eq!(schedule.next(seconds(6)), Turn::Done);
    }

    #[test]
    fn an_answer_ends_a_row_of_setbacks() {
        let mut schedule = Schedule::new([A1, A2].map(url), Pace::default());
        for (n, outcome) in [Outcome::Setback(None), Outcome::Setback(None), Outcome::Answered].into_iter().enumerate()
        {
            let now = seconds(100 * (n as u64 + 1));
            assert_eq!(schedule.next(now), Turn::Ask(url(A1)));
            schedule.answered(&url(A1), outcome, now);
        }
        assert_eq!(schedule.next(seconds(400)), Turn::Ask(url(A2)));
        assert_eq!(schedule.answered(&url(A2), Outcome::Setback(None), seconds(400)), Worth::Again);
    }

    #[test]
    fn a_host_is_given_the_time_that_it_asks_for_within_reason() {
        for (asked, worth) in [(60, Worth::Again), (61, Worth::GivenUp(Vec::new()))] {
            let mut schedule = Schedule::new([url(A1)], Pace::default());
            schedule.next(seconds(0));
            assert_eq!(schedule.answered(&url(A1), Outcome::Setback(Some(seconds(asked))), seconds(0)), worth);
            let turn = if worth == Worth::Again { Turn::Wait(seconds(60)) } else { Turn::Done };
            assert_eq!(schedule.next(seconds(0)), turn);
        }
    }
}
