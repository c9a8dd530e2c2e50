//! Files that stand where they mean nothing, or that can't be read as text.

use super::of_essay;
use crate::support::TestSite;

#[test]
fn a_file_that_means_nothing_is_told_where_it_would() {
    let site = TestSite::new()
        .file("content/notes.md", "x")
        .file("content/esays/a.md", "x")
        .file("content/drafts/a.md", "x")
        .file("content/essays/ports.png", "x")
        .file("content/essays/deep/er/a.md", "x");
    insta::assert_snapshot!(site.said(), @r"
    warning[unused-file]: the folder `content/drafts` is not used
    --> content/drafts
     = help: the folders are essays, incidents, patterns, concepts, pages, static

    warning[unused-file]: the folder `content/esays` is not used
    --> content/esays
     = help: did you mean `essays`?

    error[no-front-matter]: the file does not begin with front matter
    --> content/essays/deep/er/a.md
     = help: begin it with these lines: `---`, `title: …`, `date: …`, `---`

    warning[unused-file]: `content/essays/ports.png` is not used: it belongs to no page
    --> content/essays/ports.png
     = help: an essay is `essays/NAME.md`, or `essays/NAME/index.md` with its pictures beside it

    warning[unused-file]: `content/notes.md` is not used: only `site.yaml` stands here
    --> content/notes.md
     = help: essays go into `content/essays/`, other pages into `content/pages/`
    ");
}

#[test]
fn a_name_that_can_be_no_address_is_told_a_better_one() {
    let site = TestSite::new()
        .file("content/essays/Big Name.md", "x")
        .file("content/essays/con.md", "x")
        .file("content/pages/a+b/c.md", "x");
    insta::assert_snapshot!(site.said(), @r#"
    error[bad-name]: `Big Name` can't name a page: it holds a space
    --> content/essays/Big Name.md
     = help: rename it to `big-name`

    error[bad-name]: `con` can't name a page: it is a name that Windows reserves
    --> content/essays/con.md
     = help: rename it with lower-case letters, digits and dashes

    error[bad-name]: `a+b` can't name a page: it holds the character `+`
    --> content/pages/a+b/c.md
     = help: rename it to `a-b`
    "#);
}

#[test]
fn hidden_files_and_what_editors_leave_behind_are_passed_over() {
    let site = TestSite::new();
    for name in [".hidden.md", "a.md~", ".a.md.swp", "#a.md#", ".DS_Store", "Thumbs.db"] {
        site.write(&format!("content/essays/{name}"), "x");
    }
    assert_eq!(site.said(), "");
}

#[test]
fn a_file_that_is_not_utf_8_is_shown_where_it_breaks() {
    let site = TestSite::new().file("content/essays/a.md", b"---\ntitle: Caf\xe9\ndate: 2026-05-01\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[not-utf8]: the file is not UTF-8: its byte 14 belongs to no character
     --> content/essays/a.md:2:11
      |
    2 | title: Caf�
      |           ^
      |
      = help: open it in an editor and save it with the encoding UTF-8
    "#);
}

#[test]
fn a_nul_is_shown() {
    insta::assert_snapshot!(of_essay("---\ntitle: A\ndate: 2026-05-01\n---\n\nPo\0rts.\n"), @r#"
    error[nul-byte]: the file holds a NUL, at byte 37: no text does
     --> content/essays/a.md:6:3
      |
    6 | Po␀rts.
      |   ^
      |
      = help: delete it; if they are many, save the file with the encoding UTF-8
    "#);
}

#[test]
fn a_file_that_is_too_large_is_told() {
    insta::assert_snapshot!(of_essay(&"x".repeat((16 << 20) + 1)), @r#"
    error[too-large]: the file is larger than 16 MB
    --> content/essays/a.md
     = help: split it into several
    "#);
}

#[test]
fn a_theme_that_needs_a_newer_ninefold_says_so() {
    let site = TestSite::new().file("themes/default/theme.yaml", "name: Bare\napi: 99\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[theme-too-new]: the theme `default` needs a newer Ninefold: its `api` is 99, this program knows 2
    --> themes/default/theme.yaml
     = help: update Ninefold, or take an older version of the theme
    "#);
}

#[test]
fn a_fault_of_a_template_is_shown_in_the_template() {
    let site =
        TestSite::new().essay("a", "", "A.").file("themes/default/templates/essay.html", "{{ page.title | upcase }}\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[template]: unknown filter `upcase`
     --> themes/default/templates/essay.html:1:17
      |
    1 | {{ page.title | upcase }}
      |                 ^^^^^^
    "#);
}
