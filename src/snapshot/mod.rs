//! EDGE. The site in memory: read once, and then made anew from each change, of which only what it touches is read and
//! resolved again. Of a file that can't be read the last good version stays. Owns inputs, site and the pages that were rendered;
//! knows no HTTP, no watcher and no editor.

mod change;
mod pages;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::assemble::{Assembled, Outlined, TextBudget, assemble, outline_all, outline_one};
use crate::config;
use crate::diagnostic::{Diagnostic, sorted};
use crate::link::Include;
use crate::load::{Content, Inputs, Source, Stopwatch};
use crate::model::SourcePath;
use crate::render::{self, Highlighter, Theme};

pub use change::Change;
use pages::Pages;
pub use pages::is_page;

/// Texts up to this many bytes in all are held, so that the last good version of each file is at hand however it breaks.
/// Of larger sites only those that were edited.
const HELD_BYTES: usize = 96 << 20;

/// Texts that are open in an editor and not saved, each in the place of its file.
type OpenTexts = BTreeMap<SourcePath, Arc<str>>;

/// The site after some change. A value: another change makes another, while this one is still served.
pub struct Snapshot {
    root: PathBuf,
    include: Include,
    inputs: Inputs,
    open: Arc<OpenTexts>,
    /// A source is a link, and so changes without a word about its own path.
    has_links: bool,
    /// Of reading the inputs.
    faults: Vec<Diagnostic>,
    /// Shared by all snapshots of a site.
    pages: Arc<Pages>,
    /// Its own among all that share them.
    number: u64,
    pub assembled: Assembled,
    /// The newest theme whose templates could be read; none if there never was one.
    pub theme: Option<Arc<Theme>>,
    theme_faults: Vec<Diagnostic>,
    /// Holds the blocks of code that were highlighted, from snapshot to snapshot.
    pub highlighter: Arc<Highlighter>,
    /// Of everything, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Sources whose text is not the one of the snapshot before.
    pub edited: Vec<SourcePath>,
    /// Why the site could not be read at all, where none was before: nothing of this snapshot is shown.
    pub unread: Option<Diagnostic>,
}

/// What a snapshot is made of.
struct Parts {
    inputs: Inputs,
    open: Arc<OpenTexts>,
    faults: Vec<Diagnostic>,
    outlined: Vec<Outlined>,
}

impl Snapshot {
    /// Reads the site in `root`, a whole path.
    pub fn read(root: &Path, include: Include, now: Timestamp) -> Self {
        let (inputs, faults) = Inputs::read(root, now);
        Self::first(root, include, inputs, faults)
    }

    /// What stands for a site that can't be read: what the program brings, and the `fault`.
    pub fn unread(root: &Path, include: Include, now: Timestamp, fault: Diagnostic) -> Self {
        Self { unread: Some(fault), ..Self::first(root, include, Inputs::of_program(now), Vec::new()) }
    }

    fn first(root: &Path, include: Include, inputs: Inputs, faults: Vec<Diagnostic>) -> Self {
        let budget = TextBudget::new(HELD_BYTES);
        let outlined = outline_all(&inputs.sources, |source| Outlined::new(source, source.read_text(), &budget));
        Self::of(root, include, Parts { inputs, open: Arc::default(), faults, outlined }, None)
    }

    /// The snapshot after `change`; none if it changed nothing that counts.
    pub fn apply(&self, change: &Change, now: Timestamp) -> Option<Self> {
        let budget = TextBudget::new(HELD_BYTES);
        let open = self.open_after(change);
        let read = |source: &Source| match open.get(&source.path).filter(|_| disk(source).is_some()) {
            Some(text) => {
                let content = Content::Held(Arc::clone(text).into());
                let source = Source { content, ..source.clone() };
                Outlined::new(&source, source.read_text(), &budget)
            }
            None => Outlined::new(source, source.read_text(), &budget),
        };
        let (inputs, faults, outlined) = match self.known_sources(change) {
            Some(changed) => {
                let now = now.to_zoned_datetime(self.inputs.config.timezone.clone());
                let mut outlined = self.assembled.outlined.clone();
                for n in changed {
                    outlined[n] = newer(&outlined[n], outline_one(&self.inputs.sources[n], read));
                }
                (Inputs { now, ..self.inputs.clone() }, self.faults.clone(), outlined)
            }
            None => {
                let (inputs, faults) = self.read_inputs(change, now);
                let outlined = outline_all(&inputs.sources, |source| match self.outlined(source) {
                    Some(before) if !disk(source).is_some_and(|path| change.covers(path)) => before.clone(),
                    Some(before) => newer(before, read(source)),
                    None => read(source),
                });
                (inputs, faults, outlined)
            }
        };
        let same =
            |(a, b): (&Outlined, &Outlined)| Arc::ptr_eq(&a.document, &b.document) && a.diagnostics == b.diagnostics;
        let same_texts =
            outlined.len() == self.assembled.outlined.len() && outlined.iter().zip(&self.assembled.outlined).all(same);
        if same_texts && self.has(&inputs) && faults == self.faults && open == self.open {
            return None;
        }
        Some(Self::of(&self.root, self.include, Parts { inputs, open, faults, outlined }, Some(self)))
    }

