//! Marked passages: which block is one, what of it is quoted, and how it is found again.

use serde_json::Value;

use crate::support::TestSite;

/// A quotation with the words in question in brackets.
fn shown(quote: &Value) -> String {
    let part = |name: &str| quote[name].as_str().expect("a part");
    format!("{}[{}]{}", part("before"), part("words"), part("after"))
}

/// The passages quoted on a page: kind, place, words.
fn quoted(site: &TestSite, url: &str) -> String {
    let view = site.view(url);
    let groups = view["data"]["passages"].as_array().expect("passages");
    let passages = groups.iter().flat_map(|group| group["passages"].as_array().expect("a group"));
    let line = |passage: &Value| {
        let place = passage["url"].as_str().expect("a place").trim_start_matches("/essays/").to_owned();
        let kind = passage["kind"].as_str().expect("a kind");
        format!("{kind} {place}: {}", shown(&passage["quote"]))
    };
    passages.map(line).collect::<Vec<_>>().join("\n")
}

/// What the page of lag quotes of one essay.
fn of_lag(markdown: &str) -> String {
    let site = TestSite::new().essay("a", "", markdown);
    site.build();
    let quoted = quoted(&site, "/patterns/lag/");
    // Each leads to an id of the page.
    let page = site.body("/essays/a/");
    for line in quoted.lines() {
        let (_, anchor) = line.split_once('#').expect("an anchor");
        let (anchor, _) = anchor.split_once(':').expect("a quotation");
        assert!(page.contains(&format!("id=\"{anchor}\"")), "{anchor}: {page}");
    }
    quoted
}

/// The anchors alone.
fn anchors(markdown: &str) -> Vec<String> {
    let anchor = |line: &str| line.split(['#', ':']).nth(1).expect("an anchor").to_owned();
    of_lag(markdown).lines().map(anchor).collect()
}

/// The names under `key` of what an essay's page shows of it.
fn names(site: &TestSite, key: &str) -> Vec<String> {
    let view = site.view("/essays/a/");
    let tags = view["data"]["essay"][key].as_array().expect("tags");
    tags.iter().map(|tag| tag["id"].as_str().expect("an id").to_owned()).collect()
}

