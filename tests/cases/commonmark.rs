//! Plain CommonMark: a body is what the specification's examples expect, except where Ninefold means to differ.

use std::collections::BTreeMap;

use ninefold::model::UrlPath;
use ninefold::outline::{Filter, Item, Markdown, Part, resolved};
use ninefold::pipeline;
use ninefold::render::{self, Highlighter, Output, Renderer};
use ninefold::site::{BodyLink, BodySpec, View};
use pulldown_cmark::{Event, Tag};
use serde::Deserialize;

use crate::support::TestSite;

const EXAMPLES: &str = include_str!("../commonmark/spec.json");

const PUNCTUATION: &str = "quotation marks, apostrophes and dashes are set as in print";

/// Where a body differs from the specification, and why. An example that comes to agree must be taken out.
const DIFFERENT: [(&str, &[usize]); 7] = [
    (
        PUNCTUATION,
        &[
            14, 46, 55, 87, 91, 106, 197, 209, 210, 343, 352, 359, 363, 380, 385, 395, 508, 619, 620, 622, 624, 626,
            632, 650,
        ],
    ),
    ("a straight quotation mark between tags is not escaped: the same text", &[12, 27, 41, 211]),
    ("a line break less before an element: the same elements", &[175]),
    ("code with a language says which, and has its colours", &[24, 34, 142, 143, 144, 146]),
    ("a bare address is a link, as on GitHub", &[602, 606, 608, 611, 612]),
    ("double brackets are a wikilink", &[548, 559, 590]),
    ("a picture alone with a title is a figure", &[572, 573, 576, 577, 584, 585, 586, 588, 589, 591]),
];

/// One example of the specification.
#[derive(Deserialize)]
struct Example {
    example: usize,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    serde_json::from_str(EXAMPLES).expect("the examples")
}

/// A site of which each page is an example, as its body comes out, by number.
fn bodies(examples: &[Example], config: &str) -> BTreeMap<usize, String> {
    let config = format!("title: Examples\nbase_url: https://example.org\n{config}");
    let site = examples.iter().fold(TestSite::new().file("content/site.yaml", config), |site, example| {
        let text = format!("---\ntitle: Example\n---\n{}", example.markdown);
        site.file(&format!("content/pages/e{}.md", example.example), text)
    });
    let assembled = pipeline::read(&site.options());
    let theme = render::theme(&assembled.theme).expect("the theme");
    let sources = |path: &_| assembled.text(path);
    let renderer = Renderer {
        theme: &theme,
        highlighter: &Highlighter::default(),
        sources: &sources,
        pictures: &ninefold::load::picture_bytes,
    };
    let body = |example: &Example| {
        let mut view = assembled.site.view(&UrlPath::new(format!("/e{}/", example.example))).expect("a page");
        let View::Html(page) = &mut view else { panic!("no page: {view:?}") };
        as_the_specification_sees_it(page.body.as_mut().expect("a body"), &example.markdown);
        let Ok(Output::Bytes(bytes)) = render::output(&view, &renderer) else { panic!("no text") };
        let html = String::from_utf8(bytes).expect("text");
        html.split_once("</title>\n").expect("a body").1.to_owned()
    };
    examples.iter().map(|example| (example.example, body(example))).collect()
}

/// The specification knows no ids of headings, and no site in which a link could lead nowhere: a link into the site leads
/// where it says. Links that leave are as the site resolves them.
fn as_the_specification_sees_it(body: &mut BodySpec, markdown: &str) {
    body.headings.clear();
    let mut filter = Filter::new(markdown, false);
    let mut items = Vec::new();
    let parsed = Markdown::new(markdown, false);
    parsed.events().for_each(|(event, range)| filter.event(event, range, &mut items));
    let mut written = Vec::new();
    for (item, _) in items {
        match item {
            Item::Markdown(Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. })) => {
                written.push(dest_url.into_string());
            }
            Item::Markdown(_) => {}
            Item::Html { parts, .. } => {
                let tags = parts.into_iter().filter_map(|part| match part {
                    Part::Start(tag) => Some(tag),
                    _ => None,
                });
                tags.for_each(|tag| {
                    resolved(&tag.name, &tag.attributes, |_, address| {
                        written.push(address.to_owned());
                        None
                    });
                });
            }
        }
    }
    assert_eq!(body.links.len(), written.len(), "{markdown}");
    for (link, written) in body.links.iter_mut().zip(written) {
        if !matches!(link.kind, "outside" | "here") {
            *link = BodyLink {
                url: Some(written),
                kind: "outside",
                anchor: None,
                words: None,
                copy: None,
                fault: None,
                picture: None,
                quotation: None,
            };
        }
    }
}

fn reason(example: usize) -> Option<&'static str> {
    DIFFERENT.iter().find(|(_, listed)| listed.contains(&example)).map(|(reason, _)| *reason)
}

/// Text with the punctuation of print taken back to what a keyboard has.
fn as_typed(html: &str) -> String {
    [("&quot;", "\""), ("“", "\""), ("”", "\""), ("‘", "'"), ("’", "'"), ("—", "---"), ("–", "--")]
        .iter()
        .fold(html.to_owned(), |html, (printed, typed)| html.replace(printed, typed))
}

#[test]
fn a_body_is_what_the_specification_expects_but_for_the_listed_examples() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let bodies = bodies(&examples, "html: trusted\n");
    let mut faults = String::new();
    for Example { example, markdown, html } in &examples {
        let body = &bodies[example];
        let fault = match (reason(*example), body == html) {
            (None, false) => "differs",
            (Some(_), true) => "agrees: take it off the list",
            (Some(PUNCTUATION), false) if as_typed(body) != as_typed(html) => "differs in more than punctuation",
            _ => continue,
        };
        faults += &format!("Example {example} {fault}\n{markdown}\nexpected:\n{html}\nis:\n{body}\n\n");
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn the_sanitiser_touches_only_bodies_with_raw_html() {
    let examples = examples();
    let [trusted, sanitised] = ["html: trusted\n", ""].map(|config| bodies(&examples, config));
    let has_html = |example: &Example| {
        Markdown::new(&example.markdown, false)
            .events()
            .any(|(event, _)| matches!(event, Event::Html(_) | Event::InlineHtml(_)))
    };
    let (with, without): (Vec<&Example>, Vec<&Example>) = examples.iter().partition(|example| has_html(example));
    assert!(with.len() > 60, "{}", with.len());
    for Example { example, .. } in without {
        assert_eq!(sanitised[example], trusted[example], "example {example}");
    }
    for Example { example, .. } in with {
        for refused in ["<script", "<style", "<bab", "<responsive-image", " style=", "<!", "<?"] {
            assert!(!sanitised[example].contains(refused), "example {example}: {}", sanitised[example]);
        }
    }
}
