//! EDGE. Watches the files of a site. Knows folders and how editors save; says which paths changed and when to look, to whoever
//! follows a snapshot of it.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, EventKind, PollWatcher, RecursiveMode, Watcher};

use crate::diagnostic::{Diagnostic, rules};
use crate::guard::{self, locked};
use crate::load::is_of_an_editor;
use crate::snapshot::{Change, Snapshot};

rules! {
    WATCHING = "watching", warning fixed, "the system does not tell of changes, so they are looked for now and then";
}

/// An editor's save is several events. Where none of them says that a file is finished, it is when none came for this long.
const QUIET: Duration = Duration::from_millis(3);
/// While a branch is switched events keep coming; the site is read at least this often.
const PATIENCE: Duration = Duration::from_millis(300);
/// How often to poll where the system sends no events.
const POLL: Duration = Duration::from_millis(700);

/// The folders of a site that are watched with all below them. Either may be made while the site is served.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Why no events come any more where the site's folder was removed, or moved away.
const GONE: &str = "the site's folder is gone";

/// How many events of the watcher came in so far.
pub type EventCount = Arc<AtomicU64>;

/// Holds a snapshot of the site that is watched, and makes the next.
pub trait Follower: Send + Sync + 'static {
    fn snapshot(&self) -> Arc<Snapshot>;
    /// How much was heard so far.
    fn received(&self) -> u64;
    /// Takes in what changed. `heard` is how much had been heard when `change` was gathered.
    fn follow(&self, change: &Change, received: u64);
    /// Something is wrong with watching itself.
    fn set_watching(&self, fault: Diagnostic);
}

/// What came in.
enum Signal {
    /// These paths changed; `finished` if a file was closed after it was written.
    Changed { paths: Vec<PathBuf>, finished: bool },
    /// Events were lost: whatever changed, read it all.
    Missed,
    /// The watcher is of no use any more.
    Lost(String),
}

/// Folders elsewhere that links among the site's files lead to.
type Linked = Arc<Mutex<Arc<[PathBuf]>>>;

/// Watches until it is dropped.
pub struct Watching {
    watcher: Mutex<Box<dyn Watcher + Send>>,
    root: PathBuf,
    linked: Linked,
    received: EventCount,
}

/// Begins to watch `root`, a whole path: from now on nothing is missed. What comes in waits to be followed.
pub fn watch(
    root: &Path,
    poll: bool,
    received: &EventCount,
) -> notify::Result<(Arc<Watching>, Inbox, Option<Diagnostic>)> {
    let (sender, receiver) = channel();
    let linked = Linked::new(Mutex::new(Arc::new([])));
    let linked = &linked;
    let (watcher, fault) = match (poll, silent_file_system(root)) {
        (true, _) => (polling(root, linked, received, &sender)?, None),
        (false, Some(kind)) => {
            let fault = slower(&format!("the site is on {kind}, which does not tell of changes"));
            (polling(root, linked, received, &sender)?, Some(fault))
        }
        (false, None) => match native(root, linked, received, &sender) {
            Ok(watcher) => (watcher, None),
            Err(error) => {
                let fault = slower(&format!("the system can't watch the site's files: {error}"));
                (polling(root, linked, received, &sender)?, Some(fault))
            }
        },
    };
    let watching = Watching {
        watcher: Mutex::new(watcher),
        root: root.to_owned(),
        linked: Arc::clone(linked),
        received: Arc::clone(received),
    };
    Ok((Arc::new(watching), Inbox { receiver, sender }, fault))
}

/// Reads what changes, for as long as it is watched.
pub fn follow(watching: &Arc<Watching>, mut inbox: Inbox, state: Arc<impl Follower>) -> io::Result<()> {
    watching.follow_links(state.snapshot().linked());
    let held = Arc::downgrade(watching);
    let work = move || {
        while let Some(mut next) = inbox.next(&*state) {
            let Some(watching) = held.upgrade() else { return };
            // Where nothing tells of the folder itself, what happens in it does.
            let gone = (!watching.root.is_dir()).then(|| GONE.to_owned());
            if let Some(why) = next.lost.or(gone) {
                watching.fall_back(&*state, &inbox.sender, &why);
                // Changes in the meantime were not seen.
                next.change = Change::Anything;
            }
            // A folder that was just made is followed from now on, and read after that, so that nothing is missed.
            if FOLDERS.iter().any(|name| next.change.names(&watching.root.join(name))) {
                watching.follow_folders();
            }
            state.follow(&next.change, next.received);
            watching.follow_links(state.snapshot().linked());
        }
    };
    guard::thread("watch").spawn(work).map(drop)
}

