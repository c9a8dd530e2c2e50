//! A branch of a remote as a place, through the user's git: one commit is made in a repository of its own, which is thrown away, and
//! one push moves the branch or does not. Knows git's commands; nothing in the author's repository is changed.

mod cached;
mod command;
mod import;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::config::GitTarget;
use crate::diagnostic::{Diagnostic, rules};
use crate::model::Hash;
use crate::publish::faults;
use crate::publish::plan::Plan;
use crate::publish::plan::sources;
use crate::publish::record::{RECORD, Record};
use crate::publish::refusals::{self, NO_LAST_VERSION};
use crate::publish::stores::{Found, Listing};

use cached::Cached;
use command::Git;
use import::{Base, Commit, Import, MADE};

rules! {
    GIT_FAILED = "git", error fixed, "git failed";
}

/// The name of the remote in the temporary repository.
const PLACE: &str = "place";

/// What the temporary repository need not do: last beyond a loss of power, and take the one pack of a commit apart.
const TEMPORARY: [(&str, &str); 2] = [("core.fsync", "none"), ("fastimport.unpackLimit", "1")];

/// The branch as it is at the remote.
pub struct Branch {
    /// In the site's folder.
    own: Git,
    /// In the temporary repository.
    aside: Git,
    target: GitTarget,
    /// The branch's full name.
    name: String,
    /// The commit; none if there is no such branch.
    tip: Option<String>,
    /// Mode and blob of each file.
    files: BTreeMap<String, String>,
    /// How many commits are fetched.
    depth: &'static str,
    /// Where the temporary repository is.
    made: PathBuf,
    cached: Cached,
    _folder: TempDir,
}

impl Branch {
    /// Looks at the remote and fetches what the branch's files are called: one commit, and no content where the server can leave it
    /// out.
    pub fn open(root: &Path, target: &GitTarget, is_alone: bool, is_back: bool) -> Result<Self, Diagnostic> {
        let own = Git::new(root, is_alone);
        if own.run(&["rev-parse", "--git-dir"], &[]).is_err() {
            return Err(Diagnostic::new(
                GIT_FAILED,
                "the site's folder is in no git repository, or git is not installed",
            )
            .help("make it one with `git init`, and add the remote that the target names"));
        }
        let folder = tempfile::tempdir().map_err(|error| {
            Diagnostic::new(GIT_FAILED, format!("there is no room for a temporary repository: {error}"))
        })?;
        let made = folder.path().join("made.git");
        let path = made.display().to_string();
        let known = own.line(&["remote", "get-url", "--push", &target.remote], &[]);
        let remote = known.unwrap_or_else(|_| target.remote.clone());
        let format = own.line(&["rev-parse", "--show-object-format"], &[]).unwrap_or_else(|_| "sha1".to_owned());
        own.run(&["init", "--quiet", "--bare", "--template=", &format!("--object-format={format}"), &path], &[])?;
        let settings = [("remote.place.url", remote.as_str()), TEMPORARY[0], TEMPORARY[1]];
        let aside = own.beside(Path::new(&path), &settings)?;
        let name = format!("refs/heads/{}", target.branch);
        let listed = aside.line(&["ls-remote", PLACE, &name], &[])?;
        let tip = listed.split_whitespace().next().map(str::to_owned);
        let (target, files, depth) = (target.clone(), BTreeMap::new(), if is_back { "--depth=2" } else { "--depth=1" });
        let cached = Cached::of(root, &remote, &name);
        let mut branch = Self { own, aside, target, name, tip, files, depth, made, cached, _folder: folder };
        if let Some(tip) = branch.tip.clone() {
            let is_lent = !is_back && branch.cached.lend(&branch.aside, &branch.made, &tip);
            if !is_lent {
                branch.fetch(&["--filter=blob:none"])?;
            }
            branch.files = branch.tree(&tip)?;
            if !is_lent
                && !is_back
                && let Some(record) = branch.record()?
            {
                branch.remember(&tip, &record);
            }
        }
        Ok(branch)
    }

    fn fetch(&self, how: &[&str]) -> Result<(), Diagnostic> {
        let fixed = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", self.depth];
        let arguments: Vec<&str> = fixed.into_iter().chain(how.iter().copied()).chain([PLACE, &self.name]).collect();
        self.aside.run(&arguments, &[]).map(drop)
    }

    fn tree(&self, tip: &str) -> Result<BTreeMap<String, String>, Diagnostic> {
        let tree = self.aside.run(&["ls-tree", "-r", "-z", "--full-tree", tip], &[])?;
        let tree = String::from_utf8_lossy(&tree).into_owned();
        let file = |entry: &str| {
            let (about, path) = entry.split_once('\t')?;
            let mut words = about.split(' ');
            let (mode, _, blob) = (words.next()?, words.next()?, words.next()?);
            Some((path.to_owned(), format!("{mode} {blob}")))
        };
        Ok(tree.split('\0').filter_map(file).collect())
    }

