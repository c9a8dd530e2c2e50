//! Vaults of Obsidian in, sites out.

use std::fs;

use ninefold::import::{self, Kind};

use super::imports::made::{Made, options};

/// What follows the front matter of an essay.
fn body_of(made: &Made, id: &str) -> String {
    let file = made.read(&format!("content/essays/{id}.md"));
    file.split_once("\n---\n").expect("a body").1.trim().to_owned()
}

fn import(files: &[(&str, &str)]) -> Made {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("vault");
    for (name, text) in files {
        let path = source.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let options = options(Kind::Obsidian, source, &folder.path().join("site"));
    let imported = import::import(&options, &|_| {}).expect("an import");
    assert!(imported.faults.is_empty(), "{:?}", imported.faults);
    Made { folder, imported }
}

/// The body of one note with this text, beside the note `Other note`.
fn body(text: &str) -> String {
    let other = "---\ndate: 2020-01-01\naliases: [The other]\n---\n## What's new in 1.45?\n\nA sentence. ^block1\n";
    let made = import(&[
        ("Note.md", &format!("---\ndate: 2020-01-01\n---\n{text}")),
        ("Other note.md", other),
        ("pics/chart.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
    ]);
    body_of(&made, "note")
}

#[test]
fn a_note_has_what_its_front_matter_says() {
    let made = import(&[(
        "Deep/My note.md",
        "---\naliases: [Pool limits, \"The pool\"]\ntags: [note/ops, lag]\ncreated: 2023-05-06 07:08\npublish: false\ncssclasses: [wide]\nup: \"[[x]]\"\n---\n\
         # Out of ports\n\nAll of it, #queues too.\nstate:: open\n",
    )]);
    insta::assert_snapshot!(made.read("content/essays/my-note.md"), @r"
    ---
    title: Out of ports
    date: 2023-05-06T07:08
    patterns:
    - lag
    draft: true
    aliases:
    - /Deep/My+note
    extra:
      up: '[[x]]'
      state: open
      tags:
      - note/ops
      - queues
    ---

    All of it, #queues too.
    state:: open
    ");
    let made = import(&[("2021-02-03 Standup.md", "Words.\n"), ("Plain.md", "Words.\n")]);
    assert!(made.read("content/essays/2021-02-03-standup.md").contains("date: 2021-02-03\n"));
    assert_eq!(made.told("Notes without a date").len(), 1);
}

#[test]
fn links_lead_to_files_headings_and_blocks() {
    for (text, expected) in [
        (
            "See [[Other note]], [[the OTHER|words]] and [[Other note.md]].",
            "See [Other note](other-note.md), [words](other-note.md) and [Other note.md](other-note.md).",
        ),
        ("[[Other note#What's new in 1.45?]]", "[Other note > What's new in 1.45?](other-note.md#what-s-new-in-1-45)"),
        ("[[#Here]]\n\n## Here", "[Here](#here)\n\n## Here"),
        ("[[Other note#^block1|that sentence]]", "[that sentence](other-note.md#^block1)"),
        ("A topic: [[Linux]].", "A topic: Linux."),
        ("Shell: `[[ -f x ]]` and if [[ -f x ]] then.", "Shell: `[[ -f x ]]` and if \\[[ -f x ]] then."),
        (
            "| a | b |\n|---|---|\n| [[Other note\\|words]] | ![[chart.svg\\|200]] |",
            "| a | b |\n|---|---|\n| [words](other-note.md) | ![](/pics/chart.svg) |",
        ),
        (
            "![[chart.svg|A chart|300x200]] ![A chart|100](pics/chart.svg)",
            "![A chart](/pics/chart.svg) ![A chart](/pics/chart.svg)",
        ),
        (
            "![[Other note#What's new in 1.45?]]",
            "![Other note > What's new in 1.45?](other-note.md#what-s-new-in-1-45)",
        ),
        ("![[Other note#^block1]]", "![Other note > ^block1](other-note.md#^block1)"),
        ("![[Other note#Gone]]", "> [Other note > Gone](other-note.md)"),
        ("```\n[[Other note]] %%x%% ==y==\n```", "```\n[[Other note]] %%x%% ==y==\n```"),
    ] {
        assert_eq!(body(text), expected, "{text}");
    }
    let made = import(&[("A.md", "[[Linux]] [[linux]]\n\n[[Linux#x]]\n"), ("B.md", "[[gone]]")]);
    assert_eq!(
        made.told("Notes that nobody wrote"),
        ["- `A.md:1`: `linux`: its words stay, in 3 places", "- `B.md:1`: `gone`: its words stay, in 1 place"]
    );
}

#[test]
fn of_two_notes_with_one_name_the_nearest_is_meant() {
    let made = import(&[
        ("a/Meeting.md", "x"),
        ("Meeting.md", "y"),
        ("a/From.md", "[[Meeting]]"),
        ("b/Other.md", "[[Meeting]] [[a/Meeting]]"),
    ]);
    let (near, far) = (body_of(&made, "from"), body_of(&made, "other"));
    let target = |body: &str| body.split("](").nth(1).and_then(|rest| rest.split(')').next()).map(str::to_owned);
    assert_ne!(target(&near), target(&far));
    assert!(far.contains(&target(&near).expect("a link")), "{far}");
}

#[test]
fn marks_of_the_program_are_marks_of_ours_or_gone() {
    for (text, expected) in [
        ("One %%two%% three.\n\n%%\nfour\n%%\n\nFive.", "One  three.\n\n\n\nFive."),
        ("It ==grew fast== and a == b.", "It <mark>grew fast</mark> and a == b."),
        ("> [!warning]- Look out\n> Words.", "> [!WARNING]\n> **Look out**\n>\n> Words."),
        ("> [!quote] Nora\n> Words.", "> **Nora**\n>\n> Words."),
        ("A note^[of *these* words] here.", "A note[^inline-1] here.\n\n[^inline-1]: of *these* words"),
        ("A sentence. ^unused\n\nAnother.", "A sentence.\n\nAnother."),
        ("Sound: ![[gone.mp3]], ![[gone.png|200]]", "Sound: gone.mp3, gone.png"),
    ] {
        assert_eq!(body(text), expected, "{text}");
    }
}
