//! Writes one file beside the output, before it is renamed into place.

use std::io::{self, Write};

use crate::cache::Stamp;
use crate::folder::{Look, Place, open_file};
use crate::load::Content;
use crate::render::Output;

/// Writes a file that must not be there yet, and says how it was left.
pub fn write(place: &Place<'_>, output: &Output) -> io::Result<Option<Stamp>> {
    let mut file = place.create_new()?;
    match output {
        Output::Bytes(bytes) => file.write_all(bytes)?,
        Output::Shared(bytes) => file.write_all(bytes)?,
        Output::Copy(Content::Held(bytes)) => file.write_all(bytes)?,
        Output::Copy(Content::Disk(source)) => {
            io::copy(&mut open_file(source)?.0, &mut file)?;
        }
    }
    Ok(Stamp::of(Look::from(&file.metadata()?)))
}
