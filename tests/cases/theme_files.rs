//! `ninefold theme`: which files the default theme has, and one of them taken to be changed.

use std::fs;

use super::commands::{code, err, out, run};
use crate::support::{TestSite, files};

fn listed(site: &TestSite) -> Vec<String> {
    let output = run(site.root(), &["theme", "list"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    out(&output).lines().map(str::to_owned).collect()
}

#[test]
fn every_file_of_the_theme_can_be_taken_and_the_site_stays_what_it_was() {
    let site = TestSite::with_default_theme().essay("a", "patterns: [lag]", "A.");
    site.build();
    let before = site.output();
    let names = listed(&site);
    for name in ["templates/essay.html", "templates/hooks/head.html", "assets/style.css", "assets/marks.svg"] {
        assert!(names.iter().any(|listed| listed == name), "{name} is not in {names:?}");
    }
    for name in &names {
        let output = run(site.root(), &["theme", "eject", name]);
        assert_eq!(code(&output), 0, "{name}: {}", err(&output));
        assert!(err(&output).starts_with(&format!("Made ./themes/default/{name}\n")), "{}", err(&output));
    }
    let replaced = names.iter().map(|name| format!("{name}  (replaced)"));
    assert_eq!(listed(&site), replaced.collect::<Vec<_>>());
    let taken: Vec<String> = files(&site.root().join("themes/default")).into_iter().map(|(name, _)| name).collect();
    assert_eq!(taken, names);
    fs::remove_dir_all(site.out()).expect("the output");
    site.build();
    assert!(site.output() == before, "the site differs");
}

#[test]
fn a_file_goes_to_the_theme_that_the_site_names_by_its_name_alone() {
    let site = TestSite::new()
        .essay("a", "", "A.")
        .file("content/site.yaml", "title: T\nbase_url: https://example.org/\ntheme: mine\n")
        .file("themes/mine/theme.yaml", "name: mine\n");
    for (file, path) in [("hooks/head.html", "templates/hooks/head.html"), ("style.css", "assets/style.css")] {
        let output = run(site.root(), &["theme", "eject", file]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        assert!(site.root().join("themes/mine").join(path).is_file(), "{path}");
    }
}

#[test]
fn nothing_is_replaced_and_a_name_that_is_not_there_gets_the_nearest() {
    let site = TestSite::new().essay("a", "", "A.").file("themes/default/templates/essay.html", "mine");
    let said = |file: &str| {
        let output = run(site.root(), &["theme", "eject", file]);
        assert_eq!(code(&output), 1, "{file}");
        err(&output)
    };
    insta::assert_snapshot!(said("essay.html"), @r"
    error[exists]: `./themes/default/templates/essay.html` is there already
     |
     = help: open it, or choose another name
    ");
    insta::assert_snapshot!(said("esay.html"), @r"
    error[unknown-theme-file]: the default theme has no file `esay.html`
     |
     = help: did you mean `essay.html`?
     = help: `ninefold theme list` shows them all
    ");
    for file in ["../../content/site.yaml", "/etc/passwd", "", "templates"] {
        assert!(said(file).starts_with("error[unknown-theme-file]"), "{file}");
    }
    assert_eq!(fs::read_to_string(site.root().join("themes/default/templates/essay.html")).expect("it"), "mine");
    let nowhere = tempfile::tempdir().expect("a folder");
    let output = run(nowhere.path(), &["theme", "list"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).starts_with("error[no-site]"), "{}", err(&output));
}

#[test]
fn where_the_settings_can_not_be_read_nobody_knows_which_theme_is_meant() {
    let site = TestSite::with_default_theme().file("content/site.yaml", "title: [\ntheme: mine\n");
    let output = run(site.root(), &["theme", "eject", "essay.html"]);
    assert_eq!(code(&output), 1);
    assert!(err(&output).contains("content/site.yaml") && !err(&output).contains("Made"), "{}", err(&output));
    assert!(!site.root().join("themes/default/templates/essay.html").exists());
}

#[test]
fn an_empty_template_is_told() {
    let site = TestSite::with_default_theme()
        .essay("a", "", "A.")
        .file("themes/default/templates/page.html", "{# to do #}\n\n")
        .file("themes/default/templates/hooks/head.html", "");
    insta::assert_snapshot!(site.said(), @r"
    warning[empty-template]: the template `themes/default/templates/page.html` is empty, and so are the pages that it makes
    --> themes/default/templates/page.html
     = help: delete the file to have the default theme's, or fill it
    ");
}
