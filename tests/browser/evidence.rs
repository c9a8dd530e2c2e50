//! An essay shows which patterns its words are evidence of, and leads to one essay next; the front page is the nine.

use super::driver::{Browser, DESK, PHONE, Screen};
use super::served::address;

/// The marking links of the text: how each mark stands, and whether it is drawn in the colour of its line.
const MARKS: &str = "return [...document.querySelectorAll('.nf-prose a.nf-pattern[id]')].map(link => {
    const mark = getComputedStyle(link, '::after');
    const drawn = mark.maskImage.includes('marks.') && mark.backgroundColor === getComputedStyle(link).textDecorationColor;
    return (drawn ? mark.position : 'not drawn') + ' ' + Math.sign(parseFloat(mark.left) || 0) })";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn words_that_mark_a_pattern_have_its_mark_in_the_margin_and_on_a_phone_at_the_end_of_the_paragraph() {
    for (screen, expected) in
        [(DESK, "absolute -1"), (Screen { dark: true, ..DESK }, "absolute -1"), (PHONE, "absolute 1")]
    {
        let browser = Browser::new(screen);
        browser.go(&format!("{}/essays/out-of-ports/", address()));
        let marks = browser.run(MARKS);
        let marks = marks.as_array().expect("a list");
        assert!(marks.len() > 3 && marks.iter().all(|mark| mark == expected), "{screen:?}: {marks:?}");
        assert_eq!(browser.run("return document.documentElement.scrollWidth <= innerWidth"), true, "{screen:?}");
    }
}

/// Of the marking links: which of their marks stand behind the text, beside the last line, and two of one paragraph at
/// different heights.
const AT_THE_END: &str =
    "const all = new Set(); return [...document.querySelectorAll('.nf-prose a.nf-pattern[id]')].every(link => {
    const block = link.closest('p, li, dd, td, blockquote'), mark = getComputedStyle(link, '::after');
    const box = block.getBoundingClientRect(), end = box.left + parseFloat(mark.left), below = parseFloat(mark.bottom);
    const place = [...document.querySelectorAll('*')].indexOf(block) + ' ' + below, isNew = !all.has(place);
    all.add(place);
    return isNew && Math.abs(end - box.right) < 1 && end + parseFloat(mark.width) <= innerWidth + 0.5 && below < 60 })";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_tap_on_a_mark_opens_what_it_means_and_the_next_tap_follows_it() {
    let browser = Browser::new(PHONE);
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    assert_eq!(browser.run(AT_THE_END), true);
    browser.run("window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach(entry => window.shift += entry.value)).observe({ type: 'layout-shift' })");
    browser.run(
        "document.querySelector('.nf-prose a.nf-pattern[id]').scrollIntoView({ block: 'center', behavior: 'instant' })",
    );
    // The mark itself, beside the last line of its paragraph.
    let mark = "(() => { const link = document.querySelector('.nf-prose a.nf-pattern[id]'), box = link.closest('p, li').getBoundingClientRect(); return { getBoundingClientRect: () => ({ x: box.right + 8, y: box.bottom - 12, width: 0, height: 0 }) } })()";
    browser.tap(mark);
    browser.wait_for("document.querySelector('#nf-preview:not([hidden]) q mark')");
    let words = browser.run("return document.getElementById('nf-preview').textContent");
    assert!(words.as_str().is_some_and(|words| words.contains("Demand uses up what")), "{words}");
    let seen = "const r = document.getElementById('nf-preview').getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth && r.top >= 0";
    assert_eq!(browser.run(seen), true);
    assert_eq!(browser.run("return [location.pathname, window.shift].join(' ')"), "/essays/out-of-ports/ 0");
    // Elsewhere closes it.
    browser.tap("document.querySelector('.nf-prose h2')");
    browser.wait_for("document.getElementById('nf-preview').hidden");
    browser.tap(mark);
    browser.wait_for("!document.getElementById('nf-preview').hidden");
    browser.tap(mark);
    browser.wait_for("location.pathname === '/patterns/saturation/'");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_tap_on_a_mark_follows_it_where_no_script_runs() {
    let browser = Browser::new(PHONE);
    browser.without_script();
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    browser.click(".nf-prose a.nf-pattern[id]");
    assert!(browser.url().ends_with("/patterns/saturation/"), "{}", browser.url());
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_contents_show_where_which_pattern_is_and_lead_there() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    let same = "return JSON.stringify([...document.querySelectorAll('.nf-strip a')].map(link => link.hash.slice(1)).filter(id => id.startsWith('passage-')))
        === JSON.stringify([...document.querySelectorAll('.nf-prose a.nf-pattern[id]')].map(link => link.id))";
    assert_eq!(browser.run(same), true);
    assert_eq!(browser.run("return [...document.querySelectorAll('.nf-strip a')].every(link => link.ariaLabel)"), true);
    browser.run("document.querySelector('.nf-strip a').click()");
    browser.wait_for("document.querySelector('.nf-prose a.nf-pattern:target')");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn words_that_mark_a_pattern_tell_what_it_is_and_quote_another_essay() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    browser.run("document.querySelector('.nf-prose a.nf-pattern[id]').focus()");
    browser.wait_for("document.querySelector('#nf-preview:not([hidden]) q mark')");
    let words = browser.run("return document.getElementById('nf-preview').textContent");
    assert!(words.as_str().is_some_and(|words| words.contains("Saturation")), "{words}");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn after_an_essay_stands_one_way_on_and_the_others_are_folded() {
    for screen in [DESK, PHONE] {
        let browser = Browser::new(screen);
        for essay in ["out-of-ports", "forty-three-seconds", "the-first-working-day"] {
            browser.go(&format!("{}/essays/{essay}/", address()));
            let height = browser.run("return document.querySelector('.nf-after').getBoundingClientRect().height");
            let seen = format!("{essay} on {screen:?}: {height}");
            assert!(height.as_f64().is_some_and(|height| height < f64::from(screen.height)), "{seen}");
            let next =
                browser.run("return document.querySelectorAll('.nf-after > .nf-onward:not(details) .nf-card').length");
            assert_eq!(next, 1, "{seen}");
            let once = "const all = [...document.querySelectorAll('.nf-after .nf-card h3 a, .nf-after .nf-stacked a')].map(a => a.href); return all.length === new Set(all).size";
            assert_eq!(browser.run(once), true, "{seen}");
        }
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_nine_are_in_the_first_screen_of_the_front_page() {
    for screen in [Screen { height: 900, ..DESK }, PHONE] {
        let browser = Browser::new(screen);
        browser.go(&format!("{}/", address()));
        let below = browser.run("return [...document.querySelectorAll('.nf-asked > li')].filter(tile => tile.getBoundingClientRect().bottom > innerHeight).length");
        assert_eq!(below, 0, "{screen:?}");
        let asked = browser.run(
            "return [...document.querySelectorAll('.nf-asked > li p')].filter(p => p.textContent.endsWith('?')).length",
        );
        assert_eq!(asked, 9, "{screen:?}");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn an_essay_stands_once_on_a_patterns_page() {
    let browser = Browser::new(DESK);
    for page in ["/patterns/lag/", "/patterns/saturation/", "/concepts/etto/"] {
        browser.go(&format!("{}{page}", address()));
        let twice = "const all = [...document.querySelectorAll('main .nf-of > a, main .nf-card h3 a, main .nf-quotes > li > a')].map(a => a.pathname); return all.filter((path, n) => all.indexOf(path) !== n)";
        let twice = browser.run(twice);
        assert_eq!(twice.as_array().map(Vec::len), Some(0), "{page}: {twice}");
    }
}
