//! The snapshot that is served now, what came before it, and who waits to hear of the next. Knows no HTTP and no watcher.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use tokio::sync::watch;

use super::index::Index;
use super::turns::Turns;
use super::{Event, Options};
use crate::diagnostic::Diagnostic;
use crate::guard::{guarded, locked};
use crate::load;
use crate::snapshot::{Change, Snapshot};
use crate::watch::{EventCount, Follower};

/// How many earlier paths of the site stay valid: while one is typed, each letter may be saved.
const KEPT_BASES: usize = 32;

pub struct State {
    pub options: Options,
    reporter: Box<dyn Fn(Event<'_>) + Send + Sync>,
    now: Mutex<Arc<Snapshot>>,
    /// Of the site's texts, for search.
    pub index: Arc<Index>,
    /// Of what is made for readers.
    pub turns: Turns,
    /// Held while the site is read, so that two changes at once are read one after the other.
    applying: Mutex<()>,
    /// The number of the snapshot.
    versions: Arc<watch::Sender<u64>>,
    /// Paths that the site was below before, the last one first.
    bases: Mutex<Vec<String>>,
    /// Events of the watcher: how many were received, and how many the snapshot includes.
    received: EventCount,
    known: AtomicU64,
    /// What is wrong with watching itself.
    watching: Mutex<Option<Diagnostic>>,
    /// Why the last change could not be read; what was read before is served.
    unread: Mutex<Option<Diagnostic>>,
}

impl State {
    /// Reads the site for the first time. A fault of the program over it is shown in its place until the next save.
    pub fn new(
        options: Options,
        turns: Turns,
        received: EventCount,
        reporter: impl Fn(Event<'_>) + Send + Sync + 'static,
    ) -> Self {
        let first = |options: &Options| Snapshot::read(&options.root, options.include, load::now());
        Self::starting_with(options, turns, received, reporter, first)
    }

    /// The same, read by `first`.
    fn starting_with(
        options: Options,
        turns: Turns,
        received: EventCount,
        reporter: impl Fn(Event<'_>) + Send + Sync + 'static,
        first: impl FnOnce(&Options) -> Snapshot,
    ) -> Self {
        let start = Instant::now();
        let snapshot = guarded(|| "the site could not be read".to_owned(), || first(&options));
        let unread = snapshot.as_ref().err().cloned();
        let snapshot =
            snapshot.unwrap_or_else(|fault| Snapshot::unread(&options.root, options.include, load::now(), fault));
        let state = Self {
            options,
            reporter: Box::new(reporter),
            now: Mutex::new(Arc::new(snapshot)),
            index: Arc::default(),
            turns,
            applying: Mutex::default(),
            versions: Arc::new(watch::channel(0).0),
            bases: Mutex::default(),
            received,
            known: AtomicU64::new(0),
            watching: Mutex::default(),
            unread: Mutex::new(unread.clone()),
        };
        match unread {
            Some(fault) => state.report(Event::Fault(&fault)),
            None => state.tell_snapshot(&state.snapshot(), start),
        }
        state
    }

    /// Tells whoever runs the server. A panic over it is theirs, and concerns no reader.
    pub fn report(&self, event: Event<'_>) {
        let _ = guarded(|| "the terminal could not be written to".to_owned(), || (self.reporter)(event));
    }

    /// What is served at this moment.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&locked(&self.now))
    }

    /// Gives the number of the snapshot whenever it grows.
    pub fn versions(&self) -> watch::Receiver<u64> {
        self.versions.subscribe()
    }

    /// The path of the front page.
    pub fn home(&self) -> String {
        format!("{}/", self.snapshot().assembled.site.config.base_url.path())
    }

    /// How many events the watcher has received.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::SeqCst)
    }

    /// Whether the snapshot includes every event that was received.
    pub fn is_settled(&self) -> bool {
        self.received() == self.known.load(Ordering::SeqCst)
    }

