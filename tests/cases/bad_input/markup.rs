//! Nothing that content holds runs in a reader's browser.

use std::collections::BTreeSet;

use super::super::html::{self, Tag};
use super::super::xml;
use crate::cases::pictures::picture;
use crate::support::{TestSite, files};

/// The site's pages, by file.
fn pages(site: &TestSite) -> Vec<(String, String)> {
    files(&site.out())
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

/// What in these tags would run: scripts with text of content's, event handlers, addresses that are code.
fn dangers(html: &str) -> Vec<String> {
    let runs = |value: &str| {
        let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let plain = plain.to_lowercase();
        ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme))
    };
    // Data is not run. That nothing in it ends the element is told by `<`, which none of it holds.
    let is_data = |tag: &Tag| {
        let inner = html[tag.end..].split("</script").next().unwrap_or_default();
        tag.attributes.iter().any(|(key, value)| key == "type" && value == "application/ld+json")
            && !inner.contains('<')
    };
    let danger = |tag: &Tag| {
        let holds_call = || html[tag.end..].split("</script").next().is_some_and(|text| text.contains("alert("));
        !tag.closing
            && (["iframe", "object", "embed", "base"].contains(&tag.name.as_str())
                || (tag.name == "script" && holds_call() && !is_data(tag))
                || tag.attributes.iter().any(|(key, value)| key.starts_with("on") || runs(value)))
    };
    html::tags(html).iter().filter(|tag| danger(tag)).map(|tag| html[tag.start..tag.end].to_owned()).collect()
}

#[test]
fn the_test_itself_sees_what_would_run() {
    for html in [
        "<script>alert(1)</script>",
        "<b onclick=\"alert(1)\">x</b>",
        "<a href=\" java\tscript:alert(1)\">x</a>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src=\"x\"></iframe>alert(1)",
    ] {
        assert!(!dangers(html).is_empty(), "{html}");
    }
    assert!(dangers("<p class=\"x\">alert(1) &lt;script&gt;</p><a href=\"/a/\">x</a>").is_empty());
}

#[test]
fn what_would_run_is_taken_out_of_a_body() {
    let body = [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT >",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<img src=x onerror=alert(1)>",
        "<img src=\"x\" onerror=\"alert(1)\" / ONLOAD='alert(1)'>",
        "<b onclick=\"alert(1)\" style=\"background:url(javascript:alert(1))\">x</b>",
        "<a href=\"javascript:alert(1)\">x</a> <a href=\" &#106;avascript:alert(1)\">x</a> <a href=\"java\tscript:alert(1)\">x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<svg onload=alert(1)><script>alert(1)</script><a xlink:href=\"javascript:alert(1)\"/></svg>",
        "<math><a xlink:href=\"javascript:alert(1)\">x</a></math>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<object data=\"data:text/html,alert(1)\"></object> <embed src=\"javascript:alert(1)\">",
        "<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">x</button></form>",
        "<meta http-equiv=\"refresh\" content=\"0;url=javascript:alert(1)\"> <base href=\"javascript:alert(1)//\">",
        "<video src=\"javascript:alert(1)\" poster=\"javascript:alert(1)\" onloadstart=\"alert(1)\"></video>",
        "<details open ontoggle=alert(1)>x</details>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>",
        "<style>@import 'javascript:alert(1)';</style>",
        "> <div\n> onclick=alert(1)>x</div>",
        "<!-- --!><img src=x onerror=alert(1)> -->",
        "<p id=\"x\" class='\"><img src=x onerror=alert(1)>'>x</p>",
    ];
    for part in body {
        let site = TestSite::new().essay("a", "", part);
        site.build();
        let page = site.body("/essays/a/");
        assert_eq!(dangers(&page), [""; 0], "{part}\n{page}");
        assert!(!page.to_lowercase().contains("<script") && !page.contains("onerror=alert(1)>\""), "{page}");
    }
    let site = TestSite::new().essay("a", "", &body.join("\n\n"));
    site.build();
    assert_eq!(dangers(&site.body("/essays/a/")), [""; 0]);
}

#[test]
fn links_that_would_run_are_refused_however_they_are_written() {
    for link in [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#x0A;script:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](<&#1;javascript:alert(1)>)",
        "[x](vbscript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "![x](javascript:alert(1))",
        "![x](data:image/svg+xml,<svg/onload=alert(1)>)",
        "<javascript:alert(1)>",
    ] {
        let said = TestSite::new().essay("a", "", link).said();
        assert!(said.starts_with("error[refused-link]"), "{link}: {said}");
    }
}

#[test]
fn a_formula_runs_nothing() {
    for latex in [
        "\\operatorname{<img src=x onerror=alert(1)>}",
        "\\text{<img src=x onerror=alert(1)>}",
        "\\mathbf{\\text{<img src=x onerror=alert(1)>}}",
        "\\href{javascript:alert(1)}{x}",
        "<img src=x onerror=alert(1)>",
        "\\text{\"}<script>alert(1)</script>",
        "\\char\"3C script",
        "\\color{red\" onclick=\"alert(1)}x",
    ] {
        let site = TestSite::new().essay("a", "math: true", &format!("${latex}$\n\n$${latex}$$"));
        site.build();
        let page = site.body("/essays/a/");
        let names: BTreeSet<String> = html::tags(&page).into_iter().map(|tag| tag.name).collect();
        assert!(dangers(&page).is_empty() && !names.contains("img") && !names.contains("script"), "{latex}: {page}");
    }
}

