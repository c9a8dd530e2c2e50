//! What readers ask of our own content and what they want first: a list of queries, each with its wanted first result.

use serde_json::Value;

use super::driver::{Browser, DESK, PHONE};
use super::served::{address, serve};
use crate::cases::small_site;

const QUERIES: &str = include_str!("queries.txt");
/// How many of them may have something else first.
const MISSES: usize = 4;

/// A query and what is wanted first.
fn queries() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = QUERIES.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| line.split_once(" -> ").expect("a query and what is wanted"))
}

/// What the search page shows for `query`: the first title, what is offered and what is said.
fn ask(browser: &Browser, query: &str) -> Value {
    let typed = serde_json::to_string(query).expect("JSON");
    browser.run(&format!(
        "const input = document.querySelector('#nf-search input[name=q]'); delete document.querySelector('#nf-search').dataset.ready;
         input.value = {typed}; input.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    ));
    browser.wait_for("document.querySelector('#nf-search[data-ready]')");
    browser.run(
        "const text = (selector) => document.querySelector(selector)?.textContent ?? '';
         return { first: text('.nf-found .nf-result a'), meant: text('.nf-meant'), status: text('.nf-search-status') }",
    )
}

fn is_right(answer: &Value, wanted: &str) -> bool {
    let text = |key: &str| answer[key].as_str().unwrap_or_default();
    match wanted.strip_prefix("? ") {
        Some(meant) => text("meant") == meant,
        None if wanted == "-" => text("first").is_empty() && text("status") == "Nothing is found",
        None => wanted.split(" | ").any(|title| text("first") == title),
    }
}

/// The search page, ready, before anything is asked.
fn open(browser: &Browser) {
    browser.go(&format!("{}/search/", address()));
    browser.wait_for("document.querySelector('#nf-search[data-ready]')");
}

