//! Which folder a command works in: the one that is named, else the present one or the nearest around it that holds a site.

use std::fs;
use std::path::{Path, PathBuf};

use crate::config;

/// The folder of the site for a command that runs in the present folder.
pub fn found() -> PathBuf {
    let here = PathBuf::from(".");
    if here.join("content").exists() {
        return here;
    }
    let Ok(whole) = here.canonicalize() else { return here };
    let mut up = PathBuf::new();
    for folder in whole.ancestors().skip(1) {
        up.push("..");
        if folder.join(config::path().as_str()).is_file() {
            // Settings are trusted, and those of another person's folder are not ours.
            return if has_the_owner_of(folder, &whole) { up } else { here };
        }
    }
    here
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
