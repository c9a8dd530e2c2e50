//! The Content-Security-Policy in a real browser: all of the theme works under it, and what a text brings does not run even
//! where nothing was taken out of it.

use super::checkers::PAGES;
use super::driver::{Browser, DESK};
use super::served::{address, serve};
use crate::cases::server::Server;
use crate::support::{TestSite, essay};

/// What a reader does on these pages: an address, what is there first, what is done then, and what comes of it.
const DONE: [[&str; 4]; 4] = [
    ["/search/?q=ports", "true", "", "document.querySelector('.nf-found a')"],
    [
        "/browse/?p=lag",
        "document.querySelector('#nf-browse[data-ready]')",
        "document.querySelector('.nf-facets input:not(:checked):enabled').click()",
        "location.search !== '?p=lag' && document.querySelector('.nf-browse-results li')",
    ],
    [
        "/essays/out-of-ports/",
        "document.querySelector('#nf-preview')",
        "document.querySelector('main .nf-prose a.nf-ref').dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }))",
        "document.querySelector('#nf-preview:not([hidden]) strong')",
    ],
    [
        "/essays/guards-that-race/",
        "document.querySelector('#nf-preview')",
        "document.querySelector('.nf-search-link').click()",
        "document.querySelector('#nf-search-dialog[open] input')",
    ],
];

#[test]
#[ignore = "needs chromium and chromedriver"]
fn nothing_of_the_theme_is_refused_on_any_kind_of_page() {
    let browser = Browser::new(DESK);
    browser.note_refusals();
    for page in PAGES {
        browser.go(&format!("{}{page}", address()));
        browser.wait_for("document.readyState === 'complete'");
        assert_eq!(browser.refused(), [""; 0], "{page}");
    }
    for [page, first, does, comes] in DONE {
        browser.go(&format!("{}{page}", address()));
        browser.wait_for(first);
        browser.run(does);
        browser.wait_for(comes);
        assert_eq!(browser.refused(), [""; 0], "{page}");
    }
}

/// Ways of a text to run a script, each of which would set `marker`.
const ACTING: &str = r#"
<script>window.marker = "inline"</script>
<script src="data:text/javascript,window.marker='data'"></script>
<button id="handler" onclick="window.marker = 'handler'">One</button>
<a id="address" href="javascript:window.marker='address'">Two</a>
<img src="https://localhost:1/none.png" alt="" onerror="window.marker = 'error'">
<svg onload="window.marker = 'drawing'"><circle r="4"></circle></svg>
<iframe srcdoc="<script>parent.marker = 'frame'</script>"></iframe>
<p style="color: rgb(1, 2, 3)" id="styled">Three</p>

Clicked.
"#;

/// A site that takes nothing out of its texts.
fn trusting(lines: &str) -> TestSite {
    let settings = format!("title: T\nbase_url: https://example.org\nhtml: trusted\n{lines}");
    TestSite::with_default_theme().file("content/site.yaml", settings)
}

