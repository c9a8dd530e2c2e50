//! JSON Schemas of what authors write: which forms they take and refuse, and what editors make of them. That they agree with the
//! program on every site of every test is looked at where sites end (`tests/schemas.rs`).

use std::fs;

use ninefold::fields::{ByWord, GroupShape, Shape};
use ninefold::model::SourceKind;
use ninefold::schema::{Of, schema, write};
use ninefold::yaml;

use crate::schemas::{difference, refusal};
use crate::support::{TestSite, repository};

const ESSAY: Of = Of::Front(SourceKind::Essay);
const INCIDENT: Of = Of::Front(SourceKind::Incident);

/// The front matter of an essay with this line.
fn takes_line(line: &str) -> bool {
    refusal(ESSAY, &format!("title: A\ndate: 2026-05-01\n{line}\n")).is_none()
}

#[test]
fn what_the_repository_itself_holds_is_taken() {
    let mut looked_at = 0;
    for entry in walkdir::WalkDir::new(repository().join("content")).into_iter().filter_map(Result::ok) {
        let Ok(text) = fs::read_to_string(entry.path()) else { continue };
        let relative = entry.path().strip_prefix(repository()).expect("below").to_string_lossy().into_owned();
        let of = Of::all().find(|of| match of {
            Of::Site => relative == "content/site.yaml",
            Of::Front(kind) => {
                relative.starts_with(&format!("content/{}/", kind.folder())) && relative.ends_with(".md")
            }
        });
        let Some(of) = of else { continue };
        let yaml = yaml::front_matter(&text).map_or(text.as_str(), |parts| &text[parts.yaml]);
        assert_eq!(refusal(of, yaml), None, "{relative}");
        looked_at += 1;
    }
    assert!(looked_at > 50, "only {looked_at} files");
}

#[test]
fn dates_are_those_of_the_calendar_and_as_precise_as_the_key_needs() {
    for (date, is_taken) in [
        ("2026-04-30", true),
        ("2024-02-29", true),
        ("2000-02-29", true),
        ("2026-04-30T18:35Z", true),
        ("2026-04-30 18:35", true),
        ("\"2026-01-01 10:00:00 +0200\"", true),
        ("2026-03-28T02:30[Europe/Berlin]", true),
        ("2026", false),
        ("2026-04", false),
        ("2026-04-31", false),
        ("2026-02-29", false),
        ("1900-02-29", false),
        ("2026-13-01", false),
        ("0999-01-01", false),
        ("2026-04-30T25:00Z", false),
        ("30 April 2026", false),
    ] {
        let text = format!("title: A\ndate: {date}\n");
        assert_eq!(refusal(ESSAY, &text).is_none(), is_taken, "{date}");
        assert!(!takes_line(&format!("updated: {date}")) || is_taken || date.len() < 8, "{date}");
    }
    assert!(takes_line("updated: 2026") && takes_line("updated: \"2026-04\""));
    assert!(!takes_line("updated: 999") && !takes_line("updated: 10000"));
    let at = |at: &str| refusal(INCIDENT, &format!("title: A\ntimeline: [{{at: \"{at}\", text: B}}]\n")).is_none();
    assert!(at("2026-04-30T18:35Z/19:10") && at("2026-04/2026-05") && at("unstated"));
    assert!(!at("2026-04-30T18:35") && !at("2026-04-30T18:35Z/") && !at("later"));
}

