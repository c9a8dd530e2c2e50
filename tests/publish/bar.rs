//! The bar that a terminal shows while files are sent.

use std::process::{Command, Stdio};

use super::parts::folder;
use crate::support::TestSite;

/// What a terminal is shown by `ninefold publish`, with more arguments.
fn shown(site: &TestSite, more: &str) -> String {
    let line = format!("'{}' publish --root '{}' {more}", env!("CARGO_BIN_EXE_ninefold"), site.root().display());
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command", &line, "/dev/null"])
        .stdin(Stdio::null())
        .env_remove("CI")
        .env("TERM", "xterm")
        .output()
        .expect("script runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    said
}

#[test]
#[ignore = "needs script (util-linux)"]
fn a_terminal_sees_how_far_it_is_and_nothing_of_the_bar_is_left() {
    let (_keep, own) = folder();
    let config = |target: &str| {
        format!(
            "title: T\nbase_url: https://example.org/\nsearch: false\npublish: {{live: {{type: dir, path: {}}}}}\n",
            own.join(target).display()
        )
    };
    let site = TestSite::new().essay("a", "", "A.").file("content/site.yaml", config("one"));
    let said = shown(&site, "");
    assert!(said.contains(" of ") && said.contains(" files, ") && said.contains('\u{2588}'), "{said:?}");
    let last = said.trim_end().rsplit(['\n', '\r']).next().unwrap_or_default();
    assert!(last.contains("Published ") && !last.contains('\u{2588}'), "{said:?}");
    let quiet = shown(&site.file("content/site.yaml", config("two")), "--no-progress");
    assert!(!quiet.contains('\u{2588}'), "{quiet:?}");
}
