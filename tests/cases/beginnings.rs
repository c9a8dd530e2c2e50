//! `ninefold new`, and every command that the program itself tells people to run.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use ninefold::outline::DEFINITION;

use super::commands::{code, err, out, run};
use super::server::Server;
use crate::support::{files, repository};

/// A new site called `essays` in a folder of its own.
fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let output = run(folder.path(), &["new", "site", "my-essays"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(err(&output), "Made ./my-essays. See it with:\n  ninefold serve --root ./my-essays\n");
    folder
}

/// Says what each new concept is, as whoever makes one does.
fn define_concepts(root: &Path) {
    for (path, text) in files(&root.join("content/concepts")) {
        let own = String::from_utf8(text).expect("UTF-8").replace(DEFINITION, "How one shift hands over to the next.");
        fs::write(root.join("content/concepts").join(path), own).expect("the concept");
    }
}

fn is_fine(root: &Path) {
    define_concepts(root);
    let output = run(root, &["check", "--strict", "--drafts", "--future"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).ends_with("all fine\n"), "{}", err(&output));
}

#[test]
fn a_new_site_builds_at_once_without_a_warning() {
    let folder = begun();
    let root = folder.path().join("my-essays");
    let made: Vec<String> = files(&root).into_iter().map(|(path, _)| path).collect();
    assert_eq!(made, [".gitignore", "content/essays/first-essay.md", "content/pages/about.md", "content/site.yaml"]);
    is_fine(&root);
    let output = run(&root, &["build"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let read = |path: &str| fs::read_to_string(root.join("public").join(path)).expect(path);
    assert!(read("index.html").contains("My essays"));
    assert!(read("patterns/lag/index.html").contains("/essays/first-essay/#passage-four-minutes-old"));
    assert!(
        read("concepts/adaptive-capacity/index.html").contains("/essays/first-essay/#passage-changed-how-they-worked")
    );
    // Git is told to pass over what a build makes, and over nothing else.
    assert_eq!(read("../.gitignore"), "/public/\n/.ninefold/\n");
    let entries = fs::read_dir(&root).expect("the site").flatten().map(|entry| entry.file_name().into_string());
    let names: BTreeSet<String> = entries.map(|name| name.expect("UTF-8")).collect();
    assert_eq!(names, [".gitignore", ".ninefold", "content", "public"].map(str::to_owned).into());
}

#[test]
fn new_records_are_made_where_they_belong_and_read_without_a_complaint() {
    let folder = begun();
    let root = folder.path().join("my-essays");
    for (kind, name, path, title) in [
        ("essay", "out-of-ports", "content/essays/out-of-ports.md", "title: \"Out of ports\""),
        ("incident", "bluesky-2026-04", "content/incidents/bluesky-2026-04.md", "title: \"Bluesky 2026 04\""),
        ("concept", "shift-change", "content/concepts/shift-change.md", "name: \"Shift change\""),
        ("essay", "über-uns", "content/essays/über-uns.md", "title: \"Über uns\""),
    ] {
        let output = run(&root, &["new", kind, name]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        assert_eq!(err(&output), format!("Made ./{path}\n"));
        let text = fs::read_to_string(root.join(path)).expect("the file");
        assert!(text.contains(title), "{text}");
    }
    is_fine(&root);
    // An essay begins as a draft: it is told, and nothing is said to be wrong.
    let output = run(&root, &["build"]);
    assert_eq!(code(&output), 0);
    assert!(err(&output).contains("“Out of ports” is left out: it is a draft"), "{}", err(&output));
    assert!(!root.join("public/essays/out-of-ports").exists());
    assert!(root.join("public/incidents/bluesky-2026-04/index.html").is_file());
}

#[test]
fn the_lines_that_a_new_record_has_in_a_comment_are_right_as_well() {
    let folder = begun();
    let root = folder.path().join("my-essays");
    run(&root, &["new", "incident", "i"]);
    run(&root, &["new", "concept", "c"]);
    for path in ["content/incidents/i.md", "content/concepts/c.md"] {
        let text = fs::read_to_string(root.join(path)).expect("the file");
        let lines = text.lines().map(|line| match line.strip_prefix("# ") {
            Some(yaml) if !yaml.starts_with("Each ") => yaml,
            _ => line,
        });
        fs::write(root.join(path), lines.collect::<Vec<_>>().join("\n")).expect("the file");
    }
    is_fine(&root);
    let built = run(&root, &["build"]);
    assert_eq!(code(&built), 0, "{}", err(&built));
}

#[test]
fn what_is_there_is_never_replaced() {
    let folder = begun();
    let root = folder.path().join("my-essays");
    let before = files(&root);
    let output = run(folder.path(), &["new", "site", "my-essays"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("`./my-essays` is there already and is not an empty folder"), "{}", err(&output));
    let output = run(&root, &["new", "essay", "first-essay"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("`./content/essays/first-essay.md` is there already"), "{}", err(&output));
    fs::create_dir_all(root.join("content/essays/bundle")).expect("a folder");
    fs::write(root.join("content/essays/bundle/index.md"), "---\ntitle: B\ndate: 2026-05-01\n---\n").expect("an essay");
    let output = run(&root, &["new", "essay", "bundle"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("`./content/essays/bundle/index.md` is there already"), "{}", err(&output));
    assert_eq!(files(&root).len(), before.len() + 1);
}

#[test]
fn a_site_may_begin_in_an_empty_folder_or_one_with_a_space_in_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("empty")).expect("a folder");
    assert_eq!(code(&run(folder.path(), &["new", "site", "empty"])), 0);
    let output = run(folder.path(), &["new", "site", "It's \"ours\""]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(err(&output).ends_with("  ninefold serve --root './It'\\''s \"ours\"'\n"), "{}", err(&output));
    is_fine(&folder.path().join("It's \"ours\""));
}

#[test]
fn a_site_may_begin_in_a_fresh_repository() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path();
    for (name, text) in [(".gitignore", "*.log\n"), ("README.md", "# Essays\n"), ("LICENSE", "Free.\n")] {
        fs::write(root.join(name), text).expect("a file");
    }
    fs::create_dir(root.join(".git")).expect("a folder");
    let output = run(root, &["new", "site", "."]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    let said = err(&output);
    assert!(
        said.starts_with("Made a site here. See it with:\n  ninefold serve\nAdd these lines to .gitignore"),
        "{said}"
    );
    assert_eq!(fs::read_to_string(root.join(".gitignore")).expect("a file"), "*.log\n");
    is_fine(root);
    // It is no fresh one any more.
    assert_eq!(code(&run(root, &["new", "site", "."])), 1);
    let other = tempfile::tempdir().expect("a folder");
    fs::write(other.path().join("thesis.tex"), "mine").expect("a file");
    assert_eq!(code(&run(other.path(), &["new", "site", "."])), 1);
}

#[test]
fn names_may_have_endings_folders_and_the_place_they_go_to() {
    let folder = begun();
    let root = folder.path().join("my-essays");
    for (arguments, path) in [
        (&["essay", "one.md"][..], "content/essays/one.md"),
        (&["essay", "content/essays/two.md"], "content/essays/two.md"),
        (&["essay", "2026/three"], "content/essays/2026/three.md"),
        (&["essay", "--folder", "four"], "content/essays/four/index.md"),
        (&["essay", "five/index.md"], "content/essays/five/index.md"),
        (&["page", "guide/start"], "content/pages/guide/start.md"),
        (&["page", "where"], "content/pages/where.md"),
        (&["incident", "six.md"], "content/incidents/six.md"),
    ] {
        let output = run(&root, &[&["new"], arguments].concat());
        assert_eq!((code(&output), err(&output)), (0, format!("Made ./{path}\n")), "{arguments:?}");
    }
    assert_eq!(code(&run(&root, &["new", "essay", "four"])), 1);
    assert_eq!(code(&run(&root, &["new", "essay", "--folder", "one"])), 1);
    is_fine(&root);
    let output = run(&root, &["build"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(!root.join("public/where").exists(), "a page begins as a draft");
}

#[test]
fn a_bad_name_is_refused_with_a_better_one() {
    let folder = begun();
    let root = folder.path().join("my-essays");
    for (name, says) in [
        ("Out of Ports", "did you mean `out-of-ports`?"),
        ("../../etc/x", "did you mean `etc-x`?"),
        ("con", "use lower-case letters, digits and dashes"),
        ("", "use lower-case letters, digits and dashes"),
        (".hidden", "did you mean `hidden`?"),
    ] {
        for kind in ["essay", "incident", "concept"] {
            let output = run(&root, &["new", kind, name]);
            assert_eq!(code(&output), 1, "{name}");
            let said = err(&output);
            assert!(said.starts_with("error[bad-name]") && said.contains(says), "{said}");
        }
    }
    assert_eq!(files(&root).len(), 4);
}

/// Each text in the program's sources that tells somebody to run a command, and what is run for it here: an empty list for a
/// server, which runs until it is stopped.
const TOLD: [(&str, &[&str]); 47] = [
    ("ninefold new site NAME", &["new", "site", "name"]),
    ("ninefold new site my-essays", &["new", "site", "elsewhere"]),
    ("ninefold new essay --folder out-of-ports", &["new", "essay", "--folder", "out-of-ports"]),
    ("ninefold new essay out-of-ports", &["new", "essay", "out-of-ports-again"]),
    ("ninefold new page about", &["new", "page", "about-us"]),
    ("ninefold new incident bluesky-2026-04", &["new", "incident", "bluesky-2026-04"]),
    ("ninefold new concept adaptive-capacity", &["new", "concept", "adaptive-capacity"]),
    ("ninefold new {} {name}", &["new", "concept", "handover"]),
    ("ninefold new {} {name}", &["new", "incident", "handover"]),
    (
        "ninefold build --base-url https://name.github.io/essays/",
        &["build", "--base-url", "https://name.github.io/essays/"],
    ),
    ("ninefold check --strict --format github", &["check", "--strict", "--format", "github"]),
    ("ninefold check", &["check"]),
    ("ninefold import", &["import", "--help"]),
    // Followed with a blog in the tests of imports.
    ("ninefold import hugo ../old-blog --into my-essays", &["import", "--help"]),
    ("ninefold check --baseline", &["check", "--baseline"]),
    ("ninefold check --fix", &["check", "--fix"]),
    ("ninefold explain", &["explain"]),
    ("ninefold explain missing-alt", &["explain", "missing-alt"]),
    ("ninefold explain {name}", &["explain", "refused-link"]),
    ("ninefold import hugo SOURCE", &["import", "hugo", "--help"]),
    ("ninefold new deploy cloudfront", &["new", "deploy", "cloudfront"]),
    ("ninefold new deploy github", &["new", "deploy", "github"]),
    ("ninefold publish --dry-run --json", &["publish", "--dry-run", "--json"]),
    ("ninefold publish live --dry-run", &["publish", "live", "--dry-run"]),
    ("ninefold publish --repair", &["publish", "--repair", "--help"]),
    ("ninefold publish --unlock", &["publish", "--unlock", "--help"]),
    ("ninefold schema --out /tmp/schemas", &["schema", "--out", "schemas"]),
    ("ninefold suggest content/essays/out-of-ports.md", &["suggest", "--help"]),
    ("ninefold completions bash > ~/.local/share/bash-completion/completions/ninefold", &["completions", "bash"]),
    ("ninefold list passages --json", &["list", "passages", "--json"]),
    ("ninefold man ~/.local/share/man/man1", &["man", "--help"]),
    ("ninefold theme list", &["theme", "list"]),
    ("ninefold theme eject essay.html", &["theme", "eject", "essay.html"]),
    ("ninefold theme eject words/en.yaml", &["theme", "eject", "words/en.yaml"]),
    ("ninefold new", &["new", "--help"]),
    ("ninefold new {} NAME", &["new", "incident", "--help"]),
    ("ninefold new {noun} NAME", &["new", "concept", "--help"]),
    ("ninefold publish --fix", &["publish", "--fix", "--help"]),
    // Followed on sites that have such names, in the tests of moves.
    ("ninefold merge", &["merge", "--help"]),
    ("ninefold merge slack-time into slack --dry-run", &["merge", "--help"]),
    ("ninefold rename", &["rename", "--help"]),
    ("ninefold rename concept slack spare-capacity --dry-run", &["rename", "--help"]),
    ("ninefold rename heading content/essays/ports.md#limits", &["rename", "--help"]),
    ("ninefold split slack", &["split", "--help"]),
    // These run until they are stopped.
    ("ninefold lsp", &[]),
    ("ninefold serve", &[]),
    ("ninefold serve --open", &[]),
];

/// Every command that stands in a text of the sources, comments and tests left out.
fn commands_told() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let help = out(&run(&repository(), &["--help"]));
    let listed =
        help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1).take_while(|line| !line.is_empty());
    let subcommands: BTreeSet<&str> = listed.filter_map(|line| line.split_whitespace().next()).collect();
    assert!(subcommands.contains("build"), "{help}");
    for (path, bytes) in files(&repository().join("src")) {
        let text = String::from_utf8(bytes).unwrap_or_else(|_| panic!("{path} is not UTF-8"));
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().filter(|line| !line.trim_start().starts_with("//")) {
            for (at, start) in line.match_indices("ninefold ") {
                let before = line[..at].chars().next_back();
                let rest = &line[at + start.len()..];
                let word = rest.split([' ', '`', '"', '\\']).next().unwrap_or_default();
                // `n` is the end of a line break written as `\\n`.
                if subcommands.contains(word) && matches!(before, Some('`' | ' ' | '"' | 'n')) {
                    let end = rest.find(['`', '"', '\\']).unwrap_or(rest.len());
                    found.insert(format!("ninefold {}", rest[..end].trim_end()));
                }
            }
        }
    }
    found
}

#[test]
fn every_command_that_the_program_tells_people_to_run_runs() {
    let known: BTreeSet<String> = TOLD.iter().map(|(told, _)| (*told).to_owned()).collect();
    let told = commands_told();
    assert!(told.len() >= 9, "{told:?}");
    let new: Vec<&String> = told.difference(&known).collect();
    assert!(new.is_empty(), "no test runs {new:?}: add them to TOLD");
    let gone: Vec<&String> = known.difference(&told).collect();
    assert!(gone.is_empty(), "nothing tells people to run {gone:?}: take them out of TOLD");
    let folder = begun();
    let root = folder.path().join("my-essays");
    let config = root.join("content/site.yaml");
    let text = fs::read_to_string(&config).expect("site.yaml") + "publish: {live: {type: dir, path: ../live}}\n";
    fs::write(&config, text).expect("site.yaml");
    for (told, arguments) in TOLD.iter().filter(|(_, arguments)| !arguments.is_empty()) {
        define_concepts(&root);
        let output = run(&root, arguments);
        assert_eq!(code(&output), 0, "{told}: {}{}", err(&output), out(&output));
    }
    let server = Server::start(&root, &["--root", root.to_str().expect("UTF-8")]);
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn every_option_that_a_help_line_names_exists() {
    let folder = tempfile::tempdir().expect("a folder");
    let commands = [&["build"][..], &["check"], &["serve"], &["new"], &["publish"], &["theme"], &["import"]];
    let help: String =
        commands.iter().map(|command| out(&run(folder.path(), &[command, &["--help"][..]].concat()))).collect();
    let mut seen = BTreeSet::new();
    for (_, bytes) in files(&repository().join("src")) {
        let text = String::from_utf8(bytes).expect("UTF-8");
        for part in text.split("`--").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect();
            // What begins with `nf-` is a custom property of the theme.
            if name.starts_with(|c: char| c.is_ascii_lowercase()) && !name.starts_with("nf-") {
                assert!(help.contains(&format!("--{name}")), "no command has --{name}");
                seen.insert(name);
            }
        }
    }
    assert!(seen.len() >= 4, "{seen:?}");
}
