//! The second pass of an import: each text's body is made Markdown of ours and written, then what is about the site as a whole.
//! Knows what the first pass found; reads no source.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::config;
use crate::diagnostic::{self, Diagnostic};
use crate::link::Include;
use crate::load;
use crate::model::{SourceKind, SourcePath};
use crate::pipeline;

use super::anchors::Linked;
use super::authors::Authors;
use super::links::Around;
use super::names::{Entry, Names};
use super::output::lists::Lists;
use super::output::writer::{Outcome, Writer};
use super::output::{front, settings};
use super::report::Report;
use super::tags::{TagMap, Words};
use super::text::{Body, Destination, FileCopy, OldSite, Place, Text};
use super::{Imported, Options, PROPOSAL, Progress, REPORT, body};

/// Texts whose bodies are made at once.
const BATCH: usize = 64;
/// The largest file that is copied.
const MAX_FILE_BYTES: u64 = 100 * 1024 * 1024;

/// What the first pass found.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    pub names: &'a Names,
    pub old: &'a OldSite,
    pub linked: &'a Linked,
    pub authors: &'a Authors,
    pub lists: &'a Lists,
}

/// The second pass.
pub struct SecondPass<'a> {
    options: &'a Options,
    found: Found<'a>,
    map: &'a TagMap,
    writer: Writer,
    words: Words,
    /// What was copied.
    files: BTreeSet<String>,
    batch: Vec<Text>,
    pub report: Report,
    progress: &'a dyn Fn(Progress),
    done: usize,
}

impl<'a> SecondPass<'a> {
    pub fn new(
        options: &'a Options,
        map: &'a TagMap,
        found: Found<'a>,
        writer: Writer,
        report: Report,
        progress: &'a dyn Fn(Progress),
    ) -> Self {
        let (words, files, batch) = (Words::default(), BTreeSet::new(), Vec::new());
        Self { options, found, map, writer, words, files, batch, report, progress, done: 0 }
    }

    pub fn take(&mut self, text: Text) -> Result<(), Diagnostic> {
        if text.is_part {
            return Ok(());
        }
        self.batch.push(text);
        if self.batch.len() >= BATCH { self.write_batch() } else { Ok(()) }
    }

    /// Makes the bodies on all cores and writes them one after the other.
    fn write_batch(&mut self) -> Result<(), Diagnostic> {
        let batch = std::mem::take(&mut self.batch);
        let (Found { names, old, linked, authors, lists }, kind) = (self.found, self.options.kind);
        let source = &*self.options.source;
        let made: Vec<Option<(Text, &Entry, Body, Report)>> = batch
            .into_par_iter()
            .map(|mut text| {
                let entry = names.by_key(&text.key)?;
                let mut report = Report::default();
                text.authors = authors.written(&text.authors);
                let body = match text.is_list {
                    true => lists.body(&text, names),
                    false => body(kind, source, &text, &Around { names, old, entry, linked }, &mut report),
                };
                Some((text, entry, body, report))
            })
            .collect();
        for (text, entry, body, report) in made.into_iter().flatten() {
            self.report.extend(report);
            self.write(&text, entry, &body)?;
            self.done += 1;
            (self.progress)(Progress { done: self.done, total: Some(self.found.names.entries().len()) });
        }
        Ok(())
    }

    fn write(&mut self, text: &Text, entry: &Entry, body: &Body) -> Result<(), Diagnostic> {
        let file = front::file(text, entry, body, self.map, self.options.addresses, &mut self.words, &mut self.report);
        let path = entry.file();
        let outcome = self.writer.write(&path, file.as_bytes(), &text.key)?;
        self.count(outcome, text, &path);
        for copy in &body.files {
            self.copy(copy, text, entry)?;
        }
        Ok(())
    }

    fn count(&mut self, outcome: Outcome, text: &Text, path: &str) {
        let noun = match text.kind {
            SourceKind::Incident => "records",
            SourceKind::Page => "pages",
            _ if text.draft => "drafts",
            _ => "essays",
        };
        self.report.count(noun, 1);
        match outcome {
            Outcome::New => {}
            Outcome::Changed => self.report.count("of them changed since the last import", 1),
            Outcome::Same => self.report.count("of them unchanged", 1),
            Outcome::Deleted => self.report.count("of them deleted since the last import, which stay away", 1),
            Outcome::Edited => {
                let why = format!("`{path}` stays as it is");
                self.report.edited(text.place.clone(), why);
            }
        }
    }

