//! The words of the theme against what CLDR has of each language: `cldr.yaml`, drawn from its packages.

use std::collections::BTreeMap;
use std::fs;

use ninefold::words::{categories, category};
use serde_yaml::Value;

use crate::support::repository;

fn table(path: &str) -> BTreeMap<String, Value> {
    let text = fs::read_to_string(repository().join(path)).expect("a table");
    serde_yaml::from_str(&text).expect("YAML")
}

/// Texts, with plain spaces between them and none at their ends: where a line may not break, and what French sets within its
/// quotation marks, CLDR does not say.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::Sequence(list) => {
            list.iter().flat_map(texts).map(|text| text.trim_matches([' ', '\u{a0}']).to_owned()).collect()
        }
        other => vec![other.as_str().unwrap_or_default().replace('\u{a0}', " ")],
    }
}

#[test]
fn the_words_of_each_language_are_written_as_cldr_has_them() {
    let cldr = table("tests/cases/cldr.yaml");
    assert_eq!(cldr.len(), 7);
    let mut differ = Vec::new();
    for (language, known) in &cldr {
        let words = table(&format!("themes/default/words/{language}.yaml"));
        for (key, value) in known.as_mapping().expect("keys") {
            let key = key.as_str().expect("a key");
            if key != "plurals" && texts(&words[key]) != texts(value) {
                differ.push(format!("{language} {key}: {:?}, not {:?}", texts(&words[key]), texts(value)));
            }
        }
    }
    assert_eq!(differ, [""; 0]);
}

#[test]
fn numbers_have_the_plural_categories_of_cldr() {
    for (language, known) in table("tests/cases/cldr.yaml") {
        let plurals = known["plurals"].as_mapping().expect("categories");
        let names: Vec<&str> = plurals.keys().filter_map(Value::as_str).collect();
        assert_eq!(names, categories(&language), "{language}");
        for (name, numbers) in plurals {
            for n in numbers.as_sequence().expect("numbers").iter().filter_map(Value::as_u64) {
                assert_eq!(Some(category(&language, n)), name.as_str(), "{n} in {language}");
            }
        }
    }
}
