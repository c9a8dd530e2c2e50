//! Axe finds no fault on any kind of page, the Nu checker none in any page of the built site.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::driver::{Browser, DESK, PHONE, Screen};
use super::served::{self, address, built};
use crate::cases::small_site;

/// One page of each kind.
pub const PAGES: [&str; 24] = [
    "/",
    "/essays/",
    "/essays/out-of-ports/",
    "/essays/guards-that-race/",
    "/patterns/",
    "/patterns/saturation/",
    "/patterns/lag/saturation/",
    "/patterns/review/",
    "/concepts/",
    "/concepts/etto/",
    "/incidents/",
    "/incidents/github-2026-02-02/",
    "/incidents/github-2026-02-02/with/github-2026-02-09/",
    "/incidents/roblox-2021-10/with/slack-2021-01-04/",
    "/incidents/slack-2021-01-04/",
    "/about/",
    "/guide/",
    "/guide/theme/",
    "/guide/recipes/",
    "/browse/",
    "/browse/?of=incidents&not-p=lag",
    "/data/",
    "/search/",
    "/404.html",
];

/// Where `npm install` put the checkers: a folder with `node_modules` in it.
fn npm(path: &str) -> String {
    let folder =
        std::env::var("NINEFOLD_NPM").expect("NINEFOLD_NPM, the folder with axe-core and vnu-jar in its node_modules");
    format!("{folder}/node_modules/{path}")
}

/// A line for each fault axe finds on `pages` of the site at `address`, on one screen.
fn axe_faults(address: &str, pages: &[String], screen: Screen) -> Vec<String> {
    let axe = fs::read_to_string(npm("axe-core/axe.min.js")).expect("axe-core");
    let browser = Browser::new(screen);
    let mut found = Vec::new();
    for page in pages {
        browser.go(&format!("{address}{page}"));
        found.extend(faults_here(&browser, &axe).iter().map(|fault| format!("{page} on {screen:?}: {fault}")));
    }
    found
}

/// What axe finds on the page as the browser shows it now.
fn faults_here(browser: &Browser, axe: &str) -> Vec<String> {
    let look = "const done = arguments[arguments.length - 1];
        axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120)).join(' | '))))";
    browser.run(axe);
    let result = browser.run_until_done(look);
    let faults = result.as_array().expect("a list of faults");
    faults.iter().map(ToString::to_string).collect()
}

