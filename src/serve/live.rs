//! The stream that a page listens to: whether it changed, and what is wrong. Knows one page's look; sends no page.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::sse::Event;
use tokio::sync::{mpsc, watch};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use super::answer::{faults_above, look};
use super::state::State;
use super::turns::{Turn, Work};
use crate::model::UrlPath;
use crate::snapshot::Snapshot;

/// A message waits until no event came for this long: five hundred files that a branch switch changes are one.
const QUIET: Duration = Duration::from_millis(30);
/// And at most for this long.
const PATIENCE: Duration = Duration::from_secs(2);

/// What a page says of itself when it begins to listen.
#[derive(Clone, Debug)]
pub struct Listener {
    /// The path it shows, percent-decoded. Without it, every change is sent.
    pub page: Option<String>,
    /// What it looks like.
    pub seen: Option<(String, String)>,
    /// Which search index it may hold.
    pub search: Option<String>,
}

type Message = Result<Event, Infallible>;

/// The messages for `listener`, until it goes: of every change from this call on.
pub fn messages(state: Arc<State>, listener: Listener) -> impl Stream<Item = Message> {
    let (sender, receiver) = mpsc::channel(4);
    // Before the task has its turn a change can come in, and the listener may have been answered already.
    let versions = state.versions();
    tokio::spawn(send_changes(state, versions, listener, sender));
    ReceiverStream::new(receiver)
}

async fn send_changes(
    state: Arc<State>,
    mut versions: watch::Receiver<u64>,
    listener: Listener,
    sender: mpsc::Sender<Message>,
) {
    let Some(page) = listener.page else {
        while next(&state, &mut versions, &sender).await {
            if sender.send(Ok(Event::default().data("changed"))).await.is_err() {
                return;
            }
        }
        return;
    };
    let mut last = LastSent { look: listener.seen, faults: None, search: listener.search };
    let mut place = Place::of(&state, page);
    loop {
        let turn = tokio::select! {
            turn = state.turns.next(Work::News) => turn,
            () = sender.closed() => return,
        };
        let moved = place.follow(&state);
        for message in moved.into_iter().chain(news(&state, &place.path, &mut last, turn).await) {
            if sender.send(Ok(message)).await.is_err() {
                return;
            }
        }
        if !next(&state, &mut versions, &sender).await {
            return;
        }
    }
}

/// Waits for the next snapshot, and then until no other follows at once. False once the page has stopped listening.
async fn next(state: &State, versions: &mut watch::Receiver<u64>, sender: &mpsc::Sender<Message>) -> bool {
    tokio::select! {
        changed = versions.changed() => if changed.is_err() { return false },
        () = sender.closed() => return false,
    }
    let mut waited = Duration::ZERO;
    loop {
        // What is read from here on is another change; the one before is seen.
        versions.mark_unchanged();
        tokio::time::sleep(QUIET).await;
        waited += QUIET;
        let is_quiet = state.is_settled() && !versions.has_changed().unwrap_or(false);
        if is_quiet || waited >= PATIENCE {
            return true;
        }
    }
}

/// What was last sent to a page.
struct LastSent {
    look: Option<(String, String)>,
    faults: Option<String>,
    search: Option<String>,
}

/// Where a page is: the path that it shows, and the one that the whole site was below when it was shown.
struct Place {
    base: String,
    path: String,
}

impl Place {
    fn of(state: &State, path: String) -> Self {
        Self { base: state.snapshot().assembled.site.config.base_url.path().to_owned(), path }
    }

    /// Goes along when the site is below another path: the message that takes the browser there.
    fn follow(&mut self, state: &State) -> Option<Event> {
        let snapshot = state.snapshot();
        let base = snapshot.assembled.site.config.base_url.path();
        let inner = match self.path.strip_prefix(base).filter(|inner| inner.starts_with('/') && base == self.base) {
            Some(_) => return None,
            None if base != self.base => self.path.strip_prefix(self.base.as_str()).map(str::to_owned),
            // It was shown before the site moved, and listens only now.
            None => state.moved(&snapshot, &self.path),
        };
        base.clone_into(&mut self.base);
        self.path = [base, &inner?].concat();
        Some(Event::default().event("go").data(&self.path))
    }
}

