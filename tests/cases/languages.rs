//! Sites in other languages: direction, words, dates, lists, quotation marks.

use crate::support::{TestSite, repository};

fn site_in(language: &str) -> TestSite {
    let settings = format!(
        "title: T\nlanguage: {language}\nbase_url: https://e.example/sub/\nsearch: false\nsocial_cards: false\n"
    );
    TestSite::with_default_theme().file("content/site.yaml", settings)
}

#[test]
fn a_page_runs_as_its_language_is_written() {
    for (language, tag) in [
        ("ar", "<html lang=\"ar\" dir=\"rtl\">"),
        ("he", "<html lang=\"he\" dir=\"rtl\">"),
        ("uz-Arab", "<html lang=\"uz-Arab\" dir=\"rtl\">"),
        ("ja", "<html lang=\"ja\">"),
        ("en", "<html lang=\"en\">"),
    ] {
        let site = site_in(language).essay("a", "aliases: [/old/]\n", "Text.");
        site.build();
        for page in ["/essays/a/", "/", "/old/"] {
            assert!(site.page(page).contains(tag), "{page} in {language}");
        }
    }
}

/// What stands on either side of a text depends on its direction; the edge of a sheet of paper alone does not.
#[test]
fn style_sheets_name_no_side() {
    let assets = repository().join("themes/default/assets");
    for sheet in ["style.css", "script.css", "search.css", "print.css"] {
        let css = std::fs::read_to_string(assets.join(sheet)).expect("a style sheet");
        // The columns of a table, named as their authors aligned them.
        let css = css.replace(".nf-left", "").replace(".nf-right", "");
        let word =
            |text: &str| text.split(|c: char| !c.is_ascii_alphabetic()).any(|word| matches!(word, "left" | "right"));
        let named: Vec<&str> = css.lines().filter(|line| word(line)).collect();
        assert_eq!(named, [""; 0], "{sheet}");
    }
}
