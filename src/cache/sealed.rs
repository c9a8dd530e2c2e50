//! A file with its kind and a checksum before its content: read whole or not at all. Knows no content.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Serialize, de::DeserializeOwned};

use crate::model::Hash;

/// The bytes of a file that is whole.
#[derive(Default)]
pub struct Whole {
    bytes: Vec<u8>,
    /// Where the content begins.
    start: usize,
}

impl Whole {
    pub fn content(&self) -> &[u8] {
        &self.bytes[self.start..]
    }
}

/// Reads what was written to `path`; none if the file is missing, torn, damaged or of another kind.
pub fn open(path: &Path, kind: &str) -> Option<Whole> {
    let bytes = fs::read(path).ok()?;
    let rest = bytes.strip_prefix(header(kind).as_bytes())?;
    let (seal, content) = rest.split_at_checked(32)?;
    let start = bytes.len() - content.len();
    (Hash::of(content).as_bytes() == seal).then_some(Whole { bytes, start })
}

/// Reads the value that `write` wrote.
pub fn read<T: DeserializeOwned>(path: &Path, kind: &str) -> Option<T> {
    postcard::from_bytes(open(path, kind)?.content()).ok()
}

/// Writes the value beside `path` and renames it into place.
pub fn write<T: Serialize>(path: &Path, kind: &str, value: &T) -> io::Result<()> {
    write_parts(path, kind, &[&postcard::to_stdvec(value).map_err(io::Error::other)?])
}

/// The same of bytes that stand in several places.
pub fn write_parts(path: &Path, kind: &str, parts: &[&[u8]]) -> io::Result<()> {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = io::BufWriter::with_capacity(256 * 1024, tempfile::NamedTempFile::new_in(folder)?);
    file.write_all(header(kind).as_bytes())?;
    file.write_all(Hash::from_hasher(&hasher).as_bytes())?;
    for part in parts {
        file.write_all(part)?;
    }
    file.into_inner().map_err(io::IntoInnerError::into_error)?.persist(path)?;
    Ok(())
}

fn header(kind: &str) -> String {
    format!("ninefold {kind}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_torn_or_foreign_file_is_as_good_as_none() -> io::Result<()> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("sub/keys");
        let value = vec![("a".to_owned(), 1_u32), ("b".to_owned(), 2)];
        write(&path, "test 1", &value)?;
        assert_eq!(read::<Vec<(String, u32)>>(&path, "test 1"), Some(value));
        assert_eq!(read::<Vec<(String, u32)>>(&path, "test 2"), None);
        let whole = fs::read(&path)?;
        for n in 0..whole.len() {
            fs::write(&path, &whole[..n])?;
            assert_eq!(read::<Vec<(String, u32)>>(&path, "test 1"), None, "cut at {n}");
            let mut damaged = whole.clone();
            damaged[n] ^= 1;
            fs::write(&path, damaged)?;
            assert_eq!(read::<Vec<(String, u32)>>(&path, "test 1"), None, "damaged at {n}");
        }
        Ok(())
    }
}
