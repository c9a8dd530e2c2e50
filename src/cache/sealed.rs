//! A file with its kind and a checksum before its content: read whole or not at all. Knows no content.

use std::fs;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Serialize, de::DeserializeOwned};
use tempfile::NamedTempFile;

use crate::model::Hash;

/// Bytes of the checksum.
const SEAL: usize = 32;

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
    let (seal, content) = rest.split_at_checked(SEAL)?;
    let start = bytes.len() - content.len();
    (Hash::of(content).as_bytes() == seal).then_some(Whole { bytes, start })
}

/// Reads the value that `write` wrote.
pub fn read<T: DeserializeOwned>(path: &Path, kind: &str) -> Option<T> {
    postcard::from_bytes(open(path, kind)?.content()).ok()
}

/// Writes the value beside `path` and renames it into place.
pub fn write<T: Serialize>(path: &Path, kind: &str, value: &T) -> io::Result<()> {
    let bytes = postcard::to_stdvec(value).map_err(io::Error::other)?;
    write_with(path, kind, |content| content.write_all(&bytes))
}

/// The same of what `work` writes.
pub fn write_with(
    path: &Path,
    kind: &str,
    work: impl FnOnce(&mut BufWriter<Sealing>) -> io::Result<()>,
) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::new_in(folder)?;
    file.write_all(header(kind).as_bytes())?;
    let seal_at = file.stream_position()?;
    file.write_all(&[0; SEAL])?;
    let mut content = BufWriter::with_capacity(256 * 1024, Sealing { file, hasher: blake3::Hasher::new() });
    work(&mut content)?;
    let Sealing { mut file, hasher } = content.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.seek(SeekFrom::Start(seal_at))?;
    file.write_all(Hash::from_hasher(&hasher).as_bytes())?;
    file.persist(path)?;
    Ok(())
}

/// A file whose content is hashed as it comes, so that it need not be held whole.
pub struct Sealing {
    file: NamedTempFile,
    hasher: blake3::Hasher,
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
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
