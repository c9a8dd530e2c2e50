//! What is nearly a link, a picture, an alert, a note or a heading is shown as it is typed, and told.

use super::bodies::{body, said};
use crate::support::TestSite;

#[test]
fn near_misses_are_told_and_stay_as_they_are_typed() {
    let text = "See [the plan](my plan.md) and ![alt](my image.png) and ![sized](a.png =300x200).\n\n\
                [ref][missing] and [text] (b.md).\n\n> [!INFO]\n> a\n\n> [!NOTE] My title\n> b\n\n\
                Inline note.^[like this] ==mark== {{< youtube x >}}";
    insta::assert_snapshot!(said(text), @"
    warning[near-link]: the address has a space in it: no link is shown
     --> content/essays/a.md:6:5
      |
    6 | See [the plan](my plan.md) and ![alt](my image.png) and ![sized](a.png =300x200).
      |     ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `[the plan](<my plan.md>)`

    warning[near-link]: the address has a space in it: no picture is shown
     --> content/essays/a.md:6:32
      |
    6 | See [the plan](my plan.md) and ![alt](my image.png) and ![sized](a.png =300x200).
      |                                ^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `![alt](<my image.png>)`

    warning[near-link]: a picture's size does not stand with its address: no picture is shown
     --> content/essays/a.md:6:57
      |
    6 | See [the plan](my plan.md) and ![alt](my image.png) and ![sized](a.png =300x200).
      |                                                         ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `![sized|300x200](a.png)`

    warning[near-link]: nothing says where `[missing]` leads
     --> content/essays/a.md:8:1
      |
    8 | [ref][missing] and [text] (b.md).
      | ^^^^^^^^^^^^^^
      |
      = help: add a line `[missing]: address`, or write the address here: `[ref](address)`

    warning[near-link]: between the words of a link and its address stands a space
     --> content/essays/a.md:8:20
      |
    8 | [ref][missing] and [text] (b.md).
      |                    ^^^^^^^^^^^^^
      |
      = help: write `[text](b.md)`

    warning[foreign-markup]: a note in the line is shown as it is typed
      --> content/essays/a.md:16:13
       |
    16 | Inline note.^[like this] ==mark== {{< youtube x >}}
       |             ^^^^^^^^^^^^
       |
       = help: write `[^name]` here, and the note in a line of its own: `[^name]: …`

    warning[foreign-markup]: `==mark==` marks nothing: the signs are shown
      --> content/essays/a.md:16:26
       |
    16 | Inline note.^[like this] ==mark== {{< youtube x >}}
       |                          ^^^^^^^^
       |
       = help: write `**mark**`, or `<mark>mark</mark>`

    warning[foreign-markup]: `{{< youtube >}}` is a shortcode of Hugo's: it is shown as it is typed
      --> content/essays/a.md:16:35
       |
    16 | Inline note.^[like this] ==mark== {{< youtube x >}}
       |                                   ^^^^^^^^^^^^^^^^^
       |
       = help: write what it stood for, or put it in backticks to show it
    ");
    insta::assert_snapshot!(body(text), @r#"
    <p>See [the plan](my plan.md) and ![alt](my image.png) and ![sized](a.png =300x200).</p>
    <p>[ref][missing] and [text] (b.md).</p>
    <div class="nf-alert nf-note">
    <p class="nf-alert-title">Info</p>
    <p>a</p>
    </div>
    <div class="nf-alert nf-note">
    <p class="nf-alert-title">My title</p>
    <p>b</p>
    </div>
    <p>Inline note.^[like this] ==mark== {{&lt; youtube x &gt;}}</p>
    "#);
}

#[test]
fn a_comment_of_obsidian_is_an_error() {
    insta::assert_snapshot!(said("It was full. %%Ask Ann.%%\n\n- %%\n\nPrivate.\n\n%%"), @"
    error[private-comment]: what stands between `%%` would be published: it is no comment here
     --> content/essays/a.md:6:14
      |
    6 | It was full. %%Ask Ann.%%
      |              ^^^^^^^^^^^^
      |
      = help: take it out, or write a comment of HTML: `<!-- … -->`

    error[private-comment]: what stands between `%%` would be published: it is no comment here
     --> content/essays/a.md:8:3
      |
    8 | - %%
      |   ^^
      |
      = help: take it out, or write a comment of HTML: `<!-- … -->`

    error[private-comment]: what stands between `%%` would be published: it is no comment here
      --> content/essays/a.md:12:1
       |
    12 | %%
       | ^^
       |
       = help: take it out, or write a comment of HTML: `<!-- … -->`
    ");
}

#[test]
fn lines_of_other_programs_are_told() {
    insta::assert_snapshot!(said("##Heading\n\n| a | b |\n| c | d |\n\n!!! note\n    Text\n\n::: tip\nText\n:::\n\n![A](https://e.example/a.png){width=300}\n\n> [!FOO]\n> a\n\n[TOC]"), @"
    warning[near-heading]: a heading has a space after its signs: this line is text
     --> content/essays/a.md:6:1
      |
    6 | ##Heading
      | ^^^^^^^^^
      |
      = help: write `## Heading`

    warning[near-table]: a table has a line of dashes below its head: this one is shown as text
     --> content/essays/a.md:8:1
      |
    8 | | a | b |
      | ^^^^^^^^^
      |
      = help: write `|---|---|` below the first line

    warning[foreign-markup]: `!!! note` begins no block here: it is shown as it is typed
      --> content/essays/a.md:11:1
       |
    11 | !!! note
       | ^^^^^^^^
       |
       = help: write an alert: `> [!NOTE]`, and `>` before each line of it

    warning[foreign-markup]: `:::tip` begins no block here: it is shown as it is typed
      --> content/essays/a.md:14:1
       |
    14 | ::: tip
       | ^^^^^^^
       |
       = help: write an alert: `> [!TIP]`, and `>` before each line of it

    warning[outside-picture]: the picture is loaded from another host
      --> content/essays/a.md:18:1
       |
    18 | ![A](https://e.example/a.png){width=300}
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: save it beside the essay's `index.md`, or in `static/`, and show that file

    warning[foreign-markup]: `{width=300}` gives no attributes here: it is shown as it is typed
      --> content/essays/a.md:18:30
       |
    18 | ![A](https://e.example/a.png){width=300}
       |                              ^^^^^^^^^^^
       |
       = help: take it out, and write the width with the words: `![A queue|300](queue.png)`

    warning[near-alert]: no alert is called `FOO`: the quotation shows it as it is typed
      --> content/essays/a.md:20:3
       |
    20 | > [!FOO]
       |   ^^^^^^
       |
       = help: write `[!NOTE]`, and words of its own for a title behind it

    warning[foreign-markup]: no contents come here: the words are shown as they are typed
      --> content/essays/a.md:23:1
       |
    23 | [TOC]
       | ^^^^^
       |
       = help: take the line out: a page with headings has its contents beside it
    ");
}

#[test]
fn headings_and_links_that_say_nothing_are_told() {
    insta::assert_snapshot!(said("# One\n\nBegin here. Link the words that are evidence: `x`.\n\n# Two\n\n## Out of [ports](pattern:lag)\n\nIt [](pattern:lag) was **full."), @r"
    warning[left-over]: these words stand in every new essay
     --> content/essays/a.md:8:1
      |
    8 | Begin here. Link the words that are evidence: `x`.
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write your own in their place, or take them out

    warning[several-h1]: the text has more than one heading of the first level
      --> content/essays/a.md:10:1
       |
    10 | # Two
       | ^^^^^
       |
       = help: write one `#` more before each heading: the page's title is of the first level

    warning[mark-in-heading]: a link to a pattern in a heading marks no passage
      --> content/essays/a.md:12:11
       |
    12 | ## Out of [ports](pattern:lag)
       |           ^^^^^^^^^^^^^^^^^^^^
       |
       = help: write `{pattern=lag}` at the end of the heading: its section is the passage

    warning[empty-words]: a link has no words: readers can't see it
      --> content/essays/a.md:14:4
       |
    14 | It [](pattern:lag) was **full.
       |    ^^^^^^^^^^^^^^^
       |
       = help: write words between the square brackets, or take the link out

    warning[open-emphasis]: `**` is never closed: the signs are shown
      --> content/essays/a.md:14:24
       |
    14 | It [](pattern:lag) was **full.
       |                        ^^^^^^
       |
       = help: write `**` behind the words that are to be strong, or `\*\*full` for the signs
    ");
    assert_eq!(
        said("# One\n\n[![A queue](https://e.example/a.png \"B\")](https://e.example/)").matches("warning[").count(),
        1
    );
}

#[test]
fn callouts_become_the_nearest_alert_with_their_titles() {
    let text = "> [!faq]- Is it *full*?\n> Yes.\n>\n> Still.\n\n> [!bug]\n\n- > [!tip] Short\n\n> [!NOTE]\n> Plain.\n\n> [!FOO] Bar\n> a";
    insta::assert_snapshot!(body(text), @r#"
    <div class="nf-alert nf-note">
    <p class="nf-alert-title">Is it <em>full</em>?</p>
    <p>Yes.</p>
    <p>Still.</p>
    </div>
    <div class="nf-alert nf-caution">
    <p class="nf-alert-title">Bug</p>
    </div>
    <ul>
    <li><div class="nf-alert nf-tip">
    <p class="nf-alert-title">Short</p>
    </div>
    </li>
    </ul>
    <div class="nf-alert nf-note">
    <p class="nf-alert-title">Note</p>
    <p>Plain.</p>
    </div>
    <blockquote>
    <p>[!FOO] Bar
    a</p>
    </blockquote>
    "#);
}

#[test]
fn a_text_with_signs_of_other_things_is_told_nothing() {
    for text in [
        "`%%x%%` \\*\\*x and \\[a](b c.md) and 2 ** 3 == 8, a[0][1], [0, 1), 100%% {{ x }} {x}",
        "```\n{{< x >}} ==x== %%y%% [a](b c)\n```",
        "Prices [sic] rose (see [there](https://e.example/)) by 5%.",
        "- [ ] open\n- [x] done\n\nTerm\n: Definition",
    ] {
        assert_eq!(said(text), "", "{text}");
    }
}

#[test]
fn a_text_inside_a_sentence_is_a_link_to_it_and_blocks_have_names() {
    let site = TestSite::new().essay("a", "", "![[b]] and ![[b#Full queues|words]] and [[b#^full]].").essay(
        "b",
        "",
        "It was *full*. ^full\n\n- An item ^item-1\n\n## Full queues\n\n`^c` and 2 ^x or more.",
    );
    insta::assert_snapshot!(site.said(), @"
    warning[embedded-text]: a text is quoted only in a paragraph of its own: a link to it stands here
     --> content/essays/a.md:6:1
      |
    6 | ![[b]] and ![[b#Full queues|words]] and [[b#^full]].
      | ^^^^^^
      |
      = help: give it lines of its own with an empty one before and after, or leave the `!` out

    warning[embedded-text]: a text is quoted only in a paragraph of its own: a link to it stands here
     --> content/essays/a.md:6:12
      |
    6 | ![[b]] and ![[b#Full queues|words]] and [[b#^full]].
      |            ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: give it lines of its own with an empty one before and after, or leave the `!` out
    ");
    site.build();
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"<p><a class="nf-ref nf-essay" href="/essays/b/">b</a> and <a class="nf-ref nf-essay" href="/essays/b/#full-queues">words</a> and <a class="nf-ref nf-essay" href="/essays/b/#^full">b</a>.</p>"#);
    insta::assert_snapshot!(site.body("/essays/b/"), @r#"
    <p>It was <em>full</em>.<span id="^full"></span></p>
    <ul>
    <li>An item<span id="^item-1"></span></li>
    </ul>
    <h2 id="full-queues">Full queues</h2>
    <p><code>^c</code> and 2 ^x or more.</p>
    "#);
}
