//! An author at work: saves, and the page on show follows without losing the place.

use std::fs;

use super::driver::{Browser, DESK, PHONE};
use crate::cases::server::Server;
use crate::support::{TestSite, essay};

/// A long essay with a block that opens, whose paragraph in the middle says `middle`.
fn long_essay(middle: &str) -> String {
    let paragraph = |n: usize| {
        format!(
            "Paragraph {n} of an essay that is long enough to scroll through, with words that say little and take their room.\n\n"
        )
    };
    let before: String = (0..40).map(paragraph).collect();
    let after: String = (40..80).map(paragraph).collect();
    let opens = "<details>\n<summary>More</summary>\n\nWhat was folded.\n\n</details>\n\n";
    essay("Long", "patterns: lag", &format!("{before}{opens}{middle}\n\n{after}"))
}

fn site() -> TestSite {
    TestSite::with_default_theme().file("content/essays/long.md", long_essay("The middle.[^1]\n\n[^1]: A note.")).essay(
        "other",
        "",
        "Other words.",
    )
}

/// Goes to the middle of the long essay, opens the block and leaves a mark that a reload would wipe out.
fn in_the_middle(browser: &Browser, server: &Server) {
    browser.go(&format!("http://{}/essays/long/", server.address));
    browser.run(
        "document.querySelector('article details:not(.nf-fold)').open = true; window.marked = true; \
         [...document.querySelectorAll('article p')].find(p => p.textContent.startsWith('The middle')).scrollIntoView({ block: 'center' })",
    );
    browser.wait_for("scrollY > 1000");
}

const TOP_OF_MIDDLE: &str = "return Math.round([...document.querySelectorAll('article p')].find(p => p.textContent.startsWith('The middle')).getBoundingClientRect().top)";

