//! The script that compares Ninefold with other generators gives all the same essays and prints its table. What the figures
//! are is not looked at.

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
    let rows = |start: &str| table.lines().filter(|line| line.starts_with(start) && line.contains(" s (")).count();
    assert_eq!((rows("| Ninefold"), rows("| `cp -r`")), (4, 1), "{table}");
}

#[test]
#[ignore = "needs python3"]
fn each_generator_gets_the_same_essays() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = Command::new("python3")
        .arg(repository().join("benches/compare"))
        .args(["--sizes", "12", "--make"])
        .arg(folder.path())
        .output()
        .expect("python3");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let first_part = |generator: &str| {
        let essay = folder.path().join(generator).join("content/essays/essay-11.md");
        let text = std::fs::read_to_string(essay).expect("an essay");
        text.split_once("\n## ").map(|(_, part)| part.lines().nth(2).unwrap_or_default().to_owned())
    };
    let ours = first_part("ninefold").filter(|text| text.ends_with('.'));
    assert!(ours.is_some());
    assert_eq!([first_part("hugo"), first_part("zola")], [ours.clone(), ours]);
}

#[test]
#[ignore = "needs python3, vim, nano, kakoune, micro, emacs and ed"]
fn every_way_of_saving_has_a_row() {
    let output = Command::new("python3")
        .arg(repository().join("benches/saves"))
        .args(["--size", "12", "--saves", "1", "--ninefold"])
        .arg(assert_cmd::cargo::cargo_bin("ninefold"))
        .output()
        .expect("python3");
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let times = table.lines().filter(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        cells.len() == 3 && cells[1..].iter().all(|cell| cell.parse::<u64>().is_ok())
    });
    // Fifteen of editors, nine of git.
    assert_eq!(times.count(), 24, "{table}");
}

#[test]
#[ignore = "needs python3"]
fn the_time_of_keystrokes_is_measured_in_each_row() {
    let output = Command::new("python3")
        .arg(repository().join("benches/keystrokes"))
        .args(["--sizes", "12", "--keys", "1", "--ninefold"])
        .arg(assert_cmd::cargo::cargo_bin("ninefold"))
        .output()
        .expect("python3");
    let table = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let rows = ["a letter in the text", "a letter in a tag", "a letter in the title", "completion of a tag", "memory"];
    assert!(rows.iter().all(|row| table.contains(&format!("| {row} | "))), "{table}");
}
