//! Raw HTML: what is shown of it is safe whatever else is wrong with its file, no part of the theme's, whole, and no larger
//! than what was written; and its author is told.

use ninefold::model::{SourcePath, UrlPath};
use ninefold::pipeline;
use ninefold::render::{self, Highlighter, Output, Renderer};

use crate::support::{TestSite, essay};

const MARKER: &str = "<script>document.title = \"marker\"</script>\n\n<b onclick=\"marker()\">Words</b>\n";

/// The page at `url` as the development server shows it, in spite of errors.
pub fn shown(site: &TestSite, url: &str) -> String {
    let assembled = pipeline::read(&site.options());
    let theme = render::theme(&assembled.theme).expect("the theme");
    let sources = |path: &SourcePath| assembled.text(path);
    let renderer = Renderer {
        theme: &theme,
        highlighter: &Highlighter::default(),
        sources: &sources,
        pictures: &ninefold::load::picture_bytes,
    };
    let view = assembled.site.view(&UrlPath::new(url)).expect("a page");
    match render::output(&view, &renderer).expect("its bytes") {
        Output::Bytes(bytes) => String::from_utf8(bytes).expect("text"),
        other => panic!("no page: {other:?}"),
    }
}

/// That the words of the marker are shown and nothing of it would run.
fn is_safe(text: &str, what: &str) {
    let site = TestSite::new().file("content/essays/a.md", text);
    assert!(site.said().contains("error["), "{what}: {}", site.said());
    let page = shown(&site, "/essays/a/");
    assert!(page.contains("Words"), "{what}: {page}");
    assert!(!page.contains("<script") && !page.contains("onclick"), "{what}: {page}");
}

#[test]
fn html_is_sanitised_where_the_front_matter_can_not_be_read() {
    is_safe(MARKER, "no front matter");
    is_safe(&format!("---\ntitle: [A\n---\n\n{MARKER}"), "front matter that is no YAML");
    is_safe(&format!("\n---\ntitle: A\ndate: 2026-05-01\n---\n\n{MARKER}"), "an empty line before it");
    is_safe(&format!("---\ntitle: A\n\n{MARKER}"), "front matter without an end");
}

#[test]
fn html_is_sanitised_beyond_the_limits_of_a_page() {
    is_safe(&essay("A", "", &format!("{}\n\n{MARKER}", "[a](#) ".repeat(10_001))), "a link too many");
    is_safe(&essay("A", "", &format!("{}{MARKER}", "# A\n\n".repeat(10_001))), "a heading too many");
}

/// What is told of an essay with this body.
fn told(body: &str) -> Vec<(&'static str, String)> {
    let built = TestSite::new().essay("a", "", body).try_build();
    built.diagnostics.into_iter().map(|diagnostic| (diagnostic.code(), diagnostic.message)).collect()
}

fn codes(body: &str) -> Vec<&'static str> {
    let mut codes: Vec<&str> = told(body).into_iter().map(|(code, _)| code).collect();
    codes.dedup();
    codes
}

/// The body of a page that may have warnings and no error.
pub fn body(markdown: &str) -> String {
    let site = TestSite::new().essay("a", "", markdown);
    site.build();
    site.body("/essays/a/")
}

