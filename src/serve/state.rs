//! The reading that is served now, what came before it, and who waits to hear of the next. Knows no HTTP and no watcher.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

use tokio::sync::watch;

use super::index::Index;
use super::reading::{Change, Reading};
use super::turns::Turns;
use super::watch::Heard;
use super::{Event, Options};
use crate::diagnostic::Diagnostic;
use crate::guard::guarded;
use crate::load;
use crate::model::UrlPath;

/// Pages whose last good version is kept.
const KEPT_PAGES: usize = 64;
/// Paths of the site that are kept: each letter of a new one may be saved.
const KEPT_BASES: usize = 32;

pub struct State {
    pub options: Options,
    told: Box<dyn Fn(Event<'_>) + Send + Sync>,
    now: RwLock<Arc<Reading>>,
    /// Of the site's texts, for search.
    pub index: Arc<Index>,
    /// Of what is made for readers.
    pub turns: Turns,
    /// Held while the site is read, so that two changes at once are read one after the other.
    reading: Mutex<()>,
    /// The number of the reading.
    readings: Arc<watch::Sender<u64>>,
    /// Paths that the site was below before, the last one first.
    bases: Mutex<Vec<String>>,
    /// Events of the watcher: how many were heard, and how many the reading knows of.
    heard: Heard,
    known: AtomicU64,
    /// What is wrong with watching itself.
    watching: Mutex<Option<Diagnostic>>,
    /// Why the last change could not be read; what was read before is served.
    unread: Mutex<Option<Diagnostic>>,
    good_pages: Mutex<VecDeque<(UrlPath, Arc<[u8]>)>>,
}

impl State {
    /// Reads the site for the first time. A fault of the program over it is shown in its place until the next save.
    pub fn new(options: Options, turns: Turns, heard: Heard, told: impl Fn(Event<'_>) + Send + Sync + 'static) -> Self {
        let first = |options: &Options| Reading::first(&options.root, options.include, load::now());
        Self::reading_with(options, turns, heard, told, first)
    }

    /// The same, read by `first`.
    fn reading_with(
        options: Options,
        turns: Turns,
        heard: Heard,
        told: impl Fn(Event<'_>) + Send + Sync + 'static,
        first: impl FnOnce(&Options) -> Reading,
    ) -> Self {
        let start = Instant::now();
        let reading = guarded(|| "the site could not be read".to_owned(), || first(&options));
        let unread = reading.as_ref().err().cloned();
        let reading =
            reading.unwrap_or_else(|fault| Reading::unread(&options.root, options.include, load::now(), fault));
        let state = Self {
            options,
            told: Box::new(told),
            now: RwLock::new(Arc::new(reading)),
            index: Arc::default(),
            turns,
            reading: Mutex::default(),
            readings: Arc::new(watch::channel(0).0),
            bases: Mutex::default(),
            heard,
            known: AtomicU64::new(0),
            watching: Mutex::default(),
            unread: Mutex::new(unread.clone()),
            good_pages: Mutex::default(),
        };
        match unread {
            Some(fault) => state.tell(Event::Fault(&fault)),
            None => state.tell_reading(&state.reading(), start),
        }
        state
    }

    /// Tells whoever runs the server. A panic over it is theirs, and concerns no reader.
    pub fn tell(&self, event: Event<'_>) {
        let _ = guarded(|| "the terminal could not be written to".to_owned(), || (self.told)(event));
    }

    /// What is served at this moment.
    pub fn reading(&self) -> Arc<Reading> {
        Arc::clone(&self.now.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Gives the number of the reading whenever it grows.
    pub fn readings(&self) -> watch::Receiver<u64> {
        self.readings.subscribe()
    }

    /// The path of the front page.
    pub fn home(&self) -> String {
        format!("{}/", self.reading().assembled.site.config.base_url.path())
    }

    /// How much was heard so far.
    pub fn heard(&self) -> u64 {
        self.heard.load(Ordering::SeqCst)
    }

    /// Whether everything that was heard of has been read.
    pub fn is_settled(&self) -> bool {
        self.heard() == self.known.load(Ordering::SeqCst)
    }

    /// Reads what changed and serves what came of it. `heard` is how much had been heard when `change` was gathered.
    pub fn follow(&self, change: &Change, heard: u64) {
        let _one_at_a_time = held(&self.reading);
        let start = Instant::now();
        // What could not be read the last time is still to be read.
        let change = if held(&self.unread).is_some() { &Change::Anything } else { change };
        let what = || "what changed could not be read".to_owned();
        let next = guarded(what, || self.reading().after(change, load::now()));
        let (next, fault) = next.map_or_else(|fault| (None, Some(fault)), |next| (next, None));
        let reading = next.map(Arc::new);
        if let Some(reading) = &reading {
            self.keep_base(&self.reading(), reading);
            *self.now.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(reading);
        }
        let is_news = std::mem::replace(&mut *held(&self.unread), fault.clone()) != fault;
        self.known.store(heard, Ordering::SeqCst);
        if let Some(reading) = &reading {
            let readings = Arc::clone(&self.readings);
            self.index.follow(reading, move || readings.send_modify(|number| *number += 1));
        }
        if is_news || reading.is_some() {
            self.readings.send_modify(|number| *number += 1);
        }
        if let Some(fault) = fault.filter(|_| is_news) {
            self.tell(Event::Fault(&fault));
        }
        if let Some(reading) = &reading {
            self.tell_reading(reading, start);
        }
    }

    /// Keeps the path that the site was below, if it is another one now.
    fn keep_base(&self, before: &Reading, now: &Reading) {
        let base = |reading: &Reading| reading.assembled.site.config.base_url.path().to_owned();
        let (before, now) = (base(before), base(now));
        if before != now {
            let mut bases = held(&self.bases);
            bases.retain(|base| *base != before && *base != now);
            bases.insert(0, before);
            bases.truncate(KEPT_BASES);
        }
    }

    /// What `path` is below one of the paths that the site was below before, if the site still has that.
    pub fn moved(&self, reading: &Reading, path: &str) -> Option<String> {
        let has = |inner: &str| inner.starts_with('/') && reading.assembled.site.has(inner);
        held(&self.bases)
            .iter()
            .filter_map(|base| path.strip_prefix(base.as_str()))
            .find(|inner| has(inner))
            .map(str::to_owned)
    }

    fn tell_reading(&self, reading: &Reading, start: Instant) {
        let site = &reading.assembled.site;
        self.tell(Event::Read {
            pages: site.urls().filter(|(url, kind)| kind.is_page_at(url)).count(),
            milliseconds: start.elapsed().as_millis(),
            diagnostics: &reading.diagnostics,
        });
    }

    /// Says, on the terminal and above every page, what is wrong with watching. What was said is not said again.
    pub fn set_watching(&self, fault: Diagnostic) {
        if held(&self.watching).as_ref() == Some(&fault) {
            return;
        }
        self.tell(Event::Fault(&fault));
        *held(&self.watching) = Some(fault);
        self.readings.send_modify(|number| *number += 1);
    }

    /// Everything that is to be shown above a page.
    pub fn diagnostics(&self, reading: &Reading) -> Vec<Diagnostic> {
        held(&self.watching).iter().chain(&*held(&self.unread)).chain(&reading.diagnostics).cloned().collect()
    }

    /// Keeps a page as the last good one of its address.
    pub fn keep_page(&self, url: &UrlPath, body: &[u8]) {
        let mut pages = held(&self.good_pages);
        pages.retain(|(kept, _)| kept != url);
        pages.push_front((url.clone(), body.into()));
        pages.truncate(KEPT_PAGES);
    }

    /// The last good page of this address.
    pub fn good_page(&self, url: &UrlPath) -> Option<Arc<[u8]>> {
        held(&self.good_pages).iter().find(|(kept, _)| kept == url).map(|(_, body)| Arc::clone(body))
    }
}

/// Locked, even after a thread that held it panicked: every value is whole at any time.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
#[allow(clippy::panic, reason = "what becomes of a panic is tested")]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use super::super::answer::{Payload, answer};
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
        let heard = Heard::default();
        let first = |_: &Options| panic!("on purpose");
        let state = State::reading_with(options(root.path()), Turns::on(1), heard, |_| {}, first);
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
        assert_eq!(*state.readings().borrow(), 1, "those that listen hear of it");
        Ok(())
    }

    #[test]
    fn a_panic_over_what_is_told_stops_no_reading() -> std::io::Result<()> {
        let root = tempfile::tempdir()?;
        let essays = root.path().join("content/essays");
        std::fs::create_dir_all(&essays)?;
        let state = State::new(options(root.path()), Turns::on(1), Heard::default(), |_| panic!("on purpose"));
        for n in 1..=2 {
            std::fs::write(essays.join(format!("e{n}.md")), "---\ntitle: E\ndate: 2026-05-01\n---\nWords.\n")?;
            state.follow(&Change::Anything, n);
            let reading = state.reading();
            let essays = reading.assembled.site.urls().filter(|(url, _)| url.as_str().starts_with("/essays/e"));
            assert_eq!(essays.count() as u64, n);
            assert_eq!(*state.readings().borrow(), n, "those that listen hear of it");
        }
        Ok(())
    }
}
