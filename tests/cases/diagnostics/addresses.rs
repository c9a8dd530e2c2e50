//! Two pages on one address, also where only letter case or Unicode form tells them apart.

use super::of_front;
use crate::support::TestSite;

#[test]
fn two_essays_with_one_slug_are_told() {
    let site = TestSite::new().essay("a", "slug: ports", "A.").essay("b", "slug: ports", "B.").essay("ports", "", "C.");
    insta::assert_snapshot!(site.said(), @"
    error[url-taken]: the slug's address `/essays/ports/` is taken by `content/essays/ports.md`
     --> content/essays/a.md:4:7
      |
    4 | slug: ports
      |       ^^^^^
      |
      = help: choose another `slug`

    error[url-taken]: the slug's address `/essays/ports/` is taken by `content/essays/a.md`
     --> content/essays/b.md:4:7
      |
    4 | slug: ports
      |       ^^^^^
      |
      = help: choose another `slug`
    ");
}

#[test]
fn a_file_and_a_folder_with_one_name_are_told() {
    let site = TestSite::new().essay("a", "", "A.").essay("a/index", "", "A again.");
    insta::assert_snapshot!(site.said(), @r#"
    error[url-taken]: the address `/essays/a/` is taken by `content/essays/a.md`
    --> content/essays/a/index.md
     = help: rename one of the two files
    "#);
}

#[test]
fn files_that_differ_only_in_letter_case_are_told() {
    let site = TestSite::new().file("content/static/Notes.txt", "1").file("content/static/notes.txt", "2");
    insta::assert_snapshot!(site.said(), @r#"
    error[url-taken]: the address `/notes.txt` is taken by `content/static/Notes.txt` (they differ only in letter case or Unicode form)
    --> content/static/notes.txt
     = help: rename one of the two files
    "#);
}

#[test]
fn files_that_differ_only_in_unicode_form_are_told() {
    let site = TestSite::new().essay("caf\u{e9}", "", "One.").essay("cafe\u{301}", "", "Two.");
    insta::assert_snapshot!(site.said(), @r#"
    error[url-taken]: two files are named `content/essays/café.md`: the names differ only in how accents are stored (Unicode form)
    --> content/essays/café.md
     = help: rename one of the two files
    "#);
}

#[test]
fn an_alias_on_a_real_page_is_told() {
    let site = TestSite::new()
        .essay("a", "aliases: [/essays/b/, /Essays/B/, /patterns/lag/, /about/]", "A.")
        .essay("b", "", "B.")
        .file("content/pages/about.md", "---\ntitle: About\naliases: /about/\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[url-taken]: the alias `/essays/b/` is taken by `content/essays/b.md`
     --> content/essays/a.md:4:11
      |
    4 | aliases: [/essays/b/, /Essays/B/, /patterns/lag/, /about/]
      |           ^^^^^^^^^^
      |
      = help: delete the alias, or rename the other page

    error[url-taken]: the alias `/Essays/B/` is taken by `content/essays/b.md` (they differ only in letter case or Unicode form)
     --> content/essays/a.md:4:23
      |
    4 | aliases: [/essays/b/, /Essays/B/, /patterns/lag/, /about/]
      |                       ^^^^^^^^^^
      |
      = help: delete the alias, or rename the other page

    error[url-taken]: the alias `/patterns/lag/` is taken by the page that Ninefold makes at `/patterns/lag/`
     --> content/essays/a.md:4:35
      |
    4 | aliases: [/essays/b/, /Essays/B/, /patterns/lag/, /about/]
      |                                   ^^^^^^^^^^^^^^
      |
      = help: delete the alias

    error[url-taken]: the alias `/about/` is taken by `content/pages/about.md`
     --> content/essays/a.md:4:51
      |
    4 | aliases: [/essays/b/, /Essays/B/, /patterns/lag/, /about/]
      |                                                   ^^^^^^^
      |
      = help: delete the alias, or rename the other page

    warning[needless-alias]: the alias `/about/` is the page's own address
     --> content/pages/about.md:3:10
      |
    3 | aliases: /about/
      |          ^^^^^^^
      |
      = help: delete it, or let `ninefold check --fix` do it
    "#);
}

#[test]
fn an_alias_that_changes_nothing_is_told() {
    insta::assert_snapshot!(of_front("aliases: [/essays/a/, /old/, /old/]"), @r#"
    warning[needless-alias]: the alias `/essays/a/` is the page's own address
     --> content/essays/a.md:4:11
      |
    4 | aliases: [/essays/a/, /old/, /old/]
      |           ^^^^^^^^^^
      |
      = help: delete it, or let `ninefold check --fix` do it

    warning[needless-alias]: the alias `/old/` stands there twice
     --> content/essays/a.md:4:30
      |
    4 | aliases: [/essays/a/, /old/, /old/]
      |                              ^^^^^
      |
      = help: delete it, or let `ninefold check --fix` do it
    "#);
}

#[test]
fn a_file_on_the_address_of_a_page_is_told() {
    let site = TestSite::new()
        .essay("a", "", "A.")
        .file("content/static/essays/a/index.html", "x")
        .file("content/static/Robots.txt", "x")
        .file("content/pages/patterns/lag.md", "---\ntitle: Lag\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[url-taken]: the address `/patterns/lag/` is taken by the page that Ninefold makes at `/patterns/lag/`
    --> content/pages/patterns/lag.md
     = help: rename the file

    error[url-taken]: the address `/Robots.txt` is taken by the page that Ninefold makes at `/robots.txt` (they differ only in letter case or Unicode form)
    --> content/static/Robots.txt
     = help: rename the file

    error[url-taken]: the address `/essays/a/index.html` is taken by `content/essays/a.md`
    --> content/static/essays/a/index.html
     = help: rename one of the two files
    "#);
}

#[test]
fn a_file_where_a_page_needs_a_folder_is_told() {
    let site = TestSite::new().file("content/static/about", "x").file("content/pages/about.md", "---\ntitle: A\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[url-taken]: the file `/about` is where `/about/` needs a folder
    --> content/static/about
     = help: rename one of the two files
    "#);
}
