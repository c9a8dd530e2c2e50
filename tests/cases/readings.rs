//! Who sees which pattern in which incident: every claim shown is one that somebody made.

use serde_json::Value;

use crate::support::TestSite;

/// A site with three incidents and one essay that cites those named in its front matter.
fn site(incidents: &str, body: &str) -> TestSite {
    let front = if incidents.is_empty() { String::new() } else { format!("incidents: [{incidents}]") };
    with_incidents().essay("a", &front, body)
}

fn with_incidents() -> TestSite {
    let site = TestSite::new().concept("slack", "Room to act.");
    ["one", "two", "three"].iter().fold(site, |site, id| site.incident(id, &format!("title: {id}")))
}

/// What is said of an incident: `lag` for a passage, `lag?` for a tag without one, `not lag` for a refusal, `lag!` for the
/// record, `lag*` where it is contested.
fn readings(site: &TestSite, incident: &str) -> String {
    let view = site.view(&format!("/incidents/{incident}/"));
    let groups = view["data"]["readings"].as_array().expect("readings").clone();
    let words = |passages: &Value| -> Vec<String> {
        let groups = passages.as_array().expect("groups").iter();
        let all = groups.flat_map(|group| group["passages"].as_array().expect("passages").clone());
        all.map(|passage| passage["quote"]["words"].as_str().expect("words").to_owned()).collect()
    };
    let line = |group: &Value| {
        let id = group["tag"]["id"].as_str().expect("an id");
        let mut said: Vec<String> = Vec::new();
        if group["by_record"] == true {
            said.push(format!("{id}!"));
        }
        said.extend(words(&group["passages"]).iter().map(|words| format!("{id} ({words})")));
        said.extend(group["tagged"].as_array().expect("essays").iter().map(|_| format!("{id}?")));
        said.extend(words(&group["refusals"]).iter().map(|words| format!("not {id} ({words})")));
        if group["contested"] == true {
            said.push(format!("{id}*"));
        }
        said.join(", ")
    };
    groups.iter().map(line).collect::<Vec<_>>().join("; ")
}

fn all(site: &TestSite) -> [String; 3] {
    ["one", "two", "three"].map(|incident| readings(site, incident))
}

#[test]
fn the_link_of_a_passage_says_of_which_incident_it_speaks() {
    let made = site("one, two", "It [came late](pattern:lag?in=one) beside [it](incident:two).");
    assert_eq!(all(&made), ["lag (came late)", "", ""]);
    let made = site("one, two", "It [came late](pattern:lag?in=one,two), [slow](concept:slack?in=two).");
    assert_eq!(all(&made), ["lag (came late)", "lag (came late); slack (slow)", ""]);
    let made = site("one", "Mostly it [comes late](pattern:lag?in=none).");
    assert_eq!(all(&made), ["", "", ""]);
}