    /// The site as it would be if its inputs were what `alter` makes of them, open texts among them.
    pub fn altered(&self, alter: impl FnOnce(Inputs) -> Inputs, now: Timestamp) -> Assembled {
        let held = |source: &Source| match self.open.get(&source.path).filter(|_| disk(source).is_some()) {
            Some(text) => Source { content: Content::Held(Arc::clone(text).into()), ..source.clone() },
            None => source.clone(),
        };
        let sources = self.inputs.sources.iter().map(held).collect();
        let now = now.to_zoned_datetime(self.inputs.config.timezone.clone());
        let inputs = alter(Inputs { sources, now, ..self.inputs.clone() });
        let budget = TextBudget::new(HELD_BYTES);
        let outlined = outline_all(&inputs.sources, |source| match self.outlined(source) {
            Some(before) if before.content == source.content => before.clone(),
            _ => Outlined::new(source, source.read_text(), &budget),
        });
        assemble(&inputs, outlined, self.include, self.faults.clone(), None, &mut Stopwatch::default())
    }

    fn of(root: &Path, include: Include, parts: Parts, before: Option<&Self>) -> Self {
        let Parts { inputs, open, faults, outlined } = parts;
        let assembled = assemble(
            &inputs,
            outlined,
            include,
            faults.clone(),
            before.map(|before| &before.assembled),
            &mut Stopwatch::default(),
        );
        let (theme, theme_faults) = match before {
            Some(before) if Arc::ptr_eq(&before.inputs.theme, &inputs.theme) => {
                (before.theme.clone(), before.theme_faults.clone())
            }
            before => match render::theme(&inputs.theme) {
                Ok(theme) => (Some(Arc::new(theme)), Vec::new()),
                Err(faults) => (before.and_then(|before| before.theme.clone()), faults),
            },
        };
        let has_links = match before {
            Some(before) if Arc::ptr_eq(&before.inputs.sources, &inputs.sources) => before.has_links,
            _ => inputs
                .sources
                .iter()
                .any(|source| disk(source).is_some_and(|disk| *disk != root.join(source.path.as_str()))),
        };
        let pages = before.map(|before| Arc::clone(&before.pages)).unwrap_or_default();
        let edited = before.map(|before| edited(&before.assembled.outlined, &assembled.outlined)).unwrap_or_default();
        Self {
            root: root.to_owned(),
            include,
            inputs,
            open,
            has_links,
            faults,
            number: pages.snapshot_number(),
            pages,
            diagnostics: diagnostics(&assembled, &theme_faults),
            assembled,
            theme,
            theme_faults,
            highlighter: before.map(|before| Arc::clone(&before.highlighter)).unwrap_or_default(),
            edited,
            unread: None,
        }
    }

    /// The unsaved texts once `change` has come.
    fn open_after(&self, change: &Change) -> Arc<OpenTexts> {
        let Change::Texts(texts) = change else { return Arc::clone(&self.open) };
        let mut open = (*self.open).clone();
        for (path, text) in texts {
            let Some(path) = SourcePath::on_disk(&self.root, path) else { continue };
            match text {
                Some(text) => _ = open.insert(path, Arc::clone(text)),
                None => _ = open.remove(&path),
            }
        }
        Arc::new(open)
    }

    /// The places of the sources that changed; none if more did than what stands in sources that are known, or files that
    /// neither are nor were part of the site.
    fn known_sources(&self, change: &Change) -> Option<Vec<usize>> {
        let paths = match change {
            Change::Paths(paths) if !self.has_links => paths,
            // A file that is not there yet is part of the site once it is saved.
            Change::Texts(texts) => return Some(texts.keys().filter_map(|path| self.place(path)).collect()),
            Change::Paths(_) | Change::Anything => return None,
        };
        let mut changed = Vec::new();
        for path in paths {
            match (self.place(path), path.symlink_metadata()) {
                (Some(n), Ok(found)) if found.is_file() => changed.push(n),
                (None, Err(_)) if !self.held_below(path) => {}
                _ => return None,
            }
        }
        Some(changed)
    }

    /// Reads all inputs again. Those that are equal are the very ones that were, and settings that can't be read at all stay
    /// what they were.
    fn read_inputs(&self, change: &Change, now: Timestamp) -> (Inputs, Vec<Diagnostic>) {
        let (mut inputs, faults) = Inputs::read(&self.root, now);
        let settings = self.root.join(config::path().as_str());
        let is_lost = !inputs.config_is_read && self.inputs.config_is_read;
        if !change.covers(&settings) || is_lost {
            inputs.config = Arc::clone(&self.inputs.config);
            inputs.config_is_read = self.inputs.config_is_read;
            inputs.now = now.to_zoned_datetime(inputs.config.timezone.clone());
        }
        // While an address is typed it is none now and then: until it is one again, the last one counts.
        if inputs.config_is_read && !inputs.config.has_address {
            inputs = inputs.at(&self.inputs.config.base_url);
        }
        if is_lost {
            // Without settings another theme was read than the one they name.
            inputs.theme = Arc::clone(&self.inputs.theme);
        }
        if inputs.known == self.inputs.known {
            inputs.known = Arc::clone(&self.inputs.known);
        }
        if inputs.files == self.inputs.files {
            inputs.files = Arc::clone(&self.inputs.files);
        }
        if inputs.theme == self.inputs.theme {
            inputs.theme = Arc::clone(&self.inputs.theme);
        }
        (inputs, faults)
    }

