//! Links out of the site, loops, pipes, and what may not be read.
#![cfg(unix)]

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;

use crate::support::{TestSite, files};

const SECRET: &str = "nobody may read this";

/// A folder beside the site with a file that is no part of it.
fn elsewhere() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("secret.md"), format!("---\ntitle: A\ndate: 2026-05-01\n---\n\n{SECRET}\n"))
        .expect("a file");
    folder
}

/// A pipe that nobody writes to: who opens it waits for ever.
fn pipe(path: &Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status().expect("mkfifo");
    assert!(made.success());
}

#[test]
fn links_out_of_the_site_are_never_followed() {
    let outside = elsewhere();
    let site = TestSite::new().essay("b", "", "B.").file("content/static/x.txt", "x");
    let content = site.root().join("content");
    symlink(outside.path().join("secret.md"), content.join("essays/a.md")).expect("a link");
    symlink(outside.path().join("secret.md"), content.join("static/secret.md")).expect("a link");
    symlink(outside.path(), content.join("essays/folder")).expect("a link");
    symlink("nowhere", content.join("essays/dangling.md")).expect("a link");
    symlink("loop.md", content.join("essays/loop.md")).expect("a link");
    symlink("..", content.join("static/up")).expect("a link");
    symlink("b.md", content.join("essays/copy.md")).expect("a link");
    insta::assert_snapshot!(site.said(), @r"
    error[unread-link]: `content/essays/a.md` is a link out of the site and is skipped
    --> content/essays/a.md
     = help: copy the file here, or name its folder in `follow` in site.yaml

    error[unread-link]: `content/essays/dangling.md` is a link that leads nowhere and is skipped
    --> content/essays/dangling.md
     = help: delete it, or mend where it leads

    error[unread-link]: `content/essays/folder` is a link to a folder elsewhere and is skipped
    --> content/essays/folder
     = help: put a folder in its place, or name the folder in `follow` in site.yaml

    error[unread-link]: `content/essays/loop.md` is a link that leads nowhere and is skipped
    --> content/essays/loop.md
     = help: delete it, or mend where it leads

    warning[skipped-link]: `content/static/secret.md` is a link out of the site and is skipped
    --> content/static/secret.md
     = help: copy the file here, or name its folder in `follow` in site.yaml

    warning[skipped-link]: `content/static/up` is a link to a folder of the site itself and is skipped
    --> content/static/up
     = help: put a folder in its place
    ");
    // A build without them is for those who say so.
    let settings = "title: Test\nbase_url: https://example.org\nsearch: false\nlints: {unread-link: warning}\n";
    site.write("content/site.yaml", settings);
    site.build();
    assert!(site.has_page("/essays/copy/"));
    assert!(files(&site.out()).iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains(SECRET)));
}

#[test]
fn a_site_yaml_that_links_out_is_neither_read_nor_shown() {
    let outside = elsewhere();
    let site = TestSite::new();
    site.remove("content/site.yaml");
    symlink(outside.path().join("secret.md"), site.root().join("content/site.yaml")).expect("a link");
    insta::assert_snapshot!(site.said(), @r#"
    error[unreadable]: `content/site.yaml` is a link out of the site
    --> content/site.yaml
     = help: copy the file here
     = help: a site needs `content/site.yaml` with `title` and `base_url`
    "#);
}

#[test]
fn a_theme_that_links_out_is_not_read() {
    let outside = elsewhere();
    let site = TestSite::new().essay("a", "", "A.");
    symlink(outside.path().join("secret.md"), site.root().join("themes/default/templates/more.html")).expect("a link");
    insta::assert_snapshot!(site.said(), @r#"
    warning[skipped-link]: `themes/default/templates/more.html` is a link, or no file, and is skipped
    --> themes/default/templates/more.html
     = help: copy the file here
    "#);
}

#[test]
fn pipes_and_sockets_are_skipped_and_never_waited_for() {
    let site = TestSite::new().essay("a", "", "A.").file("content/static/x.txt", "x");
    let content = site.root().join("content");
    pipe(&content.join("essays/pipe.md"));
    pipe(&content.join("static/pipe"));
    let _socket = UnixListener::bind(content.join("essays/socket.md")).expect("a socket");
    insta::assert_snapshot!(site.said(), @r#"
    warning[not-a-file]: `content/essays/pipe.md` is a device, pipe or socket and is skipped
    --> content/essays/pipe.md
     = help: take it out of `content/`

    warning[not-a-file]: `content/essays/socket.md` is a device, pipe or socket and is skipped
    --> content/essays/socket.md
     = help: take it out of `content/`

    warning[not-a-file]: `content/static/pipe` is a device, pipe or socket and is skipped
    --> content/static/pipe
     = help: take it out of `content/`
    "#);
}

#[test]
fn a_pipe_in_the_place_of_a_file_that_is_needed_is_an_error() {
    let site = TestSite::new();
    site.remove("content/site.yaml");
    pipe(&site.root().join("content/site.yaml"));
    pipe(&site.root().join("themes/default/theme.yaml"));
    insta::assert_snapshot!(site.said(), @r#"
    error[unreadable]: `content/site.yaml` can't be read: it is not a file
    --> content/site.yaml
     = help: a site needs `content/site.yaml` with `title` and `base_url`

    error[unreadable]: `themes/default/theme.yaml` can't be read: it is not a file
    --> themes/default/theme.yaml
    "#);
}

#[test]
fn what_may_not_be_read_is_an_error() {
    let site = TestSite::new().essay("a", "", "A.").essay("b/index", "", "B.").file("content/static/x.txt", "x");
    let content = site.root().join("content");
    let closed = [content.join("essays/a.md"), content.join("essays/b"), content.join("static/x.txt")];
    for path in &closed {
        fs::set_permissions(path, fs::Permissions::from_mode(0o000)).expect("permissions");
    }
    // Who may read everything can't be refused.
    let refused = fs::read(&closed[0]).is_err();
    let said = site.said();
    fs::set_permissions(&closed[1], fs::Permissions::from_mode(0o755)).expect("permissions");
    if refused {
        for path in ["content/essays/a.md", "content/essays/b", "content/static/x.txt"] {
            assert!(
                said.contains(&format!("error[unreadable]: `{path}` can't be read: permission is denied")),
                "{said}"
            );
        }
        assert!(said.contains("make it readable for yourself"), "{said}");
    } else {
        assert_eq!(said, "");
    }
}

#[test]
fn a_name_that_is_not_utf_8_is_an_error() {
    let site = TestSite::new().file("content/essays/a.md", "x");
    let name = std::ffi::OsStr::from_bytes(b"content/essays/caf\xe9.md");
    fs::rename(site.root().join("content/essays/a.md"), site.root().join(name)).expect("the name");
    insta::assert_snapshot!(site.said(), @r#"
    error[bad-name]: the name of `content/essays/caf�.md` is not UTF-8
     |
     = help: rename it with lower-case letters, digits and dashes
    "#);
}