impl Watching {
    /// Watches the site's folders that are there. Watching one again does no harm.
    fn follow_folders(&self) {
        let mut watcher = locked(&self.watcher);
        for folder in FOLDERS.map(|name| self.root.join(name)).into_iter().filter(|folder| folder.is_dir()) {
            let _ = watcher.watch(&folder, RecursiveMode::Recursive);
        }
    }

    /// Watches the folders that links lead to, and no longer those that none leads to.
    fn follow_links(&self, folders: &Arc<[PathBuf]>) {
        let before = std::mem::replace(&mut *locked(&self.linked), Arc::clone(folders));
        if before == *folders {
            return;
        }
        let mut watcher = locked(&self.watcher);
        for folder in before.iter().filter(|folder| !folders.contains(folder)) {
            let _ = watcher.unwatch(folder);
        }
        for folder in folders.iter() {
            let _ = watcher.watch(folder, RecursiveMode::Recursive);
        }
    }

    /// Looks for changes from now on; where there is nothing to look at, waits until there is.
    fn fall_back(&self, state: &impl Follower, sender: &Sender<Signal>, why: &str) {
        state.set_watching(slower(&format!("the watcher was lost: {why}")));
        let watcher = loop {
            match polling(&self.root, &self.linked, &self.received, sender) {
                Ok(watcher) if self.root.is_dir() => break watcher,
                _ => std::thread::sleep(POLL),
            }
        };
        *locked(&self.watcher) = watcher;
        // The new one watches none of them yet.
        *locked(&self.linked) = Arc::new([]);
    }
}

fn slower(why: &str) -> Diagnostic {
    Diagnostic::new(WATCHING, why)
        .help(format!("changes are looked for every {} ms instead; `--poll` says that this is fine", POLL.as_millis()))
}

fn native(
    root: &Path,
    linked: &Linked,
    received: &EventCount,
    sender: &Sender<Signal>,
) -> notify::Result<Box<dyn Watcher + Send>> {
    let mut watcher = notify::recommended_watcher(handler(root, linked, received, sender))?;
    // Linux says nothing of the end of a folder in which a program runs, as the server may: the folder around it does. Other
    // systems would send events of everything below that one.
    if let (true, Some(around)) = (cfg!(target_os = "linux"), root.parent()) {
        // Where it may not be looked at, the site is watched all the same.
        let _ = watcher.watch(around, RecursiveMode::NonRecursive);
    }
    started(Box::new(watcher), root)
}

fn polling(
    root: &Path,
    linked: &Linked,
    received: &EventCount,
    sender: &Sender<Signal>,
) -> notify::Result<Box<dyn Watcher + Send>> {
    // Times are compared by the second: only the contents show two saves within one.
    let config = Config::default().with_poll_interval(POLL).with_compare_contents(true);
    started(Box::new(PollWatcher::new(handler(root, linked, received, sender), config)?), root)
}

fn started(mut watcher: Box<dyn Watcher + Send>, root: &Path) -> notify::Result<Box<dyn Watcher + Send>> {
    watcher.watch(root, RecursiveMode::NonRecursive)?;
    for folder in FOLDERS.map(|name| root.join(name)).into_iter().filter(|folder| folder.is_dir()) {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
    }
    Ok(watcher)
}

/// Turns the system's events into ours. Each is counted before it is sent.
fn handler(
    root: &Path,
    linked: &Linked,
    received: &EventCount,
    sender: &Sender<Signal>,
) -> impl FnMut(notify::Result<notify::Event>) + Send + 'static {
    let (root, linked, received, sender) = (root.to_owned(), Arc::clone(linked), Arc::clone(received), sender.clone());
    move |event| {
        let folders = Arc::clone(&locked(&linked));
        if let Some(signal) = signal(event, &root, &folders) {
            received.fetch_add(1, Ordering::SeqCst);
            // The server stops: the receiver is gone.
            let _ = sender.send(signal);
        }
    }
}

