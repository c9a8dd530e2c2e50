//! EDGE. When each note of a vault that is kept in git was first committed. Runs the user's `git`, with nothing of what the vault's own
//! settings could make it run.

use std::collections::HashMap;
use std::path::Path;
use std::process::Command;

/// Settings under which git runs nothing but itself.
const SETTINGS: [&str; 6] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "log.showSignature=false",
    "diff.external=",
];

/// Days of first commits by the paths of files; nothing where there is no history.
pub fn first_days(vault: &Path) -> HashMap<String, String> {
    if !vault.join(".git").exists() {
        return HashMap::new();
    }
    let mut command = Command::new("git");
    command.arg("-C").arg(vault);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    command.args([
        "log",
        "--no-ext-diff",
        "--no-textconv",
        "--no-renames",
        "--diff-filter=A",
        "--name-only",
        "--relative",
    ]);
    command.args(["--format=%x00%as", "--", "."]);
    match command.output() {
        Ok(output) if output.status.success() => days(&String::from_utf8_lossy(&output.stdout)),
        _ => HashMap::new(),
    }
}

/// Reads what git lists: a day behind a nought, then the files that were added; the newest first.
fn days(log: &str) -> HashMap<String, String> {
    let mut days = HashMap::new();
    for commit in log.split('\0') {
        let mut lines = commit.lines();
        let Some(day) = lines.next() else { continue };
        for path in lines.filter(|line| !line.is_empty()) {
            days.insert(crate::model::nfc(path).into_owned(), day.to_owned());
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::days;

    #[test]
    fn the_first_commit_counts() {
        let found = days("\x002024-02-03\n\na.md\nb/c d.md\n\x002020-01-01\n\na.md\n");
        assert_eq!(found.get("a.md").map(String::as_str), Some("2020-01-01"));
        assert_eq!(found.get("b/c d.md").map(String::as_str), Some("2024-02-03"));
    }
}
