//! Several at work on one folder: builds, publications, readers, and an author whose files come and go.

use std::fs;
use std::process::Child;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use super::{Stop, clean, clean_by_the_program, ends_well, pages, program};
use crate::cases::publishing;
use crate::support::{TestSite, essay};

fn site() -> TestSite {
    publishing::site().essay("b", "patterns: [lag]", "B.")
}

#[test]
fn builds_at_once_take_turns() {
    let site = site();
    for round in 0..4 {
        site.write("content/essays/a.md", essay("a", "", &format!("A, edited {round} times.")));
        let children: Vec<Child> = (0..4).map(|_| program(&site, &["build"])).collect();
        children.into_iter().for_each(ends_well);
        assert!(site.output() == clean_by_the_program(&site), "round {round}");
        assert!(!site.root().join(".public.ninefold-stage").exists());
    }
}

#[test]
fn a_build_and_a_publication_at_once_do_not_mix() {
    let site = site();
    for round in 0..4 {
        site.write("content/essays/a.md", essay("a", "", &format!("A, edited {round} times.")));
        let children = [program(&site, &["publish"]), program(&site, &["build"]), program(&site, &["build"])];
        children.into_iter().for_each(ends_well);
        assert!(site.output() == clean_by_the_program(&site), "round {round}");
        let shown = pages(&publishing::live(&site)).into_iter().filter(|(path, _)| !path.starts_with(".ninefold-"));
        assert!(shown.eq(pages(&site.out())), "round {round}");
    }
}

#[test]
fn a_reader_has_whole_pages_while_builds_go_on() {
    let site = TestSite::new().essay("a", "", "A.");
    // The same words at both ends of each page, and much between them.
    let template = |word: &str| format!("{word}\n{}\n{{{{ body | safe }}}}\n{word}", "between ".repeat(4_000));
    site.write("themes/default/templates/essay.html", template("round-0"));
    site.build();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                let page = site.page("/essays/a/");
                assert_eq!(page.lines().next(), page.lines().last());
            }
        });
        let _stop = Stop(&is_over);
        for round in 1..40 {
            site.write("themes/default/templates/essay.html", template(&format!("round-{round}")));
            site.build();
        }
    });
}

#[test]
fn files_that_come_and_go_during_a_build_stop_no_later_one() {
    let site = TestSite::new().essay("a", "", "A.").file("content/static/x.txt", "x");
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            let root = site.root();
            while !is_over.load(Ordering::Relaxed) {
                site.write("content/essays/b/index.md", essay("b", "", "![](p.svg)"));
                site.write("content/essays/b/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>");
                site.write("content/static/y/z.txt", "z");
                site.write("themes/default/assets/own.css", "h1 {}");
                for path in ["content/essays/b", "content/static/y", "themes/default/assets"] {
                    let _ = fs::remove_dir_all(root.join(path));
                }
            }
        });
        let _stop = Stop(&is_over);
        for _ in 0..60 {
            // It may end with errors, and with nothing worse.
            let built = site.try_build();
            assert!(
                built.diagnostics.iter().all(|fault| fault.code() != "internal"),
                "{}",
                site.shown(&built.diagnostics)
            );
        }
    });
    site.build();
    assert!(site.output() == clean(&site));
}
