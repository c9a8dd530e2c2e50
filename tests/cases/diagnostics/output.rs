//! What can go wrong where the site is written, and between reading and writing.

use ninefold::model::{SourcePath, UrlPath};
use ninefold::pipeline::{Options, build};
use ninefold::render::{Highlighter, Renderer, output, theme};

use crate::support::{TestSite, now};

/// What a build into `out` says, with the site's folder called FOLDER.
fn said(site: &TestSite, out: &str) -> String {
    let built = build(&Options { out: Some(site.root().join(out)), ..site.options() });
    told(site, &site.shown(&built.diagnostics))
}

fn told(site: &TestSite, text: &str) -> String {
    text.replace(&site.root().display().to_string(), "FOLDER")
}

#[test]
fn a_folder_with_files_of_somebody_else_is_refused() {
    let site = TestSite::new().file("public/thesis.doc", "mine");
    insta::assert_snapshot!(said(&site, "public"), @r#"
    error[foreign-output]: `FOLDER/public` holds files that Ninefold did not write
     |
     = help: name another folder with `--out DIR`, or build into this one with `--force`: files of the same names are replaced, others stay
    "#);
}

#[test]
fn a_file_in_the_place_of_the_folder_is_refused() {
    let site = TestSite::new().file("public", "mine");
    insta::assert_snapshot!(said(&site, "public"), @r#"
    error[foreign-output]: `FOLDER/public` is not a folder
     |
     = help: name another folder with `--out DIR`
    "#);
    insta::assert_snapshot!(told(&site, &site.shown(&build(&Options { out: Some("/".into()), ..site.options() }).diagnostics)), @"error[bad-output]: `/` can't be an output folder");
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let site = TestSite::new().essay("a", "", "A.");
    site.build();
    site.write("public/about/index.html", "mine");
    site.write("content/pages/about.md", "---\ntitle: About\n---\n");
    insta::assert_snapshot!(said(&site, "public"), @r#"
    error[foreign-file]: `FOLDER/public/about/index.html` was not written by Ninefold, which now has a file of that name
     |
     = help: move it away, or build with `--force` to replace it
    "#);
}

#[cfg(unix)]
#[test]
fn what_the_system_refuses_is_told() {
    let site = TestSite::new();
    let said = said(&site, "content/site.yaml/public");
    assert!(said.starts_with("error[cannot-write]: `FOLDER/content/site.yaml/public` can't be written: "), "{said}");
}

#[test]
fn nothing_is_made_where_something_is() {
    let site = TestSite::new();
    let fault = ninefold::new::site(site.root(), now()).expect_err("a fault");
    insta::assert_snapshot!(told(&site, &site.shown(&[fault])), @r"
    error[exists]: `FOLDER` is there already and is not an empty folder
     |
     = help: name a new folder, or one that holds no more than a readme, a licence and hidden files
    ");
}

#[test]
fn a_file_that_changes_during_a_build_is_told() {
    let site = TestSite::new().essay("a", "", "A.");
    let assembled = ninefold::pipeline::read(&site.options());
    let theme = theme(&assembled.theme).unwrap_or_else(|said| panic!("{}", site.shown(&said)));
    let changed = |_: &SourcePath| Ok("changed".to_owned().into());
    let renderer = Renderer {
        theme: &theme,
        highlighter: &Highlighter::default(),
        sources: &changed,
        pictures: &ninefold::load::picture_bytes,
    };
    let view = assembled.site.view(&UrlPath::new("/essays/a/")).expect("the essay");
    let fault = output(&view, &renderer).expect_err("a fault");
    insta::assert_snapshot!(site.shown(&[fault]), @r#"
    error[changed-meanwhile]: the file changed while the site was built
    --> content/essays/a.md
     = help: run the command again
    "#);
}
