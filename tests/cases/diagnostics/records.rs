//! Records of incidents, concepts and patterns.

use crate::support::TestSite;

#[test]
fn a_comma_in_a_duration_groups_thousands_and_what_is_unclear_is_refused() {
    let site = TestSite::new().incident("a", "title: A\nduration: 1,440 min");
    assert_eq!(site.view("/incidents/a/")["data"]["incident"]["lasted"]["seconds"], 86_400);
    let site = site.incident("a", "title: A\nduration: 1.440 min");
    insta::assert_snapshot!(site.said(), @r#"
    error[bad-duration]: `duration`: `1.440 min` has a number that can be read in two ways
     --> content/incidents/a.md:3:11
      |
    3 | duration: 1.440 min
      |           ^^^^^^^^^
      |
      = help: write a whole number without a sign in it, `1440 min`, or a fraction of one or two digits, `1.5 h`
    "#);
}

#[test]
fn a_date_in_words_is_an_error_with_its_place_in_every_field() {
    let site = TestSite::new().incident(
        "a",
        "title: A\ntimes: {started: 30-May-2026, detected: 2026-May-30, mitigated: mid-2026-ish, resolved: 31-May-2026}\n\
         timeline: [{at: 30-05-2026, text: x}]\nsources: [{kind: report, title: X, published: 01-Jun-2026}]",
    );
    insta::assert_snapshot!(site.said(), @r#"
    error[bad-date]: `started`: `30-May-2026` is not a date
     --> content/incidents/a.md:3:18
      |
    3 | times: {started: 30-May-2026, detected: 2026-May-30, mitigated: mid-2026-ish, resolved: 31-May-2026}
      |                  ^^^^^^^^^^^
      |
      = help: write `2026-05-30`

    error[bad-date]: `detected`: `2026-May-30` is not a date
     --> content/incidents/a.md:3:41
      |
    3 | times: {started: 30-May-2026, detected: 2026-May-30, mitigated: mid-2026-ish, resolved: 31-May-2026}
      |                                         ^^^^^^^^^^^
      |
      = help: write `2026-05-30`

    error[bad-date]: `mitigated`: `mid-2026-ish` is not a date
     --> content/incidents/a.md:3:65
      |
    3 | times: {started: 30-May-2026, detected: 2026-May-30, mitigated: mid-2026-ish, resolved: 31-May-2026}
      |                                                                 ^^^^^^^^^^^^
      |
      = help: write `2026-04-30`, with its time and zone `2026-04-30T18:35Z`, or less if less is known: `2026-04`, `2026`

    error[bad-date]: `resolved`: `31-May-2026` is not a date
     --> content/incidents/a.md:3:89
      |
    3 | times: {started: 30-May-2026, detected: 2026-May-30, mitigated: mid-2026-ish, resolved: 31-May-2026}
      |                                                                                         ^^^^^^^^^^^
      |
      = help: write `2026-05-31`

    error[bad-date]: `at`: `30-05-2026` is not a date
     --> content/incidents/a.md:4:17
      |
    4 | timeline: [{at: 30-05-2026, text: x}]
      |                 ^^^^^^^^^^
      |
      = help: write `2026-05-30`

    error[bad-date]: `published`: `01-Jun-2026` is not a date
     --> content/incidents/a.md:5:47
      |
    5 | sources: [{kind: report, title: X, published: 01-Jun-2026}]
      |                                               ^^^^^^^^^^^
      |
      = help: write `2026-06-01`
    "#);
}

#[test]
fn an_incident_is_checked_key_by_key() {
    let site = TestSite::new().incident(
        "a",
        "title: A\ntimes: {started: 2017-02, resolved: 2016}\nduration: a while\nsources:\n- {kind: blog, title: X, url: \"ftp://x\"}\n- {title: Y}\n\
         related: [{id: b, type: like}]\ntimeline:\n- {at: 2017, kind: fix, text: x}\n- {text: y}\npatterns: [lagg]",
    );
    insta::assert_snapshot!(site.said(), @r#"
    error[ends-before-start]: `resolved` is before `started`
     --> content/incidents/a.md:3:37
      |
    3 | times: {started: 2017-02, resolved: 2016}
      |                                     ^^^^

    error[bad-duration]: `duration`: `a while` is not a duration
     --> content/incidents/a.md:4:11
      |
    4 | duration: a while
      |           ^^^^^^^
      |
      = help: write `73 h`, `1 h 30 min` or `about 90 min`

    error[unknown-word]: `kind` can't be `blog`
     --> content/incidents/a.md:6:10
      |
    6 | - {kind: blog, title: X, url: "ftp://x"}
      |          ^^^^
      |
      = help: use one of official, status-page, report, talk, commentary, news, link

    error[bad-url]: `url`: `ftp://x` is not a web address
     --> content/incidents/a.md:6:31
      |
    6 | - {kind: blog, title: X, url: "ftp://x"}
      |                               ^^^^^^^^^
      |
      = help: begin it with https:// and leave no spaces

    error[missing-key]: an entry of `sources` has no `kind`
     --> content/incidents/a.md:7:3
      |
    7 | - {title: Y}
      |   ^^^^^^^^^^
      |
      = help: add a line `kind: …`

    error[unknown-incident]: there is no incident `b`
     --> content/incidents/a.md:8:16
      |
    8 | related: [{id: b, type: like}]
      |                ^
      |
      = help: create it with `ninefold new incident b`

    error[unknown-word]: `type` can't be `like`
     --> content/incidents/a.md:8:25
      |
    8 | related: [{id: b, type: like}]
      |                         ^^^^
      |
      = help: use one of similar, sequel, same-system, contrast

    error[unknown-word]: `kind` can't be `fix`
      --> content/incidents/a.md:10:20
       |
    10 | - {at: 2017, kind: fix, text: x}
       |                    ^^^
       |
       = help: use one of change, symptom, detection, diagnosis, action, recovery, communication

    error[missing-key]: an entry of `timeline` has no `at`
      --> content/incidents/a.md:11:3
       |
    11 | - {text: y}
       |   ^^^^^^^^^
       |
       = help: add a line `at: …`

    error[unknown-pattern]: there is no pattern `lagg`
      --> content/incidents/a.md:12:12
       |
    12 | patterns: [lagg]
       |            ^^^^
       |
       = help: did you mean `lag`?
    "#);
}

#[test]
fn a_concept_needs_its_name_and_definition() {
    let site = TestSite::new().file("content/concepts/drift.md", "---\nrelated: [drift-into-failur]\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[missing-key]: the front matter of a concept has no `definition`
    --> content/concepts/drift.md
     = help: add a line `definition: …`

    error[missing-key]: the front matter of a concept has no `name`
    --> content/concepts/drift.md
     = help: add a line `name: …`

    error[unknown-concept]: there is no concept `drift-into-failur`
     --> content/concepts/drift.md:2:11
      |
    2 | related: [drift-into-failur]
      |           ^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `drift-into-failure`?
      = help: create it with `ninefold new concept drift-into-failur`
    "#);
}

#[test]
fn a_record_without_front_matter_is_told_its_own_keys() {
    let site = TestSite::new().file("content/concepts/drift.md", "Drift.").file("content/incidents/a.md", "A.");
    insta::assert_snapshot!(site.said(), @r#"
    error[no-front-matter]: the file does not begin with front matter
    --> content/concepts/drift.md
     = help: begin it with these lines: `---`, `name: …`, `definition: …`, `---`

    error[no-front-matter]: the file does not begin with front matter
    --> content/incidents/a.md
     = help: begin it with these lines: `---`, `title: …`, `---`
    "#);
}

#[test]
fn there_is_no_tenth_pattern() {
    let site = TestSite::new().file("content/patterns/entropy.md", "---\nname: Entropy\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[unknown-pattern]: there is no pattern `entropy`
    --> content/patterns/entropy.md
     = help: the nine are congestion, cascades, conflicts, saturation, lag, friction, tempos, surprises, tangles
     = help: the list of nine is closed; a concept goes into `content/concepts/`
    "#);
}

#[test]
fn a_look_alike_is_one_of_the_nine() {
    let site = TestSite::new()
        .file("content/patterns/lag.md", "---\nlook_alikes:\n- {id: saturated, difference: Full is not late.}\n---\n");
    insta::assert_snapshot!(site.said(), @r#"
    error[unknown-pattern]: there is no pattern `saturated`
     --> content/patterns/lag.md:3:8
      |
    3 | - {id: saturated, difference: Full is not late.}
      |        ^^^^^^^^^
      |
      = help: did you mean `saturation`?
    "#);
}

#[test]
fn a_time_of_an_event_that_cannot_be_is_an_error_that_says_what_to_write() {
    let site = TestSite::new().incident(
        "a",
        "title: A\ntimeline:\n- {at: 2026-02-02T18:40Z/18:05, text: x}\n- {at: 2026-02-02/, text: x}\n- {at: about 2017, text: x}\n\
         - {at: 2017 to 2018, text: x}\n- {at: unknown, text: x}\n- {at: unstated, about: true, text: x}\n- {at: 2017, about: yes, text: x}",
    );
    insta::assert_snapshot!(site.said(), @r#"
    error[bad-date]: `at`: `2026-02-02T18:40Z/18:05` ends before it begins
     --> content/incidents/a.md:4:8
      |
    4 | - {at: 2026-02-02T18:40Z/18:05, text: x}
      |        ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write the earlier end first; an end on another day needs its date

    error[bad-date]: `at`: `2026-02-02/` is not a date
     --> content/incidents/a.md:5:8
      |
    5 | - {at: 2026-02-02/, text: x}
      |        ^^^^^^^^^^^
      |
      = help: write `2026-02-02`

    error[bad-date]: `at`: `about 2017` is not a date
     --> content/incidents/a.md:6:8
      |
    6 | - {at: about 2017, text: x}
      |        ^^^^^^^^^^
      |
      = help: write `at: 2017` and a line `about: true`

    error[bad-date]: `at`: `2017 to 2018` is not a date
     --> content/incidents/a.md:7:8
      |
    7 | - {at: 2017 to 2018, text: x}
      |        ^^^^^^^^^^^^
      |
      = help: write `2017/2018`

    error[bad-date]: `at`: `unknown` is not a date
     --> content/incidents/a.md:8:8
      |
    8 | - {at: unknown, text: x}
      |        ^^^^^^^
      |
      = help: write `2026-04-30`, with its time and zone `2026-04-30T18:35Z`, or less if less is known: `2026-04`, `2026`; a span is `2026-04-30T18:35Z/19:10`; where no time is stated, `unstated`

    error[bad-date]: `about: true` stands beside no time
     --> content/incidents/a.md:9:8
      |
    9 | - {at: unstated, about: true, text: x}
      |        ^^^^^^^^
      |
      = help: write the time that the source gives, or delete `about`

    error[wrong-type]: `about` must be true or false, not text
      --> content/incidents/a.md:10:21
       |
    10 | - {at: 2017, about: yes, text: x}
       |                     ^^^
       |
       = help: use true or false: `about: true`
    "#);
}

#[test]
fn sources_and_concepts_of_entries_must_be_there() {
    let site = TestSite::new().concept("handover", "What one shift tells the next.").incident(
        "a",
        "title: A\nsources: [{key: pm, kind: report, title: X}, {key: pm, kind: news, title: Y}, {kind: news, title: Calls fail}]\n\
         timeline: [{at: 2017, text: x, source: pn}]\nheld:\n- {text: x, concept: handovr, source: [Calls fails]}\n- {concept: handover}\n- null\n\
         disputes: [{text: x, concept: handover}]",
    );
    insta::assert_snapshot!(site.said(), @r##"
    error[unknown-key]: an entry of `disputes` has no key `concept`
     --> content/incidents/a.md:9:22
      |
    9 | disputes: [{text: x, concept: handover}]
      |                      ^^^^^^^
      |
      = help: known here: text, source

    error[duplicate-source]: two sources have the key `pm`
     --> content/incidents/a.md:3:52
      |
    3 | sources: [{key: pm, kind: report, title: X}, {key: pm, kind: news, title: Y}, {kind: news, title: Calls fail}]
      |                                                    ^^
      |
      = help: give each a key of its own

    error[unknown-source]: this record has no source `pn`
     --> content/incidents/a.md:4:40
      |
    4 | timeline: [{at: 2017, text: x, source: pn}]
      |                                        ^^
      |
      = help: did you mean `pm`?

    error[unknown-concept]: there is no concept `handovr`
     --> content/incidents/a.md:6:22
      |
    6 | - {text: x, concept: handovr, source: [Calls fails]}
      |                      ^^^^^^^
      |
      = help: did you mean `handover`?
      = help: create it with `ninefold new concept handovr`

    error[unknown-source]: this record has no source `Calls fails`
     --> content/incidents/a.md:6:40
      |
    6 | - {text: x, concept: handovr, source: [Calls fails]}
      |                                        ^^^^^^^^^^^
      |
      = help: did you mean `Calls fail`?

    error[missing-key]: an entry of `held` has no `text`
     --> content/incidents/a.md:7:3
      |
    7 | - {concept: handover}
      |   ^^^^^^^^^^^^^^^^^^^
      |
      = help: add a line `text: …`

    error[wrong-type]: `held` has no value
     --> content/incidents/a.md:8:3
      |
    8 | - null
      |   ^^^^
      |
      = help: write one, or delete the line
      = help: as a word it needs quotes: `held: "null"`
    "##);
}
