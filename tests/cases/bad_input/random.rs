//! Random bytes and random pieces of Markdown, HTML and YAML: no panic, and every place that is named is in the file.

use std::sync::Arc;

use ninefold::diagnostic::{self, Diagnostic};
use ninefold::load::{Content, Source, SourceSettings};
use ninefold::model::{SourceKind, SourcePath};
use ninefold::outline::{Context, outline};
use ninefold::pipeline;
use ninefold::render::{self, Highlighter, Renderer};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::select;

use crate::random;
use crate::support::TestSite;

const MARKDOWN: [&str; 96] = [
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "a",
    "word ",
    "End. ",
    "é",
    "日本",
    "😀",
    "e\u{301}",
    "\u{feff}",
    "\r\n",
    "\r",
    "# ",
    "## ",
    "===",
    "---",
    "***",
    "> ",
    ">",
    "- ",
    "1. ",
    "* ",
    "- [ ] ",
    "```",
    "```rust\n",
    "~~~",
    "`",
    "*",
    "_",
    "**",
    "__",
    "~~",
    "[",
    "](",
    ")",
    "]",
    "![",
    "[[",
    "]]",
    "|",
    "[a](b.md)",
    "[a](pattern:lag)",
    "[b](concept:etto)",
    "[c](#x)",
    "[[a]]",
    "[[a#x|b]]",
    "![a](b.png \"c\")",
    "[a]: b.md\n",
    "[^1]",
    "[^1]: ",
    "[^a]",
    "{#x}",
    "{pattern=lag}",
    "{.c #d concept=etto}",
    "|a|b|\n|-|-|\n",
    "|c|d|\n",
    ": ",
    "\nterm\n: text\n",
    "> [!NOTE]\n",
    "<b>",
    "</b>",
    "<div>",
    "</div>",
    "<div\n",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<a href=\"",
    "\">",
    "<img src=x ",
    "id=\"x\"",
    "onclick=",
    "<svg>",
    "<math>",
    "<table>",
    "<td>",
    "&amp;",
    "&",
    "&#x0;",
    "\\",
    "\\[",
    "$",
    "$$",
    "\\frac",
    "{",
    "}",
    "--",
    "...",
    "\"",
    "'",
    "https://a.example",
    "<https://a.example>",
];

const YAML: [&str; 64] = [
    "\n",
    "\n",
    ": ",
    ":",
    "- ",
    "  ",
    "\t",
    "#",
    " #",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "&a",
    "*a",
    "!t ",
    "|",
    ">",
    "%",
    "@",
    "`",
    "? ",
    "~",
    "null",
    "true",
    "no",
    "1",
    "-1.5e9",
    "2026-04-30",
    "2026-13-01",
    "2026-03-29T02:30[Europe/Berlin]",
    "9999-12-31T23:59:59-25:59",
    "0001-01-01",
    "title: A\n",
    "date: 2026-05-01\n",
    "patterns: ",
    "lag",
    "concepts: ",
    "etto",
    "incidents: [b]\n",
    "draft: true\n",
    "slug: ",
    "aliases: ",
    "/x/",
    "series: ",
    "name: ",
    "part: 1",
    "image: x.png\n",
    "math: true\n",
    "extra: ",
    "times: ",
    "started: ",
    "duration: 3 h\n",
    "sources: ",
    "timeline: ",
    "definition: ",
    "menu: ",
    "é",
    "😀",
    "---\n",
    "...\n",
];

pub fn markdown() -> impl Strategy<Value = String> {
    vec(
        prop_oneof![9 => select(&MARKDOWN[..]).prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)],
        0..60,
    )
    .prop_map(|parts| parts.concat())
}

fn yaml() -> impl Strategy<Value = String> {
    let begun = prop_oneof![Just(""), Just("title: A\ndate: 2026-05-01\n"), Just("name: A\ndefinition: B\n")];
    (begun, vec(select(&YAML[..]), 0..24)).prop_map(|(begun, parts)| format!("{begun}{}\n", parts.concat()))
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let text = (yaml(), markdown()).prop_map(|(front, body)| format!("---\n{front}---\n{body}"));
    prop_oneof![
        6 => text.prop_map(String::into_bytes),
        2 => markdown().prop_map(|body| format!("---\ntitle: A\ndate: 2026-05-01\nmath: true\n---\n{body}").into_bytes()),
        1 => vec(any::<u8>(), 0..400),
    ]
}

