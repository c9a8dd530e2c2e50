//! What a reader loads, as a host sends it: compressed.

use std::collections::BTreeMap;

use super::html;
use super::own_site::own_site;
use crate::support::compressed;

/// In bytes.
const MOST_FOR_AN_ESSAY: usize = 60_000;
const MOST_FOR_A_SCRIPT: usize = 15_000;

/// The files of the site that a page loads by itself: sheets, scripts, icons, marks. Pictures are not among them.
fn loaded(page: &str) -> Vec<String> {
    let mut files = Vec::new();
    for tag in html::tags(page) {
        let wanted = match tag.name.as_str() {
            "link" => matches!(tag.get("rel"), Some("stylesheet" | "icon")),
            "script" | "use" => true,
            _ => false,
        };
        if let Some(address) = tag.get("href").or(tag.get("src")).filter(|_| wanted) {
            files.push(address.split('#').next().unwrap_or_default().trim_start_matches('/').to_owned());
        }
    }
    files.sort();
    files.dedup();
    files
}

#[test]
fn an_essay_with_all_that_it_loads_and_each_script_stay_small() {
    let site = own_site();
    site.build();
    let output: BTreeMap<String, Vec<u8>> = site.output().into_iter().collect();
    let essays: Vec<&String> =
        output.keys().filter(|path| path.starts_with("essays/") && path.matches('/').count() == 2).collect();
    assert!(essays.len() > 10, "{essays:?}");
    for essay in essays.into_iter().filter(|path| path.ends_with("index.html")) {
        let page = String::from_utf8_lossy(&output[essay]);
        let files = loaded(&page);
        for part in ["style.", "site.", "marks.", "favicon."] {
            assert!(files.iter().any(|file| file.contains(part)), "{essay} loads no {part}: {files:?}");
        }
        let sizes =
            files.iter().map(|file| compressed(output.get(file).unwrap_or_else(|| panic!("{file} is missing"))).len());
        let weight = compressed(page.as_bytes()).len() + sizes.sum::<usize>();
        assert!(weight < MOST_FOR_AN_ESSAY, "{essay} weighs {weight} bytes");
    }
    let scripts: Vec<&String> = output.keys().filter(|path| path.ends_with(".js")).collect();
    assert!(scripts.len() >= 5, "{scripts:?}");
    for script in scripts {
        let weight = compressed(&output[script]).len();
        assert!(weight < MOST_FOR_A_SCRIPT, "{script} weighs {weight} bytes");
    }
}
