//! The script that compares Ninefold with other generators runs and prints its table. What the figures are is not looked at.

use std::process::Command;

use crate::support::repository;

#[test]
#[ignore = "needs python3"]
fn the_comparison_builds_the_same_essays_and_prints_a_table() {
    let output = Command::new("python3")
        .arg(repository().join("benches/compare"))
        .args(["--sizes", "12", "--rounds", "1", "--ninefold"])
        .arg(assert_cmd::cargo::cargo_bin("ninefold"))
        .output()
        .expect("python3");
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = |start: &str| table.lines().filter(|line| line.starts_with(start) && line.contains(" s, ")).count();
    assert_eq!((rows("| Ninefold"), rows("| `cp -r`")), (4, 1), "{table}");
}
