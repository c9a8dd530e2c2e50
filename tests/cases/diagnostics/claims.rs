//! Claims of a front matter that no passage states, and passages that don't say of which incident they speak.

use insta::assert_snapshot;

use crate::support::TestSite;

fn site(front: &str, body: &str) -> TestSite {
    TestSite::new().essay("a", front, body).incident("one", "title: One").incident("two", "title: Two")
}

#[test]
fn a_claim_about_the_only_incident_wants_a_passage() {
    let site = site("patterns: [lag, cascades]\nconcepts: [etto]\nincidents: one", "It came [late](pattern:lag).");
    assert_snapshot!(site.said(), @r"
    warning[claim-without-passage]: no passage shows what the tags say of `one`: `cascades`, `etto`
     --> content/essays/a.md:4:17
      |
    4 | patterns: [lag, cascades]
      |                 ^^^^^^^^
      |
      = help: mark the words that show it: `[words](pattern:cascades)`; or take the tag out
    ");
}

#[test]
fn a_tag_without_a_passage_is_no_claim_where_several_incidents_are_cited_or_none() {
    for front in ["patterns: lag\nincidents: [one, two]", "patterns: lag"] {
        assert!(site(front, "Words.").said().is_empty(), "{front}");
    }
}

#[test]
fn a_refusal_shows_nothing_and_a_general_remark_makes_no_claim() {
    let front = "patterns: lag\nincidents: one";
    let codes = |body: &str| -> Vec<&'static str> {
        site(front, body).build().diagnostics.iter().map(ninefold::diagnostic::Diagnostic::code).collect()
    };
    assert_eq!(codes("[None of it was late](pattern:lag?not)."), ["claim-without-passage"]);
    assert!(codes("[Being late](pattern:lag?in=none) is common.").is_empty());
}
