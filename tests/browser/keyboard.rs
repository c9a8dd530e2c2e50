//! A reader without a mouse: everything that can be used is reached by Tab, in the order of the page, and shows that it is.

use super::driver::{Browser, DESK, PHONE, Screen};
use super::served::address;

const TAB: &str = "\u{E004}";
const ENTER: &str = "\u{E007}";

const PAGES: [&str; 7] = [
    "/",
    "/essays/out-of-ports/",
    "/patterns/saturation/",
    "/patterns/lag/saturation/",
    "/incidents/github-2026-02-02/",
    "/browse/",
    "/search/?q=ports",
];

/// Notes what takes the focus, and what is wrong with how it shows.
const LISTEN: &str = "window.reached = new Set(); window.faults = [];
    addEventListener('focusin', ({ target }) => {
        reached.add(target);
        const style = getComputedStyle(target), box = target.getBoundingClientRect();
        const what = target.outerHTML.slice(0, 100);
        if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) faults.push('no outline: ' + what);
        if (box.width < 1 || box.height < 1) faults.push('no size: ' + what);
    });";

/// What can be used and is to be seen. Of a group of choices Tab reaches the chosen one, and the arrows the others.
const USABLE: &str = "[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex=\"0\"]')]
    .filter(e => e.tabIndex >= 0 && !e.disabled && (e.type !== 'radio' || e.checked) && e.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })
        && !(e.closest('details:not([open])') && !e.matches('summary') && e.closest('details').querySelector('summary').checkVisibility()))";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn everything_is_reached_by_tab_and_shows_its_focus() {
    for screen in [DESK, PHONE, Screen { dark: true, ..DESK }] {
        let browser = Browser::new(screen);
        for page in PAGES {
            browser.go(&format!("{}{page}", address()));
            let whole = match page.split('?').next() {
                Some("/browse/") => "document.querySelector('#nf-browse[data-ready]')",
                Some("/search/") => "document.querySelector('.nf-found a')",
                _ => "document.readyState === 'complete'",
            };
            browser.wait_for(whole);
            browser.run(LISTEN);
            browser.run("document.activeElement.blur(); getSelection().removeAllRanges()");
            let usable = browser.run(&format!("return {USABLE}.length")).as_u64().expect("a number");
            assert!(usable > 10, "{page}: {usable}");
            browser.press(&TAB.repeat(usize::try_from(usable).expect("few") + 5));
            let missed = browser
                .run(&format!("return {USABLE}.filter(e => !reached.has(e)).map(e => e.outerHTML.slice(0, 100))"));
            assert_eq!(missed.as_array().map(Vec::len), Some(0), "{page} on {screen:?}, not reached: {missed}");
            let faults = browser.run("return faults");
            assert_eq!(faults.as_array().map(Vec::len), Some(0), "{page} on {screen:?}: {faults}");
        }
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_first_tab_offers_the_text_and_enter_goes_there() {
    let browser = Browser::new(PHONE);
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    browser.press(TAB);
    browser.wait_for("document.activeElement.matches('.nf-skip')");
    let shown = "(() => { const b = document.activeElement.getBoundingClientRect(); return b.top >= 0 && b.left >= 0 && b.width > 50 })()";
    browser.wait_for(shown);
    browser.press(ENTER);
    browser.wait_for("document.activeElement.id === 'nf-main'");
    browser.press(TAB);
    browser.wait_for("document.querySelector('main').contains(document.activeElement)");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn nothing_moves_by_itself_where_the_reader_asks_for_less_motion() {
    let browser = Browser::new(DESK);
    for page in PAGES {
        browser.go(&format!("{}{page}", address()));
        let moving = browser.run(
            "return [...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);
                return s.scrollBehavior === 'smooth' || s.animationName !== 'none' || s.transitionDuration.split(', ').some(d => parseFloat(d) > 0) })
                .map(e => e.outerHTML.slice(0, 100)).concat(document.getAnimations().map(String))",
        );
        assert_eq!(moving.as_array().map(Vec::len), Some(0), "{page}: {moving}");
    }
}
