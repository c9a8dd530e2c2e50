//! The built program as people and scripts call it: exit codes, what goes to which stream, options.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::cargo::cargo_bin_cmd;

use crate::support::{TestSite, files};

/// Runs the program in `folder`.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
    cargo_bin_cmd!("ninefold").args(arguments).current_dir(folder).env_remove("NO_COLOR").output().expect("the program")
}

pub fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code")
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

pub fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn good() -> TestSite {
    TestSite::new().essay("a", "patterns: lag", "Very [late](pattern:lag).")
}

fn bad() -> TestSite {
    TestSite::new().essay("a", "patterns: lagg", "Late.")
}

fn doubtful() -> TestSite {
    TestSite::new().essay("a", "", "A note[^1].")
}

#[test]
fn a_good_site_exits_0_one_with_errors_1_and_wrong_usage_2() {
    assert_eq!(code(&run(good().root(), &["build"])), 0);
    assert_eq!(code(&run(good().root(), &["check"])), 0);
    assert_eq!(code(&run(bad().root(), &["build"])), 1);
    assert_eq!(code(&run(bad().root(), &["check"])), 1);
    let site = good();
    for arguments in [
        &[][..],
        &["bild"],
        &["build", "--fast"],
        &["build", "--base-url", "example"],
        &["check", "--format", "xml"],
        &["new"],
        &["new", "essay"],
        &["serve", "--port", "70000"],
    ] {
        let output = run(site.root(), arguments);
        assert_eq!(code(&output), 2, "{arguments:?}: {}", err(&output));
        assert!(
            err(&output).contains("Usage: ninefold") || err(&output).contains("try '--help'"),
            "{arguments:?}: {}",
            err(&output)
        );
    }
    assert!(err(&run(site.root(), &["bild"])).contains("'build'"), "a near word is offered");
    let said = err(&run(site.root(), &["serve", "--port", "65536"]));
    assert!(said.contains("a port is a number from 0 to 65535"), "{said}");
}

#[test]
fn the_help_of_each_command_has_an_example() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = out(&run(folder.path(), &["--help"]));
    for command in ["build", "check", "serve", "new", "publish"] {
        assert!(help.lines().any(|line| line.trim_start().starts_with(command)), "{help}");
    }
    for command in [
        &["build"][..],
        &["check"],
        &["serve"],
        &["publish"],
        &["new"],
        &["new", "site"],
        &["new", "essay"],
        &["new", "incident"],
        &["new", "concept"],
        &["new", "deploy"],
    ] {
        let output = run(folder.path(), &[command, &["--help"]].concat());
        assert_eq!(code(&output), 0);
        let example = format!("Example:\n  ninefold {}", command.join(" "));
        assert!(out(&output).contains(&example), "{}", out(&output));
    }
    assert!(out(&run(folder.path(), &["--version"])).starts_with("ninefold 0."));
}

#[test]
fn a_build_says_what_it_did_on_standard_error() {
    let site = good();
    let output = run(site.root(), &["build"]);
    assert_eq!(out(&output), "");
    let said = err(&output);
    let mut lines = said.lines();
    let first = lines.next().expect("a line");
    assert!(first.contains(" pages in ") && first.contains(" files written, 0 unchanged"), "{said}");
    assert_eq!(lines.next(), Some("The site is in ./public"));
    assert_eq!(lines.next(), None);
    let again = err(&run(site.root(), &["build"]));
    assert!(again.contains(": 0 files written, "), "{again}");
}

