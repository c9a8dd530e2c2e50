//! What the README and the guide show is true: every file they show makes a site that builds, every command runs, every
//! recipe shows on the pages.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use ninefold::diagnostic::Rule;
use ninefold::rules;
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::support::{TestSite, repository};

/// A fenced block: its language, the rest of its first line, its text.
struct Shown {
    language: String,
    rest: String,
    text: String,
}

fn blocks(markdown: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut open = false;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let (language, rest) = info.split_once(' ').unwrap_or((&info, ""));
                found.push(Shown { language: language.to_owned(), rest: rest.trim().to_owned(), text: String::new() });
                open = true;
            }
            Event::Text(text) if open => {
                if let Some(block) = found.last_mut() {
                    block.text.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            _ => {}
        }
    }
    found
}

/// The README and every page of the guide.
fn manuals() -> Vec<(String, String)> {
    let guide = fs::read_dir(repository().join("content/pages/guide")).expect("the guide");
    let mut paths: Vec<_> = guide.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.push(repository().join("README.md"));
    paths.sort();
    paths.into_iter().map(|path| (path.display().to_string(), fs::read_to_string(&path).expect("a manual"))).collect()
}

fn all_blocks() -> Vec<Shown> {
    manuals().iter().flat_map(|(_, text)| blocks(text)).collect()
}

#[test]
fn every_file_the_guide_shows_makes_a_site_that_builds() {
    let files: Vec<Shown> = all_blocks().into_iter().filter(|block| block.rest.contains('/')).collect();
    assert!(files.len() >= 6, "only {} files are shown", files.len());
    let site = TestSite::with_default_theme().essay("a", "patterns: [lag]", "It was [late](pattern:lag).");
    for file in &files {
        site.write(&file.rest, &file.text);
    }
    let built = site.build();
    assert!(built.diagnostics.is_empty(), "{}", site.shown(&built.diagnostics));
    let page = site.page("/essays/a/");
    for expected in [
        "stats.example/count.js",
        "Write to the author",
        "letters.example/subscribe",
        "own.css",
        "logo.svg",
        "site-colours.",
    ] {
        assert!(page.contains(expected), "{expected} is not on the page");
    }
    let colours = page.split('"').find(|part| part.contains("site-colours.")).expect("the sheet of the colours");
    assert!(site.page(colours.trim_start_matches("/essays")).contains("--nf-accent:#8a3b12;"));
    let home = site.page("/");
    assert!(home.contains("stats.example/count.js") && home.contains("letters.example/subscribe"));
    assert!(!home.contains("Write to the author"), "comments are for essays");
}

/// What each recipe becomes, by its heading.
const RECIPES: [(&str, &[&str]); 10] = [
    (
        "A video, a post, a status page",
        &[
            "<p class=\"nf-link-card nf-video\"><a href=\"https://tube.example/w/9XVVFmXYqcWZkKc6u8sTdA\">",
            "<p class=\"nf-link-card nf-status\"><a href=\"https://status.example.com/incidents/kz4khcgdsfdv\">",
            "<span class=\"nf-link-what\">Post by @someone on social.example</span>",
        ],
    ),
    (
        "A picture with a caption",
        &[
            "<source media=\"(prefers-color-scheme: dark)\"",
            "alt=\"Nine squares, the one in the middle a circle\"",
            "width=\"480\" height=\"200\"",
            "<figcaption>One of nine is looked at.</figcaption>",
        ],
    ),
    ("A note in the margin", &["Nobody had asked for the limit.<sup class=\"nf-noteref\">"]),
    ("A quotation with its source", &["<footer class=\"nf-attribution\">– An engineer on the night shift</footer>"]),
    ("A pull quote", &["<aside class=\"nf-pull\" aria-hidden=\"true\">\n<p>The eleventh was read as the tenth.</p>"]),
    ("Code with lines set off", &["<pre class=\"nf-code\" data-language=\"go\"", "<mark class=\"nf-line\">"]),
    ("An alert", &["<div class=\"nf-alert nf-warning\">"]),
    ("Words and what they mean", &["<dt>Drain</dt>\n<dd>To finish what is there and take nothing new.</dd>"]),
    ("A table", &["<div class=\"nf-table\" tabindex=\"0\"", "<td class=\"nf-right\">4,800</td>"]),
    ("A formula", &["<math>", "<mfrac>"]),
];

