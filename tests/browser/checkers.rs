//! Axe finds no fault on any kind of page, the Nu checker none in any page of the built site.

use std::fs;
use std::process::Command;

use super::driver::{Browser, DESK, PHONE, Screen};
use super::served::{address, built};

/// One page of each kind.
const PAGES: [&str; 17] = [
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
    "/about/",
    "/guide/",
    "/guide/theme/",
    "/browse/",
    "/404.html",
];

/// Where `npm install` put the checkers: a folder with `node_modules` in it.
fn npm(path: &str) -> String {
    let folder =
        std::env::var("NINEFOLD_NPM").expect("NINEFOLD_NPM, the folder with axe-core and vnu-jar in its node_modules");
    format!("{folder}/node_modules/{path}")
}

#[test]
#[ignore = "needs chromium, chromedriver and axe-core"]
fn axe_finds_nothing_on_any_kind_of_page_in_both_palettes_at_phone_and_desk_width() {
    let axe = fs::read_to_string(npm("axe-core/axe.min.js")).expect("axe-core");
    let mut found = Vec::new();
    for screen in [DESK, PHONE, Screen { dark: true, ..DESK }, Screen { dark: true, ..PHONE }] {
        let browser = Browser::new(screen);
        for page in PAGES {
            browser.go(&format!("{}{page}", address()));
            browser.run(&axe);
            let result = browser.run_until_done(
                "const done = arguments[arguments.length - 1]; axe.run().then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + ' ' + (n.any[0] || {message: ''}).message).join(' | '))))",
            );
            let faults = result.as_array().expect("a list of faults");
            found.extend(
                faults.iter().map(|fault| {
                    format!("{page} at {}{}: {fault}", screen.width, if screen.dark { " dark" } else { "" })
                }),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
#[ignore = "needs java and vnu-jar"]
fn the_nu_checker_finds_no_error_on_any_page() {
    let pages = walkdir::WalkDir::new(built())
        .into_iter()
        .flatten()
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "html"));
    assert!(pages.count() > 80);
    let output = Command::new("java")
        .args(["-jar", &npm("vnu-jar/build/dist/vnu.jar"), "--skip-non-html", "--errors-only"])
        .arg(built())
        .output()
        .expect("java");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
