//! The site that is worked on: its snapshot with the editor's open texts, and what was published of it. Knows files by URI and
//! by path; answers no request.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::guard::locked;
use crate::link::Include;
use crate::load::{self, site_around, text_of};
use crate::model::SourcePath;
use crate::snapshot::{Change, Snapshot};

use super::faults;
use super::positions::Encoding;
use super::uris::{Folder, path_of};
use super::wire::inbox::{Changes, OpenText};
use super::wire::outbox::Outbox;
use super::wire::protocol::{EditAbilities, Published};

/// A site's folder, and what the editor calls it.
#[derive(Clone, Debug)]
pub struct Root {
    pub folder: Folder,
    /// Whole, links followed.
    pub path: PathBuf,
}

impl Root {
    /// The site that `folder` is, or is part of.
    pub fn around(folder: &Folder) -> Option<Self> {
        let whole = folder.path().canonicalize().ok()?;
        let path = site_around(&whole).or_else(|| whole.join("content").is_dir().then(|| whole.clone()))?;
        let steps = whole.ancestors().position(|around| around == path)?;
        let named = folder.clone().up(steps).filter(|folder| folder.path().canonicalize().ok().as_ref() == Some(&path));
        Some(Self { folder: named.unwrap_or_else(|| Folder::at(&path)), path })
    }
}

pub struct Project {
    root: Root,
    pub encoding: Encoding,
    pub edits: EditAbilities,
    /// For those who look at it from other threads.
    now: Arc<Mutex<Arc<Snapshot>>>,
    pub snapshot: Arc<Snapshot>,
    /// With the URI of each.
    open: BTreeMap<SourcePath, (String, OpenText)>,
    /// What the editor shows of each file.
    published: BTreeMap<SourcePath, Vec<lsp_types::Diagnostic>>,
}

impl Project {
    /// Reads the site.
    pub fn read(root: Root, include: Include, encoding: Encoding, edits: EditAbilities) -> Self {
        let snapshot = Arc::new(Snapshot::read(&root.path, include, load::now()));
        let now = Arc::new(Mutex::new(Arc::clone(&snapshot)));
        Self { root, encoding, edits, now, snapshot, open: BTreeMap::new(), published: BTreeMap::new() }
    }

    /// The newest snapshot, whenever it is looked at.
    pub fn now(&self) -> &Arc<Mutex<Arc<Snapshot>>> {
        &self.now
    }

    /// Takes in what changed and publishes what comes of it.
    pub fn follow(&mut self, changes: Changes, out: &Outbox) {
        let mut texts = BTreeMap::new();
        let mut changed = BTreeSet::new();
        for (uri, open) in changes.texts {
            let Some(path) = self.path_of(&uri) else { continue };
            texts.insert(self.root.path.join(path.as_str()), open.as_ref().map(|open| Arc::clone(&open.text)));
            match open {
                Some(open) => _ = self.open.insert(path.clone(), (uri, open)),
                None => _ = self.open.remove(&path),
            }
            changed.insert(path);
        }
        let before = Arc::clone(&self.snapshot);
        let disk = match changes.anything {
            true => Some(Change::Anything),
            false => (!changes.paths.is_empty()).then_some(Change::Paths(changes.paths)),
        };
        for change in disk.into_iter().chain((!texts.is_empty()).then_some(Change::Texts(texts))) {
            if let Some(next) = self.snapshot.apply(&change, load::now()) {
                changed.extend(next.edited.iter().cloned());
                self.snapshot = Arc::new(next);
            }
        }
        *locked(&self.now) = Arc::clone(&self.snapshot);
        self.publish(Some(&before), &changed, out);
    }

    /// Publishes what is wrong with each file of which it is not what it was, and with those that `changed`, where all stands
    /// elsewhere.
    pub fn publish(&mut self, before: Option<&Snapshot>, changed: &BTreeSet<SourcePath>, out: &Outbox) {
        let snapshot = Arc::clone(&self.snapshot);
        let now = by_file(&snapshot.diagnostics);
        let was = before.map(|before| by_file(&before.diagnostics)).unwrap_or_default();
        let is_shown = |path: &&SourcePath| {
            self.open.contains_key(*path) || now.contains_key(*path) || self.published.contains_key(*path)
        };
        let differs = |path: &&SourcePath| now.get(*path) != was.get(*path);
        let paths: BTreeSet<&SourcePath> =
            now.keys().chain(was.keys()).filter(differs).chain(changed.iter().filter(is_shown)).collect();
        let text_of = |path: &SourcePath| self.text(path);
        let mut found = Vec::new();
        for path in paths {
            let faults = now.get(path).map(Vec::as_slice).unwrap_or_default();
            found.push((path.clone(), faults::shown(faults, path, &text_of, self.encoding)));
        }
        for (path, diagnostics) in found {
            let open = self.open.get(&path);
            let is_asked_for = open.is_some() && changed.contains(&path);
            let shown = self.published.get(&path).map(Vec::as_slice).unwrap_or_default();
            if shown == diagnostics && !is_asked_for {
                continue;
            }
            let version = open.map(|(_, open)| open.version);
            out.notify(
                "textDocument/publishDiagnostics",
                Published { uri: self.uri_of(&path), version, diagnostics: diagnostics.clone() },
            );
            match diagnostics.is_empty() {
                true => _ = self.published.remove(&path),
                false => _ = self.published.insert(path, diagnostics),
            }
        }
    }

    /// The newest text of the file at `path`.
    pub fn text(&self, path: &SourcePath) -> Option<String> {
        match self.open.get(path) {
            Some((_, open)) => Some(open.text.to_string()),
            None => text_of(&self.root.path, path),
        }
    }

    /// The text that the document at `path` was made of, or the one that is open.
    pub fn document_text(&self, path: &SourcePath) -> Option<String> {
        match self.open.get(path) {
            Some((_, open)) => Some(open.text.to_string()),
            None => self.snapshot.assembled.text(path).ok().map(Cow::into_owned),
        }
    }

    /// The version of the text that is open at `uri`.
    pub fn version(&self, path: &SourcePath) -> Option<i32> {
        Some(self.open.get(path)?.1.version)
    }

    /// The path in the site of the file that the editor calls `uri`.
    pub fn path_of(&self, uri: &str) -> Option<SourcePath> {
        let path = path_of(uri)?;
        let below =
            [self.root.folder.path(), &self.root.path].into_iter().find_map(|root| SourcePath::on_disk(root, &path));
        below.or_else(|| {
            // Reached by another way.
            let folder = path.parent()?.canonicalize().ok()?;
            SourcePath::on_disk(&self.root.path, &folder.join(path.file_name()?))
        })
    }

    /// What the editor calls the file at `path`: its own words where it named it.
    pub fn uri_of(&self, path: &SourcePath) -> String {
        match self.open.get(path) {
            Some((uri, _)) => uri.clone(),
            None => self.root.folder.uri_of(path.as_str()),
        }
    }
}

/// The diagnostics of each file; what is about none is about the settings.
fn by_file(sorted: &[Diagnostic]) -> BTreeMap<SourcePath, Vec<&Diagnostic>> {
    let mut files: BTreeMap<SourcePath, Vec<&Diagnostic>> = BTreeMap::new();
    for group in sorted.chunk_by(|a, b| a.path() == b.path()) {
        let path = group[0].path().cloned().unwrap_or_else(config::path);
        files.entry(path).or_default().extend(group);
    }
    files
}

/// The words for whoever has no site open.
pub fn no_site(folder: &Folder) -> String {
    let fault = load::no_site(folder.path());
    faults::words(&fault)
}
