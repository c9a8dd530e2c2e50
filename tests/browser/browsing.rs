//! Facets and copying.

use serde_json::Value;

use super::driver::{Browser, DESK};
use super::served::address;
use crate::support::TestSite;

fn results(browser: &Browser) -> usize {
    let n = browser.run("return document.querySelectorAll('.nf-browse-results li').length");
    n.as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number")
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn facets_narrow_the_essays_keep_their_state_in_the_address_and_go_back() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/browse/", address()));
    browser.wait_for("document.querySelector('#nf-browse[data-ready]')");
    let all = results(&browser);
    assert!(all >= 12);
    // Each says in a sentence what it is about.
    browser.wait_for("[...document.querySelectorAll('.nf-browse-results li')].every(row => /[.?!]$/.test(row.querySelector('.nf-row-summary').textContent))");
    browser.click("input[value='p:4']");
    browser.wait_for("location.search === '?p=lag'");
    let lag = results(&browser);
    assert!(lag < all && lag > 1);
    // The count beside an option is what its choice leaves.
    let promised = browser.run("return Number(document.querySelector(\"input[value='p:3']\").closest('label').querySelector('.nf-count').textContent)");
    browser.click("input[value='p:3']");
    browser.wait_for("location.search === '?p=lag%7Esaturation'");
    assert_eq!(Value::from(results(&browser)), promised);
    browser.run("history.back()");
    browser.wait_for("location.search === '?p=lag'");
    browser.wait_for(&format!("document.querySelectorAll('.nf-browse-results li').length === {lag}"));
    // A bookmark brings the choice back.
    browser.go(&format!("{}/browse/?p=lag~saturation", address()));
    browser.wait_for("document.querySelector('#nf-browse[data-ready]')");
    assert_eq!(Value::from(results(&browser)), promised);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_choice_that_leaves_nothing_can_not_be_made_and_all_can_be_cleared() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/browse/?y=2026&k=analysis", address()));
    browser.wait_for("document.querySelector('#nf-browse[data-ready]')");
    let empty = browser.run("return [...document.querySelectorAll('.nf-facets input[type=checkbox]')].filter(box => !box.checked && !box.disabled && box.closest('label').querySelector('.nf-count').textContent === '0').length");
    assert_eq!(empty, Value::from(0));
    browser.click(".nf-browse-found .nf-button");
    browser.wait_for("location.search === ''");
    assert!(results(&browser) >= 12);
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_pattern_and_an_incident_together_mean_the_one_in_the_other() {
    let site = TestSite::with_default_theme()
        .incident("one", "title: One")
        .incident("two", "title: Two")
        .essay("a", "incidents: [one, two]", "It [waited](pattern:lag?in=two).")
        .essay("b", "incidents: [one]", "It [waited](pattern:lag).");
    site.build();
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/browse/?p=lag~&i=one", super::served::serve(&site.out())));
    browser.wait_for("document.querySelector('.nf-browse-status')?.textContent === '1 essay'");
    let found = browser.run("return document.querySelector('.nf-browse-results a').textContent");
    assert_eq!(found, Value::from("b"));
}

/// The ids of the incidents that `/browse/` shows for a query.
fn incidents_for(browser: &Browser, query: &str) -> Vec<String> {
    browser.go(&format!("{}/browse/?of=incidents&{query}", address()));
    browser.wait_for("/incident/.test(document.querySelector('.nf-browse-status')?.textContent)");
    let found = browser
        .run("return [...document.querySelectorAll('.nf-browse-results a')].map(a => a.pathname.split('/')[2]).sort()");
    serde_json::from_value(found).expect("ids")
}

/// What SQLite answers when the tables of the dataset are loaded as they are.
fn asked(sql: &str) -> Vec<String> {
    const LOAD: &str = r#"
import csv, json, pathlib, sqlite3, sys
database = sqlite3.connect(":memory:")
for file in pathlib.Path(sys.argv[1]).glob("*.csv"):
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    database.execute(f"create table {file.stem} ({', '.join(header)})")
    database.executemany(f"insert into {file.stem} values ({', '.join('?' * len(header))})", rows)
print(json.dumps([id for (id,) in database.execute(sys.argv[2])]))
"#;
    let data = super::served::built().join("data");
    let output = std::process::Command::new("python3").args(["-c", LOAD]).arg(data).arg(sql).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("ids")
}

#[test]
#[ignore = "needs chromium, chromedriver and python3"]
fn incidents_are_found_by_what_they_show_and_what_they_do_not_as_the_tables_say() {
    const SEEN: &str = "select incident from readings where sees = 'true' and pattern";
    let browser = Browser::new(DESK);
    for (query, sql) in [
        (
            "p=saturation&not-p=lag",
            format!(
                "select id from incidents where id in ({SEEN} = 'saturation') and id not in ({SEEN} = 'lag') order by id"
            ),
        ),
        (
            "p=lag~tangles",
            format!("select id from incidents where id in ({SEEN} = 'lag') and id in ({SEEN} = 'tangles') order by id"),
        ),
        ("not-p=saturation", format!("select id from incidents where id not in ({SEEN} = 'saturation') order by id")),
        (
            "c=room-to-manoeuvre&y=2026",
            "select distinct incidents.id from incidents join readings on incident = incidents.id
             where concept = 'room-to-manoeuvre' and sees = 'true' and started like '2026%' order by incidents.id"
                .to_owned(),
        ),
    ] {
        let found = incidents_for(&browser, query);
        assert!(!found.is_empty(), "{query} finds nothing");
        assert_eq!(found, asked(&sql), "{query}");
    }
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_choice_goes_along_from_essays_to_incidents_and_an_option_can_be_left_out() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/browse/?p=saturation&i=bluesky-2026-04", address()));
    browser.wait_for("document.querySelector('#nf-browse[data-ready] .nf-browse-results li')");
    browser.click("input[name='of'][value='incidents']");
    browser.wait_for("location.search === '?of=incidents&p=saturation'");
    browser.wait_for("document.activeElement.matches('input[name=of][value=incidents]:checked')");
    let all = results(&browser);
    browser.click("button[value='not-p:4']");
    browser.wait_for("location.search === '?of=incidents&p=saturation&not-p=lag'");
    browser.wait_for("document.activeElement.matches(\"button[value='not-p:4'][aria-pressed='true']\")");
    assert!(results(&browser) < all);
    // To see it there and to leave it out go against each other.
    browser.run("history.back()");
    browser.wait_for("location.search === '?of=incidents&p=saturation'");
    browser.wait_for(&format!("document.querySelectorAll('.nf-browse-results li').length === {all}"));
    assert_eq!(browser.run("return document.querySelector(\"button[value='not-p:3']\").disabled"), Value::from(true));
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_thousand_essays_are_browsed_by_keyboard() {
    let mut site = TestSite::with_default_theme();
    for n in 0..1_000 {
        let front = format!("patterns: [{}]", ["lag", "lag, tangles", "friction"][n % 3]);
        site = site.essay(&format!("essay-{n:04}"), &front, "Text.");
    }
    site.build();
    let index = std::fs::read(site.out().join("data/browse.json")).expect("the index");
    assert!(index.len() < 120_000, "{} bytes", index.len());
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/browse/", super::served::serve(&site.out())));
    browser.wait_for("document.querySelector('#nf-browse[data-ready]')");
    assert_eq!(results(&browser), 50);
    browser.run("document.querySelector(\"input[value='p:8']\").focus()");
    browser.press(" ");
    browser.wait_for("document.querySelector('.nf-browse-status').textContent === '333 essays'");
    // The box that was pressed keeps the focus.
    browser.wait_for("document.activeElement.value === 'p:8' && document.activeElement.checked");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_passage_copies_as_markdown_with_its_citation() {
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/patterns/saturation/", address()));
    browser.run("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }");
    browser.click("a[href$='#passage-left-the-number-in-use-unbounded'] ~ .nf-copy");
    browser.wait_for("window.copied");
    let copied = browser.run("return window.copied");
    let copied = copied.as_str().expect("text");
    assert!(copied.starts_with("> ") && copied.contains("left the number in use unbounded"), "{copied}");
    let source =
        "[Out of ports](https://ninefold.example/essays/out-of-ports/#passage-left-the-number-in-use-unbounded)";
    assert!(copied.ends_with(&format!("> -- {source}\n")), "{copied}");
}
