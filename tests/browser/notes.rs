//! Notes: beside the text where there is room, over the foot of the page where there is none; copied by nothing.

use super::driver::{Browser, DESK, PHONE};
use super::served::serve;
use crate::support::TestSite;

/// Sixty sections with a note of 10 to 600 words each, and code and tables that are wider than the text.
fn noted() -> TestSite {
    let words = |n: usize| "word ".repeat(n);
    let sections: String = (0..60)
        .map(|n| {
            let code = format!("```text\n{}\n```\n\n", "a long line of code ".repeat(8));
            let table = format!("| a | b |\n|---|---|\n| {} | x |\n\n", words(20));
            let wide = if n % 3 == 0 {
                code
            } else if n % 5 == 0 {
                table
            } else {
                String::new()
            };
            format!("## Section {n}\n\nFirst[^{n}] and then {}\n\n{wide}", words(40))
        })
        .collect();
    let notes: String =
        (0..60).map(|n| format!("[^{n}]: Note {n}: {}\n\n", words([10, 40, 80, 120, 600][n % 5]))).collect();
    let site = TestSite::with_default_theme().essay("a", "", &format!("{sections}{notes}"));
    site.build();
    site
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn notes_stand_beside_their_marks_over_nothing_and_leave_no_hole() {
    let site = noted();
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/a/", serve(&site.out())));
    browser.wait_for("document.querySelector('.nf-in-margin')");
    let over = "(() => {
        const box = part => part.getBoundingClientRect();
        const notes = [...document.querySelectorAll('.nf-notes li')].map(box);
        const others = [...document.querySelectorAll('.nf-prose > :not(.nf-notes)')].map(box);
        const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
        return notes.filter((note, n) => [...others, ...notes.slice(n + 1)].some(other => meet(note, other))).length
    })()";
    browser.wait_for(&format!("{over} === 0"));
    // Each begins at its mark, or where the one before it ends.
    browser.wait_for(
        "(() => {
        let free = -Infinity;
        return [...document.querySelectorAll('.nf-notes li')].every(note => {
            const at = note.getBoundingClientRect();
            const mark = document.getElementById(note.id.replace('-fn-', '-fnref-')).getBoundingClientRect();
            const stands = Math.abs(at.top - Math.max(mark.top, free)) < 2;
            free = at.bottom + 12;
            return stands;
        })
    })()",
    );
    // The text runs on as if there were no notes: nothing is further from what is above it than a heading is.
    browser.wait_for("[...document.querySelectorAll('.nf-prose > *')].every((part, n, all) => !n || part.matches('.nf-notes') || part.getBoundingClientRect().top - all[n - 1].getBoundingClientRect().bottom < 60)");
    // A long one is cut, and opens.
    browser.wait_for("document.querySelector('#nf-fn-5').offsetHeight < 300");
    browser.click("#nf-fn-5 .nf-more");
    browser.wait_for("document.querySelector('#nf-fn-5').offsetHeight > 1000");
    browser.wait_for(&format!("{over} === 0"));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_paragraph_copies_without_its_notes_and_a_note_is_on_the_page_once() {
    let site = noted();
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/a/", serve(&site.out())));
    browser.wait_for("document.querySelector('.nf-in-margin')");
    let copied = browser.run(
        "getSelection().selectAllChildren(document.querySelector('.nf-prose > p')); return getSelection().toString()",
    );
    let copied = copied.as_str().expect("text");
    assert!(copied.starts_with("First1 and then word") && !copied.contains("Note 0"), "{copied}");
    assert_eq!(browser.run("return document.body.textContent.split('Note 7: ').length"), 2);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn where_there_is_no_margin_a_note_shows_without_script_and_the_text_stays_where_it_is() {
    let site = noted();
    let phone = Browser::new(PHONE);
    phone.without_script();
    phone.go(&format!("{}/essays/a/", serve(&site.out())));
    phone.run("document.getElementById('nf-fnref-4').scrollIntoView({ block: 'center', behavior: 'instant' })");
    let scrolled = phone.run("return scrollY");
    phone.click("#nf-fnref-4");
    phone.wait_for("location.hash === '#nf-fn-4'");
    assert_eq!(phone.run("return scrollY"), scrolled);
    phone.wait_for("(() => { const r = document.getElementById('nf-fn-4').getBoundingClientRect(); return r.top >= innerHeight / 2 && Math.abs(r.bottom - innerHeight) < 1 })()");
    phone.run("document.querySelector('#nf-fn-4 .nf-noteback').click()");
    phone.wait_for("document.getElementById('nf-fn-4').getBoundingClientRect().top > innerHeight");
    phone.wait_for("document.getElementById('nf-fnref-4').getBoundingClientRect().top > 0");
}
