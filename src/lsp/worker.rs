//! Does the work, one thing after the other: takes in what changed, publishes what is wrong, answers. A panic over one thing ends
//! that alone. Knows the site that is open; reads no input.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};

use lsp_server::ErrorCode;
use lsp_types::MessageType;

use crate::diagnostic::Diagnostic;
use crate::guard::{guarded, locked};
use crate::link::Include;
use crate::snapshot::{Change, Snapshot};
use crate::watch::{self, EventCount, Follower, Watching};

use super::faults;
use super::positions::Encoding;
use super::project::{Project, Root, no_site};
use super::requests::{self, Answer};
use super::uris::Folder;
use super::wire::inbox::{Asked, Changes, Inbox, OpenText, Work};
use super::wire::outbox::Outbox;
use super::wire::protocol::EditAbilities;

/// What is known when the work begins.
#[derive(Debug)]
pub struct Settings {
    /// Where to look for a site, in this order.
    pub folders: Vec<Folder>,
    pub include: Include,
    pub encoding: Encoding,
    pub edits: EditAbilities,
}

pub struct Worker {
    inbox: Arc<Inbox>,
    out: Outbox,
    settings: Settings,
    project: Option<Project>,
    /// Of the project's files, for as long as it is held.
    watching: Option<Arc<Watching>>,
    /// Texts that were opened before there was a site.
    waiting: BTreeMap<String, Option<OpenText>>,
    /// What changed could not be taken in, and is still to be read.
    is_behind: bool,
}

impl Worker {
    pub fn new(inbox: Arc<Inbox>, out: Outbox, settings: Settings) -> Self {
        Self { inbox, out, settings, project: None, watching: None, waiting: BTreeMap::new(), is_behind: false }
    }

    /// Works until the inbox is closed.
    pub fn run(mut self) {
        let root = self.settings.folders.iter().find_map(Root::around);
        match (root, self.settings.folders.first()) {
            (Some(root), _) => self.open(root),
            (None, Some(folder)) => self.out.show(MessageType::WARNING, &no_site(folder)),
            (None, None) => {}
        }
        while let Some(work) = self.inbox.next() {
            match work {
                Work::Changes(changes) => self.follow(changes),
                Work::Request(asked) => self.answer(asked),
            }
        }
    }

    /// Reads the site, and watches it from before it is read.
    fn open(&mut self, root: Root) {
        let received = EventCount::default();
        let watching = watch::watch(&root.path, false, &received);
        let Settings { include, encoding, edits, .. } = self.settings;
        let read =
            guarded(|| "the site could not be read".to_owned(), || Project::read(root, include, encoding, edits));
        let mut project = match read {
            Ok(project) => project,
            Err(fault) => return self.out.show(MessageType::ERROR, &faults::words(&fault)),
        };
        match watching {
            Ok((watching, inbox, fault)) => {
                if let Some(fault) = fault {
                    self.out.log(&faults::words(&fault));
                }
                let (now, out) = (Arc::clone(project.now()), self.out.hurried());
                let follower = Arc::new(Watched { now, received, inbox: Arc::clone(&self.inbox), out });
                match watch::follow(&watching, inbox, follower) {
                    Ok(()) => self.watching = Some(watching),
                    Err(error) => self.out.log(&format!("changes on disk can't be followed: {error}")),
                }
            }
            Err(error) => self.out.log(&format!("changes on disk can't be watched: {error}")),
        }
        project.publish(None, &Default::default(), &self.out);
        self.project = Some(project);
    }

    fn follow(&mut self, mut changes: Changes) {
        if self.project.is_none() {
            self.waiting.extend(std::mem::take(&mut changes.texts));
            let root =
                self.waiting.keys().filter_map(|uri| Folder::around(uri)).find_map(|folder| Root::around(&folder));
            let Some(root) = root else { return };
            self.open(root);
            changes.texts = std::mem::take(&mut self.waiting);
        }
        let Some(project) = &mut self.project else { return };
        changes.anything |= self.is_behind;
        let followed = guarded(|| "what changed could not be read".to_owned(), || project.follow(changes, &self.out));
        self.is_behind = followed.is_err();
        if let Err(fault) = followed {
            self.out.show(MessageType::ERROR, &faults::words(&fault));
        }
    }

    fn answer(&self, asked: Asked) {
        let Asked { id, method, params, version } = asked;
        let answer = || requests::answer(self.project.as_ref(), &method, params, version);
        self.out.answer(id, answered(&method, answer));
    }
}

/// The answer. A panic over it concerns no other.
fn answered(method: &str, answer: impl FnOnce() -> Answer) -> Answer {
    guarded(|| format!("`{method}` could not be answered"), answer)
        .unwrap_or_else(|fault| Err((ErrorCode::InternalError, faults::words(&fault))))
}

/// Hands on what the watcher hears.
struct Watched {
    now: Arc<Mutex<Arc<Snapshot>>>,
    received: EventCount,
    inbox: Arc<Inbox>,
    out: Outbox,
}

impl Follower for Watched {
    fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&locked(&self.now))
    }

    fn received(&self) -> u64 {
        self.received.load(Ordering::SeqCst)
    }

    fn follow(&self, change: &Change, _received: u64) {
        self.inbox.disk(change);
    }

    fn set_watching(&self, fault: Diagnostic) {
        self.out.log(&faults::words(&fault));
    }
}

/// The folders in which a site is looked for: the one that was given, those of the editor, the present one.
pub fn folders(given: Option<&PathBuf>, editor: impl IntoIterator<Item = String>) -> Vec<Folder> {
    if let Some(given) = given {
        let whole = given.canonicalize().unwrap_or_else(|_| given.clone());
        return vec![Folder::at(&whole)];
    }
    let named = editor.into_iter().filter_map(|uri| Folder::new(&uri));
    let here = PathBuf::from(".").canonicalize().ok().map(|here| Folder::at(&here));
    named.chain(here).collect()
}

#[cfg(test)]
#[allow(clippy::panic, reason = "what becomes of a panic is tested")]
mod tests {
    use super::*;

    #[test]
    fn a_panic_over_one_request_is_its_answer() {
        let answer = answered("textDocument/hover", || panic!("on purpose"));
        let words = "`textDocument/hover` could not be answered: Ninefold has a fault\nhelp: please report it with the file that shows it";
        assert!(matches!(answer, Err((ErrorCode::InternalError, found)) if found == words));
        assert!(answered("textDocument/hover", || Ok(serde_json::Value::Null)).is_ok());
    }
}
