//! A stage imports only the stages before it: the order is the one in which `lib.rs` lists them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

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

/// The names that a source text reaches by `super`, as many times as `up`.
fn from_above(text: &str, up: usize) -> Vec<String> {
    names_after(text, &"super::".repeat(up))
}

/// The names that follow the path `above`, also in a list.
fn names_after(text: &str, above: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    for (at, _) in code.match_indices(above) {
        let rest = &code[at + above.len()..];
        if code[..at].ends_with("super::") || rest.starts_with("super::") {
            continue;
        }
        // Of a list in braces each entry, up to its own path or braces.
        let (inner, is_list) = rest.strip_prefix('{').map_or((rest, false), |inner| (inner, true));
        let mut depth = 0;
        let end = inner.find(|c| match c {
            '{' => {
                depth += 1;
                false
            }
            '}' => {
                depth -= 1;
                depth < 0
            }
            ';' => true,
            _ => !(is_list || c.is_alphanumeric() || c == '_'),
        });
        let list = &inner[..end.unwrap_or(inner.len())];
        let mut depth = 0;
        let entries = list.split(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == ',' && depth == 0
        });
        found.extend(
            entries.map(|entry| entry.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()),
        );
    }
    found
}

/// Modules of the room in `folder`, each with the source texts in it and how far below the room they stand.
fn modules(folder: &Path) -> BTreeMap<String, Vec<(usize, String)>> {
    let mut modules: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        let relative = path.strip_prefix(folder).expect("below the room");
        let parts: Vec<&str> = relative.iter().filter_map(|part| part.to_str()).collect();
        let [.., file] = parts[..] else { continue };
        if !file.ends_with(".rs") || parts == ["mod.rs"] || file == "tests.rs" {
            continue;
        }
        let name = parts[0].trim_end_matches(".rs").to_owned();
        let text = fs::read_to_string(path).expect("a source file");
        let code = text.split("#[cfg(test)]\n").next().unwrap_or_default().to_owned();
        modules.entry(name).or_default().push((parts.len() - usize::from(file == "mod.rs"), code));
    }
    modules
}

/// A module that leads back to itself, if there is one, with those on the way.
fn circle(uses: &BTreeMap<String, BTreeSet<String>>) -> Option<Vec<String>> {
    // What uses nothing that is left is on no circle.
    let mut left = uses.clone();
    loop {
        let names: BTreeSet<String> = left.keys().cloned().collect();
        let before = left.len();
        left.retain(|_, used| used.iter().any(|name| names.contains(name)));
        if left.len() == before {
            break;
        }
    }
    let mut way = vec![left.keys().next()?.clone()];
    loop {
        let next = left[way.last()?].iter().find(|name| left.contains_key(*name))?.clone();
        if let Some(at) = way.iter().position(|name| *name == next) {
            return Some(way.split_off(at));
        }
        way.push(next);
    }
}

#[test]
fn no_modules_of_a_room_use_each_other_in_a_circle() {
    let folders = walkdir::WalkDir::new(repository().join("src")).min_depth(1).into_iter().filter_map(Result::ok);
    let mut checked = 0;
    for folder in folders.filter(|entry| entry.file_type().is_dir()) {
        let modules = modules(folder.path());
        let room = folder.path().strip_prefix(repository().join("src")).expect("below src");
        let from_root: String = room.iter().filter_map(|part| part.to_str()).map(|part| format!("{part}::")).collect();
        let from_root = format!("crate::{from_root}");
        let uses: BTreeMap<String, BTreeSet<String>> = modules
            .iter()
            .map(|(name, texts)| {
                let used = texts.iter().flat_map(|(below, text)| {
                    from_above(text, *below).into_iter().chain(names_after(text, &from_root))
                });
                (name.clone(), used.filter(|used| used != name && modules.contains_key(used)).collect())
            })
            .collect();
        checked += uses.values().map(BTreeSet::len).sum::<usize>();
        assert_eq!(circle(&uses), None, "in {}", folder.path().display());
    }
    assert!(checked > 200, "only {checked} uses were looked at");
}

#[test]
fn a_circle_is_found_and_a_way_without_one_is_none() {
    let uses = |edges: &[(&str, &[&str])]| {
        edges
            .iter()
            .map(|(name, used)| ((*name).to_owned(), used.iter().map(|name| (*name).to_owned()).collect()))
            .collect()
    };
    assert_eq!(circle(&uses(&[("a", &["b", "c"]), ("b", &["c"]), ("c", &[])])), None);
    let found = circle(&uses(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"]), ("d", &[])]));
    assert_eq!(found, Some(vec!["b".to_owned(), "c".to_owned()]));
    assert_eq!(from_above("use super::{a::B, c};\nuse super::super::d::E;\nuse super::f;", 1), ["a", "c", "f"]);
    assert_eq!(from_above("use super::{a::{B, C}, d};\nuse super::super::e::F;", 2), ["e"]);
    assert_eq!(names_after("use crate::site::a::B;\nuse crate::sites::c::D;", "crate::site::"), ["a"]);
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
