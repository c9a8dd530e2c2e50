//! Names that the list of files could not hold, and folders that nothing may be built into.

use ninefold::pipeline::{Options, build};
use ninefold::publish;

use super::{entries, reported};
use crate::cases::publishing;
use crate::support::TestSite;

#[cfg(unix)]
#[test]
fn a_name_with_a_control_character_is_refused() {
    let site = TestSite::new()
        .essay("a", "", "A.")
        .file("content/static/a\n0  index.html", "x")
        .file("content/static/b\u{1b}[2J/c.txt", "x")
        .file("themes/default/assets/d\r.css", "x");
    insta::assert_snapshot!(reported(&site, &site.try_build()), @r"
    error[bad-name]: the name of `content/static/a\n0  index.html` holds a control character
     |
     = help: rename it with lower-case letters, digits and dashes

    error[bad-name]: the name of `content/static/b\u{1b}[2J` holds a control character
     |
     = help: rename it with lower-case letters, digits and dashes

    error[bad-name]: the name of `themes/default/assets/d\r.css` holds a control character
     |
     = help: rename it with lower-case letters, digits and dashes
    ");
    assert!(!site.out().exists());
}

#[test]
fn the_names_of_our_own_files_are_taken() {
    let site = TestSite::new()
        .file("content/static/.ninefold-manifest", "x")
        .file("content/static/.ninefold-stage/x", "x")
        .file("content/static/below/.ninefold-manifest", "x");
    insta::assert_snapshot!(reported(&site, &site.try_build()), @r"
    error[url-taken]: the address `/.ninefold-manifest` is taken: Ninefold's own files begin with `.ninefold-`
    --> content/static/.ninefold-manifest
     = help: choose another name

    error[url-taken]: the address `/.ninefold-stage/x` is taken: Ninefold's own files begin with `.ninefold-`
    --> content/static/.ninefold-stage/x
     = help: choose another name
    ");
}

#[test]
fn nothing_is_built_into_what_the_site_is_made_of() {
    let site = TestSite::new().essay("a", "", "A.").file("content/static/x/y.txt", "x");
    #[cfg(unix)]
    std::os::unix::fs::symlink("content/static", site.root().join("linked")).expect("a link");
    let before = entries(site.root());
    for out in [
        "content",
        "content/new",
        "content/static/x",
        "content/../themes",
        "themes/default/new/deep",
        "new/../content/new",
        ".ninefold/out",
        ".",
        "..",
        "content/..",
        #[cfg(unix)]
        "linked/new",
    ] {
        let built = build(&Options { out: Some(site.root().join(out)), force: true, ..site.options() });
        let report = reported(&site, &built);
        assert!(report.starts_with("error[bad-output]: `"), "{out}: {report}");
        assert!(report.contains("help: name another folder with `--out DIR`"), "{out}: {report}");
        // What the site is made of stays as it is; the memory may have been begun.
        let left = entries(site.root()).into_iter().filter(|(path, _)| !path.starts_with(".ninefold"));
        assert!(left.eq(before.clone()), "{out}");
    }
}

#[test]
fn nothing_is_published_into_what_the_site_is_made_of() {
    for path in ["themes", "themes/default/live", ".ninefold/live", "public/../content/new", "new/../themes"] {
        let site = publishing::with_targets(&format!("live: {{type: dir, path: {path}}}"));
        let published = publish::publish(&publishing::options(&site), &|_| ());
        let report = site.shown(&published.diagnostics);
        assert!(report.starts_with("error[bad-target]: the target's folder `"), "{path}: {report}");
        assert!(report.contains("overlaps with the site's own"), "{path}: {report}");
    }
}