#[test]
fn content_can_not_pose_as_a_part_of_the_theme() {
    let page = body(
        "<a class=\"wide nf-search-link\" data-script=\"marker.js\" id=\"nf-live\" href=\"#\">a</a>\n\n\
         <div class=\"&#110;f-main NF-main\" data-nf-keep=\"\" data-x=\"1\">\n\nb\n\n</div>\n\n\
         <span name=\"x\" class=\"own\">c</span> <a name=\"nf-main\">d</a>",
    );
    assert_eq!(
        page,
        "<p><a class=\"wide\" href=\"#\">a</a></p>\n<div>\n<p>b</p>\n</div>\n<p><span class=\"own\">c</span> <a>d</a></p>\n"
    );
    insta::assert_snapshot!(
        TestSite::new().essay("a", "", "<b class=\"nf-x\" id=\"nf-y\" data-z>a</b>").said(), @r#"
    warning[removed-html]: the attribute `data-z` is taken out of the page
     --> content/essays/a.md:6:1
      |
    6 | <b class="nf-x" id="nf-y" data-z>a</b>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: leave it out: only the theme's own parts carry data

    warning[removed-html]: the class `nf-x` is taken out of the page
     --> content/essays/a.md:6:1
      |
    6 | <b class="nf-x" id="nf-y" data-z>a</b>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: names of the theme's own parts begin so; choose another

    warning[removed-html]: the id `nf-y` is taken out of the page
     --> content/essays/a.md:6:1
      |
    6 | <b class="nf-x" id="nf-y" data-z>a</b>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: names of the theme's own parts begin so; choose another
    "#);
    // Other white space than spaces parts classes as well.
    let code = body("```a\u{c}nf-x\nb\n```\n\n```a\tnf-x {1}\nb\n```");
    assert!(code.contains("class=\"language-a\"") && !code.contains("nf-x"), "{code}");
    assert_eq!(told("## A {.nf-x .wide}"), [("reserved-id", "the class `nf-x` begins with `nf-`".to_owned())]);
}

#[test]
fn what_rendering_adds_stays_beside_raw_html() {
    let page = body("<b>a</b> [late](pattern:lag)[^1]\n\n```rust\nx\n```\n\n[^1]: Note.");
    for part in [
        "class=\"nf-ref nf-pattern\"",
        "id=\"passage-late\"",
        "id=\"nf-fnref-1\"",
        "data-language=\"rust\"",
        "class=\"nf-notes\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
}

#[test]
fn the_name_of_a_tag_in_prose_takes_no_text_along() {
    let rest = "was wrong, and a [passage](pattern:lag) is here.[^1]\n\nSecond.\n\n## Heading\n\n[^1]: Note.";
    for name in [
        "script",
        "style",
        "title",
        "textarea",
        "xmp",
        "iframe",
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "template",
        "select",
        "svg",
        "math",
        "object",
        "canvas",
        "video",
        "audio",
        "datalist",
        "dialog",
        "meter",
        "progress",
        "frameset",
    ] {
        for begin in [
            format!("The <{name}> "),
            format!("<{name}> "),
            format!("- <{name} x=\"y\">\n\n  "),
            format!("> <{name}>\n>\n> "),
        ] {
            let text = format!("{begin}{rest}");
            assert!(codes(&text).contains(&"open-html"), "{text}");
            let page = shown(&TestSite::new().essay("a", "", &text), "/essays/a/");
            for words in ["was wrong", "is here", "Second", "Heading"] {
                assert!(page.contains(words), "{text}: {page}");
            }
        }
        // Ended, it is only taken out.
        let ended = codes(&format!("The <{name}>x</{name}> {rest}"));
        assert!(ended.is_empty() || ended == ["removed-html"], "{name}: {ended:?}");
    }
    insta::assert_snapshot!(TestSite::new().essay("a", "", "The <title> was wrong, and `<title>` is right.").said(), @r"
    error[open-html]: `<title>` never ends, and would take along the text that follows
     --> content/essays/a.md:6:5
      |
    6 | The <title> was wrong, and `<title>` is right.
      |     ^^^^^^^
      |
      = help: to show it as text write `\<title>`, or put it in backticks; else end it with `</title>`
    ");
    assert_eq!(
        body("The \\<title> was wrong, and `<title>`."),
        "<p>The &lt;title&gt; was wrong, and <code>&lt;title&gt;</code>.</p>\n"
    );
    let trusted = "title: T\nbase_url: https://example.org\nhtml: trusted\n";
    let said = TestSite::new().file("content/site.yaml", trusted).essay("a", "", "The <title> was wrong.").said();
    assert!(said.starts_with("error[open-html]"), "{said}");
}

#[test]
fn what_never_ends_is_shown_as_text() {
    for text in [
        "<!-- Words",
        "<?php Words",
        "<!DOCTYPE Words",
        "<![CDATA[ Words",
        "<div\nclass=\"Words",
        "a\n\n<div title=\"Words>\n\nb",
    ] {
        assert_eq!(codes(text), ["open-html"], "{text}");
        let page = shown(&TestSite::new().essay("a", "", text), "/essays/a/");
        assert!(page.contains("Words") && !page.contains("<!") && !page.contains("<?"), "{page}");
    }
}

#[test]
fn a_warning_tells_what_is_taken_out_and_nothing_else_is() {
    for (text, shown, warned) in [
        ("a <blink>b</blink>", "<p>a b</p>", "`<blink>` is taken out of the page"),
        ("a <style>b</style>", "<p>a </p>", "`<style>` and what it holds are taken out of the page"),
        ("a </title> b", "<p>a  b</p>", "`</title>` ends nothing that began here, and is taken out of the page"),
        ("a <div>b</div>", "<p>a b</p>", "`<div>` stands in a paragraph, and is taken out of the page"),
        ("a <li>b</li>", "<p>a b</p>", "`<li>` stands outside what it is a part of, and is taken out of the page"),
        ("a <input type=\"text\"> b", "<p>a  b</p>", "`<input>` is taken out of the page"),
        (
            "a <b class=\"x\" class=\"y\">b</b>",
            "<p>a <b class=\"x\">b</b></p>",
            "an attribute that stands twice is taken out of the page",
        ),
        (
            "<table><tr><td style=\"color: red\">a</td></tr></table>",
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
            "an attribute of HTML does nothing here: `style`",
        ),
        ("a <?php b ?> c", "<p>a  c</p>", "`<?php b ?>` is taken out of the page"),
        ("<a href=\"data:x\">a</a>", "<p><a>a</a></p>", "an address that begins with `data:` is taken out of the page"),
        ("a <b>b\n\nc", "<p>a <b>b</b></p>\n<p>c</p>", "`<b>` is never ended: it ends with its block"),
        ("a <x>b <i>c</x> d</i>", "<p>a b <i>c</i> d</p>", "`<x>` is taken out of the page"),
    ] {
        assert_eq!(body(text).trim_end(), shown, "{text}");
        assert!(told(text).iter().any(|(_, message)| message == warned), "{text}: {:?}", told(text));
    }
    let said = TestSite::new().essay("a", "", "<a href=\"/essays/\">a <a href=\"/patterns/\">b</a></a>").said();
    assert!(said.starts_with("warning[link-in-link]"), "{said}");
    let said = TestSite::new().essay("a", "", "a <b>b").said();
    assert!(
        said.starts_with("warning[implied-end]") && said.contains("= help: write `</b>` where it should end"),
        "{said}"
    );
    for text in ["a<br>b <wbr>c", "<ul><li>a<li>b</ul>", "<p>a\n\n<p>b", "<table><tr><td>a<td>b</table>", "<!-- a -->"]
    {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}
