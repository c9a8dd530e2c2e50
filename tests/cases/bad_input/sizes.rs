//! Pages that are deep, long or many, up to our own limits and one step beyond. Nothing here measures time.

use ninefold::diagnostic::Diagnostic;

use super::raw_html::shown;
use crate::support::TestSite;

/// More than a page has, and nothing to any parser.
const MANY: usize = 1_000;
/// One more than may be inside each other.
const TOO_DEEP: usize = 201;

fn built(body: &str) -> (TestSite, Vec<Diagnostic>) {
    let site = TestSite::new().essay("a", "", body);
    let said = site.try_build().diagnostics;
    (site, said)
}

/// The codes of what is said of a page with this body.
fn codes(body: &str) -> Vec<&'static str> {
    let mut codes: Vec<&str> = built(body).1.into_iter().map(|diagnostic| diagnostic.code()).collect();
    codes.dedup();
    codes
}

#[test]
fn quotations_and_lists_nest_so_deep_and_no_deeper() {
    for mark in [">", "> ", "- ", "1. ", "* > ", ": "] {
        assert_eq!(codes(&format!("a\n\n{}b\nc\n", mark.repeat(TOO_DEEP))), ["page-limit"], "{mark}");
        assert!(codes(&format!("a\n\n{}b", mark.repeat(90))).is_empty(), "{mark}");
    }
}

#[test]
fn html_nests_so_deep_and_no_deeper() {
    for tag in [
        "<div>",
        "<div>\n",
        "a<b>",
        "<table>",
        "<x>",
        "<a href=\"b\">",
        "<svg>\n\n",
        "<b id=\"a\">\n\na\n\n",
        "<div \">\n",
        "<x/>",
    ] {
        assert!(codes(&tag.repeat(TOO_DEEP)).contains(&"html-limit"), "{tag}");
    }
    let attributes: String = (0..TOO_DEEP).map(|n| format!("a{n}=1\n")).collect();
    assert!(codes(&format!("<p\n{attributes}>")).contains(&"html-limit"));
    assert!(codes(&"<b>a</b> ".repeat(MANY)).is_empty());
    assert!(codes(&"<p>a\n\n".repeat(1_000)).is_empty());
    assert_eq!(codes(&"A Vec<u8>\n\n".repeat(MANY)), ["removed-html"]);
    assert_eq!(codes(&format!("<svg>{}</svg>", "<path d=\"M0 0\"/>".repeat(MANY))), ["removed-html"]);
    let trusted = TestSite::new().essay("a", "", &"<div>".repeat(TOO_DEEP));
    let site_yaml = "title: T\nbase_url: https://example.org\nhtml: trusted\n";
    assert_eq!(trusted.file("content/site.yaml", site_yaml).said(), "");
    assert!(codes(&format!("<!--\n{}-->", "<div>\n".repeat(MANY))).is_empty());
}

#[test]
fn brackets_stars_and_notes_without_end_are_text() {
    for mark in
        ["[", "![", "a*", "*a ", "_a ", "**a *b ", "[^", "[[", "`a", "<", "<a ", "[a](", "~~a ", "\\", "&", "$a "]
    {
        let (site, said) = built(&mark.repeat(MANY));
        let is_near = |told: &Diagnostic| mark == "**a *b " && told.code() == "open-emphasis";
        assert!(said.iter().all(is_near), "{mark}: {}", site.shown(&said));
        assert!(site.body("/essays/a/").len() >= MANY / 2, "{mark}");
    }
    for mark in ["<!--", "<?", "<![CDATA[", "<!A "] {
        assert_eq!(codes(&mark.repeat(MANY)), ["open-html"], "{mark}");
    }
    assert_eq!(codes(&format!("{}a{}", "[".repeat(MANY), "](b.md)".repeat(MANY))), ["broken-link"]);
    assert!(codes(&format!("{}{}", "[".repeat(MANY), "]".repeat(MANY))).len() <= 1);
}

#[test]
fn twenty_thousand_notes_are_numbered() {
    let notes = 20_000;
    let used: String = (1..=notes).map(|n| format!("[^{n}] ")).collect();
    let defined: String = (1..=notes).map(|n| format!("[^{n}]: Note {n}.\n\n")).collect();
    let (site, said) = built(&format!("{used}\n\n{defined}"));
    assert!(said.is_empty(), "{}", site.shown(&said));
    assert!(site.body("/essays/a/").contains(&format!("<li id=\"nf-fn-{notes}\">\n<p>Note {notes}.")));
    let (_, said) = built(&"[^x] ".repeat(MANY));
    assert!(
        (1..=1_000).contains(&said.len()) && said.iter().all(|d| d.code() == "undefined-footnote"),
        "{}",
        said.len()
    );
}

