//! Which folder a command works in: the one that is named, else the present one or the nearest around it that holds a site.

use std::path::PathBuf;

use crate::load::site_around;

/// The folder of the site for a command that runs in the present folder.
pub fn found() -> PathBuf {
    let here = PathBuf::from(".");
    if here.join("content").exists() {
        return here;
    }
    let Ok(whole) = here.canonicalize() else { return here };
    let Some(found) = site_around(&whole) else { return here };
    // As few words as lead there: they stand before paths that are shown.
    let up = whole.ancestors().take_while(|folder| **folder != *found).count();
    if up == 0 { here } else { std::iter::repeat_n("..", up).collect() }
}