#[test]
fn one_stands_for_a_list_of_one_and_a_word_for_a_group() {
    for (line, is_taken) in [
        ("patterns: lag", true),
        ("patterns: [lag, tempos]", true),
        ("patterns: {lag: true}", false),
        ("patterns: true", false),
        ("patterns: [[lag]]", false),
        ("series: Ports", true),
        ("series: {name: Ports, part: 2}", true),
        ("series: {name: Ports, part: 0}", false),
        ("series: {part: 2}", false),
        ("kind: note", true),
        ("kind: story", false),
        ("draft: true", true),
        ("draft: \"yes\"", false),
        ("extra: {any: [1, {thing: ~}]}", true),
        ("extra: 3", false),
        ("tags: [lag]", false),
        ("summary: 1.10", true),
        ("summary: \" \"", false),
        ("summary:", false),
        ("slug: out-of-ports", true),
        ("slug: 2026", true),
        ("slug: Out", false),
        ("slug: con", false),
        ("aliases: [/2019/old/, \"/x.html\"]", true),
        ("aliases: \"/old/?page=2\"", false),
        ("aliases: \"https://a.example/old/\"", false),
    ] {
        assert_eq!(takes_line(line), is_taken, "{line}");
    }
}

#[test]
fn lengths_are_refused_one_step_above_their_bound() {
    for (line, most) in [("summary: ", 2_000), ("authors: [", 300)] {
        let end = if line.ends_with('[') { "]" } else { "" };
        let of = |length: usize, space: &str| format!("{line}\"{}{space}\"{end}", "x".repeat(length));
        assert!(takes_line(&of(most, "")), "{line}");
        assert!(!takes_line(&of(most + 1, "")), "{line}");
        assert!(takes_line(&of(most, "\\n")), "{line}: space at the end does not count");
    }
}

#[test]
fn a_place_to_publish_to_has_the_keys_of_its_type() {
    let takes = |target: &str| {
        refusal(Of::Site, &format!("title: A\nbase_url: https://a.example\npublish: {{live: {target}}}\n")).is_none()
    };
    assert!(takes("{type: s3, bucket: b, prefix: p, lock: off, keep_days: 3}"));
    assert!(takes("{type: s3, bucket: b, lock: 60, compress: gzip, purge: {cloudfront: E2}}"));
    assert!(takes("{type: git, branch: pages, history: single}"));
    assert!(takes("{type: dir, path: ../out}"));
    for refused in [
        "{bucket: b}",
        "{type: s3}",
        "{type: ftp, path: x}",
        "{type: dir, path: x, bucket: b}",
        "{type: git, lock: 60}",
        "{type: s3, bucket: b, lock: 86401}",
        "{type: s3, bucket: b, endpoint: \"https://key:secret@store.example\"}",
        "{type: git, history: some}",
    ] {
        assert!(!takes(refused), "{refused}");
    }
}

#[test]
fn levels_are_for_codes_that_have_them() {
    let takes =
        |lints: &str| refusal(Of::Site, &format!("title: A\nbase_url: https://a.example\nlints: {lints}\n")).is_none();
    assert!(takes("{missing-alt: error, broken-anchor: {level: warning, before: 2026-01-01}}"));
    for refused in
        ["{missing-alts: off}", "{refused-link: off}", "{missing-alt: loud}", "{missing-alt: {before: 2026-01-01}}"]
    {
        assert!(!takes(refused), "{refused}");
    }
}

#[test]
fn schemas_are_written_where_editors_find_them_and_nowhere_else() {
    let site = TestSite::new();
    let before = crate::support::files(site.root()).len();
    let written = write(site.root(), None).expect("the schemas");
    assert_eq!(written.comment, "# yaml-language-server: $schema=../.ninefold/schema/site.json");
    assert_eq!(written.settings.to_string(), r#"{"yaml.schemas":{".ninefold/schema/site.json":"content/site.yaml"}}"#);
    let files = crate::support::files(&written.folder);
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
    let kinds = ["concept.json", "essay.json", "incident.json", "page.json", "pattern.json", "site.json"];
    assert_eq!(names, kinds.into_iter().chain(["vscode-settings.json"]).collect::<Vec<_>>());
    assert_eq!(crate::support::files(site.root()).len(), before + names.len());
    for of in Of::all() {
        let text = fs::read_to_string(written.folder.join(format!("{}.json", of.name()))).expect("the file");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), schema(of));
    }
    // A comment does nothing to a build.
    let text = fs::read_to_string(site.root().join("content/site.yaml")).expect("the settings");
    site.write("content/site.yaml", format!("{}\n{text}", written.comment));
    site.build();
}

