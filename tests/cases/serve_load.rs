//! The development server with far more asked of it than a browser does: it stays as small as it was, and goes on answering.
//! How soon it answers others meanwhile is measured by `benches/load`.

#![cfg(target_os = "linux")]

use std::fs::File;
use std::io::{Read, Write};
use std::net::TcpStream;

use super::server::Server;
use crate::support::TestSite;

/// What the server may grow by, in KB.
const FLAT: u64 = 30 << 10;

fn site() -> TestSite {
    let site = (0..50).fold(TestSite::with_default_theme(), |site, n| {
        site.essay(&format!("e{n}"), "patterns: [lag, saturation]", &"It came late, and later still. ".repeat(200))
    });
    let film = site.root().join("content/static/film.mp4");
    std::fs::create_dir_all(film.parent().expect("a folder")).expect("the folder");
    File::create(film).and_then(|file| file.set_len(200 << 20)).expect("a file with a hole");
    site
}

/// A server that has answered everything once.
fn warm(site: &TestSite) -> Server {
    let server = Server::of(site);
    for _ in 0..20 {
        for target in ["/", "/essays/e1/", "/patterns/lag/", "/feed.xml"] {
            assert_eq!(server.get(target).status, 200);
        }
    }
    server
}

/// Does `work`; the server must not have grown meanwhile, and still answer.
fn flat(server: &Server, what: &str, work: impl FnOnce()) {
    server.forget_peak();
    let (idle, _) = server.memory();
    work();
    assert_eq!(server.get("/essays/e1/").status, 200, "{what}");
    let (_, peak) = server.memory();
    assert!(peak <= idle + FLAT, "{what}: {idle} KB grew to {peak} KB");
}

fn request(server: &Server, target: &str, headers: &str) -> TcpStream {
    server.send(&format!("GET {target} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", server.address))
}

#[test]
#[ignore = "moves a gigabyte"]
fn fifty_readers_of_a_film_take_little_memory() {
    let site = site();
    let server = warm(&site);
    flat(&server, "readers", || {
        let mut readers: Vec<TcpStream> = (0..50).map(|_| request(&server, "/film.mp4", "")).collect();
        let mut piece = vec![0; 1 << 20];
        for _ in 0..10 {
            for reader in &mut readers {
                reader.read_exact(&mut piece).expect("a piece");
            }
        }
        // All of them are in the middle of it.
        assert_eq!(server.ask("HEAD", "/film.mp4", &[]).header("content-length"), Some("209715200"));
        let listening = "/.ninefold/events?page=/film.mp4&seen=a&assets=b";
        let listeners: Vec<TcpStream> = (0..50).map(|_| request(&server, listening, "")).collect();
        drop((readers, listeners));
        let mut last = request(&server, "/film.mp4", "Connection: close\r\n");
        let copied = std::io::copy(&mut last, &mut std::io::sink()).expect("all of it");
        assert!(copied > 200 << 20);
    });
}

#[test]
#[ignore = "needs 2,100 open files: ulimit -n 4096"]
fn many_connections_are_borne() {
    let site = site();
    let server = warm(&site);
    let many = |n: usize, text: &str| -> Vec<TcpStream> { (0..n).map(|_| server.send(text)).collect() };
    flat(&server, "idle connections", || {
        let idle = many(2_000, "");
        assert_eq!(server.get("/").status, 200);
        drop(idle);
    });
    flat(&server, "heads that come a byte at a time", || {
        let mut slow = many(300, "GET / HTTP/1.1\r\nHost: ");
        for _ in 0..5 {
            // Those that gave way to others are gone.
            slow.iter_mut().for_each(|stream| drop(stream.write_all(b"l")));
            assert_eq!(server.get("/").status, 200);
        }
    });
    flat(&server, "answers that nobody reads", || {
        let target = format!("GET /essays/ HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
        let unread = many(1_000, &target);
        assert_eq!(server.get("/").status, 200);
        drop(unread);
    });
    flat(&server, "streams that are opened and dropped", || {
        let target = format!("GET /.ninefold/events?page=/essays/e2/ HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
        for _ in 0..10 {
            drop(many(100, &target));
        }
        let mut open = many(1_000, &target);
        assert_eq!(server.get("/").status, 200);
        let refused = open.iter_mut().rev().any(|stream| {
            let mut start = [0; 12];
            stream.read_exact(&mut start).is_err() || start.ends_with(b"503")
        });
        assert!(refused, "there are only so many");
    });
    flat(&server, "ranges", || {
        for n in 0..20 {
            let range = format!("Range: bytes={}-\r\n", n * 1_000_000);
            let readers: Vec<TcpStream> = (0..100).map(|_| request(&server, "/film.mp4", &range)).collect();
            drop(readers);
        }
    });
}

#[test]
#[ignore = "sends 50 MB of headers"]
fn a_head_without_end_is_cut_short() {
    let site = site();
    let server = warm(&site);
    flat(&server, "long heads", || {
        for _ in 0..50 {
            let mut stream = server.send("GET / HTTP/1.1\r\nHost: localhost\r\n");
            let line = format!("X-Long: {}\r\n", "x".repeat(8_000));
            // The server need not wait for the end of it.
            let sent = (0..128).all(|_| stream.write_all(line.as_bytes()).is_ok());
            let mut start = [0; 12];
            let answered = stream.read_exact(&mut start).is_ok();
            assert!(!sent || !answered || start.starts_with(b"HTTP/1.1 4"), "{start:?}");
        }
    });
}
