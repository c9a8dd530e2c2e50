//! What stands beside a text is content: only kinds that can't run anything are published, and no drawing unclean.

use super::server::Server;
use crate::support::{TestSite, essay};

/// An essay with a folder of its own, and these files in it.
fn with_files(site: TestSite, text: &str, names: &[&str]) -> TestSite {
    let site = site.file("content/essays/a/index.md", essay("A", "", text));
    names.iter().fold(site, |site, name| site.file(&format!("content/essays/a/{name}"), "marker"))
}

fn trusted() -> TestSite {
    TestSite::new().file("content/site.yaml", "title: T\nbase_url: https://example.org\nhtml: trusted\nsearch: false\n")
}

const HARMLESS: [&str; 6] = ["plan.pdf", "queue.csv", "Notes.TXT", "talk.mp3", "slides.odp", "logs.tar.gz"];
const OTHER: [&str; 8] =
    ["demo.html", "demo.xhtml", "drawing.svgz", "feed.xml", "run.js", "look.css", "saved.mht", "page.html.gz"];

#[test]
fn files_beside_a_text_are_published_by_a_list_of_kinds() {
    let site = with_files(TestSite::new(), "A.", &[&HARMLESS[..], &OTHER[..]].concat());
    let built = site.build();
    for name in HARMLESS {
        assert!(site.out().join("essays/a").join(name).is_file(), "{name}");
    }
    for name in OTHER {
        assert!(!site.out().join("essays/a").join(name).exists(), "{name}");
    }
    assert_eq!(built.diagnostics.len(), OTHER.len());
    insta::assert_snapshot!(site.shown(&built.diagnostics[..1]), @r"
    warning[not-content]: `content/essays/a/demo.html` is not published: files of its kind could hold scripts, or are unknown
    --> content/essays/a/demo.html
     = help: move it to `content/static/`, where files are trusted; beside a text stand pictures, sound, video, PDF, office documents, text, data and archives
    ");
}

#[test]
fn incidents_and_pages_have_the_same_list() {
    let site = TestSite::new()
        .file("content/incidents/i/index.md", "---\ntitle: I\n---\n")
        .file("content/incidents/i/demo.html", "marker")
        .file("content/pages/about/index.md", "---\ntitle: About\n---\nUs.\n")
        .file("content/pages/about/demo.html", "marker");
    assert_eq!(site.said().matches("warning[not-content]").count(), 2);
}

#[test]
fn files_in_static_and_all_files_of_a_trusted_site_are_published() {
    let site = with_files(TestSite::new(), "A.", &[]).file("content/static/demo.html", "marker");
    assert_eq!(site.said(), "");
    assert_eq!(site.page("/demo.html"), "marker");
    let site = with_files(trusted(), "[Demo](demo.html)", &OTHER);
    assert_eq!(site.said(), "");
    assert_eq!(site.page("/essays/a/demo.html"), "marker");
}

#[test]
fn a_link_to_a_file_that_is_not_published_says_where_it_goes() {
    let site = with_files(TestSite::new(), "[Demo](demo.html), [plan](plan.pfd)", &["plan.pdf"]);
    insta::assert_snapshot!(site.said(), @r"
    error[broken-link]: no file `content/essays/a/demo.html` is published
     --> content/essays/a/index.md:6:1
      |
    6 | [Demo](demo.html), [plan](plan.pfd)
      | ^^^^^^^^^^^^^^^^^
      |
      = help: files of this kind go into `content/static/`: link to it as `/demo.html`

    error[broken-link]: there is no file `content/essays/a/plan.pfd`
     --> content/essays/a/index.md:6:20
      |
    6 | [Demo](demo.html), [plan](plan.pfd)
      |                    ^^^^^^^^^^^^^^^^
      |
      = help: did you mean `plan.pdf`?
    ");
}

/// One step deeper than a drawing may be.
fn refused_drawing() -> String {
    let (open, close) = ("<g>".repeat(256), "</g>".repeat(256));
    format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{open}<text>marker</text>{close}</svg>")
}

#[test]
fn a_drawing_that_can_t_be_made_safe_is_a_fault_everywhere_and_never_a_file() {
    let site = with_files(TestSite::new(), "A.", &[])
        .file("content/essays/a/deep.svg", refused_drawing())
        .file("content/static/deep.SVG", refused_drawing());
    let told = site.said();
    assert_eq!(told.matches("error[picture-too-large]: the drawing's elements are nested").count(), 2, "{told}");
    assert!(!site.out().exists(), "a site with errors is not written");
    let server = Server::of(&site);
    for address in ["/essays/a/deep.svg", "/deep.SVG"] {
        let answer = server.get(address);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (500, Some("text/html; charset=utf-8")),
            "{address}"
        );
        assert!(!answer.body.contains("marker"), "{}", answer.body);
        assert!(answer.body.contains("nested more than 256 deep"), "{}", answer.body);
    }
}

#[test]
fn a_trusted_site_s_drawings_are_as_they_came() {
    let site = with_files(trusted(), "A.", &[]).file("content/essays/a/deep.svg", refused_drawing());
    assert_eq!(site.said(), "");
    assert_eq!(site.page("/essays/a/deep.svg"), refused_drawing());
}
