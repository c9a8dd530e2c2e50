//! Search as a reader uses it: words typed, results by kind, filters, passages, keys. From a plain host and while writing.

use serde_json::Value;

use super::driver::{Browser, DESK, PHONE};
use super::served::{address, serve};
use crate::cases::server::Server;
use crate::cases::small_site;

const DOWN: &str = "\u{e015}";
const UP: &str = "\u{e013}";
const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";

fn text(browser: &Browser, expression: &str) -> String {
    browser.run(&format!("return String({expression})")).as_str().unwrap_or_default().to_owned()
}

fn status(browser: &Browser) -> String {
    text(browser, "document.querySelector('.nf-search-status').textContent")
}

fn has_focus(browser: &Browser, selector: &str) {
    browser.wait_for(&format!("document.activeElement.matches(\"{selector}\")"));
}

/// The search page with these words, when it shows what they find.
fn searched(browser: &Browser, query: &str) {
    browser.go(&format!("{}/search/{query}", address()));
    browser.wait_for("document.querySelector('#nf-search[data-ready] .nf-found a')");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn words_find_results_by_kind_with_the_words_marked() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/search/", address()));
    browser.wait_for("document.querySelector('#nf-search[data-ready]')");
    // Nothing is asked yet, but the filters are there.
    assert_eq!(status(&browser), "");
    browser.wait_for("document.querySelectorAll('.nf-facets input[type=checkbox]').length > 9");
    browser.run("document.querySelector('#nf-search input[name=q]').focus()");
    browser.press("ports");
    browser.wait_for("location.search === '?q=ports'");
    browser.wait_for("/^\\d+ results$/.test(document.querySelector('.nf-search-status').textContent)");
    let kinds = text(&browser, "[...document.querySelectorAll('.nf-found > h2')].map(h => h.id)");
    for kind in ["essay", "incident"] {
        assert!(kinds.contains(&format!("nf-found-{kind}")), "{kinds}");
    }
    // The counts of the kinds are the whole.
    let sum = browser.run("return [...document.querySelectorAll('.nf-found > h2 .nf-count')].reduce((n, count) => n + Number(count.textContent), 0)");
    assert_eq!(status(&browser), format!("{sum} results"));
    let first = text(&browser, "document.querySelector('.nf-found a').textContent");
    assert_eq!(first, "Out of ports");
    browser
        .wait_for("[...document.querySelectorAll('.nf-excerpt mark')].some(mark => /ports/i.test(mark.textContent))");
    // What is in the index stays text.
    assert_eq!(browser.run("return document.querySelectorAll('.nf-excerpt :not(mark)').length"), Value::from(0));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_filter_leaves_what_its_count_promised_and_back_takes_it_off() {
    let browser = Browser::new(DESK);
    searched(&browser, "?q=people");
    let all = status(&browser);
    let promised = text(
        &browser,
        "document.querySelector(\"input[value='pattern:saturation']\").closest('label').querySelector('.nf-count').textContent",
    );
    browser.click("input[value='pattern:saturation']");
    browser.wait_for("location.search === '?q=people&pattern=saturation'");
    browser
        .wait_for(&format!("document.querySelector('.nf-search-status').textContent.startsWith('{promised} result')"));
    // The box that was pressed keeps the focus, and the words of the author's records name the filters.
    has_focus(&browser, "input[value='pattern:saturation']:checked");
    assert_eq!(text(&browser, "document.activeElement.nextElementSibling.textContent"), "Saturation");
    browser.run("history.back()");
    browser.wait_for(&format!("document.querySelector('.nf-search-status').textContent === '{all}'"));
    // A bookmark brings words and filters back; filters alone find too, concepts and incidents as well as patterns.
    searched(&browser, "?q=people&pattern=saturation");
    assert!(status(&browser).starts_with(&format!("{promised} result")));
    searched(&browser, "?incident=bluesky-2026-04");
    let found = text(&browser, "document.querySelector('.nf-results').textContent");
    assert!(found.contains("Out of ports") && found.contains("Bluesky outage, April 2026"), "{found}");
    searched(&browser, "?concept=etto");
    browser.wait_for("document.querySelector(\"input[value='concept:etto']:checked\")");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_passage_leads_to_its_place() {
    let browser = Browser::new(DESK);
    searched(&browser, "?q=number+in+use+unbounded");
    let anchor = "#passage-left-the-number-in-use-unbounded";
    browser.click(&format!(".nf-is-passage a[href='/essays/out-of-ports/{anchor}']"));
    browser.wait_for(&format!("location.hash === '{anchor}'"));
    browser.wait_for("(() => { const r = document.querySelector(':target').getBoundingClientRect(); return r.top >= 0 && r.bottom <= innerHeight })()");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_slash_opens_search_and_the_keyboard_goes_all_the_way() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/out-of-ports/", address()));
    // Neither the index nor the script is loaded before somebody searches.
    let loaded = "performance.getEntriesByType('resource').map(entry => entry.name)";
    let before = text(&browser, loaded);
    assert!(!before.contains("pagefind") && !before.contains("search."), "{before}");
    browser.press("/");
    has_focus(&browser, "#nf-search-dialog[open] input");
    assert_eq!(text(&browser, "document.activeElement.value"), "");
    // In the field a slash is a letter.
    browser.press("time/wait");
    browser.wait_for("document.activeElement.value === 'time/wait'");
    browser.run("document.activeElement.value = ''");
    browser.press("handover");
    browser.wait_for("document.querySelector('#nf-search-dialog .nf-found a')");
    browser.press(DOWN);
    has_focus(&browser, "#nf-search-dialog .nf-result a");
    browser.press(DOWN);
    let second = text(
        &browser,
        "[...document.querySelectorAll('#nf-search-dialog .nf-results a')].indexOf(document.activeElement)",
    );
    assert_eq!(second, "1");
    browser.press(UP);
    browser.press(UP);
    has_focus(&browser, "#nf-search-dialog input");
    // A letter typed on a result goes to the field.
    browser.press(DOWN);
    browser.press("s");
    browser.wait_for("document.activeElement.value === 'handovers'");
    // Escape leaves, and the focus is where it was.
    browser.press(ESCAPE);
    browser.wait_for("!document.getElementById('nf-search-dialog').open && document.activeElement === document.body");
    browser.run("document.querySelector('.nf-brand').focus()");
    browser.press("/");
    has_focus(&browser, "#nf-search-dialog[open] input");
    browser.press(ESCAPE);
    has_focus(&browser, ".nf-brand");
    // Enter opens the best result.
    browser.press("/");
    has_focus(&browser, "#nf-search-dialog[open] input");
    browser.press("saturation");
    browser.wait_for("document.querySelector('#nf-search-dialog .nf-found a')?.textContent === 'Saturation'");
    browser.press(ENTER);
    browser.wait_for("location.pathname === '/patterns/saturation/'");
    let hosts = text(
        &browser,
        "performance.getEntriesByType('resource').filter(entry => !entry.name.startsWith(location.origin)).length",
    );
    assert_eq!(hosts, "0");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn on_its_own_page_the_keys_work_as_well() {
    let browser = Browser::new(DESK);
    searched(&browser, "?q=ports");
    browser.run("document.activeElement.blur()");
    browser.press("/");
    has_focus(&browser, "#nf-search input[name='q']");
    browser.press(DOWN);
    has_focus(&browser, "#nf-search .nf-result a");
    browser.press(ESCAPE);
    has_focus(&browser, "#nf-search input[name='q']");
    browser.press(ESCAPE);
    browser.wait_for("document.activeElement.value === '' && location.search === ''");
    browser.press("zzxqv");
    browser.wait_for("document.querySelector('.nf-search-status').textContent === 'Nothing is found'");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn on_a_phone_the_link_opens_search_over_the_whole_screen() {
    let browser = Browser::new(PHONE);
    browser.go(&format!("{}/patterns/lag/", address()));
    browser.click(".nf-search-link");
    has_focus(&browser, "#nf-search-dialog[open] input");
    browser.press("ports");
    browser.wait_for("document.querySelector('#nf-search-dialog .nf-found a')");
    browser.wait_for("document.getElementById('nf-search-dialog').getBoundingClientRect().width === innerWidth");
    browser.wait_for("document.documentElement.scrollWidth <= innerWidth");
    browser.click(".nf-search-form .nf-button");
    browser.wait_for("!document.getElementById('nf-search-dialog').open");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_site_below_a_path_is_searched_there() {
    let site = small_site::with_default_theme();
    let config = "title: Small\nbase_url: https://small.example/below/\nlogo: logo.svg\nextra_css: [own.css]\n";
    site.write("content/site.yaml", config);
    site.build();
    let root = tempfile::tempdir().expect("a folder");
    std::fs::rename(site.out(), root.path().join("below")).expect("the site below a path");
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/below/search/?q=minute", serve(root.path())));
    browser.wait_for("document.querySelector('.nf-found a')");
    browser
        .wait_for("[...document.querySelectorAll('.nf-results a')].every(link => link.pathname.startsWith('/below/'))");
    browser.click(".nf-result a[href='/below/essays/ports/']");
    browser.wait_for("document.title.includes('Out of ports')");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn while_writing_the_newest_text_is_found() {
    let site = small_site::with_default_theme();
    let server = Server::of(&site);
    let browser = Browser::new(DESK);
    let find = format!("http://{}/search/?q=quokka", server.address);
    browser.go(&find);
    browser.wait_for("document.querySelector('.nf-search-status')?.textContent === 'Nothing is found'");
    let entry = "/pagefind/pagefind-entry.json";
    let before = server.get(entry).body;
    site.write("content/essays/new.md", crate::support::essay("New", "", "A word nobody used: quokka."));
    server.ask_until(entry, |answer| answer.body != before);
    browser.go(&find);
    browser.wait_for("document.querySelector('.nf-found a')?.textContent === 'New'");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_word_within_a_run_of_characters_is_found() {
    let sentences =
        [("zh", "工程师", "值班的工程师没有收到警报。"), ("ja", "警報", "当直の技術者は警報に気づかなかった。")];
    let browser = Browser::new(DESK);
    for (language, word, sentence) in sentences {
        let site = small_site::with_default_theme();
        let config = format!(
            "title: Small\nbase_url: https://small.example\nlanguage: {language}\nlogo: logo.svg\nextra_css: [own.css]\n"
        );
        site.write("content/site.yaml", config);
        site.write("content/essays/run.md", crate::support::essay("Run", "", sentence));
        site.build();
        browser.go(&format!("{}/search/?q={word}", serve(&site.out())));
        browser.wait_for("document.querySelector('.nf-found a')?.textContent === 'Run'");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_page_that_is_open_while_the_site_is_published_goes_on_searching() {
    let site = small_site::with_default_theme();
    let publish = |days: u32| {
        site.write(
            "content/site.yaml",
            format!("title: Small\nbase_url: https://small.example\nlogo: logo.svg\nextra_css: [own.css]\npublish: {{live: {{type: dir, path: live, keep_days: {days}}}}}\n"),
        );
        let output = assert_cmd::cargo::cargo_bin_cmd!("ninefold").arg("publish").current_dir(site.root()).output();
        let output = output.expect("the program");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let write =
        |word: &str| site.write("content/essays/new.md", crate::support::essay(word, "", &format!("A word: {word}.")));
    write("quokka");
    publish(30);
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/search/?q=quokka", serve(&site.root().join("live"))));
    let found = |word: &str| format!("document.querySelector('.nf-found a')?.textContent === '{word}'");
    browser.wait_for(&found("quokka"));
    let look_for = |word: &str| {
        browser.run(&format!(
            "const input = document.querySelector('#nf-search input[type=search]'); input.value = '{word}'; input.dispatchEvent(new Event('input', {{ bubbles: true }}))"
        ));
    };
    // What the page has read names pieces that are still there; a word that is new is found in the new index.
    write("numbat");
    publish(30);
    look_for("numbat");
    browser.wait_for(&found("numbat"));
    // The old pieces are gone.
    write("wombat");
    publish(0);
    look_for("wombat");
    browser.wait_for(&found("wombat"));
}
