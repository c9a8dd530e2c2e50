//! Pages on paper: the notes stand below the text, links that leave show their address, the matrix fits, nothing that only
//! works on a screen is left. Each is left as a PDF in `target/browser-screens`, for the eye.

use std::fs;

use super::driver::{Browser, DESK, Screen};
use super::served::address;
use crate::support::repository;

/// What a page must hold on paper. `shown(selector)` and `count(selector)` speak of what has a box there.
const PRINTED: [(&str, &str, &[&str]); 8] = [
    (
        "essay",
        "/essays/out-of-ports/",
        &[
            "shown('.nf-notes li')",
            "!shown('.nf-more')",
            "shown('.nf-meanings dd')",
            "!shown('.nf-contents')",
            "!shown('.nf-onward')",
            "shown('.nf-cite p')",
        ],
    ),
    (
        "pattern",
        "/patterns/saturation/",
        &[
            "count('.nf-passage') > 3",
            "!shown('.nf-copy')",
            "[...document.querySelectorAll('.nf-passage')].every(e => getComputedStyle(e).breakInside === 'avoid')",
        ],
    ),
    (
        "incident",
        "/incidents/aws-2025-10/",
        &[
            "shown('.nf-timeline')",
            "count('.nf-events tr') > 2",
            "shown('.nf-facts')",
            "count('.nf-sources a[href^=http]') > 0",
            "[...document.querySelectorAll('.nf-sources a[href^=http]')].every(e => getComputedStyle(e, '::after').content.includes(e.href))",
        ],
    ),
    (
        "side-by-side",
        "/incidents/github-2026-02-02/with/github-2026-02-09/",
        &[
            "count('.nf-clock') === 2",
            "count('.nf-lasted') === 2",
            "count('.nf-beside-events tr') > 10",
            "count('.nf-sides .nf-passage') > 2",
        ],
    ),
    ("data", "/data/", &["count('.nf-columns-of > div') > 60"]),
    ("matrix", "/patterns/", &["count('.nf-matrix td a') > 20"]),
    ("guide", "/guide/theme/", &["count('.nf-prose a[href^=http]') > 0"]),
    ("home", "/", &["count('.nf-matrix td') > 50"]),
];

/// On every page.
const ALWAYS: [&str; 9] = [
    "!shown('.nf-bottom')",
    // What stands beside and below the text is no larger than it.
    "[...document.querySelectorAll('.nf-notes, .nf-tags a, .nf-meta, figcaption, .nf-facts dd')].every(e => parseFloat(getComputedStyle(e).fontSize) <= parseFloat(getComputedStyle(document.body).fontSize))",
    "!shown('.nf-top nav')",
    "!shown('.nf-skip')",
    "shown('.nf-brand') || shown('.nf-masthead')",
    "getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'",
    "getComputedStyle(document.body).color === 'rgb(0, 0, 0)'",
    "[...document.querySelectorAll('.nf-scroll, .nf-table')].every(e => e.scrollWidth <= document.documentElement.clientWidth)",
    "[...document.querySelectorAll('.nf-prose a[href^=http]')].every(e => getComputedStyle(e, '::after').content.includes(e.getAttribute('href')))",
];

const ASK: &str = "const shown = s => [...document.querySelectorAll(s)].some(e => e.checkVisibility());
    const count = s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length;";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn an_essay_a_pattern_an_incident_and_the_matrix_print_well() {
    let folder = repository().join("target/browser-screens");
    fs::create_dir_all(&folder).expect("a folder for the PDFs");
    // A page of A4 less its margins is 170 mm, 643 CSS pixels, wide. Whoever reads in the dark palette prints on white.
    let browser = Browser::new(Screen { width: 643, height: 971, dark: true });
    for (name, page, holds) in PRINTED {
        browser.go(&format!("{}{page}", address()));
        browser.on_paper();
        for claim in ALWAYS.iter().chain(holds) {
            let held = browser.run(&format!("{ASK} return {claim}"));
            assert_eq!(held, serde_json::Value::Bool(true), "{name}: {claim}");
        }
        let pdf = browser.print();
        assert!(pdf.starts_with(b"%PDF-"), "{name}");
        fs::write(folder.join(format!("{name}.pdf")), pdf).expect("the PDF");
    }
}

/// How many characters a line of an essay's text holds, the last ones of its paragraphs apart.
const LINE_LENGTH: &str = "let characters = 0, lines = 0;
    for (const text of document.querySelectorAll('.nf-prose > p')) {
        const count = Math.round(text.getBoundingClientRect().height / parseFloat(getComputedStyle(text).lineHeight));
        if (count < 5) continue;
        characters += text.textContent.length;
        lines += count - 0.5;
    }
    return characters / lines";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_line_on_paper_is_about_as_long_as_one_on_a_screen() {
    let browser = Browser::new(Screen { width: 643, height: 971, dark: false });
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    browser.on_paper();
    let length = browser.run(LINE_LENGTH).as_f64().expect("a number");
    assert!((55.0..=80.0).contains(&length), "{length}");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn notes_stand_in_the_margin_of_a_wide_screen_and_below_the_text_on_paper() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    let is_beside = "document.querySelector('.nf-notes li').getBoundingClientRect().left > document.querySelector('.nf-prose p').getBoundingClientRect().right";
    browser.wait_for(is_beside);
    browser.on_paper();
    browser.wait_for(&format!("!({is_beside})"));
    browser.wait_for("document.querySelector('.nf-notes li').getBoundingClientRect().top > document.querySelector('.nf-prose > p:last-of-type').getBoundingClientRect().bottom");
}
