//! A file with its kind and a checksum before its content: read whole or not at all. Knows no content.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Serialize, de::DeserializeOwned};

use crate::model::Hash;

/// Reads the value that `write` wrote; none if the file is missing, torn, damaged or of another kind.
pub fn read<T: DeserializeOwned>(path: &Path, kind: &str) -> Option<T> {
    let bytes = fs::read(path).ok()?;
    let rest = bytes.strip_prefix(header(kind).as_bytes())?;
    let (seal, content) = rest.split_at_checked(32)?;
    if Hash::of(content).as_bytes() != seal {
        return None;
    }
    postcard::from_bytes(content).ok()
}

/// Writes the value beside `path` and renames it into place.
pub fn write<T: Serialize>(path: &Path, kind: &str, value: &T) -> io::Result<()> {
    let content = postcard::to_stdvec(value).map_err(io::Error::other)?;
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(header(kind).as_bytes())?;
    file.write_all(Hash::of(&content).as_bytes())?;
    file.write_all(&content)?;
    file.persist(path)?;
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
