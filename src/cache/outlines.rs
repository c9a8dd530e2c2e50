//! The outlines that one build keeps for the next, so that a source that did not change is not read. A source is unchanged if
//! its size and times are what they were; where those differ, or are too fresh to be trusted, if its text still has the same
//! hash. Knows files by path; the outlines are whole values to it.

use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::assemble::Outlined;
use crate::diagnostic::Diagnostic;
use crate::load::{Content, Source};
use crate::model::{Hash, SourcePath};
use crate::outline::Document;

use super::seen::{Seen, now};
use super::stamp::SourceStamp;
use super::{folder, folder_made, sealed};

/// Outlines packed at once: enough for every core, few enough to be of no weight.
const AT_ONCE: usize = 4_096;

/// One source as it is cached.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    path: SourcePath,
    seen: Seen,
    /// Of its text.
    hash: Hash,
    /// How many bytes its outline fills.
    length: usize,
}

/// Outlines of an earlier build, and how the sources' files look now.
#[derive(Default)]
pub struct Outlines {
    cached: HashMap<SourcePath, (Entry, Range<usize>)>,
    file: sealed::Whole,
    /// Before any source is read.
    seen: HashMap<SourcePath, Seen>,
    now: u64,
    read: AtomicUsize,
}

const NAME: &str = "outlines";

/// Another program may outline otherwise.
fn kind(program: Hash) -> String {
    format!("outlines 2 {program}")
}

impl Outlines {
    /// A look at the files of `sources`; no outline is known yet.
    pub fn look(sources: &[Source]) -> Self {
        let now = now();
        Self { seen: look(sources, now), now, ..Self::default() }
    }

    /// With those that the last build by `program` stored.
    pub fn with_cached(self, root: &Path, program: Hash) -> Self {
        let file = folder(root).ok().and_then(|folder| sealed::open(&folder, NAME, &kind(program)));
        let Some(file) = file else { return self };
        let Some(entries) = entries(file.content()) else { return self };
        let mut start = 0;
        let mut cached = HashMap::with_capacity(entries.len());
        for entry in entries {
            let range = start..start + entry.length;
            start = range.end;
            cached.insert(entry.path.clone(), (entry, range));
        }
        Self { cached, file, ..self }
    }

    /// How the files look, in the order of `sources`; none if a look at one of them is not enough to know it again.
    pub fn sure_stamps(&self, sources: &[Source]) -> Option<Vec<SourceStamp>> {
        let on_disk = sources.iter().filter(|source| matches!(source.content, Content::Disk(_)));
        on_disk
            .map(|source| self.seen.get(&source.path).filter(|seen| seen.is_sure()).map(|seen| seen.stamp()))
            .collect()
    }

    /// The same of one other file.
    pub fn sure_stamp_of(&self, path: &Path) -> Option<SourceStamp> {
        Seen::of(path, self.now).filter(|seen| seen.is_sure()).map(|seen| seen.stamp())
    }

    /// The outline of a source that did not change.
    pub fn known(&self, source: &Source) -> Option<Outlined> {
        let found = self.unchanged(source);
        if found.is_none() {
            self.read.fetch_add(1, Relaxed);
        }
        found
    }

    /// How many were asked for and not known.
    pub fn unknown(&self) -> usize {
        self.read.load(Relaxed)
    }

    fn unchanged(&self, source: &Source) -> Option<Outlined> {
        let Content::Disk(_) = source.content else { return None };
        let (entry, range) = self.cached.get(&source.path)?;
        let is_same = self.seen.get(&source.path) == Some(&entry.seen) && entry.seen.is_sure();
        if !is_same && Hash::of(source.content.read_text(&source.path).ok()?.as_bytes()) != entry.hash {
            return None;
        }
        let (document, diagnostics): (Document, Vec<Diagnostic>) =
            postcard::from_bytes(self.file.content().get(range.clone())?).ok()?;
        if !document.is_of(source) {
            return None;
        }
        Some(Outlined {
            document: Arc::new(document),
            diagnostics,
            content: source.content.clone(),
            text: None,
            is_last_good: false,
        })
    }

    /// Leaves nothing for the next build to know.
    pub fn forget(root: &Path) -> io::Result<()> {
        folder(root)?.place(NAME)?.remove().map(|_| ())
    }

    /// Keeps the outlines of a build for the next one.
    pub fn store(&self, root: &Path, program: Hash, outlined: &[Outlined]) -> io::Result<()> {
        let seen: Vec<(&Outlined, Seen)> =
            outlined.iter().filter_map(|outlined| Some((outlined, *self.seen.get(&outlined.document.path)?))).collect();
        let is_cached = |(outlined, seen): &(&Outlined, Seen)| {
            let cached = self.cached.get(&outlined.document.path);
            cached.is_some_and(|(entry, _)| entry.seen == *seen && entry.hash == outlined.document.hash)
        };
        if seen.len() == self.cached.len() && seen.iter().all(is_cached) {
            return Ok(());
        }
        sealed::write_with(&folder_made(root)?, NAME, &kind(program), |file| {
            let mut entries = Vec::with_capacity(seen.len());
            for some in seen.chunks(AT_ONCE) {
                let made: Vec<(Entry, Blob<'_>)> =
                    some.par_iter().filter_map(|(outlined, seen)| self.entry(outlined, *seen)).collect();
                for (entry, blob) in made {
                    file.write_all(blob.bytes())?;
                    entries.push(entry);
                }
            }
            let list = postcard::to_stdvec(&entries).map_err(io::Error::other)?;
            file.write_all(&list)?;
            file.write_all(&(list.len() as u64).to_le_bytes())
        })
    }

    fn entry(&self, outlined: &Outlined, seen: Seen) -> Option<(Entry, Blob<'_>)> {
        let document = &*outlined.document;
        let blob = match self.cached.get(&document.path).filter(|(entry, _)| entry.hash == document.hash) {
            Some((_, range)) => Blob::Cached(self.file.content().get(range.clone())?),
            None => Blob::New(postcard::to_stdvec(&(document, &outlined.diagnostics)).ok()?),
        };
        let (path, hash, length) = (document.path.clone(), document.hash, blob.bytes().len());
        Some((Entry { path, seen, hash, length }, blob))
    }
}

/// The list of what is in the file. It stands at the end, before its own length, so that the outlines need not be held until
/// their lengths are known.
fn entries(content: &[u8]) -> Option<Vec<Entry>> {
    let (rest, length) = content.split_last_chunk::<8>()?;
    let start = rest.len().checked_sub(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
    postcard::from_bytes(&rest[start..]).ok()
}

enum Blob<'a> {
    Cached(&'a [u8]),
    New(Vec<u8>),
}

impl Blob<'_> {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Cached(bytes) => bytes,
            Self::New(bytes) => bytes,
        }
    }
}

fn look(sources: &[Source], now: u64) -> HashMap<SourcePath, Seen> {
    let one = |source: &Source| match &source.content {
        Content::Disk(path) => Some((source.path.clone(), Seen::of(path, now)?)),
        Content::Held(_) => None,
    };
    sources.par_iter().filter_map(one).collect()
}
