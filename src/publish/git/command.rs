//! Runs the user's git: where, with which variables, and what it says when it fails. Knows no branch and no file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use super::GIT_FAILED;
use crate::diagnostic::Diagnostic;
use crate::publish::secrets;

/// git in one folder.
#[derive(Clone, Debug)]
pub struct Git {
    folder: PathBuf,
    /// Runs without a terminal: git must not ask.
    is_alone: bool,
    /// Variables of the environment besides those that are there.
    variables: Vec<(String, String)>,
}

/// Settings of a repository that say how a remote is reached and who commits. A temporary repository has none of its own.
const CARRIED: [&str; 11] = [
    "http.",
    "https.",
    "credential.",
    "url.",
    "ssh.",
    "protocol.",
    "user.",
    "author.",
    "committer.",
    "core.sshcommand",
    "core.askpass",
];

impl Git {
    pub fn new(folder: &Path, is_alone: bool) -> Self {
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        Self { folder, is_alone, variables: Vec::new() }
    }

    /// The same git with the repository at `path`, which takes the settings of this one that matter for remotes, and `more`.
    pub fn beside(&self, path: &Path, more: &[(&str, &str)]) -> Result<Self, Diagnostic> {
        let listed = self.run(&["config", "--list", "--show-scope", "-z"], &[])?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        let parts: Vec<&str> = listed.split('\0').collect();
        let own = parts.chunks_exact(2).filter(|pair| matches!(pair[0], "local" | "worktree" | "command"));
        let carried = own.map(|pair| pair[1].split_once('\n').unwrap_or((pair[1], "true")));
        let carried = carried.filter(|(key, _)| CARRIED.iter().any(|begin| key.starts_with(begin)));
        let settings: Vec<(&str, &str)> = carried.chain(more.iter().copied()).collect();
        // By variables: a setting may hold a token, which is not written to another file.
        let mut variables = vec![("GIT_CONFIG_COUNT".to_owned(), settings.len().to_string())];
        for (n, (key, value)) in settings.iter().enumerate() {
            variables.push((format!("GIT_CONFIG_KEY_{n}"), (*key).to_owned()));
            variables.push((format!("GIT_CONFIG_VALUE_{n}"), (*value).to_owned()));
        }
        variables.push(("GIT_DIR".to_owned(), path.display().to_string()));
        // Where git itself goes from a folder below: an address of a remote may be relative to it.
        let top = self.line(&["rev-parse", "--show-toplevel"], &[]).ok().filter(|top| !top.is_empty());
        let folder = top.map_or_else(|| self.folder.clone(), PathBuf::from);
        Ok(Self { folder, is_alone: self.is_alone, variables })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(&self.folder).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        // Set where git runs a hook; they would lead to another repository.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY"] {
            command.env_remove(name);
        }
        if self.is_alone {
            command.env("GIT_TERMINAL_PROMPT", "0");
            if secrets::variable("GIT_SSH_COMMAND").is_none() {
                command.env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts it with its input and output as pipes.
    pub fn started(&self, arguments: &[&str]) -> Result<Child, Diagnostic> {
        let spawned = self.command(arguments).spawn();
        spawned.map_err(|error| failed(arguments, &format!("it can't be started ({error})")))
    }

    /// Runs it to its end, however that is.
    pub fn output(&self, arguments: &[&str], input: &[u8]) -> Result<Output, Diagnostic> {
        let mut child = self.started(arguments)?;
        let pipe = child.stdin.take();
        let output = std::thread::scope(|scope| {
            scope.spawn(move || {
                // A git that ended early says why itself.
                let _ = pipe.map(|mut pipe| pipe.write_all(input));
            });
            child.wait_with_output()
        });
        output.map_err(|error| failed(arguments, &error.to_string()))
    }

    /// What it prints.
    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Diagnostic> {
        let output = self.output(arguments, input)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        Err(failed(arguments, &String::from_utf8_lossy(&output.stderr)))
    }

    /// The one line that it prints.
    pub fn line(&self, arguments: &[&str], input: &[u8]) -> Result<String, Diagnostic> {
        Ok(String::from_utf8_lossy(&self.run(arguments, input)?).trim().to_owned())
    }
}

/// git failed, for this reason.
pub fn failed(arguments: &[&str], why: &str) -> Diagnostic {
    let what = arguments.first().copied().unwrap_or_default();
    Diagnostic::new(GIT_FAILED, format!("git {what} failed: {}", secrets::without(why.trim())))
        .help("nothing was changed at the remote")
}
