//! Front matter that is no YAML, in the ways in which people get it wrong.

use super::{of_essay, of_front};

#[test]
fn a_colon_in_a_title_wants_quotes() {
    insta::assert_snapshot!(of_essay("---\ntitle: Lag: the hidden one\ndate: 2026-05-01\n---\n"), @r#"
    error[yaml]: the front matter holds a colon followed by a space inside a value
     --> content/essays/a.md:2:8
      |
    2 | title: Lag: the hidden one
      |        ^^^^^^^^^^^^^^^^^^^
      |
      = help: put the title in quotes: `title: "Lag: the hidden one"`
    "#);
}

#[test]
fn a_title_that_begins_with_a_number_sign_wants_quotes() {
    insta::assert_snapshot!(of_essay("---\ntitle: #1 outage\ndate: 2026-05-01\n---\n"), @r##"
    error[wrong-type]: `title` has no value
     --> content/essays/a.md:2:7
      |
    2 | title: #1 outage
      |       ^
      |
      = help: write one, or delete the line
      = help: a text that begins with `#` needs quotes: `title: "#…"`
    "##);
}

#[test]
fn a_value_that_begins_with_a_sign_of_yaml_wants_quotes() {
    insta::assert_snapshot!(of_front("summary: *all* of it"), @r#"
    error[yaml]: the front matter has a value that begins with `*`, which YAML keeps for itself
     --> content/essays/a.md:4:10
      |
    4 | summary: *all* of it
      |          ^^^^^^^^^^^
      |
      = help: put the summary in quotes: `summary: "*all* of it"`
    "#);
    insta::assert_snapshot!(of_front("summary: @home"), @r#"
    error[yaml]: the front matter has a value that begins with `@`, which YAML keeps for itself
     --> content/essays/a.md:4:10
      |
    4 | summary: @home
      |          ^^^^^
      |
      = help: put the summary in quotes: `summary: "@home"`
    "#);
    for value in ["& more", "!bang", "- a", "> b", "| c", "%d", "`e`", "? f", "] g", "*h"] {
        let said = of_front(&format!("summary: {value}"));
        let help = format!("put the summary in quotes: `summary: \"{value}\"`");
        assert!(said.contains("which YAML keeps for itself") && said.contains(&help), "{said}");
    }
}

#[test]
fn marks_inside_a_value_are_escaped_in_the_help() {
    let said = of_front("summary: the \"lag\": a C:\\ story");
    assert!(said.contains(r#"`summary: "the \"lag\": a C:\\ story"`"#), "{said}");
}

#[test]
fn a_line_without_a_colon_is_the_one_that_is_shown() {
    insta::assert_snapshot!(of_essay("---\ntitle A\ndate: 2026-05-01\n---\n"), @r#"
    error[yaml]: the front matter has a line without a colon and a space after its key
     --> content/essays/a.md:2:1
      |
    2 | title A
      | ^^^^^^^
      |
      = help: write `key: value`
    "#);
    insta::assert_snapshot!(of_front("kind:note\nmath: true"), @r#"
    error[yaml]: the front matter has a line without a colon and a space after its key
     --> content/essays/a.md:4:1
      |
    4 | kind:note
      | ^^^^^^^^^
      |
      = help: write `key: value`; the lines of a longer text are indented
    "#);
    insta::assert_snapshot!(of_front("math: true\nkind"), @r#"
    error[yaml]: the front matter has a line without a colon and a space after its key
     --> content/essays/a.md:5:1
      |
    5 | kind
      | ^^^^
      |
      = help: write `key: value`; the lines of a longer text are indented
    "#);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_shown_where_it_opens() {
    insta::assert_snapshot!(of_essay("---\ntitle: \"Out of ports\ndate: 2026-05-01\n---\n"), @r#"
    error[yaml]: the front matter has a quotation mark that is never closed
     --> content/essays/a.md:2:8
      |
    2 | title: "Out of ports
      |        ^
      |
      = help: close it, or double it inside single quotes
    "#);
}

#[test]
fn text_after_a_closing_mark_is_shown() {
    insta::assert_snapshot!(of_front("summary: \"Lag\" and more"), @r#"
    error[yaml]: the front matter has text after a closing quotation mark
     --> content/essays/a.md:4:16
      |
    4 | summary: "Lag" and more
      |                ^^^^^^^^
      |
      = help: put the whole value in single quotes, or write `\"` for a mark inside
    "#);
    insta::assert_snapshot!(of_front("summary: 'It's late'"), @r#"
    error[yaml]: the front matter has text after a closing quotation mark
     --> content/essays/a.md:4:14
      |
    4 | summary: 'It's late'
      |              ^^^^^^^
      |
      = help: put the whole value in double quotes, or write `''` for a mark inside
    "#);
}

#[test]
fn brackets_that_stay_open_are_shown_where_they_open() {
    insta::assert_snapshot!(of_front("patterns: [lag, tangles\nmath: true"), @r#"
    error[yaml]: the front matter has a list in which a comma or the closing `]` is missing
     --> content/essays/a.md:4:11
      |
    4 | patterns: [lag, tangles
      |           ^
      |
      = help: write it as `[a, b]`
    "#);
    insta::assert_snapshot!(of_front("series: {name: x\nmath: true"), @r#"
    error[yaml]: the front matter has a group in which a comma or the closing `}` is missing
     --> content/essays/a.md:4:9
      |
    4 | series: {name: x
      |         ^
      |
      = help: write it as `{key: value, key: value}`
    "#);
}

#[test]
fn indentation_that_does_not_fit_is_shown() {
    insta::assert_snapshot!(of_front("series:\n\tname: x"), @r#"
    error[yaml]: the front matter is indented with a tab
     --> content/essays/a.md:5:1
      |
    5 |     name: x
      | ^^^^
      |
      = help: use spaces
    "#);
    insta::assert_snapshot!(of_front("  draft: true"), @r#"
    error[yaml]: the front matter has a line whose indentation does not fit
     --> content/essays/a.md:4:3
      |
    4 |   draft: true
      |   ^^^^^^^^^^^
      |
      = help: begin each key at the same column; a text that runs over two lines and holds a colon needs quotes
    "#);
    insta::assert_snapshot!(of_front("series:\n  name: x\n part: 1"), @r#"
    error[yaml]: the front matter has a line whose indentation does not fit
     --> content/essays/a.md:6:2
      |
    6 |  part: 1
      |  ^^^^^^^
      |
      = help: begin each key at the same column, and each `-` of a list
    "#);
    insta::assert_snapshot!(of_essay("---\n title: A\ndate: 2026-05-01\n---\n"), @r#"
    error[yaml]: the front matter has a line whose indentation does not fit
     --> content/essays/a.md:2:2
      |
    2 |  title: A
      |  ^^^^^^^^
      |
      = help: begin each key at the same column, and each `-` of a list
    "#);
}

#[test]
fn a_template_expression_wants_quotes() {
    insta::assert_snapshot!(of_front("summary: {{ title }}"), @r#"
    error[yaml]: the front matter has a key that is not a word
     --> content/essays/a.md:4:10
      |
    4 | summary: {{ title }}
      |          ^
      |
      = help: put the summary in quotes: `summary: "{{ title }}"`
    "#);
}

#[test]
fn a_stray_end_of_document_is_shown() {
    insta::assert_snapshot!(of_front("...\nmath: true"), @r#"
    error[yaml]: the front matter is ended by the line `...`
     --> content/essays/a.md:4:1
      |
    4 | ...
      | ^^^
      |
      = help: delete the line
    "#);
}

#[test]
fn a_backslash_in_double_quotes_is_explained() {
    insta::assert_snapshot!(of_front(r#"summary: "C:\dir""#), @r#"
    error[yaml]: the front matter has a backslash in double quotes that means nothing there
     --> content/essays/a.md:4:13
      |
    4 | summary: "C:\dir"
      |             ^
      |
      = help: write `\\` for a backslash, or put the value in single quotes
    "#);
}

#[test]
fn a_control_character_is_shown() {
    insta::assert_snapshot!(of_front("summary: be\u{7}ll"), @r#"
    error[yaml]: the front matter holds a control character
     --> content/essays/a.md:4:12
      |
    4 | summary: be␇ll
      |            ^
      |
      = help: delete it
    "#);
    insta::assert_snapshot!(of_front("summary: \"be\\u0007ll\""), @r#"
    error[control-character]: `summary` holds a control character (U+0007)
     --> content/essays/a.md:4:10
      |
    4 | summary: "be\u0007ll"
      |          ^^^^^^^^^^^^
      |
      = help: delete it
    "#);
}

#[test]
fn a_file_without_front_matter_is_told_how_to_begin() {
    insta::assert_snapshot!(of_essay("# Out of ports\n"), @r#"
    error[no-front-matter]: the file does not begin with front matter
    --> content/essays/a.md
     = help: begin it with these lines: `---`, `title: …`, `date: …`, `---`
    "#);
    insta::assert_snapshot!(of_essay(""), @r#"
    error[no-front-matter]: the file does not begin with front matter
    --> content/essays/a.md
     = help: begin it with these lines: `---`, `title: …`, `date: …`, `---`
    "#);
    insta::assert_snapshot!(of_essay("\n---\ntitle: A\ndate: 2026-05-01\n---\n"), @r#"
    error[no-front-matter]: the file does not begin with front matter
     --> content/essays/a.md:1:1
      |
    1 |
      | ^
      |
      = help: its first line must be `---` and nothing else, with no empty line before it
    "#);
}

#[test]
fn front_matter_that_is_never_closed_is_told_so() {
    insta::assert_snapshot!(of_essay("---\ntitle: A\ndate: 2026-05-01\n\nText.\n"), @r#"
    error[front-matter-open]: the front matter is never closed
     --> content/essays/a.md:1:1
      |
    1 | ---
      | ^^^
      |
      = help: end it with a line `---`
    "#);
}