/// Ends a tag, an attribute, a script and an entity.
const HOSTILE: &str = "\"'></title></script><script>alert(1)</script><img src=x onerror=alert(1)>&amp;&lt;";

/// A site of the default theme with `text` wherever an author may write text.
fn everywhere(text: &str) -> TestSite {
    let quoted = serde_json::to_string(text).expect("JSON, which is YAML");
    let inline: String = text.chars().map(|c| format!("&#{};", u32::from(c))).collect();
    let body = format!(
        "First [{inline}](pattern:lag \"{inline}\") and ![{inline}](/p.png \"{inline}\") and [{inline}](concept:odd).\n\n\
         ![{inline}](/p.png \"{inline}\")\n\n## {inline}\n\n## {inline} {{#x\"'><b}}\n\n```{inline}\n{text}\n```\n\n\
         ```rust {inline}\nlet x = \"{text}\";\n```\n\n`{text}` [[a]] [{inline}](https://example.org/?q=\"'<>)\n\n\
         | {inline} |\n|-|\n| {inline} |\n\nNote[^\"'x].\n\n[^\"'x]: {inline}\n"
    );
    let essay = |date: &str| {
        format!(
            "---\ntitle: {quoted}\ndate: {date}\nsummary: {quoted}\nauthors: [{quoted}]\npatterns: [lag, tangles]\nconcepts: odd\nincidents: odd\n\
             series: {{name: {quoted}, part: 1}}\nimage: /p.png\nextra: {{x: {quoted}}}\n---\n\n{body}"
        )
    };
    TestSite::with_default_theme()
        .file(
            "content/site.yaml",
            format!(
                "title: {quoted}\nbase_url: https://example.org\ndescription: {quoted}\nauthor: {quoted}\n\
                 menu: [{{title: {quoted}, url: \"https://example.org/?\\\"'<>\"}}]\n"
            ),
        )
        .file("content/static/p.png", picture(90, 60, image::ImageFormat::Png))
        .file("content/essays/a.md", essay("2026-05-01"))
        .file("content/essays/b.md", essay("2026-05-02").replace("part: 1", "part: 2"))
        .file("content/concepts/odd.md", format!("---\nname: {quoted}\ndefinition: {quoted}\nreference: {quoted}\naliases: [{quoted}]\n---\n\n{inline}\n"))
        .file(
            "content/incidents/odd.md",
            format!(
                "---\ntitle: {quoted}\norganisations: [{quoted}]\nservices: [{quoted}]\nregions: [{quoted}]\nimpact: {quoted}\nseverity: {quoted}\n\
                 times: {{started: 2026-04-01T10:00Z, resolved: 2026-04-01T12:00Z}}\ndisputes: [{quoted}]\npatterns: lag\n\
                 sources: [{{kind: report, title: {quoted}, author: {quoted}, url: \"https://example.org/?\\\"'<>\"}}]\n\
                 timeline: [{{at: 2026-04-01T10:30Z, text: {quoted}}}]\n---\n\n{inline}\n"
            ),
        )
        .file("content/patterns/lag.md", format!("---\nname: {quoted}\ndefinition: {quoted}\ncues: [{quoted}]\nquestions: [{quoted}]\n---\n"))
        .file("content/pages/about.md", format!("---\ntitle: {quoted}\nmenu: 1\n---\n\n{inline}\n"))
}

#[test]
fn text_is_escaped_for_wherever_it_stands() {
    let site = everywhere(HOSTILE);
    site.build();
    let harmless = everywhere("harmless");
    harmless.build();
    let elements = |html: &str| -> Vec<String> {
        html::tags(html)
            .into_iter()
            .filter(|tag| !tag.closing)
            .map(|tag| tag.name)
            .filter(|name| name != "span")
            .collect()
    };
    let (found, expected) = (pages(&site), pages(&harmless));
    assert!(found.len() > 20);
    for ((file, html), (_, other)) in found.iter().zip(&expected) {
        assert_eq!(dangers(html), [""; 0], "{file}");
        assert_eq!(elements(html), elements(other), "{file}");
    }
}

#[test]
fn feeds_and_data_stay_what_they_are() {
    let site = everywhere(HOSTILE);
    site.build();
    let mut seen = 0;
    for (path, bytes) in files(&site.out()) {
        let text = String::from_utf8_lossy(&bytes);
        if path.ends_with("feed.xml") {
            let elements = xml::elements(&text);
            let titles = xml::texts(&elements, "title");
            assert!(titles.iter().any(|title| title.contains(HOSTILE)), "{path}: {titles:?}");
            assert!(!elements.iter().any(|element| element.name == "script" || element.name == "img"), "{path}");
            let bodies = elements.iter().filter(|element| element.name == "content");
            assert!(bodies.into_iter().all(|body| dangers(&body.text).is_empty()), "{path}");
            seen += 1;
        } else if path.ends_with(".json") && !path.starts_with("pagefind/") {
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert!(value.to_string().contains("alert(1)"), "{path}");
            seen += 1;
        } else if path.ends_with(".xml") {
            assert!(!xml::elements(&text).is_empty(), "{path}");
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen}");
}