/// What an event means; nothing, where it concerns no file of the site.
fn signal(event: notify::Result<notify::Event>, root: &Path, linked: &[PathBuf]) -> Option<Signal> {
    match event {
        Ok(event) if event.need_rescan() => Some(Signal::Missed),
        Ok(event) if is_end(event.kind) && event.paths.iter().any(|path| path == root) => {
            Some(Signal::Lost(GONE.to_owned()))
        }
        Ok(event) => {
            let finished = event.kind == EventKind::Access(AccessKind::Close(AccessMode::Write));
            if matches!(event.kind, EventKind::Access(_)) && !finished {
                return None;
            }
            let paths: Vec<PathBuf> = event.paths.into_iter().filter(|path| is_ours(path, root, linked)).collect();
            (!paths.is_empty()).then_some(Signal::Changed { paths, finished })
        }
        Err(error) if is_missing(&error.kind) => Some(Signal::Missed),
        Err(error) => Some(Signal::Lost(error.to_string())),
    }
}

/// Whether what the event is about is no longer where it was.
fn is_end(kind: EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

/// Something went while it was looked at, which happens; whether it is the site itself is seen to when it is read.
fn is_missing(kind: &notify::ErrorKind) -> bool {
    match kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

/// Whether the path is in one of the site's folders; swap files and backups change without a save.
fn is_ours(path: &Path, root: &Path, linked: &[PathBuf]) -> bool {
    let in_site = path
        .strip_prefix(root)
        .ok()
        .and_then(|below| below.components().next())
        .is_some_and(|first| FOLDERS.iter().any(|folder| first.as_os_str() == *folder))
        || linked.iter().any(|folder| path.starts_with(folder));
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    // Some editors write a file of another name and rename it; Vim tries first whether it may.
    let is_passing = is_of_an_editor(&name) || name.ends_with(".tmp") || name == "4913";
    in_site && !is_passing
}

/// What is to be read next.
struct Next {
    change: Change,
    /// How many events it takes care of.
    received: u64,
    lost: Option<String>,
}

/// What came in and was not read yet.
pub struct Inbox {
    receiver: Receiver<Signal>,
    sender: Sender<Signal>,
}

impl Inbox {
    /// Gathers what changed. A source that was closed after writing is read at once; anything else when it is quiet.
    fn next(&mut self, state: &impl Follower) -> Option<Next> {
        let mut paths = BTreeSet::new();
        let mut missed = false;
        let mut lost = None;
        let mut waited = Duration::ZERO;
        let mut signal = self.receiver.recv().ok()?;
        loop {
            let mut is_done = false;
            match signal {
                Signal::Changed { paths: changed, finished } => {
                    let snapshot = state.snapshot();
                    is_done = finished && changed.iter().all(|path| snapshot.is_source(path));
                    paths.extend(changed);
                }
                Signal::Missed => missed = true,
                Signal::Lost(why) => {
                    missed = true;
                    lost = Some(why);
                }
            }
            let received = state.received();
            let wait = if is_done || waited >= PATIENCE { Duration::ZERO } else { QUIET };
            match self.receiver.recv_timeout(wait) {
                Ok(next) => signal = next,
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    let change = if missed { Change::Anything } else { Change::Paths(paths) };
                    return Some(Next { change, received, lost });
                }
            }
            waited += wait;
        }
    }
}

/// The name of the file system that `root` is on, if it is one of whose changes the system sends no events: the network's, and
/// Windows' drives seen from Linux. Linux lists what is mounted where in /proc/mounts (man 5 proc_mounts).
fn silent_file_system(root: &Path) -> Option<String> {
    const SILENT: [&str; 12] =
        ["nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "drvfs", "vboxsf", "prl_fs", "fuse.sshfs", "fuse.rclone", "afs"];
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let mounted = mounts.lines().filter_map(|line| {
        let mut parts = line.split(' ');
        let (_, place, kind) = (parts.next()?, parts.next()?, parts.next()?);
        Some((place.replace("\\040", " "), kind))
    });
    let (_, kind) = mounted.filter(|(place, _)| root.starts_with(place)).max_by_key(|(place, _)| place.len())?;
    SILENT.contains(&kind).then(|| kind.to_owned())
}
