//! Watches the files of a site. Knows folders; says only that something changed.

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::state::State;

/// An editor's save is several events; the site is read when none came for this long.
const QUIET: Duration = Duration::from_millis(5);
/// While a branch is switched events keep coming; the site is read at least this often.
const PATIENCE: Duration = Duration::from_millis(300);

/// The folders of a site that are watched with all below them. Either may be made while the site is served.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Watches until it is dropped.
pub struct Watching {
    watcher: Mutex<RecommendedWatcher>,
}

/// Begins to watch.
pub fn watch(state: Arc<State>) -> notify::Result<Arc<Watching>> {
    let (sender, receiver) = channel();
    let root = state.options.root.canonicalize().unwrap_or_else(|_| state.options.root.clone());
    let watched = root.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let counts = match event {
            Ok(event) => is_change(event.kind) && event.paths.iter().any(|path| is_ours(path, &watched)),
            // Events were lost: whatever changed, read it all.
            Err(_) => true,
        };
        if counts {
            let _ = sender.send(());
        }
    })?;
    watcher.watch(&root, RecursiveMode::NonRecursive)?;
    let watching = Arc::new(Watching { watcher: Mutex::new(watcher) });
    watching.follow_folders(&root);
    let held = Arc::downgrade(&watching);
    std::thread::spawn(move || {
        follow(&receiver, || {
            // A folder that was just made is followed from now on, and read after that, so that nothing is missed.
            if let Some(watching) = held.upgrade() {
                watching.follow_folders(&root);
            }
            state.read_again();
        });
    });
    Ok(watching)
}

impl Watching {
    /// Watches the site's folders that are there. Watching one again does no harm.
    fn follow_folders(&self, root: &Path) {
        let mut watcher = self.watcher.lock().unwrap_or_else(PoisonError::into_inner);
        for folder in FOLDERS.map(|name| root.join(name)).into_iter().filter(|folder| folder.is_dir()) {
            let _ = watcher.watch(&folder, RecursiveMode::Recursive);
        }
    }
}

/// Reading a file is no change; finishing to write one is.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// Whether the path is in one of the site's folders; swap files and backups change while nobody saves.
fn is_ours(path: &Path, root: &Path) -> bool {
    let in_site = path
        .strip_prefix(root)
        .ok()
        .and_then(|below| below.components().next())
        .is_some_and(|first| FOLDERS.iter().any(|folder| first.as_os_str() == *folder));
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let left_behind = name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swx")
        || name == "4913"
        || name.starts_with(".#");
    in_site && !left_behind
}

fn follow(changes: &Receiver<()>, read_again: impl Fn()) {
    while changes.recv().is_ok() {
        let mut waited = Duration::ZERO;
        while waited < PATIENCE && changes.recv_timeout(QUIET).is_ok() {
            waited += QUIET;
        }
        read_again();
    }
}