    /// Reads what changed and serves what came of it. `received` is how many events there were when `change` was collected.
    pub fn follow(&self, change: &Change, received: u64) {
        let _one_at_a_time = locked(&self.applying);
        let start = Instant::now();
        // What could not be read the last time is still to be read.
        let change = if locked(&self.unread).is_some() { &Change::Anything } else { change };
        let what = || "what changed could not be read".to_owned();
        let next = guarded(what, || self.snapshot().apply(change, load::now()));
        let (next, fault) = next.map_or_else(|fault| (None, Some(fault)), |next| (next, None));
        let snapshot = next.map(Arc::new);
        if let Some(snapshot) = &snapshot {
            self.keep_base(&self.snapshot(), snapshot);
            *locked(&self.now) = Arc::clone(snapshot);
        }
        let is_news = std::mem::replace(&mut *locked(&self.unread), fault.clone()) != fault;
        self.known.store(received, Ordering::SeqCst);
        if let Some(snapshot) = &snapshot {
            let versions = Arc::clone(&self.versions);
            self.index.follow(snapshot, move || versions.send_modify(|number| *number += 1));
        }
        if is_news || snapshot.is_some() {
            self.versions.send_modify(|number| *number += 1);
        }
        if let Some(fault) = fault.filter(|_| is_news) {
            self.report(Event::Fault(&fault));
        }
        if let Some(snapshot) = &snapshot {
            self.tell_snapshot(snapshot, start);
        }
    }

    /// Keeps the path that the site was below, if it is another one now.
    fn keep_base(&self, before: &Snapshot, now: &Snapshot) {
        let base = |snapshot: &Snapshot| snapshot.assembled.site.config.base_url.path().to_owned();
        let (before, now) = (base(before), base(now));
        if before != now {
            let mut bases = locked(&self.bases);
            bases.retain(|base| *base != before && *base != now);
            bases.insert(0, before);
            bases.truncate(KEPT_BASES);
        }
    }

    /// What `path` is below one of the paths that the site was below before, if the site still has that.
    pub fn moved(&self, snapshot: &Snapshot, path: &str) -> Option<String> {
        let has = |inner: &str| inner.starts_with('/') && snapshot.assembled.site.has(inner);
        locked(&self.bases)
            .iter()
            .filter_map(|base| path.strip_prefix(base.as_str()))
            .find(|inner| has(inner))
            .map(str::to_owned)
    }

    fn tell_snapshot(&self, snapshot: &Snapshot, start: Instant) {
        let site = &snapshot.assembled.site;
        self.report(Event::Read {
            pages: site.urls().filter(|(url, kind)| kind.is_page_at(url)).count(),
            milliseconds: start.elapsed().as_millis(),
            diagnostics: &snapshot.diagnostics,
        });
    }

    /// Says, on the terminal and above every page, what is wrong with watching. A message that is shown already is not repeated.
    pub fn set_watching(&self, fault: Diagnostic) {
        if locked(&self.watching).as_ref() == Some(&fault) {
            return;
        }
        self.report(Event::Fault(&fault));
        *locked(&self.watching) = Some(fault);
        self.versions.send_modify(|number| *number += 1);
    }

    /// What is wrong besides the diagnostics of the snapshot: with watching, with reading the site at all.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        locked(&self.watching).iter().chain(&*locked(&self.unread)).cloned().collect()
    }
}

impl Follower for State {
    fn snapshot(&self) -> Arc<Snapshot> {
        Self::snapshot(self)
    }

    fn received(&self) -> u64 {
        Self::received(self)
    }

    fn follow(&self, change: &Change, received: u64) {
        Self::follow(self, change, received);
    }