    /// Whether settings, known faults, files and theme are the very ones this snapshot was made of.
    fn has(&self, inputs: &Inputs) -> bool {
        Arc::ptr_eq(&self.inputs.config, &inputs.config)
            && Arc::ptr_eq(&self.inputs.known, &inputs.known)
            && Arc::ptr_eq(&self.inputs.files, &inputs.files)
            && Arc::ptr_eq(&self.inputs.theme, &inputs.theme)
    }

    /// The folder of the site, a whole path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the site that the file at `path` is in: its content, or one that a link in it leads to.
    pub fn folder_of(&self, path: &Path) -> PathBuf {
        let linked = self.inputs.linked.iter().find(|folder| path.starts_with(folder));
        linked.cloned().unwrap_or_else(|| self.root.join("content"))
    }

    /// Folders outside `content/` that are part of the site, as whole paths.
    pub fn linked(&self) -> &Arc<[PathBuf]> {
        &self.inputs.linked
    }

    /// Whether the file on disk at `path` is a source of the site.
    pub fn is_source(&self, path: &Path) -> bool {
        self.place(path).is_some()
    }

    fn place(&self, path: &Path) -> Option<usize> {
        let path = SourcePath::on_disk(&self.root, path)?;
        let n = self.inputs.sources.binary_search_by(|source| source.path.cmp(&path)).ok()?;
        Some(n).filter(|n| !self.inputs.sources[*n].embedded)
    }

    /// Whether something of the site was at `path` or below it, or an event named it.
    fn held_below(&self, path: &Path) -> bool {
        let Some(path) = SourcePath::on_disk(&self.root, path) else { return false };
        let is_below = |other: &SourcePath| {
            other.as_str().strip_prefix(path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        path.as_str().starts_with("themes")
            || is_below(&config::path())
            || is_below(&config::known_path())
            || self.inputs.sources.iter().any(|source| is_below(&source.path))
            || self.inputs.files.iter().any(|file| is_below(&file.path))
            || self.faults.iter().filter_map(Diagnostic::path).any(is_below)
    }

    /// What was made of `source` last.
    fn outlined(&self, source: &Source) -> Option<&Outlined> {
        self.assembled.source(&source.path).filter(|before| before.document.is_of(source))
    }
}

fn disk(source: &Source) -> Option<&PathBuf> {
    match &source.content {
        Content::Disk(path) => Some(path),
        Content::Held(_) => None,
    }
}

/// The paths of what is not the very document it was. Both are in the order of their paths.
fn edited(before: &[Outlined], now: &[Outlined]) -> Vec<SourcePath> {
    let is_same = |(a, b): &(&Outlined, &Outlined)| Arc::ptr_eq(&a.document, &b.document);
    let pairs = || before.iter().zip(now);
    // Where no file came or went, most are the very ones, and no path has to be compared.
    if before.len() == now.len() && pairs().all(|pair| is_same(&pair) || pair.0.document.path == pair.1.document.path) {
        return pairs().filter(|pair| !is_same(pair)).map(|(_, now)| now.document.path.clone()).collect();
    }
    let mut before = before.iter().peekable();
    let mut edited = Vec::new();
    for outlined in now {
        while before.next_if(|other| other.document.path < outlined.document.path).is_some() {}
        if before.peek().is_none_or(|other| !Arc::ptr_eq(&other.document, &outlined.document)) {
            edited.push(outlined.document.path.clone());
        }
    }
    edited
}

/// What counts of a file that was read again: itself, but the one before where it can't be read, and the very one before
/// where it is the same.
fn newer(before: &Outlined, now: Outlined) -> Outlined {
    let is_same = before.document.hash == now.document.hash && before.document.stub == now.document.stub;
    let is_last_good = now.document.stub && !before.document.stub;
    if is_same || is_last_good {
        Outlined { diagnostics: now.diagnostics, is_last_good, ..before.clone() }
    } else {
        now
    }
}

/// What is wrong, sorted by place. Faults that stand in a text that is no longer there are left out: their places would be
/// looked for in the newest.
fn diagnostics(assembled: &Assembled, theme_faults: &[Diagnostic]) -> Vec<Diagnostic> {
    let last_good: Vec<&Outlined> = assembled.outlined.iter().filter(|outlined| outlined.is_last_good).collect();
    let is_gone = |fault: &Diagnostic| {
        let stands_in =
            |other: &&&Outlined| fault.place.as_ref().is_some_and(|place| place.path == other.document.path);
        last_good.iter().find(stands_in).is_some_and(|other| !other.diagnostics.contains(fault))
    };
    sorted(assembled.diagnostics.iter().filter(|fault| !is_gone(fault)).chain(theme_faults).cloned().collect())
}