/// Values of every kind: nothing in each way of writing it, texts, lists, numbers, words for yes and no, groups.
const KINDS: [&str; 17] = [
    "~", "", "null", "\"\"", "\" \"", "\"~\"", "a", "[]", "[~]", "[\"\"]", "[a]", "3", "-1", "1.5", "true", "{}",
    "{a: b}",
];

/// A value that the key takes.
fn sample(key: &str, shape: &Shape) -> String {
    match (key, &shape.words()[..]) {
        (_, [word, ..]) => (*word).to_owned(),
        ("date" | "at", _) => "\"2026-05-01\"".to_owned(),
        ("url" | "base_url", _) => "\"https://a.example/\"".to_owned(),
        ("destination", _) => "\"host.example:/srv/www\"".to_owned(),
        _ => "a".to_owned(),
    }
}

/// Gives `check` the lines of a group for each of its keys and those below it, with each kind of value, and around them all that
/// must be there. `around` makes a whole text of the lines.
fn with_every_key(group: &GroupShape, around: &dyn Fn(&str) -> String, check: &mut dyn FnMut(&str)) {
    if let Some(ByWord { key, words, groups }) = &group.by_word {
        for (word, more) in words.iter().zip(groups) {
            let mut all = GroupShape { by_word: None, ..group.clone() };
            all.keys.extend(more.keys.iter().cloned());
            all.required.extend(&more.required);
            with_every_key(&all, &|lines| around(&format!("{key}: {word}, {lines}")), check);
        }
        return KINDS.iter().for_each(|kind| check(&around(&format!("{key}: {kind}"))));
    }
    let required: Vec<&(&str, Shape)> = group.keys.iter().filter(|(key, _)| group.required.contains(key)).collect();
    for (key, shape) in &group.keys {
        let others = required.iter().filter(|(other, _)| other != key);
        let others: String = others.map(|(other, shape)| format!("{other}: {}, ", sample(other, shape))).collect();
        with_every_value(shape, &|value| around(&format!("{others}{key}: {value}")), check);
    }
}

/// The same for each kind of value that may stand in one place.
fn with_every_value(shape: &Shape, around: &dyn Fn(&str) -> String, check: &mut dyn FnMut(&str)) {
    KINDS.iter().for_each(|kind| check(&around(kind)));
    match shape {
        Shape::Group(group) => with_every_key(&group.borrow(), &|lines| around(&format!("{{{lines}}}")), check),
        Shape::List { entries, alone, .. } => {
            entries.iter().for_each(|entry| with_every_value(entry, &|value| around(&format!("[{value}]")), check));
            alone.iter().for_each(|one| with_every_value(one, around, check));
        }
        Shape::Either(choices) => choices.iter().for_each(|choice| with_every_value(choice, around, check)),
        Shape::Named { names, values } => {
            let name = names.words.first().unwrap_or(&"a");
            values.iter().for_each(|one| {
                with_every_value(one, &|value| around(&format!("{{{name}: {value}}}")), check);
            });
        }
        Shape::Text { .. } | Shape::Flag | Shape::Number { .. } | Shape::FreeGroup => {}
    }
}

#[test]
fn program_and_schema_agree_on_every_key_for_every_kind_of_value() {
    for of in Of::all() {
        let (mut compared, mut differences) = (0, Vec::new());
        let mut check = |yaml: &str| {
            differences.extend(difference(of, yaml));
            compared += 1;
        };
        with_every_key(&of.shape(), &|lines| format!("{{{lines}}}"), &mut check);
        assert!(differences.is_empty(), "{}: {}\n{}", of.name(), differences.len(), differences.join("\n"));
        assert!(compared > 5 * KINDS.len(), "{}: only {compared}", of.name());
    }
}