#[test]
fn the_block_around_the_marking_link_is_the_passage() {
    let text = "\
A paragraph with *a* [first](pattern:lag) `mark`
over two lines.[^1] And a second sentence.

- Before.
- A tight [second](pattern:lag) item
  - An inner [third](pattern:lag) one
- After.

1. A loose [fourth](pattern:lag) item.

   With two paragraphs.

2. After.

> A quotation with a [fifth](pattern:lag) mark.
>
> - And a list
>
> > and another [sixth](pattern:lag) inside.

> [!NOTE]
> An alert with a [seventh](pattern:lag) mark.

| Name | What |
|------|------|
| Row | The [eighth](pattern:lag) mark |
| Another | row |

Term
: Defined by the [ninth](pattern:lag) mark.

[^1]: A note with a [tenth](pattern:lag) mark.";
    insta::assert_snapshot!(of_lag(text), @r#"
    paragraph a/#passage-first: A paragraph with a [first] mark over two lines. And a second sentence.
    item a/#passage-second: A tight [second] item
    item a/#passage-third: An inner [third] one
    item a/#passage-fourth: A loose [fourth] item. With two paragraphs.
    quotation a/#passage-fifth: A quotation with a [fifth] mark. And a list and another sixth inside.
    quotation a/#passage-sixth: A quotation with a fifth mark. And a list and another [sixth] inside.
    quotation a/#passage-seventh: An alert with a [seventh] mark.
    paragraph a/#passage-eighth: Row The [eighth] mark
    paragraph a/#passage-ninth: Defined by the [ninth] mark.
    paragraph a/#passage-tenth: A note with a [tenth] mark.
    "#);
}

#[test]
fn a_heading_with_an_attribute_marks_its_section() {
    let text = "\
## Slow *things* {#slow pattern=lag}

The first paragraph. Its second sentence.

- An item

### Below

A deeper paragraph.

## Empty {pattern=lag}

## Other

Not of it.";
    insta::assert_snapshot!(of_lag(text), @r#"
    section a/#slow: []The first paragraph. Its second sentence. An item A deeper paragraph.
    section a/#empty: []Empty
    "#);
}

#[test]
fn what_only_leads_to_a_pattern_marks_nothing() {
    let markdown = "## On [lag](pattern:lag)\n\nSee [lag](../patterns/lag.md), [[lag]] and [it](/patterns/lag/).";
    assert_eq!(of_lag(markdown), "");
    let site = TestSite::new()
        .file("content/pages/about.md", "---\ntitle: About\n---\n\nA page on [lag](pattern:lag).\n")
        .essay("a", "", markdown);
    assert_eq!(quoted(&site, "/patterns/lag/"), "");
    assert!(names(&site, "patterns").is_empty());
}

#[test]
fn a_block_that_names_all_nine_marks_none() {
    let nine = ninefold::model::Pattern::ALL.map(|pattern| format!("[{pattern}](pattern:{pattern})"));
    let sentence = format!("All: {}, and [one more](concept:florescence).", nine.join(", "));
    let site = TestSite::new().essay("a", "", &sentence);
    site.build();
    assert!(names(&site, "patterns").is_empty());
    assert_eq!(names(&site, "concepts"), ["florescence"]);
    let body = site.body("/essays/a/");
    assert_eq!(body.matches("href=\"/patterns/").count(), 9);
    assert_eq!(body.matches(" id=").count(), 1);
    assert!(body.contains("href=\"/concepts/florescence/\" id=\"passage-one-more\""), "{body}");

    let eight = TestSite::new().essay("a", "", &nine[1..].join(", "));
    assert_eq!(names(&eight, "patterns").len(), 8);
    let list = TestSite::new().essay("a", "", &format!("- {}", nine.join("\n- ")));
    assert_eq!(names(&list, "patterns").len(), 9);
}

#[test]
fn a_link_to_a_place_on_the_page_of_a_pattern_marks_too() {
    let site = TestSite::new()
        .file("content/patterns/lag.md", "---\ndefinition: A delay.\n---\n\n## Cues\n")
        .file("content/concepts/etto.md", "---\nname: ETTO\ndefinition: A trade.\n---\n\n## Signs\n")
        .essay("a", "", "It was [slow](pattern:lag#cues) and [quick](concept:etto#signs).");
    site.build();
    assert_eq!(quoted(&site, "/patterns/lag/"), "paragraph a/#passage-slow: It was [slow] and quick.");
    assert_eq!(quoted(&site, "/concepts/etto/"), "paragraph a/#passage-quick: It was slow and [quick].");
    assert!(site.body("/essays/a/").contains("href=\"/concepts/etto/#signs\" id=\"passage-quick\""));
}

#[test]
fn marks_add_their_tags_and_so_do_sections() {
    let site = TestSite::new().essay(
        "a",
        "patterns: [cascades]\nconcepts: [adaptive-capacity]",
        "It was [slow](pattern:lag) and [brave](concept:florescence).\n\n## More {pattern=tangles concept=etto}\n\nText.",
    )
    .concept("etto", "Thorough or quick.")
    .concept("adaptive-capacity", "What is left.");
    site.build();
    let mut patterns = names(&site, "patterns");
    patterns.sort();
    assert_eq!(patterns, ["cascades", "lag", "tangles"]);
    assert_eq!(names(&site, "concepts"), ["adaptive-capacity", "etto", "florescence"]);
    insta::assert_snapshot!(quoted(&site, "/concepts/florescence/"), @"paragraph a/#passage-brave: It was slow and [brave].");
    insta::assert_snapshot!(quoted(&site, "/concepts/etto/"), @"section a/#more: []Text.");
}

#[test]
fn an_anchor_does_not_move_when_other_text_does() {
    let mark = "They [ran out of *ports*](pattern:lag) by noon.";
    let before = anchors(mark);
    assert_eq!(before, ["passage-ran-out-of-ports"]);
    let around = format!("# New\n\nAn [earlier](pattern:lag) one.\n\n- {mark} More.\n\nAnd [later](pattern:lag).");
    assert!(anchors(&around).contains(&before[0]));
}

#[test]
fn the_same_words_twice_are_told_apart_by_their_blocks() {
    let (one, two) = ("They [ran out](pattern:lag) of ports on Monday.", "Then memory [ran out](pattern:lag) too.");
    let both = ["passage-ran-out-they-ran-out-of", "passage-ran-out-then-memory-ran-out"];
    assert_eq!(anchors(&format!("{one}\n\n{two}")), both);
    assert_eq!(anchors(&format!("{two}\n\nNew.\n\n{one}")), [both[1], both[0]]);
    assert_eq!(anchors(&format!("{one}\n\n{one}")), [both[0], "passage-ran-out-they-ran-out-of-2"]);
}

#[test]
fn an_anchor_is_made_of_any_words_and_never_taken_twice() {
    let anchors = anchors(
        "## Passage x {#passage-slow}\n\n[Slow](pattern:lag), [über 50 %](pattern:lag), [!](pattern:lag), [`x`](pattern:lag).",
    );
    assert_eq!(anchors, ["passage-slow-2", "passage-uber-50", "passage", "passage-x"]);
}

#[test]
fn a_long_block_is_quoted_by_the_sentences_around_the_mark() {
    let sentence = |n: usize| format!("Sentence {n} is about as long as {}. ", "sentences are ".repeat(6).trim_end());
    let before: String = (1..=5).map(sentence).collect();
    let after: String = (6..=10).map(sentence).collect();
    insta::assert_snapshot!(of_lag(&format!("{before}Here it [was slow](pattern:lag), e.g. at noon. {after}")), @"paragraph a/#passage-was-slow: … Here it [was slow], e.g. at noon. Sentence 6 is about as long as sentences are sentences are sentences are sentences are sentences are sentences are. Sentence 7 is about as long as sentences are sentences are sentences are sentences are sentences are sentences are. Sentence 8 is about as long as sentences are sentences are sentences are sentences are sentences are sentences are. …");
    let endless = "and on ".repeat(200);
    insta::assert_snapshot!(of_lag(&format!("{endless}it [was slow](pattern:lag) {endless}")), @"paragraph a/#passage-was-slow: … and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on it [was slow] and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and …");
}

#[test]
fn a_backlink_shows_the_sentence_that_links() {
    let site = TestSite::new().essay("b", "", "Words.").essay(
        "a",
        "",
        "Not this. As [that *essay*](b.md) says (cf. Woods), it waits! Nor this.\n\n- An item on [[b]]\n\n## Of [b](b.md)\n\n[![x](https://example.com/x.svg)](b.md)",
    );
    let view = site.view("/essays/b/");
    let sentences: Vec<String> =
        view["data"]["backlinks"].as_array().expect("backlinks").iter().map(|link| shown(&link["quote"])).collect();
    insta::assert_snapshot!(sentences.join("\n"), @r#"
    As [that essay] says (cf. Woods), it waits!
    An item on [b]
    Of [b]
    [x]
    "#);
}
