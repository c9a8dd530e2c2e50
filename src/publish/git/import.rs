//! The stream that makes one commit of files, as `git fast-import` reads it (git-scm.com/docs/git-fast-import). Knows its language;
//! knows no remote.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin};
use std::sync::mpsc::{Receiver, channel};

use super::command::{Git, failed};
use crate::diagnostic::Diagnostic;

/// The branch of the temporary repository that the commit is made on.
pub const MADE: &str = "refs/heads/made";

const ARGUMENTS: [&str; 4] = ["fast-import", "--quiet", "--done", "--date-format=raw"];

/// A git that takes files.
pub struct Import {
    child: Child,
    pipe: ChildStdin,
    /// The ids of the files, in order.
    ids: Receiver<String>,
    files: usize,
}

/// What a commit is made of besides its files.
pub struct Commit<'a> {
    pub author: &'a str,
    pub committer: &'a str,
    pub message: &'a str,
    /// The commit whose files it has too.
    pub base: Option<Base<'a>>,
    /// Paths that it has no more.
    pub removed: &'a [String],
    /// Paths of the files that were given, in order.
    pub paths: Vec<&'a str>,
    /// One more file, by path and bytes.
    pub last: (&'a str, &'a [u8]),
}

/// What a commit stands on.
pub enum Base<'a> {
    /// The commit before it.
    Parent(&'a str),
    /// The tree of one that it takes the place of.
    Tree(&'a str),
    /// The commit before it, and another tree.
    ParentWithTree(&'a str, &'a str),
}

impl Import {
    pub fn start(git: &Git) -> Result<Self, Diagnostic> {
        let mut child = git.started(&ARGUMENTS)?;
        let (Some(pipe), Some(answers)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(failed(&ARGUMENTS, "it has no pipes"));
        };
        let (send, ids) = channel();
        // Read while files are written: neither pipe holds all.
        std::thread::spawn(move || {
            BufReader::new(answers).lines().map_while(Result::ok).try_for_each(|id| send.send(id))
        });
        Ok(Self { child, pipe, ids, files: 0 })
    }

    /// Gives it a file.
    pub fn add(&mut self, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.files += 1;
        let head = format!("blob\nmark :{}\ndata {}\n", self.files, bytes.len());
        self.write(&[head.as_bytes(), bytes, b"\n", format!("get-mark :{}\n", self.files).as_bytes()])
    }

    /// The ids of the files that it was given, in order.
    pub fn ids(&mut self) -> Result<Vec<String>, Diagnostic> {
        let ids: Vec<String> = self.ids.iter().take(self.files).collect();
        if ids.len() == self.files { Ok(ids) } else { Err(self.ended("it ended early")) }
    }

    /// Makes the commit.
    pub fn commit(&mut self, commit: &Commit<'_>) -> Result<(), Diagnostic> {
        let Commit { author, committer, message, base, removed, paths, last } = commit;
        let mut text =
            format!("commit {MADE}\nauthor {author}\ncommitter {committer}\ndata {}\n{message}\n", message.len());
        match base {
            Some(Base::Parent(commit)) => text.push_str(&format!("from {commit}\n")),
            Some(Base::ParentWithTree(commit, tree)) => {
                text.push_str(&format!("from {commit}\nM 040000 {tree} \"\"\n"));
            }
            Some(Base::Tree(tree)) => text.push_str(&format!("M 040000 {tree} \"\"\n")),
            None => {}
        }
        removed.iter().for_each(|path| text.push_str(&format!("D {}\n", quoted(path))));
        for (n, path) in paths.iter().enumerate() {
            text.push_str(&format!("M 100644 :{} {}\n", n + 1, quoted(path)));
        }
        text.push_str(&format!("M 100644 inline {}\ndata {}\n", quoted(last.0), last.1.len()));
        self.write(&[text.as_bytes(), last.1, b"\n\ndone\n"])
    }

    fn write(&mut self, parts: &[&[u8]]) -> Result<(), Diagnostic> {
        let written = parts.iter().try_for_each(|part| self.pipe.write_all(part));
        written.map_err(|error| self.ended(&error.to_string()))
    }

    /// Why it ended before everything was given to it.
    fn ended(&mut self, why: &str) -> Diagnostic {
        let mut words = String::new();
        let _ = self.child.stderr.take().map(|mut pipe| io::Read::read_to_string(&mut pipe, &mut words));
        failed(&ARGUMENTS, if words.is_empty() { why } else { &words })
    }

    /// Waits for its end.
    pub fn finish(self) -> Result<(), Diagnostic> {
        drop(self.pipe);
        let output = self.child.wait_with_output().map_err(|error| failed(&ARGUMENTS, &error.to_string()))?;
        if output.status.success() {
            return Ok(());
        }
        Err(failed(&ARGUMENTS, &String::from_utf8_lossy(&output.stderr)))
    }
}

/// A path in quotes, as in C.
fn quoted(path: &str) -> String {
    let mut out = String::from("\"");
    for c in path.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_path_is_one_word() {
        assert_eq!(quoted("a b/\"c\"\\d\ne.html"), "\"a b/\\\"c\\\"\\\\d\\ne.html\"");
    }
}
