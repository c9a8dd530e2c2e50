//! A file with its kind and a checksum before its content: read whole or not at all. Knows no content.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use serde::{Serialize, de::DeserializeOwned};

use crate::folder::Folder;
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

/// Reads what was written as `name`; none if the file is missing, torn, damaged, of another kind or no file.
pub fn open(folder: &Folder, name: &str, kind: &str) -> Option<Whole> {
    let mut file = folder.place(name).and_then(|place| place.read()).ok()?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(usize::try_from(file.metadata().ok()?.len()).ok()?.saturating_add(1)).ok()?;
    file.read_to_end(&mut bytes).ok()?;
    let rest = bytes.strip_prefix(header(kind).as_bytes())?;
    let (seal, content) = rest.split_at_checked(SEAL)?;
    let start = bytes.len() - content.len();
    (Hash::of(content).as_bytes() == seal).then_some(Whole { bytes, start })
}

/// Reads the value that `write` wrote.
pub fn read<T: DeserializeOwned>(folder: &Folder, name: &str, kind: &str) -> Option<T> {
    postcard::from_bytes(open(folder, name, kind)?.content()).ok()
}

/// Writes the value beside its place and renames it there.
pub fn write<T: Serialize>(folder: &Folder, name: &str, kind: &str, value: &T) -> io::Result<()> {
    let bytes = postcard::to_stdvec(value).map_err(io::Error::other)?;
    write_with(folder, name, kind, |content| content.write_all(&bytes))
}

/// The same of what `work` writes.
pub fn write_with(
    folder: &Folder,
    name: &str,
    kind: &str,
    work: impl FnOnce(&mut BufWriter<Sealing>) -> io::Result<()>,
) -> io::Result<()> {
    let beside = format!("{name}.new");
    let beside = folder.place(&beside)?;
    // Left by a build that was killed, or another one is at it: then one of the two is remembered, or none.
    beside.remove()?;
    let mut file = beside.create_new()?;
    file.write_all(header(kind).as_bytes())?;
    let seal_at = file.stream_position()?;
    file.write_all(&[0; SEAL])?;
    let mut content = BufWriter::with_capacity(256 * 1024, Sealing { file, hasher: blake3::Hasher::new() });
    work(&mut content)?;
    let Sealing { mut file, hasher } = content.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.seek(SeekFrom::Start(seal_at))?;
    file.write_all(Hash::from_hasher(&hasher).as_bytes())?;
    drop(file);
    beside.rename_to(&folder.place(name)?)
}

/// A file whose content is hashed as it comes, so that it need not be held whole.
pub struct Sealing {
    file: File,
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
        let temporary = tempfile::tempdir()?;
        let folder = Folder::open(temporary.path())?;
        let path = temporary.path().join("keys");
        let value = vec![("a".to_owned(), 1_u32), ("b".to_owned(), 2)];
        let read = |kind| read::<Vec<(String, u32)>>(&folder, "keys", kind);
        write(&folder, "keys", "test 1", &value)?;
        assert_eq!(read("test 1"), Some(value));
        assert_eq!(read("test 2"), None);
        let whole = std::fs::read(&path)?;
        for n in 0..whole.len() {
            std::fs::write(&path, &whole[..n])?;
            assert_eq!(read("test 1"), None, "cut at {n}");
            let mut damaged = whole.clone();
            damaged[n] ^= 1;
            std::fs::write(&path, damaged)?;
            assert_eq!(read("test 1"), None, "damaged at {n}");
        }
        Ok(())
    }
}
