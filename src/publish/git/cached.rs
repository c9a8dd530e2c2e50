//! What was known of a branch when it was seen last: its commit, the names of its files and the record, below the site's
//! `.ninefold/`. Owns that repository; without it everything is fetched again, which changes speed and nothing else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::command::Git;
use crate::diagnostic::Diagnostic;
use crate::model::Hash;

/// The name that the commit has while it is stored.
const SEEN: &str = "refs/heads/seen";

/// The repository of one branch.
pub struct Cached {
    path: PathBuf,
}

impl Cached {
    /// That of the branch `name` of a remote.
    pub fn of(root: &Path, remote: &str, name: &str) -> Self {
        let hash = Hash::of(format!("{remote}\n{name}").as_bytes()).short();
        let root = std::path::absolute(root).unwrap_or_else(|_| root.to_owned());
        Self { path: root.join(".ninefold").join(format!("branch-{hash}.git")) }
    }

    /// Lets the repository at `made` read what is here, if the commit is here. `git` is in that repository.
    pub fn lend(&self, git: &Git, made: &Path, commit: &str) -> bool {
        let (objects, shallow) = (made.join("objects/info/alternates"), made.join("shallow"));
        let lent = || -> io::Result<()> {
            fs::create_dir_all(made.join("objects/info"))?;
            fs::write(&objects, format!("{}\n", self.path.join("objects").display()))?;
            // The commits before it are not here.
            fs::write(&shallow, format!("{commit}\n"))
        };
        let is_here = || git.run(&["cat-file", "-e", &format!("{commit}^{{tree}}")], &[]).is_ok();
        // Content is asked of the remote when it is needed.
        let promised = || git.run(&["config", "remote.place.promisor", "true"], &[]).is_ok();
        if self.path.is_dir() && lent().is_ok() && is_here() && promised() {
            return true;
        }
        let _ = fs::remove_file(objects).and(fs::remove_file(shallow));
        false
    }

    /// Stores the commit of the repository at `made`, with no content but the record's.
    pub fn store(&self, git: &Git, made: &Path, commit: &str, record: &[u8]) -> Result<(), Diagnostic> {
        let folder = self.path.parent().filter(|folder| !folder.is_symlink());
        let Some(folder) = folder.filter(|folder| fs::create_dir_all(folder).is_ok()) else { return Ok(()) };
        let new = folder.join(format!(".branch-{}.git", std::process::id()));
        let stored = (|| {
            git.run(&["config", "uploadpack.allowFilter", "true"], &[])?;
            git.run(&["update-ref", SEEN, commit], &[])?;
            let path = new.display().to_string();
            let format = git.line(&["rev-parse", "--show-object-format"], &[])?;
            git.run(&["init", "--quiet", "--bare", "--template=", &format!("--object-format={format}"), &path], &[])?;
            let cached = git.beside(&new, &[("remote.made.url", &made.display().to_string())])?;
            let fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--depth=1", "--filter=blob:none"];
            cached.run(&[&fetch[..], &["made", &format!("{SEEN}:{SEEN}")]].concat(), &[])?;
            cached.run(&["hash-object", "-w", "--stdin"], record)
        })();
        if stored.is_ok() {
            let _ = fs::remove_dir_all(&self.path);
            let _ = fs::rename(&new, &self.path);
        }
        let _ = fs::remove_dir_all(&new);
        stored.map(drop)
    }
}
