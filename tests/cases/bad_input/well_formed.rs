//! Every page is HTML that a browser has nothing to repair in, whatever its site holds, and no larger than its texts warrant.

use ninefold::model::SourcePath;
use ninefold::pipeline;
use ninefold::render::{self, Highlighter, Output, Renderer};
use ninefold::site::View;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, prop_oneof, proptest};
use proptest::sample::select;
use proptest::test_runner::RngSeed;

use super::markup::{HOSTILE, everywhere, pages};
use super::random::markdown;
use super::raw_html::{body, shown};
use crate::cases::html5;
use crate::cases::own_site::own_site;
use crate::support::{TestSite, essay};

/// Every page of a site of the default theme, as it is shown whatever is wrong with the site.
fn all_shown(site: &TestSite) -> Vec<(String, String)> {
    let assembled = pipeline::read(&site.options());
    let theme = render::theme(&assembled.theme).expect("the theme");
    let sources = |path: &SourcePath| assembled.text(path);
    let renderer = Renderer {
        theme: &theme,
        highlighter: &Highlighter::default(),
        sources: &sources,
        pictures: &ninefold::load::picture_bytes,
    };
    let page = |url: &ninefold::model::UrlPath| {
        let view = assembled.site.view(url).expect("a view");
        match (&view, render::output(&view, &renderer)) {
            (View::Html(_), Ok(Output::Bytes(bytes))) => {
                Some((url.to_string(), String::from_utf8(bytes).expect("text")))
            }
            _ => None,
        }
    };
    assembled.site.urls().filter_map(|(url, _)| page(url)).collect()
}

fn are_whole(pages: &[(String, String)]) {
    for (name, page) in pages {
        assert_eq!(html5::faults(page), [""; 0], "{name}");
    }
}

#[test]
fn our_own_pages_are_whole() {
    let site = own_site();
    site.build();
    let pages = pages(&site);
    assert!(pages.len() > 100, "{}", pages.len());
    are_whole(&pages);
}

#[test]
fn pages_are_whole_whatever_titles_and_names_hold() {
    for text in [HOSTILE, "%", "100%25 a b\u{a0}\u{2028}\u{202e}<!-- -- > --!> ]]> ${x} {{ y }} {% z %}"] {
        let site = everywhere(text);
        site.build();
        are_whole(&pages(&site));
    }
    // An error, and shown all the same.
    are_whole(&all_shown(&everywhere("a\u{1}b\u{b}c\u{7f}d\u{85}e\u{fdd0}f\u{ffff}g\u{1fffe}h")));
}

#[test]
fn characters_that_html_has_no_place_for_are_in_no_page() {
    let page = body("A\u{1}b\u{fdd0} &#1;&#x7f; `c\u{85}d`\n\n## E\u{2} {#e\u{3}f}\n\n<b title=\"g\u{4}h\">i</b>");
    assert!(page.contains("<p>Ab ") && page.contains("<code>cd</code>") && page.contains("title=\"gh\""), "{page}");
    assert!(!page.contains(|c: char| c.is_control() && c != '\n' || c == '\u{fdd0}'), "{page:?}");
}

#[test]
fn a_link_inside_a_link_is_its_words() {
    for (text, expected) in [
        (
            "[see <https://e.example/> there](https://x.example/)",
            "<p><a href=\"https://x.example/\">see https://e.example/ there</a></p>",
        ),
        (
            "<a href=\"/essays/\">see [it](https://e.example/) there</a>",
            "<p><a class=\"nf-ref nf-page\" href=\"/essays/\">see it there</a></p>",
        ),
        (
            "<a href=\"/essays/\">see <a href=\"/x/\">it</a> there</a>",
            "<p><a class=\"nf-ref nf-page\" href=\"/essays/\">see it there</a></p>",
        ),
        (
            "[see <a href=\"/x/\">it</a> there](https://e.example/)",
            "<p><a href=\"https://e.example/\">see it there</a></p>",
        ),
        (
            "<a href=\"/essays/\">\n\nSee [it](pattern:lag).\n\n</a>",
            "<a class=\"nf-ref nf-page\" href=\"/essays/\">\n<p>See it.</p>\n</a>",
        ),
    ] {
        assert_eq!(body(text).trim_end(), expected, "{text}");
        let said = TestSite::new().essay("a", "", text).said();
        assert!(
            said.starts_with("warning[link-in-link]: a link stands inside another: its words alone are shown"),
            "{said}"
        );
        assert!(said.contains("= help: end the outer link before it"), "{said}");
    }
    // A reference to a note is a link, too.
    let noted = body("<a href=\"/essays/\">here[^1] or there</a>.\n\n[^1]: Note.");
    assert!(
        noted.starts_with(
            "<p><a class=\"nf-ref nf-page\" href=\"/essays/\">here or there</a><sup class=\"nf-noteref\">"
        ),
        "{noted}"
    );
    assert_eq!(
        TestSite::new()
            .essay("a", "", "[![a](/b.png)](https://e.example/) ![a [b](/essays/)](/c.png)")
            .said()
            .matches("link-in-link")
            .count(),
        0
    );
}

