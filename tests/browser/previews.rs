//! Previews of links: who asks for one, what it says, how it goes.

use super::driver::{Browser, DESK, PHONE};
use super::served::address;

const SHOWN: &str = "!(document.getElementById('nf-preview')?.hidden ?? true)";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_link_shows_what_it_leads_to_when_it_has_the_focus_and_never_on_touch() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    browser.run("document.querySelector(\".nf-prose a[href='/incidents/bluesky-2026-04/']\").focus()");
    browser.wait_for(SHOWN);
    let text = browser.run("return document.getElementById('nf-preview').textContent");
    assert!(text.as_str().is_some_and(|text| text.contains("Bluesky outage, April 2026")), "{text}");
    browser.press("\u{e00c}");
    browser.wait_for(&format!("!({SHOWN})"));
    // A pattern says what it means.
    browser.run("document.querySelector(\".nf-prose a[href='/patterns/saturation/']\").focus()");
    browser.wait_for(SHOWN);
    let text = browser.run("return document.querySelector('#nf-preview p').textContent");
    assert_eq!(text, "Demand uses up what a component, team or person has left with which to respond.");
    let phone = Browser::new(PHONE);
    phone.go(&format!("{}/essays/out-of-ports/", address()));
    phone.run("document.querySelector(\".nf-prose a[href='/incidents/bluesky-2026-04/']\").dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'touch' }))");
    std::thread::sleep(std::time::Duration::from_millis(400));
    phone.wait_for(&format!("!({SHOWN})"));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn focus_that_an_address_brings_opens_nothing_and_tab_does() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/patterns/saturation/", address()));
    browser.click("a[href='/essays/out-of-ports/#passage-left-the-number-in-use-unbounded']");
    browser.wait_for("document.activeElement.id === 'passage-left-the-number-in-use-unbounded'");
    std::thread::sleep(std::time::Duration::from_millis(600));
    browser.wait_for(&format!("!({SHOWN})"));
    browser.press("\u{e004}");
    browser.wait_for(SHOWN);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_preview_shows_the_place_and_a_mouse_may_enter_it() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/patterns/saturation/", address()));
    let link = "a[href='/essays/out-of-ports/#passage-left-the-number-in-use-unbounded']";
    browser
        .run(&format!("document.querySelector(\"{link}\").scrollIntoView({{ block: 'center', behavior: 'instant' }})"));
    browser.point(&format!("document.querySelector(\"{link}\")"));
    browser.wait_for(SHOWN);
    let words = browser.run("return document.querySelector('#nf-preview p').textContent");
    assert!(words.as_str().is_some_and(|words| words.contains("left the number in use unbounded")), "{words}");
    let within = "(() => { const r = document.getElementById('nf-preview').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight && r.right <= innerWidth })()";
    browser.wait_for(within);
    browser.point("document.getElementById('nf-preview')");
    std::thread::sleep(std::time::Duration::from_millis(500));
    browser.wait_for(SHOWN);
    browser.point("{ getBoundingClientRect: () => ({ x: 2, y: 2, width: 0, height: 0 }) }");
    browser.wait_for(&format!("!({SHOWN})"));
}
