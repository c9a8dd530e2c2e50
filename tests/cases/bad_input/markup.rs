//! Nothing that content holds runs in a reader's browser.

use std::collections::BTreeSet;

use ninefold::fields::line;

use super::super::html::{self, Tag};
use super::super::xml;
use super::raw_html::shown;
use crate::cases::pictures::picture;
use crate::support::{TestSite, files};

/// The site's pages, by file.
pub fn pages(site: &TestSite) -> Vec<(String, String)> {
    files(&site.out())
        .into_iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .map(|(path, bytes)| (path, String::from_utf8(bytes).expect("UTF-8")))
        .collect()
}

/// What in these tags would run: scripts with text of content's, event handlers, addresses that are code. `marker` stands for
/// whatever somebody might want to run.
fn dangers(html: &str) -> Vec<String> {
    let runs = |value: &str| {
        let plain: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
        let plain = plain.to_lowercase();
        ["javascript:", "vbscript:", "data:", "marker:"].iter().any(|scheme| plain.starts_with(scheme))
    };
    // Data is not run. That nothing in it ends the element is told by `<`, which none of it holds.
    let is_data = |tag: &Tag| {
        let inner = html[tag.end..].split("</script").next().unwrap_or_default();
        tag.attributes.iter().any(|(key, value)| key == "type" && value == "application/ld+json")
            && !inner.contains('<')
    };
    let danger = |tag: &Tag| {
        let holds_call = || html[tag.end..].split("</script").next().is_some_and(|text| text.contains("marker("));
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
        "<script>marker()</script>",
        "<b onclick=\"marker()\">x</b>",
        "<a href=\" mar\tker:x\">x</a>",
        "<svg><script>marker()</script></svg>",
        "<iframe src=\"x\"></iframe>",
    ] {
        assert!(!dangers(html).is_empty(), "{html}");
    }
    assert!(dangers("<p class=\"x\">marker() &lt;script&gt;</p><a href=\"/a/\">x</a>").is_empty());
}

/// One of each sort; the sanitiser's library has its own tests for how they can be disguised.
#[test]
fn what_would_run_is_taken_out_of_a_body() {
    let body = [
        "<script>marker()</script>",
        "<SCRIPT SRC=//marker.example/x.js></SCRIPT >",
        "<img src=x onerror=marker()>",
        "<b onclick=\"marker()\" style=\"background:url(marker:x)\">x</b>",
        "<a href=\"javascript:marker()\">x</a> <a href=\"marker:x\">x</a> <a href=\"data:text/plain,marker\">x</a>",
        "<svg onload=marker()><script>marker()</script><a xlink:href=\"marker:x\"/></svg>",
        "<math><a xlink:href=\"marker:x\">x</a></math>",
        "<iframe srcdoc=\"marker\"></iframe>",
        "<object data=\"marker:x\"></object> <embed src=\"marker:x\">",
        "<form action=\"marker:x\"><button formaction=\"marker:x\">x</button></form>",
        "<meta http-equiv=\"refresh\" content=\"0;url=marker:x\"> <base href=\"marker:x//\">",
        "<video src=\"marker:x\" poster=\"marker:x\" onloadstart=\"marker()\"></video>",
        "<details open ontoggle=marker()>x</details>",
        "<style>@import 'marker:x';</style>",
        "> <div\n> onclick=marker()>x</div>",
    ];
    for part in body {
        let page = shown(&TestSite::new().essay("a", "", part), "/essays/a/");
        assert_eq!(dangers(&page), [""; 0], "{part}\n{page}");
        assert!(!page.to_lowercase().contains("<script"), "{page}");
    }
    let site = TestSite::new().essay("a", "", &body.join("\n\n"));
    assert_eq!(dangers(&shown(&site, "/essays/a/")), [""; 0]);
}

/// A scheme is known by what a browser makes of it, and all that are not on the list are refused.
#[test]
fn links_that_would_run_are_refused_however_they_are_written() {
    for link in [
        "[x](javascript:marker)",
        "[x](marker:x)",
        "[x](MaRkEr:x)",
        "[x](mark&#x0A;er:x)",
        "[x](&#109;arker:x)",
        "[x](<mark\ter:x>)",
        "[x](<&#1;marker:x>)",
        "[x](data:text/plain,marker)",
        "[x][y]\n\n[y]: marker:x",
        "![x](marker:x)",
        "<marker:x>",
    ] {
        let said = TestSite::new().essay("a", "", link).said();
        assert!(said.starts_with("error[refused-link]"), "{link}: {said}");
    }
}

#[test]
fn a_formula_runs_nothing() {
    for latex in [
        "\\operatorname{<img src=x onerror=marker()>}",
        "\\text{<img src=x onerror=marker()>}",
        "\\mathbf{\\text{<img src=x onerror=marker()>}}",
        "\\href{marker:x}{x}",
        "<img src=x onerror=marker()>",
        "\\text{\"}<script>marker()</script>",
        "\\char\"3C script",
        "\\color{red\" onclick=\"marker()}x",
    ] {
        let site = TestSite::new().essay("a", "math: true", &format!("${latex}$\n\n$${latex}$$"));
        site.build();
        let page = site.body("/essays/a/");
        let names: BTreeSet<String> = html::tags(&page).into_iter().map(|tag| tag.name).collect();
        assert!(dangers(&page).is_empty() && !names.contains("img") && !names.contains("script"), "{latex}: {page}");
    }
}

/// Ends a tag, an attribute, a script and an entity.
pub const HOSTILE: &str = "\"'></title></script><script>marker()</script><img src=x onerror=marker()>&amp;&lt;";

/// A site of the default theme with `text` wherever an author may write text.
pub fn everywhere(text: &str) -> TestSite {
    let quoted: String = text.chars().map(|c| format!("\\U{:08x}", u32::from(c))).collect();
    let quoted = format!("\"{quoted}\"");
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
            assert!(titles.iter().any(|title| title.contains(&*line(HOSTILE))), "{path}: {titles:?}");
            assert!(!elements.iter().any(|element| element.name == "script" || element.name == "img"), "{path}");
            let bodies = elements.iter().filter(|element| element.name == "content");
            assert!(bodies.into_iter().all(|body| dangers(&body.text).is_empty()), "{path}");
            seen += 1;
        } else if path.ends_with(".json") && !path.starts_with("pagefind/") {
            let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert!(value.to_string().contains("marker()"), "{path}");
            seen += 1;
        } else if path.ends_with(".xml") {
            assert!(!xml::elements(&text).is_empty(), "{path}");
            seen += 1;
        }
    }
    assert!(seen > 8, "{seen}");
}