fn is_inside(context: &Context) {
    assert!(context.text.get(context.at.clone()).is_some(), "{context:?}");
}

/// Outlines `text` as a file of `kind` and looks at everything that points into it.
fn outlined(kind: SourceKind, text: &str) {
    let source = Source {
        path: SourcePath::new(format!("content/{}/a.md", kind.folder())),
        kind,
        id: "a".to_owned(),
        content: Content::Held(Arc::from(text.as_bytes())),
        embedded: false,
        behind: None,
        settings: SourceSettings::default(),
    };
    let (document, said) = outline(&source, text);
    for reference in &document.body.references {
        assert!(text.get(reference.span.range()).is_some(), "{reference:?}");
        is_inside(&reference.context);
        assert!(reference.mark.is_none_or(|mark| (mark as usize) < document.body.marks.len()), "{reference:?}");
    }
    document.body.marks.iter().for_each(|mark| is_inside(&mark.passage));
    assert!(document.body.anchors.is_sorted());
    shown(&said, text);
}

fn shown(said: &[Diagnostic], text: &str) {
    let text_of = |_: &SourcePath| Some(text.to_owned());
    let human = diagnostic::human(said, &text_of, false);
    assert_eq!(human.is_empty(), said.is_empty());
    assert_eq!(diagnostic::json(said, &text_of).lines().count(), said.len());
    assert_eq!(diagnostic::github(said, &text_of).lines().count(), said.len());
}

/// Renders every page, whatever is wrong with the site.
fn rendered(site: &TestSite) {
    let assembled = pipeline::read(&site.options());
    let theme = render::theme(&assembled.theme).unwrap_or_else(|said| panic!("{}", site.shown(&said)));
    let sources = |path: &SourcePath| assembled.text(path);
    let renderer = Renderer {
        theme: &theme,
        highlighter: &Highlighter::default(),
        sources: &sources,
        pictures: &ninefold::load::picture_bytes,
    };
    for (url, _) in assembled.site.urls() {
        let view = assembled.site.view(url).expect("a view");
        if let Err(fault) = render::output(&view, &renderer) {
            assert!(["not-utf8", "nul-byte"].contains(&fault.code()), "{}", site.shown(&[fault]));
        }
    }
}

#[test]
fn any_file_has_an_outline() {
    random::check(9, 512, (select(&SourceKind::ALL[..]), file()), |(kind, file)| {
        outlined(kind, &String::from_utf8_lossy(&file));
    });
}

#[test]
fn any_site_is_built_or_says_why_not() {
    let sites = (vec(file(), 6), yaml(), any::<bool>(), any::<bool>());
    random::check(10, 48, sites, |(files, site_yaml, default_theme, all)| {
        let mut site = if default_theme { TestSite::with_default_theme() } else { TestSite::new() };
        site.include = ninefold::link::Include { drafts: all, future: all };
        let places = ["essays/a", "essays/b", "incidents/b", "concepts/etto", "patterns/lag", "pages/x"];
        for (place, file) in places.iter().zip(&files) {
            site.write(&format!("content/{place}.md"), file);
        }
        site.write("content/site.yaml", format!("title: T\nbase_url: https://example.org\n{site_yaml}"));
        let first = site.try_build();
        let shown = site.shown(&first.diagnostics);
        assert!(first.diagnostics.iter().all(|d| d.code() != "internal"), "{shown}");
        assert_eq!(first.has_errors(), !site.has_page("/"), "{shown}");
        // The development server shows pages in spite of what is wrong with them.
        rendered(&site);
        for (place, file) in places.iter().zip(&files) {
            rendered(&TestSite::new().file(&format!("content/{place}.md"), file));
        }
    });
}
