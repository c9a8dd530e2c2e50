//! Pictures with captions, quotations with sources.

use super::bodies::body;
use crate::support::{TestSite, essay};

#[test]
fn a_picture_alone_with_a_title_is_a_figure() {
    let site = TestSite::new().file("content/static/boats.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>").essay(
        "a",
        "",
        "\
![Boats](/boats.svg \"At *noon* & <later>\")

![Boats](/boats.svg)

![Boats](/boats.svg \"Noon\") and words

- ![Boats](/boats.svg \"In a list\")

[![Boats](/boats.svg \"Noon\")](https://example.com/)",
    );
    site.build();
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"
    <figure>
    <img src="/boats.svg" alt="Boats" loading="lazy" decoding="async" />
    <figcaption>At *noon* &amp; &lt;later&gt;</figcaption>
    </figure>
    <p><img src="/boats.svg" alt="Boats" loading="lazy" decoding="async" /></p>
    <p><img src="/boats.svg" alt="Boats" title="Noon" loading="lazy" decoding="async" /> and words</p>
    <ul>
    <li><img src="/boats.svg" alt="Boats" title="In a list" loading="lazy" decoding="async" /></li>
    </ul>
    <p><a href="https://example.com/"><img src="/boats.svg" alt="Boats" title="Noon" loading="lazy" decoding="async" /></a></p>
    "#);
}

#[test]
fn the_description_of_a_picture_is_plain_text() {
    let site = TestSite::new().file("content/static/boats.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>").essay(
        "a",
        "math: true",
        "\
![Two *boats* & \"a [barge](pattern:lag)\" at $x^2$ <b>now</b>](/boats.svg) Text.",
    );
    let built = site.try_build();
    assert!(!built.has_errors(), "{}", site.shown(&built.diagnostics));
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"<p><img src="/boats.svg" alt="Two boats &amp; “a barge” at x² now" loading="lazy" decoding="async"> Text.</p>"#);
    assert_eq!(site.view("/patterns/lag/")["data"]["passage_count"], 0);
}

#[test]
fn a_quotation_has_its_attribution_and_the_first_is_an_epigraph() {
    let quotations = "\
> Opening words.
> — Someone, *A book*

Text.

> Two
> lines
> -- Someone Else

> A paragraph.
>
> ― Alone

> Outer
> > Inner
> > — In
>
> --- Out

> Five -- six
> \\- not a dash";
    insta::assert_snapshot!(body(quotations), @r#"
    <blockquote class="nf-epigraph">
    <p>Opening words.</p>
    <footer class="nf-attribution">— Someone, <em>A book</em></footer>
    </blockquote>
    <p>Text.</p>
    <blockquote>
    <p>Two
    lines</p>
    <footer class="nf-attribution">– Someone Else</footer>
    </blockquote>
    <blockquote>
    <p>A paragraph.</p>
    <footer class="nf-attribution">― Alone</footer>
    </blockquote>
    <blockquote>
    <p>Outer</p>
    <blockquote>
    <p>Inner</p>
    <footer class="nf-attribution">— In</footer>
    </blockquote>
    <footer class="nf-attribution">— Out</footer>
    </blockquote>
    <blockquote>
    <p>Five – six
    - not a dash</p>
    </blockquote>
    "#);
    assert!(!body("Text.\n\n> Later.\n> — Someone").contains("nf-epigraph"));
    assert!(!body("> Without a source.").contains("nf-epigraph"));
}

#[test]
fn a_size_behind_the_words_of_a_picture_is_its_size() {
    let png = super::pictures::picture(40, 20, image::ImageFormat::Png);
    let text = "![A queue|20](q.png) ![[q.png|10]] ![B|8x9](q.png) ![C|d](q.png) ![D|5](https://e.example/q.png)";
    let site =
        TestSite::new().file("content/essays/a/q.png", png).file("content/essays/a/index.md", essay("a", "", text));
    insta::assert_snapshot!(site.build().diagnostics.iter().map(|fault| fault.message.as_str()).collect::<Vec<_>>().join("\n"), @"
    the picture has no description for those who don't see it
    the picture is loaded from another host
    ");
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"<p><img src="/essays/a/q.png" alt="A queue" width="20" height="10" loading="lazy" decoding="async" /> <img src="/essays/a/q.png" alt="" width="10" height="5" loading="lazy" decoding="async" /> <img src="/essays/a/q.png" alt="B" width="8" height="9" loading="lazy" decoding="async" /> <img src="/essays/a/q.png" alt="C|d" width="40" height="20" loading="lazy" decoding="async" /> <img src="https://e.example/q.png" alt="D" width="5" loading="lazy" decoding="async" /></p>"#);
}
