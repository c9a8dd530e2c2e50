//! Names as a disk holds them: some disks take two for the same that differ in letter case or Unicode form. Knows names alone.

use std::io;

use super::{Folder, is_gone};
use crate::model::nfc;

impl Folder {
    /// Whether something stands at `path` whose name, and those of the folders it is in, are written so and not otherwise.
    pub fn has_name(&self, path: &str) -> io::Result<bool> {
        let mut folder = self.clone();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            if !folder.entries()?.iter().any(|(name, _)| nfc(name) == nfc(part)) {
                return Ok(false);
            }
            if parts.peek().is_some() {
                folder = match folder.folder(part) {
                    Ok(below) => below,
                    Err(error) if is_gone(&error) => return Ok(false),
                    Err(error) => return Err(error),
                };
            }
        }
        Ok(true)
    }
}
