//! Addresses without brackets are links by GitHub's rule, outside code, links and raw HTML that is either.

use super::bodies::{body, said};

#[test]
fn bare_addresses_are_links() {
    let text = "See https://e.example/post-mortem and www.e.example.[^1] Write to ann@e.example, or \"https://e.example/a--b's\".\n\n\
                *https://e.example/a_b_c* (https://e.example/a_(b)) **www.e.example/x**\n\n[^1]: https://e.example/source";
    insta::assert_snapshot!(body(text), @r##"
    <p>See <a href="https://e.example/post-mortem">https://e.example/post-mortem</a> and <a href="http://www.e.example">www.e.example</a>.<sup class="nf-noteref"><a href="#nf-fn-1" id="nf-fnref-1" aria-label="Note 1">1</a></sup> Write to <a href="mailto:ann@e.example">ann@e.example</a>, or “<a href="https://e.example/a--b&#x27;s">https://e.example/a--b's</a>”.</p>
    <p><em><a href="https://e.example/a_b_c">https://e.example/a_b_c</a></em> (<a href="https://e.example/a_(b)">https://e.example/a_(b)</a>) <strong><a href="http://www.e.example/x">www.e.example/x</a></strong></p>
    <section class="nf-notes" aria-label="Notes">
    <ol>
    <li id="nf-fn-1">
    <p><a href="https://e.example/source">https://e.example/source</a> <a class="nf-noteback" href="#nf-fnref-1" aria-label="Back to the text">↩︎</a></p>
    </li>
    </ol>
    </section>
    "##);
    assert_eq!(said(text), "");
}

#[test]
fn one_alone_in_its_paragraph_is_a_card() {
    let bare = body("https://youtu.be/abc123def45");
    assert_eq!(bare, body("<https://youtu.be/abc123def45>"));
    assert!(bare.contains("nf-link-card"), "{bare}");
}

#[test]
fn addresses_in_code_links_and_html_are_left_as_they_are() {
    let text = "`https://e.example/a` [https://e.example/b](https://e.example/c) <https://e.example/d>\n\n    https://e.example/e\n\n\
                ![www.e.example](https://e.example/f.png) <a href=\"https://e.example/g\">https://e.example/h</a> <code>www.e.example</code> https://e.example/i";
    let html = body(text);
    assert_eq!(html.matches("<a ").count(), 4, "{html}");
    assert!(html.contains("<a href=\"https://e.example/i\">https://e.example/i</a>"), "{html}");
}

/// "Autolinks (extension)" of GitHub Flavored Markdown: the addresses of each example and what is shown of each.
#[test]
fn the_examples_of_github_come_out_as_there() {
    for (text, html) in [
        ("www.commonmark.org", "<a href=\"http://www.commonmark.org\">www.commonmark.org</a>"),
        (
            "Visit www.commonmark.org/a.b.",
            "Visit <a href=\"http://www.commonmark.org/a.b\">www.commonmark.org/a.b</a>.",
        ),
        (
            "www.google.com/search?q=Markup+(business)))",
            "<a href=\"http://www.google.com/search?q=Markup+(business)\">www.google.com/search?q=Markup+(business)</a>))",
        ),
        (
            "www.google.com/search?q=(business))+ok",
            "<a href=\"http://www.google.com/search?q=(business))+ok\">www.google.com/search?q=(business))+ok</a>",
        ),
        (
            "www.google.com/search?q=commonmark&hl;",
            "<a href=\"http://www.google.com/search?q=commonmark\">www.google.com/search?q=commonmark</a>&amp;hl;",
        ),
        ("www.commonmark.org/he<lp", "<a href=\"http://www.commonmark.org/he\">www.commonmark.org/he</a>&lt;lp"),
        (
            "hello@mail+xyz.example isn't valid, but hello+xyz@mail.example is.",
            "hello@mail+xyz.example isn\u{2019}t valid, but <a href=\"mailto:hello+xyz@mail.example\">hello+xyz@mail.example</a> is.",
        ),
        ("a.b-c_d@a.b.", "<a href=\"mailto:a.b-c_d@a.b\">a.b-c_d@a.b</a>."),
        ("a.b-c_d@a.b-", "a.b-c_d@a.b-"),
        ("a.b-c_d@a.b_", "a.b-c_d@a.b_"),
        ("https\\://a.example www\\.a.example a\\@b.example", "https://a.example www.a.example a@b.example"),
    ] {
        assert_eq!(body(text), format!("<p>{html}</p>\n"), "{text}");
    }
}
