//! A server on loopback that answers as a test says: for hosts, stores and caches with faults.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What came in: method, path, headers in lower case, body.
#[derive(Clone, Debug)]
pub struct Asked {
    pub method: String,
    pub path: String,
    pub headers: String,
    pub body: String,
}

/// The server's address and everything it was asked.
pub struct Answers {
    pub url: String,
    pub asked: Arc<Mutex<Vec<Asked>>>,
}

/// Starts it. `answer` gives status and body.
pub fn answering(answer: impl Fn(&Asked) -> (u16, String) + Send + Sync + 'static) -> Answers {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let asked: Arc<Mutex<Vec<Asked>>> = Arc::default();
    let (answer, kept) = (Arc::new(answer), Arc::clone(&asked));
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (answer, kept) = (Arc::clone(&answer), Arc::clone(&kept));
            std::thread::spawn(move || one(&stream, &*answer, &kept));
        }
    });
    Answers { url, asked }
}

fn one(mut stream: &TcpStream, answer: &dyn Fn(&Asked) -> (u16, String), kept: &Mutex<Vec<Asked>>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut headers = String::new();
    while reader.read_line(&mut headers).ok()? > 2 {}
    let headers = headers.to_lowercase();
    let length = headers.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let mut words = line.split(' ');
    let asked = Asked {
        method: words.next()?.to_owned(),
        path: words.next()?.to_owned(),
        headers,
        body: String::from_utf8_lossy(&body).into_owned(),
    };
    let (status, text) = answer(&asked);
    kept.lock().ok()?.push(asked);
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Length: {}\r\nETag: \"1\"\r\nLast-Modified: Mon, 01 Jun 2026 00:00:00 GMT\r\nConnection: close\r\n\r\n",
        text.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    stream.write_all(text.as_bytes()).ok()
}
