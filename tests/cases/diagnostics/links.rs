//! Links that lead nowhere, and what may have been meant.

use super::of_body;
use crate::support::TestSite;

#[test]
fn a_file_that_is_not_there_is_shown_with_the_nearest() {
    let site = TestSite::new().essay("grow-fast", "", "Text.").essay(
        "b",
        "",
        "See [it](grow-fats.md).\n\n[Lag](../patterns/lagg.md)",
    );
    insta::assert_snapshot!(site.said(), @r#"
    error[broken-link]: there is no file `content/essays/grow-fats.md`
     --> content/essays/b.md:6:5
      |
    6 | See [it](grow-fats.md).
      |     ^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `grow-fast.md`?
      = help: create it with `ninefold new essay grow-fats`, and publish it: it begins as a draft

    error[broken-link]: there is no file `content/patterns/lagg.md`
     --> content/essays/b.md:8:1
      |
    8 | [Lag](../patterns/lagg.md)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `../patterns/lag.md`?
    "#);
}

#[test]
fn a_file_without_its_ending_is_found_out() {
    let site = TestSite::new().essay("grow-fast", "", "Text.").essay("b", "", "See [it](grow-fast).");
    insta::assert_snapshot!(site.said(), @r#"
    error[broken-link]: there is no file `content/essays/grow-fast`
     --> content/essays/b.md:6:5
      |
    6 | See [it](grow-fast).
      |     ^^^^^^^^^^^^^^^
      |
      = help: did you mean `grow-fast.md`?
    "#);
}

#[test]
fn an_essay_that_is_yet_to_be_written_can_be_made() {
    insta::assert_snapshot!(of_body("See [more](limits-of-growth.md) and [this](Big%20Plans.md)."), @r#"
    error[broken-link]: there is no file `content/essays/limits-of-growth.md`
     --> content/essays/a.md:6:5
      |
    6 | See [more](limits-of-growth.md) and [this](Big%20Plans.md).
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: create it with `ninefold new essay limits-of-growth`, and publish it: it begins as a draft

    error[broken-link]: there is no file `content/essays/Big Plans.md`
     --> content/essays/a.md:6:37
      |
    6 | See [more](limits-of-growth.md) and [this](Big%20Plans.md).
      |                                     ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a name is made of lower-case letters, digits and dashes: `big-plans`
    "#);
}

#[test]
fn a_picture_that_is_not_there_is_told_where_pictures_go() {
    insta::assert_snapshot!(of_body("![Ports](ports.png)"), @r#"
    error[broken-link]: there is no file `content/essays/ports.png`
     --> content/essays/a.md:6:1
      |
    6 | ![Ports](ports.png)
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: put the picture beside the essay's `index.md`, or in `static/`
    "#);
}

#[test]
fn a_link_out_of_the_site_is_told() {
    insta::assert_snapshot!(of_body("[Secret](../../../etc/passwd)"), @r#"
    error[broken-link]: `../../../etc/passwd` leads out of the site
     --> content/essays/a.md:6:1
      |
    6 | [Secret](../../../etc/passwd)
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to a file below `content/`, or to a whole web address
    "#);
}

#[test]
fn an_anchor_that_is_not_there_is_shown_with_the_nearest_or_with_some() {
    let body = "[One](#limts), [two](b.md#nothing), [three](a.md#x).\n\n## Limits\n\nText.";
    let site = TestSite::new().essay("a", "", body).essay("b", "", "No headings.");
    insta::assert_snapshot!(site.said(), @r#"
    error[broken-anchor]: `content/essays/a.md` has no heading or passage `#limts`
     --> content/essays/a.md:6:1
      |
    6 | [One](#limts), [two](b.md#nothing), [three](a.md#x).
      | ^^^^^^^^^^^^^
      |
      = help: did you mean `#limits`?

    error[broken-anchor]: `content/essays/b.md` has no heading or passage `#nothing`
     --> content/essays/a.md:6:16
      |
    6 | [One](#limts), [two](b.md#nothing), [three](a.md#x).
      |                ^^^^^^^^^^^^^^^^^^^
      |
      = help: it has no headings; leave the anchor out

    error[broken-anchor]: `content/essays/a.md` has no heading or passage `#x`
     --> content/essays/a.md:6:37
      |
    6 | [One](#limts), [two](b.md#nothing), [three](a.md#x).
      |                                     ^^^^^^^^^^^^^^^
      |
      = help: it has #limits
    "#);
}

#[test]
fn an_address_that_nothing_has_is_told() {
    insta::assert_snapshot!(of_body("[One](/esays/), [two](/nowhere/at/all/), [three](/patterns/#lag)."), @r#"
    error[broken-link]: nothing is at `/esays/`
     --> content/essays/a.md:6:1
      |
    6 | [One](/esays/), [two](/nowhere/at/all/), [three](/patterns/#lag).
      | ^^^^^^^^^^^^^^
      |
      = help: did you mean `/essays/`?

    error[broken-link]: nothing is at `/nowhere/at/all/`
     --> content/essays/a.md:6:17
      |
    6 | [One](/esays/), [two](/nowhere/at/all/), [three](/patterns/#lag).
      |                 ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: link to a file instead: `[words](other-essay.md)`

    error[broken-anchor]: `/patterns/` has no heading `#lag`
     --> content/essays/a.md:6:42
      |
    6 | [One](/esays/), [two](/nowhere/at/all/), [three](/patterns/#lag).
      |                                          ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: leave the anchor out
    "#);
}

#[test]
fn a_name_in_a_scheme_of_ours_must_exist() {
    insta::assert_snapshot!(of_body("[One](pattern:lagg)\n\n[Two](concept:etoo)\n\n[Three](incident:bluesky)"), @r#"
    error[unknown-pattern]: there is no pattern `lagg`
     --> content/essays/a.md:6:1
      |
    6 | [One](pattern:lagg)
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `lag`?

    error[unknown-concept]: there is no concept `etoo`
     --> content/essays/a.md:8:1
      |
    8 | [Two](concept:etoo)
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `etto`?
      = help: create it with `ninefold new concept etoo`

    error[unknown-incident]: there is no incident `bluesky`
      --> content/essays/a.md:10:1
       |
    10 | [Three](incident:bluesky)
       | ^^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: create it with `ninefold new incident bluesky`
    "#);
}

#[test]
fn a_scheme_that_runs_code_is_refused() {
    insta::assert_snapshot!(of_body("[One](javascript:alert(1)) and [two](DATA:text/html,x)."), @r#"
    error[refused-link]: a link can't use `javascript:`
     --> content/essays/a.md:6:1
      |
    6 | [One](javascript:alert(1)) and [two](DATA:text/html,x).
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: use `https:`, `mailto:`, `tel:` or the like, or our own `pattern:`, `concept:`, `incident:`

    error[refused-link]: a link can't use `data:`
     --> content/essays/a.md:6:32
      |
    6 | [One](javascript:alert(1)) and [two](DATA:text/html,x).
      |                                ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: use `https:`, `mailto:`, `tel:` or the like, or our own `pattern:`, `concept:`, `incident:`
    "#);
}

#[test]
fn a_link_to_nothing_is_told() {
    insta::assert_snapshot!(of_body("See [this]()."), @r#"
    error[empty-link]: the link leads nowhere
     --> content/essays/a.md:6:5
      |
    6 | See [this]().
      |     ^^^^^^^^
      |
      = help: write where it leads between the round brackets
    "#);
}

#[test]
fn a_wikilink_must_mean_one_thing() {
    let site = TestSite::new()
        .essay("grow-fast", "", "Text.")
        .essay("b", "", "[[grow-fasst]]\n\n[[never-written]]\n\n[[An unknown title]]\n\n[[about]]")
        .file("content/pages/about.md", "---\ntitle: About\n---\n")
        .essay("about", "", "Text.");
    insta::assert_snapshot!(site.said(), @r#"
    error[broken-link]: no file and no title is `grow-fasst`
     --> content/essays/b.md:6:1
      |
    6 | [[grow-fasst]]
      | ^^^^^^^^^^^^^^
      |
      = help: did you mean `grow-fast`?

    error[broken-link]: no file and no title is `never-written`
     --> content/essays/b.md:8:1
      |
    8 | [[never-written]]
      | ^^^^^^^^^^^^^^^^^
      |
      = help: create it with `ninefold new essay never-written`, and publish it: it begins as a draft

    error[broken-link]: no file and no title is `An unknown title`
      --> content/essays/b.md:10:1
       |
    10 | [[An unknown title]]
       | ^^^^^^^^^^^^^^^^^^^^
       |
       = help: write the name of a file, or a title

    error[ambiguous-link]: `about` can mean `content/essays/about.md` or `content/pages/about.md`
      --> content/essays/b.md:12:1
       |
    12 | [[about]]
       | ^^^^^^^^^
       |
       = help: link to the file you mean: `[words](name.md)`
    "#);
}
