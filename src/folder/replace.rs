//! A file that is replaced atomically: it is read whole or as it was before, also after a kill. Knows no content.

use std::io::{self, Write};

use super::Folder;

impl Folder {
    /// Puts `bytes` into the file at `path`, which keeps who may read and write it; its folder is made if it is not there. The new
    /// file is made beside it under a hidden name and then takes its place.
    pub fn replace(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let (folder, name) = path.rsplit_once('/').map_or(("", path), |(folder, name)| (folder, name));
        let hidden = format!(".{name}.new");
        let beside = if folder.is_empty() { hidden } else { format!("{folder}/{hidden}") };
        let beside = self.place_made(&beside)?;
        let place = self.place(path)?;
        let permissions = match place.read() {
            Ok(file) => Some(file.metadata()?.permissions()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        beside.remove()?;
        let mut file = beside.create_new()?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        }
        file.write_all(bytes)?;
        beside.rename_to(&place)
    }
}
