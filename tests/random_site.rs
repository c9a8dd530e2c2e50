//! Random files of a site, in which every key of every kind of file has some value or other. Knows keys and their values, not what
//! becomes of them.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::TestSite;

/// A key and its values; an empty one leaves it out. `ID` stands for the file's own name, `UP` for the way to its siblings.
pub type Keys = &'static [(&'static str, &'static [&'static str])];

const TITLES: &[&str] = &["ID", "\"A \\\"b\\\" & <i>ID</i>\"", "Ünï ID", "\"ID: {{ x }}\""];
const PATTERNS: &[&str] = &["", "lag", "[lag, saturation]", "[tangles, surprises, lag]"];
const CONCEPTS: &[&str] = &["", "c0", "[c1, c0]", "etto"];
const ALIASES: &[&str] = &["", "/old/ID/", "[/old/ID.html, \"/2019/05/ID/\"]"];
const TEXTS: &[&str] = &["", "Words.", "\"Some <b>words</b> & 'more'.\"", "[One, two]"];
const TEXT: &[&str] = &["", "Words.", "\"Some <b>words</b> & 'more'.\""];
const EXTRA: &[&str] = &["", "{mood: calm, list: [1, two, {a: ~}]}"];

const ESSAY: Keys = &[
    ("title", TITLES),
    ("date", &["2026-05-01", "2026-05-02T09:30:00+02:00", "2026-05-03T09:30[Europe/Berlin]", "1999-12-31"]),
    ("updated", &["", "2026-05-20", "2026-06"]),
    ("kind", &["", "essay", "analysis", "note"]),
    ("summary", TEXT),
    ("authors", TEXTS),
    ("patterns", PATTERNS),
    ("concepts", CONCEPTS),
    ("incidents", &["", "i0", "[i1, i0]"]),
    ("draft", &["", "true", "false"]),
    ("aliases", ALIASES),
    ("slug", &["", "slug-ID"]),
    ("url", &["", "/own/ID/"]),
    ("feed_id", &["", "tag:example.org,2026:ID"]),
    ("series", &["", "{name: S}", "{name: \"T & <u>\"}", "{name: Of ID, part: 1}"]),
    ("image", &["", "/p.svg", "{file: /p.svg, alt: A drawing}"]),
    ("math", &["", "true"]),
    (
        "archives",
        &[
            "",
            "[{url: \"https://elsewhere.example/a?b&c\", archive_url: \"https://archive.example/20200102030405/x\", gone: true}]",
        ],
    ),
    ("extra", EXTRA),
];

const INCIDENT: Keys = &[
    ("title", TITLES),
    ("organisations", TEXTS),
    ("services", TEXTS),
    ("regions", TEXTS),
    (
        "times",
        &["", "{started: 2026}", "{detected: 2026-04-01T10:00Z, mitigated: 2026-04-01T11:00Z, resolved: 2026-04-02}"],
    ),
    ("duration", &["", "about 3 h"]),
    ("impact", TEXT),
    ("severity", TEXT),
    (
        "sources",
        &[
            "",
            "[{kind: report, title: R, author: A, url: \"https://elsewhere.example/?a&b\", published: 2026-04}]",
            "[{key: k, kind: news, title: \"<i>R</i>\", publisher: \"A & <b>\", archive_url: \"https://archive.example/r\"}]",
        ],
    ),
    ("related", &["", "[{id: i0, type: sequel}]", "[{id: i1, type: contrast}]"]),
    (
        "timeline",
        &[
            "",
            "[{at: 2026-04-01T10:00Z, kind: symptom, text: \"<b>\"}, {at: 2026-04, text: T}]",
            "[{at: 2026-04-01T10:00Z/11:30, about: true, text: \"<b>\"}, {at: unstated, text: T}, {at: 2017/2018-02, text: T}]",
        ],
    ),
    ("patterns", PATTERNS),
    ("concepts", CONCEPTS),
    ("held", &["", "Words.", "[{text: \"<b>\", concept: c0}, {text: T, concept: etto}, \"Some & 'more'.\"]"]),
    ("disputes", &["", "Words.", "[\"Some <b>words</b> & 'more'.\", {text: T}]"]),
    ("aliases", ALIASES),
    ("url", &["", "/outages/ID/"]),
    ("feed_id", &["", "https://old.example/was/ID"]),
    ("draft", &["", "true", "false"]),
];

const CONCEPT: Keys = &[
    ("name", TITLES),
    ("definition", &["What ID is.", "\"<b>ID</b> & more\""]),
    ("aliases", &["", "[ID-alias]", "[ID-alias, /old/ID/]"]),
    ("related", &["", "c0", "[c1, etto]"]),
    ("reference", TEXT),
    ("cues", TEXTS),
    ("hints", TEXTS),
    ("not", TEXTS),
    ("url", &["", "/ideas/ID/"]),
    ("feed_id", &["", "tag:example.org,2026:ideas/ID"]),
    ("draft", &["", "true", "false"]),
];

const PATTERN: Keys = &[
    ("name", &["", "\"<b>ID</b>\""]),
    ("definition", TEXT),
    ("aliases", &["", "[ID-alias]"]),
    ("cues", TEXTS),
    ("hints", TEXTS),
    ("not", TEXTS),
    ("look_alikes", &["", "[{id: tangles, difference: \"Not <i>this</i>.\"}]"]),
    ("question", TEXT),
    ("questions", TEXTS),
];

