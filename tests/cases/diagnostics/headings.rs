//! Headings, footnotes, raw HTML and limits of a page.

use super::of_body;

#[test]
fn two_headings_with_one_id_are_told() {
    insta::assert_snapshot!(of_body("## A {#x}\n\n## B {#x}"), @r#"
    error[duplicate-id]: two headings have the id `x`
     --> content/essays/a.md:8:1
      |
    8 | ## B {#x}
      | ^^^^^^^^^
      |
      = help: give each heading an id of its own, or none
    "#);
}

#[test]
fn ids_of_the_theme_are_its_own() {
    insta::assert_snapshot!(of_body("## A {#nf-main}"), @r#"
    error[reserved-id]: the id `nf-main` begins with `nf-`
     --> content/essays/a.md:6:1
      |
    6 | ## A {#nf-main}
      | ^^^^^^^^^^^^^^^
      |
      = help: names of the theme's own parts begin so; choose another
    "#);
}

#[test]
fn a_heading_is_marked_with_a_pattern_or_a_concept() {
    insta::assert_snapshot!(of_body("## A {patern=lag}\n\n## B {pattern=lagg}\n\n## C {width=3}\n\n## D {concept=etoo}"), @"
    error[unknown-attribute]: a heading has no attribute `patern`
     --> content/essays/a.md:6:1
      |
    6 | ## A {patern=lag}
      | ^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `pattern`?

    error[unknown-pattern]: there is no pattern `lagg`
     --> content/essays/a.md:8:1
      |
    8 | ## B {pattern=lagg}
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `lag`?

    warning[unknown-attribute]: a heading has no attribute `width`
      --> content/essays/a.md:10:1
       |
    10 | ## C {width=3}
       | ^^^^^^^^^^^^^^
       |
       = help: known here: pattern, concept, incident, and an id such as `#limits`; others are left out

    error[unknown-concept]: there is no concept `etoo`
      --> content/essays/a.md:12:1
       |
    12 | ## D {concept=etoo}
       | ^^^^^^^^^^^^^^^^^^^
       |
       = help: did you mean `etto`?
       = help: create it with `ninefold new concept etoo`
    ");
}

#[test]
fn a_footnote_that_is_never_defined_or_never_used_is_told() {
    insta::assert_snapshot!(of_body("Word[^1].\n\n[^2]: Unused."), @r#"
    warning[undefined-footnote]: the footnote `1` is never defined
     --> content/essays/a.md:6:5
      |
    6 | Word[^1].
      |     ^^^^
      |
      = help: add a line `[^1]: …`

    warning[unused-footnote]: the footnote `2` is never referred to, so it is not shown
     --> content/essays/a.md:8:1
      |
    8 | [^2]: Unused.
      | ^^^^
      |
      = help: refer to it with `[^2]`, or take it out
    "#);
}

#[test]
fn html_that_is_taken_out_is_told_with_what_to_write_instead() {
    insta::assert_snapshot!(of_body("<script>alert(1)</script>\n\nA Vec<u8> <b onclick=\"x()\">and</b> <svg/>"), @r#"
    warning[removed-html]: `<script>` and what it holds are taken out of the page
     --> content/essays/a.md:6:1
      |
    6 | <script>alert(1)</script>
      | ^^^^^^^^
      |
      = help: put the script into a file of `content/static/`, and name that in the theme's `hooks/head.html`

    warning[removed-html]: `<u8>` is taken out of the page
     --> content/essays/a.md:8:6
      |
    8 | A Vec<u8> <b onclick="x()">and</b> <svg/>
      |      ^^^^
      |
      = help: write it in Markdown, in backticks if it should show as text, or say `html: trusted` in site.yaml

    warning[removed-html]: the attribute `onclick` is taken out of the page
     --> content/essays/a.md:8:11
      |
    8 | A Vec<u8> <b onclick="x()">and</b> <svg/>
      |           ^^^^^^^^^^^^^^^^^
      |
      = help: put the script into a file of `content/static/`, and name that in the theme's `hooks/head.html`

    warning[removed-html]: `<svg>` is taken out of the page
     --> content/essays/a.md:8:36
      |
    8 | A Vec<u8> <b onclick="x()">and</b> <svg/>
      |                                    ^^^^^^
      |
      = help: keep the drawing in a file and show it with `![…](drawing.svg)`
    "#);
}

#[test]
fn a_page_that_holds_too_much_names_the_limit() {
    insta::assert_snapshot!(of_body(&"## A\n".repeat(10_001)), @"
    error[page-limit]: the page has more than 10000 headings
         --> content/essays/a.md:10006:1
          |
    10006 | ## A
          | ^^^^
          |
          = help: split it into several pages
    ");
    insta::assert_snapshot!(of_body(&"[a](a.md)\n".repeat(10_001)), @r#"
    error[page-limit]: the page has more than 10000 links and pictures
         --> content/essays/a.md:10006:1
          |
    10006 | [a](a.md)
          | ^^^^^^^^^
          |
          = help: split it into several pages
    "#);
    insta::assert_snapshot!(of_body(&format!("Text.\n\n{}deep", "- ".repeat(201))), @r#"
    error[page-limit]: quotations or lists are nested more than 200 deep
     --> content/essays/a.md:8:1
      |
    8 | - - - - - - - - - - - - - - - - - - - - - - -... - - - - - - - - - - - - - - - - - - - - deep
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^...^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take some of the marks away
    "#);
    insta::assert_snapshot!(of_body(&"<div>\n".repeat(201)), @r#"
    error[html-limit]: HTML elements are nested more than 200 deep
       --> content/essays/a.md:206:1
        |
    206 | <div>
        | ^^^^^
        |
        = help: end each element, or say `html: trusted` in site.yaml
    "#);
}
