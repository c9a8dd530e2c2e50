//! The nine patterns and the concepts that the program brings, in the languages that its theme speaks.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_yaml::Value;

use crate::support::{TestSite, repository};

const LANGUAGES: [&str; 6] = ["de", "es", "fr", "he", "ja", "pt"];
/// Names that are the same in every language.
const NAMES: [&str; 2] = ["Safety-I", "Safety-II"];

fn settings(language: &str) -> String {
    format!("title: T\nlanguage: {language}\nbase_url: https://e.example/\nsearch: false\nsocial_cards: false\n")
}

fn site_in(language: &str) -> TestSite {
    TestSite::with_default_theme().file("content/site.yaml", settings(language))
}

/// The front matter of the program's records, by their names.
fn english() -> BTreeMap<String, Value> {
    let mut records = BTreeMap::new();
    for folder in ["patterns", "concepts"] {
        for entry in fs::read_dir(repository().join("content").join(folder)).expect("a folder") {
            let path = entry.expect("a file").path();
            let text = fs::read_to_string(&path).expect("a record");
            let front = text.split("---\n").nth(1).expect("front matter");
            let name = path.file_stem().and_then(|name| name.to_str()).expect("a name");
            records.insert(format!("{folder}/{name}"), serde_yaml::from_str(front).expect("YAML"));
        }
    }
    records
}

fn list<'v>(record: &'v Value, key: &str) -> &'v [Value] {
    record[key].as_sequence().map_or(&[], Vec::as_slice)
}

/// The sentences of a record and its names, by what they are.
fn texts(record: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().trim().to_owned();
    let mut texts = BTreeMap::new();
    for key in ["name", "definition", "question"] {
        if !record[key].is_null() {
            texts.insert(key.to_owned(), text(&record[key]));
        }
    }
    for (n, question) in list(record, "questions").iter().enumerate() {
        texts.insert(format!("questions {n}"), text(question));
    }
    for (n, alike) in list(record, "look_alikes").iter().enumerate() {
        texts.insert(format!("look_alikes {n} {}", text(&alike["id"])), text(&alike["difference"]));
    }
    texts
}

#[test]
fn every_language_of_the_theme_has_the_whole_vocabulary() {
    let english = english();
    for language in LANGUAGES {
        let file = repository().join(format!("vocabulary/{language}.yaml"));
        let text = fs::read_to_string(file).expect("a vocabulary");
        let own: BTreeMap<String, Value> = serde_yaml::from_str(&text).expect("YAML");
        assert_eq!(own.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{language}");
        for (name, record) in &own {
            let (own, known) = (texts(record), texts(&english[name]));
            assert_eq!(own.keys().collect::<Vec<_>>(), known.keys().collect::<Vec<_>>(), "{language}: {name}");
            for (key, text) in &own {
                assert!(!text.is_empty(), "{language}: {name}: {key}");
                let is_name =
                    NAMES.contains(&text.as_str()) || key == "name" && ["fr", "es", "pt", "de"].contains(&language);
                assert!(is_name || *text != known[key], "{language}: {name}: {key} is in English");
            }
            let keys: Vec<&str> = record.as_mapping().expect("keys").keys().filter_map(Value::as_str).collect();
            assert!(keys.iter().all(|key| !english[name][*key].is_null()), "{language}: {name}: {keys:?}");
        }
        let names: Vec<&str> = own.values().filter_map(|record| record["name"].as_str()).collect();
        let different: BTreeSet<&str> = names.iter().copied().collect();
        assert_eq!(different.len(), names.len(), "{language}: two records of one name");
    }
}

#[test]
fn names_questions_and_definitions_are_in_the_language_of_the_site() {
    let site = site_in("de-AT").essay("a", "patterns: lag\nconcepts: etto\n", "Text.");
    site.build();
    let page = site.page("/patterns/lag/");
    for text in [
        "<h1><svg class=\"nf-mark\"",
        "Verzug</h1>",
        "<p class=\"nf-lead\">Wirkungen, Nachrichten oder Abhilfen",
        "<li>Wie alt waren die Informationen",
        "<dd>Im Stau verspäten sich Dinge",
        "<div class=\"nf-prose\" lang=\"en\" dir=\"ltr\">",
        // What it is called in English, by which it is still found.
        "lags, lagged, lagging, time lag, Lag</p>",
    ] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(site.page("/").contains("<p>Wie alt war das, wonach Sie handelten?</p>"));
    assert!(site.page("/essays/a/").contains("href=\"/concepts/etto/\""));
    assert!(site.page("/concepts/").contains("Abwägung zwischen Effizienz und Gründlichkeit"));
    let site = site_in("en").essay("a", "", "Text.");
    site.build();
    assert!(!site.page("/patterns/lag/").contains("lang=\"en\" dir"));
}

/// A record of the site is what it says; what the file of a pattern leaves out is said in the site's language.
#[test]
fn the_sites_own_records_are_its_own() {
    let site = site_in("fr")
        .essay("a", "patterns: lag\nconcepts: etto\n", "Text.")
        .file("content/patterns/lag.md", "---\nname: Décalage\n---\n\nDu texte.\n")
        .file("content/concepts/etto.md", "---\nname: L’arbitrage\ndefinition: Le sien.\n---\n");
    site.build();
    let page = site.page("/patterns/lag/");
    assert!(
        page.contains("Décalage</h1>") && page.contains("<p class=\"nf-lead\">Des effets, des informations"),
        "{page}"
    );
    assert!(page.contains("<div class=\"nf-prose\">\n<p>Du texte.</p>"), "{page}");
    assert!(site.page("/concepts/etto/").contains("<p class=\"nf-lead\">Le sien.</p>"));
    assert!(!site.page("/concepts/etto/").contains("Compromis"));
}

/// Incremental equals clean, also where the language is what changes.
#[test]
fn another_language_changes_the_records_as_a_clean_build_does() {
    let site = site_in("de").essay("a", "patterns: lag\nconcepts: etto\n", "Text.");
    site.build();
    site.write("content/site.yaml", settings("ja"));
    site.build();
    let clean = site_in("ja").essay("a", "patterns: lag\nconcepts: etto\n", "Text.");
    clean.build();
    assert_eq!(site.output(), clean.output());
}

#[test]
fn what_columns_mean_is_said_in_the_language_of_the_site() {
    let site = site_in("de").essay("a", "", "Text.");
    site.write("content/site.yaml", format!("{}dataset: true\n", settings("de")));
    site.build();
    let page = site.page("/data/");
    assert!(page.contains("<p class=\"nf-measure\">Vorfälle, eine Zeile für jeden Eintrag.</p>"), "{page}");
    assert!(page.contains("<dd>Wie Leser es nennen.\n<span class=\"nf-meta\"><span>Text</span></span>"), "{page}");
    assert!(site.page("/data/datapackage.json").contains("\"description\":\"Wie Leser es nennen.\""));
    assert!(page.contains("von <code>started</code> bis <code>resolved</code>"), "{page}");
    assert!(site.page("/data/datapackage.json").contains("von started bis resolved"));
    assert!(site.page("/data/patterns.csv").contains("lag,Verzug,"));
}
