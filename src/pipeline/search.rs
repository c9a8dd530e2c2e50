//! The search index in the output: made when a text changed, left alone otherwise. Knows the bundle as files; what is in them
//! is `search`'s.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use rayon::prelude::*;

use crate::assemble::Assembled;
use crate::cache::{Entry, PageKeys, program_hash};
use crate::diagnostic::Diagnostic;
use crate::guard;
use crate::load::timed;
use crate::model::{Hash, SourcePath};
use crate::render::Output;
use crate::search;
use crate::site::search::FOLDER;
use crate::write::Writer;

use super::output_file::OutputFile;
use super::{Progress, Work};

/// The index as the build takes it in.
#[derive(Default)]
pub struct IndexFiles {
    pub files: Vec<OutputFile>,
    /// Pages that were indexed now.
    pub indexed: usize,
    /// How long that took, on threads of its own.
    pub took: Duration,
}

/// What becomes of the index in this build.
pub enum Index {
    /// There is none, or its key is the last one and every file is as it was left.
    Unchanged(Vec<OutputFile>),
    /// It is to be made under this key.
    Outdated(Hash),
}

/// Looks whether the index is to be made.
pub fn look(assembled: &Assembled, writer: &Writer, before: &PageKeys) -> Index {
    if !assembled.site.config.search {
        return Index::Unchanged(Vec::new());
    }
    let key = search::key(&assembled.site, program_hash());
    unchanged(writer, before, key).map_or(Index::Outdated(key), Index::Unchanged)
}

impl Index {
    /// Does `work`, and beside it brings the index up to date: the indexer has one core for most of its time. It has threads of its
    /// own, since those of `work` would come to it only after all pages. If `work` fails the index is broken off.
    pub fn beside<T>(
        self,
        assembled: &Assembled,
        writer: &Writer,
        progress: &Progress<'_>,
        work: impl FnOnce() -> Result<T, Vec<Diagnostic>>,
    ) -> Result<(T, IndexFiles), Vec<Diagnostic>> {
        let key = match self {
            Self::Unchanged(files) => return Ok((work()?, IndexFiles { files, ..IndexFiles::default() })),
            Self::Outdated(key) => key,
        };
        let threads = guard::pool().num_threads(rayon::current_num_threads()).build();
        let threads = threads.map_err(|error| vec![search::failed(&error.to_string())])?;
        let is_wanted = AtomicBool::new(true);
        let goes_on = |done, all| {
            progress(Work::Search, done, all);
            is_wanted.load(Ordering::Relaxed)
        };
        let mut index = (Ok(IndexFiles::default()), Duration::ZERO);
        let done = threads.in_place_scope(|scope| {
            scope.spawn(|_| index = timed(|| make(assembled, writer, key, &goes_on)));
            let done = work();
            is_wanted.store(done.is_ok(), Ordering::Relaxed);
            done
        })?;
        let (files, took) = index;
        let files = files.map_err(|fault| vec![fault])?;
        Ok((done, IndexFiles { took, ..files }))
    }
}

fn make(
    assembled: &Assembled,
    writer: &Writer,
    key: Hash,
    progress: &search::Progress<'_>,
) -> Result<IndexFiles, Diagnostic> {
    let sources = |path: &SourcePath| assembled.text(path);
    let bundle = search::bundle(&assembled.site, &sources, progress)?;
    let put = |(path, bytes): (String, Vec<u8>)| {
        let (left, staged) = writer.put(&path, &Output::Bytes(bytes))?;
        let entry = left.stamp.map(|stamp| Entry { key, content: left.content, stamp, read: Arc::default() });
        Ok(OutputFile { path, content: left.content, entry, staged })
    };
    let mut files: Vec<OutputFile> = bundle.files.into_par_iter().map(put).collect::<Result<_, _>>()?;
    if files.iter().any(|file| file.entry.is_none()) {
        // Half an index is never taken for a whole one.
        files.iter_mut().for_each(|file| file.entry = None);
    }
    Ok(IndexFiles { files, indexed: bundle.pages, took: Duration::ZERO })
}

/// The files of the last index, if it has this key and all of them are still to be had.
fn unchanged(writer: &Writer, before: &PageKeys, key: Hash) -> Option<Vec<OutputFile>> {
    let folder = FOLDER.trim_start_matches('/');
    let last: Vec<(&String, &Entry)> =
        before.range(folder.to_owned()..).take_while(|(path, _)| path.starts_with(folder)).collect();
    if last.is_empty() || last.iter().any(|(_, entry)| entry.key != key) {
        return None;
    }
    let mut files = Vec::with_capacity(last.len());
    for (path, entry) in last {
        let Some((left, staged)) = writer.put_again(path, entry.content, entry.stamp) else {
            // Half an index is none.
            files.iter().filter(|file: &&OutputFile| file.staged).for_each(|file| writer.take_back(&file.path));
            return None;
        };
        let entry = left.stamp.map(|stamp| Entry { stamp, ..entry.clone() });
        files.push(OutputFile { path: path.clone(), content: left.content, entry, staged });
    }
    Some(files)
}
