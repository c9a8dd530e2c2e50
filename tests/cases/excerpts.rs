//! What is told of an essay elsewhere: its summary, its words counted, its headings.

use crate::support::TestSite;

/// What lists show of an essay with this front matter and body.
fn card(front: &str, markdown: &str) -> serde_json::Value {
    let site = TestSite::new().essay("a", front, markdown);
    site.view("/essays/a/")["data"]["essay"].take()
}

fn summary(markdown: &str) -> String {
    card("", markdown)["summary"].as_str().expect("a summary").to_owned()
}

fn words(markdown: &str) -> u64 {
    card("", markdown)["words"].as_u64().expect("a number")
}

#[test]
fn the_author_s_summary_comes_before_the_first_paragraph() {
    assert_eq!(card("summary: Mine.", "The first.")["summary"], "Mine.");
    assert_eq!(summary("The first.\n\nThe second."), "The first.");
}

#[test]
fn the_first_paragraph_is_the_first_of_prose() {
    assert_eq!(
        summary(
            "# Title\n\n- An item\n\n> Quoted.\n\n```\ncode\n```\n\n![A picture](https://example.com/x.svg)\n\nProse at last."
        ),
        "Prose at last."
    );
    assert_eq!(summary("[^1]: A note.\n\nProse[^1]."), "Prose.");
    assert_eq!(summary("## Only a heading"), "");
}

#[test]
fn a_summary_is_plain_text() {
    assert_eq!(
        summary(
            "It's *very* `short`,[^1] with a [link](https://example.com/) <b>&</b> a\nline ![seen](https://example.com/x.svg)\\\nbreak. {{ x }}\n\n[^1]: Note."
        ),
        "It’s very short, with a link & a line seen break. {{ x }}"
    );
}

#[test]
fn a_long_first_paragraph_is_cut_at_a_sentence_or_else_at_a_word() {
    let sentence = "Dr. Woods waited for 2.5 hours, i.e. too long. ";
    let cut = summary(&sentence.repeat(9));
    assert_eq!(cut, sentence.repeat(5).trim_end());
    let cut = summary(&"endless ".repeat(90));
    assert!(cut.ends_with("endless…") && cut.chars().count() <= 241, "{cut}");
    let cut = summary(&"ü".repeat(500));
    assert_eq!(cut, format!("{}…", "ü".repeat(240)));
}

#[test]
fn words_are_those_that_are_read() {
    assert_eq!(words("One two *three*\nfour."), 4);
    assert_eq!(
        words("## One two\n\n- three\n- four\n\n> five six\n\n| seven | eight |\n|---|---|\n| nine | ten |"),
        10
    );
    assert_eq!(words("One.[^1]\n\n[^1]: Two three.\n\nFour\n: Five"), 5);
    assert_eq!(words("One `two three`\n\n```\nnot code\n```\n\n    nor this"), 3);
    assert_eq!(words("![not this](https://example.com/x.svg) One <kbd>two</kbd>"), 2);
    assert_eq!(words("It's a well-known [so-called link](https://example.com/not/this)."), 5);
}

#[test]
fn reading_time_is_at_least_a_minute_and_follows_the_words() {
    assert_eq!(card("", "Short.")["minutes"], 1);
    assert_eq!(card("", &"word ".repeat(2_300))["minutes"], 10);
}

#[test]
fn contents_are_the_headings_of_the_second_and_third_level() {
    let contents =
        card("", "# One\n\n## Two *words* {#two}\n\n### Three `code`\n\n#### Four\n\n## Two words")["contents"].take();
    let lines: Vec<String> = contents
        .as_array()
        .expect("contents")
        .iter()
        .map(|entry| format!("{} {} {}", entry["level"], entry["id"], entry["text"]))
        .collect();
    assert_eq!(lines, ["2 \"two\" \"Two words\"", "3 \"three-code\" \"Three code\"", "2 \"two-words\" \"Two words\""]);
}
