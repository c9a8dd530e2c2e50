//! The repository's site, built once and served as a plain static host would: text goes out compressed.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use ninefold::link::Include;
use ninefold::pipeline::{self, Options};

use crate::support::{compressed, repository};

/// Built into the target folder, so that screenshots and checkers find it there afterwards.
pub fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let out = repository().join("target/browser-site");
        let options = Options {
            root: repository(),
            out: Some(out.clone()),
            base_url: None,
            noindex: false,
            include: Include::default(),
            force: true,
            now: ninefold::load::now(),
        };
        let built = pipeline::build(&options);
        assert!(!built.has_errors(), "{:?}", built.diagnostics);
        out
    })
}

/// The address of the served site, without a slash at its end.
pub fn address() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| serve(built()))
}

/// Serves the files below `root` on loopback for as long as the tests run.
pub fn serve(root: &Path) -> String {
    let root = root.to_owned();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let root = root.clone();
            std::thread::spawn(move || answer(&stream, &root));
        }
    });
    address
}

fn answer(mut stream: &TcpStream, root: &Path) -> Option<()> {
    let mut line = String::new();
    let mut reader = BufReader::new(stream);
    reader.read_line(&mut line).ok()?;
    let mut header = String::new();
    while reader.read_line(&mut header).ok()? > 2 {
        header.clear();
    }
    let path = line.split(' ').nth(1)?.split(['?', '#']).next()?.trim_start_matches('/');
    let mut file = root.join(path);
    if file.is_dir() {
        file = file.join("index.html");
    }
    let (status, file) = if file.is_file() { ("200 OK", file) } else { ("404 Not Found", root.join("404.html")) };
    let bytes = std::fs::read(&file).ok()?;
    let kind = match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => Some("text/html; charset=utf-8"),
        Some("css") => Some("text/css"),
        Some("js") => Some("text/javascript"),
        Some("svg") => Some("image/svg+xml"),
        Some("json") => Some("application/json"),
        _ => None,
    };
    let (kind, encoding, bytes) = match kind {
        Some(text) => (text, "Content-Encoding: gzip\r\n", compressed(&bytes)),
        None => ("application/octet-stream", "", bytes),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{encoding}Content-Length: {}\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(&bytes).ok()
}