async fn news(state: &Arc<State>, page: &str, last: &mut LastSent, turn: Turn) -> Vec<Event> {
    let (held, path) = (Arc::clone(state), page.to_owned());
    let made = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let snapshot = held.snapshot();
        (look(&snapshot, &path), faults_above(&held, &snapshot, &path), wanted(&held, &snapshot, &path))
    });
    // A page that can't be looked at has no news; the next change asks again.
    let Ok((look, faults, wanted)) = made.await else { return Vec::new() };
    let mut events = Vec::new();
    let now = look.words();
    match &last.look {
        Some((page, _)) if *page != now.0 => events.push(Event::default().event("page").data(&now.0)),
        Some((_, assets)) if *assets != now.1 => events.push(Event::default().event("style").data(&now.1)),
        _ => {}
    }
    let is_first = last.look.is_none();
    last.look = Some(now);
    if last.faults.as_ref() != Some(&faults) {
        // Browsers drop an event without data: a line end stands for no faults.
        events.push(Event::default().event("faults").data(format!("{faults}\n")));
        last.faults = Some(faults);
    }
    let index = state.index.made().to_string();
    // Who does not say which one it holds has none yet.
    let holds_other = last.search.replace(index.clone()).is_some_and(|held| held != index);
    if holds_other {
        events.push(Event::default().event("search").data(index));
    }
    if !is_first && let Some(url) = wanted {
        events.push(Event::default().event("go").data(url));
    }
    events
}

/// The page of the one file that was edited last, where the author wants to be taken there.
fn wanted(state: &State, snapshot: &Snapshot, page: &str) -> Option<String> {
    let [edited] = &snapshot.edited[..] else { return None };
    if !state.options.follow {
        return None;
    }
    let site = &snapshot.assembled.site;
    let url: &UrlPath = site.page_of(edited)?;
    Some(site.config.base_url.link(url)).filter(|link| link != page)
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use tokio_stream::StreamExt;

    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::link::Include;
    use crate::serve::Options;
    use crate::serve::turns::Turns;
    use crate::watch::WATCHING;

    fn state() -> std::io::Result<(tempfile::TempDir, Arc<State>)> {
        let root = tempfile::tempdir()?;
        let options = Options {
            names: Vec::new(),
            root: root.path().to_owned(),
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            include: Include::default(),
            open: false,
            follow: false,
            poll: false,
        };
        Ok((root, Arc::new(State::new(options, Turns::on(1), Arc::default(), |_| {}))))
    }

    #[tokio::test]
    async fn two_changes_at_once_are_told_when_it_is_quiet() -> std::io::Result<()> {
        let (_root, state) = state()?;
        let mut versions = state.versions();
        let (sender, _receiver) = mpsc::channel(1);
        state.set_watching(Diagnostic::new(WATCHING, "one"));
        let changes = async {
            tokio::time::sleep(QUIET / 3).await;
            state.set_watching(Diagnostic::new(WATCHING, "two"));
        };
        // Far more than it takes, and less than the longest that a message waits.
        let sent = tokio::time::timeout(PATIENCE / 2, next(&state, &mut versions, &sender));
        let (sent, ()) = tokio::join!(sent, changes);
        assert_eq!(sent.ok(), Some(true));
        assert!(!versions.has_changed().unwrap_or(true), "both are sent");
        Ok(())
    }

    #[tokio::test]
    async fn a_change_right_after_the_beginning_is_told() -> std::io::Result<()> {
        let (_root, state) = state()?;
        // On this test's one thread the task that tells has no turn before the first wait below.
        let mut messages = Box::pin(messages(Arc::clone(&state), Listener { page: None, seen: None, search: None }));
        state.set_watching(Diagnostic::new(WATCHING, "changes are looked for now and then"));
        let first = tokio::time::timeout(Duration::from_secs(20), messages.next()).await?;
        assert!(matches!(first, Some(Ok(_))), "the change is sent");
        Ok(())
    }
}