fn nu_errors(folder: &Path) -> String {
    let output = Command::new("java")
        .args(["-jar", &npm("vnu-jar/build/dist/vnu.jar"), "--skip-non-html", "--errors-only"])
        .arg(folder)
        .output()
        .expect("java");
    if output.status.success() { String::new() } else { String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// The addresses of all pages below `folder`.
fn pages(folder: &Path) -> Vec<String> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().flatten();
    files
        .filter_map(|entry| {
            let path = entry.path().strip_prefix(folder).ok()?.to_str()?.to_owned();
            Some(format!("/{}", path.strip_suffix("index.html")?))
        })
        .collect()
}

#[test]
#[ignore = "needs chromium, chromedriver and axe-core"]
fn axe_finds_nothing_on_any_kind_of_page_in_both_palettes_at_phone_and_desk_width() {
    let pages = PAGES.map(str::to_owned);
    let screens = [DESK, PHONE, Screen { dark: true, ..DESK }, Screen { dark: true, ..PHONE }];
    let found: Vec<String> = screens.into_iter().flat_map(|screen| axe_faults(address(), &pages, screen)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "needs chromium, chromedriver and axe-core"]
fn axe_finds_nothing_where_search_shows_what_it_found() {
    let axe = fs::read_to_string(npm("axe-core/axe.min.js")).expect("axe-core");
    for screen in [DESK, PHONE, Screen { dark: true, ..DESK }, Screen { dark: true, ..PHONE }] {
        let browser = Browser::new(screen);
        for query in ["ports&pattern=lag", "fell+behind", "satuation"] {
            browser.go(&format!("{}/search/?q={query}", address()));
            browser.wait_for("document.querySelector('.nf-found a, .nf-meant')");
            assert_eq!(faults_here(&browser, &axe), [""; 0], "what {query} finds on {screen:?}");
        }
        browser.go(&format!("{}/essays/out-of-ports/", address()));
        browser.press("/");
        browser.wait_for("document.activeElement.matches('#nf-search-dialog input')");
        browser.press("ports");
        browser.wait_for("document.querySelector('#nf-search-dialog .nf-found a')");
        assert_eq!(faults_here(&browser, &axe), [""; 0], "the dialog on {screen:?}");
    }
}

/// Where a program is.
fn on_path(program: &str) -> PathBuf {
    let path = std::env::var_os("PATH").expect("PATH");
    let found = std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file());
    found.unwrap_or_else(|| panic!("there is no `{program}`"))
}

/// What Lighthouse holds against a page, in each category that has less than its 100 points.
fn lighthouse_faults(url: &str) -> Vec<String> {
    let output = Command::new("node")
        .args([&npm("lighthouse/cli/index.js"), url, "--quiet", "--output=json"])
        .arg("--chrome-flags=--headless --no-sandbox --disable-gpu")
        .env("CHROME_PATH", on_path("chromium"))
        .output()
        .expect("node");
    let report: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{url}: {error}: {}", String::from_utf8_lossy(&output.stderr)));
    let categories = report["categories"].as_object().expect("categories");
    assert_eq!(categories.len(), 4, "{:?}", categories.keys());
    let short = categories.values().filter(|category| category["score"] != 1.0);
    short
        .map(|category| {
            let lacking = category["auditRefs"].as_array().into_iter().flatten().filter_map(|part| {
                let audit = &report["audits"][part["id"].as_str()?];
                let short = part["weight"] != 0 && audit["score"].as_f64().is_some_and(|score| score < 1.0);
                let told = ["title", "score", "displayValue"].map(|field| audit[field].to_string()).join(" ");
                short.then(|| format!("{told} {}", audit["details"]["items"]))
            });
            let lacking: Vec<String> = lacking.collect();
            format!("{url}: {} {}: {}", category["title"], category["score"], lacking.join("; "))
        })
        .collect()
}

#[test]
#[ignore = "needs chromium, node and lighthouse"]
fn lighthouse_gives_each_kind_of_page_its_full_hundred() {
    let pages = ["/", "/essays/out-of-ports/", "/patterns/saturation/", "/incidents/aws-2025-10/", "/browse/"];
    // A busy machine takes points for speed from a page and never gives it any: the best of five counts. `.ci/run` gives
    // this test the machine alone.
    let best = |page: &&str| {
        let url = format!("{}{page}", address());
        let mut found = Vec::new();
        for _ in 0..5 {
            found = lighthouse_faults(&url);
            if found.is_empty() {
                break;
            }
        }
        found
    };
    let found: Vec<String> = pages.iter().flat_map(best).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "needs chromium, chromedriver, axe-core, java and vnu-jar"]
fn neither_finds_anything_on_a_site_that_has_a_page_for_each_case() {
    // So many readings that an incident has pages of them.
    let waits = "They [waited](pattern:lag), and nothing [spread](pattern:cascades?not).\n\n".repeat(6);
    let site = small_site::with_default_theme().essay("many", "incidents: ports-2025", &waits);
    let config = std::fs::read_to_string(site.root().join("content/site.yaml")).expect("site.yaml");
    site.write("content/site.yaml", config + "dataset: true\n");
    site.build();
    assert_eq!(nu_errors(&site.out()), "");
    let pages = pages(&site.out());
    for kind in ["/data/", "/incidents/ports-2025/readings/", "/incidents/phones-2017/with/ports-2026/"] {
        assert!(pages.iter().any(|page| page == kind), "{kind} is not there");
    }
    assert!(pages.len() > 25, "{pages:?}");
    let found = axe_faults(&served::serve(&site.out()), &pages, DESK);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "needs java and vnu-jar"]
fn the_nu_checker_finds_no_error_on_any_page() {
    assert!(pages(built()).len() > 80);
    assert_eq!(nu_errors(built()), "");
}