#[test]
fn bodies_are_whole() {
    let bodies = [
        "> *a\n> — b*",
        "> a <b>b\n> — c</b>",
        "> a\n> — *b* [c](https://e.example/) <b>d</b>",
        "$a<b$ $\\not<$ $\\left<x\\right>$ $\\text{a<b & c}$ $\\&$ $x \\not\\in \\{<\\}$",
        "$\\begin{array}{|c||c|}a&b\\\\\\hline c&d\\end{array}$ $\\color{red}x$ $\\operatorname{a}$",
        "![a[^1] <b>b</b> [c](https://e.example/)](/d.png)\n\n[^1]: e",
        "| <ul><li>a<li>b</ul> | <p>c |\n|-|-|\n| <b>d | <div>e</div> |",
        "<p><b>\n\na\n\n<i>\n\n- b\n\n<table><b>c<tr>d<td>e\n\nf\n\n</table>",
        "<ul><li><b>a<li>b\n\nc\n\n<dl><dt><i>d<dd>e<dt>f</dl>",
        "<h2>a <h3>b</h2>\n\n## c <h4>d\n\n<h2>\n\n## e",
        "<math><mi>a</mi><b>b</b><mtext>*c*</mtext></math> <math><mrow>[d](https://e.example/)</math> <mi>e</mi>",
        "<table><caption>a<tr><td><table><tr><td>b</table>\n\n- c",
        "a </p> b </div> </b> </table> </li> </section> </a> </br>",
        "<ruby>a<rt>b<rt>c</ruby> <details><summary>d\n\n<summary>e",
        "term\n: <p>a <div>b\n: c\n\n- [ ] <p>d\n- [x] e",
        "<pre>\n\na</pre><pre>b\n\n<picture><source srcset=x><img src=/y.png></picture>",
        "<b\n/ x=1 x=2 title='a\"<b>'>c</b><img src=/a.png alt=\"&lt;&quot;\" title=&amp;amp>",
    ];
    for text in bodies {
        let site = TestSite::new().essay("a", "math: true", text);
        let page = shown(&site, "/essays/a/");
        assert_eq!(html5::faults(&format!("<!doctype html>{page}")), [""; 0], "{text}\n{page}");
    }
}

#[test]
fn an_element_left_open_is_not_opened_again_in_every_block() {
    let open: String = (0..90).map(|n| format!("<b class=\"number-{n}\">")).collect();
    for (before, repeated) in [
        ("", "a\n\n"),
        ("<p>", "a\n\n"),
        ("<div>", "<p>a\n"),
        ("<ul>", "<li>a\n"),
        ("<dl>", "<dt>a\n<dd>b\n"),
        ("<table>", "<tr><td>a\n"),
        ("<table><tr>", "b<td>a\n"),
        ("", "<p>a <p>"),
        ("", "- a\n"),
        ("", "## a\n\n"),
        ("", "| a |\n|-|\n| b |\n\n"),
    ] {
        for text in [
            format!("{before}{open}\n\n{}", repeated.repeat(1_000)),
            format!("{before}{open}{}", repeated.repeat(1_000)),
            format!("{before}{}", format!("{}{repeated}", &open[..open.len() / 9]).repeat(200)),
        ] {
            let page = shown(&TestSite::new().essay("a", "", &text), "/essays/a/");
            assert!(page.len() < 20 * text.len(), "{before}{repeated}: {} of {}", page.len(), text.len());
        }
    }
}

