//! A server on loopback that behaves, and misbehaves, as its paths say. Knows no site.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use ninefold::external::MAX_BODY;

/// The server. Its threads end with the tests.
pub struct Elsewhere {
    pub port: u16,
    asked: Arc<Mutex<BTreeMap<String, usize>>>,
    missing: Arc<Mutex<Vec<String>>>,
}

impl Elsewhere {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its address").port();
        let asked = Arc::<Mutex<BTreeMap<String, usize>>>::default();
        let missing = Arc::<Mutex<Vec<String>>>::default();
        let (counts, absent) = (Arc::clone(&asked), Arc::clone(&missing));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (counts, absent) = (Arc::clone(&counts), Arc::clone(&absent));
                thread::spawn(move || answer(stream, port, &counts, &absent));
            }
        });
        Self { port, asked, missing }
    }

    /// The address of `path`.
    pub fn url(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    /// How often `path` was asked for.
    pub fn asked(&self, path: &str) -> usize {
        self.asked.lock().expect("counts").get(path).copied().unwrap_or_default()
    }

    /// From now on there is, or is not, a page at `path`.
    pub fn set_missing(&self, path: &str, is_missing: bool) {
        let mut missing = self.missing.lock().expect("paths");
        missing.retain(|known| known != path);
        if is_missing {
            missing.push(path.to_owned());
        }
    }
}

fn answer(mut stream: TcpStream, port: u16, counts: &Mutex<BTreeMap<String, usize>>, missing: &Mutex<Vec<String>>) {
    let mut lines = BufReader::new(stream.try_clone().expect("the stream")).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let wanted = lines
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.to_lowercase().starts_with("accept-datetime: ").then(|| line[17..].to_owned()));
    *counts.lock().expect("counts").entry(path.clone()).or_default() += 1;
    let is_missing = missing.lock().expect("paths").contains(&path);
    let mut send = |status: &str, headers: &str, body: &str| {
        let head = format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
    };
    let html = "Content-Type: text/html\r\n";
    let to = |location: &str| format!("Location: {location}\r\n");
    let page = |text: &str| format!("<!doctype html><title>A page</title><h1 id=start>A page</h1><p>{text}");
    if is_missing {
        return send("404 Not Found", html, "<title>Not found</title>");
    }
    if let Some(page) = path.strip_prefix("/gate/") {
        // An archive with one copy of each page but one, made in the noon after the moment that is wanted.
        let day = wanted.unwrap_or_default();
        *counts.lock().expect("counts").entry(format!("{page} of {day}")).or_default() += 1;
        return if page.ends_with("/uncopied") {
            send("404 Not Found", html, "")
        } else {
            let year = if day.contains("2019") { "2019" } else { "2026" };
            send("302 Found", &to(&format!("/web/{year}0501120000/{page}")), "")
        };
    }
    if path.starts_with("/web/") {
        let year = &path[5..9];
        return send(
            "200 OK",
            &format!(
                "{html}Memento-Datetime: {} {year} 12:00:00 GMT\r\n",
                if year == "2019" { "Wed, 01 May" } else { "Fri, 01 May" }
            ),
            "",
        );
    }
    match path.as_str() {
        "/gone" => send("410 Gone", html, ""),
        "/forbidden" => send("403 Forbidden", html, "<title>Are you a robot?</title>"),
        "/busy" => send("429 Too Many Requests", "Retry-After: 0\r\n", ""),
        "/busy-for-long" => send("503 Service Unavailable", "Retry-After: 3600\r\n", ""),
        "/broken" => send("500 Internal Server Error", "", ""),
        "/moved" => send("301 Moved Permanently", &to("/new"), ""),
        "/moved-(twice)" => send("308 Permanent Redirect", &to("/moved"), ""),
        "/for-now" => send("302 Found", &to("/new"), ""),
        "/moved-away" => send("301 Moved Permanently", &to("/"), ""),
        "/moved-nowhere" => send("301 Moved Permanently", &to("javascript:0"), ""),
        "/no-location" => send("301 Moved Permanently", "", ""),
        "/inside" => send("302 Found", &to(&format!("http://127.0.0.1:{port}/secret")), ""),
        "/soft" => send("200 OK", html, "<title>Page not found | Elsewhere</title><p>Go to the front page."),
        "/parked" => send("200 OK", html, "<title>elsewhere</title><p>Buy this domain. It is for sale."),
        "/picture" => send("200 OK", "Content-Type: image/png\r\n", "no letters"),
        "/packed" => send("200 OK", "Content-Type: text/html\r\nContent-Encoding: gzip\r\n", "no letters"),
        // A page of the most that is read, with its place at the very end, and one that is a byte longer.
        "/long" | "/longer" => {
            let place = "<p id=end>";
            let rest = MAX_BODY + usize::from(path == "/longer") - page("").len() - place.len();
            send("200 OK", html, &page(&("x".repeat(rest) + place)));
        }
        // An answer that begins and does not end.
        "/silent" => thread::sleep(Duration::from_secs(30)),
        "/stops" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99\r\n\r\n<p>");
            thread::sleep(Duration::from_secs(30));
        }
        "/no-http" => {
            let _ = stream.write_all(b"220 mail.example ready\r\n");
            let _ = stream.take(1).read(&mut [0]);
        }
        "/hangs-up" => {}
        other => match other.strip_prefix("/steps/").and_then(|left| left.parse::<usize>().ok()) {
            Some(0) | None => send("200 OK", html, &page("Text.")),
            Some(left) => send("302 Found", &to(&format!("/steps/{}", left - 1)), ""),
        },
    }
}
