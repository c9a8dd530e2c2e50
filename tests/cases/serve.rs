//! What the development server answers, and whom it refuses.

use std::io::Read;
use std::net::TcpStream;

use super::server::Server;
use super::small_site::small_site;
use crate::support::TestSite;

#[test]
fn pages_are_answered_as_a_host_would() {
    let site = small_site();
    let server = Server::of(&site);
    let page = server.get("/essays/ports/");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.body.contains("<title>Out of ports</title>"), "{}", page.body);
    let missing = server.get("/nothing/here/");
    assert_eq!(missing.status, 404);
    assert!(missing.body.contains("<title>Not found</title>"));
    for (from, to) in [("/essays/ports", "/essays/ports/"), ("/patterns/lag", "/patterns/lag/")] {
        let answer = server.get(from);
        assert_eq!((answer.status, answer.header("location")), (307, Some(to)));
    }
    for (target, kind) in [
        ("/feed.xml", "application/xml; charset=utf-8"),
        ("/data/essays.json", "application/json"),
        ("/logo.svg", "image/svg+xml"),
        ("/essays/harbour/plan.pdf", "application/pdf"),
        ("/deep/er/notes.txt", "text/plain; charset=utf-8"),
    ] {
        let answer = server.get(target);
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{target}");
        assert!(!answer.body.contains("<script>"), "{target} is no page");
    }
    assert_eq!(server.get("/essays/ports/?from=mail").status, 200);
    assert!(server.get("/2019/ports/").body.contains("url=/essays/ports/"));
}

#[test]
fn a_redirect_keeps_letters_that_are_not_ascii() {
    let site = TestSite::new().essay("über", "", "Words.");
    let server = Server::of(&site);
    let answer = server.get("/essays/%C3%BCber");
    assert_eq!((answer.status, answer.header("location")), (307, Some("/essays/%C3%BCber/")));
    assert_eq!(server.get("/essays/%C3%BCber/").status, 200);
}

#[test]
fn a_site_below_a_path_is_served_there() {
    let site = TestSite::new()
        .file("content/site.yaml", "title: T\nbase_url: https://name.github.io/essays/\n")
        .essay("a", "", "Words.");
    let server = Server::of(&site);
    assert_eq!(server.get("/").header("location"), Some("/essays/"));
    assert_eq!(server.get("/essays").header("location"), Some("/essays/"));
    assert_eq!(server.get("/essays/essays/a").header("location"), Some("/essays/essays/a/"));
    assert_eq!(server.get("/essays/essays/a/").status, 200);
    assert_eq!(server.get("/patterns/").status, 404);
}

