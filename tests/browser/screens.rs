//! What a reader sees first, on a phone and at a desk, in both palettes: nothing shifts, nothing is wider than the screen,
//! nothing is asked of another host. Each page is left as a picture in `target/browser-screens`, for the eye.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use super::driver::{Browser, DESK, PHONE, Screen};
use super::served::address;
use crate::support::repository;

/// Each kind of page that a reader spends time on, and what is there once it is whole.
const SHOWN: [(&str, &str, &str); 12] = [
    ("home", "/", "main"),
    ("essay", "/essays/out-of-ports/", ".nf-notes"),
    ("pattern", "/patterns/saturation/", ".nf-copy"),
    ("pair", "/patterns/lag/saturation/", ".nf-copy"),
    ("incident", "/incidents/github-2026-02-02/", ".nf-timeline"),
    ("side-by-side", "/incidents/github-2026-02-02/with/github-2026-02-09/", ".nf-lasted"),
    ("side-by-side-unknown", "/incidents/roblox-2021-10/with/slack-2021-01-04/", ".nf-open, .nf-lasted"),
    ("data", "/data/", ".nf-columns-of"),
    ("browse", "/browse/?p=lag", ".nf-browse-results li"),
    ("browse-incidents", "/browse/?of=incidents&not-p=lag", ".nf-browse-results li"),
    ("search", "/search/?q=ports", ".nf-found a"),
    ("patterns", "/patterns/", ".nf-matrix"),
];

fn screens() -> PathBuf {
    let folder = repository().join("target/browser-screens");
    fs::create_dir_all(&folder).expect("a folder for the pictures");
    folder
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn pages_stand_still_fit_their_screen_and_ask_no_other_host() {
    let screens = screens();
    for screen in [PHONE, DESK, Screen { dark: true, ..PHONE }, Screen { dark: true, ..DESK }] {
        let browser = Browser::new(screen);
        for (name, page, whole) in SHOWN {
            browser.go(&format!("{}{page}", address()));
            browser.wait_for(&format!("document.querySelector('{whole}')"));
            let seen = format!("{name} on {screen:?}");

            let wide = browser.run("return document.documentElement.scrollWidth - innerWidth");
            assert!(wide.as_i64().is_some_and(|wide| wide <= 0), "{seen}: wider than the screen by {wide}");
            let moved = browser.run_until_done(MOVED);
            assert_eq!(moved.as_array().map(Vec::len), Some(0), "{seen}: {moved}");
            let elsewhere = browser.run(
                "return performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith(location.origin) && !n.startsWith('data:'))",
            );
            assert_eq!(elsewhere.as_array().map(Vec::len), Some(0), "{seen}: {elsewhere}");

            let picture = browser.picture();
            let pixels = image::load_from_memory(&picture).expect("a PNG").into_rgb8();
            assert_eq!(pixels.width(), screen.width, "{seen}");
            let colours: HashSet<[u8; 3]> = pixels.pixels().map(|pixel| pixel.0).collect();
            assert!(colours.len() > 50, "{seen}: only {} colours", colours.len());
            let ground = pixels.get_pixel(1, 1).0;
            assert_eq!(ground[0] < 64, screen.dark, "{seen}: the ground is {ground:?}");

            let palette = if screen.dark { "dark" } else { "light" };
            fs::write(screens.join(format!("{name}-{}-{palette}.png", screen.width)), picture).expect("the picture");
        }
    }
}

/// What moved on the page after it was painted, without the reader having done anything.
const MOVED: &str = "const done = arguments[arguments.length - 1];
    const moved = [];
    new PerformanceObserver(list => {
        for (const shift of list.getEntries()) if (!shift.hadRecentInput)
            moved.push(shift.value + ': ' + shift.sources.map(s => 
                [s.node?.outerHTML?.slice(0, 80) ?? s.node?.textContent, JSON.stringify(s.previousRect), JSON.stringify(s.currentRect)].join(' ')).join(' | '));
    }).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done(moved), 150)";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn light_or_dark_is_the_readers_choice_on_every_page_and_never_on_paper() {
    let browser = Browser::new(DESK);
    let ground = |wanted: &str| format!("getComputedStyle(document.body).backgroundColor === '{wanted}'");
    let (light, dark) = (ground("rgb(252, 252, 250)"), ground("rgb(21, 25, 28)"));
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    browser.wait_for(&light);
    browser.click(".nf-palette button:nth-child(2)");
    browser.wait_for(&dark);
    browser.go(&format!("{}/patterns/saturation/", address()));
    browser.wait_for(&dark);
    browser.wait_for("getComputedStyle(document.documentElement).colorScheme === 'dark'");
    browser.wait_for("document.querySelector('.nf-palette [aria-pressed=true]').textContent === 'Dark'");
    browser.on_paper();
    browser.wait_for(&ground("rgb(255, 255, 255)"));
    let night = Browser::new(Screen { dark: true, ..DESK });
    night.go(&format!("{}/essays/out-of-ports/", address()));
    night.wait_for(&dark);
    night.click(".nf-palette button:nth-child(1)");
    night.wait_for(&light);
    night.click(".nf-palette button:nth-child(3)");
    night.wait_for(&dark);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn in_the_colours_of_the_readers_system_evidence_is_marked_and_drawings_are_seen() {
    let browser = Browser::new(DESK);
    browser.in_forced_colours();
    browser.go(&format!("{}/patterns/saturation/", address()));
    let solid = "const of = getComputedStyle(document.querySelector('mark')).backgroundColor; return !/rgba|transparent/.test(of) && of !== getComputedStyle(document.body).backgroundColor";
    assert_eq!(browser.run(solid), true);
    browser.go(&format!("{}/incidents/github-2026-02-02/", address()));
    let drawn = "return getComputedStyle(document.querySelector('.nf-timeline text')).fill === getComputedStyle(document.body).color";
    assert_eq!(browser.run(drawn), true);
}
