//! Where the bytes of a file are and how they are read: with a limit, as UTF-8, without NUL. Knows no kind of file.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use memchr::memchr;

use crate::diagnostic::{Diagnostic, rules};
use crate::folder::open_file;
use crate::model::{Hash, SourcePath, Span};

rules! {
    UNREADABLE = "unreadable", error fixed, "a file can't be read";
    TOO_LARGE = "too-large", error fixed, "a text is larger than is read";
    NOT_UTF8 = "not-utf8", error fixed, "a file is not UTF-8";
    NUL_BYTE = "nul-byte", error fixed, "a text holds a NUL byte";
}

/// The largest Markdown, YAML or template file read.
pub const MAX_SOURCE_BYTES: u64 = 16 * 1024 * 1024;

/// Bytes on disk, or held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    Disk(PathBuf),
    Held(Arc<[u8]>),
}

impl Content {
    /// The file `path` of the site in `root`.
    pub fn disk(root: &Path, path: &SourcePath) -> Self {
        Self::Disk(root.join(path.as_str()))
    }

    /// All bytes, whatever they are.
    pub fn bytes(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(_) => self.up_to(u64::MAX),
            Self::Held(bytes) => Ok(bytes.to_vec()),
        }
    }

    /// The hash of all bytes, read in pieces.
    pub fn hash(&self) -> io::Result<Hash> {
        match self {
            Self::Held(bytes) => Ok(Hash::of(bytes)),
            Self::Disk(path) => hash_of(open_file(path)?.0),
        }
    }

    /// The text, or what is wrong with the file at `path`.
    pub fn read_text(&self, path: &SourcePath) -> Result<String, Diagnostic> {
        let bytes = self.up_to(MAX_SOURCE_BYTES + 1).map_err(|error| unreadable(path, &error))?;
        if bytes.len() as u64 > MAX_SOURCE_BYTES {
            return Err(Diagnostic::new(TOO_LARGE, format!("the file is larger than {} MB", MAX_SOURCE_BYTES >> 20))
                .in_file(path)
                .help("split it into several"));
        }
        let text = String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            Diagnostic::new(NOT_UTF8, format!("the file is not UTF-8: its byte {at} belongs to no character"))
                .at(path, Span::new(at, at))
                .help("open it in an editor and save it with the encoding UTF-8")
        })?;
        match memchr(0, text.as_bytes()) {
            Some(at) => Err(Diagnostic::new(NUL_BYTE, format!("the file holds a NUL, at byte {at}: no text does"))
                .at(path, Span::new(at, at + 1))
                .help("delete it; if they are many, save the file with the encoding UTF-8")),
            None => Ok(text),
        }
    }

    /// The first `most` bytes.
    pub fn up_to(&self, most: u64) -> io::Result<Vec<u8>> {
        match self {
            Self::Held(bytes) => Ok(bytes.iter().copied().take(usize::try_from(most).unwrap_or(usize::MAX)).collect()),
            Self::Disk(path) => {
                let (file, size) = open_file(path)?;
                // Room for all of it: what is read without is read in ever larger pieces.
                let room = usize::try_from(size.min(most)).unwrap_or(usize::MAX);
                let mut bytes = Vec::new();
                bytes.try_reserve_exact(room.saturating_add(1))?;
                file.take(most).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// The hash of all that is left to read of `file`, read in pieces.
pub fn hash_of(file: File) -> io::Result<Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(file)?;
    Ok(Hash::from_hasher(&hasher))
}

/// A file or folder that the system would not let us read.
pub fn unreadable(path: &SourcePath, error: &io::Error) -> Diagnostic {
    let (why, help) = match error.kind() {
        io::ErrorKind::NotFound => ("it is not there", None),
        io::ErrorKind::PermissionDenied => ("permission is denied", Some("make it readable for yourself")),
        _ => ("the system reports an error", None),
    };
    let message = match help {
        Some(_) => format!("`{path}` can't be read: {why}"),
        None if error.kind() == io::ErrorKind::NotFound => format!("`{path}` can't be read: {why}"),
        None => format!("`{path}` can't be read: {error}"),
    };
    Diagnostic::new(UNREADABLE, message).in_file(path).maybe_help(help.map(str::to_owned))
}

/// The text of any file of the site in `root` or of the program, for showing diagnostics.
pub fn text_of(root: &Path, path: &SourcePath) -> Option<String> {
    Content::disk(root, path)
        .bytes()
        .ok()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .or_else(|| super::embedded::text(path))
}
