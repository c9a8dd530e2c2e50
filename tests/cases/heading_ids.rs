//! Ids of headings by the rule that the settings name, and links to them.

use crate::support::TestSite;

fn site(ids: &str) -> TestSite {
    let text = format!("title: Test\nbase_url: https://example.org\nsearch: false\nids: {ids}\n");
    TestSite::new().file("content/site.yaml", text)
}

const BODY: &str = "## What's new & old?\n\n## \u{dc}ber uns\n\n## Own {#mine}\n\n## Same\n\n## Same\n\n[a](#whats-new--old) [b](#%C3%BCber-uns) [c](#mine) [d](#same-1)";

fn ids(site: &TestSite) -> Vec<String> {
    let body = site.body("/essays/a/");
    body.split("<h2 id=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned())).collect()
}

#[test]
fn the_settings_name_the_rule_of_ids() {
    let site = site("github").essay("a", "", BODY);
    site.build();
    assert_eq!(ids(&site), ["whats-new--old", "\u{fc}ber-uns", "mine", "same", "same-1"]);
    // The same build after the rule changed makes what a first one does.
    site.write("content/site.yaml", "title: Test\nbase_url: https://example.org\nsearch: false\n");
    site.build();
    assert_eq!(ids(&site), ["what-s-new-old", "uber-uns", "mine", "same", "same-2"]);
    assert!(site.body("/essays/a/").contains("href=\"#same-2\""));
}

#[test]
fn another_rule_is_told() {
    insta::assert_snapshot!(site("gitlab").essay("a", "", "A.").said(), @r"
    error[unknown-word]: `ids` can't be `gitlab`
     --> content/site.yaml:4:6
      |
    4 | ids: gitlab
      |      ^^^^^^
      |
      = help: use one of plain, github
    ");
}

#[test]
fn a_link_that_means_a_long_id_says_part_of_it() {
    let long = format!("## a{}b", "-".repeat(81));
    let site = site("github").essay("a", "", &format!("{long}\n\n[x](#ab)"));
    insta::assert_snapshot!(site.said().replace(&"-".repeat(81), "-81-"), @r"");
    let site = self::site("github").essay("a", "", &format!("{}\n\n[x](#ab)", long.replacen('-', "", 3)));
    assert_eq!(site.said(), "");
}
