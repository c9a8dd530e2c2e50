//! Zola's texts in a site of ours.

use ninefold::import::Kind;

use super::{Move, told};

fn moved() -> Move {
    Move::new(Kind::Zola).file("config.toml", "base_url = \"https://old.example\"\ntitle = \"Old\"\n")
}

#[test]
fn a_path_is_an_address_and_holds_the_day() {
    let moved = moved().file(
        "content/second-try.md",
        "+++\npath = \"2019/03/04/Second-Try\"\ntitle = \"Second try\"\nauthors = [\"Ada\"]\naliases = [\"2019/03/04/Second-Try.html\", \"try/2\"]\ntemplate = \"post.html\"\n[taxonomies]\ntags = [\"Friction\", \"tries\"]\n[extra]\nnumber = 2\n+++\nText.\n",
    );
    moved.run();
    insta::assert_snapshot!(moved.made("content/essays/second-try.md"), @r"
    ---
    title: Second try
    date: 2019-03-04
    authors:
    - Ada
    patterns:
    - friction
    aliases:
    - /2019/03/04/Second-Try/
    - /2019/03/04/Second-Try.html
    - /try/2/
    extra:
      number: 2
      tags:
      - tries
    ---

    Text.
    ");
}

#[test]
fn links_and_shortcodes_are_led() {
    let moved = moved()
        .file("content/blog/2019-01-02-one.md", "+++\ntitle = \"One\"\n+++\n## Notes\n\n## Notes\n")
        .file("content/blog/two/index.md", "+++\ntitle = \"Two\"\ndate = 2019-01-03\n+++\n[one](@/blog/2019-01-02-one.md#notes-1), [gone](@/gone.md), [same](https://old.example/blog/one/)\n\n{{ youtube(id=\"abc\") }}\n\n{{ odd(x=1) }} and `{{ y() }}`\n\n{% quote(author=\"Ada\") %}\nSo.\n{% end %}\n\nTerm\n: no meaning\n")
        .file("content/blog/two/p.png", "png");
    let imported = moved.run();
    let (_, body) = {
        let text = moved.made("content/essays/two/index.md");
        let (front, body) = text.split_once("---\n\n").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a body");
        (front, body)
    };
    insta::assert_snapshot!(body, @r"
    [one](../one.md#notes-1), gone, [same](../one.md)

    <https://www.youtube.com/watch?v=abc>

    {{ odd(x=1) }} and `{{ y() }}`

    > So.
    >
    > — Ada

    Term
    \: no meaning
    ");
    assert!(moved.made("content/essays/one.md").contains("## Notes\n\n## Notes {#notes-1}\n"));
    assert_eq!(
        told(&imported, "Shortcodes that are not known"),
        ["`content/blog/two/index.md:9`: `odd` stays as text"]
    );
    assert_eq!(told(&imported, "Links to texts that are not there").len(), 1);
}
