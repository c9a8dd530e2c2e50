//! A stage imports only the stages before it: the order is the one in which `lib.rs` lists them.

use std::fs;

use crate::support::repository;

/// Modules in the order of `lib.rs`.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(repository().join("src/lib.rs")).expect("lib.rs");
    lib.lines().filter_map(|line| Some(line.strip_prefix("pub mod ")?.trim_end_matches(';').to_owned())).collect()
}

/// The modules that a source text imports from the crate's root.
fn imports(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.match_indices("crate::")
        .map(|(at, found)| code[at + found.len()..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

#[test]
fn a_stage_imports_only_the_stages_before_it() {
    let order = order();
    let place = |module: &str| order.iter().position(|known| known == module);
    let mut checked = 0;
    for entry in walkdir::WalkDir::new(repository().join("src")).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let relative = path.strip_prefix(repository().join("src")).expect("below src");
        let module = relative.iter().next().and_then(|part| part.to_str()).expect("a name").trim_end_matches(".rs");
        if module == "rules" {
            // It names the rules of all modules and does nothing, so it stands before what it names.
            continue;
        }
        let Some(here) = place(module) else {
            assert!(matches!(module, "lib" | "main"), "`{module}` is not listed in lib.rs");
            continue;
        };
        for import in imports(&fs::read_to_string(path).expect("a source file")) {
            let there =
                place(&import).unwrap_or_else(|| panic!("{}: `crate::{import}` is no module", relative.display()));
            assert!(there <= here, "{}: `{module}` imports `{import}`, which comes after it", relative.display());
            checked += 1;
        }
    }
    assert!(checked > 100, "only {checked} imports were looked at");
}

#[test]
fn the_table_of_rules_names_rules_and_nothing_else_of_later_modules() {
    let text = fs::read_to_string(repository().join("src/rules.rs")).expect("rules.rs");
    let table = text.split_once("= &[").and_then(|(_, rest)| rest.split_once("];")).expect("the table").0;
    let names: Vec<&str> = table.split(|c: char| "&[], \n".contains(c)).filter(|name| !name.is_empty()).collect();
    assert!(names.len() > 10 && names.iter().all(|name| name.ends_with("RULES")), "{names:?}");
    let elsewhere = text.replace(table, "");
    assert!(!elsewhere.contains("RULES"), "rules are named in the table alone");
}

#[test]
fn an_import_is_seen_in_code_and_not_in_comments() {
    assert_eq!(imports("use crate::model::Id;\n// crate::site\nlet x = crate::link::y();"), ["model", "link"]);
}
