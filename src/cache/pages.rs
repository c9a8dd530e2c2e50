//! What one build into a folder remembers for the next: the key of each page, how its file was left, and what the whole was
//! made of. Knows hashes and paths, no page.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::load::{Inputs, Source};
use crate::model::{Hash, SourcePath};
use crate::site::Counted;

use super::stamp::{SourceStamp, Stamp};
use super::{Files, Outlines, folder, folder_made, sealed};

/// What is known of the file that a page was written to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Of everything the page depends on.
    pub key: Hash,
    /// Of the file's content.
    pub content: Hash,
    pub stamp: Stamp,
    /// The documents its view looked at: places in `Pages::documents`.
    pub read: Arc<[u32]>,
}

/// The entries of one output folder, by path below it.
pub type PageKeys = BTreeMap<String, Entry>;

/// What a build left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pages {
    pub keys: PageKeys,
    /// Of what all views are made of besides the documents they look at.
    pub frame: Option<Hash>,
    /// The hash of each document's text.
    pub documents: Vec<Hash>,
    /// None if the build's inputs can't be known again by a look.
    pub last: Option<Last>,
}

/// A whole build, so that the next one of the same inputs can stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// Of everything it was made of: see `inputs_hash`.
    pub inputs: Hash,
    /// When it was made, and the moment from which time alone makes another site of the same files; in nanoseconds since 1970.
    pub from: i128,
    pub until: i128,
    pub pages: usize,
    pub counted: Counted,
    pub diagnostics: Vec<Diagnostic>,
}

impl Last {
    /// Whether a build of `inputs` at `now` would make the same again.
    pub fn holds(&self, inputs: Hash, now: Timestamp) -> bool {
        self.inputs == inputs && (self.from..self.until).contains(&now.as_nanosecond())
    }
}

const KIND: &str = "pages 3";

/// Each output folder has a file of its own, so that building into two of them does no harm.
fn name(out: &Path) -> String {
    let absolute = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    format!("pages-{}", Hash::of(absolute.as_os_str().as_encoded_bytes()).short())
}

/// What the last build into `out` left; empty if nothing usable is there.
pub fn pages(root: &Path, out: &Path) -> Pages {
    folder(root).ok().and_then(|folder| sealed::read(&folder, &name(out), KIND)).unwrap_or_default()
}

/// Remembers what this build left, and forgets the files that are no page of it.
pub fn remember_pages(root: &Path, out: &Path, pages: &Pages) -> io::Result<()> {
    let (folder, name) = (folder_made(root)?, name(out));
    if folder.glance(&name).is_ok() {
        Files::of(root).prune(&pages.keys.values().map(|entry| entry.content).collect());
    }
    sealed::write(&folder, &name, KIND, pages)
}

/// Makes the next build into `out` look at the content of these files, whatever their sizes and times say. What can't be
/// remembered is looked at anyway.
pub fn distrust(root: &Path, out: &Path, paths: &[&str]) -> io::Result<()> {
    let mut pages = pages(root, out);
    pages.last = None;
    for path in paths {
        if let Some(entry) = pages.keys.get_mut(*path) {
            entry.stamp.modified = 0;
        }
    }
    sealed::write(&folder(root)?, &name(out), KIND, &pages)
}

/// What a site is made of, as far as a look tells.
#[derive(Serialize)]
struct Made<'a> {
    program: Hash,
    /// The options that change pages.
    options: ([bool; 3], Option<&'a str>),
    config: SourceStamp,
    known: Option<Hash>,
    sources: Vec<(&'a SourcePath, bool)>,
    stamps: Vec<SourceStamp>,
    files: Vec<(&'a SourcePath, Hash)>,
    theme: Vec<(&'a str, Hash)>,
    faults: &'a [Diagnostic],
}

/// The hash of everything that a build with these options makes a site of; none if a file is too fresh to be known again
/// without being read. `faults` are those of reading the inputs.
pub fn inputs_hash(
    root: &Path,
    program: Hash,
    options: ([bool; 3], Option<&str>),
    inputs: &Inputs,
    faults: &[Diagnostic],
    outlines: &Outlines,
) -> Option<Hash> {
    let theme = &*inputs.theme;
    let templates = theme.templates.iter().map(|(name, file)| (name.as_str(), Hash::of(file.content.as_bytes())));
    let assets = theme.assets.iter().map(|(name, file)| (name.as_str(), Hash::of(&file.content)));
    let fonts = theme.fonts.iter().map(|(name, file)| (name.as_str(), Hash::of(&file.content)));
    let words = [("words", Hash::of_value(&theme.words.hash()))];
    let is_held = |source: &Source| matches!(source.content, crate::load::Content::Held(_));
    let made = Made {
        program,
        options,
        config: outlines.sure_stamp_of(&root.join(config::path().as_str()))?,
        known: inputs.known.hash,
        sources: inputs.sources.iter().map(|source| (&source.path, is_held(source))).collect(),
        stamps: outlines.sure_stamps(&inputs.sources)?,
        files: inputs.files.iter().map(|file| (&file.path, file.hash)).collect(),
        theme: [(theme.name.as_str(), Hash::of(&[]))]
            .into_iter()
            .chain(templates)
            .chain(assets)
            .chain(fonts)
            .chain(words)
            .collect(),
        faults,
    };
    Some(Hash::of_value(&made))
}
