//! What a publication is about to do and what it did, for people and for programs. Knows words; does nothing.

use serde::Serialize;

use super::plan::Plan;
use super::run::Done;

/// Paths of one kind that are shown to people.
const SHOWN: usize = 20;

/// A publication, as `--json` prints it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    pub target: String,
    /// The place in words.
    pub place: String,
    pub dry_run: bool,
    /// Paths that are new at the place.
    pub added: Vec<String>,
    pub changed: Vec<String>,
    pub removed: Vec<String>,
    /// Assets that no page names any more and that stay for now.
    pub kept: usize,
    pub unchanged: usize,
    /// Addresses that answered and will no more.
    pub vanishing: Vec<String>,
    /// Files of others that are replaced.
    pub replaced: Vec<String>,
    /// Paths that others changed or removed since the last publication.
    pub changed_by_others: Vec<String>,
    /// Bytes of what is added and changed, before anything is compressed.
    pub to_send: u64,
    /// Who holds the place, where that is why nothing was done.
    pub locked_by: Option<String>,
    /// Files and bytes that were sent.
    pub sent: usize,
    pub bytes: u64,
    /// Addresses that were fetched and found right.
    pub verified: usize,
    /// The place is a branch whose server asks its hooks only when it is sent something.
    #[serde(skip)]
    pub is_hook_unasked: bool,
}

impl Report {
    pub fn of(target: &str, place: String, plan: &Plan, replaced: Vec<String>, dry_run: bool) -> Self {
        let paths = |is_new| {
            let mut paths: Vec<String> = plan
                .uploads
                .iter()
                .filter(|upload| upload.is_new == is_new)
                .map(|upload| upload.path.clone())
                .collect();
            paths.sort();
            paths
        };
        let mut removed = plan.removals.clone();
        removed.sort();
        Self {
            target: target.to_owned(),
            place,
            dry_run,
            added: paths(true),
            changed: paths(false),
            removed,
            kept: plan.kept,
            unchanged: plan.unchanged,
            vanishing: plan.vanishing.clone(),
            replaced,
            ..Self::default()
        }
    }

    pub(super) const fn count(&mut self, done: Done) {
        self.sent = done.files;
        self.bytes = done.bytes;
    }

    /// Whether the place is another than it was.
    pub(super) fn has_changed_something(&self) -> bool {
        !self.dry_run && self.sent + self.removed.len() > 0
    }

    /// The plan for people.
    pub fn plan(&self) -> String {
        let mut text = format!(
            "{} ({}): {} to add, {} to change, {} to remove, {} unchanged",
            self.target,
            self.place,
            self.added.len(),
            self.changed.len(),
            self.removed.len(),
            self.unchanged
        );
        if self.to_send > 0 {
            text.push_str(&format!("; {} bytes to send", self.to_send));
        }
        text.push('\n');
        for (mark, paths) in [('+', &self.added), ('~', &self.changed), ('-', &self.removed)] {
            for path in paths.iter().take(SHOWN) {
                text.push_str(&format!("  {mark} {path}\n"));
            }
            if paths.len() > SHOWN {
                text.push_str(&format!("  {mark} and {} more\n", paths.len() - SHOWN));
            }
        }
        let others = &self.changed_by_others;
        if !others.is_empty() {
            let shown: Vec<&str> = others.iter().take(5).map(String::as_str).collect();
            let more = if others.len() > shown.len() { ", …" } else { "" };
            text.push_str(&format!("  {} were changed there by others: {}{more}\n", others.len(), shown.join(", ")));
        }
        if self.kept > 0 {
            text.push_str(&format!("  {} unused assets stay for readers who have an older page open\n", self.kept));
        }
        text
    }

    /// What was done, for people.
    pub fn summary(&self, seconds: f64) -> String {
        let mut text = match (self.dry_run, self.sent + self.removed.len()) {
            (true, _) if self.is_hook_unasked => {
                "Nothing was changed: this was a dry run, and what a hook of the server refuses is told only by a push"
                    .to_owned()
            }
            (true, _) => "Nothing was changed: this was a dry run".to_owned(),
            (false, 0) => "The site is as it was published last; nothing was sent".to_owned(),
            (false, _) => format!(
                "Published {} files, {} bytes, and removed {} in {seconds:.1} s",
                self.sent,
                self.bytes,
                self.removed.len()
            ),
        };
        if self.verified > 0 {
            text.push_str(&format!("; {} addresses looked at, all as they should be", self.verified));
        }
        text
    }
}
