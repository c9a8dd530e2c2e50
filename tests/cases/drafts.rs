//! Drafts of every kind: left out of a build with all that would tell of them, and taken in when they are asked for.

use crate::support::{TestSite, files};

fn site() -> TestSite {
    TestSite::new()
        .file("content/pages/plan.md", "---\ntitle: Secret plan\nmenu: 1\ndraft: true\n---\n\nNot yet.\n")
        .file("content/incidents/i.md", "---\ntitle: Secret outage\ndraft: true\npatterns: [lag]\n---\n")
        .file("content/concepts/c.md", "---\nname: Secret concept\ndefinition: A secret.\ndraft: true\n---\n")
        .essay("a", "draft: true", "Secret words.")
        .essay("b", "", "Words.")
}

#[test]
fn drafts_of_every_kind_are_left_out_until_they_are_asked_for() {
    let site = site();
    let built = site.build();
    assert_eq!(built.diagnostics.len(), 4, "{}", site.shown(&built.diagnostics));
    assert!(built.diagnostics.iter().all(|fault| fault.code() == "left-out"));
    for (path, bytes) in files(&site.out()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Secret"), "{path}");
    }
    let site = self::site().all();
    site.build();
    for url in ["/plan/", "/incidents/i/", "/essays/a/"] {
        assert!(site.has_page(url), "{url}");
    }
}

#[test]
fn a_name_of_a_draft_is_told() {
    let site = site().essay(
        "d",
        "incidents: [i]\nconcepts: [c]",
        "[It](incident:i) was [so](concept:c), see [plan](../pages/plan.md).\n\n## One {incident=i}",
    );
    insta::assert_snapshot!(site.said(), @r"
    note[left-out]: 4 times: a draft, or an essay dated after today, is left out (`--format json` lists them)

    error[unpublished-link]: the incident `i` is a draft, and is left out
     --> content/essays/d.md:4:13
      |
    4 | incidents: [i]
      |             ^
      |
      = help: publish it first, take its name out until then, or build with `--drafts`

    error[unpublished-link]: the concept `c` is a draft, and is left out
     --> content/essays/d.md:5:12
      |
    5 | concepts: [c]
      |            ^
      |
      = help: publish it first, take its name out until then, or build with `--drafts`

    error[unpublished-link]: “Secret outage” is a draft, so the link would lead nowhere
     --> content/essays/d.md:8:1
      |
    8 | [It](incident:i) was [so](concept:c), see [plan](../pages/plan.md).
      | ^^^^^^^^^^^^^^^^
      |
      = help: take the link out until it is published, or build with `--drafts`

    error[unpublished-link]: “Secret concept” is a draft, so the link would lead nowhere
     --> content/essays/d.md:8:22
      |
    8 | [It](incident:i) was [so](concept:c), see [plan](../pages/plan.md).
      |                      ^^^^^^^^^^^^^^^
      |
      = help: take the link out until it is published, or build with `--drafts`

    error[unpublished-link]: “Secret plan” is a draft, so the link would lead nowhere
     --> content/essays/d.md:8:43
      |
    8 | [It](incident:i) was [so](concept:c), see [plan](../pages/plan.md).
      |                                           ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: take the link out until it is published, or build with `--drafts`

    error[unpublished-link]: the incident `i` is a draft, and is left out
      --> content/essays/d.md:10:1
       |
    10 | ## One {incident=i}
       | ^^^^^^^^^^^^^^^^^^^
       |
       = help: publish it first, take its name out until then, or build with `--drafts`
    ");
}

#[test]
fn where_a_name_of_a_draft_is_let_through_nothing_of_it_is_shown() {
    let settings = "title: T\nbase_url: https://example.org\nsearch: false\nlints: {unpublished-link: warning}\n";
    let site = site().file("content/site.yaml", settings).essay(
        "d",
        "incidents: [i]\nconcepts: [c]\npatterns: [lag]",
        "[It](incident:i) was [late](pattern:lag?in=i), [so](concept:c).",
    );
    site.build();
    for (path, bytes) in files(&site.out()) {
        assert!(!String::from_utf8_lossy(&bytes).contains("Secret"), "{path}");
        assert!(!path.contains("incidents/i") && !path.contains("concepts/c"), "{path}");
    }
}
