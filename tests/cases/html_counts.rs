//! Raw HTML counts as Markdown does: its words, headings and summaries; and what is taken out leaves what a reader would see.

use super::bodies::body_with;
use crate::support::TestSite;

fn card(markdown: &str) -> serde_json::Value {
    let site = TestSite::new().essay("a", "", markdown);
    site.view("/essays/a/")["data"]["essay"].take()
}

#[test]
fn words_of_html_are_counted_and_the_first_paragraph_is_the_summary() {
    let post = format!(
        "<h2>Title</h2>\n<p>First &amp; foremost,<br>it was <em>slow</em>.</p>\n\n<p>{}</p>",
        "word ".repeat(700)
    );
    let card = card(&post);
    assert_eq!(card["summary"], "First & foremost, it was slow.");
    assert_eq!((&card["words"], &card["minutes"]), (&707.into(), &4.into()));
}

#[test]
fn text_of_html_without_a_block_is_a_paragraph() {
    assert_eq!(card("<div>One two.</div>\n<div>Three.</div>")["summary"], "One two.");
    assert_eq!(card("<div>\nOne <b>two</b>.\n</div>")["words"], 2);
    assert_eq!(card("<ul><li>One</li><li>Two</li></ul>\n\nThree.")["summary"], "Three.");
    assert_eq!(
        card(
            "<figure><img src=\"https://x.example/a.png\" alt=\"not this\"><figcaption>One two</figcaption></figure>\n\nThree."
        )["words"],
        3
    );
    assert_eq!(card("<pre>not this</pre>\n\n<table><tr><td>One</td><td>Two</td></tr></table>")["words"], 2);
}

#[test]
fn headings_of_html_have_ids_and_stand_in_the_contents() {
    let markdown = "<h2>One <em>two</em></h2>\n\n## One two\n\n<h3 id=\"own\">Three</h3>\n\n<h2><img src=\"https://x.example/a.png\" alt=\"Four\"></h2>\n\n[a](#own) [b](#one-two) [c](#four)";
    let site = TestSite::new().essay("a", "", markdown);
    let view = site.view("/essays/a/")["data"]["essay"]["contents"].take();
    let ids: Vec<&str> = view.as_array().expect("contents").iter().filter_map(|entry| entry["id"].as_str()).collect();
    assert_eq!(ids, ["one-two", "one-two-2", "own", "four"]);
    site.build();
    let page = site.body("/essays/a/");
    for tag in ["<h2 id=\"one-two\">", "<h2 id=\"one-two-2\">", "<h3 id=\"own\">", "<h2 id=\"four\">"] {
        assert!(page.contains(tag), "{tag}: {page}");
    }
    let said = TestSite::new().essay("a", "", "<h2 id=\"x\">A</h2>\n\n## B {#x}").said();
    assert!(said.starts_with("error[duplicate-id]"), "{said}");
}

#[test]
fn headings_of_trusted_html_have_ids_too() {
    let trusted = "title: Test\nbase_url: https://example.org\nsearch: false\nhtml: trusted\n";
    let site = TestSite::new().file("content/site.yaml", trusted).essay("a", "", "<h2 style='x'>A b</h2>\n\n[c](#a-b)");
    site.build();
    assert!(site.body("/essays/a/").starts_with("<h2 id=\"a-b\" style=\"x\">A b</h2>"), "{}", site.body("/essays/a/"));
}

#[test]
fn an_element_that_is_taken_out_leaves_what_readers_would_see() {
    for (html, shown) in [
        ("A <script>let x = \"*y*\";</script> b", "<p>A  b</p>"),
        ("A <style>p { x: y }</style> b", "<p>A  b</p>"),
        ("A <iframe src=\"x\">no <b>frames</b></iframe> b", "<p>A  b</p>"),
        ("<iframe src=\"x\">no <b>frames</b></iframe>", ""),
        ("A <textarea>x <b>y</b></textarea> b", "<p>A x &lt;b&gt;y&lt;/b&gt; b</p>"),
        ("<textarea>x <b>y</b>\n</textarea>", "x &lt;b&gt;y&lt;/b&gt;"),
        ("<noscript><p>Plain</p></noscript>", "<p>Plain</p>"),
        ("<form><button>Send</button><select><option>A<option>B</select></form>", "Send A B"),
        ("<svg><title>T</title><text>Drawn</text></svg>", "<p>Drawn</p>"),
        ("A <script>[x](gone.md) <b>", "<p>A [x]"),
    ] {
        let site = TestSite::new().essay("a", "", html);
        let page = super::bad_input::raw_html::shown(&site, "/essays/a/");
        let page = page.split_once("</title>\n").map_or("", |(_, body)| body).trim();
        assert!(page == shown || shown.ends_with("[x]") && !page.contains("<script"), "{html}: {page}");
    }
}

#[test]
fn what_a_script_holds_is_no_link() {
    let html = body_with("", "A <script>[x](pattern:lag)</script> and <b>b</b> [c](pattern:conflicts).");
    assert_eq!(html.matches("nf-pattern").count(), 1, "{html}");
    let trusted = "title: Test\nbase_url: https://example.org\nsearch: false\nhtml: trusted\n";
    let text = "A <script>[x](pattern:lag)</script> [c](pattern:conflicts).";
    let site = TestSite::new().file("content/site.yaml", trusted).essay("a", "", text);
    site.try_build();
    let page = site.body("/essays/a/");
    assert!(page.starts_with("<p>A <script>[x](pattern:lag)</script> <a class"), "{page}");
}