#[test]
fn each_recipe_is_followed_by_what_it_becomes() {
    let text = fs::read_to_string(repository().join("content/pages/guide/recipes.md")).expect("the recipes");
    let site = super::own_site::own_site();
    site.build();
    let page = site.page("/guide/recipes/");
    let section = |of: &str, start: &str, title: &str| -> String {
        let mut sections = of.split(start).skip(1);
        let found = sections.find(|section| section.contains(title) && section.find(title) < section.find('\n'));
        found.unwrap_or_else(|| panic!("no section {title}")).to_owned()
    };
    let written = blocks(&text).iter().filter(|block| block.language == "markdown").count();
    assert_eq!(written, RECIPES.len());
    for (title, expected) in RECIPES {
        let source = section(&text, "\n## ", title);
        let recipe = blocks(&source).into_iter().find(|block| block.language == "markdown").expect("what to write");
        let shown = source.split("````\n").nth(1).expect("what it becomes");
        assert!(shown.trim().starts_with(recipe.text.trim()), "{title}: another text is shown");
        let html = section(&page, "<h2", title);
        for fragment in expected {
            assert!(html.contains(fragment), "{title}: {fragment} is not in {html}");
        }
    }
}

#[test]
fn every_command_shown_runs() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = env!("CARGO_BIN_EXE_ninefold");
    let run = |line: &str, at: &std::path::Path| {
        let arguments: Vec<&str> = line.split_whitespace().skip(1).collect();
        let output = Command::new(program).args(&arguments).current_dir(at).output().expect("the program");
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    };
    run("ninefold new site my-essays", folder.path());
    let site = folder.path().join("my-essays");
    let config = site.join("content/site.yaml");
    let text = fs::read_to_string(&config).expect("site.yaml") + "publish: {live: {type: dir, path: ../live}}\n";
    fs::write(&config, text).expect("site.yaml");
    let mut seen = Vec::new();
    for block in all_blocks().iter().filter(|block| block.language == "console") {
        for line in block.text.lines().filter_map(|line| line.strip_prefix("$ ")) {
            let line = line.split('#').next().unwrap_or(line).trim().replace("/tmp/site", "site");
            if line.starts_with("ninefold")
                && !line.contains(" serve")
                && !line.contains("new site")
                && !seen.contains(&line)
            {
                run(&line, &site);
                seen.push(line);
            }
        }
    }
    assert!(seen.len() >= 6, "{seen:?}");
}

/// Words for the tags of the front matter that the guide shows.
const PASSAGES: &str =
    "It [filled up](pattern:saturation), was [seen late](pattern:lag), and [help came](concept:mobilising-resources).";

#[test]
fn the_front_matter_that_the_guide_shows_is_understood() {
    let yaml = |needle: &str| {
        let found = all_blocks().into_iter().find(|block| block.language == "yaml" && block.text.contains(needle));
        found.unwrap_or_else(|| panic!("no block has {needle}")).text
    };
    let site = TestSite::new()
        .file("content/essays/ports/index.md", format!("---\n{}---\n\n{PASSAGES}\n", yaml("mobilising-resources")))
        .file("content/essays/ports/harbour.jpg", super::pictures::picture(90, 60, image::ImageFormat::Jpeg))
        .file("content/incidents/github-2026-02-02.md", format!("---\n{}---\n", yaml("severity:")))
        .incident("bluesky-2026-04", "title: Bluesky")
        .incident("github-2026-03-05", "title: GitHub")
        .all();
    let built = site.build();
    assert!(built.diagnostics.is_empty(), "{}", site.shown(&built.diagnostics));
    assert!(site.has_page("/essays/ports/"));
    assert!(site.page("/2019/old-address/").contains("/essays/ports/"));
}