    fn set_watching(&self, fault: Diagnostic) {
        Self::set_watching(self, fault);
    }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "what becomes of a panic is tested")]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use super::super::answer::{Payload, answer, faults_above, look};
    use super::*;
    use crate::link::Include;

    fn options(root: &std::path::Path) -> Options {
        Options {
            root: root.to_owned(),
            address: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            names: Vec::new(),
            include: Include::default(),
            open: false,
            follow: false,
            poll: false,
        }
    }

    #[test]
    fn a_panic_over_the_first_reading_is_shown_until_the_next_save() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let essays = root.path().join("content/essays");
        std::fs::create_dir_all(&essays)?;
        std::fs::write(essays.join("e.md"), "---\ntitle: E\ndate: 2026-05-01\n---\nWords.\n")?;
        let received = EventCount::default();
        let first = |_: &Options| panic!("on purpose");
        let state = State::starting_with(options(root.path()), Turns::on(1), received, |_| {}, first);
        let shown = |path: &str| {
            let answer = answer(&state, path);
            let Payload::Bytes(bytes) = answer.body else { return (answer.status, String::new()) };
            (answer.status, String::from_utf8_lossy(&bytes).into_owned())
        };
        for path in ["/", "/essays/e/", "/nothing/"] {
            let (status, page) = shown(path);
            assert_eq!(status, 500, "{path}");
            assert_eq!(
                page.matches("<summary>1 error: the site could not be read: Ninefold has a fault").count(),
                1,
                "{page}"
            );
            assert!(page.contains("id=\"nf-live\""), "it listens for the next save");
        }
        state.follow(&Change::Paths([essays.join("e.md")].into()), 1);
        let (status, page) = shown("/essays/e/");
        assert!(status == 200 && page.contains("Words.") && !page.contains("has a fault"), "{page}");
        assert_eq!(*state.versions().borrow(), 1, "those that listen hear of it");
        Ok(())
    }

    #[test]
    fn an_edit_with_a_page_listening_renders_that_page_once() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let essays = root.path().join("content/essays");
        std::fs::create_dir_all(&essays)?;
        std::fs::write(root.path().join("content/site.yaml"), "title: S\nbase_url: https://example.org\n")?;
        let save = |words: &str| {
            std::fs::write(essays.join("e.md"), format!("---\ntitle: E\ndate: 2026-05-01\n---\n{words}\n"))
        };
        save("Words.")?;
        let state = State::new(options(root.path()), Turns::on(1), EventCount::default(), |_| {});
        answer(&state, "/essays/e/");
        assert_eq!(state.snapshot().rendered(), 1);
        save("Other words.")?;
        state.follow(&Change::Paths([essays.join("e.md")].into()), 1);
        // The message to a page that listens, and then what its browser asks for.
        let snapshot = state.snapshot();
        let seen = look(&snapshot, "/essays/e/");
        assert_eq!(faults_above(&state, &snapshot, "/essays/e/"), "");
        let Payload::Bytes(page) = answer(&state, "/essays/e/").body else {
            return Err(std::io::ErrorKind::Other.into());
        };
        assert!(String::from_utf8_lossy(&page).contains(&format!("data-page=\"{}\"", seen.words().0)));
        assert_eq!(state.snapshot().rendered(), 2);
        Ok(())
    }

    #[test]
    fn a_panic_of_the_reporter_stops_no_change() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let essays = root.path().join("content/essays");
        std::fs::create_dir_all(&essays)?;
        let state = State::new(options(root.path()), Turns::on(1), EventCount::default(), |_| panic!("on purpose"));
        for n in 1..=2 {
            std::fs::write(essays.join(format!("e{n}.md")), "---\ntitle: E\ndate: 2026-05-01\n---\nWords.\n")?;
            state.follow(&Change::Anything, n);
            let snapshot = state.snapshot();
            let essays = snapshot.assembled.site.urls().filter(|(url, _)| url.as_str().starts_with("/essays/e"));
            assert_eq!(essays.count() as u64, n);
            assert_eq!(*state.versions().borrow(), n, "those that listen hear of it");
        }
        Ok(())
    }
}
