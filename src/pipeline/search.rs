//! The search index in the output: made when a text changed, left alone otherwise. Knows the bundle as files; what is in them
//! is `search`'s.

use std::sync::Arc;

use crate::assemble::Assembled;
use crate::cache::{Entry, PageKeys, program_hash};
use crate::diagnostic::Diagnostic;
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
}

/// Brings the index up to date: nothing is done if its key is the last one and every file is as it was left.
pub fn index(
    assembled: &Assembled,
    writer: &Writer,
    before: &PageKeys,
    progress: &Progress<'_>,
) -> Result<IndexFiles, Diagnostic> {
    if !assembled.site.config.search {
        return Ok(IndexFiles::default());
    }
    let key = search::key(&assembled.site, program_hash());
    if let Some(files) = unchanged(writer, before, key) {
        return Ok(IndexFiles { files, indexed: 0 });
    }
    let sources = |path: &SourcePath| assembled.text(path);
    let bundle = search::bundle(&assembled.site, &sources, &|done, all| progress(Work::Search, done, all))?;
    let mut files = Vec::with_capacity(bundle.files.len());
    for (path, bytes) in bundle.files {
        let (left, staged) = writer.put(&path, &Output::Bytes(bytes))?;
        let entry = left.stamp.map(|stamp| Entry { key, content: left.content, stamp, read: Arc::default() });
        files.push(OutputFile { path, content: left.content, entry, staged });
    }
    if files.iter().any(|file| file.entry.is_none()) {
        // Half an index is never taken for a whole one.
        files.iter_mut().for_each(|file| file.entry = None);
    }
    Ok(IndexFiles { files, indexed: bundle.pages })
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
