//! Runs the user's rsync: how it is called for each kind of work, and what its failures mean. Knows arguments and exit codes; knows
//! no site.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;
use std::process::{self, Stdio};

use crate::publish::secrets;
use crate::publish::stores::StoreFault;

/// Seconds without a byte after which rsync gives up.
const TIMEOUT: &str = "--timeout=60";
/// Readers may read what is new there, whatever the umask here; a file that is replaced keeps what it has.
const MODES: &str = "--chmod=D755,F644";

/// What knows the options below.
const VERSION: &str = "install rsync 3.1 or newer, here and there";

/// rsync with one place.
pub struct Command {
    /// Ends in a slash: what is below it is meant.
    place: String,
    /// What files are fetched from, and what stands before their paths then.
    source: (String, String),
    /// There is no one to answer a question.
    is_alone: bool,
}

/// How a file is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    Anything,
    /// What is there stays.
    Nothing,
}

impl Command {
    pub fn new(destination: &str, is_alone: bool) -> Self {
        let place = format!("{}/", destination.trim_end_matches('/'));
        let source = module(&place).unwrap_or_else(|| (place.clone(), String::new()));
        Self { place, source, is_alone }
    }

    /// Sends the files at these paths below `folder`, and returns the names of those that were written.
    pub fn send(&self, folder: &Path, paths: &BTreeSet<String>, over: Over) -> Result<String, StoreFault> {
        // Sent whatever size and time say: who sends has compared already.
        let mut arguments = vec!["--ignore-times", "--times", "--omit-dir-times", MODES, "--out-format=%n"];
        if over == Over::Nothing {
            arguments.push("--ignore-existing");
        }
        let from = format!("{}/", folder.display());
        self.with_list("--files-from", paths, |list| {
            let ends = ["--from0", list, from.as_str(), self.place.as_str()];
            self.run(&[&arguments[..], &ends].concat())
        })
    }

    /// Brings the files at these paths below `folder`; those that are not there are left out.
    pub fn fetch(&self, folder: &Path, paths: &BTreeSet<String>) -> Result<(), StoreFault> {
        let to = format!("{}/", folder.display());
        let (from, before) = &self.source;
        let paths = paths.iter().map(|path| [before, path.as_str()].concat()).collect();
        let fetched = self.with_list("--files-from", &paths, |list| {
            self.run(&["--times", "--ignore-missing-args", "--from0", list, from.as_str(), to.as_str()])
        });
        fetched.map(drop)
    }

    /// Removes these files, and the folders that are empty without them.
    pub fn remove(&self, paths: &BTreeSet<String>) -> Result<(), StoreFault> {
        let mut rules = BTreeSet::new();
        for path in paths {
            let pattern = literally(path);
            let folders = pattern.match_indices('/').map(|(at, _)| format!("/{}", &pattern[..=at]));
            rules.extend(folders);
            rules.insert(format!("/{pattern}"));
        }
        let nothing = tempfile::tempdir().map_err(|error| no_room(&error))?;
        let from = format!("{}/", nothing.path().display());
        let removed = self.with_list("--include-from", &rules, |list| {
            // What is excluded is neither sent nor removed: everything that is not listed.
            let ends = ["--exclude=*", from.as_str(), self.place.as_str()];
            self.run(&[&["--recursive", "--delete", "--omit-dir-times", "--from0", list][..], &ends].concat())
        });
        removed.map(drop)
    }

    /// A line for everything that is there; none if the folder itself is not.
    pub fn list(&self) -> Result<Option<String>, StoreFault> {
        self.run(&["--recursive", "--list-only", "--no-human-readable", "--8-bit-output", "--no-motd", &self.place])
            .map(Some)
            .or_else(none_there)
    }

    fn with_list<T>(
        &self,
        option: &str,
        lines: &BTreeSet<String>,
        run: impl FnOnce(&str) -> Result<T, StoreFault>,
    ) -> Result<T, StoreFault> {
        let file = tempfile::NamedTempFile::new().map_err(|error| no_room(&error))?;
        let text: String = lines.iter().map(|line| format!("{line}\0")).collect();
        fs::write(file.path(), text).map_err(|error| no_room(&error))?;
        run(&format!("{option}={}", file.path().display()))
    }

