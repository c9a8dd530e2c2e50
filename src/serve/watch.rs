//! Watches the files of a site. Knows folders; says only that something changed.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher, event::AccessKind, event::AccessMode};

use super::state::State;

/// An editor's save is several events; the site is read when none came for this long.
const QUIET: Duration = Duration::from_millis(5);
/// While a branch is switched events keep coming; the site is read at least this often.
const PATIENCE: Duration = Duration::from_millis(300);

/// Watches until the returned watcher is dropped.
pub fn watch(state: Arc<State>) -> notify::Result<RecommendedWatcher> {
    let (sender, receiver) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        let counts = match event {
            Ok(event) => is_change(event.kind) && event.paths.iter().any(|path| is_ours(path)),
            // Events were lost: whatever changed, read it all.
            Err(_) => true,
        };
        if counts {
            let _ = sender.send(());
        }
    })?;
    let root = &state.options.root;
    watcher.watch(&root.join("content"), RecursiveMode::Recursive)?;
    let themes = root.join("themes");
    if themes.is_dir() {
        watcher.watch(&themes, RecursiveMode::Recursive)?;
    }
    std::thread::spawn(move || follow(&receiver, &state));
    Ok(watcher)
}

/// Reading a file is no change; finishing to write one is.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}

/// Swap files and backups change while nobody saves.
fn is_ours(path: &std::path::Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    !(name.ends_with('~')
        || name.ends_with(".swp")
        || name.ends_with(".swx")
        || name == "4913"
        || name.starts_with(".#"))
}

fn follow(changes: &Receiver<()>, state: &State) {
    while changes.recv().is_ok() {
        let mut waited = Duration::ZERO;
        while waited < PATIENCE && changes.recv_timeout(QUIET).is_ok() {
            waited += QUIET;
        }
        state.read_again();
    }
}