    /// Spares the next run to fetch what this one knows.
    fn remember(&self, commit: &str, record: &[u8]) {
        let _ = self.cached.store(&self.aside, &self.made, commit, record);
    }

    /// What is remembered of the last publication.
    pub fn record(&self) -> Result<Option<Vec<u8>>, Diagnostic> {
        self.record_in(&self.files)
    }

    fn record_in(&self, files: &BTreeMap<String, String>) -> Result<Option<Vec<u8>>, Diagnostic> {
        let Some((_, blob)) = files.get(RECORD).and_then(|entry| entry.split_once(' ')) else { return Ok(None) };
        let read = || self.aside.run(&["cat-file", "blob", blob], &[]);
        // Some servers leave content out and then give no single file.
        read().or_else(|_| self.fetch(&["--no-filter", "--refetch"]).and_then(|()| read())).map(Some)
    }

    /// A file of the branch, where the server gives it.
    pub fn content(&self, path: &str) -> Option<Vec<u8>> {
        let (_, blob) = self.files.get(path)?.split_once(' ')?;
        self.aside.run(&["cat-file", "blob", blob], &[]).ok()
    }

    /// The commit before the last one.
    fn before(&self) -> Option<String> {
        let tip = self.tip.as_ref()?;
        self.aside.line(&["rev-parse", "--quiet", "--verify", &format!("{tip}^")], &[]).ok()
    }

    /// The record of the version before this one; of this one where that is the one before already.
    fn last_record(&self) -> Result<Record, Diagnostic> {
        let parsed = |bytes: Option<Vec<u8>>| bytes.as_deref().map(refusals::parsed).transpose();
        if let Some(record) = parsed(self.record()?)?.filter(|record| record.went_back) {
            return Ok(record);
        }
        let files = self.before().map(|before| self.tree(&before)).transpose()?;
        let record = files.map(|files| self.record_in(&files)).transpose()?.flatten();
        parsed(record)?.ok_or_else(|| {
            Diagnostic::new(NO_LAST_VERSION, "the branch has no commit of ours before its last one")
                .help("with `history: keep`, or without that line, each publication is a commit on the last one")
        })
    }

    /// The content of each file of the version before this one.
    pub fn last(&self) -> Result<BTreeMap<String, Hash>, Diagnostic> {
        self.last_record().map(|record| record.hashes())
    }

    /// Every file of the branch but the record.
    pub fn list(&self) -> Listing {
        let files = self.files.iter().filter(|(path, _)| *path != RECORD);
        Listing { files: files.map(|(path, entry)| (path.clone(), found(entry))).collect(), odd: Vec::new() }
    }

    /// Asks the server whether the branch may be moved, as far as it says so before it is sent anything.
    pub fn try_out(&self) -> Result<(), Diagnostic> {
        let tree = self.aside.line(&["mktree"], &[])?;
        let commit = self
            .aside
            .line(&["-c", "user.name=N", "-c", "user.email=n@localhost", "commit-tree", &tree, "-m", "N"], &[])?;
        self.send(&commit, &["--dry-run"])
    }

    /// Makes the commit and moves the branch to it, unless another publisher moved it. Returns the bytes of the files it added.
    pub fn push(&self, mut plan: Plan, out: &Path) -> Result<u64, Diagnostic> {
        let (given, about) = std::thread::scope(|scope| {
            // git looks through all sources for the latter.
            let about = scope.spawn(|| (self.identities(), self.message()));
            let given = self.given(&plan, out);
            (given, about.join())
        });
        let (mut import, ids, bytes) = given?;
        let ((author, committer), message) = about.unwrap_or_else(|_| (anonymous(), String::new()));
        let sent = plan.uploads.iter().zip(&ids);
        let sent = sent.map(|(upload, id)| (upload.path.clone(), Found::new(None, Some(id)))).collect();
        plan.remember(sent);
        let record = plan.record_after().bytes();
        let there: BTreeSet<&String> = self.files.keys().collect();
        let removed: Vec<String> = plan.removals.iter().filter(|path| there.contains(path)).cloned().collect();
        let tree = self.tip.as_ref().map(|tip| self.tree_of(tip)).transpose()?;
        import.commit(&Commit {
            author: &author,
            committer: &committer,
            message: &message,
            base: match (&self.tip, &tree) {
                (Some(tip), _) if self.target.keeps_history => Some(Base::Parent(tip)),
                (Some(_), Some(tree)) => Some(Base::Tree(tree)),
                _ => None,
            },
            removed: &removed,
            paths: plan.uploads.iter().map(|upload| upload.path.as_str()).collect(),
            last: (RECORD, &record),
        })?;
        import.finish()?;
        let commit = self.aside.line(&["rev-parse", MADE], &[])?;
        std::thread::scope(|scope| {
            // If the branch is not moved, a commit is remembered that no branch has, and the next run fetches.
            scope.spawn(|| self.remember(&commit, &record));
            self.send(&commit, &[])
        })?;
        Ok(bytes)
    }