    fn copy(&mut self, copy: &FileCopy, text: &Text, entry: &Entry) -> Result<(), Diagnostic> {
        let path = match &copy.to {
            Destination::Beside(name) => format!("{}/{name}", entry.folder()),
            Destination::Static(name) => format!("content/static/{name}"),
        };
        if !self.files.insert(path.clone()) {
            return Ok(());
        }
        let size = std::fs::symlink_metadata(&copy.from).map(|metadata| metadata.len());
        let bytes = match size {
            Ok(size) if size > MAX_FILE_BYTES => Err(format!("it is larger than {} MB", MAX_FILE_BYTES >> 20)),
            Ok(_) => std::fs::read(&copy.from).map_err(|error| error.to_string()),
            Err(error) => Err(error.to_string()),
        };
        match bytes {
            Ok(bytes) => {
                let outcome = self.writer.write(&path, &bytes, "")?;
                self.report.count("files beside them or in `content/static/`", 1);
                if outcome == Outcome::Edited {
                    let why = format!("`{path}` stays as it is");
                    self.report.edited(text.place.clone(), why);
                }
            }
            Err(why) => {
                let why = format!("`{}`: {why}", copy.from.display());
                self.report.add(text.place.clone(), "files that were not copied", why);
            }
        }
        Ok(())
    }

    /// Writes what is about the site as a whole.
    pub fn finish(mut self) -> Result<Imported, Diagnostic> {
        self.write_batch()?;
        let site_yaml = settings::site_yaml(self.found.old, self.found.names, &mut self.report);
        self.writer.create("content/site.yaml", &site_yaml)?;
        self.writer.create(".gitignore", "/public/\n/.ninefold/\n")?;
        for (word, near) in self.words.near(self.map) {
            let place = Place { file: PROPOSAL.to_owned(), line: 0 };
            self.report.add(place, "words that are nearly a pattern", format!("`{word}` is near `pattern:{near}`"));
        }
        if self.options.map.is_none()
            && let Some(proposal) = self.words.proposal(self.map)
        {
            self.writer.create(PROPOSAL, &proposal)?;
        }
        self.writer.finish()?;
        let faults = if self.options.dry_run { Vec::new() } else { self.check()? };
        self.writer.finish()?;
        let from = format!("{} ({})", self.options.source.display(), self.options.kind.name());
        let report = self.report.markdown(&from);
        self.writer.replace(REPORT, &report)?;
        Ok(Imported { report, counts: self.report.counts().to_vec(), remarks: self.report.len(), faults })
    }

    /// What `check` says of the imported files goes into the report and is known from now on; the rest is returned.
    fn check(&mut self) -> Result<Vec<Diagnostic>, Diagnostic> {
        let options = |include| pipeline::Options::new(&self.options.into, include, self.options.now);
        // A link to a draft leads nowhere without drafts; what is wrong in a draft is seen with them.
        let includes = [Include { drafts: true, future: true }, Include::default()];
        let mut faults: Vec<Diagnostic> =
            includes.into_iter().flat_map(|include| pipeline::read_strictly(&options(include)).diagnostics).collect();
        faults.sort();
        faults.dedup();
        let text_of = |path: &SourcePath| load::text_of(&self.options.into, path);
        let lines = diagnostic::first_lines(&faults, &text_of);
        let (mut known, mut others) = (Vec::new(), Vec::new());
        for (fault, line) in faults.into_iter().zip(lines) {
            let file = fault.path().map(ToString::to_string).unwrap_or_default();
            let is_imported = self.writer.record().files.contains_key(&file);
            if is_imported {
                let place = Place { file, line: line.unwrap_or(0) };
                self.report.add(place, format!("`ninefold check` says `{}`", fault.code()), fault.message.clone());
            }
            if is_imported && fault.is_error() && config::can_be_known(&fault) {
                known.push(fault);
            } else {
                others.push(fault);
            }
        }
        let path = config::known_path();
        let (text, count) = config::baseline(&known, &text_of);
        if (count > 0 || self.writer.record().files.contains_key(path.as_str()))
            && self.writer.write(path.as_str(), text.as_bytes(), "")? == Outcome::Edited
        {
            let why = "it is the author's own: bring it up to date with `ninefold check --baseline`";
            self.report.edited(Place { file: path.to_string(), line: 0 }, why);
        }
        others.retain(Diagnostic::is_error);
        Ok(others)
    }
}
