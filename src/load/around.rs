//! Which site a folder is part of. Knows where settings stand; reads none of them.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config;

/// The nearest folder around `folder`, a whole path, or itself, that holds a site with settings. That of another person is not
/// taken: settings are trusted.
pub fn site_around(folder: &Path) -> Option<PathBuf> {
    let found = folder.ancestors().find(|around| around.join(config::path().as_str()).is_file())?;
    (found == folder || has_the_owner_of(found, folder)).then(|| found.to_owned())
}

#[cfg(unix)]
fn has_the_owner_of(folder: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let owner = |path: &Path| fs::metadata(path).ok().map(|metadata| metadata.uid());
    let settings = folder.join(config::path().as_str());
    owner(other).is_some_and(|own| owner(folder) == Some(own) && owner(&settings) == Some(own))
}

#[cfg(not(unix))]
fn has_the_owner_of(folder: &Path, other: &Path) -> bool {
    fs::metadata(folder).is_ok() && fs::metadata(other).is_ok()
}