#[test]
fn as_many_links_and_headings_as_a_page_may_have_are_all_there() {
    let site = TestSite::new().essay("a", "", &"[late](pattern:lag) ".repeat(10_000));
    site.build();
    assert_eq!(site.body("/essays/a/").matches("nf-pattern").count(), 10_000);
    let site = TestSite::new().essay("a", "", &"## Same\n\n".repeat(10_000));
    site.build();
    assert!(site.body("/essays/a/").contains("<h2 id=\"same-10000\">"));
}

#[test]
fn ten_thousand_broken_links_are_each_told() {
    let broken: String = (0..10_000).map(|n| format!("[a](x{n}.md) ")).collect();
    let (_, said) = built(&broken);
    assert_eq!(said.len(), 10_000);
    let anchors: String = (0..5_000).map(|n| format!("## h{n}\n\n[a](#x{n}) ")).collect();
    assert_eq!(built(&anchors).1.len(), 5_000);
}

#[test]
fn a_page_of_ten_megabytes_is_built() {
    let paragraph = "The system ran out of ports, and nobody saw it coming. It was slow. ".repeat(10);
    let (site, said) = built(&format!("{paragraph}\n\n").repeat(15_000));
    assert!(said.is_empty());
    assert_eq!(site.body("/essays/a/").matches("<p>").count(), 15_000);
    let code = format!("```rust\n{}```\n", "let x = 1;\n".repeat(900_000));
    let (site, said) = built(&code);
    assert_eq!(said.iter().map(|fault| fault.code()).collect::<Vec<_>>(), ["no-colours"]);
    assert!(site.body("/essays/a/").len() > code.len() - 100);
}

#[test]
fn one_line_of_five_megabytes_is_built() {
    for part in ["word ", "word. ", "x", "\u{1f600}", "!? ", "A. "] {
        let line = part.repeat(5_000_000 / part.len());
        let (site, said) = built(&line);
        assert!(said.is_empty(), "{part}");
        assert!(site.body("/essays/a/").len() > 4_900_000, "{part}");
        assert!(
            site.view("/essays/a/")["data"]["essay"]["summary"].as_str().expect("a summary").len() < 2_000,
            "{part}"
        );
    }
}

#[test]
fn names_of_five_megabytes_are_told_in_short() {
    let long = "x".repeat(5_000_000);
    for body in [
        format!("[a]({long}.md)"),
        format!("[[{long}]]"),
        format!("[a](concept:{long})"),
        format!("[a](pattern:{long})"),
        format!("[a](#{long})"),
        format!("[a](/{long}/)"),
        format!("[a]({long}:b)"),
        format!("# A {{{long}=1}}"),
    ] {
        let (site, said) = built(&body);
        let shown = site.shown(&said);
        let is_told = shown.starts_with("error[") || shown.starts_with("warning[");
        assert!(is_told && shown.len() < 3_000, "{}", shown.len());
    }
}

#[test]
fn rows_leave_out_so_many_cells_and_no_more() {
    let table = |rows: usize| format!("{}\n{}\n{}", "|a".repeat(101), "|-".repeat(101), "|a\n".repeat(rows));
    assert!(codes(&table(11)).is_empty());
    let (site, said) = built(&table(12));
    insta::assert_snapshot!(site.shown(&said), @r#"
    error[page-limit]: the rows of the page's tables leave out more than 1111 cells
      --> content/essays/a.md:19:1
       |
    19 | |a
       | ^^
       |
       = help: give the tables fewer columns, or the rows more cells
    "#);
}

#[test]
fn a_formula_has_so_many_commands_and_so_many_bytes() {
    for latex in ["\\frac".repeat(301), "\\sqrt".repeat(301), "\\hat".repeat(301), "x".repeat(16 * 1024 + 1)] {
        let site = TestSite::new().essay("a", "math: true", &format!("${latex}$"));
        assert!(site.said().starts_with("error[formula-limit]"), "{}", &latex[..6]);
        assert!(shown(&site, "/essays/a/").contains("nf-math-error"), "{}", &latex[..6]);
    }
    let site = TestSite::new().essay("a", "math: true", &format!("${}{{x}}$", "\\sqrt".repeat(300)));
    site.build();
    assert_eq!(site.body("/essays/a/").matches("<msqrt>").count(), 300);
}
