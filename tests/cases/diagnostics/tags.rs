//! Patterns, concepts and incidents that an essay names and that are not there.

use super::of_front;
use crate::support::TestSite;

#[test]
fn an_unknown_pattern_in_a_wrapped_list_is_shown_on_its_own_line() {
    insta::assert_snapshot!(of_front("patterns: [lag,\n  cascade,\n  entropy]"), @r#"
    error[unknown-pattern]: there is no pattern `cascade`
     --> content/essays/a.md:5:3
      |
    5 |   cascade,
      |   ^^^^^^^
      |
      = help: did you mean `cascades`?

    error[unknown-pattern]: there is no pattern `entropy`
     --> content/essays/a.md:6:3
      |
    6 |   entropy]
      |   ^^^^^^^
      |
      = help: the nine are congestion, cascades, conflicts, saturation, lag, friction, tempos, surprises, tangles
    "#);
    insta::assert_snapshot!(of_front("patterns:\n- lag\n- Lag"), @r#"
    error[unknown-pattern]: there is no pattern `Lag`
     --> content/essays/a.md:6:3
      |
    6 | - Lag
      |   ^^^
      |
      = help: did you mean `lag`?
    "#);
}

#[test]
fn an_unknown_concept_is_shown_with_the_nearest_and_the_command_that_makes_it() {
    insta::assert_snapshot!(of_front("concepts: [mobilizing-resources, ETTO, slow drift]"), @r#"
    error[unknown-concept]: there is no concept `mobilizing-resources`
     --> content/essays/a.md:4:12
      |
    4 | concepts: [mobilizing-resources, ETTO, slow drift]
      |            ^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `mobilising-resources`?
      = help: create it with `ninefold new concept mobilizing-resources`

    error[unknown-concept]: there is no concept `ETTO`
     --> content/essays/a.md:4:34
      |
    4 | concepts: [mobilizing-resources, ETTO, slow drift]
      |                                  ^^^^
      |
      = help: did you mean `etto`?

    error[unknown-concept]: there is no concept `slow drift`
     --> content/essays/a.md:4:40
      |
    4 | concepts: [mobilizing-resources, ETTO, slow drift]
      |                                        ^^^^^^^^^^
      |
      = help: a name is made of lower-case letters, digits and dashes: `slow-drift`
    "#);
}

#[test]
fn an_unknown_incident_is_shown_with_the_command_that_makes_it() {
    let site = TestSite::new().incident("bluesky-2026-04", "title: Bluesky");
    let site = site.essay("a", "incidents: [bluesky-2026-4, roblox-2021]", "Text.");
    insta::assert_snapshot!(site.said(), @r#"
    error[unknown-incident]: there is no incident `bluesky-2026-4`
     --> content/essays/a.md:4:13
      |
    4 | incidents: [bluesky-2026-4, roblox-2021]
      |             ^^^^^^^^^^^^^^
      |
      = help: did you mean `bluesky-2026-04`?
      = help: create it with `ninefold new incident bluesky-2026-4`

    error[unknown-incident]: there is no incident `roblox-2021`
     --> content/essays/a.md:4:29
      |
    4 | incidents: [bluesky-2026-4, roblox-2021]
      |                             ^^^^^^^^^^^
      |
      = help: create it with `ninefold new incident roblox-2021`
    "#);
}