#[test]
fn a_formula_is_no_larger_than_its_source_warrants() {
    let columns = format!("\\begin{{array}}{{{}c}}{}\\end{{array}}", "|".repeat(2_000), "a\\\\".repeat(100));
    let defined = format!(
        "\\newcommand{{\\a}}{{{}}}\\newcommand{{\\b}}{{{}}}{}",
        "x".repeat(100),
        "\\a".repeat(90),
        "\\b".repeat(90)
    );
    for latex in [columns, defined] {
        let page = shown(&TestSite::new().essay("a", "math: true", &format!("${latex}$")), "/essays/a/");
        assert!(page.contains("nf-math-error") && page.len() < 20 * latex.len(), "{}", page.len());
    }
}

#[test]
fn a_formula_beyond_a_limit_is_an_error_with_its_place() {
    let said = |latex: &str| TestSite::new().essay("a", "math: true", &format!("Say ${latex}$.")).said();
    let nested = |depth| format!("{}x{}", "{".repeat(depth), "}".repeat(depth));
    assert_eq!(said(&nested(100)), "");
    assert_eq!(said(&"\\{".repeat(101)), "");
    let told = said(&nested(101));
    assert!(
        told.starts_with(
            "error[formula-limit]: the braces of the formula nest more than 100 deep\n --> content/essays/a.md:7:5\n"
        ),
        "{told}"
    );
    assert!(told.contains("= help: split it into several formulas"), "{told}");
    assert!(said(&"\\sqrt".repeat(301)).starts_with("error[formula-limit]: the formula has more than 300 commands"));
    assert!(
        said(&"x".repeat(16 * 1024 + 1)).starts_with("error[formula-limit]: the formula has more than 16384 bytes")
    );
    let page = shown(&TestSite::new().essay("a", "math: true", &format!("${}$", nested(101))), "/essays/a/");
    assert!(page.contains("<code class=\"nf-math-error\">{{{"), "{page}");
}

/// Raw HTML, with bars between its pieces.
const HTML: &str = "<p>|</p>|<b>|</b>|<i class=x>|</i>|<a href=/essays/>|</a>|<div>|</div>|<ul>|</ul>|<li>|</li>|<dl>|<dt>|<dd>\
    |</dl>|<table>|</table>|<tr>|<td>|</td>|<th>|<tbody>|<caption>|<colgroup>|<col>|<h2>|</h2>|<h3>|<blockquote>|<pre>|<code>\
    |<span>|</span>|<br>|<hr>|<img src=/x.png>|<ruby>|<rt>|<details>|<summary>|<math>|</math>|<mi>|<mrow>|<mtext>|<svg>|</svg>\
    |<title>|<script>|</script>|<select>|<button>|<video>|<input type=checkbox>|<x>|</x>|<!-- a -->";

/// What stands between them.
const BETWEEN: &str = "a@ @\n@\n\n@\n\n@*b*@- @> @| @[c](https://e.example/)@$x<y$@[^1]@\n\n[^1]: d\n\n@## ";

/// Markdown with much raw HTML.
fn tags() -> impl Strategy<Value = String> {
    let pieces = |list: &'static str, at: char| select(list.split(at).collect::<Vec<_>>());
    vec(prop_oneof![3 => pieces(HTML, '|'), 2 => pieces(BETWEEN, '@')], 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, rng_seed: RngSeed::Fixed(9), ..ProptestConfig::default() })]

    #[test]
    fn any_body_is_whole(bodies in vec(prop_oneof![tags(), markdown()], 24), math: bool) {
        let front = if math { "math: true" } else { "" };
        let site = bodies.iter().enumerate().fold(TestSite::new(), |site, (n, body)| site.essay(&format!("e{n}"), front, body));
        let pages = all_shown(&site);
        for (n, body) in bodies.iter().enumerate() {
            let page = pages.iter().find(|(url, _)| *url == format!("/essays/e{n}/")).map(|(_, page)| page.as_str());
            // A text with a NUL is none.
            let Some(page) = page else { continue };
            let faults = html5::faults(&format!("<!doctype html>{page}"));
            assert!(faults.is_empty(), "{body:?}\n{page}\n{faults:?}");
        }
    }

    #[test]
    fn any_page_of_the_default_theme_is_whole(body in prop_oneof![tags(), markdown()], title in "\\PC{0,12}", odd in vec(any::<char>(), 0..8)) {
        let odd: String = odd.into_iter().collect();
        let quoted = serde_json::to_string(&format!("T{title}{odd}")).expect("a string");
        let text = essay("A", "patterns: lag", &body).replace("\"A\"", &quoted);
        are_whole(&all_shown(&TestSite::with_default_theme().file("content/essays/a.md", text)));
    }
}
