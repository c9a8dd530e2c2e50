//! A branch of a remote as a place, through the user's git: one commit is made beside the work tree and one push moves the
//! branch or does not. Knows git's commands; the work tree, the index and the branches here stay as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::plan::Plan;
use super::record::RECORD;
use super::run::TARGET_CHANGED;
use super::secrets;
use super::store::{Found, Listing};
use crate::config::GitTarget;
use crate::diagnostic::{Diagnostic, rules};

rules! {
    GIT_FAILED = "git", error fixed, "git failed";
}

/// The branch as it is at the remote.
pub struct Branch {
    git: Git,
    target: GitTarget,
    /// Where the remote is: by its address, git keeps no branch of it here.
    remote: String,
    /// The commit; none if there is no such branch.
    tip: Option<String>,
    /// Mode and blob of each file.
    files: BTreeMap<String, String>,
}

/// git in the site's folder.
struct Git {
    root: PathBuf,
    /// Nobody sits there who could answer a question.
    is_alone: bool,
}

impl Git {
    fn run(&self, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Result<Vec<u8>, Diagnostic> {
        let what = arguments.first().copied().unwrap_or_default();
        let failed = |why: &str| {
            Diagnostic::new(GIT_FAILED, format!("git {what} failed: {}", secrets::without(why.trim())))
                .help("nothing was changed at the remote")
        };
        let mut command = Command::new("git");
        command.args(arguments).current_dir(&self.root).env("LC_ALL", "C");
        // Set where git runs a hook; they would lead to another repository.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        if self.is_alone {
            command.env("GIT_TERMINAL_PROMPT", "0");
            if secrets::variable("GIT_SSH_COMMAND").is_none() {
                command.env("GIT_SSH_COMMAND", "ssh -oBatchMode=yes");
            }
        }
        command.envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| failed(&format!("it can't be started ({error})")))?;
        let pipe = child.stdin.take();
        let output = std::thread::scope(|scope| {
            scope.spawn(move || {
                // A git that ended early says why itself.
                let _ = pipe.map(|mut pipe| pipe.write_all(input));
            });
            child.wait_with_output()
        });
        let output = output.map_err(|error| failed(&error.to_string()))?;
        if output.status.success() { Ok(output.stdout) } else { Err(failed(&String::from_utf8_lossy(&output.stderr))) }
    }

    fn line(&self, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Result<String, Diagnostic> {
        Ok(String::from_utf8_lossy(&self.run(arguments, input, variables)?).trim().to_owned())
    }
}

impl Branch {
    /// Looks at the remote and fetches the branch's files, without any change to branches here.
    pub fn open(root: &Path, target: &GitTarget, is_alone: bool) -> Result<Self, Diagnostic> {
        let git = Git { root: std::path::absolute(root).unwrap_or_else(|_| root.to_owned()), is_alone };
        if git.run(&["rev-parse", "--git-dir"], &[], &[]).is_err() {
            return Err(Diagnostic::new(
                GIT_FAILED,
                "the site's folder is in no git repository, or git is not installed",
            )
            .help("make it one with `git init`, and add the remote that the target names"));
        }
        let name = format!("refs/heads/{}", target.branch);
        let known = git.line(&["remote", "get-url", "--push", &target.remote], &[], &[]);
        let remote = known.unwrap_or_else(|_| target.remote.clone());
        let listed = git.line(&["ls-remote", &remote, &name], &[], &[])?;
        let tip = listed.split_whitespace().next().map(str::to_owned);
        let mut files = BTreeMap::new();
        if let Some(tip) = &tip {
            git.run(&["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", &remote, &name], &[], &[])?;
            let tree = git.run(&["ls-tree", "-r", "-z", "--full-tree", tip], &[], &[])?;
            for entry in String::from_utf8_lossy(&tree).split('\0') {
                if let Some((about, path)) = entry.split_once('\t') {
                    let mut words = about.split(' ');
                    if let (Some(mode), Some(_), Some(blob)) = (words.next(), words.next(), words.next()) {
                        files.insert(path.to_owned(), format!("{mode} {blob}"));
                    }
                }
            }
        }
        Ok(Self { git, target: target.clone(), remote, tip, files })
    }

    /// What is remembered of the last publication.
    pub fn record(&self) -> Result<Option<Vec<u8>>, Diagnostic> {
        match self.files.get(RECORD).and_then(|entry| entry.split_once(' ')) {
            Some((_, blob)) => self.git.run(&["cat-file", "blob", blob], &[], &[]).map(Some),
            None => Ok(None),
        }
    }