#[test]
fn the_references_to_events_that_the_guide_shows_are_understood() {
    let found = all_blocks().into_iter().find(|block| block.text.contains("?at="));
    let text = found.expect("passages at events").text;
    let record =
        "title: Bluesky\ntimeline: [{at: 2026-04-03T22:16Z, text: An error.}, {at: 2026-04-04, text: A page.}]";
    let site = TestSite::new().incident("bluesky-2026-04", record).essay("a", "incidents: [bluesky-2026-04]", &text);
    assert_eq!(site.said(), "");
    let event = site.view("/incidents/bluesky-2026-04/")["data"]["timeline"][0].clone();
    assert_eq!(event["readings"].as_array().map(Vec::len), Some(2));
}

#[test]
fn the_targets_that_the_guide_shows_are_understood() {
    let found = all_blocks().into_iter().find(|block| block.language == "yaml" && block.text.contains("type: s3"));
    let targets = found.expect("the targets").text;
    let site = TestSite::new()
        .file("content/site.yaml", format!("title: T\nbase_url: https://example.org\n{targets}"))
        .essay("a", "", "A.");
    let built = site.build();
    assert!(built.diagnostics.is_empty(), "{}", site.shown(&built.diagnostics));
    let config = ninefold::load::read_config(site.root(), &mut Vec::new()).expect("the settings");
    let names: Vec<&str> = config.publish.targets.iter().map(|target| target.name.as_str()).collect();
    assert_eq!(names, ["live", "pages", "disk", "web", "own", "staging"]);
}

#[test]
fn the_guide_lists_every_code_with_its_level_and_meaning() {
    let path = repository().join("content/pages/guide/diagnostics.md");
    let guide = fs::read_to_string(path).expect("the guide to diagnostics");
    let (_, shown) = guide.split_once("## All codes\n\n").expect("the list");
    let mut rules: Vec<&Rule> = rules::all().collect();
    rules.sort();
    let row = |rule: &&Rule| {
        let fixed = if rule.is_fixed() { ", fixed" } else { "" };
        format!("| `{}` | {}{fixed} | {} |\n", rule.code(), rule.level().word(), rule.meaning())
    };
    let rows: String = rules.iter().map(row).collect();
    let expected = format!("| code | level | meaning |\n|---|---|---|\n{rows}");
    assert!(shown == expected, "the list in the guide must be:\n\n{expected}");
}

#[test]
fn the_levels_that_the_guide_shows_are_understood() {
    let found = all_blocks().into_iter().find(|block| block.language == "yaml" && block.text.starts_with("lints:"));
    let site = TestSite::new()
        .file(
            "content/site.yaml",
            format!("title: T\nbase_url: https://example.org\nsearch: false\n{}", found.expect("levels").text),
        )
        .essay("a", "", "A.");
    let built = site.build();
    assert!(built.diagnostics.is_empty(), "{}", site.shown(&built.diagnostics));
}

#[test]
fn the_readme_and_the_guide_name_each_template_and_what_it_gets() {
    let guide = fs::read_to_string(repository().join("content/pages/guide/theme.md")).expect("the theme guide");
    let readme = fs::read_to_string(repository().join("README.md")).expect("the README");
    let site = complete();
    let mut checked = 0;
    for (url, template) in PAGES {
        assert!(guide.contains(&format!("| `{template}` |")), "the guide does not name {template}");
        assert!(readme.contains(&format!("`{template}`")), "the README does not name {template}");
        let line = guide.lines().find(|line| line.starts_with(&format!("| `{template}`"))).expect("its line");
        let view = site.view(url);
        let evidence = guide.lines().skip_while(|line| !line.starts_with("Evidence is")).take(2).collect::<String>();
        for field in view["data"].as_object().expect("fields").keys() {
            let known = format!("`{field}`");
            let named = line.contains(&known) || line.contains("evidence") && evidence.contains(&known);
            assert!(named, "{template}: the guide does not name `{field}`");
            checked += 1;
        }
    }
    assert!(checked > 80, "only {checked} fields");
}

