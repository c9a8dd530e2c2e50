//! One reading of the site, and how a change makes the next from it: what did not change is taken over, and of a file that
//! can't be read the last good version stays. Knows inputs and stages; no HTTP, no watcher.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::assemble::{Assembled, assemble, outline_all, outline_one};
use crate::config;
use crate::diagnostic::{Diagnostic, sorted};
use crate::link::Include;
use crate::load::{Content, Inputs, Source, Stopwatch};
use crate::model::SourcePath;
use crate::outline::{Outlined, Room};
use crate::render::{self, Highlighter, Theme};

/// Texts up to this many bytes in all are held, so that the last good version of each file is at hand however it breaks.
/// Of larger sites only those that were edited.
const HELD_BYTES: usize = 96 << 20;

/// What changed on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// These files, or whatever is below these folders. Whole paths.
    Paths(BTreeSet<PathBuf>),
    /// Nobody knows what.
    Anything,
}

impl Change {
    /// Whether `path` itself is among what changed.
    pub fn names(&self, path: &Path) -> bool {
        match self {
            Self::Anything => true,
            Self::Paths(paths) => paths.contains(path),
        }
    }

    /// Whether the file at `path`, or a folder that it is in, is among what changed.
    fn covers(&self, path: &Path) -> bool {
        match self {
            Self::Anything => true,
            Self::Paths(paths) => path.ancestors().any(|path| paths.contains(path)),
        }
    }
}

/// One reading of the site.
pub struct Reading {
    root: PathBuf,
    include: Include,
    inputs: Inputs,
    /// A source is a link, and so changes without a word about its own path.
    has_links: bool,
    /// Of reading the inputs.
    faults: Vec<Diagnostic>,
    pub assembled: Assembled,
    /// The newest theme whose templates could be read; none if there never was one.
    pub theme: Option<Arc<Theme>>,
    theme_faults: Vec<Diagnostic>,
    /// Holds the blocks of code that were highlighted, from reading to reading.
    pub highlighter: Arc<Highlighter>,
    /// Of everything, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// Sources whose text is not the one of the reading before.
    pub edited: Vec<SourcePath>,
    /// Why the site could not be read at all, where none was before: nothing of this reading is shown.
    pub unread: Option<Diagnostic>,
}

impl Reading {
    /// Reads the site in `root`, a whole path.
    pub fn first(root: &Path, include: Include, now: Timestamp) -> Self {
        let (inputs, faults) = Inputs::read(root, now);
        let room = Room::of(HELD_BYTES);
        let outlined = outline_all(&inputs.sources, |source| Outlined::read(source, &room));
        Self::of(root, include, inputs, faults, outlined, None)
    }

    /// What stands for a site that can't be read: what the program brings, and the `fault`.
    pub fn unread(root: &Path, include: Include, now: Timestamp, fault: Diagnostic) -> Self {
        let inputs = Inputs::of_program(now);
        let room = Room::of(HELD_BYTES);
        let outlined = outline_all(&inputs.sources, |source| Outlined::read(source, &room));
        Self { unread: Some(fault), ..Self::of(root, include, inputs, Vec::new(), outlined, None) }
    }

    /// The reading after `change`; none if it changed nothing that counts.
    pub fn after(&self, change: &Change, now: Timestamp) -> Option<Self> {
        let room = Room::of(HELD_BYTES);
        let (inputs, faults, outlined) = match self.known_sources(change) {
            Some(changed) => {
                let now = now.to_zoned_datetime(self.inputs.config.timezone.clone());
                let mut outlined = self.assembled.outlined.clone();
                for n in changed {
                    let read = outline_one(&self.inputs.sources[n], |source| Outlined::read(source, &room));
                    outlined[n] = newer(&outlined[n], read);
                }
                (Inputs { now, ..self.inputs.clone() }, self.faults.clone(), outlined)
            }
            None => {
                let (inputs, faults) = self.read_inputs(change, now);
                let outlined = outline_all(&inputs.sources, |source| match self.outlined(source) {
                    Some(before) if !may_differ(source, change) => before.clone(),
                    Some(before) => newer(before, Outlined::read(source, &room)),
                    None => Outlined::read(source, &room),
                });
                (inputs, faults, outlined)
            }
        };
        let same = |(a, b): (&Outlined, &Outlined)| Arc::ptr_eq(&a.document, &b.document) && a.said == b.said;
        let same_texts =
            outlined.len() == self.assembled.outlined.len() && outlined.iter().zip(&self.assembled.outlined).all(same);
        if same_texts && self.has(&inputs) && faults == self.faults {
            return None;
        }
        Some(Self::of(&self.root, self.include, inputs, faults, outlined, Some(self)))
    }