    /// Every file of the branch but the record.
    pub fn list(&self) -> Listing {
        let files = self.files.iter().filter(|(path, _)| *path != RECORD);
        Listing { files: files.map(|(path, entry)| (path.clone(), found(entry))).collect(), odd: Vec::new() }
    }

    /// Makes the commit and moves the branch to it, unless somebody else moved it. Returns the bytes of the files it added.
    pub fn push(&self, mut plan: Plan, out: &Path, dry_run: bool) -> Result<u64, Diagnostic> {
        let out = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
        let mut files = self.files.clone();
        let removed: BTreeSet<&String> = plan.removals.iter().collect();
        files.retain(|path, _| !removed.contains(path));
        let paths: Vec<PathBuf> = plan.uploads.iter().map(|upload| out.join(&upload.path)).collect();
        let list: String = paths.iter().map(|path| format!("{}\n", path.display())).collect();
        let blobs = self.git.line(&["hash-object", "-w", "--no-filters", "--stdin-paths"], list.as_bytes(), &[])?;
        for (upload, blob) in plan.uploads.iter().zip(blobs.lines()) {
            files.insert(upload.path.clone(), format!("100644 {blob}"));
        }
        let sent =
            plan.uploads.iter().filter_map(|upload| Some((upload.path.clone(), found(files.get(&upload.path)?))));
        let sent = sent.collect();
        plan.remember(sent);
        let record = plan.record_after();
        let blob = self.git.line(&["hash-object", "-w", "--stdin"], &record.bytes(), &[])?;
        files.insert(RECORD.to_owned(), format!("100644 {blob}"));
        let commit = self.commit(&files)?;
        let name = format!("refs/heads/{}", self.target.branch);
        let lease = format!("--force-with-lease={name}:{}", self.tip.as_deref().unwrap_or_default());
        let what = format!("{commit}:{name}");
        let mut arguments = vec!["push", "--quiet", "--no-verify", &lease, &self.remote, &what];
        if dry_run {
            arguments.insert(1, "--dry-run");
        }
        self.git.run(&arguments, &[], &[]).map_err(|fault| {
            if fault.message.contains("stale info") {
                Diagnostic::new(TARGET_CHANGED, "another publisher changed the place since the plan was made")
                    .help("run the command again: it plans anew")
            } else {
                fault
            }
        })?;
        Ok(paths.iter().filter_map(|path| std::fs::metadata(path).ok()).map(|metadata| metadata.len()).sum())
    }

    /// A commit of these files, made with an index of its own.
    fn commit(&self, files: &BTreeMap<String, String>) -> Result<String, Diagnostic> {
        let folder = tempfile::tempdir()
            .map_err(|error| Diagnostic::new(GIT_FAILED, format!("there is no room for a temporary index: {error}")))?;
        let index = folder.path().join("index").display().to_string();
        let variables = [("GIT_INDEX_FILE", index.as_str())];
        let lines: String = files.iter().map(|(path, entry)| format!("{entry}\t{path}\0")).collect();
        self.git.run(&["update-index", "-z", "--index-info"], lines.as_bytes(), &variables)?;
        let tree = self.git.line(&["write-tree"], &[], &variables)?;
        let mut arguments = vec!["commit-tree", &tree, "-m", "Publish the site"];
        if let Some(tip) = self.tip.as_deref().filter(|_| self.target.keeps_history) {
            arguments.extend(["-p", tip]);
        }
        // CI often has no name set; a commit needs one.
        let nobody: &[(&str, &str)] = &[
            ("GIT_AUTHOR_NAME", "Ninefold"),
            ("GIT_AUTHOR_EMAIL", "ninefold@localhost"),
            ("GIT_COMMITTER_NAME", "Ninefold"),
            ("GIT_COMMITTER_EMAIL", "ninefold@localhost"),
        ];
        let is_known = self.git.run(&["var", "GIT_COMMITTER_IDENT"], &[], &[]).is_ok();
        self.git.line(&arguments, &[], if is_known { &[] } else { nobody })
    }
}

/// What mode and blob tell of a file. Whatever is no plain file is not ours.
fn found(entry: &str) -> Found {
    Found::new(None, Some(entry.strip_prefix("100644 ").unwrap_or(entry)))
}
