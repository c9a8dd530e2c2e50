//! What is never closed, cells that a table has no column for, and merges that were left unfinished are told where they begin.

use super::bodies::{body_with, said};
use crate::support::TestSite;

/// The code and place of each diagnostic on an essay, whose body begins in line 6.
fn told(front: &str, markdown: &str) -> Vec<String> {
    let said = TestSite::new().essay("a", front, markdown).said();
    let codes = said.lines().filter(|line| line.starts_with("warning[") || line.starts_with("error["));
    let places = said.lines().filter_map(|line| line.split_once("content/essays/a.md:"));
    codes
        .zip(places)
        .map(|(line, (_, place))| format!("{} {place}", line.split(':').next().unwrap_or_default()))
        .collect()
}

#[test]
fn a_block_of_code_that_is_never_closed_is_told_where_it_begins() {
    insta::assert_snapshot!(said("Text.\n\n````rust\nlet a = 1;\n```\n\n## Heading"), @"
    warning[open-fence]: a block of code is never closed: all that follows it is taken for code
     --> content/essays/a.md:8:1
      |
    8 | ````rust
      | ^^^^^^^^
      |
      = help: write ```` on a line of its own where it ends
    ");
    assert_eq!(told("", "> ~~~\n> a\n\nb"), ["warning[open-fence] 6:3"]);
    assert_eq!(told("", "- ```\n  a\n\nb"), ["warning[open-fence] 6:3"]);
    for closed in [
        "```\na\n```",
        "~~~\na\n~~~~\nb",
        "> ```\n> a\n> ```",
        "- a\n  ```\n  b\n  ```\n",
        "    indented",
        "```\n```",
        "````\n```\n````",
    ] {
        assert_eq!(told("", closed), [""; 0], "{closed}");
    }
}

#[test]
fn a_comment_or_an_element_that_is_never_closed_is_told_where_it_begins() {
    assert_eq!(told("", "Text.\n\n<!-- never\n\nMore."), ["error[open-html] 8:1"]);
    assert_eq!(told("", "Text <!-- not\n\nMore -->."), ["error[open-html] 6:6"]);
    assert_eq!(told("", "Text \\<!-- and `<!--` and <!-- whole\ncomment --> and a < b."), [""; 0]);
    assert_eq!(told("", "Text.\n\n<svg>\n\nMore."), ["error[open-html] 8:1"]);
    assert_eq!(told("", "Text.\n\n<details><summary>More</summary>\n\nMore."), ["warning[implied-end] 8:1"]);
}

#[test]
fn a_formula_that_is_never_closed_or_not_asked_for_is_told() {
    assert_eq!(told("math: true", "$$\nx\n\ny\n$$"), ["warning[open-math] 7:1"]);
    assert_eq!(told("math: true", "$$x$$ and $y$"), [""; 0]);
    assert_eq!(told("", "A formula: $$x$$."), ["warning[math-off] 6:12"]);
    assert_eq!(told("", "```math\nx\n```"), ["warning[math-off] 6:1"]);
    for text in ["It cost $5 or $$$.", "`$$x$$`", "The $$ of a shell."] {
        assert_eq!(told("", text), [""; 0], "{text}");
    }
    let page = body_with("math: true", "```math\nx^2\n```");
    assert!(page.starts_with("<p><math display=\"block\">") && page.contains("<msup>"), "{page}");
}

#[test]
fn cells_that_a_table_has_no_column_for_are_told() {
    insta::assert_snapshot!(said("| a | b |\n|---|---|\n| 1 | 2 | 3 | 4 |\n| 1 | 2 | |\n| 1 \\| 2 | 3 |"), @"
    warning[extra-cells]: the table has 2 columns: what stands beyond them is not shown
     --> content/essays/a.md:8:11
      |
    8 | | 1 | 2 | 3 | 4 |
      |           ^^^^^
      |
      = help: write `\\|` for a bar inside a cell, or give the table's head as many cells
    ");
    assert_eq!(told("", "> a | b\n> --|--\n> 1 | 2 | 3"), ["warning[extra-cells] 8:11"]);
}

#[test]
fn a_merge_that_was_left_unfinished_is_an_error() {
    let merge = "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> branch";
    assert!(told("", merge).contains(&"error[conflict-marker] 6:1".to_owned()), "{:?}", told("", merge));
    assert_eq!(told(&format!("summary: A\n{merge}"), "Text."), ["error[conflict-marker] 5:1"]);
    assert_eq!(told("", &format!("```\n{merge}\n```")), [""; 0]);
    let page = TestSite::new().file("content/essays/a.md", format!("{merge}\n---\ntitle: A\n---\n")).said();
    assert!(page.starts_with("error[conflict-marker]") && !page.contains("no-front-matter"), "{page}");
}
