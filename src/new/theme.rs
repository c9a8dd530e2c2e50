//! Copies of the default theme's files, to be changed. Knows where a site's own theme stands, not what its files mean.

use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, rules};
use crate::load::default_theme_files;
use crate::model::nearest;

use super::create;

rules! {
    UNKNOWN_THEME_FILE = "unknown-theme-file", error fixed, "the default theme has no file of this name";
}

/// A file of the default theme, and whether the site has its own in that place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeListing {
    /// Below the theme's folder: `templates/essay.html`.
    pub name: String,
    pub is_replaced: bool,
}

/// Every file that the default theme has; `theme` names the one that the site in `root` uses.
pub fn theme_files(root: &Path, theme: &str) -> Vec<ThemeListing> {
    let folder = folder(root, theme);
    let files = default_theme_files().into_iter();
    files.map(|(name, _)| ThemeListing { is_replaced: folder.join(&name).is_file(), name }).collect()
}

/// Copies one file of the default theme into the site's own. `file` is its name below the theme's folder, or below
/// `templates/`, `assets/` or `fonts/`. Returns what to tell the author.
pub fn eject(root: &Path, theme: &str, file: &str) -> Result<Vec<String>, Diagnostic> {
    let files = default_theme_files();
    let places = ["", "templates/", "assets/", "fonts/"];
    let Some((name, content)) =
        files.iter().find(|(name, _)| places.iter().any(|place| *name == format!("{place}{file}")))
    else {
        let names = files.iter().flat_map(|(name, _)| places.iter().filter_map(|place| name.strip_prefix(*place)));
        let fault = Diagnostic::new(UNKNOWN_THEME_FILE, format!("the default theme has no file `{file}`"));
        let fault = match nearest(file, names) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault,
        };
        return Err(fault.help("`ninefold theme list` shows them all"));
    };
    let path = format!("themes/{theme}/{name}");
    create(root, &path, content)?;
    Ok(vec![
        format!("Made {}", root.join(path).display()),
        "The site is made with it from now on; delete it to have the theme's own again.".to_owned(),
    ])
}

fn folder(root: &Path, theme: &str) -> PathBuf {
    root.join("themes").join(theme)
}
