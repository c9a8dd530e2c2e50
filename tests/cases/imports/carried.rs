//! What several sources have in common and ours writes in another way: emoji, formulas, lists of words, names of authors.

use ninefold::import::Kind;

use super::{Move, body_of, told};

const HUGO: &str = "baseURL = 'https://old.example/'
title = 'Old'
enableEmoji = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\\[', '\\]'], ['$$', '$$']]
inline = [['\\(', '\\)']]
";

/// The body of one post of Hugo.
fn of_hugo(settings: &str, front: &str, body: &str) -> String {
    let post = format!("---\ntitle: A\ndate: 2020-01-01\n{front}---\n{body}");
    let moved = Move::new(Kind::Hugo).file("hugo.toml", settings).file("content/post/a.md", post);
    moved.run();
    moved.made("content/essays/a.md")
}

#[test]
fn emoji_are_signs_where_the_settings_ask_for_them() {
    let body = "Out :tada:, not `:tada:` or :no_such:\n";
    assert_eq!(body_of(&of_hugo(HUGO, "", body)), "Out \u{1f389}, not `:tada:` or :no_such:\n");
    assert_eq!(body_of(&of_hugo("title = 'Old'\n", "", body)), body);
    let moved = Move::new(Kind::Jekyll)
        .file("_config.yml", "title: J\nplugins: [jemoji]\n")
        .file("_posts/2020-01-01-a.md", "---\ntitle: \"Up :+1:\"\n---\nOut :white_check_mark:\n");
    moved.run();
    let made = moved.made("content/essays/a.md");
    assert!(made.contains("title: Up \u{1f44d}\n") && body_of(&made) == "Out \u{2705}\n", "{made}");
}

#[test]
fn formulas_keep_their_signs_and_get_our_marks() {
    for (settings, front, body, expected) in [
        (HUGO, "", "So \\(a_1 < b_1\\), at $5.\n", "So $a_1 < b_1$, at \\$5.\n"),
        (HUGO, "", "\\[\nx\n= y\n\\]\n", "$$x = y$$\n"),
        (
            "title = 'Old'\n",
            "math: true\n",
            "Of $x$, and \\\\(y\\\\), from $5 to $6.\n",
            "Of $x$, and $y$, from \\$5 to \\$6.\n",
        ),
    ] {
        let made = of_hugo(settings, front, body);
        assert_eq!(body_of(&made), expected);
        assert!(made.contains("\nmath: true\n"), "{made}");
    }
    let made = of_hugo("title = 'Old'\n", "", "Of $x$.\n");
    assert!(body_of(&made) == "Of $x$.\n" && !made.contains("math:"), "{made}");
}

#[test]
fn a_formula_of_kramdown_is_a_block_where_it_stands_alone() {
    let moved = Move::new(Kind::Jekyll).file("_config.yml", "title: J\n").file(
        "_posts/2020-01-01-a.md",
        "---\ntitle: A\n---\nOf $$a+b$$ and five $.\n\n$$\na\n$$\n\n```\n$$ code $$\n```\n",
    );
    moved.run();
    let made = moved.made("content/essays/a.md");
    assert_eq!(body_of(&made), "Of $a+b$ and five \\$.\n\n$$\na\n$$\n\n```\n$$ code $$\n```\n");
    assert!(made.contains("\nmath: true\n"), "{made}");
}

#[test]
fn lists_of_words_lead_to_one_page_and_links_to_them_arrive() {
    let moved = Move::new(Kind::Hugo)
        .file("hugo.toml", "title = 'Old'\n[taxonomies]\ntag = 'tags'\n")
        .file(
            "content/post/a.md",
            "---\ntitle: Queues\ndate: 2020-01-01\ntags: [Wide Area, lag]\n---\nSee [wide](/tags/wide-area/).\n",
        )
        .file("content/post/b.md", "---\ntitle: 'A *b*'\ndate: 2020-01-02\ntags: [wide area]\n---\nB.\n")
        .file("content/post/c.md", "---\ntitle: C\ndate: 2020-01-02\ntags: [hidden]\ndraft: true\n---\nC.\n");
    let imported = moved.run();
    insta::assert_snapshot!(moved.made("content/pages/tags.md"), @r"
    ---
    title: Tags
    aliases:
    - /tags/lag/
    - /tags/wide-area/
    ---

    ## lag

    - [Queues](../essays/a.md)

    ## Wide Area

    - [Queues](../essays/a.md)
    - [A \*b\*](../essays/b.md)
    ");
    assert_eq!(body_of(&moved.made("content/essays/a.md")), "See [wide](../pages/tags.md).\n");
    assert_eq!(
        told(&imported, "Lists of words of the old site"),
        ["`/tags/`: 2 old addresses lead to one page that lists all"]
    );
}

#[test]
fn lists_are_those_that_the_old_program_made() {
    let post = "---\ntitle: A\ndate: 2020-01-01\ntags: [slow start]\ntaxonomies: {tags: [slow start]}\n---\nA.\n";
    let toml = "+++\ntitle = 'A'\ndate = 2020-01-01\n[taxonomies]\ntags = ['slow start']\n+++\nA.\n";
    let archives = "jekyll-archives:\n  enabled: [tags]\n  permalinks: {tag: /topics/:name/}\n";
    for (kind, settings, written, path, text, expected) in [
        (Kind::Hugo, "hugo.toml", "disableKinds = ['taxonomy', 'term']\n", "content/a.md", post, None),
        (Kind::Zola, "config.toml", "base_url = 'https://a.example'\n", "content/a.md", toml, None),
        (
            Kind::Zola,
            "config.toml",
            "taxonomies = [{name = 'tags'}]\n",
            "content/a.md",
            toml,
            Some(("tags", "/tags/slow-start/")),
        ),
        (Kind::Jekyll, "_config.yml", "title: J\n", "_posts/2020-01-01-a.md", post, None),
        (
            Kind::Jekyll,
            "_config.yml",
            archives,
            "_posts/2020-01-01-a.md",
            post,
            Some(("topics", "/topics/slow-start/")),
        ),
    ] {
        let moved = Move::new(kind).file(settings, written).file(path, text);
        moved.run();
        let page = |name: &str| format!("content/pages/{name}.md");
        match expected {
            Some((name, address)) => {
                assert!(moved.made(&page(name)).contains(&format!("\n- {address}\n")), "{written}")
            }
            None => assert!(!moved.has(&page("tags")), "{written}"),
        }
    }
}

#[test]
fn an_author_has_the_spelling_of_most_texts() {
    let post = |author: &str| format!("---\ntitle: A\ndate: 2020-01-01\nauthors: ['{author}']\n---\nA.\n");
    let moved = Move::new(Kind::Hugo)
        .file("hugo.toml", "title = 'Old'\n")
        .file("content/post/a.md", post("Tomas Ek"))
        .file("content/post/b.md", post("Tom\u{e1}s Ek"))
        .file("content/post/c.md", post("Tom\u{e1}s Ek"))
        .file("content/post/d.md", post("Ann Ek"));
    let imported = moved.run();
    assert!(moved.made("content/essays/a.md").contains("\n- Tom\u{e1}s Ek\n"));
    let expected = "`Tomas Ek`: in 1; written as `Tom\u{e1}s Ek` now, as in 2, for both would have one address";
    assert_eq!(told(&imported, "Authors whose name was written in two ways"), [expected]);
    assert_eq!(imported.faults, []);
}
