//! A reader at work: from a pattern to a passage, from there to the incident.

use super::driver::{Browser, DESK, PHONE};
use super::served::{address, serve};
use crate::support::TestSite;

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_reader_goes_from_saturation_to_a_passage_and_on_to_the_incident() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/", address()));
    browser.click("main a[href='/patterns/saturation/']");
    browser.wait_for("document.title.includes('Saturation')");
    browser.click("a[href='/essays/out-of-ports/#passage-left-the-number-in-use-unbounded']");
    browser.wait_for("location.hash === '#passage-left-the-number-in-use-unbounded'");
    // It lands on the passage and lights it up.
    browser.wait_for("(() => { const r = document.querySelector(':target').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()");
    browser.wait_for("getComputedStyle(document.querySelector(':target').closest('p')).backgroundColor !== getComputedStyle(document.querySelector('article p:last-of-type, main p')).backgroundColor");
    browser.click("main a[href='/incidents/bluesky-2026-04/']");
    browser.wait_for("document.title.includes('Bluesky')");
    assert!(browser.url().ends_with("/incidents/bluesky-2026-04/"));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_contents_follow_the_reader_and_are_at_hand_on_a_phone() {
    let sections: String = (1..=60).map(|n| format!("## Section {n}\n\n{}\n\n", "Words. ".repeat(60))).collect();
    let site = TestSite::with_default_theme().essay("a", "", &sections);
    site.build();
    let page = format!("{}/essays/a/", serve(&site.out()));
    let browser = Browser::new(DESK);
    browser.go(&page);
    browser.run("document.getElementById('section-36').scrollIntoView({ behavior: 'instant' })");
    browser.wait_for("document.querySelector('.nf-contents [aria-current=location]')?.hash === '#section-36'");
    // The entry is in the window, too.
    browser.wait_for("(() => { const r = document.querySelector('.nf-contents [aria-current]').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()");

    let phone = Browser::new(PHONE);
    phone.go(&page);
    phone.run("document.getElementById('section-36').scrollIntoView({ behavior: 'instant' })");
    phone.click(".nf-contents summary");
    phone.click(".nf-contents a[href='#section-2']");
    phone.wait_for("location.hash === '#section-2' && !document.querySelector('.nf-contents details').open");
    // The heading is not under the line that stays.
    phone.wait_for("document.getElementById('section-2').getBoundingClientRect().top >= document.querySelector('.nf-contents').getBoundingClientRect().bottom");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_heading_may_have_any_id() {
    let filler = "Words.\n\n".repeat(60);
    let text =
        format!("## One {{#100%}}\n\n{filler}## Two {{#a%20b}}\n\n{filler}## Three\n\n```text\nx\n```\n\n{filler}");
    let site = TestSite::with_default_theme().essay("a", "", &text);
    site.build();
    let browser = Browser::new(DESK);
    for (id, contents) in [("100%", "One"), ("a%20b", "Two"), ("three", "Three")] {
        browser.go(&format!("{}/essays/a/#{id}", serve(&site.out())));
        browser.wait_for(&format!(
            "document.querySelector('.nf-contents [aria-current]')?.textContent.trim() === '{contents}'"
        ));
        browser.wait_for("document.querySelector('.nf-code-box .nf-copy')");
    }
}
