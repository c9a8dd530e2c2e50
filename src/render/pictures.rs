//! Pictures as bytes: smaller copies, safe drawings, photographs without their notes. Knows one picture and no page.

use crate::diagnostic::Diagnostic;
use crate::load::Content;
use crate::model::{Hash, SourcePath};
use crate::picture::{self, Format};

use super::{Pictures, changed};

/// A drawing, made safe.
pub fn drawing(path: &SourcePath, bytes: &[u8]) -> Result<Vec<u8>, Diagnostic> {
    picture::clean(bytes).map(|clean| clean.bytes).map_err(|fault| fault.in_file(path))
}

/// A photograph without its notes. One that can't be taken apart is not published as it is.
pub fn stripped(path: &SourcePath, bytes: &[u8], format: Format) -> Result<Vec<u8>, Diagnostic> {
    picture::strip(format, bytes).ok_or_else(|| picture::not_stripped().in_file(path))
}

/// A smaller copy of a picture, `width` pixels wide.
pub fn copy(path: &SourcePath, bytes: Vec<u8>, format: Format, width: u32) -> Result<Vec<u8>, Diagnostic> {
    picture::smaller(format, bytes, width).map_err(|fault| fault.in_file(path))
}

/// Whether copies can be made of a picture.
pub fn check(path: &SourcePath, bytes: &[u8], format: Format) -> Result<(), Diagnostic> {
    picture::whole(format, bytes).map_err(|fault| fault.in_file(path))
}

/// The bytes of the file that the view was made of.
pub fn read(path: &SourcePath, content: &Content, hash: Hash, pictures: &Pictures<'_>) -> Result<Vec<u8>, Diagnostic> {
    let bytes = pictures(path, content)?;
    if bytes.len() as u64 > picture::MAX_BYTES {
        return Err(picture::too_many_bytes().in_file(path));
    }
    if Hash::of(&bytes) == hash { Ok(bytes) } else { Err(changed(path)) }
}
