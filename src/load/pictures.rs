//! What a file of the site is hashed to and, of a picture, what its header says. Knows which files are pictures by their
//! names.

use std::io;

use serde::{Deserialize, Serialize};

use super::Content;
use super::read::unreadable;
use crate::diagnostic::Diagnostic;
use crate::model::{Hash, SourcePath};
use crate::picture::{self, Format, Header};

/// The bytes of the picture at `path`: of one that is too large, more than [`picture::MAX_BYTES`].
pub fn picture_bytes(path: &SourcePath, content: &Content) -> Result<Vec<u8>, Diagnostic> {
    content.up_to(picture::MAX_BYTES + 1).map_err(|error| unreadable(path, &error))
}

/// What a look at a file found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Looked {
    pub hash: Hash,
    pub picture: Option<Result<Header, Diagnostic>>,
    /// Diagnostics to report even where no page shows the picture.
    pub fault: Option<Diagnostic>,
}

/// Looks at the file `path`.
pub fn look(path: &SourcePath, content: &Content) -> io::Result<Looked> {
    let Some(format) = Format::of_name(path.as_str()) else {
        let fault = if picture::is_other_photograph(path.as_str()) {
            let private = picture::private_photograph(&content.up_to(picture::MAX_BYTES)?);
            private.is_any().then(|| picture::private_notes(private, false).in_file(path))
        } else {
            None
        };
        return Ok(Looked { hash: content.hash()?, picture: None, fault });
    };
    let bytes = content.up_to(picture::MAX_BYTES + 1)?;
    if bytes.len() as u64 > picture::MAX_BYTES {
        let fault = picture::too_many_bytes().in_file(path);
        return Ok(Looked { hash: content.hash()?, picture: Some(Err(fault)), fault: None });
    }
    let fault = match format {
        Format::Svg => picture::clean(&bytes).ok().and_then(|clean| clean.warning()).map(|fault| fault.in_file(path)),
        _ => None,
    };
    let header = picture::header(format, &bytes).map_err(|fault| fault.in_file(path));
    Ok(Looked { hash: Hash::of(&bytes), picture: Some(header), fault })
}