    fn run(&self, arguments: &[&str]) -> Result<String, StoreFault> {
        let mut command = process::Command::new("rsync");
        // Names go to the other side as they are, past its shell.
        command.args(["--protect-args", TIMEOUT]).args(arguments).env("LC_ALL", "C").env("TZ", "UTC");
        if self.is_alone && secrets::variable("RSYNC_RSH").is_none() {
            command.env("RSYNC_RSH", "ssh -oBatchMode=yes");
        }
        let output = command.stdin(Stdio::null()).output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => StoreFault::Refused("rsync is not installed".to_owned(), VERSION.to_owned()),
            _ => StoreFault::Failed(format!("rsync can't be started: {error}")),
        })?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(fault(output.status.code(), &String::from_utf8_lossy(&output.stderr)))
    }
}

/// The module of a daemon and the way from there to the place, which ends in what rsync cuts off: version 3.5.0 of a daemon finds
/// nothing of a list in a folder of a module (`findings/rsync-daemon-finds-no-listed-file-in-a-folder-of-a-module.sh`). None of what no daemon has.
fn module(place: &str) -> Option<(String, String)> {
    let begin = match place.strip_prefix("rsync://") {
        Some(rest) => place.len() - rest.len() + rest.find('/')? + 1,
        None => place.find("::")? + 2,
    };
    let end = begin + place[begin..].find('/')? + 1;
    let (root, below) = place.split_at(end);
    let before = if below.is_empty() { String::new() } else { format!("{below}./") };
    Some((root.to_owned(), before))
}

/// Reading from a folder that is not there: there is nothing in it.
pub fn none_there<T>(fault: StoreFault) -> Result<Option<T>, StoreFault> {
    if fault == StoreFault::Failed(NO_FOLDER.to_owned()) { Ok(None) } else { Err(fault) }
}

/// What is said of a folder that can't be made either.
const NO_FOLDER: &str = "the folder is not there, and neither is the one that it would be in";

/// A failure by its exit code (rsync(1), "EXIT VALUES") and its words.
fn fault(code: Option<i32>, words: &str) -> StoreFault {
    // The last line says in which of its own files the error was found.
    let lines = words.lines().filter(|line| !line.starts_with("rsync error:") && !line.trim().is_empty());
    let why: Vec<&str> = lines.map(|line| line.trim_start_matches("rsync: ").trim()).take(3).collect();
    let why = if why.is_empty() { words.trim().to_owned() } else { why.join("; ") };
    let why = format!("rsync: {}", secrets::without(&why));
    match code {
        Some(3 | 12 | 23 | 11)
            if (why.contains("change_dir") || why.contains("mkdir")) && why.contains("No such file or directory") =>
        {
            StoreFault::Failed(NO_FOLDER.to_owned())
        }
        Some(1 | 2 | 4) => StoreFault::Refused(why, VERSION.to_owned()),
        Some(5) => StoreFault::Refused(
            why,
            "see the name of the module in `destination`; a password comes from `RSYNC_PASSWORD`".to_owned(),
        ),
        Some(127 | 255) => StoreFault::Refused(
            why,
            "see that `ssh` gets there without a question: port and key stand in your `~/.ssh/config`".to_owned(),
        ),
        _ => StoreFault::Failed(why),
    }
}

pub fn no_room(error: &io::Error) -> StoreFault {
    StoreFault::Failed(format!("there is no room for temporary files: {error}"))
}

/// The path as a pattern that it alone fits.
fn literally(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        if matches!(c, '*' | '?' | '[') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_have_their_own_words() {
        let missing = "rsync: [sender] change_dir \"nope/\" (in site) failed: No such file or directory (2)\nrsync error: errors selecting input/output files, dirs (code 3) at flist.c(2791) [sender=3.5.0]\n";
        assert_eq!(none_there::<()>(fault(Some(3), missing)), Ok(None));
        let refused = fault(
            Some(5),
            "@ERROR: Unknown module 'nope'\nrsync error: error starting client-server protocol (code 5) at main.c(1954)\n",
        );
        assert_eq!(refused.to_string(), "rsync: @ERROR: Unknown module 'nope'");
        assert!(matches!(fault(Some(255), "ssh: no route"), StoreFault::Refused(..)));
        assert!(matches!(fault(Some(30), ""), StoreFault::Failed(_)));
    }

    #[test]
    fn files_of_a_daemon_are_fetched_from_its_module() {
        let parts = |root: &str, before: &str| Some((root.to_owned(), before.to_owned()));
        assert_eq!(module("rsync://me@host:87/site/a/b/"), parts("rsync://me@host:87/site/", "a/b/./"));
        assert_eq!(module("host::site/"), parts("host::site/", ""));
        assert_eq!(module("me@host:/srv/www/"), None);
    }

    #[test]
    fn a_pattern_fits_one_name() {
        assert_eq!(literally("a/[b]*?.html"), "a/\\[b]\\*\\?.html");
    }
}