#[test]
fn an_incident_that_a_passage_names_is_cited() {
    let made = site("one", "It [came late](pattern:lag?in=three).");
    assert_eq!(all(&made), ["", "", "lag (came late)"]);
    assert_eq!(made.view("/essays/a/")["data"]["incidents"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_block_that_links_one_incident_speaks_of_it() {
    for link in ["[it](incident:two)", "[it](../incidents/two.md)", "[[two]]", "[it](/incidents/two/)"] {
        let made =
            site("one, two", &format!("It [came late](pattern:lag) in {link}, and {link} [again](pattern:friction)."));
        assert_eq!(all(&made), ["", "lag (came late); friction (again)", ""], "{link}");
    }
    let made = site("one, two", "- [Late](pattern:lag) in [it](incident:two).\n- [Stuck](pattern:friction).");
    assert_eq!(all(&made), ["", "lag (Late)", ""]);
}

#[test]
fn the_nearest_section_that_says_so_or_links_one_incident_decides() {
    let body = "## Both {incident=three}\n\n[It](incident:one) and [it](incident:two).\n\n### Monday {#monday incident=one}\n\n\
                They [waited](pattern:lag).\n\n### Tuesday\n\nThey [waited on](pattern:lag). See [it](incident:two).\n\nThen [more](pattern:friction).\n\n\
                ### Wednesday\n\nAnd [jammed](pattern:congestion).\n\n## Elsewhere\n\nAll [jam](pattern:congestion).";
    let made = site("one, two, three", body);
    assert_eq!(all(&made), ["lag (waited)", "lag (waited on); friction (more)", "congestion (jammed)"]);
}

#[test]
fn a_section_is_a_passage_of_the_incident_it_speaks_of() {
    let made = site(
        "one, two",
        "## Slow {pattern=lag incident=two}\n\nThey waited.\n\n## Stuck {pattern=friction}\n\nThey were.",
    );
    assert_eq!(all(&made), ["", "lag ()", ""]);
}

#[test]
fn the_only_incident_of_an_essay_is_the_one_it_speaks_of() {
    let made = site("two", "They [waited](pattern:lag).");
    assert_eq!(all(&made), ["", "lag (waited)", ""]);
    let made = site("one, two", "They [waited](pattern:lag).");
    assert_eq!(all(&made), ["", "", ""]);
}

#[test]
fn a_tag_without_a_passage_is_a_claim_only_of_an_essay_on_one_incident() {
    let tagged = |incidents: &str| {
        let front = format!("incidents: [{incidents}]\npatterns: [lag, tangles]\nconcepts: [slack]");
        with_incidents().essay("a", &front, "They [waited](pattern:lag), as one [does](pattern:friction?in=none).")
    };
    assert_eq!(all(&tagged("two")), ["", "lag (waited); tangles?; slack?", ""]);
    assert_eq!(all(&tagged("one, two")), ["", "", ""]);
}

#[test]
fn a_refusal_is_a_reading_and_no_evidence() {
    let made = site("two", "[No step set off the next](pattern:cascades?not), but they [waited](pattern:lag).");
    assert_eq!(all(&made), ["", "not cascades (No step set off the next); lag (waited)", ""]);
    assert_eq!(made.view("/patterns/cascades/")["data"]["passage_count"], 0);
    assert_eq!(made.view("/essays/a/")["data"]["essay"]["patterns"].as_array().map(Vec::len), Some(1));
    assert_eq!(made.view("/patterns/cascades/")["data"]["incident_count"], 0);
}

#[test]
fn yes_and_no_are_contested_wherever_the_incident_stands() {
    let made = site("two", "[No step set off the next](pattern:cascades?not).").essay(
        "b",
        "incidents: [two]",
        "Each [set off the next](pattern:cascades).",
    );
    assert_eq!(
        readings(&made, "two"),
        "cascades (set off the next), not cascades (No step set off the next), cascades*"
    );
    let card = &made.view("/patterns/cascades/")["data"]["incidents"][0];
    assert_eq!((&card["id"], &card["contested"]), (&Value::from("two"), &Value::from(true)));
    let cell = &made.view("/")["data"]["matrix"]["rows"][0]["cells"][1];
    assert_eq!((&cell["essays"], &cell["refusals"], &cell["contested"]), (&1.into(), &1.into(), &true.into()));
    let site = TestSite::new().incident("two", "title: two\npatterns: cascades").essay(
        "a",
        "incidents: two",
        "[No step set off the next](pattern:cascades?not&in=two).",
    );
    assert_eq!(readings(&site, "two"), "cascades!, not cascades (No step set off the next), cascades*");
}

#[test]
fn an_incident_that_is_not_there_is_an_error_with_the_nearest_name() {
    let made = site("", "It [came late](pattern:lag?in=thre).\n\n## Monday {incident=tow}\n\nx");
    insta::assert_snapshot!(made.said(), @r#"
    error[unknown-incident]: there is no incident `thre`
     --> content/essays/a.md:6:4
      |
    6 | It [came late](pattern:lag?in=thre).
      |    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `three`?
      = help: create it with `ninefold new incident thre`

    error[unknown-incident]: there is no incident `tow`
     --> content/essays/a.md:8:1
      |
    8 | ## Monday {incident=tow}
      | ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `two`?
      = help: create it with `ninefold new incident tow`
    "#);
}

#[test]
fn terms_that_no_reference_has_are_errors() {
    let made = site(
        "",
        "[a](pattern:lag?inn=one) [b](concept:slack?in=) [c](pattern:lag?no)\n\n## Monday {incident=\"\"}\n\nx",
    );
    insta::assert_snapshot!(made.said(), @r#"
    error[unknown-term]: a reference can't say `inn=one`
     --> content/essays/a.md:6:1
      |
    6 | [a](pattern:lag?inn=one) [b](concept:slack?in=) [c](pattern:lag?no)
      | ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write `?in=ID`, the incident that the words speak of

    error[unknown-term]: no incident is named
     --> content/essays/a.md:6:26
      |
    6 | [a](pattern:lag?inn=one) [b](concept:slack?in=) [c](pattern:lag?no)
      |                          ^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: write their ids with commas, or `none` for a general remark

    error[unknown-term]: a reference can't say `no`
     --> content/essays/a.md:6:49
      |
    6 | [a](pattern:lag?inn=one) [b](concept:slack?in=) [c](pattern:lag?no)
      |                                                 ^^^^^^^^^^^^^^^^^^^
      |
      = help: did you mean `?not`?

    error[unknown-incident]: there is no incident `""`
     --> content/essays/a.md:8:1
      |
    8 | ## Monday {incident=""}
      | ^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: a name is made of lower-case letters, digits and dashes
    "#);
}

#[test]
fn a_block_that_links_several_incidents_is_told_to_say_which() {
    let made = site(
        "",
        "[It](incident:one) and [it](incident:two) [came late](pattern:lag).\n\n[It](incident:one) and [it](incident:two) [came late](pattern:lag?in=none).",
    );
    insta::assert_snapshot!(made.said(), @r#"
    warning[unclear-incident]: the paragraph links several incidents and does not say which of them the passage speaks of
     --> content/essays/a.md:6:43
      |
    6 | [It](incident:one) and [it](incident:two) [came late](pattern:lag).
      |                                           ^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: say it in the reference, as in `pattern:lag?in=ID`, or write `?in=none` for a general remark
    "#);
}

#[test]
fn many_readings_have_pages_of_their_own_and_a_feed() {
    let made = site(
        "two",
        "They [waited](pattern:lag).\n\nThey [waited on](pattern:lag).\n\nThey [still waited](pattern:lag).",
    );
    assert!(!has(&made, "/incidents/two/readings/"));
    let made = made.essay("b", "incidents: [two]", "They [waited](pattern:lag).\n\nThey [waited on](pattern:lag).");
    made.write("content/site.yaml", "title: Test\nbase_url: https://example.org\nsearch: false\npage_size: 3\n");
    let view = made.view("/incidents/two/");
    assert_eq!(
        (&view["data"]["readings"][0]["more"], &view["data"]["all_readings"]),
        (&1.into(), &"/incidents/two/readings/".into())
    );
    let page = made.view("/incidents/two/readings/page/2/");
    assert_eq!((&page["data"]["total"], &page["data"]["pagination"]["pages"]), (&5.into(), &2.into()));
    let feed = made.view("/incidents/two/readings/feed.xml");
    insta::assert_snapshot!(feed["entries"][0]["summary"].as_str().expect("text"), @r"
    Lag: They waited.
    Lag: They waited on.
    Lag: They still waited.
    ");
}

#[test]
fn what_is_contested_is_so_on_every_page_of_the_readings() {
    let made = site("two", "They [waited](pattern:lag).\n\nThey [waited on](pattern:lag).");
    let made = made.essay("b", "incidents: [two]", &"They [did not](pattern:lag?not).\n\n".repeat(5));
    made.write("content/site.yaml", "title: Test\nbase_url: https://example.org\nsearch: false\npage_size: 2\n");
    for n in ["", "page/2/", "page/3/", "page/4/"] {
        let page = made.view(&format!("/incidents/two/readings/{n}"));
        assert_eq!(page["data"]["readings"][0]["contested"], true, "{n}");
    }
}

#[test]
fn browsing_knows_which_pattern_an_essay_sees_in_which_incident() {
    let made = site("one, two", "They [waited](pattern:lag?in=two). All [jam](pattern:congestion).");
    made.build();
    let index: Value = serde_json::from_str(&made.page("/data/browse.json")).expect("JSON");
    let two = index["incidents"].as_array().expect("incidents").iter().position(|incident| incident[0] == "two");
    assert_eq!(index["reading"], serde_json::json!([[[two, 1 << 4]]]));
}

fn has(site: &TestSite, url: &str) -> bool {
    site.build();
    site.has_page(url)
}

#[test]
fn a_block_that_its_section_marks_too_is_quoted_once_with_both_reasons() {
    let made = site(
        "two",
        "## Slow {#slow pattern=lag}\n\nThey [waited](pattern:lag) for it.\n\nThey [waited on](pattern:lag).",
    );
    assert_eq!(readings(&made, "two"), "lag (waited), lag (waited on)");
    let group = &made.view("/incidents/two/")["data"]["readings"][0]["passages"][0];
    assert_eq!(group["passages"][0]["section"]["url"], "/essays/a/#slow");
    assert_eq!(group["passages"][1]["section"], Value::Null);
}

#[test]
fn what_a_record_claims_is_shown_in_its_own_words() {
    let two = "---\ntitle: two\npatterns: [lag, friction, tempos]\nconcepts: [slack]\n---\n\nThey [waited](pattern:lag). It had \
               [some room](concept:slack), and [no stop](pattern:friction?not). Elsewhere it was \
               [faster](pattern:tempos?in=one).";
    let site = TestSite::new()
        .concept("slack", "Room to act.")
        .incident("one", "title: one")
        .file("content/incidents/two.md", two);
    let view = site.view("/incidents/two/");
    let groups = view["data"]["readings"].as_array().expect("readings").iter();
    let words = |group: &Value| {
        let words = group["record_words"].as_array().expect("quotes").iter();
        let words: Vec<&str> = words.map(|quote| quote["words"].as_str().expect("words")).collect();
        format!("{}: {}", group["tag"]["id"].as_str().expect("an id"), words.join(", "))
    };
    let shown: Vec<String> = groups.map(words).collect();
    assert_eq!(shown, ["lag: waited", "friction: ", "tempos: ", "slack: some room"]);
}

#[test]
fn an_incident_leads_to_the_feed_of_its_readings() {
    let made = site("two", "They [waited](pattern:lag).");
    assert_eq!(made.view("/incidents/two/")["data"]["readings_feed"]["url"], "/incidents/two/readings/feed.xml");
    assert_eq!(made.view("/incidents/one/")["data"]["readings_feed"], Value::Null);
}
