//! Whether a folder that is written to stands apart from what a site is made of. Knows paths; writes nothing.

use std::io;
use std::path::{Component, Path, PathBuf};

use super::{BAD_OUTPUT, cannot_write};
use crate::diagnostic::Diagnostic;

/// The folders of a site that nothing is built or published into, from its root.
const OWN: [&str; 3] = ["content", "themes", ".ninefold"];

/// Where copies of a site are built that are no site of its own address.
const COPIES: &str = ".ninefold/copies";

/// The folder that a copy of this name is built into.
pub fn copy_folder(root: &Path, name: &str) -> PathBuf {
    root.join(COPIES).join(name)
}

/// Refuses an output folder that is in a folder of the site in `root`, or holds one. Copies have a place of their own.
pub fn check(root: &Path, out: &Path) -> Result<(), Diagnostic> {
    if out.parent() == Some(&root.join(COPIES)) {
        return Ok(());
    }
    let found = overlap(root, out).map_err(|error| cannot_write(out, &error))?;
    found.map_or(Ok(()), |own| {
        let message = format!("`{}` can't be an output folder: it is in `{own}/`, or holds it", out.display());
        Err(Diagnostic::new(BAD_OUTPUT, message).help("name another folder with `--out DIR`"))
    })
}

/// The folder of the site in `root` that `folder` is in, is, or holds; whatever links and `..` are in the paths.
pub fn overlap(root: &Path, folder: &Path) -> io::Result<Option<&'static str>> {
    let folder = real(folder)?;
    for own in OWN {
        if are_nested(&folder, &real(&root.join(own))?) {
            return Ok(Some(own));
        }
    }
    Ok(None)
}

/// Whether one of the two is in the other, or they are one.
pub fn are_nested(a: &Path, b: &Path) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// Where `path` leads, as far as it is there; what is not there yet is taken by its name.
pub fn real(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    let (mut there, mut missing) = (path.as_path(), Vec::new());
    loop {
        match (there.canonicalize(), there.parent(), there.components().next_back()) {
            (Err(error), Some(parent), Some(part @ (Component::Normal(_) | Component::ParentDir)))
                if error.kind() == io::ErrorKind::NotFound =>
            {
                missing.push(part);
                there = parent;
            }
            (result, _, _) => {
                let mut real = result?;
                for part in missing.iter().rev() {
                    match part {
                        Component::ParentDir => _ = real.pop(),
                        part => real.push(part),
                    }
                }
                return Ok(real);
            }
        }
    }
}