    /// Gives git the content of each file that is sent. Returns their ids in order, and how many bytes they are.
    fn given(&self, plan: &Plan, out: &Path) -> Result<(Import, Vec<String>, u64), Diagnostic> {
        let mut import = Import::start(&self.aside)?;
        let mut bytes = 0;
        for upload in &plan.uploads {
            let content = sources::content(out, upload)?;
            bytes += content.len() as u64;
            import.add(&content)?;
        }
        let ids = import.ids()?;
        Ok((import, ids, bytes))
    }

    /// Makes a commit of the tree before the last one, and moves the branch to it.
    pub fn go_back(&self, mut plan: Plan) -> Result<(), Diagnostic> {
        let (Some(tip), Some(before)) = (&self.tip, self.before()) else { return Err(refusals::no_last()) };
        let there = self.last_record()?.files.into_iter();
        plan.remember(there.filter_map(|(path, entry)| Some((path, entry.there?))).collect());
        let (author, committer) = self.identities();
        let mut import = Import::start(&self.aside)?;
        import.commit(&Commit {
            author: &author,
            committer: &committer,
            message: "Bring the last version of the site again",
            base: Some(Base::ParentWithTree(tip, &self.tree_of(&before)?)),
            removed: &[],
            paths: Vec::new(),
            last: (RECORD, &plan.record_after().bytes()),
        })?;
        import.finish()?;
        self.send(&self.aside.line(&["rev-parse", MADE], &[])?, &[])
    }

    fn tree_of(&self, commit: &str) -> Result<String, Diagnostic> {
        self.aside.line(&["rev-parse", &format!("{commit}^{{tree}}")], &[])
    }

    /// Pushes the commit to the branch if the branch is what it was.
    fn send(&self, commit: &str, more: &[&str]) -> Result<(), Diagnostic> {
        let name = &self.name;
        let lease = format!("--force-with-lease={name}:{}", self.tip.as_deref().unwrap_or_default());
        let what = format!("{commit}:{name}");
        // A thin pack holds differences from objects of the branch, of which only the names were fetched.
        let fixed = ["push", "--porcelain", "--no-verify", "--no-thin", &lease];
        let arguments: Vec<&str> = fixed.into_iter().chain(more.iter().copied()).chain([PLACE, &what]).collect();
        let output = self.aside.output(&arguments, &[])?;
        if output.status.success() {
            return Ok(());
        }
        let (told, why) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        // `!`, the two names, and what became of it.
        let refused = told.lines().find_map(|line| line.strip_prefix("!\t")?.split_once('\t').map(|(_, why)| why));
        Err(match refused {
            Some(why) if MOVED.iter().any(|moved| why.contains(moved)) => faults::changed(),
            Some(short) => {
                let remote: Vec<&str> =
                    why.lines().filter_map(|line| line.strip_prefix("remote: ")).map(str::trim).collect();
                command::failed(&["push"], &[&[short], &remote[..]].concat().join("; "))
            }
            None => command::failed(&["push"], &why),
        })
    }

    /// Author and committer; CI often has no name set, and a commit needs one.
    fn identities(&self) -> (String, String) {
        let of = |name: &str| self.own.line(&["var", name], &[]);
        match (of("GIT_AUTHOR_IDENT"), of("GIT_COMMITTER_IDENT")) {
            (Ok(author), Ok(committer)) => (author, committer),
            _ => anonymous(),
        }
    }

    /// What the commit says: the target's words, with the commit that the site was built from.
    fn message(&self) -> String {
        let source = self.own.line(&["describe", "--always", "--dirty", "--exclude=*"], &[]).unwrap_or_default();
        match &self.target.message {
            Some(message) => message.replace("{commit}", &source),
            None if source.is_empty() => "Publish the site".to_owned(),
            None => format!("Publish the site of {source}"),
        }
    }
}

/// Author and committer where git knows none.
fn anonymous() -> (String, String) {
    let name = format!("Ninefold <ninefold@localhost> {} +0000", crate::load::now().as_second());
    (name.clone(), name)
}

/// What a server says of a branch that is not what it was any more.
const MOVED: [&str; 8] = [
    "stale info",
    "fetch first",
    "non-fast-forward",
    "cannot lock ref",
    "incorrect old value",
    "failed to update ref",
    "remote ref updated",
    "reference already exists",
];

/// What mode and blob tell of a file. Whatever is no plain file is not ours.
fn found(entry: &str) -> Found {
    Found::new(None, Some(entry.strip_prefix("100644 ").unwrap_or(entry)))
}
