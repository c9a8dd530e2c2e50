//! Addresses in raw HTML are links like others: resolved, checked, whole in feeds; and pictures are pictures.

use image::ImageFormat;

use super::pictures::picture;
use crate::support::TestSite;

/// A site below a path, with an essay that is linked to, one that links, and a picture of 600 by 300 beside that.
fn site(body: &str) -> TestSite {
    TestSite::new()
        .file("content/site.yaml", "title: Test\nbase_url: https://example.org/sub/\nsearch: false\n")
        .essay("other", "", "## Limits\n\nText.")
        .file("content/essays/a/index.md", format!("---\ntitle: A\ndate: 2026-05-02\n---\n{body}\n"))
        .file("content/essays/a/pic.png", picture(600, 300, ImageFormat::Png))
        .file("content/static/v.mp4", "film")
}

fn body(html: &str) -> String {
    let site = site(html);
    assert_eq!(site.said(), "");
    site.body("/essays/a/")
}

#[test]
fn links_lead_where_those_of_markdown_lead() {
    let links = "\
<a href=\"/essays/other/\">1</a> <a href='../other.md#limits'>2</a> <A HREF=../other.md>3</A>
<a href=\"#here\" id=\"here\">4</a> <a href=\"https://example.com/?a&amp;b\">5</a> <a href=\"mailto:a@b.example\">6</a>
<a href=\"pic.png\">7</a> <a class=\"button\" href=\"../other.md\">8</a> <a href=\"../../patterns/lag.md\">9</a>";
    insta::assert_snapshot!(body(links), @r##"
    <p><a class="nf-ref nf-essay" href="/sub/essays/other/">1</a> <a class="nf-ref nf-essay" href="/sub/essays/other/#limits">2</a> <a class="nf-ref nf-essay" href="/sub/essays/other/">3</a>
    <a href="#here" id="here">4</a> <a href="https://example.com/?a&amp;b">5</a> <a href="mailto:a@b.example">6</a>
    <a href="/sub/essays/a/pic.png">7</a> <a class="button" href="/sub/essays/other/">8</a> <a class="nf-ref nf-pattern" href="/sub/patterns/lag/">9</a></p>
    "##);
}

#[test]
fn a_link_to_a_pattern_marks_its_passage_and_leads_back() {
    let site = site("A <a href=\"pattern:lag\">late answer</a>. See <a href=\"../other.md\">the other</a> too.");
    site.build();
    let page = site.body("/essays/a/");
    assert!(
        page.contains(
            "<a class=\"nf-ref nf-pattern\" href=\"/sub/patterns/lag/\" id=\"passage-late-answer\">late answer</a>"
        ),
        "{page}"
    );
    let passage = &site.view("/patterns/lag/")["data"]["passages"][0]["passages"][0];
    assert_eq!(passage["quote"]["words"], "late answer");
    let backlink = &site.view("/essays/other/")["data"]["backlinks"][0]["quote"];
    assert_eq!((&backlink["before"], &backlink["words"]), (&"See ".into(), &"the other".into()), "{backlink}");
    // An id of the author's stays beside that of the passage.
    let page = body("A <a id=\"own\" href=\"pattern:lag\">late answer</a>.");
    assert!(page.contains("<span id=\"own\"></span><a "), "{page}");
}

#[test]
fn each_address_that_leads_nowhere_is_told_where_it_stands() {
    let text = "\
Text <a href=\"/nowhere/\">a</a> and
<a href=\"pattern:lagg\">b</a>.

<div>
<img src=\"gone.png\" alt=\"x\"><video src=\"gone.mp4\" poster=\"/gone.jpg\"></video>
  <a href=\"../other.md#limit\">c</a>
</div>

<img src=\"pic.png\" srcset=\"pic.png 1x, pic2.png 2x\" alt=\"x\">";
    let site = site(text);
    let told: Vec<String> =
        site.try_build().diagnostics.iter().map(|fault| format!("{} {}", fault.code(), fault.message)).collect();
    let said = site.said();
    for place in ["5:6", "6:1", "9:1", "9:29", "10:3", "13:1"] {
        assert!(said.contains(&format!("content/essays/a/index.md:{place}")), "{place}: {said}");
    }
    insta::assert_snapshot!(told.join("\n"), @r"
    broken-link nothing is at `/nowhere/`
    unknown-pattern there is no pattern `lagg`
    broken-link there is no file `content/essays/a/gone.png`
    broken-link nothing is at `/gone.jpg`
    broken-link there is no file `content/essays/a/gone.mp4`
    broken-anchor `content/essays/other.md` has no heading or passage `#limit`
    broken-link there is no file `content/essays/a/pic2.png`
    ");
}

#[test]
fn files_of_every_kind_are_found() {
    let html = "\
<video src=\"/v.mp4\" poster=\"pic.png\" controls><source src=\"/v.mp4\"><track src=\"/v.mp4\"></video>

<audio src=\"/v.mp4\"></audio> <q cite=\"../other.md\">Text</q>

<picture><source srcset=\"pic.png 1x, pic.png 2x\"><img src=\"pic.png\" alt=\"Boats\"></picture>";
    insta::assert_snapshot!(body(html), @r#"
    <p><video src="/sub/v.mp4" poster="/sub/essays/a/pic.png" controls=""><source src="/sub/v.mp4"><track src="/sub/v.mp4"></video></p>
    <p><audio src="/sub/v.mp4"></audio> <q cite="/sub/essays/other/">Text</q></p>
    <p><picture><source srcset="/sub/essays/a/pic.png 1x, /sub/essays/a/pic.png 2x"><img src="/sub/essays/a/pic.png" alt="Boats"></picture></p>
    "#);
}

#[test]
fn a_picture_has_its_size_and_smaller_copies() {
    let page = body("<img src=\"pic.png\" alt=\"Boats\">");
    for part in [
        "<picture><source type=\"image/webp\"",
        "-480.webp 480w",
        "src=\"/sub/essays/a/pic.png\"",
        "alt=\"Boats\"",
        "width=\"600\" height=\"300\"",
        "loading=\"lazy\"",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // What the author says comes first.
    let page = body("<img width=\"300\" src=\"pic.png\" alt=\"\" loading=\"eager\">");
    assert!(page.contains("width=\"300\" src=") && page.contains("sizes=\"300px\""), "{page}");
    assert!(!page.contains("height=\"300\" load") && !page.contains("lazy"), "{page}");
}

#[test]
fn a_picture_without_words_or_from_another_host_is_told() {
    let site = site(
        "<img src=\"pic.png\">\n\n<img src=\"pic.png\" alt=\"\">\n\n<img src=\"https://x.example/a.png\" alt=\"A\"> <video src=\"https://x.example/v.mp4\"></video>",
    );
    insta::assert_snapshot!(site.said(), @r#"
    warning[missing-alt]: the picture has no description for those who don't see it
     --> content/essays/a/index.md:5:1
      |
    5 | <img src="pic.png">
      | ^^^^^^^^^^^^^^^^^^^
      |
      = help: say in `alt` what it shows: `alt="Queue length, rising from noon"`
      = help: if the text says all of it, write `alt=""`

    warning[outside-picture]: the picture is loaded from another host
     --> content/essays/a/index.md:9:1
      |
    9 | <img src="https://x.example/a.png" alt="A"> <video src="https://x.example/v.mp4"></video>
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: save it beside the essay's `index.md`, or in `static/`, and show that file

    warning[outside-picture]: the file is loaded from another host
     --> content/essays/a/index.md:9:45
      |
    9 | <img src="https://x.example/a.png" alt="A"> <video src="https://x.example/v.mp4"></video>
      |                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: save it beside the essay's `index.md`, or in `static/`, and show that file
    "#);
}

#[test]
fn feeds_have_whole_addresses() {
    let site = site(
        "<img src=\"pic.png\" alt=\"A\" srcset=\"pic.png 2x\">\n\n<a href=\"../other.md\">b</a> <a href=\"#c\" id=\"c\">c</a>",
    );
    site.build();
    let feed = site.page("/feed.xml").replace("&quot;", "\"");
    for address in [
        "src=\"https://example.org/sub/essays/a/pic.png\"",
        "srcset=\"https://example.org/sub/essays/a/pic.png 2x\"",
        "href=\"https://example.org/sub/essays/other/\"",
        "href=\"https://example.org/sub/essays/a/#c\"",
    ] {
        assert!(feed.contains(address), "{address}: {feed}");
    }
}

#[test]
fn trusted_html_is_resolved_as_well_and_else_left_alone() {
    let trusted = "title: Test\nbase_url: https://example.org/sub/\nsearch: false\nhtml: trusted\n";
    let html = "<p style=\"x: y\">1 & <a target=_blank href=../other.md>2</a> <A HREF='https://example.com/'>3</A>\n<img src=\"pic.png\" alt=x>\n<!-- c -->\n";
    let site = site(html).file("content/site.yaml", trusted);
    assert!(!site.said().contains("error"), "{}", site.said());
    insta::assert_snapshot!(site.body("/essays/a/"), @r#"
    <p style="x: y">1 & <a class="nf-ref nf-essay" href="/sub/essays/other/" target="_blank">2</a> <A HREF='https://example.com/'>3</A>
    <img src="/sub/essays/a/pic.png" alt="x" />
    <!-- c -->
    "#);
    let site =
        site.file("content/essays/a/index.md", "---\ntitle: A\ndate: 2026-05-02\n---\n<a href=\"/nowhere/\">x</a>\n");
    assert!(site.said().starts_with("error[broken-link]"), "{}", site.said());
}

#[test]
fn no_tag_of_trusted_html_has_an_attribute_twice() {
    let trusted = "title: Test\nbase_url: https://example.org\nsearch: false\nhtml: trusted\n";
    let site = TestSite::new().file("content/site.yaml", trusted).essay("b", "", "x").essay(
        "a",
        "",
        "<a class=\"nf-own\" id=\"nf-own\" href=\"b.md\" data-own=\"1\" title=\"B\">Words</a>",
    );
    assert_eq!(site.said(), "");
    assert_eq!(
        site.body("/essays/a/"),
        "<p><a class=\"nf-own\" href=\"/essays/b/\" title=\"B\" id=\"nf-own\" data-own=\"1\">Words</a></p>\n"
    );
}

#[test]
fn an_address_that_would_run_is_taken_out_before_it_is_a_link() {
    let site = site("<a href=\"javascript:x()\">a</a> <img srcset=\"data:text/html,x 1x\" src=\"pic.png\" alt=\"x\">");
    let said = site.said();
    assert_eq!((said.matches("warning[removed-html]").count(), said.matches("error").count()), (2, 0), "{said}");
    assert!(!site.body("/essays/a/").contains("srcset=\"data"), "{}", site.body("/essays/a/"));
}