const PAGES: [(&str, &str); 19] = [
    ("/", "home.html"),
    ("/essays/", "essays.html"),
    ("/essays/a/", "essay.html"),
    ("/series/parts/", "series.html"),
    ("/patterns/", "patterns.html"),
    ("/patterns/lag/", "pattern.html"),
    ("/patterns/lag/tangles/", "pair.html"),
    ("/patterns/review/", "review.html"),
    ("/concepts/", "concepts.html"),
    ("/concepts/etto/", "concept.html"),
    ("/incidents/", "incidents.html"),
    ("/incidents/i/", "incident.html"),
    ("/incidents/i/readings/", "readings.html"),
    ("/incidents/i/with/j/", "side-by-side.html"),
    ("/about/", "page.html"),
    ("/browse/", "browse.html"),
    ("/search/", "search.html"),
    ("/data/", "data.html"),
    ("/404.html", "404.html"),
];

fn complete() -> TestSite {
    let parts =
        |site: TestSite| (1..=13).fold(site, |site, n| site.essay(&format!("part-{n}"), "series: {name: Parts}", ""));
    parts(TestSite::new())
        .file("content/site.yaml", "title: Test\nbase_url: https://example.org\ndataset: true\n")
        .essay(
            "a",
            "patterns: [lag, tangles]\nconcepts: [etto]\nincidents: [i]",
            "It [waited](pattern:lag).\n\n".repeat(5).as_str(),
        )
        .incident("i", "title: I\nrelated: [{id: j}]")
        .incident("j", "title: J")
        .file("content/pages/about.md", "---\ntitle: About\n---\nUs.\n")
}

#[test]
fn the_guide_names_the_classes_that_the_style_sheets_colour() {
    let read = |path: &str| fs::read_to_string(repository().join(path)).expect("a file");
    let guide = read("content/pages/guide/theme.md");
    let sheets = ["syntax-light.css", "syntax-dark.css"].map(|name| read(&format!("themes/default/assets/{name}")));
    // The first class of each selector is what a part of code is.
    let coloured: Vec<&str> = sheets
        .iter()
        .flat_map(|sheet| sheet.split_whitespace())
        .filter_map(|word| word.strip_prefix('.')?.split(['.', ',']).next())
        .filter(|class| class.starts_with("hl-"))
        .collect();
    assert!(coloured.len() > 20, "{coloured:?}");
    for class in coloured {
        assert!(guide.contains(&format!("`{class}`")) || guide.contains(&format!("`{class} ")), "`{class}`");
    }
}

/// The tests in the Rust files below `folder`, by the names under which `cargo test` shows them.
fn tests_below(folder: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let root = repository().join(folder);
    let files = walkdir::WalkDir::new(&root).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    for path in files.filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let text = fs::read_to_string(&path).expect("a source file");
        let file = path.strip_prefix(&root).expect("a path below").with_extension("");
        let modules = file.iter().map(|part| part.to_string_lossy().into_owned()).filter(|part| part != "mod");
        let inside = text.contains("\nmod tests {").then(|| "tests".to_owned());
        let module = modules.chain(inside).collect::<Vec<_>>().join("::");
        let after_each = text.split("#[test]\n").skip(1);
        found.extend(after_each.filter_map(|rest| {
            let name = rest.split_once("fn ")?.1.split('(').next()?;
            Some(format!("{module}::{name}"))
        }));
    }
    found
}

#[test]
fn every_promise_names_tests_that_there_are() {
    let guide = fs::read_to_string(repository().join("content/pages/guide/reliability.md")).expect("the promises");
    let tests: BTreeSet<String> = tests_below("tests").into_iter().chain(tests_below("src")).collect();
    assert!(tests.len() > 300, "only {} tests were found", tests.len());
    let rows = guide.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| promise |"));
    let mut promises = 0;
    for row in rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [promise, shown_by, figure] = cells[..] else { panic!("not three cells: {row}") };
        assert!(!promise.is_empty() && !figure.is_empty(), "{row}");
        let named: Vec<&str> = shown_by.split('`').skip(1).step_by(2).collect();
        assert!(!named.is_empty(), "no test shows it: {row}");
        for name in named {
            assert!(tests.contains(name), "there is no test {name}");
        }
        promises += 1;
    }
    assert!(promises > 20, "only {promises} promises");
}
