//! The built files that are to be sent. Each is hashed before anything is planned on it: a size and a time may be those of
//! another content. Knows one output folder; sends nothing.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use super::Upload;
use crate::cache;
use crate::diagnostic::Diagnostic;
use crate::folder::Folder;
use crate::load::hash_of;
use crate::model::Hash;
use crate::pipeline::{self, Options};
use crate::render::CHANGED_MEANWHILE;
use crate::write;

/// Makes the files anew that a build took for unchanged and that are not what it left. `site` is what the build left.
pub fn mend(options: &Options, uploads: &[Upload], site: &BTreeMap<String, Hash>) -> Result<(), Vec<Diagnostic>> {
    let out = options.out();
    let damaged = damaged(&out, uploads);
    if damaged.is_empty() {
        return Ok(());
    }
    // If that can't be remembered, the build finds the same again, and the files are refused below.
    let _ = cache::distrust(&options.root, &out, &damaged);
    let built = pipeline::build(options);
    if built.has_errors() {
        return Err(built.diagnostics);
    }
    if write::files(&out).as_ref() != Some(site) || !self::damaged(&out, uploads).is_empty() {
        return Err(vec![changed(&out)]);
    }
    Ok(())
}

/// The paths of the files that don't have the content they are to be sent with.
fn damaged<'a>(out: &Path, uploads: &'a [Upload]) -> Vec<&'a str> {
    let folder = Folder::open(out);
    let is_whole = |upload: &&Upload| {
        let file = folder.as_ref().map(|folder| folder.place(&upload.path).and_then(|place| place.read()));
        file.is_ok_and(|file| file.and_then(hash_of).is_ok_and(|hash| hash == upload.hash))
    };
    uploads.par_iter().filter(|upload| !is_whole(upload)).map(|upload| upload.path.as_str()).collect()
}

/// The content of a file in `out`.
pub fn content(out: &Path, upload: &Upload) -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    let file = Folder::open(out).and_then(|folder| folder.place(&upload.path)?.read());
    let read = file.and_then(|mut file| file.read_to_end(&mut bytes));
    if read.is_ok() && Hash::of(&bytes) == upload.hash { Ok(bytes) } else { Err(changed(&out.join(&upload.path))) }
}

/// How many bytes these files are together, before any is compressed.
pub fn length(out: &Path, uploads: &[Upload]) -> u64 {
    let Ok(folder) = Folder::open(out) else { return 0 };
    let length = |upload: &Upload| {
        let file = folder.place(&upload.path).and_then(|place| place.read());
        file.and_then(|file| file.metadata()).map_or(0, |metadata| metadata.len())
    };
    uploads.par_iter().map(length).sum()
}

/// A file in `out`, or the site itself, is not what the plan was made from.
pub fn changed(path: &Path) -> Diagnostic {
    Diagnostic::new(CHANGED_MEANWHILE, format!("`{}` changed while the site was published", path.display()))
        .help("run the command again")
}