fn nothing_runs(browser: &Browser, page: &str) {
    browser.go(page);
    browser.wait_for("document.readyState === 'complete'");
    browser.click("#handler");
    browser.click("#address");
    // A frame's script, an error's and a drawing's have had their turn once the frame is loaded and the page shown anew.
    browser.run_until_done("const done = arguments[0]; setTimeout(() => requestAnimationFrame(done), 100)");
    assert_eq!(browser.run("return window.marker ?? 'nothing'"), "nothing", "{page}");
    let refused = browser.refused();
    for directive in
        ["script-src-elem: inline", "script-src-attr: inline", "style-src-attr: inline", "script-src-elem: data"]
    {
        assert!(refused.iter().any(|line| line == directive), "{page}: {directive} is not among {refused:?}");
    }
    assert_ne!(browser.run("return getComputedStyle(document.querySelector('#styled')).color"), "rgb(1, 2, 3)");
    // The page's own script runs all the same.
    browser.wait_for("document.querySelector('#nf-preview')");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_script_in_a_text_does_not_run_where_the_sanitiser_is_off() {
    let site = trusting("").essay("a", "", ACTING);
    site.build();
    let browser = Browser::new(DESK);
    browser.note_refusals();
    nothing_runs(&browser, &format!("{}/essays/a/", serve(&site.out())));
    let server = Server::of(&site);
    nothing_runs(&browser, &format!("http://{}/essays/a/", server.address));
    // Nor does one that comes with an edit.
    site.write("content/essays/a.md", essay("A", "", &format!("{ACTING}\n\nEdited.")));
    browser.wait_for("document.body.textContent.includes('Edited.')");
    assert_eq!(browser.run("return window.marker ?? 'nothing'"), "nothing");
}

#[test]
#[ignore = "needs chromium and chromedriver"]
fn a_script_that_the_site_allows_by_its_hash_runs() {
    let site = trusting("csp: {script-src: sha256-CVASNH7AmFDEgcrxr3iVoykvcvWeCnnM4Hr4u3Mou/w=}\n").essay(
        "a",
        "",
        "<script>window.allowed = true</script><script>window.marker = true</script>",
    );
    site.build();
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/a/", serve(&site.out())));
    assert_eq!(browser.run("return [window.allowed, window.marker ?? null]"), serde_json::json!([true, null]));
}

/// A text that holds what the theme's script and the server's look for.
const POSING: &str = r##"
<a class="nf-search-link" href="/essays/" data-script="/marker.js" data-index="/marker.js" data-style="/marker.css">Search</a>
<div id="nf-search">posing</div>
<div id="nf-browse" data-index="/marker.js">posing</div>
<div id="nf-live" data-page="x" data-assets="x"><div>posing</div></div>
<details id="nf-faults"><summary>posing</summary></details>
<nav class="nf-contents"><a href="#%" id="%">posing</a><a>posing</a></nav>
<div class="nf-head"><h1>posing</h1><span class="nf-tags"><a>posing</a></span></div>
<sup class="nf-noteref">posing</sup>
<sup class="nf-noteref"><a id="nf-fnref-9">posing</a></sup>
<div class="nf-passages"><figure class="nf-passage">posing</figure></div>
<p data-nf-keep>posing</p>

```text
code
```

Before.
"##;

#[test]
#[ignore = "needs chromium and chromedriver"]
fn no_text_is_taken_for_a_part_of_the_page() {
    let site =
        trusting("search: false\n").essay("a", "", POSING).file("content/static/marker.js", "window.marker = true");
    let server = Server::of(&site);
    let browser = Browser::new(DESK);
    browser.go(&format!("http://{}/essays/a/", server.address));
    // What the script does last on a page.
    browser.wait_for("document.querySelector('.nf-code-box .nf-copy')");
    browser
        .run("document.querySelector('.nf-search-link').addEventListener('click', (event) => event.preventDefault())");
    browser.press("/");
    browser.click(".nf-search-link");
    browser.run_until_done("const done = arguments[0]; setTimeout(done, 100)");
    assert_eq!(browser.run("return window.marker ?? 'nothing'"), "nothing");
    let posing = "[...document.querySelectorAll('.nf-prose #nf-search, .nf-prose #nf-browse, .nf-prose #nf-live > div, .nf-prose #nf-faults summary')].filter(node => node.textContent === 'posing').length === 4";
    browser.wait_for(posing);
    // An edit still shows in place, and what it takes out goes.
    browser.run("window.same = true");
    site.write(
        "content/essays/a.md",
        essay(
            "A",
            "",
            &POSING.replace("<p data-nf-keep>posing</p>", "").replace("Before.", "After, [broken](none.md)."),
        ),
    );
    browser.wait_for("document.body.textContent.includes('After,')");
    browser.wait_for("!document.querySelector('.nf-prose [data-nf-keep]')");
    browser.wait_for("document.querySelector('body > #nf-live #nf-faults')");
    browser.wait_for(posing);
    assert_eq!(browser.run("return window.same"), true);
}

/// Names that the theme's scripts use of the window and the document, on elements that a browser would give by these names.
const NAMED: &str = r##"
<form name="querySelector"><input name="body" type="checkbox"></form>
<img name="querySelectorAll" id="createElement" src="https://elsewhere.example/none.png" alt="None">
<object name="addEventListener"></object>

<a id="location" name="history">One</a> <b id="fetch">Two</b> <a name="document">Three</a> <i id="DOMParser">Four</i>
<a id="requestAnimationFrame" class="nf-search-link" data-script="/none.js">Five</a> <b id="nf-preview">Six</b>

<div id="AbortController" class="nf-contents"><a href="#navigator">Seven</a></div>

## Navigator {#navigator}

A [link](b.md) and a note.[^note]

```rust
let code = 1;
```

[^note]: What it says.
"##;

#[test]
#[ignore = "needs chromium and chromedriver"]
fn names_in_a_text_take_nothing_from_the_scripts_of_the_theme() {
    let site = TestSite::with_default_theme()
        .file("content/site.yaml", "title: T\nbase_url: https://example.org\n")
        .essay("a", "", NAMED)
        .essay("b", "summary: Of the other.", "Words.");
    site.build();
    let browser = Browser::new(DESK);
    browser.go(&format!("{}/essays/a/", serve(&site.out())));
    browser.wait_for("document.querySelector('.nf-in-margin') && document.querySelector('.nf-code-box .nf-copy')");
    browser.run(
        "document.querySelector('main .nf-prose a.nf-ref').dispatchEvent(new PointerEvent('pointerover', { bubbles: true, pointerType: 'mouse' }))",
    );
    browser.wait_for("document.querySelector('#nf-preview:not([hidden]) p')?.textContent === 'Of the other.'");
    browser.press("/");
    browser.wait_for("document.querySelector('#nf-search-dialog[open] input')");
}