const PAGE: Keys = &[
    ("title", TITLES),
    ("summary", TEXT),
    ("menu", &["", "1", "-2"]),
    ("aliases", ALIASES),
    ("url", &["", "/moved/ID/"]),
    ("draft", &["", "true", "false"]),
    ("math", &["", "true"]),
    ("extra", EXTRA),
];

const SETTINGS: Keys = &[
    ("title", TITLES),
    ("description", TEXT),
    ("author", TEXT),
    ("language", &["", "de", "ar"]),
    ("timezone", &["", "Asia/Tokyo"]),
    ("menu", &["", "[{title: \"<b>\", url: /patterns/}, {title: B, url: \"https://elsewhere.example/?a&b\"}]"]),
    ("page_size", &["1", "2", "50"]),
    ("colours", &["", "{light: {accent: \"#123456\"}, dark: {text: white}}"]),
    ("logo", &["", "p.svg"]),
    ("extra_css", &["", "[own.css]"]),
    ("html", &["", "trusted"]),
];

/// What bodies are made of. All links lead to what every one of these sites has.
const BODY: &[&str] = &[
    "## Heading\n\nUnder it.\n\n",
    "### {#own}\n\nUnder none.\n\n",
    "## Tagged {#tagged pattern=lag}\n\nUnder a tag.\n\n",
    "It came [too late](pattern:lag), and [again](pattern:saturation).\n\n",
    "- [An item](concept:c0)\n- [another](concept:etto)\n\n",
    "> Quoted [of it](pattern:tangles).\n> — Somebody\n\n",
    "See [the record](incident:i0) and [its place](incident:i1#start).\n\n",
    "See [one](UPe0.md), [its start](UPe1.md#start), [[e2]] and [[e0#start|words]].\n\n",
    "See [a page](UP../pages/p0.md), [below](UP../pages/p0/below.md#start), [lag](UP../patterns/lag.md).\n\n",
    "See [a path](/patterns/saturation/) and [elsewhere](https://elsewhere.example/?a=1&b=2#c).\n\n",
    "![A drawing](/p.svg \"Its caption\")\n\n",
    "A note.[^n]\n\n[^n]: Its text, with [a link](#start).\n\n",
    "| a | b |\n|---|--:|\n| c | `d` |\n\n",
    "```rust {1}\nfn main() {}\n```\n\n",
    "<div id=\"raw\" class=\"x\">\n\n*Inside* <b>raw</b>.\n\n</div>\n\n[Raw](#raw).\n\n",
    "Costs $5 or $x^2$.\n\nterm\n: text\n\n",
    "https://elsewhere.example/alone\n\n",
];

/// Where the files stand, and what they may hold. Each kind is there; drafts are taken in.
pub const FILES: &[(&str, Keys)] = &[
    ("content/essays/e0.md", ESSAY),
    ("content/essays/e1.md", ESSAY),
    ("content/essays/e2/index.md", ESSAY),
    ("content/essays/e3.md", ESSAY),
    ("content/incidents/i0.md", INCIDENT),
    ("content/incidents/i1/index.md", INCIDENT),
    ("content/concepts/c0.md", CONCEPT),
    ("content/concepts/c1.md", CONCEPT),
    ("content/patterns/lag.md", PATTERN),
    ("content/patterns/saturation.md", PATTERN),
    ("content/pages/p0.md", PAGE),
    ("content/pages/p0/below.md", PAGE),
];

/// The path and text of each file of a site.
pub type Files = Vec<(String, String)>;

fn front(keys: Keys) -> impl Strategy<Value = String> {
    vec(any::<Index>(), keys.len()).prop_map(move |picks| {
        let lines = keys.iter().zip(picks).filter_map(|((key, values), pick)| match *pick.get(values) {
            "" => None,
            value => Some(format!("{key}: {value}\n")),
        });
        lines.collect()
    })
}

pub fn document(path: &'static str, keys: Keys) -> impl Strategy<Value = (String, String)> {
    let stem = path.trim_end_matches("/index.md").trim_end_matches(".md");
    let id = stem.rsplit('/').next().unwrap_or_default();
    let up = if path.ends_with("/index.md") || stem.matches('/').count() > 2 { "../" } else { "" };
    // A folder deeper, and beside other kinds: pages and records name essays by their folder.
    let to_essays = if path.contains("/essays/") { up.to_owned() } else { format!("{up}../essays/") };
    (front(keys), vec(proptest::sample::select(BODY), 0..5)).prop_map(move |(front, mut parts)| {
        // Ids and notes are an essay's own: twice they would be an error.
        let mut seen = std::collections::BTreeSet::new();
        parts.retain(|part| seen.insert(*part));
        let body = format!("## Start {{#start}}\n\n{}", parts.concat());
        let text = format!("---\n{front}---\n\n{body}").replace("ID", id).replace("UP", &to_essays);
        (path.to_owned(), text)
    })
}

pub fn site() -> impl Strategy<Value = Files> {
    let documents: Vec<_> = FILES.iter().map(|(path, keys)| document(path, keys)).collect();
    (documents, front(SETTINGS)).prop_map(|(mut files, settings)| {
        let settings = format!("base_url: https://example.org\nsearch: false\n{settings}");
        files.push(("content/site.yaml".to_owned(), settings.replace("ID", "T")));
        files.push(("content/static/own.css".to_owned(), "p { color: teal }\n".to_owned()));
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"/>";
        files.push(("content/static/p.svg".to_owned(), drawing.to_owned()));
        files
    })
}

pub fn made<'a>(files: impl Iterator<Item = &'a (String, String)>) -> TestSite {
    files.fold(TestSite::with_default_theme().all(), |site, (path, text)| site.file(path, text))
}