#[test]
fn head_has_no_body_and_other_methods_are_refused() {
    let site = small_site();
    let server = Server::of(&site);
    let head = server.ask("HEAD", "/essays/ports/", &[]);
    let length = server.get("/essays/ports/").body.len().to_string();
    assert_eq!((head.status, head.body.as_str(), head.header("content-length")), (200, "", Some(length.as_str())));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let answer = server.ask(method, "/", &[("Content-Length", "0")]);
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn only_this_machine_is_answered() {
    let site = small_site();
    let server = Server::of(&site);
    for host in ["evil.example", "evil.example:4000", "localhost.evil.example", "127.0.0.1.evil.example:80", ""] {
        assert_eq!(server.ask("GET", "/", &[("Host", host)]).status, 403, "{host}");
    }
    for host in ["localhost", "localhost:4000", "127.0.0.1:1", "[::1]:4000"] {
        assert_eq!(server.ask("GET", "/", &[("Host", host)]).status, 200, "{host}");
    }
    let host = ("Host", server.address.as_str());
    for host in ["user@127.0.0.1", "[::1", "[::1]evil.example", "localhost:x", "localhost:65536"] {
        assert_eq!(server.ask("GET", "/", &[("Host", host)]).status, 400, "{host}");
    }
    assert_eq!(server.ask("GET", "/", &[host, host]).status, 400, "one is enough");
    assert_eq!(server.ask("GET", "/", &[host, ("Host", "evil.example")]).status, 400);
    assert_eq!(server.ask("GET", "http://evil.example/", &[host]).status, 403, "the target says whom it is for");
    assert_eq!(server.ask("GET", "http://localhost/", &[host]).status, 200);
    for origin in ["https://evil.example", "http://localhost.evil.example", "null"] {
        assert_eq!(server.ask("GET", "/.ninefold/events", &[("Origin", origin)]).status, 403, "{origin}");
        assert_eq!(server.ask("GET", "/", &[("Origin", origin)]).status, 403, "{origin}");
    }
    let address = server.address.clone();
    assert_eq!(server.ask("GET", "/", &[("Origin", &format!("http://{address}"))]).status, 200);
}

#[test]
fn nothing_outside_the_site_is_served() {
    let site = small_site().file("secret.txt", "the secret").file("content/essays/.hidden.md", "the secret");
    let server = Server::of(&site);
    for target in [
        "/../../etc/passwd",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/%2f..%2fsecret.txt",
        "/deep/..%5c..%5csecret.txt",
        "/logo.svg%00.html",
        "/%00",
        "/%ff",
        "/%",
        "/%zz",
        "/%+1",
        "//etc/passwd",
        "/essays/.hidden.md",
        "/content/site.yaml",
        "/.ninefold-manifest",
        "/essays/picture/index.md",
    ] {
        let answer = server.get(target);
        assert!(matches!(answer.status, 400 | 404), "{target}: {}", answer.status);
        assert!(!answer.body.contains("the secret") && !answer.body.contains("root:"), "{target}");
    }
    let mut long = server.send(&format!("GET /{} HTTP/1.1\r\nHost: {}\r\n\r\n", "x".repeat(1 << 20), server.address));
    let mut start = [0; 12];
    if long.read_exact(&mut start).is_ok() {
        assert!(start.starts_with(b"HTTP/1.1 4"), "{start:?}");
    }
    let _idle: Vec<TcpStream> = (0..100).map(|_| server.send("GET / HTTP/1.1\r\n")).collect();
    assert_eq!(server.get("/").status, 200, "it still answers others");
}

#[test]
fn drafts_and_future_essays_are_shown_unless_they_are_not_wanted() {
    let site = small_site();
    let server = Server::of(&site);
    assert_eq!(server.get("/essays/unfinished/").status, 200);
    assert_eq!(server.get("/essays/tomorrow/").status, 200);
    drop(server);
    let server = Server::start(site.root(), &["--no-drafts", "--future"]);
    assert_eq!(server.get("/essays/unfinished/").status, 404);
    assert_eq!(server.get("/essays/tomorrow/").status, 200);
}

#[test]
fn where_the_port_is_taken_the_next_one_is() {
    let site = small_site();
    let first = Server::of(&site);
    let port = first.address.rsplit_once(':').expect("a port").1.to_owned();
    let second = Server::start(site.root(), &["--port", &port]);
    assert_ne!(first.address, second.address);
    assert_eq!(second.get("/").status, 200);
}

#[cfg(unix)]
#[test]
fn it_stops_when_it_is_told_to_whoever_listens() {
    let site = small_site();
    let server = Server::of(&site);
    let mut listening = server.listen();
    assert_eq!(server.interrupt(), Some(0));
    let mut rest = Vec::new();
    let _ = listening.read_to_end(&mut rest);
}

#[test]
fn pages_are_sent_with_their_policy_and_the_author_s_own_files_without() {
    let site = TestSite::new().essay("a", "", "Words.").file("content/static/own.html", "<p>Own.</p>");
    let server = Server::of(&site);
    let policy = |target: &str| server.get(target).header("content-security-policy").unwrap_or_default().to_owned();
    insta::assert_snapshot!(policy("/essays/a/"), @"default-src 'self'; script-src 'self'; img-src * data:; media-src *; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'");
    assert_eq!(policy("/nothing/"), policy("/essays/a/"));
    assert_eq!(policy("/own.html"), "frame-ancestors 'self'");
    // A site's own settings follow it.
    site.write(
        "content/site.yaml",
        "title: T\nbase_url: https://example.org\ncsp: {script-src: \"https://stats.example\"}\n",
    );
    let changed = server.ask_until("/essays/a/", |answer| answer.head.contains("https://stats.example"));
    assert!(changed.head.contains("script-src 'self' 'wasm-unsafe-eval' https://stats.example;"), "{}", changed.head);
}
