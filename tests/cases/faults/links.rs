//! Links, and what is neither file nor folder, where the program's own files stand: reported with path and what to do, never
//! followed, never waited for.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use super::{entries, reported};
use crate::cases::publishing;
use crate::support::{TestSite, essay, files};

/// A folder that is no part of the site.
fn outside() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "of somebody else").expect("a file");
    folder
}

fn pipe(path: &Path) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo");
    assert!(made.success());
}

fn site() -> TestSite {
    TestSite::new().essay("a", "", "A.").essay("b", "", "B.")
}

/// Moves a folder of ours out of the site and leaves a link to it.
fn move_away(path: PathBuf) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let moved = folder.path().join("moved");
    fs::rename(&path, &moved).expect("a folder to move");
    symlink(&moved, &path).expect("a link");
    folder
}

#[test]
fn a_stale_page_behind_a_link_is_left_where_it_is() {
    let site = site();
    site.build();
    let moved = move_away(site.out().join("essays"));
    let before = entries(moved.path());
    site.remove("content/essays/b.md");
    insta::assert_snapshot!(reported(&site, &site.try_build()), @r"
    error[in-the-way]: `FOLDER/public/essays` is a link
     |
     = help: delete the link, or put what it leads to in its place: links are not followed here
    ");
    assert_eq!(entries(moved.path()), before);
    fs::remove_file(site.out().join("essays")).expect("the link");
    site.build();
    assert!(site.has_page("/essays/a/") && !site.has_page("/essays/b/"));
}

#[test]
fn a_link_in_the_place_of_a_page_is_replaced_and_what_it_leads_to_stays() {
    let (site, outside) = (site(), outside());
    site.build();
    for page in ["essays/a/index.html", "essays/b/index.html"] {
        fs::remove_file(site.out().join(page)).expect("a page");
        symlink(outside.path().join("file"), site.out().join(page)).expect("a link");
    }
    site.remove("content/essays/b.md");
    let before = entries(outside.path());
    site.build();
    assert!(fs::symlink_metadata(site.out().join("essays/a/index.html")).expect("the page").is_file());
    assert!(!site.out().join("essays/b").exists());
    assert_eq!(entries(outside.path()), before);
}

#[test]
fn an_output_that_is_a_link_is_refused() {
    let (site, outside) = (site(), outside());
    symlink(outside.path(), site.out()).expect("a link");
    insta::assert_snapshot!(reported(&site, &site.try_build()), @r"
    error[foreign-output]: `FOLDER/public` is a link
     |
     = help: name the folder that it leads to with `--out DIR`, or delete the link
    ");
    assert_eq!(files(outside.path()).len(), 1);
}

#[test]
fn the_lock_and_the_stage_are_no_links_and_no_pipes() {
    for name in [".public.ninefold-lock", ".public.ninefold-stage"] {
        let (site, outside) = (site(), outside());
        let path = site.root().join(name);
        for target in [outside.path().to_owned(), outside.path().join("file"), outside.path().join("new")] {
            symlink(&target, &path).expect("a link");
            let report = reported(&site, &site.try_build());
            assert!(report.starts_with(&format!("error[in-the-way]: `FOLDER/{name}` is a link\n")), "{report}");
            fs::remove_file(&path).expect("the link");
        }
        pipe(&path);
        let report = reported(&site, &site.try_build());
        let expected =
            format!("error[in-the-way]: `FOLDER/{name}` is a device, pipe or socket\n |\n = help: delete it");
        assert_eq!(report.trim_end(), expected);
        assert_eq!(files(outside.path()).len(), 1);
        assert!(!site.out().exists());
    }
}

#[test]
fn a_manifest_that_is_no_file_is_not_read() {
    let (site, outside) = (site(), outside());
    site.build();
    let manifest = site.out().join(".ninefold-manifest");
    fs::rename(&manifest, outside.path().join("manifest")).expect("the manifest");
    pipe(&manifest);
    insta::assert_snapshot!(reported(&site, &site.try_build()), @r"
    error[in-the-way]: `FOLDER/public/.ninefold-manifest` is a device, pipe or socket
     |
     = help: delete it
     = help: then build with `--force` once: the list of our files is made anew
    ");
    fs::remove_file(&manifest).expect("the pipe");
    symlink(outside.path().join("manifest"), &manifest).expect("a link");
    let before = entries(outside.path());
    assert!(reported(&site, &site.try_build()).starts_with("error[in-the-way]"));
    assert_eq!(entries(outside.path()), before);
}

#[test]
fn what_is_remembered_is_not_remembered_elsewhere() {
    let (site, outside) = (site(), outside());
    let before = entries(outside.path());
    symlink(outside.path(), site.root().join(".ninefold")).expect("a link");
    insta::assert_snapshot!(reported(&site, &site.build()), @r"
    warning[unusable-cache]: `.ninefold` is a link, so what it should hold is not remembered
     |
     = help: delete the link, or put what it leads to in its place: links are not followed here
    ");
    assert_eq!(entries(outside.path()), before);
    fs::remove_file(site.root().join(".ninefold")).expect("the link");
    site.build();
    for name in ["outlines", "blocks", "files/a", "files/b"] {
        let path = site.root().join(".ninefold").join(name);
        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
    }
    pipe(&site.root().join(".ninefold/outlines"));
    pipe(&site.root().join(".ninefold/files/a"));
    symlink(outside.path(), site.root().join(".ninefold/files/b")).expect("a link");
    symlink(outside.path().join("file"), site.root().join(".ninefold/blocks")).expect("a link");
    fs::remove_dir_all(site.out()).expect("the output");
    let report = reported(&site, &site.build());
    for line in [
        "warning[unusable-cache]: `.ninefold/outlines` is a device, pipe or socket, so",
        "warning[unusable-cache]: `.ninefold/blocks` is a link, so",
        "warning[unusable-cache]: `.ninefold/files/a` is a device, pipe or socket, so",
        "warning[unusable-cache]: `.ninefold/files/b` is a link, so",
    ] {
        assert!(report.contains(line), "{line}\n{report}");
    }
    assert_eq!(entries(outside.path()), before);
}

#[test]
fn the_folders_of_the_site_are_no_links() {
    let site = site();
    let moved = move_away(site.root().join("themes/default"));
    insta::assert_snapshot!(reported(&site, &site.try_build()), @r"
    error[unreadable]: `themes/default` is a link, which is not followed
     |
     = help: put the folder itself in its place
    ");
    fs::remove_file(site.root().join("themes/default")).expect("the link");
    fs::rename(moved.path().join("moved"), site.root().join("themes/default")).expect("the theme");
    let _templates = move_away(site.root().join("themes/default/templates"));
    pipe(&site.root().join("themes/default/assets/own.css"));
    symlink("nowhere", site.root().join("themes/default/theme.yaml")).expect("a link");
    insta::assert_snapshot!(reported(&site, &site.try_build()), @r"
    warning[skipped-link]: `themes/default/assets/own.css` is a link, or no file, and is skipped
    --> themes/default/assets/own.css
     = help: copy the file here

    warning[skipped-link]: `themes/default/templates` is a link, or no file, and is skipped
    --> themes/default/templates
     = help: copy the file here

    warning[skipped-link]: `themes/default/theme.yaml` is a link, or no file, and is skipped
    --> themes/default/theme.yaml
     = help: copy the file here
    ");
    let _themes = move_away(site.root().join("themes"));
    assert!(reported(&site, &site.try_build()).starts_with("error[unreadable]: `themes` is a link"));
    let _content = move_away(site.root().join("content"));
    let report = reported(&site, &site.try_build());
    assert!(report.contains("error[unreadable]: `content` is a link, which is not followed\n"), "{report}");
    assert!(report.contains("name the folder that holds it with `--root DIR`"), "{report}");
}

#[test]
fn nothing_is_begun_behind_a_link() {
    let (site, outside) = (site(), outside());
    fs::remove_dir_all(site.root().join("themes")).expect("the theme");
    symlink(outside.path(), site.root().join("themes")).expect("a link");
    let fault = ninefold::new::eject(site.root(), "default", "essay.html").expect_err("a fault");
    assert!(fault.message.ends_with("themes` is a link"), "{}", fault.message);
    symlink(outside.path(), site.root().join("content/incidents")).expect("a link");
    let record = ninefold::new::Record::Incident;
    assert!(ninefold::new::record(site.root(), record, "x", false, crate::support::now()).is_err());
    assert_eq!(files(outside.path()).len(), 1);
}

#[test]
fn a_place_is_not_published_to_through_a_link() {
    let site = publishing::site().essay("b", "", "B.");
    publishing::published(&site, &publishing::options(&site));
    let moved = move_away(publishing::live(&site).join("essays"));
    let before = entries(moved.path());
    site.write("content/essays/a.md", essay("a", "", "New."));
    let report = publishing::said(&site, &publishing::options(&site));
    let expected =
        "error[store]: essays/a/index.html can't be published: `FOLDER/live/essays` is a link; delete the link";
    assert!(report.starts_with(expected), "{report}");
    site.write("content/essays/a.md", essay("a", "", "A."));
    site.remove("content/essays/b.md");
    let report = publishing::said(&site, &publishing::options(&site));
    assert!(report.contains("`FOLDER/live/essays` is a link"), "{report}");
    assert_eq!(entries(moved.path()), before);
    fs::remove_file(publishing::live(&site).join("essays")).expect("the link");
    fs::rename(moved.path().join("moved"), publishing::live(&site).join("essays")).expect("the folder");
    publishing::published(&site, &publishing::options(&site));
    assert!(!publishing::live(&site).join("essays/b").exists());
}

#[test]
fn the_files_of_a_publication_are_no_links_and_no_pipes() {
    for name in [".ninefold-manifest.json", ".ninefold-lock.json", ".ninefold-stage"] {
        let (site, outside) = (publishing::site(), outside());
        let path = publishing::live(&site).join(name);
        fs::create_dir(publishing::live(&site)).expect("a folder");
        for target in [outside.path().to_owned(), outside.path().join("file"), outside.path().join("new")] {
            symlink(&target, &path).expect("a link");
            let report = publishing::said(&site, &publishing::options(&site));
            assert!(report.contains(&format!("`FOLDER/live/{name}` is a link; delete the link")), "{name}: {report}");
            fs::remove_file(&path).expect("the link");
        }
        pipe(&path);
        let report = publishing::said(&site, &publishing::options(&site));
        assert!(report.contains(&format!("`FOLDER/live/{name}` is a device, pipe or socket")), "{name}: {report}");
        assert_eq!(files(outside.path()).len(), 1);
        assert!(!publishing::live(&site).join("index.html").exists());
    }
}