fn text(browser: &Browser, expression: &str) -> String {
    browser.run(&format!("return String({expression})")).as_str().unwrap_or_default().to_owned()
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn nine_in_ten_queries_have_what_is_wanted_first() {
    assert!(queries().count() >= 40);
    let browser = Browser::new(DESK);
    open(&browser);
    let misses: Vec<String> = queries()
        .filter_map(|(query, wanted)| {
            let answer = ask(&browser, query);
            (!is_right(&answer, wanted)).then(|| format!("{query} -> {wanted}, but: {answer}"))
        })
        .collect();
    assert!(misses.len() <= MISSES, "{misses:#?}");
    for miss in misses {
        println!("{miss}");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_pattern_asked_for_by_name_has_a_card_with_its_passages_then_the_essays_that_carry_it() {
    let browser = Browser::new(DESK);
    open(&browser);
    ask(&browser, "lag");
    let card = text(&browser, "document.querySelector('.nf-found.nf-named').textContent");
    assert!(card.starts_with("PatternLagEffects, information or remedies arrive"), "{card}");
    assert_eq!(browser.run("return document.querySelectorAll('.nf-named .nf-is-passage mark').length"), Value::from(3));
    // A passage leads to its essay, at its place.
    let links =
        text(&browser, "[...document.querySelectorAll('.nf-named .nf-is-passage a')].map(a => a.pathname + a.hash)");
    assert!(links.split(',').all(|link| link.starts_with("/essays/") && link.contains("/#")), "{links}");
    // The essays come next, those that carry it: the filter of the pattern leaves them all.
    assert_eq!(text(&browser, "document.querySelectorAll('.nf-found')[1].querySelector('h2').id"), "nf-found-essay");
    let essays = text(&browser, "document.querySelector('#nf-found-essay .nf-count').textContent");
    // The card is not listed again.
    let patterns =
        text(&browser, "[...document.querySelectorAll('#nf-found-pattern ~ ol .nf-result a')].map(a => a.textContent)");
    assert!(!patterns.split(',').any(|name| name == "Lag"), "{patterns}");
    browser.click("input[value='pattern:lag']");
    browser.wait_for("location.search === '?q=lag&pattern=lag'");
    browser.wait_for(&format!("document.querySelector('#nf-found-essay .nf-count')?.textContent === '{essays}'"));
    // By another name and by a cue it says why.
    ask(&browser, "time lag");
    assert!(
        text(&browser, "document.querySelector('.nf-named').textContent")
            .contains("Also called \u{201c}time lag\u{201d}")
    );
    ask(&browser, "fell behind");
    assert!(
        text(&browser, "document.querySelector('.nf-named').textContent")
            .contains("\u{201c}fell behind\u{201d} points to it")
    );
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_word_that_no_page_has_finds_nothing_like_it_and_offers_the_nearest() {
    let browser = Browser::new(DESK);
    open(&browser);
    let answer = ask(&browser, "satuation");
    assert_eq!(answer["status"], "Nothing is found. Did you mean saturation?");
    assert_eq!(browser.run("return document.querySelectorAll('.nf-found').length"), Value::from(0));
    browser.click(".nf-meant");
    browser.wait_for("location.search === '?q=saturation'");
    browser.wait_for("document.querySelector('.nf-named .nf-result a')?.textContent === 'Saturation'");
    browser.wait_for("document.activeElement.matches('#nf-search input[name=q]')");
    // The other words are searched, and it is said.
    let answer = ask(&browser, "quokka caching");
    let status = answer["status"].as_str().unwrap_or_default();
    assert!(status.starts_with("No page has \u{201c}quokka\u{201d}. Without it: "), "{status}");
    // The beginning of a word is one.
    let answer = ask(&browser, "satur");
    assert_eq!(answer["meant"], "");
    assert_eq!(answer["first"], "Saturation");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_sentence_drops_words_until_enough_is_found_and_says_so() {
    let browser = Browser::new(DESK);
    open(&browser);
    let answer = ask(&browser, "why did the failover make it worse");
    let status = answer["status"].as_str().unwrap_or_default();
    assert!(status.contains("With \u{201c}failover\u{201d} alone: "), "{status}");
    // What is there as it was written is found as it is.
    let answer = ask(&browser, "the person on call");
    let status = answer["status"].as_str().unwrap_or_default();
    assert!(status.ends_with(" results") && !status.contains("With"), "{status}");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn excerpts_are_sentences_and_repeat_no_heading() {
    let browser = Browser::new(DESK);
    open(&browser);
    // Prose: pages of the guide begin with commands.
    for query in ["on-call", "failover", "redundancy", "pool", "quiet"] {
        ask(&browser, query);
        let lines = browser.run(
            "return [...document.querySelectorAll(':is(#nf-found-essay, #nf-found-concept) ~ ol .nf-excerpt')].map(line => [line.previousElementSibling?.textContent ?? '', line.textContent])",
        );
        let lines = lines.as_array().cloned().unwrap_or_default();
        assert!(!lines.is_empty(), "{query}");
        for line in lines {
            let (above, text) = (line[0].as_str().unwrap_or_default(), line[1].as_str().unwrap_or_default());
            let heading = above.trim_matches(['\u{201c}', '\u{201d}']);
            assert!(above.starts_with('\u{201c}') || !text.starts_with(heading), "{query}: {above}: {text}");
            assert!(text.split(' ').count() <= 46, "{query}: {text}");
            // From the beginning of a sentence to its end, unless it is too long.
            let first = text.chars().next().unwrap_or_default();
            let last =
                text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')']).chars().next_back().unwrap_or_default();
            assert!(!first.is_lowercase(), "{query}: {text}");
            assert!(".?!\u{2026}".contains(last), "{query}: {text}");
        }
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn both_spellings_of_a_compound_word_are_found() {
    let browser = Browser::new(DESK);
    open(&browser);
    ask(&browser, "on-call");
    let hyphen =
        text(&browser, "[...document.querySelectorAll('.nf-excerpt')].map(line => line.textContent).join('\\n')");
    assert!(hyphen.contains("on call") && hyphen.contains("on-call"), "{hyphen}");
    let answer = ask(&browser, "fail-over");
    let first = answer["first"].as_str().unwrap_or_default();
    assert!(first.to_lowercase().contains("failover"), "{first}");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn without_the_index_the_page_says_so_and_shows_the_other_ways_in() {
    let site = small_site::with_default_theme();
    site.build();
    std::fs::remove_dir_all(site.out().join("pagefind")).expect("the index");
    let browser = Browser::new(PHONE);
    browser.go(&format!("{}/search/?q=ports", serve(&site.out())));
    browser.wait_for(
        "document.querySelector('.nf-search-status')?.textContent === 'The search index can\u{2019}t be read.'",
    );
    browser.wait_for("document.querySelector(\"#nf-search .nf-results a[href='/patterns/']\")");
}