#[test]
fn errors_are_shown_with_their_place_and_nothing_is_written() {
    let site = bad();
    let output = run(site.root(), &["build"]);
    insta::assert_snapshot!(err(&output), @r"
    error[unknown-pattern]: there is no pattern `lagg`
     --> content/essays/a.md:4:11
      |
    4 | patterns: lagg
      |           ^^^^
      |
      = help: did you mean `lag`?

    1 error: nothing was written
    ");
    assert_eq!(out(&output), "");
    assert!(!site.out().exists());
}

#[test]
fn check_writes_nothing_and_strict_counts_warnings() {
    let site = good();
    let output = run(site.root(), &["check"]);
    assert!(err(&output).ends_with(" pages, all fine\n"), "{}", err(&output));
    assert!(!site.out().exists() && !site.root().join(".ninefold").exists());
    let site = doubtful();
    let output = run(site.root(), &["check"]);
    assert_eq!(code(&output), 0);
    assert!(err(&output).starts_with("warning[undefined-footnote]"), "{}", err(&output));
    assert!(err(&output).ends_with("1 warning\n"), "{}", err(&output));
    assert_eq!(code(&run(site.root(), &["check", "--strict"])), 1);
    let output = run(site.root(), &["build"]);
    assert!(code(&output) == 0 && err(&output).contains(" unchanged; 1 warning\n"), "{}", err(&output));
}

#[test]
fn check_finds_what_only_rendering_shows() {
    let site = good();
    site.write("themes/default/templates/essay.html", "{{ nothing.here }}");
    let output = run(site.root(), &["check"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("themes/default/templates/essay.html:1:4"), "{}", err(&output));
}

#[test]
fn programs_get_json_or_annotations_on_standard_output_and_nothing_else() {
    for command in ["build", "check"] {
        let output = run(bad().root(), &[command, "--format", "json"]);
        assert_eq!((code(&output), err(&output).as_str()), (1, ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(out(&output), @r#"{"severity":"error","code":"unknown-pattern","message":"there is no pattern `lagg`","path":"content/essays/a.md","line":4,"column":11,"end_line":4,"end_column":15,"help":["did you mean `lag`?"]}"#);
        }
        let output = run(bad().root(), &[command, "--format", "github"]);
        assert_eq!((code(&output), err(&output).as_str()), (1, ""));
        insta::allow_duplicates! {
            insta::assert_snapshot!(out(&output), @"::error file=content/essays/a.md,line=4,col=11,endLine=4,endColumn=15,title=unknown-pattern::there is no pattern `lagg`%0Ahelp: did you mean `lag`?");
        }
        let output = run(good().root(), &[command, "--format", "json"]);
        assert_eq!((code(&output), out(&output).as_str(), err(&output).as_str()), (0, "", ""));
    }
}

#[test]
fn quiet_leaves_the_errors() {
    assert_eq!(err(&run(good().root(), &["build", "--quiet"])), "");
    assert_eq!(err(&run(good().root(), &["-q", "check"])), "");
    assert_eq!(err(&run(doubtful().root(), &["check", "--quiet"])), "");
    let output = run(bad().root(), &["build", "--quiet"]);
    assert!(err(&output).starts_with("error[unknown-pattern]") && !err(&output).contains("nothing was written"));
}

#[test]
fn where_no_person_looks_there_are_no_colours() {
    let site = bad();
    assert!(!err(&run(site.root(), &["check"])).contains('\u{1b}'));
    let output = cargo_bin_cmd!("ninefold").arg("check").current_dir(site.root()).env("NO_COLOR", "1").output();
    assert!(!err(&output.expect("the program")).contains('\u{1b}'));
}

#[test]
fn root_out_and_base_url_say_where() {
    let site = good();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let root = site.root().to_str().expect("UTF-8");
    let arguments = ["build", "--root", root, "--out", "built", "--base-url", "https://name.github.io/essays/"];
    let output = run(elsewhere.path(), &arguments);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).ends_with("The site is in built\n"), "{}", err(&output));
    assert!(!site.out().exists());
    let read = |path: &str| std::fs::read_to_string(elsewhere.path().join("built").join(path)).expect("a file");
    assert!(read("essays/a/index.html").contains("href=\"/essays/patterns/lag/\""));
    assert!(read("sitemap.xml").contains("<loc>https://name.github.io/essays/essays/a/</loc>"));
    assert_eq!(files(&elsewhere.path().join("built")).iter().filter(|(path, _)| path.starts_with("../")).count(), 0);
}

#[test]
fn drafts_and_future_essays_come_in_when_they_are_asked_for() {
    let site = TestSite::new()
        .essay("d", "draft: true", "Draft.")
        .file("content/essays/f.md", "---\ntitle: F\ndate: 9000-01-01\n---\n\nFar.\n");
    let said = err(&run(site.root(), &["build"]));
    assert!(said.contains("“d” is left out: it is a draft") && said.contains("take it in with `--drafts`"), "{said}");
    assert!(said.contains("“F” is left out: it is dated 1 January 9000"), "{said}");
    for (flags, drafts, future) in [
        (&[][..], false, false),
        (&["--drafts"], true, false),
        (&["--future"], false, true),
        (&["--drafts", "--future"], true, true),
    ] {
        assert_eq!(code(&run(site.root(), &[&["build"][..], flags].concat())), 0);
        assert_eq!((site.has_page("/essays/d/"), site.has_page("/essays/f/")), (drafts, future), "{flags:?}");
    }
}

#[test]
fn a_folder_that_is_not_ours_needs_force() {
    let site = good().file("public/thesis.doc", "mine");
    let output = run(site.root(), &["build"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("--force"), "{}", err(&output));
    assert_eq!(code(&run(site.root(), &["build", "--force"])), 0);
}

#[test]
fn commands_find_the_site_around_the_present_folder() {
    let site = good();
    let inside = site.root().join("content/essays/2018");
    fs::create_dir_all(&inside).expect("a folder");
    let output = run(&inside, &["build"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(site.has_page("/"));
    let output = run(&inside, &["check"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let output = run(&inside, &["new", "essay", "found"]);
    assert_eq!(err(&output), "Made ../../../content/essays/found.md\n");
    // A site is begun where it is said.
    let output = run(&inside, &["new", "site", "within"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(inside.join("within/content/site.yaml").is_file());
    // What is named is not looked around for.
    assert_eq!(code(&run(&inside, &["check", "--root", "."])), 1);
}

#[test]
fn a_folder_without_a_site_is_told_how_to_get_one() {
    let folder = tempfile::tempdir().expect("a folder");
    for command in [&["build"][..], &["check"], &["serve"], &["new", "essay", "a"]] {
        let output = run(folder.path(), command);
        assert_eq!(code(&output), 1, "{command:?}");
        let said = err(&output);
        assert!(said.contains("there is no site in `.`: it has no folder `content`"), "{command:?}: {said}");
        assert!(said.contains("ninefold new site NAME") && said.contains("--root DIR"), "{command:?}: {said}");
    }
    assert!(files(folder.path()).is_empty());
}