    fn of(
        root: &Path,
        include: Include,
        inputs: Inputs,
        faults: Vec<Diagnostic>,
        outlined: Vec<Outlined>,
        before: Option<&Self>,
    ) -> Self {
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
        let edited = before.map(|before| edited(&before.assembled.outlined, &assembled.outlined)).unwrap_or_default();
        let diagnostics = told(&assembled, &theme_faults);
        let highlighter = before.map(|before| Arc::clone(&before.highlighter)).unwrap_or_default();
        let root = root.to_owned();
        Self {
            root,
            include,
            inputs,
            has_links,
            faults,
            assembled,
            theme,
            theme_faults,
            highlighter,
            diagnostics,
            edited,
            unread: None,
        }
    }

    /// The places of the sources that changed; none if more did than what stands in sources that are known, or files that
    /// neither are nor were part of the site.
    fn known_sources(&self, change: &Change) -> Option<Vec<usize>> {
        let Change::Paths(paths) = change else { return None };
        if self.has_links {
            return None;
        }
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
        let is_none = |fault: &Diagnostic| {
            fault.is_error() && fault.path() == Some(&config::path()) && fault.message.contains("`base_url`")
        };
        if inputs.config_is_read && faults.iter().any(is_none) {
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

    /// Whether settings, known faults, files and theme are the very ones this reading was made of.
    fn has(&self, inputs: &Inputs) -> bool {
        Arc::ptr_eq(&self.inputs.config, &inputs.config)
            && Arc::ptr_eq(&self.inputs.known, &inputs.known)
            && Arc::ptr_eq(&self.inputs.files, &inputs.files)
            && Arc::ptr_eq(&self.inputs.theme, &inputs.theme)
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

    /// Whether the file on disk at `path` is a source of this reading.
    pub fn is_source(&self, path: &Path) -> bool {
        self.place(path).is_some()
    }

    fn place(&self, path: &Path) -> Option<usize> {
        let path = SourcePath::on_disk(&self.root, path)?;
        let n = self.inputs.sources.binary_search_by(|source| source.path.cmp(&path)).ok()?;
        Some(n).filter(|n| !self.inputs.sources[*n].embedded)
    }

    /// Whether something of this reading was at `path` or below it.
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

fn may_differ(source: &Source, change: &Change) -> bool {
    disk(source).is_some_and(|path| change.covers(path))
}

/// What counts of a file that was read again: itself, but the one before where it can't be read, and the very one before
/// where it is the same.
fn newer(before: &Outlined, now: Outlined) -> Outlined {
    let is_same = before.document.hash == now.document.hash && before.document.stub == now.document.stub;
    let is_kept = now.document.stub && !before.document.stub;
    if is_same || is_kept { Outlined { said: now.said, is_kept, ..before.clone() } } else { now }
}

/// What is wrong, sorted by place. Faults that stand in a text that is no longer there are left out: their places would be
/// looked for in the newest.
fn told(assembled: &Assembled, theme_faults: &[Diagnostic]) -> Vec<Diagnostic> {
    let kept: Vec<&Outlined> = assembled.outlined.iter().filter(|outlined| outlined.is_kept).collect();
    let is_gone = |fault: &Diagnostic| {
        let stands_in = |kept: &&&Outlined| fault.place.as_ref().is_some_and(|place| place.path == kept.document.path);
        kept.iter().find(stands_in).is_some_and(|kept| !kept.said.contains(fault))
    };
    sorted(assembled.diagnostics.iter().filter(|fault| !is_gone(fault)).chain(theme_faults).cloned().collect())
}
