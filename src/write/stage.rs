//! Writes one file where nobody looks yet.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::cache::Stamp;
use crate::load::Content;
use crate::render::Output;

/// Writes a file that must not be there yet, and says how it was left.
pub fn write(path: &Path, output: &Output) -> io::Result<Option<Stamp>> {
    let mut file = File::create_new(path)?;
    match output {
        Output::Bytes(bytes) => file.write_all(bytes)?,
        Output::Shared(bytes) => file.write_all(bytes)?,
        Output::Copy(Content::Held(bytes)) => file.write_all(bytes)?,
        Output::Copy(Content::Disk(source)) => {
            io::copy(&mut File::open(source)?, &mut file)?;
        }
    }
    Ok(Stamp::of(&file.metadata()?))
}