#[test]
#[ignore = "needs chromium and chromedriver"]
fn an_edit_shows_in_place_and_scroll_and_open_blocks_are_kept() {
    let site = site();
    let server = Server::of(&site);
    for screen in [DESK, PHONE] {
        site.write("content/essays/long.md", long_essay("The middle.[^1]\n\n[^1]: A note."));
        let browser = Browser::new(screen);
        in_the_middle(&browser, &server);
        let (scrolled, top) = (browser.run("return scrollY"), browser.run(TOP_OF_MIDDLE));
        site.write("content/essays/long.md", long_essay("The middle, rewritten.[^1]\n\n[^1]: Another note."));
        browser.wait_for("document.body.textContent.includes('The middle, rewritten.')");
        assert_eq!(browser.run("return window.marked"), true, "it was not loaded again");
        assert_eq!(browser.run("return scrollY"), scrolled);
        assert_eq!(browser.run("return document.querySelector('article details:not(.nf-fold)').open"), true);
        // Text that comes above moves nothing of what is read.
        let longer = long_essay("The middle, rewritten.[^1]\n\n[^1]: Another note.").replacen(
            "Paragraph 3 ",
            &"Much more of it. ".repeat(60),
            1,
        );
        site.write("content/essays/long.md", longer);
        browser.wait_for("document.body.textContent.includes('Much more of it.')");
        browser.wait_for(&format!("Math.abs((() => {{ {TOP_OF_MIDDLE} }})() - {top}) <= 2"));
        // What scripts add follows: the note in the margin is the new one, once.
        assert_eq!(
            browser.run("return [...document.querySelectorAll('.nf-notes li')].map(note => [note.querySelector('p').firstChild.textContent.trim(), note.querySelectorAll('.nf-more').length])"),
            serde_json::json!([["Another note.", 1]])
        );
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_style_sheet_is_swapped_without_loading_the_page_again() {
    let site = site();
    let server = Server::of(&site);
    let browser = Browser::new(DESK);
    in_the_middle(&browser, &server);
    let scrolled = browser.run("return scrollY");
    site.write("themes/default/assets/print.css", "body { outline: 7px solid rgb(1, 2, 3) }\n");
    let style =
        fs::read_to_string(crate::support::repository().join("themes/default/assets/style.css")).expect("the style");
    site.write("themes/default/assets/style.css", format!("{style}\nbody {{ outline: 3px solid rgb(1, 2, 3) }}\n"));
    browser.wait_for("getComputedStyle(document.body).outlineColor === 'rgb(1, 2, 3)'");
    assert_eq!(browser.run("return window.marked"), true);
    assert_eq!(browser.run("return scrollY"), scrolled);
    browser.wait_for("document.querySelectorAll('head link[href*=\"/style.\"]').length === 1");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn another_pages_change_leaves_this_one_alone() {
    let site = site();
    let server = Server::of(&site);
    let browser = Browser::new(DESK);
    in_the_middle(&browser, &server);
    browser.run(
        "window.changes = 0; new MutationObserver(() => window.changes++).observe(document.querySelector('main'), \
         { childList: true, subtree: true, characterData: true })",
    );
    site.write("content/essays/other.md", essay("other", "", "Quite other words."));
    // The change after it is heard of, and in order: by then the first would have shown.
    site.write("content/essays/long.md", long_essay("The middle, at last."));
    browser.wait_for("document.body.textContent.includes('The middle, at last.')");
    assert_eq!(browser.run("return window.marked"), true);
    let other = browser.run_until_done(
        "const done = arguments[0]; fetch('/essays/other/').then(a => a.text()).then(text => done(text.includes('Quite other words.')))",
    );
    assert_eq!(other, true);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_bar_of_faults_never_covers_what_is_being_written() {
    let site = site();
    let server = Server::of(&site);
    for screen in [DESK, PHONE] {
        site.write("content/essays/long.md", long_essay("The middle."));
        let browser = Browser::new(screen);
        in_the_middle(&browser, &server);
        // The sentence stands at the very bottom of the window, where the bar will be.
        browser.run(
            "[...document.querySelectorAll('article p')].find(p => p.textContent.startsWith('The middle')).scrollIntoView({ block: 'end' })",
        );
        site.write("content/essays/long.md", long_essay("The middle with [a link](nowhere.md)."));
        browser.wait_for("document.querySelector('#nf-faults') && document.querySelector('.nf-fault')");
        browser.wait_for(
            "document.querySelector('.nf-fault').closest('p').getBoundingClientRect().bottom <= document.querySelector('#nf-faults').getBoundingClientRect().top",
        );
        assert_eq!(browser.run("return document.querySelector('.nf-fault').textContent"), "a link");
        assert_eq!(
            browser.run("return document.querySelector('#nf-faults summary').textContent.trim()"),
            "1 error: there is no file `content/essays/nowhere.md` on this page"
        );
        browser.click("#nf-faults summary");
        browser.wait_for("document.querySelector('#nf-faults pre').textContent.includes('content/essays/long.md:')");
        // Opened, it stays open while its author writes on.
        site.write("content/essays/long.md", long_essay("The middle with [some other link](nowhere.md)."));
        browser.wait_for("document.querySelector('.nf-fault').textContent === 'some other link'");
        assert_eq!(browser.run("return document.querySelector('#nf-faults').open"), true);
        site.write("content/essays/long.md", long_essay("The middle, mended."));
        browser.wait_for("!document.querySelector('#nf-faults') && !document.querySelector('.nf-fault')");
        assert_eq!(browser.run("return window.marked"), true);
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn who_follows_is_taken_along() {
    let site = site();
    let server = Server::start(site.root(), &["--follow"]);
    let browser = Browser::new(DESK);
    in_the_middle(&browser, &server);
    site.write("content/essays/other.md", essay("other", "", "Quite other words."));
    browser.wait_for("location.pathname === '/essays/other/'");
    browser.wait_for("document.body.textContent.includes('Quite other words.')");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn the_bar_goes_from_every_open_page_when_nothing_is_wrong_any_more() {
    let site = site();
    let server = Server::of(&site);
    let (here, elsewhere) = (Browser::new(DESK), Browser::new(DESK));
    here.go(&format!("http://{}/essays/long/", server.address));
    elsewhere.go(&format!("http://{}/essays/other/", server.address));
    for n in 0..2 {
        site.write("content/essays/long.md", long_essay(&format!("The middle with [a link](nowhere-{n}.md).")));
        for page in [&here, &elsewhere] {
            page.wait_for("document.querySelector('#nf-faults summary')?.textContent.startsWith('1 error')");
        }
        site.write("content/essays/long.md", long_essay("The middle."));
        for page in [&here, &elsewhere] {
            page.wait_for("!document.querySelector('#nf-faults') && document.body.style.paddingBottom === ''");
        }
    }
}
