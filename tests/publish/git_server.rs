//! A branch of a server that speaks git's protocol over HTTP, with and without leaving content out.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::parts::{folder, publish};
use crate::support::{TestSite, essay};

/// Serves the repositories in `folder` by git's own program; returns the address.
fn git_over_http(folder: &Path) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            std::thread::spawn(move || answer(&stream, &folder));
        }
    });
    url
}

fn answer(mut stream: &TcpStream, folder: &Path) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let body = if headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked") {
        chunks(&mut reader)?
    } else {
        let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        body
    };
    let mut words = first.split(' ');
    let (method, target) = (words.next()?, words.next()?);
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let header = |name: &str| headers.get(name).cloned().unwrap_or_default();
    let mut child = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", folder)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("REQUEST_METHOD", method)
        .env("PATH_INFO", path)
        .env("QUERY_STRING", query)
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", body.len().to_string())
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .env("GIT_PROTOCOL", header("git-protocol"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    let mut pipe = child.stdin.take()?;
    std::thread::spawn(move || pipe.write_all(&body));
    let output = child.wait_with_output().ok()?.stdout;
    let end = output.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&output[..end]).into_owned();
    let status = head.lines().find_map(|line| line.strip_prefix("Status: ")).unwrap_or("200 OK").to_owned();
    let head = format!("HTTP/1.1 {status}\r\n{head}\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&output[end + 4..]).ok()
}

fn chunks(reader: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let length = usize::from_str_radix(line.trim(), 16).ok()?;
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).ok()?;
        if length == 0 {
            return Some(body);
        }
        body.extend_from_slice(&chunk[..length]);
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").args(identity).args(arguments).current_dir(folder).output().expect("git");
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Publishes twice to a repository of this server, whose configuration has these lines too; others change it in between.
fn publishes(settings: &[(&str, &str)], history: &str) {
    let (_keep, own) = folder();
    let repository: PathBuf = own.join("site.git");
    git(&own, &["init", "--quiet", "--bare", "site.git"]);
    for (key, value) in [("http.receivepack", "true")].iter().chain(settings) {
        git(&repository, &["config", key, value]);
    }
    let url = git_over_http(&own);
    let config = format!(
        "title: T\nbase_url: https://example.org\nsearch: false\npublish: {{pages: {{type: git, remote: \"{url}/site.git\", history: {history}}}}}\n"
    );
    let site = TestSite::with_default_theme().file("content/site.yaml", config).essay("a", "", "A.");
    git(site.root(), &["init", "--quiet"]);
    publish(site.root(), &["--dry-run"]);
    publish(site.root(), &[]);
    site.write("content/essays/a.md", essay("a", "", "New."));
    let said = publish(site.root(), &[]);
    assert!(said.contains("0 to add"), "{said}");
    assert!(git(&repository, &["show", "gh-pages:essays/a/index.html"]).contains("New."));
    let commits = git(&repository, &["rev-list", "gh-pages"]).lines().count();
    assert_eq!(commits, if history == "keep" { 2 } else { 1 });
    assert!(git(&repository, &["show", "gh-pages:404.html"]).contains("</html>"), "what did not change is still there");
    assert!(git(site.root(), &["count-objects"]).starts_with("0 objects"));
    assert!(publish(site.root(), &[]).contains("nothing was sent"));
    if history == "keep" {
        publish(site.root(), &["--back"]);
        assert!(!git(&repository, &["show", "gh-pages:essays/a/index.html"]).contains("New."));
        assert_eq!(git(&repository, &["rev-list", "gh-pages"]).lines().count(), 3);
        assert!(publish(site.root(), &["--back"]).contains("nothing was sent"));
    }
    git(&repository, &["fsck", "--strict"]);
}

#[test]
#[ignore = "needs git http-backend"]
fn a_server_that_leaves_content_out_is_published_to() {
    publishes(&[("uploadpack.allowFilter", "true")], "keep");
    publishes(&[("uploadpack.allowFilter", "true")], "single");
}

#[test]
#[ignore = "needs git http-backend"]
fn a_server_that_gives_all_content_is_published_to() {
    publishes(&[], "keep");
    publishes(&[], "single");
}
