//! Real editors, each once through: a wrong tag is typed, its message is read, the fix is taken, a concept is renamed, all is
//! undone. The folder has a name that editors write differently.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::support::{TestSite, essay, repository};

fn folder(site: &TestSite) -> PathBuf {
    site.root().join("my site [\u{fc}]")
}

fn site() -> TestSite {
    let site = TestSite::new();
    let folder = folder(&site);
    for kind in ["essays", "concepts"] {
        fs::create_dir_all(folder.join("content").join(kind)).expect("a folder");
    }
    let write = |path: &str, text: &str| fs::write(folder.join(path), text).expect("a file");
    write("content/site.yaml", "title: T\nbase_url: https://example.org\n");
    let front = "patterns: [lag]\nconcepts: [gizmo]";
    write("content/essays/a.md", &essay("A", front, "\u{1f30a} It [held](concept:gizmo), [late](pattern:lag)."));
    write("content/essays/b.md", &essay("B", "", "Of [it](../concepts/gizmo.md)."));
    write("content/concepts/gizmo.md", "---\nname: Gizmo\ndefinition: A thing.\n---\n");
    site
}

fn seen(output: &Output) -> String {
    let words = String::from_utf8_lossy(&output.stdout).replace('\r', "");
    assert!(output.status.success(), "{words}{}", String::from_utf8_lossy(&output.stderr));
    words
}

#[test]
#[ignore = "needs neovim"]
fn neovim_shows_mends_renames_and_undoes() {
    let site = site();
    let home = tempfile::tempdir().expect("a folder for what it keeps");
    let script = repository().join("tests/cases/lsp/neovim.lua");
    let output = Command::new("nvim")
        .args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .env("NINEFOLD", env!("CARGO_BIN_EXE_ninefold"))
        .env("SITE", folder(&site))
        .env("HOME", home.path())
        .output()
        .expect("nvim");
    insta::assert_snapshot!(seen(&output), @r"
    message: 3:11 there is no pattern `lagg` | help: did you mean `lag`?
    fixed: patterns: [lag]
    renamed: concepts: [widget]
    text: 🌊 It [held](concept:widget), [late](pattern:lag).
    old file: false
    undone: concepts: [gizmo]
    as before: true
    ");
    let text = |path: &str| fs::read_to_string(folder(&site).join(path)).expect("a file");
    assert_eq!(
        text("content/essays/a.md"),
        essay("A", "patterns: [lag]\nconcepts: [gizmo]", "\u{1f30a} It [held](concept:gizmo), [late](pattern:lag)."),
        "it was not saved"
    );
}

#[test]
#[ignore = "needs node and the libraries of vscode"]
fn the_libraries_of_vscode_show_mend_rename_and_undo() {
    let site = site();
    let modules = std::env::var("NINEFOLD_NPM").expect("NINEFOLD_NPM: the folder that has node_modules");
    let output = Command::new("node")
        .arg(repository().join("tests/cases/lsp/vscode.js"))
        .arg(modules)
        .arg(env!("CARGO_BIN_EXE_ninefold"))
        .arg(folder(&site))
        .output()
        .expect("node");
    insta::assert_snapshot!(seen(&output), @r"
    columns: utf-16
    message: unknown-pattern there is no pattern `lagg` | help: did you mean `lag`?
    offered: Write `lag`
    fixed: patterns: [lag] | messages: 0
    to be renamed: gizmo
    changes: content/concepts/gizmo.md
    changes: content/essays/a.md
    changes: content/essays/b.md
    changes: content/concepts/gizmo.md -> content/concepts/widget.md
    renamed: concepts: [widget]
    text: 🌊 It [held](concept:widget), [late](pattern:lag).
    undone: concepts: [gizmo]
    exit code: 0
    ");
}

/// The first block of code below the heading `editor` of the guide.
fn set_up(editor: &str) -> String {
    let guide = fs::read_to_string(repository().join("content/pages/guide/editors.md")).expect("the guide");
    let (_, section) = guide.split_once(&format!("\n## {editor}\n")).expect("the heading");
    let code = section.split("```").nth(1).expect("a block of code");
    code.split_once('\n').expect("its first line").1.to_owned()
}

#[test]
#[ignore = "needs emacs and eglot"]
fn emacs_shows_mends_looks_up_and_undoes() {
    let site = site();
    let home = tempfile::tempdir().expect("a folder for what it keeps");
    let lines = home.path().join("set-up.el");
    fs::write(&lines, set_up("Emacs")).expect("a file");
    let program = PathBuf::from(env!("CARGO_BIN_EXE_ninefold"));
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("emacs")
        .args(["--batch", "-l"])
        .arg(repository().join("tests/cases/lsp/emacs.el"))
        .env("PATH", format!("{}:{path}", program.parent().expect("its folder").display()))
        .env("SETUP", &lines)
        .env("SITE", folder(&site))
        .env("HOME", home.path())
        .output()
        .expect("emacs");
    insta::assert_snapshot!(seen(&output), @r"
    message: ninefold [unknown-pattern]: there is no pattern `lagg` | help: did you mean `lag`?
    offered: Write `lag`
    fixed: patterns: [lag]
    refused: this editor renames no files for a server: `ninefold rename` does it
    as it was: concepts: [gizmo]
    definition: gizmo.md
    undone: patterns: [lagg]
    as before: t
    ");
}
